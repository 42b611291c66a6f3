//! One run over a workspace: definitions and register, returns in, results out.
//!
//! Whatever stops the run stops it before anything is written: definitions and register are read first.

pub mod blank_register;
pub mod blank_return;
pub mod changes;
pub mod checked;
mod client_rows;
mod dated_actions;
pub mod definitions;
pub mod evidence;
mod gather;
pub mod issue;
mod issue_changes;
mod issued;
mod kept;
pub mod look;
mod lookups;
mod mails;
pub mod own_pages;
mod publish;
mod recipients;
mod record_checks;
mod records;
pub mod replay;
pub mod retention;
mod returned;
mod reviewed;
mod senders;
pub mod sending;
mod settle;
pub mod status;
pub mod taking;
pub mod told;
pub mod verify;
pub mod watch;
pub mod watching;

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use chrono::NaiveDate;

use crate::calendar::bank_holidays::BankHolidays;
use crate::calendar::working_days::WorkingDays;
use crate::readers::Readers;
use crate::review::{Results, Unrecognised};
use crate::workspace::Workspace;
use crate::workspace::cache::{Cache, Key};
use crate::workspace::lock::RunLock;
use crate::workspace::out_folder::Summary;
use gather::Recording;
use look::Sighted;
pub use publish::{DraftsMade, ResultsFile};
use taking::{Everything, Taking};
use told::ReviewTold;

/// Working days of England and Wales, with the further bank holidays of the workspace's settings.
///
/// # Errors
/// The settings name a day as a bank holiday that is one already, or the table of bank holidays is wrong.
pub fn working_days(workspace: Option<&Workspace>) -> Result<WorkingDays> {
    let extra: Vec<(NaiveDate, String)> = workspace
        .into_iter()
        .flat_map(|workspace| &workspace.settings().bank_holidays)
        .map(|holiday| (holiday.date, holiday.name.clone()))
        .collect();
    Ok(WorkingDays::new(BankHolidays::england_and_wales(&extra)?))
}

/// What a run is asked.
#[derive(Debug, Clone, Copy)]
pub struct Request {
    /// The day as of which everything is said.
    pub as_of: NaiveDate,
    /// Today, by the clock.
    pub today: NaiveDate,
}

/// How far a run is; for showing progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// So many files are to be read.
    Files(usize),
    /// This file was read.
    Read(&'a str),
    /// The packs of so many providers are to be written.
    Outputs(usize),
    /// Those of one provider are written.
    Wrote,
}

/// What a run came to.
#[derive(Debug)]
pub struct Outcome {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// What is said of each provider under each contract, by contract, then provider.
    pub reviews: Vec<ReviewTold>,
    /// Files that are no returns, by file.
    pub unrecognised: Vec<Unrecognised>,
    /// Files passed over because the register says so, with the reason.
    pub ignored: Vec<Unrecognised>,
    /// `out/results.json` as it is to be written.
    pub results_json: ResultsFile,
    /// How many files of returns were read.
    pub files_read: usize,
    /// What the register holds that is not known.
    pub notes: Vec<String>,
    /// What changed since the last run, in sentences; `None` when there was none.
    pub changes: Option<Vec<String>>,
    /// Packs that say otherwise now than when they were issued, a line each.
    pub changed_since_issue: Vec<String>,
    /// What was issued and is gone or changed, a line each.
    pub issues_at_fault: Vec<String>,
    /// What became of the files under `out/`.
    pub summary: Summary,
    /// What the council should know of its own page templates, in sentences.
    pub template_notes: Vec<String>,
    /// The returns whose coloured copies are not the providers' own packages, each with the reason.
    pub made_anew: Vec<(String, String)>,
    /// The draft e-mails.
    pub drafts: DraftsMade,
}

/// What a run came to, with every review in full.
#[derive(Debug)]
pub struct InFull {
    /// Everything there is to say.
    pub results: Results,
    /// `out/results.json` as written.
    pub results_json: Vec<u8>,
    /// The rest.
    pub outcome: Outcome,
}

impl std::ops::Deref for InFull {
    type Target = Outcome;

    fn deref(&self) -> &Outcome {
        &self.outcome
    }
}

