//! The agenda, promises beside what is reported, the annual review, packs of areas and the paper for a committee.

use super::{Writer, and};
use crate::contract::Contract;
use crate::contract::meant::{AgendaItem, Table, TablePath};
use crate::contract::promise::Promise;

/// The agenda, items below items.
pub(super) fn agenda(contract: &Contract, items: &[AgendaItem], text: &mut Writer) {
    if items.is_empty() {
        return;
    }
    text.item(0, "Agenda:");
    for (number, item) in (1usize..).zip(items) {
        text.item(1, format!("{number}. {}{}", item.title, filled(contract, item)));
        for (below, item) in (1usize..).zip(&item.items) {
            text.item(2, format!("{number}.{below} {}{}", item.title, filled(contract, item)));
        }
    }
}

/// What an item is filled with from the return; nothing where it is not.
fn filled(contract: &Contract, item: &AgendaItem) -> String {
    let mut with = Vec::new();
    if item.told.is_some() {
        with.push("the provider's words".to_string());
    }
    for sum in &item.sums {
        let table = contract.table(&sum.table);
        let name = |id: &str| heading(table, id).to_string();
        with.push(match &sum.of {
            Some(of) => format!("the sum of “{}” as a share of “{}”", name(&sum.column), name(of)),
            None => format!("the sum of “{}”", name(&sum.column)),
        });
    }
    with.extend(item.promises.iter().map(|path| format!("what was promised in “{}”", title(contract, path))));
    if with.is_empty() { String::new() } else { format!(" (filled with {})", and(&with)) }
}

/// What else the pack holds by definition.
pub(super) fn describe(contract: &Contract, text: &mut Writer) {
    let promises: Vec<(&Table, &Promise)> = contract
        .forms
        .iter()
        .flat_map(|form| &form.tables)
        .filter_map(|table| Some((table, table.promise()?)))
        .collect();
    text.heading("What the pack holds besides");
    for (table, promise) in promises {
        let names = |ids: &[String]| {
            and(&ids.iter().map(|id| format!("“{}”", heading(Some(table), id))).collect::<Vec<_>>())
        };
        let mut words = format!(
            "{}: what was promised ({}) beside what is reported ({}), and where it moved against earlier returns",
            table.title,
            names(&promise.promised),
            names(&promise.reported)
        );
        if let Some(due) = &promise.due {
            words.push_str(&format!("; due by “{}”", heading(Some(table), due)));
        }
        if let Some(done) = &promise.done {
            let said: Vec<String> = done.words.iter().map(|word| format!("“{word}”")).collect();
            words.push_str(&format!(
                "; kept when “{}” says {}",
                heading(Some(table), &done.column),
                said.join(" or ")
            ));
        }
        text.item(0, format!("{words}."));
    }
    if let Some(annual) = &contract.annual_review {
        text.item(
            0,
            format!(
                "{} (clause {}): in the pack of the period in which a year counted from the provider's start ends, with the periods \
                 of a year side by side.",
                annual.title, annual.clause
            ),
        );
        text.reading(1, annual.reading.as_ref());
    }
    if contract.pack_per_area {
        let names: Vec<&str> = contract.areas.iter().map(|area| area.name.as_str()).collect();
        text.item(
            0,
            format!("Besides the pack of the whole contract there is one for each of {}.", and(&names)),
        );
    }
    committee(contract, text);
}

/// What the paper for a committee leaves out.
fn committee(contract: &Contract, text: &mut Writer) {
    let own = &contract.committee;
    let suppressed = match own.below {
        1 => "no count is suppressed".to_string(),
        2 => "a count of 1 is suppressed, with the shares that would tell it and what it could be worked out from".to_string(),
        below => format!(
            "counts from 1 to {} are suppressed, with the shares that would tell them and what they could be worked out from",
            below - 1
        ),
    };
    text.item(0, format!("Paper for a committee: {suppressed}."));
    if !own.no_people.is_empty() {
        let kpis = if own.no_people.len() == 1 { "KPI" } else { "KPIs" };
        text.item(
            1,
            format!("Shown however small, since no people are counted: {kpis} {}.", and(&own.no_people)),
        );
    }
}

fn title<'a>(contract: &'a Contract, path: &'a TablePath) -> &'a str {
    contract.table(path).map_or(&path.table, |table| &table.title)
}

/// A column's heading as the form prints it.
fn heading<'a>(table: Option<&'a Table>, id: &'a str) -> &'a str {
    table
        .and_then(|table| table.column(id))
        .and_then(|column| column.headings.first())
        .map_or(id, String::as_str)
}
