//! The provider's own workbook back: coloured, with notes and one sheet more, and not a byte of anything else moved.
//!
//! 1. `package` opens the zip package; what is not changed is copied raw in the end.
//! 2. `refused` and every later step say [`NotSafe`] of what they are not sure of: then nothing is written, and the return is
//!    rebuilt by [`super::workbooks::returned`] instead.
//! 3. `macros` takes out what could run; `earlier` takes out what an earlier copy of ours had put in.
//! 4. `book`, `styles` and `shared_strings` read what the sheets share; `sheet`, `conditional` and `notes` change the sheets whose
//!    cells are marked; `added_sheet` adds the feedback.
//! 5. [`check`] proves of the result that nothing else has changed.
//!
//! Parts are never parsed into a tree and written out again: `xml` walks them, and splices at byte ranges.

mod added_sheet;
mod book;
pub mod check;
mod conditional;
mod earlier;
mod links;
mod macros;
mod not_safe;
mod notes;
mod package;
mod readable;
mod refused;
mod shared_strings;
mod sheet;
mod styles;
mod xml;

pub use not_safe::NotSafe;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use self::book::Book;
use self::package::{ContentTypes, Package, Relationships};
use self::sheet::SheetPart;
use self::styles::MarkLook;
use super::workbooks::feedback::{Feedback, SHEET_NAME, in_place};
use super::workbooks::feedback_sheet;
use super::workbooks::marks::{Mark, marks};
use crate::domain::place::CellAddress;

/// A copy of the provider's workbook.
#[derive(Debug, Clone)]
pub struct WrittenBack {
    /// The package.
    pub bytes: Vec<u8>,
    /// The parts that are new, changed or gone; all others are the provider's, byte for byte.
    pub touched: Vec<String>,
    /// The name of the added sheet.
    pub sheet_name: String,
    /// The marked cells by sheet and cell, each the first of its merged area.
    pub marked: BTreeMap<(Arc<str>, CellAddress), MarkedCell>,
}

/// How a marked cell looks in the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkedCell {
    /// Its fill as 0xRRGGBB; of a pattern the colour of its dots.
    pub fill: u32,
    /// The colour of its text.
    pub text: u32,
}

/// What is known of the copy of ours that a return was made from.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    /// The names of the sheets that are ours.
    pub sheets: &'a [String],
    /// The return that was coloured then, if it is known.
    pub original: Option<&'a [u8]>,
}

/// The provider's workbook in `bytes` with the marks, notes and the sheet of `feedback`. `earlier` tells of a return that was
/// made from a copy of ours.
///
/// # Errors
///
/// [`NotSafe`] when it is not certain that all else would stay as it is; nothing is written then.
pub fn write_back(
    bytes: &[u8],
    feedback: &Feedback,
    earlier: Option<Earlier<'_>>,
    as_of: NaiveDate,
) -> Result<WrittenBack, NotSafe> {
    refused::expect_package(bytes)?;
    let mut package = Package::open(bytes)?;
    refused::expect_safe(&mut package)?;
    let mut types = ContentTypes::read(&mut package)?;
    let mut of_package = Relationships::read(&mut package, "")?;
    let main = book::main_part(&of_package)?;
    let mut of_workbook = Relationships::read(&mut package, &main)?;
    let macros = macros::remove(&mut package, &mut types, &main, &mut of_package, &mut of_workbook)?;
    of_workbook.store(&mut package)?;
    of_package.store(&mut package)?;
    let mut book = Book::read(&mut package, &main)?;
    let replaced = match earlier {
        Some(earlier) => earlier::take_out(&mut package, &mut types, &mut book, earlier)?,
        None => None,
    };
    book.expect_own_notes(&mut package)?;
    let sheet_name = free_sheet_name(&book);

    let mut feedback = feedback.clone();
    feedback.how_made = in_place(macros, &links::external(&mut package, &book.relationships)?);
    let (mut styles, mut strings) = book.shared(&mut package, &mut types)?;
    let mut marked = BTreeMap::new();
    for (sheet, own) in by_sheet(&feedback) {
        let part =
            book.sheets.iter().find(|listed| listed.name == *sheet).and_then(|listed| listed.part.clone());
        let part = part.ok_or_else(|| NotSafe::Missing(format!("sheet {sheet}")))?;
        let text = package.needed(&part)?;
        let mut relationships = Relationships::read(&mut package, &part)?;
        let mut sheet_part = SheetPart::read(&part, text)?;
        let own = on_first_cells(&sheet_part, own);
        let looks: BTreeMap<CellAddress, MarkLook> =
            own.iter().map(|(cell, mark)| (*cell, look(mark))).collect();
        let rules = sheet_part.mark(&looks, &mut styles, &mut strings)?;
        conditional::raise_in_pivot_tables(&mut package, &relationships, rules)?;
        let notes: BTreeMap<CellAddress, String> =
            own.into_iter().map(|(cell, mark)| (cell, mark.note)).collect();
        let drawing = notes::add(
            &mut package,
            &mut types,
            &mut relationships,
            &sheet_part.noted(&book),
            &notes,
            &feedback.author(),
            as_of,
        )?;
        if let Some(drawing) = drawing {
            sheet_part.set_legacy_drawing(&drawing);
        }
        package.put(&part, sheet_part.written()?);
        relationships.store(&mut package)?;
        marked.extend(looks.iter().map(|(cell, look)| {
            ((sheet.clone(), *cell), MarkedCell { fill: look.fill(), text: look.text() })
        }));
    }
    let mut into = added_sheet::Into {
        package: &mut package,
        types: &mut types,
        book: &mut book,
        styles: &mut styles,
        strings: &mut strings,
    };
    added_sheet::add(&mut into, &sheet_name, &feedback_sheet::lines(&feedback), replaced)?;
    styles.store(&mut package)?;
    strings.store(&mut package)?;
    book.store(&mut package)?;
    types.store(&mut package)?;
    let touched = package.touched();
    let written = package.save()?;
    check::untouched(bytes, &written, &touched)?;
    Ok(WrittenBack { bytes: written, touched, sheet_name, marked })
}

fn look(mark: &Mark) -> MarkLook {
    MarkLook { rating: mark.rating, in_question: mark.in_question }
}

fn by_sheet(feedback: &Feedback) -> BTreeMap<Arc<str>, BTreeMap<CellAddress, Mark>> {
    let mut by_sheet: BTreeMap<Arc<str>, BTreeMap<CellAddress, Mark>> = BTreeMap::new();
    for ((sheet, cell), mark) in marks(feedback) {
        by_sheet.entry(sheet).or_default().insert(cell, mark);
    }
    by_sheet
}

/// The marks by the first cells of merged areas; those that come together are joined.
fn on_first_cells(sheet: &SheetPart, marks: BTreeMap<CellAddress, Mark>) -> BTreeMap<CellAddress, Mark> {
    let mut by_first: BTreeMap<CellAddress, Mark> = BTreeMap::new();
    for (cell, mark) in marks {
        let first = sheet.outline().first_of_merged(cell);
        by_first.entry(first).and_modify(|there| there.join(&mark)).or_insert(mark);
    }
    by_first
}

/// The name of the added sheet: its own, with a number where the provider has a sheet of that name.
fn free_sheet_name(book: &Book) -> String {
    let taken = |name: &str| book.sheets.iter().any(|own| own.name.eq_ignore_ascii_case(name));
    let mut name = SHEET_NAME.to_string();
    let mut number = 2;
    while taken(&name) {
        name = format!("{SHEET_NAME} ({number})");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests;
