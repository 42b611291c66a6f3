//! Every version of every return: what lies in the folder, and what lay there before it was overwritten.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Result;
use chrono::NaiveDate;

use super::{Progress, Request};
use crate::assess::submissions::ReceivedReturn;
use crate::contract::Contract;
use crate::domain::submission::ReceivedBy;
use crate::intake::mapped::Asked;
use crate::intake::mapped::Mapped;
use crate::intake::mapping;
use crate::intake::reading::{self, fingerprint};
use crate::intake::recognise::{KnownProvider, Providers, Recognised, recognise};
use crate::review::Unrecognised;
use crate::workspace::ledger::{Entry as Line, Ledger, SeenFile};
use crate::workspace::originals::Originals;
use crate::workspace::register::Register;
use crate::workspace::returns;
use crate::workspace::{Workspace, files};

/// What becomes of what is seen for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recording {
    /// A copy is kept, and the ledger says when it was seen.
    Receipts,
    /// Nothing is written; what would be recorded counts for this once.
    Nothing,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Returns, every version.
    pub returns: Vec<ReceivedReturn>,
    /// Files that are none.
    pub unrecognised: Vec<Unrecognised>,
    /// Files the register says to ignore.
    pub ignored: Vec<Unrecognised>,
    /// Every file in the folder.
    pub files: Vec<String>,
    /// How many were read.
    pub files_read: usize,
}

/// What one set of bytes was read as.
struct Content {
    fingerprint: String,
    recognised: Recognised,
    mapped: Arc<Mapped>,
}

