//! The rulebook on the Regulation 44 contract (2, and 7 and 8 as they bear on it), run end to end on workbooks.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with other contracts"
)]

mod edges;
mod escalations;
mod forms;
mod months;
mod overall;
mod plans;
mod returns;
#[path = "../support/mod.rs"]
mod support;
mod targets;
mod visits;
mod warnings;
