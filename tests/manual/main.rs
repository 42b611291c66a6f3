//! The command line as somebody meets it who has read nothing: started with nothing, with a slip of the pen, with a double click; and
//! the texts that are there to be read.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod json;
#[path = "../support/program.rs"]
mod program;
mod quiet;
mod started;
mod terminal;
mod texts;
