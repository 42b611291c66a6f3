//! Breakdowns and total columns of a grid add up.

use std::collections::BTreeMap;

use super::areas;
use crate::contract::Contract;
use crate::contract::layout::{Asks, Layout};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::observation::{Breakdown, Observation};
use crate::domain::text::one_line;
use crate::intake::mapped::Mapped;
use crate::rules::adds_up::{self, Part};

/// Breakdowns against the figures they break down, and total columns against the columns they add up.
pub fn breakdowns(contract: &Contract, table: &Table, mapped: &Mapped, findings: &mut Vec<Finding>) {
    let Layout::Grid(_) = table.layout else { return };
    for area in areas(contract, table, mapped) {
        let own: Vec<&Observation> =
            mapped.observations.iter().filter(|o| o.table == table.id && o.area == area).collect();
        for row in &table.rows {
            let name = one_line(row.labels.first().map_or("", String::as_str));
            for breakdown in row.breakdowns.iter().filter(|breakdown| breakdown.adds_up) {
                let by = breakdown
                    .prefixes
                    .first()
                    .map_or_else(|| breakdown.members.join(" and "), |p| p.to_lowercase());
                for column in &table.columns {
                    let Some(total) = own
                        .iter()
                        .find(|o| o.row == row.id && o.breakdown.is_none() && o.column == column.id)
                    else {
                        continue;
                    };
                    let Some(value) = total.answer.number() else { continue };
                    let parts: Vec<Part> = own
                        .iter()
                        .filter(|o| o.row == row.id && o.column == column.id)
                        .filter(|o| o.breakdown.as_ref().is_some_and(|b| b.id == breakdown.id))
                        .map(|o| Part { value: o.answer.number(), place: o.place.clone() })
                        .collect();
                    // What cannot be read is a finding already; nothing can be added up with it.
                    let unread = own.iter().any(|o| {
                        o.row == row.id
                            && o.column == column.id
                            && o.breakdown.as_ref().is_some_and(|b| b.id == breakdown.id)
                            && matches!(o.answer, Answer::Unreadable { .. })
                    });
                    if parts.is_empty() || unread {
                        continue;
                    }
                    let heading = column.headings.first().map_or("", String::as_str);
                    findings.extend(adds_up::check(
                        &format!("{name}, {heading}"),
                        &by,
                        value,
                        &total.place,
                        &parts,
                    ));
                }
            }
            if row.sums_across {
                totals_across(table, &own, &row.id, &name, findings);
            }
        }
    }
}

fn totals_across(table: &Table, own: &[&Observation], row: &str, name: &str, findings: &mut Vec<Finding>) {
    let Some(total_column) = table.column_asking(Asks::Total) else { return };
    // Each line below the item, found once: a return can have tens of thousands of them.
    let mut lines: BTreeMap<Option<&Breakdown>, Vec<&Observation>> = BTreeMap::new();
    for observation in own.iter().filter(|o| o.row == row) {
        lines.entry(observation.breakdown.as_ref()).or_default().push(observation);
    }
    let totals = own.iter().filter(|o| o.row == row && o.column == total_column.id);
    for total in totals {
        let Some(value) = total.answer.number() else { continue };
        let line = lines.get(&total.breakdown.as_ref()).map_or(&[][..], Vec::as_slice);
        let parts: Vec<Part> = line
            .iter()
            .filter(|o| table.column(&o.column).is_some_and(|column| column.asks == Asks::Figure))
            .map(|o| Part { value: o.answer.number(), place: o.place.clone() })
            .collect();
        // A figure that cannot be read is a finding already; nothing can be added up with it.
        let unread = line.iter().any(|o| matches!(o.answer, Answer::Unreadable { .. }));
        // An item's own figures are required: a blank one is a finding already, and no zero.
        let incomplete = total.breakdown.is_none() && parts.iter().any(|part| part.value.is_none());
        if unread || incomplete || parts.iter().all(|part| part.value.is_none()) {
            continue;
        }
        let member = total.breakdown.as_ref().map(|b| format!(", {}", b.member)).unwrap_or_default();
        findings.extend(adds_up::check(
            &format!("{name}{member}, total"),
            "column",
            value,
            &total.place,
            &parts,
        ));
    }
}
