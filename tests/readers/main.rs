//! Untrusted files read in worker processes: what comes of them is the same as without, and no file can cost another.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../support/book.rs"]
#[allow(dead_code, reason = "more than these tests put into cells")]
mod book;
mod hostile;
mod same;

use std::path::Path;

use quarterday::readers::{Readers, SUBCOMMAND, Settings, Start};
use quarterday::samples;
use tempfile::TempDir;

/// Readers whose workers are the program itself.
fn workers(settings: Settings) -> Readers {
    let program = assert_cmd::cargo::cargo_bin!("quarterday").to_path_buf();
    Readers::started_by(Start { program, arguments: vec![SUBCOMMAND.into()] }, settings)
}

/// A sample laid out in a folder.
fn laid_out(name: &str) -> (TempDir, samples::Sample) {
    let sample = samples::all().into_iter().find(|sample| sample.name == name).unwrap();
    let dir = TempDir::new().unwrap();
    for file in sample.files() {
        put(dir.path(), file.path, file.bytes);
    }
    (dir, sample)
}

fn put(dir: &Path, file: impl AsRef<Path>, bytes: &[u8]) {
    let path = dir.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}
