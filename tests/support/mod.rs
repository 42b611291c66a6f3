//! What every test of a contract needs: workbooks as cells, a workspace in a temporary folder, and what a run over it says.

pub mod book;
pub mod page;
pub mod results;
pub mod workspace;

use chrono::NaiveDate;

/// A date written `2025-09-14`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
