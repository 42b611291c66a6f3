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
use crate::review::DateLine;
use crate::review::outline::{Outline, Portfolio};
use crate::review::report::Section;

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
    /// Each leads to its newest pack, or to its row where it has none; none where all of the contract are meant.
    pub providers: Vec<Anchor>,
    /// How many there are, where that is said before the names.
    pub many: Option<String>,
}

/// The dates of the next thirty days: of returns, meetings, minutes, reviews of plans and alerts, and actions.
pub(super) fn due(portfolio: &Portfolio, contracts: &[Contract]) -> Vec<Due> {
    let last = portfolio.as_of.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(NaiveDate::MAX);
    lines(portfolio, contracts, |review| {
        let all = review.dates.iter().chain(&review.actions);
        all.filter(|line| (portfolio.as_of..=last).contains(&line.date)).cloned().collect()
    })
}

/// What was due before the as-of date and is not done, the longest overdue first: returns missing in the periods shown, open
/// actions, conditions that were to be acted on, alerts to be reviewed and events to be notified.
pub(super) fn overdue(portfolio: &Portfolio, contracts: &[Contract]) -> Vec<Due> {
    lines(portfolio, contracts, |review| {
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
            missing.chain(to_act).chain(review.actions.iter().cloned()).chain(reported(portfolio, review));
        all.filter(|line| line.date < portfolio.as_of).collect()
    })
}

fn line(date: NaiveDate, what: String, clause: &str) -> DateLine {
    DateLine { date, what, clause: clause.to_string(), for_provider: false }
}

/// The alerts and events of a provider that the report of its contract has as not done.
fn reported(portfolio: &Portfolio, review: &Outline) -> Vec<DateLine> {
    let mut lines = Vec::new();
    let of_contract = portfolio.reports.iter().filter(|report| report.contract == review.contract);
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

/// The day, the contract by its place on the page, what happens and the clause.
type Key = (NaiveDate, usize, String, String);

/// The dates by day, one line for all providers of a contract that share a date and its words.
fn lines(portfolio: &Portfolio, contracts: &[Contract], of: impl Fn(&Outline) -> Vec<DateLine>) -> Vec<Due> {
    let mut lines: BTreeMap<Key, (&Contract, Vec<Anchor>)> = BTreeMap::new();
    for (number, contract) in contracts.iter().enumerate() {
        for row in &contract.rows {
            let Some(review) = portfolio.reviews.get(row.review) else { continue };
            for own in of(review) {
                let key = (own.date, number, own.what, own.clause);
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
        .map(|((date, _, what, clause), (contract, mut providers))| {
            let number = many(&contract.called, providers.len());
            let is_all = providers.len() == contract.rows.len();
            let many = if is_all { number.map(|number| format!("All {number}")) } else { number };
            if is_all && many.is_some() {
                // Names that are all there are would say nothing.
                providers.clear();
            }
            Due {
                date: words::day_and_date(date),
                ago: ago((portfolio.as_of - date).num_days()),
                contract: contract.on_page(),
                what,
                clause,
                many,
                providers,
            }
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
