//! A watch: scans, waits, and runs when returns have settled, until it is told to stop.
//!
//! The system's events wake it and nothing more. What it relies on is a scan of the folders from time to time; what it decides is
//! decided in [`super::watching::settling`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Error, Result};
use chrono::NaiveDate;

use super::taking::{Stopped, Taking};
use super::watching::bell::Bell;
use super::watching::settling::{Looks, Next, Reason, Settling};
use super::watching::takes::{Came, Take, takes};
use super::{Outcome, Progress, Request, run_taking};
use crate::readers::Readers;
use crate::workspace::Workspace;
use crate::workspace::ledger::Ledger;
use crate::workspace::lock::{HeldByAnother, WatchLock};
use crate::workspace::returns::Why;
use crate::workspace::watching::{self, Content, Events, Listed, Look};

/// What a watch is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Longest time between two scans; never shorter than `settle`.
    pub every: Duration,
    /// How long a file stands still before it is taken: the time between two scans while something moves.
    pub settle: Duration,
    /// Whether the system's events wake it.
    pub events: bool,
    /// Whether it ends after its first run.
    pub once: bool,
}

/// What a watch needs of the program around it.
pub struct Around<'a> {
    /// Today, by the clock.
    pub today: &'a dyn Fn() -> NaiveDate,
    /// Readers for one run.
    pub readers: &'a dyn Fn() -> Readers,
    /// Shows how far a run is.
    pub progress: &'a dyn Fn(Progress<'_>),
    /// Wakes it and stops it.
    pub bell: &'a Arc<Bell>,
}

/// What there is to say.
#[derive(Debug)]
pub enum Said<'a> {
    /// It has begun.
    Watching {
        /// The folder of returns.
        returns: &'a Path,
        /// Longest time between two scans.
        every: Duration,
    },
    /// The system gives no events; why. Scans are made all the same.
    NoEvents(String),
    /// Another run holds the workspace; who. Said once, until a run was made.
    Waiting(String),
    /// A run was made.
    Ran(&'a Ran),
    /// A run, or a scan, failed; the whole cause and what to do. Said once.
    Failed(String),
    /// What failed works again.
    Works,
    /// Files that are left alone until something changes, with why. Each is said once.
    LeftAlone(Vec<(String, String)>),
}

/// A run that a watch made.
#[derive(Debug)]
pub struct Ran {
    /// Why.
    pub reason: Reason,
    /// What came in since the last, in the order of the ledger.
    pub takes: Vec<Take>,
    /// Other files that are not recognised now and were before, or are for another reason, with the reason; on the first run none.
    pub not_recognised: Vec<(String, String)>,
    /// Notes on the register and the page templates that were not said before.
    pub notes: Vec<String>,
    /// Files under `out/` that could not be written and of which that was not said before, with why.
    pub blocked: Vec<(String, String)>,
    /// What the run came to.
    pub outcome: Outcome,
}

/// Watches the workspace in `dir` until it is told to stop, or after its first run where it is asked for one; then the last run is given.
///
/// # Errors
/// The workspace cannot be opened or its ledger not be read, or another watch holds it ([`HeldByAnother`]). What goes wrong later is
/// said, and tried again; only where one run is asked for is it an error.
pub fn watch(
    dir: &Path,
    asked: Asked,
    around: &Around<'_>,
    say: &mut dyn FnMut(Said<'_>),
) -> Result<Option<Ran>> {
    let workspace = Workspace::open(dir)?;
    let _held = WatchLock::take(dir)?;
    let known = Ledger::open(&workspace.ledger_path())?.entries().len();
    let (short, every) = (asked.settle, asked.every.max(asked.settle));
    say(Said::Watching { returns: &workspace.returns_dir(), every });
    let mut watch = Watch {
        dir,
        around,
        workspace,
        known,
        settling: Settling::default(),
        events: None,
        heard: BTreeMap::new(),
        said: Sayings::default(),
        blocked: Vec::new(),
    };
    while !around.bell.is_stopped() {
        if asked.events {
            watch.hear(say);
        }
        let next = watch.scan(say);
        let mut most = short;
        match next {
            Err(error) if asked.once => return Err(error),
            Err(error) => {
                // A folder may go away while its parent is listed; said when it is so twice.
                if watch.said.scan_failed {
                    watch.fails(&error, say);
                    most = every;
                }
                watch.said.scan_failed = true;
            }
            Ok(Next::Rest) => most = every,
            Ok(Next::Soon) => {}
            Ok(Next::Run(reason)) => match watch.run(reason, say) {
                Ok(Some(ran)) if asked.once => return Ok(Some(ran)),
                Ok(_) => {}
                Err(error) if error.is::<Stopped>() => break,
                Err(error) if asked.once => return Err(error),
                Err(error) => {
                    watch.settling.failed();
                    watch.fails(&error, say);
                }
            },
        }
        around.bell.wait(short, most);
    }
    Ok(None)
}

struct Watch<'a> {
    dir: &'a Path,
    around: &'a Around<'a>,
    workspace: Workspace,
    /// Lines of the ledger that have been spoken of.
    known: usize,
    settling: Settling,
    events: Option<Events>,
    /// The folders that events are asked of.
    heard: BTreeMap<PathBuf, bool>,
    said: Sayings,
    /// Files under `out/` that are open elsewhere and could not be written.
    blocked: Vec<PathBuf>,
}

