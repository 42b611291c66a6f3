//! What would differ under a changed definition, for other programs: `quarterday try --json`.
//!
//! The shape is `quarterday.try/1`; a change of shape changes that name. “before” is the definition in force, “after” the changed
//! one. Dates are ISO and inclusive; figures and targets stand as people read them.
//!
//! ```text
//! format, as_of, contract, contract_title, definition      what was tried: id, title, file name
//! differs                                                  whether any result would
//! summary      [sentence]                                  the first is the headline
//! counts       { ratings, ratings_differ, figures_differ, overall, overall_differ, submissions, submissions_differ,
//!                submission_kpis_differ, newly_met, no_longer_met, newly_watched, no_longer_watched, other_day,
//!                not_compared, findings_came, findings_went }
//! terms        [{ heading, within, before: [line], after: [line] }]   where the definitions differ, in plain English
//! providers    [{ contract, provider,
//!     ratings         [{ kpi, title, area, period, before, after }]   sides { rating, value, target, clause }
//!     overall         [{ period, clause, before, after }]             sides are ratings
//!     submissions     [{ form, area, period, clause, before, after }] sides { due, status }
//!     submission_kpis [{ id, from, to, clause, before, after }]       sides { rating, met, due, target }
//!     escalations     [{ id, title, clause, period, turn, before, after }]   sides { status, by } or null;
//!                     turn: would-be-met, no-longer-met, would-be-watched, no-longer-watched, other-day
//!     not_compared    [{ what, under: before or after, number, why }]
//!     findings        [{ code, severity, came, went }] }]
//! register     [sentence]                                  what does not fit the changed definition, left aside
//! files        [{ file, under: before or after, reason }]             a return under that definition alone
//! ```

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::escalation::EscalationStatus;
use crate::domain::finding::Severity;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::review::replay::{
    ChangedEscalation, ChangedSubmissionKpi, EscalationSide, RatingSide, Replay, ReplayedProvider,
    SubmissionKpiSide, SubmissionSide,
};

/// The name of the shape.
pub const FORMAT: &str = "quarterday.try/1";

/// The comparison as pretty-printed JSON with a line break at the end.
///
/// # Errors
/// When the values cannot be written as JSON, which no value of these types brings about.
pub fn replay_json(replay: &Replay) -> anyhow::Result<Vec<u8>> {
    let counts = &replay.counts;
    let file = File {
        format: FORMAT,
        as_of: replay.as_of,
        contract: &replay.contract,
        contract_title: &replay.contract_title,
        definition: &replay.definition,
        differs: counts.anything() || !replay.files.is_empty(),
        summary: &replay.summary,
        counts: CountsEntry {
            ratings: counts.ratings,
            ratings_differ: counts.ratings_differ,
            figures_differ: counts.figures_differ,
            overall: counts.overall,
            overall_differ: counts.overall_differ,
            submissions: counts.submissions,
            submissions_differ: counts.submissions_differ,
            submission_kpis_differ: counts.submission_kpis_differ,
            newly_met: counts.newly_met,
            no_longer_met: counts.no_longer_met,
            newly_watched: counts.newly_watched,
            no_longer_watched: counts.no_longer_watched,
            other_day: counts.other_day,
            not_compared: counts.not_compared,
            findings_came: counts.findings_came,
            findings_went: counts.findings_went,
        },
        terms: replay
            .terms
            .iter()
            .map(|own| TermsEntry {
                heading: &own.heading,
                within: own.within.as_deref(),
                before: &own.before,
                after: &own.after,
            })
            .collect(),
        providers: replay.providers.iter().map(ProviderEntry::of).collect(),
        register: &replay.register,
        files: replay
            .files
            .iter()
            .map(|own| FileEntry { file: &own.file, under: under(own.came), reason: &own.reason })
            .collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&file)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn under(came: bool) -> &'static str {
    if came { "after" } else { "before" }
}

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    as_of: NaiveDate,
    contract: &'a str,
    contract_title: &'a str,
    definition: &'a str,
    differs: bool,
    summary: &'a [String],
    counts: CountsEntry,
    terms: Vec<TermsEntry<'a>>,
    providers: Vec<ProviderEntry<'a>>,
    register: &'a [String],
    files: Vec<FileEntry<'a>>,
}

#[derive(Serialize)]
struct CountsEntry {
    ratings: usize,
    ratings_differ: usize,
    figures_differ: usize,
    overall: usize,
    overall_differ: usize,
    submissions: usize,
    submissions_differ: usize,
    submission_kpis_differ: usize,
    newly_met: usize,
    no_longer_met: usize,
    newly_watched: usize,
    no_longer_watched: usize,
    other_day: usize,
    not_compared: usize,
    findings_came: usize,
    findings_went: usize,
}

#[derive(Serialize)]
struct TermsEntry<'a> {
    heading: &'a str,
    within: Option<&'a str>,
    before: &'a [String],
    after: &'a [String],
}

#[derive(Serialize)]
struct FileEntry<'a> {
    file: &'a str,
    under: &'static str,
    reason: &'a str,
}

#[derive(Serialize)]
struct ProviderEntry<'a> {
    contract: &'a str,
    provider: &'a str,
    ratings: Vec<RatingEntry<'a>>,
    overall: Vec<OverallEntry<'a>>,
    submissions: Vec<SubmissionEntry<'a>>,
    submission_kpis: Vec<SubmissionKpiEntry<'a>>,
    escalations: Vec<EscalationEntry<'a>>,
    not_compared: Vec<NotComparedEntry<'a>>,
    findings: Vec<FindingsEntry>,
}

