//! What is sent out: the papers of a meeting, and issues that are frozen and held against what is so later.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the tests of contracts"
)]

mod command;
#[path = "../kent/forms.rs"]
mod forms;
mod frozen;
mod meetings;
mod quarter;
#[path = "../support/mod.rs"]
mod support;
