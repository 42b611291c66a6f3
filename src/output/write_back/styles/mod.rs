//! The styles part: formats are appended, those that are there stay as they are.

mod earlier;
mod looks;
mod sections;

pub use earlier::Covered;
pub use looks::{MarkLook, SheetLook};

use std::collections::BTreeMap;

use self::sections::Sections;
use super::not_safe::NotSafe;
use super::package::Package;
use super::xml::{DECLARATION, Scan, Splices, Step};

/// Most cell formats a copy gets; Excel allows 65,490.
const MOST_FORMATS: usize = 64_000;
/// The formats of a workbook, and those that are added.
#[derive(Debug)]
pub struct Styles {
    sections: Sections,
    marked: BTreeMap<(usize, MarkLook), usize>,
    sheet_looks: BTreeMap<(SheetLook, bool), usize>,
}

impl Styles {
    /// Reads the styles of a workbook; a part that is not there yet is made, in
    /// that namespace, when they are stored.
    ///
    /// # Errors
    ///
    /// When the part cannot be followed, or holds formats in a way that is not understood.
    pub fn read(package: &mut Package<'_>, part: &str, namespace: &str) -> Result<Self, NotSafe> {
        let text = package
            .text(part)?
            .unwrap_or_else(|| format!("{DECLARATION}<styleSheet xmlns=\"{namespace}\"></styleSheet>"));
        Self::of_text(part, text)
    }

    fn of_text(part: &str, text: String) -> Result<Self, NotSafe> {
        let mut sections = Sections::read(part, text)?;
        looks::set_defaults(&mut sections);
        Ok(Self { sections, marked: BTreeMap::new(), sheet_looks: BTreeMap::new() })
    }

    /// The format `base` with the look of a mark.
    ///
    /// # Errors
    ///
    /// When the format cannot be followed, or there is no room for one more.
    pub fn marked(&mut self, base: usize, look: MarkLook) -> Result<usize, NotSafe> {
        if let Some(known) = self.marked.get(&(base, look)) {
            return Ok(*known);
        }
        let format = looks::marked(&mut self.sections, base, look)?;
        let index = self.add_format(format)?;
        self.marked.insert((base, look), index);
        Ok(index)
    }

    /// A format of the feedback sheet. `quoted` keeps what begins like a formula a text when somebody edits the cell.
    ///
    /// # Errors
    ///
    /// When there is no room for one more.
    pub fn of_sheet(&mut self, look: SheetLook, quoted: bool) -> Result<usize, NotSafe> {
        if let Some(known) = self.sheet_looks.get(&(look, quoted)) {
            return Ok(*known);
        }
        let format = looks::of_sheet(&mut self.sections, look, quoted);
        let index = self.add_format(format)?;
        self.sheet_looks.insert((look, quoted), index);
        Ok(index)
    }

    /// The differential format that a conditional format needs to show a mark's look.
    pub fn differential(&mut self, look: MarkLook) -> usize {
        let format = looks::differential(self.sections.prefix(), look);
        self.sections.add("dxfs", format)
    }

    /// Puts the part back into the package.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn store(self, package: &mut Package<'_>) -> Result<(), NotSafe> {
        self.sections.store(package)
    }

    fn add_format(&mut self, format: String) -> Result<usize, NotSafe> {
        let index = self.sections.add("cellXfs", format);
        if index >= MOST_FORMATS {
            return Err(NotSafe::TooManyFormats(index));
        }
        Ok(index)
    }
}

/// An element's own text with `change` made to it.
fn respliced(
    part: &str,
    text: &str,
    change: impl FnOnce(&super::xml::Open<'_>, &mut Splices),
) -> Result<String, NotSafe> {
    let mut scan = Scan::new(part, text);
    let Some(Step::Open(open)) = scan.next()? else {
        return Err(scan.not_understood("no element where one was expected"));
    };
    let mut splices = Splices::default();
    change(&open, &mut splices);
    splices.apply(part, text)
}
