//! The small parts every page is made of, as templates get them.

use serde::Serialize;

use crate::domain::escalation::EscalationStatus;
use crate::domain::finding::Severity;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::output::palette;
use crate::review::ladder::LadderState;
use crate::review::report::Compliance;

use super::engine::Pages;
use super::style;

/// What the frame of every page needs.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// Title of the document.
    title: String,
    /// Whose page it is, at the top.
    organisation: String,
    /// The service, after it.
    service: Option<String>,
    /// A sentence at the foot.
    footer: Option<String>,
    /// Whom to ask, at the foot.
    contact: Option<String>,
    /// The sections there are, in order.
    contents: Vec<Entry>,
    /// Whether it prints in landscape.
    wide: bool,
    /// The style sheet.
    #[serde(skip)]
    css: String,
}

impl Frame {
    /// The frame of a page called `title`; `left` and `right` stand at the head of every printed sheet. Where the settings name
    /// the council, it stands in the band in the place of `organisation`.
    pub fn new(
        pages: &Pages,
        title: String,
        organisation: String,
        left: &str,
        right: &str,
        contents: Vec<Entry>,
    ) -> Self {
        let look = pages.look();
        Self {
            title,
            organisation: look.council.clone().unwrap_or(organisation),
            service: look.service.clone(),
            footer: look.footer.clone(),
            contact: look.contact.clone(),
            contents,
            wide: false,
            css: style::sheet(pages.sheets(), look, left, right),
        }
    }

    /// The same page, printed in landscape.
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    /// The frame of a letter, which has a style of its own and no contents.
    pub fn of_letter(pages: &Pages, title: String, organisation: String, left: &str, right: &str) -> Self {
        let css = style::letter_sheet(pages.sheets(), pages.look(), left, right);
        Self { css, ..Self::new(pages, title, organisation, left, right, Vec::new()) }
    }

    /// The style sheet.
    pub(super) fn css(&self) -> &str {
        &self.css
    }
}

/// A line of the contents.
#[derive(Debug, Serialize)]
pub struct Entry {
    id: String,
    label: String,
}

impl Entry {
    /// The section with the given id.
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into() }
    }
}

/// A word with a shape and a colour; the word alone says it all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    class: &'static str,
    shape: char,
    word: String,
}

impl Tag {
    /// The tag with a number before the word: `■ 2 Red`.
    pub fn counted(rating: Rating, number: usize) -> Self {
        let tag = Self::from(rating);
        Self { word: format!("{number} {}", tag.word), ..tag }
    }

    /// A word with its class and shape.
    pub(super) fn of(class: &'static str, shape: char, word: &str) -> Self {
        Self { class, shape, word: word.to_string() }
    }

    /// The same look with other words.
    pub fn saying(self, word: impl Into<String>) -> Self {
        Self { word: word.into(), ..self }
    }
}

impl From<Compliance> for Tag {
    fn from(compliance: Compliance) -> Self {
        Self::from(palette::of_compliance(compliance)).saying(compliance.word())
    }
}

impl From<Rating> for Tag {
    fn from(rating: Rating) -> Self {
        let swatch = palette::swatch(rating);
        Self { class: swatch.class, shape: swatch.shape, word: rating.word().to_string() }
    }
}

impl From<EscalationStatus> for Tag {
    fn from(status: EscalationStatus) -> Self {
        let (class, shape) = match status {
            EscalationStatus::Triggered => ("strong", '◆'),
            EscalationStatus::Watch => ("plain", '◇'),
        };
        Self { class, shape, word: status.word().to_string() }
    }
}

impl From<LadderState> for Tag {
    fn from(state: LadderState) -> Self {
        let (class, shape) = match state {
            LadderState::Met => ("strong", '◆'),
            LadderState::Watch => ("plain", '◇'),
            LadderState::Near => ("near", '›'),
            LadderState::NotMet => ("quiet", '–'),
        };
        Self { class, shape, word: state.word().to_string() }
    }
}

impl From<SubmissionStatus> for Tag {
    fn from(status: SubmissionStatus) -> Self {
        let (class, shape) = match status {
            SubmissionStatus::OnTime => ("plain", '✓'),
            SubmissionStatus::Late => ("strong", '!'),
            SubmissionStatus::Unproven => ("plain", '?'),
            SubmissionStatus::Missing => ("strong", '✕'),
            SubmissionStatus::NotYetDue => ("plain", '…'),
        };
        Self { class, shape, word: status.word().to_string() }
    }
}

impl From<Severity> for Tag {
    fn from(severity: Severity) -> Self {
        let (class, shape) = match severity {
            Severity::Error => ("strong", '✕'),
            Severity::Warning => ("plain", '!'),
            Severity::Info => ("plain", 'i'),
        };
        Self { class, shape, word: severity.word().to_string() }
    }
}

/// What each rating means, for those who see the page for the first time.
#[derive(Debug, Serialize)]
pub struct LegendRow {
    tag: Tag,
    meaning: &'static str,
}

/// The ratings with their meanings.
pub fn legend() -> Vec<LegendRow> {
    [
        (Rating::Stretch, "Better than the target by the margin the contract calls stretch."),
        (Rating::Green, "The target was met."),
        (Rating::Amber, "Below the target, but not in the contract’s red band."),
        (Rating::Red, "The target was missed, or the figure lies in the contract’s red band."),
        (Rating::NotRated, "The contract sets no target."),
        (Rating::NoActivity, "Nothing happened in the period that could be measured."),
        (Rating::NoReturn, "The return was due and has not been received."),
        (Rating::Invalid, "A return was received, but this figure cannot be used."),
    ]
    .into_iter()
    .map(|(rating, meaning)| LegendRow { tag: rating.into(), meaning })
    .collect()
}
