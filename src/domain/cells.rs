//! The cells of a sheet, in order, side by side: a log of 200,000 rows has two million of them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::{Bound, Index, Range, RangeBounds};

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::place::CellAddress;
use super::workbook::Cell;

/// Cells by row, then column, each address once. As in a map, of two cells for one address the later stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cells {
    sorted: Vec<(CellAddress, Cell)>,
    /// Of each row where it begins in `sorted`, and where the last one ends; empty where the rows are too far apart for that.
    rows: Vec<u32>,
}

/// As many rows may be empty for each cell when rows are looked up by their number: two cells may stand a million rows apart.
const EMPTY_ROWS_A_CELL: usize = 4;

/// Where each row begins. Cells are looked up one by one, and nearly all in the row where the last one stood.
fn beginnings(sorted: &[(CellAddress, Cell)]) -> Vec<u32> {
    let Some((last, _)) = sorted.last() else { return Vec::new() };
    let last = last.row as usize;
    if last > sorted.len().saturating_mul(EMPTY_ROWS_A_CELL) || u32::try_from(sorted.len()).is_err() {
        return Vec::new();
    }
    let mut rows = Vec::with_capacity(last + 2);
    for (at, (address, _)) in (0_u32..).zip(sorted) {
        while rows.len() <= address.row as usize {
            rows.push(at);
        }
    }
    rows.extend(u32::try_from(sorted.len()));
    rows
}

fn apart((address, cell): &(CellAddress, Cell)) -> (&CellAddress, &Cell) {
    (address, cell)
}

impl Cells {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.sorted.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// The cell at the address.
    pub fn get(&self, address: &CellAddress) -> Option<&Cell> {
        self.place(address).ok().map(|at| &self.sorted[at].1)
    }

    /// The cell at the address, to be changed.
    pub fn get_mut(&mut self, address: &CellAddress) -> Option<&mut Cell> {
        self.place(address).ok().map(|at| &mut self.sorted[at].1)
    }

    /// Whether there is a cell at the address.
    pub fn contains_key(&self, address: &CellAddress) -> bool {
        self.place(address).is_ok()
    }

    /// Every cell with its address, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&CellAddress, &Cell)> + Clone {
        self.sorted.iter().map(apart)
    }

    /// Every address, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &CellAddress> + Clone {
        self.iter().map(|(address, _)| address)
    }

    /// Every cell, in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Cell> + Clone {
        self.iter().map(|(_, cell)| cell)
    }

    /// Every cell, in order, to be changed.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Cell> {
        self.sorted.iter_mut().map(|(_, cell)| cell)
    }

    /// The cells within a range of addresses, in order.
    pub fn range(
        &self,
        range: impl RangeBounds<CellAddress>,
    ) -> impl DoubleEndedIterator<Item = (&CellAddress, &Cell)> + Clone {
        let (from, to) = self.bounds(&range);
        self.sorted[from..to].iter().map(apart)
    }

    /// The cells within a range of addresses, in order, to be changed.
    pub fn range_mut(
        &mut self,
        range: impl RangeBounds<CellAddress>,
    ) -> impl DoubleEndedIterator<Item = (&CellAddress, &mut Cell)> {
        let (from, to) = self.bounds(&range);
        self.sorted[from..to].iter_mut().map(|(address, cell)| (&*address, cell))
    }

    /// Puts a cell at the address; returns the one that stood there. Moves all that are behind it: many cells are rather collected.
    pub fn insert(&mut self, address: CellAddress, cell: Cell) -> Option<Cell> {
        match self.place(&address) {
            Ok(at) => Some(std::mem::replace(&mut self.sorted[at].1, cell)),
            Err(at) => {
                self.sorted.insert(at, (address, cell));
                self.rows = beginnings(&self.sorted);
                None
            }
        }
    }

    /// Takes the cell at the address away; returns it.
    pub fn remove(&mut self, address: &CellAddress) -> Option<Cell> {
        let removed = self.place(address).ok().map(|at| self.sorted.remove(at).1);
        self.rows = beginnings(&self.sorted);
        removed
    }

    /// The cells of a row, in order.
    pub fn row(&self, row: u32) -> &[(CellAddress, Cell)] {
        self.sorted.get(self.within(row)).unwrap_or_default()
    }

    /// The positions among which every cell of the row is, and no cell of another row where rows are looked up by their number.
    fn around(&self, row: u32) -> Range<usize> {
        if self.rows.is_empty() {
            return 0..self.sorted.len();
        }
        let begins = |row: usize| self.rows.get(row).map_or(self.sorted.len(), |at| *at as usize);
        begins(row as usize)..begins((row as usize).saturating_add(1))
    }

    /// The positions of the cells of the row.
    fn within(&self, row: u32) -> Range<usize> {
        if !self.rows.is_empty() {
            return self.around(row);
        }
        let from = self.sorted.partition_point(|(own, _)| own.row < row);
        let length = self.sorted.get(from..).unwrap_or_default().partition_point(|(own, _)| own.row == row);
        from..from + length
    }

    /// Where the address stands, or would stand.
    fn place(&self, address: &CellAddress) -> Result<usize, usize> {
        let around = self.around(address.row);
        let cells = self.sorted.get(around.clone()).unwrap_or_default();
        let found = cells.binary_search_by(|(own, _)| own.cmp(address));
        found.map(|at| around.start + at).map_err(|at| around.start + at)
    }

    /// From which position to before which a range goes.
    fn bounds(&self, range: &impl RangeBounds<CellAddress>) -> (usize, usize) {
        let before = |address: &CellAddress| self.place(address).unwrap_or_else(|at| at);
        let through = |address: &CellAddress| self.place(address).map_or_else(|at| at, |at| at + 1);
        let from = match range.start_bound() {
            Bound::Included(first) => before(first),
            Bound::Excluded(first) => through(first),
            Bound::Unbounded => 0,
        };
        let to = match range.end_bound() {
            Bound::Included(last) => through(last),
            Bound::Excluded(last) => before(last),
            Bound::Unbounded => self.sorted.len(),
        };
        (from, to.max(from))
    }
}

