//! The drawing with the notes' boxes, in VML.
//!
//! What Excel writes there is not always well-formed: the words of a form control may hold an unclosed `<br>` or attributes
//! without quotes. So tags are followed one by one, and their nesting only where it matters.

mod reading;
mod shapes;

use std::collections::BTreeSet;
use std::ops::Range;

use self::reading::Reading;
use self::shapes::{Prefixes, SHAPE};
use crate::domain::place::CellAddress;
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::notes::boxes::Grid;
use crate::output::write_back::xml::{Open, Splices};

/// So many numbers belong to each number of a drawing's map.
const BLOCK: u64 = 1_024;

/// A drawing without shapes.
pub const EMPTY: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"></xml>";

/// A drawing as it is.
#[derive(Debug)]
pub struct Drawing<'a> {
    part: &'a str,
    text: &'a str,
    root: Open<'a>,
    root_close: usize,
    /// Layout element and its closing tag.
    layout: Option<(Open<'a>, usize)>,
    map: Option<Open<'a>>,
    has_shape_type: bool,
    /// Numbers of shapes.
    numbers: BTreeSet<u64>,
    /// The boxes of notes: the cell of each and its bytes.
    notes: Vec<(CellAddress, Range<usize>)>,
}

impl<'a> Drawing<'a> {
    /// That of a part.
    ///
    /// # Errors
    ///
    /// When its tags or its end cannot be found.
    pub fn read(part: &'a str, text: &'a str) -> Result<Self, NotSafe> {
        Reading::new(part, text).read()
    }

    /// The cells that have a box.
    pub fn cells(&self) -> BTreeSet<CellAddress> {
        self.notes.iter().map(|(cell, _)| *cell).collect()
    }

    /// The part with a box for each of the notes, so many pixels high. `taken` gives the map numbers of the package's other drawings; it is
    /// asked only when this one needs another.
    ///
    /// # Errors
    ///
    /// When the map of numbers is not understood.
    pub fn with(
        &self,
        grid: &Grid,
        notes: &[(CellAddress, u32)],
        taken: impl FnOnce() -> Result<BTreeSet<u64>, NotSafe>,
    ) -> Result<String, NotSafe> {
        let mut splices = Splices::default();
        let own = Prefixes::of(&self.root);
        let mut shapes = String::new();
        if !self.has_shape_type {
            shapes.push_str(&own.shape_type());
        }
        let numbers = self.new_numbers(notes.len(), taken, &own, &mut splices)?;
        for ((cell, height), number) in notes.iter().zip(numbers) {
            shapes.push_str(&own.note(grid, *cell, *height, number));
        }
        match self.root.empty {
            true => return Err(NotSafe::not_understood(self.part, "an empty drawing")),
            false => splices.insert(self.root_close, shapes),
        }
        splices.apply(self.part, self.text)
    }

    /// Free numbers for shapes, within the drawing's map, which grows where it must.
    fn new_numbers(
        &self,
        count: usize,
        taken: impl FnOnce() -> Result<BTreeSet<u64>, NotSafe>,
        own: &Prefixes,
        splices: &mut Splices,
    ) -> Result<Vec<u64>, NotSafe> {
        let not_understood = || NotSafe::not_understood(self.part, "the numbers of its shapes");
        let data = match &self.map {
            Some(map) => Some(map.attribute("data").ok_or_else(not_understood)?),
            None => None,
        };
        let mut blocks: Vec<u64> = Vec::new();
        for block in data.iter().flat_map(|data| data.split(',')).filter(|block| !block.trim().is_empty()) {
            blocks
                .push(block.trim().parse().ok().filter(|block| *block < 1 << 32).ok_or_else(not_understood)?);
        }
        let free = |block: u64| {
            let own = block * BLOCK + 1..(block + 1) * BLOCK;
            own.filter(|number| !self.numbers.contains(number))
        };
        let mut numbers: Vec<u64> = blocks.iter().copied().flat_map(free).take(count).collect();
        if numbers.len() < count {
            let mut taken = taken()?;
            taken.extend(blocks.iter().copied());
            taken.extend(self.numbers.iter().map(|number| number / BLOCK));
            let mut fresh = (1u64..).filter(|block| !taken.contains(block));
            while numbers.len() < count {
                let block = fresh.next().ok_or_else(not_understood)?;
                blocks.push(block);
                numbers.extend(free(block).take(count - numbers.len()));
            }
            let list: Vec<String> = blocks.iter().map(u64::to_string).collect();
            let map = own.map(&list.join(","));
            match (&self.map, &self.layout) {
                (Some(map), _) => {
                    let range = map.value_range("data").ok_or_else(not_understood)?;
                    splices.replace(range, list.join(","));
                }
                (None, Some((open, close))) => splices.append(open, *close, map),
                (None, None) => splices.insert(self.root.range.end, own.layout(&map)),
            }
        }
        Ok(numbers)
    }

    /// The part without the boxes of these cells; `None` when there are none.
    ///
    /// # Errors
    ///
    /// When the changes do not go together.
    pub fn without(&self, cells: &BTreeSet<CellAddress>) -> Result<Option<String>, NotSafe> {
        let mut splices = Splices::default();
        for (_, range) in self.notes.iter().filter(|(cell, _)| cells.contains(cell)) {
            splices.remove(range.clone());
        }
        match splices.is_empty() {
            true => Ok(None),
            false => splices.apply(self.part, self.text).map(Some),
        }
    }
}

/// The map numbers that a drawing uses, whether it says so or not.
pub fn blocks(text: &str) -> BTreeSet<u64> {
    let digits = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text[..end].parse::<u64>().ok()
    };
    let shapes = text.match_indices(SHAPE).filter_map(|(at, _)| digits(&text[at + SHAPE.len()..]));
    let mut blocks: BTreeSet<u64> = shapes.map(|number| number / BLOCK).collect();
    for (at, _) in text.match_indices("idmap") {
        let tag = text[at..].split('>').next().unwrap_or_default();
        let data = tag.split_once("data").map_or("", |(_, behind)| behind);
        let value = data.split(['"', '\'']).nth(1).unwrap_or_default();
        blocks.extend(value.split(',').filter_map(|block| block.trim().parse::<u64>().ok()));
    }
    blocks
}

#[cfg(test)]
mod tests;
