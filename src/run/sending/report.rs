//! What was or would be sent, for other programs: the shape `quarterday.sending/1`.

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use super::{Fate, Handed, Letter, Sending, Verdict};
use crate::domain::draft::{Draft, DraftKind};

/// The name of the shape; a change of it changes this.
const FORMAT: &str = "quarterday.sending/1";

#[derive(Debug, Serialize)]
struct Report<'a> {
    format: &'static str,
    as_of: Option<NaiveDate>,
    dry_run: bool,
    server: Option<String>,
    from: Option<&'a str>,
    hindrances: &'a [String],
    messages: Vec<Told<'a>>,
}

#[derive(Debug, Serialize)]
struct Told<'a> {
    message_id: &'a str,
    kind: DraftKind,
    contract: &'a str,
    provider: &'a str,
    form: &'a str,
    period: &'a str,
    area: Option<&'a str>,
    file: &'a str,
    subject: &'a str,
    to: &'a [String],
    cc: &'a [String],
    attachments: Vec<Attachment<'a>>,
    /// `ready`, `sent`, `failed`, `may-have-gone`, `sent-already`, `refused`, `held`.
    state: &'static str,
    /// What is to be said of that: what the server answered, since when, or why not.
    why: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Attachment<'a> {
    name: &'a str,
    sha256: &'a str,
    /// In bytes; `null` where it was not looked at.
    size: Option<usize>,
    /// Lines on single people; `null` where that cannot be told.
    client_rows: Option<usize>,
}

/// What became of everything, as JSON with a line break at the end. `handed` are the letters that were handed over; what was ready and
/// is not among them counts as held back, unless `dry_run`.
///
/// # Errors
/// When the values cannot be written as JSON, which no value of these types brings about.
pub fn json(sending: &Sending, handed: &[Handed], dry_run: bool) -> Result<Vec<u8>> {
    let messages = sending.verdicts.iter().enumerate().map(|(at, verdict)| {
        let fate = handed.iter().find(|(own, _)| *own == at).map(|(_, fate)| fate);
        told(verdict, fate, dry_run)
    });
    let report = Report {
        format: FORMAT,
        as_of: sending.as_of,
        dry_run,
        server: sending.server(),
        from: sending.from(),
        hindrances: &sending.hindrances,
        messages: messages.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&report)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn told<'a>(verdict: &'a Verdict, fate: Option<&Fate>, dry_run: bool) -> Told<'a> {
    match verdict {
        Verdict::Ready(letter) => {
            let (state, why) = match fate {
                Some(Fate::Sent(answer)) => ("sent", vec![answer.clone()]),
                Some(Fate::Failed(why)) => ("failed", vec![why.clone()]),
                Some(Fate::InDoubt(why)) => ("may-have-gone", vec![why.clone()]),
                Some(Fate::NotTried(why)) => ("held", vec![why.clone()]),
                None if dry_run => ("ready", Vec::new()),
                None => ("held", Vec::new()),
            };
            of(&letter.draft, Some(letter), state, why)
        }
        Verdict::Refused(draft, reasons) => of(draft, None, "refused", reasons.clone()),
        Verdict::Already { draft, at, .. } => of(draft, None, "sent-already", vec![at.to_rfc3339()]),
        Verdict::InDoubt { draft, at, message_id, .. } => {
            of(draft, None, "may-have-gone", vec![format!("{} {message_id}", at.to_rfc3339())])
        }
    }
}

fn of<'a>(draft: &'a Draft, letter: Option<&Letter>, state: &'static str, why: Vec<String>) -> Told<'a> {
    let sizes: Vec<usize> = letter.into_iter().flat_map(|own| &own.enclosed).map(|own| own.size).collect();
    let attachments = draft.attachments.iter().enumerate().map(|(at, own)| Attachment {
        name: &own.name,
        sha256: &own.sha256,
        size: sizes.get(at).copied(),
        client_rows: own.client_rows,
    });
    Told {
        message_id: &draft.message_id,
        kind: draft.kind,
        contract: &draft.contract,
        provider: &draft.provider,
        form: &draft.form,
        period: &draft.period,
        area: draft.area.as_deref(),
        file: &draft.file,
        subject: &draft.subject,
        to: &draft.to,
        cc: &draft.cc,
        attachments: attachments.collect(),
        state,
        why,
    }
}
