//! Forms: columns, rows and breakdowns of one table that cannot be told apart, or can never be found.

use std::collections::BTreeMap;

use super::Step::{Item, Key};
use super::{About, Desk, Step};
use crate::contract::layout::{Column, Layout, Row};
use crate::contract::meant::{Form, Table};
use crate::domain::quantity::Unit;
use crate::domain::text::fold;

pub(super) fn scrutinise(desk: &mut Desk<'_>) {
    let contract = desk.contract;
    for (form_index, form) in contract.forms.iter().enumerate() {
        let form_way = [Key("forms"), Item(form_index)];
        if form.local && form.reading.is_none() {
            desk.note(
                &[&form_way[..], &[Key("local")]].concat(),
                &About::clause(format!("form {}", form.id), &form.clause),
                "Its due date is set locally, and no `reading` says why or by whom.".to_string(),
                "Add a `reading`: it is printed with the date.",
            );
        }
        labels(desk, &form_way, form);
        for (table_index, table) in form.tables.iter().enumerate() {
            let way = [&form_way[..], &[Key("tables"), Item(table_index)]].concat();
            let about = About::clause(format!("table {}/{}", form.id, table.id), &form.clause);
            columns(desk, &way, &about, table);
            rows(desk, &way, &about, table);
        }
    }
}

/// Labels of the form's own that name two things.
fn labels(desk: &mut Desk<'_>, form_way: &[Step<'_>], form: &Form) {
    let own = &form.labels;
    let others = own.others.iter().map(|other| (other.id.as_str(), &other.labels));
    let named: Vec<(&str, &Vec<String>)> = [
        ("provider", &own.provider),
        ("period", &own.period),
        ("submitted", &own.submitted),
        ("signed", &own.signed),
        ("signed-on", &own.signed_on),
    ]
    .into_iter()
    .chain(others)
    .collect();
    let way = [form_way, &[Key("labels")]].concat();
    let about = About::clause(format!("form {}", form.id), &form.clause);
    for (index, (id, spellings)) in named.iter().enumerate() {
        for (earlier, theirs) in named.iter().take(index) {
            if earlier == id {
                let what = format!("The label `{id}` stands here twice.");
                desk.fault(&way, &about, what, "Give one of the two another id, or remove it.");
            } else if let Some(label) = shared(theirs, spellings) {
                let what = format!("The labels `{earlier}` and `{id}` are both called “{label}”.");
                desk.fault(&way, &about, what, "A label names one thing: take it from the other.");
            }
        }
    }
}

/// Whether a number of their own tells the table's rows apart.
fn has_numbers(table: &Table) -> bool {
    matches!(&table.layout, Layout::Grid(grid) if grid.reference.is_some())
}

fn columns(desk: &mut Desk<'_>, table_way: &[Step<'_>], about: &About, table: &Table) {
    let together = |a: &Column, b: &Column| {
        a.areas.is_empty() || b.areas.is_empty() || a.areas.iter().any(|area| b.areas.contains(area))
    };
    for (index, column) in table.columns.iter().enumerate() {
        let way = [table_way, &[Key("columns"), Item(index)]].concat();
        // A column of titles is found above the block, one of periods by the periods its headings name.
        let told_otherwise = column.title || (table.placed.periods_across && column.asks.is_answered());
        if !told_otherwise && column.headings.iter().all(|heading| fold(heading).is_empty()) {
            let what = format!("The column `{}` has no heading, so that it can never be found.", column.id);
            desk.fault(&way, about, what, "Give it the heading it has on the form.");
        }
        for earlier in table.columns.iter().take(index) {
            if earlier.id == column.id {
                let what = format!("The column `{}` stands here twice.", column.id);
                desk.fault(&way, about, what, "Give one of the two another id, or remove it.");
            } else if together(earlier, column)
                && let Some(heading) = shared(&earlier.headings, &column.headings)
            {
                let what = format!(
                    "The columns `{}` and `{}` have the same heading “{heading}”.",
                    earlier.id, column.id
                );
                desk.fault(&way, about, what, "A heading belongs to one column: take it from the other.");
            }
        }
    }
}

fn rows(desk: &mut Desk<'_>, table_way: &[Step<'_>], about: &About, table: &Table) {
    for (index, row) in table.rows.iter().enumerate() {
        let way = [table_way, &[Key("rows"), Item(index)]].concat();
        if row.labels.iter().all(|label| fold(label).is_empty()) {
            let what = format!("The row `{}` has no label, so that it can never be found.", row.id);
            desk.fault(&way, about, what, "Give it the label it has on the form.");
        }
        if row.parts != Unit::Count && row.unit != Unit::Percent {
            let what = format!("The row `{}` says what its `parts` count in and is no percentage.", row.id);
            desk.fault(
                &way,
                about,
                what,
                "Only a percentage has parts: give the row its own `unit` instead.",
            );
        }
        for earlier in table.rows.iter().take(index) {
            if earlier.id == row.id {
                let what = format!("The row `{}` stands here twice.", row.id);
                desk.fault(&way, about, what, "Give one of the two another id, or remove it.");
            } else if !has_numbers(table)
                && let Some(label) = shared(&earlier.labels, &row.labels)
            {
                let what =
                    format!("The rows `{}` and `{}` have the same label “{label}”.", earlier.id, row.id);
                desk.fault(&way, about, what, "A label belongs to one row: take it from the other.");
            }
        }
        breakdowns(desk, &way, about, row);
    }
}

/// Breakdowns of one row that share a prefix or a member.
fn breakdowns(desk: &mut Desk<'_>, row_way: &[Step<'_>], about: &About, row: &Row) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (index, breakdown) in row.breakdowns.iter().enumerate() {
        let way = [row_way, &[Key("breakdowns"), Item(index)]].concat();
        let mut own: Vec<&String> = breakdown.prefixes.iter().chain(&breakdown.members).collect();
        own.dedup_by_key(|text| fold(text));
        if own.is_empty() {
            let what = format!(
                "The breakdown `{}` of the row `{}` has neither prefixes nor members, so that it can never be found.",
                breakdown.id, row.id
            );
            desk.fault(&way, about, what, "Give it the words before the colon, or its members.");
        }
        for text in own {
            if let Some(other) = seen.insert(fold(text), &breakdown.id)
                && other != breakdown.id
            {
                let what = format!(
                    "The breakdowns `{other}` and `{}` of the row `{}` share “{text}”.",
                    breakdown.id, row.id
                );
                desk.fault(&way, about, what, "Its words belong to one breakdown: take them from the other.");
            }
        }
    }
}

/// The first spelling that stands in both lists.
fn shared<'a>(one: &[String], other: &'a [String]) -> Option<&'a String> {
    other.iter().find(|text| one.iter().any(|own| fold(own) == fold(text)))
}
