//! The rulebook on semi-independent accommodation (5, and 7 and 8 as they bear on it), run end to end on workbooks.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with other contracts"
)]

mod answers;
mod definition;
mod evidence;
mod forms;
mod notifications;
mod provider;
mod report;
mod returns;
mod services;
#[path = "../support/mod.rs"]
mod support;
