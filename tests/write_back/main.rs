//! The provider's own workbook comes back coloured, and nothing else of it is changed: every difference between a package and its
//! coloured copy is one that is declared in `compare::permitted`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop"
)]

mod base;
mod compare;
mod feedback;
mod fixtures;
mod folder;
mod package;
mod random;
mod teeth;
mod tokens;
mod written;
