//! The journal of what was handed to the mail server, `sent.jsonl`: so that nothing goes twice, also when the program is killed.
//!
//! A line is written before a message is handed over, and one after it with what the server said; each holds the SHA-256 of the line
//! before ([`super::chain`]). Where the second line is missing, or the server was lost before it answered, the message may have gone or
//! not: it is not handed over again until the officer has said that it did not go.
//!
//! Two things make a message the same: its Message-ID, and what it is about (contract, provider, form, period, area, kind, and what
//! its attachments hold). The second is there because the same letter may be made anew on another day in other words. A chaser or a
//! reminder that is about the same may go again after some days; one with the same Message-ID never does.

use std::path::Path;

use anyhow::{Result, bail};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::chain::{self, Chain, End, Head, Link};
use super::{files, sha256};
use crate::domain::draft::DraftKind;

/// What a letter is about: another with the same is the same letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Contract id.
    pub contract: String,
    /// Provider's name as in the register.
    pub provider: String,
    /// The form's id.
    pub form: String,
    /// The period of the return, as a label.
    pub period: String,
    /// The area the return is for, where it is for one.
    pub area: Option<String>,
    /// What the letter is for.
    pub letter: DraftKind,
    /// What each attachment holds, as a hash of its content as read: a workbook made anew with the same in it has the same.
    pub holds: Vec<String>,
}

/// A message that is about to be handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Message-ID, without angle brackets.
    pub message_id: String,
    /// What it is about.
    #[serde(flatten)]
    pub subject: Subject,
    /// The draft's path below the folder of all that is generated.
    pub file: String,
    /// SHA-256 of the draft.
    pub sha256: String,
    /// SHA-256 of each attachment.
    pub attachments: Vec<String>,
    /// Lines on single people that its attachments hold; `None` where that could not be told.
    pub client_rows: Option<usize>,
    /// Who it is from.
    pub from: String,
    /// Addressees.
    pub to: Vec<String>,
    /// Those who get a copy.
    pub cc: Vec<String>,
    /// The server and port it is handed to.
    pub server: String,
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Message-ID, without angle brackets.
    pub message_id: String,
    /// What the server said, or why it said nothing; on one line.
    pub answer: String,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// The message is about to be handed over.
    Handing(Box<Message>),
    /// The server took it.
    Sent(Outcome),
    /// The server did not take it.
    Failed(Outcome),
    /// The server was lost before it answered: the message may have gone.
    Unanswered(Outcome),
    /// The officer says that the message did not go.
    NotGone(Outcome),
}

impl Event {
    fn message_id(&self) -> &str {
        match self {
            Event::Handing(message) => &message.message_id,
            Event::Sent(outcome)
            | Event::Failed(outcome)
            | Event::Unanswered(outcome)
            | Event::NotGone(outcome) => &outcome.message_id,
        }
    }
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Number of the line, from 1.
    pub sequence: usize,
    /// When it was written, with the offset from universal time there.
    pub at: DateTime<FixedOffset>,
    /// What it says.
    #[serde(flatten)]
    pub event: Event,
    /// SHA-256 of the line before.
    pub previous: String,
}

/// What the journal knows of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// Nothing: it may go.
    Nothing,
    /// It went, or another about the same did.
    Sent {
        /// When.
        at: DateTime<FixedOffset>,
        /// To whom: addressees, then those who got a copy.
        to: Vec<String>,
        /// The first day on which one about the same may go again; `None` for never.
        again_from: Option<NaiveDate>,
    },
    /// It may have gone, or another about the same may have.
    InDoubt {
        /// When it was handed over.
        at: DateTime<FixedOffset>,
        /// The Message-ID of what was handed over.
        message_id: String,
        /// What is known, where anything is.
        why: Option<String>,
    },
}

/// The journal, its chain verified.
#[derive(Debug)]
pub struct Sent {
    end: End,
    entries: Vec<Entry>,
    head: Head,
}

fn read(bytes: &[u8]) -> Chain<Entry> {
    chain::read(bytes, |text| match serde_json::from_slice::<Entry>(text) {
        Ok(entry) => {
            let link = Link { sequence: Some(entry.sequence), previous: entry.previous.clone() };
            Ok((entry, link))
        }
        Err(error) => Err(format!("it is no line of the journal ({error})")),
    })
}

