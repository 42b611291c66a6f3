//! Written workbooks taken apart again, for the tests.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Xlsx};

use crate::domain::place::CellAddress;

/// The text of every part of the package, by name.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            (entry.name().unwrap().to_string(), text)
        })
        .collect()
}

/// The text of one part.
pub fn part(bytes: &[u8], name: &str) -> String {
    parts(bytes).remove(name).unwrap_or_else(|| panic!("no part {name}"))
}

/// The cells of one sheet, without allocating its rectangle.
pub fn cells(bytes: &[u8], sheet: &str) -> BTreeMap<CellAddress, Data> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut reader = book.worksheet_cells_reader(sheet).unwrap();
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell().unwrap() {
        let (row, column) = cell.get_position();
        cells.insert(CellAddress::new(row, column), cell.get_value().clone().into());
    }
    cells
}
