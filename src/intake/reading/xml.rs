//! What every part of the package is read with: events, attributes, numbers.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::package::part_named;
use super::refusal::NotRead;

/// An XML part read event by event; entities are not expanded, a DOCTYPE is passed over.
pub(super) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    name: String,
}

impl<R: BufRead> Xml<R> {
    /// Reads the part `name` from `source`. Set up as calamine sets up its own reader, so that both see the same.
    pub(super) fn new(source: R, name: &str) -> Self {
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.check_comments = false;
        config.expand_empty_elements = true;
        Self { reader, buffer: Vec::with_capacity(1024), name: name.to_string() }
    }

    /// The next event; `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, NotRead> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(event) => Ok(Some(event)),
            Err(error) => Err(NotRead::damaged(part_named(&self.name), error)),
        }
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
