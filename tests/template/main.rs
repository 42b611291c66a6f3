//! Blank returns: of every form of every definition, filled in and read back, and as the command writes them.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the tests of contracts"
)]

mod command;
mod definitions;
mod dice;
mod fill;
mod filled;
mod read_back;
mod round_trip;
#[path = "../support/mod.rs"]
mod support;
mod workspace;
