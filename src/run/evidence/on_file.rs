//! The returns involved: when each version came, how that is known, which line of the ledger says so, and what was found in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::span;
use crate::domain::finding::{Finding, Severity};
use crate::domain::period::long_date;
use crate::domain::place::CellRef;
use crate::domain::submission::{ReceivedBy, Submission, SubmissionStatus, Version as Received};
use crate::domain::text::number_of;
use crate::review::evidence::{Found, LedgerLine, Return, Version};
use crate::run::verify::mail_of;
use crate::workspace::chain::Chain;
use crate::workspace::ledger::{Entry, Ledger, Seen};
use crate::workspace::register::Register;

/// The ledger as a value, and as the lines and bytes it is made of.
pub(super) struct Records<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) chain: &'a Chain<Entry>,
    pub(super) bytes: &'a [u8],
    pub(super) register: &'a Register,
}

impl Records<'_> {
    /// The earliest day after `due` (exclusive) on which a run looked.
    fn looked_after(&self, due: NaiveDate) -> Option<NaiveDate> {
        let looks = self.ledger.entries().iter().filter_map(|entry| match entry {
            Entry::Looked(looked) => Some(looked.date),
            Entry::Seen(_) => None,
        });
        looks.filter(|day| *day > due).min()
    }

    /// The lines that say when these bytes were seen, at whatever path, in order.
    fn lines_of(&self, sha256: &str) -> Vec<(usize, &str, &Seen)> {
        let lines = self.chain.lines.iter();
        let seen = lines.filter_map(|line| match line.entry.as_ref()? {
            Entry::Seen(seen) if seen.sha256 == sha256 => Some((line.number, line.sha256.as_str(), seen)),
            _ => None,
        });
        seen.collect()
    }

    /// The e-mail a path leads into, where it leads into one.
    pub(super) fn mail(&self, file: &str) -> Option<String> {
        let paths: BTreeMap<&str, ()> = self.ledger.seen().map(|seen| (seen.file.as_str(), ())).collect();
        mail_of(file, &paths).map(str::to_string)
    }

    /// The cell of the register that says when these bytes came in, at whatever path they lay.
    fn receipt(&self, file: &str, sha256: &str) -> Option<&CellRef> {
        let own = self.register.receipt(file);
        let elsewhere =
            || self.lines_of(sha256).into_iter().find_map(|(_, _, seen)| self.register.receipt(&seen.file));
        own.or_else(elsewhere).map(|row| &row.place)
    }

    /// The lines that tell of these versions, and those of the looks that found nothing of them after they were due.
    pub(super) fn concerned(&self, returns: &[Return]) -> Vec<LedgerLine> {
        let versions: BTreeSet<&str> =
            returns.iter().flat_map(|own| &own.versions).map(|own| own.sha256.as_str()).collect();
        let paths: BTreeSet<&str> =
            returns.iter().flat_map(|own| &own.versions).map(|own| own.file.as_str()).collect();
        let looks: BTreeSet<_> = returns.iter().filter_map(|own| own.looked_in_vain).collect();
        let told = self.chain.lines.iter().filter(|line| match &line.entry {
            Some(Entry::Seen(seen)) => {
                versions.contains(seen.sha256.as_str())
                    || paths.iter().any(|path| {
                        path.strip_prefix(seen.file.as_str()).is_some_and(|rest| rest.starts_with('/'))
                    })
            }
            Some(Entry::Looked(looked)) => looks.contains(&looked.date),
            None => false,
        });
        told.map(|line| LedgerLine {
            number: line.number,
            sha256: line.sha256.clone(),
            text: String::from_utf8_lossy(self.bytes.get(line.bytes.clone()).unwrap_or_default())
                .into_owned(),
        })
        .collect()
    }
}

