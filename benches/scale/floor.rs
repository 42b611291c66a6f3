//! What no program can do without to read the returns of a workspace and to write what a run has written there:
//! `floor WORKSPACE TARGET`. `measure.py` runs it.
//!
//! * Reading: each file under `returns` from the disk, every cell of it with nothing but calamine.
//! * Writing, below TARGET: of each workbook that the program made itself the same values with nothing but rust_xlsxwriter, no formats
//!   and no charts; of each coloured copy its package, entry by entry; of every other file, the kept originals too, the same bytes.
//!   What lies under a name that begins with a dot is the program's own bookkeeping and is left out.
//!
//! On as many threads as there are cores. What is to be written is read beforehand, outside the time: the time of writing is that of
//! all threads together by their number.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark that cannot go on should stop, and prints"
)]

#[path = "../bare/mod.rs"]
mod bare;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Every file below `path`, but for those of hidden names; `path` itself where it is a file.
fn files(path: &Path) -> Vec<PathBuf> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with('.') || !path.exists() {
        return Vec::new();
    }
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let mut below: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    below.sort();
    below.iter().flat_map(|path| files(path)).collect()
}

/// What `work` gives for each item, added up, on all cores, each taking the next item when it is done with one.
fn on_all_cores<T: Sync, R: Send + Default>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    add: impl Fn(&mut R, R) + Sync + Copy,
) -> R {
    let next = AtomicUsize::new(0);
    let one = || {
        let mut sum = R::default();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            add(&mut sum, work(item));
        }
        sum
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..threads()).map(|_| scope.spawn(one)).collect();
        let mut sum = R::default();
        threads.into_iter().for_each(|thread| add(&mut sum, thread.join().unwrap()));
        sum
    })
}

fn threads() -> u32 {
    thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap())
}

/// Writes the counterpart of `file` to `to`; how long that took.
fn write(file: &Path, to: &Path) -> Duration {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    let bytes = fs::read(file).unwrap();
    let is_workbook = file.extension().is_some_and(|extension| extension == "xlsx");
    let is_copy = file.parent().is_some_and(|folder| folder.ends_with("returned"));
    let is_original = file.parent().is_some_and(|folder| folder.ends_with("originals"));
    if is_workbook && !is_copy && !is_original {
        let values = bare::values(&bytes);
        let start = Instant::now();
        fs::write(to, bare::written(&values)).unwrap();
        start.elapsed()
    } else if is_copy {
        let start = Instant::now();
        fs::write(to, bare::copied(&fs::read(file).unwrap())).unwrap();
        start.elapsed()
    } else {
        let start = Instant::now();
        fs::write(to, &bytes).unwrap();
        start.elapsed()
    }
}

fn main() {
    let mut arguments = std::env::args_os().skip(1).filter(|own| own != "--bench").map(PathBuf::from);
    let (Some(workspace), Some(target)) = (arguments.next(), arguments.next()) else {
        println!("floor WORKSPACE TARGET");
        return;
    };
    let returns = files(&workspace.join("returns"));
    let start = Instant::now();
    let cells = on_all_cores(&returns, |file| bare::read(&fs::read(file).unwrap()), |sum, more| *sum += more);
    let read = start.elapsed();

    let made: Vec<PathBuf> =
        ["out", "originals", "receipts.jsonl"].iter().flat_map(|name| files(&workspace.join(name))).collect();
    let to = |file: &Path| target.join(file.strip_prefix(&workspace).unwrap());
    let together = on_all_cores(&made, |file| write(file, &to(file)), |sum, more| *sum += more);
    println!(
        r#"{{"returns": {}, "cells": {cells}, "read": {:.4}, "files": {}, "write": {:.4}}}"#,
        returns.len(),
        read.as_secs_f64(),
        made.len(),
        (together / threads()).as_secs_f64(),
    );
}
