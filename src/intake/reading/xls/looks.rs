//! Fonts, colours and cell formats of a workbook stream as the domain words them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::records::{Texts, Version};
use crate::domain::workbook::Look;
use crate::intake::reading::binary::Bytes;
use crate::intake::reading::number_format::{Meaning, built_in, meaning};
use crate::intake::reading::refusal::{Limit, NotRead};
use crate::intake::reading::{MAX_FORMAT_TEXT, MAX_FORMATS};

/// The colours from the eighth on, unless the workbook has its own.
const PALETTE: [u32; 56] = [
    0x000000, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0xff00ff, 0x00ffff, 0x800000, 0x008000,
    0x000080, 0x808000, 0x800080, 0x008080, 0xc0c0c0, 0x808080, 0x9999ff, 0x993366, 0xffffcc, 0xccffff,
    0x660066, 0xff8080, 0x0066cc, 0xccccff, 0x000080, 0xff00ff, 0xffff00, 0x00ffff, 0x800080, 0x800000,
    0x008080, 0x0000ff, 0x00ccff, 0xccffff, 0xccffcc, 0xffff99, 0x99ccff, 0xff99cc, 0xcc99ff, 0xffcc99,
    0x3366ff, 0x33cccc, 0x99cc00, 0xffcc00, 0xff9900, 0xff6600, 0x666699, 0x969696, 0x003366, 0x339966,
    0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
];

/// A cell format, with what it makes of a number.
pub(super) type Format = (Arc<Look>, Meaning);

struct Font {
    bold: bool,
    italic: bool,
    colour: u16,
}

struct CellFormat {
    font: u16,
    code: u16,
    centred: bool,
    wrap: bool,
    border: bool,
    fill: Option<u16>,
}

/// The formats as they come along in the stream.
#[derive(Default)]
pub(super) struct Looks {
    codes: BTreeMap<u16, String>,
    fonts: Vec<Font>,
    formats: Vec<CellFormat>,
    palette: Option<Vec<u32>>,
}

impl Looks {
    /// A number format.
    pub(super) fn code(&mut self, mut bytes: Bytes, texts: Texts) -> Result<(), NotRead> {
        let read = |bytes: &mut Bytes| {
            let number = bytes.u16()?;
            let code = match texts.version {
                Version::Five => texts.short(bytes)?,
                Version::Eight => texts.long(bytes)?,
            };
            Some((number, code))
        };
        let Some((number, code)) = read(&mut bytes) else { return Ok(()) };
        if code.len() > MAX_FORMAT_TEXT {
            return Err(NotRead::TooLarge(Limit::FormatText));
        }
        self.codes.insert(number, code);
        Ok(())
    }

    /// A font.
    pub(super) fn font(&mut self, mut bytes: Bytes) -> Option<()> {
        bytes.take(2)?;
        let italic = bytes.u16()? & 2 != 0;
        let colour = bytes.u16()?;
        let bold = bytes.u16()? >= 600;
        // One record takes three bytes and more: the stream bounds their number.
        self.fonts.push(Font { bold, italic, colour });
        Some(())
    }

    /// The workbook's own colours.
    pub(super) fn palette(&mut self, mut bytes: Bytes) -> Option<()> {
        bytes.take(2)?;
        let mut colours = Vec::new();
        while let Some(rgb) = bytes.take(4) {
            colours.push(u32::from_be_bytes([0, rgb[0], rgb[1], rgb[2]]));
        }
        self.palette = Some(colours);
        Some(())
    }

    /// A cell format.
    pub(super) fn format(&mut self, bytes: Bytes, version: Version) -> Result<(), NotRead> {
        // A format that breaks off still counts, as the cells go by its number.
        let format = cell_format(bytes, version).unwrap_or(CellFormat {
            font: 0,
            code: 0,
            centred: false,
            wrap: false,
            border: false,
            fill: None,
        });
        self.formats.push(format);
        if self.formats.len() > MAX_FORMATS {
            return Err(NotRead::TooLarge(Limit::Formats));
        }
        Ok(())
    }

    /// The cell formats by their number.
    pub(super) fn finish(self) -> Vec<Format> {
        self.formats.iter().map(|format| self.look(format)).collect()
    }

    fn look(&self, format: &CellFormat) -> Format {
        let code = self.codes.get(&format.code).map_or_else(|| built_in(format.code), String::as_str);
        // There is no fourth font.
        let font = self.fonts.get(usize::from(if format.font > 4 { format.font - 1 } else { format.font }));
        let look = Look {
            number_format: code.to_string(),
            bold: font.is_some_and(|font| font.bold),
            italic: font.is_some_and(|font| font.italic),
            wrap: format.wrap,
            fill: format.fill.and_then(|colour| self.colour(colour)),
            font_colour: font.and_then(|font| self.colour(font.colour)),
            border: format.border,
            centred: format.centred,
        };
        (Arc::new(look), meaning(code))
    }

    /// A colour by its number; none for those that the system chooses.
    fn colour(&self, number: u16) -> Option<u32> {
        let number = usize::from(number);
        match number.checked_sub(8) {
            None => PALETTE.get(number).copied(),
            Some(number) => self.palette.as_deref().unwrap_or(&PALETTE).get(number).copied(),
        }
    }
}

fn cell_format(mut bytes: Bytes, version: Version) -> Option<CellFormat> {
    let (font, code) = (bytes.u16()?, bytes.u16()?);
    bytes.take(2)?;
    let alignment = bytes.u8()?;
    bytes.take(1)?;
    let (border, pattern, colours) = match version {
        Version::Five => {
            let colours = bytes.u16()?;
            let below = bytes.u16()?;
            let others = bytes.u16()?;
            (below & 0x01c0 != 0 || others & 0x01ff != 0, below & 0x3f, colours)
        }
        Version::Eight => {
            bytes.take(2)?;
            let sides = bytes.u16()?;
            bytes.take(2)?;
            let pattern = (bytes.u32()? >> 26) as u16;
            (sides != 0, pattern, bytes.u16()?)
        }
    };
    Some(CellFormat {
        font,
        code,
        centred: alignment & 7 == 2,
        wrap: alignment & 8 != 0,
        border,
        fill: (pattern != 0).then_some(colours & 0x7f),
    })
}

/// What a cell without a known format looks like.
pub(super) fn plain() -> Format {
    (Arc::new(Look { number_format: "General".to_string(), ..Look::default() }), Meaning::Number)
}
