//! Hours wherever there are active cases.

use super::{Checked, areas, cell_of, columns_asking, heading};
use crate::contract::layout::Asks;
use crate::contract::meant::Table;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::HOURS_WITHOUT_ACTIVITY;
use crate::domain::place::CellRef;
use crate::domain::quantity::Quantity;
use crate::rules::activity::Activity;

/// Column by column.
pub fn check(checked: Checked<'_>, table: &Table, rule: &Activity) -> Vec<Finding> {
    let mut findings = Vec::new();
    for area in areas(checked.case.contract, table, checked.mapped) {
        for column in columns_asking(table, Asks::Figure) {
            let cell = |item: &str| cell_of(checked.mapped, &table.id, item, area.as_deref(), column);
            if !rule.is_contradicted(|item| cell(item).and_then(|o| o.answer.number())) {
                continue;
            }
            let Some(own) = cell(&rule.item) else { continue };
            let active: Vec<CellRef> = rule
                .where_any
                .iter()
                .filter_map(|item| cell(item))
                .filter(|o| o.answer.number().is_some_and(|value| value > Quantity::ZERO))
                .map(|o| o.place.clone())
                .collect();
            let message = format!("{}: 0, although there are active cases.", heading(table, column));
            findings.push(Finding::at(&HOURS_WITHOUT_ACTIVITY, &own.place, message).involving(active));
        }
    }
    findings
}
