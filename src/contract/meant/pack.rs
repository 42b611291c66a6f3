//! What the pack holds by definition: the agenda, the annual review.

use super::{Fill, TablePath};
pub use crate::rules::figure::Figure;
pub use crate::rules::suppress_below::Suppression;

/// An item of the review meeting's agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Heading.
    pub title: String,
    /// What it is filled from.
    pub fill: Option<Fill>,
    /// The row of a narrative whose words stand below it.
    pub told: Option<RowPath>,
    /// Sums that stand below it.
    pub sums: Vec<AgendaSum>,
    /// Tables of promises that are told below it.
    pub promises: Vec<TablePath>,
    /// Items below it.
    pub items: Vec<AgendaItem>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPath {
    /// Form and table.
    pub table: TablePath,
    /// Row id.
    pub row: String,
}

/// The sum of a column over the records of a table, perhaps as a share of another column's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaSum {
    /// The table whose records are added up.
    pub table: TablePath,
    /// The column of the figures.
    pub column: String,
    /// The column whose sum is the whole.
    pub of: Option<String>,
}

/// The review of a whole year, counted from the provider's start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualReview {
    /// Clause.
    pub clause: String,
    /// Title.
    pub title: String,
    /// How an open point is read.
    pub reading: Option<String>,
}
