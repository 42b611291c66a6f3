//! Two parts of one worksheet, cell by cell, as they are written: what is written alike is read alike, whatever it means.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::super::xml::attributes;
use crate::domain::place::{CellAddress, ROWS};
use crate::domain::workbook::Area;

/// What a cell's value is said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number, which its format may make a date.
    Number,
    /// The number of a shared text.
    Shared,
    /// Another kind by its name, which no format changes.
    Other(String),
}

/// A cell as written.
#[derive(Debug)]
pub(super) struct Written<'t> {
    /// Where it stands.
    pub(super) address: CellAddress,
    /// Its format; `None` where it names none.
    pub(super) style: Option<usize>,
    /// What its value is said to be.
    pub(super) kind: Kind,
    /// All that stands in its element.
    pub(super) inside: &'t str,
    /// Whether it has a value or formula.
    pub(super) filled: bool,
}

/// A worksheet's part as written.
#[derive(Debug)]
pub(super) struct WrittenSheet<'t> {
    /// Its cells, each behind the one before.
    pub(super) cells: Vec<Written<'t>>,
    /// The area that holds values and formulas.
    pub(super) used: Option<Area>,
    merged: Vec<String>,
    /// The attributes of its columns.
    columns: Vec<String>,
}

impl<'t> WrittenSheet<'t> {
    /// Walks the part; `None` where it holds anything that does not explain itself: cells without an address or out of their order,
    /// formulas that fill more than their own cell, sections of characters.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut sheet = Self { cells: Vec::new(), used: None, merged: Vec::new(), columns: Vec::new() };
        let (mut in_data, mut had_data, mut in_row) = (false, false, false);
        loop {
            match reader.read_event().ok()? {
                Event::Start(element) => match (element.local_name().as_ref(), in_data) {
                    ("sheetData", _) => {
                        if had_data {
                            return None;
                        }
                        (in_data, had_data) = (true, true);
                    }
                    ("row", true) if !in_row => {
                        let number = attributes(&element).find(|(name, _)| *name == "r");
                        let number = number.map_or(Ok(1), |(_, value)| value.parse());
                        (1..=ROWS).contains(&number.ok()?).then_some(())?;
                        in_row = true;
                    }
                    ("c", true) if in_row => {
                        let cell = cell(&element, &mut reader, text)?;
                        if sheet.cells.last().is_some_and(|before| before.address >= cell.address) {
                            return None;
                        }
                        sheet.use_for(&cell);
                        sheet.cells.push(cell);
                    }
                    (_, true) => return None,
                    ("mergeCell", false) => {
                        let area = attributes(&element).find(|(name, _)| *name == "ref");
                        sheet.merged.push(area?.1.into_owned());
                    }
                    ("dimension", false) => {
                        let (_, area) = attributes(&element).find(|(name, _)| *name == "ref")?;
                        Area::parse(&area)?;
                    }
                    ("col", false) => {
                        sheet
                            .columns
                            .extend(attributes(&element).map(|(name, value)| format!("{name}={value}")));
                    }
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "row" => in_row = false,
                    "sheetData" => in_data = false,
                    _ => {}
                },
                Event::CData(_) | Event::DocType(_) => return None,
                Event::Eof => return had_data.then_some(sheet),
                _ => {}
            }
        }
    }

    /// The cell at `address`, where it is written.
    pub(super) fn cell(&self, address: CellAddress) -> Option<&Written<'t>> {
        let at = self.cells.binary_search_by_key(&address, |cell| cell.address).ok()?;
        self.cells.get(at)
    }

    /// Whether `copy` has the same merged areas and, in the same cells, the same values and formulas. `same_format` says of two
    /// formats, the first one of this sheet's workbook, whether they make the same of a number.
    pub(super) fn is_in(
        &self,
        copy: &WrittenSheet<'_>,
        same_format: impl Fn(Option<usize>, Option<usize>) -> bool,
    ) -> bool {
        let mut before = self.cells.iter().filter(|cell| !cell.inside.is_empty());
        let mut after = copy.cells.iter().filter(|cell| !cell.inside.is_empty());
        let same = |one: &Written<'_>, other: &Written<'_>| {
            one.address == other.address
                && one.kind == other.kind
                && one.inside == other.inside
                && (one.kind != Kind::Number || same_format(one.style, other.style))
        };
        let all = loop {
            match (before.next(), after.next()) {
                (None, None) => break true,
                (Some(one), Some(other)) if same(one, other) => {}
                _ => break false,
            }
        };
        all && self.merged == copy.merged && self.columns == copy.columns
    }

    fn use_for(&mut self, cell: &Written<'_>) {
        if !cell.filled {
            return;
        }
        let at = cell.address;
        let used = self.used.get_or_insert(Area { first: at, last: at });
        used.first = CellAddress::new(used.first.row.min(at.row), used.first.column.min(at.column));
        used.last = CellAddress::new(used.last.row.max(at.row), used.last.column.max(at.column));
    }
}

