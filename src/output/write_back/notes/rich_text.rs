//! Text in runs, as a comment holds it.

use std::ops::Range;

use super::words::Words;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Open, Scan, Step, string_text};

/// What Excel gives the text of a note, in the order in which it writes it.
const FONT: &str = "sz val=\"9\"|color indexed=\"81\"|rFont val=\"Tahoma\"|family val=\"2\"";

/// An element and where its closing tag begins and ends.
#[derive(Debug)]
pub struct Section<'a> {
    /// Its opening tag.
    pub open: Open<'a>,
    /// Its closing tag.
    pub close: Range<usize>,
}

/// The text of a comment.
#[derive(Debug)]
pub struct RichText<'a> {
    /// Its element.
    pub section: Section<'a>,
    /// Its words.
    pub words: Words,
    /// Text that stands in no run.
    pub plain: Vec<Range<usize>>,
    /// Where further runs go: in front of what says how the words are pronounced.
    pub runs_end: usize,
    /// Holds what is no run.
    pub strange: bool,
}

impl<'a> RichText<'a> {
    /// That of an element that has just been opened.
    ///
    /// # Errors
    ///
    /// When the part cannot be followed.
    pub fn read(scan: &mut Scan<'a>, open: Open<'a>) -> Result<Self, NotSafe> {
        let end = open.range.end;
        let mut own = Self {
            section: Section { open, close: end..end },
            words: Words::default(),
            plain: Vec::new(),
            runs_end: end,
            strange: false,
        };
        let mut pronounced = None;
        while !own.section.open.empty
            && let Some(step) = scan.next()?
        {
            match step {
                Step::Open(open) => match open.local() {
                    "t" => {
                        let start = own.words.text.len();
                        let close = own.words.read(scan, &open)?;
                        own.words.held(start, open.range.start..close.end);
                        own.plain.push(open.range.start..close.end);
                    }
                    "r" => own.read_run(scan, &open)?,
                    local => {
                        own.strange |= !matches!(local, "rPh" | "phoneticPr");
                        pronounced.get_or_insert(open.range.start);
                        scan.skip(&open)?;
                    }
                },
                Step::Close { range, .. } => {
                    own.section.close = range;
                    break;
                }
                Step::Text { text, .. } => own.strange |= !text.trim().is_empty(),
            }
        }
        own.runs_end = pronounced.unwrap_or(own.section.close.start);
        Ok(own)
    }

    fn read_run(&mut self, scan: &mut Scan<'a>, run: &Open<'a>) -> Result<(), NotSafe> {
        let (start, mut end) = (self.words.text.len(), run.range.end);
        while !run.empty
            && let Some(step) = scan.next()?
        {
            match step {
                Step::Open(open) if open.local() == "t" => {
                    self.words.read(scan, &open)?;
                }
                Step::Open(open) => {
                    self.strange |= open.local() != "rPr";
                    scan.skip(&open)?;
                }
                Step::Close { range, .. } => {
                    end = range.end;
                    break;
                }
                Step::Text { .. } => {}
            }
        }
        self.words.held(start, run.range.start..end);
        Ok(())
    }
}

/// A run of text as Excel writes it in a note.
pub fn run(prefix: &str, text: &str, bold: bool) -> String {
    let p = prefix;
    let bold = if bold { format!("<{p}b/>") } else { String::new() };
    let font: String = FONT.split('|').map(|own| format!("<{p}{own}/>")).collect();
    let words = string_text(text);
    format!("<{p}r><{p}rPr>{bold}{font}</{p}rPr><{p}t xml:space=\"preserve\">{words}</{p}t></{p}r>")
}
