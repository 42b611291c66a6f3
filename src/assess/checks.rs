//! Accuracy checks of one version of a return, against itself and against the provider's other returns.

use std::collections::BTreeSet;

use super::figures::{Source, figure};
use super::submissions::{ReceivedReturn, Slot};
use super::{Case, figures};
use crate::contract::layout::{Asks, Layout};
use crate::contract::meant::{Check, CheckRule, Contract, Form, RatingRule, Table};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    CARRIED_FORWARD_MISMATCH, FIGURE_UNUSUAL, HOURS_WITHOUT_ACTIVITY, THRESHOLD_EDITED,
};
use crate::domain::observation::Observation;
use crate::domain::period::Period;
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, Unit, plain, show};
use crate::domain::text::one_line;
use crate::intake::mapping::Mapped;
use crate::rules::adds_up::{self, Part};
use crate::rules::sum_of_periods::SumOfPeriods;
use crate::rules::unusual::Unusual;

/// Everything wrong with `version`, a version of the return in `slot`: what reading found, and every check of the contract. Other
/// returns are compared with as they stand in their newest usable version.
pub fn findings(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    slot: &Slot<'_>,
    version: &ReceivedReturn,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = version.recognised.findings.clone();
    findings.extend(version.mapped.findings.iter().cloned());
    if version.mapped.usable {
        for table in &slot.form.tables {
            breakdowns(case.contract, table, &version.mapped, &mut findings);
        }
        kpis(case, slot.form, version, &slot.submission.period, &mut findings);
        for check in &case.contract.checks {
            run_check(case, slots, slot, version, check, &mut findings);
        }
    }
    findings.sort_by(|a, b| {
        (a.kind.severity, &a.sheet, a.cell, a.kind.code).cmp(&(
            b.kind.severity,
            &b.sheet,
            b.cell,
            b.kind.code,
        ))
    });
    findings.dedup();
    findings
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
    let figures: Vec<&Observation> = table
        .columns
        .iter()
        .filter(|column| column.asks == Asks::Figure)
        .filter_map(|column| cell_of(mapped, &table.id, item, area, &column.id))
        .collect();
    let sum = figures.iter().map(|o| o.answer.number()).sum::<Option<Quantity>>()?;
    let place = own.or(figures.first().copied())?.place.clone();
    (!figures.is_empty()).then_some((sum, place))
}

fn areas(contract: &Contract, table: &Table, mapped: &Mapped) -> Vec<Option<String>> {
    let found: BTreeSet<Option<String>> =
        mapped.observations.iter().filter(|o| o.table == table.id).map(|o| o.area.clone()).collect();
    let order = |area: &Option<String>| {
        area.as_ref().and_then(|name| contract.areas.iter().position(|own| own.name == *name))
    };
    let mut found: Vec<Option<String>> = found.into_iter().collect();
    found.sort_by_key(order);
    found
}

/// Breakdowns against the figures they break down, and total columns against the columns they add up.
fn breakdowns(contract: &Contract, table: &Table, mapped: &Mapped, findings: &mut Vec<Finding>) {
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
                    if parts.is_empty() {
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
    let totals = own.iter().filter(|o| o.row == row && o.column == total_column.id);
    for total in totals {
        let Some(value) = total.answer.number() else { continue };
        let parts: Vec<Part> = own
            .iter()
            .filter(|o| o.row == row && o.breakdown == total.breakdown)
            .filter(|o| table.column(&o.column).is_some_and(|column| column.asks == Asks::Figure))
            .map(|o| Part { value: o.answer.number(), place: o.place.clone() })
            .collect();
        // A figure that cannot be read is a finding already; nothing can be added up with it.
        let unread = own.iter().any(|o| {
            o.row == row
                && o.breakdown == total.breakdown
                && matches!(o.answer, crate::domain::answer::Answer::Unreadable { .. })
        });
        if unread || parts.iter().all(|part| part.value.is_none()) {
            continue;
        }
        let member = total.breakdown.as_ref().map(|b| format!(", {}", b.member)).unwrap_or_default();
        findings.extend(adds_up::check(
            &format!("{name}{member}, total"),
            "its columns",
            value,
            &total.place,
            &parts,
        ));
    }
}

fn kpis(
    case: &Case<'_>,
    form: &Form,
    version: &ReceivedReturn,
    period: &Period,
    findings: &mut Vec<Finding>,
) {
    for kpi in case.contract.kpis.iter().filter(|kpi| kpi.figure.form == form.id) {
        let source = Source {
            contract: case.contract,
            mapped: &version.mapped,
            period,
            received: version.received,
            working_days: case.working_days,
        };
        let areas: Vec<Option<&str>> = if case.contract.areas.is_empty() {
            vec![None]
        } else {
            case.contract.areas.iter().map(|area| Some(area.name.as_str())).collect()
        };
        for area in areas {
            let figures::AreaFigure { findings: own, .. } = figure(source, kpi, area);
            findings.extend(own.into_iter().map(|mut finding| {
                let area = area.map(|area| format!(", {area}")).unwrap_or_default();
                finding.message = format!("KPI {}{area}: {}", kpi.reference, finding.message);
                finding
            }));
        }
        threshold(case.contract, kpi, &version.mapped, findings);
    }
}

/// The target the form repeats, against the contract's.
fn threshold(
    contract: &Contract,
    kpi: &crate::contract::meant::Kpi,
    mapped: &Mapped,
    findings: &mut Vec<Finding>,
) {
    let RatingRule::Target(target) = &kpi.rule;
    let Some(column) = contract.table(&kpi.figure).and_then(|table| table.column_asking(Asks::Threshold))
    else {
        return;
    };
    let stated = mapped
        .observations
        .iter()
        .find(|o| o.table == kpi.figure.table && o.row == kpi.row && o.column == column.id);
    let Some(stated) = stated else { return };
    let numbers: Vec<Quantity> = stated
        .shown
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|text| text.trim_matches('.').parse().ok())
        .collect();
    let is_target = |number: &Quantity| {
        *number == target.bound.value
            || (target.bound.percent && *number == target.bound.value * Quantity::ONE_HUNDRED)
    };
    if numbers.is_empty() || numbers.iter().any(is_target) {
        return;
    }
    let message = format!(
        "KPI {}: the form says “{}”; the contract's target is {}.",
        kpi.reference,
        one_line(&stated.shown),
        target.bound
    );
    findings.push(Finding::at(&THRESHOLD_EDITED, &stated.place, message));
}

