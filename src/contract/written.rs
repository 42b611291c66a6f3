//! A definition as written in TOML. What it means is made of it in [`super::meant`].

pub(super) mod pack;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::conditions::Condition;
use super::layout::{Column, FormLabels, Layout, Row};
use super::meeting::{Attendee, Minutes};
use super::placed::Placed;
use super::rating_rule::RatingRule;
use crate::domain::better::Better;
use crate::domain::called::Called;
use crate::domain::period::Frequency;
use crate::domain::quantity::Unit;
use crate::rules::activity::Activity;
use crate::rules::carried_forward::CarriedForward;
use crate::rules::columns::Columns;
use crate::rules::due_dates::BeforeMeeting;
use crate::rules::event_notified_late::Notify;
use crate::rules::evidence::Proves;
use crate::rules::figure::Bound;
use crate::rules::log_number::{Distinct, Number};
use crate::rules::log_share::Met;
use crate::rules::sum_of_periods::SumOfPeriods;
use crate::rules::sum_of_records::SumOfRecords;
use crate::rules::unusual::Unusual;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Contract {
    pub id: Spanned<String>,
    pub title: String,
    pub councils: Vec<String>,
    #[serde(default)]
    pub called: Called,
    pub start: Spanned<Datetime>,
    pub award: Option<Spanned<Datetime>>,
    pub end: Option<Spanned<Datetime>>,
    pub year_starts: Month,
    pub review_every: Frequency,
    #[serde(default)]
    pub readings: Vec<String>,
    #[serde(default)]
    pub areas: Vec<Area>,
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    pub overall: Option<Overall>,
    pub meeting: Option<Meeting>,
    pub annual_review: Option<pack::AnnualReview>,
    #[serde(default)]
    pub pack: pack::PackSettings,
    #[serde(default)]
    pub committee: pack::Committee,
    #[serde(default)]
    pub notifications: Vec<Notification>,
    pub priorities: Option<Priorities>,
    pub benchmark: Option<Benchmark>,
    #[serde(default)]
    pub papers: Vec<Paper>,
    pub report: Option<Report>,
    pub forms: Vec<Form>,
    pub kpis: Vec<Kpi>,
    #[serde(default)]
    pub checks: Vec<Spanned<Check>>,
    #[serde(default)]
    pub submission_kpis: Vec<SubmissionKpi>,
    #[serde(default)]
    pub escalations: Vec<Escalation>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum Month {
    January = 1,
    February,
    March,
    April,
    May,
    June,
    July,
    August,
    September,
    October,
    November,
    December,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Area {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Parameter {
    pub id: Spanned<String>,
    pub title: String,
    pub clause: String,
    pub values: Spanned<Vec<ParameterValue>>,
    pub reading: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct ParameterValue {
    pub value: u32,
    pub from: Option<Spanned<Datetime>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Overall {
    Median(OverallSettings),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct OverallSettings {
    pub clause: String,
    pub reading: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Notification {
    pub kind: String,
    pub clause: String,
    pub notify: Notify,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Priorities {
    pub title: String,
    pub clause: String,
    pub reading: Option<String>,
    pub criteria: Vec<Spanned<WrittenCriterion>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenCriterion {
    pub column: Option<String>,
    pub ends_within_months: Option<u32>,
    pub audited_within_months: Option<u32>,
    pub score: Option<Bound>,
    pub title: String,
    pub weight: Bound,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Benchmark {
    pub clause: String,
    pub at_least: Option<Spanned<usize>>,
    pub reading: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Paper {
    pub id: Spanned<String>,
    pub title: String,
    pub clause: String,
    #[serde(rename = "for")]
    pub escalations: Vec<Spanned<String>>,
    pub parts: Vec<PaperPart>,
}

/// A part of a paper.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PaperPart {
    /// Heading.
    pub heading: String,
    /// What stands below it; words in braces (`{provider}`, `{contract}`, `{period}`, `{by}`, `{clause}`) are filled in.
    #[serde(default)]
    pub text: Vec<String>,
    /// What it is filled with.
    pub fill: Option<PaperFill>,
}

/// What a part of a paper is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaperFill {
    /// The evidence of the escalations it is drafted for.
    Evidence,
    /// The amber and red KPIs and where they stand.
    Performance,
    /// A table of tasks, milestones, timescales and resources, one row a KPI, to be filled in.
    ImprovementPlan,
    /// The action plan.
    ActionPlan,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Report {
    pub title: String,
    pub sections: Vec<ReportSection>,
    pub months: Option<u32>,
    pub held_at: Option<HeldAt>,
}

/// A score above which no criterion of an area stands in any review.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HeldAt {
    /// The score.
    pub score: u32,
    /// What is said of such areas.
    pub reading: String,
}

/// A section of the report across providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportSection {
    /// Who meets what: returns, standards, notifications, meetings.
    Compliance,
    /// Providers ranked by weighted scores.
    Priorities,
    /// Providers compared by their KPIs.
    Benchmark,
    /// Alerts with their review dates.
    Alerts,
    /// Events notified and when.
    Notifications,
    /// The same cut by borough.
    Boroughs,
    /// Scores of every area, review by review.
    Profiles,
    /// The areas that score lowest across reviews, and those held at a score.
    Themes,
    /// Those reviewed again, and how they moved.
    Movement,
    /// Reviews to come.
    ForwardPlan,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct MoreOften {
    pub notice: String,
    pub every: Frequency,
    pub clause: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Meeting {
    pub clause: String,
    pub after_form: Option<Spanned<String>>,
    #[serde(default)]
    pub days_after: u32,
    pub counted: Option<Spanned<CountedMeetings>>,
    pub reading: Option<String>,
    #[serde(default)]
    pub attendees: Vec<Attendee>,
    pub minutes: Option<Minutes>,
    pub more_often: Option<MoreOften>,
    #[serde(default)]
    pub before: Vec<BeforeMeeting>,
    #[serde(default)]
    pub agenda: Vec<pack::AgendaItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct CountedMeetings {
    pub months: u32,
    pub annual: Option<String>,
}

/// What an item of the agenda is filled from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fill {
    /// Actions of the register.
    Actions,
    /// Late and missing returns, timeliness and accuracy.
    Submissions,
    /// Ratings that need talking about.
    Ratings,
    /// Findings.
    Queries,
    /// The provider's narrative.
    Narrative,
    /// Tables shown as they stand.
    SocialValue,
    /// Escalations.
    Escalations,
    /// Action plan.
    ActionPlan,
    /// Next dates.
    Dates,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Form {
    pub id: Spanned<String>,
    pub title: String,
    pub every: Frequency,
    pub clause: String,
    pub due: Due,
    #[serde(default)]
    pub printed: Vec<PrintedDue>,
    #[serde(default)]
    pub local: bool,
    pub reading: Option<String>,
    #[serde(default)]
    pub one_per_area: bool,
    #[serde(default)]
    pub versions: Vec<FormVersion>,
    #[serde(default)]
    pub labels: FormLabels,
    pub tables: Vec<Table>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct FormVersion {
    pub version: Spanned<String>,
    pub from: Option<Spanned<Datetime>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Due {
    DayOfFollowingMonth(DayOfFollowingMonth),
    LastWeekday(LastWeekday),
    WorkingDaysBeforeMeeting(Spanned<u32>),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PrintedDue {
    pub from: Spanned<Datetime>,
    pub due: Spanned<Datetime>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DayOfFollowingMonth {
    pub day: Spanned<u32>,
    #[serde(default = "next_month")]
    pub months: u32,
    #[serde(default)]
    pub roll: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LastWeekday {
    pub weekday: Weekday,
    #[serde(default)]
    pub roll: bool,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Table {
    pub id: Spanned<String>,
    pub title: String,
    pub sheets: Vec<String>,
    #[serde(default)]
    pub optional: bool,
    #[serde(default)]
    pub placed: Placed,
    pub layout: Layout,
    pub columns: Vec<Column>,
    #[serde(default)]
    pub rows: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Kpi {
    #[serde(rename = "ref")]
    pub reference: Spanned<String>,
    pub title: String,
    pub clause: String,
    pub unit: Option<Unit>,
    pub figure: Option<StatedFigure>,
    pub log: Option<LogFigure>,
    pub certified: Option<Certified>,
    pub scored: Option<Scored>,
    pub summed: Option<Summed>,
    pub rule: Option<RatingRule>,
    pub better: Option<Spanned<Better>>,
    #[serde(default)]
    pub may_exceed_whole: bool,
    #[serde(default)]
    pub averaged_denominator: bool,
    #[serde(default)]
    pub variations: Vec<Variation>,
    #[serde(default)]
    pub local: bool,
    pub reading: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Variation {
    pub from: Spanned<Datetime>,
    pub rule: RatingRule,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct StatedFigure {
    pub table: Spanned<String>,
    pub row: Option<Spanned<String>>,
    pub numerator: Option<Spanned<String>>,
    pub denominator: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LogFigure {
    pub table: Spanned<String>,
    pub in_period: Spanned<Columns>,
    pub met: Option<Spanned<Met>>,
    pub distinct: Option<Spanned<Distinct>>,
    pub number: Option<Spanned<Number>>,
    pub reading_without_first: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Scored {
    pub table: Spanned<String>,
    pub group: Spanned<String>,
    pub column: Spanned<String>,
    pub evidence: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Summed {
    pub table: Spanned<String>,
    pub column: Spanned<String>,
    #[serde(rename = "where")]
    pub of: Option<Entries>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Entries {
    pub column: Spanned<String>,
    pub is: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Certified {
    pub table: Spanned<String>,
    pub answers: Vec<Spanned<String>>,
    #[serde(default)]
    pub evidence: Vec<Spanned<WrittenEvidence>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct WrittenEvidence {
    pub row: Option<String>,
    pub table: Option<String>,
    pub column: String,
    pub proves: Proves,
    #[serde(rename = "where")]
    pub only_where: Option<String>,
    #[serde(default)]
    pub may_be_blank: bool,
    #[serde(default)]
    pub may_not_apply: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Check {
    pub clause: String,
    pub carried_forward: Option<CarriedForward>,
    pub activity: Option<Activity>,
    pub sum_of_periods: Option<SumOfPeriods>,
    pub unusual: Option<Unusual>,
    pub sum_of_records: Option<SumOfRecords>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SubmissionKpi {
    pub id: SubmissionKpiId,
    pub title: String,
    pub clause: String,
    pub target: Option<Bound>,
    #[serde(default)]
    pub variations: Vec<TargetVariation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct TargetVariation {
    pub from: Spanned<Datetime>,
    pub target: Option<Bound>,
}

/// What a data submission KPI measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubmissionKpiId {
    /// Returns received by their due date, of those due.
    Timeliness,
    /// Returns without an error in their first usable version, of those received.
    Accuracy,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Escalation {
    pub id: Spanned<String>,
    pub title: String,
    pub clause: String,
    pub action: String,
    #[serde(default)]
    pub per: Per,
    #[serde(default)]
    pub watch_only: bool,
    #[serde(default)]
    pub in_headline: bool,
    pub caution: Option<String>,
    pub any: Vec<Spanned<Condition>>,
}

/// Which period an escalation's entries carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// The review period that contains it.
    #[default]
    ReviewPeriod,
    /// The form's own period.
    FormPeriod,
}

fn next_month() -> u32 {
    1
}
