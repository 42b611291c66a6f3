//! Logs: one record a row, any number of rows.

use std::collections::BTreeMap;

use super::answers;
use super::headings::Located;
use super::mapped::{Asked, Mapped};
use crate::contract::layout::{Asks, Column, Records};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    ANSWER_PLACEHOLDER, AREA_UNKNOWN, LOG_DATE_OUTSIDE_PERIOD, LOG_DATES_OUT_OF_ORDER, LOG_DUPLICATE,
    LOG_FIELD_UNREADABLE, LOG_RECORD_REPEATED,
};
use crate::domain::observation::{Field, LogRecord};
use crate::domain::period::long_date;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::text::{fold, one_line};
use crate::domain::workbook::{Content, Workbook};

/// Maps a log.
pub fn map(
    workbook: &Workbook,
    asked: Asked<'_>,
    table: &Table,
    settings: &Records,
    located: &Located<'_>,
    mapped: &mut Mapped,
) {
    let sheet = located.sheet;
    let columns: Vec<(&Column, u32)> =
        table.columns.iter().filter_map(|column| Some((column, located.column(&column.id)?))).collect();
    let mut rows: Vec<u32> = Vec::new();
    for (address, cell) in sheet.cells.range(CellAddress::new(located.heading_row + 1, 0)..) {
        let is_entry = cell.content != Content::Blank && columns.iter().any(|(_, at)| *at == address.column);
        if is_entry && rows.last() != Some(&address.row) && !sheet.hidden_rows.contains(&address.row) {
            rows.push(address.row);
        }
    }
    let mut references: BTreeMap<(String, String), CellRef> = BTreeMap::new();
    let mut identities: BTreeMap<Vec<String>, CellRef> = BTreeMap::new();
    for row in rows {
        let first = columns
            .iter()
            .map(|(_, at)| sheet.text(CellAddress::new(row, *at)))
            .find(|text| !text.is_empty());
        if first.is_some_and(|text| is_no_record(&text)) {
            continue;
        }
        let fields: BTreeMap<String, Field> = columns
            .iter()
            .map(|(column, at)| {
                let address = CellAddress::new(row, *at);
                let answer = answers::read(sheet.cell(address), asked_of(column.asks));
                let place = workbook.place(sheet, address);
                (column.id.clone(), Field { answer, place, shown: sheet.text(address) })
            })
            .collect();
        if is_listing(settings, &fields) {
            continue;
        }
        let record = LogRecord {
            table: table.id.clone(),
            area: area_of(asked, settings, &fields),
            group: None,
            fields,
        };
        check_fields(table, &record, mapped);
        check_area(asked, settings, &record, mapped);
        check_dates(asked, table, settings, &record, mapped);
        for column in table.columns.iter().filter(|column| column.unique) {
            let Some(field) = record.fields.get(&column.id).filter(|field| !field.shown.is_empty()) else {
                continue;
            };
            let key = (column.id.clone(), fold(&field.shown));
            if let Some(earlier) = references.get(&key) {
                let message = format!("“{}” already stands in {}.", one_line(&field.shown), earlier.cell);
                mapped
                    .findings
                    .push(Finding::at(&LOG_DUPLICATE, &field.place, message).involving([earlier.clone()]));
            } else {
                references.insert(key, field.place.clone());
            }
        }
        if let Some(earlier) = identity(settings, &record).and_then(|own| {
            let place = record.fields.get(settings.restates.first()?)?.place.clone();
            identities.insert(own, place)
        }) && let Some(field) = settings.restates.first().and_then(|id| record.fields.get(id))
        {
            let message = format!("The same record stands in {} already; it is counted once.", earlier.cell);
            mapped
                .findings
                .push(Finding::at(&LOG_RECORD_REPEATED, &field.place, message).involving([earlier]));
        }
        // A table that is only shown is sent out with rows in it; a log is filled by the provider alone.
        mapped.usable |= !settings.shown;
        mapped.records.push(record);
    }
}

fn asked_of(asks: Asks) -> answers::Asked {
    match asks {
        Asks::Date => answers::Asked::Date,
        Asks::YesNo => answers::Asked::YesNo,
        _ => answers::Asked::Text,
    }
}

