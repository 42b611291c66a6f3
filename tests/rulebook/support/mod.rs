//! A workspace in a temporary folder, built sheet by sheet, and what a run over it says.

pub mod book;
pub mod forms;
pub mod said;
pub mod workspace;

use chrono::NaiveDate;

pub const EAST: &str = "Cheshire East";
pub const WEST: &str = "Cheshire West and Chester";
pub const PROVIDER: &str = "Harbour Advocacy";
pub const CONTRACT: &str = "cheshire-advocacy";

/// A date written `2025-09-14`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
