//! One contract's results under the definition in force and under a changed one, side by side.
//!
//! “Before” is the definition in force, “after” the changed one. What only one of the two knows cannot be compared and is told as
//! such, never as a difference.

use chrono::NaiveDate;

use crate::domain::escalation::EscalationStatus;
use crate::domain::finding::Severity;
use crate::domain::period::Period;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;

/// The comparison of one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// File name of the changed definition.
    pub definition: String,
    /// What differs, counted, in sentences; the first is the headline.
    pub summary: Vec<String>,
    /// The same in numbers.
    pub counts: Counts,
    /// Where the two definitions differ, in plain English.
    pub terms: Vec<ChangedTerms>,
    /// Every provider of the contract, in order of name; then providers of other contracts for whom something differs.
    pub providers: Vec<ReplayedProvider>,
    /// What the register holds that does not fit the changed definition and was left aside, with its cell.
    pub register: Vec<String>,
    /// Files that are a return under one of the two alone, in order.
    pub files: Vec<ChangedFile>,
}

/// How much was compared, and how much differs, over all providers listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Ratings that stand under both definitions.
    pub ratings: usize,
    /// Those of them that differ.
    pub ratings_differ: usize,
    /// Ratings that are the same, but whose figure is not.
    pub figures_differ: usize,
    /// Overall ratings that stand under both.
    pub overall: usize,
    /// Those of them that differ.
    pub overall_differ: usize,
    /// Returns due under both.
    pub submissions: usize,
    /// Those of them with another due date or status.
    pub submissions_differ: usize,
    /// Windows of timeliness and accuracy that differ.
    pub submission_kpis_differ: usize,
    /// Conditions met after and not before.
    pub newly_met: usize,
    /// Conditions met before and not after.
    pub no_longer_met: usize,
    /// Conditions watched after, and neither met nor watched before.
    pub newly_watched: usize,
    /// Conditions watched before, and neither met nor watched after.
    pub no_longer_watched: usize,
    /// Conditions that are as they were, but for the day to act by.
    pub other_day: usize,
    /// Ratings, overall ratings, returns and windows that stand under one definition alone.
    pub not_compared: usize,
    /// Findings after and not before.
    pub findings_came: usize,
    /// Findings before and not after.
    pub findings_went: usize,
}

impl Counts {
    /// Whether any result differs.
    pub fn anything(&self) -> bool {
        let compared = Self { ratings: 0, overall: 0, submissions: 0, ..*self };
        compared != Self::default()
    }
}

/// A passage that the two definitions put differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedTerms {
    /// The heading it stands under.
    pub heading: String,
    /// The item it belongs to, such as a KPI's; `None` where it is one itself.
    pub within: Option<String>,
    /// What the definition in force says; empty where it says nothing.
    pub before: Vec<String>,
    /// What the changed one says; empty where it says nothing.
    pub after: Vec<String>,
}

/// What differs for one provider; all empty where nothing does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReplayedProvider {
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// Name as in the register.
    pub provider: String,
    /// Ratings that differ, and figures under the same rating, by period, KPI and area (whole contract first).
    pub ratings: Vec<ChangedRating>,
    /// Overall ratings that differ, by period.
    pub overall: Vec<ChangedOverall>,
    /// Returns due on another day or of another status, by period and form.
    pub submissions: Vec<ChangedSubmission>,
    /// Timeliness and accuracy that differ, by window.
    pub submission_kpis: Vec<ChangedSubmissionKpi>,
    /// Conditions that differ, by period.
    pub escalations: Vec<ChangedEscalation>,
    /// What stands under one definition alone.
    pub not_compared: Vec<NotCompared>,
    /// Kinds of finding of which there are others, by code.
    pub findings: Vec<ChangedFindings>,
}

impl ReplayedProvider {
    /// Whether anything differs.
    pub fn differs(&self) -> bool {
        let named = Self {
            contract: self.contract.clone(),
            contract_title: self.contract_title.clone(),
            provider: self.provider.clone(),
            ..Self::default()
        };
        *self != named
    }
}

/// A rating under one of the definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingSide {
    /// The rating.
    pub rating: Rating,
    /// The figure as people read it; a word where there is none.
    pub value: String,
    /// The target on one line; `None` where the contract sets none.
    pub target: Option<String>,
    /// Clause that sets it.
    pub clause: String,
}

/// A rating that differs, or whose figure does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRating {
    /// The KPI's reference.
    pub kpi: String,
    /// Its title.
    pub title: String,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// Period.
    pub period: Period,
    /// Under the definition in force.
    pub before: RatingSide,
    /// Under the changed one.
    pub after: RatingSide,
}

