//! Every version of every return: what lies in the folder, and what lay there before it was overwritten.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::Result;
use chrono::NaiveDate;

use super::kept::Kept;
use super::{Progress, Request};
use crate::contract::Contract;
use crate::domain::submission::ReceivedBy;
use crate::intake::recognise::{KnownProvider, Providers, Recognised};
use crate::readers::{Knowing, Packed, Readers, Understood, Unread, in_order};
use crate::review::Unrecognised;
use crate::workspace::ledger::{Entry as Line, Ledger, SeenFile};
use crate::workspace::originals::Originals;
use crate::workspace::register::Register;
use crate::workspace::returns::{self, Found};
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
    pub returns: Vec<Kept>,
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
    mapped: Arc<Packed>,
}

/// What became of one set of bytes, or why nothing did.
type Understanding = std::result::Result<Content, String>;

/// A file of the folder, before and after its turn to be read.
enum Turn<'a> {
    /// It cannot be read from the disk.
    PassedOver(&'a Found, String),
    /// No copy of it could be kept.
    NotKept(anyhow::Error),
    /// Ignored, or of bytes that another file of the folder has; with its SHA-256.
    Seen(&'a Found, String),
    /// Its SHA-256 and its bytes.
    ToRead(&'a Found, String, Vec<u8>),
    /// Its SHA-256 and what became of it.
    Read(&'a Found, String, Understanding),
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
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Gathered> {
    let listing = returns::list(&workspace.returns_dir())?;
    let mut ledger = Ledger::open(&workspace.ledger_path())?;
    let originals = Originals::new(&workspace.originals_dir());
    if recording == Recording::Receipts && workspace.originals_dir().is_dir() {
        files::sweep(&workspace.originals_dir())?;
    }
    let providers = known_providers(register);
    let in_use = in_use(contracts, &providers);
    let readers = Reader {
        readers: readers.knowing(&in_use, &providers),
        at_a_time: readers.at_a_time(),
        any_in_use: !in_use.is_empty(),
    };
    let mut gathered = Gathered::default();
    let mut contents: BTreeMap<String, Understanding> = BTreeMap::new();
    let mut current: Vec<SeenFile> = Vec::new();
    for passed_over in listing.passed_over {
        gathered
            .unrecognised
            .push(Unrecognised { file: passed_over.file, reason: passed_over.why.sentence() });
    }
    progress(Progress::Files(listing.files.len()));
    let mut hashes = BTreeSet::new();
    let keep = recording == Recording::Receipts;
    // One after the other and in order, whichever reader is free next: of two files of the same bytes the first is read.
    let turns = listing.files.iter().map(|found| {
        let file = match found.read() {
            Ok(file) => file,
            Err(passed_over) => return Turn::PassedOver(found, passed_over.why.sentence()),
        };
        if keep && let Err(error) = originals.keep(&file.sha256, &file.file, &file.bytes) {
            return Turn::NotKept(error);
        }
        if register.ignored(&file.file).is_none() && hashes.insert(file.sha256.clone()) {
            Turn::ToRead(found, file.sha256, file.bytes)
        } else {
            Turn::Seen(found, file.sha256)
        }
    });
    let mut kept = true;
    let turns = turns.take_while(|turn| std::mem::replace(&mut kept, !matches!(turn, Turn::NotKept(_))));
    let turns = readers.in_order(
        turns,
        |turn| match turn {
            Turn::ToRead(found, sha256, bytes) => {
                Turn::Read(found, sha256, readers.understand(&found.file, bytes))
            }
            other => other,
        },
        |turn| {
            if let Turn::Seen(found, _) | Turn::Read(found, ..) = turn {
                progress(Progress::Read(&found.file));
            }
        },
    );
    for turn in turns {
        let (found, sha256) = match turn {
            Turn::PassedOver(found, reason) => {
                gathered.files.push(found.file.clone());
                gathered.unrecognised.push(Unrecognised { file: found.file.clone(), reason });
                continue;
            }
            Turn::NotKept(error) => return Err(error),
            Turn::Read(found, sha256, understood) => {
                contents.insert(sha256.clone(), understood);
                gathered.files_read += 1;
                (found, sha256)
            }
            Turn::Seen(found, sha256) | Turn::ToRead(found, sha256, _) => (found, sha256),
        };
        gathered.files.push(found.file.clone());
        current.push(SeenFile { file: found.file.clone(), sha256 });
        if let Some(reason) = register.ignored(&found.file) {
            gathered.ignored.push(Unrecognised { file: found.file.clone(), reason: reason.to_string() });
        }
    }
    let looked_on = request.today.min(request.as_of);
    match recording {
        Recording::Receipts => ledger.record(looked_on, &current)?,
        Recording::Nothing => ledger.suppose(looked_on, &current)?,
    }
    let versions = versions(&ledger, &current);
    let current: BTreeSet<&SeenFile> = current.iter().collect();
    let versions: Vec<(&Sighting, (NaiveDate, ReceivedBy))> = versions
        .iter()
        .filter(|version| register.ignored(&version.seen.file).is_none())
        .map(|version| (version, received(register, &ledger, version)))
        .filter(|(_, received)| received.0 <= request.as_of)
        .collect();
    let mut earlier = BTreeSet::new();
    let earlier = versions
        .iter()
        .map(|(version, _)| &version.seen)
        .filter(|seen| !contents.contains_key(&seen.sha256) && earlier.insert(&seen.sha256));
    let earlier: Vec<&SeenFile> = earlier.collect();
    let read = readers.in_order(
        earlier.iter(),
        |seen| match originals.read(&seen.sha256, &seen.file) {
            Ok(bytes) => readers.understand(&seen.file, bytes),
            Err(error) => Err(format!("an earlier version cannot be read: {error:#}")),
        },
        |_| {},
    );
    contents.extend(earlier.iter().map(|seen| seen.sha256.clone()).zip(read));
    for (version, received) in versions {
        match contents.get(&version.seen.sha256) {
            Some(Ok(content)) => gathered.returns.push(kept_return(&ledger, version, content, received)),
            // A file that is gone and was no return needs no word.
            Some(Err(reason)) if current.contains(&version.seen) => gathered
                .unrecognised
                .push(Unrecognised { file: version.seen.file.clone(), reason: reason.clone() }),
            _ => {}
        }
    }
    Ok(gathered)
}

/// The contracts with a provider in the register: no return of another is expected.
pub(super) fn in_use(
    contracts: &BTreeMap<String, Contract>,
    providers: &Providers,
) -> BTreeMap<String, Contract> {
    let Providers::Known(known) = providers else { return BTreeMap::new() };
    let is_in_use = |id: &str| known.iter().any(|provider| provider.contract == id);
    let in_use = contracts.iter().filter(|(id, _)| is_in_use(id));
    in_use.map(|(id, contract)| (id.clone(), contract.clone())).collect()
}

pub(super) fn known_providers(register: &Register) -> Providers {
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

/// Reads returns.
struct Reader<'a> {
    readers: Knowing<'a>,
    /// As many as can be read at a time.
    at_a_time: usize,
    /// Whether the register lists a provider under any contract.
    any_in_use: bool,
}

impl Reader<'_> {
    fn in_order<I: Send, T: Send>(
        &self,
        items: impl Iterator<Item = I> + Send,
        work: impl Fn(I) -> T + Sync,
        done: impl FnMut(&T),
    ) -> Vec<T> {
        in_order(self.at_a_time, items, work, done)
    }

    fn understand(&self, file: &str, bytes: Vec<u8>) -> Understanding {
        let understood = self.readers.understand(file, bytes).map_err(|unread| match unread {
            Unread::NotRecognised(_) if !self.any_in_use => {
                "the register lists no provider under any contract; add the provider to its sheet Providers"
                    .into()
            }
            other => other.to_string(),
        })?;
        let Understood { fingerprint, recognised, mapped } = understood;
        Ok(Content { fingerprint, recognised, mapped: Arc::new(mapped) })
    }
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

fn kept_return(
    ledger: &Ledger,
    version: &Sighting,
    content: &Content,
    received: (NaiveDate, ReceivedBy),
) -> Kept {
    let seen = |entry: &Line| matches!(entry, Line::Seen(seen) if seen.sha256 == version.seen.sha256);
    let looked = ledger.entries().iter().take_while(|entry| !seen(entry)).filter_map(|entry| match entry {
        Line::Looked(looked) => Some(looked.date),
        Line::Seen(_) => None,
    });
    let looked_in_vain = looked.collect::<BTreeSet<NaiveDate>>().into_iter().collect();
    Kept {
        file: version.seen.file.clone(),
        sha256: version.seen.sha256.clone(),
        fingerprint: content.fingerprint.clone(),
        received,
        sequence: version.sequence,
        superseded: version.superseded,
        looked_in_vain,
        recognised: content.recognised.clone(),
        mapped: content.mapped.clone(),
    }
}
