//! From a definition as written to what it means: references resolved, bounds checked, every fault with its place.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::value::Datetime;

use super::layout::{AreaBy, Layout};
use super::meant::{
    Area, Check, CheckRule, Condition, Contract, Escalation, Form, Kpi, LogFigure, Meeting, RatingRule,
    SubmissionKpi, Table, TablePath,
};
use super::toml_errors::DefinitionError;
use super::written;
use crate::calendar::due::{DueRule, Rolling};
use crate::domain::finding_kinds;
use crate::domain::quantity::Unit;
use crate::domain::text::nearest;

struct Reading<'a> {
    file: &'a str,
    text: &'a str,
    faults: Vec<DefinitionError>,
}

impl Reading<'_> {
    fn fault<T>(&mut self, at: &Spanned<T>, message: String, help: Option<String>) {
        self.faults.push(DefinitionError::at(self.file, self.text, at.span(), message, help));
    }

    fn unknown<'n>(
        &mut self,
        at: &Spanned<String>,
        what: &str,
        known: impl Iterator<Item = &'n str> + Clone,
    ) {
        let name = at.get_ref();
        let list = known.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let help = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known here: {list}"),
        };
        self.fault(at, format!("there is no {what} `{name}`"), Some(help));
    }

    fn date(&mut self, at: &Spanned<Datetime>) -> NaiveDate {
        let value = at.get_ref();
        let day = value.date.filter(|_| value.time.is_none()).and_then(|date| {
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        });
        if day.is_none() {
            self.fault(at, "this is no date".into(), Some("write a date such as 2024-09-01".into()));
        }
        day.unwrap_or_default()
    }

    fn table_path(&mut self, at: &Spanned<String>, forms: &[Form]) -> TablePath {
        let paths: Vec<String> = forms
            .iter()
            .flat_map(|form| form.tables.iter().map(move |table| format!("{}/{}", form.id, table.id)))
            .collect();
        if !paths.contains(at.get_ref()) {
            self.unknown(at, "table", paths.iter().map(String::as_str));
        }
        let (form, table) = at.get_ref().split_once('/').unwrap_or((at.get_ref(), ""));
        TablePath { form: form.into(), table: table.into() }
    }

    fn distinct<'n>(&mut self, ids: impl Iterator<Item = &'n Spanned<String>>, what: &str) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id.get_ref().as_str()) {
                self.fault(id, format!("the {what} `{}` stands here twice", id.get_ref()), None);
            }
        }
    }
}

/// Makes of a definition as written what it means.
///
/// # Errors
/// Every reference that leads nowhere and every value out of bounds, with its place.
pub(super) fn understand(
    file: &str,
    text: &str,
    written: written::Contract,
) -> Result<Contract, DefinitionError> {
    let mut reading = Reading { file, text, faults: Vec::new() };
    reading.distinct(written.forms.iter().map(|form| &form.id), "form");
    reading.distinct(written.kpis.iter().map(|kpi| &kpi.reference), "KPI");
    reading.distinct(written.escalations.iter().map(|escalation| &escalation.id), "escalation");
    let start = reading.date(&written.start);
    let award = written.award.as_ref().map(|date| reading.date(date));
    let end = written.end.as_ref().map(|date| reading.date(date));
    if let (Some(end), Some(at)) = (end, &written.end)
        && end < start
    {
        reading.fault(at, "the contract ends before it starts".into(), None);
    }
    let areas: Vec<Area> =
        written.areas.into_iter().map(|area| Area { name: area.name, aliases: area.aliases }).collect();
    let forms: Vec<Form> =
        written.forms.into_iter().map(|form| form_of(&mut reading, form, &areas)).collect();
    let kpis: Vec<Kpi> = written.kpis.into_iter().map(|kpi| kpi_of(&mut reading, kpi, &forms)).collect();
    let checks =
        written.checks.into_iter().filter_map(|check| check_of(&mut reading, check, &forms, &kpis)).collect();
    let meeting = written.meeting.map(|meeting| {
        if !forms.iter().any(|form| form.id == *meeting.after_form.get_ref()) {
            reading.unknown(&meeting.after_form, "form", forms.iter().map(|form| form.id.as_str()));
        }
        Meeting {
            clause: meeting.clause,
            after_form: meeting.after_form.into_inner(),
            days_after: meeting.days_after,
            reading: meeting.reading,
            agenda: meeting.agenda.into_iter().map(|item| (item.title, item.fill)).collect(),
        }
    });
    let escalations = escalations_of(&mut reading, written.escalations);
    let contract = Contract {
        id: written.id.into_inner(),
        title: written.title,
        councils: written.councils,
        start,
        award,
        end,
        year_starts: written.year_starts as u32,
        review_every: written.review_every,
        readings: written.readings,
        areas,
        meeting,
        forms,
        kpis,
        checks,
        submission_kpis: written
            .submission_kpis
            .into_iter()
            .map(|kpi| SubmissionKpi {
                id: kpi.id,
                title: kpi.title,
                clause: kpi.clause,
                target: kpi.target.map(|bound| bound.value),
            })
            .collect(),
        escalations,
    };
    DefinitionError::gather(reading.faults)?;
    Ok(contract)
}

