//! The part with the notes' texts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::frame::{self, HEADING};
use super::rich_text::{RichText, Section, run};
use super::threads::TakenOut;
use super::words::Words;
use crate::domain::place::CellAddress;
use crate::output::workbooks::marks::note_height;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Open, Scan, Splices, Step, attribute_value, string_text};

/// A comments part as it is.
#[derive(Debug)]
pub struct Comments<'a> {
    part: &'a str,
    text: &'a str,
    root: Open<'a>,
    root_close: usize,
    authors: Option<Section<'a>>,
    author_names: Vec<String>,
    list: Option<Section<'a>>,
    /// In the part's order.
    pub comments: Vec<Comment<'a>>,
}

/// One comment.
#[derive(Debug)]
pub struct Comment<'a> {
    /// Its cell; `None` when that is not written as one.
    pub cell: Option<CellAddress>,
    range: Range<usize>,
    text: Option<RichText<'a>>,
}

impl Comment<'_> {
    /// Its words.
    pub fn words(&self) -> &str {
        self.text.as_ref().map_or("", |text| &text.words.text)
    }
}

/// What is put into the note of a cell.
#[derive(Debug)]
pub struct New<'a> {
    /// The cell.
    pub cell: CellAddress,
    /// What is said.
    pub note: &'a str,
    /// Whether the cell's note stands for a thread, and ours for a reply.
    pub reply: bool,
}

impl<'a> Comments<'a> {
    /// Those of a part.
    ///
    /// # Errors
    ///
    /// When it cannot be followed, or holds what is no comment.
    pub fn read(part: &'a str, text: &'a str) -> Result<Self, NotSafe> {
        let mut scan = Scan::new(part, text);
        let root = loop {
            match scan.next()? {
                Some(Step::Open(open)) if open.local() == "comments" => break open,
                Some(Step::Text { .. }) => {}
                _ => return Err(scan.not_understood("no comments")),
            }
        };
        let mut own = Self {
            part,
            text,
            root_close: root.range.end,
            root,
            authors: None,
            author_names: Vec::new(),
            list: None,
            comments: Vec::new(),
        };
        while let Some(step) = scan.next()? {
            match step {
                Step::Open(open)
                    if open.local() == "authors" && own.authors.is_none() && own.list.is_none() =>
                {
                    own.read_authors(&mut scan, open)?;
                }
                Step::Open(open) if open.local() == "commentList" && own.list.is_none() => {
                    own.read_list(&mut scan, open)?;
                }
                Step::Open(open) if open.local() == "extLst" => {
                    scan.skip(&open)?;
                }
                Step::Open(open) => return Err(scan.not_understood(open.local())),
                Step::Close { range, depth: 0 } => own.root_close = range.start,
                _ => {}
            }
        }
        Ok(own)
    }

    fn read_authors(&mut self, scan: &mut Scan<'a>, open: Open<'a>) -> Result<(), NotSafe> {
        let mut close = open.range.end..open.range.end;
        while !open.empty
            && let Some(step) = scan.next()?
        {
            match step {
                Step::Open(author) if author.local() == "author" => {
                    let mut name = Words::default();
                    name.read(scan, &author)?;
                    self.author_names.push(name.text);
                }
                Step::Open(other) => return Err(scan.not_understood(other.local())),
                Step::Close { range, .. } => {
                    close = range;
                    break;
                }
                Step::Text { .. } => {}
            }
        }
        self.authors = Some(Section { open, close });
        Ok(())
    }

    fn read_list(&mut self, scan: &mut Scan<'a>, open: Open<'a>) -> Result<(), NotSafe> {
        let mut close = open.range.end..open.range.end;
        while !open.empty
            && let Some(step) = scan.next()?
        {
            match step {
                Step::Open(comment) if comment.local() == "comment" => self.read_comment(scan, &comment)?,
                Step::Open(other) => return Err(scan.not_understood(other.local())),
                Step::Close { range, .. } => {
                    close = range;
                    break;
                }
                Step::Text { .. } => {}
            }
        }
        self.list = Some(Section { open, close });
        Ok(())
    }

    fn read_comment(&mut self, scan: &mut Scan<'a>, comment: &Open<'a>) -> Result<(), NotSafe> {
        let (mut text, mut end) = (None, comment.range.end);
        while !comment.empty
            && let Some(step) = scan.next()?
        {
            match step {
                Step::Open(open) if open.local() == "text" && text.is_none() => {
                    text = Some(RichText::read(scan, open)?);
                }
                Step::Open(open) => {
                    scan.skip(&open)?;
                }
                Step::Close { range, .. } => {
                    end = range.end;
                    break;
                }
                Step::Text { .. } => {}
            }
        }
        let cell = comment.attribute("ref").as_deref().and_then(CellAddress::parse);
        self.comments.push(Comment { cell, range: comment.range.start..end, text });
        Ok(())
    }

