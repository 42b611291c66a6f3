//! What falls due in the next thirty days, and what is overdue: by date, one line for all providers that share it.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::row::counted_returns;
use super::{Contract, OnPage, standing};
use crate::domain::called::Called;
use crate::domain::escalation::EscalationStatus;
use crate::domain::period::long_date;
use crate::domain::submission::SubmissionStatus;
use crate::output::pages::links::Anchor;
use crate::output::pages::words;
use crate::output::periods;
use crate::review::report::Section;
use crate::review::{DateLine, ProviderReview, Results};

/// How far ahead dates are listed, in days after the as-of date, inclusive.
const DAYS_AHEAD: u64 = 30;
/// With more providers than this sharing one date, they are counted and listed below it.
const NAMES_SHOWN: usize = 4;

/// A date, with all the providers it concerns.
#[derive(Debug, Serialize)]
pub(super) struct Due {
    pub date: String,
    /// How long ago it was, where it is past.
    pub ago: Option<String>,
    contract: OnPage,
    pub what: String,
    clause: String,
    /// Each leads to its newest pack, or to its row where it has none.
    pub providers: Vec<Anchor>,
    /// How many there are, where that is said before the names.
    pub many: Option<String>,
}

/// The dates of the next thirty days: of returns, meetings, minutes, reviews of plans and alerts, and actions.
pub(super) fn due(results: &Results, contracts: &[Contract]) -> Vec<Due> {
    let last = results.as_of.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(NaiveDate::MAX);
    lines(results, contracts, |review| {
        let all = review.dates.iter().chain(&review.actions);
        all.filter(|line| (results.as_of..=last).contains(&line.date)).cloned().collect()
    })
}

/// What was due before the as-of date and is not done, the longest overdue first: returns missing in the periods shown, open
/// actions, conditions that were to be acted on, alerts to be reviewed and events to be notified.
pub(super) fn overdue(results: &Results, contracts: &[Contract]) -> Vec<Due> {
    lines(results, contracts, |review| {
        let missing = counted_returns(review).filter(|own| own.status == SubmissionStatus::Missing);
        let missing = missing.map(|own| {
            let area = own.area.as_deref().map(|area| format!(", {area}")).unwrap_or_default();
            let what = format!("Missing: {}{area}, {}", own.form_title, periods::in_table(&own.period));
            line(own.due, what, &own.clause)
        });
        let escalations = standing::current(&review.packs).iter().flat_map(|pack| &pack.escalations);
        let met = escalations.filter(|own| own.status == EscalationStatus::Triggered && !own.settled);
        let to_act =
            met.filter_map(|own| Some(line(own.by?, format!("Last day to act: {}", own.title), &own.clause)));
        let all =
            missing.chain(to_act).chain(review.actions.iter().cloned()).chain(reported(results, review));
        all.filter(|line| line.date < results.as_of).collect()
    })
}

fn line(date: NaiveDate, what: String, clause: &str) -> DateLine {
    DateLine { date, what, clause: clause.to_string(), for_provider: false }
}

/// The alerts and events of a provider that the report of its contract has as not done.
fn reported(results: &Results, review: &ProviderReview) -> Vec<DateLine> {
    let mut lines = Vec::new();
    let of_contract = results.reports.iter().filter(|report| report.contract == review.contract);
    for section in of_contract.flat_map(|report| &report.sections) {
        match section {
            Section::Alerts(alerts) => {
                let open =
                    alerts.iter().filter(|own| own.provider == review.provider && own.closed.is_none());
                lines.extend(open.filter_map(|own| {
                    let of = own.service.as_ref().map(|name| format!(" on {name}")).unwrap_or_default();
                    let what = format!("Review of the alert{of} raised on {}", long_date(own.raised));
                    Some(line(own.review?, what, ""))
                }));
            }
            Section::Notifications(events) => {
                let open =
                    events.iter().filter(|own| own.provider == review.provider && own.notified.is_none());
                lines.extend(open.map(|own| {
                    let of = own.service.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
                    let what = format!("Not notified: {}{of}, {}", own.kind, long_date(own.event));
                    line(own.last_day, what, &own.clause)
                }));
            }
            _ => {}
        }
    }
    lines
}

/// The day, the contract, what happens and the clause.
type Key<'a> = (NaiveDate, &'a str, String, String);

/// The dates by day, one line for all providers of a contract that share a date and its words.
fn lines(
    results: &Results,
    contracts: &[Contract],
    of: impl Fn(&ProviderReview) -> Vec<DateLine>,
) -> Vec<Due> {
    let mut lines: BTreeMap<Key<'_>, (&Contract, Vec<Anchor>)> = BTreeMap::new();
    for contract in contracts {
        for row in &contract.rows {
            let Some(review) = results.reviews.get(row.review) else { continue };
            for own in of(review) {
                let key = (own.date, contract.title.as_str(), own.what, own.clause);
                let (_, providers) = lines.entry(key).or_insert_with(|| (contract, Vec::new()));
                let provider = row.leads_to();
                if !providers.contains(&provider) {
                    providers.push(provider);
                }
            }
        }
    }
    lines
        .into_iter()
        .map(|((date, _, what, clause), (contract, providers))| Due {
            date: words::day_and_date(date),
            ago: ago((results.as_of - date).num_days()),
            contract: contract.on_page(),
            what,
            clause,
            many: many(&contract.called, providers.len()),
            providers,
        })
        .collect()
}

/// How many there are, where they are too many to be named at once.
pub(super) fn many(called: &Called, number: usize) -> Option<String> {
    (number > NAMES_SHOWN).then(|| words::count(number, &called.one, &called.many))
}

/// `1 day`, `12 days`; nothing for today and what is to come.
fn ago(days: i64) -> Option<String> {
    match days {
        ..=0 => None,
        1 => Some("1 day".to_string()),
        days => Some(format!("{days} days")),
    }
}
