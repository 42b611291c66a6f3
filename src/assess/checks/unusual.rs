//! Figures far from the provider's own history.

use super::{Checked, areas, label, value_of};
use crate::contract::meant::Table;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::FIGURE_UNUSUAL;
use crate::domain::quantity::{Quantity, Unit, show};
use crate::domain::text::one_line;
use crate::intake::mapped::Mapped;
use crate::rules::unusual::Unusual;

/// Row by row, in the column the rule names, against every earlier period.
pub fn check(checked: Checked<'_>, table: &Table, rule: &Unusual) -> Vec<Finding> {
    let own_period = checked.slot.submission.period;
    let mut findings = Vec::new();
    for area in areas(checked.case.contract, table, checked.mapped) {
        for item in &rule.items {
            let figure = |mapped: &Mapped| value_of(mapped, table, item, area.as_deref(), &rule.column);
            let Some((value, place)) = figure(checked.mapped) else { continue };
            let history: Vec<Quantity> = checked
                .others()
                .filter(|(period, _)| **period < own_period)
                .filter_map(|(_, version)| figure(&version.mapped))
                .map(|(value, _)| value)
                .collect();
            let Some(usual) = rule.usual(&history) else { continue };
            if usual.least <= value && value <= usual.most {
                continue;
            }
            let number = |value| show(value, Unit::Hours, &[]);
            let message = format!(
                "{}: {}; over {} earlier periods the median is {}, and {} to {} would be usual.",
                one_line(label(table, item)),
                number(value),
                history.len(),
                number(usual.median),
                number(usual.least.max(Quantity::ZERO)),
                number(usual.most)
            );
            findings.push(Finding::at(&FIGURE_UNUSUAL, &place, message));
        }
    }
    findings
}
