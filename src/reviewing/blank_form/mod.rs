//! A blank return laid out from a definition: a first sheet that says whose it is, and one sheet for each table of the form (or for
//! each area of a table), so that headings stay in sight and every sheet is one table.
//!
//! Whatever a reader finds by its name carries the first spelling of the definition: sheets, headings, labels of rows.

mod cells;
pub mod earlier;
mod grid;
mod known;
mod narrative;
mod notes;
mod page;
mod records;
mod whose;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::contract::Contract;
use crate::contract::layout::{AreaBy, Column, Layout};
use crate::contract::meant::{Form, Table};
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::text::fold;
use crate::review::blank_form::{BlankForm, CellKind, FormSheet};
pub use known::{Known, Record};
use page::Page;

/// Longest name of a sheet that Excel takes, in UTF-16 units.
const LONGEST_SHEET_NAME: usize = 31;
/// Characters that Excel takes in no sheet's name.
const NOT_IN_SHEET_NAMES: &str = "[]:*?/\\";

/// What a blank return is made for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// Its form.
    pub form: &'a Form,
    /// The period; as long as the form's are.
    pub period: Period,
    /// The area, where each has a return of its own and it is known.
    pub area: Option<&'a str>,
    /// The provider, where known.
    pub provider: Option<&'a str>,
    /// The day it is due; `None` where that goes by a meeting still to be planned.
    pub due: Option<NaiveDate>,
    /// The version of the definition.
    pub version: &'a str,
    /// What is known from earlier returns and from the register.
    pub known: &'a Known,
}

impl Wanted<'_> {
    /// Whether something asked for at this interval is asked in this period: quarterly and annual rows stand only in the months
    /// that end them.
    fn falls_due(&self, every: Option<Frequency>) -> bool {
        every.is_none_or(|every| {
            Period::containing(self.period.to, every, self.period.year_starts).to == self.period.to
        })
    }

    /// Whose return it is, for the head of a sheet.
    fn subtitle(&self) -> String {
        let mut parts: Vec<String> = self.provider.map(ToString::to_string).into_iter().collect();
        parts.push(self.period.describe());
        parts.extend(self.area.map(ToString::to_string));
        format!("{}. Fill in the white cells with a dark border; all others are locked.", parts.join(", "))
    }
}

/// Lays the form out.
pub fn blank_form(wanted: &Wanted<'_>) -> BlankForm {
    let mut names = BTreeSet::from([fold(whose::SHEET), fold(notes::SHEET)]);
    let mut tables: Vec<FormSheet> = Vec::new();
    for table in &wanted.form.tables {
        if table.area_by() == AreaBy::Sheet {
            for area in &wanted.contract.areas {
                let spellings = std::iter::once(&area.name).chain(&area.aliases);
                let name = sheet_name(spellings, &area.name, &mut names);
                tables.push(table_sheet(wanted, table, name, Some(&area.name)));
            }
        } else {
            let name = sheet_name(&table.sheets, &table.title, &mut names);
            tables.push(table_sheet(wanted, table, name, None));
        }
    }
    let mut sheets = vec![whose::sheet(wanted, &tables)];
    sheets.extend(tables);
    sheets.push(notes::sheet(wanted));
    let title = format!("{}, {}", wanted.form.title, wanted.period.describe());
    let mut form = BlankForm { title, dated: wanted.period.from, sheets };
    known::enter(wanted, &mut form);
    form.calculate();
    form
}

/// The first spelling that Excel takes for a sheet and no other sheet has; else as much of `otherwise` as it takes.
fn sheet_name<'a>(
    spellings: impl IntoIterator<Item = &'a String>,
    otherwise: &str,
    taken: &mut BTreeSet<String>,
) -> String {
    let takes = |name: &&String| {
        !name.is_empty()
            && name.encode_utf16().count() <= LONGEST_SHEET_NAME
            && !name.chars().any(|c| c.is_control() || NOT_IN_SHEET_NAMES.contains(c))
            && !name.starts_with('\'')
            && !name.ends_with('\'')
    };
    let free = spellings.into_iter().filter(takes).find(|name| !taken.contains(&fold(name)));
    let name = match free {
        Some(name) => name.clone(),
        None => {
            let legal: String = otherwise
                .chars()
                .filter(|c| !c.is_control() && !NOT_IN_SHEET_NAMES.contains(*c) && *c != '\'')
                .take(LONGEST_SHEET_NAME - 4)
                .collect();
            let legal = legal.trim().to_string();
            let numbered = (2..).map(|number| format!("{legal} {number}"));
            std::iter::once(legal.clone())
                .chain(numbered)
                .find(|name| !taken.contains(&fold(name)))
                .unwrap_or(legal)
        }
    };
    taken.insert(fold(&name));
    name
}

fn table_sheet(wanted: &Wanted<'_>, table: &Table, name: String, area: Option<&str>) -> FormSheet {
    let mut page = Page::new(name);
    let of_area = area.map(|area| format!(", {area}")).unwrap_or_default();
    page.put(0, CellKind::Title(format!("{}{of_area}", table.title)));
    page.next_row();
    page.put(0, CellKind::Sentence(wanted.subtitle()));
    page.next_row();
    if let Some(title) = table.placed.below.first().filter(|_| table.area_by() != AreaBy::Title) {
        // Of a table that is repeated the first is laid out; whoever fills it in copies it.
        page.put(0, CellKind::Label(title.replace('*', "1")));
        page.next_row();
    }
    match &table.layout {
        Layout::Grid(settings) if table.area_by() == AreaBy::Title => {
            let pattern = table.placed.below.first().map_or("*", String::as_str);
            for area in &wanted.contract.areas {
                page.put(0, CellKind::Label(pattern.replace('*', &area.name)));
                page.next_row();
                grid::lay_out(wanted, table, settings, Some(&area.name), &mut page);
                page.next_row();
            }
        }
        Layout::Grid(settings) => grid::lay_out(wanted, table, settings, area, &mut page),
        Layout::Records(settings) => records::lay_out(wanted, table, settings, &mut page),
        Layout::Narrative(settings) => narrative::lay_out(wanted, table, settings, &mut page),
    }
    page.done()
}

/// The heading of a column: of a column that goes by periods and has none of its own, the period.
fn heading(wanted: &Wanted<'_>, table: &Table, column: &Column) -> String {
    let named = cells::heading(column);
    if named.is_empty() && table.placed.periods_across { wanted.period.describe() } else { named }
}

/// The return's period over its columns, where the table's columns go by periods and have headings of their own.
fn period_headings<'c>(
    wanted: &Wanted<'_>,
    table: &Table,
    columns: impl IntoIterator<Item = &'c Column>,
    page: &mut Page,
) {
    if !table.placed.periods_across {
        return;
    }
    for (at, column) in (0..).zip(columns) {
        if column.asks.is_answered() && !column.headings.is_empty() {
            page.put(at, CellKind::GroupHeading(wanted.period.describe(), 1));
        }
    }
    page.next_row();
}

/// By when the form is to be returned, in a sentence.
fn due_sentence(wanted: &Wanted<'_>) -> String {
    let whose = if wanted.form.local { "set locally" } else { "by the contract" };
    match wanted.due {
        Some(due) => format!("Due on {} ({whose}, clause {}).", long_date(due), wanted.form.clause),
        None => format!("Due before the meeting that is planned for it (clause {}).", wanted.form.clause),
    }
}
