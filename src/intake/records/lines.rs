//! The rows of a sheet below the headings of a log, one at a time: a log can have hundreds of thousands.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::said::{self, Known, Said};
use super::{is_example, totals};
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
    pub said: Rc<Said>,
}

/// A row of the sheet below the headings.
pub(super) struct Line<'t> {
    /// Counted from zero.
    pub row: u32,
    /// By the columns' ids.
    pub fields: Vec<Entered<'t>>,
    /// The words in it that may name it, from the left, in columns of the form or before and between them.
    pub labels: Vec<&'t str>,
    /// The text it begins with, in whatever column; none where it begins with something else or with a comment.
    pub opening: Option<&'t str>,
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
    /// What their cells have said so far, in the same order.
    known: Vec<Known<'a>>,
    /// The numbers of those that are read as fields, by id; the title's has none.
    fields: Vec<(&'a str, Option<usize>)>,
    /// The first and the last of them on the sheet.
    first_column: u32,
    last_column: u32,
    /// The column that says what the block's title says, where there is one: its id, the title's cell and its text.
    title: Option<(&'a str, CellAddress, Rc<Said>)>,
}

impl<'a> Lines<'a> {
    pub fn of(workbook: &'a Workbook, asked: Asked<'a>, table: &'a Table, located: &'a Located<'_>) -> Self {
        let columns: Vec<(&Column, u32)> =
            table.columns.iter().filter_map(|column| Some((column, located.column(&column.id)?))).collect();
        let title = located.title.and_then(|title| {
            let column = table.columns.iter().find(|column| column.title)?;
            let text: Arc<str> = located.title_text().into();
            Some((column.id.as_str(), title, Said::new(Answer::Text(text.clone()), text)))
        });
        let own = columns.iter().enumerate().map(|(number, (column, _))| (column.id.as_str(), Some(number)));
        let of_title = title.as_ref().map(|(id, ..)| *id);
        let mut fields: Vec<(&str, Option<usize>)> =
            own.filter(|(id, _)| Some(*id) != of_title).chain(of_title.map(|id| (id, None))).collect();
        fields.sort_by_key(|(id, _)| *id);
        Self {
            workbook,
            asked,
            table,
            located,
            first_column: columns.iter().map(|(_, at)| *at).min().unwrap_or(0),
            last_column: columns.iter().map(|(_, at)| *at).max().unwrap_or(0),
            known: columns.iter().map(|(column, _)| Known::new(asked_of(column))).collect(),
            fields,
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
            let Said { answer, shown, .. } = &*own.said;
            Some((own.id.to_string(), Field { answer: answer.clone(), place, shown: shown.to_string() }))
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
        let cells: Vec<Option<&'a Cell>> =
            columns.iter().map(|(_, at)| sheet.cell(CellAddress::new(row, *at))).collect();
        let mut said: Vec<Rc<Said>> =
            self.known.iter().zip(&cells).map(|(known, cell)| known.said(*cell)).collect();
        let mut filled = said.iter().filter(|own| !own.shown.is_empty());
        let begins_none = filled.clone().next().is_some_and(|first| self.begins_none(first));
        if begins_none || filled.any(|own| self.table.placed.is_printed(&own.shown)) {
            return None;
        }
        let other_periods: Vec<(String, Period, Field)> = located
            .by_period
            .iter()
            .filter_map(|((id, period), at)| {
                let address = CellAddress::new(row, *at);
                let answer = answers::read(sheet.cell(address), asked_of(self.table.column(id)?));
                let answer = located.certain(address, answer);
                let place = self.workbook.place(sheet, address);
                Some((id.clone(), *period, Field { answer, place, shown: located.shown(address) }))
            })
            .filter(|(_, _, field)| !field.answer.is_blank())
            .collect();
        let mut values = columns.iter().zip(&cells).zip(&said);
        let is_typed = values.any(|(((column, _), cell), own)| {
            column.asks.is_answered() && cell.is_some_and(|cell| own.is_typed(cell))
        });
        let mut of_other_periods = located.by_period.values().map(|at| CellAddress::new(row, *at));
        let is_typed = is_typed || of_other_periods.any(|at| sheet.cell(at).is_some_and(said::is_typed));
        for ((_, at), own) in columns.iter().zip(&mut said) {
            if located.doubled.contains_key(at) {
                let address = CellAddress::new(row, *at);
                *own = Said::new(located.certain(address, own.answer.clone()), located.shown(address).into());
            }
        }
        // A line with untouched drop-downs alone is as it was sent out.
        let mut entered = columns.iter().zip(&cells).zip(&said);
        let is_untouched = entered.all(|(((column, _), cell), own)| {
            column.asks == Asks::Nothing
                || match &own.answer {
                    Answer::NotApplicable => cell.is_some_and(|cell| cell.formula),
                    answer => answer.is_blank(),
                }
        });
        if other_periods.is_empty() && is_untouched {
            return None;
        }
        let title = self.title.as_ref().map(|(.., said)| said);
        let fields = self.fields.iter().filter_map(|(id, number)| {
            let said = number.map_or(title, |number| said.get(number))?;
            Some(Entered { id, said: Rc::clone(said) })
        });
        let own =
            sheet.cells.row(row).iter().filter(|(address, cell)| {
                address.column <= self.last_column && cell.content != Content::Blank
            });
        let names = |address: &CellAddress| {
            columns
                .iter()
                .find(|(_, at)| *at == address.column)
                .is_none_or(|(column, _)| totals::may_name(column.asks))
        };
        let text_of = |(address, cell): &'a (CellAddress, Cell)| match &cell.content {
            Content::Text(text) => Some((address, text.trim())),
            _ => None,
        };
        let texts = own.clone().filter_map(text_of);
        let labels = texts.filter(|(address, _)| names(address)).map(|(_, text)| text).collect();
        let is_comment = |at: &CellAddress| {
            columns.iter().any(|(column, own)| *own == at.column && column.asks == Asks::Comment)
        };
        let first = own.clone().next();
        let opening = first.filter(|(at, _)| !is_comment(at)).and_then(text_of).map(|(_, text)| text);
        let mut typed = own.clone().filter(|(_, cell)| !cell.formula);
        let is_alone = match (typed.clone().next(), typed.clone().nth(1)) {
            (Some((at, cell)), None) => {
                at.column <= self.first_column && matches!(cell.content, Content::Text(_))
            }
            _ => false,
        };
        Some(Line {
            row,
            fields: fields.collect(),
            labels,
            is_alone,
            says_more: typed.nth(usize::from(opening.is_some())).is_some(),
            opening,
            is_computed: own.clone().all(|(_, cell)| cell.formula),
            is_typed,
            begins: first.map_or(CellAddress::new(row, 0), |(address, _)| *address),
            other_periods,
        })
    }

    /// Whether a line that begins so is the form's own example, or says who signed it.
    fn begins_none(&self, first: &Said) -> bool {
        *first.begins_none.get_or_init(|| {
            is_example(&first.shown) || labels::is_signature(&self.asked.form.labels, &first.shown)
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
