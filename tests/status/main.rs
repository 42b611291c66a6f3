//! How a workspace stands, what is due for disposal, and the calendar: the real program over a real folder.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the tests of contracts"
)]

mod calendar;
#[path = "../kent/forms.rs"]
mod forms;
mod retention;
mod screen;
#[path = "../support/mod.rs"]
mod support;
mod visits;
