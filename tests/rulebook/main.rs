//! The rulebook's examples and decisions, run end to end on workbooks.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the findings"
)]

mod accuracy;
mod clean;
mod escalations;
mod submissions;
mod support;
mod targets;
