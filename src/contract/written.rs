//! A definition as written in TOML. What it means is made of it in [`super::meant`].

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::layout::{Column, Layout, Row};
use crate::domain::period::Frequency;
use crate::domain::quantity::Unit;
use crate::rules::activity::Activity;
use crate::rules::between_notices::BetweenNotices;
use crate::rules::carried_forward::CarriedForward;
use crate::rules::duty::Duty;
use crate::rules::figure::Bound;
use crate::rules::follows::Follows;
use crate::rules::kpis_missed::KpisMissed;
use crate::rules::late_in_a_row::LateInARow;
use crate::rules::log_share::Met;
use crate::rules::notices::Notices;
use crate::rules::returns::Returns;
use crate::rules::submission_kpi_missed::SubmissionKpiMissed;
use crate::rules::sum_of_periods::SumOfPeriods;
use crate::rules::target::Target;
use crate::rules::unusual::Unusual;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Contract {
    pub id: Spanned<String>,
    pub title: String,
    pub councils: Vec<String>,
    pub start: Spanned<Datetime>,
    pub award: Option<Spanned<Datetime>>,
    pub end: Option<Spanned<Datetime>>,
    pub year_starts: Month,
    pub review_every: Frequency,
    #[serde(default)]
    pub readings: Vec<String>,
    #[serde(default)]
    pub areas: Vec<Area>,
    pub meeting: Option<Meeting>,
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
pub(super) struct Meeting {
    pub clause: String,
    pub after_form: Spanned<String>,
    pub days_after: u32,
    pub reading: Option<String>,
    #[serde(default)]
    pub agenda: Vec<AgendaItem>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct AgendaItem {
    pub title: String,
    pub fill: Option<Fill>,
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
    pub one_per_area: bool,
    pub tables: Vec<Table>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Due {
    DayOfFollowingMonth(DayOfFollowingMonth),
    LastWeekday(LastWeekday),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DayOfFollowingMonth {
    pub day: Spanned<u32>,
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
    pub unit: Unit,
    pub figure: StatedFigure,
    pub log: Option<LogFigure>,
    pub rule: RatingRule,
    pub reading: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct StatedFigure {
    pub table: Spanned<String>,
    pub row: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct LogFigure {
    pub table: Spanned<String>,
    pub in_period: Spanned<String>,
    pub met: Spanned<Met>,
}

/// How a KPI is rated.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatingRule {
    /// A target, met or missed.
    Target(Target),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Check {
    pub clause: String,
    pub carried_forward: Option<CarriedForward>,
    pub activity: Option<Activity>,
    pub sum_of_periods: Option<SumOfPeriods>,
    pub unusual: Option<Unusual>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SubmissionKpi {
    pub id: SubmissionKpiId,
    pub title: String,
    pub clause: String,
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

/// A condition of an escalation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Targets missed.
    KpisMissed(KpisMissed),
    /// Returns late, missing or inaccurate.
    Returns(Returns),
    /// Timeliness or accuracy missed.
    SubmissionKpiMissed(SubmissionKpiMissed),
    /// Consecutive periods not on time.
    LateInARow(LateInARow),
    /// Notices within a window.
    Notices(Notices),
    /// Between one notice and another.
    BetweenNotices(BetweenNotices),
    /// A dated duty not done.
    Duty(Duty),
    /// Follows from another escalation.
    Follows(Follows),
}
