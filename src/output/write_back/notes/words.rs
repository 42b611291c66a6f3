//! The words of a note as a reader shows them, each with the bytes it is written in.

use std::ops::Range;

use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Open, Scan, Splices, Step};

/// The words of one note.
#[derive(Debug, Default)]
pub struct Words {
    /// All of them, one run behind the other.
    pub text: String,
    pieces: Vec<Piece>,
    holders: Vec<Holder>,
}

/// Some characters and the bytes they are written in.
#[derive(Debug)]
struct Piece {
    written: Range<usize>,
    within: Range<usize>,
}

/// An element that goes when none of its words is left.
#[derive(Debug)]
struct Holder {
    whole: Range<usize>,
    within: Range<usize>,
}

impl Words {
    /// Takes up the words of an element that has just been opened; where its closing tag begins and ends.
    ///
    /// # Errors
    ///
    /// When the part cannot be followed.
    pub fn read(&mut self, scan: &mut Scan<'_>, open: &Open<'_>) -> Result<Range<usize>, NotSafe> {
        if open.empty {
            return Ok(open.range.end..open.range.end);
        }
        while let Some(step) = scan.next()? {
            match step {
                Step::Text { text, range } => {
                    let start = self.text.len();
                    self.text.push_str(&text);
                    self.pieces.push(Piece { written: range, within: start..self.text.len() });
                }
                Step::Open(inner) => return Err(scan.not_understood(inner.local())),
                Step::Close { range, .. } => return Ok(range),
            }
        }
        Err(scan.damaged("it ends too early"))
    }

    /// Says that the words from `start` on are held by the element of the bytes `whole`.
    pub fn held(&mut self, start: usize, whole: Range<usize>) {
        self.holders.push(Holder { whole, within: start..self.text.len() });
    }

    /// Takes the words in `gone` out of `part_text`, and each element that holds none any more. What else is written
    /// stays as it is.
    pub fn cut(&self, part_text: &str, gone: &[Range<usize>], splices: &mut Splices) {
        let covers = |range: &Range<usize>| {
            !range.is_empty() && gone.iter().any(|own| own.start <= range.start && range.end <= own.end)
        };
        let empty: Vec<&Holder> = self.holders.iter().filter(|holder| covers(&holder.within)).collect();
        for holder in &empty {
            splices.remove(holder.whole.clone());
        }
        for piece in &self.pieces {
            let mut empty = empty.iter();
            if empty.any(|holder| {
                holder.whole.start <= piece.written.start && piece.written.end <= holder.whole.end
            }) {
                continue;
            }
            self.cut_piece(piece, part_text, gone, splices);
        }
    }

    fn cut_piece(&self, piece: &Piece, part_text: &str, gone: &[Range<usize>], splices: &mut Splices) {
        let words = &self.text[piece.within.clone()];
        let own = gone.iter().map(|range| {
            let within = |at: usize| at.clamp(piece.within.start, piece.within.end) - piece.within.start;
            within(range.start)..within(range.end)
        });
        let own: Vec<Range<usize>> = own.filter(|range| !range.is_empty()).collect();
        if own.is_empty() {
            return;
        }
        if part_text.get(piece.written.clone()) == Some(words) {
            for range in own {
                splices.remove(piece.written.start + range.start..piece.written.start + range.end);
            }
            return;
        }
        let mut kept = words.to_string();
        for range in own.into_iter().rev() {
            kept.replace_range(range, "");
        }
        splices.replace(piece.written.clone(), escaped(&kept));
    }
}

/// Words that were in the part already: they hold nothing that XML cannot.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `<c><r>..<t>` runs as the comments do.
    fn words(text: &str) -> Words {
        let mut scan = Scan::new("a", text);
        let mut words = Words::default();
        let mut run = 0;
        while let Some(step) = scan.next().unwrap() {
            let Step::Open(open) = step else { continue };
            match open.local() {
                "r" => run = open.range.start,
                "t" => {
                    let start = words.text.len();
                    let close = words.read(&mut scan, &open).unwrap();
                    words.held(start, run..close.end + "</r>".len());
                }
                _ => {}
            }
        }
        words
    }

    #[test]
    fn words_are_taken_out_where_they_are_written() {
        let text =
            "<c><r><t>a&amp;b</t></r><r><t>c&#10;d</t></r><r><t><![CDATA[e<f]]></t></r><r><t/></r></c>";
        let own = words(text);
        assert_eq!(own.text, "a&bc\nde<f");
        for (gone, left) in [
            (&[][..], text),
            (&[(0, 3)], "<c><r><t>c&#10;d</t></r><r><t><![CDATA[e<f]]></t></r><r><t/></r></c>"),
            (
                &[(1, 2), (4, 5)],
                "<c><r><t>ab</t></r><r><t>cd</t></r><r><t><![CDATA[e<f]]></t></r><r><t/></r></c>",
            ),
            (&[(2, 7)], "<c><r><t>a&amp;</t></r><r><t>&lt;f</t></r><r><t/></r></c>"),
            (&[(0, 9)], "<c><r><t/></r></c>"),
        ] {
            let gone: Vec<Range<usize>> = gone.iter().map(|(start, end)| *start..*end).collect();
            let mut splices = Splices::default();
            own.cut(text, &gone, &mut splices);
            assert_eq!(splices.apply("a", text).unwrap(), left, "{gone:?}");
        }
    }
}
