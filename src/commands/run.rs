//! `quarterday run`: reads a workspace, writes `out`, says what matters.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{ExitStatus, clock, drafts_made, screen};
use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::finding::{Finding, Severity};
use crate::domain::period::long_date;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::domain::text::number_of;
use crate::readers::Readers;
use crate::review::{Pack, ProviderReview, RatedFigure, Results};
use crate::run::{Outcome, Progress, Request, run_with};

/// Runs over a workspace.
///
/// # Errors
/// See [`crate::run::run`].
pub fn run(dir: &Path, as_of: Option<NaiveDate>, json: bool) -> Result<ExitStatus> {
    let today = clock::today();
    let request = Request { as_of: as_of.unwrap_or(today), today };
    let bar = Bar::new();
    let show = |progress: Progress<'_>| {
        if !screen::is_quiet() {
            bar.show(progress);
        }
    };
    let outcome = run_with(dir, request, &Readers::of_this_program(), &show)?;
    bar.clear();
    if json {
        screen::bytes(&outcome.results_json);
        for blocked in &outcome.summary.blocked {
            screen::note(&format!("not written: {}: {}", blocked.0, blocked.1));
        }
        outcome.template_notes.iter().for_each(|note| screen::note(note));
        for (file, why) in &outcome.made_anew {
            screen::note(&format!("coloured copy made anew: {file}: {why}"));
        }
    } else {
        report(dir, &outcome);
    }
    Ok(status(&outcome))
}

/// Whether anything needs attention.
pub fn status(outcome: &Outcome) -> ExitStatus {
    let results = &outcome.results;
    let attention = !results.unrecognised.is_empty()
        || !outcome.summary.blocked.is_empty()
        || results.reviews.iter().any(needs_attention);
    if attention { ExitStatus::NeedsAttention } else { ExitStatus::Fine }
}

/// Whether a return of the review is late, missing, of an unproven date, or wrong.
fn needs_attention(review: &ProviderReview) -> bool {
    let punctual = [SubmissionStatus::OnTime, SubmissionStatus::NotYetDue];
    let mut kept = review.submissions.iter().filter(|own| !own.is_disposed_of());
    kept.any(|own| !punctual.contains(&own.status)) || wrong(review).next().is_some()
}

/// Says in two lines what a run over the sample called `name` came to.
pub fn brief(name: &str, outcome: &Outcome) {
    let results = &outcome.results;
    screen::line("");
    screen::line(&format!("{name}, as of {}", long_date(results.as_of)));
    screen::line(&format!("  Read {}.", read(outcome)));
    let reviews = || results.reviews.iter();
    let submitted =
        |status| reviews().flat_map(|review| &review.submissions).filter(|own| own.status == status).count();
    let parts = [
        (reviews().map(|review| red(review).count()).sum(), "red now"),
        (submitted(SubmissionStatus::Late), "late"),
        (submitted(SubmissionStatus::Missing), "missing"),
        (submitted(SubmissionStatus::Unproven), "with a date not proven"),
        (reviews().map(|review| wrong(review).count()).sum(), "wrong"),
        (reviews().map(|review| met(review).count()).sum::<usize>(), "met of the contract's conditions"),
        (results.unrecognised.len(), "not recognised"),
    ];
    let parts: Vec<String> =
        parts.iter().map(|(number, what): &(usize, _)| format!("{number} {what}")).collect();
    screen::wrapped("  ", "  ", &format!("{}.", parts.join(", ")));
}

