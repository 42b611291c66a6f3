//! Drafts handed to a mail server: what goes over the wire, what does not go, and that nothing goes twice.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the tests of contracts"
)]

mod broken;
mod desk;
#[path = "../kent/forms.rs"]
mod forms;
mod goes;
#[path = "../support/program.rs"]
mod program;
mod refused;
mod sink;
#[path = "../support/mod.rs"]
mod support;
