//! The rows of a sheet below the headings of a log, one at a time: a log can have hundreds of thousands.

use std::collections::BTreeMap;

use super::is_example;
use super::totals;
use crate::contract::layout::{Asks, Column};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::log::Stands;
use crate::domain::observation::{Field, LogRecord};
use crate::domain::period::Period;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::Unit;
use crate::domain::workbook::{Cell, Content, Workbook};
use crate::intake::headings::Located;
use crate::intake::mapped::Asked;
use crate::intake::{answers, labels};

/// What stands in one column of a line.
pub(super) struct Entered<'t> {
    /// The column's id.
    pub id: &'t str,
    pub answer: Answer,
    pub shown: String,
}

/// A row of the sheet below the headings.
pub(super) struct Line<'t> {
    /// Counted from zero.
    pub row: u32,
    /// By the columns' ids.
    pub fields: Vec<Entered<'t>>,
    /// The words in it that may name it, from the left, in columns of the form or before and between them.
    pub labels: Vec<String>,
    /// The text it begins with, in whatever column; none where it begins with something else or with a comment.
    pub opening: Option<String>,
    /// Whether a text in the table's first column, or before it, is all that was typed in it.
    pub is_alone: bool,
    /// Whether something besides its opening was typed in it.
    pub says_more: bool,
    /// Whether it holds nothing but what is computed in the file.
    pub is_computed: bool,
    /// Whether a value stands in it that is not computed in the file.
    pub is_typed: bool,
    /// Where it begins.
    begins: CellAddress,
    /// What it says of other periods than the return's, by column id.
    pub other_periods: Vec<(String, Period, Field)>,
}

impl Line<'_> {
    /// What stands in a column.
    pub fn field(&self, id: &str) -> Option<&Entered<'_>> {
        self.fields.iter().find(|own| own.id == id)
    }
}

