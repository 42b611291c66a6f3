//! The register's rows as the records of each provider and contract. What cannot be told stops the run with its cell.

use std::collections::BTreeMap;

use anyhow::Result;
use chrono::NaiveDate;

use super::dated_actions;
use super::lookups::{fault, form, kpi_reference, period, unknown_contract, unknown_kpi};
use super::recipients;
use super::record_checks::{self, Checked};
use super::reviewed::{goes_by_plan, planned};
use crate::assess::records::{Alert, Disposed, Extension, Meeting, Notification, Records, Relief, Standing};
use crate::contract::Contract;
use crate::contract::meant::Condition;
use crate::domain::finding_kinds;
use crate::domain::period::long_date;
use crate::domain::text::{fold, nearest};
use crate::review::ActionRow;
use crate::review::action_log::RecordedAction;
use crate::rules::facts::NoticeFact;
use crate::workspace::register::choices::{Choice, NoticeKind, ProviderStatus};
use crate::workspace::register::{
    Action, Meeting as MeetingRow, Provider, Register, RegisterError, RegisterFault, RegisterNote,
};

/// What the register records, held against the definitions.
pub struct Officer {
    /// The records by contract id and provider's name.
    pub records: BTreeMap<(String, String), Records>,
    /// What is odd about them and stops nothing.
    pub notes: Vec<RegisterNote>,
}

/// What becomes of rows that do not fit the definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfits {
    /// They stop the run.
    Stop,
    /// They are noted and left aside: the register was kept under another definition.
    Note,
}

/// What the register records.
///
/// # Errors
/// Where they are to stop the run:
/// Every cell that names a contract, form, period, KPI or finding that is not known, or stands outside the contract's dates.
pub fn records(
    register: &Register,
    contracts: &BTreeMap<String, Contract>,
    as_of: NaiveDate,
    misfits: Misfits,
) -> Result<Officer> {
    let Checked { mut faults, mut notes } = record_checks::check(register, contracts);
    notes.extend(recipients::notes(register));
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
    match misfits {
        Misfits::Stop if !faults.is_empty() => return Err(RegisterError { faults }.into()),
        Misfits::Stop => {}
        Misfits::Note => notes.extend(faults.into_iter().map(|fault| RegisterNote {
            place: fault.place,
            message: fault.message,
            help: fault.help,
        })),
    }
    Ok(Officer { records: all, notes })
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
        end: provider.end.as_ref().map(|end| end.value).or(contract.end),
        boroughs: boroughs(register, provider),
        reviews: planned(register, contract, provider),
        break_on: provider.break_date,
        recipients: recipients::recipients(register, provider),
        ..Records::of(&provider.name, provider.start.unwrap_or(contract.start))
    };
    for row in register.extensions.iter().filter(|row| own(&row.provider, &row.contract)) {
        let Some(form) = form(contract, &row.form, faults) else { continue };
        if let Some(period) = period(contract, &row.period, Some(form.every), faults) {
            if period.frequency != form.every {
                let message = format!(
                    "“{}” is {}, but {} is {}",
                    *row.period,
                    period.describe(),
                    form.title,
                    form.every.adverb()
                );
                let help =
                    format!("write a period such as {}", contract.period(period.from, form.every).label());
                faults.push(fault(&row.period.place, message, help));
                continue;
            }
            // An extension gives more time, never less; one that does is a fault, and reported as such.
            if form.due.stated(&period).is_some_and(|stated| *row.due < stated) {
                continue;
            }
            let reason = row.reason.clone().unwrap_or_else(|| "no reason recorded".to_string());
            records.extensions.push(Extension { form: form.id.clone(), period, due: *row.due, reason });
        }
    }
    for row in register.disposals.iter().filter(|row| row.on <= as_of) {
        let Some(of) = row.of.as_ref().filter(|of| own(&of.provider, &of.contract)) else { continue };
        let Some(form) = form(contract, &of.form, faults) else { continue };
        if let Some(period) = period(contract, &of.period, Some(form.every), faults) {
            records.disposed.push(Disposed {
                form: form.id.clone(),
                period,
                area: of.area.clone(),
                on: row.on,
            });
        }
    }
    for row in register.reliefs.iter().filter(|row| own(&row.provider, &row.contract)) {
        let reference = kpi_reference(&row.kpi);
        let Some(kpi) = contract.kpis.iter().find(|kpi| fold(&kpi.reference) == reference) else {
            faults.push(unknown_kpi(contract, &row.kpi));
            continue;
        };
        if let Some(period) = period(contract, &row.period, Some(contract.rated_every()), faults)
            && row.agreed_on.is_none_or(|day| day <= as_of)
        {
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
            let note =
                row.note.as_ref().map(|note| format!(": {}", note.trim_end_matches('.'))).unwrap_or_default();
            NoticeFact {
                kind: row.kind.word().to_string(),
                date: *row.date,
                kpi: row.kpi.as_ref().map(|kpi| reference_of(contract, kpi)),
                review_date: row.review_date,
                words: format!(
                    "{}{kpi}, {} (register, {}){note}.",
                    row.kind.word(),
                    long_date(*row.date),
                    row.place.cell
                ),
            }
        })
        .collect();
    // As of a day before it was agreed, there was none.
    let agreed = register
        .actions
        .iter()
        .filter(|row| own(&row.provider, &row.contract) && row.agreed_on.is_none_or(|day| day <= as_of));
    records.action_log = agreed.map(|row| recorded_action(row, as_of)).collect();
    records.actions = records.action_log.iter().map(|own| own.row.clone()).collect();
    records.dated_actions = dated_actions::dated(&records.action_log, as_of);
    conduct(register, contract, provider, as_of, &mut records);
    records
}

