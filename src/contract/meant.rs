//! A definition as meant: validated, references resolved, ready for the stages that apply it.

use chrono::NaiveDate;

use super::layout::{AreaBy, Asks, Column, Layout, Row};
pub use super::written::{Condition, Fill, Per, RatingRule, SubmissionKpiId};
use crate::calendar::due::DueRule;
use crate::domain::finding::FindingKind;
use crate::domain::period::{Frequency, Period};
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::text::fold;
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
