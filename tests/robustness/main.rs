//! Whatever habit a return is filled in with, it says the same as the plain form, or a finding names what is different: never a
//! different rating without one, never a figure that is silently lost.
//!
//! `QUARTERDAY_SEEDS=20 cargo test --test robustness` tries each habit on each form with so many seeds in the place of one;
//! `QUARTERDAY_HABIT=heading` tries the habits alone whose name holds the word.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the tests of templates"
)]

mod book;
#[path = "../template/definitions.rs"]
mod definitions;
#[path = "../template/dice.rs"]
mod dice;
mod expected;
#[path = "../template/fill.rs"]
mod fill;
#[path = "../template/filled.rs"]
mod filled;
mod habits;
mod matrix;
mod pairs;
mod plain;
#[path = "../template/read_back.rs"]
mod read_back;
mod said;
mod write;
