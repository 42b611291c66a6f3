//! The parts of a sheet in which a table may stand: below its titles, and above those of others.

use std::collections::BTreeSet;

use crate::contract::meant::{Form, Table};
use crate::domain::place::CellAddress;
use crate::domain::text::fold;
use crate::domain::workbook::{Content, Sheet};

/// Longest text, in bytes, that is looked at as a title or an end.
const LONGEST_TITLE: usize = 300;

/// How many rows above its headings the title of a table beside is looked for.
const TITLE_ABOVE: u32 = 10;

/// A part of a sheet; rows and columns are counted from zero, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// The title it stands below.
    pub(super) title: Option<CellAddress>,
    pub(super) first_row: u32,
    pub(super) last_row: u32,
    pub(super) first_column: u32,
    pub(super) last_column: u32,
}

/// Where `table` of `form` may stand on the sheet: the whole of it, or below each of its titles.
pub(super) fn windows(sheet: &Sheet, form: &Form, table: &Table) -> Vec<Window> {
    let whole =
        Window { title: None, first_row: 0, last_row: u32::MAX, first_column: 0, last_column: u32::MAX };
    if table.placed.below.is_empty() {
        return vec![whole];
    }
    let own = titles(sheet, |text| table.placed.is_title(text));
    let all = titles(sheet, |text| form.tables.iter().any(|table| table.placed.is_title(text)));
    own.iter()
        .map(|title| {
            let beside = in_row(&all, title.row).iter().filter(|other| other.column != title.column);
            let own_beside = in_row(&own, title.row).len() > 1;
            // The table on the left is below another title.
            let is_right_of_another = beside.clone().any(|other| other.column < title.column);
            let next = beside.map(|other| other.column).filter(|column| *column > title.column).min();
            Window {
                title: Some(*title),
                first_row: title.row + 1,
                last_row: all
                    .get(all.partition_point(|other| other.row <= title.row))
                    .map_or(u32::MAX, |other| other.row - 1),
                first_column: if own_beside || is_right_of_another { title.column } else { 0 },
                last_column: next.map_or(u32::MAX, |column| column - 1),
            }
        })
        // A title right above another has nothing below it.
        .filter(|window| window.first_row <= window.last_row && window.first_column <= window.last_column)
        .collect()
}

/// The last row of a table whose headings end at `heading_row`, within its window: what ends it is no part of it.
pub(super) fn last_row(sheet: &Sheet, form: &Form, table: &Table, window: &Window, heading_row: u32) -> u32 {
    let titled = form.tables.iter().any(|own| !own.placed.below.is_empty());
    if !titled && table.placed.ends.is_empty() {
        return window.last_row;
    }
    let title = rows_of_titles(sheet, form).into_iter().find(|row| *row > heading_row);
    let end = texts(sheet)
        .find(|(address, text)| address.row > heading_row && table.placed.is_end(text))
        .map(|(address, _)| address.row);
    title.into_iter().chain(end).map(|row| row.saturating_sub(1)).fold(window.last_row, u32::min)
}

/// Whether a title of any of the form's tables stands over the headings in a row, at or right of the window's first column.
pub(super) fn has_title_beside(sheet: &Sheet, form: &Form, window: &Window, heading_row: u32) -> bool {
    let first_row = window.title.map_or(heading_row.saturating_sub(TITLE_ABOVE), |title| title.row);
    let columns = window.first_column..=window.last_column;
    sheet
        .cells
        .range(CellAddress::new(first_row, 0)..=CellAddress::new(heading_row, u32::MAX))
        .filter(|(address, _)| columns.contains(&address.column) && !sheet.is_hidden(**address))
        .filter_map(|(_, cell)| match &cell.content {
            Content::Text(text) if text.len() <= LONGEST_TITLE => Some(text),
            _ => None,
        })
        .any(|text| form.tables.iter().any(|table| table.placed.is_title(text)))
}

/// The titles on the sheet, from above.
fn titles(sheet: &Sheet, is_title: impl Fn(&str) -> bool) -> Vec<CellAddress> {
    texts(sheet).filter(|(_, text)| is_title(text)).map(|(address, _)| address).collect()
}

/// Those of addresses in their order that lie in a row.
fn in_row(addresses: &[CellAddress], row: u32) -> &[CellAddress] {
    let from = addresses.partition_point(|address| address.row < row);
    let to = addresses.partition_point(|address| address.row <= row);
    addresses.get(from..to).unwrap_or_default()
}

/// The rows in which the title of any table of the form stands.
fn rows_of_titles(sheet: &Sheet, form: &Form) -> BTreeSet<u32> {
    let is_title = |text: &str| form.tables.iter().any(|table| table.placed.is_title(text));
    titles(sheet, is_title).into_iter().map(|address| address.row).collect()
}

/// The visible short texts of the sheet that say anything, from above.
fn texts(sheet: &Sheet) -> impl Iterator<Item = (CellAddress, &str)> {
    sheet.cells.iter().filter_map(|(address, cell)| match &cell.content {
        Content::Text(text) if text.len() <= LONGEST_TITLE && !fold(text).is_empty() => {
            (!sheet.is_hidden(*address)).then_some((*address, &**text))
        }
        _ => None,
    })
}
