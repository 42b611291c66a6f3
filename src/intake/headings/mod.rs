//! Finding a table on a sheet by its headings, at any row and column, in one heading row or several, once or repeated.
//!
//! `sheets` chooses among sheets, `windows` tells the parts of a sheet in which a table may stand, `matching` reads headings, `copies`
//! tells what stands there twice, and here is what becomes of it: the table's places, with what is different from the form.

mod copies;
mod ends;
mod matching;
mod places;
mod sheets;
mod windows;

#[cfg(test)]
mod tests;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::contract::Contract;
use crate::contract::layout::AreaBy;
use crate::contract::meant::{Form, Table};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{AREA_UNKNOWN, COLUMN_INSERTED, COLUMN_MISSING, TABLE_REPEATED};
use crate::domain::period::Period;
use crate::domain::place::CellAddress;
use crate::domain::text::{fold, one_line};
use crate::domain::workbook::{Content, Sheet, Workbook};
pub use ends::Begins;
use matching::{Heading, Headings};
pub use places::Places;
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
    /// The further columns under the heading of a column, where they hold something else.
    pub doubled: BTreeMap<u32, Vec<u32>>,
    /// Headings matched to the letter: how sure the match is.
    pub exact: usize,
    /// What was different from the form.
    pub findings: Vec<Finding>,
}

