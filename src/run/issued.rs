//! What was issued before: read from its records, checked against its hashes, and held against what is so now.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;

use super::definitions;
use super::issue_changes::differences;
use crate::domain::period::long_date;
use crate::domain::text::number_of;
use crate::output::issue_json::{IssueRecord, facts, read_record};
use crate::review::issued::Issued;
use crate::review::{Pack, ProviderReview, Results};
use crate::workspace::issued::{self, Lying, RECORD};
use crate::workspace::{Workspace, sha256};

/// An issue as it was recorded.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// Its folder below the workspace, with forward slashes.
    pub folder: String,
    /// SHA-256 of its record.
    pub sha256: String,
    /// The record.
    pub record: IssueRecord,
}

/// The issues of a workspace.
#[derive(Debug, Default)]
pub struct IssuesMade {
    /// Those whose records can be read, oldest first of each pack.
    issues: Vec<Recorded>,
    /// Files that are gone or changed, in sentences.
    pub warnings: Vec<String>,
}

impl IssuesMade {
    /// Reads what was issued, and checks it.
    ///
    /// # Errors
    /// The folder cannot be listed, or a file is there and cannot be read.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let mut made = Self::default();
        for lying in issued::lying(&workspace.issued_dir())? {
            let read = lying.record.clone().and_then(|bytes| Ok((sha256(&bytes), read_record(&bytes)?)));
            match read {
                Ok((sha256, record)) => {
                    made.warnings.extend(faults(&lying, &record)?);
                    made.issues.push(Recorded { folder: lying.folder, sha256, record });
                }
                Err(why) => made.warnings.push(format!("{}/{RECORD}: {why}", lying.folder)),
            }
        }
        made.issues.sort_by(|a, b| {
            (of_pack(&a.record), a.record.number).cmp(&(of_pack(&b.record), b.record.number))
        });
        made.warnings.extend(made.broken_chains());
        Ok(made)
    }

    /// How many there are that can be read.
    pub fn number(&self) -> usize {
        self.issues.len()
    }

    /// The issues of `pack`, oldest first.
    pub fn of<'a>(&'a self, pack: &'a Pack) -> impl DoubleEndedIterator<Item = &'a Recorded> {
        self.issues.iter().filter(move |own| {
            of_pack(&own.record) == (&pack.contract, &pack.provider, pack.period.from, pack.period.to)
        })
    }

    /// Records that are gone, or are not those that a later issue was made after.
    fn broken_chains(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for own in &self.issues {
            let Some(previous) = &own.record.previous else { continue };
            let is_before = |other: &&Recorded| {
                of_pack(&other.record) == of_pack(&own.record) && other.record.number == previous.number
            };
            let before = self.issues.iter().find(is_before);
            match before {
                None => faults.push(format!("{}: issue {} before it is gone", own.folder, previous.number)),
                Some(before) if before.sha256 != previous.sha256 => faults.push(format!(
                    "{}/{RECORD} has changed since issue {} was made after it",
                    before.folder, own.record.number
                )),
                Some(_) => {}
            }
        }
        faults
    }

    /// The hashes of the definitions, by id; none where nothing was issued.
    ///
    /// # Errors
    /// A definition cannot be read from its file.
    pub fn definitions(&self, workspace: &Workspace) -> Result<BTreeMap<String, String>> {
        if self.issues.is_empty() {
            return Ok(BTreeMap::new());
        }
        let all = definitions::all(Some(workspace))?.into_iter();
        Ok(all.filter_map(|own| Some((own.read.ok()?.id, sha256(own.text.as_bytes())))).collect())
    }

    /// Puts on each pack of `results` what was issued of it and what has changed since. As of a day before an issue there was none.
    ///
    /// # Errors
    /// A definition cannot be read from its file.
    pub fn attach(&self, workspace: &Workspace, results: &mut Results) -> Result<()> {
        let definitions = self.definitions(workspace)?;
        results.reviews.iter_mut().for_each(|review| self.attach_to(&definitions, review, results.as_of));
        Ok(())
    }

    /// The same on each pack of one review.
    pub fn attach_to(
        &self,
        definitions: &BTreeMap<String, String>,
        review: &mut ProviderReview,
        as_of: NaiveDate,
    ) {
        if self.issues.is_empty() {
            return;
        }
        let said: Vec<Option<Issued>> = review
            .packs
            .iter()
            .map(|pack| {
                let own: Vec<&Recorded> = self.of(pack).filter(|own| own.record.as_of <= as_of).collect();
                let (newest, earlier) = own.split_last()?;
                Some(said(review, pack, newest, earlier, definitions.get(&pack.contract)))
            })
            .collect();
        for (pack, said) in review.packs.iter_mut().zip(said) {
            pack.issued = said;
        }
    }

    /// The records of what was issued of a provider's packs.
    pub fn of_provider(&self, contract: &str, provider: &str) -> impl Iterator<Item = &Recorded> {
        let (contract, provider) = (contract.to_string(), provider.to_string());
        self.issues
            .iter()
            .filter(move |own| own.record.contract == contract && own.record.provider == provider)
    }
}

/// The pack an issue is of: contract, provider, first and last day.
fn of_pack(record: &IssueRecord) -> (&str, &str, NaiveDate, NaiveDate) {
    (&record.contract, &record.provider, record.from, record.to)
}

/// The files of an issue that are gone or changed.
fn faults(lying: &Lying, record: &IssueRecord) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for file in &record.files {
        match issued::frozen(&lying.path, &file.file)? {
            None => faults.push(format!("{}/{} is gone", lying.folder, file.file)),
            Some(bytes) if sha256(&bytes) != file.sha256 => {
                faults.push(format!(
                    "{}/{} is not what was issued: its content has changed",
                    lying.folder, file.file
                ));
            }
            Some(_) => {}
        }
    }
    Ok(faults)
}

fn said(
    review: &ProviderReview,
    pack: &Pack,
    newest: &Recorded,
    earlier: &[&Recorded],
    definition: Option<&String>,
) -> Issued {
    let record = &newest.record;
    let differences = differences(&record.facts, &facts(review, pack), &record.period);
    let mut changed = differences.all();
    if definition.is_some_and(|hash| *hash != record.definition.sha256) {
        changed.push("The definition of the contract has changed since.".to_string());
    }
    Issued {
        number: record.number,
        on: record.issued_on,
        as_of: record.as_of,
        note: record.note.clone(),
        changed,
        figures_changed: differences.figures.len(),
        earlier: earlier.iter().map(|own| (own.record.number, own.record.issued_on)).collect(),
        folder: newest.folder.clone(),
    }
}

/// A line for each pack whose issue says otherwise than it does now: `Harbour Advocacy, 2025-26 Q1 (issue 1 of 20 January 2026): …`.
pub fn changed_since(review: &ProviderReview) -> Vec<String> {
    review
        .packs
        .iter()
        .filter_map(|pack| {
            let issued = pack.issued.as_ref()?;
            let (first, more) = issued.changed.split_first()?;
            let more = match more.len() {
                0 => String::new(),
                number => format!(" And {}.", number_of(number, "other change", "other changes")),
            };
            Some(format!(
                "{}, {} (issue {} of {}): {first}{more}",
                pack.provider,
                pack.period.describe(),
                issued.number,
                long_date(issued.on)
            ))
        })
        .collect()
}
