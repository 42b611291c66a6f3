//! A watch as an officer leaves it running: the real binary, files that arrive in every way there is, and what it says of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]
#![cfg(unix)]

mod arriving;
mod burst;
mod day;
mod support;
