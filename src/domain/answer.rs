//! What a provider put into a cell, with zero, nil, not applicable, not recorded and blank kept apart.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::quantity::Quantity;

/// One answer of a return, read from one cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Nothing in the cell.
    Blank,
    /// A drop-down left untouched (`< Select >`, `Please select`).
    Unanswered,
    /// A number. Percentages are fractions of 1.
    Number(Quantity),
    /// A plain number where a percentage is asked for: numerator and denominator decide between 0.94 and 94.
    PlainPercentage(Quantity),
    /// `nil` or `none`: there were none, said in words. Counts as zero where a count is asked for.
    Nil,
    /// `N/A`, `not applicable`.
    NotApplicable,
    /// `not recorded`, `-`, `not known`.
    NotRecorded,
    /// A date.
    Date(NaiveDate),
    /// Yes.
    Yes,
    /// No.
    No,
    /// Free text, which the cell it was read from shares.
    Text(Arc<str>),
    /// Something that cannot be what was asked for; never counts as zero.
    Unreadable {
        /// What stands in the cell.
        found: String,
        /// Why it cannot be read, in plain words.
        why: String,
    },
}

impl Answer {
    /// The number, with nil as zero; `None` for all else.
    pub fn number(&self) -> Option<Quantity> {
        match self {
            Answer::Number(value) => Some(*value),
            Answer::Nil => Some(Quantity::ZERO),
            _ => None,
        }
    }

    /// The date, if it is one.
    pub fn date(&self) -> Option<NaiveDate> {
        match self {
            Answer::Date(day) => Some(*day),
            _ => None,
        }
    }

    /// Whether nothing was answered.
    pub fn is_blank(&self) -> bool {
        matches!(self, Answer::Blank | Answer::Unanswered)
    }
}
