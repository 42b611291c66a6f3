//! The conditions a definition may give an escalation.

use serde::Deserialize;

use crate::rules::after_notice::AfterNotice;
use crate::rules::between_notices::BetweenNotices;
use crate::rules::duty::Duty;
use crate::rules::event_notified_late::EventNotifiedLate;
use crate::rules::facts::ConditionRule;
use crate::rules::follows::Follows;
use crate::rules::kpi_red_within::KpiRedWithin;
use crate::rules::kpis_missed::KpisMissed;
use crate::rules::late_in_a_row::LateInARow;
use crate::rules::meeting_not_attended::MeetingNotAttended;
use crate::rules::not_met::NotMet;
use crate::rules::notices::Notices;
use crate::rules::plan_not_improved::PlanNotImproved;
use crate::rules::rating_after_notice::RatingAfterNotice;
use crate::rules::ratings_in_a_row::RatingsInARow;
use crate::rules::ratings_in_window::RatingsInWindow;
use crate::rules::returns::Returns;
use crate::rules::submission_kpi_missed::SubmissionKpiMissed;

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
    /// So many periods in a row as bad as that.
    RatingsInARow(RatingsInARow),
    /// So many of the last so many periods as bad as that.
    RatingsInWindow(RatingsInWindow),
    /// One KPI red while the whole is better.
    KpiRedWithin(KpiRedWithin),
    /// A rating as bad as that after a notice.
    RatingAfterNotice(RatingAfterNotice),
    /// What follows from a notice.
    AfterNotice(AfterNotice),
    /// A plan that brought nothing.
    PlanNotImproved(PlanNotImproved),
    /// A standard not met.
    NotMet(NotMet),
    /// An event notified late.
    EventNotifiedLate(EventNotifiedLate),
    /// A meeting not attended.
    MeetingNotAttended(MeetingNotAttended),
}

impl Condition {
    /// Whether it holds for a notice of the register, not for a period.
    pub fn goes_by_notice(&self) -> bool {
        matches!(self, Condition::Notices(_) | Condition::AfterNotice(_) | Condition::PlanNotImproved(_))
    }

    /// What judges it.
    pub fn rule(&self) -> &dyn ConditionRule {
        match self {
            Condition::KpisMissed(rule) => rule,
            Condition::Returns(rule) => rule,
            Condition::SubmissionKpiMissed(rule) => rule,
            Condition::LateInARow(rule) => rule,
            Condition::Notices(rule) => rule,
            Condition::BetweenNotices(rule) => rule,
            Condition::Duty(rule) => rule,
            Condition::Follows(rule) => rule,
            Condition::RatingsInARow(rule) => rule,
            Condition::RatingsInWindow(rule) => rule,
            Condition::KpiRedWithin(rule) => rule,
            Condition::RatingAfterNotice(rule) => rule,
            Condition::AfterNotice(rule) => rule,
            Condition::PlanNotImproved(rule) => rule,
            Condition::NotMet(rule) => rule,
            Condition::EventNotifiedLate(rule) => rule,
            Condition::MeetingNotAttended(rule) => rule,
        }
    }
}
