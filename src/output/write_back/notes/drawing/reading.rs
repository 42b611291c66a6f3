//! A drawing read tag by tag.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::Drawing;
use super::shapes::{NOTE_SHAPE_TYPE, SHAPE};
use crate::domain::place::CellAddress;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::Open;

/// What draws a box: a note's is a plain shape, or one of these where its author chose another.
const SHAPES: &[&str] = &["shape", "rect", "roundrect", "oval"];

/// A shape while it is read.
#[derive(Debug, Default)]
struct Shape {
    start: usize,
    is_note: bool,
    row: Option<u32>,
    column: Option<u32>,
}

/// The walk over a drawing.
pub struct Reading<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    text: &'a str,
    start: usize,
    root: Option<Open<'a>>,
    /// The last closing tag of the root's name, and whether anything follows it.
    close: Option<(usize, bool)>,
    layout: Option<(Open<'a>, usize)>,
    map: Option<Open<'a>>,
    has_shape_type: bool,
    numbers: BTreeSet<u64>,
    notes: Vec<(CellAddress, Range<usize>)>,
    shape: Option<Shape>,
    /// The element whose number comes next.
    expected: Option<&'static str>,
}

impl<'a> Reading<'a> {
    /// A walk over the whole of `text`.
    pub fn new(part: &'a str, text: &'a str) -> Self {
        let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut reader = Reader::from_str(&text[start..]);
        let config = reader.config_mut();
        config.check_comments = false;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            part,
            text,
            start,
            root: None,
            close: None,
            layout: None,
            map: None,
            has_shape_type: false,
            numbers: BTreeSet::new(),
            notes: Vec::new(),
            shape: None,
            expected: None,
        }
    }

    /// The drawing.
    ///
    /// # Errors
    ///
    /// When its tags or its end cannot be found.
    pub fn read(mut self) -> Result<Drawing<'a>, NotSafe> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| NotSafe::Damaged {
                part: self.part.to_string(),
                detail: error.to_string(),
            })?;
            let range = start..self.position();
            match event {
                Event::Eof => break,
                Event::Start(element) => self.open(Open { element, range, empty: false, depth: 0 })?,
                Event::Empty(element) => self.open(Open { element, range, empty: true, depth: 0 })?,
                Event::End(element) => {
                    let name = element.local_name().into_inner().to_string();
                    self.end(&name, range)?;
                }
                Event::Text(text) => self.words(&text),
                Event::CData(_) | Event::GeneralRef(_) => self.words("?"),
                Event::DocType(_) => return Err(NotSafe::Doctype(self.part.to_string())),
                Event::Decl(declaration) => {
                    let encoding = declaration.encoding().and_then(Result::ok);
                    if encoding.is_some_and(|own| {
                        !["utf-8", "utf8", "us-ascii"].contains(&own.to_lowercase().as_str())
                    }) {
                        return Err(NotSafe::Encoding(self.part.to_string()));
                    }
                }
                Event::Comment(_) | Event::PI(_) => {}
            }
        }
        let root = self.root.take().ok_or_else(|| self.fault("no drawing"))?;
        let (root_close, _) =
            self.close.filter(|(_, more)| !more).ok_or_else(|| self.fault("a drawing without an end"))?;
        if self.shape.is_some() {
            return Err(self.fault("a shape without an end"));
        }
        Ok(Drawing {
            part: self.part,
            text: self.text,
            root,
            root_close,
            layout: self.layout,
            map: self.map,
            has_shape_type: self.has_shape_type,
            numbers: self.numbers,
            notes: self.notes,
        })
    }

    fn open(&mut self, open: Open<'a>) -> Result<(), NotSafe> {
        if self.root.is_none() {
            if open.local() != "xml" {
                return Err(self.fault(open.local()));
            }
            if open.empty {
                self.close = Some((open.range.end, false));
            }
            self.root = Some(open);
            return Ok(());
        }
        self.goes_on();
        for name in ["id", "spid"] {
            let number = open.any_attribute(name).and_then(|id| id.strip_prefix(SHAPE)?.parse::<u64>().ok());
            self.numbers.extend(number);
        }
        match open.local() {
            "shapelayout" if self.layout.is_none() => self.layout = Some((open, 0)),
            "idmap" if self.map.is_none() => self.map = Some(open),
            "shapetype" => {
                self.has_shape_type |= open.attribute("id").as_deref() == Some(NOTE_SHAPE_TYPE);
            }
            name if SHAPES.contains(&name) && !open.empty => {
                if self.shape.is_some() {
                    return Err(self.fault("a shape in a shape"));
                }
                self.shape = Some(Shape { start: open.range.start, ..Shape::default() });
            }
            "ClientData" => {
                if let Some(shape) = &mut self.shape {
                    shape.is_note |= is_note(&open.element);
                }
            }
            "Row" => self.expected = Some("Row"),
            "Column" => self.expected = Some("Column"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, range: Range<usize>) -> Result<(), NotSafe> {
        self.goes_on();
        self.expected = None;
        match name {
            "xml" => self.close = Some((range.start, false)),
            "shapelayout" => {
                if let Some((_, close @ 0)) = &mut self.layout {
                    *close = range.start;
                }
            }
            name if SHAPES.contains(&name) => {
                let shape = self.shape.take().ok_or_else(|| self.fault("an end too many"))?;
                if let (true, Some(row), Some(column)) = (shape.is_note, shape.row, shape.column) {
                    self.notes.push((CellAddress::new(row, column), shape.start..range.end));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn words(&mut self, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        self.goes_on();
        if let (Some(expected), Some(shape)) = (self.expected.take(), &mut self.shape) {
            let number = words.parse().ok();
            match expected {
                "Row" => shape.row = number,
                _ => shape.column = number,
            }
        }
    }

    /// Something follows what was taken for the end.
    fn goes_on(&mut self) {
        if let Some((_, more)) = &mut self.close {
            *more = true;
        }
    }

    fn fault(&self, what: impl Into<String>) -> NotSafe {
        NotSafe::not_understood(self.part, what)
    }

    fn position(&self) -> usize {
        self.start + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

fn is_note(element: &BytesStart<'_>) -> bool {
    let mut attributes = element.attributes();
    let mut kinds = attributes.with_checks(false).flatten().filter(|own| own.key.as_ref() == "ObjectType");
    kinds.any(|own| own.value.as_ref() == "Note")
}
