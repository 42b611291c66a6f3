//! What the conditions of escalations are judged on: plain facts about one provider, and what a condition says.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::escalation::{EscalationStatus, Evidence};
use crate::domain::period::{Frequency, Period};
use crate::domain::place::CellRef;
use crate::domain::rating::Rating;

/// The window a condition looks back over, ending with the period judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Window {
    /// The quarter alone.
    #[default]
    Quarter,
    /// The periods that make twelve months, the one judged included.
    Year,
}

impl Window {
    /// First day of the window that ends with `period`, inclusive.
    pub fn start(self, period: &Period) -> NaiveDate {
        match self {
            Window::Quarter => period.from,
            Window::Year => {
                let mut first = *period;
                for _ in 1..Frequency::Year.months() / period.frequency.months() {
                    first = first.previous();
                }
                first.from
            }
        }
    }

    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Window::Quarter => "the quarter",
            Window::Year => "the rolling twelve months",
        }
    }
}

/// One KPI's rating in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingFact {
    /// KPI reference.
    pub kpi: String,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// Period.
    pub period: Period,
    /// Rating.
    pub rating: Rating,
    /// Whether the officer relieved the provider of it.
    pub relieved: bool,
    /// The figure in words: `KPI 7: 70% (7 of 10) against >= 80%`.
    pub words: String,
    /// Its cells.
    pub cells: Vec<CellRef>,
}

impl RatingFact {
    /// Whether it counts as a missed target.
    pub fn is_missed(&self) -> bool {
        self.rating == Rating::Red && !self.relieved
    }

    /// Whether it could turn out missed: due, not known.
    pub fn is_unknown(&self) -> bool {
        matches!(self.rating, Rating::NoReturn | Rating::Invalid) && !self.relieved
    }
}

/// One return due.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnFact {
    /// Form id.
    pub form: String,
    /// Form title.
    pub form_title: String,
    /// Area; `None` when one return serves the whole contract.
    pub area: Option<String>,
    /// Period.
    pub period: Period,
    /// In time, late or missing (`Some(false)`), or neither known.
    pub in_time: Option<bool>,
    /// Whether it is due already (not `not-yet-due`).
    pub due_passed: bool,
    /// Whether it is missing.
    pub missing: bool,
    /// Whether its first usable version had no error.
    pub accurate: Option<bool>,
    /// When it came, in words: `Monthly management information for October 2025: late, due 14 November 2025, …`.
    pub receipt: String,
    /// What made it inaccurate, in words.
    pub inaccuracy: Option<String>,
}

/// Timeliness or accuracy over one window.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmissionKpiFact {
    /// Last day of the window, inclusive.
    pub to: NaiveDate,
    /// Which window.
    pub window: Window,
    /// Whether the target is missed.
    pub missed: bool,
    /// Whether that could still change.
    pub provisional: bool,
    /// In words.
    pub words: String,
}

/// One notice of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFact {
    /// Kind, as the register writes it.
    pub kind: String,
    /// Date received.
    pub date: NaiveDate,
    /// In words.
    pub words: String,
}

/// An escalation already found, for conditions that follow from another.
#[derive(Debug, Clone, PartialEq)]
pub struct EscalationFact {
    /// Its id.
    pub id: String,
    /// Its period.
    pub period: Period,
    /// Its status.
    pub status: EscalationStatus,
    /// Its title.
    pub title: String,
}

/// All facts about one provider of one contract.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// Start of the contract with this provider.
    pub start: NaiveDate,
    /// Award of the contract, where known.
    pub award: Option<NaiveDate>,
    /// Review periods from the start to the as-of date, in order.
    pub periods: Vec<Period>,
    /// Ratings.
    pub ratings: Vec<RatingFact>,
    /// Returns, in order of form, area and period.
    pub returns: Vec<ReturnFact>,
    /// Timeliness and accuracy.
    pub submission_kpis: Vec<SubmissionKpiFact>,
    /// Notices, in order of date; none after the as-of date.
    pub notices: Vec<NoticeFact>,
    /// Escalations found so far.
    pub escalations: Vec<EscalationFact>,
}

impl Facts {
    /// The review period that contains `day`, if the facts reach there.
    pub fn period_of(&self, day: NaiveDate) -> Option<Period> {
        self.periods.iter().copied().find(|period| period.contains(day))
    }
}

/// One period in which a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The period that completes it, or contains the notice.
    pub period: Period,
    /// Met, or watched.
    pub status: EscalationStatus,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What is missing for it to be met.
    pub distance: Option<String>,
    /// The date a clause gives, inclusive.
    pub by: Option<NaiveDate>,
}

impl Hit {
    /// A condition that is met.
    pub fn met(period: Period, evidence: Vec<Evidence>) -> Self {
        Self { period, status: EscalationStatus::Triggered, evidence, distance: None, by: None }
    }

    /// A condition that is watched, with what is missing.
    pub fn watched(period: Period, evidence: Vec<Evidence>, distance: String) -> Self {
        Self { period, status: EscalationStatus::Watch, evidence, distance: Some(distance), by: None }
    }
}

/// Evidence without cells.
pub fn said(text: impl Into<String>) -> Evidence {
    Evidence { text: text.into(), cells: Vec::new() }
}

#[cfg(test)]
pub mod testing {
    //! Facts for the tables of cases.

    use super::*;

    /// The quarter containing a date, in a contract year that starts in September.
    pub fn quarter(day: &str) -> Period {
        Period::containing(day.parse().unwrap(), Frequency::Quarter, 9)
    }

    /// Facts with the quarters from September 2024 to `as_of`.
    pub fn facts(as_of: &str) -> Facts {
        let as_of: NaiveDate = as_of.parse().unwrap();
        let mut periods = Vec::new();
        let mut period = quarter("2024-09-01");
        while period.from <= as_of {
            periods.push(period);
            period = period.next();
        }
        Facts { as_of, start: "2024-09-01".parse().unwrap(), periods, ..Facts::default() }
    }

    /// A rating.
    pub fn rating(kpi: &str, area: Option<&str>, day: &str, rating: Rating) -> RatingFact {
        RatingFact {
            kpi: kpi.into(),
            area: area.map(Into::into),
            period: quarter(day),
            rating,
            relieved: false,
            words: format!("KPI {kpi}"),
            cells: Vec::new(),
        }
    }

    /// A notice.
    pub fn notice(kind: &str, date: &str) -> NoticeFact {
        NoticeFact { kind: kind.into(), date: date.parse().unwrap(), words: format!("{kind}, {date}") }
    }

    /// Labels and statuses of hits, for comparing.
    pub fn labels(hits: &[Hit]) -> Vec<(String, EscalationStatus)> {
        hits.iter().map(|hit| (hit.period.label(), hit.status)).collect()
    }
}
