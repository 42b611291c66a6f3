//! Finding a table on a sheet by its headings, at any row and column, in one heading row or several, once or repeated.
//!
//! `windows` tells the parts of a sheet in which a table may stand, `matching` reads headings, and here is what becomes of it: the
//! table's places, with what is different from the form.

mod ends;
mod matching;
mod windows;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::contract::Contract;
use crate::contract::layout::AreaBy;
use crate::contract::meant::{Form, Table};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    AREA_UNKNOWN, COLUMN_INSERTED, COLUMN_MISSING, SHEET_RENAMED, TABLE_REPEATED,
};
use crate::domain::period::Period;
use crate::domain::place::CellAddress;
use crate::domain::text::{fold, likeness, one_line};
use crate::domain::workbook::{Content, Sheet, Workbook};
pub use ends::Begins;
use matching::{Heading, Headings};
use windows::{Window, windows};

/// How many rows below where it may begin a table's headings are looked for.
const HEADINGS_WITHIN: u32 = 60;

/// A table found on a sheet.
#[derive(Debug, Clone)]
pub struct Located<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The area the whole table belongs to, if it goes by sheets or by titles.
    pub area: Option<String>,
    /// The title it stands below, where the form has one.
    pub title: Option<CellAddress>,
    /// Lowest row of the headings, counted from zero.
    pub heading_row: u32,
    /// The last column that can belong to it, counted from zero, inclusive.
    pub last_column: u32,
    /// The last row that can belong to it, counted from zero, inclusive.
    pub last_row: u32,
    /// Columns by id and, for column groups, area.
    pub columns: BTreeMap<(String, Option<String>), u32>,
    /// Columns by id and the period that the headings over them name, where the table's columns go by periods.
    pub by_period: BTreeMap<(String, Period), u32>,
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

    /// The title it stands below, with what stands beside it in the same row: `Project 1:` and its name.
    pub fn title_text(&self) -> String {
        let Some(title) = self.title else { return String::new() };
        let beside = self
            .sheet
            .cells
            .range(title..=CellAddress::new(title.row, self.last_column))
            .filter(|(address, _)| !self.sheet.is_hidden(**address))
            .map(|(address, cell)| match &cell.content {
                Content::Text(_) => one_line(&self.sheet.text(*address)),
                _ => String::new(),
            })
            .filter(|text| !text.is_empty());
        beside.collect::<Vec<_>>().join(" ")
    }

    /// The column of an id in no group.
    pub fn column(&self, id: &str) -> Option<u32> {
        self.columns.get(&(id.to_string(), None)).copied()
    }

    /// Takes the columns of `period` for the return's own; those of other periods stay apart. Without one the table says nothing of
    /// the period, which is a finding.
    pub fn read_for(&mut self, workbook: &Workbook, table: &Table, period: &Period) {
        if !table.placed.periods_across {
            return;
        }
        let (own, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.by_period).into_iter().partition(|((_, named), _)| named == period);
        self.by_period = others.into_iter().collect();
        self.columns.extend(own.into_iter().map(|((id, _), column)| ((id, None), column)));
        let is_missing = |column: &&crate::contract::layout::Column| {
            !column.optional
                && column.asks.is_answered()
                && !self.columns.contains_key(&(column.id.clone(), None))
        };
        if table.columns.iter().any(|column| is_missing(&column)) {
            let message = format!("{}: no column for {}.", table.title, period.describe());
            let heading =
                CellAddress::new(self.heading_row, self.columns.values().copied().min().unwrap_or(0));
            self.findings.push(Finding::at(&COLUMN_MISSING, &workbook.place(self.sheet, heading), message));
        }
    }
}

