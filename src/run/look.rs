//! A look at a workspace: definitions and register, every return, reviews and reports. A run goes this way and records what it
//! sees; a look alone writes nothing at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

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
use crate::readers::{Readers, in_order};
use crate::review::benchmark::Benchmark;
use crate::review::report::ContractReport;
use crate::review::{ProviderReview, Results, Unrecognised};
use crate::reviewing;
use crate::workspace::Workspace;
use crate::workspace::cache::Cache;
use crate::workspace::ledger::SeenFile;
use crate::workspace::register::{Accepted, Register};

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
    let sighted = sight(workspace, request, changed, recording, (readers, None), progress)?;
    let reviewed = in_order(readers.at_a_time(), sighted.records.keys(), |key| sighted.review(key), |_| {});
    let mut reviews = Vec::new();
    let mut client_rows = BTreeMap::new();
    for (key, reviewed) in sighted.records.keys().zip(reviewed) {
        if let Some(reviewed) = reviewed? {
            client_rows.insert(key.clone(), reviewed.client_rows);
            reviews.push(reviewed.review);
        }
    }
    let reports = sighted
        .contracts
        .values()
        .filter_map(|contract| {
            let benchmarks = reviewing::benchmark::compare(contract, &mut reviews);
            sighted.report(contract, &reviews, &benchmarks)
        })
        .collect();
    let results = Results {
        as_of: request.as_of,
        reviews,
        reports,
        unrecognised: sighted.unrecognised,
        ignored: sighted.ignored,
    };
    Ok(Looked {
        results,
        contracts: sighted.contracts,
        records: sighted.records,
        kept: sighted.kept,
        client_rows,
        working_days: sighted.working_days,
        files_read: sighted.files_read,
        seen: sighted.seen,
        notes: sighted.notes,
    })
}

/// What lies in a workspace, before anything is rated.
pub(super) struct Sighted {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The definitions it goes by, by id.
    pub contracts: BTreeMap<String, Contract>,
    /// What the register records of each provider under each contract that there is a definition of.
    pub records: BTreeMap<Key, Records>,
    /// The returns of each of them, as [`Looked`] has them.
    pub kept: BTreeMap<Key, Vec<Kept>>,
    /// Working days, with the bank holidays of the settings.
    pub working_days: WorkingDays,
    /// How many files of returns were read.
    pub files_read: usize,
    /// What lies in the folder of returns, with the hashes.
    pub seen: Vec<SeenFile>,
    /// What the register holds that is not known, and what came in and cannot be had any more.
    pub notes: Vec<String>,
    /// Files that are no returns.
    pub unrecognised: Vec<Unrecognised>,
    /// Files that the register says to ignore.
    pub ignored: Vec<Unrecognised>,
    register: Register,
}

/// A provider's review with what goes along.
pub(super) struct Reviewed {
    /// The review.
    pub review: ProviderReview,
    /// How many lines on single people each version holds.
    pub client_rows: ClientRows,
}

impl Sighted {
    /// The review of a provider under a contract; `None` where there is no definition. Its returns are laid out for it alone: those of all
    /// providers together fill the memory.
    ///
    /// # Errors
    /// A return is not held as it was.
    pub fn review(&self, key: &Key) -> Result<Option<Reviewed>> {
        let (Some(contract), Some(records)) = (self.contracts.get(&key.0), self.records.get(key)) else {
            return Ok(None);
        };
        let accepts = |form: &str, finding: &Finding| self.accepts(&records.provider, form, finding);
        let case = Case {
            contract,
            records,
            accepts: &accepts,
            working_days: &self.working_days,
            as_of: self.as_of,
        };
        let returns = laid_out(self.returns(key))?;
        Ok(Some(Reviewed {
            client_rows: client_rows::client_rows(contract, &returns),
            review: reviewing::review(&case, &returns),
        }))
    }

    /// The returns of a provider under a contract, every version.
    pub fn returns(&self, key: &Key) -> &[Kept] {
        self.kept.get(key).map_or(&[][..], Vec::as_slice)
    }

    /// What the register's sheet Accepted holds.
    pub fn accepted(&self) -> &[Accepted] {
        &self.register.accepted
    }

    fn accepts(&self, provider: &str, form: &str, finding: &Finding) -> Option<String> {
        let row = self.register.accepted(provider, form, finding);
        // As of a day before it was accepted, it was not.
        let row = row.filter(|row| row.date.is_none_or(|day| day <= self.as_of));
        row.map(|row| match row.date {
            Some(date) => format!("{} ({})", row.reason, long_date(date)),
            None => row.reason.clone(),
        })
    }

    /// The report across the providers of a contract, where it has one; `reviews` may hold those of other contracts too.
    pub fn report(
        &self,
        contract: &Contract,
        reviews: &[ProviderReview],
        benchmarks: &[Benchmark],
    ) -> Option<ContractReport> {
        let of_contract = reviews.iter().filter(|review| review.contract == contract.id);
        let providers: Vec<(&Records, &ProviderReview)> = of_contract
            .filter_map(|review| {
                Some((self.records.get(&(review.contract.clone(), review.provider.clone()))?, review))
            })
            .collect();
        reviewing::report::report(contract, &providers, benchmarks, &self.working_days, self.as_of)
    }
}

/// Looks at everything that is there, and reads what is not kept in `cache`.
///
/// # Errors
/// As [`look_at`].
pub(super) fn sight(
    workspace: &Workspace,
    request: Request,
    changed: Option<Contract>,
    recording: Recording<'_>,
    (readers, cache): (&Readers, Option<&Arc<Cache>>),
    progress: &dyn Fn(Progress<'_>),
) -> Result<Sighted> {
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
        gather::gather(workspace, &contracts, &register, request, recording, (readers, cache), progress)?;
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
    for (key, records) in &officer.records {
        if let (Some(contract), Some(own)) = (contracts.get(&key.0), kept.get_mut(key)) {
            gathered.unrecognised.extend(outside(contract, records, request.as_of, own));
        }
    }
    gathered.unrecognised.sort();
    gathered.ignored.sort();
    Ok(Sighted {
        as_of: request.as_of,
        contracts,
        records: officer.records,
        kept,
        working_days,
        files_read: gathered.files_read,
        seen: gathered.seen,
        notes,
        unrecognised: gathered.unrecognised,
        ignored: gathered.ignored,
        register,
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