/// An overall rating that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedOverall {
    /// Period.
    pub period: Period,
    /// Clause.
    pub clause: String,
    /// Under the definition in force.
    pub before: Rating,
    /// Under the changed one.
    pub after: Rating,
}

/// A return under one of the definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubmissionSide {
    /// Date due, inclusive.
    pub due: NaiveDate,
    /// Its status.
    pub status: SubmissionStatus,
}

/// A return that is due on another day, or of another status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSubmission {
    /// The form's id.
    pub form: String,
    /// The form's title.
    pub title: String,
    /// Period.
    pub period: Period,
    /// Area; `None` when one return serves the whole contract.
    pub area: Option<String>,
    /// Clause of the due date under the changed definition.
    pub clause: String,
    /// Under the definition in force.
    pub before: SubmissionSide,
    /// Under the changed one.
    pub after: SubmissionSide,
}

/// Timeliness or accuracy under one of the definitions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionKpiSide {
    /// Rating.
    pub rating: Rating,
    /// Returns that met it.
    pub met: u32,
    /// Returns that count.
    pub due: u32,
    /// Target as people read it; `None` when the contract sets none.
    pub target: Option<String>,
}

/// Timeliness or accuracy of one window that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSubmissionKpi {
    /// `timeliness` or `accuracy`.
    pub id: String,
    /// Title.
    pub title: String,
    /// First day of the window, inclusive.
    pub from: NaiveDate,
    /// Last day of the window, inclusive.
    pub to: NaiveDate,
    /// Clause.
    pub clause: String,
    /// Under the definition in force.
    pub before: SubmissionKpiSide,
    /// Under the changed one.
    pub after: SubmissionKpiSide,
}

/// A condition of one period under one of the definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EscalationSide {
    /// Met or watched.
    pub status: EscalationStatus,
    /// The day to act by, inclusive.
    pub by: Option<NaiveDate>,
}

/// A condition that is met, watched or neither, differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedEscalation {
    /// Its id in the definition.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// The period that completes the condition, or contains the notice.
    pub period: Period,
    /// Under the definition in force; `None` where it is neither met nor watched.
    pub before: Option<EscalationSide>,
    /// Under the changed one.
    pub after: Option<EscalationSide>,
}

/// How a condition differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Met, and was not.
    WouldBeMet,
    /// Not met, and was.
    NoLongerMet,
    /// Watched, and was neither met nor watched.
    WouldBeWatched,
    /// Neither met nor watched, and was watched.
    NoLongerWatched,
    /// The same, to be acted on by another day.
    OtherDay,
}

impl Turn {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Turn::WouldBeMet => "Would be met",
            Turn::NoLongerMet => "Would no longer be met",
            Turn::WouldBeWatched => "Would be watched",
            Turn::NoLongerWatched => "Would no longer be watched",
            Turn::OtherDay => "To be acted on by another day",
        }
    }

    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Turn::WouldBeMet => "would-be-met",
            Turn::NoLongerMet => "no-longer-met",
            Turn::WouldBeWatched => "would-be-watched",
            Turn::NoLongerWatched => "no-longer-watched",
            Turn::OtherDay => "other-day",
        }
    }
}

impl ChangedEscalation {
    /// How it differs.
    pub fn turn(&self) -> Turn {
        let met =
            |side: Option<EscalationSide>| side.is_some_and(|own| own.status == EscalationStatus::Triggered);
        match (met(self.before), met(self.after)) {
            (false, true) => Turn::WouldBeMet,
            (true, false) => Turn::NoLongerMet,
            (true, true) => Turn::OtherDay,
            (false, false) => match (self.before, self.after) {
                (None, _) => Turn::WouldBeWatched,
                (_, None) => Turn::NoLongerWatched,
                _ => Turn::OtherDay,
            },
        }
    }
}

/// Figures or returns that stand under one definition alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCompared {
    /// What they are: `KPI 7, Cases resolved`, or a form's title.
    pub what: String,
    /// Whether they stand under the changed definition alone; else under the one in force.
    pub came: bool,
    /// How many.
    pub number: usize,
    /// Why, in a sentence.
    pub why: String,
}

/// Findings of one kind of which there are others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFindings {
    /// Code of the finding.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How many there are after that were not before.
    pub came: usize,
    /// How many there were before that are not after.
    pub went: usize,
}

/// A file that is a return under one definition alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFile {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// Whether it is one under the changed definition; else under the one in force.
    pub came: bool,
    /// Why it is none under the other.
    pub reason: String,
}