/// All places of a `table` of `form` in `workbook`: one, one an area, or one below each of its titles. Empty when it is not there.
/// Headings that name a month without its year are read as those of `period`, the return's own, where it is known.
pub fn locate<'a>(
    workbook: &'a Workbook,
    (form, table): (&Form, &Table),
    contract: &Contract,
    period: Option<Period>,
) -> Vec<Located<'a>> {
    let visible: Vec<&Sheet> = workbook.sheets.iter().filter(|sheet| !sheet.hidden).collect();
    let search = Search { workbook, contract, form, table, period };
    if table.area_by() == AreaBy::Sheet {
        return search.by_area(&visible);
    }
    let named = |sheet: &&&Sheet| table.sheets.iter().any(|name| fold(name) == fold(&sheet.name));
    for sheet in visible.iter().filter(named) {
        let mut places = search.on(sheet, None);
        if let Some(first) = places.first_mut() {
            let copies: Vec<Finding> = visible
                .iter()
                .filter(|other| other.name != sheet.name && !search.is_named_for_any(other))
                .filter(|other| search.stands_as_well_on(other, first))
                .map(|other| search.repeated(other, first))
                .collect();
            first.findings.extend(copies);
            return places;
        }
    }
    search.elsewhere(visible.iter().filter(|sheet| !named(sheet)).copied())
}

/// The place of a `table` whose headings begin in this row of a sheet, on whichever sheet it belongs; `None` where it goes by sheets
/// or titles, or is not there.
pub fn locate_at<'a>(
    workbook: &'a Workbook,
    (form, table): (&Form, &Table),
    contract: &Contract,
    period: Option<Period>,
    (sheet, row): (&'a Sheet, u32),
) -> Option<Located<'a>> {
    if matches!(table.area_by(), AreaBy::Sheet | AreaBy::Title) || !table.placed.below.is_empty() {
        return None;
    }
    let search = Search { workbook, contract, form, table, period };
    let last_row = row.saturating_add(table.placed.heading_rows.saturating_sub(1));
    let headings = Window { title: None, first_row: row, last_row, first_column: 0, last_column: u32::MAX };
    let mut place = search.within(sheet, &headings, None)?;
    let window = Window { last_row: u32::MAX, ..headings };
    place.last_row = windows::last_row(sheet, form, table, &window, place.heading_row);
    let expected = table.sheets.first().cloned().unwrap_or_default();
    place.findings.insert(0, search.renamed_sheet(sheet, &expected));
    Some(place)
}

/// What is looked for, and in what.
struct Search<'a, 's> {
    workbook: &'a Workbook,
    contract: &'s Contract,
    form: &'s Form,
    table: &'s Table,
    /// The period of the return, where it is known.
    period: Option<Period>,
}

