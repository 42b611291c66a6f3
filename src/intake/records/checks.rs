//! What can be wrong with a record: entries that are missing or cannot be right, dates out of order, scores without evidence.

use crate::contract::layout::{Asks, Column, Records};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::finding_kinds::{
    ANSWER_PLACEHOLDER, AREA_UNKNOWN, EVIDENCE_MISSING, FIGURE_IMPOSSIBLE, LOG_DATE_OUTSIDE_PERIOD,
    LOG_DATES_OUT_OF_ORDER, LOG_FIELD_UNREADABLE, SCORE_IMPOSSIBLE, SCORE_MISSING,
};
use crate::domain::log::{FieldView, RecordView};
use crate::domain::observation::LogRecord;
use crate::domain::period::long_date;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::text::one_line;
use crate::intake::filled::{fault, with_remark};
use crate::intake::mapped::{Asked, Mapped};

/// Entry by entry; a figure that cannot be right is not used: its column, and the answer to take instead.
pub(super) fn fields<'t>(
    table: &'t Table,
    settings: &Records,
    record: RecordView<'_>,
    mapped: &mut Mapped,
) -> Vec<(&'t str, Answer)> {
    let name = || {
        let name = settings.names.as_ref().and_then(|id| record.field(id)).map(|field| one_line(field.shown));
        let name = name.filter(|name| !name.is_empty()).map(|name| format!("{name}, "));
        name.unwrap_or_default()
    };
    let mut impossible = Vec::new();
    for column in &table.columns {
        let Some(field) = record.field(&column.id) else { continue };
        let heading = column.headings.first().map_or("", String::as_str);
        let required = column.required || settings.names.as_ref() == Some(&column.id);
        let (has_name, found) = match column.asks {
            Asks::Figure | Asks::Amount => (true, figure(column, field.answer)),
            Asks::Score => (true, score(field.answer)),
            _ => (false, entry(column, required, field)),
        };
        let Some((kind, what)) = found else { continue };
        let name = if has_name { name() } else { String::new() };
        mapped.findings.push(Finding::at(kind, &field.place(), format!("{name}{heading}{what}")));
        if kind == &FIGURE_IMPOSSIBLE {
            let answer =
                Answer::Unreadable { found: field.shown.to_string(), why: "it cannot be right".into() };
            impossible.push((column.id.as_str(), answer));
        }
    }
    impossible
}

fn entry(column: &Column, required: bool, field: FieldView<'_>) -> Option<(&'static FindingKind, String)> {
    match field.answer {
        Answer::Unreadable { found, why } => {
            Some((&LOG_FIELD_UNREADABLE, format!(": “{}” — {why}.", one_line(found))))
        }
        Answer::Blank | Answer::NotApplicable | Answer::NotRecorded if required => {
            Some((&LOG_FIELD_UNREADABLE, " is required and not given.".to_string()))
        }
        Answer::Unanswered if matches!(column.asks, Asks::Date | Asks::YesNo) => {
            Some((&ANSWER_PLACEHOLDER, ": the drop-down was left untouched.".to_string()))
        }
        answer => with_remark(answer, field.shown).map(|(kind, what)| (kind, format!(": {what}"))),
    }
}

fn unit(column: &Column) -> Unit {
    if column.asks == Asks::Amount { Unit::Pounds } else { column.unit }
}

fn figure(column: &Column, answer: &Answer) -> Option<(&'static FindingKind, String)> {
    let (kind, what) = fault(answer, unit(column), column.asks, column.required, false)?;
    Some((kind, format!(": {what}")))
}

fn score(answer: &Answer) -> Option<(&'static FindingKind, String)> {
    let missing = |what: &str| Some((&SCORE_MISSING, format!(": {what}.")));
    match answer {
        Answer::Number(_) => None,
        Answer::Unreadable { found, why } if found.is_empty() => {
            Some((&SCORE_IMPOSSIBLE, format!(": {why}.")))
        }
        Answer::Unreadable { found, why } => {
            Some((&SCORE_IMPOSSIBLE, format!(": “{}” — {why}.", one_line(found))))
        }
        Answer::Unanswered => missing("the cell still holds the form's placeholder"),
        Answer::NotApplicable => missing("given as not applicable where a score is required"),
        Answer::NotRecorded => missing("given as not recorded where a score is required"),
        _ => missing("no score is given"),
    }
}

