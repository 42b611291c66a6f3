//! Records of a log, kept small: each entry of a column stands once, however many records have it, and a record is a row of numbers.
//! Laid out each with its own texts and places, 50,000 records of nine fields take 120 MB; kept so, less than ten.
//!
//! Records are written by a [`Writer`], one block a table on a sheet, and read as a [`RecordView`] each.

mod column;
mod writer;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::observation::{Field, LogRecord};
use super::period::Period;
use super::place::{CellAddress, CellRef};
use column::{Column, Names};

pub use column::Stands;
pub use writer::Writer;

/// Records of logs and shown tables, in the order in which they stand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Log {
    blocks: Vec<Block>,
}

/// Records of one table on one sheet, all with the same columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Block {
    /// Table id in the definition.
    table: String,
    #[serde(with = "super::shared")]
    file: Arc<str>,
    #[serde(with = "super::shared")]
    sheet: Arc<str>,
    /// The row each record stands in, counted from zero, from the top.
    rows: Vec<u32>,
    areas: Names,
    groups: Names,
    /// By column id.
    columns: Vec<Column>,
    /// What records say of other periods than the return's, by the record's place in the block.
    other_periods: BTreeMap<u32, Vec<OfOtherPeriod>>,
}

/// Column id, period, and what stands there.
type OfOtherPeriod = (String, Period, Field);

impl Log {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.rows.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every record.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = RecordView<'_>> + Clone {
        self.blocks.iter().flat_map(Block::records)
    }

    /// The records of the table with this id.
    pub fn of_table<'a>(&'a self, id: &str) -> impl DoubleEndedIterator<Item = RecordView<'a>> + Clone {
        self.blocks.iter().filter(move |block| block.table == id).flat_map(Block::records)
    }

    /// Whether the table with this id has any.
    pub fn has(&self, id: &str) -> bool {
        self.blocks.iter().any(|block| block.table == id && !block.rows.is_empty())
    }

    /// The records with a field in this cell.
    pub fn at<'a>(&'a self, sheet: &str, cell: CellAddress) -> impl Iterator<Item = RecordView<'a>> {
        let blocks = self.blocks.iter().filter(move |block| *block.sheet == *sheet);
        blocks.flat_map(move |block| {
            let stands = |stands: Stands| block.columns.iter().any(|column| column.stands == stands);
            // A field that stands above the records belongs to all of them.
            let all = stands(Stands::At(cell)).then(|| block.records());
            let one = stands(Stands::In(cell.column)).then(|| block.in_row(cell.row)).flatten();
            all.into_iter().flatten().chain(one)
        })
    }

    /// The field in this cell, the last that was read where there are several.
    pub fn field_at(&self, sheet: &str, cell: CellAddress) -> Option<FieldView<'_>> {
        let mut blocks = self.blocks.iter().rev().filter(|block| *block.sheet == *sheet);
        blocks.find_map(|block| {
            block.columns.iter().rev().find_map(|column| match column.stands {
                Stands::In(at) if at == cell.column => block.in_row(cell.row)?.view(column),
                Stands::At(at) if at == cell => block.records().next_back()?.view(column),
                _ => None,
            })
        })
    }

    /// Takes up what was written.
    pub fn append(&mut self, written: Writer) {
        let block = written.finish();
        if !block.rows.is_empty() {
            self.blocks.push(block);
        }
    }

    /// Takes up one record, whose fields stand in one row or above it; for tables of few.
    pub fn push(&mut self, record: LogRecord) {
        self.append(Writer::of(record));
    }
}

impl Block {
    fn records(&self) -> impl DoubleEndedIterator<Item = RecordView<'_>> + Clone {
        (0..self.rows.len()).map(|at| RecordView { block: self, at })
    }

    /// The record in a row of the sheet.
    fn in_row(&self, row: u32) -> Option<RecordView<'_>> {
        Some(RecordView { block: self, at: self.rows.binary_search(&row).ok()? })
    }
}

/// One record.
#[derive(Debug, Clone, Copy)]
pub struct RecordView<'a> {
    block: &'a Block,
    at: usize,
}

impl<'a> RecordView<'a> {
    /// Table id in the definition.
    pub fn table(self) -> &'a str {
        &self.block.table
    }

    /// Area, where the log has such a column and it names one.
    pub fn area(self) -> Option<&'a str> {
        self.block.areas.get(self.at)
    }

    /// Group, where the log goes by groups and the record's is known: the id of a row of the table.
    pub fn group(self) -> Option<&'a str> {
        self.block.groups.get(self.at)
    }

    /// The sheet it stands on.
    pub fn sheet(self) -> &'a Arc<str> {
        &self.block.sheet
    }

    /// Whether it has this column, filled in or not.
    pub fn has(self, id: &str) -> bool {
        self.block.columns.iter().any(|column| column.id == id)
    }

    /// What stands in a column; `None` where the log came without it.
    pub fn field(self, id: &str) -> Option<FieldView<'a>> {
        self.view(self.block.columns.iter().find(|column| column.id == id)?)
    }

    /// Every field with the id of its column, by id.
    pub fn fields(self) -> impl Iterator<Item = (&'a str, FieldView<'a>)> + Clone {
        self.block.columns.iter().filter_map(move |column| Some((column.id.as_str(), self.view(column)?)))
    }

    /// What it says of other periods than the return's, by column id, where its columns go by periods.
    pub fn other_periods(self) -> &'a [(String, Period, Field)] {
        let at = u32::try_from(self.at).ok();
        at.and_then(|at| self.block.other_periods.get(&at)).map_or(&[], Vec::as_slice)
    }

    /// The row of the sheet it stands in, counted from zero.
    pub fn row(self) -> u32 {
        self.block.rows.get(self.at).copied().unwrap_or_default()
    }

    /// The record of the same table in another row of its sheet.
    pub fn in_row(self, row: u32) -> Option<Self> {
        self.block.in_row(row)
    }

    /// Whether both were read from one place, and so have the same columns.
    pub fn is_beside(self, other: RecordView<'_>) -> bool {
        std::ptr::eq(self.block, other.block)
    }

    fn view(self, column: &'a Column) -> Option<FieldView<'a>> {
        let entry = column.entry(self.at)?;
        let cell = column.stands.in_row(*self.block.rows.get(self.at)?);
        Some(FieldView { answer: &entry.answer, shown: entry.shown(), block: self.block, cell })
    }
}

/// One field of a record.
#[derive(Debug, Clone, Copy)]
pub struct FieldView<'a> {
    /// What stands there.
    pub answer: &'a Answer,
    /// What stands there as shown, for people.
    pub shown: &'a str,
    block: &'a Block,
    cell: CellAddress,
}

impl<'a> FieldView<'a> {
    /// Where.
    pub fn place(self) -> CellRef {
        CellRef { file: self.block.file.clone(), sheet: self.block.sheet.clone(), cell: self.cell }
    }

    /// The sheet it stands on.
    pub fn sheet(self) -> &'a Arc<str> {
        &self.block.sheet
    }

    /// Its cell on that sheet.
    pub fn cell(self) -> CellAddress {
        self.cell
    }

    /// The date that stands there, if it is one.
    pub fn date(self) -> Option<NaiveDate> {
        self.answer.date()
    }

    /// The field by itself.
    pub fn to_field(self) -> Field {
        Field { answer: self.answer.clone(), place: self.place(), shown: self.shown.to_string() }
    }
}
