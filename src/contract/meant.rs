//! A definition as meant: validated, references resolved, ready for the stages that apply it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::value::Datetime;

use super::layout::{AreaBy, Asks, Column, Layout, Row};
use super::toml_errors::DefinitionError;
use super::written;
pub use super::written::{Condition, Fill, Per, RatingRule, SubmissionKpiId};
use crate::calendar::due::{DueRule, Rolling};
use crate::domain::finding::FindingKind;
use crate::domain::finding_kinds;
use crate::domain::period::{Frequency, Period};
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::text::{fold, nearest};
use crate::rules::activity::Activity;
use crate::rules::carried_forward::CarriedForward;
use crate::rules::log_share::Met;
use crate::rules::sum_of_periods::SumOfPeriods;
use crate::rules::unusual::Unusual;

/// A contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The councils party to it.
    pub councils: Vec<String>,
    /// First day, inclusive, where the register gives none for a provider.
    pub start: NaiveDate,
    /// Date of award, where known.
    pub award: Option<NaiveDate>,
    /// Last day, inclusive, where there is one.
    pub end: Option<NaiveDate>,
    /// Month in which its year starts, 1 to 12.
    pub year_starts: u32,
    /// How often performance is reviewed; a pack is made for each such period.
    pub review_every: Frequency,
    /// How open points are read.
    pub readings: Vec<String>,
    /// Areas whose figures are told apart.
    pub areas: Vec<Area>,
    /// The review meeting.
    pub meeting: Option<Meeting>,
    /// Forms.
    pub forms: Vec<Form>,
    /// Key performance indicators.
    pub kpis: Vec<Kpi>,
    /// Accuracy checks.
    pub checks: Vec<Check>,
    /// Data submission KPIs.
    pub submission_kpis: Vec<SubmissionKpi>,
    /// Escalations.
    pub escalations: Vec<Escalation>,
}

/// An area, such as one of the councils.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Name.
    pub name: String,
    /// Other names it is known by.
    pub aliases: Vec<String>,
}

/// The review meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Clause.
    pub clause: String,
    /// The form whose due date it follows.
    pub after_form: String,
    /// Calendar days after that date; then the first working day.
    pub days_after: u32,
    /// How the clause is read.
    pub reading: Option<String>,
    /// Agenda: heading, and what it is filled from.
    pub agenda: Vec<(String, Option<Fill>)>,
}

/// A form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// How often it is due.
    pub every: Frequency,
    /// Clause.
    pub clause: String,
    /// When it is due.
    pub due: DueRule,
    /// Whether each area has a return of its own.
    pub one_per_area: bool,
    /// Tables.
    pub tables: Vec<Table>,
}

impl Form {
    /// The table with this id.
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}

/// A table of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Names of the sheet it stands on; the areas' names when it has one sheet an area.
    pub sheets: Vec<String>,
    /// Whether a return may do without it.
    pub optional: bool,
    /// What it is made of.
    pub layout: Layout,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
}

impl Table {
    /// The column with this id.
    pub fn column(&self, id: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.id == id)
    }

    /// The row with this id.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// The first column that asks for this.
    pub fn column_asking(&self, asks: Asks) -> Option<&Column> {
        self.columns.iter().find(|column| column.asks == asks)
    }

    /// Where a grid's area stands.
    pub fn area_by(&self) -> AreaBy {
        match &self.layout {
            Layout::Grid(grid) => grid.area_by,
            Layout::Records(_) | Layout::Narrative(_) => AreaBy::None,
        }
    }

    /// The column that holds the row's label.
    pub fn key(&self) -> Option<&str> {
        match &self.layout {
            Layout::Grid(grid) => Some(&grid.key),
            Layout::Narrative(narrative) => Some(&narrative.key),
            Layout::Records(_) => None,
        }
    }
}

/// Form and table, as definitions name them: `form/table`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TablePath {
    /// Form id.
    pub form: String,
    /// Table id.
    pub table: String,
}

/// A key performance indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    /// Reference.
    pub reference: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// Unit.
    pub unit: Unit,
    /// Where the provider states it.
    pub figure: TablePath,
    /// The row of that table.
    pub row: String,
    /// How it is computed from a log, where there is one.
    pub log: Option<LogFigure>,
    /// How it is rated.
    pub rule: RatingRule,
    /// How an open point is read.
    pub reading: Option<String>,
}

/// A figure computed from a log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogFigure {
    /// The log.
    pub table: TablePath,
    /// The date column by which a record counts in the period.
    pub in_period: String,
    /// When a record meets it.
    pub met: Met,
}

/// An accuracy check.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Clause.
    pub clause: String,
    /// Form and table whose figures it reads.
    pub table: TablePath,
    /// The rule.
    pub rule: CheckRule,
}

/// What an accuracy check does.
#[derive(Debug, Clone, PartialEq)]
pub enum CheckRule {
    /// What is carried forward follows from the period before.
    CarriedForward(CarriedForward),
    /// Where there are active cases there are hours.
    Activity(Activity),
    /// A longer period's figure is the sum of its shorter ones.
    SumOfPeriods(SumOfPeriods, &'static FindingKind),
    /// A figure far from the provider's own history.
    Unusual(Unusual),
}

/// A data submission KPI.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmissionKpi {
    /// What it measures.
    pub id: SubmissionKpiId,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// Target as a fraction of 1; not rated when there is none.
    pub target: Option<Quantity>,
}

/// An escalation.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalation {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// What follows under the contract.
    pub action: String,
    /// Which period its entries carry.
    pub per: Per,
    /// Whether it is an aim that is only ever watched.
    pub watch_only: bool,
    /// Conditions, any of which is enough.
    pub any: Vec<Condition>,
}

impl Contract {
    /// The form with this id.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// The table at this path.
    pub fn table(&self, path: &TablePath) -> Option<&Table> {
        self.form(&path.form)?.table(&path.table)
    }

    /// The area called this, by name or alias, however it is spaced.
    pub fn area(&self, name: &str) -> Option<&str> {
        let name = fold(name);
        self.areas
            .iter()
            .find(|area| fold(&area.name) == name || area.aliases.iter().any(|alias| fold(alias) == name))
            .map(|area| area.name.as_str())
    }

    /// The period of the given length that contains `day`.
    pub fn period(&self, day: NaiveDate, frequency: Frequency) -> Period {
        Period::containing(day, frequency, self.year_starts)
    }

    /// The areas of a form's returns: each area, or none for the whole contract.
    pub fn return_areas(&self, form: &Form) -> Vec<Option<String>> {
        if form.one_per_area {
            self.areas.iter().map(|area| Some(area.name.clone())).collect()
        } else {
            vec![None]
        }
    }
}

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
