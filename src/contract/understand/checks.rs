//! Accuracy checks.

use toml::Spanned;

use super::Reading;
use crate::contract::meant::{Check, CheckRule, Form, Kpi, TablePath};
use crate::contract::toml_errors::DefinitionError;
use crate::contract::written;
use crate::domain::finding_kinds;
use crate::domain::text::nearest;

/// A check as meant; `None` when it is of no kind.
pub(super) fn check(
    reading: &mut Reading<'_>,
    check: Spanned<written::Check>,
    forms: &[Form],
    kpis: &[Kpi],
) -> Option<Check> {
    let span = check.span();
    let check = check.into_inner();
    let mut fault = |message: String, help: Option<String>| {
        reading.faults.push(DefinitionError::at(reading.file, reading.text, span.clone(), message, help));
    };
    let (path, items, columns, rule) = match check {
        written::Check {
            carried_forward: Some(rule),
            activity: None,
            sum_of_periods: None,
            unusual: None,
            ..
        } => {
            let items = [vec![rule.item.clone()], rule.plus.clone(), rule.minus.clone()].concat();
            (rule.table.clone(), items, vec![], CheckRule::CarriedForward(rule))
        }
        written::Check {
            carried_forward: None,
            activity: Some(rule),
            sum_of_periods: None,
            unusual: None,
            ..
        } => {
            let items = [vec![rule.item.clone()], rule.where_any.clone()].concat();
            (rule.table.clone(), items, vec![], CheckRule::Activity(rule))
        }
        written::Check {
            carried_forward: None,
            activity: None,
            sum_of_periods: Some(rule),
            unusual: None,
            ..
        } => {
            for name in rule.kpis.iter().filter(|name| !kpis.iter().any(|kpi| kpi.reference == **name)) {
                fault(format!("there is no KPI `{name}`"), None);
            }
            let Some(kind) = finding_kinds::find(&rule.finding) else {
                let near = nearest(&rule.finding, finding_kinds::ALL.iter().map(|kind| kind.code));
                fault(
                    format!("there is no finding `{}`", rule.finding),
                    near.map(|near| format!("did you mean `{near}`?")),
                );
                return None;
            };
            let items = [vec![rule.item.clone()], rule.may_leave_out.clone()].concat();
            (rule.table.clone(), items, vec![rule.column.clone()], CheckRule::SumOfPeriods(rule, kind))
        }
        written::Check {
            carried_forward: None,
            activity: None,
            sum_of_periods: None,
            unusual: Some(rule),
            ..
        } => (rule.table.clone(), rule.items.clone(), vec![rule.column.clone()], CheckRule::Unusual(rule)),
        _ => {
            fault(
                "a check is of one kind".into(),
                Some("name one of `carried-forward`, `activity`, `sum-of-periods`, `unusual`".into()),
            );
            return None;
        }
    };
    let (form, table) = path.split_once('/').unwrap_or((&path, ""));
    let path = TablePath { form: form.into(), table: table.into() };
    let Some(table) = forms.iter().find(|form| form.id == path.form).and_then(|form| form.table(&path.table))
    else {
        fault(format!("there is no table `{}/{}`", path.form, path.table), None);
        return None;
    };
    for item in items.iter().filter(|item| table.row(item).is_none()) {
        let near = nearest(item, table.rows.iter().map(|row| row.id.as_str()));
        fault(format!("the table has no row `{item}`"), near.map(|near| format!("did you mean `{near}`?")));
    }
    for column in columns.iter().filter(|column| table.column(column).is_none()) {
        fault(format!("the table has no column `{column}`"), None);
    }
    Some(Check { clause: check.clause, table: path, rule })
}
