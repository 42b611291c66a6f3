//! Logs and tables of figures: one record a row, any number of rows.

mod checks;
mod groups;
mod lines;
mod notes;
mod said;
mod totals;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::filled::is_evidence_of_filling_in;
use super::headings::Located;
use super::mapped::{Asked, Mapped};
use crate::contract::layout::{Asks, Column, Records};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    LOG_DUPLICATE, LOG_RECORD_REPEATED, RECORD_CALLED_TOTAL, REQUIRED_FIGURE_MISSING, ROW_UNKNOWN,
};
use crate::domain::log::{FieldView, RecordView, Writer};
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::text::{fold, one_line, words_for};
use crate::domain::workbook::Workbook;
use groups::Groups;
use lines::{Entered, Line, Lines};
use totals::Kind;

pub(in crate::intake) use totals::is_total;

/// Maps a log. Lines are looked at twice: each by itself, and again once all are known, for a total may stand among records. In between
/// they are kept as small as records are.
pub fn map(
    workbook: &Workbook,
    asked: Asked<'_>,
    table: &Table,
    settings: &Records,
    located: &Located<'_>,
    mapped: &mut Mapped,
) {
    let lines = Lines::of(workbook, asked, table, located);
    let mut log = Writer::new(&table.id, workbook.file.clone(), located.sheet.name.clone(), lines.stand());
    let mut seen = Vec::new();
    for line in lines.rows().into_iter().filter_map(|row| lines.line(row)) {
        seen.push(Seen::of(table, settings, &line));
        let entries = line.fields.iter().enumerate().map(|(column, Entered { said, .. })| {
            *said.entry.get_or_init(|| log.entry(column, &said.answer, &said.shown))
        });
        let entries: Vec<u32> = entries.collect();
        log.push_entries(line.row, entries, line.other_periods);
    }
    totals::settle(settings, &mut seen);
    let is_own = |kind: Kind| settings.total || kind == Kind::Record;
    if is_unused(table, located) && !seen.iter().any(|line| line.is_typed && is_own(line.kind)) {
        return;
    }
    let mut groups = Groups::of(table, settings, lines.has(settings.group.as_deref()) || seen.is_empty());
    let mut told = Told::default();
    let mut areas = Areas::of(asked, settings, located);
    let mut any = false;
    let mut keep = vec![false; seen.len()];
    let mut belongs: Vec<(Option<usize>, Option<String>)> = Vec::new();
    for (at, own) in seen.iter().enumerate() {
        match own.kind {
            Kind::Total if settings.total => {
                if let Some(line) = lines.line(own.row) {
                    let total = lines.record(line, located.area.clone());
                    checks::total(table, &total, mapped);
                    mapped.totals.push(total);
                }
                continue;
            }
            Kind::Total | Kind::Subtotal | Kind::Note => {
                // A total that is printed on the form and computed in it is no loss, nor are words where a row may only list.
                let is_lost = match own.kind {
                    Kind::Note => !log.line(at).is_some_and(|line| is_listing(settings, line)),
                    _ => settings.total || own.says_more,
                };
                if let Some(line) = is_lost.then(|| lines.line(own.row)).flatten() {
                    let what = match own.kind {
                        Kind::Note => "is a remark",
                        Kind::Subtotal => "is a total of some rows",
                        _ => "is a total",
                    };
                    let name = line.labels.first().copied().or(line.opening);
                    let name = name.map(one_line).unwrap_or_default();
                    let message = format!("{}: “{name}” {what} and was not read as a row.", table.title);
                    mapped.findings.push(Finding::at(&ROW_UNKNOWN, &lines.begins(&line), message));
                }
                continue;
            }
            Kind::Record => {}
        }
        if let Some(line) = own.is_called_total.then(|| lines.line(own.row)).flatten() {
            let name = line.opening.map(one_line).unwrap_or_default();
            let message = format!(
                "{}: “{name}” has a date or an answer of its own, and was read as a record.",
                table.title
            );
            mapped.findings.push(Finding::at(&RECORD_CALLED_TOTAL, &lines.begins(&line), message));
        }
        let Some(line) = log.line(at) else { continue };
        if let Some(groups) = &mut groups {
            groups.pass(line);
        }
        if is_listing(settings, line) {
            continue;
        }
        any = true;
        let group = groups.as_mut().and_then(|groups| groups.of_record(line, mapped));
        mapped.usable = mapped.usable || is_filled_in(table, settings, line, own.is_computed);
        let area = areas.of_record(&log, at);
        for (id, impossible) in checks::fields(table, settings, line, mapped) {
            log.answer_instead(at, id, impossible);
        }
        let Some(line) = log.line(at) else { continue };
        checks::area(asked, settings, line, area.is_some(), mapped);
        checks::dates(asked, table, settings, line, mapped);
        checks::evidence(table, settings, line, mapped);
        told.tell(table, settings, line, group.as_deref(), mapped);
        keep.get_mut(at).into_iter().for_each(|keep| *keep = true);
        belongs.push((area, group));
    }
    log.retain(&keep);
    for (area, group) in belongs {
        log.belongs(area.and_then(|area| areas.name(area)), group.as_deref());
    }
    mapped.records.append(log);
    if let Some(groups) = groups {
        groups.report_missing(workbook, asked, located.sheet, mapped);
    } else if settings.names.is_some() && !any && !table.optional {
        let message = format!("{}: no row is filled in.", table.title);
        let kind = &REQUIRED_FIGURE_MISSING;
        mapped.findings.push(Finding::in_sheet(kind, &workbook.file, &located.sheet.name, message));
    }
}