    /// The part with `new` in it, and the height in pixels at which each note can be read.
    ///
    /// # Errors
    ///
    /// When the note of a cell is not understood, or has no room for more.
    pub fn with(
        &self,
        author: &str,
        new: &[New<'_>],
    ) -> Result<(String, BTreeMap<CellAddress, u32>), NotSafe> {
        let mut splices = Splices::default();
        let mut heights = BTreeMap::new();
        let mut there = BTreeMap::new();
        for comment in &self.comments {
            let Some(cell) = comment.cell else { continue };
            there.entry(cell).or_insert(comment);
            heights.entry(cell).or_insert_with(|| note_height(comment.words()));
        }
        let author_number = self.author_names.iter().position(|name| *name == string_words(author));
        let number = author_number.unwrap_or(self.author_names.len());
        let p = self.list.as_ref().map_or_else(|| self.root.prefix(), |list| list.open.prefix());
        let mut appended = String::new();
        for new in new {
            let before = there.get(&new.cell).map_or("", |comment| comment.words());
            let (first, below) = self.lines(new, before)?;
            heights.insert(new.cell, note_height(&format!("{before}{first}{below}")));
            match there.get(&new.cell) {
                Some(comment) => self.add_to(comment, new.cell, (&first, &below), &mut splices)?,
                None if new.reply => {
                    return Err(self.not_understood(format!("a thread at {} without its note", new.cell)));
                }
                None => appended.push_str(&format!(
                    "<{p}comment ref=\"{}\" authorId=\"{number}\" shapeId=\"0\"><{p}text>{}{}</{p}text></{p}comment>",
                    new.cell,
                    run(&p, &first, true),
                    run(&p, &below, false)
                )),
            }
        }
        if !appended.is_empty() {
            let author = author_number.is_none().then_some(author);
            self.append(author, &appended, &p, &mut splices);
        }
        Ok((splices.apply(self.part, self.text)?, heights))
    }

    /// The heading, with what stands between it and the words before, and the lines below it.
    fn lines(&self, new: &New<'_>, before: &str) -> Result<(String, String), NotSafe> {
        let separator = match (before.is_empty(), new.reply) {
            (true, _) => "",
            (false, true) => "\nReply:\n    ",
            (false, false) => "\n\n",
        };
        let below = frame::below_heading(new.note, &format!("{before}{separator}"))
            .ok_or_else(|| self.not_understood(format!("a note at {} as long as Excel allows", new.cell)))?;
        Ok((format!("{separator}{HEADING}"), below))
    }

    fn add_to(
        &self,
        comment: &Comment<'_>,
        cell: CellAddress,
        (first, below): (&str, &str),
        splices: &mut Splices,
    ) -> Result<(), NotSafe> {
        let text = comment.text.as_ref().filter(|text| !text.strange);
        let text = text.ok_or_else(|| self.not_understood(format!("the note at {cell}")))?;
        let p = text.section.open.prefix();
        let runs = format!("{}{}", run(&p, first, true), run(&p, below, false));
        // Text in no run may stand before the runs, but not every reader shows both.
        for plain in &text.plain {
            splices.insert(plain.start, format!("<{p}r>"));
            splices.insert(plain.end, format!("</{p}r>"));
        }
        match text.section.open.empty {
            true => splices.append(&text.section.open, 0, runs),
            false => splices.insert(text.runs_end, runs),
        }
        Ok(())
    }

    /// Puts comments at the end of the list, and their author at the end of the authors.
    fn append(&self, author: Option<&str>, comments: &str, prefix: &str, splices: &mut Splices) {
        let root_prefix = self.root.prefix();
        let author = |prefix: &str| {
            author.map_or_else(String::new, |name| {
                format!("<{prefix}author>{}</{prefix}author>", string_text(name))
            })
        };
        let mut missing = String::new();
        match &self.authors {
            Some(authors) => {
                let author = author(&authors.open.prefix());
                if !author.is_empty() {
                    splices.append(&authors.open, authors.close.start, author);
                }
            }
            None => {
                missing = format!("<{root_prefix}authors>{}</{root_prefix}authors>", author(&root_prefix))
            }
        }
        match &self.list {
            Some(list) => splices.append(&list.open, list.close.start, comments),
            None => {
                missing.push_str(&format!("<{prefix}commentList>{comments}</{prefix}commentList>"));
            }
        }
        if self.root.empty {
            splices.append(&self.root, self.root_close, missing);
        } else if !missing.is_empty() {
            let at = self.authors.as_ref().map_or(self.root.range.end, |authors| authors.close.end);
            splices.insert(at, missing);
        }
    }

    /// The part without what is ours, and the cells that have no note any more; `None` when nothing is ours. `threads` is
    /// what has been taken out of the sheet's threads.
    ///
    /// # Errors
    ///
    /// When a note of ours is not understood.
    pub fn without_ours(
        &self,
        threads: &TakenOut,
    ) -> Result<Option<(String, BTreeSet<CellAddress>)>, NotSafe> {
        let mut splices = Splices::default();
        let mut cells = BTreeSet::new();
        for comment in &self.comments {
            let (Some(cell), Some(text)) = (comment.cell, &comment.text) else { continue };
            let gone = frame::find(&text.words.text);
            if gone.is_empty() || threads.kept.contains(&cell) {
                continue;
            }
            if text.strange {
                return Err(self.not_understood(format!("the note at {cell}")));
            }
            let mut left = text.words.text.clone();
            for range in gone.iter().rev() {
                left.replace_range(range.clone(), "");
            }
            if left.trim().is_empty() || threads.gone.contains(&cell) {
                splices.remove(comment.range.clone());
                cells.insert(cell);
            } else {
                text.words.cut(self.text, &gone, &mut splices);
            }
        }
        match splices.is_empty() {
            true => Ok(None),
            false => Ok(Some((splices.apply(self.part, self.text)?, cells))),
        }
    }

    fn not_understood(&self, what: String) -> NotSafe {
        NotSafe::not_understood(self.part, what)
    }
}

/// The author as a reader of the part finds it.
fn string_words(author: &str) -> String {
    let written = string_text(author);
    written.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// A part without comments.
pub fn empty_part(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors></authors><commentList></commentList></comments>",
        attribute_value(namespace)
    )
}

#[cfg(test)]
mod tests;
