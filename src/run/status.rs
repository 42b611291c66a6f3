//! How a workspace stands: computed as a run would, by a look that writes nothing.

mod next;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::issued::IssuesMade;
use super::sending::subject;
use super::{Progress, Request, look, retention};
use crate::domain::escalation::EscalationStatus;
use crate::domain::submission::SubmissionStatus;
use crate::readers::Readers;
use crate::review::calendar_date::{CalendarDate, DateKind};
use crate::review::status::{
    Arrival, Arrived, DatedLine, DraftsWaiting, LastRun, Open, Status, ToDecide, ToIssue, Waiting,
};
use crate::review::{Pack, ProviderReview, Results};
use crate::workspace::ledger::{Entry, Ledger, SeenFile};
use crate::workspace::open_elsewhere::{locked, open_workbooks};
use crate::workspace::sent::{Before, Sent};
use crate::workspace::stale::changed_since;
use crate::workspace::{Workspace, drafts, files};

/// What the status calls itself.
const FORMAT: &str = "quarterday.status/1";
/// How far ahead what is due is listed, in days after the as-of date, inclusive.
const DAYS_AHEAD: u64 = 7;
/// The results, below the folder of all that is generated.
const RESULTS: &str = "results.json";

/// How the workspace in `dir` stands. Writes nothing.
///
/// # Errors
/// As of [`look::look`].
pub fn status(
    dir: &Path,
    request: Request,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Status> {
    let workspace = Workspace::open(dir)?;
    let mut looked = look::look(dir, request, None, readers, progress)?;
    IssuesMade::read(&workspace)?.attach(&workspace, &mut looked.results)?;
    let ledger = Ledger::open(&workspace.ledger_path())?;
    let results = &looked.results;
    let open = open_workbooks(&workspace)?;
    let disposals = retention::disposals(&workspace, &looked)?;
    let mut status = Status {
        format: FORMAT,
        as_of: results.as_of,
        last_run: last_run(&workspace, &ledger)?,
        arrived: arrived(&ledger, &looked.seen),
        waiting: waiting(results),
        open: open.into_iter().map(|own| Open { file: own.file, by: own.by }).collect(),
        drafts: drafts(&workspace, request.as_of)?,
        overdue: overdue(results),
        due_this_week: due(results),
        then: then(results),
        to_decide: to_decide(results),
        to_issue: to_issue(results),
        due_for_disposal: disposals.settled.then_some(disposals.due.len()),
        next: Vec::new(),
        something_waits: false,
    };
    status.something_waits = next::something_waits(&status);
    status.next = next::next(&status, dir);
    Ok(status)
}

fn last_run(workspace: &Workspace, ledger: &Ledger) -> Result<Option<LastRun>> {
    let looked = ledger.entries().iter().rev().find_map(|entry| match entry {
        Entry::Looked(looked) => Some(looked.date),
        Entry::Seen(_) => None,
    });
    let Some(looked) = looked else { return Ok(None) };
    #[derive(Deserialize)]
    struct Head {
        as_of: NaiveDate,
    }
    let bytes = files::read_if_there(&workspace.out_dir().join(RESULTS))?;
    // Results that cannot be read are as good as none.
    let head = bytes.and_then(|bytes| serde_json::from_slice::<Head>(&bytes).ok());
    let changed_since = changed_since(workspace, RESULTS)?.unwrap_or_default();
    Ok(Some(LastRun { looked, as_of: head.map(|head| head.as_of), changed_since }))
}

/// What lies in the folder and is not in the ledger.
fn arrived(ledger: &Ledger, now: &[SeenFile]) -> Vec<Arrived> {
    let seen = || {
        ledger.entries().iter().filter_map(|entry| match entry {
            Entry::Seen(seen) => Some(seen),
            Entry::Looked(_) => None,
        })
    };
    let known: BTreeSet<(&str, &str)> = seen().map(|own| (own.file.as_str(), own.sha256.as_str())).collect();
    let paths: BTreeSet<&str> = seen().map(|own| own.file.as_str()).collect();
    let hashes: BTreeSet<&str> = seen().map(|own| own.sha256.as_str()).collect();
    let mut arrived: Vec<Arrived> = now
        .iter()
        .filter(|own| !known.contains(&(own.file.as_str(), own.sha256.as_str())))
        .map(|own| {
            let how = if paths.contains(own.file.as_str()) {
                Arrival::Changed
            } else if hashes.contains(own.sha256.as_str()) {
                Arrival::Moved
            } else {
                Arrival::New
            };
            Arrived { file: own.file.clone(), how }
        })
        .collect();
    arrived.sort();
    arrived
}

/// Files that are no return or cannot be read; lock files are told as what is open.
fn waiting(results: &Results) -> Vec<Waiting> {
    let is_lock = |file: &str| locked(file.rsplit('/').next().unwrap_or(file)).is_some();
    results
        .unrecognised
        .iter()
        .filter(|own| !is_lock(&own.file))
        .map(|own| Waiting { file: own.file.clone(), why: own.reason.clone() })
        .collect()
}

/// The drafts of the last run, and what the journal knows of them. What their attachments hold is not looked into: a letter that has
/// some is known by its Message-ID, which is of its content.
fn drafts(workspace: &Workspace, as_of: NaiveDate) -> Result<Option<DraftsWaiting>> {
    let Some(list) = drafts::list(&workspace.out_dir())? else { return Ok(None) };
    let journal = Sent::open(&workspace.journal_path())?;
    let mail = &workspace.settings().mail;
    let mut told = DraftsWaiting {
        sent_from_here: mail.server.is_some(),
        waiting: 0,
        without_address: 0,
        sent: 0,
        in_doubt: 0,
    };
    for draft in &list.drafts {
        let subject = subject(draft, Vec::new());
        match journal.before(&draft.message_id, &subject, as_of, mail.chase_again_days) {
            Before::Sent { .. } => told.sent += 1,
            Before::InDoubt { .. } => told.in_doubt += 1,
            Before::Nothing => {
                told.waiting += 1;
                told.without_address += usize::from(draft.to.is_empty());
            }
        }
    }
    Ok(Some(told))
}

/// The dates of all providers for which `is_wanted` holds, by day, one line for all providers of a contract that share it.
fn lines(results: &Results, is_wanted: impl Fn(&CalendarDate) -> bool) -> Vec<DatedLine> {
    let mut lines: BTreeMap<(NaiveDate, &str, &str), (DateKind, Vec<String>)> = BTreeMap::new();
    for review in &results.reviews {
        for own in review.calendar.iter().filter(|own| own.done.is_none() && is_wanted(own)) {
            let (_, providers) = lines
                .entry((own.date, &review.contract, &own.what))
                .or_insert_with(|| (own.kind, Vec::new()));
            if !providers.contains(&review.provider) {
                providers.push(review.provider.clone());
            }
        }
    }
    lines
        .into_iter()
        .map(|((date, contract, what), (kind, providers))| DatedLine {
            date,
            contract: contract.to_string(),
            what: what.to_string(),
            is_return: kind == DateKind::ReturnDue,
            providers,
        })
        .collect()
}

fn overdue(results: &Results) -> Vec<DatedLine> {
    let mut overdue = lines(results, |own| own.date < results.as_of && own.kind.can_be_overdue());
    overdue.reverse();
    overdue
}

fn last_day_of_week(results: &Results) -> NaiveDate {
    results.as_of.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(NaiveDate::MAX)
}

fn due(results: &Results) -> Vec<DatedLine> {
    let last = last_day_of_week(results);
    lines(results, |own| (results.as_of..=last).contains(&own.date))
}

fn then(results: &Results) -> Option<NaiveDate> {
    let last = last_day_of_week(results);
    let dates = results.reviews.iter().flat_map(|review| &review.calendar);
    dates.filter(|own| own.done.is_none() && own.date > last).map(|own| own.date).min()
}

/// Conditions met in the newest period of which anything is rated, or since, that the register does not have as settled.
fn to_decide(results: &Results) -> Vec<ToDecide> {
    let mut to_decide = Vec::new();
    for review in &results.reviews {
        let newest = review.packs.iter().rfind(|pack| !pack.kpis.is_empty()).or(review.packs.last());
        let Some(newest) = newest.map(|pack| pack.period) else { continue };
        for own in review.escalations.iter().filter(|own| newest.from <= own.period.to) {
            if own.status == EscalationStatus::Triggered && !own.settled {
                to_decide.push(ToDecide {
                    contract: review.contract.clone(),
                    provider: review.provider.clone(),
                    what: own.title.clone(),
                    clause: own.clause.clone(),
                    period: own.period.label(),
                    by: own.by,
                });
            }
        }
    }
    to_decide
        .sort_by_cached_key(|own| (own.by.is_none(), own.by, own.contract.clone(), own.provider.clone()));
    to_decide
}

/// The packs of each contract's newest period that is over, with every return in and not issued yet.
fn to_issue(results: &Results) -> Vec<ToIssue> {
    let mut packs: BTreeMap<(&str, NaiveDate, String), usize> = BTreeMap::new();
    for review in &results.reviews {
        let over = review.packs.iter().rfind(|pack| pack.period.to < results.as_of && !pack.kpis.is_empty());
        if let Some(pack) = over.filter(|pack| pack.issued.is_none() && is_complete(review, pack)) {
            *packs.entry((&review.contract, pack.period.from, pack.period.label())).or_default() += 1;
        }
    }
    // The newest of each contract: it stands behind the others.
    let mut newest: BTreeMap<&str, ToIssue> = BTreeMap::new();
    for ((contract, _, period), packs) in packs {
        newest.insert(contract, ToIssue { contract: contract.to_string(), period, packs });
    }
    newest.into_values().collect()
}

fn is_complete(review: &ProviderReview, pack: &Pack) -> bool {
    let waits = |status| matches!(status, SubmissionStatus::Missing | SubmissionStatus::NotYetDue);
    !review.submissions.iter().any(|own| pack.period.covers(&own.period) && waits(own.status))
}
