//! What is due for disposal by the settings. Lists; deletes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;

use super::kept::Kept;
use super::look::{self, Looked};
use super::{Progress, Request};
use crate::contract::Contract;
use crate::contract::layout::Layout;
use crate::output::disposals_csv::disposals_csv;
use crate::output::issue_json::read_record;
use crate::readers::Readers;
use crate::review::disposal::{Disposal, Disposals, Rule};
use crate::review::{ProviderReview, Results};
use crate::workspace::ledger::{Entry, Ledger, Seen};
use crate::workspace::originals::Originals;
use crate::workspace::settings::retention::{Length, Retention};
use crate::workspace::{Workspace, issued};

/// What the list calls itself.
const FORMAT: &str = "quarterday.retention/1";

/// What is due for disposal in the workspace in `dir`, as of a day. Writes nothing.
///
/// # Errors
/// As of [`look::look`].
pub fn retention(
    dir: &Path,
    request: Request,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Disposals> {
    let workspace = Workspace::open(dir)?;
    if workspace.settings().retention.is_silent() {
        return Ok(nothing_settled(request.as_of));
    }
    let looked = look::look(dir, request, None, readers, progress)?;
    disposals(&workspace, &looked)
}

/// The list for whoever decides.
///
/// # Errors
/// It cannot be written into memory.
pub fn csv(disposals: &Disposals) -> Result<Vec<u8>> {
    disposals_csv(disposals)
}

fn nothing_settled(as_of: NaiveDate) -> Disposals {
    Disposals { format: FORMAT, as_of, settled: false, due: Vec::new(), next: None, without_end: Vec::new() }
}

/// What is due for disposal by what was seen in a look.
///
/// # Errors
/// The ledger or the folder of issues cannot be read.
pub(super) fn disposals(workspace: &Workspace, looked: &Looked) -> Result<Disposals> {
    let settings = &workspace.settings().retention;
    if settings.is_silent() {
        return Ok(nothing_settled(looked.results.as_of));
    }
    let mut sorting = Sorting::new(settings, looked.results.as_of);
    let lying = Lying::new(workspace, looked)?;
    for file in lying.each_file() {
        let delete = lying.to_delete(&file);
        if delete.is_empty() {
            // Disposed of already: the ledger alone knows of it.
            continue;
        }
        let (place, counted) = match lying.returns.get(file.sha256.as_str()) {
            Some((key, kept)) => (Some((*key, *kept)), sorting.of_return(looked, key, kept)),
            None => (None, settings.unrecognised.map(|length| (Rule::Unrecognised, length, file.first_seen))),
        };
        let Some((rule, length, from)) = counted else { continue };
        let of = |text: Option<String>| text.unwrap_or_default();
        sorting.sort(Disposal {
            contract: of(place.map(|(key, _)| key.0.clone())),
            provider: of(place.map(|(key, _)| key.1.clone())),
            form: of(place.and_then(|(key, kept)| {
                Some(looked.contracts.get(&key.0)?.form(&kept.recognised.form)?.title.clone())
            })),
            period: of(place.map(|(_, kept)| kept.recognised.period.label())),
            file: file.path,
            delete,
            sha256: file.sha256,
            rule,
            length: length.words(),
            from,
            kept_until: length.kept_until(from),
        });
    }
    sorting.issues(workspace, looked)?;
    Ok(sorting.list())
}

/// What is due, and what is kept for now.
struct Sorting<'a> {
    settings: &'a Retention,
    as_of: NaiveDate,
    due: Vec<Disposal>,
    next: Option<NaiveDate>,
    without_end: BTreeSet<(String, String)>,
}

/// A rule, how long it keeps what it applies to, and the day it counts from.
type Counted = (Rule, Length, NaiveDate);

impl<'a> Sorting<'a> {
    fn new(settings: &'a Retention, as_of: NaiveDate) -> Self {
        Self { settings, as_of, due: Vec::new(), next: None, without_end: BTreeSet::new() }
    }

    /// Puts it where it belongs: due from the day after the last on which it is kept.
    fn sort(&mut self, own: Disposal) {
        if own.kept_until < self.as_of {
            self.due.push(own);
        } else if let Some(due) = own.kept_until.succ_opt() {
            self.next = Some(self.next.map_or(due, |next| next.min(due)));
        }
    }

    /// The rule by which a return is due first.
    fn of_return(&mut self, looked: &Looked, key: &look::Key, kept: &Kept) -> Option<Counted> {
        let contract = looked.contracts.get(&key.0)?;
        let period_end = kept.recognised.period.to;
        let people = self.settings.client_rows.filter(|_| has_lines_on_people(contract, kept));
        let replaced = self.settings.earlier_versions.filter(|_| is_replaced(&looked.results, key, kept));
        let by_period = [(Rule::ClientRows, people), (Rule::EarlierVersions, replaced)]
            .into_iter()
            .filter_map(|(rule, length)| Some((rule, length?, period_end)));
        let ended = self.after_the_end(looked, key, self.settings.returns);
        by_period
            .chain(ended.map(|(length, end)| (Rule::Returns, length, end)))
            .min_by_key(|(rule, length, from)| (length.kept_until(*from), *rule))
    }

    /// The end of the contract with the provider, where something is counted from it and it is known.
    fn after_the_end(
        &mut self,
        looked: &Looked,
        key: &look::Key,
        length: Option<Length>,
    ) -> Option<(Length, NaiveDate)> {
        let length = length?;
        match looked.records.get(key).and_then(|records| records.end) {
            Some(end) => Some((length, end)),
            None => {
                self.without_end.insert(key.clone());
                None
            }
        }
    }

