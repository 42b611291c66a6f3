//! Which column of a form a column of a sheet is, by the headings over it.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chrono::{Datelike, NaiveDate};

use super::Located;
use super::copies::Again;
use super::windows::Window;
use crate::calendar::notations::{PeriodReading, reading_of_heading};
use crate::contract::Contract;
use crate::contract::layout::{AreaBy, Column};
use crate::contract::meant::Table;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::HEADING_RENAMED;
use crate::domain::number_format::hides_day;
use crate::domain::period::{Frequency, Period};
use crate::domain::place::CellAddress;
use crate::domain::text::{fits, fold, likeness, one_line};
use crate::domain::workbook::{Content, Sheet, Workbook};

/// What the headings over a column say it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Heading {
    /// Id of the form's column.
    pub(super) id: String,
    /// The area named over it, where columns stand in groups.
    pub(super) area: Option<String>,
    /// The period named over it, where columns go by periods.
    pub(super) period: Option<Period>,
}

/// The headings of a part of a sheet, as a table's.
pub(super) struct Headings<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) table: &'a Table,
    pub(super) contract: &'a Contract,
    pub(super) window: &'a Window,
    /// The period of the return, where it is known.
    pub(super) period: Option<Period>,
    /// How the table's columns may be headed, once it was asked for: every cell of many rows is held against it.
    pub(super) spellings: OnceCell<Spellings<'a>>,
    /// What stands in a row, by the last column in which it does, once it was asked for: every column looks to its left.
    pub(super) rows: RefCell<BTreeMap<u32, Rc<BTreeMap<u32, String>>>>,
}

/// The headings of a table's columns, by which a text is looked up.
pub(super) struct Spellings<'a> {
    /// The first column that may be headed so, by the folded heading.
    exact: BTreeMap<String, usize>,
    /// Headings with any words in them, in the order of their columns.
    patterns: Vec<(&'a str, usize)>,
}

impl<'a> Spellings<'a> {
    fn of(table: &'a Table) -> Self {
        let mut spellings = Self { exact: BTreeMap::new(), patterns: Vec::new() };
        for (number, column) in table.columns.iter().enumerate().filter(|(_, column)| !column.title) {
            for heading in &column.headings {
                if heading.contains('*') {
                    spellings.patterns.push((heading, number));
                } else {
                    spellings.exact.entry(fold(heading)).or_insert(number);
                }
            }
        }
        spellings
    }

    /// Whether any heading may begin with the text.
    fn may_begin_with(&self, text: &str) -> bool {
        let folded = fold(text);
        let next = self.exact.range(folded.clone()..).next();
        !self.patterns.is_empty() || next.is_some_and(|(heading, _)| heading.starts_with(&folded))
    }

    /// The first column of the table that the text heads.
    fn column(&self, text: &str) -> Option<usize> {
        let exact = self.exact.get(&fold(text)).copied();
        let before = |number: usize| exact.is_none_or(|exact| number < exact);
        let mut patterns = self.patterns.iter().take_while(|(_, number)| before(*number));
        patterns.find(|(pattern, _)| fits(pattern, text)).map(|(_, number)| *number).or(exact)
    }
}

/// Whether the column stands once in each area's group.
pub(super) fn is_grouped(table: &Table, column: &Column) -> bool {
    table.area_by() == AreaBy::ColumnGroup && column.asks.is_answered()
}

/// Whether the column stands once a period.
pub(super) fn goes_by_periods(table: &Table, column: &Column) -> bool {
    table.placed.periods_across && column.asks.is_answered()
}

