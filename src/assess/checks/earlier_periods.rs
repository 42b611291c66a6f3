//! What a return says of earlier periods, against their own returns.

use std::collections::BTreeMap;

use super::form_place::{by_form_place, form_place};
use super::{Checked, heading, label};
use crate::assess::submissions::ReceivedReturn;
use crate::contract::layout::Asks;
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::EARLIER_PERIOD_RESTATED;
use crate::domain::log::RecordView;
use crate::domain::period::Period;
use crate::domain::place::CellRef;
use crate::domain::text::{fold, number_of, one_line};
use crate::intake::mapped::Mapped;

/// A figure that is another one than in the return of its period, with the cell and the text of either.
struct Changed<'a> {
    what: String,
    now: (CellRef, &'a str),
    then: (CellRef, &'a str),
}

/// Figures for earlier periods that are others than in the returns of those periods, one finding a period. What came in after `version`
/// could not be known to it; a figure that either return does not give is no change.
pub fn check(checked: Checked<'_>, version: &ReceivedReturn) -> Vec<Finding> {
    let own = checked.slot.submission.period;
    let mut findings = Vec::new();
    for (period, before) in checked.others() {
        if *period >= own || before.received > version.received {
            continue;
        }
        let mut changed = of_grids(checked, period, &before.mapped);
        changed.extend(of_records(checked, period, &before.mapped));
        let Some((first, more)) = changed.split_first() else { continue };
        let also = match more.len() {
            0 => String::new(),
            number => format!(" {} changed too.", number_of(number, "further figure", "further figures")),
        };
        let message = format!(
            "{} for {}: {} here, and {} in the return for it.{also}",
            first.what,
            period.describe(),
            one_line(first.now.1),
            one_line(first.then.1)
        );
        let cells = more.iter().map(|own| &own.now.0).chain(changed.iter().map(|own| &own.then.0));
        let finding = Finding::at(&EARLIER_PERIOD_RESTATED, &first.now.0, message);
        findings.push(finding.involving(cells.cloned()));
    }
    findings
}

fn of_grids<'a>(checked: Checked<'a>, period: &Period, before: &'a Mapped) -> Vec<Changed<'a>> {
    let mut own = checked.mapped.of_other_periods.iter().filter(|own| own.period == *period).peekable();
    if own.peek().is_none() {
        return Vec::new();
    }
    let placed = by_form_place(before);
    own.filter_map(|own| {
        let now = &own.observation;
        let then = *placed.get(&form_place(now))?;
        let table = checked.slot.form.table(&now.table)?;
        let part =
            now.breakdown.as_ref().map(|part| format!(", {}", one_line(&part.member))).unwrap_or_default();
        differ(&now.answer, &then.answer).then(|| Changed {
            what: format!(
                "{}{part}, {}",
                one_line(label(table, &now.row)),
                one_line(heading(table, &now.column))
            ),
            now: (now.place.clone(), &now.shown),
            then: (then.place.clone(), &then.shown),
        })
    })
    .collect()
}

/// Records are the same where all their words are, and no other record of either return has these.
fn of_records<'a>(checked: Checked<'a>, period: &Period, before: &'a Mapped) -> Vec<Changed<'a>> {
    let mut changed = Vec::new();
    for table in &checked.slot.form.tables {
        if !table.placed.periods_across {
            continue;
        }
        let known = alone(table, before);
        for (words, now) in alone(table, checked.mapped) {
            let Some(then) = known.get(&words) else { continue };
            for (column, _, now) in now.other_periods().iter().filter(|(_, of, _)| of == period) {
                let Some(then) = then.field(column).filter(|then| differ(&now.answer, then.answer)) else {
                    continue;
                };
                changed.push(Changed {
                    what: format!("{}, {}", words.join(", "), one_line(heading(table, column))),
                    now: (now.place.clone(), &now.shown),
                    then: (then.place(), then.shown),
                });
            }
        }
    }
    changed.sort_by(|a, b| a.now.0.cmp(&b.now.0));
    changed
}

/// The records of the table by their words, where no other has the same.
fn alone<'a>(table: &Table, mapped: &'a Mapped) -> BTreeMap<Vec<String>, RecordView<'a>> {
    let mut alike: BTreeMap<Vec<String>, Vec<RecordView<'a>>> = BTreeMap::new();
    for record in mapped.records.of_table(&table.id) {
        alike.entry(words_of(table, record)).or_default().push(record);
    }
    let alone = |(words, records): (_, Vec<RecordView<'a>>)| match records.as_slice() {
        [record] => Some((words, *record)),
        _ => None,
    };
    alike.into_iter().filter_map(alone).collect()
}

/// The words by which a record is known from one return to the next.
fn words_of(table: &Table, record: RecordView<'_>) -> Vec<String> {
    let asked = table.columns.iter().filter(|column| column.asks == Asks::Text);
    let shown = asked.filter_map(|column| record.field(&column.id)).map(|field| one_line(field.shown));
    shown.filter(|text| !fold(text).is_empty()).collect()
}

fn differ(now: &Answer, then: &Answer) -> bool {
    matches!((now.number(), then.number()), (Some(now), Some(then)) if now != then)
}