impl<'a> Search<'a, '_> {
    /// The table's places on a sheet whose name says that it is there, or on any sheet.
    fn on(&self, sheet: &'a Sheet, area: Option<&str>) -> Vec<Located<'a>> {
        let mut places: Vec<Located<'a>> = Vec::new();
        for window in windows(sheet, self.form, self.table) {
            let Some(mut place) = self.within(sheet, &window, area) else { continue };
            // What is different in every block is said once.
            let said = |finding: &Finding| {
                let mut earlier = places.iter().flat_map(|earlier| &earlier.findings);
                earlier.any(|own| own.kind == finding.kind && own.message == finding.message)
            };
            place.findings.retain(|finding| !said(finding));
            places.push(place);
            if !self.table.placed.repeated && !places.is_empty() {
                break;
            }
        }
        places
    }

    /// A sheet of another name counts only when its headings leave no doubt; of several the first that fits best.
    fn elsewhere(&self, sheets: impl Iterator<Item = &'a Sheet>) -> Vec<Located<'a>> {
        let needed = self.table.columns.iter().filter(|c| !c.optional && !c.title).count();
        let mut found: Vec<Vec<Located<'a>>> = sheets
            .map(|sheet| self.on(sheet, None))
            .filter(|places| {
                places.first().is_some_and(|first| first.exact * 3 >= needed * 2 && !self.is_another(first))
            })
            .collect();
        // Sorted stably: of those that fit alike the first sheet's goes before.
        found.sort_by_key(|places| std::cmp::Reverse(places.first().map_or(0, |first| first.exact)));
        let mut found = found.into_iter();
        let Some(mut places) = found.next() else { return Vec::new() };
        if let Some(first) = places.first_mut() {
            let expected = self.table.sheets.first().cloned().unwrap_or_default();
            let copies: Vec<Finding> = found
                .filter_map(|others| others.into_iter().next())
                .filter(|other| other.exact == first.exact && !self.is_named_for_any(other.sheet))
                .map(|other| self.repeated(other.sheet, first))
                .collect();
            first.findings.insert(0, self.renamed_sheet(first.sheet, &expected));
            first.findings.extend(copies);
        }
        places
    }

    /// Whether a sheet bears the name that any table of the form stands under.
    fn is_named_for_any(&self, sheet: &Sheet) -> bool {
        let name = fold(&sheet.name);
        self.form.tables.iter().flat_map(|table| &table.sheets).any(|own| fold(own) == name)
    }

    /// Whether the table stands on another sheet with as many of its headings.
    fn stands_as_well_on(&self, sheet: &'a Sheet, first: &Located<'_>) -> bool {
        let places = self.on(sheet, None);
        places.first().is_some_and(|place| place.exact >= first.exact && !self.is_another(place))
    }

    fn repeated(&self, sheet: &Sheet, read: &Located<'_>) -> Finding {
        let message = format!(
            "{} stands on the sheet “{}” as well; only that on “{}” was read.",
            self.table.title, sheet.name, read.sheet.name
        );
        Finding::in_sheet(&TABLE_REPEATED, &self.workbook.file, &sheet.name, message)
    }

    /// Whether the headings found are those of another table of the form, which they fit better: tables may have headings in common.
    fn is_another(&self, located: &Located<'a>) -> bool {
        let others = self.form.tables.iter().filter(|other| {
            other.id != self.table.id && other.area_by() != AreaBy::Sheet && other.placed.below.is_empty()
        });
        others.into_iter().any(|other| {
            let is_named = other.sheets.iter().any(|name| fold(name) == fold(&located.sheet.name));
            let fits = Search { table: other, ..*self }.on(located.sheet, None);
            fits.first().is_some_and(|fits| {
                fits.heading_row == located.heading_row
                    && (fits.exact > located.exact || (is_named && fits.exact == located.exact))
            })
        })
    }

    fn by_area(&self, visible: &[&'a Sheet]) -> Vec<Located<'a>> {
        let contract = self.contract;
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
            let Some(mut located) = self.on(sheet, Some(&area.name)).into_iter().next() else { continue };
            taken.insert(sheet.name.clone());
            if renamed {
                located.findings.insert(0, self.renamed_sheet(sheet, &area.name));
            }
            places.push(located);
        }
        places
    }

    fn renamed_sheet(&self, sheet: &Sheet, expected: &str) -> Finding {
        Finding::in_sheet(
            &SHEET_RENAMED,
            &self.workbook.file,
            &sheet.name,
            format!("{} was found on the sheet “{}”, not on “{expected}”.", self.table.title, sheet.name),
        )
    }

    /// The table within a part of a sheet.
    fn within(&self, sheet: &'a Sheet, window: &Window, area: Option<&str>) -> Option<Located<'a>> {
        let (table, contract) = (self.table, self.contract);
        let headings =
            Headings { sheet, table, contract, window, period: self.period, rows: RefCell::default() };
        let last = window.last_row.min(window.first_row.saturating_add(HEADINGS_WITHIN));
        let cells =
            sheet.cells.range(CellAddress::new(window.first_row, 0)..=CellAddress::new(last, u32::MAX));
        let rows: BTreeSet<u32> =
            cells.map(|(cell, _)| cell.row).filter(|row| !sheet.hidden_rows.contains(row)).collect();
        let (row, found) = rows
            .into_iter()
            .map(|row| (row, headings.found(row)))
            .max_by(|a, b| a.1.len().cmp(&b.1.len()).then(b.0.cmp(&a.0)))?;
        let mut findings = Vec::new();
        let own_area = match (area, window.title) {
            (Some(area), _) => Some(area.to_string()),
            (None, Some(title)) if table.area_by() == AreaBy::Title => {
                let text = sheet.text(title);
                let named = area_in(contract, &text);
                if named.is_none() {
                    let message = format!("“{}” names no council of the contract.", one_line(&text));
                    findings.push(Finding::at(&AREA_UNKNOWN, &self.workbook.place(sheet, title), message));
                }
                named
            }
            _ => None,
        };
        let mut located = Located {
            sheet,
            area: own_area,
            title: window.title,
            heading_row: row,
            last_column: window.last_column,
            last_row: windows::last_row(sheet, self.form, table, window, row),
            columns: BTreeMap::new(),
            by_period: BTreeMap::new(),
            exact: found.len(),
            findings,
        };
        for (heading, column) in found {
            located.take(heading, column);
        }
        headings.take_nearest(self.workbook, &mut located);
        let is_found = |id: &str| {
            located.columns.keys().any(|(own, _)| own == id)
                || located.by_period.keys().any(|(own, _)| own == id)
        };
        let area = located.area.as_deref();
        let needed: Vec<_> = table
            .columns
            .iter()
            .filter(|column| !column.optional && !column.title && column.applies_to(area))
            .collect();
        let present = needed.iter().filter(|column| is_found(&column.id)).count();
        let key_there = table.key().is_none_or(is_found);
        let is_sure = located.exact >= 2;
        if !key_there || present < 2 || present * 2 < needed.len() || !is_sure {
            return None;
        }
        let missing = self.missing(&located, &needed);
        located.findings.extend(missing);
        self.report_insertions(&mut located);
        Some(located)
    }

    /// The columns that are needed and not there.
    fn missing(&self, located: &Located<'_>, needed: &[&crate::contract::layout::Column]) -> Vec<Finding> {
        let (table, contract) = (self.table, self.contract);
        let columns = located.columns.values().chain(located.by_period.values());
        let heading = CellAddress::new(located.heading_row, columns.copied().min().unwrap_or(0));
        let mut missing = Vec::new();
        for column in needed {
            if matching::goes_by_periods(table, column) {
                // Whether the return's own period is there is told when it is known.
                continue;
            }
            let groups: Vec<Option<&str>> = if matching::is_grouped(table, column) {
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
                    &self.workbook.place(located.sheet, heading),
                    format!("{}: no column “{name}”{under}.", table.title),
                ));
            }
        }
        missing
    }

    fn report_insertions(&self, located: &mut Located<'_>) {
        let (table, contract) = (self.table, self.contract);
        let taken: BTreeSet<u32> =
            located.columns.values().chain(located.by_period.values()).copied().collect();
        let (Some(first), Some(last)) = (taken.first().copied(), taken.last().copied()) else { return };
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
            // Between the columns of periods stand their totals.
            if table.placed.periods_across
                && ["total", "totals", "grand total"].contains(&fold(&text).as_str())
            {
                continue;
            }
            findings.push(Finding::at(
                &COLUMN_INSERTED,
                &self.workbook.place(located.sheet, address),
                format!(
                    "{}: the column “{}” is not part of the form and was not read.",
                    table.title,
                    one_line(&text)
                ),
            ));
        }
        located.findings.extend(findings);
    }
}

impl Located<'_> {
    /// Takes a column for what its headings say, unless another has it.
    fn take(&mut self, heading: Heading, column: u32) {
        match heading.period {
            Some(period) => *self.by_period.entry((heading.id, period)).or_insert(column),
            None => *self.columns.entry((heading.id, heading.area)).or_insert(column),
        };
    }
}

/// The area that a title names, alone or among other words.
fn area_in(contract: &Contract, title: &str) -> Option<String> {
    if let Some(area) = contract.area(title) {
        return Some(area.to_string());
    }
    let words = format!(" {} ", fold(title).replace(|c: char| !c.is_alphanumeric(), " "));
    let mut named = contract.areas.iter().filter(|area| {
        std::iter::once(&area.name).chain(&area.aliases).any(|name| {
            words.contains(&format!(" {} ", fold(name).replace(|c: char| !c.is_alphanumeric(), " ")))
        })
    });
    let area = named.next()?;
    named.next().is_none().then(|| area.name.clone())
}
