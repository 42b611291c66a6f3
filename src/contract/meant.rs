//! A definition as meant: validated, references resolved, ready for the stages that apply it.

mod logs;
mod pack;

use std::sync::Arc;

use chrono::NaiveDate;

pub use self::logs::{LogFigure, LogMeasure};
pub use self::pack::{AgendaItem, AgendaSum, AnnualReview, Figure, RowPath, Suppression};
pub use super::across::{Benchmark, Criterion, CriterionOf, Priorities};
pub use super::conditions::Condition;
use super::layout::{AreaBy, Asks, Column, FormLabels, Layout, Row};
pub use super::meeting::{Attendee, Minutes, Side};
use super::placed::Placed;
use super::promise::Promise;
pub use super::rating_rule::{Dated, RatingRule};
pub use super::written::{Fill, HeldAt, PaperFill, PaperPart, Per, ReportSection, SubmissionKpiId};
use crate::calendar::due::Due;
use crate::domain::better::Better;
use crate::domain::called::Called;
use crate::domain::finding::FindingKind;
use crate::domain::period::{Frequency, Period};
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::text::fold;
use crate::rules::activity::Activity;
use crate::rules::carried_forward::CarriedForward;
use crate::rules::due_dates::BeforeMeeting;
use crate::rules::event_notified_late::Notify;
use crate::rules::evidence::Proves;
use crate::rules::sum_of_periods::SumOfPeriods;
use crate::rules::sum_of_records::SumOfRecords;
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
    /// What those are called who are under it: providers, or contracts that are reviewed.
    pub called: Called,
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
    /// Parameters, such as how many units there are to visit.
    pub parameters: Vec<Parameter>,
    /// The overall rating, where the contract has one.
    pub overall: Option<Overall>,
    /// The review meeting.
    pub meeting: Option<Meeting>,
    /// The annual review, where there is one.
    pub annual_review: Option<AnnualReview>,
    /// Whether each area has a pack of its own.
    pub pack_per_area: bool,
    /// What the paper for a committee may show.
    pub committee: Suppression,
    /// Events the provider has to notify.
    pub notifications: Vec<Notification>,
    /// How providers are ranked, where they are.
    pub priorities: Option<Priorities>,
    /// How providers are compared by their KPIs, where they are.
    pub benchmark: Option<Benchmark>,
    /// Papers that are drafted.
    pub papers: Vec<Paper>,
    /// The report across providers, where there is one.
    pub report: Option<Report>,
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
    /// The definition it was read from.
    pub source: Source,
}

/// The file of a definition, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file's name, for messages.
    pub file: Arc<str>,
    /// Its content.
    pub text: Arc<str>,
}

/// An area, such as one of the councils.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Name.
    pub name: String,
    /// Other names it is known by.
    pub aliases: Vec<String>,
}

/// A number the contract sets, in force by date.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// Its values.
    pub values: Dated<u32>,
    /// How an open point is read.
    pub reading: Option<String>,
}

/// The overall rating: the median of the period's ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Overall {
    /// Clause.
    pub clause: String,
    /// How the clause is read.
    pub reading: Option<String>,
}

/// An event the provider has to notify.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// Kind, as the register writes it.
    pub kind: String,
    /// Clause.
    pub clause: String,
    /// By when.
    pub notify: Notify,
}

/// A paper that is drafted when the condition of an escalation is met.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// The escalations it is drafted for.
    pub escalations: Vec<String>,
    /// Its parts.
    pub parts: Vec<PaperPart>,
}

/// The report across providers.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Title.
    pub title: String,
    /// Its sections, in order.
    pub sections: Vec<ReportSection>,
    /// How many months a report covers, ending with the as-of date.
    pub months: u32,
    /// When an area counts as held at a score.
    pub held_at: Option<HeldAt>,
}

/// The review meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Clause.
    pub clause: String,
    /// The form whose due date a proposed date follows; none is proposed without.
    pub after_form: Option<String>,
    /// Calendar days after that date; then the first working day.
    pub days_after: u32,
    /// How meetings are counted from the provider's start, where they are.
    pub counted: Option<CountedMeetings>,
    /// How the clause is read.
    pub reading: Option<String>,
    /// Who comes.
    pub attendees: Vec<Attendee>,
    /// How long the provider has to approve the minutes.
    pub minutes: Option<Minutes>,
    /// When meetings become more frequent.
    pub more_often: Option<MoreOften>,
    /// What is due before a meeting.
    pub before: Vec<BeforeMeeting>,
    /// Agenda.
    pub agenda: Vec<AgendaItem>,
}

/// Meetings counted from the first day of the contract with the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedMeetings {
    /// Months from one to the next, at least 1.
    pub months: u32,
    /// What the one at the end of each twelve months is called, where it differs.
    pub annual: Option<String>,
}

/// Meetings become more frequent once a notice was served.
#[derive(Debug, Clone, PartialEq)]
pub struct MoreOften {
    /// Kind of notice, as the register writes it.
    pub notice: String,
    /// How often from then on.
    pub every: Frequency,
    /// Clause.
    pub clause: String,
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
    pub due: Due,
    /// Whether that is set locally, not by the contract.
    pub local: bool,
    /// How an open point is read.
    pub reading: Option<String>,
    /// Whether each area has a return of its own.
    pub one_per_area: bool,
    /// What its template is called, such as `1.1`, with the first day of the periods it is for; empty where its version is not
    /// followed.
    pub versions: Dated<String>,
    /// Labels in its head that are its own.
    pub labels: FormLabels,
    /// Tables.
    pub tables: Vec<Table>,
}

