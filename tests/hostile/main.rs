//! Files made to bring the program down or to mislead it: each ends in one clear line, and the returns beside it are read as ever.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop; helpers are shared with the tests of untidy workspaces"
)]

mod cells;
mod kinds;
mod package;
mod relations;
mod run;
#[path = "../untidy/support.rs"]
mod support;
mod texts;
mod xml;
mod zips;
