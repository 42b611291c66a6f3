//! How a workspace stands, on one screen: what came in, what waits, what is due, what to do next.

use chrono::NaiveDate;
use serde::Serialize;

/// How a file in the folder of returns differs from what the last run found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrival {
    /// Never seen before.
    New,
    /// Other bytes lay at its path.
    Changed,
    /// Its bytes lay at another path: it was moved, renamed or copied.
    Moved,
}

impl Arrival {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Arrival::New => "new",
            Arrival::Changed => "changed",
            Arrival::Moved => "moved or copied",
        }
    }
}

/// A file that came in since the last run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Arrived {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// How it differs.
    pub how: Arrival,
}

/// A file that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Waiting {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// Why, and what to do.
    pub why: String,
}

/// A workbook that somebody has open.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Open {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// Who, as far as that can be told.
    pub by: Option<String>,
}

/// A date, with all the providers of a contract it concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DatedLine {
    /// The day.
    pub date: NaiveDate,
    /// Contract id.
    pub contract: String,
    /// What happens, in words.
    pub what: String,
    /// Whether it is a return that is due.
    pub is_return: bool,
    /// The providers.
    pub providers: Vec<String>,
}

/// A condition of the contract that is met and not settled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ToDecide {
    /// Contract id.
    pub contract: String,
    /// Provider.
    pub provider: String,
    /// The condition's title.
    pub what: String,
    /// Clause.
    pub clause: String,
    /// The period's label.
    pub period: String,
    /// The last day to act, where the contract gives one.
    pub by: Option<NaiveDate>,
}

/// The last run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastRun {
    /// The day a run last looked into the folder of returns, by the ledger.
    pub looked: NaiveDate,
    /// The day as of which the outputs say everything; `None` where there are none.
    pub as_of: Option<NaiveDate>,
    /// What was changed after the outputs were written: register, settings, definitions, templates.
    pub changed_since: Vec<String>,
}

/// Drafts of e-mails in the last run's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DraftsWaiting {
    /// Whether the settings name a server to hand drafts to: where they do not, drafts are sent from elsewhere, and nothing tells
    /// which of them were.
    pub sent_from_here: bool,
    /// How many have not been sent, as far as the journal tells.
    pub waiting: usize,
    /// How many of them have no address.
    pub without_address: usize,
    /// How many have been sent.
    pub sent: usize,
    /// How many may have gone, or may not.
    pub in_doubt: usize,
}

impl DraftsWaiting {
    /// Whether any waits for somebody, as far as that can be told.
    pub fn wait(&self) -> bool {
        self.sent_from_here && self.waiting + self.in_doubt > 0
    }
}

/// Packs of a period that could be issued.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ToIssue {
    /// Contract id.
    pub contract: String,
    /// The period's label.
    pub period: String,
    /// How many packs of it have not been issued, with every return in.
    pub packs: usize,
}

/// How a workspace stands as of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// `quarterday.status/1`.
    pub format: &'static str,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The last run; `None` where there was none.
    pub last_run: Option<LastRun>,
    /// What came in since, in order of path.
    pub arrived: Vec<Arrived>,
    /// What could not be read or is no return, in order of path.
    pub waiting: Vec<Waiting>,
    /// What is open in Excel.
    pub open: Vec<Open>,
    /// Drafts; `None` where the last run wrote no list of them.
    pub drafts: Option<DraftsWaiting>,
    /// What was due before the as-of date and is not done, the newest first.
    pub overdue: Vec<DatedLine>,
    /// What is due from the as-of date to the seventh day after it, both inclusive.
    pub due_this_week: Vec<DatedLine>,
    /// The first date after that week.
    pub then: Option<NaiveDate>,
    /// Conditions that are met and wait for the council to decide.
    pub to_decide: Vec<ToDecide>,
    /// Packs that could be issued.
    pub to_issue: Vec<ToIssue>,
    /// How many files are due for disposal; `None` where the settings do not say how long anything is kept.
    pub due_for_disposal: Option<usize>,
    /// What to do next, the first thing first; none when nothing waits.
    pub next: Vec<String>,
    /// Whether anything waits for somebody.
    pub something_waits: bool,
}
