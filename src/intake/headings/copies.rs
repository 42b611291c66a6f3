//! Headings that stand over a table twice: a column of the form beside another of the same heading, or the whole table again on the
//! right of itself.

use std::collections::{BTreeMap, BTreeSet};

use super::Located;
use super::matching::{Heading, Headings};
use super::windows::{Window, has_title_beside};
use crate::contract::layout::Layout;
use crate::contract::meant::{Form, Table};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{COLUMN_REPEATED, COLUMN_REPEATED_ALIKE, TABLE_REPEATED};
use crate::domain::number_format::PercentSign;
use crate::domain::period::Period;
use crate::domain::place::CellAddress;
use crate::domain::text::{fold, one_line};
use crate::domain::workbook::{Cell, Content, Sheet, Workbook};
use crate::intake::answers;

/// As many rows that differ are named with their cells.
const ROWS_NAMED: usize = 20;

/// As many further columns under one heading are compared.
const COPIES_COMPARED: usize = 10;

/// A column under a heading that another column stands under already.
#[derive(Debug, Clone)]
pub(super) struct Again {
    pub(super) heading: Heading,
    /// The column that stands under it first.
    pub(super) first: u32,
    pub(super) column: u32,
}

impl Located<'_> {
    /// An answer as it was read, unless its column stands twice and the other says something else in this row: which of them is
    /// meant is not known.
    pub fn certain(&self, address: CellAddress, answer: Answer) -> Answer {
        let Some(other) = self.other_than(address) else { return answer };
        let cells = [address, other].map(|cell| (one_line(&self.sheet.text(cell)), cell));
        let said = cells.map(|(text, cell)| match text.is_empty() {
            true => format!("nothing in {cell}"),
            false => format!("{text} in {cell}"),
        });
        Answer::Unreadable {
            found: self.shown(address),
            why: format!("the column stands twice, with {}", said.join(" and ")),
        }
    }

    /// What stands in a cell as shown; where its column stands twice and they differ, in both.
    pub fn shown(&self, address: CellAddress) -> String {
        let own = self.sheet.text(address);
        match self.other_than(address) {
            Some(other) => format!("{own} / {}", self.sheet.text(other)),
            None => own,
        }
    }

    /// Whether somebody typed an answer into a column that stands twice: what is not read all the same shows that the form was filled in.
    pub fn is_filled_twice(&self, table: &Table) -> bool {
        let named = self.columns.iter().map(|((id, _), column)| (id, column));
        let mut answered = named.filter(|(id, _)| table.column(id).is_some_and(|own| own.asks.is_answered()));
        answered.any(|(_, column)| {
            let Some(others) = self.doubled.get(column) else { return false };
            let all: Vec<u32> = std::iter::once(*column).chain(others.iter().copied()).collect();
            let is_typed = |address: CellAddress| {
                let cell = self.sheet.cell(address);
                cell.is_some_and(|cell| !cell.formula) && !is_blank(self.sheet, address)
            };
            rows_beside(self, &all)
                .into_iter()
                .any(|row| all.iter().any(|column| is_typed(CellAddress::new(row, *column))))
        })
    }

    /// The first cell in the row under the same heading that says something else.
    fn other_than(&self, address: CellAddress) -> Option<CellAddress> {
        let others = self.doubled.get(&address.column)?;
        let mut others = others.iter().map(|column| CellAddress { column: *column, ..address });
        others.find(|other| !are_same(self.sheet, address, *other))
    }
}

/// The column in which the whole table begins again on the right of itself, and how many of its headings stand there; `None` where
/// it does not, or where it is another table of the form that has headings in common with this one.
pub(super) fn begins_again(
    form: &Form,
    headings: &Headings<'_>,
    located: &Located<'_>,
    found: &[(Heading, u32)],
    again: &[Again],
) -> Option<(u32, usize)> {
    let begins = again.iter().map(|own| own.column).min()?;
    let left = found.iter().filter(|(_, column)| *column < begins).count();
    let repeated: BTreeSet<&Heading> = again.iter().map(|own| &own.heading).collect();
    let (first, _) = found.iter().min_by_key(|(_, column)| *column)?;
    let is_key_there = headings.table.key().is_none_or(|key| repeated.iter().any(|own| own.id == key));
    let is_whole =
        repeated.len() >= 2 && repeated.len() * 2 > left && repeated.contains(first) && is_key_there;
    let only_there = found.iter().filter(|(_, column)| *column > begins).map(|(own, _)| own);
    let there: BTreeSet<&Heading> = only_there.chain(repeated.iter().copied()).collect();
    let is_own = is_whole && !is_of_another(form, headings, located.heading_row, begins, there.len());
    is_own.then_some((begins, there.len()))
}

