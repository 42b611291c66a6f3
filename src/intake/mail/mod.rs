//! Reading an e-mail with returns attached, saved as a file: who sent it, when the council got it, and what is attached.
//!
//! 1. [`format()`] tells by its content whether a file is an e-mail, and of which of the two formats.
//! 2. `eml` and `msg` take one format each apart; neither follows links, shows pages or runs anything.
//! 3. `received` reads the date out of the topmost Received header: the one the council's own server put on. Whatever stands
//!    below it, the Date header among it, is the sender's own word and proves nothing.
//!
//! An e-mail forwarded as an attachment is opened too, one level deep. When the council got what is in it is told by the outer
//! e-mail: the headers of an attached one are as easily written as a letter.
//!
//! Pictures in the text, signatures and what servers add are passed over; every other attachment is handed on as if it had been
//! dropped into the folder, whatever it is. An attachment that is no workbook is named by whoever tries to read it.

mod eml;
mod msg;
mod received;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::reading::{self, MAX_FILE};
use crate::domain::text::one_line;
pub use reading::MailFormat;

/// Most attachments of an e-mail, those of attached ones included.
pub const MAX_ATTACHMENTS: usize = 100;
/// Most parts that may hold further parts or e-mails. What a mail program sends has fewer than ten.
pub const MAX_NESTING: usize = 500;
/// Longest subject or name that is kept, in characters.
const LONGEST_TEXT: usize = 200;

/// An e-mail taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Addresses it says it is from, in lower case; the sender's own word.
    pub senders: Vec<String>,
    /// Subject on one line.
    pub subject: String,
    /// The day the council's server received it, as a calendar in the United Kingdom shows it; else why it is not known.
    pub received: Result<NaiveDate, Undated>,
    /// What is attached, in order.
    pub attachments: Vec<Attachment>,
}

/// A file attached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name as the sender gave it: any text, no path to go by.
    pub name: String,
    /// Addresses it may have come from, in lower case: of the e-mail, after those of the attached one where it was in that.
    pub senders: Vec<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why an e-mail does not say when it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Undated {
    /// No server has put a Received header on.
    #[error(
        "it has no Received header, so it does not show when it was received (a copy of a sent e-mail or a draft has none)"
    )]
    NoHeader,
    /// The topmost one holds no certain date; its end, made fit for showing.
    #[error(
        "its topmost Received header gives no certain date (“{0}”), so it does not show when it was received"
    )]
    Unreadable(String),
}

/// Why an e-mail could not be taken apart. The text says what is the matter and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotOpened {
    /// It has no headers, or its container is damaged.
    #[error(
        "this is an e-mail that cannot be taken apart ({0}). Open it and save the attached workbook into the folder, or save the \
         e-mail again, as .eml: new Outlook and Outlook on the web offer that under More actions (…) > Save as or Download"
    )]
    Damaged(String),
    /// Encrypted, or signed so that its parts are not open.
    #[error(
        "this is an encrypted e-mail, or one signed as a whole, so its attachments cannot be read. Open it in Outlook and save the \
         attached workbook into the folder"
    )]
    Sealed,
    /// More than a limit.
    #[error(
        "this e-mail has {0}, which no return comes with. Open it and save the attached workbook into the folder"
    )]
    TooMuch(String),
}

/// Of which format an e-mail in `bytes` is; `None` where they are none. `file` may be a path; its ending helps where the content
/// alone does not tell.
pub fn format(file: &str, bytes: &[u8]) -> Option<MailFormat> {
    reading::mail_format(file, bytes)
}

/// Takes apart the e-mail in `bytes`, of that format.
///
/// # Errors
/// It is damaged, encrypted, or beyond a limit.
pub fn read(format: MailFormat, bytes: &[u8]) -> Result<Mail, NotOpened> {
    if bytes.len() > MAX_FILE {
        return Err(NotOpened::TooMuch(format!("more than {} MB", MAX_FILE >> 20)));
    }
    let opened = open(format, bytes)?;
    let mut attachments = Vec::new();
    let mut size = 0usize;
    for part in opened.parts {
        match part {
            Part::File(file) => {
                let forwarded = reading::mail_format(&file.name, &file.bytes);
                let inner = forwarded.and_then(|format| open(format, &file.bytes).ok());
                take(inner, Some(file), &opened.senders, &mut attachments, &mut size)?;
            }
            Part::Mail(inner) => take(Some(inner), None, &opened.senders, &mut attachments, &mut size)?,
        }
    }
    Ok(Mail { senders: opened.senders, subject: opened.subject, received: opened.received, attachments })
}

