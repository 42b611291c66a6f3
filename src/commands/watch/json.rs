//! A watch for other programs: a JSON object a line.

use chrono::NaiveDateTime;
use serde::Serialize;

use crate::commands::{clock, screen};
use crate::run::watch::{Ran, Said};
use crate::run::watching::takes::{Became, Newness, Take};

/// A line: when, by the clock of the computer, and what.
#[derive(Serialize)]
struct Line<'a> {
    time: NaiveDateTime,
    #[serde(flatten)]
    event: Event<'a>,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Event<'a> {
    Watching {
        returns: String,
        every_seconds: u64,
    },
    NoEvents {
        reason: &'a str,
    },
    Waiting {
        reason: &'a str,
    },
    Failed {
        reason: &'a str,
    },
    WorksAgain,
    LeftAlone {
        file: &'a str,
        reason: &'a str,
    },
    /// One for each file, before the `ran` of the run that took it.
    Taken {
        file: &'a str,
        sha256: &'a str,
        /// `new`, `replaced` or `same-bytes`.
        newness: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        same_as: Option<&'a str>,
        #[serde(flatten)]
        outcome: Outcome<'a>,
    },
    NotRecognised {
        file: &'a str,
        reason: &'a str,
    },
    NotWritten {
        file: &'a str,
        reason: &'a str,
    },
    Note {
        note: &'a str,
    },
    Ran {
        as_of: String,
        first: bool,
        new_day: bool,
        changed: &'a [String],
        gone: &'a [String],
        taken: usize,
        files_read: usize,
        not_recognised: usize,
        changes: &'a [String],
    },
    Stopped,
}

#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
enum Outcome<'a> {
    Return {
        contract: &'a str,
        provider: &'a str,
        form: &'a str,
        period: &'a str,
        area: Option<&'a str>,
        /// As in `results.json`.
        status: &'static str,
        findings: usize,
    },
    NotRecognised {
        reason: &'a str,
    },
    Ignored {
        reason: &'a str,
    },
    Kept,
}

/// Says one thing.
pub fn say(said: &Said<'_>) {
    match said {
        Said::Watching { returns, every } => {
            let returns = returns.display().to_string();
            put(Event::Watching { returns, every_seconds: every.as_secs() });
        }
        Said::NoEvents(reason) => put(Event::NoEvents { reason }),
        Said::Waiting(reason) => put(Event::Waiting { reason }),
        Said::Failed(reason) => put(Event::Failed { reason }),
        Said::Works => put(Event::WorksAgain),
        Said::LeftAlone(files) => {
            files.iter().for_each(|(file, reason)| put(Event::LeftAlone { file, reason }));
        }
        Said::Ran(ran) => say_ran(ran),
    }
}

/// Says that it was stopped.
pub fn stopped() {
    put(Event::Stopped);
}

fn say_ran(ran: &Ran) {
    ran.takes.iter().for_each(|take| put(taken(take)));
    ran.not_recognised.iter().for_each(|(file, reason)| put(Event::NotRecognised { file, reason }));
    ran.notes.iter().for_each(|note| put(Event::Note { note }));
    ran.blocked.iter().for_each(|(file, reason)| put(Event::NotWritten { file, reason }));
    let outcome = &ran.outcome;
    put(Event::Ran {
        as_of: outcome.as_of.to_string(),
        first: ran.reason.first,
        new_day: ran.reason.new_day,
        changed: &ran.reason.records,
        gone: &ran.reason.gone,
        taken: ran.takes.len(),
        files_read: outcome.files_read,
        not_recognised: outcome.unrecognised.len(),
        changes: outcome.changes.as_deref().unwrap_or_default(),
    });
}

fn taken(take: &Take) -> Event<'_> {
    let (newness, same_as) = match &take.newness {
        Newness::New => ("new", None),
        Newness::Replaced => ("replaced", None),
        Newness::SameAs(other) => ("same-bytes", Some(other.as_str())),
    };
    let outcome = match &take.outcome {
        Became::Return { contract, provider, form, period, area, status, findings } => Outcome::Return {
            contract,
            provider,
            form,
            period,
            area: area.as_deref(),
            status: status.id(),
            findings: *findings,
        },
        Became::NotRecognised(reason) => Outcome::NotRecognised { reason },
        Became::Ignored(reason) => Outcome::Ignored { reason },
        Became::Kept => Outcome::Kept,
    };
    Event::Taken { file: &take.file, sha256: &take.sha256, newness, same_as, outcome }
}

fn put(event: Event<'_>) {
    // Nothing in it that JSON has no word for.
    if let Ok(line) = serde_json::to_string(&Line { time: clock::now(), event }) {
        screen::line(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_object() {
        let take = Take {
            file: "returns/a.xlsx".into(),
            sha256: "1".into(),
            newness: Newness::SameAs("returns/b.xlsx".into()),
            outcome: Became::NotRecognised("no\nworkbook".into()),
        };
        let line = Line { time: NaiveDateTime::default(), event: taken(&take) };
        assert_eq!(
            serde_json::to_string(&line).unwrap(),
            r#"{"time":"1970-01-01T00:00:00","event":"taken","file":"returns/a.xlsx","sha256":"1","newness":"same-bytes","#.to_owned()
                + r#""same_as":"returns/b.xlsx","outcome":"not-recognised","reason":"no\nworkbook"}"#
        );
        let line = Line { time: NaiveDateTime::default(), event: Event::WorksAgain };
        let expected = r#"{"time":"1970-01-01T00:00:00","event":"works-again"}"#;
        assert_eq!(serde_json::to_string(&line).unwrap(), expected);
    }
}