/// A total row's figures; one that need not be calculated in the file is asked about, as its parts are there.
pub(super) fn total(table: &Table, total: &LogRecord, mapped: &mut Mapped) {
    for column in table.columns.iter().filter(|column| matches!(column.asks, Asks::Figure | Asks::Amount)) {
        let Some(field) = total.fields.get(&column.id) else { continue };
        if let Some((kind, what)) = fault(&field.answer, unit(column), Asks::Total, false, true) {
            let heading = column.headings.first().map_or("", String::as_str);
            let message = format!("{}, total, {heading}: {what}", table.title);
            mapped.findings.push(Finding::at(kind, &field.place, message));
        }
    }
}

/// A high score with nothing written for it.
pub(super) fn evidence(table: &Table, settings: &Records, record: RecordView<'_>, mapped: &mut Mapped) {
    let Some(evidenced) = &settings.evidenced else { return };
    let score = record.field(&evidenced.score).and_then(|field| field.answer.number());
    let (Some(score), Some(field)) = (score, record.field(&evidenced.by)) else { return };
    let says_something = match field.answer {
        Answer::Text(text) => text.chars().any(char::is_alphanumeric),
        Answer::Blank
        | Answer::Unanswered
        | Answer::Nil
        | Answer::NotApplicable
        | Answer::NotRecorded
        | Answer::Unreadable { .. } => false,
        _ => true,
    };
    if score >= Quantity::from(evidenced.from) && !says_something {
        let heading = table.column(&evidenced.by).and_then(|column| column.headings.first());
        let message = format!(
            "{}: scored {} and nothing is given for it.",
            heading.map_or("", String::as_str),
            crate::domain::quantity::plain(score)
        );
        mapped.findings.push(Finding::at(&EVIDENCE_MISSING, &field.place(), message));
    }
}

pub(super) fn area(
    asked: Asked<'_>,
    settings: &Records,
    record: RecordView<'_>,
    is_known: bool,
    mapped: &mut Mapped,
) {
    let Some(field) = settings.area.as_ref().and_then(|area| record.field(area)) else { return };
    if !is_known {
        let names: Vec<&str> = asked.contract.areas.iter().map(|area| area.name.as_str()).collect();
        let found = if field.shown.is_empty() {
            "nothing".into()
        } else {
            format!("“{}”", one_line(field.shown))
        };
        let message = format!("{found} where one of {} is expected.", names.join(", "));
        mapped.findings.push(Finding::at(&AREA_UNKNOWN, &field.place(), message));
    }
}

pub(super) fn dates(
    asked: Asked<'_>,
    table: &Table,
    settings: &Records,
    record: RecordView<'_>,
    mapped: &mut Mapped,
) {
    let date = |id: &str| record.field(id).and_then(|field| field.date());
    let dates: Vec<_> = settings.belongs.iter().filter_map(|id| date(id)).collect();
    if let Some(place) = settings.belongs.first().and_then(|id| record.field(id)).map(|field| field.place())
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
        mapped.findings.push(Finding::at(&LOG_DATE_OUTSIDE_PERIOD, &place, message));
    }
    let Some(start) = settings.begins.as_ref().and_then(|id| date(id)) else { return };
    for column in table.columns.iter().filter(|column| column.asks == Asks::Date) {
        if let (Some(day), Some(field)) = (date(&column.id), record.field(&column.id))
            && day < start
        {
            let heading = column.headings.first().map_or("", String::as_str);
            let message = format!("{heading} {} lies before {}.", long_date(day), long_date(start));
            mapped.findings.push(Finding::at(&LOG_DATES_OUT_OF_ORDER, &field.place(), message));
        }
    }
}
