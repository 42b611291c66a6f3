//! Where a figure stands: file, sheet and cell.

use std::fmt;
use std::sync::Arc;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The rows an .xlsx sheet can have.
pub const ROWS: u32 = 1_048_576;
/// The columns an .xlsx sheet can have.
pub const COLUMNS: u32 = 16_384;

/// A cell's position in its sheet, both counted from zero; shown the way Excel shows it (`D7`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellAddress {
    /// Row, counted from zero.
    pub row: u32,
    /// Column, counted from zero.
    pub column: u32,
}

impl CellAddress {
    /// The cell in `row` and `column`, both counted from zero.
    pub fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// Reads `D7` or `$D$7`; `None` when the text is no cell of an .xlsx sheet.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().filter(|c| *c != '$').collect();
        let digits = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, number) = text.split_at(digits);
        if letters.is_empty() || letters.len() > 3 || number.len() > 7 {
            return None;
        }
        let mut column = 0u32;
        for letter in letters.chars() {
            if !letter.is_ascii_alphabetic() {
                return None;
            }
            column = column * 26 + (letter.to_ascii_uppercase() as u32 - 'A' as u32 + 1);
        }
        let row: u32 = number.parse().ok()?;
        ((1..=ROWS).contains(&row) && column <= COLUMNS).then(|| Self::new(row - 1, column - 1))
    }
}

/// The letters of a column counted from zero: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = String::new();
    // Writing to a text never fails.
    let _ = write_letters(&mut letters, column);
    letters
}

fn write_letters(to: &mut impl fmt::Write, column: u32) -> fmt::Result {
    if let Some(before) = (column / 26).checked_sub(1) {
        write_letters(to, before)?;
    }
    to.write_char(char::from(b'A' + (column % 26) as u8))
}

impl fmt::Display for CellAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_letters(f, self.column)?;
        write!(f, "{}", self.row + 1)
    }
}

impl Serialize for CellAddress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.row, self.column).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for CellAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Self::parse(&text).ok_or_else(|| D::Error::custom("this is no cell"))
        } else {
            let (row, column) = Deserialize::deserialize(deserializer)?;
            Ok(Self { row, column })
        }
    }
}

/// One cell of one file. `file` is the path below the workspace with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRef {
    /// Path below the workspace, with forward slashes.
    #[serde(with = "super::shared")]
    pub file: Arc<str>,
    /// The sheet's name as it stands in the file.
    #[serde(with = "super::shared")]
    pub sheet: Arc<str>,
    /// The cell.
    pub cell: CellAddress,
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, sheet “{}”, cell {}", self.file, self.sheet, self.cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shows_addresses_as_excel_does() {
        for (row, column, shown) in
            [(0, 0, "A1"), (6, 3, "D7"), (0, 25, "Z1"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")]
        {
            assert_eq!(CellAddress::new(row, column).to_string(), shown);
        }
    }

    #[test]
    fn refuses_what_is_no_cell() {
        for text in ["", "7", "D", "D0", "XFE1", "A1048577", "D7:E9", "ÄÖ1"] {
            assert_eq!(CellAddress::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_back_what_it_shows(row in 0u32..1_048_576, column in 0u32..16_384) {
            let address = CellAddress::new(row, column);
            prop_assert_eq!(CellAddress::parse(&address.to_string()), Some(address));
        }
    }
}