/// The boroughs that buy from the provider or from any of its services, each once.
fn boroughs(register: &Register, provider: &Provider) -> Vec<String> {
    let mut boroughs: Vec<String> = Vec::new();
    let rows =
        register.providers.iter().filter(|row| row.name == provider.name && row.is_under(&provider.contract));
    for name in rows.flat_map(|row| &row.boroughs) {
        if !boroughs.iter().any(|own| fold(own) == fold(name)) {
            boroughs.push(name.clone());
        }
    }
    boroughs
}

/// The contract's own spelling of a KPI's reference.
fn reference_of(contract: &Contract, written: &str) -> String {
    let reference = kpi_reference(written);
    let own = contract.kpis.iter().find(|kpi| fold(&kpi.reference) == reference);
    own.map_or(reference, |kpi| kpi.reference.clone())
}

/// Suspensions by notice, where the contract has no consequence of its own that tells of them, and the provider's row does not.
fn suspensions(contract: &Contract, records: &Records) -> Vec<Standing> {
    let told = contract
        .escalations
        .iter()
        .flat_map(|escalation| &escalation.any)
        .any(|condition| matches!(condition, Condition::BetweenNotices(_)));
    if told || records.standings.iter().any(|standing| standing.service.is_none()) {
        return Vec::new();
    }
    let mut found: Vec<Standing> = Vec::new();
    for notice in &records.notices {
        let open = found.last_mut().filter(|standing| standing.until.is_none());
        if notice.kind == NoticeKind::ReferralsSuspended.word() && open.is_none() {
            found.push(Standing {
                service: None,
                word: ProviderStatus::Suspended.word().to_string(),
                since: Some(notice.date),
                until: None,
            });
        } else if notice.kind == NoticeKind::ReferralsResumed.word()
            && let Some(open) = open
        {
            open.until = Some(notice.date);
        }
    }
    found
}

/// Standings, events, meetings, alerts and scores, as far as the contract has to do with them.
fn conduct(
    register: &Register,
    contract: &Contract,
    provider: &Provider,
    as_of: NaiveDate,
    records: &mut Records,
) {
    let rows =
        register.providers.iter().filter(|row| row.name == provider.name && row.is_under(&contract.id));
    records.standings = rows
        .filter(|row| row.status != ProviderStatus::Active && row.status_since.is_none_or(|day| day <= as_of))
        .map(|row| Standing {
            service: row.service.clone(),
            word: row.status.word().to_string(),
            since: row.status_since,
            until: None,
        })
        .collect();
    records.standings.extend(suspensions(contract, records));
    if !contract.notifications.is_empty() {
        records.notifications = register
            .notifications
            .iter()
            .filter(|row| *row.provider == provider.name)
            .map(|row| Notification {
                kind: row.kind.word().to_string(),
                service: row.service.clone(),
                event: *row.event,
                notified: row.notified.as_ref().map(|day| day.value),
                note: row.note.clone(),
                cell: row.place.cell,
            })
            .collect();
        records.notifications.sort_by_key(|own| own.event);
    }
    let concerns = |row: &MeetingRow| {
        row.provider.as_ref().is_none_or(|name| **name == provider.name) && *row.contract == contract.id
    };
    records.meetings = register
        .meetings
        .iter()
        .filter(|row| concerns(row))
        .map(|row| Meeting {
            date: row.date,
            kind: row.kind.clone(),
            // An absence from a meeting with all of them is nobody's in particular.
            attended: row.attended.filter(|came| row.date <= as_of && (*came || row.provider.is_some())),
            minutes_sent: row.minutes_sent.filter(|day| *day <= as_of),
            cell: row.place.cell,
        })
        .collect();
    records.meetings.sort_by_key(|own| own.date);
    if contract.report.is_some() {
        records.alerts = register
            .alerts
            .iter()
            .filter(|row| *row.provider == provider.name && *row.raised <= as_of)
            .map(|row| Alert {
                service: row.service.clone(),
                raised: *row.raised,
                reason: row.reason.clone().unwrap_or_default(),
                provider_told: row.told,
                review: row.review_date.as_ref().map(|day| day.value),
                closed: row.closed.filter(|day| *day <= as_of),
            })
            .collect();
        records.alerts.sort_by_key(|own| own.raised);
    }
    if goes_by_plan(contract) {
        for (column, score) in records.reviews.iter().flat_map(|review| &review.scores) {
            let own = records.scores.entry(column.clone()).or_default();
            // Reviews stand in order: the newest score recorded.
            *own = score.or(*own);
        }
    } else if let Some(row) = register.priorities.iter().find(|row| *row.provider == provider.name) {
        records.scores = row.scores().map(|(column, score)| (column.to_string(), score)).into();
    }
}

/// An action of the register, as it stood on `as_of` where the register says so.
fn recorded_action(row: &Action, as_of: NaiveDate) -> RecordedAction {
    let status = match row.closed_on {
        // What it says now came after.
        Some(day) if day > as_of => String::new(),
        _ => row.status.clone(),
    };
    RecordedAction {
        row: action(row),
        owner: row.owner.clone(),
        due: dated_actions::last_day(&row.timescale),
        status,
        agreed_on: row.agreed_on,
        closed_on: row.closed_on.filter(|day| *day <= as_of),
    }
}

/// An action of the register.
pub(super) fn action(row: &Action) -> ActionRow {
    ActionRow {
        kpi: row.kpi.as_ref().map(|kpi| kpi.value.clone()).unwrap_or_default(),
        current: row.current.clone(),
        issue: row.issue.clone(),
        action: row.action.clone(),
        outcomes: row.outcomes.clone(),
        timescale: row.timescale.clone(),
    }
}
