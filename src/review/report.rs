//! The council's report across the providers of one contract.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::benchmark::{Benchmark, Spread};
use crate::domain::called::Called;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;

/// The report of one contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContractReport {
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// What those are called who are under the contract.
    pub called: Called,
    /// Title of the report.
    pub title: String,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// A few sentences: how many providers, how many meet everything, who is suspended or barred, what is due.
    pub summary: Vec<String>,
    /// Every provider of the contract, in order of name.
    pub providers: Vec<ReportedProvider>,
    /// Its sections, in the definition's order.
    pub sections: Vec<Section>,
    /// How open points were read.
    pub readings: Vec<String>,
}

impl ContractReport {
    /// The provider with this name.
    pub fn provider(&self, name: &str) -> Option<&ReportedProvider> {
        self.providers.iter().find(|provider| provider.name == name)
    }
}

/// A provider of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedProvider {
    /// Name as in the register.
    pub name: String,
    /// Where it or a service of it is not active, such as `Suspended since 8 June 2026`; empty when all are active.
    pub standings: Vec<String>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Section {
    /// Who meets what.
    Compliance(Matrix),
    /// Providers ranked.
    Priorities(Ranking),
    /// Providers compared, KPI by KPI in the contract's order.
    Benchmark(Vec<Comparison>),
    /// Alerts: the open ones first, those due for review before the others.
    Alerts(Vec<AlertRow>),
    /// Events notified: what is not met first.
    Notifications(Vec<NotificationRow>),
    /// The same cut by borough, in order of name.
    Boroughs(Vec<Borough>),
    /// The newest review of each contract: what it scores in every area.
    Profiles(Profiles),
    /// Where scores are lowest, and held.
    Themes(Themes),
    /// Those reviewed again, and how they moved.
    Movement(Vec<Movement>),
    /// Reviews to come, by date; those without a date last.
    ForwardPlan(Vec<PlannedReview>),
}

/// Providers down, requirements across.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Matrix {
    /// Columns after the provider's; those of one group stand together.
    pub columns: Vec<Requirement>,
    /// Rows, in order of the provider's name.
    pub rows: Vec<MatrixRow>,
}

impl Matrix {
    /// The groups of columns: title, and where its columns begin and end (the end not included).
    pub fn groups(&self) -> Vec<(&str, std::ops::Range<usize>)> {
        let mut groups: Vec<(&str, std::ops::Range<usize>)> = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            match groups.last_mut() {
                Some((title, range)) if *title == column.group => range.end = index + 1,
                _ => groups.push((&column.group, index..index + 1)),
            }
        }
        groups
    }
}

/// A column of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// What it belongs to, such as `Returns`.
    pub group: String,
    /// What is required.
    pub title: String,
    /// Clause; empty where several clauses bear on it.
    pub clause: String,
}

/// A provider's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatrixRow {
    /// Provider.
    pub provider: String,
    /// Cells, one a column.
    pub cells: Vec<MatrixCell>,
}

impl MatrixRow {
    /// The worst of its cells.
    pub fn worst(&self) -> Compliance {
        self.cells.iter().map(|cell| cell.compliance).max().unwrap_or(Compliance::Nothing)
    }
}

/// How a requirement stands, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Compliance {
    /// Nothing to judge.
    Nothing,
    /// Met.
    Met,
    /// Met late, or in question.
    Partly,
    /// Not met.
    NotMet,
}

impl Compliance {
    /// The words for people.
    pub fn word(self) -> &'static str {
        match self {
            Compliance::Nothing => "Nothing to judge",
            Compliance::Met => "Met",
            Compliance::Partly => "Late or in question",
            Compliance::NotMet => "Not met",
        }
    }
}

/// A cell of the matrix: a word beside its colour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatrixCell {
    /// How it stands.
    pub compliance: Compliance,
    /// The word, such as `On time`, `Missing`, `1 of 2 late`.
    pub word: String,
    /// More, in sentences; may be empty.
    pub notes: Vec<String>,
}

