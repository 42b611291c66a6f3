//! Handing letters over, one after the other, each written into the journal before and after.

use anyhow::{Result, bail};
use chrono::{DateTime, FixedOffset};

use super::letter;
use super::{Letter, Sending, Verdict};
use crate::post::message;
use crate::post::relay::{Connection, Envelope, NotTaken, Relay};
use crate::workspace::sent::{Event, Message, Outcome};

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The server took it and said this.
    Sent(String),
    /// The server did not take it; why.
    Failed(String),
    /// It may have gone or not; why nobody knows.
    InDoubt(String),
    /// It was not handed over, because of what came before; why.
    NotTried(String),
}

/// A letter that was to go, by its place among the verdicts, and what became of it.
pub type Handed = (usize, Fate);

impl Sending {
    /// Hands over those of the letters that `chosen` takes, over one connection, and says of each what became of it. A message that
    /// the server refuses leaves the others to go; when the connection is lost, or the sender is refused, none follows.
    ///
    /// # Errors
    /// There is no connection, and nothing went; the journal cannot be written.
    pub fn hand_over(
        &mut self,
        chosen: &dyn Fn(&Letter) -> bool,
        now: &dyn Fn() -> DateTime<FixedOffset>,
        told: &mut dyn FnMut(&Letter, &Fate),
    ) -> Result<Vec<Handed>> {
        let letters: Vec<(usize, Letter)> = self
            .verdicts
            .iter()
            .enumerate()
            .filter_map(|(at, verdict)| match verdict {
                Verdict::Ready(letter) if chosen(letter) => Some((at, letter.clone())),
                _ => None,
            })
            .collect();
        let mut handed = Vec::new();
        let Some(relay) = self.relay.clone().filter(|_| !letters.is_empty() && self.hindrances.is_empty())
        else {
            return Ok(handed);
        };
        let mut connection = match relay.connect() {
            Ok(connection) => connection,
            Err(why) => bail!("nothing was sent: {why}"),
        };
        for id in std::mem::take(&mut self.cleared) {
            let answer = "said not to have gone".to_string();
            self.journal.record(now(), Event::NotGone(Outcome { message_id: id, answer }))?;
        }
        let mut goes_on = true;
        for (at, letter) in letters {
            let fate = if goes_on {
                let (fate, next) = self.hand_one(&mut connection, &relay, &letter, now)?;
                goes_on = next;
                fate
            } else {
                Fate::NotTried("not tried, because of what happened before".to_string())
            };
            told(&letter, &fate);
            handed.push((at, fate));
        }
        if goes_on {
            connection.close();
        }
        Ok(handed)
    }

    /// What became of the letter, and whether the next may follow.
    fn hand_one(
        &mut self,
        connection: &mut Connection<'_>,
        relay: &Relay,
        letter: &Letter,
        now: &dyn Fn() -> DateTime<FixedOffset>,
    ) -> Result<(Fate, bool)> {
        let draft = &letter.draft;
        let Some(sender) = &self.sender else { bail!("nobody is named as the sender") };
        let at = now();
        // The bytes are read again: between the question and the answer somebody may have changed them.
        let wire = letter::bytes(&self.out, draft).and_then(|bytes| {
            message::on_the_wire(&bytes, sender, at).map_err(|why| format!("it cannot go: {why}"))
        });
        let wire = match wire {
            Ok(wire) => wire,
            Err(why) => return Ok((Fate::Failed(why), true)),
        };
        let mut to: Vec<String> = Vec::new();
        for address in draft.to.iter().chain(&draft.cc) {
            if !to.iter().any(|own| own.eq_ignore_ascii_case(address)) {
                to.push(address.clone());
            }
        }
        let envelope = Envelope { from: sender.email.clone(), to };
        let message = Message {
            message_id: draft.message_id.clone(),
            subject: letter.subject.clone(),
            file: draft.file.clone(),
            sha256: draft.sha256.clone(),
            attachments: draft.attachments.iter().map(|own| own.sha256.clone()).collect(),
            client_rows: letter.client_rows(),
            from: sender.email.clone(),
            to: draft.to.clone(),
            cc: draft.cc.clone(),
            server: format!("{}:{}", relay.server, relay.port),
        };
        self.journal.record(at, Event::Handing(Box::new(message)))?;
        let outcome =
            |answer: &String| Outcome { message_id: draft.message_id.clone(), answer: answer.clone() };
        let (event, fate, goes_on) = match connection.hand_over(&envelope, &wire) {
            Ok(answer) => (Event::Sent(outcome(&answer)), Fate::Sent(answer), true),
            Err(NotTaken::Refused(why)) => (Event::Failed(outcome(&why)), Fate::Failed(why), true),
            Err(NotTaken::Stopped(why)) => (Event::Failed(outcome(&why)), Fate::Failed(why), false),
            Err(NotTaken::Unanswered(why)) => (Event::Unanswered(outcome(&why)), Fate::InDoubt(why), false),
        };
        self.journal.record(now(), event)?;
        Ok((fate, goes_on))
    }
}