/// What is known of a line by itself.
struct Seen {
    /// Its row, counted from zero.
    row: u32,
    kind: Kind,
    /// Whether it begins with a text that is a sentence.
    is_sentence: bool,
    /// Whether nothing but words stands in it, where its table asks for figures.
    is_words: bool,
    is_alone: bool,
    is_computed: bool,
    is_typed: bool,
    says_more: bool,
    /// Whether it is called as a total is, in a table that has none.
    is_called_total: bool,
}

impl Seen {
    fn of(table: &Table, settings: &Records, line: &Line<'_>) -> Self {
        let opening = line.opening.map(fold);
        Self {
            row: line.row,
            kind: totals::kind(table, settings, line, opening.as_deref()),
            is_sentence: line
                .opening
                .zip(opening.as_deref())
                .is_some_and(|(text, folded)| notes::is_sentence(text, folded)),
            is_words: settings.total && totals::is_words(table, settings, line),
            is_alone: line.is_alone,
            is_computed: line.is_computed,
            is_typed: line.is_typed,
            says_more: line.says_more,
            is_called_total: !settings.total && opening.as_deref().is_some_and(totals::is_called_total),
        }
    }
}

/// The areas of records: what a column says of them, looked up once for each entry.
struct Areas<'a> {
    asked: Asked<'a>,
    column: Option<&'a str>,
    /// Of the whole table.
    located: Option<&'a str>,
    /// The place of the area in the contract, by the number of the entry.
    known: BTreeMap<usize, Option<usize>>,
}

impl<'a> Areas<'a> {
    fn of(asked: Asked<'a>, settings: &'a Records, located: &'a Located<'_>) -> Self {
        let column = settings.area.as_deref();
        Self { asked, column, located: located.area.as_deref(), known: BTreeMap::new() }
    }

    /// The area of a record as it is named by [`Areas::name`].
    fn of_record(&mut self, log: &Writer, at: usize) -> Option<usize> {
        let by_column = self.column.and_then(|column| {
            let number = log.number(at, column)?;
            *self.known.entry(number).or_insert_with(|| {
                let area = self.asked.contract.area(log.line(at)?.field(column)?.shown)?;
                self.asked.contract.areas.iter().position(|own| own.name == area)
            })
        });
        by_column.or_else(|| self.located.map(|_| self.asked.contract.areas.len()))
    }

