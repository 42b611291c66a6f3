//! The program among people, other programs and power cuts: hostile text, moved files, lost output, spoilt inputs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod check;
mod hostile_text;
mod interrupted;
mod moved;
mod out_folder;
mod refusals;
mod results;
mod support;
