//! A draft as a message (RFC 5322) that Outlook opens as one to send: `X-Unsent`, no date, which whoever sends it puts in.

use anyhow::{Context, Result, anyhow};
use lettre::Address;
use lettre::message::header::{
    Cc, ContentTransferEncoding, ContentType, From, Header, HeaderName, HeaderValue, MessageId, MimeVersion,
    Subject, To,
};
use lettre::message::{Body, Mailbox, Mailboxes, MultiPart, MultiPartKind, SinglePart};
use sha2::{Digest, Sha256};

use super::words::{Words, line};
use crate::review::correspondence::Recipients;

/// What an attached workbook is.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The right side of Message-IDs where the sender's address gives none; nobody's domain.
const NO_DOMAIN: &str = "drafts.invalid";

/// Most characters of a text in a header: a line of a message has less than a thousand.
const LONGEST_TEXT: usize = 200;

/// Who a draft is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// Name or role.
    pub name: Option<String>,
    /// E-mail address.
    pub email: String,
}

/// A workbook that goes along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// Its name in the message.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its bytes; every line ends in CRLF.
    pub bytes: Vec<u8>,
    /// Its Message-ID without angle brackets.
    pub message_id: String,
}

/// That the message is to be opened as one to write on, not as one received.
#[derive(Debug, Clone)]
struct Unsent;

impl Header for Unsent {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("X-Unsent")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Unsent)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "1".to_string())
    }
}

/// The name of an attachment, in one piece on a line of its own: a name parted over several lines is not put together by every
/// program.
#[derive(Debug, Clone)]
struct Attached(String);

impl Attached {
    fn called(name: &str) -> Self {
        let is_plain = |c: &char| c.is_ascii() && !c.is_ascii_control() && !matches!(c, '"' | '\\');
        Self(name.chars().filter(is_plain).collect())
    }
}

impl Header for Attached {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Disposition")
    }

    fn parse(name: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self::called(name))
    }

    fn display(&self) -> HeaderValue {
        let value = |space: &str| format!("attachment;{space}filename=\"{}\"", self.0);
        HeaderValue::dangerous_new_pre_encoded(Self::name(), value(" "), value("\r\n "))
    }
}

/// Whether an address can stand in a message as every mail server takes it: plain letters alone.
pub fn is_address(text: &str) -> bool {
    text.is_ascii() && text.parse::<Address>().is_ok()
}

/// The message. Its Message-ID follows from who writes what to whom and from `about`, which tells what it is about, such as the hash
/// of a return: the same letter has the same one, be the attached copy made on another day.
///
/// # Errors
/// An address is none that [`is_address`] takes.
pub fn message(
    sender: Option<&Sender>,
    recipients: &Recipients,
    words: &Words,
    attachment: Option<Attachment<'_>>,
    about: &str,
) -> Result<Message> {
    let subject = header_text(&words.subject);
    let id = id(sender, recipients, words, about);
    let domain = sender.and_then(|own| own.email.rsplit_once('@')).map_or(NO_DOMAIN, |(_, domain)| domain);
    let message_id = format!("{id}@{domain}");
    let text = Body::new_with_encoding(words.body.clone(), ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| anyhow!("the text of a draft cannot be encoded"))?;
    let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text);
    let mut builder = MultiPart::builder();
    if let Some(own) = sender {
        let name = own.name.as_deref().map(header_text).filter(|name| !name.is_empty());
        builder = builder.header(From::from(Mailboxes::from(Mailbox::new(name, address(&own.email)?))));
    }
    if let Some(to) = mailboxes(&recipients.to)? {
        builder = builder.header(To::from(to));
    }
    if let Some(cc) = mailboxes(&recipients.cc)? {
        builder = builder.header(Cc::from(cc));
    }
    // What encodes its text after the boundary has an underscore in no line of its own.
    let mut message = builder
        .header(Subject::from(subject))
        .header(MessageId::from(format!("<{message_id}>")))
        .header(MimeVersion::new(1, 0))
        .header(Unsent)
        .kind(MultiPartKind::Mixed)
        .boundary(format!("=_{id}"))
        .singlepart(text);
    if let Some(own) = attachment {
        let workbook = ContentType::parse(WORKBOOK).context("a workbook's type is none")?;
        let part = SinglePart::builder().header(Attached::called(own.name)).header(workbook);
        message = message.singlepart(part.body(Body::new(own.bytes.to_vec())));
    }
    Ok(Message { bytes: message.formatted(), message_id })
}

fn mailboxes(addresses: &[String]) -> Result<Option<Mailboxes>> {
    let mut all = Mailboxes::new();
    for own in addresses {
        all.push(Mailbox::new(None, address(own)?));
    }
    Ok((!addresses.is_empty()).then_some(all))
}

fn address(text: &str) -> Result<Address> {
    let address = text.parse::<Address>().ok().filter(|_| text.is_ascii());
    address.with_context(|| format!("`{}` cannot stand in a message", text.escape_debug()))
}

/// On one line; what only looks encoded is shown as it was written.
fn header_text(text: &str) -> String {
    line(text).replace("=?", "= ?").chars().take(LONGEST_TEXT).collect()
}

fn id(sender: Option<&Sender>, recipients: &Recipients, words: &Words, about: &str) -> String {
    let mut hash = Sha256::new();
    let lists = [&recipients.to, &recipients.cc].map(|own| own.join(" "));
    let from = sender.map_or("", |own| own.email.as_str());
    for part in [from, &lists[0], &lists[1], &words.subject, &words.body, about] {
        // With its length, so that no two lists of parts run together alike.
        hash.update(part.len().to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
