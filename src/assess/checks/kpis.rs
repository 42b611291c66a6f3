//! Stated KPI figures and repeated targets against what is computed and agreed.

use crate::assess::Case;
use crate::assess::figures::{self, Source, figure};
use crate::assess::submissions::ReceivedReturn;
use crate::contract::Contract;
use crate::contract::layout::Asks;
use crate::contract::meant::{Form, Kpi, RatingRule};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::THRESHOLD_EDITED;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::text::one_line;
use crate::intake::mapped::Mapped;

/// Every KPI of the form, in each area.
pub fn kpis(
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
fn threshold(contract: &Contract, kpi: &Kpi, mapped: &Mapped, findings: &mut Vec<Finding>) {
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
