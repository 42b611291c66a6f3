//! A year of reviews side by side, for the annual review.

use chrono::NaiveDate;

use super::RatedFigure;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;

/// The year that the annual review reflects on.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnualReview {
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// First day of the year counted from the provider's start, inclusive.
    pub from: NaiveDate,
    /// Its last day, inclusive.
    pub to: NaiveDate,
    /// What the agenda says of it, in a sentence.
    pub note: String,
    /// The review periods set side by side, oldest first.
    pub periods: Vec<Period>,
    /// KPIs in the contract's order.
    pub lines: Vec<AnnualLine>,
    /// When the returns came, and how accurate they were, in sentences.
    pub submissions: Vec<String>,
    /// What was promised and how it moved over the year, in sentences.
    pub promises: Vec<String>,
    /// Concerns and other notices on record over the year, in sentences; the council's alone.
    pub concerns: Vec<String>,
}

/// One KPI over the year.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnualLine {
    /// Reference.
    pub kpi: String,
    /// Title.
    pub title: String,
    /// Its figures in each of the review periods: those of the periods that end in it, oldest first; often one, or none.
    pub within: Vec<Vec<RatedFigure>>,
    /// The figure of the year.
    pub year: YearFigure,
}

/// The figure of a KPI for the year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct YearFigure {
    /// Exact value, in the KPI's unit; `None` where there is none.
    pub value: Option<Quantity>,
    /// Sum of the numerators, for shares.
    pub numerator: Option<Quantity>,
    /// Sum of the denominators, for shares.
    pub denominator: Option<Quantity>,
    /// The value as people read it; empty where there is none.
    pub shown: String,
    /// How it was made, or why there is none, in a sentence.
    pub words: String,
}

impl YearFigure {
    /// `19 of 20`, where there are numerator and denominator.
    pub fn out_of(&self) -> Option<String> {
        let show = |value| crate::domain::quantity::show(value, crate::domain::quantity::Unit::Count, &[]);
        Some(format!("{} of {}", show(self.numerator?), show(self.denominator?)))
    }
}
