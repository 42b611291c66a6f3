//! The register's rows as the records of each provider and contract. What cannot be told stops the run with its cell.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;

use super::record_checks::{self, unknown_contract, unknown_kpi};
use crate::assess::records::{Extension, Records, Relief};
use crate::calendar::notations::{PeriodReading, parse_period};
use crate::contract::Contract;
use crate::contract::meant::Form;
use crate::domain::finding_kinds;
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::place::CellRef;
use crate::domain::text::{fold, nearest};
use crate::review::ActionRow;
use crate::rules::facts::NoticeFact;
use crate::workspace::register::choices::{Choice, ProviderStatus};
use crate::workspace::register::{Placed, Provider, Register, RegisterError, RegisterFault};

/// The records by contract id and provider's name.
///
/// # Errors
/// Every cell that names a contract, form, period, KPI or finding that is not known, or stands outside the contract's dates.
pub fn records(
    register: &Register,
    contracts: &BTreeMap<String, Contract>,
    as_of: NaiveDate,
) -> Result<BTreeMap<(String, String), Records>> {
    let mut faults = record_checks::check(register, contracts).faults;
    let mut all = BTreeMap::new();
    for provider in register.providers.iter().filter(|provider| provider.service.is_none()) {
        let Some(contract) = contracts.get(provider.contract.as_str()) else {
            faults.push(unknown_contract(&provider.contract, contracts));
            continue;
        };
        let records = of_provider(register, contract, provider, as_of, &mut faults);
        all.insert((contract.id.clone(), provider.name.clone()), records);
    }
    for row in &register.accepted {
        if finding_kinds::find(&row.finding).is_none() {
            let near = nearest(&row.finding, finding_kinds::ALL.iter().map(|kind| kind.code));
            faults.push(fault(
                &row.finding.place,
                format!("there is no finding “{}”", row.finding),
                match near {
                    Some(near) => format!("did you mean “{near}”? `quarterday explain` lists them"),
                    None => "`quarterday explain` lists the codes".to_string(),
                },
            ));
        }
    }
    faults.sort();
    faults.dedup();
    if faults.is_empty() { Ok(all) } else { Err(RegisterError { faults }.into()) }
}

pub(super) fn fault(place: &CellRef, message: String, help: String) -> RegisterFault {
    RegisterFault { place: place.clone(), message, help }
}

fn of_provider(
    register: &Register,
    contract: &Contract,
    provider: &Provider,
    as_of: NaiveDate,
    faults: &mut Vec<RegisterFault>,
) -> Records {
    let own = |name: &str, id: &str| name == provider.name && id == contract.id;
    let mut records = Records {
        provider: provider.name.clone(),
        start: provider.start.unwrap_or(contract.start),
        end: provider.end.as_ref().map(|end| end.value).or(contract.end),
        extensions: Vec::new(),
        notices: Vec::new(),
        reliefs: Vec::new(),
        actions: Vec::new(),
        status: status(provider),
    };
    for row in register.extensions.iter().filter(|row| own(&row.provider, &row.contract)) {
        let Some(form) = form(contract, &row.form, faults) else { continue };
        if let Some(period) = period(contract, &row.period, Some(form.every), faults) {
            let reason = row.reason.clone().unwrap_or_else(|| "no reason recorded".to_string());
            records.extensions.push(Extension { form: form.id.clone(), period, due: *row.due, reason });
        }
    }
    for row in register.reliefs.iter().filter(|row| own(&row.provider, &row.contract)) {
        let reference = kpi_reference(&row.kpi);
        let Some(kpi) = contract.kpis.iter().find(|kpi| fold(&kpi.reference) == reference) else {
            faults.push(unknown_kpi(contract, &row.kpi));
            continue;
        };
        if let Some(period) = period(contract, &row.period, Some(contract.review_every), faults) {
            let agreed =
                row.agreed_on.map(|day| format!("agreed on {}: ", long_date(day))).unwrap_or_default();
            let reason = format!("Relief {agreed}{}", row.reason);
            records.reliefs.push(Relief { kpi: kpi.reference.clone(), period, reason });
        }
    }
    let mut notices: Vec<_> = register
        .notices
        .iter()
        .filter(|row| own(&row.provider, &row.contract) && *row.date <= as_of)
        .collect();
    notices.sort_by_key(|row| *row.date);
    records.notices = notices
        .into_iter()
        .map(|row| {
            let kpi = row.kpi.as_ref().map(|kpi| format!(", KPI {kpi}")).unwrap_or_default();
            let note = row.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
            NoticeFact {
                kind: row.kind.word().to_string(),
                date: *row.date,
                words: format!(
                    "{}{kpi}, {} (register, {}){note}",
                    row.kind.word(),
                    long_date(*row.date),
                    row.place.cell
                ),
            }
        })
        .collect();
    records.actions = register
        .actions
        .iter()
        .filter(|row| own(&row.provider, &row.contract))
        .map(|row| ActionRow {
            kpi: row.kpi.as_ref().map(|kpi| kpi.value.clone()).unwrap_or_default(),
            current: row.current.clone(),
            issue: row.issue.clone(),
            action: row.action.clone(),
            outcomes: row.outcomes.clone(),
            timescale: row.timescale.clone(),
        })
        .collect();
    records
}

fn status(provider: &Provider) -> Option<String> {
    let since = provider.status_since.map(|day| format!(" since {}", long_date(day))).unwrap_or_default();
    match provider.status {
        ProviderStatus::Active => None,
        ProviderStatus::Suspended => {
            Some(format!("{} is suspended{since}: no new referrals.", provider.name))
        }
        ProviderStatus::Barred => Some(format!("{} is barred{since}.", provider.name)),
    }
}

pub(super) fn form<'c>(
    contract: &'c Contract,
    name: &Placed<String>,
    faults: &mut Vec<RegisterFault>,
) -> Option<&'c Form> {
    let wanted = fold(name);
    let found = contract.forms.iter().find(|form| fold(&form.id) == wanted || fold(&form.title) == wanted);
    if found.is_none() {
        let known: Vec<&str> = contract.forms.iter().map(|form| form.id.as_str()).collect();
        let help = format!("forms of {}: {}", contract.id, known.join(", "));
        faults.push(fault(&name.place, format!("there is no form “{name}”"), help));
    }
    found
}

pub(super) fn period(
    contract: &Contract,
    text: &Placed<String>,
    expected: Option<Frequency>,
    faults: &mut Vec<RegisterFault>,
) -> Option<Period> {
    let example = contract.period(contract.start, expected.unwrap_or(contract.review_every)).label();
    let why = match parse_period(text, contract.year_starts, expected) {
        PeriodReading::Found(period) if expected.is_none_or(|every| period.frequency >= every) => {
            return Some(period);
        }
        PeriodReading::Found(period) => format!("“{text}” is {}, which is too short", period.describe()),
        PeriodReading::Incomplete { why, .. }
        | PeriodReading::Contradictory { why }
        | PeriodReading::Ambiguous { why, .. } => format!("“{text}”: {why}"),
        PeriodReading::None => format!("“{text}” is no period"),
    };
    faults.push(fault(&text.place, why, format!("write a period such as {example}")));
    None
}

/// `7`, `KPI 7` → `7`.
pub(super) fn kpi_reference(text: &str) -> String {
    let folded = fold(text);
    folded.strip_prefix("kpi").unwrap_or(&folded).trim().to_string()
}
