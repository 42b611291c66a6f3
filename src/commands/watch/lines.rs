//! A watch for people: what happened, after the time of day.

use std::path::Path;

use crate::commands::{clock, screen};
use crate::domain::period::long_date;
use crate::domain::text::number_of;
use crate::run::watch::{Ran, Said};
use crate::run::watching::takes::{Became, Newness, Take};

/// As many of a kind as are named before the rest is counted.
const NAMED: usize = 5;
/// Longest reason on a line, in characters.
const REASON: usize = 160;
/// What lines begin with below the one with the time.
const BELOW: &str = "      ";

/// Says one thing.
pub fn say(dir: &Path, said: &Said<'_>) {
    match said {
        Said::Watching { returns, every } => {
            let often = match every.as_secs() {
                1 => "every second".to_string(),
                seconds => format!("every {seconds} seconds"),
            };
            timed(&format!(
                "Watching {}. What is dropped in is read when it has stood still; the folders are looked into {often}, or sooner. \
                 Ctrl-C ends it.",
                returns.display()
            ));
        }
        Said::NoEvents(why) => {
            timed(&format!(
                "The system does not tell of changes here ({why}); the folders are looked into from time to time all the same."
            ));
        }
        Said::Waiting(who) => timed(&format!("Waiting: {who}. It is tried again by itself.")),
        Said::Failed(error) => {
            timed("No run could be made:");
            for line in error.lines() {
                screen::wrapped(BELOW, BELOW, line);
            }
            screen::wrapped(BELOW, BELOW, "It goes on watching, and tries again when something changes.");
        }
        Said::Works => timed("It works again."),
        Said::LeftAlone(files) => {
            timed(&format!("{} left alone:", number_of(files.len(), "file", "files")));
            named(files.iter().map(|(file, why)| format!("{file}: {why}")));
        }
        Said::Ran(ran) => say_ran(dir, ran),
    }
}

fn timed(text: &str) {
    screen::wrapped(&clock::now().format("%H:%M ").to_string(), BELOW, text);
}

fn named(lines: impl ExactSizeIterator<Item = String>) {
    let rest = lines.len().saturating_sub(NAMED);
    lines.take(NAMED).for_each(|line| screen::wrapped(BELOW, "        ", &line));
    if rest > 0 {
        screen::wrapped(BELOW, BELOW, &format!("… and {rest} more; see out/index.html"));
    }
}

fn say_ran(dir: &Path, ran: &Ran) {
    match headline(ran) {
        Some((headline, below)) => {
            timed(&headline);
            named(below.into_iter());
        }
        // A run that nothing came of is not spoken of, unless it is the first.
        None if ran.reason.first => {
            timed(&format!("Nothing new. Read {}.", number_of(ran.outcome.files_read, "file", "files")))
        }
        None => {}
    }
    let not_recognised = ran.not_recognised.iter();
    let sections = [
        ("Not recognised", not_recognised.map(|(file, why)| format!("{file}: {why}")).collect()),
        ("Register and templates", ran.notes.clone()),
        ("Not written", ran.blocked.iter().map(|(file, why)| format!("{file}: {why}")).collect()),
    ];
    for (heading, lines) in sections {
        if !lines.is_empty() {
            timed(&format!("{heading}:"));
            named(lines.into_iter());
        }
    }
    if ran.reason.first {
        screen::line(&format!("{BELOW}Open {}", dir.join("out").join("index.html").display()));
    }
}

/// What a run came to in a line, and what is said below it.
fn headline(ran: &Ran) -> Option<(String, Vec<String>)> {
    if let [take] = ran.takes.as_slice() {
        return Some((format!("{}: {}", counted(&ran.takes), of_take(take)), Vec::new()));
    }
    if !ran.takes.is_empty() {
        let came = came(&ran.takes);
        return Some((format!("{}: {came}", counted(&ran.takes)), ran.takes.iter().map(of_take).collect()));
    }
    let reason = &ran.reason;
    let changes = ran.outcome.changes.clone().unwrap_or_default();
    let what = if reason.first {
        return None;
    } else if reason.new_day {
        format!("A new day, {}", long_date(ran.outcome.as_of))
    } else if !reason.records.is_empty() {
        format!("Changed: {}", few(&reason.records))
    } else if !reason.gone.is_empty() {
        format!("Gone from the folder: {}", few(&reason.gone))
    } else if changes.is_empty() {
        return None;
    } else {
        "Run again".to_string()
    };
    let came = match changes.len() {
        0 => "nothing else changed".to_string(),
        number => number_of(number, "change", "changes"),
    };
    Some((format!("{what}: {came}"), changes))
}

