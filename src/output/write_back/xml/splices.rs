//! Changes to a text by byte range.

use std::ops::Range;

use super::scan::{Element, Open};
use crate::output::write_back::not_safe::NotSafe;

/// Changes that are made all at once; the ranges are those of the text as it was.
#[derive(Debug, Default)]
pub struct Splices {
    edits: Vec<(Range<usize>, String)>,
}

impl Splices {
    /// Puts `text` at `at`, behind what was put there before.
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.edits.push((at..at, text.into()));
    }

    /// Puts `text` in the place of `range`.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// Takes `range` out.
    pub fn remove(&mut self, range: Range<usize>) {
        self.edits.push((range, String::new()));
    }

    /// Gives an element the attribute, in the place of its present value where it has one. `value` is escaped already.
    pub fn set_attribute(&mut self, open: &Open<'_>, name: &str, value: &str) {
        match open.value_range(name) {
            Some(range) => self.replace(range, value),
            None => self.insert(open.attributes_end(), format!(" {name}=\"{value}\"")),
        }
    }

    /// Puts `text` at the end of an element, whose closing tag begins at `close`; an empty element is opened for it.
    pub fn append(&mut self, open: &Open<'_>, close: usize, text: impl Into<String>) {
        let text = text.into();
        if open.empty {
            let name = open.element.name();
            let slash = open.range.end.saturating_sub(2);
            self.replace(slash..open.range.end, format!(">{text}</{}>", name.as_ref()));
        } else {
            self.insert(close, text);
        }
    }

    /// As [`Self::set_attribute`], of an element whose place was kept.
    pub fn set_attribute_of(&mut self, element: &Element, name: &str, value: &str) {
        match element.value_range(name) {
            Some(range) => self.replace(range, value),
            None => self.insert(element.attributes_end(), format!(" {name}=\"{value}\"")),
        }
    }

    /// As [`Self::append`], of an element whose place was kept.
    pub fn append_to(&mut self, element: &Element, text: impl Into<String>) {
        let text = text.into();
        if element.empty {
            let slash = element.range.end.saturating_sub(2);
            self.replace(slash..element.range.end, format!(">{text}</{}>", element.name));
        } else {
            self.insert(element.close, text);
        }
    }

    /// Whether nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The text with all changes made.
    ///
    /// # Errors
    ///
    /// When two changes touch the same bytes, which means that the part was misunderstood.
    pub fn apply(mut self, part: &str, text: &str) -> Result<String, NotSafe> {
        // Stable: what was put at one place stays in the order in which it was put there.
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let more: usize = self.edits.iter().map(|(_, text)| text.len()).sum();
        let mut written = String::with_capacity(text.len() + more);
        let mut done = 0;
        for (range, own) in &self.edits {
            let before = text.get(done..range.start);
            let (Some(before), true) = (before, range.start <= range.end && text.is_char_boundary(range.end))
            else {
                return Err(NotSafe::not_understood(part, format!("two changes at byte {}", range.start)));
            };
            written.push_str(before);
            written.push_str(own);
            done = range.end;
        }
        written.push_str(text.get(done..).unwrap_or_default());
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Scan, Step};
    use super::*;

    fn opens(text: &str) -> Vec<Open<'_>> {
        let mut scan = Scan::new("a", text);
        let mut opens = Vec::new();
        while let Some(step) = scan.next().unwrap() {
            if let Step::Open(open) = step {
                opens.push(open);
            }
        }
        opens
    }

    #[test]
    fn changes_are_made_where_they_belong() {
        let text = "\u{feff}<a  x='1'><b y=\"2\" /><c/></a>";
        let opens = opens(text);
        let mut splices = Splices::default();
        splices.set_attribute(&opens[0], "x", "10");
        splices.set_attribute(&opens[0], "z", "3");
        splices.set_attribute(&opens[1], "w", "4");
        splices.set_attribute(&opens[2], "v", "5");
        splices.append(&opens[2], 0, "<d/>");
        splices.append(&opens[0], text.len() - 4, "<e/>");
        splices.append(&opens[0], text.len() - 4, "<f/>");
        assert_eq!(
            splices.apply("a", text).unwrap(),
            "\u{feff}<a  x='10' z=\"3\"><b y=\"2\" w=\"4\" /><c v=\"5\"><d/></c><e/><f/></a>"
        );
    }

    #[test]
    fn two_changes_of_the_same_bytes_are_refused() {
        let mut splices = Splices::default();
        splices.replace(1..3, "x");
        splices.remove(2..4);
        assert!(splices.apply("a", "abcdef").is_err());
        let mut splices = Splices::default();
        splices.remove(4..9);
        assert!(splices.apply("a", "abcdef").is_err());
    }
}
