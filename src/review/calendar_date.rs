//! A date for the calendar: which obligation it is of, apart from its day and its wording, so that a later calendar moves it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What kind of date it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DateKind {
    /// The last day on which a return is on time.
    ReturnDue,
    /// A meeting, as recorded or as the contract proposes it.
    Meeting,
    /// What is due before a meeting.
    BeforeMeeting,
    /// Draft minutes to be sent, or deemed agreed.
    Minutes,
    /// The last day for what the contract asks once.
    Duty,
    /// The last day to act on a condition that is met.
    ToAct,
    /// The review of a plan or of another notice.
    NoticeReview,
    /// The review of an alert.
    AlertReview,
    /// The last day to notify an event.
    Notification,
    /// The first day on which the contract may be ended.
    Break,
    /// The last day of the contract.
    End,
    /// The last day for an action agreed.
    Action,
}

impl DateKind {
    /// Every kind.
    pub const ALL: [DateKind; 12] = [
        DateKind::ReturnDue,
        DateKind::Meeting,
        DateKind::BeforeMeeting,
        DateKind::Minutes,
        DateKind::Duty,
        DateKind::ToAct,
        DateKind::NoticeReview,
        DateKind::AlertReview,
        DateKind::Notification,
        DateKind::Break,
        DateKind::End,
        DateKind::Action,
    ];

    /// The word that stands for it in identities; it is never changed, or every calendar would have the date twice.
    pub fn id(self) -> &'static str {
        match self {
            DateKind::ReturnDue => "return-due",
            DateKind::Meeting => "meeting",
            DateKind::BeforeMeeting => "before-meeting",
            DateKind::Minutes => "minutes",
            DateKind::Duty => "duty",
            DateKind::ToAct => "to-act",
            DateKind::NoticeReview => "notice-review",
            DateKind::AlertReview => "alert-review",
            DateKind::Notification => "notification",
            DateKind::Break => "break",
            DateKind::End => "end",
            DateKind::Action => "action",
        }
    }

    /// The category by which a calendar sorts and colours it.
    pub fn category(self) -> &'static str {
        match self {
            DateKind::ReturnDue => "Returns",
            DateKind::Meeting | DateKind::BeforeMeeting | DateKind::Minutes => "Meetings",
            DateKind::Duty | DateKind::ToAct | DateKind::Notification => "Last days",
            DateKind::NoticeReview | DateKind::AlertReview => "Reviews",
            DateKind::Break | DateKind::End => "Contracts",
            DateKind::Action => "Actions",
        }
    }

    /// Whether somebody has failed to do something when the day has passed and nothing says it was done.
    pub fn can_be_overdue(self) -> bool {
        matches!(
            self,
            DateKind::ReturnDue
                | DateKind::ToAct
                | DateKind::Duty
                | DateKind::AlertReview
                | DateKind::Notification
                | DateKind::Action
        )
    }
}

/// Whether a date is one provider's alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Whose {
    /// It is: nothing of the kind is set for others by the contract.
    Own,
    /// The contract sets it for all its providers, and for this one it is put off, or a day of its own was agreed.
    Moved,
    /// It is the day that the contract sets for all its providers alike.
    Common,
}

/// A date of one provider under one contract, of the last months or to come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CalendarDate {
    /// The day.
    pub date: NaiveDate,
    /// What kind of date it is.
    pub kind: DateKind,
    /// Which one of its kind: form, period and area, or whatever tells it from the provider's others. Neither its day nor its
    /// wording is among it, and no two dates of a provider have both kind and subject alike.
    pub subject: Vec<String>,
    /// Whether the contract's other providers have it as well.
    pub whose: Whose,
    /// What happens, in words.
    pub what: String,
    /// Clause it follows from; empty when none.
    pub clause: String,
    /// What has become of it, in words: `received on 12 December 2025`; `None` while it is open.
    pub done: Option<String>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_kind_has_a_word_of_its_own() {
        let ids: BTreeSet<&str> = DateKind::ALL.iter().map(|kind| kind.id()).collect();
        assert_eq!(ids.len(), DateKind::ALL.len());
        for kind in DateKind::ALL {
            assert!(kind.id().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{kind:?}");
            // A calendar reads a list of categories by its commas.
            assert!(!kind.category().contains([',', ';', '\\']), "{kind:?}");
        }
    }
}
