//! Logs and lists: lines ready for typing.

use super::page::Page;
use super::{Wanted, cells};
use crate::contract::layout::{Asks, Column, Records};
use crate::contract::meant::{EvidenceAt, Stated, Table};
use crate::domain::quantity::Unit;
use crate::review::blank_form::{CellKind, Entry, Line, Place, StandsFor, Takes};

/// Lines that are marked for typing.
const LINES: usize = 40;
/// Lines below them that take the same.
const FURTHER: u32 = 460;

/// Headings and lines.
pub(super) fn lay_out(wanted: &Wanted<'_>, table: &Table, settings: &Records, page: &mut Page) {
    for (at, column) in (0..).zip(&table.columns) {
        page.put(at, CellKind::Heading(cells::heading(column)));
    }
    page.next_row();
    page.keep_in_sight(1);
    for number in 0..LINES {
        for (at, column) in (0..).zip(&table.columns) {
            let place = Place {
                table: table.id.clone(),
                line: Line::Record(number),
                column: column.id.clone(),
                area: None,
            };
            let entry = entry(wanted, table, settings, column);
            page.put_for(at, CellKind::Entry(entry), Some(StandsFor::Figure(place)), None);
        }
        page.next_row();
    }
    page.continues(FURTHER);
    page.widths(
        table.columns.iter().map(|column| cells::width(column.asks, &cells::heading(column))).collect(),
    );
}

fn entry(wanted: &Wanted<'_>, table: &Table, settings: &Records, column: &Column) -> Entry {
    let may_not_apply = may_not_apply(wanted, table, &column.id);
    let takes = match column.asks {
        // A record may tell of an earlier period only where it restates it; of several dates any one is enough.
        Asks::Date if settings.belongs == [column.id.clone()] && settings.restates.is_empty() => {
            Takes::Date { from: wanted.period.from, to: wanted.period.to, expected: true }
        }
        Asks::Comment => Takes::Text,
        asks => cells::takes(wanted, asks, Unit::Count, may_not_apply).unwrap_or(Takes::Text),
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
        Stated::Row(_) | Stated::Share { .. } => false,
    })
}
