//! `quarterday demo`: lays out the shipped samples, runs on them and names the page to open.

use std::path::Path;

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;

use super::{ExitStatus, clock, run, screen};
use crate::readers::Readers;
use crate::run::{Request, run_with};
use crate::samples;
use crate::workspace::files;

/// Lays out every sample workspace below `dir` and runs on each.
///
/// # Errors
/// `dir` holds something other than a demo, or cannot be written.
pub fn demo(dir: &Path) -> Result<ExitStatus> {
    if dir.is_file() {
        bail!("{} is a file; name a folder for the demo", dir.display());
    }
    let readers = Readers::of_this_program();
    let mut pages = Vec::new();
    for sample in samples::all() {
        let target = dir.join(sample.name);
        if target.is_dir() {
            files::sweep(&target)?;
        }
        for file in sample.files() {
            let path = target.join(file.path);
            // What an officer has changed in the demo is theirs: only what is not there is laid out.
            if !path.exists() {
                if let Some(folder) = path.parent() {
                    files::create_dir(folder)?;
                }
                files::write(&path, file.bytes)
                    .with_context(|| format!("the demo cannot be laid out in {}", dir.display()))?;
            }
        }
        let as_of: NaiveDate = sample.as_of;
        let outcome = run_with(&target, Request { as_of, today: clock::today() }, &readers, &|_| {})?;
        if !screen::is_quiet() {
            run::brief(sample.name, &outcome);
        }
        pages.push(target.join("out").join("index.html"));
    }
    screen::aside("");
    screen::aside(
        "The demo is ready. What `quarterday run` says of each at length stands in these pages; open them in a browser:",
    );
    for page in pages {
        screen::aside(&format!("  {}", std::path::absolute(&page).unwrap_or(page).display()));
    }
    Ok(ExitStatus::Fine)
}
