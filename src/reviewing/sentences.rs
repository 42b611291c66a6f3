//! What an analyst would say of the figures, written by rules from the figures.

use rust_decimal::Decimal;

use super::met;
use crate::assess::Case;
use crate::domain::finding::Severity;
use crate::domain::period::long_date;
use crate::domain::quantity::plain;
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::review::{KpiLine, Pack, RatedFigure};

/// `1 return`, `3 returns`.
pub fn number_of(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn kpi_list(kpis: &[&KpiLine]) -> String {
    let references: Vec<String> = kpis.iter().map(|line| line.whole.kpi.clone()).collect();
    format!("{} {}", if references.len() == 1 { "KPI" } else { "KPIs" }, list(&references))
}

fn with(pack: &Pack, rating: Rating) -> Vec<&KpiLine> {
    pack.kpis.iter().filter(|line| line.whole.rating == rating).collect()
}

/// The headline of a pack.
pub fn headline(pack: &Pack) -> String {
    let red = with(pack, Rating::Red);
    let amber = with(pack, Rating::Amber);
    let judged = pack.kpis.iter().filter(|line| line.whole.rating.is_judgement()).count();
    let missing = pack.submissions.iter().filter(|s| s.status == SubmissionStatus::Missing).count();
    if judged == 0 {
        return match pack.kpis.len() {
            0 if missing > 0 => {
                format!(
                    "No target can be judged yet; {} missing.",
                    number_of(missing, "return is", "returns are")
                )
            }
            0 => "No target falls due yet in this period.".to_string(),
            _ => format!("No target could be judged: {}.", unjudged(pack)),
        };
    }
    let mut headline = match (red.len(), amber.len()) {
        (0, 0) if judged == pack.kpis.len() => format!("All {judged} targets met"),
        (0, 0) => format!("All {} that can be judged met", number_of(judged, "target", "targets")),
        (0, _) => format!("{} amber, none red", kpi_list(&amber)),
        (missed, _) => format!("{missed} of {judged} targets missed: {}", kpi_list(&red)),
    };
    let named: Vec<String> =
        pack.escalations.iter().filter(|e| e.in_headline).map(|e| e.title.clone()).collect();
    if !named.is_empty() {
        headline.push_str(&format!("; the condition for {} is met", list(&named)));
    }
    headline.push('.');
    headline
}

fn unjudged(pack: &Pack) -> String {
    let mut parts = Vec::new();
    for rating in [Rating::NoReturn, Rating::Invalid, Rating::NoActivity, Rating::NotRated] {
        let number = with(pack, rating).len();
        if number > 0 {
            parts.push(format!("{number} {}", rating.word().to_lowercase()));
        }
    }
    list(&parts)
}

/// A few sentences below the headline.
pub fn summary(pack: &Pack) -> Vec<String> {
    let mut sentences = Vec::new();
    let judged = pack.kpis.iter().filter(|line| line.whole.rating.is_judgement()).count();
    if judged > 0 && judged < pack.kpis.len() {
        sentences.push(format!("Not judged: {}.", unjudged(pack)));
    }
    for line in pack.kpis.iter().filter(|line| line.whole.rating == Rating::Red).take(3) {
        sentences.push(format!("{}: {}", line.whole.title, first_words(&line.whole)));
    }
    let conditions: Vec<String> = met(pack).map(|e| format!("{} ({})", e.title, e.clause)).collect();
    if !conditions.is_empty() {
        sentences.push(format!(
            "{} met: {}.",
            if conditions.len() == 1 {
                "One condition of the contract is".into()
            } else {
                format!("{} conditions of the contract are", conditions.len())
            },
            list(&conditions)
        ));
    }
    let errors = pack
        .submissions
        .iter()
        .flat_map(|submission| &submission.findings)
        .filter(|finding| finding.kind.severity == Severity::Error && finding.accepted.is_none())
        .count();
    if errors > 0 {
        sentences.push(format!(
            "{} in the returns as they stand need the provider's answer.",
            number_of(errors, "error", "errors")
        ));
    }
    sentences
}

fn first_words(figure: &RatedFigure) -> String {
    let parts = figure.out_of().map(|parts| format!(" ({parts})")).unwrap_or_default();
    match &figure.target {
        Some(target) => format!("{}{parts} against a target of {}.", figure.shown(), target_words(target)),
        None => format!("{}{parts}.", figure.shown()),
    }
}

fn target_words(target: &str) -> String {
    if let Some(bound) = target.strip_prefix(">= ") {
        format!("at least {bound}")
    } else if let Some(bound) = target.strip_prefix("<= ") {
        format!("at most {bound}")
    } else {
        target.to_string()
    }
}

/// What is said of a KPI.
pub fn of_kpi(whole: &RatedFigure, areas: &[RatedFigure], history: &[RatedFigure]) -> Vec<String> {
    let mut sentences = Vec::new();
    match whole.rating {
        Rating::NoReturn => sentences.push("The return for this period has not been received.".to_string()),
        Rating::Invalid => sentences
            .push("The return was received, but the figure cannot be used; see the queries.".to_string()),
        Rating::NoActivity => {
            sentences.push("Nothing happened in the period that could be measured.".to_string())
        }
        _ => {
            let together = if areas.is_empty() { String::new() } else { "Together ".to_string() };
            sentences.push(capital(&format!("{together}{}", first_words(whole))));
        }
    }
    if let Some(denominator) = whole.denominator.filter(|d| !d.is_zero() && *d <= Decimal::TEN) {
        let points = (Decimal::ONE_HUNDRED / denominator).round_dp(0);
        sentences.push(format!(
            "The numbers are small: one more or less moves the figure by {} points.",
            plain(points)
        ));
    }
    if areas.iter().any(|area| area.rating != whole.rating) {
        let each: Vec<String> = areas
            .iter()
            .map(|area| {
                format!(
                    "{} {}{} ({})",
                    area.area.as_deref().unwrap_or_default(),
                    area.shown(),
                    area.out_of().map(|parts| format!(", {parts}")).unwrap_or_default(),
                    area.rating.word().to_lowercase()
                )
            })
            .collect();
        sentences.push(format!("{}.", each.join("; ")));
    }
    let earlier: Vec<&RatedFigure> = history.iter().filter(|figure| figure.period < whole.period).collect();
    if let Some(last) = earlier.last().filter(|last| last.period == whole.period.previous()) {
        sentences.extend(change(whole, last, "the period before"));
    }
    if let Some(year) = earlier.iter().find(|figure| figure.period == whole.period.year_before()) {
        sentences.extend(change(whole, year, "the same period last year"));
    }
    let run = history.iter().rev().take_while(|figure| figure.rating == Rating::Red).count();
    if run >= 2 {
        sentences.push(format!("Missed in {run} periods in a row."));
    }
    sentences
}

fn change(now: &RatedFigure, then: &RatedFigure, when: &str) -> Option<String> {
    let (now_value, then_value) = (now.value?, then.value?);
    let difference = now_value - then_value;
    if difference.is_zero() {
        return Some(format!("Unchanged from {when}."));
    }
    let direction = if difference > Decimal::ZERO { "Up" } else { "Down" };
    Some(format!("{direction} from {} in {when} ({}).", then.shown(), then.period.label()))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What changed since the last period.
pub fn changes(kpis: &[KpiLine]) -> Vec<String> {
    let mut changes = Vec::new();
    for line in kpis {
        let before = line.history.iter().rev().find(|figure| figure.period == line.whole.period.previous());
        let Some(before) = before else { continue };
        if before.rating != line.whole.rating {
            changes.push(format!(
                "KPI {}, {}: {} last period ({}), {} now ({}).",
                line.whole.kpi,
                line.whole.title,
                before.rating.word().to_lowercase(),
                before.shown(),
                line.whole.rating.word().to_lowercase(),
                line.whole.shown()
            ));
        }
    }
    changes
}

/// What the reader must know before trusting the page.
pub fn cautions(case: &Case<'_>, pack: &Pack) -> Vec<String> {
    let mut cautions = Vec::new();
    let name = |submission: &Submission| {
        let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        format!("{}{area} for {}", submission.form_title, submission.period.describe())
    };
    for submission in &pack.submissions {
        match submission.status {
            SubmissionStatus::Missing => cautions.push(format!(
                "{} is missing; it was due on {}.{}",
                name(submission),
                long_date(submission.due),
                submission.status_note.as_ref().map(|note| format!(" {note}")).unwrap_or_default()
            )),
            SubmissionStatus::Unproven => cautions.push(format!(
                "{}: the date of receipt is not proven and stands outside timeliness. {}",
                name(submission),
                submission.status_note.clone().unwrap_or_default()
            )),
            SubmissionStatus::NotYetDue if submission.versions.is_empty() => cautions.push(format!(
                "{} is not yet due ({}) and not in.",
                name(submission),
                long_date(submission.due)
            )),
            _ => {}
        }
        if let Some(note) = submission.due_note.as_ref().filter(|note| note.starts_with("Extended")) {
            cautions.push(format!("{}: {note}", name(submission)));
        }
    }
    for line in pack.kpis.iter().filter(|line| line.whole.rating == Rating::Invalid) {
        cautions.push(format!(
            "KPI {}, {}: the figure could not be used and is not rated.",
            line.whole.kpi, line.whole.title
        ));
    }
    for line in &pack.kpis {
        if let Some(relief) = &line.whole.relief {
            cautions.push(format!(
                "KPI {}, {}: relief was agreed and the rating does not count. {relief}",
                line.whole.kpi, line.whole.title
            ));
        }
    }
    cautions.extend(case.records.status.clone());
    cautions.extend(pack.escalations.iter().filter_map(|escalation| escalation.caution.clone()));
    for kpi in &pack.submission_kpis {
        if let Some(note) = &kpi.provisional {
            cautions.push(format!("{}, {} to {}: {note}", kpi.title, long_date(kpi.from), long_date(kpi.to)));
        }
    }
    let holidays = case.working_days.holidays();
    if holidays.is_beyond_table(pack.period.to) {
        cautions.push(format!(
            "Bank holidays after {} are worked out by rule, not taken from the published table.",
            holidays.last_year()
        ));
    }
    cautions
}
