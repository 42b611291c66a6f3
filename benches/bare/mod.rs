//! The least any program does: reading every cell with nothing but calamine, writing the same values with nothing but rust_xlsxwriter,
//! copying a package entry by entry.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, Xlsx};
use rust_xlsxwriter::Workbook;
use zip::{ZipArchive, ZipWriter};

/// What stands in a cell, as it is written.
pub enum Value {
    Number(f64),
    Text(String),
    Boolean(bool),
}

/// A sheet's name and its values by row and column.
pub type Sheet = (String, Vec<(u32, u16, Value)>);

fn each_cell(bytes: &[u8], mut seen: impl FnMut(&str, (u32, u32), &DataRef<'_>)) {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    for name in names {
        let mut cells = book.worksheet_cells_reader(&name).unwrap();
        while let Some(cell) = cells.next_cell().unwrap() {
            seen(&name, cell.get_position(), cell.get_value());
        }
    }
}

/// Reads every cell of every sheet; how many hold something.
pub fn read(bytes: &[u8]) -> usize {
    let mut filled = 0;
    each_cell(bytes, |_, _, value| filled += usize::from(!matches!(value, DataRef::Empty)));
    filled
}

/// The values of a workbook, to be written again.
pub fn values(bytes: &[u8]) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    each_cell(bytes, |name, (row, column), value| {
        if sheets.last().is_none_or(|(last, _)| last != name) {
            sheets.push((name.to_string(), Vec::new()));
        }
        let value = match value {
            DataRef::Empty => return,
            DataRef::Float(number) => Value::Number(*number),
            DataRef::Int(number) => Value::Number(*number as f64),
            DataRef::DateTime(moment) => Value::Number(moment.as_f64()),
            DataRef::Bool(answer) => Value::Boolean(*answer),
            DataRef::String(text) => Value::Text(text.clone()),
            DataRef::SharedString(text) => Value::Text((*text).to_string()),
            other => Value::Text(format!("{other:?}")),
        };
        sheets.last_mut().unwrap().1.push((row, u16::try_from(column).unwrap(), value));
    });
    sheets
}

/// A workbook of these values, without formats, charts, notes or widths.
pub fn written(sheets: &[Sheet]) -> Vec<u8> {
    let mut book = Workbook::new();
    // As the program packs those it makes of every pack.
    book.set_zip_compression_level(2);
    for (name, cells) in sheets {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, column, value) in cells {
            match value {
                Value::Number(number) => sheet.write_number(*row, *column, *number),
                Value::Text(text) => sheet.write_string(*row, *column, text),
                Value::Boolean(answer) => sheet.write_boolean(*row, *column, *answer),
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Every entry as it is, which no way of writing a package can do without.
pub fn copied(bytes: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for index in 0..archive.len() {
        writer.raw_copy_file(archive.by_index_raw(index).unwrap()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
