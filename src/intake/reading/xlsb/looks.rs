//! The part with the cell formats.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use super::records::{Records, text};
use crate::domain::workbook::Look;
use crate::intake::reading::binary::Bytes;
use crate::intake::reading::number_format::{Meaning, built_in, meaning};
use crate::intake::reading::refusal::{Limit, NotRead};
use crate::intake::reading::{MAX_FORMAT_TEXT, MAX_FORMATS};

const FONT: u16 = 43;
const NUMBER_FORMAT: u16 = 44;
const FILL: u16 = 45;
const BORDER: u16 = 46;
const CELL_FORMAT: u16 = 47;
const CELL_FORMATS: u16 = 617;
const CELL_FORMATS_END: u16 = 618;

/// A cell format, with what it makes of a number.
pub(super) type Format = (Arc<Look>, Meaning);

#[derive(Default)]
struct Found {
    codes: BTreeMap<u16, String>,
    fonts: Vec<(bool, bool, Option<u32>)>,
    fills: Vec<Option<u32>>,
    borders: Vec<bool>,
}

/// The cell formats by their number.
pub(super) fn read<R: Read>(mut records: Records<R>) -> Result<Vec<Format>, NotRead> {
    let mut found = Found::default();
    let mut formats = Vec::new();
    let mut in_formats = false;
    while let Some((kind, bytes)) = records.next()? {
        match kind {
            CELL_FORMATS => in_formats = true,
            CELL_FORMATS_END => in_formats = false,
            CELL_FORMAT if in_formats => formats.push(found.look(bytes).unwrap_or_else(plain)),
            kind => {
                found.note(kind, bytes);
            }
        }
        let most =
            [formats.len(), found.codes.len(), found.fonts.len(), found.fills.len(), found.borders.len()];
        if most.into_iter().any(|count| count > MAX_FORMATS) {
            return Err(NotRead::TooLarge(Limit::Formats));
        }
        if found.codes.values().next_back().is_some_and(|code| code.len() > MAX_FORMAT_TEXT) {
            return Err(NotRead::TooLarge(Limit::FormatText));
        }
    }
    Ok(formats)
}

impl Found {
    fn note(&mut self, kind: u16, mut bytes: Bytes) -> Option<()> {
        match kind {
            NUMBER_FORMAT => {
                let number = bytes.u16()?;
                let code = text(&mut bytes)?;
                self.codes.insert(number, code);
            }
            FONT => {
                bytes.take(2)?;
                let italic = bytes.u16()? & 2 != 0;
                let bold = bytes.u16()? >= 600;
                bytes.take(6)?;
                self.fonts.push((bold, italic, colour(&mut bytes)));
            }
            FILL => {
                let pattern = bytes.u32()?;
                let front = colour(&mut bytes);
                self.fills.push(if pattern == 0 || pattern > 18 { None } else { front });
            }
            BORDER => {
                bytes.take(1)?;
                // Top, bottom, left, right, each a style and a colour.
                let mut sides = std::iter::from_fn(|| bytes.take(10)).take(4);
                self.borders.push(sides.any(|side| side[0] != 0));
            }
            _ => {}
        }
        Some(())
    }

    fn look(&self, mut bytes: Bytes) -> Option<Format> {
        bytes.take(2)?;
        let (code, font) = (bytes.u16()?, bytes.u16()?);
        let (fill, border) = (bytes.u16()?, bytes.u16()?);
        bytes.take(2)?;
        let alignment = bytes.u16()?;
        let code = self.codes.get(&code).map_or_else(|| built_in(code), String::as_str);
        let (bold, italic, font_colour) = self.fonts.get(usize::from(font)).copied().unwrap_or_default();
        let look = Look {
            number_format: code.to_string(),
            bold,
            italic,
            wrap: alignment & 0x40 != 0,
            fill: self.fills.get(usize::from(fill)).copied().flatten(),
            font_colour,
            border: self.borders.get(usize::from(border)).copied().unwrap_or_default(),
            centred: alignment & 7 == 2,
        };
        Some((Arc::new(look), meaning(code)))
    }
}

/// A colour, where it is given as such and not by the theme.
fn colour(bytes: &mut Bytes) -> Option<u32> {
    let colour = bytes.take(8)?;
    // The lowest bit says that red, green and blue hold good whatever else says it.
    (colour[0] & 1 != 0 && colour[7] == 0xff)
        .then(|| u32::from_be_bytes([0, colour[4], colour[5], colour[6]]))
}

/// What a cell without a known format looks like.
pub(super) fn plain() -> Format {
    (Arc::new(Look { number_format: "General".to_string(), ..Look::default() }), Meaning::Number)
}
