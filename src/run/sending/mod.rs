//! Handing reviewed drafts to the mail server.
//!
//! The stages: what there is to send and what is refused ([`prepare()`], which opens no connection and changes nothing), what the
//! officer says to it (the command's business), and handing it over ([`Sending::hand_over`]).
//!
//! * `addressees`: who may be written to. `attached`: whose workbook it is. `letter`: one draft looked at from all sides.
//! * [`report`]: what was or would be sent, for other programs.

mod addressees;
mod attached;
mod hand_over;
mod letter;
mod prepare;
pub mod report;

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::draft::{Draft, DraftKind};
use crate::post::message::Sender;
use crate::post::relay::Relay;
use crate::workspace::lock::RunLock;
use crate::workspace::sent::{Sent, Subject};

pub use hand_over::{Fate, Handed};
pub(super) use letter::subject;
pub use prepare::prepare;

/// Which drafts are meant; of each that is left out, all.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The contract's id.
    pub contract: Option<String>,
    /// The provider, by a name it goes by in the register.
    pub provider: Option<String>,
    /// The period of the return, or the review period, as a label.
    pub period: Option<String>,
    /// What the draft is for.
    pub kind: Option<DraftKind>,
    /// Message-IDs of messages that may have gone and, as the officer says, have not.
    pub again: Vec<String>,
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name in the message.
    pub name: String,
    /// Its size in bytes.
    pub size: usize,
    /// Lines on single people it holds; `None` where that cannot be told.
    pub client_rows: Option<usize>,
}

/// A draft that may go.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The draft as listed.
    pub draft: Draft,
    /// What goes with it.
    pub enclosed: Vec<Enclosed>,
    subject: Subject,
}

impl Letter {
    /// Whether it carries lines on single people, or may.
    pub fn is_personal(&self) -> bool {
        self.enclosed.iter().any(|own| own.client_rows != Some(0))
    }

    /// How many lines on single people it carries; `None` where that cannot be told.
    pub fn client_rows(&self) -> Option<usize> {
        self.enclosed.iter().map(|own| own.client_rows).sum()
    }
}

/// What becomes of a draft before anything is handed over.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// It may go.
    Ready(Letter),
    /// It does not go, for these reasons.
    Refused(Draft, Vec<String>),
    /// It went already, or one about the same did.
    Already {
        /// The draft as listed.
        draft: Draft,
        /// When it went.
        at: DateTime<FixedOffset>,
        /// To whom.
        to: Vec<String>,
        /// The first day on which one about the same may go again; `None` for never.
        again_from: Option<NaiveDate>,
    },
    /// It may have gone, or one about the same may have.
    InDoubt {
        /// The draft as listed.
        draft: Draft,
        /// When it was handed over.
        at: DateTime<FixedOffset>,
        /// The Message-ID of what was handed over.
        message_id: String,
        /// What is known, where anything is.
        why: Option<String>,
    },
}

impl Verdict {
    /// The draft as listed.
    pub fn draft(&self) -> &Draft {
        match self {
            Verdict::Ready(letter) => &letter.draft,
            Verdict::Refused(draft, _) | Verdict::Already { draft, .. } | Verdict::InDoubt { draft, .. } => {
                draft
            }
        }
    }
}

/// Everything there is to send, and all that stands in the way.
#[derive(Debug)]
pub struct Sending {
    /// The day as of which the drafts were written; `None` where no run has listed any.
    pub as_of: Option<NaiveDate>,
    /// Why nothing can be sent at all, each a sentence with what to do; a dry run shows it.
    pub hindrances: Vec<String>,
    /// What is to be known besides, in sentences.
    pub notes: Vec<String>,
    /// Each draft that was asked for, in the list's order.
    pub verdicts: Vec<Verdict>,
    /// How many drafts there are that were not asked for.
    pub others: usize,
    sender: Option<Sender>,
    relay: Option<Relay>,
    cleared: Vec<String>,
    journal: Sent,
    out: PathBuf,
    _lock: RunLock,
}

impl Sending {
    /// The drafts that may go.
    pub fn ready(&self) -> impl Iterator<Item = &Letter> {
        self.verdicts.iter().filter_map(|verdict| match verdict {
            Verdict::Ready(letter) => Some(letter),
            _ => None,
        })
    }

    /// The server and port they go to, where the settings say.
    pub fn server(&self) -> Option<String> {
        self.relay.as_ref().map(|relay| format!("{}:{}", relay.server, relay.port))
    }

    /// Who they are from, where the settings say.
    pub fn from(&self) -> Option<&str> {
        self.sender.as_ref().map(|sender| sender.email.as_str())
    }
}
