//! A workbook as read: sparse cells with their addresses, and the furniture needed to show it again.
//!
//! The bounding rectangle is never allocated: a sheet may claim A1:XFD1048576 and hold two cells.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::cells::Cells;
use super::council_feedback;
use super::merged::MergedAreas;
use super::number_format::{PercentSign, percent_sign};
use super::place::{CellAddress, CellRef};

/// Name of the one sheet the program adds to a returned workbook (design 8).
pub const FEEDBACK_SHEET: &str = "Council feedback";

/// Largest file that is read, in bytes. Real returns have 10 kB to 1 MB; pictures bring some to 20 MB; mail gateways stop more.
pub const LARGEST_FILE: u64 = 50 << 20;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// Nothing but perhaps a format.
    Blank,
    /// A number as stored.
    Number(f64),
    /// Text as stored.
    Text(Arc<str>),
    /// A number shown as a date or time.
    Date(NaiveDateTime),
    /// TRUE or FALSE.
    Boolean(bool),
    /// An error such as `#REF!`, cached or typed.
    Error(Arc<str>),
}

/// How a cell looks, as far as it matters for reading it or showing it again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Look {
    /// Excel's format code, `General` when none.
    pub number_format: String,
    /// Bold text.
    pub bold: bool,
    /// Italic text.
    pub italic: bool,
    /// Text wraps.
    pub wrap: bool,
    /// Fill colour as 0xRRGGBB.
    pub fill: Option<u32>,
    /// Font colour as 0xRRGGBB.
    pub font_colour: Option<u32>,
    /// Any visible border.
    pub border: bool,
    /// Horizontally centred.
    pub centred: bool,
}

impl Look {
    /// How the number format shows a percent sign behind `value`.
    pub fn percent_sign(&self, value: f64) -> PercentSign {
        percent_sign(&self.number_format, value)
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// What stands in it; for a formula the cached result.
    pub content: Content,
    /// Whether a formula stands behind the content.
    pub formula: bool,
    /// How it looks.
    #[serde(with = "super::shared::look")]
    pub look: Arc<Look>,
}

/// A rectangle of cells, both corners inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Top left, inclusive.
    pub first: CellAddress,
    /// Bottom right, inclusive.
    pub last: CellAddress,
}

impl Area {
    /// Reads `A1:B2` or `A1`; `None` when the text is no area of an .xlsx sheet, or its corners are the wrong way round.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let area = Self { first: CellAddress::parse(first)?, last: CellAddress::parse(last)? };
        (area.first.row <= area.last.row && area.first.column <= area.last.column).then_some(area)
    }

    /// Whether the cell lies in the area.
    pub fn contains(&self, cell: CellAddress) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }
}

/// One worksheet. Chart and macro sheets are left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Name as it stands in the file.
    #[serde(with = "super::shared")]
    pub name: Arc<str>,
    /// Hidden or very hidden.
    pub hidden: bool,
    /// The cells that hold a value or a format, by row, then column.
    pub cells: Cells,
    /// Merged areas.
    pub merged: MergedAreas,
    /// Hidden rows, counted from zero.
    pub hidden_rows: BTreeSet<u32>,
    /// Hidden columns, counted from zero.
    pub hidden_columns: BTreeSet<u32>,
    /// Column widths in characters, by column counted from zero.
    pub column_widths: BTreeMap<u32, f64>,
    /// Row heights in points, by row counted from zero; only those set by hand.
    pub row_heights: BTreeMap<u32, f64>,
}

impl Sheet {
    /// The cell at `address`; inside a merged area that of its top left corner.
    pub fn cell(&self, address: CellAddress) -> Option<&Cell> {
        let own = self.cells.get(&address);
        if own.is_some_and(|cell| cell.content != Content::Blank) {
            return own;
        }
        match self.merged_area(address) {
            Some(area) => self.cells.get(&area.first).or(own),
            None => own,
        }
    }

    /// The merged area `address` lies in, if any.
    pub fn merged_area(&self, address: CellAddress) -> Option<&Area> {
        self.merged.holding(address)
    }

    /// The text at `address` as a person sees it, trimmed; empty when there is none.
    pub fn text(&self, address: CellAddress) -> String {
        self.cell(address).map(text_of).unwrap_or_default()
    }

    /// Whether the row or the column of the cell is hidden.
    pub fn is_hidden(&self, address: CellAddress) -> bool {
        self.hidden_rows.contains(&address.row) || self.hidden_columns.contains(&address.column)
    }
}

