//! The rulebook on care in supported housing (3, and 7 and 8 as they bear on it), run end to end on workbooks.
#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking, and are shared with other contracts"
)]

mod benchmark;
mod due;
mod duties;
mod figures;
mod forms;
mod kpis;
mod local;
mod packs;
mod partial;
mod portfolio;
mod schemes;
#[path = "../support/mod.rs"]
mod support;