/// Names the copy that was not read.
pub(super) fn report_beside(workbook: &Workbook, table: &Table, located: &mut Located<'_>, begins: u32) {
    let columns = located.columns.values().chain(located.by_period.values());
    let first = CellAddress::new(located.heading_row, columns.copied().min().unwrap_or(0));
    let copy = CellAddress::new(located.heading_row, begins);
    let message = format!(
        "{} stands on the sheet again from {copy}; only the one on its left, from {first}, was read.",
        table.title
    );
    located.findings.push(Finding::at(&TABLE_REPEATED, &workbook.place(located.sheet, copy), message));
}

/// Looks at the columns that stand twice: where they hold the same, or one of them nothing, the one with answers is read; where
/// they differ neither is. Returns the columns that are copies.
pub(super) fn take_doubled(
    workbook: &Workbook,
    form: &Form,
    headings: &Headings<'_>,
    located: &mut Located<'_>,
    again: &[Again],
) -> BTreeSet<u32> {
    let mut copies: BTreeMap<(u32, &Heading), Vec<u32>> = BTreeMap::new();
    let reach = reach(form, headings, located, again);
    let mut groups: BTreeMap<(&Option<String>, Option<Period>), usize> = BTreeMap::new();
    for own in again {
        *groups.entry((&own.heading.area, own.heading.period)).or_default() += 1;
    }
    for own in again.iter().filter(|own| own.column < reach) {
        let of_group = groups.get(&(&own.heading.area, own.heading.period)).copied().unwrap_or(0);
        let others = copies.get(&(own.first, &own.heading)).map_or(0, Vec::len);
        if others < COPIES_COMPARED && is_doubled(headings, located, own, of_group) {
            copies.entry((own.first, &own.heading)).or_default().push(own.column);
        }
    }
    let mut told = BTreeSet::new();
    for ((first, heading), others) in copies {
        let all: Vec<u32> = std::iter::once(first).chain(others.iter().copied()).collect();
        let rows = rows_beside(located, &all);
        let sheet = located.sheet;
        let is_filled =
            |column: &&u32| rows.iter().any(|row| !is_blank(sheet, CellAddress::new(*row, **column)));
        let filled: Vec<u32> = all.iter().filter(is_filled).copied().collect();
        let differs = |row: &&u32| {
            let at = |column: &u32| CellAddress::new(**row, *column);
            others.iter().any(|other| !are_same(sheet, at(&first), at(other)))
        };
        let different: Vec<u32> = rows.iter().filter(differs).copied().collect();
        let place = |row: u32, column: u32| workbook.place(sheet, CellAddress::new(row, column));
        let row = located.heading_row;
        let cells: Vec<String> = all.iter().map(|at| CellAddress::new(row, *at).to_string()).collect();
        let stands = format!(
            "{}: the column “{}” stands in the table more than once, in {}",
            headings.table.title,
            one_line(&headings.text(row, first)),
            cells.join(" and ")
        );
        let read = match filled.as_slice() {
            [] => Some((first, "nothing is filled in in any of them")),
            [only] => Some((*only, "only one of them is filled in")),
            _ if different.is_empty() => Some((first, "they hold the same")),
            _ => None,
        };
        if let Some((read, why)) = read {
            let message = format!("{stands}; {why}, and {} was read.", CellAddress::new(row, read));
            let involved = others.iter().map(|other| place(row, *other));
            located
                .findings
                .push(Finding::at(&COLUMN_REPEATED_ALIKE, &place(row, first), message).involving(involved));
            located.move_column(heading, read);
            told.extend(all.into_iter().filter(|column| *column != read));
            continue;
        }
        // By the labels of its rows a table is read as it always was.
        if is_label(headings.table, &heading.id) {
            continue;
        }
        // What is said of other periods is no figure of this return.
        if heading.period.is_none() || heading.period == headings.period {
            let message = format!("{stands}, with different entries; where they differ neither was read.");
            let rows = different.iter().take(ROWS_NAMED);
            let heads = others.iter().map(|other| place(row, *other));
            let involved = rows.flat_map(|row| all.iter().map(|column| place(*row, *column)));
            located.findings.push(
                Finding::at(&COLUMN_REPEATED, &place(row, first), message).involving(heads.chain(involved)),
            );
        }
        told.extend(others.iter().copied());
        located.doubled.insert(first, others);
    }
    told
}