/// The text of a cell as a person sees it, trimmed.
pub fn text_of(cell: &Cell) -> String {
    match &cell.content {
        Content::Number(value) => match cell.look.percent_sign(*value) {
            PercentSign::Absent => shown(&cell.content),
            PercentSign::Scaling => percent(*value * 100.0).unwrap_or_else(|| value.to_string()),
            PercentSign::Literal => percent(*value).unwrap_or_else(|| value.to_string()),
        },
        content => shown(content),
    }
}

/// The text that stands there itself, where nothing of it is trimmed; of all else what `shown` gives.
pub fn own_text_or(content: &Content, shown: impl FnOnce() -> String) -> Arc<str> {
    match content {
        Content::Text(text) if text.trim().len() == text.len() => text.clone(),
        _ => shown().into(),
    }
}

fn percent(hundredths: f64) -> Option<String> {
    let hundredths = super::quantity::from_float(hundredths)?;
    Some(format!("{}%", super::quantity::plain(hundredths.round_dp(2))))
}

/// A cell's content as plain text, trimmed.
pub fn shown(content: &Content) -> String {
    match content {
        Content::Blank => String::new(),
        Content::Number(value) => {
            super::quantity::from_float(*value).map_or_else(|| value.to_string(), super::quantity::plain)
        }
        Content::Text(text) => text.trim().to_string(),
        Content::Date(moment) => super::period::long_date(moment.date()),
        Content::Boolean(value) => if *value { "TRUE" } else { "FALSE" }.to_string(),
        Content::Error(error) => error.to_string(),
    }
}

/// What a workbook carries besides its sheets. None of it is run, followed or sent back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// ActiveX controls.
    pub controls: bool,
    /// A digital signature, of which nothing is checked.
    pub signed: bool,
    /// Formulas that take values from other workbooks, or connections to other sources of data.
    pub links: bool,
    /// A sensitivity label by its name, empty where it gives none.
    pub label: Option<String>,
}

/// The format a workbook was sent in, as far as it decides what can be known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FileFormat {
    /// Excel 2007 and later (.xlsx, .xlsm).
    #[default]
    Xlsx,
    /// The same in binary parts (.xlsb).
    Xlsb,
    /// Excel 5.0 to 2003 (.xls).
    Xls,
    /// OpenDocument (.ods).
    Ods,
    /// Delimited text (.csv): one sheet, named after the file.
    Text,
}

impl FileFormat {
    /// What the format does not tell although it may have been so in the workbook the file was made from, as the object
    /// of a sentence; `None` when it tells all that matters here.
    pub fn untold(self) -> Option<&'static str> {
        match self {
            FileFormat::Xlsx | FileFormat::Xlsb | FileFormat::Xls | FileFormat::Ods => None,
            FileFormat::Text => Some("hidden rows and columns, formulas, merged cells and other sheets"),
        }
    }

    /// Whether the names of the sheets were given by people.
    pub fn names_sheets(self) -> bool {
        self != FileFormat::Text
    }
}

/// A whole workbook.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Workbook {
    /// Path below the workspace with forward slashes.
    #[serde(with = "super::shared")]
    pub file: Arc<str>,
    /// Worksheets in the file's order.
    pub sheets: Vec<Sheet>,
    /// Whether it carries macros.
    pub macros: bool,
    /// What else it carries that no sheet shows.
    pub carried: Carried,
    /// The format it was sent in.
    pub format: FileFormat,
}

impl Workbook {
    /// The workbook without the council's own sheet, which is no part of the return. A sheet that merely has its name stays.
    #[must_use]
    pub fn without_feedback(mut self) -> Self {
        self.sheets.retain(|sheet| !council_feedback::is_ours(sheet));
        self
    }

    /// The place of a cell in this workbook.
    pub fn place(&self, sheet: &Sheet, cell: CellAddress) -> CellRef {
        CellRef { file: self.file.clone(), sheet: sheet.name.clone(), cell }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_shown_as_its_format_shows_it() {
        for (value, number_format, text) in [
            (0.75, "0%", "75%"),
            (0.7512, "0.0%", "75.12%"),
            (75.0, "0\"%\"", "75%"),
            (75.0, "0\\%", "75%"),
            (0.75, "0.00", "0.75"),
            (-0.5, "0%;-0.0", "-0.5"),
        ] {
            let look = Look { number_format: number_format.to_string(), ..Look::default() };
            let cell = Cell { content: Content::Number(value), formula: false, look: Arc::new(look) };
            let address = CellAddress::new(0, 0);
            let sheet = Sheet { cells: [(address, cell)].into(), ..Sheet::default() };
            assert_eq!(sheet.text(address), text, "{value} as {number_format}");
        }
    }
}
