//! Alerts about providers, and the events they notified.

use std::cmp::Reverse;

use super::Across;
use crate::assess::records::Records;
use crate::review::report::{AlertRow, Compliance, NotificationRow};

/// Every alert: the open ones first, those due for review before the others; the closed ones below, the newest first.
pub fn alerts(across: &Across<'_>) -> Vec<AlertRow> {
    let mut rows: Vec<AlertRow> = across
        .entries
        .iter()
        .flat_map(|(records, _)| records.alerts.iter().map(move |own| (records, own)))
        .map(|(records, own)| {
            let closed = own.closed.filter(|day| *day <= across.as_of);
            AlertRow {
                provider: records.provider.clone(),
                service: own.service.clone(),
                raised: own.raised,
                reason: own.reason.clone(),
                provider_told: own.provider_told,
                review: own.review,
                closed,
                due: closed.is_none() && own.review.is_none_or(|day| day <= across.as_of),
            }
        })
        .collect();
    rows.sort_by_key(|row| {
        let place = (row.closed.map(Reverse), !row.due, row.review);
        (row.closed.is_some(), place, row.provider.clone(), row.raised)
    });
    rows
}

/// Every event of every provider: what is not met first, then the newest.
pub fn notifications(across: &Across<'_>) -> Vec<NotificationRow> {
    let mut rows: Vec<NotificationRow> =
        across.entries.iter().flat_map(|(records, _)| notifications_of(across, records)).collect();
    rows.sort_by_key(|row| (Reverse(row.compliance), Reverse(row.event), row.provider.clone()));
    rows
}

/// The events of one provider that the contract asks to be notified, in order of date.
pub fn notifications_of(across: &Across<'_>, records: &Records) -> Vec<NotificationRow> {
    records
        .notifications
        .iter()
        .filter_map(|own| {
            let settings = across.contract.notifications.iter().find(|settings| settings.kind == own.kind)?;
            let last_day = settings.notify.last_day(own.event, across.working_days);
            // What was notified after the as-of date was not notified as of it.
            let notified = own.notified.filter(|day| *day <= across.as_of);
            let (compliance, status) = match notified {
                Some(day) if day <= last_day => (Compliance::Met, "In time"),
                Some(_) => (Compliance::Partly, "Late"),
                None if across.as_of > last_day => (Compliance::NotMet, "Not notified"),
                None => (Compliance::Nothing, "Not yet due"),
            };
            Some(NotificationRow {
                provider: records.provider.clone(),
                service: own.service.clone(),
                kind: own.kind.clone(),
                event: own.event,
                last_day,
                notified,
                status: status.to_string(),
                note: own.note.clone().unwrap_or_default(),
                compliance,
                clause: settings.clause.clone(),
            })
        })
        .collect()
}
