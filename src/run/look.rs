//! A look at a workspace: definitions and register, every return, reviews and reports. A run goes this way and records what it
//! sees; a look alone writes nothing at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;

use super::client_rows::{self, ClientRows};
use super::gather::{self, Recording};
use super::kept::Kept;
use super::records::{self, Misfits};
use super::{Progress, Request, definitions, reviewed, working_days};
use crate::assess::Case;
use crate::assess::records::Records;
use crate::assess::submissions::ReceivedReturn;
use crate::calendar::due::Due;
use crate::calendar::working_days::WorkingDays;
use crate::contract::Contract;
use crate::domain::finding::Finding;
use crate::domain::period::long_date;
use crate::readers::Readers;
use crate::review::{ProviderReview, Results, Unrecognised};
use crate::reviewing;
use crate::workspace::Workspace;
use crate::workspace::ledger::SeenFile;
use crate::workspace::register::Register;

/// A provider under a contract: the contract's id and the provider's name.
pub type Key = (String, String);

/// What there is to see in a workspace.
#[derive(Debug)]
pub struct Looked {
    /// Everything there is to say.
    pub results: Results,
    /// The definitions it goes by, by id.
    pub contracts: BTreeMap<String, Contract>,
    /// What the register records of each provider under each contract.
    pub records: BTreeMap<Key, Records>,
    /// The returns of each of them, every version, those outside the contract with the provider left out; no entry where there are
    /// none.
    pub kept: BTreeMap<Key, Vec<Kept>>,
    /// How many lines on single people each version holds, by provider and the file's hash.
    pub client_rows: BTreeMap<Key, ClientRows>,
    /// Working days, with the bank holidays of the settings.
    pub working_days: WorkingDays,
    /// How many files of returns were read.
    pub files_read: usize,
    /// What lies in the folder of returns, with the hashes, but for what cannot be read from the disk.
    pub seen: Vec<SeenFile>,
    /// What the register holds that is not known, and what came in and cannot be had any more.
    pub notes: Vec<String>,
}

impl Looked {
    /// The returns of a provider under a contract, every version, those outside the contract with the provider left out.
    ///
    /// # Errors
    /// One is not held as it was.
    pub fn returns(&self, key: &Key) -> Result<Vec<ReceivedReturn>> {
        laid_out(self.kept.get(key).map_or(&[][..], Vec::as_slice))
    }
}

/// Returns with what they say.
fn laid_out(kept: &[Kept]) -> Result<Vec<ReceivedReturn>> {
    kept.iter().map(Kept::laid_out).collect()
}

