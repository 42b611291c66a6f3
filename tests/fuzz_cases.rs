//! Every seed and every kept crash of the fuzz targets, through the same code as there: see `tests/fuzz/Cargo.toml`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

#[path = "fuzz/src/bodies/mod.rs"]
mod bodies;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Replays what is kept for `target`, and the files of `more` folders of the project.
fn replay(target: &str, more: &[&str], body: fn(&[u8])) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seeds = files(&root.join("tests/fuzz/seeds").join(target));
    assert!(!seeds.is_empty(), "{target} has no seeds");
    let kept = files(&root.join("tests/fuzz/kept").join(target));
    let more = more.iter().flat_map(|folder| files(&root.join(folder))).filter(|path| path.is_file());
    let failed: Vec<PathBuf> = seeds
        .into_iter()
        .chain(kept)
        .chain(more)
        .filter(|path| {
            let bytes = fs::read(path).unwrap();
            catch_unwind(|| body(&bytes)).is_err()
        })
        .collect();
    assert!(failed.is_empty(), "{target}: {failed:#?}");
}

#[test]
fn definitions() {
    replay("definitions", &["templates/contracts", "tests/fixtures"], bodies::definitions);
}

#[test]
fn mail() {
    replay("mail", &[], bodies::mail);
}

#[test]
fn mapping() {
    replay("mapping", &[], bodies::mapping);
}

#[test]
fn parts() {
    replay("parts", &[], bodies::parts);
}

#[test]
fn periods() {
    replay("periods", &[], bodies::periods);
}

#[test]
fn reading() {
    let samples = "samples/workspaces/home-to-school-transport/returns/2025-11";
    replay("reading", &[samples], bodies::reading);
}

#[test]
fn register() {
    replay("register", &[], bodies::register);
}

#[test]
fn workbooks_in_text_read_back_as_they_were_written() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds");
    for path in [files(&seeds.join("mapping")), files(&seeds.join("register"))].concat() {
        let book = bodies::sheets::workbook(&fs::read_to_string(&path).unwrap());
        let again = bodies::sheets::workbook(&bodies::sheets::text(&book, usize::MAX));
        assert_eq!(format!("{again:?}"), format!("{book:?}"), "{}", path.display());
    }
}

#[test]
fn written_back() {
    replay("written_back", &[], bodies::written_back);
}
