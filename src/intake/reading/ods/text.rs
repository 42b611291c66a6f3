//! The text of cells, which OpenDocument keeps in paragraphs.

use quick_xml::events::BytesRef;

use crate::intake::reading::MAX_CELL_TEXT;

/// Bytes after which nothing more is collected: the cell is beyond the limit.
const ENOUGH: usize = 4 * (MAX_CELL_TEXT + 1);

/// A cell's paragraphs while they are read. Any white space is one space; at the ends of a paragraph it counts unless it
/// breaks the line, as then it is there for the looks of the file.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    text: String,
    begun: bool,
    /// A space that holds if a letter follows, or if it does not break the line.
    space: Option<bool>,
    at_start: bool,
}

impl Paragraphs {
    /// A paragraph begins.
    pub(super) fn begin(&mut self) {
        if self.begun {
            self.text.push('\n');
        }
        (self.begun, self.at_start) = (true, true);
    }

    /// A paragraph ends.
    pub(super) fn end(&mut self) {
        if self.space.take() == Some(false) {
            self.text.push(' ');
        }
    }

    /// Text as written.
    pub(super) fn push(&mut self, text: &str) {
        for mark in text.chars() {
            if self.text.len() > ENOUGH {
                return;
            }
            if matches!(mark, ' ' | '\t' | '\n' | '\r') {
                self.space = Some(self.space.unwrap_or(false) || mark == '\n');
            } else {
                self.push_exactly(mark, 1);
            }
        }
    }

    /// A mark that stands for itself: spaces, tabs and line ends come as elements where they matter.
    pub(super) fn push_exactly(&mut self, mark: char, count: usize) {
        if let Some(breaks) = self.space.take()
            && !(breaks && self.at_start)
        {
            self.text.push(' ');
        }
        self.at_start = false;
        let room = ENOUGH.saturating_sub(self.text.len());
        self.text.extend(std::iter::repeat_n(mark, count.min(room)));
    }

    /// The text of all paragraphs; `None` when there was none.
    pub(super) fn finish(self) -> Option<String> {
        self.begun.then_some(self.text)
    }
}

/// What a reference such as `&amp;` stands for; entities of the document's own are not followed.
pub(super) fn entity(reference: &BytesRef) -> String {
    if let Ok(Some(mark)) = reference.resolve_char_ref() {
        return mark.to_string();
    }
    quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()).unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_spaces_that_count() {
        let mut text = Paragraphs::default();
        text.begin();
        text.push("\n   Key  ");
        text.push(" work");
        text.push_exactly(' ', 2);
        text.push("sessions \n");
        text.end();
        text.begin();
        text.push(" held ");
        text.end();
        assert_eq!(text.finish().as_deref(), Some("Key work  sessions\n held "));
        assert_eq!(Paragraphs::default().finish(), None);
    }

    #[test]
    fn collects_no_more_than_can_be_used() {
        let mut text = Paragraphs::default();
        text.begin();
        text.push_exactly(' ', usize::MAX);
        text.push(&"é".repeat(200_000));
        assert!(text.finish().unwrap().len() < ENOUGH + 8);
    }
}
