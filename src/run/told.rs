//! What a run says of a provider when it is done, in sentences: enough for the screen, small enough to be kept for thousands.

use serde::{Deserialize, Serialize};

use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::finding::{Finding, Severity};
use crate::domain::period::long_date;
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus, Version};
use crate::review::{Pack, ProviderReview, RatedFigure};

/// What is said of a provider under a contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewTold {
    /// The contract's id.
    pub contract: String,
    /// The contract's title.
    pub contract_title: String,
    /// The provider's name.
    pub provider: String,
    /// Whether there is nothing at all to say: no pack, nothing came in, and nothing was due.
    pub is_quiet: bool,
    /// The newest period of which anything is rated, in words, with the headline of its pack.
    pub newest: Option<(String, String)>,
    /// KPIs that are red in it, a line each.
    pub red: Vec<String>,
    /// Returns late, missing and of a date not proven, a line each, the newest first.
    pub late: Vec<String>,
    /// See `late`.
    pub missing: Vec<String>,
    /// See `late`.
    pub unproven: Vec<String>,
    /// Errors in returns that are not accepted, those of the newest return first.
    pub wrong: Vec<Wrong>,
    /// Conditions of the contract met in the newest period, a line each.
    pub met: Vec<String>,
    /// How many versions of returns came in.
    pub versions: usize,
    /// What came of each of them.
    pub became: Vec<VersionTold>,
}

/// An error in a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// File, sheet and cell, as far as there are.
    pub place: String,
    /// What is wrong, in full.
    pub message: String,
    /// The finding's code.
    pub code: String,
}

/// What came of one version of a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionTold {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
    /// The form's id.
    pub form: String,
    /// The period's label.
    pub period: String,
    /// The area, where the return is for one.
    pub area: Option<String>,
    /// Whether the return came in time.
    pub status: SubmissionStatus,
    /// Findings to put to the provider: errors and warnings that are not accepted.
    pub findings: usize,
}

impl ReviewTold {
    /// What is said of `review`.
    pub fn of(review: &ProviderReview) -> Self {
        let newest = newest_pack(review);
        let submitted = |status| -> Vec<String> {
            let own = review.submissions.iter().rev();
            own.filter(|own| own.status == status && !own.is_disposed_of()).map(submission_line).collect()
        };
        Self {
            contract: review.contract.clone(),
            contract_title: review.contract_title.clone(),
            provider: review.provider.clone(),
            is_quiet: review.packs.is_empty() && is_quiet(review),
            newest: newest.map(|pack| (pack.period.describe(), pack.headline.clone())),
            red: red(review).map(|figure| red_line(figure, newest)).collect(),
            late: submitted(SubmissionStatus::Late),
            missing: submitted(SubmissionStatus::Missing),
            unproven: submitted(SubmissionStatus::Unproven),
            wrong: wrong(review).map(Wrong::of).collect(),
            met: met(review).map(met_line).collect(),
            versions: review.submissions.iter().map(|own| own.versions.len()).sum(),
            became: review
                .submissions
                .iter()
                .flat_map(|own| own.versions.iter().map(move |version| VersionTold::of(own, version)))
                .collect(),
        }
    }

    /// Whether a return is late, missing, of an unproven date, or wrong.
    pub fn needs_attention(&self) -> bool {
        let kept = [&self.late, &self.missing, &self.unproven];
        kept.iter().any(|lines| !lines.is_empty()) || !self.wrong.is_empty()
    }
}

impl Wrong {
    fn of(finding: &Finding) -> Self {
        let sheet = finding.sheet.as_ref().map(|sheet| format!(", {sheet}")).unwrap_or_default();
        let cell = finding.cell.map(|cell| format!("!{cell}")).unwrap_or_default();
        Self {
            place: format!("{}{sheet}{cell}", finding.file),
            message: finding.message.clone(),
            code: finding.kind.code.to_string(),
        }
    }
}

impl VersionTold {
    fn of(submission: &Submission, version: &Version) -> Self {
        let is_rated =
            submission.rated_version.and_then(|index| submission.versions.get(index)) == Some(version);
        // Those of the cross-checks stand with the return.
        let findings = if is_rated { &submission.findings } else { &version.findings };
        let asked =
            findings.iter().filter(|own| own.kind.severity != Severity::Info && own.accepted.is_none());
        Self {
            file: version.file.to_string(),
            sha256: version.sha256.clone(),
            form: submission.form.clone(),
            period: submission.period.label(),
            area: submission.area.clone(),
            status: submission.status,
            findings: asked.count(),
        }
    }
}

/// The newest period of which anything is rated. A pack of the current period may hold no more than an event so far.
fn newest_pack(review: &ProviderReview) -> Option<&Pack> {
    review.packs.iter().rfind(|pack| !pack.kpis.is_empty()).or(review.packs.last())
}

fn red(review: &ProviderReview) -> impl Iterator<Item = &RatedFigure> {
    let newest = newest_pack(review).map(|pack| pack.period);
    review.ratings.iter().filter(move |figure| {
        figure.rating == Rating::Red
            && figure.area.is_none()
            && newest.is_some_and(|period| period.contains(figure.period.to))
    })
}

fn red_line(figure: &RatedFigure, newest: Option<&Pack>) -> String {
    let aim = figure.against().map(|aim| format!(" against {aim}")).unwrap_or_default();
    let is_month = newest.is_some_and(|pack| figure.period.frequency < pack.period.frequency);
    let when = if is_month { format!(", {}", figure.period.describe()) } else { String::new() };
    format!("KPI {} {}{when}: {}{aim}", figure.kpi, figure.title, figure.shown())
}

fn wrong(review: &ProviderReview) -> impl Iterator<Item = &Finding> {
    let kept = review.submissions.iter().rev().filter(|submission| !submission.is_disposed_of());
    let findings = kept.flat_map(|submission| &submission.findings);
    findings.filter(|finding| finding.kind.severity == Severity::Error && finding.accepted.is_none())
}

fn met(review: &ProviderReview) -> impl Iterator<Item = &Escalation> {
    let newest = newest_pack(review).map(|pack| pack.period);
    review.escalations.iter().filter(move |escalation| {
        escalation.status == EscalationStatus::Triggered
            && newest.is_some_and(|period| period.from <= escalation.period.to)
    })
}

fn met_line(escalation: &Escalation) -> String {
    let by = escalation.by.map(|day| format!(", by {}", long_date(day))).unwrap_or_default();
    format!("{} (clause {}), {}{by}", escalation.title, escalation.clause, escalation.period.describe())
}

/// Whether nothing came in, nothing was due, and no condition is met.
fn is_quiet(review: &ProviderReview) -> bool {
    review.submissions.iter().all(|own| own.status == SubmissionStatus::NotYetDue)
        && met(review).next().is_none()
}

fn submission_line(submission: &Submission) -> String {
    let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    format!(
        "{}{area}, {}: due {}{}",
        submission.form_title,
        submission.period.describe(),
        long_date(submission.due),
        submission.received.map(|day| format!(", received {}", long_date(day))).unwrap_or_default()
    )
}