/// A return with all its versions; `copies` has the name of each version's copy.
pub(super) fn returned(own: &Submission, records: &Records<'_>, copies: &BTreeMap<String, String>) -> Return {
    let versions = own.versions.iter().enumerate();
    let looked_in_vain = match own.first_usable() {
        Some(first) => records.ledger.looked_in_vain(&first.sha256, own.due),
        None if own.status == SubmissionStatus::Missing => records.looked_after(own.due),
        None => None,
    };
    Return {
        form: own.form.clone(),
        title: own.form_title.clone(),
        period: span(&own.period),
        area: own.area.clone(),
        due: own.due,
        due_note: own.due_note.clone(),
        clause: own.clause.clone(),
        received: own.received,
        status: own.status.id().to_string(),
        status_word: own.status.word().to_string(),
        status_note: own.status_note.clone(),
        looked_in_vain,
        versions: versions
            .map(|(at, version)| self::version(version, own.rated_version == Some(at), records, copies))
            .collect(),
    }
}

fn version(own: &Received, rated: bool, records: &Records<'_>, copies: &BTreeMap<String, String>) -> Version {
    let lines = records.lines_of(&own.sha256);
    let first = lines.first();
    Version {
        file: own.file.to_string(),
        sha256: own.sha256.clone(),
        copy: copies.get(&own.sha256).cloned().unwrap_or_default(),
        received: own.received,
        known: known(own, records),
        first_seen: records.ledger.first_seen(&own.sha256),
        line: first.map(|(number, ..)| *number),
        line_sha256: first.map(|(_, hash, _)| (*hash).to_string()),
        mail: records.mail(&own.file),
        usable: own.usable,
        rated,
    }
}

/// How the day a version was received is known.
fn known(own: &Received, records: &Records<'_>) -> String {
    let day = long_date(own.received);
    if own.received_by == ReceivedBy::Register {
        return match records.receipt(&own.file, &own.sha256) {
            Some(place) => {
                format!("The council recorded it: register, sheet “{}”, cell {}", place.sheet, place.cell)
            }
            None => "The council recorded it in the register".to_string(),
        };
    }
    if own.received_by == ReceivedBy::FirstSeen {
        return format!("First seen by a run on {day}; it may have come in before");
    }
    match records.mail(&own.file) {
        Some(mail) => {
            format!("The day the e-mail {mail} was received, as the council's mail server wrote into it")
        }
        None => "The day the e-mail it came in was received".to_string(),
    }
}

/// What was found in the returns that asks something, was accepted, or stands at one of `cells`.
pub(super) fn findings(submissions: &[&Submission], cells: &BTreeSet<CellRef>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for own in submissions {
        let bears = |finding: &&Finding| {
            finding.kind.severity != Severity::Info
                || finding.accepted.is_some()
                || finding.place().is_some_and(|place| cells.contains(&place))
        };
        for finding in own.evidence().filter(bears) {
            let answered = own.said_to(finding);
            let found = Found {
                code: finding.kind.code.to_string(),
                weight: finding.kind.severity.word().to_string(),
                file: finding.file.to_string(),
                sheet: finding.sheet.as_ref().map(ToString::to_string),
                cell: finding.cell.map(|cell| cell.to_string()),
                message: finding.message.clone(),
                accepted: finding.accepted.clone(),
                answered: answered.map(|(day, said)| format!("On {}: {}", long_date(day), said.text)),
            };
            if !all.contains(&found) {
                all.push(found);
            }
        }
    }
    all
}

/// Other bytes seen where these returns lay that are none of the provider's, in a sentence; `None` where there are none.
pub(super) fn others_at_these_paths(returns: &[Return], records: &Records<'_>) -> Option<String> {
    let versions: BTreeSet<&str> =
        returns.iter().flat_map(|own| &own.versions).map(|own| own.sha256.as_str()).collect();
    let paths: BTreeSet<&str> =
        returns.iter().flat_map(|own| &own.versions).map(|own| own.file.as_str()).collect();
    let others: BTreeSet<&str> = paths
        .iter()
        .flat_map(|path| records.ledger.versions_at(path))
        .filter(|sha256| !versions.contains(sha256))
        .collect();
    (!others.is_empty()).then(|| {
        format!(
            "Where these returns lay, {} was seen at some time that is no version of them, be it of another form, period or provider. \
             The ledger has it; this folder leaves it out.",
            number_of(others.len(), "further file", "further files")
        )
    })
}
