//! How a rating looks, on pages and in workbooks alike: always a word and a shape beside the colour.

use crate::domain::rating::Rating;
use crate::review::report::Compliance;

/// The look of a rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swatch {
    /// Fill colour as 0xRRGGBB; `None` is white with a dashed border.
    pub fill: Option<u32>,
    /// Text colour on the fill, as 0xRRGGBB.
    pub text: u32,
    /// A shape that tells the rating without colour.
    pub shape: char,
    /// Name for style sheets.
    pub class: &'static str,
}

/// Text colour of the pages, also used on light fills.
pub const INK: u32 = 0x0B_0C0C;
/// White.
pub const PAPER: u32 = 0xFF_FFFF;
/// Fill of headings and header rows.
pub const HEADING_FILL: u32 = 0xDD_E6EE;
/// Fill of cells in question; used with a pattern and a note so that it is no RAG colour.
pub const QUERY_FILL: u32 = 0xD5_C8E8;

/// The look of `rating`. Contrast of text on fill is at least 6.2 to 1.
pub fn swatch(rating: Rating) -> Swatch {
    match rating {
        Rating::Stretch => Swatch { fill: Some(0x00_3078), text: PAPER, shape: '★', class: "stretch" },
        Rating::Green => Swatch { fill: Some(0x00_703C), text: PAPER, shape: '●', class: "green" },
        Rating::Amber => Swatch { fill: Some(0xFF_BF47), text: INK, shape: '▲', class: "amber" },
        Rating::Red => Swatch { fill: Some(0xB1_0E1E), text: PAPER, shape: '■', class: "red" },
        Rating::NotRated => Swatch { fill: None, text: INK, shape: '○', class: "not-rated" },
        Rating::NoActivity => Swatch { fill: None, text: INK, shape: '–', class: "no-activity" },
        Rating::NoReturn => Swatch { fill: None, text: INK, shape: '✕', class: "no-return" },
        Rating::Invalid => Swatch { fill: None, text: INK, shape: '?', class: "invalid" },
    }
}

/// The rating whose look a requirement has.
pub fn of_compliance(compliance: Compliance) -> Rating {
    match compliance {
        Compliance::Met => Rating::Green,
        Compliance::Partly => Rating::Amber,
        Compliance::NotMet => Rating::Red,
        Compliance::Nothing => Rating::NoActivity,
    }
}

/// `#rrggbb` for style sheets.
pub fn css(colour: u32) -> String {
    format!("#{colour:06x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::colour::Colour;

    #[test]
    fn text_can_be_read_on_every_fill() {
        for rating in Rating::ALL {
            let swatch = swatch(rating);
            let (fill, text) = (Colour::rgb(swatch.fill.unwrap_or(PAPER)), Colour::rgb(swatch.text));
            let contrast = fill.contrast(text);
            assert!(contrast >= 6.2, "{rating:?}: {contrast}");
        }
    }

    #[test]
    fn no_two_ratings_share_a_shape() {
        let mut shapes: Vec<char> = Rating::ALL.iter().map(|rating| swatch(*rating).shape).collect();
        shapes.sort_unstable();
        shapes.dedup();
        assert_eq!(shapes.len(), Rating::ALL.len());
    }
}
