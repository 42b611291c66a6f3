//! The drawing with the notes' boxes, in VML.
//!
//! What Excel writes there is not always well-formed: the words of a form control may hold an unclosed `<br>` or attributes
//! without quotes. So tags are followed one by one, and their nesting only where it matters.

use std::collections::BTreeSet;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::domain::place::CellAddress;
use crate::output::workbooks::marks::{NOTE_WIDTH, note_height};
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::notes::boxes::Grid;
use crate::output::write_back::xml::{Open, Splices};

const VML: &str = "urn:schemas-microsoft-com:vml";
const OFFICE: &str = "urn:schemas-microsoft-com:office:office";
const EXCEL: &str = "urn:schemas-microsoft-com:office:excel";
/// How Excel names the shapes of a drawing: this and a number.
const SHAPE: &str = "_x0000_s";
const NOTE_SHAPE_TYPE: &str = "_x0000_t202";
/// So many numbers belong to each number of a drawing's map.
const BLOCK: u64 = 1_024;

/// A drawing without shapes.
pub const EMPTY: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";

/// A drawing as it is.
#[derive(Debug)]
pub struct Drawing<'a> {
    part: &'a str,
    text: &'a str,
    root: Open<'a>,
    root_close: usize,
    /// Layout element and its closing tag.
    layout: Option<(Open<'a>, usize)>,
    map: Option<Open<'a>>,
    has_shape_type: bool,
    /// Numbers of shapes.
    numbers: BTreeSet<u64>,
    /// The boxes of notes: the cell of each and its bytes.
    notes: Vec<(CellAddress, Range<usize>)>,
}

/// A shape while it is read.
#[derive(Debug, Default)]
struct Shape {
    start: usize,
    is_note: bool,
    row: Option<u32>,
    column: Option<u32>,
}

impl<'a> Drawing<'a> {
    /// That of a part.
    ///
    /// # Errors
    ///
    /// When its tags or its end cannot be found.
    pub fn read(part: &'a str, text: &'a str) -> Result<Self, NotSafe> {
        Reading::new(part, text).read()
    }

    /// The cells that have a box.
    pub fn cells(&self) -> BTreeSet<CellAddress> {
        self.notes.iter().map(|(cell, _)| *cell).collect()
    }

    /// The part with a box for each of the notes. `taken` gives the map numbers of the package's other drawings; it is
    /// asked only when this one needs another.
    ///
    /// # Errors
    ///
    /// When the map of numbers is not understood.
    pub fn with(
        &self,
        grid: &Grid,
        notes: &[(CellAddress, String)],
        taken: impl FnOnce() -> Result<BTreeSet<u64>, NotSafe>,
    ) -> Result<String, NotSafe> {
        let mut splices = Splices::default();
        let own = Prefixes::of(&self.root);
        let mut shapes = String::new();
        if !self.has_shape_type {
            shapes.push_str(&own.shape_type());
        }
        let numbers = self.new_numbers(notes.len(), taken, &own, &mut splices)?;
        for ((cell, text), number) in notes.iter().zip(numbers) {
            shapes.push_str(&own.note(grid, *cell, note_height(text), number));
        }
        match self.root.empty {
            true => return Err(NotSafe::not_understood(self.part, "an empty drawing")),
            false => splices.insert(self.root_close, shapes),
        }
        splices.apply(self.part, self.text)
    }

    /// Free numbers for shapes, within the drawing's map, which grows where it must.
    fn new_numbers(
        &self,
        count: usize,
        taken: impl FnOnce() -> Result<BTreeSet<u64>, NotSafe>,
        own: &Prefixes,
        splices: &mut Splices,
    ) -> Result<Vec<u64>, NotSafe> {
        let not_understood = || NotSafe::not_understood(self.part, "the numbers of its shapes");
        let data = match &self.map {
            Some(map) => Some(map.attribute("data").ok_or_else(not_understood)?),
            None => None,
        };
        let mut blocks: Vec<u64> = Vec::new();
        for block in data.iter().flat_map(|data| data.split(',')).filter(|block| !block.trim().is_empty()) {
            blocks
                .push(block.trim().parse().ok().filter(|block| *block < 1 << 32).ok_or_else(not_understood)?);
        }
        let free = |block: u64| {
            let own = block * BLOCK + 1..(block + 1) * BLOCK;
            own.filter(|number| !self.numbers.contains(number))
        };
        let mut numbers: Vec<u64> = blocks.iter().copied().flat_map(free).take(count).collect();
        if numbers.len() < count {
            let mut taken = taken()?;
            taken.extend(blocks.iter().copied());
            taken.extend(self.numbers.iter().map(|number| number / BLOCK));
            let mut fresh = (1u64..).filter(|block| !taken.contains(block));
            while numbers.len() < count {
                let block = fresh.next().ok_or_else(not_understood)?;
                blocks.push(block);
                numbers.extend(free(block).take(count - numbers.len()));
            }
            let list: Vec<String> = blocks.iter().map(u64::to_string).collect();
            let map = own.map(&list.join(","));
            match (&self.map, &self.layout) {
                (Some(map), _) => {
                    let range = map.value_range("data").ok_or_else(not_understood)?;
                    splices.replace(range, list.join(","));
                }
                (None, Some((open, close))) => splices.append(open, *close, map),
                (None, None) => splices.insert(self.root.range.end, own.layout(&map)),
            }
        }
        Ok(numbers)
    }

