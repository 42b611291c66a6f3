//! How the providers of a contract are ranked and compared.

use crate::domain::quantity::Quantity;

/// How providers are ranked.
#[derive(Debug, Clone, PartialEq)]
pub struct Priorities {
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// How an open point is read.
    pub reading: Option<String>,
    /// Criteria.
    pub criteria: Vec<Criterion>,
}

/// A criterion of a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// What is scored.
    pub of: CriterionOf,
    /// Title.
    pub title: String,
    /// Weight; below zero it moves down.
    pub weight: Quantity,
}

/// What a criterion scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CriterionOf {
    /// The officer's score in a column of the register.
    Column(String),
    /// Whether the contract ends in the months to come, the last day included.
    EndsWithin {
        /// Months.
        months: u32,
        /// The score where it does; 0 where it does not.
        score: Quantity,
    },
    /// Whether it was audited in the months before, or is on the timetable for an audit.
    Audited {
        /// Months.
        months: u32,
        /// The score where it was or is; 0 where not.
        score: Quantity,
    },
}

/// The market benchmark: providers compared by their KPIs.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// Clause.
    pub clause: String,
    /// The number of figures without which nothing is compared.
    pub at_least: usize,
    /// How an open point is read.
    pub reading: Option<String>,
}
