//! Where the box of a note stands: beside its cell, at the sheet's edges inside of it.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::domain::place::{COLUMNS, CellAddress, ROWS};
use crate::output::workbooks::marks::NOTE_WIDTH;
use crate::output::write_back::xml::{Open, Scan, Step};

/// Excel's own distances of a box from its cell, in pixels.
const FROM_CELL: u32 = 15;
const ABOVE_CELL: u32 = 10;
/// Most columns or rows walked for one box. Nobody hides more of them beside a figure.
const FARTHEST: u32 = 2_000;
/// Width and height of a cell where the sheet says nothing, in pixels.
const USUAL_WIDTH: u32 = 64;
const USUAL_HEIGHT: u32 = 20;
/// Largest width or height of a cell taken for meant, in pixels.
const LARGEST: f64 = 2_000.0;

/// Widths of columns and heights of rows of a sheet, in pixels.
#[derive(Debug)]
pub struct Grid {
    columns: BTreeMap<u32, (u32, u32)>,
    usual_width: u32,
    rows: BTreeMap<u32, u32>,
    usual_height: u32,
}

impl Grid {
    /// That of the sheet with this text. What cannot be read counts as usual: only the place of a box hangs on it.
    pub fn of(sheet: &str) -> Self {
        let mut own = Self {
            columns: BTreeMap::new(),
            usual_width: USUAL_WIDTH,
            rows: BTreeMap::new(),
            usual_height: USUAL_HEIGHT,
        };
        let mut scan = Scan::new("", sheet);
        while let Ok(Some(step)) = scan.next() {
            let Step::Open(open) = step else { continue };
            match open.local() {
                "sheetFormatPr" => own.read_usual(&open),
                "col" => own.read_column(&open),
                "sheetData" => {
                    own.read_rows(&sheet[open.range.end..], &format!("<{}row", open.prefix()));
                    break;
                }
                _ => {}
            }
        }
        own
    }

    fn read_usual(&mut self, open: &Open<'_>) {
        let number = |name| {
            let number = open.attribute(name).and_then(|text| text.trim().parse::<f64>().ok());
            number.filter(|number| number.is_finite() && *number > 0.0)
        };
        if let Some(width) = number("defaultColWidth") {
            self.usual_width = column_pixels(width).max(1);
        } else if let Some(characters) = number("baseColWidth") {
            self.usual_width = (pixels(characters * 7.0 + 5.0).div_ceil(8) * 8).max(1);
        }
        if let Some(height) = number("defaultRowHeight") {
            self.usual_height = row_pixels(height).max(1);
        }
    }

    fn read_column(&mut self, open: &Open<'_>) {
        let number = |name| open.number(name).and_then(|number| u32::try_from(number).ok());
        let (Some(first), Some(last)) = (number("min"), number("max")) else { return };
        let width = open.attribute("width").and_then(|text| text.trim().parse().ok()).map(column_pixels);
        let width = if open.is_true("hidden") { 0 } else { width.unwrap_or(self.usual_width) };
        if let Some(first) = first.checked_sub(1) {
            self.columns.insert(first, (last, width));
        }
    }

    /// The rows are many: they are looked for, not walked.
    fn read_rows(&mut self, rows: &str, tag: &str) {
        let mut row = 0;
        for (at, _) in rows.match_indices(tag) {
            let rest = &rows[at + tag.len()..];
            if !rest.starts_with([' ', '\t', '\r', '\n', '>', '/']) {
                continue;
            }
            let attributes = rest.split('>').next().unwrap_or_default();
            if let Some(number) = attribute(attributes, "r").and_then(|text| text.parse::<u32>().ok()) {
                row = number.saturating_sub(1);
            }
            let height = attribute(attributes, "ht").and_then(|text| text.parse().ok());
            if matches!(attribute(attributes, "hidden"), Some("1" | "true")) {
                self.rows.insert(row, 0);
            } else if let Some(height) = height {
                self.rows.insert(row, row_pixels(height));
            }
            row = row.saturating_add(1);
        }
    }

    fn width(&self, column: u32) -> u32 {
        let below = self.columns.range(..=column).next_back();
        below.filter(|(_, (last, _))| column < *last).map_or(self.usual_width, |(_, (_, width))| *width)
    }

    fn height(&self, row: u32) -> u32 {
        self.rows.get(&row).copied().unwrap_or(self.usual_height)
    }

    /// The place of a box as VML says it: first column and pixels in it, first row and pixels in it, then the same of the
    /// last ones. `height` is that of the box in pixels.
    pub fn anchor(&self, cell: CellAddress, height: u32) -> String {
        let across =
            along(cell.column.saturating_add(1), FROM_CELL, NOTE_WIDTH, COLUMNS, |column| self.width(column));
        let start = match cell.row {
            0 => (0, 2),
            row => (row - 1, ABOVE_CELL),
        };
        let down = along(start.0, start.1, height, ROWS, |row| self.height(row));
        let [(left, left_offset), (right, right_offset)] = across;
        let [(top, top_offset), (bottom, bottom_offset)] = down;
        format!(
            "{left}, {left_offset}, {top}, {top_offset}, {right}, {right_offset}, {bottom}, {bottom_offset}"
        )
    }
}

