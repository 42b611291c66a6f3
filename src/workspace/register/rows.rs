//! The rows of the register, one type a list.

use chrono::NaiveDate;

use super::choices::{Addressing, NoticeKind, NotificationKind, ProviderStatus};
use super::file_names::FileName;
use super::placed::Placed;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::quantity::Quantity;

/// A provider under one contract, or one of its services.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// Where the row stands.
    pub place: CellRef,
    /// Name, as it stands in packs.
    pub name: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Contract id in lower case.
    pub contract: Placed<String>,
    /// First day of the contract, inclusive.
    pub start: Option<NaiveDate>,
    /// Day on which the contract can be broken.
    pub break_date: Option<NaiveDate>,
    /// Last day of the contract, inclusive.
    pub end: Option<Placed<NaiveDate>>,
    /// Address for drafts.
    pub email: Option<String>,
    /// The service the row is for; `None` is the whole provider.
    pub service: Option<String>,
    /// Status.
    pub status: ProviderStatus,
    /// First day of the status, inclusive.
    pub status_since: Option<NaiveDate>,
    /// Boroughs that buy.
    pub boroughs: Vec<String>,
}

/// A further address.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// Where the row stands.
    pub place: CellRef,
    /// Provider's name as in Providers; `None` is the council's own officer.
    pub provider: Option<Placed<String>>,
    /// Contract id in lower case; `None` is all.
    pub contract: Option<Placed<String>>,
    /// Role.
    pub role: Option<String>,
    /// Address.
    pub email: String,
    /// Addressee or copy.
    pub addressing: Addressing,
}

/// The day a file came in.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Where the row stands.
    pub place: CellRef,
    /// File as written.
    pub file: String,
    /// The day.
    pub received: NaiveDate,
    pub(super) name: FileName,
}

/// A file left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Ignored {
    /// Where the row stands.
    pub place: CellRef,
    /// File as written.
    pub file: String,
    /// Why.
    pub reason: String,
    pub(super) name: FileName,
}

/// A due date put off.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// Where the row stands.
    pub place: CellRef,
    /// Provider's name as in Providers.
    pub provider: Placed<String>,
    /// Contract id in lower case.
    pub contract: Placed<String>,
    /// Form as written.
    pub form: Placed<String>,
    /// Period as written.
    pub period: Placed<String>,
    /// The last day in time, inclusive.
    pub due: Placed<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
}

/// What an accepted finding is about.
#[derive(Debug, Clone, PartialEq)]
pub enum AcceptedSubject {
    /// A file, as written.
    File(String),
    /// Every return of one form of one provider.
    Form {
        /// Provider's name as in Providers.
        provider: String,
        /// Form as written.
        form: Placed<String>,
    },
}

/// A finding the officer accepts.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// Where the row stands.
    pub place: CellRef,
    /// What it is about.
    pub subject: AcceptedSubject,
    /// Sheet; `None` is all.
    pub sheet: Option<String>,
    /// Cell; `None` is all.
    pub cell: Option<CellAddress>,
    /// The finding's code as written.
    pub finding: Placed<String>,
    /// Why; empty when not said.
    pub reason: String,
    /// The day it was accepted.
    pub date: Option<NaiveDate>,
}

/// A notice or other record about a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Where the row stands.
    pub place: CellRef,
    /// The day the provider received it.
    pub date: Placed<NaiveDate>,
    /// Provider's name as in Providers.
    pub provider: Placed<String>,
    /// Contract id in lower case.
    pub contract: Placed<String>,
    /// What it is.
    pub kind: NoticeKind,
    /// KPI's reference.
    pub kpi: Option<Placed<String>>,
    /// The day by which it is reviewed.
    pub review_date: Option<NaiveDate>,
    /// Note.
    pub note: Option<String>,
}

/// A KPI the provider is relieved of: shown, not counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Relief {
    /// Where the row stands.
    pub place: CellRef,
    /// Provider's name as in Providers.
    pub provider: Placed<String>,
    /// Contract id in lower case.
    pub contract: Placed<String>,
    /// KPI's reference.
    pub kpi: Placed<String>,
    /// Period as written.
    pub period: Placed<String>,
    /// Why; empty when not said.
    pub reason: String,
    /// The day it was agreed.
    pub agreed_on: Option<NaiveDate>,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Where its date stands.
    pub place: CellRef,
    /// The day.
    pub date: NaiveDate,
    /// Provider's name as in Providers; `None` is a meeting with all.
    pub provider: Option<Placed<String>>,
    /// Contract id in lower case.
    pub contract: Placed<String>,
    /// Kind.
    pub kind: Option<String>,
    /// Whether the provider came; `None` until it is recorded.
    pub attended: Option<bool>,
    /// The day the draft minutes went out.
    pub minutes_sent: Option<NaiveDate>,
    /// Note.
    pub note: Option<String>,
}

