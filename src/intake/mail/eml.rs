//! An e-mail as it went over the wire (RFC 5322, MIME), saved as `.eml`.

use std::borrow::Cow;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{
    Address, ContentType, Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use super::received::received;
use super::{File, MAX_NESTING, NotOpened, Opened, Part, Trimming, address, is_sealed, short};

/// What a file is called that has no name.
const NAMELESS: &str = "attachment";

/// Opens one e-mail.
///
/// # Errors
/// It is none, encrypted, or holds too many parts within parts.
pub(super) fn open(bytes: &[u8]) -> Result<Opened, NotOpened> {
    let bytes = trimmed(bytes);
    if containers(bytes) > MAX_NESTING {
        return Err(NotOpened::TooMuch(format!("more than {MAX_NESTING} parts within parts")));
    }
    let message = parser().parse(bytes).ok_or_else(|| NotOpened::Damaged("it has no headers".to_string()))?;
    if message.parts.is_empty() || senders(&message).is_empty() && message.attachment_count() == 0 {
        return Err(NotOpened::Damaged("it names no sender and has no attachment".to_string()));
    }
    let mut parts = Vec::new();
    for part in &message.parts {
        if let Some(file) = attached(bytes, part)? {
            parts.push(Part::File(file));
        }
    }
    Ok(Opened {
        senders: senders(&message),
        subject: message.subject().map(short).unwrap_or_default(),
        received: received(topmost_received(&message, bytes).as_deref()),
        parts,
    })
}

/// The sender, the subject and the topmost Received header of the headers of an e-mail alone.
pub(super) fn headers(bytes: &[u8]) -> Option<Opened> {
    let bytes = trimmed(bytes);
    let message = parser().parse_headers(bytes)?;
    Some(Opened {
        senders: senders(&message),
        subject: message.subject().map(short).unwrap_or_default(),
        received: received(topmost_received(&message, bytes).as_deref()),
        parts: Vec::new(),
    })
}

fn parser() -> MessageParser {
    MessageParser::new()
        .with_mime_headers()
        .header_address(HeaderName::From)
        .header_address(HeaderName::Sender)
        .header_text(HeaderName::Subject)
}

/// From the first header on: a mark of the encoding and blank lines may stand before it, or the line that mailboxes put there.
fn trimmed(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) if bytes.starts_with(b"From ") => &bytes[end + 1..],
        _ => bytes,
    }
}

/// How often something is said to hold parts or an e-mail; the reader of the crate nests as deep as the file does.
fn containers(bytes: &[u8]) -> usize {
    const WORDS: [&[u8]; 3] = [b"multipart/", b"message/", b"/digest"];
    bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'm' | b'M' | b'/'))
        .filter(|(at, _)| {
            let rest = &bytes[*at..];
            WORDS.iter().any(|word| rest.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word)))
        })
        .take(MAX_NESTING + 1)
        .count()
}

/// The value of the first Received header, folded as it stands.
fn topmost_received<'b>(message: &Message<'_>, bytes: &'b [u8]) -> Option<Cow<'b, str>> {
    let header = message.parts.first()?.headers.iter().find(|header| header.name == HeaderName::Received)?;
    let value = bytes.get(header.offset_start as usize..header.offset_end as usize)?;
    Some(String::from_utf8_lossy(value))
}

/// The addresses of From, else that of Sender.
fn senders(message: &Message<'_>) -> Vec<String> {
    let plain = |list: Option<&Address<'_>>| -> Vec<String> {
        let mut found: Vec<String> = list
            .into_iter()
            .flat_map(Address::iter)
            .filter_map(|one| address(one.address.as_deref()?))
            .take(10)
            .collect();
        found.dedup();
        found
    };
    let from = plain(message.from());
    if from.is_empty() { plain(message.sender()) } else { from }
}

/// The file in a part; `None` where it is text, a frame around parts, or nothing the sender attached.
///
/// # Errors
/// The part is an encrypted whole.
fn attached(message: &[u8], part: &MessagePart<'_>) -> Result<Option<File>, NotOpened> {
    let kind = part.content_type().map(name_of_type).unwrap_or_default();
    if is_sealed(&kind) {
        return Err(NotOpened::Sealed);
    }
    if matches!(part.body, PartType::Multipart(_)) {
        return Ok(None);
    }
    let name = part.attachment_name().map(str::trim).filter(|name| !name.is_empty());
    let disposition = part.content_disposition();
    let trimming = Trimming {
        content_type: if kind.is_empty() { "text/plain" } else { &kind },
        name,
        in_text: part.content_id().is_some() || disposition.is_none_or(|own| !own.is_attachment()),
    };
    if trimming.is_one() {
        return Ok(None);
    }
    let bytes = content(message, part);
    let name = match (name, &part.body) {
        (Some(name), _) => name.to_string(),
        (None, PartType::Message(inner)) => format!("{}.eml", inner.subject().unwrap_or("e-mail")),
        (None, _) => NAMELESS.to_string(),
    };
    Ok(Some(File { name, bytes }))
}

/// `image/png`.
fn name_of_type(kind: &ContentType<'_>) -> String {
    format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_lowercase()
}

/// The bytes as they were attached. The crate turns every text into UTF-8, which would make another file of a CSV.
fn content(message: &[u8], part: &MessagePart<'_>) -> Vec<u8> {
    match &part.body {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => return bytes.to_vec(),
        PartType::Message(inner) if part.encoding != Encoding::None => return inner.raw_message.to_vec(),
        _ => {}
    }
    let start = part.offset_body as usize;
    let end = (part.offset_end as usize).min(message.len());
    let raw = message.get(start..if end > start { end } else { message.len() }).unwrap_or_default();
    let decoded = match part.encoding {
        Encoding::Base64 => base64_decode(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::None => None,
    };
    decoded.unwrap_or_else(|| raw.to_vec())
}
