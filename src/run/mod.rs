//! One run over a workspace: definitions and register, returns in, results out.
//!
//! Whatever stops the run stops it before anything is written: definitions and register are read first.

pub mod blank_register;
pub mod blank_return;
pub mod changes;
pub mod definitions;
mod gather;
mod lookups;
mod publish;
mod record_checks;
mod records;
mod reviewed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;

use crate::assess::Case;
use crate::assess::records::Records;
use crate::assess::submissions::ReceivedReturn;
use crate::calendar::bank_holidays::BankHolidays;
use crate::calendar::due::Due;
use crate::calendar::working_days::WorkingDays;
use crate::contract::Contract;
use crate::domain::finding::Finding;
use crate::intake::reading;
use crate::review::{ProviderReview, Results, Unrecognised};
use crate::reviewing;
use crate::workspace::Workspace;
use crate::workspace::lock::RunLock;
use crate::workspace::out_folder::Summary;
use crate::workspace::register::Register;

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
    /// What became of the files under `out/`.
    pub summary: Summary,
}

/// Runs over the workspace in `dir`.
///
/// # Errors
/// The workspace cannot be opened or is locked by another run; a definition, the register, the settings or the ledger is wrong;
/// a folder cannot be read or written.
pub fn run(dir: &Path, request: Request, progress: &dyn Fn(Progress<'_>)) -> Result<Outcome> {
    let workspace = Workspace::open(dir)?;
    let _lock = RunLock::take(dir)?;
    let extra: Vec<(NaiveDate, String)> = workspace
        .settings()
        .bank_holidays
        .iter()
        .map(|holiday| (holiday.date, holiday.name.clone()))
        .collect();
    let working_days = WorkingDays::new(BankHolidays::england_and_wales(&extra)?);
    let contracts = definitions::load(&workspace)?;
    let mut register = read_register(&workspace)?;
    reviewed::list_reviewed(&mut register, &contracts);
    let register = register;
    let officer = records::records(&register, &contracts, request.as_of)?;

    let mut gathered = gather::gather(&workspace, &contracts, &register, request, progress)?;
    let mut notes: Vec<String> = register
        .notes
        .iter()
        .chain(&officer.notes)
        .chain(&register.file_notes(&gathered.files.iter().map(String::as_str).collect::<Vec<_>>()))
        .map(|note| format!("{}: {}; {}", note.place, note.message, note.help))
        .collect();
    if register.providers.is_empty() {
        notes.push(format!(
            "There are no providers in {}; list them on its sheet Providers so that their returns can be told apart. \
             `quarterday init` makes a register where there is none; the one that `quarterday demo` lays out shows how it is filled in.",
            workspace.register_path().display()
        ));
    }
    let mut by_review: BTreeMap<(String, String), Vec<ReceivedReturn>> = BTreeMap::new();
    for received in std::mem::take(&mut gathered.returns) {
        let key = (received.recognised.contract.clone(), received.recognised.provider.clone());
        by_review.entry(key).or_default().push(received);
    }
    let mut reviews = Vec::new();
    for (key, records) in &officer.records {
        let Some(contract) = contracts.get(&key.0) else { continue };
        let mut returns = by_review.remove(key).unwrap_or_default();
        gathered.unrecognised.extend(outside(contract, records, request.as_of, &mut returns));
        let accepts = |form: &str, finding: &Finding| {
            let row = register.accepted(&records.provider, form, finding);
            // As of a day before it was accepted, it was not.
            let row = row.filter(|row| row.date.is_none_or(|day| day <= request.as_of));
            row.map(|row| match row.date {
                Some(date) => format!("{} ({})", row.reason, crate::domain::period::long_date(date)),
                None => row.reason.clone(),
            })
        };
        let case =
            Case { contract, records, accepts: &accepts, working_days: &working_days, as_of: request.as_of };
        reviews.push(reviewing::review(&case, &returns));
    }
    let reports = contracts
        .values()
        .filter_map(|contract| {
            let of_contract = |review: &&ProviderReview| review.contract == contract.id;
            let providers: Vec<(&Records, &ProviderReview)> = reviews
                .iter()
                .filter(of_contract)
                .filter_map(|review| {
                    Some((officer.records.get(&(review.contract.clone(), review.provider.clone()))?, review))
                })
                .collect();
            reviewing::report::report(contract, &providers, &working_days, request.as_of)
        })
        .collect();
    gathered.unrecognised.sort();
    gathered.ignored.sort();
    let results = Results {
        as_of: request.as_of,
        reviews,
        reports,
        unrecognised: gathered.unrecognised,
        ignored: gathered.ignored,
    };
    let published = publish::publish(&workspace, &results, progress)?;
    Ok(Outcome {
        results,
        results_json: published.results_json,
        files_read: gathered.files_read,
        notes,
        changes: published.changes,
        summary: published.summary,
    })
}

/// Takes out returns for periods outside the contract with the provider, or still to come.
fn outside(
    contract: &Contract,
    records: &Records,
    as_of: NaiveDate,
    returns: &mut Vec<ReceivedReturn>,
) -> Vec<Unrecognised> {
    let last = records.end.map_or(as_of, |end| end.min(as_of));
    let mut outside = Vec::new();
    let mut seen = BTreeSet::new();
    // What a meeting is about comes in before it.
    let is_planned = |received: &ReceivedReturn| {
        let form = contract.form(&received.recognised.form);
        form.is_some_and(|form| matches!(form.due, Due::BeforeMeeting { .. }))
    };
    returns.retain(|received| {
        let period = &received.recognised.period;
        let why = if period.to < records.start {
            format!(
                "before the contract with the provider starts on {}",
                crate::domain::period::long_date(records.start)
            )
        } else if period.from > last && !is_planned(received) {
            format!("which begins after {}", crate::domain::period::long_date(last))
        } else {
            return true;
        };
        let form = contract.form(&received.recognised.form).map_or("", |form| &form.title);
        if seen.insert(received.file.clone()) {
            outside.push(Unrecognised {
                file: received.file.clone(),
                reason: format!(
                    "it is the form “{form}” for {}, {why}; check the period on the form",
                    period.describe()
                ),
            });
        }
        false
    });
    outside
}

fn read_register(workspace: &Workspace) -> Result<Register> {
    let path = workspace.register_path();
    let Some(bytes) = crate::workspace::files::read_if_there(&path)? else { return Ok(Register::default()) };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let workbook = reading::read(&name, &bytes)
        .map_err(|error| anyhow::anyhow!("the register {} cannot be read: {error}", path.display()))?;
    Ok(Register::read(&workbook)?)
}
