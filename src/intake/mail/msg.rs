//! An e-mail as Outlook for Windows saves it (`.msg`): an OLE container with a stream for each property (MS-OXMSG).
//!
//! Read by the containers' own crate, since what reads .msg by itself lays the attachments of a forwarded e-mail over those of the
//! one around it.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::received::received;
use super::{File, NotOpened, Opened, Part, Trimming, address, eml, short};
use crate::intake::reading::MAX_FILE;

/// Tags of properties, without their type.
mod tag {
    pub const SUBJECT: &str = "0037";
    pub const TRANSPORT_HEADERS: &str = "007D";
    pub const SENDER_ADDRESS: &str = "0C1F";
    pub const SENDER_SMTP_ADDRESS: &str = "5D01";
    pub const ATTACHED: &str = "3701";
    pub const SHORT_NAME: &str = "3704";
    pub const LONG_NAME: &str = "3707";
    pub const CONTENT_TYPE: &str = "370E";
    pub const CONTENT_ID: &str = "3712";
}

/// What the content of an e-mail is called that is sealed as a whole.
const SEALED: &str = "smime.p7m";

type Container<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// Opens one e-mail.
///
/// # Errors
/// Its container is damaged, or it holds too much.
pub(super) fn open(bytes: &[u8]) -> Result<Opened, NotOpened> {
    let mut container = CompoundFile::open(Cursor::new(bytes))
        .map_err(|error| NotOpened::Damaged(short(&error.to_string())))?;
    let mut left = MAX_FILE;
    message(&mut container, "", true, &mut left)
}

/// The message whose storage is `at`; the ones attached to it only where they are to be opened.
fn message(
    container: &mut Container<'_>,
    at: &str,
    opens: bool,
    left: &mut usize,
) -> Result<Opened, NotOpened> {
    let headers = text(container, at, tag::TRANSPORT_HEADERS, left)?;
    let told = headers.as_deref().and_then(|headers| eml::headers(headers.as_bytes()));
    let mut senders = told.as_ref().map(|told| told.senders.clone()).unwrap_or_default();
    if senders.is_empty() {
        for tag in [tag::SENDER_SMTP_ADDRESS, tag::SENDER_ADDRESS] {
            if senders.is_empty() {
                senders.extend(text(container, at, tag, left)?.as_deref().and_then(address));
            }
        }
    }
    let mut parts = Vec::new();
    for storage in attachments(container, at) {
        parts.extend(attached(container, &storage, opens, left)?);
    }
    Ok(Opened {
        senders,
        subject: text(container, at, tag::SUBJECT, left)?.map(|own| short(&own)).unwrap_or_default(),
        received: told.map_or_else(|| received(None), |told| told.received),
        parts,
    })
}

/// The storages of what is attached, in order.
fn attachments(container: &Container<'_>, at: &str) -> BTreeSet<String> {
    let Ok(entries) = container.read_storage(if at.is_empty() { "/" } else { at }) else {
        return BTreeSet::new();
    };
    entries
        .filter(|entry| entry.is_storage() && entry.name().starts_with("__attach_version1.0_"))
        .map(|entry| format!("{at}/{}", entry.name()))
        .collect()
}

fn attached(
    container: &mut Container<'_>,
    at: &str,
    opens: bool,
    left: &mut usize,
) -> Result<Option<Part>, NotOpened> {
    let name = match text(container, at, tag::LONG_NAME, left)? {
        Some(name) => Some(name),
        None => text(container, at, tag::SHORT_NAME, left)?,
    };
    let embedded = format!("{at}/__substg1.0_{}000D", tag::ATTACHED);
    if container.is_storage(&embedded) && container.is_stream(format!("{embedded}/__properties_version1.0")) {
        return if opens {
            Ok(Some(Part::Mail(message(container, &embedded, false, left)?)))
        } else {
            Err(NotOpened::TooMuch("an e-mail within an attached e-mail".to_string()))
        };
    }
    let content_type = text(container, at, tag::CONTENT_TYPE, left)?.unwrap_or_default().to_lowercase();
    let in_text = text(container, at, tag::CONTENT_ID, left)?.is_some();
    if name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(SEALED)) {
        return Err(NotOpened::Sealed);
    }
    if (Trimming { content_type: &content_type, name: name.as_deref(), in_text }).is_one() {
        return Ok(None);
    }
    let Some(bytes) = stream(container, &format!("{at}/__substg1.0_{}0102", tag::ATTACHED), left)? else {
        return Ok(None);
    };
    Ok(Some(Part::File(File { name: name.unwrap_or_else(|| "attachment".to_string()), bytes })))
}

/// A property of text, in Unicode or in the eight-bit form of old versions.
fn text(
    container: &mut Container<'_>,
    at: &str,
    tag: &str,
    left: &mut usize,
) -> Result<Option<String>, NotOpened> {
    if let Some(bytes) = stream(container, &format!("{at}/__substg1.0_{tag}001F"), left)? {
        let units: Vec<u16> =
            bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let text = String::from_utf16_lossy(&units);
        return Ok(Some(text.trim_end_matches('\0').to_string()).filter(|text| !text.is_empty()));
    }
    let bytes = stream(container, &format!("{at}/__substg1.0_{tag}001E"), left)?;
    let text =
        bytes.map(|bytes| encoding_rs::WINDOWS_1252.decode(&bytes).0.trim_end_matches('\0').to_string());
    Ok(text.filter(|text| !text.is_empty()))
}

/// The bytes of a stream; `None` where there is none. All streams together may be no longer than a file: several entries of a
/// container can name the same bytes.
fn stream(container: &mut Container<'_>, path: &str, left: &mut usize) -> Result<Option<Vec<u8>>, NotOpened> {
    if !container.is_stream(path) {
        return Ok(None);
    }
    let damaged = |error: std::io::Error| NotOpened::Damaged(short(&error.to_string()));
    let stream = container.open_stream(path).map_err(damaged)?;
    let mut bytes = Vec::new();
    stream.take(*left as u64 + 1).read_to_end(&mut bytes).map_err(damaged)?;
    *left = left
        .checked_sub(bytes.len())
        .ok_or_else(|| NotOpened::TooMuch(format!("more than {} MB attached", MAX_FILE >> 20)))?;
    Ok(Some(bytes))
}
