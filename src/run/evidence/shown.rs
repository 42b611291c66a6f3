//! What cells show, read again in the very version of the file they are evidence from.

use std::collections::BTreeMap;

use crate::domain::place::CellRef;
use crate::domain::workbook::Workbook;
use crate::readers::Readers;
use crate::review::evidence::ShownCell;
use crate::workspace::originals::Originals;

/// Reads cells of the kept copies, each file once.
pub(super) struct Shown<'a> {
    originals: &'a Originals,
    readers: &'a Readers,
    /// The version of each path that is meant.
    meant: BTreeMap<String, String>,
    books: BTreeMap<String, Option<Workbook>>,
}

impl<'a> Shown<'a> {
    /// `meant` has the SHA-256 of the version that is meant by each path.
    pub(super) fn new(
        originals: &'a Originals,
        readers: &'a Readers,
        meant: BTreeMap<String, String>,
    ) -> Self {
        Self { originals, readers, meant, books: BTreeMap::new() }
    }

    /// The cells with what they show.
    pub(super) fn cells(&mut self, places: &[CellRef]) -> Vec<ShownCell> {
        places.iter().map(|place| self.cell(place)).collect()
    }

    fn cell(&mut self, place: &CellRef) -> ShownCell {
        let sha256 = self.meant.get(&*place.file).cloned().unwrap_or_default();
        let (originals, readers) = (self.originals, self.readers);
        let book = self.books.entry(sha256.clone()).or_insert_with(|| {
            let bytes = originals.read(&sha256, &place.file).ok()?;
            readers.read(&place.file, bytes).ok()
        });
        let sheet = book.as_ref().and_then(|book| book.sheets.iter().find(|sheet| sheet.name == place.sheet));
        ShownCell {
            file: place.file.to_string(),
            sha256,
            sheet: place.sheet.to_string(),
            cell: place.cell.to_string(),
            shown: sheet.map(|sheet| sheet.text(place.cell)),
        }
    }
}