/// The column before which a heading is one of the table's own: on its right as far as no blank heading sets a list beside apart, and
/// no other table of the form begins.
fn reach(form: &Form, headings: &Headings<'_>, located: &Located<'_>, again: &[Again]) -> u32 {
    let row = located.heading_row;
    let columns = located.columns.values().chain(located.by_period.values());
    let last = columns.copied().max().unwrap_or(0);
    let on_the_right = again.iter().filter(|own| own.column > last).count();
    if on_the_right == 0 || is_of_another(form, headings, row, last + 1, on_the_right) {
        return last;
    }
    let is_headed = |column: &u32| {
        headings.sheet.hidden_columns.contains(column) || !headings.text(row, *column).is_empty()
    };
    (last + 1..).find(|column| !is_headed(column)).unwrap_or(u32::MAX)
}

/// Whether a column under the same heading as another is the same column twice, and not one of another group. So many columns of
/// its area or period stand again.
fn is_doubled(headings: &Headings<'_>, located: &Located<'_>, own: &Again, of_group: usize) -> bool {
    let row = located.heading_row;
    let mut taken = located.columns.values().chain(located.by_period.values());
    if !taken.any(|column| *column == own.first) {
        return false;
    }
    if headings.over(row, own.first) != headings.over(row, own.column) {
        return false;
    }
    let Heading { area, period, .. } = &own.heading;
    if (area.is_none() && period.is_none()) || !headings.takes_group_from_the_left(row, own.column) {
        return true;
    }
    // A last group without a heading of its own, such as that of totals, is no second one of the group before.
    let width = located.columns.keys().filter(|(_, own)| own == area).count()
        + located.by_period.keys().filter(|(_, own)| Some(*own) == *period).count();
    width >= 2 && of_group == 1
}

/// Whether the headings from a column on are rather those of another table of the form, of which `own` are this one's too.
fn is_of_another(form: &Form, headings: &Headings<'_>, row: u32, from: u32, own: usize) -> bool {
    let window = Window { first_column: from, ..*headings.window };
    if has_title_beside(headings.sheet, form, &window, row) {
        return true;
    }
    let is_named = |table: &Table| table.sheets.iter().any(|name| fold(name) == fold(&headings.sheet.name));
    form.tables.iter().filter(|other| other.id != headings.table.id).any(|other| {
        let fits = headings.of_table(other, &window).found(row).len();
        fits > own || (fits == own && is_named(other) && !is_named(headings.table))
    })
}

/// Whether by the column's entries rows are told apart.
fn is_label(table: &Table, id: &str) -> bool {
    match &table.layout {
        Layout::Grid(grid) => {
            grid.key == id || [&grid.reference, &grid.breakdown].into_iter().flatten().any(|own| own == id)
        }
        Layout::Narrative(narrative) => narrative.key == id,
        Layout::Records(_) => false,
    }
}

/// The visible rows of the table in which something stands in another of its columns than these.
fn rows_beside(located: &Located<'_>, columns: &[u32]) -> Vec<u32> {
    let taken: BTreeSet<u32> = located
        .columns
        .values()
        .chain(located.by_period.values())
        .copied()
        .filter(|column| !columns.contains(column))
        .collect();
    let sheet = located.sheet;
    let mut rows = Vec::new();
    for (address, _) in sheet.cells.range(CellAddress::new(located.heading_row + 1, 0)..) {
        if address.row > located.last_row {
            break;
        }
        if rows.last() != Some(&address.row)
            && taken.contains(&address.column)
            && !sheet.hidden_rows.contains(&address.row)
            && !is_blank(sheet, *address)
        {
            rows.push(address.row);
        }
    }
    rows
}

fn is_blank(sheet: &Sheet, address: CellAddress) -> bool {
    answers::read(sheet.cell(address), answers::Asked::Text).is_blank()
}

fn are_same(sheet: &Sheet, one: CellAddress, other: CellAddress) -> bool {
    let same_content = match (sheet.cell(one), sheet.cell(other)) {
        (Some(one), Some(other)) => {
            let sign = |cell: &Cell| match cell.content {
                Content::Number(value) => cell.look.percent_sign(value),
                _ => PercentSign::Absent,
            };
            one.content == other.content && sign(one) == sign(other)
        }
        (one, other) => one.is_none() && other.is_none(),
    };
    same_content
        || fold(&sheet.text(one)) == fold(&sheet.text(other))
        || (is_blank(sheet, one) && is_blank(sheet, other))
}
