//! The officer's records of one provider and contract, as far as assessment goes by them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::period::{Period, long_date};
use crate::domain::place::CellAddress;
use crate::domain::quantity::Quantity;
use crate::review::action_log::RecordedAction;
use crate::review::correspondence::Recipients;
use crate::review::{ActionRow, DateLine};
use crate::rules::facts::NoticeFact;

/// The officer's records of one provider and contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// Provider's name as in the register.
    pub provider: String,
    /// First day of the contract with this provider, inclusive.
    pub start: NaiveDate,
    /// Last day, inclusive, where there is one.
    pub end: Option<NaiveDate>,
    /// Extensions of due dates.
    pub extensions: Vec<Extension>,
    /// Returns disposed of under the council's retention.
    pub disposed: Vec<Disposed>,
    /// Notices, in order of date.
    pub notices: Vec<NoticeFact>,
    /// Reliefs.
    pub reliefs: Vec<Relief>,
    /// Actions agreed.
    pub actions: Vec<ActionRow>,
    /// Those of them that are open and say by when, in order of date.
    pub dated_actions: Vec<DateLine>,
    /// The same with whose they are and how far, in the same order.
    pub action_log: Vec<RecordedAction>,
    /// Standing of the provider and of its services, where it is not active.
    pub standings: Vec<Standing>,
    /// Boroughs that buy from the provider or any of its services, each once.
    pub boroughs: Vec<String>,
    /// Events notified, in order of date.
    pub notifications: Vec<Notification>,
    /// Meetings, in order of date.
    pub meetings: Vec<Meeting>,
    /// Alerts, in order of date.
    pub alerts: Vec<Alert>,
    /// Reviews planned of it, in order of date, those without a date last.
    pub reviews: Vec<PlannedReview>,
    /// First day on which the contract with this provider may be broken off, where there is one.
    pub break_on: Option<NaiveDate>,
    /// Scores for the ranking, by the register's column; `None` is not scored.
    pub scores: BTreeMap<String, Option<Quantity>>,
    /// Who draft e-mails about its returns are addressed to.
    pub recipients: Recipients,
}

impl Records {
    /// The records of a provider of which nothing is recorded but its start.
    pub fn of(provider: impl Into<String>, start: NaiveDate) -> Self {
        Self {
            provider: provider.into(),
            start,
            end: None,
            extensions: Vec::new(),
            disposed: Vec::new(),
            notices: Vec::new(),
            reliefs: Vec::new(),
            actions: Vec::new(),
            dated_actions: Vec::new(),
            action_log: Vec::new(),
            standings: Vec::new(),
            boroughs: Vec::new(),
            notifications: Vec::new(),
            meetings: Vec::new(),
            alerts: Vec::new(),
            reviews: Vec::new(),
            break_on: None,
            scores: BTreeMap::new(),
            recipients: Recipients::default(),
        }
    }
}

/// Standing of a provider or of one of its services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The service; `None` is the whole provider.
    pub service: Option<String>,
    /// The register's word, such as `Suspended`.
    pub word: String,
    /// First day, inclusive, where it is recorded.
    pub since: Option<NaiveDate>,
    /// The day it ended, where it has.
    pub until: Option<NaiveDate>,
}

impl Standing {
    /// In words: `Ash House is suspended since 3 March 2026: no new referrals.`
    pub fn words(&self, provider: &str) -> String {
        let who = self.service.as_deref().unwrap_or(provider);
        let word = self.word.to_lowercase();
        match (self.since, self.until) {
            (Some(since), Some(until)) => format!(
                "{who} was {word} from {} to {}: no new referrals in that time.",
                long_date(since),
                long_date(until)
            ),
            (Some(since), None) => format!("{who} is {word} since {}: no new referrals.", long_date(since)),
            (None, _) => format!("{who} is {word}: no new referrals."),
        }
    }

    /// Whether a pack for `period` has to say so: it lasts, or held on a day of the period.
    pub fn concerns(&self, period: &Period) -> bool {
        self.until
            .is_none_or(|until| until >= period.from && self.since.is_none_or(|since| since <= period.to))
    }
}

/// An event the provider notified, or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Kind, as the register writes it.
    pub kind: String,
    /// The service it concerns.
    pub service: Option<String>,
    /// The day of the event.
    pub event: NaiveDate,
    /// The day it was notified, when it was.
    pub notified: Option<NaiveDate>,
    /// Note.
    pub note: Option<String>,
    /// The register's cell.
    pub cell: CellAddress,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The day.
    pub date: NaiveDate,
    /// Kind, as the register writes it.
    pub kind: Option<String>,
    /// Whether the provider came; `None` until it is recorded.
    pub attended: Option<bool>,
    /// The day the draft minutes went out.
    pub minutes_sent: Option<NaiveDate>,
    /// The register's cell.
    pub cell: CellAddress,
}

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// The service it concerns.
    pub service: Option<String>,
    /// The day it was raised.
    pub raised: NaiveDate,
    /// Why.
    pub reason: String,
    /// Whether the provider knows; `None` where it is not said.
    pub provider_told: Option<bool>,
    /// The day it is reviewed.
    pub review: Option<NaiveDate>,
    /// The day it was closed.
    pub closed: Option<NaiveDate>,
}

/// A review in the forward plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedReview {
    /// The day of the meeting, where it is set.
    pub planned: Option<NaiveDate>,
    /// Role of the lead officer.
    pub lead_officer: Option<String>,
    /// Scores by the register's column; `None` is not scored.
    pub scores: BTreeMap<String, Option<Quantity>>,
    /// Last day of the contract reviewed, inclusive.
    pub contract_end: Option<NaiveDate>,
    /// The day of the last audit.
    pub last_audit: Option<NaiveDate>,
    /// The day of the next audit on the timetable.
    pub next_audit: Option<NaiveDate>,
    /// The committee that asked for it.
    pub requested_by: Option<String>,
}

/// A due date moved by the officer.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// Form id.
    pub form: String,
    /// Period.
    pub period: Period,
    /// New due date, inclusive.
    pub due: NaiveDate,
    /// Why.
    pub reason: String,
}

/// A return that came in and was disposed of since.
#[derive(Debug, Clone, PartialEq)]
pub struct Disposed {
    /// Form id.
    pub form: String,
    /// Period.
    pub period: Period,
    /// The area it was for; `None` is every area.
    pub area: Option<String>,
    /// The day it was disposed of.
    pub on: NaiveDate,
}

/// Relief from a KPI in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Relief {
    /// KPI reference.
    pub kpi: String,
    /// Period.
    pub period: Period,
    /// Why, and since when it is agreed, in words.
    pub reason: String,
}
