//! What was due and what came: returns, their versions, findings and changed cells, timeliness and accuracy.

use serde::Serialize;

use crate::domain::finding::{Finding, Severity};
use crate::domain::quantity::{Unit, show};
use crate::domain::submission::{ReceivedBy, Submission, Version};
use crate::output::periods;
use crate::review::SubmissionKpi;

use super::parts::Tag;
use super::sources::sources;
use super::words;

/// Hexadecimal digits of a file's SHA-256 that a page shows; the results file holds all of them.
const HASH_DIGITS: usize = 12;

/// All about the returns of a pack.
#[derive(Debug, Serialize)]
pub struct ReturnSection {
    /// Whether any return is for one area.
    by_area: bool,
    rows: Vec<ReturnRow>,
    versions: Vec<VersionRow>,
    kpis: Vec<KpiRow>,
}

#[derive(Debug, Serialize)]
struct ReturnRow {
    form: String,
    period: String,
    area: Option<String>,
    due: String,
    due_note: Option<String>,
    clause: String,
    received: Option<String>,
    tag: Tag,
    status_note: Option<String>,
    accurate: &'static str,
    versions: String,
}

#[derive(Debug, Serialize)]
struct VersionRow {
    name: String,
    file: String,
    received: String,
    known_by: &'static str,
    usage: &'static str,
    findings: String,
    hash: String,
}

#[derive(Debug, Serialize)]
struct KpiRow {
    title: String,
    window: String,
    met: String,
    value: Option<String>,
    target: String,
    tag: Tag,
    clause: String,
    notes: Vec<String>,
}

/// The queries of one return.
#[derive(Debug, Serialize)]
pub struct QueryTable {
    caption: String,
    /// Whether the officer accepted any.
    any_accepted: bool,
    rows: Vec<QueryRow>,
}

#[derive(Debug, Serialize)]
struct QueryRow {
    tag: Tag,
    code: &'static str,
    file: String,
    sheet: Option<String>,
    cell: Option<String>,
    involved: Vec<String>,
    message: String,
    help: String,
    accepted: Option<String>,
}

/// The cells that changed between two versions of one return.
#[derive(Debug, Serialize)]
pub struct ChangeTable {
    caption: String,
    /// The version that brought the changes.
    file: String,
    rows: Vec<ChangeRow>,
}

#[derive(Debug, Serialize)]
struct ChangeRow {
    sheet: String,
    cell: String,
    before: String,
    after: String,
}

/// The returns of a pack; `None` when nothing was due and nothing is counted.
pub fn return_section(submissions: &[Submission], kpis: &[SubmissionKpi]) -> Option<ReturnSection> {
    if submissions.is_empty() && kpis.is_empty() {
        return None;
    }
    Some(ReturnSection {
        by_area: submissions.iter().any(|submission| submission.area.is_some()),
        rows: submissions.iter().map(return_row).collect(),
        versions: submissions.iter().flat_map(version_rows).collect(),
        kpis: kpis.iter().map(kpi_row).collect(),
    })
}

/// One table of queries for each return that has any.
pub fn query_tables(submissions: &[Submission]) -> Vec<QueryTable> {
    submissions
        .iter()
        .filter(|submission| !submission.findings.is_empty())
        .map(|submission| QueryTable {
            caption: format!(
                "{}: {}",
                name(submission),
                words::count(submission.findings.len(), "query", "queries")
            ),
            any_accepted: submission.findings.iter().any(|finding| finding.accepted.is_some()),
            rows: submission.findings.iter().map(query_row).collect(),
        })
        .collect()
}

/// One table of changed cells for each return that has any.
pub fn change_tables(submissions: &[Submission]) -> Vec<ChangeTable> {
    submissions
        .iter()
        .filter(|submission| !submission.changed.is_empty())
        .map(|submission| ChangeTable {
            caption: format!(
                "{}: {} changed from the version before",
                name(submission),
                words::count(submission.changed.len(), "cell", "cells")
            ),
            file: submission
                .changed
                .first()
                .map(|changed| changed.place.file.to_string())
                .unwrap_or_default(),
            rows: submission
                .changed
                .iter()
                .map(|changed| ChangeRow {
                    sheet: changed.place.sheet.to_string(),
                    cell: changed.place.cell.to_string(),
                    before: changed.before.clone(),
                    after: changed.after.clone(),
                })
                .collect(),
        })
        .collect()
}

