//! Numbers typed where the provider's return before this one held a formula.

use std::collections::BTreeSet;

use super::Checked;
use super::form_place::{by_form_place, form_place};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::FORMULA_OVERWRITTEN;
use crate::domain::place::CellRef;
use crate::intake::drift::formulas::{computes, finding, is_typed, said};
use crate::intake::mapped::Mapped;

/// Against the return of the period before; `found` are the findings so far, whose cells are not told again. A table without any
/// formula was issued or saved without them, and nothing is said of it.
pub fn check(checked: Checked<'_>, found: &[Finding]) -> Vec<Finding> {
    let own_period = checked.slot.submission.period;
    let before =
        checked.others().filter(|(period, _)| **period < own_period).max_by_key(|(period, _)| **period);
    let Some((period, before)) = before else { return Vec::new() };
    let told: BTreeSet<CellRef> = found
        .iter()
        .filter(|finding| finding.kind == &FORMULA_OVERWRITTEN)
        .flat_map(|finding| finding.place().into_iter().chain(finding.involved.iter().cloned()))
        .collect();
    let placed = by_form_place(&before.mapped);
    let mut findings = Vec::new();
    for table in &checked.slot.form.tables {
        let of_table = |mapped: &Mapped| {
            mapped
                .observations
                .iter()
                .any(|own| own.table == table.id && mapped.formulas.contains(&own.place))
        };
        if !of_table(checked.mapped) || !of_table(&before.mapped) {
            continue;
        }
        let typed: Vec<(String, &CellRef)> = checked
            .mapped
            .observations
            .iter()
            .filter(|own| own.table == table.id && computes(table, own).is_some())
            .filter(|own| is_typed(checked.mapped, &own.answer, &own.place) && !told.contains(&own.place))
            .filter(|own| {
                placed
                    .get(&form_place(own))
                    .is_some_and(|earlier| before.mapped.formulas.contains(&earlier.place))
            })
            .map(|own| (said(table, own), &own.place))
            .collect();
        let why = format!("a formula stood there in the return for {}", period.describe());
        findings.extend(finding(&typed, &why));
    }
    findings
}