impl Headings<'_> {
    /// The columns whose headings, the lowest in `row`, are those of the form, each once.
    pub(super) fn found(&self, row: u32) -> Vec<(Heading, u32)> {
        let mut taken = BTreeSet::new();
        self.matches(row).filter(|(heading, _)| taken.insert(heading.clone())).collect()
    }

    fn matches(&self, row: u32) -> impl Iterator<Item = (Heading, u32)> {
        let columns = self.columns(row).into_iter();
        columns.filter_map(move |column| Some((self.matched(row, column, &self.text(row, column))?, column)))
    }

    /// The columns that stand under the same heading as one that was found, each in a cell of its own in the same row.
    pub(super) fn again(&self, row: u32, found: &[(Heading, u32)]) -> Vec<Again> {
        let firsts: BTreeMap<&Heading, u32> =
            found.iter().map(|(heading, column)| (heading, *column)).collect();
        self.matches(row)
            .filter_map(|(heading, column)| {
                let first = *firsts.get(&heading)?;
                Some(Again { heading, first, column })
            })
            .filter(|own| own.column != own.first && self.are_headed_alike(row, own.first, own.column))
            .collect()
    }

    /// Whether two columns have one heading, to the letter or in two spellings that the form knows.
    fn are_headed_alike(&self, row: u32, first: u32, column: u32) -> bool {
        let cell = |column: u32| {
            let at = |row: u32| CellAddress::new(row, column);
            (self.top(row)..=row).rev().map(at).find(|cell| !self.sheet.text(*cell).is_empty())
        };
        let (Some(one), Some(other)) = (cell(first), cell(column)) else { return false };
        // One heading merged over two columns is one heading.
        let is_continued = self.sheet.merged_area(other).is_some_and(|area| area.first.column != column);
        let (one_text, other_text) = (fold(&self.sheet.text(one)), fold(&self.sheet.text(other)));
        let is_spelling = |text: &String| {
            self.table.columns.iter().flat_map(|column| &column.headings).any(|own| fold(own) == *text)
        };
        one.row == other.row
            && !is_continued
            && (one_text == other_text || (is_spelling(&one_text) && is_spelling(&other_text)))
    }

    /// The headings over that of a column, from below, as far as no blank row sets them apart.
    pub(super) fn over(&self, row: u32, column: u32) -> Vec<String> {
        let rows = (self.top(row)..row).rev().filter(|above| !self.sheet.hidden_rows.contains(above));
        rows.map_while(|above| {
            let own = self.worded(CellAddress::new(above, column));
            if own.is_empty() { self.left_of(above, column).or_else(|| self.says(above)) } else { Some(own) }
        })
        .map(|text| fold(&text))
        .collect()
    }

    /// Nothing, of a row that holds something.
    fn says(&self, row: u32) -> Option<String> {
        self.left_of(row, u32::MAX).map(|_| String::new())
    }

    /// Whether the area or period of a column is named over a column on its left alone.
    pub(super) fn takes_group_from_the_left(&self, row: u32, column: u32) -> bool {
        let is_blank = |above: u32| self.worded(CellAddress::new(above, column)).is_empty();
        let names_column = self.named(&self.text(row, column)).is_some();
        names_column && (self.top(row)..row).all(is_blank)
    }

    /// The headings of the same sheet as those of another table.
    pub(super) fn of_table<'b>(&'b self, table: &'b Table, window: &'b Window) -> Headings<'b> {
        Headings {
            sheet: self.sheet,
            table,
            contract: self.contract,
            window,
            period: self.period,
            spellings: OnceCell::new(),
            rows: RefCell::default(),
        }
    }

    /// The first row, counted from zero, in which a heading over one in `row` may stand.
    fn top(&self, row: u32) -> u32 {
        (row + 1).saturating_sub(self.table.placed.heading_rows).max(self.window.first_row)
    }

    /// The visible columns in which the heading rows ending with `row` hold something.
    fn columns(&self, row: u32) -> BTreeSet<u32> {
        self.sheet
            .cells
            .range(CellAddress::new(self.top(row), 0)..=CellAddress::new(row, u32::MAX))
            .map(|(cell, _)| cell.column)
            .filter(|column| (self.window.first_column..=self.window.last_column).contains(column))
            .filter(|column| !self.sheet.hidden_columns.contains(column))
            .collect()
    }

    /// The heading at `row`, or the nearest one above it when that cell is blank.
    pub(super) fn text(&self, row: u32, column: u32) -> String {
        (self.top(row)..=row)
            .rev()
            .map(|row| self.sheet.text(CellAddress::new(row, column)))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    /// The headings over a column from above, each as far as it reaches to the right, the lowest in `row`.
    fn parts(&self, row: u32, column: u32) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        for above in self.top(row)..=row {
            if above < row && self.sheet.hidden_rows.contains(&above) {
                continue;
            }
            let own = self.worded(CellAddress::new(above, column));
            let text = match own.is_empty() && above < row {
                true => self.left_of(above, column).unwrap_or_default(),
                false => own,
            };
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        parts
    }

    /// The nearest heading left of a cell in its row.
    fn left_of(&self, row: u32, column: u32) -> Option<String> {
        let known = self.rows.borrow().get(&row).cloned();
        let texts = known.unwrap_or_else(|| {
            let texts = Rc::new(self.texts_of(row));
            self.rows.borrow_mut().insert(row, texts.clone());
            texts
        });
        texts.range(self.window.first_column..column).next_back().map(|(_, text)| text.clone())
    }

    /// What stands in a row, by the last column in which it does: a merged area stands in all of its cells.
    fn texts_of(&self, row: u32) -> BTreeMap<u32, String> {
        let cells = self.sheet.cells.range(CellAddress::new(row, 0)..=CellAddress::new(row, u32::MAX));
        let merged = self.sheet.merged.iter().filter(|area| area.first.row <= row && row <= area.last.row);
        cells
            .map(|(address, _)| address.column)
            .chain(merged.map(|area| area.last.column))
            .map(|column| (column, self.worded(CellAddress::new(row, column))))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// A heading in words: a date that is shown as a month, or that is the first of one, is that month.
    fn worded(&self, address: CellAddress) -> String {
        let cell = self.sheet.cell(address);
        match cell.map(|cell| (&cell.content, &cell.look.number_format)) {
            Some((Content::Date(moment), format)) if moment.day() == 1 || hides_day(format) => {
                moment.format("%B %Y").to_string()
            }
            _ => self.sheet.text(address),
        }
    }

    fn named(&self, text: &str) -> Option<&Column> {
        self.table.columns.get(self.spellings().column(text)?)
    }

    fn spellings(&self) -> &Spellings<'_> {
        self.spellings.get_or_init(|| Spellings::of(self.table))
    }

    fn matched(&self, row: u32, column: u32, text: &str) -> Option<Heading> {
        if text.is_empty() {
            return None;
        }
        if let Some(found) = self.named(text) {
            return self.in_its_place(found, row, column);
        }
        if self.table.placed.periods_across
            && let Some(period) = self.period(row, column, None)
            && let Some(unnamed) = self
                .table
                .columns
                .iter()
                .find(|own| own.headings.is_empty() && goes_by_periods(self.table, own))
        {
            return Some(Heading { id: unnamed.id.clone(), area: None, period: Some(period) });
        }
        // One heading over several others belongs to each: `Date` over `received` and `allocated`.
        let parts = if self.top(row) < row { self.parts(row, column) } else { Vec::new() };
        if parts.len() > 1
            && self.spellings().may_begin_with(&parts[0])
            && let Some(found) = self.named(&parts.join(" ")).or_else(|| self.named(&parts.join(" - ")))
        {
            return self.in_its_place(found, row, column);
        }
        self.with_its_area(text)
    }

    /// The column with the area or period that the headings over it name; `None` where they should and do not.
    fn in_its_place(&self, found: &Column, row: u32, column: u32) -> Option<Heading> {
        let heading = Heading { id: found.id.clone(), area: None, period: None };
        if goes_by_periods(self.table, found) {
            let period = self.period(row, column, Some(found))?;
            return Some(Heading { period: Some(period), ..heading });
        }
        if is_grouped(self.table, found) {
            return Some(Heading { area: Some(self.group(row, column)?), ..heading });
        }
        Some(heading)
    }

    /// One heading that names area and column together: `Fenshire – Numerator`.
    fn with_its_area(&self, text: &str) -> Option<Heading> {
        if self.table.area_by() != AreaBy::ColumnGroup {
            return None;
        }
        let folded = fold(text);
        let mut names: Vec<(String, &str)> = self
            .contract
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
            let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
            if let Some(found) = self.named(rest).filter(|found| is_grouped(self.table, found)) {
                return Some(Heading { id: found.id.clone(), area: Some(area.to_string()), period: None });
            }
        }
        None
    }

    /// The area named above a column: in a merged heading over it, or in the nearest heading to its left.
    fn group(&self, row: u32, column: u32) -> Option<String> {
        for above in (self.top(row)..row).rev() {
            let own = self.sheet.text(CellAddress::new(above, column));
            let text = if own.is_empty() { self.left_of(above, column).unwrap_or_default() } else { own };
            if let Some(area) = self.contract.area(&text) {
                return Some(area.to_string());
            }
        }
        None
    }

    /// The period that the headings over a column name, besides the heading of the column itself.
    fn period(&self, row: u32, column: u32, own: Option<&Column>) -> Option<Period> {
        let parts = self.parts(row, column);
        let is_own =
            |text: &str| own.is_some_and(|own| own.headings.iter().any(|heading| fits(heading, text)));
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|text| !is_own(text)).collect();
        let reading = reading_of_heading(&parts, self.contract.year_starts);
        // A month without a year is the return's own or of a year nobody knows.
        reading.found().or_else(|| match self.period {
            Some(period) => {
                let year = Period::containing(period.from, Frequency::Year, self.contract.year_starts);
                reading.completed(&year).filter(|completed| *completed == period)
            }
            // Which year it is does not matter yet: the column is told as one of a period.
            None => match reading {
                PeriodReading::Incomplete { frequency, first_month, .. } => {
                    let day = NaiveDate::from_ymd_opt(2000, first_month, 1)?;
                    Some(Period::containing(day, frequency, self.contract.year_starts))
                }
                _ => None,
            },
        })
    }

    /// Gives columns that were not found the heading nearest to theirs, and says so.
    pub(super) fn take_nearest(&self, workbook: &Workbook, located: &mut Located<'_>) {
        let (sheet, table, row) = (self.sheet, self.table, located.heading_row);
        let taken: BTreeSet<u32> =
            located.columns.values().chain(located.by_period.values()).copied().collect();
        let mut free: Vec<(u32, String)> = self
            .columns(row)
            .into_iter()
            .filter(|column| !taken.contains(column))
            .map(|column| (column, self.text(row, column)))
            .filter(|(_, text)| !text.is_empty())
            // A second column under a heading of the form is that column again, and none that is like it.
            .filter(|(column, text)| self.matched(row, *column, text).is_none())
            .collect();
        let mut offers = Vec::new();
        for column in table.columns.iter().filter(|column| column.applies_to(located.area.as_deref())) {
            for (place, text) in free.iter().filter(|_| !column.title) {
                let alike =
                    column.headings.iter().map(|heading| likeness(heading, text)).fold(0.0_f64, f64::max);
                if alike >= 0.7
                    && let Some(heading) = self.in_its_place(column, row, *place)
                {
                    offers.push((alike, heading, *place));
                }
            }
        }
        offers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        for (_, heading, place) in offers {
            let is_found = match heading.period {
                Some(period) => located.by_period.contains_key(&(heading.id.clone(), period)),
                None => located.columns.contains_key(&(heading.id.clone(), heading.area.clone())),
            };
            if is_found || !free.iter().any(|(column, _)| *column == place) {
                continue;
            }
            free.retain(|(column, _)| *column != place);
            let found = one_line(&self.text(row, place));
            let expected = table.column(&heading.id).and_then(|column| column.headings.first()).cloned();
            located.findings.push(Finding::at(
                &HEADING_RENAMED,
                &workbook.place(sheet, CellAddress::new(row, place)),
                format!("The heading “{found}” was read as “{}”.", expected.unwrap_or_default()),
            ));
            located.take(heading, place);
        }
    }
}