/// The lines of a table.
pub(super) struct Lines<'a> {
    workbook: &'a Workbook,
    asked: Asked<'a>,
    table: &'a Table,
    located: &'a Located<'a>,
    /// The columns that were found, in the form's order, with where they stand on the sheet.
    columns: Vec<(&'a Column, u32)>,
    /// The first and the last of them on the sheet.
    first_column: u32,
    last_column: u32,
    /// The column that says what the block's title says, where there is one: its id, the title's cell and its text.
    title: Option<(&'a str, CellAddress, String)>,
}

impl<'a> Lines<'a> {
    pub fn of(workbook: &'a Workbook, asked: Asked<'a>, table: &'a Table, located: &'a Located<'_>) -> Self {
        let columns: Vec<(&Column, u32)> =
            table.columns.iter().filter_map(|column| Some((column, located.column(&column.id)?))).collect();
        let title = located.title.and_then(|title| {
            let column = table.columns.iter().find(|column| column.title)?;
            Some((column.id.as_str(), title, located.title_text()))
        });
        Self {
            workbook,
            asked,
            table,
            located,
            first_column: columns.iter().map(|(_, at)| *at).min().unwrap_or(0),
            last_column: columns.iter().map(|(_, at)| *at).max().unwrap_or(0),
            columns,
            title,
        }
    }

    /// Ids of the columns, and where each stands.
    pub fn stand(&self) -> impl Iterator<Item = (String, Stands)> {
        let columns = self.columns.iter().map(|(column, at)| (column.id.clone(), Stands::In(*at)));
        columns.chain(self.title.iter().map(|(id, cell, _)| ((*id).to_string(), Stands::At(*cell))))
    }

    /// Whether the lines have this column.
    pub fn has(&self, id: Option<&str>) -> bool {
        id.is_some_and(|id| self.stand().any(|(own, _)| own == id))
    }

    /// Where a line begins.
    pub fn begins(&self, line: &Line<'_>) -> CellRef {
        self.workbook.place(self.located.sheet, line.begins)
    }

    /// A line as a record of its own.
    pub fn record(&self, line: Line<'_>, area: Option<String>) -> LogRecord {
        let stands: BTreeMap<String, Stands> = self.stand().collect();
        let field = |own: Entered<'_>| {
            let cell = stands.get(own.id)?.in_row(line.row);
            let place = self.workbook.place(self.located.sheet, cell);
            Some((own.id.to_string(), Field { answer: own.answer, place, shown: own.shown }))
        };
        LogRecord {
            table: self.table.id.clone(),
            area,
            group: None,
            fields: line.fields.into_iter().filter_map(field).collect(),
            other_periods: line.other_periods,
        }
    }

    /// The visible rows below the headings with an entry in a column of the form, counted from zero.
    pub fn rows(&self) -> Vec<u32> {
        let sheet = self.located.sheet;
        let mut rows: Vec<u32> = Vec::new();
        for (address, cell) in sheet.cells.range(CellAddress::new(self.located.heading_row + 1, 0)..) {
            if address.row > self.located.last_row {
                break;
            }
            if rows.last() == Some(&address.row) {
                continue;
            }
            let is_entry = cell.content != Content::Blank
                && self.columns.iter().any(|(_, at)| *at == address.column)
                && !sheet.hidden_rows.contains(&address.row);
            if is_entry {
                rows.push(address.row);
            }
        }
        rows
    }

    /// The line in this row; none where it is the form's own example, or as it was sent out.
    pub fn line(&self, row: u32) -> Option<Line<'a>> {
        let (sheet, located, columns) = (self.located.sheet, self.located, &self.columns);
        let texts: Vec<String> =
            columns.iter().map(|(_, at)| sheet.text(CellAddress::new(row, *at))).collect();
        let filled = || texts.iter().filter(|text| !text.is_empty());
        let first = filled().next().map_or("", String::as_str);
        let is_none = is_example(first)
            || filled().any(|text| self.table.placed.is_printed(text))
            || labels::is_signature(&self.asked.form.labels, first);
        if is_none {
            return None;
        }
        let answer = |column: &Column, at: u32| {
            let address = CellAddress::new(row, at);
            located.certain(address, answers::read(sheet.cell(address), asked_of(column)))
        };
        let other_periods: Vec<(String, Period, Field)> = located
            .by_period
            .iter()
            .filter_map(|((id, period), at)| {
                let answer = answer(self.table.column(id)?, *at);
                let address = CellAddress::new(row, *at);
                let place = self.workbook.place(sheet, address);
                Some((id.clone(), *period, Field { answer, place, shown: located.shown(address) }))
            })
            .filter(|(_, _, field)| !field.answer.is_blank())
            .collect();
        let answered = columns.iter().map(|(column, at)| answer(column, *at));
        let mut fields: Vec<Entered<'a>> = columns
            .iter()
            .zip(answered)
            .zip(texts)
            .map(|(((column, at), answer), text)| {
                let is_doubled = located.doubled.contains_key(at);
                let shown = if is_doubled { located.shown(CellAddress::new(row, *at)) } else { text };
                Entered { id: &column.id, answer, shown }
            })
            .collect();
        // A line with untouched drop-downs alone is as it was sent out.
        let is_untouched = |((column, at), own): (&(&Column, u32), &Entered<'_>)| {
            let is_formula = || sheet.cell(CellAddress::new(row, *at)).is_some_and(|cell| cell.formula);
            column.asks == Asks::Nothing
                || match own.answer {
                    Answer::NotApplicable => is_formula(),
                    ref answer => answer.is_blank(),
                }
        };
        if other_periods.is_empty() && columns.iter().zip(&fields).all(is_untouched) {
            return None;
        }
        if let Some((id, _, text)) = &self.title {
            fields.retain(|own| own.id != *id);
            fields.push(Entered { id, answer: Answer::Text(text.clone()), shown: text.clone() });
        }
        fields.sort_by_key(|own| own.id);
        let own: Vec<(&CellAddress, &Cell)> = sheet
            .cells
            .range(CellAddress::new(row, 0)..=CellAddress::new(row, self.last_column))
            .filter(|(_, cell)| cell.content != Content::Blank)
            .collect();
        let own = || own.iter().copied();
        let names = |address: &CellAddress| {
            columns
                .iter()
                .find(|(_, at)| *at == address.column)
                .is_none_or(|(column, _)| totals::may_name(column.asks))
        };
        let labels = own()
            .filter(|(address, cell)| matches!(cell.content, Content::Text(_)) && names(address))
            .map(|(address, _)| sheet.text(*address))
            .collect();
        let of_values = columns
            .iter()
            .filter(|(column, _)| column.asks.is_answered())
            .map(|(_, at)| *at)
            .chain(located.by_period.values().copied());
        let is_typed = of_values.into_iter().any(|at| {
            let cell = sheet.cell(CellAddress::new(row, at));
            cell.is_some_and(|cell| !cell.formula) && !answers::read(cell, answers::Asked::Text).is_blank()
        });
        let text_of = |(address, cell): (&CellAddress, &Cell)| {
            matches!(cell.content, Content::Text(_)).then(|| sheet.text(*address))
        };
        let is_comment = |(at, _): &(&CellAddress, &Cell)| {
            columns.iter().any(|(column, own)| *own == at.column && column.asks == Asks::Comment)
        };
        let opening = own().next().filter(|first| !is_comment(first)).and_then(text_of);
        let typed = || own().filter(|(_, cell)| !cell.formula);
        let is_alone = match (typed().next(), typed().nth(1)) {
            (Some((at, cell)), None) => {
                at.column <= self.first_column && matches!(cell.content, Content::Text(_))
            }
            _ => false,
        };
        Some(Line {
            row,
            fields,
            labels,
            is_alone,
            says_more: typed().count() > usize::from(opening.is_some()),
            opening,
            is_computed: own().all(|(_, cell)| cell.formula),
            is_typed,
            begins: own().map(|(address, _)| *address).next().unwrap_or(CellAddress::new(row, 0)),
            other_periods,
        })
    }
}

fn asked_of(column: &Column) -> answers::Asked {
    match (column.asks, column.scale) {
        (Asks::Date, _) => answers::Asked::Date,
        (Asks::YesNo, _) => answers::Asked::YesNo,
        (Asks::Figure, _) => answers::Asked::Number(column.unit),
        (Asks::Amount, _) => answers::Asked::Number(Unit::Pounds),
        (Asks::Score, Some(scale)) => answers::Asked::Score(scale),
        _ => answers::Asked::Text,
    }
}
