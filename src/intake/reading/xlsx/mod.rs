//! Workbooks of Excel 2007 and later (.xlsx, .xlsm, .xltx, .xltm), transitional and strict.
//!
//! [`package`] checks the zip package, [`parts`] finds the sheets in it, [`sweep`] reads their furniture, and the cells
//! come streaming from calamine, which never gets to see a package that was not checked.

pub(super) mod alike;
pub(super) mod content;
pub(super) mod look;
pub(super) mod parts;
mod plain;
mod sweep;

use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use foldhash::fast::RandomState;
use indexmap::IndexMap;

use self::look::Looks;
use self::parts::SheetKind;
use self::sweep::Sweep;
use super::carried;
use super::gathering::{MAX_BLANKS, mark_arrays, sheet_named, with_margin};
use super::package::{self, Package};
use super::refusal::{Limit, NotRead, fit_for_showing};
use super::xml::{self, Xml};
use super::{MAX_CELL_TEXT, MAX_TEXT};
use crate::domain::cells::Cells;
use crate::domain::place::CellAddress;
use crate::domain::workbook::{Cell, Content, FileFormat, Sheet, Workbook};

/// Reads a workbook out of its checked package, which was made of `bytes`.
pub(super) fn read(file: &str, bytes: &[u8], mut package: Package) -> Result<Workbook, NotRead> {
    let listed = parts::sheets(&mut package)?;
    if !listed.iter().any(|sheet| sheet.kind == SheetKind::Worksheet) {
        return Err(NotRead::NoWorksheets);
    }
    let mut source: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => NotRead::Protected,
        error => NotRead::damaged("its list of sheets, texts or formats", error),
    })?;
    let known = source.sheets_metadata().to_vec();
    if known.len() != listed.len() {
        return Err(NotRead::damaged("its list of sheets", "it reads differently the second time"));
    }
    let mut reading = Reading::default();
    for (listed, known) in listed.iter().zip(&known).filter(|(sheet, _)| sheet.kind == SheetKind::Worksheet) {
        let Some(part) = package.part(&listed.part)? else {
            return Err(NotRead::damaged(sheet_named(&known.name), "its part is missing"));
        };
        let swept = sweep::sweep(Xml::new(part, &listed.part), &known.name, reading.filled)?;
        reading.filled += swept.filled;
        let cells =
            if swept.has_data { reading.cells(&mut source, &known.name, &swept)? } else { Cells::default() };
        let hidden = known.visible != SheetVisible::Visible;
        reading.sheets.push(furnish(known.name.as_str().into(), hidden, cells, swept));
    }
    let macros = carried::has_macros(&package);
    let carried = carried::carried(&mut package);
    Ok(Workbook { file: file.into(), sheets: reading.sheets, macros, carried, format: FileFormat::Xlsx })
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    sheets: Vec<Sheet>,
    looks: Option<Looks>,
    filled: usize,
    text: usize,
    blanks: usize,
    /// The texts that cells share, by where calamine holds them.
    texts: IndexMap<(usize, usize), Arc<str>, RandomState>,
}

impl Reading {
    /// The cells of one sheet that hold a value or formula, and the blank ones around them whose format matters.
    fn cells(
        &mut self,
        source: &mut Xlsx<Cursor<&[u8]>>,
        sheet: &str,
        swept: &Sweep,
    ) -> Result<Cells, NotRead> {
        let damaged = |error: XlsxError| NotRead::damaged(sheet_named(sheet), error);
        let mut stream = source.worksheet_cells_reader(sheet).map_err(damaged)?;
        let looks = self.looks.get_or_insert_with(|| Looks::new(stream.styles()));
        let mut cells = Vec::with_capacity(swept.filled);
        loop {
            let (value, style) = match stream.next_cell_with_style_id() {
                Ok(Some(found)) => found,
                Ok(None) => break,
                // The sweep has kept it: see `Sweep::other_errors`.
                Err(XlsxError::CellError(_)) => continue,
                Err(error) => return Err(damaged(error)),
            };
            let (row, column) = value.get_position();
            let address = CellAddress::new(row, column);
            let formula = swept.formulas.contains(&address);
            let content = match value.get_value() {
                DataRef::SharedString(text) if !text.is_empty() => {
                    let known = self.texts.entry((text.as_ptr().addr(), text.len()));
                    Content::Text(known.or_insert_with(|| (*text).into()).clone())
                }
                value => content::content(value, formula),
            };
            let look = looks.get(style);
            if let Content::Text(text) = &content {
                self.text += text.len();
                if self.text > MAX_TEXT {
                    return Err(NotRead::TooLarge(Limit::Text));
                }
                if text.len() > MAX_CELL_TEXT && text.encode_utf16().count() > MAX_CELL_TEXT {
                    return Err(NotRead::TooLarge(Limit::CellText {
                        sheet: fit_for_showing(sheet),
                        cell: address,
                    }));
                }
            }
            if content == Content::Blank && !formula {
                let near = swept.used.is_some_and(|used| with_margin(used).contains(address));
                if !near || self.blanks >= MAX_BLANKS || !look::matters_when_blank(&look) {
                    continue;
                }
                self.blanks += 1;
            }
            cells.push((address, Cell { content, formula, look }));
        }
        for (address, style, error) in &swept.other_errors {
            let formula = swept.formulas.contains(address);
            let content = Content::Error(error.as_str().into());
            cells.push((*address, Cell { content, formula, look: looks.get(*style) }));
        }
        let mut cells = Cells::from(cells);
        if let Some(used) = swept.used {
            mark_arrays(&mut cells, used, &swept.array_areas);
        }
        Ok(cells)
    }
}

/// Puts cells and furniture together; furniture beyond the row and column after the last cell is left out.
fn furnish(name: Arc<str>, hidden: bool, cells: Cells, swept: Sweep) -> Sheet {
    let end_row = cells.keys().last().map_or(0, |last| last.row + 1);
    let end_column = cells.keys().map(|address| address.column).max().map_or(0, |last| last + 1);
    let mut sheet = Sheet { name, hidden, cells, merged: swept.merged.into(), ..Sheet::default() };
    sheet.hidden_rows = swept.hidden_rows.into_iter().filter(|row| *row <= end_row).collect();
    sheet.row_heights = swept.row_heights.into_iter().filter(|(row, _)| *row <= end_row).collect();
    for columns in swept.columns {
        for column in columns.first..=columns.last.min(end_column) {
            if columns.hidden {
                sheet.hidden_columns.insert(column);
            }
            if let Some(width) = columns.width {
                sheet.column_widths.insert(column, width);
            }
        }
    }
    sheet
}

#[cfg(test)]
mod tests;
