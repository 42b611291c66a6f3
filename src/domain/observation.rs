//! What a return says: figures, passages of text and records of a log, each with its cell.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::period::Period;
use super::place::CellRef;

/// One figure or passage of one table: a row, a column and, where the form has them, an area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Table id in the definition.
    pub table: String,
    /// Row id of the definition; for breakdown rows the item they stand under.
    pub row: String,
    /// For rows below an item: which breakdown, and which member of it.
    pub breakdown: Option<Breakdown>,
    /// Column id.
    pub column: String,
    /// Area, where the table or sheet belongs to one.
    pub area: Option<String>,
    /// What stands there.
    pub answer: Answer,
    /// Where.
    pub place: CellRef,
    /// What stands there as shown, for people.
    pub shown: String,
}

/// One field of a record of a log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// What stands there.
    pub answer: Answer,
    /// Where.
    pub place: CellRef,
    /// What stands there as shown, for people.
    pub shown: String,
}

/// A figure that a return gives for another period than its own, where its columns go by periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfOtherPeriod {
    /// The period.
    pub period: Period,
    /// The figure.
    pub observation: Observation,
}

/// One row of a log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogRecord {
    /// Table id in the definition.
    pub table: String,
    /// Area, where the log has such a column and it names one.
    pub area: Option<String>,
    /// Group, where the log goes by groups and the record's is known: the id of a row of the table.
    pub group: Option<String>,
    /// Fields by column id.
    pub fields: BTreeMap<String, Field>,
    /// What the record says of other periods than the return's, by column id, where its columns go by periods.
    pub other_periods: Vec<(String, Period, Field)>,
}

/// An entry in the head of a form that is shown as it stands, such as who owns the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadEntry {
    /// Its id in the definition.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What stands there as shown, for people.
    pub shown: String,
    /// Where.
    pub place: CellRef,
}

/// One line of a breakdown below an item, such as `Referral source: GP`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Breakdown {
    /// The breakdown's id in the definition, or its folded prefix when the definition does not know it.
    pub id: String,
    /// The member as written, such as `GP`.
    pub member: String,
}
