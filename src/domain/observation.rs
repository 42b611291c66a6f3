//! What a return says: figures, passages of text and records of a log, each with its cell.

use std::collections::BTreeMap;

use super::answer::Answer;
use super::place::CellRef;

/// One figure or passage of one table: a row, a column and, where the form has them, an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Table id in the definition.
    pub table: String,
    /// Row id: an item of the definition, or the folded label of a breakdown row below one.
    pub row: String,
    /// The breakdown's label as written, for rows below an item.
    pub breakdown: Option<String>,
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
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What stands there.
    pub answer: Answer,
    /// Where.
    pub place: CellRef,
}

/// One row of a log.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRecord {
    /// Table id in the definition.
    pub table: String,
    /// Area, where the log has such a column and it names one.
    pub area: Option<String>,
    /// Fields by column id.
    pub fields: BTreeMap<String, Field>,
}
