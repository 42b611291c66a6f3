//! Notes on cells, put into the provider's own parts.
//!
//! ```text
//! notes ──threads──> replies, where the cell has a thread (Excel shows that, and writes its note anew from it)
//!       ──comments─> the texts: a comment of ours, or further runs in the provider's own
//!       ──drawing──> a box for each comment that has none, beside its cell
//! ```
//!
//! What is ours begins and ends with a line of its own (`frame`), so that it can be taken out of a resubmitted return
//! again, whichever program has saved it since.

mod boxes;
mod comments;
mod drawing;
mod frame;
mod persons;
mod rich_text;
mod threads;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use self::boxes::Grid;
use self::comments::{Comments, New, empty_part};
use self::drawing::Drawing;
use self::persons::Persons;
use self::threads::{TakenOut, Threads};
use super::book;
use super::not_safe::NotSafe;
use super::package::{ContentTypes, Package, Relationships};
use crate::domain::place::CellAddress;

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

/// The sheet whose cells get notes.
#[derive(Debug, Clone, Copy)]
pub struct NotedSheet<'a> {
    /// Name of its part.
    pub part: &'a str,
    /// Its text, for the widths and heights beside which the boxes stand. Where it is empty, they count as usual.
    pub text: &'a str,
    /// The relationship id its `legacyDrawing` has now.
    pub drawing: Option<&'a str>,
    /// Whether the package is a strict one.
    pub strict: bool,
    /// Name of the workbook's part.
    pub workbook: &'a str,
}

impl NotedSheet<'_> {
    /// The part of its drawing, where it has one.
    fn drawing_part(&self, relationships: &Relationships) -> Result<Option<String>, NotSafe> {
        let Some(id) = self.drawing else { return Ok(None) };
        let own = relationships.list().iter().find(|own| own.id == id && !own.external);
        match own.filter(|own| own.kind == "vmlDrawing") {
            Some(own) => Ok(Some(own.target.clone())),
            None => Err(NotSafe::not_understood(self.part, format!("the drawing “{id}” of its notes"))),
        }
    }
}

/// The one part of that kind a sheet has.
fn only_part(relationships: &Relationships, sheet: &str, kind: &str) -> Result<Option<String>, NotSafe> {
    let mut own = relationships.list().iter().filter(|own| own.kind == kind && !own.external);
    match (own.next(), own.next()) {
        (first, None) => Ok(first.map(|own| own.target.clone())),
        _ => Err(NotSafe::not_understood(sheet, format!("two parts of the kind “{kind}”"))),
    }
}

/// Adds the notes to a sheet. Returns the relationship id the sheet's `legacyDrawing` must have when the sheet has none yet,
/// `None` when it has one already. `as_of` is the date of replies in threads.
///
/// # Errors
///
/// When a part that holds the sheet's present notes is not understood.
pub fn add(
    package: &mut Package<'_>,
    types: &mut ContentTypes,
    relationships: &mut Relationships,
    sheet: &NotedSheet<'_>,
    notes: &BTreeMap<CellAddress, String>,
    author: &str,
    as_of: NaiveDate,
) -> Result<Option<String>, NotSafe> {
    if notes.is_empty() {
        return Ok(None);
    }
    let threaded = reply(package, relationships, sheet, notes, author, as_of)?;
    let part = match only_part(relationships, sheet.part, "comments")? {
        Some(part) => part,
        None => {
            let part = package.free_name("xl/comments", ".xml");
            package.put(&part, empty_part(book::namespace(sheet.strict)));
            types.set(&part, COMMENTS_TYPE);
            relationships.add(&book::kind(sheet.strict, "comments"), &part);
            part
        }
    };
    let text = package.needed(&part)?;
    let new: Vec<New<'_>> =
        notes.iter().map(|(cell, note)| New { cell: *cell, note, reply: threaded.contains(cell) }).collect();
    let (written, heights) = Comments::read(&part, &text)?.with(author, &new)?;
    package.put(&part, written);
    add_boxes(package, types, relationships, sheet, &heights)
}

/// Replies in the threads of the cells that have one; those cells.
fn reply(
    package: &mut Package<'_>,
    relationships: &Relationships,
    sheet: &NotedSheet<'_>,
    notes: &BTreeMap<CellAddress, String>,
    author: &str,
    as_of: NaiveDate,
) -> Result<BTreeSet<CellAddress>, NotSafe> {
    let Some(part) = only_part(relationships, sheet.part, "threadedComment")? else {
        return Ok(BTreeSet::new());
    };
    let text = package.needed(&part)?;
    let threads = Threads::read(&part, &text)?;
    let mut cells = threads.cells();
    cells.retain(|cell| notes.contains_key(cell));
    if cells.is_empty() {
        return Ok(cells);
    }
    let (persons_part, persons) = persons(package, sheet)?
        .ok_or_else(|| NotSafe::not_understood(&part, "threads of a workbook without persons"))?;
    let (person, more) = Persons::read(&persons_part, &persons)?.with(author)?;
    let replies = notes.iter().filter(|(cell, _)| cells.contains(cell));
    let written = threads.with(replies.map(|(cell, note)| (*cell, note.as_str())), &person, as_of)?;
    package.put(&part, written);
    if let Some(more) = more {
        package.put(&persons_part, more);
    }
    Ok(cells)
}

