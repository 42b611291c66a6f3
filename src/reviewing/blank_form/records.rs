//! Logs and lists: lines ready for typing.

use super::page::Page;
use super::{Record, Wanted, cells, heading, period_headings};
use crate::contract::layout::{Asks, Column, Records};
use crate::contract::meant::{EvidenceAt, Stated, Table};
use crate::domain::place::CellAddress;
use crate::domain::text::fold;
use crate::review::blank_form::{
    CellKind, Computed, Entered, Entry, Formula, Line, Outcome, Place, StandsFor, Takes,
};

/// Lines that are marked for typing.
const LINES: usize = 40;
/// Lines below them that take the same.
const FURTHER: u32 = 460;
/// Lines of each group.
const GROUP_LINES: usize = 5;
/// Lines that are free below what is known already.
const FREE: usize = 2;
/// Width of long texts and of names in characters.
const NAME: f64 = 34.0;

/// Headings and lines; below them the total where the form has one.
pub(super) fn lay_out(wanted: &Wanted<'_>, table: &Table, settings: &Records, page: &mut Page) {
    period_headings(wanted, table, columns(table), page);
    for (at, column) in (0..).zip(columns(table)) {
        page.put(at, CellKind::Heading(heading(wanted, table, column)));
    }
    page.next_row();
    page.keep_in_sight(1);
    let known = wanted.known.records(&table.id);
    let first_line = page.at(0).row;
    let mut number = 0;
    match &settings.group {
        Some(group) => {
            for row in &table.rows {
                let of_group = |record: &&Record| {
                    let named = match record.get(group) {
                        Some(Entered::Text(text)) => Some(fold(text)),
                        _ => None,
                    };
                    row.labels.iter().any(|label| named == Some(fold(label)))
                };
                let known: Vec<&Record> = known.iter().filter(of_group).collect();
                let label = row.labels.first().map_or("", String::as_str);
                for at in 0..GROUP_LINES.max(known.len() + FREE) {
                    let label = if at == 0 { label } else { "" };
                    line(wanted, table, settings, number, (Some(label), known.get(at).copied()), page);
                    number += 1;
                }
            }
        }
        None => {
            for at in 0..LINES.max(known.len() + FREE) {
                line(wanted, table, settings, at, (None, known.get(at)), page);
            }
        }
    }
    if settings.total {
        total(table, first_line, page);
    } else if settings.group.is_none() {
        page.continues(FURTHER);
    }
    let width = |column: &Column| {
        let named = [&settings.names, &settings.group].into_iter().flatten().any(|id| *id == column.id);
        let own = cells::width(column.asks, &cells::heading(column));
        if named { own.max(NAME) } else { own }
    };
    page.widths(columns(table).map(width).collect());
}

/// The columns of the sheet; a title that a block stands below is none.
fn columns(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| !column.title)
}

/// One record, under the label of its group where it is the first of it.
fn line(
    wanted: &Wanted<'_>,
    table: &Table,
    settings: &Records,
    number: usize,
    (group, known): (Option<&str>, Option<&Record>),
    page: &mut Page,
) {
    for (at, column) in (0..).zip(columns(table)) {
        if settings.group.as_deref() == Some(column.id.as_str()) {
            page.put(at, CellKind::RowLabel(group.unwrap_or_default().into()));
            continue;
        }
        let place = Place {
            table: table.id.clone(),
            line: Line::Record(number),
            column: column.id.clone(),
            area: None,
        };
        let mut entry = entry(wanted, table, settings, column);
        entry.value = known.and_then(|known| known.get(&column.id)).cloned();
        page.put_for(at, CellKind::Entry(entry), Some(StandsFor::Figure(place)), None);
    }
    page.next_row();
}

/// The total below the lines that begin in `first_line`.
fn total(table: &Table, first_line: u32, page: &mut Page) {
    let end = page.at(0).row;
    for (at, column) in (0..).zip(columns(table)) {
        let kind = if at == 0 {
            CellKind::Label("Total".into())
        } else if column.asks == Asks::Figure {
            let cells = (first_line..end).map(|row| CellAddress::new(row, at)).collect();
            CellKind::Computed(Computed { formula: Formula::Sum(cells), result: Outcome::Blank })
        } else {
            CellKind::NotAsked
        };
        page.put(at, kind);
    }
    page.next_row();
}

fn entry(wanted: &Wanted<'_>, table: &Table, settings: &Records, column: &Column) -> Entry {
    let may_not_apply = may_not_apply(wanted, table, &column.id);
    let takes = match column.asks {
        // A record may tell of an earlier period only where it restates it; of several dates any one is enough.
        Asks::Date if settings.belongs == [column.id.clone()] && settings.restates.is_empty() => {
            Takes::Date { from: wanted.period.from, to: wanted.period.to, expected: true }
        }
        Asks::Comment => Takes::Text,
        Asks::Score => cells::score(column.scale),
        asks => cells::takes(wanted, asks, column.unit, may_not_apply).unwrap_or(Takes::Text),
    };
    let heading = cells::heading(column);
    let once = if column.unique { "Each only once." } else { "" };
    cells::entry(&heading, once, takes, column.required, may_not_apply)
}

/// Whether “not applicable” is a full answer in every cell of a column of evidence.
fn may_not_apply(wanted: &Wanted<'_>, table: &Table, column: &str) -> bool {
    wanted.contract.kpis.iter().filter(|kpi| kpi.figure.form == wanted.form.id).any(|kpi| match &kpi.stated {
        Stated::Certified(certified) => certified.evidence.iter().any(|evidence| {
            evidence.may_not_apply
                && evidence.column == column
                && matches!(&evidence.at, EvidenceAt::Records(own) if *own == table.id)
        }),
        Stated::Row(_) | Stated::Share { .. } | Stated::Scored(_) => false,
    })
}