/// Where a box of `length` pixels begins and ends: at `offset` in `first`, or so far before it that it ends inside of the
/// sheet. `count` columns or rows are on a sheet, each with its `size`.
fn along(first: u32, offset: u32, length: u32, count: u32, size: impl Fn(u32) -> u32) -> [(u32, u32); 2] {
    let first = first.min(count);
    let walk = |range: RangeInclusive<u32>| range.take(FARTHEST as usize);
    let last = count - 1;
    let offset = if first > last { 0 } else { offset.min(size(first).saturating_sub(1)) };
    let mut left = length.saturating_add(offset);
    if first <= last {
        for at in walk(first..=last) {
            if left < size(at) {
                return [(first, offset), (at, left)];
            }
            left -= size(at);
        }
        if last - first >= FARTHEST {
            return [(first, offset), (first + FARTHEST, 0)];
        }
    }
    let mut left = length;
    for at in (0..=last).rev().take(FARTHEST as usize) {
        if left <= size(at) {
            return [(at, size(at) - left), (last, size(last).saturating_sub(1))];
        }
        left -= size(at);
    }
    [(last.saturating_sub(FARTHEST), 0), (last, size(last).saturating_sub(1))]
}

/// An attribute's value as written; only numbers and truths are asked for.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    while let Some(equals) = rest.find('=') {
        let own = rest[..equals].trim();
        let behind = rest[equals + 1..].trim_start();
        let quote = behind.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let end = 1 + behind[1..].find(quote)?;
        if own == name {
            return Some(behind[1..end].trim());
        }
        rest = &behind[end + 1..];
    }
    None
}

/// Pixels of a column so many characters wide, in Excel's usual font.
fn column_pixels(characters: f64) -> u32 {
    pixels(((256.0 * characters + 18.0) / 256.0 * 7.0).floor())
}

fn row_pixels(points: f64) -> u32 {
    pixels(points * 4.0 / 3.0)
}

fn pixels(value: f64) -> u32 {
    value.clamp(0.0, LARGEST).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor(sheet: &str, cell: &str, height: u32) -> String {
        Grid::of(sheet).anchor(CellAddress::parse(cell).unwrap(), height)
    }

    #[test]
    fn a_box_stands_beside_its_cell_as_wide_as_it_should() {
        let wide = "<x:worksheet xmlns:x='urn:x'><x:sheetFormatPr defaultRowHeight='30'/><x:cols><x:col min='2' max='3' width=\"50.7109375\"/>\
                    <x:col min='4' max='5' width='9' hidden='1'/></x:cols><x:sheetData><x:row r='3' ht='75'><x:c/></x:row>\
                    <x:row ht='15' /><x:rowBreaks/><x:row r='6' hidden=\"1\" ht='15'></x:row></x:sheetData></x:worksheet>";
        for (sheet, cell, height, expected) in [
            ("", "A1", 100, "1, 15, 0, 2, 6, 35, 5, 2"),
            ("", "C8", 100, "3, 15, 6, 10, 8, 35, 11, 10"),
            (wide, "A3", 150, "1, 15, 1, 10, 2, 0, 4, 0"),
            (wide, "C6", 50, "3, 0, 4, 10, 10, 20, 6, 20"),
            ("", "XFD1048576", 100, "16378, 44, 1048571, 0, 16383, 63, 1048575, 19"),
            ("", "XFC1048575", 100, "16378, 44, 1048571, 0, 16383, 63, 1048575, 19"),
            ("", "A1", u32::MAX, "1, 15, 0, 2, 6, 35, 2000, 0"),
            (
                "<a><sheetFormatPr baseColWidth='10' defaultColWidth='NaN' defaultRowHeight='-5'/>",
                "A1",
                10,
                "1, 15, 0, 2, 5, 35, 0, 12",
            ),
            ("<worksheet", "B2", 20, "2, 15, 0, 10, 7, 35, 1, 10"),
        ] {
            assert_eq!(anchor(sheet, cell, height), expected, "{cell} {sheet}");
        }
    }

    #[test]
    fn the_edges_are_kept_even_where_nothing_has_a_width() {
        let hidden = "<a><cols><col min='1' max='16384' hidden='true'/></cols><sheetData/></a>";
        assert_eq!(anchor(hidden, "A1", 20), "1, 0, 0, 2, 2001, 0, 1, 2");
        assert_eq!(anchor(hidden, "XFD1", 20), "14383, 0, 0, 2, 16383, 0, 1, 2");
    }
}