    fn issues(&mut self, workspace: &Workspace, looked: &Looked) -> Result<()> {
        if self.settings.issued.is_none() {
            return Ok(());
        }
        for lying in issued::lying(&workspace.issued_dir())? {
            let Some(record) = lying.record.ok().and_then(|bytes| read_record(&bytes).ok()) else { continue };
            let key = (record.contract, record.provider);
            let Some((length, end)) = self.after_the_end(looked, &key, self.settings.issued) else {
                continue;
            };
            self.sort(Disposal {
                contract: key.0,
                provider: key.1,
                form: String::new(),
                period: record.period,
                delete: vec![lying.folder.clone()],
                file: lying.folder,
                sha256: String::new(),
                rule: Rule::Issued,
                length: length.words(),
                from: end,
                kept_until: length.kept_until(end),
            });
        }
        Ok(())
    }

    fn list(mut self) -> Disposals {
        self.due.sort();
        Disposals {
            format: FORMAT,
            as_of: self.as_of,
            settled: true,
            due: self.due,
            next: self.next,
            without_end: self.without_end.into_iter().collect(),
        }
    }
}

/// Whether the form has a log of which each line is about a single person.
fn has_lines_on_people(contract: &Contract, kept: &Kept) -> bool {
    let form = contract.form(&kept.recognised.form);
    form.is_some_and(|form| {
        form.tables.iter().any(|table| matches!(&table.layout, Layout::Records(log) if log.people))
    })
}

/// Whether a later version of the same return is the one that is rated.
fn is_replaced(results: &Results, key: &look::Key, kept: &Kept) -> bool {
    let is_its = |review: &&ProviderReview| review.contract == key.0 && review.provider == key.1;
    results.reviews.iter().filter(is_its).flat_map(|review| &review.submissions).any(|submission| {
        let at = submission.versions.iter().position(|version| version.sha256 == kept.sha256);
        at.zip(submission.rated_version).is_some_and(|(at, rated)| at < rated)
    })
}

/// One set of bytes that came in.
struct File {
    sha256: String,
    /// The path it was first seen at.
    path: String,
    first_seen: NaiveDate,
    /// Every path it was seen at.
    paths: BTreeSet<String>,
}

/// What lies in the workspace.
struct Lying<'a> {
    ledger: Ledger,
    originals: Originals,
    originals_name: String,
    /// The returns by hash.
    returns: BTreeMap<&'a str, (&'a look::Key, &'a Kept)>,
    /// What lies in the folder of returns, by path.
    seen: BTreeMap<&'a str, &'a str>,
    /// Every file there, read or not.
    files: BTreeSet<String>,
}

impl<'a> Lying<'a> {
    fn new(workspace: &Workspace, looked: &'a Looked) -> Result<Self> {
        let listing = crate::workspace::returns::list(&workspace.returns_dir())?;
        let folder = &workspace.settings().folders.originals;
        let each = looked.kept.iter().flat_map(|(key, kept)| kept.iter().map(move |own| (key, own)));
        Ok(Self {
            ledger: Ledger::open(&workspace.ledger_path())?,
            originals: Originals::new(&workspace.originals_dir()),
            originals_name: folder.to_string_lossy().replace('\\', "/"),
            returns: each.map(|(key, own)| (own.sha256.as_str(), (key, own))).collect(),
            seen: looked.seen.iter().map(|own| (own.file.as_str(), own.sha256.as_str())).collect(),
            files: listing.files.into_iter().map(|found| found.file).collect(),
        })
    }

    /// Everything that ever came in, in the order of the ledger. What no run has recorded yet is not due.
    fn each_file(&self) -> Vec<File> {
        let mut files: Vec<File> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let seen = self.ledger.entries().iter().filter_map(|entry| match entry {
            Entry::Seen(seen) => Some(seen),
            Entry::Looked(_) => None,
        });
        for Seen { file, sha256, date, .. } in seen {
            let place = *places.entry(sha256).or_insert(files.len());
            match files.get_mut(place) {
                Some(known) => {
                    known.first_seen = known.first_seen.min(*date);
                    known.paths.insert(file.clone());
                }
                None => files.push(File {
                    sha256: sha256.clone(),
                    path: file.clone(),
                    first_seen: *date,
                    paths: BTreeSet::from([file.clone()]),
                }),
            }
        }
        files
    }

    /// What there is of it to delete: the files in the folder of returns, then the copy.
    fn to_delete(&self, file: &File) -> Vec<String> {
        let mut delete: Vec<String> = Vec::new();
        let is_there = |path: &&String| self.seen.get(path.as_str()) == Some(&file.sha256.as_str());
        for path in file.paths.iter().filter(is_there) {
            // What came in an e-mail lies within the e-mail's file.
            let mut within = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
            let holder = within.rfind(|folder| self.files.contains(*folder));
            let holder = holder.unwrap_or(path).to_string();
            if !delete.contains(&holder) {
                delete.push(holder);
            }
        }
        for path in &file.paths {
            let copy = self.originals.path(&file.sha256, path);
            let name = copy.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let copy = format!("{}/{name}", self.originals_name);
            if self.originals.has(&file.sha256, path) && !delete.contains(&copy) {
                delete.push(copy);
            }
        }
        delete
    }
}
