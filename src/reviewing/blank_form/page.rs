//! A sheet while it is filled from top to bottom.

use crate::domain::place::CellAddress;
use crate::review::blank_form::{CellKind, FormCell, FormSheet, StandsFor};

/// A sheet and the row that is being filled.
pub(super) struct Page {
    sheet: FormSheet,
    row: u32,
}

impl Page {
    pub(super) fn new(name: String) -> Self {
        Self { sheet: FormSheet { name, ..FormSheet::default() }, row: 0 }
    }

    /// Address of a column in the row that is being filled.
    pub(super) fn at(&self, column: u32) -> CellAddress {
        CellAddress::new(self.row, column)
    }

    /// Puts a cell into the row.
    pub(super) fn put(&mut self, column: u32, kind: CellKind) {
        self.put_for(column, kind, None, None);
    }

    /// Puts a cell into the row that stands for something, or says something of it.
    pub(super) fn put_for(
        &mut self,
        column: u32,
        kind: CellKind,
        stands_for: Option<StandsFor>,
        note: Option<String>,
    ) {
        self.sheet.cells.push(FormCell { at: self.at(column), stands_for, kind, note });
    }

    pub(super) fn next_row(&mut self) {
        self.row += 1;
    }

    /// Keeps everything above the row that is being filled in sight, and so many columns.
    pub(super) fn keep_in_sight(&mut self, columns: u32) {
        self.sheet.kept_in_sight = (self.row, columns);
    }

    pub(super) fn widths(&mut self, widths: Vec<f64>) {
        self.sheet.widths = widths;
    }

    /// Entries of the last row may be continued below by so many rows.
    pub(super) fn continues(&mut self, rows: u32) {
        self.sheet.continues = rows;
    }

    pub(super) fn done(self) -> FormSheet {
        self.sheet
    }
}
