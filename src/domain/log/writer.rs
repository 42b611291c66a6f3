//! Writes the records of one table on one sheet.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use super::column::{Column, Entry, Names};
use super::{Block, OfOtherPeriod, RecordView, Stands};
use crate::domain::answer::Answer;
use crate::domain::observation::LogRecord;

/// As many entries of a column are known again by what is shown of them.
const MOST_KNOWN: usize = 1 << 14;

/// Writes the records of one table on one sheet, all with the same columns: first every line, in order; then what is known of each
/// once all are seen.
#[derive(Debug, Clone)]
pub struct Writer {
    block: Block,
    /// Of each column the entry last written with what is shown of it.
    known: Vec<IndexMap<Arc<str>, u32, RandomState>>,
}

impl Writer {
    /// For the table with this id; `columns` are ids and where they stand.
    pub fn new(
        table: &str,
        file: Arc<str>,
        sheet: Arc<str>,
        columns: impl IntoIterator<Item = (String, Stands)>,
    ) -> Self {
        let columns: BTreeMap<String, Stands> = columns.into_iter().collect();
        Self {
            known: vec![IndexMap::default(); columns.len()],
            block: Block {
                table: table.to_string(),
                file,
                sheet,
                rows: Vec::new(),
                areas: Names::default(),
                groups: Names::default(),
                columns: columns.into_iter().map(|(id, stands)| Column::new(id, stands)).collect(),
                other_periods: BTreeMap::new(),
            },
        }
    }

    /// One record by itself.
    pub(super) fn of(record: LogRecord) -> Self {
        let places = || record.fields.values().map(|field| &field.place);
        // Every field stands in the record's own row, but what stands above it.
        let row = places().map(|place| place.cell.row).max().unwrap_or_default();
        let file = places().next().map_or_else(|| Arc::from(""), |place| place.file.clone());
        let sheet = places().next().map_or_else(|| Arc::from(""), |place| place.sheet.clone());
        let columns = record.fields.iter().map(|(id, field)| {
            let cell = field.place.cell;
            (id.clone(), if cell.row == row { Stands::In(cell.column) } else { Stands::At(cell) })
        });
        let mut writer = Self::new(&record.table, file, sheet, columns);
        let fields = record.fields.into_values().map(|field| (field.answer, field.shown));
        writer.push(row, fields, record.other_periods);
        writer.belongs(record.area.as_deref(), record.group.as_deref());
        writer
    }

    /// The ids of the columns in the order in which fields are written.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.block.columns.iter().map(|column| column.id.as_str())
    }

    /// Writes a line in this row of the sheet: answers and what is shown, by the columns' ids.
    pub fn push(
        &mut self,
        row: u32,
        fields: impl IntoIterator<Item = (Answer, String)>,
        other_periods: Vec<OfOtherPeriod>,
    ) {
        let fields = fields.into_iter().enumerate();
        let numbers: Vec<u32> =
            fields.map(|(column, (answer, shown))| self.entry(column, &answer, &shown.into())).collect();
        self.push_entries(row, numbers, other_periods);
    }

    /// The number of an entry in a column, by the columns' ids; entries that are the same have one.
    pub fn entry(&mut self, column: usize, answer: &Answer, shown: &Arc<str>) -> u32 {
        let Some((column, known)) = self.block.columns.get_mut(column).zip(self.known.get_mut(column)) else {
            return u32::MAX;
        };
        let is_same =
            |number: &u32| column.entries.get(*number as usize).is_some_and(|entry| entry.answer == *answer);
        known.get(&**shown).copied().filter(is_same).unwrap_or_else(|| {
            let number = column.add(Entry::new(answer.clone(), shown));
            // Where each record has an entry of its own, none is found again.
            if known.len() < MOST_KNOWN {
                known.insert(shown.clone(), number);
            }
            number
        })
    }

    /// Writes a line in this row of the sheet: the numbers of its entries, by the columns' ids.
    pub fn push_entries(
        &mut self,
        row: u32,
        entries: impl IntoIterator<Item = u32>,
        other_periods: Vec<OfOtherPeriod>,
    ) {
        self.block.columns.iter_mut().zip(entries).for_each(|(column, entry)| column.numbers.push(entry));
        if !other_periods.is_empty()
            && let Ok(at) = u32::try_from(self.block.rows.len())
        {
            self.block.other_periods.insert(at, other_periods);
        }
        self.block.rows.push(row);
    }

    /// The line at this place of those written.
    pub fn line(&self, at: usize) -> Option<RecordView<'_>> {
        (at < self.block.rows.len()).then_some(RecordView { block: &self.block, at })
    }

    /// The number of the entry that a line has in a column: the same number is the same entry.
    pub fn number(&self, at: usize, id: &str) -> Option<usize> {
        self.block.columns.iter().find(|column| column.id == id)?.numbers.get(at)
    }

    /// Puts another answer into a field; what is shown stays.
    pub fn answer_instead(&mut self, at: usize, id: &str, answer: Answer) {
        let Some(column) = self.block.columns.iter_mut().find(|column| column.id == id) else { return };
        let Some(shown) = column.entry(at).map(|entry| entry.shown().to_string()) else { return };
        let number = column.add(Entry::new(answer, &shown));
        column.numbers.set(at, number);
    }

    /// Leaves out the lines that are not kept.
    pub fn retain(&mut self, keep: &[bool]) {
        self.known.iter_mut().for_each(IndexMap::clear);
        if keep.iter().all(|keep| *keep) {
            return;
        }
        self.block.columns.iter_mut().for_each(|column| column.retain(keep));
        let mut kept = keep.iter();
        self.block.rows.retain(|_| kept.next().copied().unwrap_or_default());
        let mut now = 0;
        let mut others = BTreeMap::new();
        for (at, keep) in (0_u32..).zip(keep) {
            if *keep {
                others.extend(self.block.other_periods.remove(&at).map(|own| (now, own)));
                now += 1;
            }
        }
        self.block.other_periods = others;
    }

    /// Says to which area and group the next record belongs, in the order of those that are kept.
    pub fn belongs(&mut self, area: Option<&str>, group: Option<&str>) {
        self.block.areas.push(area);
        self.block.groups.push(group);
    }

    pub(super) fn finish(self) -> Block {
        let mut block = self.block;
        block.rows.shrink_to_fit();
        block.areas.shrink();
        block.groups.shrink();
        for column in &mut block.columns {
            column.numbers.shrink();
            column.entries.shrink_to_fit();
        }
        block
    }
}
