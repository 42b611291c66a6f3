//! What proves the records: the verification of a workspace, and evidence put together for a lawyer.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the tests of contracts"
)]

mod folder;
#[path = "../kent/forms.rs"]
mod forms;
mod others;
#[path = "../words/plain.rs"]
mod plain;
#[path = "../support/program.rs"]
mod program;
#[path = "../issuing/quarter.rs"]
mod quarter;
#[path = "../support/mod.rs"]
mod support;
mod tampering;
mod verifying;
