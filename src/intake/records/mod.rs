//! Logs and tables of figures: one record a row, any number of rows.

mod checks;
mod groups;
mod notes;
mod totals;

use std::collections::BTreeMap;

use super::answers;
use super::filled::is_evidence_of_filling_in;
use super::headings::Located;
use super::labels;
use super::mapped::{Asked, Mapped};
use crate::contract::layout::{Asks, Column, Records};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    LOG_DUPLICATE, LOG_RECORD_REPEATED, RECORD_CALLED_TOTAL, REQUIRED_FIGURE_MISSING, ROW_UNKNOWN,
};
use crate::domain::observation::{Field, LogRecord};
use crate::domain::period::Period;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::Unit;
use crate::domain::text::{fold, one_line, words_for};
use crate::domain::workbook::{Cell, Content, Workbook};
use groups::Groups;
use totals::Kind;

pub(in crate::intake) use totals::is_total;

/// A row of the sheet below the headings.
struct Line {
    fields: BTreeMap<String, Field>,
    /// The words in it that may name it, from the left, in columns of the form or before and between them.
    labels: Vec<String>,
    /// The text it begins with, in whatever column; none where it begins with something else or with a comment.
    opening: Option<String>,
    /// Whether a text in the table's first column, or before it, is all that was typed in it.
    is_alone: bool,
    /// Whether something besides its opening was typed in it.
    says_more: bool,
    /// Whether it holds nothing but what is computed in the file.
    is_computed: bool,
    /// Whether a value stands in it that is not computed in the file.
    is_typed: bool,
    /// Where it begins.
    place: CellRef,
    /// What it says of other periods than the return's, by column id.
    other_periods: Vec<(String, Period, Field)>,
}

/// Maps a log.
pub fn map(
    workbook: &Workbook,
    asked: Asked<'_>,
    table: &Table,
    settings: &Records,
    located: &Located<'_>,
    mapped: &mut Mapped,
) {
    let lines = lines(workbook, asked, table, located);
    let kinds = totals::kinds(table, settings, &lines);
    let is_own = |kind: Kind| settings.total || kind == Kind::Record;
    if is_unused(table, located)
        && !lines.iter().zip(&kinds).any(|(line, kind)| line.is_typed && is_own(*kind))
    {
        return;
    }
    let mut groups = Groups::of(table, settings, lines.first());
    let mut told = Told::default();
    let mut any = false;
    for (line, kind) in lines.into_iter().zip(kinds) {
        match kind {
            Kind::Total if settings.total => {
                checks::total(table, &line, mapped);
                mapped.totals.push(record_of(table, located.area.clone(), None, line));
                continue;
            }
            Kind::Total | Kind::Subtotal | Kind::Note => {
                // A total that is printed on the form and computed in it is no loss, nor are words where a row may only list.
                let is_lost = match kind {
                    Kind::Note => !is_listing(settings, &line.fields),
                    _ => settings.total || line.says_more,
                };
                if is_lost {
                    let what = match kind {
                        Kind::Note => "is a remark",
                        Kind::Subtotal => "is a total of some rows",
                        _ => "is a total",
                    };
                    let name = line.labels.first().or(line.opening.as_ref());
                    let name = name.map(|text| one_line(text)).unwrap_or_default();
                    let message = format!("{}: “{name}” {what} and was not read as a row.", table.title);
                    mapped.findings.push(Finding::at(&ROW_UNKNOWN, &line.place, message));
                }
                continue;
            }
            Kind::Record => {}
        }
        if !settings.total && totals::is_called_total(&line) {
            let name = line.opening.as_ref().map(|text| one_line(text)).unwrap_or_default();
            let message = format!(
                "{}: “{name}” has a date or an answer of its own, and was read as a record.",
                table.title
            );
            mapped.findings.push(Finding::at(&RECORD_CALLED_TOTAL, &line.place, message));
        }
        if let Some(groups) = &mut groups {
            groups.pass(&line);
        }
        if is_listing(settings, &line.fields) {
            continue;
        }
        any = true;
        let group = groups.as_mut().and_then(|groups| groups.of_record(&line, mapped));
        mapped.usable |= is_filled_in(table, settings, &line);
        let area = area_of(asked, settings, &line.fields).or_else(|| located.area.clone());
        let mut record = record_of(table, area, group, line);
        checks::fields(table, settings, &mut record, mapped);
        checks::area(asked, settings, &record, mapped);
        checks::dates(asked, table, settings, &record, mapped);
        checks::evidence(table, settings, &record, mapped);
        told.tell(table, settings, &record, mapped);
        mapped.records.push(record);
    }
    if let Some(groups) = groups {
        groups.report_missing(workbook, asked, located.sheet, mapped);
    } else if settings.names.is_some() && !any && !table.optional {
        let message = format!("{}: no row is filled in.", table.title);
        let kind = &REQUIRED_FIGURE_MISSING;
        mapped.findings.push(Finding::in_sheet(kind, &workbook.file, &located.sheet.name, message));
    }
}

