//! The merged areas of a sheet, found by cell without going through them all.

use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::place::CellAddress;
use super::workbook::Area;

/// Merged areas in the file's order; as a slice where all are wanted.
///
/// Where areas overlap, which Excel neither makes nor opens, the earlier one holds its cells.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Area>", into = "Vec<Area>")]
pub struct MergedAreas {
    areas: Vec<Area>,
    /// Position in `areas` by middle row and first column. Areas of one middle row all hold that row, so they lie side by side.
    index: BTreeMap<(u32, u32), usize>,
    /// The bits by which middle rows are told apart, as far as any are in use.
    levels: u32,
}

impl MergedAreas {
    /// Adds an area after the others.
    pub fn push(&mut self, area: Area) {
        let middle = middle(area.first.row, area.last.row);
        let left = self.nearest(middle, area.last.column);
        if left.is_none_or(|index| self.areas[index].last.column < area.first.column) {
            self.index.insert((middle, area.first.column), self.areas.len());
            self.levels |= lowest_bit(middle);
        }
        self.areas.push(area);
    }

    /// The area that holds the cell, if any.
    pub fn holding(&self, cell: CellAddress) -> Option<&Area> {
        let row = cell.row + 1;
        let mut found: Option<usize> = None;
        let mut levels = self.levels;
        while levels != 0 {
            let level = lowest_bit(levels);
            levels ^= level;
            // The one row of this level whose areas can reach the cell.
            let middle = (row & !(level - 1)) | level;
            let own = self.nearest(middle, cell.column).filter(|index| self.areas[*index].contains(cell));
            found = found.into_iter().chain(own).min();
        }
        self.areas.get(found?)
    }

    /// Of the areas around a middle row, the last that begins at or before the column.
    fn nearest(&self, middle: u32, column: u32) -> Option<usize> {
        let (key, index) = self.index.range(..=(middle, column)).next_back()?;
        (key.0 == middle).then_some(*index)
    }
}

/// The row (counted from one) between both, inclusive, that divides by the highest power of two: of each power there is one at most,
/// and it can be told from any row of the area.
fn middle(first: u32, last: u32) -> u32 {
    let (first, last) = (first + 1, last + 1);
    let differ = (first - 1) ^ last;
    let highest = 1 << (31 - differ.leading_zeros());
    last & !(highest - 1)
}

fn lowest_bit(value: u32) -> u32 {
    value & value.wrapping_neg()
}

impl From<Vec<Area>> for MergedAreas {
    fn from(areas: Vec<Area>) -> Self {
        let mut merged = Self::default();
        for area in areas {
            merged.push(area);
        }
        merged
    }
}

impl From<MergedAreas> for Vec<Area> {
    fn from(merged: MergedAreas) -> Vec<Area> {
        merged.areas
    }
}

impl Deref for MergedAreas {
    type Target = [Area];

    fn deref(&self) -> &[Area] {
        &self.areas
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn area(row: u32, column: u32, rows: u32, columns: u32) -> Area {
        Area {
            first: CellAddress::new(row, column),
            last: CellAddress::new(row + rows - 1, column + columns - 1),
        }
    }

    fn apart(one: &Area, other: &Area) -> bool {
        one.last.row < other.first.row
            || other.last.row < one.first.row
            || one.last.column < other.first.column
            || other.last.column < one.first.column
    }

    proptest! {
        #[test]
        fn finds_what_going_through_them_finds(
            offered in proptest::collection::vec((0u32..24, 0u32..24, 1u32..9, 1u32..9), 0..60)
        ) {
            let mut areas: Vec<Area> = Vec::new();
            for (row, column, rows, columns) in offered {
                let new = area(row, column, rows, columns);
                if areas.iter().all(|own| apart(own, &new)) {
                    areas.push(new);
                }
            }
            let merged = MergedAreas::from(areas.clone());
            for row in 0..34 {
                for column in 0..34 {
                    let cell = CellAddress::new(row, column);
                    prop_assert_eq!(merged.holding(cell), areas.iter().find(|area| area.contains(cell)), "{}", cell);
                }
            }
        }
    }

    #[test]
    fn reaches_the_ends_of_a_sheet() {
        let whole = area(0, 0, 1_048_576, 16_384);
        let merged = MergedAreas::from(vec![whole]);
        for cell in ["A1", "XFD1048576", "B524288"] {
            assert_eq!(merged.holding(CellAddress::parse(cell).unwrap()), Some(&whole), "{cell}");
        }
    }

    #[test]
    fn of_two_that_overlap_the_earlier_holds_the_cell() {
        let (first, second) = (area(0, 0, 2, 2), area(0, 1, 2, 3));
        let merged = MergedAreas::from(vec![first, second]);
        assert_eq!(merged.len(), 2);
        assert_eq!(merged.holding(CellAddress::new(1, 1)), Some(&first));
        assert_eq!(merged.holding(CellAddress::new(1, 4)), None);
    }
}
