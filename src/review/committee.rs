//! What a public committee of councillors may read of a review.
//!
//! A [`CommitteeFigure`] is made of a rated figure by leaving out what may not be shown, before any renderer sees it. A suppressed one
//! holds no number at all, and none holds a provider's words, a cell, or a note of the officer's. A [`CommitteePack`] has no field for
//! narrative, findings, logs, agenda, papers or other providers.

use chrono::NaiveDate;

use super::process::BandsFrom;
use super::{RatedFigure, RatingCount};
use crate::domain::called::Called;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;

/// What stands in place of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// `fewer than 5`: nothing more can be worked out from that.
    FewerThan(u32),
    /// `suppressed`: neither small nor large is said.
    Suppressed,
}

impl Instead {
    /// For people, in a sentence.
    pub fn words(self) -> String {
        match self {
            Instead::FewerThan(number) => format!("fewer than {number}"),
            Instead::Suppressed => "suppressed".to_string(),
        }
    }
}

/// A figure as a committee may read it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommitteeFigure {
    /// The figure without all that may not be shown.
    shown: RatedFigure,
    instead: Option<Instead>,
    withheld: bool,
    relieved: bool,
}

impl CommitteeFigure {
    /// The figure with its numbers.
    pub fn whole(figure: &RatedFigure) -> Self {
        let said = (figure.unit == Unit::Answer).then(|| match figure.rating {
            Rating::Green | Rating::Stretch => Some("Yes".to_string()),
            Rating::Red | Rating::Amber => Some("No".to_string()),
            _ => None,
        });
        let shown = RatedFigure {
            // Of what cannot be used, what it was made of is nobody's to read.
            numerator: figure.value.and(figure.numerator),
            denominator: figure.value.and(figure.denominator),
            cells: Vec::new(),
            comment: None,
            computed: None,
            notes: Vec::new(),
            relief: None,
            said: said.flatten(),
            not_met: false,
            contradicted: false,
            partial: figure.partial.as_ref().map(|_| "For a part of the period only.".to_string()),
            ..figure.clone()
        };
        Self { shown, instead: None, withheld: false, relieved: figure.relief.is_some() }
    }

    /// The figure without any number, with its rating or without.
    pub fn suppressed(figure: &RatedFigure, instead: Instead, with_rating: bool) -> Self {
        let whole = Self::whole(figure);
        let shown = RatedFigure {
            value: None,
            numerator: None,
            denominator: None,
            short_of: None,
            said: Some(instead.words()),
            rating: if with_rating { figure.rating } else { Rating::NotRated },
            ..whole.shown
        };
        Self { shown, instead: Some(instead), withheld: !with_rating, ..whole }
    }

    /// What may be shown of the figure, as renderers know figures. Of a suppressed one the value is blank and `said` says so; where the
    /// rating is withheld it reads “not rated”.
    pub fn shown(&self) -> &RatedFigure {
        &self.shown
    }

    /// The rating; `None` where it is withheld.
    pub fn rating(&self) -> Option<Rating> {
        (!self.withheld).then_some(self.shown.rating)
    }

    /// What stands in place of the number, where it is suppressed.
    pub fn instead(&self) -> Option<Instead> {
        self.instead
    }

    /// Whether the officer has relieved the provider of it: the rating does not count.
    pub fn is_relieved(&self) -> bool {
        self.relieved
    }

    /// Exact value, where it may be shown.
    pub fn value(&self) -> Option<Quantity> {
        self.shown.value
    }

    /// The figure as people read it: the number, `suppressed`, or nothing where there is none.
    pub fn words(&self) -> Option<String> {
        (self.shown.value.is_some() || self.shown.said.is_some()).then(|| self.shown.shown())
    }
}

/// A KPI as a committee may read it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommitteeKpi {
    /// The figure for the whole contract, in the newest period that has one.
    pub whole: CommitteeFigure,
    /// The whole contract's figures of every period within the pack's, oldest first.
    pub within: Vec<CommitteeFigure>,
    /// Each area's figure; empty when the contract has no areas.
    pub areas: Vec<CommitteeFigure>,
    /// The whole contract's figures of earlier periods and this one, oldest first.
    pub history: Vec<CommitteeFigure>,
    /// The rating bands in force over its history.
    pub bands: Vec<BandsFrom>,
    /// What it was before and what it is now, in a few words.
    pub change: Option<String>,
    /// What is said of it, in sentences.
    pub sentences: Vec<String>,
}

/// The overall rating of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct CommitteeOverall {
    /// Period.
    pub period: Period,
    /// Rating; `None` where it would give a withheld rating away.
    pub rating: Option<Rating>,
    /// Clause.
    pub clause: String,
}

/// A return due in the period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitteeReturn {
    /// The form's title.
    pub form: String,
    /// The period it is for.
    pub period: Period,
    /// The area it is for; `None` when one return serves the whole contract.
    pub area: Option<String>,
    /// Date due, inclusive.
    pub due: NaiveDate,
    /// Whether that is a later day than the contract's, agreed by the council.
    pub extended: bool,
    /// Date received.
    pub received: Option<NaiveDate>,
    /// Whether it came in time.
    pub status: SubmissionStatus,
}

/// Timeliness or accuracy of the returns over one window. Returns are no people: their numbers are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct CommitteeReturnKpi {
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// First day of the window, inclusive.
    pub from: NaiveDate,
    /// Last day of the window, inclusive.
    pub to: NaiveDate,
    /// Returns that count.
    pub due: u32,
    /// Returns that met it.
    pub met: u32,
    /// `met / due`; `None` when nothing counts.
    pub value: Option<Quantity>,
    /// Target as a fraction of 1; `None` when the contract sets none.
    pub target: Option<Quantity>,
    /// Rating.
    pub rating: Rating,
    /// Whether the window is not complete yet.
    pub provisional: bool,
}

/// A condition of the contract that is met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitteeCondition {
    /// Title of what the contract attaches to it.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// The conditions any of which is enough, each in words that begin with a small letter.
    pub when: Vec<String>,
    /// The periods in which it is met.
    pub periods: Vec<Period>,
}

/// What a committee may read of one provider and one review period.
#[derive(Debug, Clone, PartialEq)]
pub struct CommitteePack {
    /// Contract title.
    pub contract_title: String,
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// Provider's name as in the register.
    pub provider: String,
    /// What those are called who are under the contract.
    pub called: Called,
    /// The review period.
    pub period: Period,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// One sentence: the headline.
    pub headline: String,
    /// A few sentences below it.
    pub summary: Vec<String>,
    /// Ratings that are shown, counted.
    pub counts: Vec<RatingCount>,
    /// How many ratings are withheld.
    pub withheld: usize,
    /// Overall ratings of the periods within this one.
    pub overall: Vec<CommitteeOverall>,
    /// KPIs in the contract's order.
    pub kpis: Vec<CommitteeKpi>,
    /// What changed since the last period, in sentences.
    pub changes: Vec<String>,
    /// Conditions that are met.
    pub conditions: Vec<CommitteeCondition>,
    /// Why some conditions are not told, where they are not.
    pub conditions_left_out: Option<String>,
    /// Returns due in the period.
    pub returns: Vec<CommitteeReturn>,
    /// Timeliness and accuracy.
    pub return_kpis: Vec<CommitteeReturnKpi>,
    /// The least count that is shown; 1 where none is suppressed.
    pub below: u32,
    /// What is suppressed in this pack, a sentence each; empty where nothing is.
    pub suppressed: Vec<String>,
    /// Why figures are suppressed, a sentence each.
    pub reasons: Vec<String>,
}
