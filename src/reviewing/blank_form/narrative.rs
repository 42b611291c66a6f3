//! Narratives: a wide place for a passage beside each label.

use super::page::Page;
use super::{Wanted, cells};
use crate::contract::layout::{Asks, Column, Narrative};
use crate::contract::meant::Table;
use crate::review::blank_form::{CellKind, Line, Place, StandsFor, Takes};

/// Width of a passage in characters.
const PASSAGE: f64 = 90.0;

/// One row for each passage.
pub(super) fn lay_out(wanted: &Wanted<'_>, table: &Table, settings: &Narrative, page: &mut Page) {
    let asks_text = table.columns.iter().position(|column| column.asks == Asks::Text);
    // What stands between the label and the answer is the council's own wording, which the definition does not have.
    let columns: Vec<&Column> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(at, column)| {
            let prompt = matches!(column.asks, Asks::Comment | Asks::Nothing) && column.optional;
            column.id == settings.key || !prompt || asks_text.is_some_and(|text| *at > text)
        })
        .map(|(_, column)| column)
        .collect();
    for (at, column) in (0..).zip(&columns) {
        page.put(at, CellKind::Heading(cells::heading(column)));
    }
    page.next_row();
    page.keep_in_sight(1);
    for row in &table.rows {
        let label = row.labels.first().cloned().unwrap_or_default();
        for (at, column) in (0..).zip(&columns) {
            if column.id == settings.key {
                page.put(at, CellKind::RowLabel(label.clone()));
            } else if matches!(column.asks, Asks::Text | Asks::Comment) {
                let required = column.asks == Asks::Text && !row.optional;
                let entry = cells::entry(&label, "", Takes::Passage, required, false);
                let place = Place {
                    table: table.id.clone(),
                    line: Line::Row(row.id.clone()),
                    column: column.id.clone(),
                    area: wanted.area.map(Into::into),
                };
                page.put_for(at, CellKind::Entry(entry), Some(StandsFor::Figure(place)), None);
            } else {
                page.put(at, CellKind::Fixed(String::new()));
            }
        }
        page.next_row();
    }
    let width = |column: &&Column| if column.id == settings.key { 36.0 } else { PASSAGE };
    page.widths(columns.iter().map(width).collect());
}