impl Located<'_> {
    /// The visible rows of the table that hold anything, from the top. A sheet may have its last cell a million rows below.
    pub fn rows_with_content(&self) -> BTreeSet<u32> {
        let sheet = self.sheet;
        if self.last_row <= self.heading_row {
            return BTreeSet::new();
        }
        let first = CellAddress::new(self.heading_row + 1, 0);
        let cells = sheet.cells.range(first..=CellAddress::new(self.last_row, u32::MAX));
        // A cell that is merely coloured or framed holds nothing.
        let filled = cells.filter(|(_, cell)| cell.content != Content::Blank);
        filled.map(|(cell, _)| cell.row).filter(|row| !sheet.hidden_rows.contains(row)).collect()
    }

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
            if let Some(first) = places.first_mut().filter(|_| !self.table.placed.repeated) {
                self.report_second_title(first, &window, area);
                continue;
            }
            let Some(mut place) = self.within(sheet, &window, area) else { continue };
            // What is different in every block is said once.
            let said = |finding: &Finding| {
                let mut earlier = places.iter().flat_map(|earlier| &earlier.findings);
                earlier.any(|own| own.kind == finding.kind && own.message == finding.message)
            };
            place.findings.retain(|finding| !said(finding));
            places.push(place);
        }
        places
    }

    /// Names a table that stands once more below a title of its own beside the first one's.
    fn report_second_title(&self, first: &mut Located<'a>, window: &Window, area: Option<&str>) {
        let row = |title: Option<CellAddress>| title.map(|title| title.row);
        if row(first.title) != row(window.title)
            || first.findings.iter().any(|own| own.kind == &TABLE_REPEATED)
        {
            return;
        }
        let Some(second) = self.within(first.sheet, window, area) else { return };
        let columns = second.columns.values().chain(second.by_period.values());
        if let Some(begins) = columns.min().filter(|_| second.exact >= first.exact) {
            copies::report_beside(self.workbook, self.table, first, *begins);
        }
    }

    /// The table within a part of a sheet; where it stands there twice side by side, the left one.
    fn within(&self, sheet: &'a Sheet, window: &Window, area: Option<&str>) -> Option<Located<'a>> {
        let headings = self.headings(sheet, window);
        let (mut located, found) = self.fullest(sheet, &headings, area)?;
        let again = headings.again(located.heading_row, &found);
        let mut copies = BTreeSet::new();
        if !again.is_empty() {
            let begins = copies::begins_again(self.form, &headings, &located, &found, &again);
            if let Some((begins, there)) = begins {
                let left = Window { last_column: begins - 1, ..*window };
                let left = self.fullest(sheet, &self.headings(sheet, &left), area);
                // Where more of the form stands on the right, the left is no table that could be read alone.
                if let Some((mut left, _)) = left.filter(|(left, _)| left.width() >= there) {
                    self.report_insertions(&mut left, &copies);
                    copies::report_beside(self.workbook, self.table, &mut left, begins);
                    return Some(left);
                }
            }
            copies = copies::take_doubled(self.workbook, self.form, &headings, &mut located, &again);
        }
        self.report_insertions(&mut located, &copies);
        Some(located)
    }

    fn headings<'h>(&'h self, sheet: &'h Sheet, window: &'h Window) -> Headings<'h> {
        let Search { table, contract, period, .. } = *self;
        Headings {
            sheet,
            table,
            contract,
            window,
            period,
            spellings: OnceCell::new(),
            rows: RefCell::default(),
        }
    }

    /// The table below the row with the most of its headings, and which these are.
    fn fullest(
        &self,
        sheet: &'a Sheet,
        headings: &Headings<'_>,
        area: Option<&str>,
    ) -> Option<(Located<'a>, Vec<(Heading, u32)>)> {
        let window = headings.window;
        let last = window.last_row.min(window.first_row.saturating_add(HEADINGS_WITHIN));
        let cells =
            sheet.cells.range(CellAddress::new(window.first_row, 0)..=CellAddress::new(last, u32::MAX));
        let rows: BTreeSet<u32> =
            cells.map(|(cell, _)| cell.row).filter(|row| !sheet.hidden_rows.contains(row)).collect();
        let found: Vec<_> = rows.into_iter().map(|row| (row, headings.found(row))).collect();
        let most = found.iter().map(|(_, found)| found.len()).max()?;
        // One heading alone is too little to go by, unless the rows below it are the form's as well.
        let rows_tell = most == 1 && self.is_of_two_columns() && self.is_named(sheet);
        if most < 2 && !rows_tell {
            return None;
        }
        found
            .into_iter()
            .filter(|(_, found)| found.len() == most)
            .take(if rows_tell { usize::MAX } else { 1 })
            .find_map(|(row, found)| {
                let located = self.below(sheet, headings, area, (row, &found))?;
                (!rows_tell || self.has_own_rows(&located)).then_some((located, found))
            })
    }

    fn is_named(&self, sheet: &Sheet) -> bool {
        self.table.sheets.iter().any(|name| fold(name) == fold(&sheet.name))
    }

    /// Whether the table has two columns that it cannot do without, and rows of its own.
    fn is_of_two_columns(&self) -> bool {
        let needed = self.table.columns.iter().filter(|column| !column.optional && !column.title);
        self.table.key().is_some() && needed.count() == 2
    }

    /// Whether most of the form's rows stand below the headings, to the letter.
    fn has_own_rows(&self, located: &Located<'_>) -> bool {
        let Some(key) = self.table.key().and_then(|key| located.column(key)) else { return false };
        let cells = located.sheet.cells.range(CellAddress::new(located.heading_row + 1, 0)..);
        let labels: BTreeSet<String> = cells
            .take_while(|(address, _)| address.row <= located.last_row)
            .filter(|(address, _)| address.column == key && !located.sheet.is_hidden(**address))
            .map(|(address, _)| fold(&located.sheet.text(*address)))
            .collect();
        let needed = || self.table.rows.iter().filter(|row| !row.optional);
        let there = needed().filter(|row| row.labels.iter().any(|label| labels.contains(&fold(label))));
        let there = there.count();
        there >= 2 && there * 2 > needed().count()
    }

    /// The table whose headings end with a row.
    fn below(
        &self,
        sheet: &'a Sheet,
        headings: &Headings<'_>,
        area: Option<&str>,
        (row, found): (u32, &[(Heading, u32)]),
    ) -> Option<Located<'a>> {
        let (table, contract, window) = (self.table, self.contract, headings.window);
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
            doubled: BTreeMap::new(),
            exact: found.len(),
            findings,
        };
        for (heading, column) in found {
            located.take(heading.clone(), *column);
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
        if !key_there || present < 2 || present * 2 < needed.len() {
            return None;
        }
        let missing = self.missing(&located, &needed);
        located.findings.extend(missing);
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

    /// Columns between those of the form, without the `copies` that have a finding of their own.
    fn report_insertions(&self, located: &mut Located<'_>, copies: &BTreeSet<u32>) {
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
        let is_other = |column: &u32| !taken.contains(column) && !copies.contains(column);
        for column in (first..=last).filter(is_other) {
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

    /// How many of the form's columns it has.
    fn width(&self) -> usize {
        self.columns.len() + self.by_period.len()
    }

    /// Takes another column for what a heading says.
    fn move_column(&mut self, heading: &Heading, column: u32) {
        match heading.period {
            Some(period) => self.by_period.insert((heading.id.clone(), period), column),
            None => self.columns.insert((heading.id.clone(), heading.area.clone()), column),
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