    /// The part without the boxes of these cells; `None` when there are none.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn without(&self, cells: &BTreeSet<CellAddress>) -> Result<Option<String>, NotSafe> {
        let mut splices = Splices::default();
        for (_, range) in self.notes.iter().filter(|(cell, _)| cells.contains(cell)) {
            splices.remove(range.clone());
        }
        match splices.is_empty() {
            true => Ok(None),
            false => splices.apply(self.part, self.text).map(Some),
        }
    }
}

/// The map numbers that a drawing uses, whether it says so or not.
pub fn blocks(text: &str) -> BTreeSet<u64> {
    let digits = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text[..end].parse::<u64>().ok()
    };
    let shapes = text.match_indices(SHAPE).filter_map(|(at, _)| digits(&text[at + SHAPE.len()..]));
    let mut blocks: BTreeSet<u64> = shapes.map(|number| number / BLOCK).collect();
    for (at, _) in text.match_indices("idmap") {
        let tag = text[at..].split('>').next().unwrap_or_default();
        let data = tag.split_once("data").map_or("", |(_, behind)| behind);
        let value = data.split(['"', '\'']).nth(1).unwrap_or_default();
        blocks.extend(value.split(',').filter_map(|block| block.trim().parse::<u64>().ok()));
    }
    blocks
}

/// The walk over a drawing.
struct Reading<'a> {
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
    fn new(part: &'a str, text: &'a str) -> Self {
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

    fn read(mut self) -> Result<Drawing<'a>, NotSafe> {
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
            "shape" if !open.empty => {
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
            "shape" => {
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

/// The prefixes of a drawing, and what declares those that its root does not.
struct Prefixes {
    vml: String,
    office: String,
    excel: String,
    declared: String,
}

impl Prefixes {
    fn of(root: &Open<'_>) -> Self {
        let mut declared = String::new();
        let mut prefix = |namespace: &str, usual: &str| {
            // Attributes need a prefix: a default namespace is of no use.
            root.prefix_bound_to(&[namespace]).filter(|prefix| !prefix.is_empty()).unwrap_or_else(|| {
                declared.push_str(&format!(" xmlns:{usual}=\"{namespace}\""));
                format!("{usual}:")
            })
        };
        let (vml, office, excel) = (prefix(VML, "v"), prefix(OFFICE, "o"), prefix(EXCEL, "x"));
        Self { vml, office, excel, declared }
    }

    fn layout(&self, map: &str) -> String {
        let Self { vml: v, office: o, declared, .. } = self;
        format!("<{o}shapelayout{declared} {v}ext=\"edit\">{map}</{o}shapelayout>")
    }

    fn map(&self, data: &str) -> String {
        let Self { vml: v, office: o, declared, .. } = self;
        format!("<{o}idmap{declared} {v}ext=\"edit\" data=\"{data}\"/>")
    }

    fn shape_type(&self) -> String {
        let Self { vml: v, office: o, declared, .. } = self;
        format!(
            "<{v}shapetype{declared} id=\"{NOTE_SHAPE_TYPE}\" coordsize=\"21600,21600\" {o}spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
             <{v}stroke joinstyle=\"miter\"/><{v}path gradientshapeok=\"t\" {o}connecttype=\"rect\"/></{v}shapetype>"
        )
    }

    fn note(&self, grid: &Grid, cell: CellAddress, height: u32, number: u64) -> String {
        let Self { vml: v, office: o, excel: x, declared } = self;
        let anchor = grid.anchor(cell, height);
        let (width, height) = (points(NOTE_WIDTH), points(height));
        let (row, column) = (cell.row, cell.column);
        format!(
            "<{v}shape{declared} id=\"{SHAPE}{number}\" type=\"#{NOTE_SHAPE_TYPE}\" style=\"position:absolute;margin-left:59.25pt;margin-top:1.5pt;width:{width}pt;height:{height}pt;z-index:1;visibility:hidden\" fillcolor=\"#ffffe1\" {o}insetmode=\"auto\">\
             <{v}fill color2=\"#ffffe1\"/><{v}shadow on=\"t\" color=\"black\" obscured=\"t\"/><{v}path {o}connecttype=\"none\"/>\
             <{v}textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></{v}textbox>\
             <{x}ClientData ObjectType=\"Note\"><{x}MoveWithCells/><{x}SizeWithCells/><{x}Anchor>{anchor}</{x}Anchor>\
             <{x}AutoFill>False</{x}AutoFill><{x}Row>{row}</{x}Row><{x}Column>{column}</{x}Column></{x}ClientData></{v}shape>"
        )
    }
}

fn points(pixels: u32) -> f64 {
    f64::from(pixels) * 0.75
}