impl Sent {
    /// Reads the journal at `path` and verifies its chain; a missing file is an empty one. Writes nothing.
    ///
    /// # Errors
    /// The file cannot be read, or the chain is broken: each broken line with its number and what to do.
    pub fn open(path: &Path) -> Result<Self> {
        let bytes = files::read_if_there(path)?.unwrap_or_default();
        let chain = read(&bytes);
        if !chain.faults.is_empty() {
            let faults: Vec<String> =
                chain.faults.iter().map(|fault| format!("line {}: {}", fault.line, fault.message)).collect();
            bail!(
                "the journal of what was sent {} was changed by hand or damaged:\n  {}\n\
                 It keeps a message from going twice, so nothing is sent without it. Put back the last good copy of the file (Restore \
                 previous versions in Explorer, or version history in OneDrive). If there is none, move the file out of the folder and \
                 keep it: a new journal is begun, and what went before is not known to it",
                path.display(),
                faults.join("\n  ")
            );
        }
        Ok(Self {
            end: End::of(path, bytes.len(), &chain),
            head: chain.head(),
            entries: chain.lines.into_iter().filter_map(|line| line.entry).collect(),
        })
    }

    /// All lines, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Appends a line and waits until it is on the disk.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn record(&mut self, at: DateTime<FixedOffset>, event: Event) -> Result<()> {
        let sequence = self.head.lines + 1;
        let entry = Entry { sequence, at, event, previous: self.head.sha256.clone() };
        let mut line = serde_json::to_vec(&entry)?;
        let hash = sha256(&line);
        line.push(b'\n');
        self.end.append(&line)?;
        self.head = Head { lines: sequence, sha256: hash };
        self.entries.push(entry);
        Ok(())
    }

    /// Each message handed over, with the line on what became of it last; `None` where the program ended in between.
    fn handed(&self) -> impl Iterator<Item = (&Entry, &Message, Option<&Event>)> {
        self.entries.iter().enumerate().filter_map(|(at, entry)| {
            let Event::Handing(message) = &entry.event else { return None };
            let after = self.entries.get(at + 1..).unwrap_or_default();
            let own = after
                .iter()
                .map(|later| &later.event)
                .filter(|event| event.message_id() == message.message_id)
                .take_while(|event| !matches!(event, Event::Handing(_)));
            Some((entry, message.as_ref(), own.last()))
        })
    }

    /// What is known of the letter with this Message-ID about this, as of `today`. A chaser or a reminder about the same does not
    /// count when it went `again_days` days ago or more.
    pub fn before(&self, message_id: &str, subject: &Subject, today: NaiveDate, again_days: u32) -> Before {
        let mut known = Before::Nothing;
        for (entry, message, outcome) in self.handed() {
            let same = message.message_id == message_id;
            let again_from = match subject.letter {
                DraftKind::Chaser | DraftKind::Reminder if !same => {
                    entry.at.date_naive().checked_add_days(chrono::Days::new(again_days.into()))
                }
                _ => None,
            };
            let counts = same || message.subject == *subject && again_from.is_none_or(|first| today < first);
            if !counts {
                continue;
            }
            let doubt = |why: Option<&Outcome>| Before::InDoubt {
                at: entry.at,
                message_id: message.message_id.clone(),
                why: why.map(|own| own.answer.clone()),
            };
            match outcome {
                Some(Event::Sent(_)) => {
                    let to = message.to.iter().chain(&message.cc).cloned().collect();
                    known = Before::Sent { at: entry.at, to, again_from };
                }
                Some(Event::Unanswered(own)) => return doubt(Some(own)),
                None | Some(Event::Handing(_)) => return doubt(None),
                Some(Event::Failed(_) | Event::NotGone(_)) => {}
            }
        }
        known
    }

    /// Whether it is not known if the message with this Message-ID went.
    pub fn is_in_doubt(&self, message_id: &str) -> bool {
        let own = self.handed().filter(|(_, message, _)| message.message_id == message_id);
        matches!(own.last(), Some((_, _, None | Some(Event::Unanswered(_)))))
    }
}

#[cfg(test)]
mod tests;
