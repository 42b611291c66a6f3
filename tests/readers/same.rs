//! The same bytes come out, whoever read the files and how many read at a time.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use quarterday::readers::{Readers, Settings};
use quarterday::run::{Request, run_with};

use crate::{laid_out, workers};

/// Every file below a folder with its bytes.
fn written(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut folders = vec![dir.to_path_buf()];
    let mut files = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(dir).unwrap().to_path_buf(), std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Everything a run writes, its copies and its ledger included.
fn ran(name: &str, readers: &Readers) -> BTreeMap<PathBuf, Vec<u8>> {
    let (dir, sample) = laid_out(name);
    // What lies there twice is read once, under the name that comes first.
    let first = sample.files().into_iter().find(|file| file.path.starts_with("returns")).unwrap();
    crate::put(dir.path(), "returns/zz twice.xlsx", first.bytes);
    crate::put(dir.path(), "returns/0 no workbook.xlsx", b"not a workbook");
    let request = Request { as_of: sample.as_of, today: sample.as_of };
    run_with(dir.path(), request, readers, &|_| {}).unwrap();
    written(dir.path())
}

#[test]
fn one_worker_and_eight_and_none_write_the_same_bytes() {
    for name in ["cheshire-advocacy", "kent-regulation-44"] {
        let one = ran(name, &workers(Settings { workers: 1, ..Settings::default() }));
        let eight = ran(name, &workers(Settings { workers: 8, ..Settings::default() }));
        let none = ran(name, &Readers::in_process());
        assert!(one.len() > 30, "{}", one.len());
        for (file, bytes) in &one {
            assert!(eight.get(file) == Some(bytes), "{} differs with eight workers", file.display());
            assert!(none.get(file) == Some(bytes), "{} differs without workers", file.display());
        }
        assert_eq!((eight.len(), none.len()), (one.len(), one.len()));
    }
}

#[test]
fn a_worker_greets_and_ends_with_its_input() {
    let program = assert_cmd::cargo::cargo_bin!("quarterday");
    let mut worker = Command::new(program)
        .arg("reader")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(worker.stdin.take());
    let output = worker.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(output.stdout.ends_with(env!("CARGO_PKG_VERSION").as_bytes()), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_worker_that_is_told_nonsense_ends() {
    let program = assert_cmd::cargo::cargo_bin!("quarterday");
    let worker = Command::new(program)
        .arg("reader")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    worker.stdin.as_ref().unwrap().write_all(b"\x05\0\0\0hello").unwrap();
    let output = worker.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
}

#[test]
fn the_help_does_not_speak_of_workers() {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("quarterday")).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(help.contains("check") && !help.contains("reader"), "{help}");
}
