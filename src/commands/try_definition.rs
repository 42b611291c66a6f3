//! `quarterday try`: what would differ for the returns of a workspace under a changed definition. Writes nothing but the page it is
//! asked for.

use std::path::Path;

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::{ExitStatus, clock, screen};
use crate::domain::period::{Period, long_date};
use crate::domain::text::target_in_words;
use crate::readers::Readers;
use crate::review::replay::{
    ChangedEscalation, ChangedRating, ChangedSubmission, ChangedSubmissionKpi, ChangedTerms, RatingSide,
    Replay, ReplayedProvider, SubmissionKpiSide, Turn,
};
use crate::run::definitions::Definition;
use crate::run::{Request, replay};
use crate::workspace::files;

/// Compares the results of the workspace in `dir` under the definitions in force with those under the one in the file `definition`,
/// and prints what would differ, or its JSON; writes the page to `page` where one is asked for.
///
/// # Errors
/// The file is no sound definition, or of a contract that the workspace does not have; the workspace cannot be read; or the page
/// cannot be written. See [`replay::replay`].
pub fn try_definition(
    definition: &Path,
    dir: &Path,
    as_of: Option<NaiveDate>,
    json: bool,
    page: Option<&Path>,
) -> Result<ExitStatus> {
    if let Some(page) = page
        && !page.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"))
    {
        bail!("the page {} needs a name ending in .html, such as variation.html", page.display());
    }
    let today = clock::today();
    let request = Request { as_of: as_of.unwrap_or(today), today };
    let definition = Definition::in_file(definition)?;
    let compared = replay::replay(dir, request, &definition, &Readers::of_this_program(), &|_| {})?;
    if let Some(page) = page {
        files::write_alone(page, replay::page(dir, &compared)?.as_bytes())?;
    }
    if json {
        screen::bytes(&replay::json(&compared)?);
    } else {
        report(&compared);
        if let Some(page) = page {
            screen::line("");
            screen::line(&format!("Open {}", page.display()));
        }
    }
    Ok(ExitStatus::Fine)
}

fn report(compared: &Replay) {
    let mut summary = compared.summary.iter();
    if let Some(headline) = summary.next() {
        screen::wrapped("", "", headline);
    }
    let as_of = long_date(compared.as_of);
    screen::wrapped(
        "",
        "",
        &format!(
            "{} under {}, as of {as_of}. Nothing was written.",
            compared.contract_title, compared.definition
        ),
    );
    for sentence in summary {
        screen::wrapped("- ", "  ", sentence);
    }
    if !compared.terms.is_empty() {
        screen::line("");
        screen::line("The change:");
    }
    for terms in &compared.terms {
        show_terms(terms);
    }
    for provider in compared.providers.iter().filter(|provider| provider.differs()) {
        show_provider(provider);
    }
    let unchanged: Vec<&str> = compared
        .providers
        .iter()
        .filter(|provider| !provider.differs())
        .map(|provider| provider.provider.as_str())
        .collect();
    if compared.counts.anything() && !unchanged.is_empty() {
        screen::line("");
        screen::wrapped("Nothing would differ for: ", "  ", &format!("{}.", unchanged.join("; ")));
    }
    listed("Left aside in the register", compared.register.iter().cloned());
    listed(
        "Files read otherwise",
        compared.files.iter().map(|own| {
            let under = if own.came { "changed" } else { "in force" };
            format!("{}: a return under the definition {under} alone; else: {}", own.file, own.reason)
        }),
    );
}

fn show_terms(terms: &ChangedTerms) {
    screen::wrapped("  ", "  ", terms.within.as_ref().unwrap_or(&terms.heading));
    for line in &terms.before {
        screen::wrapped("    in force: ", "      ", line);
    }
    for line in &terms.after {
        screen::wrapped("    changed:  ", "      ", line);
    }
}

