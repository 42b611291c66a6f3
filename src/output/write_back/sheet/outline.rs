//! Everything a worksheet's part says besides its cells.

use std::ops::Range;

use crate::domain::place::CellAddress;
use crate::domain::workbook::Area;
use crate::output::write_back::book::Root;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::xml::{Element, Open, Scan, Step};

/// What may stand in a worksheet, in the order in which it has to (ISO/IEC 29500-1, 18.3.1.99).
const ORDER: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// A worksheet's part without its cells.
#[derive(Debug)]
pub struct Outline {
    /// What the root says.
    pub root: Root,
    /// The rows.
    pub sheet_data: Element,
    /// The area in use: the bytes of its value, and the area.
    pub dimension: Option<(Range<usize>, Area)>,
    /// Merged areas.
    pub merged: Vec<Area>,
    /// The relationship of the drawing that holds the boxes of notes.
    pub legacy_drawing: Option<String>,
    /// Whether there are any conditional formats.
    pub has_conditional_formats: bool,
    /// First column, last column (both inclusive, counted from zero) and format of those that have one.
    columns: Vec<(u32, u32, usize)>,
    /// Name and start of each child of the root, in the part's order.
    children: Vec<(String, usize)>,
    end: usize,
}

impl Outline {
    /// Walks the part.
    ///
    /// # Errors
    ///
    /// When it cannot be followed, or is no worksheet.
    pub fn read(part: &str, text: &str) -> Result<Self, NotSafe> {
        let mut scan = Scan::new(part, text);
        let (mut root, mut sheet_data, mut dimension) = (None, None, None);
        let (mut merged, mut columns, mut children) = (Vec::new(), Vec::new(), Vec::new());
        let (mut legacy_drawing, mut has_conditional_formats, mut end) = (None, false, 0);
        while let Some(step) = scan.next()? {
            let open = match step {
                Step::Open(open) => open,
                Step::Close { range, depth: 0 } => {
                    end = range.start;
                    continue;
                }
                _ => continue,
            };
            match (open.depth, open.local()) {
                (0, "worksheet") => root = Some(Root::of(&scan, &open)?),
                (0, other) => return Err(scan.not_understood(other)),
                (1, name) => {
                    children.push((name.to_string(), open.range.start));
                    expect_own_namespace(&scan, &open, root.as_ref())?;
                    match name {
                        "sheetData" => {
                            if sheet_data.is_some() {
                                return Err(scan.not_understood("two lists of rows"));
                            }
                            let close = scan.skip_at_a_glance(&open)?;
                            sheet_data = Some(open.place(&close));
                        }
                        "dimension" => {
                            dimension = open
                                .value_range("ref")
                                .zip(open.attribute("ref").and_then(|written| Area::parse(&written)));
                        }
                        "legacyDrawing" => legacy_drawing = open.any_attribute("id"),
                        "conditionalFormatting" => has_conditional_formats = true,
                        _ => {}
                    }
                }
                (2, "col") => {
                    let format = open.number("style").unwrap_or(0);
                    let number = |name: &str| open.number(name).and_then(|own| u32::try_from(own).ok());
                    if let (Some(first), Some(last)) = (number("min"), number("max"))
                        && format > 0
                    {
                        columns.push((first.saturating_sub(1), last.saturating_sub(1), format));
                    }
                }
                (2, "mergeCell") => {
                    if let Some(area) = open.attribute("ref").and_then(|written| Area::parse(&written)) {
                        merged.push(area);
                    }
                }
                // Strict workbooks offer it to the programs that know such drawings.
                (3, "legacyDrawing") if legacy_drawing.is_none() => legacy_drawing = open.any_attribute("id"),
                // Those of newer kinds stand among the extensions.
                (_, "conditionalFormatting") => has_conditional_formats = true,
                _ => {}
            }
        }
        let missing = |what: &str| NotSafe::not_understood(part, format!("no {what}"));
        Ok(Self {
            root: root.ok_or_else(|| missing("worksheet"))?,
            sheet_data: sheet_data.ok_or_else(|| missing("rows"))?,
            dimension,
            merged,
            legacy_drawing,
            has_conditional_formats,
            columns,
            children,
            end,
        })
    }

    /// The format of cells in that column (counted from zero) that have none of their own, nor their row.
    pub fn column_format(&self, column: u32) -> Option<usize> {
        self.columns
            .iter()
            .find(|(first, last, _)| (*first..=*last).contains(&column))
            .map(|(_, _, format)| *format)
    }

    /// The first cell of the merged area `cell` lies in, else the cell itself.
    pub fn first_of_merged(&self, cell: CellAddress) -> CellAddress {
        self.merged.iter().find(|area| area.contains(cell)).map_or(cell, |area| area.first)
    }

    /// Where an element of that name is put: behind the last of those that have to stand before it. What is unknown, such as
    /// alternatives for newer programs, belongs behind.
    pub fn place_of(&self, name: &str) -> usize {
        let rank = |name: &str| ORDER.iter().position(|own| *own == name);
        let own = rank(name);
        let before = self.children.iter().rposition(|(other, _)| rank(other).is_some() && rank(other) < own);
        let next = before.map_or(0, |position| position + 1);
        self.children.get(next).map_or(self.end, |(_, start)| *start)
    }
}

/// The part's own elements keep to one namespace and prefix; one that declares its own anew is not followed.
fn expect_own_namespace(scan: &Scan<'_>, open: &Open<'_>, root: Option<&Root>) -> Result<(), NotSafe> {
    let prefix = open.prefix();
    let own = root.is_some_and(|root| root.prefix == prefix);
    let name = if prefix.is_empty() {
        "xmlns".to_string()
    } else {
        format!("xmlns:{}", prefix.trim_end_matches(':'))
    };
    if own && open.attribute(&name).is_some() || !own && ORDER.contains(&open.local()) {
        return Err(scan.not_understood(format!("{} in another namespace", open.local())));
    }
    Ok(())
}
