//! Conditional formats that would hide a colour of ours: a rule of ours comes before all others of the sheet.
//!
//! A cell's own fill gives way to any rule that holds, to colour scales, data bars and icons. So where one covers a rated
//! cell, the colour is said once more, by a rule that always holds, is first, and stops the others.

mod area;
mod ours;
mod pivots;

pub use ours::remove_ours;
pub use pivots::raise_in_pivot_tables;

use std::ops::Range;

use super::not_safe::NotSafe;
use super::xml::{Open, Scan, Splices, Step};
use crate::domain::place::CellAddress;
use crate::domain::workbook::Area;
use area::area;

/// What all conditional formats have in their names.
const ELEMENT: &str = "conditionalFormatting";
/// Always true, as the number of a text is 0, and known again as ours.
const FORMULA: &str = "N(\"Council feedback\")=0";

/// The conditional formats of a sheet.
#[derive(Debug, Default)]
pub struct ConditionalFormats {
    areas: Vec<Area>,
    /// Where the first of the ordinary ones begins, and its prefix.
    first: Option<(usize, String)>,
    /// Each priority with the bytes of its value.
    priorities: Vec<(Range<usize>, u32)>,
}

impl ConditionalFormats {
    /// Those of a sheet: ordinary ones, and those of newer Excels in its extensions. All stand behind byte `cells_end`, where the
    /// sheet's rows end.
    ///
    /// # Errors
    ///
    /// When the sheet cannot be followed.
    pub fn read(part: &str, text: &str, cells_end: usize) -> Result<Self, NotSafe> {
        let mut found = Self::default();
        let mut scan = Scan::inside_root(part, text, cells_end);
        let mut is_range = false;
        // A text comes in pieces where entities stand in it.
        let mut ranges = String::new();
        while let Some(step) = scan.next()? {
            match step {
                Step::Open(open) if open.local() == ELEMENT => {
                    if open.depth == 1 && found.first.is_none() {
                        found.first = Some((open.range.start, open.prefix()));
                    }
                    found.cover(&open.attribute("sqref").unwrap_or_default());
                }
                Step::Open(open) if open.local() == "cfRule" => found.keep_priority(&open),
                Step::Open(open) => is_range = open.local() == "sqref" && !open.empty,
                Step::Text { text, .. } if is_range => ranges.push_str(&text),
                Step::Close { .. } if is_range => {
                    found.cover(&std::mem::take(&mut ranges));
                    is_range = false;
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// Whether one of them covers the cell.
    pub fn covers(&self, cell: CellAddress) -> bool {
        self.areas.iter().any(|area| area.contains(cell))
    }

    /// Puts rules of ours before all others: the `dxfId` of each with its cells. Where the sheet has only formats in its
    /// extensions, the new ones come at `otherwise` with its prefix.
    ///
    /// Every other priority of the sheet is raised by the number of our rules; those of its pivot tables are
    /// [`raise_in_pivot_tables`]'s.
    pub fn override_at(
        &self,
        rules: &[(u32, Vec<CellAddress>)],
        otherwise: (usize, &str),
        splices: &mut Splices,
    ) {
        let rules: Vec<&(u32, Vec<CellAddress>)> =
            rules.iter().filter(|(_, cells)| !cells.is_empty()).collect();
        let (at, prefix) = match &self.first {
            Some((at, prefix)) => (*at, prefix.as_str()),
            None => otherwise,
        };
        for (index, (format, cells)) in rules.iter().enumerate() {
            let cells: Vec<String> = cells.iter().map(CellAddress::to_string).collect();
            let formula = FORMULA.replace('"', "&quot;");
            splices.insert(
                at,
                format!(
                    "<{prefix}{ELEMENT} sqref=\"{}\"><{prefix}cfRule type=\"expression\" dxfId=\"{format}\" priority=\"{}\" stopIfTrue=\"1\"><{prefix}formula>{formula}</{prefix}formula></{prefix}cfRule></{prefix}{ELEMENT}>",
                    cells.join(" "),
                    index + 1
                ),
            );
        }
        raise(&self.priorities, rules.len(), splices);
    }

    fn cover(&mut self, ranges: &str) {
        self.areas.extend(ranges.split_whitespace().filter_map(area));
    }

    fn keep_priority(&mut self, open: &Open<'_>) {
        self.priorities.extend(priority(open));
    }
}

/// The priority of a rule with the bytes of its value; `None` when it has none or it is no number.
fn priority(open: &Open<'_>) -> Option<(Range<usize>, u32)> {
    let value = open.attribute("priority")?.trim().parse().ok()?;
    Some((open.value_range("priority")?, value))
}

/// Raises priorities by a number; one that would leave the numbers Excel reads stays, as it comes late anyhow.
fn raise(priorities: &[(Range<usize>, u32)], by: usize, splices: &mut Splices) {
    for (range, value) in priorities.iter().filter(|_| by > 0) {
        let raised = u32::try_from(by).ok().and_then(|by| value.checked_add(by));
        if let Some(raised) = raised.filter(|raised| i32::try_from(*raised).is_ok()) {
            splices.replace(range.clone(), raised.to_string());
        }
    }
}

#[cfg(test)]
mod tests;