/// `51 files: 48 versions of returns from 1 provider`.
fn read(outcome: &Outcome) -> String {
    let submissions = outcome.results.reviews.iter().flat_map(|review| &review.submissions);
    let versions: usize = submissions.map(|submission| submission.versions.len()).sum();
    format!(
        "{}: {} of returns from {}",
        number_of(outcome.files_read, "file", "files"),
        number_of(versions, "version", "versions"),
        number_of(outcome.results.reviews.len(), "provider", "providers")
    )
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

/// Says what needs attention and nothing else.
fn report_attention(outcome: &Outcome) {
    for review in outcome.results.reviews.iter().filter(|review| needs_attention(review)) {
        screen::line(&format!("{}, {}", review.provider, review.contract_title));
        report_late(review);
        report_wrong(review);
    }
    let unrecognised = &outcome.results.unrecognised;
    listed("Not recognised", unrecognised.iter().map(|file| format!("{}: {}", file.file, file.reason)));
    listed("Register", outcome.notes.iter().cloned());
    listed("Page templates", outcome.template_notes.iter().cloned());
    listed("Warning: what was issued is not as it was", outcome.issues_at_fault.iter().cloned());
    listed("Not written", outcome.summary.blocked.iter().map(|(file, why)| format!("{file}: {why}")));
}

/// Says what was read, what is red, late, missing and wrong, what changed, and where to look; with `--quiet` what needs attention alone.
pub fn report(dir: &Path, outcome: &Outcome) {
    if screen::is_quiet() {
        return report_attention(outcome);
    }
    let results = &outcome.results;
    screen::line(&format!("As of {}.", long_date(results.as_of)));
    screen::line(&format!("Read {}.", read(outcome)));
    let (told, quiet): (Vec<_>, Vec<_>) =
        results.reviews.iter().partition(|review| !review.packs.is_empty() || !is_quiet(review));
    for review in told {
        screen::line("");
        screen::line(&format!("{}, {}", review.provider, review.contract_title));
        report_review(review);
    }
    if !quiet.is_empty() {
        let names: Vec<&str> = quiet.iter().map(|review| review.provider.as_str()).collect();
        screen::line("");
        screen::wrapped("", "  ", &format!("Nothing received or due yet: {}.", names.join("; ")));
    }
    report_files(results);
    if !outcome.notes.is_empty() {
        listed("Register", outcome.notes.iter().cloned());
    }
    if !outcome.template_notes.is_empty() {
        listed("Page templates", outcome.template_notes.iter().cloned());
    }
    match &outcome.changes {
        Some(changes) if changes.is_empty() => {
            screen::line("");
            screen::line("Nothing changed since the last run.");
        }
        Some(changes) => listed("Changed since the last run", changes.iter().cloned()),
        None => {}
    }
    listed("Changed since they were issued", outcome.changed_since_issue.iter().cloned());
    if !outcome.issues_at_fault.is_empty() {
        let lines = outcome.issues_at_fault.iter().cloned();
        screen::listed("Warning: what was issued is not as it was", lines, true, "see the folder issued");
    }
    if !outcome.made_anew.is_empty() {
        let said = outcome.made_anew.iter().map(|(file, why)| format!("{file}: {why}"));
        listed("Coloured copies made anew instead of written into the provider's own workbook", said);
    }
    if !outcome.summary.blocked.is_empty() {
        listed("Not written", outcome.summary.blocked.iter().map(|(file, why)| format!("{file}: {why}")));
    }
    let drafts = drafts_made::lines(&outcome.drafts);
    if !drafts.is_empty() {
        screen::line("");
        drafts.iter().for_each(|line| screen::wrapped("", "  ", line));
    }
    screen::line("");
    let page = dir.join("out").join("index.html");
    // What lies in the current folder is named so that it can be opened from elsewhere.
    let page = if dir == Path::new(".") { std::path::absolute(&page).unwrap_or(page) } else { page };
    screen::line(&format!("Open {}", page.display()));
}

/// Whether there is nothing at all to say of a review: nothing came in, and nothing was due.
fn is_quiet(review: &ProviderReview) -> bool {
    review.submissions.iter().all(|own| own.status == SubmissionStatus::NotYetDue)
        && met(review).next().is_none()
}

fn report_review(review: &ProviderReview) {
    let rated = newest_pack(review);
    if let Some(pack) = rated {
        screen::line(&format!("  {}: {}", pack.period.describe(), pack.headline));
    } else {
        screen::line("  Nothing yet.");
    }
    let newest = rated.map(|pack| pack.period);
    let red = red(review).map(|figure| {
        let aim = figure.against().map(|aim| format!(" against {aim}")).unwrap_or_default();
        let month = figure.period.frequency < newest.map_or(figure.period.frequency, |p| p.frequency);
        let when = if month { format!(", {}", figure.period.describe()) } else { String::new() };
        format!("KPI {} {}{when}: {}{aim}", figure.kpi, figure.title, figure.shown())
    });
    listed("  Red now", red);
    report_late(review);
    report_wrong(review);
    listed(
        "  Conditions met now",
        met(review).map(|escalation| {
            let by = escalation.by.map(|day| format!(", by {}", long_date(day))).unwrap_or_default();
            format!(
                "{} (clause {}), {}{by}",
                escalation.title,
                escalation.clause,
                escalation.period.describe()
            )
        }),
    );
}

fn report_late(review: &ProviderReview) {
    for (status, heading) in [
        (SubmissionStatus::Late, "  Late"),
        (SubmissionStatus::Missing, "  Missing"),
        (SubmissionStatus::Unproven, "  Date not proven"),
    ] {
        let own = review.submissions.iter().rev();
        let own = own.filter(|submission| submission.status == status && !submission.is_disposed_of());
        listed(
            heading,
            own.map(|submission| {
                let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
                format!(
                    "{}{area}, {}: due {}{}",
                    submission.form_title,
                    submission.period.describe(),
                    long_date(submission.due),
                    submission
                        .received
                        .map(|day| format!(", received {}", long_date(day)))
                        .unwrap_or_default()
                )
            }),
        );
    }
}

fn report_wrong(review: &ProviderReview) {
    listed(
        "  Wrong",
        wrong(review).map(|finding| {
            let sheet = finding.sheet.as_ref().map(|sheet| format!(", {sheet}")).unwrap_or_default();
            let cell = finding.cell.map(|cell| format!("!{cell}")).unwrap_or_default();
            format!(
                "{}{sheet}{cell}: {} [{}]",
                finding.file,
                screen::brief(&finding.message, 110),
                finding.kind.code
            )
        }),
    );
}

fn listed(heading: &str, lines: impl Iterator<Item = String>) {
    screen::listed(heading, lines, false, "see out/index.html");
}

fn report_files(results: &Results) {
    listed(
        "Not recognised",
        results.unrecognised.iter().map(|file| format!("{}: {}", file.file, file.reason)),
    );
    listed(
        "Ignored, as the register says",
        results.ignored.iter().map(|file| format!("{}: {}", file.file, file.reason)),
    );
}

/// A progress bar that shows itself only where a run takes longer than a second, and only on a terminal.
pub struct Bar {
    bar: RefCell<ProgressBar>,
    started: std::time::Instant,
}

impl Bar {
    /// One that is not shown yet.
    pub fn new() -> Self {
        Self { bar: RefCell::new(ProgressBar::hidden()), started: std::time::Instant::now() }
    }

    /// Shows how far the run is.
    pub fn show(&self, progress: Progress<'_>) {
        match progress {
            Progress::Files(number) => self.begin(number, "Reading"),
            Progress::Outputs(number) => self.begin(number, "Writing"),
            Progress::Read(_) | Progress::Wrote => {
                let bar = self.bar.borrow();
                bar.inc(1);
                if bar.is_hidden() && self.started.elapsed() > Duration::from_secs(1) {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                }
            }
        }
    }

    fn begin(&self, number: usize, what: &'static str) {
        let bar = ProgressBar::with_draw_target(Some(number as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {pos} of {len} {wide_bar}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        self.bar.replace(bar).finish_and_clear();
    }

    /// Takes it away.
    pub fn clear(&self) {
        self.bar.borrow().finish_and_clear();
    }
}
