//! The council's report across the providers of one contract: who meets what, whom to see first, what is due.

mod benchmark;
mod compared;
mod compliance;
mod conduct;
mod maturity;
mod ranking;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};

use super::sentences;
use crate::assess::records::{Records, Standing};
use crate::calendar::working_days::WorkingDays;
use crate::contract::Contract;
use crate::contract::meant::{ReportSection, Stated};
use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::period::long_date;
use crate::domain::text::{fold, number_of, one_line};
use crate::review::ProviderReview;
use crate::review::benchmark::Benchmark;
use crate::review::report::{
    AlertRow, Borough, Compliance, ContractReport, Matrix, ReportedProvider, Section,
};

/// What providers without a borough in the register are listed under.
const NO_BOROUGH: &str = "No borough recorded";

/// What the parts of the report share.
struct Across<'a> {
    contract: &'a Contract,
    /// In order of the providers' names.
    entries: Vec<(&'a Records, &'a ProviderReview)>,
    /// Every benchmark of the contract.
    benchmarks: &'a [Benchmark],
    working_days: &'a WorkingDays,
    as_of: NaiveDate,
}

impl Across<'_> {
    /// Whether `day` lies in the twelve months that end with the as-of date.
    fn in_last_year(&self, day: NaiveDate) -> bool {
        day <= self.as_of && day > self.as_of - Months::new(12)
    }

    /// The standings that last.
    fn standings<'r>(&self, records: &'r Records) -> impl Iterator<Item = &'r Standing> {
        let as_of = self.as_of;
        records.standings.iter().filter(move |own| own.until.is_none_or(|day| day > as_of))
    }
}

/// The report on all providers of `contract`, each with the officer's records and its review, and how they compare; `None` where the contract has no
/// report or nobody is under it.
pub fn report(
    contract: &Contract,
    providers: &[(&Records, &ProviderReview)],
    benchmarks: &[Benchmark],
    working_days: &WorkingDays,
    as_of: NaiveDate,
) -> Option<ContractReport> {
    let settings = contract.report.as_ref().filter(|_| !providers.is_empty())?;
    let mut entries = providers.to_vec();
    entries.sort_by(|(a, _), (b, _)| a.provider.cmp(&b.provider));
    let across = Across { contract, entries, benchmarks, working_days, as_of };
    let matrix = compliance::matrix(&across);
    let alerts = conduct::alerts(&across);
    let mut wanted: Vec<ReportSection> = Vec::new();
    for section in &settings.sections {
        // One that is listed twice is shown once: pages and workbooks know a section by its name.
        if !wanted.contains(section) {
            wanted.push(*section);
        }
    }
    let sections = wanted
        .iter()
        .filter_map(|section| match section {
            ReportSection::Compliance => Some(Section::Compliance(matrix.clone())),
            ReportSection::Priorities => ranking::ranking(&across).map(Section::Priorities),
            ReportSection::Benchmark => Some(Section::Benchmark(benchmark::comparisons(&across))),
            ReportSection::Alerts => Some(Section::Alerts(alerts.clone())),
            ReportSection::Notifications => Some(Section::Notifications(conduct::notifications(&across))),
            ReportSection::Boroughs => Some(Section::Boroughs(boroughs(&across, &matrix, &alerts))),
            ReportSection::Profiles => Some(Section::Profiles(maturity::profiles(&across, settings))),
            ReportSection::Themes => Some(Section::Themes(maturity::themes(&across, settings))),
            ReportSection::Movement => Some(Section::Movement(maturity::movement(&across))),
            ReportSection::ForwardPlan => Some(Section::ForwardPlan(maturity::forward_plan(&across))),
        })
        .collect();
    Some(ContractReport {
        contract: contract.id.clone(),
        contract_title: contract.title.clone(),
        councils: contract.councils.clone(),
        called: contract.called.clone(),
        title: settings.title.clone(),
        as_of,
        summary: summary(&across, &matrix, &alerts),
        providers: across
            .entries
            .iter()
            .map(|(records, _)| ReportedProvider {
                name: records.provider.clone(),
                standings: across.standings(records).map(standing).collect(),
            })
            .collect(),
        sections,
        readings: contract.readings.clone(),
    })
}

/// `Suspended since 8 June 2026`, `Ash House: suspended since 11 May 2026`.
fn standing(own: &Standing) -> String {
    match &own.service {
        Some(service) => format!("{}: {}{}", one_line(service), own.word.to_lowercase(), since(own)),
        None => format!("{}{}", own.word, since(own)),
    }
}