/// Whether the block's title names nothing: a form for twenty projects has blocks that nobody needs.
fn is_unused(table: &Table, located: &Located<'_>) -> bool {
    let title = located.title_text();
    let names = table.placed.below.iter().filter_map(|pattern| words_for(pattern, &title)).next();
    let no_name = ["", "n/a", "not applicable", "none", "not used"];
    table.placed.repeated
        && names.is_some_and(|name| no_name.contains(&name.as_str()) || name.starts_with(['<', '[']))
}

fn record_of(table: &Table, area: Option<String>, group: Option<String>, line: Line) -> LogRecord {
    LogRecord { table: table.id.clone(), area, group, fields: line.fields, other_periods: line.other_periods }
}

/// The visible rows below the headings with an entry in a column of the form, without the form's own examples.
fn lines(workbook: &Workbook, asked: Asked<'_>, table: &Table, located: &Located<'_>) -> Vec<Line> {
    let sheet = located.sheet;
    let columns: Vec<(&Column, u32)> =
        table.columns.iter().filter_map(|column| Some((column, located.column(&column.id)?))).collect();
    let first_column = columns.iter().map(|(_, at)| *at).min().unwrap_or(0);
    let last = columns.iter().map(|(_, at)| *at).max().unwrap_or(0);
    let title = located.title.and_then(|title| {
        let column = table.columns.iter().find(|column| column.title)?;
        let place = workbook.place(sheet, title);
        let shown = located.title_text();
        Some((column.id.clone(), Field { answer: Answer::Text(shown.clone()), place, shown }))
    });
    let mut rows: Vec<u32> = Vec::new();
    for (address, cell) in sheet.cells.range(CellAddress::new(located.heading_row + 1, 0)..) {
        if address.row > located.last_row {
            break;
        }
        let is_entry = cell.content != Content::Blank && columns.iter().any(|(_, at)| *at == address.column);
        if is_entry && rows.last() != Some(&address.row) && !sheet.hidden_rows.contains(&address.row) {
            rows.push(address.row);
        }
    }
    let mut lines = Vec::new();
    for row in rows {
        let texts: Vec<String> = columns
            .iter()
            .map(|(_, at)| sheet.text(CellAddress::new(row, *at)))
            .filter(|text| !text.is_empty())
            .collect();
        let first = texts.first().cloned().unwrap_or_default();
        let is_none = is_example(&first)
            || texts.iter().any(|text| table.placed.is_printed(text))
            || labels::is_signature(&asked.form.labels, &first);
        if is_none {
            continue;
        }
        let field = |column: &Column, at: u32| {
            let address = CellAddress::new(row, at);
            let answer = located.certain(address, answers::read(sheet.cell(address), asked_of(column)));
            Field { answer, place: workbook.place(sheet, address), shown: located.shown(address) }
        };
        let mut fields: BTreeMap<String, Field> =
            columns.iter().map(|(column, at)| (column.id.clone(), field(column, *at))).collect();
        let other_periods: Vec<(String, Period, Field)> = located
            .by_period
            .iter()
            .filter_map(|((id, period), at)| Some((id.clone(), *period, field(table.column(id)?, *at))))
            .filter(|(_, _, field)| !field.answer.is_blank())
            .collect();
        // A line with untouched drop-downs alone is as it was sent out.
        let is_untouched = |(column, at): &(&Column, u32)| {
            let is_formula = sheet.cell(CellAddress::new(row, *at)).is_some_and(|cell| cell.formula);
            column.asks == Asks::Nothing
                || fields.get(&column.id).is_none_or(|field| match field.answer {
                    Answer::NotApplicable => is_formula,
                    ref answer => answer.is_blank(),
                })
        };
        if other_periods.is_empty() && columns.iter().all(is_untouched) {
            continue;
        }
        fields.extend(title.clone());
        let own = || {
            sheet
                .cells
                .range(CellAddress::new(row, 0)..=CellAddress::new(row, last))
                .filter(|(_, cell)| cell.content != Content::Blank)
        };
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
        let typed: Vec<(&CellAddress, &Cell)> = own().filter(|(_, cell)| !cell.formula).collect();
        let is_alone = match typed.as_slice() {
            [(at, cell)] => at.column <= first_column && matches!(cell.content, Content::Text(_)),
            _ => false,
        };
        let says_more = typed.len() > usize::from(opening.is_some());
        let is_computed = own().all(|(_, cell)| cell.formula);
        let begins = own().map(|(address, _)| *address).next().unwrap_or(CellAddress::new(row, 0));
        lines.push(Line {
            fields,
            labels,
            opening,
            is_alone,
            says_more,
            is_computed,
            is_typed,
            place: workbook.place(sheet, begins),
            other_periods,
        });
    }
    lines
}

/// What the records above have said already.
#[derive(Default)]
struct Told {
    /// Entries that are used only once, by group where they are the record's name.
    references: BTreeMap<(String, Option<String>, String), CellRef>,
    identities: BTreeMap<Vec<String>, CellRef>,
}

