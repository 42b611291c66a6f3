//! Rows, cells and shared texts in the plain spelling in which programs write them, told by their bytes: nearly all of a workbook, at a
//! fraction of what it costs to read them as events of XML. What is spelled in any other way is nothing here, and is read as events.

use memchr::{memchr, memchr2};

use crate::domain::place::{COLUMNS, CellAddress, ROWS};

/// A piece of a sheet's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain<'a> {
    /// A row begins; what stands between the brackets.
    RowBegins(&'a str),
    /// A row ends.
    RowEnds,
    /// A whole cell, with an address and without an error.
    Cell {
        /// Where it stands.
        address: CellAddress,
        /// Whether it has a value or formula.
        filled: bool,
        /// Whether it has a formula, which fills no other cell.
        formula: bool,
    },
}

/// What `bytes` begin with, and how many of them it takes; `None` where it is not plain, or more markup does not follow it at once.
pub(super) fn beginning(bytes: &[u8]) -> Option<(Plain<'_>, usize)> {
    let mut left = Left { bytes };
    let plain = if left.take(b"<c r=\"") {
        cell(&mut left)?
    } else if left.take(b"</row>") {
        Plain::RowEnds
    } else {
        Plain::RowBegins(row(&mut left)?)
    };
    (left.bytes.first() == Some(&b'<')).then(|| (plain, bytes.len() - left.bytes.len()))
}

/// How many of `bytes` a text in the table of shared texts takes that they begin with; `None` where it is not plain.
pub(super) fn shared_text(bytes: &[u8]) -> Option<usize> {
    let mut left = Left { bytes };
    let begins = left.take(b"<si><t>") || left.take(b"<si><t xml:space=\"preserve\">");
    begins.then_some(())?;
    left.text()?;
    let ends = left.take(b"</t></si>") && left.bytes.first() == Some(&b'<');
    ends.then(|| bytes.len() - left.bytes.len())
}

/// What is left to look at.
struct Left<'a> {
    bytes: &'a [u8],
}

impl<'a> Left<'a> {
    fn take<const LENGTH: usize>(&mut self, wanted: &[u8; LENGTH]) -> bool {
        match self.bytes.split_first_chunk() {
            Some((first, rest)) if first == wanted => {
                self.bytes = rest;
                true
            }
            _ => false,
        }
    }

    /// Up to `most` bytes of a kind, at least one.
    fn run(&mut self, most: usize, is_of_kind: impl Fn(u8) -> bool) -> Option<&'a [u8]> {
        let length = self.bytes.iter().take(most).take_while(|byte| is_of_kind(**byte)).count();
        let (run, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        (length > 0).then_some(run)
    }

    /// Text without entities, up to the next markup.
    fn text(&mut self) -> Option<&'a [u8]> {
        let near = self.bytes.iter().take(NEAR).position(|byte| matches!(byte, b'<' | b'&'));
        let end = near.or_else(|| memchr2(b'<', b'&', self.bytes))?;
        let (text, rest) = self.bytes.split_at(end);
        self.bytes = rest;
        (rest.first() == Some(&b'<') && (text.is_ascii() || std::str::from_utf8(text).is_ok()))
            .then_some(text)
    }
}

/// How many bytes are looked at one by one: most values are shorter.
const NEAR: usize = 16;

/// The rest of a cell after `<c r="`.
fn cell<'a>(left: &mut Left<'a>) -> Option<Plain<'a>> {
    let letters = left.run(3, |byte| byte.is_ascii_uppercase())?;
    let digits = left.run(7, |byte| byte.is_ascii_digit())?;
    let column = letters.iter().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    let row = number(digits);
    if !(1..=ROWS).contains(&row) || column > COLUMNS || !left.take(b"\"") {
        return None;
    }
    let address = CellAddress::new(row - 1, column - 1);
    if left.take(b" s=\"") {
        left.run(5, |byte| byte.is_ascii_digit())?;
        left.take(b"\"").then_some(())?;
    }
    if left.take(b" t=\"") {
        let kind = left.run(10, |byte| byte.is_ascii_alphabetic())?;
        (kind != b"e" && left.take(b"\"")).then_some(())?;
    }
    let (mut filled, mut formula) = (false, false);
    if !left.take(b"/>") {
        left.take(b">").then_some(())?;
        if left.take(b"<f>") {
            left.text()?;
            (filled, formula) = (true, true);
            left.take(b"</f>").then_some(())?;
        }
        if left.take(b"<v>") {
            filled |= !left.text()?.is_empty();
            left.take(b"</v>").then_some(())?;
        } else if left.take(b"<is><t>") || left.take(b"<is><t xml:space=\"preserve\">") {
            left.text()?;
            filled = true;
            left.take(b"</t></is>").then_some(())?;
        }
        left.take(b"</c>").then_some(())?;
    }
    Some(Plain::Cell { address, filled, formula })
}