/// Reads the folder; keeps a copy of what is new and records it in the ledger, where it is to be recorded.
///
/// # Errors
/// The folder or the ledger cannot be read; where it is recorded, a copy cannot be kept or the ledger not written.
pub fn gather(
    workspace: &Workspace,
    contracts: &BTreeMap<String, Contract>,
    register: &Register,
    request: Request,
    recording: Recording,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Gathered> {
    let listing = returns::list(&workspace.returns_dir())?;
    let mut ledger = Ledger::open(&workspace.ledger_path())?;
    let originals = Originals::new(&workspace.originals_dir());
    if recording == Recording::Receipts && workspace.originals_dir().is_dir() {
        files::sweep(&workspace.originals_dir())?;
    }
    let providers = known_providers(register);
    let mut gathered = Gathered::default();
    let mut contents: BTreeMap<String, std::result::Result<Content, String>> = BTreeMap::new();
    let mut current: Vec<SeenFile> = Vec::new();
    for passed_over in listing.passed_over {
        gathered
            .unrecognised
            .push(Unrecognised { file: passed_over.file, reason: passed_over.why.sentence() });
    }
    progress(Progress::Files(listing.files.len()));
    for found in &listing.files {
        gathered.files.push(found.file.clone());
        let file = match found.read() {
            Ok(file) => file,
            Err(passed_over) => {
                let reason = passed_over.why.sentence();
                gathered.unrecognised.push(Unrecognised { file: passed_over.file, reason });
                continue;
            }
        };
        if recording == Recording::Receipts {
            originals.keep(&file.sha256, &file.file, &file.bytes)?;
        }
        current.push(SeenFile { file: file.file.clone(), sha256: file.sha256.clone() });
        if let Some(reason) = register.ignored(&file.file) {
            gathered.ignored.push(Unrecognised { file: file.file, reason: reason.to_string() });
        } else if let Entry::Vacant(place) = contents.entry(file.sha256) {
            place.insert(understand(&file.file, &file.bytes, contracts, &providers));
            gathered.files_read += 1;
        }
        progress(Progress::Read(&found.file));
    }
    let looked_on = request.today.min(request.as_of);
    match recording {
        Recording::Receipts => ledger.record(looked_on, &current)?,
        Recording::Nothing => ledger.suppose(looked_on, &current)?,
    }
    let versions = versions(&ledger, &current);
    let current: BTreeSet<&SeenFile> = current.iter().collect();
    for version in &versions {
        let is_current = current.contains(&version.seen);
        if register.ignored(&version.seen.file).is_some() {
            continue;
        }
        let received = received(register, &ledger, version);
        if received.0 > request.as_of {
            continue;
        }
        if !contents.contains_key(&version.seen.sha256) {
            let content = match originals.read(&version.seen.sha256, &version.seen.file) {
                Ok(bytes) => understand(&version.seen.file, &bytes, contracts, &providers),
                Err(error) => Err(format!("an earlier version cannot be read: {error:#}")),
            };
            contents.insert(version.seen.sha256.clone(), content);
        }
        match contents.get(&version.seen.sha256) {
            Some(Ok(content)) => gathered.returns.push(received_return(&ledger, version, content, received)),
            // A file that is gone and was no return needs no word.
            Some(Err(reason)) if is_current => gathered
                .unrecognised
                .push(Unrecognised { file: version.seen.file.clone(), reason: reason.clone() }),
            _ => {}
        }
    }
    Ok(gathered)
}

fn known_providers(register: &Register) -> Providers {
    Providers::Known(
        register
            .providers
            .iter()
            .filter(|provider| provider.service.is_none())
            .map(|provider| KnownProvider {
                name: provider.name.clone(),
                aliases: provider.aliases.clone(),
                contract: provider.contract.value.clone(),
            })
            .collect(),
    )
}

fn understand(
    file: &str,
    bytes: &[u8],
    contracts: &BTreeMap<String, Contract>,
    providers: &Providers,
) -> std::result::Result<Content, String> {
    let workbook = reading::read(file, bytes).map_err(|error| error.to_string())?.without_feedback();
    let Providers::Known(known) = providers else { return Err("no providers are known".to_string()) };
    let in_use =
        contracts.values().filter(|contract| known.iter().any(|provider| provider.contract == contract.id));
    let in_use: Vec<&Contract> = in_use.collect();
    if in_use.is_empty() {
        return Err(
            "the register lists no provider under any contract; add the provider to its sheet Providers"
                .into(),
        );
    }
    let recognised = recognise(&workbook, in_use, providers)?;
    let mapped = contracts
        .get(&recognised.contract)
        .and_then(|contract| Some((contract, contract.form(&recognised.form)?)))
        .map(|(contract, form)| {
            let area = recognised.area.as_deref();
            mapping::map(&workbook, Asked { contract, form, period: recognised.period, area })
        })
        .unwrap_or_default();
    Ok(Content { fingerprint: fingerprint(&workbook), recognised, mapped: Arc::new(mapped) })
}

/// Bytes at a path, as the ledger has them.
struct Sighting {
    seen: SeenFile,
    sequence: usize,
    /// Whether other bytes were seen at this path before.
    overwrote: bool,
    /// Whether other bytes lie there now.
    superseded: bool,
}

/// Every pair of path and bytes of the ledger, except paths whose bytes lie elsewhere now: those were moved or renamed.
fn versions(ledger: &Ledger, current: &[SeenFile]) -> Vec<Sighting> {
    let now: BTreeMap<&str, &str> =
        current.iter().map(|file| (file.file.as_str(), file.sha256.as_str())).collect();
    let elsewhere: BTreeSet<&str> = now.values().copied().collect();
    let mut paths: BTreeSet<&str> = BTreeSet::new();
    let mut versions = Vec::new();
    for entry in ledger.entries() {
        let Line::Seen(seen) = entry else { continue };
        let overwrote = !paths.insert(&seen.file);
        let is_current = now.get(seen.file.as_str()) == Some(&seen.sha256.as_str());
        if !is_current && elsewhere.contains(seen.sha256.as_str()) {
            continue;
        }
        let file = SeenFile { file: seen.file.clone(), sha256: seen.sha256.clone() };
        let superseded = !is_current && now.contains_key(seen.file.as_str());
        versions.push(Sighting { seen: file, sequence: seen.sequence, overwrote, superseded });
    }
    versions
}

/// When a version came in: by the register, else first seen. A date in the register is that of the first version at the path; what
/// was put over it later came in when it was first seen.
fn received(register: &Register, ledger: &Ledger, version: &Sighting) -> (NaiveDate, ReceivedBy) {
    let own = if version.overwrote { None } else { register.received(&version.seen.file) };
    match own.or_else(|| received_elsewhere(register, ledger, &version.seen.sha256)) {
        Some(day) => (day, ReceivedBy::Register),
        None => (ledger.first_seen(&version.seen.sha256).unwrap_or_default(), ReceivedBy::FirstSeen),
    }
}

/// The register's date for the same bytes at another path: a file that was renamed since came in when it did.
fn received_elsewhere(register: &Register, ledger: &Ledger, sha256: &str) -> Option<NaiveDate> {
    let mut paths = BTreeSet::new();
    ledger
        .entries()
        .iter()
        .filter_map(|entry| match entry {
            Line::Seen(seen) => Some(seen),
            Line::Looked(_) => None,
        })
        .filter(|seen| paths.insert(seen.file.as_str()) && seen.sha256 == sha256)
        .find_map(|seen| register.received(&seen.file))
}

fn received_return(
    ledger: &Ledger,
    version: &Sighting,
    content: &Content,
    received: (NaiveDate, ReceivedBy),
) -> ReceivedReturn {
    let seen = |entry: &Line| matches!(entry, Line::Seen(seen) if seen.sha256 == version.seen.sha256);
    let looked = ledger.entries().iter().take_while(|entry| !seen(entry)).filter_map(|entry| match entry {
        Line::Looked(looked) => Some(looked.date),
        Line::Seen(_) => None,
    });
    let looked_in_vain = looked.collect::<BTreeSet<NaiveDate>>().into_iter().collect();
    ReceivedReturn {
        file: version.seen.file.clone(),
        sha256: version.seen.sha256.clone(),
        fingerprint: content.fingerprint.clone(),
        received: received.0,
        received_by: received.1,
        sequence: version.sequence,
        superseded: version.superseded,
        looked_in_vain,
        recognised: content.recognised.clone(),
        mapped: content.mapped.clone(),
    }
}