fn form_of(reading: &mut Reading<'_>, form: written::Form, areas: &[Area]) -> Form {
    let rolling = |roll| if roll { Rolling::NextWorkingDay } else { Rolling::Stands };
    let due = match form.due {
        written::Due::DayOfFollowingMonth(rule) => {
            if !(1..=31).contains(rule.day.get_ref()) {
                reading.fault(&rule.day, "a month has days 1 to 31".into(), None);
            }
            DueRule::DayOfFollowingMonth {
                months: 1,
                day: rule.day.into_inner(),
                rolling: rolling(rule.roll),
            }
        }
        written::Due::LastWeekday(rule) => {
            let weekday = match rule.weekday {
                written::Weekday::Monday => chrono::Weekday::Mon,
                written::Weekday::Tuesday => chrono::Weekday::Tue,
                written::Weekday::Wednesday => chrono::Weekday::Wed,
                written::Weekday::Thursday => chrono::Weekday::Thu,
                written::Weekday::Friday => chrono::Weekday::Fri,
            };
            DueRule::LastWeekday { weekday, rolling: rolling(rule.roll) }
        }
    };
    if form.one_per_area && areas.is_empty() {
        reading.fault(&form.id, "one return an area, but the contract has no areas".into(), None);
    }
    reading.distinct(form.tables.iter().map(|table| &table.id), "table");
    let tables = form.tables.into_iter().map(|table| table_of(reading, table, areas)).collect();
    Form {
        id: form.id.into_inner(),
        title: form.title,
        every: form.every,
        clause: form.clause,
        due,
        one_per_area: form.one_per_area,
        tables,
    }
}

fn table_of(reading: &mut Reading<'_>, table: written::Table, areas: &[Area]) -> Table {
    let meant = Table {
        title: table.title,
        sheets: table.sheets,
        optional: table.optional,
        layout: table.layout,
        columns: table.columns,
        rows: table.rows,
        id: table.id.get_ref().clone(),
    };
    let mut named: Vec<&str> = meant.key().into_iter().collect();
    match &meant.layout {
        Layout::Grid(grid) => named.extend(grid.breakdown.as_deref()),
        Layout::Records(records) => {
            named.extend(records.area.as_deref());
            named.extend(records.belongs.iter().map(String::as_str));
        }
        Layout::Narrative(_) => {}
    }
    named.extend(meant.rows.iter().filter_map(|row| row.columns.as_deref()).flatten().map(String::as_str));
    for name in named {
        if meant.column(name).is_none() {
            let known: Vec<&str> = meant.columns.iter().map(|column| column.id.as_str()).collect();
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("columns of this table: {}", known.join(", ")),
            };
            let message = format!("the table `{}` has no column `{name}`", meant.id);
            reading.fault(&table.id, message, Some(help));
        }
    }
    for area in meant.columns.iter().flat_map(|column| &column.areas) {
        if !areas.iter().any(|known| known.name == *area) {
            reading.fault(&table.id, format!("the contract has no area `{area}`"), None);
        }
    }
    if meant.area_by() != AreaBy::None && areas.is_empty() {
        reading.fault(&table.id, "the table goes by areas, but the contract has none".into(), None);
    }
    meant
}

