//! Finding a table on a sheet by its headings, at any row and column, with one or two heading rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::Contract;
use crate::contract::layout::AreaBy;
use crate::contract::meant::{Form, Table};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{COLUMN_INSERTED, COLUMN_MISSING, HEADING_RENAMED, SHEET_RENAMED};
use crate::domain::place::CellAddress;
use crate::domain::text::{fold, likeness, one_line};
use crate::domain::workbook::{Sheet, Workbook};

/// How many heading rows may stand above the one that holds the columns.
const HEADING_ROWS: u32 = 3;
/// Headings stand in the first rows of a sheet.
const LAST_HEADING_ROW: u32 = 60;

/// A table found on a sheet.
#[derive(Debug, Clone)]
pub struct Located<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The area the whole table belongs to, if it goes by sheets.
    pub area: Option<String>,
    /// Row of the headings, counted from zero.
    pub heading_row: u32,
    /// Columns by id and, for column groups, area.
    pub columns: BTreeMap<(String, Option<String>), u32>,
    /// Headings matched to the letter: how sure the match is.
    pub exact: usize,
    /// What was different from the form.
    pub findings: Vec<Finding>,
}

impl Located<'_> {
    /// Notes the first row of the sheet's headings: the form's labels stand above it.
    pub fn note_heading_row(&self, heading_rows: &mut BTreeMap<String, u32>) {
        let row = heading_rows.entry(self.sheet.name.to_string()).or_insert(self.heading_row);
        *row = (*row).min(self.heading_row);
    }

    /// The column of an id in no group.
    pub fn column(&self, id: &str) -> Option<u32> {
        self.columns.get(&(id.to_string(), None)).copied()
    }
}

/// All places of a `table` of `form` in `workbook`: one, or one an area. Empty when it is not there.
pub fn locate<'a>(
    workbook: &'a Workbook,
    (form, table): (&Form, &Table),
    contract: &Contract,
) -> Vec<Located<'a>> {
    let visible: Vec<&Sheet> = workbook.sheets.iter().filter(|sheet| !sheet.hidden).collect();
    if table.area_by() == AreaBy::Sheet {
        return locate_by_area(workbook, &visible, table, contract);
    }
    let named = |sheet: &&&Sheet| table.sheets.iter().any(|name| fold(name) == fold(&sheet.name));
    for sheet in visible.iter().filter(named) {
        if let Some(located) = locate_on(workbook, sheet, table, contract, None) {
            return vec![located];
        }
    }
    // A sheet of another name counts only when its headings leave no doubt.
    let elsewhere = visible
        .iter()
        .filter(|sheet| !named(sheet))
        .filter_map(|sheet| locate_on(workbook, sheet, table, contract, None))
        .filter(|located| located.exact * 3 >= table.columns.iter().filter(|c| !c.optional).count() * 2)
        .filter(|located| !is_another(workbook, located, (form, table), contract))
        .max_by_key(|located| located.exact);
    elsewhere
        .map(|mut located| {
            let expected = table.sheets.first().cloned().unwrap_or_default();
            located.findings.insert(0, renamed_sheet(workbook, located.sheet, &table.title, &expected));
            vec![located]
        })
        .unwrap_or_default()
}

/// Whether the headings found are those of another table of the form, which they fit better: tables may have headings in common.
fn is_another(
    workbook: &Workbook,
    located: &Located<'_>,
    (form, table): (&Form, &Table),
    contract: &Contract,
) -> bool {
    form.tables.iter().filter(|other| other.id != table.id && other.area_by() != AreaBy::Sheet).any(|other| {
        let is_named = other.sheets.iter().any(|name| fold(name) == fold(&located.sheet.name));
        let fits = locate_on(workbook, located.sheet, other, contract, None);
        fits.is_some_and(|fits| {
            fits.heading_row == located.heading_row
                && (fits.exact > located.exact || (is_named && fits.exact == located.exact))
        })
    })
}

fn locate_by_area<'a>(
    workbook: &'a Workbook,
    visible: &[&'a Sheet],
    table: &Table,
    contract: &Contract,
) -> Vec<Located<'a>> {
    let mut places = Vec::new();
    let mut taken = BTreeSet::new();
    for area in &contract.areas {
        let names = || std::iter::once(&area.name).chain(&area.aliases);
        let exact = visible
            .iter()
            .find(|sheet| contract.area(&sheet.name) == Some(area.name.as_str()))
            .map(|sheet| (*sheet, false));
        let near = || {
            visible
                .iter()
                .filter(|sheet| contract.area(&sheet.name).is_none() && !taken.contains(&sheet.name))
                .find(|sheet| {
                    let name = fold(&sheet.name);
                    names().any(|own| name.contains(&fold(own)) || likeness(own, &sheet.name) >= 0.8)
                })
                .map(|sheet| (*sheet, true))
        };
        let Some((sheet, renamed)) = exact.or_else(near) else { continue };
        let Some(mut located) = locate_on(workbook, sheet, table, contract, Some(&area.name)) else {
            continue;
        };
        taken.insert(sheet.name.clone());
        if renamed {
            located.findings.insert(0, renamed_sheet(workbook, sheet, &table.title, &area.name));
        }
        places.push(located);
    }
    places
}

