//! What a provider wrote on the sheet “Council feedback” of a copy that it sent back, and what became of the queries on it.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::place::{CellAddress, CellRef};
use super::submission::ChangedCell;

/// The sheet as it came back. All of it is the provider's word: also what the council once wrote there.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReturnedSheet {
    /// Its name in the file that came back.
    #[serde(with = "super::shared")]
    pub sheet: Arc<str>,
    /// Its title; empty where there is none.
    pub title: String,
    /// SHA-256 of the return it is about, in hexadecimal.
    pub sha256: Option<String>,
    /// Whether the table of queries was found.
    pub has_queries: bool,
    /// The queries as they stand there.
    pub queries: Vec<QuotedQuery>,
    /// The rows of the action plan with anything in the columns that are the provider's to fill in.
    pub plan: Vec<PlanEntry>,
    /// Words among the queries that stand in no column of theirs, or on no line of one.
    pub misplaced: Vec<Response>,
}

/// A query as it stands on a sheet that came back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct QuotedQuery {
    /// Its number.
    pub number: Option<usize>,
    /// The sheet of the return.
    pub sheet: String,
    /// The cell of the return.
    pub cell: String,
    /// What was found.
    pub found: String,
    /// What was asked for.
    pub asked: String,
    /// The provider's answer.
    pub response: Option<Response>,
}

/// Words of the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The cell of the sheet that came back.
    pub cell: CellAddress,
    /// The words.
    pub text: String,
}

/// A row of the action plan as the provider filled it in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanEntry {
    /// The row's number on the sheet that came back, from 1.
    pub row: u32,
    /// The KPI.
    pub kpi: String,
    /// Issue or reason identified.
    pub issue: String,
    /// Action to be taken.
    pub action: String,
    /// Expected outcomes.
    pub outcomes: String,
    /// Timescale.
    pub timescale: String,
}

/// What became of a query in the version that came with the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QueryState {
    /// No longer found.
    Settled,
    /// Still found, and the provider says why.
    Answered,
    /// Still found, and the provider says nothing.
    NoAnswer,
    /// Still found, and the officer accepts it.
    Accepted,
    /// It cannot be looked for: nothing of that version could be used, or what it is about is not there.
    NotChecked,
}

impl QueryState {
    /// Every state, in the order in which they are explained.
    pub const ALL: [Self; 5] =
        [Self::Settled, Self::Answered, Self::NoAnswer, Self::Accepted, Self::NotChecked];

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Settled => "Settled",
            Self::Answered => "Answered",
            Self::NoAnswer => "No answer",
            Self::Accepted => "Accepted",
            Self::NotChecked => "Not checked",
        }
    }

    /// The word as it stands in `results.json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Answered => "answered",
            Self::NoAnswer => "no-answer",
            Self::Accepted => "accepted",
            Self::NotChecked => "not-checked",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Settled => "It is no longer found in the return that came with the answers.",
            Self::Answered => "It is still found there; the provider says why.",
            Self::NoAnswer => "It is still found there, and the provider says nothing.",
            Self::Accepted => "It is still found there; the council has accepted it.",
            Self::NotChecked => {
                "It could not be looked for there: the return could not be used, or what the query is about is missing."
            }
        }
    }
}

/// A query of an earlier version, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct AnsweredQuery {
    /// Its number on the sheet that came back; `None` when it does not stand there.
    pub number: Option<usize>,
    /// What was found in the earlier version.
    pub finding: Finding,
    /// What is found of it in the version that came with the answers.
    pub still: Option<Finding>,
    /// What the provider says.
    pub response: Option<Response>,
    /// Its cell and the others involved, as far as they changed.
    pub changed: Vec<ChangedCell>,
    /// What stands in its cell in both versions; `None` where it changed, or no one figure stands there.
    pub unchanged: Option<String>,
    /// What became of it.
    pub state: QueryState,
    /// When the version came that is rated, where that is a later one in which the query is no longer found.
    pub settled_since: Option<NaiveDate>,
}

/// The answers that came back with one copy of a return.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The file that came back, its path below the workspace.
    pub file: Arc<str>,
    /// When it came.
    pub received: NaiveDate,
    /// The sheet with the answers.
    pub sheet: Arc<str>,
    /// The place of the version that was queried among the versions of the return.
    pub version: usize,
    /// When that version came.
    pub about: NaiveDate,
    /// Whether the copy holds the values of the version that was queried, and nothing was changed but the answers.
    pub same_values: bool,
    /// What was asked, in the order in which it was asked.
    pub queries: Vec<AnsweredQuery>,
    /// The action plan as far as the provider filled it in.
    pub plan: Vec<PlanEntry>,
}

impl Reply {
    /// The cell of an answer.
    pub fn place(&self, response: &Response) -> CellRef {
        CellRef { file: self.file.clone(), sheet: self.sheet.clone(), cell: response.cell }
    }
}