/// What has been said, so that it is said once.
#[derive(Default)]
struct Sayings {
    failure: Option<String>,
    /// Whether the last scan failed.
    scan_failed: bool,
    waiting: bool,
    no_events: Option<String>,
    left_alone: BTreeSet<(String, String)>,
    not_recognised: BTreeSet<(String, String)>,
    notes: BTreeSet<String>,
    blocked: BTreeSet<(String, String)>,
}

impl Watch<'_> {
    /// Asks for events, anew where the folders are others now.
    fn hear(&mut self, say: &mut dyn FnMut(Said<'_>)) {
        let folders = Events::folders(&self.workspace);
        if folders == self.heard {
            return;
        }
        let bell = self.around.bell.clone();
        match Events::begin(&folders, move || bell.wake()) {
            Ok(events) => self.events = Some(events),
            Err(error) => {
                self.events = None;
                let why = format!("{error:#}");
                if self.said.no_events.as_ref() != Some(&why) {
                    say(Said::NoEvents(why.clone()));
                    self.said.no_events = Some(why);
                }
            }
        }
        self.heard = folders;
    }

    fn scan(&mut self, say: &mut dyn FnMut(Said<'_>)) -> Result<Next> {
        // Settings that are wrong stop the run, which says so; until then the folders are those they were.
        if let Ok(workspace) = Workspace::open(self.dir) {
            self.workspace = workspace;
        }
        let listing = watching::list(&self.workspace)?;
        if std::mem::take(&mut self.said.scan_failed) && self.said.failure.take().is_some() {
            say(Said::Works);
        }
        if self.blocked.iter().any(|path| watching::may_be_written(path)) {
            self.blocked.clear();
            self.settling.run_again();
        }
        let next = self.settling.see((self.around.today)(), &listing.files, &mut FilesOnDisk);
        let passed_over = listing.passed_over.into_iter().map(|over| (over.file, over.why));
        // Excel's lock files and unfinished downloads come and go by themselves.
        let passed_over = passed_over.filter(|(_, why)| !matches!(why, Why::OpenInExcel | Why::Temporary));
        let left_alone: BTreeSet<(String, String)> =
            passed_over.chain(self.settling.left_alone()).map(|(file, why)| (file, why.sentence())).collect();
        let new: Vec<_> = left_alone.difference(&self.said.left_alone).cloned().collect();
        if !new.is_empty() {
            say(Said::LeftAlone(new));
        }
        self.said.left_alone = left_alone;
        Ok(next)
    }

    /// Runs; `None` where another run holds the workspace.
    fn run(&mut self, reason: Reason, say: &mut dyn FnMut(Said<'_>)) -> Result<Option<Ran>> {
        let day = (self.around.today)();
        let settled = Settled {
            settling: &self.settling,
            bell: self.around.bell,
            took: Mutex::default(),
            refused: Mutex::default(),
        };
        let request = Request { as_of: day, today: day };
        let ran = run_taking(self.dir, request, &settled, &(self.around.readers)(), self.around.progress);
        let outcome = match ran {
            Ok(outcome) => outcome,
            Err(error) => {
                let Some(HeldByAnother(who)) = error.downcast_ref() else { return Err(error) };
                if !std::mem::replace(&mut self.said.waiting, true) {
                    say(Said::Waiting(who.clone()));
                }
                return Ok(None);
            }
        };
        let took = settled.took.into_inner().unwrap_or_else(PoisonError::into_inner);
        let refused = settled.refused.into_inner().unwrap_or_else(PoisonError::into_inner);
        let moving: BTreeSet<String> = outcome
            .unrecognised
            .iter()
            .filter(|own| self.settling.is_moving(&own.file) || refused.contains(&own.file))
            .map(|own| own.file.clone())
            .collect();
        self.settling.ran(day, &took, &refused);
        self.said.waiting = false;
        if self.said.failure.take().is_some() {
            say(Said::Works);
        }
        let ledger = Ledger::open(&self.workspace.ledger_path())?;
        // Lines that were cut off with the end of the ledger are not spoken of again.
        let known = self.known.min(ledger.entries().len());
        let came = Came {
            reviews: &outcome.reviews,
            unrecognised: &outcome.unrecognised,
            ignored: &outcome.ignored,
        };
        let takes = takes(ledger.entries(), known, came);
        self.known = ledger.entries().len();
        let ran = self.ran(reason, takes, &moving, outcome);
        say(Said::Ran(&ran));
        Ok(Some(ran))
    }

    /// What is new in what a run came to.
    fn ran(&mut self, reason: Reason, takes: Vec<Take>, moving: &BTreeSet<String>, outcome: Outcome) -> Ran {
        let taken: BTreeSet<&str> = takes.iter().map(|take| take.file.as_str()).collect();
        let left_alone: BTreeSet<&str> = self.said.left_alone.iter().map(|(file, _)| file.as_str()).collect();
        let not_recognised: BTreeSet<(String, String)> = outcome
            .unrecognised
            .iter()
            .filter(|own| !moving.contains(&own.file) && !left_alone.contains(own.file.as_str()))
            .map(|own| (own.file.clone(), own.reason.clone()))
            .collect();
        let new = not_recognised.difference(&self.said.not_recognised);
        let new = new.filter(|(file, _)| !reason.first && !taken.contains(file.as_str())).cloned().collect();
        self.said.not_recognised = not_recognised;

        let notes: BTreeSet<String> = outcome.notes.iter().chain(&outcome.template_notes).cloned().collect();
        let new_notes = notes.difference(&self.said.notes).cloned().collect();
        self.said.notes = notes;

        let blocked: BTreeSet<(String, String)> = outcome.summary.blocked.clone().into_iter().collect();
        let new_blocked = blocked.difference(&self.said.blocked).cloned().collect();
        let paths = blocked.iter().map(|(file, _)| self.workspace.out_dir().join(file));
        // What could be written by now was blocked by something that cannot be seen to end.
        self.blocked = paths.filter(|path| !watching::may_be_written(path)).collect();
        self.said.blocked = blocked;
        Ran { reason, takes, not_recognised: new, notes: new_notes, blocked: new_blocked, outcome }
    }

    fn fails(&mut self, error: &Error, say: &mut dyn FnMut(Said<'_>)) {
        let error = format!("{error:#}");
        if self.said.failure.as_ref() != Some(&error) {
            say(Said::Failed(error.clone()));
            self.said.failure = Some(error);
        }
    }
}

/// The files as they are on disk.
struct FilesOnDisk;

impl Looks for FilesOnDisk {
    fn look(&mut self, file: &Listed) -> Look {
        watching::look(&file.path)
    }

    fn read(&mut self, file: &Listed) -> Content {
        watching::read(&file.path)
    }
}

/// What has settled, for one run, and what that run found.
struct Settled<'a> {
    settling: &'a Settling,
    bell: &'a Bell,
    took: Mutex<BTreeMap<String, String>>,
    refused: Mutex<BTreeSet<String>>,
}

impl Taking for Settled<'_> {
    fn passes_over(&self, file: &str) -> Option<Why> {
        self.settling.passes_over(file)
    }

    fn takes(&self, file: &str, sha256: &str) -> bool {
        let takes = self.settling.takes(file, sha256);
        if takes {
            let mut took = self.took.lock().unwrap_or_else(PoisonError::into_inner);
            took.insert(file.to_string(), sha256.to_string());
        } else {
            let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
            refused.insert(file.to_string());
        }
        takes
    }

    fn stops(&self) -> bool {
        self.bell.is_stopped()
    }
}
