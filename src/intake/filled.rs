//! What a cell that asks for an answer shows: what is wrong with it, and whether somebody filled it in.

use crate::contract::layout::Asks;
use crate::domain::answer::Answer;
use crate::domain::finding::FindingKind;
use crate::domain::finding_kinds::{
    ANSWER_UNREADABLE, ANSWER_WITH_REMARK, FIGURE_IMPOSSIBLE, FIGURE_NOT_A_NUMBER, FORMULA_NOT_CALCULATED,
    REQUIRED_FIGURE_MISSING,
};
use crate::domain::quantity::{Quantity, Unit, plain};
use crate::domain::text::one_line;

/// What is wrong with an answer in `unit`, with the words that follow the cell's name. `computable` is a formula that need not be
/// calculated in the file, because what it is made of can be read.
pub(super) fn fault(
    answer: &Answer,
    unit: Unit,
    asks: Asks,
    required: bool,
    computable: bool,
) -> Option<(&'static FindingKind, String)> {
    if matches!(asks, Asks::Comment | Asks::Text | Asks::Threshold | Asks::Rating | Asks::Nothing) {
        return None;
    }
    match answer {
        Answer::Number(value) | Answer::PlainPercentage(value) if *value < Quantity::ZERO => {
            Some((&FIGURE_IMPOSSIBLE, "the figure is negative.".into()))
        }
        Answer::Number(value) if unit.is_whole() && !value.fract().is_zero() => {
            Some((&FIGURE_IMPOSSIBLE, format!("{} is not a whole number.", plain(*value))))
        }
        Answer::Unreadable { found, why } => {
            if computable && found.is_empty() {
                return Some((&FORMULA_NOT_CALCULATED, "the formula has no stored result.".into()));
            }
            let found =
                if found.is_empty() { String::new() } else { format!("“{}” — ", one_line(found)) };
            let kind = match asks {
                Asks::Date | Asks::YesNo => &ANSWER_UNREADABLE,
                _ => &FIGURE_NOT_A_NUMBER,
            };
            Some((kind, format!("{found}{why}.")))
        }
        Answer::Blank if required => Some((&REQUIRED_FIGURE_MISSING, "the cell is blank.".into())),
        Answer::Unanswered if required => {
            Some((&REQUIRED_FIGURE_MISSING, "the cell still holds the form's placeholder.".into()))
        }
        // Whether “not applicable” answers a question depends on the evidence beside it.
        Answer::NotApplicable if required && asks != Asks::YesNo => {
            Some((&REQUIRED_FIGURE_MISSING, "given as not applicable where a figure is required.".into()))
        }
        Answer::NotRecorded if required => {
            let what = if asks == Asks::YesNo { "an answer" } else { "a figure" };
            Some((&REQUIRED_FIGURE_MISSING, format!("given as not recorded where {what} is required.")))
        }
        _ => None,
    }
}

/// What is to be known of a cell `shown` that was read as yes or no although it says more, with the words that follow its name.
pub(super) fn with_remark(answer: &Answer, shown: &str) -> Option<(&'static FindingKind, String)> {
    let taken = match answer {
        Answer::Yes => "Yes",
        Answer::No => "No",
        _ => return None,
    };
    let says_more =
        shown.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() > 1;
    says_more.then(|| (&ANSWER_WITH_REMARK, format!("“{}” is read as {taken}.", one_line(shown))))
}

/// Whether a cell shows that the provider filled the form in: an answer that was typed, or computed from something that was. What
/// an untouched form computes is zero or No; a date of today it computes as well.
pub(super) fn is_evidence_of_filling_in(asks: Asks, answer: &Answer, is_formula: bool) -> bool {
    asks.is_answered()
        && match answer {
            Answer::PlainPercentage(value) | Answer::Number(value) => !is_formula || !value.is_zero(),
            Answer::Yes => true,
            Answer::Nil | Answer::No | Answer::Date(_) => !is_formula,
            Answer::NotApplicable => asks == Asks::YesNo && !is_formula,
            _ => false,
        }
}
