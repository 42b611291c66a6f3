//! What a run keeps under `out/.cache` never changes what the next one writes or says: each run is held against one in a copy of the
//! workspace in which nothing was kept, byte by byte.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::NaiveDate;
use quarterday::output::pages::embedded;
use quarterday::readers::Readers;
use quarterday::run::{Outcome, Request, run_with};
use quarterday::samples;
use quarterday::workspace::files;
use tempfile::TempDir;

/// A sample workspace whose newest return has not come in yet.
struct Workspace {
    dir: TempDir,
    as_of: NaiveDate,
    held_back: (PathBuf, Vec<u8>),
}

impl Workspace {
    fn of(name: &str) -> Self {
        let sample = samples::all().into_iter().find(|sample| sample.name == name).unwrap();
        let dir = TempDir::new().unwrap();
        for file in sample.files() {
            write(&dir.path().join(file.path), file.bytes);
        }
        let returns = below(&dir.path().join("returns"));
        let newest = returns.keys().rfind(|file| file.ends_with(".xlsx") && !file.contains("~$")).unwrap();
        let path = dir.path().join("returns").join(newest);
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        Self { dir, as_of: sample.as_of, held_back: (path, bytes) }
    }

    fn path(&self, relative: &str) -> PathBuf {
        self.dir.path().join(relative)
    }

    fn run(&self) -> Outcome {
        run(self.dir.path(), self.as_of)
    }

    /// Runs, and runs in a copy without anything generated: both write and say the same.
    #[track_caller]
    fn same_as_fresh(&self, what: &str) -> Outcome {
        let fresh = TempDir::new().unwrap();
        for (file, bytes) in below(self.dir.path()) {
            if !file.starts_with("out/") && !file.ends_with(".lock") {
                write(&fresh.path().join(file), &bytes);
            }
        }
        let (kept, anew) = (self.run(), run(fresh.path(), self.as_of));
        let (own, other) = (written(self.dir.path()), written(fresh.path()));
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&own), names(&other), "{what}");
        for (file, bytes) in &own {
            assert!(*bytes == other[file], "{what}: {file} is not as in a run of which nothing was kept");
        }
        assert_eq!(said(&kept), said(&anew), "{what}");
        kept
    }

    /// When each entry of a kind was written.
    fn entries(&self, kind: &str) -> BTreeMap<PathBuf, SystemTime> {
        files::walk(&self.path("out/.cache"))
            .unwrap()
            .into_iter()
            .filter(|found| found.relative.starts_with(kind))
            .map(|found| (found.path, found.modified.unwrap()))
            .collect()
    }
}

fn run(dir: &Path, as_of: NaiveDate) -> Outcome {
    run_with(dir, Request { as_of, today: as_of }, &Readers::in_process(), &|_| {}).unwrap()
}

/// What the screen says, but for what changed and what had to be written.
fn said(outcome: &Outcome) -> String {
    let mut results = Vec::new();
    outcome.results_json.write(&mut results).unwrap();
    format!(
        "{:#?}\n{:#?}\n{:#?}\n{:#?}\n{:?}\n{:?}\n{:?}\n{:?}\n{}\n{}",
        outcome.reviews,
        outcome.unrecognised,
        outcome.ignored,
        outcome.drafts,
        outcome.notes,
        outcome.made_anew,
        outcome.changed_since_issue,
        outcome.template_notes,
        outcome.files_read,
        String::from_utf8(results).unwrap()
    )
}

/// Everything generated, by path, but for what is kept between runs.
fn written(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = below(&dir.join("out"));
    files.retain(|file, _| !file.starts_with(".cache/"));
    assert!(files.len() > 10);
    files
}

