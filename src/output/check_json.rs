//! What a look at files came to, for other programs.
//!
//! The shape is `quarterday.check/1`; ratings and findings have that of `quarterday.results/1`.

use serde::Serialize;

use super::results::{FindingEntry, RatingEntry};
use crate::review::checked::{Checked, CheckedMail, CheckedReturn, Found};

/// The name of the shape.
pub const FORMAT: &str = "quarterday.check/1";

/// `files` as pretty-printed JSON with a line break at the end.
///
/// # Errors
///
/// When the values cannot be written as JSON, which no value of these types brings about.
pub fn check_json(files: &[Checked]) -> anyhow::Result<Vec<u8>> {
    let all = All { format: FORMAT, files: files.iter().map(FileEntry::of).collect() };
    let mut bytes = serde_json::to_vec_pretty(&all)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[derive(Serialize)]
struct All<'a> {
    format: &'static str,
    files: Vec<FileEntry<'a>>,
}

#[derive(Serialize)]
struct FileEntry<'a> {
    file: &'a str,
    /// Whether it is a return without an error, or an e-mail with something attached.
    sound: bool,
    /// Why it is neither a return nor an e-mail; `null` where it is one.
    reason: Option<&'a str>,
    #[serde(rename = "return")]
    own: Option<ReturnEntry<'a>>,
    mail: Option<MailEntry<'a>>,
}

#[derive(Serialize)]
struct MailEntry<'a> {
    senders: &'a [String],
    subject: &'a str,
    /// The day received; `null` where none can be told.
    received: Option<chrono::NaiveDate>,
    attachments: usize,
}

impl<'a> MailEntry<'a> {
    fn of(own: &'a CheckedMail) -> Self {
        Self {
            senders: &own.senders,
            subject: &own.subject,
            received: own.received.as_ref().ok().copied(),
            attachments: own.attachments,
        }
    }
}

impl<'a> FileEntry<'a> {
    fn of(file: &'a Checked) -> Self {
        let (own, mail, reason) = match &file.found {
            Found::Return(own) => (Some(ReturnEntry::of(own)), None, None),
            Found::Mail(own) => (None, Some(MailEntry::of(own)), None),
            Found::Neither(why) => (None, None, Some(why.as_str())),
        };
        Self { file: &file.file, sound: file.is_sound(), reason, own, mail }
    }
}

#[derive(Serialize)]
struct ReturnEntry<'a> {
    contract: &'a str,
    form: &'a str,
    provider: &'a str,
    period: String,
    from: chrono::NaiveDate,
    to: chrono::NaiveDate,
    area: Option<&'a str>,
    ratings: Vec<RatingEntry<'a>>,
    findings: Vec<FindingEntry<'a>>,
}

impl<'a> ReturnEntry<'a> {
    fn of(own: &'a CheckedReturn) -> Self {
        Self {
            contract: &own.contract,
            form: &own.form,
            provider: &own.provider,
            period: own.period.label(),
            from: own.period.from,
            to: own.period.to,
            area: own.area.as_deref(),
            ratings: own.ratings.iter().map(RatingEntry::of).collect(),
            findings: own.findings.iter().map(FindingEntry::of).collect(),
        }
    }
}
