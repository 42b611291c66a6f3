//! What is carried forward against the return of the period before.

use super::{Checked, areas, cell_of, columns_asking, heading, value_of};
use crate::contract::layout::Asks;
use crate::contract::meant::Table;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::CARRIED_FORWARD_MISMATCH;
use crate::domain::quantity::plain;
use crate::rules::carried_forward::CarriedForward;

/// Column by column; the total only where no column differs.
pub fn check(checked: Checked<'_>, table: &Table, rule: &CarriedForward) -> Vec<Finding> {
    let previous = checked.slot.submission.period.previous();
    let Some((_, before)) = checked.others().find(|(period, _)| **period == previous) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for area in areas(checked.case.contract, table, checked.mapped) {
        let area = area.as_deref();
        let compare = |column: &str| -> Option<Finding> {
            let own = cell_of(checked.mapped, &table.id, &rule.item, area, column)?;
            let value = own.answer.number()?;
            let expected = rule.expected(|item| {
                value_of(&before.mapped, table, item, area, column).map(|(value, _)| value)
            })?;
            let message = format!(
                "{}: {} carried forward; the return for {} leads to {}.",
                heading(table, column),
                plain(value),
                previous.describe(),
                plain(expected)
            );
            (expected != value).then(|| Finding::at(&CARRIED_FORWARD_MISMATCH, &own.place, message))
        };
        let by_column: Vec<Finding> = columns_asking(table, Asks::Figure).filter_map(compare).collect();
        if by_column.is_empty() {
            findings.extend(columns_asking(table, Asks::Total).filter_map(compare));
        }
        findings.extend(by_column);
    }
    findings
}
