//! Values typed over the form's formulas: told by the cells of the same column or row in which the formulas still stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::layout::Asks;
use crate::contract::meant::{Form, Table};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::FORMULA_OVERWRITTEN;
use crate::domain::observation::Observation;
use crate::domain::place::CellRef;
use crate::domain::quantity::Unit;
use crate::domain::text::one_line;
use crate::domain::workbook::{Sheet, Workbook};
use crate::intake::mapped::Mapped;

/// Fewer formulas than this are no sign that the form computes the rest of the column or row.
const FEWEST: usize = 2;

/// The cells of figures and totals that a formula stands behind.
pub fn behind(workbook: &Workbook, mapped: &Mapped) -> BTreeSet<CellRef> {
    let sheets: BTreeMap<&str, &Sheet> = workbook.sheets.iter().map(|sheet| (&*sheet.name, sheet)).collect();
    let figures = mapped.observations.iter().map(|o| &o.place);
    let totals = mapped.totals.iter().flat_map(|row| row.fields.values()).map(|field| &field.place);
    figures
        .chain(totals)
        .filter(|place| {
            let cell = sheets.get(&*place.sheet).and_then(|sheet| sheet.cell(place.cell));
            cell.is_some_and(|cell| cell.formula)
        })
        .cloned()
        .collect()
}

/// Which cells a form computes alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// Those of the column: sums across a row, or shares of its numerator and denominator.
    Column,
    /// Those of the row: sums of the rows below it.
    Row,
}

/// How a form may compute this cell of `table`; `None` where it is the provider's to fill in.
pub fn computes(table: &Table, own: &Observation) -> Option<Alike> {
    let row = table.row(&own.row)?;
    match table.column(&own.column)?.asks {
        Asks::Total => row.sums_across.then_some(Alike::Column),
        Asks::Result => {
            let has_parts = table.column_asking(Asks::Numerator).is_some()
                && table.column_asking(Asks::Denominator).is_some();
            (row.unit == Unit::Percent && has_parts).then_some(Alike::Column)
        }
        Asks::Figure => {
            let adds_up = row.breakdowns.iter().any(|breakdown| breakdown.adds_up);
            (own.breakdown.is_none() && adds_up).then_some(Alike::Row)
        }
        _ => None,
    }
}

/// Whether a number was typed into the cell.
pub fn is_typed(mapped: &Mapped, answer: &Answer, place: &CellRef) -> bool {
    matches!(answer, Answer::Number(_) | Answer::PlainPercentage(_)) && !mapped.formulas.contains(place)
}

/// Cells of one column or row that are computed alike.
#[derive(Debug, Default)]
struct Group<'a> {
    formulas: usize,
    /// Typed cells: what is said of them, and where they are.
    typed: Vec<(String, &'a CellRef)>,
}

/// Numbers typed where most cells of the same column or row hold formulas, one finding a column or row.
pub fn overwritten(form: &Form, mapped: &Mapped) -> Vec<Finding> {
    let mut groups: BTreeMap<(&str, Alike, u32), Group<'_>> = BTreeMap::new();
    for own in &mapped.observations {
        let Some(table) = form.table(&own.table) else { continue };
        let Some(alike) = computes(table, own) else { continue };
        let cell = own.place.cell;
        let line = if alike == Alike::Column { cell.column } else { cell.row };
        let group = groups.entry((&own.place.sheet, alike, line)).or_default();
        if mapped.formulas.contains(&own.place) {
            group.formulas += 1;
        } else if is_typed(mapped, &own.answer, &own.place) {
            group.typed.push((said(table, own), &own.place));
        }
    }
    for row in &mapped.totals {
        let Some(table) = form.table(&row.table) else { continue };
        for (id, field) in &row.fields {
            if !table.column(id).is_some_and(|column| column.asks.is_answered()) {
                continue;
            }
            let group = groups.entry((&field.place.sheet, Alike::Row, field.place.cell.row)).or_default();
            if mapped.formulas.contains(&field.place) {
                group.formulas += 1;
            } else if is_typed(mapped, &field.answer, &field.place) {
                let heading = table.column(id).and_then(|column| column.headings.first());
                let heading = heading.map_or(id.as_str(), String::as_str);
                group.typed.push((format!("Total of {heading}: {}", field.shown), &field.place));
            }
        }
    }
    groups
        .into_iter()
        .filter(|(_, group)| group.formulas >= FEWEST && group.formulas > group.typed.len())
        .filter_map(|((_, alike, _), group)| {
            let beside = match alike {
                Alike::Column => "of its column",
                Alike::Row => "beside it",
            };
            let why = format!("formulas stand in {} cells {beside}", group.formulas);
            finding(&group.typed, &why)
        })
        .collect()
}

/// The finding of cells typed over; `None` where there are none.
pub fn finding(typed: &[(String, &CellRef)], why: &str) -> Option<Finding> {
    let ((said, place), more) = typed.split_first()?;
    let also = match more.len() {
        0 => String::new(),
        number => format!(" So it is in {number} more."),
    };
    let message = format!("{said} was typed where the form computes: {why}.{also}");
    Some(
        Finding::at(&FORMULA_OVERWRITTEN, place, message)
            .involving(more.iter().map(|(_, place)| (*place).clone())),
    )
}

/// A cell and what stands in it.
pub fn said(table: &Table, own: &Observation) -> String {
    let row = table.row(&own.row).and_then(|row| row.labels.first());
    let heading = table.column(&own.column).and_then(|column| column.headings.first());
    let part = own.breakdown.as_ref().map(|part| format!(", {}", one_line(&part.member))).unwrap_or_default();
    let area = own.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    format!(
        "{}{part}, {}{area}: {}",
        one_line(row.map_or(own.row.as_str(), String::as_str)),
        one_line(heading.map_or(own.column.as_str(), String::as_str)),
        one_line(&own.shown)
    )
}
