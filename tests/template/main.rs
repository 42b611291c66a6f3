//! Blank returns: of every form of every definition, filled in and read back, and as the command writes them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod command;
mod definitions;
mod dice;
mod fill;
mod read_back;
mod round_trip;
