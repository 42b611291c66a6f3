//! What earlier returns and the register say that a blank return can begin with: opening figures, names of lines that were used,
//! and records of things that last.

use std::collections::BTreeMap;

use super::{Known, Record};
use crate::assess::submissions::ReceivedReturn;
use crate::contract::Contract;
use crate::contract::layout::{Asks, Column, Layout, Records};
use crate::contract::meant::{CheckRule, Form, Table};
use crate::domain::log::RecordView;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::text::{fold, one_line};
use crate::review::ActionRow;
use crate::review::blank_form::Entered;

/// Words in the heading of a column that speaks of one period alone, folded.
const OF_ONE_PERIOD: [&str; 9] =
    ["month", "quarter", "year", "period", "to date", "progress", "status", "comment", "update"];
/// Words of a status by which something is over.
const OVER: [&str; 5] = ["complete", "completed", "closed", "done", "achieved"];

/// What is known before the return of a period is filled in, from the provider's `returns` and the `actions` with it that are open.
pub fn known(
    contract: &Contract,
    form: &Form,
    period: &Period,
    area: Option<&str>,
    (returns, actions): (&[ReceivedReturn], &[ActionRow]),
) -> Known {
    let mut earlier: Vec<&ReceivedReturn> = returns
        .iter()
        .filter(|own| own.recognised.form == form.id && own.recognised.area.as_deref() == area)
        .filter(|own| own.recognised.period.to < period.from && own.mapped.usable && !own.superseded)
        .collect();
    // The newest first: the latest period, in it the latest version.
    earlier.sort_by_key(|own| std::cmp::Reverse((own.recognised.period, own.received, own.sequence)));
    let mut known = Known::default();
    if let Some(last) = earlier.first().filter(|last| last.recognised.period == period.previous()) {
        openings(contract, form, last, &mut known);
    }
    for version in &earlier {
        members(form, version, &mut known);
    }
    for table in &form.tables {
        let Layout::Records(settings) = &table.layout else { continue };
        if !settings.belongs.is_empty() {
            continue;
        }
        let last = earlier.iter().find(|own| own.mapped.tables.contains(&table.id));
        let mut records = last.map(|last| lasting(table, settings, last)).unwrap_or_default();
        if records.is_empty() && settings.shown {
            records = actions.iter().filter_map(|action| agreed(table, action)).collect();
        }
        if !records.is_empty() {
            known.records.insert(table.id.clone(), records);
        }
    }
    known
}

/// What the return of the period before leads to.
fn openings(contract: &Contract, form: &Form, last: &ReceivedReturn, known: &mut Known) {
    for check in contract.checks.iter().filter(|check| check.table.form == form.id) {
        let (CheckRule::CarriedForward(rule), Some(table)) = (&check.rule, form.table(&check.table.table))
        else {
            continue;
        };
        let opening = last.mapped.observations.iter().filter(|o| {
            o.table == table.id
                && o.row == rule.item
                && o.breakdown.is_none()
                && table.column(&o.column).is_some_and(|column| column.asks == Asks::Figure)
        });
        for own in opening {
            let figure = |row: &str| {
                let same = |o: &&crate::domain::observation::Observation| {
                    o.table == own.table
                        && o.row == row
                        && o.breakdown.is_none()
                        && (&o.column, &o.area) == (&own.column, &own.area)
                };
                last.mapped.observations.iter().find(same)?.answer.number()
            };
            if let Some(value) = rule.expected(figure).filter(|value| *value >= Quantity::ZERO) {
                let key = (table.id.clone(), rule.item.clone(), own.column.clone(), own.area.clone());
                known.openings.insert(key, value);
            }
        }
    }
}