impl Form {
    /// The version of its template for a period, where versions are followed.
    pub fn version(&self, period: &Period) -> Option<&str> {
        self.versions.on(period.from).map(String::as_str)
    }

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
    /// Where on the sheet it stands.
    pub placed: Placed,
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

    /// What its records promise, where they do.
    pub fn promise(&self) -> Option<&Promise> {
        match &self.layout {
            Layout::Records(records) => records.promise.as_deref(),
            Layout::Grid(_) | Layout::Narrative(_) => None,
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
    /// The table in which the provider states it.
    pub figure: TablePath,
    /// Where in that table.
    pub stated: Stated,
    /// How often it is asked for: with every return of its form, or only with those that end a longer period.
    pub every: Frequency,
    /// Whether a share may be more than all, such as hours delivered beyond those commissioned.
    pub may_exceed_whole: bool,
    /// Whether the denominator is a level, such as an average headcount: over several periods it is averaged, not added up.
    pub averaged_denominator: bool,
    /// How it is computed from a log, where there is one.
    pub log: Option<LogFigure>,
    /// How it is rated, in force by date; not rated where there is none.
    pub rules: Dated<RatingRule>,
    /// Which figures are the better ones, where it is not rated; a rule knows that by itself.
    pub better: Option<Better>,
    /// Whether the target is agreed locally, not set by the contract.
    pub local: bool,
    /// How an open point is read.
    pub reading: Option<String>,
}

impl Kpi {
    /// How it is rated in a period: by what is in force on its first day.
    pub fn rule(&self, period: &Period) -> Option<&RatingRule> {
        self.rules.on(period.from)
    }

    /// Which figures of a period are the better ones, where that is known.
    pub fn better(&self, period: &Period) -> Option<Better> {
        match self.rule(period) {
            Some(rule) if rule.lower_is_better() => Some(Better::Lower),
            Some(_) => Some(Better::Higher),
            None => self.better,
        }
    }
}

/// Where a KPI's figure is stated.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// In one row: its result, perhaps with numerator and denominator beside it.
    Row(String),
    /// Numerator and denominator are rows of their own.
    Share {
        /// Row of the numerator.
        numerator: String,
        /// Row of the denominator.
        denominator: String,
    },
    /// Answers of yes or no, with evidence.
    Certified(Certified),
    /// The mean of the scores of a group of records.
    Scored(Scored),
    /// The sum of a column over the records of a table, or over those that say so.
    Summed(Summed),
}

impl Stated {
    /// The rows it stands in.
    pub fn rows(&self) -> Vec<&str> {
        match self {
            Stated::Row(row) => vec![row],
            Stated::Share { numerator, denominator } => vec![numerator, denominator],
            Stated::Certified(certified) => certified.answers.iter().map(String::as_str).collect(),
            Stated::Scored(scored) => vec![&scored.group],
            Stated::Summed(_) => Vec::new(),
        }
    }
}

/// A sum over records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summed {
    /// Column that is added up.
    pub column: String,
    /// The column and the entries of the records that count; `*` in an entry stands for any words. All of them when left out.
    pub of: Option<(String, Vec<String>)>,
}

/// Scores of the criteria of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Row of the table that names the group.
    pub group: String,
    /// Column of the scores.
    pub column: String,
    /// Column of the evidence, where the form has one.
    pub evidence: Option<String>,
}

/// Answers of yes or no, with what bears them out.
#[derive(Debug, Clone, PartialEq)]
pub struct Certified {
    /// Rows that must all be answered yes.
    pub answers: Vec<String>,
    /// What bears them out.
    pub evidence: Vec<EvidenceCell>,
}

/// Cells that bear an answer out.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceCell {
    /// Where.
    pub at: EvidenceAt,
    /// Column.
    pub column: String,
    /// What it has to show.
    pub proves: Proves,
    /// A column that must say yes for the cell to be needed.
    pub only_where: Option<String>,
    /// Whether a blank needs no question.
    pub may_be_blank: bool,
    /// Whether “not applicable” is a full answer.
    pub may_not_apply: bool,
}

/// Where evidence stands.
#[derive(Debug, Clone, PartialEq)]
pub enum EvidenceAt {
    /// In a row of the table of answers; it bears that row's answer out.
    Row(String),
    /// In every record of another table of the form.
    Records(String),
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
    /// A stated figure is the sum over the records of another table.
    SumOfRecords(SumOfRecords),
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
    /// Targets as fractions of 1, in force by date; not rated when there is none.
    pub targets: Dated<Option<Quantity>>,
}

impl SubmissionKpi {
    /// The target of a window: the one in force on its first day.
    pub fn target(&self, from: NaiveDate) -> Option<Quantity> {
        self.targets.on(from).copied().flatten()
    }
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
    /// Whether a pack's headline names it when it is met.
    pub in_headline: bool,
    /// What the reader must know before trusting a page, when it is met.
    pub caution: Option<String>,
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

    /// The parameter with this id.
    pub fn parameter(&self, id: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.id == id)
    }

    /// The shortest interval at which KPIs are rated.
    pub fn rated_every(&self) -> Frequency {
        self.kpis.iter().map(|kpi| kpi.every).min().unwrap_or(self.review_every)
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
