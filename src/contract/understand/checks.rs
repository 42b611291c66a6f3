//! Accuracy checks.

use toml::Spanned;

use super::Reading;
use crate::contract::layout::{Asks, Layout};
use crate::contract::meant::{Check, CheckRule, Form, Kpi, Table, TablePath};
use crate::contract::toml_errors::DefinitionError;
use crate::contract::written;
use crate::domain::finding_kinds;
use crate::domain::text::nearest;
use crate::rules::sum_of_records::SumOfRecords;

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
    let written::Check { clause, carried_forward, activity, sum_of_periods, unusual, sum_of_records } = check;
    let (path, items, columns, rule) =
        match (carried_forward, activity, sum_of_periods, unusual, sum_of_records) {
            (Some(rule), None, None, None, None) => {
                let items = [vec![rule.item.clone()], rule.plus.clone(), rule.minus.clone()].concat();
                (rule.table.clone(), items, vec![], CheckRule::CarriedForward(rule))
            }
            (None, Some(rule), None, None, None) => {
                let items = [vec![rule.item.clone()], rule.where_any.clone()].concat();
                (rule.table.clone(), items, vec![], CheckRule::Activity(rule))
            }
            (None, None, Some(rule), None, None) => {
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
            (None, None, None, Some(rule), None) => {
                (rule.table.clone(), rule.items.clone(), vec![rule.column.clone()], CheckRule::Unusual(rule))
            }
            (None, None, None, None, Some(rule)) => {
                let items = rule.figures.iter().map(|figure| figure.row.clone()).collect();
                (rule.table.clone(), items, vec![], CheckRule::SumOfRecords(rule))
            }
            _ => {
                fault(
                "a check is of one kind".into(),
                Some(
                    "name one of `carried-forward`, `activity`, `sum-of-periods`, `unusual`, `sum-of-records`"
                        .into(),
                ),
            );
                return None;
            }
        };
    let (form, table) = path.split_once('/').unwrap_or((&path, ""));
    let path = TablePath { form: form.into(), table: table.into() };
    let form = forms.iter().find(|form| form.id == path.form);
    let Some((form, table)) = form.and_then(|form| Some((form, form.table(&path.table)?))) else {
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
    if let CheckRule::SumOfRecords(rule) = &rule {
        summed(rule, form, table, &mut fault);
    }
    Some(Check { clause, table: path, rule })
}

/// What the figures of the check refer to.
fn summed(rule: &SumOfRecords, form: &Form, table: &Table, fault: &mut impl FnMut(String, Option<String>)) {
    let records = form.table(&rule.of).filter(|own| matches!(own.layout, Layout::Records(_)));
    let Some(records) = records else {
        fault(format!("the form `{}` has no records `{}`", form.id, rule.of), None);
        return;
    };
    for figure in &rule.figures {
        match records.column(&figure.column) {
            None => {
                let near = nearest(&figure.column, records.columns.iter().map(|own| own.id.as_str()));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                fault(format!("the table `{}` has no column `{}`", rule.of, figure.column), help);
            }
            Some(own) if own.asks != Asks::Figure => {
                fault(format!("the column `{}` of `{}` asks for no figure", figure.column, rule.of), None);
            }
            Some(_) => {}
        }
        if table.column_asking(Asks::of(figure.part)).is_none() {
            let message =
                format!("the table `{}` has no column that asks for a {}", table.id, figure.part.word());
            fault(message, None);
        }
    }
}