/// A row's tag without its brackets, where it is not empty and no bracket hides between quotation marks.
fn row<'a>(left: &mut Left<'a>) -> Option<&'a str> {
    let inside = left.bytes.strip_prefix(b"<")?;
    if !inside.starts_with(b"row ") && !inside.starts_with(b"row>") {
        return None;
    }
    let (tag, rest) = inside.split_at(memchr(b'>', inside)?);
    let marks = tag.iter().filter(|byte| **byte == b'"').count();
    if tag.ends_with(b"/") || marks % 2 == 1 || memchr2(b'<', b'\'', tag).is_some() {
        return None;
    }
    left.bytes = &rest[1..];
    std::str::from_utf8(tag).ok()
}

fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(address: &str, filled: bool, formula: bool) -> Plain<'static> {
        Plain::Cell { address: CellAddress::parse(address).unwrap(), filled, formula }
    }

    #[test]
    fn tells_what_programs_write() {
        for (written, plain) in [
            ("<c r=\"A1\"/>", cell("A1", false, false)),
            ("<c r=\"XFD1048576\" s=\"12\" t=\"s\"><v>7</v></c>", cell("XFD1048576", true, false)),
            ("<c r=\"B2\" t=\"str\"><f>A1+1</f><v>a</v></c>", cell("B2", true, true)),
            ("<c r=\"B2\"><f>A1</f></c>", cell("B2", true, true)),
            ("<c r=\"B2\"><v></v></c>", cell("B2", false, false)),
            ("<c r=\"B2\" t=\"inlineStr\"><is><t>é</t></is></c>", cell("B2", true, false)),
            ("<row r=\"3\" spans=\"1:9\">", Plain::RowBegins("row r=\"3\" spans=\"1:9\"")),
            ("<row>", Plain::RowBegins("row")),
            ("</row>", Plain::RowEnds),
        ] {
            let found = beginning(format!("{written}<").as_bytes())
                .map(|(plain, length)| (format!("{plain:?}"), length));
            assert_eq!(found, Some((format!("{plain:?}"), written.len())), "{written}");
            assert_eq!(beginning(format!("{written} <").as_bytes()), None, "{written} before text");
            for cut in 0..written.len() {
                assert_eq!(beginning(&written.as_bytes()[..cut]), None, "{written} cut at {cut}");
            }
        }
    }

    #[test]
    fn tells_shared_texts() {
        for plain in ["<si><t>a b</t></si>", "<si><t xml:space=\"preserve\"> é</t></si>", "<si><t></t></si>"]
        {
            assert_eq!(shared_text(format!("{plain}<si>").as_bytes()), Some(plain.len()), "{plain}");
            assert_eq!(shared_text(plain.as_bytes()), None, "{plain} at the end");
        }
        for other in [
            "<si/>",
            "<si><r><t>a</t></r></si>",
            "<si><t>a&amp;b</t></si>",
            "<si><t>a</t><rPh/></si>",
            "<t>a</t>",
        ] {
            assert_eq!(shared_text(format!("{other}<si>").as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn leaves_everything_else_to_xml() {
        for written in [
            "<c r=\"A1\" t=\"e\"><v>#REF!</v></c>",
            "<c r=\"XFE1\"/>",
            "<c r=\"A1048577\"/>",
            "<c r=\"A0\"/>",
            "<c r=\"a1\"/>",
            "<c r=\"$A$1\"/>",
            "<c r='A1'/>",
            "<c s=\"1\" r=\"A1\"/>",
            "<c/>",
            "<c r=\"A1\" s=\"1\" s=\"2\"/>",
            "<x:c r=\"A1\"/>",
            "<c r=\"A1\"><v>a&amp;b</v></c>",
            "<c r=\"A1\"><v><!-- 7 --></v></c>",
            "<c r=\"A1\"><v><![CDATA[7]]></v></c>",
            "<c r=\"A1\"><f t=\"array\" ref=\"A1:B2\">X</f></c>",
            "<c r=\"A1\"><is><r><t>a</t></r></is></c>",
            "<c r=\"A1\"> <v>7</v></c>",
            "<row r=\"3\"/>",
            "<row spans=\"a>b\">",
            "<row spans='a\"b'>",
            "<rows>",
            "</row >",
            "</sheetData>",
            "text",
        ] {
            assert_eq!(beginning(format!("{written}<").as_bytes()), None, "{written}");
        }
        assert_eq!(beginning(b"<c r=\"A1\"><v>\xff</v></c><"), None);
    }
}