fn run_check(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    slot: &Slot<'_>,
    version: &ReceivedReturn,
    check: &Check,
    findings: &mut Vec<Finding>,
) {
    let Some(table) = case.contract.table(&check.table) else { return };
    let own_form = slot.form.id == check.table.form;
    let mapped = &version.mapped;
    match &check.rule {
        CheckRule::CarriedForward(rule) if own_form => {
            let Some(before) = rated_before(slots, slot, &slot.submission.period.previous()) else { return };
            for area in areas(case.contract, table, mapped) {
                let mut found = Vec::new();
                let compare = |column: &str| -> Option<Finding> {
                    let own = cell_of(mapped, &table.id, &rule.item, area.as_deref(), column)?;
                    let value = own.answer.number()?;
                    let earlier = |item: &str| {
                        value_of(&before.mapped, table, item, area.as_deref(), column).map(|(value, _)| value)
                    };
                    let expected = rule.expected(earlier)?;
                    (expected != value).then(|| {
                        let heading = table
                            .column(column)
                            .and_then(|c| c.headings.first())
                            .cloned()
                            .unwrap_or_default();
                        let message = format!(
                            "{heading}: {} carried forward; the return for {} leads to {}.",
                            plain(value),
                            slot.submission.period.previous().describe(),
                            plain(expected)
                        );
                        Finding::at(&CARRIED_FORWARD_MISMATCH, &own.place, message)
                    })
                };
                found.extend(figure_columns(table, Asks::Figure).filter_map(compare));
                if found.is_empty() {
                    found.extend(figure_columns(table, Asks::Total).filter_map(compare));
                }
                findings.extend(found);
            }
        }
        CheckRule::Activity(rule) if own_form => {
            for area in areas(case.contract, table, mapped) {
                for column in figure_columns(table, Asks::Figure) {
                    let value = |item: &str| {
                        cell_of(mapped, &table.id, item, area.as_deref(), column)
                            .and_then(|o| o.answer.number())
                    };
                    if !rule.is_contradicted(value) {
                        continue;
                    }
                    let Some(own) = cell_of(mapped, &table.id, &rule.item, area.as_deref(), column) else {
                        continue;
                    };
                    let cases: Vec<CellRef> = rule
                        .where_any
                        .iter()
                        .filter_map(|item| cell_of(mapped, &table.id, item, area.as_deref(), column))
                        .filter(|o| o.answer.number().is_some_and(|value| value > Quantity::ZERO))
                        .map(|o| o.place.clone())
                        .collect();
                    let heading =
                        table.column(column).and_then(|c| c.headings.first()).cloned().unwrap_or_default();
                    let message = format!("{heading}: 0, although there are active cases.");
                    findings.push(Finding::at(&HOURS_WITHOUT_ACTIVITY, &own.place, message).involving(cases));
                }
            }
        }
        CheckRule::SumOfPeriods(rule, kind) => {
            sum_of_periods(case, slots, slot, mapped, check, table, (rule, kind), findings);
        }
        CheckRule::Unusual(rule) if own_form => unusual(case, slots, slot, mapped, table, rule, findings),
        _ => {}
    }
}

fn figure_columns(table: &Table, asks: Asks) -> impl Iterator<Item = &str> {
    table.columns.iter().filter(move |column| column.asks == asks).map(|column| column.id.as_str())
}