fn renamed_sheet(workbook: &Workbook, sheet: &Sheet, title: &str, expected: &str) -> Finding {
    Finding::in_sheet(
        &SHEET_RENAMED,
        &workbook.file,
        &sheet.name,
        format!("{title} was found on the sheet “{}”, not on “{expected}”.", sheet.name),
    )
}

struct Candidate {
    row: u32,
    columns: BTreeMap<(String, Option<String>), u32>,
}

fn locate_on<'a>(
    workbook: &Workbook,
    sheet: &'a Sheet,
    table: &Table,
    contract: &Contract,
    area: Option<&str>,
) -> Option<Located<'a>> {
    let rows: BTreeSet<u32> = sheet
        .cells
        .keys()
        .map(|cell| cell.row)
        .take_while(|row| *row <= LAST_HEADING_ROW)
        .filter(|row| !sheet.hidden_rows.contains(row))
        .collect();
    let best = rows
        .into_iter()
        .map(|row| candidate(sheet, table, contract, row))
        .max_by(|a, b| a.columns.len().cmp(&b.columns.len()).then(b.row.cmp(&a.row)))?;
    let exact = best.columns.len();
    let mut located = Located {
        sheet,
        area: area.map(Into::into),
        heading_row: best.row,
        columns: best.columns,
        exact,
        findings: Vec::new(),
    };
    take_nearest(workbook, table, contract, &mut located);
    let found = |id: &str| located.columns.keys().any(|(own, _)| own == id);
    let needed: Vec<_> =
        table.columns.iter().filter(|column| !column.optional && column.applies_to(area)).collect();
    let present = needed.iter().filter(|column| found(&column.id)).count();
    let key_there = table.key().is_none_or(found);
    if !key_there || present < 2 || present * 2 < needed.len() || exact < 2 {
        return None;
    }
    let heading = CellAddress::new(located.heading_row, located.columns.values().copied().min().unwrap_or(0));
    let mut missing = Vec::new();
    for column in &needed {
        let groups: Vec<Option<&str>> = if is_grouped(table, &column.id) {
            contract.areas.iter().map(|area| Some(area.name.as_str())).collect()
        } else {
            vec![None]
        };
        for group in groups {
            if located.columns.contains_key(&(column.id.clone(), group.map(Into::into))) {
                continue;
            }
            let under = group.map(|group| format!(" under “{group}”")).unwrap_or_default();
            let name = column.headings.first().map_or("", String::as_str);
            missing.push(Finding::at(
                &COLUMN_MISSING,
                &workbook.place(sheet, heading),
                format!("{}: no column “{name}”{under}.", table.title),
            ));
        }
    }
    located.findings.extend(missing);
    report_insertions(workbook, table, contract, &mut located);
    Some(located)
}

/// Whether the column stands once in each area's group.
fn is_grouped(table: &Table, id: &str) -> bool {
    table.area_by() == AreaBy::ColumnGroup && table.column(id).is_some_and(|column| column.asks.is_answered())
}

fn candidate(sheet: &Sheet, table: &Table, contract: &Contract, row: u32) -> Candidate {
    let mut columns = BTreeMap::new();
    for column in heading_columns(sheet, row) {
        let text = heading_text(sheet, row, column);
        if let Some(key) = match_heading(sheet, table, contract, row, column, &text) {
            columns.entry(key).or_insert(column);
        }
    }
    Candidate { row, columns }
}

/// The visible columns in which the heading rows ending with `row` hold something.
fn heading_columns(sheet: &Sheet, row: u32) -> BTreeSet<u32> {
    let first = row.saturating_sub(HEADING_ROWS - 1);
    sheet
        .cells
        .range(CellAddress::new(first, 0)..=CellAddress::new(row, u32::MAX))
        .map(|(cell, _)| cell.column)
        .filter(|column| !sheet.hidden_columns.contains(column))
        .collect()
}

/// The heading at `row`, or the nearest one above it when that cell is blank.
fn heading_text(sheet: &Sheet, row: u32, column: u32) -> String {
    for above in 0..HEADING_ROWS.min(row + 1) {
        let text = sheet.text(CellAddress::new(row - above, column));
        if !text.is_empty() {
            return text;
        }
    }
    String::new()
}

