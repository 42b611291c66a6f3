//! A KPI's denominator against the shorter periods' returns.

use std::collections::BTreeMap;

use super::{Checked, label, value_of};
use crate::assess::submissions::{ReceivedReturn, Slot};
use crate::contract::layout::Asks;
use crate::contract::meant::{Kpi, Table};
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::observation::Observation;
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, plain};
use crate::domain::text::one_line;
use crate::rules::sum_of_periods::SumOfPeriods;

/// Area by area; says nothing unless every one of the shorter periods' returns is there.
pub fn check(
    checked: Checked<'_>,
    form: &str,
    table: &Table,
    rule: &SumOfPeriods,
    kind: &'static FindingKind,
) -> Vec<Finding> {
    let Some(shorter) = shorter_periods(checked, form) else { return Vec::new() };
    let contract = checked.case.contract;
    let mut findings = Vec::new();
    let own = |kpi: &&Kpi| rule.kpis.contains(&kpi.reference) && kpi.figure.form == checked.slot.form.id;
    for kpi in contract.kpis.iter().filter(own) {
        let areas: Vec<Option<&str>> = contract.areas.iter().map(|area| Some(area.name.as_str())).collect();
        for area in if areas.is_empty() { vec![None] } else { areas } {
            let Some((stated, value)) = denominator(checked, kpi, area) else { continue };
            let figure = |version: &ReceivedReturn, item: &str| {
                value_of(&version.mapped, table, item, area, &rule.column)
            };
            let periods: Vec<BTreeMap<&str, Quantity>> = shorter
                .iter()
                .map(|version| {
                    rule.items().filter_map(|item| Some((item, figure(version, item)?.0))).collect()
                })
                .collect();
            let Some((least, most)) = rule.range(&periods) else { continue };
            if least <= value && value <= most {
                continue;
            }
            let cells: Vec<CellRef> =
                shorter.iter().filter_map(|version| Some(figure(version, &rule.item)?.1)).collect();
            let expected =
                if least == most { plain(most) } else { format!("{} to {}", plain(least), plain(most)) };
            let message = format!(
                "KPI {}{}: the denominator is {}; “{}” of the {} returns comes to {expected}.",
                kpi.reference,
                area.map(|area| format!(", {area}")).unwrap_or_default(),
                plain(value),
                one_line(label(table, &rule.item)),
                contract.form(form).map_or("other", |form| form.every.adverb())
            );
            findings.push(Finding::at(kind, &stated.place, message).involving(cells));
        }
    }
    findings
}

/// The newest usable versions of the returns that make up the period; `None` where one is not there.
fn shorter_periods<'a>(checked: Checked<'a>, form: &str) -> Option<Vec<&'a ReceivedReturn>> {
    let form = checked.case.contract.form(form)?;
    let find = |part| {
        checked
            .slots
            .iter()
            .find(|slot| slot.form.id == form.id && slot.submission.period == part)
            .and_then(Slot::rated)
    };
    checked.slot.submission.period.split(form.every).into_iter().map(find).collect()
}

fn denominator<'a>(
    checked: Checked<'a>,
    kpi: &Kpi,
    area: Option<&str>,
) -> Option<(&'a Observation, Quantity)> {
    let column = checked.case.contract.table(&kpi.figure)?.column_asking(Asks::Denominator)?;
    let rows = kpi.stated.rows();
    let stated = checked.mapped.observations.iter().find(|o| {
        o.table == kpi.figure.table
            && rows.contains(&o.row.as_str())
            && o.column == column.id
            && o.area.as_deref() == area
    })?;
    Some((stated, stated.answer.number()?))
}
