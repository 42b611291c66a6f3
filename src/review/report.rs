//! The council's report across the providers of one contract.

use chrono::NaiveDate;

use crate::domain::quantity::Quantity;

/// The report of one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct ContractReport {
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// Title of the report.
    pub title: String,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// One or two sentences: how many providers, how many meet everything, how many do not.
    pub summary: Vec<String>,
    /// Its sections, in the definition's order.
    pub sections: Vec<Section>,
    /// How open points were read.
    pub readings: Vec<String>,
}

/// A section.
#[derive(Debug, Clone, PartialEq)]
pub enum Section {
    /// Who meets what.
    Compliance(Matrix),
    /// Providers ranked.
    Priorities(Ranking),
    /// Alerts.
    Alerts(Vec<AlertRow>),
    /// Events notified.
    Notifications(Vec<NotificationRow>),
    /// The same cut by borough, one matrix each.
    Boroughs(Vec<Borough>),
}

/// Providers down, requirements across.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// Column headings after the provider's, each with the clause.
    pub headings: Vec<(String, String)>,
    /// Rows.
    pub rows: Vec<MatrixRow>,
}

/// A provider's row.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixRow {
    /// Provider.
    pub provider: String,
    /// Its standing, such as `Suspended since 8 June 2026`; empty when active.
    pub standing: String,
    /// Cells, one a heading.
    pub cells: Vec<MatrixCell>,
}

/// How a requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Compliance {
    /// Met.
    Met,
    /// Met late, or in question.
    Partly,
    /// Not met.
    NotMet,
    /// Nothing to judge.
    Nothing,
}

/// A cell of the matrix: a word beside its colour.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixCell {
    /// How it stands.
    pub compliance: Compliance,
    /// The word, such as `On time`, `Missing`, `2 of 8 not met`.
    pub word: String,
    /// More, in a sentence; may be empty.
    pub note: String,
}

/// Providers ranked by weighted scores.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// Criteria: title and weight.
    pub criteria: Vec<(String, Quantity)>,
    /// Rows, the highest first.
    pub rows: Vec<RankingRow>,
}

/// A provider's place in the ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct RankingRow {
    /// Rank, equal sums alike; `None` when nothing is scored.
    pub rank: Option<usize>,
    /// Provider.
    pub provider: String,
    /// Sum of the weighted scores.
    pub sum: Option<Quantity>,
    /// Scores, one a criterion; `None` is not scored.
    pub scores: Vec<Option<Quantity>>,
    /// Why, in a sentence: the criteria that weigh most, what is not scored.
    pub reason: String,
}

/// An alert.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRow {
    /// Provider.
    pub provider: String,
    /// Service, where it concerns one.
    pub service: Option<String>,
    /// The day it was raised.
    pub raised: NaiveDate,
    /// Why.
    pub reason: String,
    /// Whether the provider knows; `None` where it is not said.
    pub provider_told: Option<bool>,
    /// The day it is reviewed.
    pub review: Option<NaiveDate>,
    /// The day it was closed.
    pub closed: Option<NaiveDate>,
    /// Whether its review is due: open, and the review date reached or not set.
    pub due: bool,
}

/// An event notified, or not.
#[derive(Debug, Clone, PartialEq)]
pub struct NotificationRow {
    /// Provider.
    pub provider: String,
    /// Service, where it concerns one.
    pub service: Option<String>,
    /// Kind.
    pub kind: String,
    /// The day of the event.
    pub event: NaiveDate,
    /// The last day allowed, inclusive.
    pub last_day: NaiveDate,
    /// The day it was notified.
    pub notified: Option<NaiveDate>,
    /// `Met`, `Late`, `Not notified`, `Not yet due`.
    pub status: String,
    /// How it stands.
    pub compliance: Compliance,
    /// Clause.
    pub clause: String,
}

/// What one borough sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Borough {
    /// Name.
    pub name: String,
    /// The providers it buys from.
    pub matrix: Matrix,
    /// Open alerts about them.
    pub alerts: Vec<AlertRow>,
}
