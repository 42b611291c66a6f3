//! What every part of the package is read with: events, attributes, numbers.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::package::part_named;
use super::refusal::NotRead;

/// An XML part read event by event; entities are not expanded, a DOCTYPE is passed over.
pub(super) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    name: String,
    /// Elements that have begun and not ended.
    pub(super) open: usize,
}

impl<R: BufRead> Xml<R> {
    /// Reads the part `name` from `source`. Set up as calamine sets up its own reader, so that both see the same.
    pub(super) fn new(source: R, name: &str) -> Self {
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        config.expand_empty_elements = true;
        // Counted here, where those that were passed over are known.
        config.allow_unmatched_ends = true;
        Self { reader, buffer: Vec::with_capacity(1024), name: name.to_string(), open: 0 }
    }

    /// The next event; `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, NotRead> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => {
                match &event {
                    Event::Start(_) => self.open += 1,
                    Event::End(_) if self.open > 0 => self.open -= 1,
                    Event::End(element) => {
                        let error = IllFormedError::UnmatchedEndTag(element.name().as_ref().to_string());
                        return Err(NotRead::damaged(part_named(&self.name), Error::IllFormed(error)));
                    }
                    _ => {}
                }
                Ok(Some(event))
            }
            Err(error) => Err(NotRead::damaged(part_named(&self.name), error)),
        }
    }

    /// The bytes that come next, as many as there are at hand. After the beginning of an element that is empty its end is still to come.
    pub(super) fn ahead(&mut self) -> &[u8] {
        // Where they cannot be read, reading the next event says so.
        self.reader.get_mut().fill_buf().unwrap_or_default()
    }

    /// Passes over so many of the bytes [`ahead`](Self::ahead): whole tags and what stands between them, and a tag behind them.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.reader.get_mut().consume(bytes);
    }

    /// The part cannot be read, with what was found.
    pub(super) fn damaged(&self, found: impl std::fmt::Display) -> NotRead {
        NotRead::damaged(part_named(&self.name), found)
    }
}

/// The attributes of an element with their local names, as written, entities not resolved.
pub(super) fn attributes<'e>(element: &'e BytesStart<'_>) -> impl Iterator<Item = (&'e str, Cow<'e, str>)> {
    let mut written = element.attributes();
    written.with_checks(false);
    written.flatten().map(|attribute| (attribute.key.local_name().into_inner(), attribute.value))
}

/// The attribute of that local name, with entities resolved.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

/// An XML Schema boolean.
pub(super) fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}