/// `2 new, 1 replaced`.
fn counted(takes: &[Take]) -> String {
    let count = |is: fn(&Newness) -> bool| takes.iter().filter(|take| is(&take.newness)).count();
    let parts = [
        (count(|own| *own == Newness::New), "new"),
        (count(|own| *own == Newness::Replaced), "replaced"),
        (count(|own| matches!(own, Newness::SameAs(_))), "under another name"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, what)| format!("{number} {what}"))
        .collect();
    parts.join(", ")
}

/// `12 returns, 3 not recognised`.
fn came(takes: &[Take]) -> String {
    let count = |is: fn(&Became) -> bool| takes.iter().filter(|take| is(&take.outcome)).count();
    let returns = count(|own| matches!(own, Became::Return { .. }));
    let mut parts = vec![number_of(returns, "return", "returns")];
    for (number, what) in [
        (count(|own| matches!(own, Became::NotRecognised(_))), "not recognised"),
        (count(|own| matches!(own, Became::Ignored(_))), "ignored"),
        (count(|own| *own == Became::Kept), "kept"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    parts.join(", ")
}

fn of_take(take: &Take) -> String {
    let file = &take.file;
    let same = match &take.newness {
        Newness::SameAs(other) => format!("; the same file as {other}"),
        Newness::New | Newness::Replaced => String::new(),
    };
    match &take.outcome {
        Became::Return { provider, form, period, area, status, findings, .. } => {
            let area = area.as_ref().map(|area| format!(" ({area})")).unwrap_or_default();
            let findings = match findings {
                0 => "nothing to query".to_string(),
                number => number_of(*number, "finding", "findings"),
            };
            let status = status.word().to_lowercase();
            format!("{provider} {period} {form}{area} {status}, {findings} ({file}{same})")
        }
        Became::NotRecognised(why) => {
            format!("{file} is not recognised: {}{same}", screen::brief(why, REASON))
        }
        Became::Ignored(why) => {
            format!("{file} is ignored, as the register says: {}{same}", screen::brief(why, REASON))
        }
        Became::Kept => format!("{file} is kept{same}"),
    }
}

fn few(files: &[String]) -> String {
    let shown = files.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    match files.len().saturating_sub(NAMED) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::submission::SubmissionStatus;

    fn take(newness: Newness, outcome: Became) -> Take {
        Take { file: "returns/a.xlsx".into(), sha256: "1".into(), newness, outcome }
    }

    fn kpis(area: Option<&str>, findings: usize) -> Became {
        Became::Return {
            contract: "c".into(),
            provider: "Harbour Advocacy".into(),
            form: "quarterly".into(),
            period: "2025-26 Q1".into(),
            area: area.map(str::to_string),
            status: SubmissionStatus::OnTime,
            findings,
        }
    }

    #[test]
    fn says_what_became_of_a_file() {
        for (newness, outcome, expected) in [
            (
                Newness::New,
                kpis(None, 2),
                "Harbour Advocacy 2025-26 Q1 quarterly on time, 2 findings (returns/a.xlsx)",
            ),
            (
                Newness::Replaced,
                kpis(Some("North"), 1),
                "Harbour Advocacy 2025-26 Q1 quarterly (North) on time, 1 finding (returns/a.xlsx)",
            ),
            (
                Newness::SameAs("returns/b.xlsx".into()),
                kpis(None, 0),
                "Harbour Advocacy 2025-26 Q1 quarterly on time, nothing to query (returns/a.xlsx; the same file as returns/b.xlsx)",
            ),
            (
                Newness::New,
                Became::NotRecognised("it is no workbook".into()),
                "returns/a.xlsx is not recognised: it is no workbook",
            ),
            (
                Newness::New,
                Became::Ignored("a letter".into()),
                "returns/a.xlsx is ignored, as the register says: a letter",
            ),
            (Newness::New, Became::Kept, "returns/a.xlsx is kept"),
        ] {
            assert_eq!(of_take(&take(newness, outcome)), expected);
        }
    }

    #[test]
    fn counts_what_came() {
        let takes = [
            take(Newness::New, kpis(None, 0)),
            take(Newness::New, Became::NotRecognised("x".into())),
            take(Newness::Replaced, kpis(None, 0)),
            take(Newness::SameAs("b".into()), Became::Ignored("x".into())),
        ];
        assert_eq!(counted(&takes), "2 new, 1 replaced, 1 under another name");
        assert_eq!(came(&takes), "2 returns, 1 not recognised, 1 ignored");
        assert_eq!(counted(&takes[2..3]), "1 replaced");
        assert_eq!(came(&takes[1..2]), "0 returns, 1 not recognised");
        let names: Vec<String> = (1..=7).map(|number| number.to_string()).collect();
        assert_eq!(few(&names), "1, 2, 3, 4, 5 and 2 more");
        assert_eq!(few(&names[..5]), "1, 2, 3, 4, 5");
    }
}