/// The newest usable version of the same form and area for another period.
fn rated_before<'a>(slots: &[Slot<'a>], slot: &Slot<'_>, period: &Period) -> Option<&'a ReceivedReturn> {
    slots
        .iter()
        .find(|other| {
            other.form.id == slot.form.id
                && other.submission.area == slot.submission.area
                && other.submission.period == *period
        })
        .and_then(Slot::rated)
}

#[expect(clippy::too_many_arguments, reason = "one call, kept apart from run_check for its length alone")]
fn sum_of_periods(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    slot: &Slot<'_>,
    mapped: &Mapped,
    check: &Check,
    table: &Table,
    (rule, kind): (&SumOfPeriods, &'static crate::domain::finding::FindingKind),
    findings: &mut Vec<Finding>,
) {
    let Some(form) = case.contract.form(&check.table.form) else { return };
    let shorter: Vec<Option<&ReceivedReturn>> = slot
        .submission
        .period
        .split(form.every)
        .iter()
        .map(|part| {
            slots
                .iter()
                .find(|other| other.form.id == form.id && other.submission.period == *part)
                .and_then(Slot::rated)
        })
        .collect();
    let Some(shorter) = shorter.into_iter().collect::<Option<Vec<&ReceivedReturn>>>() else { return };
    for kpi in case
        .contract
        .kpis
        .iter()
        .filter(|kpi| rule.kpis.contains(&kpi.reference) && kpi.figure.form == slot.form.id)
    {
        let Some(column) = case.contract.table(&kpi.figure).and_then(|t| t.column_asking(Asks::Denominator))
        else {
            continue;
        };
        for area in case.contract.areas.iter().map(|area| Some(area.name.as_str())) {
            let stated = mapped.observations.iter().find(|o| {
                o.table == kpi.figure.table
                    && o.row == kpi.row
                    && o.column == column.id
                    && o.area.as_deref() == area
            });
            let Some((stated, value)) = stated.and_then(|o| Some((o, o.answer.number()?))) else { continue };
            let periods: Vec<Box<dyn Fn(&str) -> Option<Quantity> + '_>> = shorter
                .iter()
                .map(|version| {
                    let version = *version;
                    let read: Box<dyn Fn(&str) -> Option<Quantity> + '_> = Box::new(move |item: &str| {
                        value_of(&version.mapped, table, item, area, &rule.column).map(|(value, _)| value)
                    });
                    read
                })
                .collect();
            let periods: Vec<&dyn Fn(&str) -> Option<Quantity>> = periods.iter().map(|f| &**f).collect();
            let Some((least, most)) = rule.range(&periods) else { continue };
            if least <= value && value <= most {
                continue;
            }
            let cells: Vec<CellRef> = shorter
                .iter()
                .filter_map(|version| value_of(&version.mapped, table, &rule.item, area, &rule.column))
                .map(|(_, place)| place)
                .collect();
            let name = table.row(&rule.item).and_then(|row| row.labels.first()).cloned().unwrap_or_default();
            let expected =
                if least == most { plain(most) } else { format!("{} to {}", plain(least), plain(most)) };
            let message = format!(
                "KPI {}, {}: the denominator is {}; “{}” of the quarter's returns comes to {expected}.",
                kpi.reference,
                area.unwrap_or_default(),
                plain(value),
                one_line(&name)
            );
            findings.push(Finding::at(kind, &stated.place, message).involving(cells));
        }
    }
}

fn unusual(
    case: &Case<'_>,
    slots: &[Slot<'_>],
    slot: &Slot<'_>,
    mapped: &Mapped,
    table: &Table,
    rule: &Unusual,
    findings: &mut Vec<Finding>,
) {
    let earlier: Vec<&ReceivedReturn> = slots
        .iter()
        .filter(|other| {
            other.form.id == slot.form.id
                && other.submission.area == slot.submission.area
                && other.submission.period < slot.submission.period
        })
        .filter_map(Slot::rated)
        .collect();
    for area in areas(case.contract, table, mapped) {
        for item in &rule.items {
            let Some((value, place)) = value_of(mapped, table, item, area.as_deref(), &rule.column) else {
                continue;
            };
            let history: Vec<Quantity> = earlier
                .iter()
                .filter_map(|version| value_of(&version.mapped, table, item, area.as_deref(), &rule.column))
                .map(|(value, _)| value)
                .collect();
            let Some(usual) = rule.usual(&history) else { continue };
            if usual.least <= value && value <= usual.most {
                continue;
            }
            let row = table.row(item);
            let unit = row.map_or(Unit::Count, |row| row.unit);
            let name = row.and_then(|row| row.labels.first()).cloned().unwrap_or_default();
            let message = format!(
                "{}: {}; over {} earlier periods the median is {}, and {} to {} would be usual.",
                one_line(&name),
                show(value, unit, &[]),
                history.len(),
                show(usual.median, Unit::Hours, &[]),
                show(usual.least.max(Quantity::ZERO), Unit::Hours, &[]),
                show(usual.most, Unit::Hours, &[])
            );
            findings.push(Finding::at(&FIGURE_UNUSUAL, &place, message));
        }
    }
}
