//! Where a table ends because the headings of another table of its form begin below it on the same sheet.

use std::collections::{BTreeMap, BTreeSet};
use std::ptr;

use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};

use super::Located;
use crate::contract::Contract;
use crate::contract::meant::{Form, Table};
use crate::domain::place::CellAddress;
use crate::domain::text::{fits, fold};
use crate::domain::workbook::{Content, Sheet};
use crate::intake::labels;

/// Longest text, in bytes, that is looked at as a heading.
const LONGEST_HEADING: usize = 300;
/// How many rows above its headings a table's title, labels and explanations may take.
const INTRODUCTION: u32 = 12;

/// The headings of another table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Begins<'f> {
    /// The table.
    pub table: &'f Table,
    /// The first row of its headings, counted from zero.
    pub row: u32,
}

/// A heading of a form: the numbers of its table and of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    table: usize,
    column: usize,
}

/// A cell that holds a heading of the form, or of several of its tables.
struct Heading {
    /// Its column on the sheet.
    at: u32,
    names: BTreeSet<Named>,
}

/// The rows of a sheet that hold headings of the form.
type Rows = BTreeMap<u32, Vec<Heading>>;

impl Located<'_> {
    /// Ends `table` above the headings of the next table of `form` that stands below it, which is returned.
    pub fn end_above_the_next<'f>(
        &mut self,
        contract: &Contract,
        form: &'f Form,
        table: &Table,
    ) -> Option<Begins<'f>> {
        let begins = self.next(form, table)?;
        self.last_row = self.last_row.min(self.end_above(contract, form, begins));
        Some(begins)
    }

    fn next<'f>(&self, form: &'f Form, own: &Table) -> Option<Begins<'f>> {
        let known = Known::of(form);
        let mut rows = Rows::new();
        // Nearly all of the many cells that share a text are no headings.
        let mut none: IndexSet<*const str, RandomState> = IndexSet::default();
        for (address, text) in texts(self.sheet, self.heading_row + 1, self.last_row) {
            if none.contains(&ptr::from_ref(text)) {
                continue;
            }
            let names = known.named(text);
            if names.is_empty() {
                none.insert(text);
            } else {
                rows.entry(address.row).or_default().push(Heading { at: address.column, names });
            }
        }
        rows.keys().find_map(|row| {
            let others = form.tables.iter().enumerate().filter(|(_, table)| table.id != own.id);
            let fits = others.filter_map(|(index, table)| {
                let count = self.fits_in(&rows, *row, index, table)?;
                Some((count, table))
            });
            // Of several that fit alike the first.
            let (count, table) = fits.reduce(|best, other| if other.0 > best.0 { other } else { best })?;
            let own_index = form.tables.iter().position(|table| table.id == own.id)?;
            let own_count = matched(&rows, *row, own_index, own).len();
            (count > own_count).then_some(Begins { table, row: *row })
        })
    }

    /// How many headings of a table stand in the heading rows from `row` on, where they leave no doubt that it is that table.
    fn fits_in(&self, rows: &Rows, row: u32, index: usize, table: &Table) -> Option<usize> {
        let in_row: Vec<u32> = rows
            .get(&row)?
            .iter()
            .filter(|heading| heading.names.iter().any(|named| named.table == index))
            .map(|heading| heading.at)
            .collect();
        let columns = || self.columns.values().chain(self.by_period.values()).copied();
        let reach = columns().min()?..=columns().max()?;
        let is_below = in_row.iter().any(|column| reach.contains(column));
        let found = matched(rows, row, index, table).len();
        let needed = table.columns.iter().filter(|column| !column.optional && !column.title).count();
        (is_below && in_row.len() >= 2 && found * 3 >= needed * 2).then_some(found)
    }

    /// The last row above the other table's headings and what introduces them: a title, labels, an explanation below a blank row.
    fn end_above(&self, contract: &Contract, form: &Form, begins: Begins<'_>) -> u32 {
        let right_above = begins.row - 1;
        let top = right_above.saturating_sub(INTRODUCTION).max(self.heading_row + 1);
        for row in (top..=right_above).rev() {
            let texts: Vec<String> = self.texts_in(row);
            if texts.is_empty() {
                return row;
            }
            let is_label = labels::is_label(&form.labels, &texts[0]);
            let is_heading = || {
                let headings = || begins.table.columns.iter().flat_map(|column| &column.headings);
                texts.iter().all(|text| {
                    contract.area(text).is_some() || headings().any(|heading| fits(heading, text))
                })
            };
            if texts.len() > 1 && !is_label && !is_heading() {
                return right_above;
            }
        }
        right_above
    }

    /// What stands visibly in a row.
    fn texts_in(&self, row: u32) -> Vec<String> {
        let cells = self.sheet.cells.range(CellAddress::new(row, 0)..=CellAddress::new(row, u32::MAX));
        cells
            .filter(|(address, cell)| cell.content != Content::Blank && !self.sheet.is_hidden(**address))
            .map(|(address, _)| self.sheet.text(*address))
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// The columns of a table whose headings stand in its heading rows from `row` on.
fn matched(rows: &Rows, row: u32, index: usize, table: &Table) -> BTreeSet<usize> {
    let last = row.saturating_add(table.placed.heading_rows.saturating_sub(1));
    let headings = rows.range(row..=last).flat_map(|(_, headings)| headings);
    let names = headings.flat_map(|heading| &heading.names);
    names.filter(|named| named.table == index).map(|named| named.column).collect()
}

/// The headings of a form, and what they name.
struct Known<'f> {
    exact: IndexMap<String, BTreeSet<Named>, RandomState>,
    /// Those with any words in them.
    patterns: Vec<(&'f str, Named)>,
}

impl<'f> Known<'f> {
    fn of(form: &'f Form) -> Self {
        let mut known = Self { exact: IndexMap::default(), patterns: Vec::new() };
        for (index, table) in form.tables.iter().enumerate() {
            for (number, column) in table.columns.iter().enumerate().filter(|(_, column)| !column.title) {
                let named = Named { table: index, column: number };
                for heading in &column.headings {
                    if heading.contains('*') {
                        known.patterns.push((heading, named));
                    } else {
                        known.exact.entry(fold(heading)).or_default().insert(named);
                    }
                }
            }
        }
        known
    }

    fn named(&self, text: &str) -> BTreeSet<Named> {
        let mut named = self.exact.get(&fold(text)).cloned().unwrap_or_default();
        named.extend(self.patterns.iter().filter(|(pattern, _)| fits(pattern, text)).map(|(_, own)| *own));
        named
    }
}

/// The visible short texts between two rows, from above.
fn texts(sheet: &Sheet, first: u32, last: u32) -> impl Iterator<Item = (CellAddress, &str)> {
    let cells = sheet.cells.range(CellAddress::new(first, 0)..);
    cells.take_while(move |(address, _)| address.row <= last).filter_map(|(address, cell)| {
        match &cell.content {
            Content::Text(text) if text.len() <= LONGEST_HEADING && !sheet.is_hidden(*address) => {
                Some((*address, &**text))
            }
            _ => None,
        }
    })
}
