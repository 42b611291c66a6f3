//! The records of a log that may count in a period: its own return's, and what other returns tell of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Source, records_of};
use crate::assess::submissions::ReceivedReturn;
use crate::contract::layout::{Column, Records};
use crate::contract::meant::LogFigure;
use crate::domain::answer::Answer;
use crate::domain::log::{FieldView, RecordView};
use crate::intake::records::identity;

/// A record that may count, and the return it stands in.
pub(super) struct Entry<'a> {
    /// The record.
    pub record: RecordView<'a>,
    /// When it came in.
    pub received: NaiveDate,
    /// The other return it stands in, where it is not the period's own.
    pub restated_by: Option<&'a ReceivedReturn>,
}

impl<'a> Entry<'a> {
    /// What stands in a column.
    pub fn field(&self, id: &str) -> Option<FieldView<'a>> {
        self.record.field(id)
    }

    /// The answer in a column; blank where there is none.
    pub fn answer(&self, id: &str) -> &'a Answer {
        self.field(id).map_or(&Answer::Blank, |field| field.answer)
    }
}

/// A column the figure depends on that the record's log was sent without: nothing is counted as not done for that, and nothing that
/// is known is replaced for it.
pub(super) fn missing_column<'a>(
    source: Source<'a>,
    log: &LogFigure,
    record: RecordView<'_>,
) -> Option<&'a Column> {
    let table = source.contract.table(&log.table)?;
    let read = log.in_period.iter().map(String::as_str).chain(log.measure.columns());
    read.filter_map(|id| table.column(id)).find(|column| !column.optional && !record.has(&column.id))
}

/// The records of the return's own log. Those of an earlier return to which something happened in this period join them; those of the
/// period in a later return's log take their place, or join them.
pub(super) fn entries<'a>(source: Source<'a>, log: &LogFigure) -> Vec<Entry<'a>> {
    let table = &log.table.table;
    let own = source.mapped.records.of_table(table);
    let entries: Vec<Entry<'a>> =
        own.map(|record| Entry { record, received: source.received, restated_by: None }).collect();
    let Some(settings) = records_of(source.contract.table(&log.table)) else { return entries };
    if settings.restates.is_empty() {
        return entries;
    }
    let mut known: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut merged: Vec<Entry<'a>> = Vec::new();
    // What stands in a log twice is one record, as its later row has it.
    let mut take = |entry: Entry<'a>| {
        let index = identity(settings, entry.record).map(|own| *known.entry(own).or_insert(merged.len()));
        match index.and_then(|index| merged.get_mut(index)) {
            Some(earlier) => *earlier = entry,
            None => merged.push(entry),
        }
    };
    let told_earlier = told_earlier(source, log, settings, &entries);
    entries.into_iter().chain(told_earlier).for_each(&mut take);
    for later in source.later {
        let earlier_in_it = later.mapped.records.of_table(table).filter(|record| {
            missing_column(source, log, *record).is_none()
                && settings.belongs.iter().any(|id| {
                    let day = record.field(id).and_then(FieldView::date);
                    day.is_some_and(|day| day < later.recognised.period.from)
                })
        });
        for record in earlier_in_it {
            take(Entry { record, received: later.received, restated_by: Some(later) });
        }
    }
    merged
}

/// Records of earlier returns to which something happened in this period, where a second column places a record by that: an earlier
/// return may be the one to tell of it. The newest word on a record is what counts.
fn told_earlier<'a>(
    source: Source<'a>,
    log: &LogFigure,
    settings: &Records,
    own: &[Entry<'a>],
) -> Vec<Entry<'a>> {
    let [happened, _, ..] = log.in_period.as_slice() else { return Vec::new() };
    let mut told: BTreeSet<Vec<String>> =
        own.iter().filter_map(|entry| identity(settings, entry.record)).collect();
    let mut found = Vec::new();
    for earlier in source.earlier.iter().rev() {
        let records = earlier.mapped.records.of_table(&log.table.table).rev();
        for record in records.filter(|own| missing_column(source, log, *own).is_none()) {
            let day = record.field(happened).and_then(FieldView::date);
            let is_news = identity(settings, record).is_some_and(|own| told.insert(own));
            if is_news && day.is_some_and(|day| source.period.contains(day)) {
                found.push(Entry { record, received: earlier.received, restated_by: Some(*earlier) });
            }
        }
    }
    found
}