/// Whether a row only lists what there is: a unit without a visit, or a line of text below the log.
fn is_listing(settings: &Records, fields: &BTreeMap<String, Field>) -> bool {
    let Some(name) = settings.restates.first() else { return false };
    fields
        .iter()
        .filter(|(id, _)| *id != name)
        .all(|(_, field)| field.answer.is_blank() || field.answer == Answer::NotApplicable)
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

/// Total rows and the form's own example rows are no records.
fn is_no_record(first: &str) -> bool {
    let folded = fold(first);
    folded == "total" || folded.starts_with("total ") || is_example(first)
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

fn check_fields(table: &Table, record: &LogRecord, mapped: &mut Mapped) {
    for column in &table.columns {
        let Some(field) = record.fields.get(&column.id) else { continue };
        let heading = column.headings.first().map_or("", String::as_str);
        let finding = match &field.answer {
            Answer::Unreadable { found, why } => {
                Some((&LOG_FIELD_UNREADABLE, format!("{heading}: “{}” — {why}.", one_line(found))))
            }
            Answer::Blank | Answer::NotApplicable | Answer::NotRecorded if column.required => {
                Some((&LOG_FIELD_UNREADABLE, format!("{heading} is required and not given.")))
            }
            Answer::Unanswered if matches!(column.asks, Asks::Date | Asks::YesNo) => {
                Some((&ANSWER_PLACEHOLDER, format!("{heading}: the drop-down was left untouched.")))
            }
            _ => None,
        };
        mapped.findings.extend(finding.map(|(kind, message)| Finding::at(kind, &field.place, message)));
    }
}

fn check_area(asked: Asked<'_>, settings: &Records, record: &LogRecord, mapped: &mut Mapped) {
    let Some(field) = settings.area.as_ref().and_then(|area| record.fields.get(area)) else { return };
    if record.area.is_none() {
        let names: Vec<&str> = asked.contract.areas.iter().map(|area| area.name.as_str()).collect();
        let found = if field.shown.is_empty() {
            "nothing".into()
        } else {
            format!("“{}”", one_line(&field.shown))
        };
        let message = format!("{found} where one of {} is expected.", names.join(", "));
        mapped.findings.push(Finding::at(&AREA_UNKNOWN, &field.place, message));
    }
}

fn check_dates(asked: Asked<'_>, table: &Table, settings: &Records, record: &LogRecord, mapped: &mut Mapped) {
    let date = |id: &str| record.fields.get(id).and_then(|field| field.answer.date());
    let dates: Vec<_> = settings.belongs.iter().filter_map(|id| date(id)).collect();
    if let Some(place) =
        settings.belongs.first().and_then(|id| record.fields.get(id)).map(|field| &field.place)
        && !dates.is_empty()
        && !dates.iter().any(|day| asked.period.contains(*day))
    {
        let days = dates.iter().map(|day| long_date(*day)).collect::<Vec<_>>().join(" and ");
        let earlier = dates.iter().filter(|day| **day < asked.period.from).max();
        let restates = earlier
            .filter(|_| !settings.restates.is_empty())
            .map(|day| {
                let period = asked.contract.period(*day, asked.period.frequency);
                format!("; it belongs to {}", period.describe())
            })
            .unwrap_or_default();
        let message = format!("{days}: outside {}{restates}.", asked.period.describe());
        mapped.findings.push(Finding::at(&LOG_DATE_OUTSIDE_PERIOD, place, message));
    }
    let Some(start) = settings.begins.as_ref().and_then(|id| date(id)) else { return };
    for column in table.columns.iter().filter(|column| column.asks == Asks::Date) {
        if let (Some(day), Some(field)) = (date(&column.id), record.fields.get(&column.id))
            && day < start
        {
            let heading = column.headings.first().map_or("", String::as_str);
            let message = format!("{heading} {} lies before {}.", long_date(day), long_date(start));
            mapped.findings.push(Finding::at(&LOG_DATES_OUT_OF_ORDER, &field.place, message));
        }
    }
}
