//! Meetings the provider did not attend.

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, said};
use super::{Family, RuleKind};

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "meeting-not-attended",
    family: Family::Condition,
    summary: "The register says that the provider did not attend a meeting.",
    documentation: "\
No settings. A meeting whose attendance is not recorded does not count.

Example: `meeting-not-attended = {}`",
};

/// The rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingNotAttended {}

impl ConditionRule for MeetingNotAttended {
    fn describe(&self) -> String {
        "the register says that the provider did not attend a meeting".to_string()
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        facts
            .meetings
            .iter()
            .filter(|meeting| meeting.attended == Some(false))
            .map(|meeting| Hit::met_on(meeting.date, vec![said(meeting.words.clone())]))
            .collect()
    }

    fn distance(&self, _: &Facts) -> Distance {
        Distance::steps(1, "a meeting not attended would meet it".to_string(), Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::MeetingFact;
    use super::super::facts::testing::facts;
    use super::*;

    #[test]
    fn only_a_recorded_absence_counts() {
        for (attended, hits) in [(Some(false), 1), (Some(true), 0), (None, 0)] {
            let mut case = facts("2024-11-30");
            case.meetings.push(MeetingFact {
                date: "2024-10-10".parse().unwrap(),
                attended,
                words: "Meeting".into(),
            });
            assert_eq!(MeetingNotAttended {}.hits(&case).len(), hits, "{attended:?}");
        }
    }
}