/// An action agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Where the row stands.
    pub place: CellRef,
    /// Provider's name as in Providers.
    pub provider: Placed<String>,
    /// Contract id in lower case.
    pub contract: Placed<String>,
    /// KPI's reference.
    pub kpi: Option<Placed<String>>,
    /// Current performance level; empty when blank, as the texts below.
    pub current: String,
    /// Issue or reason identified.
    pub issue: String,
    /// Action to be taken.
    pub action: String,
    /// Expected outcomes.
    pub outcomes: String,
    /// Timescale.
    pub timescale: String,
    /// Status.
    pub status: String,
    /// Whose it is, as written.
    pub owner: String,
    /// The day it was agreed.
    pub agreed_on: Option<NaiveDate>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
}

/// An event a provider has to notify.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// Where the row stands.
    pub place: CellRef,
    /// Provider's name as in Providers.
    pub provider: Placed<String>,
    /// The service it concerns; `None` is the whole provider.
    pub service: Option<String>,
    /// What happened.
    pub kind: NotificationKind,
    /// The day of the event; for an intention to close the day of closing.
    pub event: Placed<NaiveDate>,
    /// The day the council was told; `None` until it is.
    pub notified: Option<Placed<NaiveDate>>,
    /// Note.
    pub note: Option<String>,
}

/// An alert about a provider or one of its services.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// Where the row stands.
    pub place: CellRef,
    /// Provider's name as in Providers.
    pub provider: Placed<String>,
    /// The service it concerns; `None` is the whole provider.
    pub service: Option<String>,
    /// The day it was raised.
    pub raised: Placed<NaiveDate>,
    /// Why.
    pub reason: Option<String>,
    /// Whether the provider was told; `None` when not recorded.
    pub told: Option<bool>,
    /// The day it is to be reviewed.
    pub review_date: Option<Placed<NaiveDate>>,
    /// The day it was closed; `None` while it is open.
    pub closed: Option<NaiveDate>,
}

/// A provider's scores for strategic meetings. `None` is not scored, never zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Priority {
    /// Where the row stands.
    pub place: CellRef,
    /// Provider's name as in Providers.
    pub provider: Placed<String>,
    /// A new provider or service.
    pub new: Option<Quantity>,
    /// Concerns.
    pub concerns: Option<Quantity>,
    /// Spend.
    pub spend: Option<Quantity>,
    /// Volumes.
    pub volumes: Option<Quantity>,
    /// Risk.
    pub risk: Option<Quantity>,
    /// Strategic weight.
    pub strategic: Option<Quantity>,
    /// Area.
    pub area: Option<Quantity>,
}

impl Priority {
    /// Each score by its column; `None` is not scored.
    pub fn scores(&self) -> [(&'static str, Option<Quantity>); 7] {
        [
            ("New", self.new),
            ("Concerns", self.concerns),
            ("Spend", self.spend),
            ("Volumes", self.volumes),
            ("Risk", self.risk),
            ("Strategic", self.strategic),
            ("Area", self.area),
        ]
    }
}

/// A contract in the forward plan of reviews. Scores of `None` are not scored, never zero.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedReview {
    /// Where the row stands.
    pub place: CellRef,
    /// The contract reviewed, as written; it need not have a definition.
    pub contract: Placed<String>,
    /// The role of the lead officer.
    pub lead_officer: Option<String>,
    /// Score for its value.
    pub value: Option<Quantity>,
    /// Score for its complexity.
    pub complexity: Option<Quantity>,
    /// Score for its risk.
    pub risk: Option<Quantity>,
    /// Last day of the contract, inclusive.
    pub contract_end: Option<NaiveDate>,
    /// The day of the last audit.
    pub last_audit: Option<NaiveDate>,
    /// The day of the next audit on the timetable.
    pub next_audit: Option<NaiveDate>,
    /// Score for its strategic importance.
    pub strategic: Option<Quantity>,
    /// The committee that asked for the review.
    pub requested_by: Option<String>,
    /// The day planned for the meeting.
    pub planned: Option<NaiveDate>,
}

impl PlannedReview {
    /// Scores by the heading of their column; `None` is not scored.
    pub fn scores(&self) -> [(&'static str, Option<Quantity>); 4] {
        [
            ("Value", self.value),
            ("Complexity", self.complexity),
            ("Risk", self.risk),
            ("Strategic", self.strategic),
        ]
    }
}
