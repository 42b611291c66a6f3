//! Which files of the folder of returns a run takes, and whether it goes on.
//!
//! A run that somebody asked for takes whatever it can read. One that a watch makes takes only what has settled: a file that is being
//! copied while the run reads the others is left for the next.

use crate::workspace::returns::Why;

/// What is asked before, while and after files are read; from several threads.
pub trait Taking: Sync {
    /// Why this file is not to be opened now; its path below the workspace with forward slashes.
    fn passes_over(&self, file: &str) -> Option<Why>;

    /// Whether these bytes, by their SHA-256, are the whole file as it is meant to be taken.
    fn takes(&self, file: &str, sha256: &str) -> bool;

    /// Whether the run is to stop before it records anything.
    fn stops(&self) -> bool;
}

/// Whatever can be read is taken.
#[derive(Debug, Clone, Copy)]
pub struct Everything;

impl Taking for Everything {
    fn passes_over(&self, _: &str) -> Option<Why> {
        None
    }

    fn takes(&self, _: &str, _: &str) -> bool {
        true
    }

    fn stops(&self) -> bool {
        false
    }
}

/// The run was asked to stop, and nothing was recorded or written but copies of what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the run was stopped before it recorded anything")]
pub struct Stopped;
