//! `quarterday run`: reads a workspace, writes `out`, says what matters.

use std::cell::RefCell;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{ExitStatus, clock, drafts_made, screen};
use crate::domain::period::long_date;
use crate::domain::text::number_of;
use crate::readers::Readers;
use crate::run::told::{ReviewTold, Wrong};
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
        screen::written(|screen| outcome.results_json.write(screen));
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
    let attention = !outcome.unrecognised.is_empty()
        || !outcome.summary.blocked.is_empty()
        || outcome.reviews.iter().any(ReviewTold::needs_attention);
    if attention { ExitStatus::NeedsAttention } else { ExitStatus::Fine }
}

/// Says in two lines what a run over the sample called `name` came to.
pub fn brief(name: &str, outcome: &Outcome) {
    screen::line("");
    screen::line(&format!("{name}, as of {}", long_date(outcome.as_of)));
    screen::line(&format!("  Read {}.", read(outcome)));
    let sum = |of: fn(&ReviewTold) -> usize| outcome.reviews.iter().map(of).sum::<usize>();
    let parts = [
        (sum(|own| own.red.len()), "red now"),
        (sum(|own| own.late.len()), "late"),
        (sum(|own| own.missing.len()), "missing"),
        (sum(|own| own.unproven.len()), "with a date not proven"),
        (sum(|own| own.wrong.len()), "wrong"),
        (sum(|own| own.met.len()), "met of the contract's conditions"),
        (outcome.unrecognised.len(), "not recognised"),
    ];
    let parts: Vec<String> =
        parts.iter().map(|(number, what): &(usize, _)| format!("{number} {what}")).collect();
    screen::wrapped("  ", "  ", &format!("{}.", parts.join(", ")));
}

/// `51 files: 48 versions of returns from 1 provider`.
fn read(outcome: &Outcome) -> String {
    let versions: usize = outcome.reviews.iter().map(|own| own.versions).sum();
    format!(
        "{}: {} of returns from {}",
        number_of(outcome.files_read, "file", "files"),
        number_of(versions, "version", "versions"),
        number_of(outcome.reviews.len(), "provider", "providers")
    )
}

/// Says what needs attention and nothing else.
fn report_attention(outcome: &Outcome) {
    for review in outcome.reviews.iter().filter(|review| review.needs_attention()) {
        screen::line(&format!("{}, {}", review.provider, review.contract_title));
        report_late(review);
        report_wrong(review);
    }
    let unrecognised = &outcome.unrecognised;
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
    screen::line(&format!("As of {}.", long_date(outcome.as_of)));
    screen::line(&format!("Read {}.", read(outcome)));
    let (told, quiet): (Vec<_>, Vec<_>) = outcome.reviews.iter().partition(|review| !review.is_quiet);
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
    report_files(outcome);
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

fn report_review(review: &ReviewTold) {
    match &review.newest {
        Some((period, headline)) => screen::line(&format!("  {period}: {headline}")),
        None => screen::line("  Nothing yet."),
    }
    listed("  Red now", review.red.iter().cloned());
    report_late(review);
    report_wrong(review);
    listed("  Conditions met now", review.met.iter().cloned());
}

fn report_late(review: &ReviewTold) {
    for (lines, heading) in
        [(&review.late, "  Late"), (&review.missing, "  Missing"), (&review.unproven, "  Date not proven")]
    {
        listed(heading, lines.iter().cloned());
    }
}

fn report_wrong(review: &ReviewTold) {
    let line = |own: &Wrong| format!("{}: {} [{}]", own.place, screen::brief(&own.message, 110), own.code);
    listed("  Wrong", review.wrong.iter().map(line));
}

fn listed(heading: &str, lines: impl Iterator<Item = String>) {
    screen::listed(heading, lines, false, "see out/index.html");
}

fn report_files(outcome: &Outcome) {
    listed(
        "Not recognised",
        outcome.unrecognised.iter().map(|file| format!("{}: {}", file.file, file.reason)),
    );
    listed(
        "Ignored, as the register says",
        outcome.ignored.iter().map(|file| format!("{}: {}", file.file, file.reason)),
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
