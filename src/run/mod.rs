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
pub mod status;
pub mod taking;
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
use crate::review::Results;
use crate::workspace::Workspace;
use crate::workspace::lock::RunLock;
use crate::workspace::out_folder::Summary;
use gather::Recording;
pub use publish::DraftsMade;
use taking::{Everything, Taking};

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
    /// So many outputs are to be written.
    Outputs(usize),
    /// One output was written.
    Wrote,
}

/// What a run came to.
#[derive(Debug)]
pub struct Outcome {
    /// Everything there is to say.
    pub results: Results,
    /// `out/results.json` as written.
    pub results_json: Vec<u8>,
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
    pub made_anew: Vec<(Arc<str>, String)>,
    /// The draft e-mails.
    pub drafts: DraftsMade,
}

/// Runs over the workspace in `dir`, and reads what providers sent in this process.
///
/// # Errors
/// The workspace cannot be opened or is locked by another run; a definition, the register, the settings, a page template or the ledger is wrong;
/// a folder cannot be read or written.
pub fn run(dir: &Path, request: Request, progress: &dyn Fn(Progress<'_>)) -> Result<Outcome> {
    run_with(dir, request, &Readers::in_process(), progress)
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
    let workspace = Workspace::open(dir)?;
    let _lock = RunLock::take(dir)?;
    let pages = own_pages::pages(&workspace)?;
    let mut looked =
        look::look_at(&workspace, request, None, Recording::Receipts(taking), readers, progress)?;
    let issues = issued::IssuesMade::read(&workspace)?;
    issues.attach(&workspace, &mut looked.results)?;
    let desk = publish::Desk::new(
        &looked.contracts,
        &looked.records,
        &looked.client_rows,
        &looked.working_days,
        workspace.settings(),
    );
    let published =
        publish::publish(&workspace, &pages, &looked.results, &desk, readers, progress, &mut |_, _| {})?;
    Ok(Outcome {
        changed_since_issue: issued::changed_since(&looked.results),
        issues_at_fault: issues.warnings,
        results: looked.results,
        results_json: published.results_json,
        files_read: looked.files_read,
        notes: looked.notes,
        changes: published.changes,
        summary: published.summary,
        template_notes: pages.notes(),
        made_anew: published.made_anew,
        drafts: published.drafts,
    })
}