fn since(own: &Standing) -> String {
    own.since.map(|day| format!(" since {}", long_date(day))).unwrap_or_default()
}

/// The escalations that are met in the period that ended last, or since: one for each condition, by the newest period.
fn conditions_met(review: &ProviderReview, as_of: NaiveDate) -> Vec<&Escalation> {
    let mut met: Vec<&Escalation> = Vec::new();
    let current =
        |own: &&Escalation| own.status == EscalationStatus::Triggered && own.period.next().to >= as_of;
    for own in review.escalations.iter().filter(current) {
        match met.iter_mut().find(|other| other.id == own.id) {
            Some(other) if other.period <= own.period => *other = own,
            Some(_) => {}
            None => met.push(own),
        }
    }
    met
}

/// The number, or `none`.
fn or_none(number: usize) -> String {
    if number == 0 { "none".to_string() } else { number.to_string() }
}

fn summary(across: &Across<'_>, matrix: &Matrix, alerts: &[AlertRow]) -> Vec<String> {
    let number = |of: fn(Compliance) -> bool| matrix.rows.iter().filter(|row| of(row.worst())).count();
    let all = number(|worst| worst <= Compliance::Met);
    let partly = number(|worst| worst == Compliance::Partly);
    let not = number(|worst| worst == Compliance::NotMet);
    let mut sentences = Vec::new();
    if across.contract.kpis.iter().any(|kpi| matches!(kpi.stated, Stated::Scored(_))) {
        return maturity::summary(across);
    }
    // Where figures are compared they come first: what they say, then who is late.
    if across.contract.report.iter().any(|own| own.sections.contains(&ReportSection::Benchmark)) {
        sentences.extend(compared::summary(&benchmark::comparisons(across)));
    }
    sentences.push(format!(
        "{}: {} {} everything that can be judged, {} {} something late or in question, {} {} something not met.",
        number_of(matrix.rows.len(), &across.contract.called.one, &across.contract.called.many),
        or_none(all),
        if all < 2 { "meets" } else { "meet" },
        or_none(partly),
        if partly < 2 { "has" } else { "have" },
        or_none(not),
        if not < 2 { "has" } else { "have" },
    ));
    let mut standings: Vec<String> = Vec::new();
    for (records, _) in &across.entries {
        for own in across.standings(records) {
            let service = own.service.as_ref().map(|name| format!("{} of ", one_line(name)));
            let word = own.word.to_lowercase();
            standings.push(format!(
                "{}{} ({word}{})",
                service.unwrap_or_default(),
                records.provider,
                since(own)
            ));
        }
    }
    if !standings.is_empty() {
        sentences.push(format!("No new referrals: {}.", sentences::list(&standings)));
    }
    let open = alerts.iter().filter(|alert| alert.closed.is_none()).count();
    let due = alerts.iter().filter(|alert| alert.due).count();
    if open > 0 {
        let due = match due {
            0 => "none is due for review".to_string(),
            1 => "1 is due for review".to_string(),
            due => format!("{due} are due for review"),
        };
        sentences.push(format!("{}: {due}.", number_of(open, "open alert", "open alerts")));
    }
    sentences
}

/// The matrix and the open alerts of the providers each borough buys from.
fn boroughs(across: &Across<'_>, matrix: &Matrix, alerts: &[AlertRow]) -> Vec<Borough> {
    // By the folded name, so that a stray space or capital makes no second borough.
    let mut boroughs: BTreeMap<String, (String, Vec<&str>)> = BTreeMap::new();
    let mut unplaced = Vec::new();
    for (records, _) in &across.entries {
        for name in &records.boroughs {
            let written = one_line(name);
            let (shown, providers) =
                boroughs.entry(fold(name)).or_insert_with(|| (written.clone(), Vec::new()));
            // Of two spellings the one with the capital.
            if written < *shown {
                *shown = written;
            }
            providers.push(&records.provider);
        }
        if records.boroughs.is_empty() {
            unplaced.push(records.provider.as_str());
        }
    }
    let unplaced = (!unplaced.is_empty()).then(|| (NO_BOROUGH.to_string(), unplaced));
    boroughs
        .into_values()
        .chain(unplaced)
        .map(|(name, providers)| Borough {
            name,
            matrix: Matrix {
                columns: matrix.columns.clone(),
                rows: matrix
                    .rows
                    .iter()
                    .filter(|row| providers.contains(&row.provider.as_str()))
                    .cloned()
                    .collect(),
            },
            alerts: alerts
                .iter()
                .filter(|alert| alert.closed.is_none() && providers.contains(&alert.provider.as_str()))
                .cloned()
                .collect(),
        })
        .collect()
}
