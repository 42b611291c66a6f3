//! The words a column of the register offers, and what they mean.

use serde::Serialize;

use crate::domain::text::{fold, nearest};

/// Something written as one of a few words.
pub trait Choice: Copy + PartialEq + 'static {
    /// Every meaning with its word, in the order a drop-down shows them.
    const WORDS: &'static [(Self, &'static str)];

    /// The word for this.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(choice, _)| *choice == self).map_or("", |(_, word)| *word)
    }

    /// What the text means; letter case and spaces do not matter, spelling does.
    fn parse(text: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, word)| fold(word) == fold(text)).map(|(choice, _)| *choice)
    }

    /// The words, in order.
    fn words() -> Vec<&'static str> {
        Self::WORDS.iter().map(|(_, word)| *word).collect()
    }

    /// What to write instead of `text`.
    fn advice(text: &str) -> String {
        let words = Self::words();
        match nearest(text, words.iter().copied()) {
            Some(word) => format!("did you mean “{word}”? Choose one of: {}", words.join(", ")),
            None => format!("choose one of: {}", words.join(", ")),
        }
    }
}

/// Standing of a provider or service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderStatus {
    /// Referrals go to it.
    #[default]
    Active,
    /// Referrals are suspended.
    Suspended,
    /// Barred from the framework.
    Barred,
}

impl Choice for ProviderStatus {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Active, "Active"), (Self::Suspended, "Suspended"), (Self::Barred, "Barred")];
}

/// How a contact is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Addressing {
    /// Among the addressees.
    #[default]
    To,
    /// In copy.
    Cc,
}

impl Choice for Addressing {
    const WORDS: &'static [(Self, &'static str)] = &[(Self::To, "To"), (Self::Cc, "Cc")];
}

/// What the officer put on record about a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeKind {
    /// A formal warning.
    FormalWarning,
    /// A remediation notice.
    RemediationNotice,
    /// An improvement plan agreed.
    ImprovementPlan,
    /// The provider did not engage with its plan.
    PlanNotEngaged,
    /// The officer's judgement that breaches repeat.
    RepeatedBreach,
    /// A concern.
    Concern,
    /// Underperformance.
    Underperformance,
    /// Referrals suspended.
    ReferralsSuspended,
    /// Referrals resumed.
    ReferralsResumed,
    /// The quality mark was achieved.
    QualityMarkAchieved,
    /// Reassessment for the quality mark failed.
    QualityMarkReassessmentFailed,
    /// The Social Value Award was achieved.
    SocialValueAward,
}

impl Choice for NoticeKind {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::FormalWarning, "Formal warning"),
        (Self::RemediationNotice, "Remediation notice"),
        (Self::ImprovementPlan, "Improvement plan"),
        (Self::PlanNotEngaged, "Plan not engaged"),
        (Self::RepeatedBreach, "Repeated breach"),
        (Self::Concern, "Concern"),
        (Self::Underperformance, "Underperformance"),
        (Self::ReferralsSuspended, "Referrals suspended"),
        (Self::ReferralsResumed, "Referrals resumed"),
        (Self::QualityMarkAchieved, "Quality mark achieved"),
        (Self::QualityMarkReassessmentFailed, "Quality mark reassessment failed"),
        (Self::SocialValueAward, "Social Value Award"),
    ];
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Choice for YesNo {
    const WORDS: &'static [(Self, &'static str)] = &[(Self::Yes, "Yes"), (Self::No, "No")];
}

/// A kind of event a provider has to notify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotificationKind {
    /// Change of ownership.
    ChangeOfOwnership,
    /// Change of safeguarding lead or responsible individual.
    ChangeOfSafeguardingLead,
    /// A safeguarding issue.
    SafeguardingIssue,
    /// Intention to close.
    IntentionToClose,
}

impl Choice for NotificationKind {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::ChangeOfOwnership, "Change of ownership"),
        (Self::ChangeOfSafeguardingLead, "Change of safeguarding lead"),
        (Self::SafeguardingIssue, "Safeguarding issue"),
        (Self::IntentionToClose, "Intention to close"),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_word_in_any_case_but_not_its_neighbour() {
        assert_eq!(NoticeKind::parse(" formal\u{a0}WARNING "), Some(NoticeKind::FormalWarning));
        assert_eq!(NoticeKind::parse("Formal warnings"), None);
        assert!(NoticeKind::advice("Formal warnings").starts_with("did you mean “Formal warning”?"));
        assert_eq!(YesNo::advice("perhaps"), "choose one of: Yes, No");
        assert_eq!(ProviderStatus::Barred.word(), "Barred");
    }

    #[test]
    fn every_word_is_its_own() {
        fn check<T: Choice + std::fmt::Debug>() {
            for (choice, word) in T::WORDS {
                assert_eq!(T::parse(word), Some(*choice));
                assert_eq!(choice.word(), *word);
            }
        }
        check::<ProviderStatus>();
        check::<Addressing>();
        check::<NoticeKind>();
        check::<YesNo>();
        check::<NotificationKind>();
    }
}