/// Runs over the workspace in `dir`, reads what providers sent in this process, and keeps every review, however many there are.
///
/// # Errors
/// The workspace cannot be opened or is locked by another run; a definition, the register, the settings, a page template or the ledger is wrong;
/// a folder cannot be read or written.
pub fn run(dir: &Path, request: Request, progress: &dyn Fn(Progress<'_>)) -> Result<InFull> {
    let (outcome, results) = run_over(dir, request, &Everything, &Readers::in_process(), progress, true)?;
    let mut results_json = Vec::new();
    outcome.results_json.write(&mut results_json)?;
    Ok(InFull { results, results_json, outcome })
}

/// Runs over the workspace in `dir`; `readers` read what providers sent.
///
/// # Errors
/// As [`run`].
pub fn run_with(
    dir: &Path,
    request: Request,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Outcome> {
    run_taking(dir, request, &Everything, readers, progress)
}

/// Runs over the workspace in `dir` and takes of the folder of returns what `taking` lets it.
///
/// # Errors
/// As [`run`]; and [`taking::Stopped`] where it was asked to stop.
pub fn run_taking(
    dir: &Path,
    request: Request,
    taking: &dyn Taking,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Outcome> {
    Ok(run_over(dir, request, taking, readers, progress, false)?.0)
}

/// `keep` says whether the reviews are kept; else there are none in the results.
fn run_over(
    dir: &Path,
    request: Request,
    taking: &dyn Taking,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
    keep: bool,
) -> Result<(Outcome, Results)> {
    let workspace = Workspace::open(dir)?;
    let _lock = RunLock::take(dir)?;
    let pages = own_pages::pages(&workspace)?;
    // Who keeps every review wants them made.
    let cache = (!keep).then(|| Arc::new(Cache::new(&workspace.out_dir())));
    let recording = Recording::Receipts(taking);
    let sighted = look::sight(&workspace, request, None, recording, (readers, cache.as_ref()), progress)?;
    let issues = issued::IssuesMade::read(&workspace)?;
    let definitions = issues.definitions(&workspace)?;
    let desk = publish::Desk::new(
        &sighted.contracts,
        &sighted.records,
        &sighted.working_days,
        workspace.settings(),
        request.as_of,
    );
    let keys = sighted.records.keys().filter(|key| sighted.contracts.contains_key(&key.0));
    let folders = publish::Folders::of(keys.map(|key| (key.0.as_str(), key.1.as_str())));
    let settling = settle::Settling {
        sighted: &sighted,
        issues: &issues,
        definitions: &definitions,
        at_a_time: reviews_at_a_time(readers.at_a_time()),
        cache: cache.as_deref(),
        common: Key::of_program()
            .and_debug(&request.as_of)
            .and_debug(workspace.settings())
            .and_debug(&own_pages::texts(&workspace)?)
            .and_debug(&sighted.accepted()),
        folders: &folders,
    };
    let rehearsal = publish::Rehearsal::new(&pages, &desk, &folders);
    if rehearsal.is_needed() {
        settling.rehearse(&rehearsal)?;
    }
    let press = publish::Press::new(&workspace, &pages, &desk, readers, &folders, &|_, _| {})?;
    let (across, reviews) = settling.settle(&press, keep, progress)?;
    let published = across.publish(press, &workspace)?;
    let Sighted { files_read, notes, kept, .. } = sighted;
    drop(kept);
    if let Some(cache) = cache.and_then(Arc::into_inner) {
        cache.tidy();
    }
    let across = published.across;
    let results = Results {
        as_of: request.as_of,
        reviews,
        reports: across.reports.clone(),
        unrecognised: across.unrecognised.clone(),
        ignored: across.ignored.clone(),
    };
    let settled = || across.settled.iter();
    let outcome = Outcome {
        as_of: request.as_of,
        reviews: settled().map(|own| own.told.clone()).collect(),
        changed_since_issue: settled().flat_map(|own| own.changed_since_issue.clone()).collect(),
        made_anew: settled().flat_map(|own| own.made_anew.clone()).collect(),
        unrecognised: across.unrecognised.clone(),
        ignored: across.ignored.clone(),
        issues_at_fault: issues.warnings,
        results_json: ResultsFile::of(across),
        files_read,
        notes,
        changes: published.changes,
        summary: published.summary,
        template_notes: pages.notes(),
        drafts: published.drafts,
    };
    Ok((outcome, results))
}

/// How many reviews are made at a time where so many files are read at a time: one more, since each waits for its reader and for the
/// disk in between. One after the other where files are.
fn reviews_at_a_time(readers: usize) -> usize {
    if readers > 1 { readers + 1 } else { 1 }
}