/// A return by its form, period and area.
pub(super) fn name(submission: &Submission) -> String {
    let mut name = format!("{}, {}", submission.form_title, periods::in_table(&submission.period));
    if let Some(area) = &submission.area {
        name.push_str(&format!(", {area}"));
    }
    name
}

fn return_row(submission: &Submission) -> ReturnRow {
    ReturnRow {
        form: submission.form_title.clone(),
        period: periods::in_table(&submission.period),
        area: submission.area.clone(),
        due: words::short_date(submission.due),
        due_note: submission.due_note.clone(),
        clause: submission.clause.clone(),
        received: submission.received.map(words::short_date),
        tag: submission.status.into(),
        status_note: submission.status_note.clone(),
        accurate: match submission.accurate {
            Some(true) => "Yes",
            Some(false) => "No",
            None => "–",
        },
        versions: submission.versions.len().to_string(),
    }
}

fn version_rows(submission: &Submission) -> impl Iterator<Item = VersionRow> + '_ {
    submission.versions.iter().enumerate().map(|(index, version)| VersionRow {
        name: name(submission),
        file: version.file.to_string(),
        received: words::short_date(version.received),
        known_by: match version.received_by {
            ReceivedBy::Register => "The register",
            ReceivedBy::Email => "The e-mail it came in",
            ReceivedBy::FirstSeen => "First seen by this program",
        },
        usage: match submission.rated_version {
            Some(rated) if rated == index => "Rated",
            _ if !version.usable => "Could not be used",
            _ => "Replaced",
        },
        findings: tally(version),
        hash: version.sha256.chars().take(HASH_DIGITS).collect(),
    })
}

/// The findings of a version, counted: `1 error, 2 warnings`.
fn tally(version: &Version) -> String {
    let number =
        |severity| version.findings.iter().filter(|finding| finding.kind.severity == severity).count();
    let parts: Vec<String> = [
        (number(Severity::Error), "error", "errors"),
        (number(Severity::Warning), "warning", "warnings"),
        (number(Severity::Info), "note", "notes"),
    ]
    .into_iter()
    .filter(|(number, _, _)| *number > 0)
    .map(|(number, one, many)| words::count(number, one, many))
    .collect();
    if parts.is_empty() { "None".to_string() } else { parts.join(", ") }
}

fn kpi_row(kpi: &SubmissionKpi) -> KpiRow {
    let thresholds: Vec<_> = kpi.target.into_iter().collect();
    let mut notes: Vec<String> = kpi.provisional.iter().cloned().collect();
    notes.extend(kpi.missed.iter().cloned());
    KpiRow {
        title: kpi.title.clone(),
        window: format!("{} to {}", words::short_date(kpi.from), words::short_date(kpi.to)),
        met: format!("{} of {}", kpi.met, kpi.due),
        value: kpi.value.map(|value| show(value, Unit::Percent, &thresholds)),
        target: kpi.target.map_or_else(|| "No target".to_string(), |target| show(target, Unit::Percent, &[])),
        tag: kpi.rating.into(),
        clause: kpi.clause.clone(),
        notes,
    }
}

fn query_row(finding: &Finding) -> QueryRow {
    QueryRow {
        tag: finding.kind.severity.into(),
        code: finding.kind.code,
        file: finding.file.to_string(),
        sheet: finding.sheet.as_ref().map(ToString::to_string),
        cell: finding.cell.map(|cell| cell.to_string()),
        involved: sources(&finding.involved),
        message: finding.message.clone(),
        help: finding.help.clone(),
        accepted: finding.accepted.clone(),
    }
}