/// The members of breakdowns that a return has figures for; those of a later return go before.
fn members(form: &Form, version: &ReceivedReturn, known: &mut Known) {
    let mut found: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for own in &version.mapped.observations {
        let Some(part) = own.breakdown.as_ref().filter(|_| own.answer.number().is_some()) else { continue };
        let is_open = form.table(&own.table).and_then(|table| table.row(&own.row)).is_some_and(|row| {
            row.breakdowns.iter().any(|known| known.id == part.id && known.members.is_empty())
        });
        let is_named = !part.member.is_empty() && !part.member.starts_with('(');
        if is_open && is_named {
            let key = (own.table.clone(), own.row.clone(), part.id.clone(), own.area.clone());
            let members = found.entry(key).or_default();
            if !members.contains(&part.member) {
                members.push(part.member.clone());
            }
        }
    }
    for (key, members) in found {
        known.members.entry(key).or_insert(members);
    }
}

/// The records of a return that go on, by what does not change from one return to the next.
fn lasting(table: &Table, settings: &Records, last: &ReceivedReturn) -> Vec<Record> {
    let columns = kept(table, settings);
    let mut records = Vec::new();
    for record in last.mapped.records.of_table(&table.id) {
        if settings.shown && is_over(table, record) {
            continue;
        }
        let mut kept: Record = columns
            .iter()
            .filter_map(|column| {
                let field = record.field(&column.id)?;
                let entered = match field.date() {
                    Some(day) => Entered::Date(day),
                    None if column.asks == Asks::Text => Entered::Text(field.shown.to_string()),
                    None => return None,
                };
                (!field.shown.is_empty()).then(|| (column.id.clone(), entered))
            })
            .collect();
        let group = record.group().and_then(|id| table.row(id)?.labels.first());
        if let (Some(column), Some(label)) = (&settings.group, group)
            && !kept.is_empty()
        {
            kept.insert(column.clone(), Entered::Text(label.clone()));
        }
        if !kept.is_empty() {
            records.push(kept);
        }
    }
    records
}

/// The columns whose words last: the name of a record; of a table that is shown all but what speaks of one period.
fn kept<'t>(table: &'t Table, settings: &Records) -> Vec<&'t Column> {
    let words = || table.columns.iter().filter(|column| column.asks == Asks::Text);
    if settings.shown && settings.names.is_none() && settings.group.is_none() {
        let lasts = table.columns.iter().filter(|column| matches!(column.asks, Asks::Text | Asks::Date));
        let speaks_of_a_period = |column: &&Column| {
            column.headings.iter().any(|heading| {
                let heading = fold(heading);
                OF_ONE_PERIOD.iter().any(|word| heading.contains(word))
            })
        };
        return lasts.filter(|column| !speaks_of_a_period(column)).collect();
    }
    let is_group = |column: &&Column| settings.group.as_ref() == Some(&column.id);
    let named = settings.names.as_ref().and_then(|id| table.column(id));
    let name = named
        .or_else(|| words().find(|column| column.required && !is_group(column)))
        .or_else(|| words().find(|column| !is_group(column)));
    name.into_iter().collect()
}

/// Whether a record says of itself that it is over.
fn is_over(table: &Table, record: RecordView<'_>) -> bool {
    let says_status = |column: &&Column| column.headings.iter().any(|own| fold(own).contains("status"));
    let mut status = table.columns.iter().filter(says_status).filter_map(|column| record.field(&column.id));
    status.any(|field| says_over(field.shown))
}

/// Whether a status says that something is over.
pub fn says_over(status: &str) -> bool {
    OVER.contains(&fold(status).as_str())
}

/// An action agreed in the register, where the table lists actions.
fn agreed(table: &Table, action: &ActionRow) -> Option<Record> {
    let column = |words: &[&str]| {
        table.columns.iter().find(|column| {
            column.asks == Asks::Text && column.headings.iter().any(|own| words.contains(&fold(own).as_str()))
        })
    };
    let action_column = column(&["action", "action to be taken"])?;
    let mut record = Record::new();
    for (own, text) in [
        (Some(action_column), &action.action),
        (column(&["kpi"]), &action.kpi),
        (column(&["due", "timescale"]), &action.timescale),
        (column(&["expected outcomes", "outcome", "outcomes"]), &action.outcomes),
    ] {
        if let Some(own) = own.filter(|_| !text.trim().is_empty()) {
            record.insert(own.id.clone(), Entered::Text(one_line(text)));
        }
    }
    record.contains_key(&action_column.id).then_some(record)
}
