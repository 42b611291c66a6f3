//! A colour of the screen, and how well text in it can be read.

use std::fmt;

/// The least contrast of text with what it stands on (WCAG 2.2, success criterion 1.4.3).
pub const LEAST_CONTRAST: f64 = 4.5;

/// A colour as red, green and blue: 0xRRGGBB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(u32);

impl Colour {
    /// White.
    pub const WHITE: Self = Self(0xFF_FFFF);

    /// The colour 0xRRGGBB.
    pub const fn rgb(number: u32) -> Self {
        Self(number & 0xFF_FFFF)
    }

    /// Reads `#1d70b8`, in small or capital letters; `None` for everything else.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        // A sign would be read as part of a number.
        let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        plain.then(|| u32::from_str_radix(digits, 16).ok()).flatten().map(Self)
    }

    /// 0xRRGGBB.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Relative luminance, from 0 (black) to 1 (white), as WCAG 2.2 defines it.
    pub fn luminance(self) -> f64 {
        let channel = |shift: u32| {
            let c = f64::from((self.0 >> shift) & 0xFF) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    /// Contrast ratio with another colour, from 1 to 21, as WCAG 2.2 defines it.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Whether text in this colour can be read on white, and white text on it.
    pub fn is_readable_on_white(self) -> bool {
        is_enough(self.contrast(Self::WHITE))
    }

    /// The same hue, so much darker that it can be read on white; itself where it can.
    pub fn made_readable(self) -> Self {
        let darker = |share: u32| {
            let channel = |shift: u32| ((self.0 >> shift) & 0xFF) * share / 100;
            Self(channel(16) << 16 | channel(8) << 8 | channel(0))
        };
        (0..=100).rev().map(darker).find(|colour| colour.is_readable_on_white()).unwrap_or(Self(0))
    }
}

/// Whether a contrast ratio suffices for text.
pub fn is_enough(contrast: f64) -> bool {
    contrast >= LEAST_CONTRAST
}

/// A ratio with two decimals, cut off: what falls short of 4.5 is never shown as 4.50.
pub fn shown(contrast: f64) -> String {
    format!("{:.2}", (contrast * 100.0).floor() / 100.0)
}

impl fmt::Display for Colour {
    /// `#1d70b8`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_six_digits_are_a_colour() {
        for (text, read) in [
            ("#1d70b8", Some(0x1D_70B8)),
            ("#1D70B8", Some(0x1D_70B8)),
            ("#000000", Some(0)),
            ("1d70b8", None),
            ("#1d70b", None),
            ("#1d70b88", None),
            ("#+d70b8", None),
            ("#1d70bg", None),
            ("#１２", None),
            ("blue", None),
            ("", None),
        ] {
            assert_eq!(Colour::read(text).map(Colour::number), read, "{text}");
        }
    }

    #[test]
    fn contrast_is_as_published() {
        for (colour, ratio) in [
            (0x00_0000, "21.00"),
            (0xFF_FFFF, "1.00"),
            (0x76_7676, "4.54"),
            (0x77_7777, "4.47"),
            (0xFF_0000, "3.99"),
        ] {
            assert_eq!(shown(Colour::rgb(colour).contrast(Colour::WHITE)), ratio, "{colour:06x}");
        }
    }

    #[test]
    fn enough_is_four_and_a_half_exactly() {
        for (contrast, enough) in [(4.49, false), (4.499_999, false), (4.5, true), (4.51, true)] {
            assert_eq!(is_enough(contrast), enough, "{contrast}");
        }
        assert_eq!(shown(4.499_999), "4.49");
        // The two greys on either side, and the two reds.
        for (colour, readable) in
            [(0x77_7777, false), (0x76_7676, true), (0xEF_0000, false), (0xEE_0000, true)]
        {
            assert_eq!(Colour::rgb(colour).is_readable_on_white(), readable, "{colour:06x}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again_and_darkened_until_it_can_be_read(number in 0u32..0x100_0000) {
            let colour = Colour::rgb(number);
            prop_assert_eq!(Colour::read(&colour.to_string()), Some(colour));
            prop_assert!(colour.made_readable().is_readable_on_white());
            prop_assert_eq!(colour.made_readable() == colour, colour.is_readable_on_white());
        }
    }
}
