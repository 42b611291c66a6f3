//! Every version of every return: what lies in the folder, and what lay there before it was overwritten.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result};
use chrono::NaiveDate;

use super::kept::{self, Head, Held, Kept};
use super::mails::{self, Evidence, Opened};
use super::taking::{Everything, Stopped, Taking};
use super::{Progress, Request, senders};
use crate::contract::Contract;
use crate::domain::submission::ReceivedBy;
use crate::intake::mail::{self, MailFormat};
use crate::intake::recognise::{KnownProvider, Providers, Recognised};
use crate::readers::{Knowing, Readers, Understood, Unread, in_order};
use crate::review::Unrecognised;
use crate::workspace::cache::{Cache, Key};
use crate::workspace::ledger::{Entry as Line, Ledger, SeenFile};
use crate::workspace::originals::Originals;
use crate::workspace::register::Register;
use crate::workspace::returns::{self, Found, ReturnFile, Why};
use crate::workspace::{Workspace, files};

/// As many copies wait to be kept.
const COPIES_AHEAD: usize = 4;

/// What becomes of what is seen for the first time.
#[derive(Clone, Copy)]
pub enum Recording<'a> {
    /// A copy of what is taken is kept, and the ledger says when it was seen.
    Receipts(&'a dyn Taking),
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
    /// Every file in the folder, and every file attached to an e-mail there.
    pub files: Vec<String>,
    /// What is to be known of e-mails, in sentences.
    pub notes: Vec<String>,
    /// The same with the hashes of what lies there.
    pub seen: Vec<SeenFile>,
    /// Versions of which neither the file nor its copy is there any more, each with why it cannot be read; in order of the ledger.
    pub gone: Vec<(SeenFile, String)>,
    /// How many were read.
    pub files_read: usize,
}