    fn name(&self, area: usize) -> Option<&str> {
        let known = self.asked.contract.areas.get(area).map(|area| area.name.as_str());
        known.or(self.located)
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

/// The first row with each of many texts. A text is kept as a hash, and looked at again in its row.
#[derive(Default)]
struct First {
    by_hash: BTreeMap<u64, u32>,
    /// Texts whose hash is another's.
    others: BTreeMap<String, u32>,
}

impl First {
    /// The first row with this text, where it is another; `text_in` is the text of a row.
    fn with(&mut self, text: &str, row: u32, text_in: impl Fn(u32) -> Option<String>) -> Option<u32> {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let first = *self.by_hash.entry(hasher.finish()).or_insert(row);
        if first == row || text_in(first).as_deref() == Some(text) {
            return Some(first).filter(|first| *first != row);
        }
        let first = *self.others.entry(text.to_string()).or_insert(row);
        Some(first).filter(|first| *first != row)
    }
}

/// What the records above have said already.
#[derive(Default)]
struct Told {
    /// Entries that are used only once, by column, and by group where they are the record's name; with the cell of the first.
    references: BTreeMap<(usize, Option<String>), First>,
    identities: BTreeMap<Vec<String>, CellAddress>,
}

impl Told {
    /// Takes in what a record says, and reports what an earlier one has said.
    fn tell(
        &mut self,
        table: &Table,
        settings: &Records,
        record: RecordView<'_>,
        group: Option<&str>,
        mapped: &mut Mapped,
    ) {
        for (place, column) in table.columns.iter().enumerate() {
            let names = settings.names.as_ref() == Some(&column.id);
            if !names && !column.unique {
                continue;
            }
            let Some(field) = record.field(&column.id).filter(|field| !field.answer.is_blank()) else {
                continue;
            };
            let group = group.filter(|_| names && !column.unique).map(ToString::to_string);
            let known = self.references.entry((place, group)).or_default();
            let text_in = |row: u32| Some(fold(record.in_row(row)?.field(&column.id)?.shown));
            if let Some(row) = known.with(&fold(field.shown), record.row(), text_in) {
                let earlier = record.in_row(row).and_then(|record| record.field(&column.id));
                let Some(earlier) = earlier.map(FieldView::place) else { continue };
                let message = format!("“{}” already stands in {}.", one_line(field.shown), earlier.cell);
                mapped
                    .findings
                    .push(Finding::at(&LOG_DUPLICATE, &field.place(), message).involving([earlier]));
            }
        }
        let Some(field) = settings.restates.first().and_then(|id| record.field(id)) else { return };
        let earlier = identity(settings, record).and_then(|own| self.identities.insert(own, field.cell()));
        if let Some(earlier) = earlier.map(|cell| CellRef { cell, ..field.place() }) {
            let message = format!("The same record stands in {} already; it is counted once.", earlier.cell);
            mapped
                .findings
                .push(Finding::at(&LOG_RECORD_REPEATED, &field.place(), message).involving([earlier]));
        }
    }
}

/// Whether a row only lists what there is: a unit without a visit, the name of a group, or a line of text below the log.
fn is_listing(settings: &Records, line: RecordView<'_>) -> bool {
    let Some(name) = settings.restates.first().or(settings.group.as_ref()) else { return false };
    line.fields()
        .filter(|(id, _)| id != name)
        .all(|(_, field)| field.answer.is_blank() || *field.answer == Answer::NotApplicable)
}

/// Whether the provider filled the record in. What is named in it may stand on the form as it was sent out, and so may what was
/// promised, and every word and date of a table that is only shown; then it takes an answer.
fn is_filled_in(table: &Table, settings: &Records, line: RecordView<'_>, is_computed: bool) -> bool {
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
        let Some(field) = line.field(&column.id) else { return false };
        let is_word = matches!(column.asks, Asks::Text | Asks::Comment);
        let is_old_date = settings.shown && column.asks == Asks::Date && settings.belongs.is_empty();
        (!is_old_date && is_evidence_of_filling_in(column.asks, field.answer, is_computed))
            || (is_word && !is_computed && is_reported(column) && says_something(field.answer))
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
pub fn identity(settings: &Records, record: RecordView<'_>) -> Option<Vec<String>> {
    let parts: Option<Vec<String>> = settings
        .restates
        .iter()
        .map(|id| {
            let field = record.field(id)?;
            match field.answer {
                Answer::Date(day) => Some(day.to_string()),
                _ => Some(fold(field.shown)).filter(|text| !text.is_empty()),
            }
        })
        .collect();
    parts.filter(|parts| !parts.is_empty())
}

/// Whether a row is the form's own example of how to fill it in.
pub(super) fn is_example(first: &str) -> bool {
    let first = fold(first);
    first.starts_with("example") || first.starts_with("e.g")
}
