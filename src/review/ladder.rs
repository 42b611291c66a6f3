//! The contract's consequences in their order: what is met, what is next, and on what evidence.

use chrono::NaiveDate;

use crate::domain::escalation::Evidence;

/// How a consequence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LadderState {
    /// Its condition is met in the period.
    Met,
    /// It would be met if what is unknown does not show otherwise.
    Watch,
    /// One more event would meet it.
    Near,
    /// Not met.
    NotMet,
}

impl LadderState {
    /// For people.
    pub fn word(self) -> &'static str {
        match self {
            LadderState::Met => "Condition met",
            LadderState::Watch => "Watch",
            LadderState::Near => "One step away",
            LadderState::NotMet => "Not met",
        }
    }
}

/// What a miss in the period that comes next would lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// The KPIs of which it is true, in the contract's order.
    pub kpis: Vec<String>,
    /// Said of all of them, in a sentence.
    pub words: String,
    /// Said of one of them after what its figure is, where it is not true of any KPI alike.
    pub of_one: Option<String>,
}

/// One consequence of the contract, as it stands at the end of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderStep {
    /// Its id in the definition.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// How it stands.
    pub state: LadderState,
    /// A sentence: when it was met, or how far it is.
    pub words: String,
    /// What it rests on, or would.
    pub evidence: Vec<Evidence>,
    /// What follows under the contract.
    pub action: String,
    /// The date to act by, only where a clause gives one; inclusive.
    pub by: Option<NaiveDate>,
}