fn match_heading(
    sheet: &Sheet,
    table: &Table,
    contract: &Contract,
    row: u32,
    column: u32,
    text: &str,
) -> Option<(String, Option<String>)> {
    let folded = fold(text);
    let named = |wanted: &str| {
        table.columns.iter().find(|own| own.headings.iter().any(|heading| fold(heading) == wanted))
    };
    if let Some(found) = named(&folded) {
        if !is_grouped(table, &found.id) {
            return Some((found.id.clone(), None));
        }
        return group_of(sheet, contract, row, column).map(|area| (found.id.clone(), Some(area)));
    }
    if table.area_by() != AreaBy::ColumnGroup {
        return None;
    }
    // One heading row that names area and column together: “Cheshire East – Numerator”.
    let mut names: Vec<(String, &str)> = contract
        .areas
        .iter()
        .flat_map(|area| {
            std::iter::once(&area.name).chain(&area.aliases).map(|name| (fold(name), area.name.as_str()))
        })
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, area) in names {
        let Some(at) = folded.find(&name) else { continue };
        let rest = format!("{} {}", &folded[..at], &folded[at + name.len()..]);
        let rest = fold(rest.trim_matches(|c: char| !c.is_alphanumeric()));
        if let Some(found) = named(&rest).filter(|found| is_grouped(table, &found.id)) {
            return Some((found.id.clone(), Some(area.to_string())));
        }
    }
    None
}

/// The area named above a column: in a merged heading over it, or in the nearest heading to its left.
fn group_of(sheet: &Sheet, contract: &Contract, row: u32, column: u32) -> Option<String> {
    for above in 1..HEADING_ROWS.min(row + 1) {
        for left in (0..=column).rev() {
            let text = sheet.text(CellAddress::new(row - above, left));
            if text.is_empty() {
                continue;
            }
            if let Some(area) = contract.area(&text) {
                return Some(area.to_string());
            }
            break;
        }
    }
    None
}

/// Gives columns that were not found the heading nearest to theirs, and says so.
fn take_nearest(workbook: &Workbook, table: &Table, contract: &Contract, located: &mut Located<'_>) {
    let sheet = located.sheet;
    let row = located.heading_row;
    let taken: BTreeSet<u32> = located.columns.values().copied().collect();
    let mut free: Vec<(u32, String)> = heading_columns(sheet, row)
        .into_iter()
        .filter(|column| !taken.contains(column))
        .map(|column| (column, heading_text(sheet, row, column)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let mut offers = Vec::new();
    for column in table.columns.iter().filter(|column| column.applies_to(located.area.as_deref())) {
        for (place, text) in &free {
            let alike = column.headings.iter().map(|heading| likeness(heading, text)).fold(0.0_f64, f64::max);
            if alike >= 0.7 {
                let group = if is_grouped(table, &column.id) {
                    let Some(area) = group_of(sheet, contract, row, *place) else { continue };
                    Some(area)
                } else {
                    None
                };
                offers.push((alike, (column.id.clone(), group), *place));
            }
        }
    }
    offers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
    for (_, key, place) in offers {
        if located.columns.contains_key(&key) || !free.iter().any(|(column, _)| *column == place) {
            continue;
        }
        free.retain(|(column, _)| *column != place);
        let found = one_line(&heading_text(sheet, row, place));
        let expected = table.column(&key.0).and_then(|column| column.headings.first()).cloned();
        located.findings.push(Finding::at(
            &HEADING_RENAMED,
            &workbook.place(sheet, CellAddress::new(row, place)),
            format!("The heading “{found}” was read as “{}”.", expected.unwrap_or_default()),
        ));
        located.columns.insert(key, place);
    }
}

fn report_insertions(workbook: &Workbook, table: &Table, contract: &Contract, located: &mut Located<'_>) {
    let (Some(first), Some(last)) =
        (located.columns.values().copied().min(), located.columns.values().copied().max())
    else {
        return;
    };
    let taken: BTreeSet<u32> = located.columns.values().copied().collect();
    let does_not_apply = |text: &str| {
        table.columns.iter().any(|column| {
            !column.applies_to(located.area.as_deref())
                && column.headings.iter().any(|h| fold(h) == fold(text))
        })
    };
    let mut findings = Vec::new();
    for column in (first..=last).filter(|column| !taken.contains(column)) {
        let address = CellAddress::new(located.heading_row, column);
        if located.sheet.is_hidden(address) {
            continue;
        }
        let text = located.sheet.text(address);
        let part_of_merge =
            located.sheet.merged_area(address).is_some_and(|area| area.first.column != column);
        if text.is_empty() || part_of_merge || contract.area(&text).is_some() || does_not_apply(&text) {
            continue;
        }
        findings.push(Finding::at(
            &COLUMN_INSERTED,
            &workbook.place(located.sheet, address),
            format!(
                "{}: the column “{}” is not part of the form and was not read.",
                table.title,
                one_line(&text)
            ),
        ));
    }
    located.findings.extend(findings);
}
