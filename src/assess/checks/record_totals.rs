//! The total row of a table of records against the records' sums.

use crate::contract::layout::{Asks, Layout};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::TOTAL_MISMATCH;
use crate::domain::observation::Field;
use crate::domain::quantity::{Unit, show};
use crate::domain::text::{fold, one_line};
use crate::intake::mapped::Mapped;
use crate::rules::adds_up::{self, Part};

/// Figure by figure. Nothing is compared where a record's figure cannot be read or is missing; percentages are not added up.
pub fn check(table: &Table, mapped: &Mapped, findings: &mut Vec<Finding>) {
    let Layout::Records(settings) = &table.layout else { return };
    let by = settings.names.as_ref().and_then(|id| table.column(id)?.headings.first());
    let by = by.map_or("row".to_string(), |heading| fold(heading));
    for total in mapped.totals.iter().filter(|total| total.table == table.id) {
        for column in &table.columns {
            let adds_up = column.asks == Asks::Amount
                || (column.asks == Asks::Figure && !matches!(column.unit, Unit::Percent | Unit::Answer));
            let Some(own) = total.fields.get(&column.id).filter(|_| adds_up) else { continue };
            let Some(value) = own.answer.number() else { continue };
            let fields: Vec<&Field> = mapped
                .records
                .iter()
                .filter(|record| record.table == table.id)
                .filter_map(|record| record.fields.get(&column.id))
                .collect();
            let is_open = |field: &&Field| match field.answer {
                Answer::Unreadable { .. } | Answer::Unanswered | Answer::NotRecorded => true,
                _ => column.required && field.answer.number().is_none(),
            };
            if fields.iter().any(is_open) {
                continue;
            }
            let heading = one_line(column.headings.first().map_or("", String::as_str));
            let what = format!("{}, {heading}, total", table.title);
            let parts: Vec<Part> = fields
                .iter()
                .map(|field| Part { value: field.answer.number(), place: field.place.clone() })
                .collect();
            if parts.is_empty() && !value.is_zero() {
                let shown = show(value, Unit::Hours, &[]);
                let message = format!("{what} is given as {shown}, but there is no {by} above it.");
                findings.push(Finding::at(&TOTAL_MISMATCH, &own.place, message));
            } else {
                findings.extend(adds_up::check(&what, &by, value, &own.place, &parts));
            }
        }
    }
}
