//! The rulebook on the contract management review group (4, and 7 and 8 as they bear on it), run end to end on workbooks.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with other contracts"
)]

mod faults;
mod forms;
mod report;
mod scores;
mod selection;
mod submissions;
#[path = "../support/mod.rs"]
mod support;