/// The cell whose opening tag was read last; reads on to its end.
fn cell<'t>(element: &BytesStart<'_>, reader: &mut Reader<&'t [u8]>, text: &'t str) -> Option<Written<'t>> {
    let (mut address, mut style, mut kind) = (None, None, Kind::Number);
    for (name, value) in attributes(element) {
        match name {
            "r" => address = CellAddress::parse(&value),
            "s" => style = Some(value.parse().ok()?),
            "t" => {
                kind = match value.as_ref() {
                    "n" => Kind::Number,
                    "s" => Kind::Shared,
                    other => Kind::Other(other.to_string()),
                }
            }
            _ => {}
        }
    }
    let start = usize::try_from(reader.buffer_position()).ok()?;
    let (mut depth, mut filled, mut in_value) = (0usize, false, false);
    let end = loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(inner) => {
                if depth == 0 {
                    match inner.local_name().as_ref() {
                        "f" if fills_more(&inner) => return None,
                        "f" | "is" => filled = true,
                        "v" => in_value = true,
                        _ => return None,
                    }
                }
                depth += 1;
            }
            Event::End(_) if depth == 0 => break before,
            Event::End(_) => {
                depth -= 1;
                in_value &= depth > 0;
            }
            Event::Text(_) => filled |= in_value,
            Event::GeneralRef(_) => {}
            _ => return None,
        }
    };
    Some(Written { address: address?, style, kind, inside: text.get(start..end)?, filled })
}

/// Whether a formula fills other cells than its own, which are then calculated too.
fn fills_more(formula: &BytesStart<'_>) -> bool {
    attributes(formula).any(|(name, value)| name == "t" && matches!(value.as_ref(), "array" | "dataTable"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: &str = "<worksheet><dimension ref=\"A1:C2\"/><cols><col min=\"1\" max=\"2\"/></cols><sheetData><row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c>\
                          <c r=\"C1\" s=\"2\"/></row><row r=\"2\"><c r=\"A2\"><f>A1</f><v>1</v></c></row></sheetData>\
                          <mergeCells><mergeCell ref=\"A1:A1\"/></mergeCells></worksheet>";

    /// Whether a copy with that change is shown to be the same; formats make the same of a number where both are below 5.
    fn shown(from: &str, to: &str) -> bool {
        assert!(BEFORE.contains(from), "{from}");
        let copy = BEFORE.replacen(from, to, 1);
        let low = |style: Option<usize>| style.unwrap_or(0) < 5;
        let before = WrittenSheet::of(BEFORE).unwrap();
        WrittenSheet::of(&copy).is_some_and(|copy| before.is_in(&copy, |one, other| low(one) && low(other)))
    }

    #[test]
    fn other_looks_and_blank_cells_change_nothing() {
        for (from, to) in [
            ("s=\"1\"", "s=\"3\""),
            ("<c r=\"B1\" t=\"s\">", "<c r=\"B1\" s=\"9\" t=\"s\">"),
            ("<c r=\"C1\" s=\"2\"/>", ""),
            ("</sheetData>", "<row r=\"9\"><c r=\"D9\" s=\"8\"/></row></sheetData>"),
            ("A1:C2", "A1:D9"),
        ] {
            assert!(shown(from, to), "{to}");
        }
    }

    #[test]
    fn whatever_else_differs_is_found() {
        for (from, to) in [
            ("s=\"1\"", "s=\"5\""),
            ("<v>1</v>", "<v>2</v>"),
            ("<v>1</v>", ""),
            ("<v>1</v>", "<v>1.0</v>"),
            ("<f>A1</f>", ""),
            ("<f>A1</f>", "<f t=\"array\" ref=\"A1:A2\">A1</f>"),
            ("<v>0</v>", "<v>7</v>"),
            (" t=\"s\"", ""),
            ("<c r=\"C1\" s=\"2\"/>", "<c r=\"C1\" s=\"2\"><v>1</v></c>"),
            ("<c r=\"C1\" s=\"2\"/>", "<c s=\"2\"/>"),
            ("<c r=\"C1\" s=\"2\"/>", "<c r=\"A1\" s=\"2\"/>"),
            ("<c r=\"A2\">", "<c r=\"A3\">"),
            ("A1:A1", "A1:B1"),
            ("<mergeCell ref=\"A1:A1\"/>", ""),
            ("</sheetData>", "</sheetData><sheetData/>"),
            ("A1:C2", "nowhere"),
            ("max=\"2\"", "max=\"0\""),
            ("<row r=\"2\">", "<row r=\"1048577\">"),
            ("</sheetData>", "<row r=\"0\"/></sheetData>"),
            ("<v>1</v>", "<v><![CDATA[1]]></v>"),
            ("</row>", "<x/></row>"),
            ("</worksheet>", "</sheet>"),
        ] {
            assert!(!shown(from, to), "{to}");
        }
    }

    #[test]
    fn the_area_in_use_is_that_of_values_and_formulas() {
        let sheet = WrittenSheet::of(BEFORE).unwrap();
        assert_eq!(sheet.used, Some(Area { first: CellAddress::new(0, 0), last: CellAddress::new(1, 1) }));
        assert!(!sheet.cell(CellAddress::new(0, 2)).unwrap().filled);
        assert!(sheet.cell(CellAddress::new(0, 3)).is_none());
    }
}
