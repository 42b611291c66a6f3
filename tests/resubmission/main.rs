//! A return goes back with feedback and comes again with answers: each is read where it stands, matched to its query and shown.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with the rulebook's cases"
)]

mod answers;
mod colours;
#[path = "../rulebook/support/mod.rs"]
mod support;
mod typed;
