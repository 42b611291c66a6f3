//! A worksheet's part: the cells that are marked, and what has to be said of them elsewhere in the part.
//!
//! 1. [`Outline`] walks the part once for everything but the cells.
//! 2. `cells` walks the cells of the marked rows, gives them their formats and makes those that are not there.
//! 3. What is left is put where the part's order wants it: the area in use, our conditional format, the drawing of the notes.

mod cells;
mod outline;
mod row_and_column;

mod formats;

pub use cells::Looks;
pub use formats::each_format;
pub use outline::Outline;

use std::collections::BTreeMap;

use super::book::Book;
use super::conditional::ConditionalFormats;
use super::not_safe::NotSafe;
use super::notes::NotedSheet;
use super::shared_strings::SharedStrings;
use super::styles::{MarkLook, Styles};
use super::xml::Splices;
use crate::domain::place::CellAddress;

/// Changes to one sheet's part.
#[derive(Debug)]
pub struct SheetPart {
    part: String,
    text: String,
    outline: Outline,
    splices: Splices,
}

impl SheetPart {
    /// Reads the part of that name and text.
    ///
    /// # Errors
    ///
    /// When it cannot be followed.
    pub fn read(part: &str, text: String) -> Result<Self, NotSafe> {
        let outline = Outline::read(part, &text)?;
        Ok(Self { part: part.to_string(), text, outline, splices: Splices::default() })
    }

    /// What the part says besides its cells.
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// Gives the cells their looks; each is the first cell of its merged area, if it lies in one. Says how many conditional
    /// formats that took.
    ///
    /// # Errors
    ///
    /// When rows or cells cannot be followed, or a format cannot be made.
    pub fn mark(
        &mut self,
        marks: &BTreeMap<CellAddress, MarkLook>,
        styles: &mut Styles,
        strings: &mut SharedStrings,
    ) -> Result<usize, NotSafe> {
        let mut looks = Looks { marks, styles, strings };
        let made = cells::mark(&self.part, &self.text, &self.outline, &mut looks, &mut self.splices)?;
        self.widen_dimension(&made);
        self.override_conditional_formats(marks, styles)
    }

    /// What notes on its cells have to know of it.
    pub fn noted<'s>(&'s self, book: &'s Book) -> NotedSheet<'s> {
        NotedSheet {
            part: &self.part,
            text: &self.text,
            drawing: self.outline.legacy_drawing.as_deref(),
            strict: book.is_strict(),
            workbook: &book.part,
        }
    }

    /// Points to the drawing that holds the boxes of notes.
    pub fn set_legacy_drawing(&mut self, relationship: &str) {
        let root = &self.outline.root;
        let at = self.outline.place_of("legacyDrawing");
        let written = format!("<{}legacyDrawing{}/>", root.prefix, root.id_attribute(relationship));
        self.splices.insert(at, written);
    }

    /// The part with its changes.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn written(self) -> Result<String, NotSafe> {
        self.splices.apply(&self.part, &self.text)
    }

    fn widen_dimension(&mut self, made: &[CellAddress]) {
        let Some((range, area)) = &self.outline.dimension else { return };
        let mut wide = *area;
        for cell in made {
            wide.first = CellAddress::new(wide.first.row.min(cell.row), wide.first.column.min(cell.column));
            wide.last = CellAddress::new(wide.last.row.max(cell.row), wide.last.column.max(cell.column));
        }
        if wide != *area {
            self.splices.replace(range.clone(), format!("{}:{}", wide.first, wide.last));
        }
    }

    fn override_conditional_formats(
        &mut self,
        marks: &BTreeMap<CellAddress, MarkLook>,
        styles: &mut Styles,
    ) -> Result<usize, NotSafe> {
        if !self.outline.has_conditional_formats {
            return Ok(0);
        }
        let formats = ConditionalFormats::read(&self.part, &self.text, self.outline.sheet_data.end)?;
        let mut hidden: BTreeMap<MarkLook, Vec<CellAddress>> = BTreeMap::new();
        for (cell, look) in marks.iter().filter(|(cell, _)| formats.covers(**cell)) {
            hidden.entry(*look).or_default().push(*cell);
        }
        if hidden.is_empty() {
            return Ok(0);
        }
        let rules: Vec<(u32, Vec<CellAddress>)> = hidden
            .into_iter()
            .map(|(look, cells)| (u32::try_from(styles.differential(look)).unwrap_or(u32::MAX), cells))
            .collect();
        let at = self.outline.place_of("conditionalFormatting");
        formats.override_at(&rules, (at, &self.outline.root.prefix), &mut self.splices);
        Ok(rules.len())
    }
}