fn kpi_of(reading: &mut Reading<'_>, kpi: written::Kpi, forms: &[Form]) -> Kpi {
    let figure = reading.table_path(&kpi.figure.table, forms);
    let find = |path: &TablePath| {
        forms.iter().find(|form| form.id == path.form).and_then(|form| form.table(&path.table))
    };
    if let Some(table) = find(&figure)
        && table.row(kpi.figure.row.get_ref()).is_none()
    {
        reading.unknown(&kpi.figure.row, "row", table.rows.iter().map(|row| row.id.as_str()));
    }
    let log = kpi.log.map(|log| {
        let path = reading.table_path(&log.table, forms);
        if let Some(table) = find(&path) {
            let columns = table.columns.iter().map(|column| column.id.as_str());
            if table.column(log.in_period.get_ref()).is_none() {
                reading.unknown(&log.in_period, "column", columns.clone());
            }
            for name in log.met.get_ref().columns() {
                if table.column(name).is_none() {
                    let known = columns.clone().collect::<Vec<_>>().join(", ");
                    reading.fault(
                        &log.met,
                        format!("the log has no column `{name}`"),
                        Some(format!("columns of the log: {known}")),
                    );
                }
            }
        }
        if path.form != figure.form {
            reading.fault(
                &log.table,
                "the log must stand in the same form as the stated figure".into(),
                None,
            );
        }
        LogFigure { table: path, in_period: log.in_period.into_inner(), met: log.met.into_inner() }
    });
    let RatingRule::Target(target) = &kpi.rule;
    if target.bound.percent != (kpi.unit == Unit::Percent) {
        let message = match kpi.unit {
            Unit::Percent => "a KPI in percent needs a target in percent, such as \"95%\"",
            _ => "a KPI that is no percentage needs a plain number as its target",
        };
        reading.fault(&kpi.reference, message.into(), None);
    }
    if target.bound.percent && !(Decimal::ZERO..=Decimal::ONE).contains(&target.bound.value) {
        reading.fault(&kpi.reference, "a target in percent lies between 0% and 100%".into(), None);
    }
    Kpi {
        reference: kpi.reference.into_inner(),
        title: kpi.title,
        clause: kpi.clause,
        unit: kpi.unit,
        figure,
        row: kpi.figure.row.into_inner(),
        log,
        rule: kpi.rule,
        reading: kpi.reading,
    }
}

fn check_of(
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

fn escalations_of(reading: &mut Reading<'_>, written: Vec<written::Escalation>) -> Vec<Escalation> {
    let mut escalations: Vec<Escalation> = Vec::new();
    for escalation in written {
        let any = escalation
            .any
            .into_iter()
            .map(|condition| {
                if let Condition::Follows(follows) = condition.get_ref()
                    && !escalations.iter().any(|earlier| earlier.id == follows.escalation)
                {
                    let known: Vec<&str> = escalations.iter().map(|earlier| earlier.id.as_str()).collect();
                    let near = nearest(&follows.escalation, known.iter().copied());
                    reading.fault(
                        &condition,
                        format!("no escalation `{}` stands above this one", follows.escalation),
                        Some(match near {
                            Some(near) => format!("did you mean `{near}`?"),
                            None => "put the escalation it follows from first".into(),
                        }),
                    );
                }
                condition.into_inner()
            })
            .collect();
        escalations.push(Escalation {
            id: escalation.id.into_inner(),
            title: escalation.title,
            clause: escalation.clause,
            action: escalation.action,
            per: escalation.per,
            watch_only: escalation.watch_only,
            any,
        });
    }
    escalations
}
