//! A look at a workspace writes nothing and says what a run would say; a changed definition changes what it says and no more.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

mod changed;
mod folder;
mod look;