/// Takes in an attachment: what is attached to it where it is an e-mail itself, which is not opened any deeper.
fn take(
    inner: Option<Opened>,
    file: Option<File>,
    senders: &[String],
    attachments: &mut Vec<Attachment>,
    size: &mut usize,
) -> Result<(), NotOpened> {
    let (files, senders) = match (inner, file) {
        (Some(inner), _) => {
            let mut all = inner.senders;
            all.extend(senders.iter().filter(|own| !all.contains(own)).cloned().collect::<Vec<_>>());
            // An e-mail within the attached one goes on whole, and is named where it is tried.
            let files: Vec<File> = inner
                .parts
                .into_iter()
                .filter_map(|part| match part {
                    Part::File(file) => Some(file),
                    Part::Mail(_) => None,
                })
                .collect();
            (files, all)
        }
        (None, Some(file)) => (vec![file], senders.to_vec()),
        (None, None) => return Ok(()),
    };
    for file in files {
        *size = size.saturating_add(file.bytes.len());
        if attachments.len() == MAX_ATTACHMENTS {
            return Err(NotOpened::TooMuch(format!("more than {MAX_ATTACHMENTS} attachments")));
        }
        if *size > MAX_FILE {
            return Err(NotOpened::TooMuch(format!("more than {} MB attached", MAX_FILE >> 20)));
        }
        attachments.push(Attachment { name: file.name, senders: senders.clone(), bytes: file.bytes });
    }
    Ok(())
}

/// One e-mail by itself.
struct Opened {
    senders: Vec<String>,
    subject: String,
    received: Result<NaiveDate, Undated>,
    parts: Vec<Part>,
}

/// What is attached to it.
enum Part {
    /// A file.
    File(File),
    /// An e-mail that is not a file of its own in the format.
    Mail(Opened),
}

/// A file attached to one e-mail.
struct File {
    name: String,
    bytes: Vec<u8>,
}

fn open(format: MailFormat, bytes: &[u8]) -> Result<Opened, NotOpened> {
    match format {
        MailFormat::Internet => eml::open(bytes),
        MailFormat::Outlook => msg::open(bytes),
    }
}

/// What mail programs and servers put beside what was sent.
struct Trimming<'a> {
    /// Content type in lower case, such as `image/png`; empty where none is said.
    content_type: &'a str,
    /// Name; `None` where there is none.
    name: Option<&'a str>,
    /// Whether the text refers to it, or it says that it stands in the text.
    in_text: bool,
}

impl Trimming<'_> {
    /// Whether it is nothing that the sender attached: a picture in the text, a signature, a card, a footer of a server, a receipt.
    fn is_one(&self) -> bool {
        let name = self.name.unwrap_or_default().to_lowercase();
        let ends_with = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let is_picture = self.content_type.starts_with("image/")
            || ends_with(&[".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emz", ".wmz", ".svg"]);
        (is_picture && self.in_text)
            || matches!(
                self.content_type,
                "application/pkcs7-signature"
                    | "application/x-pkcs7-signature"
                    | "application/pgp-signature"
                    | "application/pgp-keys"
                    | "text/vcard"
                    | "text/x-vcard"
                    | "text/directory"
                    | "text/rfc822-headers"
                    | "message/delivery-status"
                    | "message/disposition-notification"
            )
            || ends_with(&[".vcf", ".p7s"])
            || is_servers_footer(&name)
            || (self.name.is_none() && (is_picture || self.content_type.starts_with("text/")))
    }
}

/// `att00001.txt`: what follows an attachment in the text, as Exchange calls it.
fn is_servers_footer(name: &str) -> bool {
    let Some((number, ending)) = name.strip_prefix("att").and_then(|rest| rest.split_once('.')) else {
        return false;
    };
    number.len() >= 5
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(ending, "txt" | "htm" | "html" | "c")
}

/// Whether a content type is of a whole sealed e-mail.
fn is_sealed(content_type: &str) -> bool {
    matches!(content_type, "application/pkcs7-mime" | "application/x-pkcs7-mime" | "multipart/encrypted")
}

/// A text of the sender on one line, no longer than is shown.
fn short(text: &str) -> String {
    one_line(text).chars().take(LONGEST_TEXT).collect()
}

/// An address in lower case; `None` where it cannot be one.
fn address(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['<', '>']).trim();
    let plain = text.contains('@')
        && text.len() <= 254
        && !text.chars().any(|c| c.is_control() || c.is_whitespace() || "<>,;\"".contains(c));
    plain.then(|| text.to_lowercase())
}
