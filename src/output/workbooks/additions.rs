//! What a copy of a return has besides the return: the marks of its cells and the sheet of feedback, worded in full.
//!
//! Whoever writes a copy needs nothing else of the review, so that it can be written in another process.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::feedback::{Feedback, HowMade, SHEET_NAME};
use super::feedback_sheet::{self, Line};
use super::marks::{Mark, marks};
use crate::domain::place::CellAddress;

/// What is added to a return.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Additions {
    /// The title of a copy that is made anew, for its properties.
    pub title: String,
    /// Who gives the feedback.
    pub councils: String,
    /// The author of the notes.
    pub author: String,
    /// The marked cells by sheet and cell.
    pub marks: BTreeMap<(Arc<str>, CellAddress), Mark>,
    /// The sheet of feedback, but for the line that says how the copy was made.
    lines: Vec<Line>,
}

impl Additions {
    /// What `feedback` says, in words.
    pub fn of(feedback: &Feedback) -> Self {
        Self {
            title: format!(
                "{SHEET_NAME}: {}, {}, {}",
                feedback.form_title, feedback.provider, feedback.period
            ),
            councils: feedback.councils_in_words(),
            author: feedback.author(),
            marks: marks(feedback),
            lines: feedback_sheet::lines(feedback),
        }
    }

    /// The rows of the sheet of feedback in a copy that was made like that.
    pub fn lines(&self, how_made: HowMade<'_>) -> Vec<Line> {
        feedback_sheet::with_how_made(self.lines.clone(), how_made)
    }
}