/// The part with the workbook's persons, and its text.
fn persons(package: &mut Package<'_>, sheet: &NotedSheet<'_>) -> Result<Option<(String, String)>, NotSafe> {
    let relationships = Relationships::read(package, sheet.workbook)?;
    let Some(own) = relationships.of_kind("person") else { return Ok(None) };
    let text = package.needed(&own.target)?;
    Ok(Some((own.target.clone(), text)))
}

/// Makes a box for each note that has none.
fn add_boxes(
    package: &mut Package<'_>,
    types: &mut ContentTypes,
    relationships: &mut Relationships,
    sheet: &NotedSheet<'_>,
    heights: &BTreeMap<CellAddress, u32>,
) -> Result<Option<String>, NotSafe> {
    let (part, id) = match sheet.drawing_part(relationships)? {
        Some(part) => (part, None),
        None => {
            let part = package.free_name("xl/drawings/vmlDrawing", ".vml");
            package.put(&part, drawing::EMPTY);
            types.set(&part, DRAWING_TYPE);
            let id = relationships.add(&book::kind(sheet.strict, "vmlDrawing"), &part);
            (part, Some(id))
        }
    };
    let text = package.needed(&part)?;
    let drawing = Drawing::read(&part, &text)?;
    let there = drawing.cells();
    let missing: Vec<(CellAddress, u32)> = heights
        .iter()
        .filter(|(cell, _)| !there.contains(cell))
        .map(|(cell, height)| (*cell, *height))
        .collect();
    if !missing.is_empty() {
        let written = drawing.with(&Grid::of(sheet.text), &missing, || other_blocks(package, &part))?;
        package.put(&part, written);
    }
    Ok(id)
}

/// The map numbers of the package's other drawings.
fn other_blocks(package: &mut Package<'_>, part: &str) -> Result<BTreeSet<u64>, NotSafe> {
    let others: Vec<String> = package
        .parts()
        .filter(|name| name.to_lowercase().ends_with(".vml") && !name.eq_ignore_ascii_case(part))
        .map(str::to_string)
        .collect();
    let mut blocks = BTreeSet::new();
    for other in others {
        let bytes = package.bytes(&other)?.unwrap_or_default();
        blocks.extend(drawing::blocks(&String::from_utf8_lossy(&bytes)));
    }
    Ok(blocks)
}

/// Takes out what an earlier copy of ours put there, of every cell of the sheet, before new notes are added; those cells.
///
/// # Errors
///
/// When a part that holds the sheet's notes is not understood.
pub fn remove_ours(
    package: &mut Package<'_>,
    relationships: &mut Relationships,
    sheet: &NotedSheet<'_>,
) -> Result<BTreeSet<CellAddress>, NotSafe> {
    let Some(part) = only_part(relationships, sheet.part, "comments")? else { return Ok(BTreeSet::new()) };
    let threads = remove_replies(package, relationships, sheet)?;
    let text = package.needed(&part)?;
    let comments = Comments::read(&part, &text)?;
    let of_ours = comments.comments.iter().filter(|own| !frame::find(own.words()).is_empty());
    let noted: BTreeSet<CellAddress> = of_ours.filter_map(|own| own.cell).collect();
    let Some((written, cells)) = comments.without_ours(&threads)? else {
        return Ok(noted);
    };
    package.put(&part, written);
    let Some(part) = sheet.drawing_part(relationships)?.filter(|_| !cells.is_empty()) else {
        return Ok(noted);
    };
    let text = package.needed(&part)?;
    if let Some(written) = Drawing::read(&part, &text)?.without(&cells)? {
        package.put(&part, written);
    }
    Ok(noted)
}

/// Takes our replies out of the sheet's threads.
fn remove_replies(
    package: &mut Package<'_>,
    relationships: &Relationships,
    sheet: &NotedSheet<'_>,
) -> Result<TakenOut, NotSafe> {
    let Some(part) = only_part(relationships, sheet.part, "threadedComment")? else {
        return Ok(TakenOut::default());
    };
    let text = package.needed(&part)?;
    let threads = Threads::read(&part, &text)?;
    let Some((persons_part, persons)) = persons(package, sheet)? else {
        return Ok(TakenOut::default());
    };
    let mut own = threads.without_ours(&Persons::read(&persons_part, &persons)?)?;
    if let Some(written) = own.written.take() {
        package.put(&part, written);
    }
    Ok(own)
}

#[cfg(test)]
mod tests;
