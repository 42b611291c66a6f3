//! The records of one sheet: its cells, formulas and furniture.

use std::sync::Arc;

use super::globals::Globals;
use super::looks::Format;
use super::records::{BOF, EOF, Records};
use crate::domain::place::CellAddress;
use crate::domain::workbook::{Area, Cell, Content};
use crate::intake::reading::binary::{Bytes, error, packed_number};
use crate::intake::reading::gathering::{Gathering, OpenSheet, sheet_named};
use crate::intake::reading::number_format;
use crate::intake::reading::refusal::NotRead;

const FORMULA: u16 = 0x0006;
const COLUMN: u16 = 0x007d;
const MANY_PACKED: u16 = 0x00bd;
const MANY_BLANK: u16 = 0x00be;
const RICH_TEXT: u16 = 0x00d6;
const MERGED: u16 = 0x00e5;
const SHARED_TEXT: u16 = 0x00fd;
const BLANK: u16 = 0x0201;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const BOOLEAN_OR_ERROR: u16 = 0x0205;
const FORMULA_TEXT: u16 = 0x0207;
const ROW: u16 = 0x0208;
const PACKED: u16 = 0x027e;

/// Reads the sheet that begins at `start`; says where it ends, exclusive.
pub(super) fn read(
    stream: &[u8],
    start: usize,
    globals: &Globals,
    sheet: &mut OpenSheet,
    gathering: &mut Gathering,
) -> Result<usize, NotRead> {
    let name = sheet_named(sheet.name());
    let mut records = Records::new(stream, start);
    if records.next().is_none_or(|record| record.kind != BOF) {
        return Err(NotRead::damaged(name, "it does not stand where it should"));
    }
    let mut reading = SheetReading { globals, sheet, gathering, waiting: None };
    // Charts lie in the sheet as streams of their own, with cells of their own.
    let mut depth = 0;
    while let Some(record) = records.next() {
        match record.kind {
            BOF => depth += 1,
            EOF if depth == 0 => {
                reading.end()?;
                return Ok(records.at);
            }
            EOF => depth -= 1,
            _ if depth > 0 => {}
            kind => match reading.record(kind, record.bytes(), &record.parts) {
                Some(outcome) => outcome?,
                None => return Err(NotRead::damaged(name, format!("a record {kind:#06x} is too short"))),
            },
        }
    }
    Err(NotRead::damaged(name, "it breaks off"))
}

struct SheetReading<'r> {
    globals: &'r Globals,
    sheet: &'r mut OpenSheet,
    gathering: &'r mut Gathering,
    /// A formula whose text follows in a record of its own.
    waiting: Option<(CellAddress, u16)>,
}

