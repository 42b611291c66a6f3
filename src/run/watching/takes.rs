//! What came in, by the ledger, and what came of it, by the results.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::submission::SubmissionStatus;
use crate::review::Unrecognised;
use crate::run::told::{ReviewTold, VersionTold};
use crate::workspace::ledger::{Entry, Seen};

/// One file taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Take {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
    /// What it is beside what was there before.
    pub newness: Newness,
    /// What came of it.
    pub outcome: Became,
}

/// What a file is beside what was there before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Newness {
    /// Neither the name nor the bytes were there before.
    New,
    /// Other bytes were there under this name.
    Replaced,
    /// The same bytes were there under this other name.
    SameAs(String),
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    /// A version of a return.
    Return {
        /// The contract's id.
        contract: String,
        /// The provider's name.
        provider: String,
        /// The form's id.
        form: String,
        /// The period's label, such as `2025-26 Q1`.
        period: String,
        /// The area, where the return is for one.
        area: Option<String>,
        /// Whether the return came in time.
        status: SubmissionStatus,
        /// Findings to put to the provider: errors and warnings that are not accepted.
        findings: usize,
    },
    /// No return; why.
    NotRecognised(String),
    /// The register says to ignore it; why.
    Ignored(String),
    /// Kept, and nothing is said of it.
    Kept,
}

/// What a run says came of the files.
#[derive(Debug, Clone, Copy)]
pub struct Came<'a> {
    /// The reviews.
    pub reviews: &'a [ReviewTold],
    /// Files that are no returns.
    pub unrecognised: &'a [Unrecognised],
    /// Files that the register says to ignore.
    pub ignored: &'a [Unrecognised],
}

/// What the lines of the ledger from `known` (a number of lines) on say came in, in order.
pub fn takes(entries: &[Entry], known: usize, came: Came<'_>) -> Vec<Take> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut bytes: BTreeMap<&str, &str> = BTreeMap::new();
    let outcomes = Outcomes::of(came);
    let mut takes = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let Entry::Seen(seen) = entry else { continue };
        let Seen { file, sha256, .. } = seen;
        if index >= known {
            let newness = match bytes.get(sha256.as_str()) {
                Some(before) => Newness::SameAs((*before).to_string()),
                None if names.contains(file.as_str()) => Newness::Replaced,
                None => Newness::New,
            };
            let outcome = outcomes.of_file(file, sha256);
            takes.push(Take { file: file.clone(), sha256: sha256.clone(), newness, outcome });
        }
        names.insert(file);
        bytes.insert(sha256, file);
    }
    takes
}

/// What came of each file.
struct Outcomes<'a> {
    versions: BTreeMap<(&'a str, &'a str), (&'a ReviewTold, &'a VersionTold)>,
    not_recognised: BTreeMap<&'a str, &'a str>,
    ignored: BTreeMap<&'a str, &'a str>,
}

impl<'a> Outcomes<'a> {
    fn of(came: Came<'a>) -> Self {
        let mut versions = BTreeMap::new();
        for review in came.reviews {
            for own in &review.became {
                versions.insert((own.file.as_str(), own.sha256.as_str()), (review, own));
            }
        }
        let reasons = |list: &'a [Unrecognised]| {
            list.iter().map(|own| (own.file.as_str(), own.reason.as_str())).collect()
        };
        Self { versions, not_recognised: reasons(came.unrecognised), ignored: reasons(came.ignored) }
    }

    fn of_file(&self, file: &str, sha256: &str) -> Became {
        if let Some((review, own)) = self.versions.get(&(file, sha256)) {
            return Became::Return {
                contract: review.contract.clone(),
                provider: review.provider.clone(),
                form: own.form.clone(),
                period: own.period.clone(),
                area: own.area.clone(),
                status: own.status,
                findings: own.findings,
            };
        }
        match (self.not_recognised.get(file), self.ignored.get(file)) {
            (_, Some(reason)) => Became::Ignored((*reason).to_string()),
            (Some(reason), None) => Became::NotRecognised((*reason).to_string()),
            (None, None) => Became::Kept,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn ledger(seen: &[(&str, &str)]) -> Vec<Entry> {
        let line = |(index, (file, sha256)): (usize, &(&str, &str))| {
            Entry::Seen(Seen {
                sequence: index + 1,
                file: (*file).to_string(),
                sha256: (*sha256).to_string(),
                date: NaiveDate::default(),
                previous: String::new(),
            })
        };
        seen.iter().enumerate().map(line).collect()
    }

    fn file(file: &str) -> Unrecognised {
        Unrecognised { file: file.to_string(), reason: format!("why {file}") }
    }

    fn taken(entries: &[Entry], known: usize) -> Vec<Take> {
        let (unrecognised, ignored) = ([file("a"), file("b")], [file("c")]);
        takes(entries, known, Came { reviews: &[], unrecognised: &unrecognised, ignored: &ignored })
    }

    #[test]
    fn tells_new_from_replaced_and_renamed() {
        let seen = [("a", "1"), ("b", "2"), ("a", "3"), ("c", "1"), ("d", "3")];
        let entries = ledger(&seen);
        let said = |known| -> Vec<(String, Newness)> {
            taken(&entries, known).into_iter().map(|take| (take.file, take.newness)).collect()
        };
        let same = |file: &str| Newness::SameAs(file.to_string());
        let all = [
            ("a".to_string(), Newness::New),
            ("b".to_string(), Newness::New),
            ("a".to_string(), Newness::Replaced),
            ("c".to_string(), same("a")),
            ("d".to_string(), same("a")),
        ];
        for known in 0..=seen.len() + 1 {
            assert_eq!(said(known), all[known.min(seen.len())..]);
        }
    }

    #[test]
    fn says_what_came_of_each() {
        let entries = ledger(&[("a", "1"), ("c", "2"), ("d", "3")]);
        let said: Vec<Became> = taken(&entries, 0).into_iter().map(|take| take.outcome).collect();
        assert_eq!(
            said,
            [Became::NotRecognised("why a".into()), Became::Ignored("why c".into()), Became::Kept]
        );
    }
}