/// Providers ranked by weighted scores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// How an open point is read.
    pub reading: Option<String>,
    /// Criteria: title and weight.
    pub criteria: Vec<(String, Quantity)>,
    /// Rows, the highest first.
    pub rows: Vec<RankingRow>,
}

/// A provider's place in the ranking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RankingRow {
    /// Rank, equal sums alike; `None` when nothing is scored.
    pub rank: Option<usize>,
    /// Provider.
    pub provider: String,
    /// Sum of the weighted scores.
    pub sum: Option<Quantity>,
    /// Scores, one a criterion; `None` is not scored.
    pub scores: Vec<Option<Quantity>>,
    /// Why, in sentences: the criteria that weigh most, what is not scored, and what else bears on it.
    pub reasons: Vec<String>,
}

/// One KPI across the providers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The newest period with a benchmark; the newest at all where none has one.
    pub newest: Benchmark,
    /// Why a newer period has none, in a sentence, where one has been due since.
    pub since: Option<String>,
    /// The newest period and those before it with a benchmark, the oldest first.
    pub course: Vec<(Period, Spread)>,
}

/// An alert.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// `In time`, `Late`, `Not notified`, `Not yet due`.
    pub status: String,
    /// The register's note.
    pub note: String,
    /// How it stands.
    pub compliance: Compliance,
    /// Clause.
    pub clause: String,
}

/// What one borough sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Borough {
    /// Name.
    pub name: String,
    /// The providers it buys from.
    pub matrix: Matrix,
    /// Open alerts about them.
    pub alerts: Vec<AlertRow>,
}

/// Scores of every area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profiles {
    /// Titles of the areas, in the contract's order.
    pub areas: Vec<String>,
    /// The newest review of each, the latest first.
    pub rows: Vec<Profile>,
}

/// What one contract scored in its newest review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// The contract reviewed.
    pub provider: String,
    /// When, in words.
    pub when: String,
    /// Whether the review lies within the months the report covers.
    pub within: bool,
    /// Scores, one an area.
    pub scores: Vec<AreaScore>,
    /// The areas that score lowest, by title; empty where nothing is scored.
    pub lowest: Vec<String>,
    /// What there is to be asked: missing scores, evidence, signature.
    pub notes: Vec<String>,
}

/// What an area scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaScore {
    /// The mean of its criteria, exact; `None` where there is none.
    pub score: Option<Quantity>,
    /// As shown, never contradicting the rating.
    pub shown: String,
    /// The rating of the local policy, or why there is none.
    pub rating: Rating,
}

/// Where scores are lowest across reviews.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Themes {
    /// Which reviews they rest on, in a sentence.
    pub basis: String,
    /// Every area, the lowest mean first, those without a score last.
    pub areas: Vec<Theme>,
    /// The areas held at a score, in sentences.
    pub held: Vec<String>,
}

/// An area across reviews.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// Title.
    pub title: String,
    /// Mean of the reviews' scores, exact.
    pub mean: Option<Quantity>,
    /// As shown.
    pub shown: String,
    /// How many reviews have a score for it.
    pub scored: usize,
    /// The reviews that score lowest in it, by the contract's name.
    pub lowest: Vec<String>,
}

/// How a contract reviewed again moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Movement {
    /// The contract reviewed.
    pub provider: String,
    /// The review before, in words.
    pub before: String,
    /// The newest review, in words.
    pub now: String,
    /// In a sentence: how many areas rose, fell and stayed, and which most.
    pub sentence: String,
    /// Every area: title, before, now, and the change where both have a score.
    pub areas: Vec<(String, AreaScore, AreaScore, Option<Quantity>)>,
}

/// A review to come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlannedReview {
    /// The day of the meeting; `None` is to be confirmed.
    pub date: Option<NaiveDate>,
    /// The contract reviewed.
    pub provider: String,
    /// Role of the lead officer.
    pub lead_officer: Option<String>,
    /// Where the self-assessment is: `Received 11 January 2019`, `Due 11 January 2019`, `Missing`.
    pub self_assessment: String,
    /// How that stands.
    pub compliance: Compliance,
    /// The committee that asked for it.
    pub requested_by: Option<String>,
}