fn show_provider(own: &ReplayedProvider) {
    screen::line("");
    screen::line(&format!("{}, {}", own.provider, own.contract_title));
    for turn in
        [Turn::WouldBeMet, Turn::NoLongerMet, Turn::WouldBeWatched, Turn::NoLongerWatched, Turn::OtherDay]
    {
        listed(
            &format!("  {}", turn.words()),
            own.escalations.iter().filter(|own| own.turn() == turn).map(escalation),
        );
    }
    listed(
        "  Overall ratings",
        own.overall
            .iter()
            .map(|own| format!("{}: {} → {}", own.period.describe(), own.before.word(), own.after.word())),
    );
    listed("  Ratings", own.ratings.iter().filter(|own| own.before.rating != own.after.rating).map(rating));
    listed(
        "  Figures under the same rating",
        own.ratings.iter().filter(|own| own.before.rating == own.after.rating).map(rating),
    );
    listed("  Returns", own.submissions.iter().map(submission));
    listed("  Timeliness and accuracy", own.submission_kpis.iter().map(submission_kpi));
    listed(
        "  Findings",
        own.findings.iter().map(|own| {
            format!(
                "{} ({}): {} more, {} fewer",
                own.code,
                own.severity.word().to_lowercase(),
                own.came,
                own.went
            )
        }),
    );
    listed(
        "  Cannot be compared",
        own.not_compared.iter().map(|own| {
            let under = if own.came { "changed" } else { "in force" };
            format!("{}: {} under the definition {under} alone; {}", own.what, own.number, own.why)
        }),
    );
}

fn about(area: Option<&String>, period: &Period) -> String {
    let area = area.map(|area| format!(", {area}")).unwrap_or_default();
    format!("{area}, {}", period.describe())
}

fn rating(own: &ChangedRating) -> String {
    let about = about(own.area.as_ref(), &own.period);
    let value = if own.before.value == own.after.value {
        own.after.value.clone()
    } else {
        format!("{} → {}", own.before.value, own.after.value)
    };
    let words = |side: &RatingSide| side.target.as_deref().map(target_in_words).unwrap_or_default();
    let target = against(&words(&own.before), &words(&own.after));
    format!(
        "KPI {}{about}: {} → {}, {value}{target} (clause {})",
        own.kpi,
        own.before.rating.word(),
        own.after.rating.word(),
        own.after.clause
    )
}

fn escalation(own: &ChangedEscalation) -> String {
    let by = |day: Option<NaiveDate>| day.map_or_else(|| "no day".to_string(), long_date);
    let days = match (own.turn(), own.before, own.after) {
        (Turn::OtherDay, Some(before), Some(after)) if before.by != after.by => {
            format!(", by {} instead of {}", by(after.by), by(before.by))
        }
        (_, _, Some(after)) if after.by.is_some() => format!(", by {}", by(after.by)),
        _ => String::new(),
    };
    let watched = match (own.turn(), own.before, own.after) {
        (Turn::WouldBeMet, Some(_), _) => ", watched now",
        (Turn::NoLongerMet, _, Some(_)) => ", still watched",
        _ => "",
    };
    format!("{} (clause {}), {}{days}{watched}", own.title, own.clause, own.period.describe())
}

fn submission(own: &ChangedSubmission) -> String {
    let due = if own.before.due == own.after.due {
        format!("due {}", long_date(own.after.due))
    } else {
        format!("due {} instead of {}", long_date(own.after.due), long_date(own.before.due))
    };
    let status = if own.before.status == own.after.status {
        own.after.status.word().to_string()
    } else {
        format!("{} → {}", own.before.status.word(), own.after.status.word())
    };
    format!("{}{}: {status}, {due} (clause {})", own.title, about(own.area.as_ref(), &own.period), own.clause)
}

fn submission_kpi(own: &ChangedSubmissionKpi) -> String {
    let parts = |side: &SubmissionKpiSide| format!("{} of {}", side.met, side.due);
    let (before, after) = (parts(&own.before), parts(&own.after));
    let value = if before == after { after } else { format!("{before} → {after}") };
    let words = |side: &SubmissionKpiSide| side.target.clone().unwrap_or_default();
    format!(
        "{}, {} to {}: {} → {}, {value}{} (clause {})",
        own.title,
        long_date(own.from),
        long_date(own.to),
        own.before.rating.word(),
        own.after.rating.word(),
        against(&words(&own.before), &words(&own.after)),
        own.clause
    )
}

/// ` against at least 97% (at least 95% in force)`; nothing where neither sets a target.
fn against(before: &str, after: &str) -> String {
    match (before, after) {
        ("", "") => String::new(),
        (before, after) if before == after => format!(" against {after}"),
        ("", after) => format!(" against {after} (no target in force)"),
        (before, "") => format!(" against no target ({before} in force)"),
        (before, after) => format!(" against {after} ({before} in force)"),
    }
}

fn listed(heading: &str, lines: impl Iterator<Item = String>) {
    screen::listed(heading, lines, true, "the page or --json has them all");
}