/// Looks at the workspace in `dir` as a run would, and writes nothing: a file that no run has seen yet counts as first seen when
/// this run would have recorded it (the earlier of clock and as-of date).
///
/// `changed` takes the place of the definition of its id, or comes as one more. What the register holds that does not fit it is noted
/// and left aside.
///
/// # Errors
/// The workspace cannot be opened; a definition, the register, the settings or the ledger is wrong; a folder cannot be read.
pub fn look(
    dir: &Path,
    request: Request,
    changed: Option<Contract>,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Looked> {
    look_at(&Workspace::open(dir)?, request, changed, Recording::Nothing, readers, progress)
}

/// The stages of a run up to what is published.
///
/// # Errors
/// As [`look`]; and, where it is recorded, a copy or the ledger cannot be written.
pub(super) fn look_at(
    workspace: &Workspace,
    request: Request,
    changed: Option<Contract>,
    recording: Recording<'_>,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Looked> {
    let working_days = working_days(Some(workspace))?;
    let mut contracts = definitions::load(workspace)?;
    let misfits = if changed.is_some() { Misfits::Note } else { Misfits::Stop };
    if let Some(contract) = changed {
        contracts.insert(contract.id.clone(), contract);
    }
    let mut register = read_register(workspace, readers)?;
    reviewed::list_reviewed(&mut register, &contracts);
    let register = register;
    let officer = records::records(&register, &contracts, request.as_of, misfits)?;

    let mut gathered =
        gather::gather(workspace, &contracts, &register, request, recording, readers, progress)?;
    let mut notes: Vec<String> = register
        .notes
        .iter()
        .chain(&officer.notes)
        .chain(&register.file_notes(&gathered.files.iter().map(String::as_str).collect::<Vec<_>>()))
        .map(|note| format!("{}: {}; {}", note.place, note.message, note.help))
        .collect();
    notes.append(&mut gathered.notes);
    let unexplained = gathered.gone.iter().filter(|(seen, _)| register.disposed_of(&seen.file).is_none());
    notes.extend(unexplained.map(|(seen, why)| gone(seen, why)));
    if register.providers.is_empty() {
        notes.push(format!(
            "There are no providers in {}; list them on its sheet Providers so that their returns can be told apart. \
             `quarterday init` makes a register where there is none; the one that `quarterday demo` lays out shows how it is filled in.",
            workspace.register_path().display()
        ));
    }
    let mut kept: BTreeMap<Key, Vec<Kept>> = BTreeMap::new();
    for received in gathered.returns {
        let key = (received.recognised.contract.clone(), received.recognised.provider.clone());
        kept.entry(key).or_default().push(received);
    }
    let mut reviews = Vec::new();
    let mut client_rows = BTreeMap::new();
    for (key, records) in &officer.records {
        let Some(contract) = contracts.get(&key.0) else { continue };
        if let Some(own) = kept.get_mut(key) {
            gathered.unrecognised.extend(outside(contract, records, request.as_of, own));
        }
        let accepts = |form: &str, finding: &Finding| {
            let row = register.accepted(&records.provider, form, finding);
            // As of a day before it was accepted, it was not.
            let row = row.filter(|row| row.date.is_none_or(|day| day <= request.as_of));
            row.map(|row| match row.date {
                Some(date) => format!("{} ({})", row.reason, long_date(date)),
                None => row.reason.clone(),
            })
        };
        let case =
            Case { contract, records, accepts: &accepts, working_days: &working_days, as_of: request.as_of };
        // Laid out for this one review: those of all providers together fill the memory.
        let returns = laid_out(kept.get(key).map_or(&[][..], Vec::as_slice))?;
        client_rows.insert(key.clone(), client_rows::client_rows(contract, &returns));
        reviews.push(reviewing::review(&case, &returns));
    }
    let reports = contracts
        .values()
        .filter_map(|contract| {
            let benchmarks = reviewing::benchmark::compare(contract, &mut reviews);
            let of_contract = |review: &&ProviderReview| review.contract == contract.id;
            let providers: Vec<(&Records, &ProviderReview)> = reviews
                .iter()
                .filter(of_contract)
                .filter_map(|review| {
                    Some((officer.records.get(&(review.contract.clone(), review.provider.clone()))?, review))
                })
                .collect();
            reviewing::report::report(contract, &providers, &benchmarks, &working_days, request.as_of)
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
    Ok(Looked {
        results,
        contracts,
        records: officer.records,
        kept,
        client_rows,
        working_days,
        files_read: gathered.files_read,
        seen: gathered.seen,
        notes,
    })
}

/// What is said of a version that the ledger has and nobody else.
fn gone(seen: &SeenFile, why: &str) -> String {
    format!(
        "{} (SHA-256 {}…) came in, and neither the file nor its copy can be read any more: {why}. Put it back from a backup; if it was \
         disposed of on purpose, list it on the register’s sheet Disposals",
        seen.file,
        seen.sha256.get(..12).unwrap_or_default()
    )
}

/// Takes out returns for periods outside the contract with the provider, or still to come.
fn outside(
    contract: &Contract,
    records: &Records,
    as_of: NaiveDate,
    returns: &mut Vec<Kept>,
) -> Vec<Unrecognised> {
    let last = records.end.map_or(as_of, |end| end.min(as_of));
    let mut outside = Vec::new();
    let mut seen = BTreeSet::new();
    // What a meeting is about comes in before it.
    let is_planned = |received: &Kept| {
        let form = contract.form(&received.recognised.form);
        form.is_some_and(|form| matches!(form.due, Due::BeforeMeeting { .. }))
    };
    returns.retain(|received| {
        let period = &received.recognised.period;
        let why = if period.to < records.start {
            format!("before the contract with the provider starts on {}", long_date(records.start))
        } else if period.from > last && !is_planned(received) {
            format!("which begins after {}", long_date(last))
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

pub(super) fn read_register(workspace: &Workspace, readers: &Readers) -> Result<Register> {
    let path = workspace.register_path();
    let Some(bytes) = crate::workspace::files::read_if_there(&path)? else { return Ok(Register::default()) };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let workbook = readers
        .read(&name, bytes)
        .map_err(|error| anyhow::anyhow!("the register {} cannot be read: {error}", path.display()))?;
    if !workbook.format.names_sheets() {
        anyhow::bail!(
            "the register {} cannot be read: it is delimited text, and the register's lists each need a sheet of their own; save it as \
             an Excel workbook (.xlsx)",
            path.display()
        );
    }
    Ok(Register::read(&workbook)?)
}