impl SheetReading<'_> {
    /// `None` when the record is too short.
    fn record(&mut self, kind: u16, mut bytes: Bytes, parts: &[&[u8]]) -> Option<Result<(), NotRead>> {
        match kind {
            NUMBER | PACKED | TEXT | RICH_TEXT | SHARED_TEXT | BOOLEAN_OR_ERROR | BLANK => {
                let (address, format) = (address(&mut bytes)?, bytes.u16()?);
                let content = match kind {
                    NUMBER => self.number(bytes.f64()?, format),
                    PACKED => self.number(packed_number(bytes.u32()?), format),
                    TEXT | RICH_TEXT => Content::Text(self.globals.texts.long(&mut bytes)?.into()),
                    SHARED_TEXT => {
                        let Some(text) = self.globals.shared.get(bytes.u32()? as usize) else {
                            return Some(Err(NotRead::damaged(
                                sheet_named(self.sheet.name()),
                                "a cell's text is missing",
                            )));
                        };
                        Content::Text(text.as_str().into())
                    }
                    BOOLEAN_OR_ERROR => {
                        let value = bytes.u8()?;
                        boolean_or_error(value, bytes.u8()? != 0)
                    }
                    _ => {
                        let look = self.format(format).0.clone();
                        self.sheet.blank(Area { first: address, last: address }, &look);
                        return Some(Ok(()));
                    }
                };
                Some(self.cell(address, format, content, false))
            }
            FORMULA => {
                let (address, format) = (address(&mut bytes)?, bytes.u16()?);
                let value = bytes.take(8)?;
                Some(self.formula(address, format, value))
            }
            FORMULA_TEXT => {
                let Some((address, format)) = self.waiting.take() else { return Some(Ok(())) };
                let text = self.continued(bytes, parts)?;
                Some(self.cell(address, format, Content::Text(text.into()), true))
            }
            MANY_PACKED => {
                let mut at = address(&mut bytes)?;
                // The number of the last column stands behind the cells.
                while bytes.0.len() >= 6 {
                    let (format, packed) = (bytes.u16()?, bytes.u32()?);
                    let content = self.number(packed_number(packed), format);
                    if let Err(refusal) = self.cell(at, format, content, false) {
                        return Some(Err(refusal));
                    }
                    at.column += 1;
                }
                Some(Ok(()))
            }
            MANY_BLANK => {
                let mut at = address(&mut bytes)?;
                while bytes.0.len() >= 4 {
                    let look = self.format(bytes.u16()?).0.clone();
                    self.sheet.blank(Area { first: at, last: at }, &look);
                    at.column += 1;
                }
                Some(Ok(()))
            }
            MERGED => {
                bytes.take(2)?;
                while bytes.0.len() >= 8 {
                    let (first_row, last_row) = (bytes.u16()?, bytes.u16()?);
                    let (first_column, last_column) = (bytes.u16()?, bytes.u16()?);
                    let area = Area {
                        first: CellAddress::new(first_row.into(), first_column.into()),
                        last: CellAddress::new(last_row.into(), last_column.into()),
                    };
                    if let Err(refusal) = self.sheet.merge(area) {
                        return Some(Err(refusal));
                    }
                }
                Some(Ok(()))
            }
            ROW => {
                let row = u32::from(bytes.u16()?);
                bytes.take(4)?;
                let height = bytes.u16()?;
                bytes.take(4)?;
                let marks = bytes.u16()?;
                if marks & 0x20 != 0 {
                    self.sheet.hide_rows(row, row);
                }
                if marks & 0x40 != 0 {
                    // In twentieths of a point.
                    self.sheet.row_height(row, row, f64::from(height & 0x7fff) / 20.0);
                }
                Some(Ok(()))
            }
            COLUMN => {
                let (first, last, width) = (bytes.u16()?, bytes.u16()?, bytes.u16()?);
                bytes.take(2)?;
                let hidden = bytes.u16()? & 1 != 0 || width == 0;
                self.sheet.columns(first.into(), last.into(), Some(f64::from(width) / 256.0), hidden);
                Some(Ok(()))
            }
            _ => Some(Ok(())),
        }
    }

    /// A formula's text, which goes on in further records where it is long.
    fn continued(&self, mut bytes: Bytes, parts: &[&[u8]]) -> Option<String> {
        if parts.len() == 1 {
            return self.globals.texts.long(&mut bytes);
        }
        super::records::long_over(parts, self.globals.texts)
    }

    fn formula(&mut self, address: CellAddress, format: u16, value: &[u8]) -> Result<(), NotRead> {
        // A formula without its text is one without a result.
        self.end()?;
        let content = match value {
            [0, .., 0xff, 0xff] => {
                self.waiting = Some((address, format));
                return Ok(());
            }
            [1, _, value, .., 0xff, 0xff] => Content::Boolean(*value != 0),
            [2, _, code, .., 0xff, 0xff] => Content::Error(error(*code).into()),
            [3, .., 0xff, 0xff] => Content::Text("".into()),
            // Programs that do not calculate a formula leave a zero, as there is no sign for it; LibreOffice does so for
            // formulas it has not worked out. Only Excel's own zeros are believed.
            [0, 0, 0, 0, 0, 0, 0, 0] if !self.globals.by_excel => Content::Blank,
            value => self.number(value.try_into().map(f64::from_le_bytes).unwrap_or(f64::NAN), format),
        };
        self.cell(address, format, content, true)
    }

    fn number(&self, value: f64, format: u16) -> Content {
        number_format::content(value, self.format(format).1, self.globals.from_1904)
    }

    fn format(&self, format: u16) -> &Format {
        self.globals.formats.get(usize::from(format)).unwrap_or(&self.globals.plain)
    }

    fn cell(
        &mut self,
        address: CellAddress,
        format: u16,
        content: Content,
        formula: bool,
    ) -> Result<(), NotRead> {
        let look = Arc::clone(&self.format(format).0);
        if !formula && content == Content::Text("".into()) {
            self.sheet.blank(Area { first: address, last: address }, &look);
            return Ok(());
        }
        self.gathering.cell(self.sheet, address, Cell { content, formula, look })
    }

    /// Keeps the formula that still waits for its text.
    fn end(&mut self) -> Result<(), NotRead> {
        match self.waiting.take() {
            Some((address, format)) => self.cell(address, format, Content::Blank, true),
            None => Ok(()),
        }
    }
}

fn address(bytes: &mut Bytes) -> Option<CellAddress> {
    Some(CellAddress::new(bytes.u16()?.into(), bytes.u16()?.into()))
}

fn boolean_or_error(value: u8, is_error: bool) -> Content {
    if is_error { Content::Error(error(value).into()) } else { Content::Boolean(value != 0) }
}