#[derive(Serialize)]
struct RatingEntry<'a> {
    kpi: &'a str,
    title: &'a str,
    area: Option<&'a str>,
    period: String,
    before: RatingSideEntry<'a>,
    after: RatingSideEntry<'a>,
}

#[derive(Serialize)]
struct RatingSideEntry<'a> {
    rating: Rating,
    value: &'a str,
    target: Option<&'a str>,
    clause: &'a str,
}

#[derive(Serialize)]
struct OverallEntry<'a> {
    period: String,
    clause: &'a str,
    before: Rating,
    after: Rating,
}

#[derive(Serialize)]
struct SubmissionEntry<'a> {
    form: &'a str,
    area: Option<&'a str>,
    period: String,
    clause: &'a str,
    before: SubmissionSideEntry,
    after: SubmissionSideEntry,
}

#[derive(Serialize)]
struct SubmissionSideEntry {
    due: NaiveDate,
    status: SubmissionStatus,
}

#[derive(Serialize)]
struct SubmissionKpiEntry<'a> {
    id: &'a str,
    from: NaiveDate,
    to: NaiveDate,
    clause: &'a str,
    before: SubmissionKpiSideEntry<'a>,
    after: SubmissionKpiSideEntry<'a>,
}

#[derive(Serialize)]
struct SubmissionKpiSideEntry<'a> {
    rating: Rating,
    met: u32,
    due: u32,
    target: Option<&'a str>,
}

#[derive(Serialize)]
struct EscalationEntry<'a> {
    id: &'a str,
    title: &'a str,
    clause: &'a str,
    period: String,
    turn: &'static str,
    before: Option<EscalationSideEntry>,
    after: Option<EscalationSideEntry>,
}

#[derive(Serialize)]
struct EscalationSideEntry {
    status: EscalationStatus,
    by: Option<NaiveDate>,
}

#[derive(Serialize)]
struct NotComparedEntry<'a> {
    what: &'a str,
    under: &'static str,
    number: usize,
    why: &'a str,
}

#[derive(Serialize)]
struct FindingsEntry {
    code: &'static str,
    severity: Severity,
    came: usize,
    went: usize,
}

impl<'a> ProviderEntry<'a> {
    fn of(own: &'a ReplayedProvider) -> Self {
        Self {
            contract: &own.contract,
            provider: &own.provider,
            ratings: own
                .ratings
                .iter()
                .map(|own| RatingEntry {
                    kpi: &own.kpi,
                    title: &own.title,
                    area: own.area.as_deref(),
                    period: own.period.label(),
                    before: rating_side(&own.before),
                    after: rating_side(&own.after),
                })
                .collect(),
            overall: own
                .overall
                .iter()
                .map(|own| OverallEntry {
                    period: own.period.label(),
                    clause: &own.clause,
                    before: own.before,
                    after: own.after,
                })
                .collect(),
            submissions: own
                .submissions
                .iter()
                .map(|own| SubmissionEntry {
                    form: &own.form,
                    area: own.area.as_deref(),
                    period: own.period.label(),
                    clause: &own.clause,
                    before: submission_side(own.before),
                    after: submission_side(own.after),
                })
                .collect(),
            submission_kpis: own.submission_kpis.iter().map(submission_kpi).collect(),
            escalations: own.escalations.iter().map(escalation).collect(),
            not_compared: own
                .not_compared
                .iter()
                .map(|own| NotComparedEntry {
                    what: &own.what,
                    under: under(own.came),
                    number: own.number,
                    why: &own.why,
                })
                .collect(),
            findings: own
                .findings
                .iter()
                .map(|own| FindingsEntry {
                    code: own.code,
                    severity: own.severity,
                    came: own.came,
                    went: own.went,
                })
                .collect(),
        }
    }
}

fn rating_side(own: &RatingSide) -> RatingSideEntry<'_> {
    RatingSideEntry {
        rating: own.rating,
        value: &own.value,
        target: own.target.as_deref(),
        clause: &own.clause,
    }
}

fn submission_side(own: SubmissionSide) -> SubmissionSideEntry {
    SubmissionSideEntry { due: own.due, status: own.status }
}

fn submission_kpi(own: &ChangedSubmissionKpi) -> SubmissionKpiEntry<'_> {
    fn side(own: &SubmissionKpiSide) -> SubmissionKpiSideEntry<'_> {
        SubmissionKpiSideEntry {
            rating: own.rating,
            met: own.met,
            due: own.due,
            target: own.target.as_deref(),
        }
    }
    SubmissionKpiEntry {
        id: &own.id,
        from: own.from,
        to: own.to,
        clause: &own.clause,
        before: side(&own.before),
        after: side(&own.after),
    }
}

fn escalation(own: &ChangedEscalation) -> EscalationEntry<'_> {
    let side = |own: EscalationSide| EscalationSideEntry { status: own.status, by: own.by };
    EscalationEntry {
        id: &own.id,
        title: &own.title,
        clause: &own.clause,
        period: own.period.label(),
        turn: own.turn().id(),
        before: own.before.map(side),
        after: own.after.map(side),
    }
}