impl Told {
    /// Takes in what a record says, and reports what an earlier one has said.
    fn tell(&mut self, table: &Table, settings: &Records, record: &LogRecord, mapped: &mut Mapped) {
        for column in &table.columns {
            let names = settings.names.as_ref() == Some(&column.id);
            let field = record.fields.get(&column.id).filter(|field| !field.answer.is_blank());
            let Some(field) = field.filter(|_| names || column.unique) else { continue };
            let group = record.group.clone().filter(|_| names && !column.unique);
            let key = (column.id.clone(), group, fold(&field.shown));
            if let Some(earlier) = self.references.get(&key) {
                let message = format!("“{}” already stands in {}.", one_line(&field.shown), earlier.cell);
                mapped
                    .findings
                    .push(Finding::at(&LOG_DUPLICATE, &field.place, message).involving([earlier.clone()]));
            } else {
                self.references.insert(key, field.place.clone());
            }
        }
        if let Some(earlier) = identity(settings, record).and_then(|own| {
            let place = record.fields.get(settings.restates.first()?)?.place.clone();
            self.identities.insert(own, place)
        }) && let Some(field) = settings.restates.first().and_then(|id| record.fields.get(id))
        {
            let message = format!("The same record stands in {} already; it is counted once.", earlier.cell);
            mapped
                .findings
                .push(Finding::at(&LOG_RECORD_REPEATED, &field.place, message).involving([earlier]));
        }
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

/// Whether a row only lists what there is: a unit without a visit, the name of a group, or a line of text below the log.
fn is_listing(settings: &Records, fields: &BTreeMap<String, Field>) -> bool {
    let Some(name) = settings.restates.first().or(settings.group.as_ref()) else { return false };
    fields
        .iter()
        .filter(|(id, _)| *id != name)
        .all(|(_, field)| field.answer.is_blank() || field.answer == Answer::NotApplicable)
}

/// Whether the provider filled the record in. What is named in it may stand on the form as it was sent out, and so may what was
/// promised, and every word and date of a table that is only shown; then it takes an answer.
fn is_filled_in(table: &Table, settings: &Records, line: &Line) -> bool {
    let is_printed = settings.names.is_some() || settings.group.is_some();
    // What happened in a period is known to nobody before.
    if !settings.belongs.is_empty() && !settings.shown && !is_printed {
        return true;
    }
    let asks_for_answers = table.columns.iter().any(|column| column.asks.is_answered());
    let is_promised = |column: &Column| {
        settings.promise.as_ref().is_some_and(|promise| {
            promise.due.as_ref() == Some(&column.id) || promise.promised.contains(&column.id)
        })
    };
    let is_reported = |column: &Column| match &settings.promise {
        Some(promise) => promise.reported.contains(&column.id),
        None => !asks_for_answers && !settings.shown && !is_name(table, settings, column),
    };
    table.columns.iter().filter(|column| !is_promised(column)).any(|column| {
        let Some(field) = line.fields.get(&column.id) else { return false };
        let is_word = matches!(column.asks, Asks::Text | Asks::Comment);
        let is_old_date = settings.shown && column.asks == Asks::Date && settings.belongs.is_empty();
        (!is_old_date && is_evidence_of_filling_in(column.asks, &field.answer, line.is_computed))
            || (is_word && !line.is_computed && is_reported(column) && says_something(&field.answer))
    })
}

/// Whether a column only names what a record is about: the first text that is required, else the first, where the form does not say.
fn is_name(table: &Table, settings: &Records, column: &Column) -> bool {
    let words = || table.columns.iter().filter(|own| own.asks == Asks::Text);
    let first = || words().find(|own| own.required).or_else(|| words().next());
    match &settings.names {
        Some(name) => *name == column.id,
        None => first().is_some_and(|own| own.id == column.id),
    }
}

fn says_something(answer: &Answer) -> bool {
    matches!(answer, Answer::Text(text) if text.chars().any(char::is_alphanumeric))
}

/// What tells a record from every other, where the log says what that is and the record has all of it.
pub fn identity(settings: &Records, record: &LogRecord) -> Option<Vec<String>> {
    let parts: Option<Vec<String>> = settings
        .restates
        .iter()
        .map(|id| match record.fields.get(id)? {
            Field { answer: Answer::Date(day), .. } => Some(day.to_string()),
            field => Some(fold(&field.shown)).filter(|text| !text.is_empty()),
        })
        .collect();
    parts.filter(|parts| !parts.is_empty())
}

/// Whether a row is the form's own example of how to fill it in.
pub(super) fn is_example(first: &str) -> bool {
    let first = fold(first);
    first.starts_with("example") || first.starts_with("e.g")
}

fn area_of(asked: Asked<'_>, settings: &Records, fields: &BTreeMap<String, Field>) -> Option<String> {
    let field = fields.get(settings.area.as_ref()?)?;
    asked.contract.area(&field.shown).map(Into::into)
}
