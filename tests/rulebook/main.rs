//! The rulebook's examples and decisions, run end to end on workbooks.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

mod accuracy;
mod clean;
mod escalations;
mod submissions;
mod support;
mod targets;
