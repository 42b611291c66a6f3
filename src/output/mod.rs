//! One file per output, one palette for all of them.

pub mod calendar_ics;
pub mod check_json;
mod common;
pub mod disposals_csv;
#[cfg(test)]
pub(crate) mod example;
#[cfg(test)]
mod example_evidence;
pub mod issue_json;
#[cfg(test)]
mod json_schema;
pub mod mail;
pub mod pages;
pub mod palette;
mod periods;
pub mod ratings_csv;
pub mod replay_json;
pub mod results;
mod targets;
pub mod workbooks;
pub mod write_back;
