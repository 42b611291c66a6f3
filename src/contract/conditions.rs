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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rules::{self, Family};

    #[derive(Deserialize)]
    struct Case {
        any: Condition,
    }

    #[test]
    fn every_condition_is_said_in_english() {
        let mut said = BTreeSet::new();
        for (text, expected) in [
            ("kpis-missed = { at-least = 1 }", "a KPI misses its target in the quarter"),
            (
                "kpis-missed = { at-least = 5, within = \"year\", watch-areas = true }",
                "5 or more different KPIs miss their targets in the rolling twelve months (where one area's figures alone would \
                 reach it, it is watched)",
            ),
            (
                "kpis-missed = { at-least = 3, count = \"misses\" }",
                "targets are missed 3 times or more in the quarter",
            ),
            ("returns = { late = true, missing = true }", "a return is late or missing"),
            (
                "returns = { inaccurate = true, forms = [\"a\", \"b\"] }",
                "a return of `a` or `b` is not accurate",
            ),
            (
                "submission-kpi-missed = { within = \"year\" }",
                "timeliness or accuracy misses its target in the rolling twelve months",
            ),
            (
                "late-in-a-row = { periods = 3 }",
                "the returns of one form are late or missing for 3 periods in a row",
            ),
            ("late-in-a-row = { periods = 1 }", "the returns of a form are late or missing"),
            ("notices = { kind = \"A\", at-least = 1 }", "the register records “A”"),
            (
                "notices = { kind = \"A\", at-least = 2 }",
                "the register records “A” 2 times or more in the life of the contract",
            ),
            (
                "notices = { kind = \"A\", at-least = 2, within = \"year\" }",
                "the register records “A” 2 times or more within twelve months",
            ),
            (
                "between-notices = { from = \"A\", to = \"B\" }",
                "the register records “A”, and until it records “B”",
            ),
            (
                "duty = { notice = \"A\", within-months = 12 }",
                "the register does not record “A” within 12 months of the provider's start",
            ),
            (
                "duty = { notice = \"A\", within-months = 12, from = \"award\" }",
                "the register does not record “A” within 12 months of the award of the contract",
            ),
            ("follows = { escalation = \"a\" }", "the condition of `a` is met"),
            (
                "ratings-in-a-row = { of = \"any-kpi\", rating = \"amber\", periods = 2, after-months = 6 }",
                "a KPI is amber or worse in 2 periods in a row, not necessarily the same one; the provider's first 6 months do \
                 not count",
            ),
            (
                "ratings-in-a-row = { of = \"overall\", rating = \"red\", periods = 3 }",
                "the overall rating is red in 3 periods in a row",
            ),
            (
                "ratings-in-a-row = { of = \"any-kpi\", rating = \"red\", periods = 1 }",
                "a KPI is red in any period",
            ),
            (
                "ratings-in-window = { of = \"any-kpi\", rating = \"red\", at-least = 3, periods = 6 }",
                "a KPI is red in 3 of the last 6 periods",
            ),
            ("kpi-red-within = {}", "a KPI is red while the overall rating of the period is green or amber"),
            (
                "rating-after-notice = { kind = \"A\", of = \"overall\", rating = \"red\", periods = 3 }",
                "the overall rating is red in any one of the 3 periods after the one in which the register records “A”",
            ),
            (
                "after-notice = { kind = \"A\", within-working-days = 10, done-by = \"B\" }",
                "the register records “A”; what follows is due within 10 working days of it; it is done once the register records \
                 “B”",
            ),
            (
                "plan-not-improved = { plan = \"A\" }",
                "the review date of a plan (“A” in the register) has passed, and its KPI is amber or red and no better than when \
                 the plan was agreed",
            ),
            ("not-met = { because = \"answer\" }", "a standard is answered No, or a local target is missed"),
            ("not-met = { because = \"evidence\" }", "a “Yes” is contradicted by its own evidence"),
            (
                "event-notified-late = {}",
                "an event is notified after the last day the contract allows, or not at all",
            ),
            ("meeting-not-attended = {}", "the register says that the provider did not attend a meeting"),
        ] {
            let case: Case = toml::from_str(&format!("any = {{ {text} }}")).unwrap();
            assert_eq!(case.any.rule().describe(), expected, "{text}");
            said.insert(text.split(' ').next().unwrap());
        }
        for kind in rules::ALL.iter().filter(|kind| kind.family == Family::Condition) {
            assert!(said.contains(kind.name), "{} is not said", kind.name);
        }
    }
}
