//! The part of one sheet: its cells, formulas and furniture.

use std::io::Read;
use std::sync::Arc;

use super::looks::{Format, plain};
use super::records::{Records, text};
use crate::domain::place::CellAddress;
use crate::domain::place::ROWS;
use crate::domain::workbook::{Area, Cell, Content};
use crate::intake::reading::binary::{Bytes, error, packed_number};
use crate::intake::reading::gathering::{Gathering, OpenSheet, sheet_named};
use crate::intake::reading::number_format;
use crate::intake::reading::refusal::NotRead;

const ROW: u16 = 0;
const BLANK: u16 = 1;
const PACKED: u16 = 2;
const ERROR: u16 = 3;
const BOOLEAN: u16 = 4;
const NUMBER: u16 = 5;
const TEXT: u16 = 6;
const SHARED_TEXT: u16 = 7;
const FORMULA_TEXT: u16 = 8;
const FORMULA_NUMBER: u16 = 9;
const FORMULA_BOOLEAN: u16 = 10;
const FORMULA_ERROR: u16 = 11;
const COLUMN: u16 = 60;
const RICH_TEXT: u16 = 62;
const DATA_END: u16 = 146;
const MERGED: u16 = 176;
const ARRAY: u16 = 426;
const TABLE: u16 = 428;

/// What holds for the whole workbook.
pub(super) struct Globals {
    pub(super) shared: Vec<String>,
    pub(super) formats: Vec<Format>,
    pub(super) from_1904: bool,
    /// Whether Excel saved the workbook last.
    pub(super) by_excel: bool,
}

/// Reads the sheet's part.
pub(super) fn read<R: Read>(
    mut records: Records<R>,
    globals: &Globals,
    sheet: &mut OpenSheet,
    gathering: &mut Gathering,
) -> Result<(), NotRead> {
    let mut row = 0;
    let plain = plain();
    let mut ended = false;
    while let Some((kind, bytes)) = records.next()? {
        ended |= kind == DATA_END;
        let mut reading = SheetReading { globals, plain: &plain, sheet: &mut *sheet, row: &mut row };
        match reading.record(kind, bytes) {
            Some(Outcome::Nothing) => {}
            Some(Outcome::Cell(address, cell)) => gathering.cell(sheet, address, cell)?,
            Some(Outcome::Refused(refusal)) => return Err(refusal),
            None => return Err(records.damaged(format!("a record of kind {kind} is too short"))),
        }
    }
    if ended { Ok(()) } else { Err(records.damaged("it breaks off among the cells")) }
}

/// What a record came to.
enum Outcome {
    Nothing,
    Cell(CellAddress, Cell),
    Refused(NotRead),
}

struct SheetReading<'r> {
    globals: &'r Globals,
    plain: &'r Format,
    sheet: &'r mut OpenSheet,
    row: &'r mut u32,
}

impl SheetReading<'_> {
    /// `None` when the record is too short.
    fn record(&mut self, kind: u16, mut bytes: Bytes) -> Option<Outcome> {
        match kind {
            ROW => self.row(bytes),
            COLUMN => {
                let (first, last, width) = (bytes.u32()?, bytes.u32()?, bytes.u32()?);
                bytes.take(4)?;
                let hidden = bytes.u16()? & 1 != 0 || width == 0;
                self.sheet.columns(first, last, Some(f64::from(width) / 256.0), hidden);
                Some(Outcome::Nothing)
            }
            MERGED => {
                let area = area(&mut bytes)?;
                Some(self.sheet.merge(area).map_or_else(Outcome::Refused, |()| Outcome::Nothing))
            }
            ARRAY | TABLE => {
                let area = area(&mut bytes)?;
                self.sheet.array(area);
                Some(Outcome::Nothing)
            }
            BLANK..=FORMULA_ERROR | RICH_TEXT => self.cell(kind, bytes),
            _ => Some(Outcome::Nothing),
        }
    }

    fn row(&mut self, mut bytes: Bytes) -> Option<Outcome> {
        *self.row = bytes.u32()?;
        if *self.row >= ROWS {
            let refusal = NotRead::damaged(sheet_named(self.sheet.name()), "it has rows beyond the last");
            return Some(Outcome::Refused(refusal));
        }
        bytes.take(4)?;
        let height = bytes.u16()?;
        bytes.take(1)?;
        let marks = bytes.u8()?;
        if marks & 0x10 != 0 {
            self.sheet.hide_rows(*self.row, *self.row);
        }
        if marks & 0x20 != 0 {
            // In twentieths of a point.
            self.sheet.row_height(*self.row, *self.row, f64::from(height) / 20.0);
        }
        Some(Outcome::Nothing)
    }

    fn cell(&mut self, kind: u16, mut bytes: Bytes) -> Option<Outcome> {
        let address = CellAddress::new(*self.row, bytes.u32()?);
        let format = (bytes.u32()? & 0x00ff_ffff) as usize;
        let (look, meaning) = self.globals.formats.get(format).unwrap_or(self.plain);
        let number = |value| number_format::content(value, *meaning, self.globals.from_1904);
        let formula = matches!(kind, FORMULA_TEXT..=FORMULA_ERROR);
        let content = match kind {
            PACKED => number(packed_number(bytes.u32()?)),
            NUMBER => number(bytes.f64()?),
            FORMULA_NUMBER => {
                let value = bytes.f64()?;
                let recalculated = bytes.u16().is_some_and(|marks| marks & 2 != 0);
                // What a program leaves that writes formulas and cannot calculate them. Excel marks those that change by themselves.
                if value == 0.0 && recalculated && !self.globals.by_excel {
                    Content::Blank
                } else {
                    number(value)
                }
            }
            ERROR | FORMULA_ERROR => Content::Error(error(bytes.u8()?).into()),
            BOOLEAN | FORMULA_BOOLEAN => Content::Boolean(bytes.u8()? != 0),
            TEXT | FORMULA_TEXT => Content::Text(text(&mut bytes)?.into()),
            RICH_TEXT => {
                bytes.take(1)?;
                Content::Text(text(&mut bytes)?.into())
            }
            SHARED_TEXT => match self.globals.shared.get(bytes.u32()? as usize) {
                Some(text) => Content::Text(text.as_str().into()),
                None => {
                    let name = sheet_named(self.sheet.name());
                    return Some(Outcome::Refused(NotRead::damaged(name, "a cell's text is missing")));
                }
            },
            _ => Content::Blank,
        };
        if !formula && (content == Content::Blank || content == Content::Text("".into())) {
            let look = Arc::clone(look);
            self.sheet.blank(Area { first: address, last: address }, &look);
            return Some(Outcome::Nothing);
        }
        Some(Outcome::Cell(address, Cell { content, formula, look: Arc::clone(look) }))
    }
}

fn area(bytes: &mut Bytes) -> Option<Area> {
    let (first_row, last_row) = (bytes.u32()?, bytes.u32()?);
    let (first_column, last_column) = (bytes.u32()?, bytes.u32()?);
    Some(Area {
        first: CellAddress::new(first_row, first_column),
        last: CellAddress::new(last_row, last_column),
    })
}