/// What one set of bytes was read as.
struct Content {
    fingerprint: String,
    recognised: Recognised,
    mapped: Held,
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
    /// An e-mail, to be taken apart.
    Mail(&'a Found, ReturnFile, MailFormat),
    /// An e-mail taken apart, and what became of what is attached, but for what is ignored.
    Opened(&'a Found, Box<Opened>, Vec<(String, Understanding)>),
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
    recording: Recording<'_>,
    (readers, cache): (&Readers, Option<&Arc<Cache>>),
    progress: &dyn Fn(Progress<'_>),
) -> Result<Gathered> {
    let listing = returns::list(&workspace.returns_dir())?;
    let mut ledger = Ledger::open(&workspace.ledger_path())?;
    let originals = Originals::new(&workspace.originals_dir());
    let (is_recorded, taking): (bool, &dyn Taking) = match recording {
        Recording::Receipts(taking) => (true, taking),
        Recording::Nothing => (false, &Everything),
    };
    let keep = Keep { originals: &originals, is_recorded, one: Mutex::new(()) };
    if is_recorded && workspace.originals_dir().is_dir() {
        files::sweep(&workspace.originals_dir())?;
    }
    let providers = known_providers(register);
    let in_use = in_use(contracts, &providers);
    let known = Key::of_program()
        .and("return")
        .and_debug(&in_use.values().map(|contract| &contract.source.text).collect::<Vec<_>>())
        .and_debug(&providers);
    let readers = Reader {
        cache,
        known: &known,
        all: readers,
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
    let mut opened: Vec<Opened> = Vec::new();
    // One after the other and in order, whichever reader is free next: of two files of the same bytes the first is read.
    // Waiting until a copy is on the disk keeps no other reader from reading; all are there before the ledger names any.
    let turns = thread::scope(|scope| {
        let (copies, asked) = mpsc::sync_channel(COPIES_AHEAD);
        let copies = (readers.at_a_time > 1).then_some(copies);
        let keeping = scope.spawn(|| keep.all(asked));
        let turns = listing.files.iter().map(|found| {
            if taking.stops() {
                return Turn::NotKept(Stopped.into());
            }
            if let Some(why) = taking.passes_over(&found.file) {
                return Turn::PassedOver(found, why.sentence());
            }
            let file = match found.read() {
                Ok(file) if !taking.takes(&file.file, &file.sha256) => {
                    return Turn::PassedOver(found, Why::InUse.sentence());
                }
                Ok(file) => file,
                Err(passed_over) => return Turn::PassedOver(found, passed_over.why.sentence()),
            };
            let format = mail::format(&file.file, &file.bytes);
            if let Some(format) = format.filter(|_| register.ignored(&file.file).is_none()) {
                return Turn::Mail(found, file, format);
            }
            if let Err(error) = keep.ask(copies.as_ref(), &file) {
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
                    let understood = readers.understand(&found.file, &sha256, bytes);
                    Turn::Read(found, sha256, understood)
                }
                Turn::Mail(found, file, format) => {
                    readers.open(found, file, format, register, request, &keep).unwrap_or_else(Turn::NotKept)
                }
                other => other,
            },
            |turn| {
                if let Turn::Seen(found, _) | Turn::Read(found, ..) | Turn::Opened(found, ..) = turn {
                    progress(Progress::Read(&found.file));
                }
            },
        );
        drop(copies);
        keeping.join().unwrap_or_else(|panic| resume_unwind(panic)).map(|()| turns)
    })?;
    for turn in turns {
        let (found, sha256) = match turn {
            Turn::PassedOver(found, reason) => {
                gathered.files.push(found.file.clone());
                gathered.unrecognised.push(Unrecognised { file: found.file.clone(), reason });
                continue;
            }
            Turn::NotKept(error) => return Err(error),
            Turn::Opened(_, mail, understood) => {
                gathered.files_read += understood.len();
                for (sha256, understood) in understood {
                    contents.entry(sha256).or_insert(understood);
                }
                let attached = mail.letter.iter().flat_map(|letter| &letter.attached).map(|own| &own.seen);
                let all: Vec<&SeenFile> = std::iter::once(&mail.seen).chain(attached).collect();
                gathered.files.extend(all.iter().map(|seen| seen.file.clone()));
                if !mail.is_left_out(register, request.as_of) {
                    current.extend(all.into_iter().cloned());
                    gathered.ignored.extend(
                        current.iter().rev().take_while(|seen| **seen != mail.seen).filter_map(|seen| {
                            Some(Unrecognised {
                                file: seen.file.clone(),
                                reason: register.ignored(&seen.file)?.to_string(),
                            })
                        }),
                    );
                    opened.push(*mail);
                }
                continue;
            }
            Turn::Read(found, sha256, understood) => {
                contents.entry(sha256.clone()).or_insert(understood);
                gathered.files_read += 1;
                (found, sha256)
            }
            Turn::Seen(found, sha256) | Turn::ToRead(found, sha256, _) => (found, sha256),
            Turn::Mail(found, file, _) => (found, file.sha256),
        };
        gathered.files.push(found.file.clone());
        current.push(SeenFile { file: found.file.clone(), sha256 });
        if let Some(reason) = register.ignored(&found.file) {
            gathered.ignored.push(Unrecognised { file: found.file.clone(), reason: reason.to_string() });
        }
    }
    gathered.seen.clone_from(&current);
    let looked_on = request.today.min(request.as_of);
    match recording {
        Recording::Receipts(_) => ledger.record(looked_on, &current)?,
        Recording::Nothing => ledger.suppose(looked_on, &current)?,
    }
    let mut evidence = Evidence::default();
    let gone = mails::gone(&ledger, &opened);
    let gone = readers.in_order(
        gone.iter(),
        |seen| mails::open_kept(readers.all, &originals, seen, request.today),
        |_| {},
    );
    for mail in opened.iter().chain(&gone) {
        evidence.add(mail, request.as_of);
    }
    for mail in &opened {
        let fault = mail.fault().map(|reason| Unrecognised { file: mail.seen.file.clone(), reason });
        gathered.unrecognised.extend(fault);
        gathered.notes.extend(mail.doubt(register, &ledger));
    }
    let versions = versions(&ledger, &current);
    let current: BTreeSet<&SeenFile> = current.iter().collect();
    let versions: Vec<(&Sighting, (NaiveDate, ReceivedBy))> = versions
        .iter()
        .filter(|version| register.ignored(&version.seen.file).is_none() && !evidence.is_mail(&version.seen))
        .filter(|version| {
            evidence.mail_of(&version.seen.file).and_then(|mail| register.ignored(mail)).is_none()
        })
        .map(|version| (version, received(register, &ledger, &evidence, version)))
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
        |seen| {
            let bytes = originals.read(&seen.sha256, &seen.file);
            bytes.map(|bytes| readers.understand(&seen.file, &seen.sha256, bytes))
        },
        |_| {},
    );
    for (seen, read) in earlier.iter().zip(read) {
        match read {
            Ok(understanding) => {
                contents.insert(seen.sha256.clone(), understanding);
            }
            // What was received and cannot be had any more does not stop the run, and is not passed over in silence either.
            Err(error) => gathered.gone.push(((*seen).clone(), format!("{error:#}"))),
        }
    }
    for (version, received) in versions {
        match contents.get(&version.seen.sha256) {
            Some(Ok(content)) => {
                let mut own = kept_return(&ledger, version, content, received);
                let came = evidence.came(&version.seen.sha256);
                own.recognised.findings.extend(senders::finding(register, &own.recognised, &own.file, came));
                gathered.returns.push(own);
            }
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

/// Keeps copies of what is seen for the first time, one at a time: two e-mails may hold the same.
struct Keep<'a> {
    originals: &'a Originals,
    is_recorded: bool,
    one: Mutex<()>,
}

/// A copy that is to be kept.
struct ToKeep {
    sha256: String,
    file: String,
    bytes: Vec<u8>,
}

impl Keep<'_> {
    /// Has a copy of a file kept by and by, where there is none; at once where nobody else keeps `copies`.
    fn ask(&self, copies: Option<&SyncSender<ToKeep>>, file: &ReturnFile) -> Result<()> {
        let Some(copies) = copies else { return self.keep(&file.sha256, &file.file, &file.bytes) };
        if self.is_recorded && !self.originals.is_there(&file.sha256, &file.file, file.bytes.len()) {
            let ReturnFile { file, sha256, bytes } = file;
            let copy = ToKeep { sha256: sha256.clone(), file: file.clone(), bytes: bytes.clone() };
            // Whoever keeps them has come to an end at a fault, and says so.
            copies.send(copy).ok().context("no further copy can be kept")?;
        }
        Ok(())
    }

    /// Keeps all copies that are asked for.
    fn all(&self, asked: Receiver<ToKeep>) -> Result<()> {
        asked.into_iter().try_for_each(|own| self.keep(&own.sha256, &own.file, &own.bytes))
    }

    fn keep(&self, sha256: &str, file: &str, bytes: &[u8]) -> Result<()> {
        if self.is_recorded {
            let _one = self.one.lock().unwrap_or_else(PoisonError::into_inner);
            self.originals.keep(sha256, file, bytes)?;
        }
        Ok(())
    }
}

/// Reads returns.
struct Reader<'a> {
    cache: Option<&'a Arc<Cache>>,
    /// What returns are held against.
    known: &'a Key,
    all: &'a Readers,
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

    /// Takes an e-mail apart, keeps it and what is attached, and reads that; what came after the as-of date is left as it is.
    fn open<'f>(
        &self,
        found: &'f Found,
        file: ReturnFile,
        format: MailFormat,
        register: &Register,
        request: Request,
        keep: &Keep<'_>,
    ) -> std::result::Result<Turn<'f>, anyhow::Error> {
        let seen = SeenFile { file: file.file, sha256: file.sha256 };
        let (mail, contents) = mails::open(self.all, seen, format, file.bytes.clone(), request.today);
        let mut understood = Vec::new();
        if !mail.is_left_out(register, request.as_of) {
            keep.keep(&mail.seen.sha256, &mail.seen.file, &file.bytes)?;
            let attached = mail.letter.iter().flat_map(|letter| &letter.attached);
            for (own, bytes) in attached.zip(contents) {
                keep.keep(&own.seen.sha256, &own.seen.file, &bytes)?;
                if register.ignored(&own.seen.file).is_none() {
                    understood.push((
                        own.seen.sha256.clone(),
                        self.understand(&own.seen.file, &own.seen.sha256, bytes),
                    ));
                }
            }
        }
        Ok(Turn::Opened(found, Box::new(mail), understood))
    }

    /// What the bytes with this SHA-256 say: worked out, or as an earlier run worked it out of the same bytes under the same name.
    fn understand(&self, file: &str, sha256: &str, bytes: Vec<u8>) -> Understanding {
        let name = format!("return-{}", self.known.clone().and(file).and(sha256).finish());
        let kept = self.cache.and_then(|cache| Some((cache, kept::head(&mut cache.open(&name)?)?)));
        if let Some((cache, Head { fingerprint, recognised, .. })) = kept {
            return Ok(Content { fingerprint, recognised, mapped: Held::Kept(cache.clone(), name) });
        }
        let understood = self.readers.understand(file, bytes).map_err(|unread| match unread {
            Unread::NotRecognised(_) if !self.any_in_use => {
                "the register lists no provider under any contract; add the provider to its sheet Providers"
                    .into()
            }
            other => other.to_string(),
        })?;
        let keep =
            |cache: &Arc<Cache>| cache.put(&name, &kept::coded(&understood).ok()?).then(|| cache.clone());
        let kept = self.cache.and_then(keep);
        let Understood { fingerprint, recognised, mapped } = understood;
        let mapped = match kept {
            Some(cache) => Held::Kept(cache, name),
            None => Held::InMemory(Arc::new(mapped)),
        };
        Ok(Content { fingerprint, recognised, mapped })
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

/// When a version came in: by the register, which may name the e-mail it came in; else by that e-mail, unless it was here before;
/// else first seen. A date in the register is that of the first version at the path; what
/// was put over it later came in when it was first seen.
fn received(
    register: &Register,
    ledger: &Ledger,
    evidence: &Evidence,
    version: &Sighting,
) -> (NaiveDate, ReceivedBy) {
    let SeenFile { file, sha256 } = &version.seen;
    let by_mail = || evidence.mail_of(file).and_then(|mail| register.received(mail));
    let own = if version.overwrote { None } else { register.received(file).or_else(by_mail) };
    if let Some(day) = own.or_else(|| received_elsewhere(register, ledger, sha256)) {
        return (day, ReceivedBy::Register);
    }
    let first_seen = ledger.first_seen(sha256).unwrap_or_default();
    match evidence.received(sha256).filter(|day| *day <= first_seen) {
        Some(day) => (day, ReceivedBy::Email),
        None => (first_seen, ReceivedBy::FirstSeen),
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
