//! Accuracy checks of one version of a return, against itself and against the provider's other returns.

mod activity;
mod carried_forward;
mod earlier_periods;
pub(super) mod form_place;
mod kpis;
mod overwritten;
mod record_totals;
mod restated;
mod same_as_last;
mod sent_again;
mod sum_of_periods;
mod sum_of_records;
mod sums;
mod unusual;

pub(super) use same_as_last::all as said;

use std::collections::BTreeSet;

use super::Case;
use super::figures::Figures;
use super::own_rating;
use super::submissions::{ReceivedReturn, Slot};
use crate::contract::layout::Asks;
use crate::contract::meant::{CheckRule, Contract, Table};
use crate::domain::finding::Finding;
use crate::domain::observation::Observation;
use crate::domain::period::Period;
use crate::domain::place::CellRef;
use crate::domain::quantity::Quantity;
use crate::intake::mapped::Mapped;
use same_as_last::What;

/// The version that is checked, and what it is checked against.
#[derive(Clone, Copy)]
struct Checked<'a> {
    case: &'a Case<'a>,
    /// Every return of the provider; the others count as they stand in their newest usable version.
    slots: &'a [Slot<'a>],
    /// The return the version belongs to.
    slot: &'a Slot<'a>,
    /// What each of them says that changes from one period to the next.
    said: &'a [Option<What<'a>>],
    /// What the version says.
    mapped: &'a Mapped,
}

/// Everything wrong with `version`, a version of the return in `slot`: what reading found, and every check of the contract; and its
/// figures. `said` is [`said`] of all slots.
pub(super) fn findings(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    said: &[Option<What<'_>>],
    slot: &Slot<'_>,
    version: &ReceivedReturn,
) -> (Vec<Finding>, Figures) {
    let mut figures = Figures::default();
    let mut findings: Vec<Finding> = version.recognised.findings.clone();
    findings.extend(version.mapped.findings.iter().cloned());
    if version.mapped.usable {
        for table in &slot.form.tables {
            sums::breakdowns(case.contract, table, &version.mapped, &mut findings);
            record_totals::check(table, &version.mapped, &mut findings);
        }
        // What came in after it could not be known to it.
        let earlier: Vec<&ReceivedReturn> = slots
            .iter()
            .filter(|own| own.form.id == slot.form.id && own.submission.period < slot.submission.period)
            .filter_map(Slot::rated)
            .filter(|own| own.received <= version.received)
            .collect();
        figures = kpis::kpis(case, slot.form, version, &slot.submission.period, &earlier, &mut findings);
        let checked = Checked { case, slots, slot, said, mapped: &version.mapped };
        findings.extend(overwritten::check(checked, &findings));
        findings.extend(same_as_last::check(checked, version));
        findings.extend(sent_again::check(checked, version));
        findings.extend(restated::check(checked, version));
        findings.extend(earlier_periods::check(checked, version));
        findings.extend(own_rating::check(case, slot, version, &earlier, &figures));
        for check in &case.contract.checks {
            let Some(table) = case.contract.table(&check.table) else { continue };
            let own_form = slot.form.id == check.table.form;
            findings.extend(match &check.rule {
                CheckRule::CarriedForward(rule) if own_form => carried_forward::check(checked, table, rule),
                CheckRule::Activity(rule) if own_form => activity::check(checked, table, rule),
                CheckRule::Unusual(rule) if own_form => unusual::check(checked, table, rule),
                CheckRule::SumOfRecords(rule) if own_form => sum_of_records::check(checked, table, rule),
                CheckRule::SumOfPeriods(rule, kind) => {
                    sum_of_periods::check(checked, &check.table.form, table, rule, kind)
                }
                _ => Vec::new(),
            });
        }
    }
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.kind.severity, finding.cell, finding.kind.code);
        key(a).0.cmp(&key(b).0).then_with(|| a.sheet.cmp(&b.sheet)).then_with(|| key(a).cmp(&key(b)))
    });
    findings.dedup();
    (join_same(findings), figures)
}

/// Several things of one kind wrong with one cell are one finding that says them all.
fn join_same(findings: Vec<Finding>) -> Vec<Finding> {
    let mut joined: Vec<Finding> = Vec::new();
    for finding in findings {
        match joined.last_mut() {
            Some(last)
                if finding.cell.is_some() && last.kind == finding.kind && last.place() == finding.place() =>
            {
                last.message = format!("{} {}", last.message, finding.message);
                last.involved.extend(finding.involved);
                last.involved.sort();
                last.involved.dedup();
            }
            _ => joined.push(finding),
        }
    }
    joined
}

/// A figure of a grid row by itself, in one column.
fn cell_of<'m>(
    mapped: &'m Mapped,
    table: &str,
    item: &str,
    area: Option<&str>,
    column: &str,
) -> Option<&'m Observation> {
    mapped.observations.iter().find(|o| {
        o.table == table
            && o.row == item
            && o.breakdown.is_none()
            && o.area.as_deref() == area
            && o.column == column
    })
}

/// The figure of a row in a column; where the total column holds none, the sum of the row's figures.
fn value_of(
    mapped: &Mapped,
    table: &Table,
    item: &str,
    area: Option<&str>,
    column: &str,
) -> Option<(Quantity, CellRef)> {
    let own = cell_of(mapped, &table.id, item, area, column);
    if let Some(value) = own.and_then(|o| o.answer.number()) {
        return Some((value, own?.place.clone()));
    }
    if table.column(column)?.asks != Asks::Total {
        return None;
    }
    let figures: Vec<&Observation> = columns_asking(table, Asks::Figure)
        .filter_map(|column| cell_of(mapped, &table.id, item, area, column))
        .collect();
    let sum = figures.iter().map(|o| o.answer.number()).sum::<Option<Quantity>>()?;
    let place = own.or(figures.first().copied())?.place.clone();
    (!figures.is_empty()).then_some((sum, place))
}

/// The areas a table has figures for, in the contract's order.
fn areas(contract: &Contract, table: &Table, mapped: &Mapped) -> Vec<Option<String>> {
    let found: BTreeSet<Option<String>> =
        mapped.observations.iter().filter(|o| o.table == table.id).map(|o| o.area.clone()).collect();
    let mut found: Vec<Option<String>> = found.into_iter().collect();
    found.sort_by_key(|area| {
        area.as_ref().and_then(|name| contract.areas.iter().position(|own| own.name == *name))
    });
    found
}

/// The columns that ask for this.
fn columns_asking(table: &Table, asks: Asks) -> impl Iterator<Item = &str> {
    table.columns.iter().filter(move |column| column.asks == asks).map(|column| column.id.as_str())
}

/// The heading of a column, for messages.
fn heading<'t>(table: &'t Table, column: &str) -> &'t str {
    table.column(column).and_then(|column| column.headings.first()).map_or("", String::as_str)
}

/// The label of a row, for messages.
fn label<'t>(table: &'t Table, row: &str) -> &'t str {
    table.row(row).and_then(|row| row.labels.first()).map_or("", String::as_str)
}

impl<'a> Checked<'a> {
    /// Whether a return is of the same form and area.
    fn is_other(&self, slot: &Slot<'_>) -> bool {
        let own = self.slot;
        slot.form.id == own.form.id && slot.submission.area == own.submission.area
    }

    /// The returns of the same form and area for other periods, each in its newest usable version.
    fn others(&self) -> impl Iterator<Item = (&'a Period, &'a ReceivedReturn)> {
        let checked = *self;
        self.slots
            .iter()
            .filter(move |slot| checked.is_other(slot))
            .filter_map(|slot| Some((&slot.submission.period, slot.rated()?)))
    }
}