fn below(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    files::walk(dir)
        .unwrap()
        .into_iter()
        .map(|found| (found.relative, fs::read(found.path).unwrap()))
        .collect()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// What befalls an entry.
type Harm<'a> = &'a dyn Fn(&Path);

/// The samples: one with a benchmark and a report across providers, one with a log and areas.
const SAMPLES: [(&str, &str); 2] = [
    ("kent-regulation-44", include_str!("../templates/contracts/kent-regulation-44.toml")),
    ("cheshire-advocacy", include_str!("../templates/contracts/cheshire-advocacy.toml")),
];

#[test]
fn whatever_changes_between_two_runs_is_written_as_if_nothing_had_been_kept() {
    for (name, definition) in SAMPLES {
        let mut workspace = Workspace::of(name);
        workspace.same_as_fresh("first");
        workspace.same_as_fresh("nothing changed");
        write(&workspace.held_back.0, &workspace.held_back.1);
        let outcome = workspace.same_as_fresh("a return came in");
        assert!(outcome.changes.is_some_and(|changes| !changes.is_empty()), "{name}");
        fs::rename(&workspace.held_back.0, workspace.path("returns/renamed.xlsx")).unwrap();
        workspace.same_as_fresh("a return was renamed");
        write(&workspace.path("returns/renamed.xlsx"), b"not a workbook");
        workspace.same_as_fresh("a return was overwritten");
        write(&workspace.path("quarterday.toml"), b"council = \"Northmoor Council\"\n");
        workspace.same_as_fresh("settings");
        let title = definition.lines().find(|line| line.starts_with("title = ")).unwrap();
        let changed = definition.replacen(title, "title = \"Under another title\"", 1);
        write(&workspace.path(&format!("contracts/{name}.toml")), changed.as_bytes());
        workspace.same_as_fresh("definition");
        workspace.as_of = workspace.as_of.succ_opt().unwrap();
        workspace.same_as_fresh("the day after");
        let template = embedded().into_iter().find(|template| template.name == "pack.html").unwrap();
        let own = template.to_start_from().replacen("Coloured workbooks", "Workbooks in colour", 1);
        assert!(own.contains("in colour"));
        write(&workspace.path("templates/pack.html"), own.as_bytes());
        workspace.same_as_fresh("a template of the council’s own");
        fs::remove_file(workspace.path("templates/pack.html")).unwrap();
        workspace.same_as_fresh("without it");
    }
}

#[test]
fn what_is_kept_is_used_and_what_is_not_used_is_not_kept() {
    for (name, _) in SAMPLES {
        let workspace = Workspace::of(name);
        let first = workspace.run();
        assert!(!first.summary.written.is_empty());
        let (returns, reviews) = (workspace.entries("return-"), workspace.entries("review-"));
        assert_eq!(reviews.len(), first.reviews.len(), "{name}");
        assert!(!returns.is_empty());
        let second = workspace.run();
        assert!(second.summary.written.is_empty(), "{name}: {:?}", second.summary.written);
        assert_eq!(second.changes, Some(Vec::new()));
        // Made again they would be written again.
        assert_eq!(workspace.entries("review-"), reviews, "{name}");
        assert_eq!(workspace.entries("return-"), returns, "{name}");
        write(&workspace.path("quarterday.toml"), b"council = \"Northmoor Council\"\n");
        workspace.run();
        assert_eq!(workspace.entries("return-"), returns, "the settings do not change what returns say");
        let anew = workspace.entries("review-");
        assert!(anew.iter().all(|(path, written)| reviews.get(path).is_some_and(|before| before < written)));
        fs::remove_dir_all(workspace.path("returns")).unwrap();
        fs::create_dir(workspace.path("returns")).unwrap();
        fs::remove_dir_all(workspace.path("originals")).unwrap();
        workspace.run();
        assert_eq!(workspace.entries("return-").len(), 0, "what a return said is not kept beyond the return");
    }
}

#[test]
fn what_is_damaged_or_gone_is_made_again() {
    let (name, _) = SAMPLES[0];
    let workspace = Workspace::of(name);
    workspace.run();
    let sound = written(workspace.dir.path());
    let cache = workspace.path("out/.cache");
    let entries: Vec<PathBuf> = workspace.entries("").into_keys().collect();
    let harms: [(&str, Harm<'_>); 5] = [
        ("cut short", &|path| {
            let bytes = fs::read(path).unwrap();
            fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("one bit turned", &|path| {
            let mut bytes = fs::read(path).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 4;
            fs::write(path, bytes).unwrap();
        }),
        ("empty", &|path| fs::write(path, b"").unwrap()),
        ("another's", &|path| {
            fs::copy(&entries[0], path).unwrap_or_default();
        }),
        ("a folder", &|path| {
            fs::remove_file(path).unwrap();
            fs::create_dir(path).unwrap();
        }),
    ];
    for (harm, harmed) in harms {
        for path in workspace.entries("").keys() {
            harmed(path);
        }
        workspace.run();
        assert!(written(workspace.dir.path()) == sound, "{harm}");
        fs::remove_dir_all(&cache).unwrap();
        workspace.run();
        assert!(written(workspace.dir.path()) == sound, "all gone after {harm}");
    }
    // Whatever an output holds now, the run puts right what it wrote.
    for output in ["pack.html", "results.json", "provider-pack.xlsx", "drafts.json"] {
        let path = workspace.path("out").join(sound.keys().find(|file| file.ends_with(output)).unwrap());
        fs::write(&path, b"something else").unwrap();
        workspace.run();
        assert!(written(workspace.dir.path()) == sound, "{output} changed");
        fs::remove_file(&path).unwrap();
        workspace.run();
        assert!(written(workspace.dir.path()) == sound, "{output} gone");
    }
}
