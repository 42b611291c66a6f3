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
use self::shared_strings::SharedStrings;
use self::sheet::SheetPart;
use self::styles::{MarkLook, Styles};
use super::workbooks::additions::Additions;
use super::workbooks::feedback::HowMade;
use super::workbooks::marks::Mark;
use super::workbooks::sheet_names::feedback_name;
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

/// The provider's workbook in `bytes` with the marks, notes and the sheet of `additions`. `earlier` tells of a return that was
/// made from a copy of ours.
///
/// # Errors
///
/// [`NotSafe`] when it is not certain that all else would stay as it is; nothing is written then.
pub fn write_back(
    bytes: &[u8],
    additions: &Additions,
    earlier: Option<Earlier<'_>>,
    as_of: NaiveDate,
) -> Result<WrittenBack, NotSafe> {
    refused::expect_package(bytes)?;
    let mut package = Package::open(bytes)?;
    let mut types = ContentTypes::read(&mut package)?;
    let mut of_package = Relationships::read(&mut package, "")?;
    let main = refused::expect_safe(&package, &types, &of_package)?;
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
    let sheet_name = feedback_name(book.sheets.iter().map(|sheet| sheet.name.as_str()));
    let links = links::external(&mut package, &book.relationships)?;
    let how_made = HowMade::InPlace { replaces: earlier.is_some(), macros, links: &links };

    let styles = book.styles(&mut package, &mut types)?;
    let strings = book.strings(&mut package, &mut types)?;
    let mut opened = Opened { package, types, book, styles, strings };
    let mut marked = BTreeMap::new();
    for (sheet, marks) in by_sheet(additions) {
        let looks = opened.mark(&sheet, marks, &additions.author, as_of)?;
        marked.extend(looks.into_iter().map(|(cell, look)| {
            ((sheet.clone(), cell), MarkedCell { fill: look.fill(), text: look.text() })
        }));
    }
    added_sheet::add(&mut opened, &sheet_name, &additions.lines(how_made), replaced)?;
    let package = opened.stored()?;
    let touched = package.touched();
    let written = package.save()?;
    check::untouched(bytes, &written, &touched)?;
    Ok(WrittenBack { bytes: written, touched, sheet_name, marked })
}

/// A workbook that is being written into, with what its sheets share.
struct Opened<'a> {
    package: Package<'a>,
    types: ContentTypes,
    book: Book,
    styles: Styles,
    strings: SharedStrings,
}

impl<'a> Opened<'a> {
    /// Marks cells of a sheet, and gives their looks, each by the first cell of its merged area.
    fn mark(
        &mut self,
        sheet: &str,
        marks: BTreeMap<CellAddress, Mark>,
        author: &str,
        as_of: NaiveDate,
    ) -> Result<BTreeMap<CellAddress, MarkLook>, NotSafe> {
        let part = self.book.worksheet(sheet).map(str::to_string);
        let part = part.ok_or_else(|| NotSafe::Missing(format!("sheet {sheet}")))?;
        let text = self.package.needed(&part)?;
        let mut relationships = Relationships::read(&mut self.package, &part)?;
        let mut sheet = SheetPart::read(&part, text)?;
        let marks = on_first_cells(&sheet, marks);
        let looks: BTreeMap<CellAddress, MarkLook> =
            marks.iter().map(|(cell, mark)| (*cell, look(mark))).collect();
        let rules = sheet.mark(&looks, &mut self.styles, &mut self.strings)?;
        conditional::raise_in_pivot_tables(&mut self.package, &relationships, rules)?;
        let notes = marks.into_iter().map(|(cell, mark)| (cell, mark.note)).collect();
        let noted = sheet.noted(&self.book);
        let (package, types) = (&mut self.package, &mut self.types);
        let drawing = notes::add(package, types, &mut relationships, &noted, &notes, author, as_of)?;
        if let Some(drawing) = drawing {
            sheet.set_legacy_drawing(&drawing);
        }
        self.package.put(&part, sheet.written()?);
        relationships.store(&mut self.package)?;
        Ok(looks)
    }

    /// The package with everything that was changed.
    fn stored(mut self) -> Result<Package<'a>, NotSafe> {
        self.styles.store(&mut self.package)?;
        self.strings.store(&mut self.package)?;
        self.book.store(&mut self.package)?;
        self.types.store(&mut self.package)?;
        Ok(self.package)
    }
}

fn look(mark: &Mark) -> MarkLook {
    MarkLook { rating: mark.rating, in_question: mark.in_question }
}

fn by_sheet(additions: &Additions) -> BTreeMap<Arc<str>, BTreeMap<CellAddress, Mark>> {
    let mut by_sheet: BTreeMap<Arc<str>, BTreeMap<CellAddress, Mark>> = BTreeMap::new();
    for ((sheet, cell), mark) in &additions.marks {
        by_sheet.entry(sheet.clone()).or_default().insert(*cell, mark.clone());
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

#[cfg(test)]
mod tests;
