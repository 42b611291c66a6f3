//! What an earlier copy of ours put into a workbook is taken out of it, so that the new marks replace the old ones.
//!
//! Excel and others number formats anew when they save, so ours are told by their looks; what a cell looked like before is looked
//! up in the return that the copy was made from.

use std::collections::BTreeMap;

use super::Earlier;
use super::book::Book;
use super::conditional;
use super::not_safe::NotSafe;
use super::notes;
use super::package::{ContentTypes, Package, Relationships, relationships_of};
use super::refused::expect_safe;
use super::sheet::{SheetPart, each_format};
use super::styles::{Covered, MarkLook, Styles};
use crate::domain::place::CellAddress;

/// Kinds of parts that belong to one sheet alone.
const OWN_PARTS: &[&str] =
    &["table", "printerSettings", "comments", "vmlDrawing", "threadedComment", "drawing", "queryTable"];

/// Takes out colours, notes, conditional formats and sheets of ours. The number of the sheet that comes back in their place, if
/// one of ours was there.
///
/// # Errors
///
/// When a part cannot be followed.
pub fn take_out(
    package: &mut Package<'_>,
    types: &mut ContentTypes,
    book: &mut Book,
    earlier: Earlier<'_>,
) -> Result<Option<usize>, NotSafe> {
    let mut styles = book.styles(package, types)?;
    let ours = styles.with_looks_of_ours()?;
    let mut before = earlier.original.and_then(|bytes| Before::open(bytes).ok());
    let sheets: Vec<(String, String)> = book
        .sheets
        .iter()
        .filter(|sheet| !earlier.sheets.contains(&sheet.name))
        .filter_map(|sheet| Some((sheet.name.clone(), sheet.part.clone()?)))
        .collect();
    for (name, part) in sheets {
        let text = package.needed(&part)?;
        let sheet = SheetPart::read(&part, text.clone())?;
        let mut relationships = Relationships::read(package, &part)?;
        let noted = notes::remove_ours(package, &mut relationships, &sheet.noted(book))?;
        relationships.store(package)?;
        // What stands behind the rows goes first: their places stay.
        let rules = conditional::remove_ours(&part, &text, sheet.outline().sheet_data.end)?;
        if let Some(without) = &rules {
            package.put(&part, without.as_str());
        }
        if ours.is_empty() {
            continue;
        }
        let text = rules.unwrap_or(text);
        let of_sheet = match &mut before {
            Some(before) => before.of_sheet(&name)?,
            None => BTreeMap::new(),
        };
        let mut visit = |cell: CellAddress, format: usize| -> Result<Option<usize>, NotSafe> {
            let Some(look) = ours.get(&format) else { return Ok(None) };
            let covered = match (&before, of_sheet.get(&cell)) {
                // It looked like that when the provider sent it.
                (Some(before), Some(format)) if before.ours.contains_key(format) => return Ok(None),
                (Some(before), Some(format)) => before.styles.covered(*format)?,
                (Some(_), None) => Covered::default(),
                // Whose it is tells the note alone; what it was like before is not known any more.
                (None, _) if noted.contains(&cell) => Covered::default(),
                (None, _) => return Ok(None),
            };
            styles.uncovered(format, *look, &covered).map(Some)
        };
        if let Some(written) = each_format(&part, &text, sheet.outline(), &mut visit)? {
            package.put(&part, written);
        }
    }
    styles.store(package)?;
    let mut replaced = None;
    while let Some(index) = book.sheets.iter().position(|sheet| earlier.sheets.contains(&sheet.name)) {
        let part = book.sheets.get(index).and_then(|sheet| sheet.part.clone());
        if let Some(part) = part {
            remove_sheet(package, types, &part)?;
        }
        replaced = replaced.or(book.take_out(index));
    }
    Ok(replaced)
}

/// Takes out the part of a sheet with the parts that belong to it alone.
fn remove_sheet(package: &mut Package<'_>, types: &mut ContentTypes, part: &str) -> Result<(), NotSafe> {
    let relationships = Relationships::read(package, part)?;
    let own =
        relationships.list().iter().filter(|own| !own.external && OWN_PARTS.contains(&own.kind.as_str()));
    for target in own.map(|own| own.target.as_str()).chain([part]) {
        package.remove(target);
        package.remove(&relationships_of(target));
        types.remove(target);
    }
    Ok(())
}

/// The return that the earlier copy was made from.
struct Before<'a> {
    package: Package<'a>,
    book: Book,
    styles: Styles,
    ours: BTreeMap<usize, MarkLook>,
}

impl<'a> Before<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, NotSafe> {
        let mut package = Package::open(bytes)?;
        let mut types = ContentTypes::read(&mut package)?;
        let of_package = Relationships::read(&mut package, "")?;
        let main = expect_safe(&package, &types, &of_package)?;
        let mut book = Book::read(&mut package, &main)?;
        let styles = book.styles(&mut package, &mut types)?;
        let ours = styles.with_looks_of_ours()?;
        Ok(Self { package, book, styles, ours })
    }

    /// The formats of a sheet's cells; nothing of a sheet that was not there.
    fn of_sheet(&mut self, name: &str) -> Result<BTreeMap<CellAddress, usize>, NotSafe> {
        let Some(part) = self.book.worksheet(name).map(str::to_string) else { return Ok(BTreeMap::new()) };
        let text = self.package.needed(&part)?;
        let sheet = SheetPart::read(&part, text.clone())?;
        let mut cells = BTreeMap::new();
        each_format(&part, &text, sheet.outline(), &mut |cell, format| {
            cells.insert(cell, format);
            Ok(None)
        })?;
        Ok(cells)
    }
}