/// In any order.
impl From<Vec<(CellAddress, Cell)>> for Cells {
    fn from(mut cells: Vec<(CellAddress, Cell)>) -> Self {
        if !cells.is_sorted_by(|one, other| one.0 < other.0) {
            cells.sort_by_key(|(address, _)| *address);
            // Sorted stably, so that the last of one address is the one that came last.
            cells.dedup_by(|later, earlier| {
                let again = later.0 == earlier.0;
                if again {
                    std::mem::swap(later, earlier);
                }
                again
            });
        }
        Self { rows: beginnings(&cells), sorted: cells }
    }
}

impl From<BTreeMap<CellAddress, Cell>> for Cells {
    fn from(cells: BTreeMap<CellAddress, Cell>) -> Self {
        Vec::from_iter(cells).into()
    }
}

impl<const LENGTH: usize> From<[(CellAddress, Cell); LENGTH]> for Cells {
    fn from(cells: [(CellAddress, Cell); LENGTH]) -> Self {
        cells.into_iter().collect()
    }
}

impl FromIterator<(CellAddress, Cell)> for Cells {
    fn from_iter<I: IntoIterator<Item = (CellAddress, Cell)>>(cells: I) -> Self {
        Vec::from_iter(cells).into()
    }
}

impl<'a> IntoIterator for &'a Cells {
    type Item = (&'a CellAddress, &'a Cell);
    type IntoIter = std::iter::Map<
        std::slice::Iter<'a, (CellAddress, Cell)>,
        fn(&(CellAddress, Cell)) -> (&CellAddress, &Cell),
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.sorted.iter().map(apart)
    }
}

impl Index<&CellAddress> for Cells {
    type Output = Cell;

    /// The cell at an address that has one.
    fn index(&self, address: &CellAddress) -> &Cell {
        let at = self.place(address).unwrap_or(usize::MAX);
        &self.sorted[at].1
    }
}

impl Serialize for Cells {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self)
    }
}

impl<'de> Deserialize<'de> for Cells {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Cells;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("cells by address")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut written: A) -> Result<Cells, A::Error> {
                // How many are announced is not believed further than this.
                let mut cells = Vec::with_capacity(written.size_hint().unwrap_or(0).min(4_096));
                while let Some(cell) = written.next_entry()? {
                    cells.push(cell);
                }
                Ok(cells.into())
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::shared::sharing;
    use crate::domain::workbook::Content;

    fn cell(value: u32) -> Cell {
        Cell { content: Content::Number(f64::from(value)), formula: false, look: Arc::default() }
    }

    /// Close together, and some far apart.
    fn address() -> impl Strategy<Value = CellAddress> {
        let row = prop_oneof![40 => 0u32..6, 1 => 1_000_000u32..1_000_002];
        (row, 0u32..6).prop_map(|(row, column)| CellAddress::new(row, column))
    }

    proptest! {
        #[test]
        fn hold_what_a_map_holds(
            offered in proptest::collection::vec(address(), 0..60),
            inserted in proptest::collection::vec(address(), 0..20),
            from in address(),
            to in address(),
        ) {
            let all = || (0..).zip(&offered).map(|(number, address)| (*address, cell(number)));
            let (mut map, mut cells) = (BTreeMap::from_iter(all()), Cells::from_iter(all()));
            for (number, address) in (1_000..).zip(inserted) {
                prop_assert_eq!(cells.insert(address, cell(number)), map.insert(address, cell(number)));
            }
            prop_assert_eq!(cells.remove(&from), map.remove(&from));
            prop_assert_eq!(cells.get_mut(&to), map.get_mut(&to));
            prop_assert!(cells.iter().eq(map.iter()) && (&cells).into_iter().eq(&map));
            prop_assert!(cells.keys().eq(map.keys()) && cells.values().eq(map.values()));
            prop_assert_eq!((cells.len(), cells.is_empty()), (map.len(), map.is_empty()));
            prop_assert_eq!(cells.get(&from), map.get(&from));
            prop_assert_eq!(cells.contains_key(&to), map.contains_key(&to));
            prop_assert!(cells.range(from..).eq(map.range(from..)));
            for row in [from.row, to.row, 6, u32::MAX] {
                let own = map.range(CellAddress::new(row, 0)..=CellAddress::new(row, u32::MAX));
                prop_assert!(cells.row(row).iter().map(apart).eq(own));
            }
            prop_assert!(cells.range(..to).eq(map.range(..to)));
            prop_assert!(cells.range(..=to).rev().eq(map.range(..=to).rev()));
            if from <= to {
                prop_assert!(cells.range(from..to).eq(map.range(from..to)));
                prop_assert!(cells.range_mut(from..=to).eq(map.range_mut(from..=to)));
            } else {
                prop_assert_eq!(cells.range(from..to).count(), 0);
            }
            let written = sharing(|| postcard::to_allocvec(&cells)).unwrap();
            prop_assert_eq!(&written, &sharing(|| postcard::to_allocvec(&map)).unwrap());
            let read: Cells = sharing(|| postcard::from_bytes(&written)).unwrap();
            prop_assert_eq!(read, cells);
        }
    }
}
