//! Papers drafted for legal review, with clause and evidence filled in.

use chrono::NaiveDate;

use super::ActionRow;
use crate::domain::escalation::Evidence;
use crate::domain::period::Period;

/// What every paper is headed.
pub const HEADING: &str = "Draft – for legal review";

/// A paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Its id in the definition.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// The escalations it is drafted for, by title and clause.
    pub because: Vec<(String, String)>,
    /// Contract title.
    pub contract_title: String,
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// Provider's name as in the register.
    pub provider: String,
    /// The review period.
    pub period: Period,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The date to act by, only where a clause gives one; inclusive.
    pub by: Option<NaiveDate>,
    /// Its parts.
    pub parts: Vec<PaperPart>,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperPart {
    /// Heading.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// What fills it.
    pub content: PaperContent,
}

/// What fills a part of a paper.
#[derive(Debug, Clone, PartialEq)]
pub enum PaperContent {
    /// Nothing beyond its paragraphs.
    Nothing,
    /// Evidence, each piece with its cells.
    Evidence(Vec<Evidence>),
    /// Sentences, one a line.
    Lines(Vec<String>),
    /// A plan to be filled in: for each KPI where it stands, then blank tasks, milestones, timescales and resources.
    ImprovementPlan(Vec<PlanRow>),
    /// The action plan.
    ActionPlan(Vec<ActionRow>),
}

/// A row of an improvement plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlanRow {
    /// KPI.
    pub kpi: String,
    /// Where it stands.
    pub current: String,
    /// Key tasks; blank where nothing is recorded.
    pub tasks: String,
    /// Milestones.
    pub milestones: String,
    /// Timescales.
    pub timescales: String,
    /// Resources.
    pub resources: String,
}
