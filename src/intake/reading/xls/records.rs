//! The records a workbook stream is made of, each with the records that continue it.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::intake::reading::binary::Bytes;

pub(super) const BOF: u16 = 0x0809;
pub(super) const EOF: u16 = 0x000a;
const CONTINUE: u16 = 0x003c;

/// The writer of a stream, which decides how texts and formats are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Excel 5.0 and 95: texts in a code page.
    Five,
    /// Excel 97 to 2003: texts in Unicode.
    Eight,
}

/// A record.
#[derive(Debug)]
pub(super) struct Record<'a> {
    /// Its kind.
    pub(super) kind: u16,
    /// Its own bytes, then those of each record that continues it.
    pub(super) parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// Its own bytes.
    pub(super) fn bytes(&self) -> Bytes<'a> {
        Bytes(self.parts.first().copied().unwrap_or_default())
    }
}

/// The records from `at` on; the last one is left out when it breaks off.
#[derive(Debug)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    /// Where the next record begins.
    pub(super) at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    fn one(&self, at: usize) -> Option<(u16, &'a [u8])> {
        let mut bytes = Bytes(self.stream.get(at..)?);
        let (kind, length) = (bytes.u16()?, bytes.u16()?);
        Some((kind, bytes.take(usize::from(length))?))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, own) = self.one(self.at)?;
        self.at += 4 + own.len();
        let mut parts = vec![own];
        while let Some((CONTINUE, more)) = self.one(self.at) {
            self.at += 4 + more.len();
            parts.push(more);
        }
        Some(Record { kind, parts })
    }
}

/// How texts are stored in one stream.
#[derive(Debug, Clone, Copy)]
pub(super) struct Texts {
    pub(super) version: Version,
    /// Of texts in a code page.
    pub(super) encoding: &'static Encoding,
}

impl Texts {
    /// The encoding of that number in Windows.
    pub(super) fn code_page(page: u16) -> &'static Encoding {
        match page {
            0x8000 => encoding_rs::MACINTOSH,
            page => codepage::to_encoding(page).unwrap_or(WINDOWS_1252),
        }
    }

    /// A text with its length in one byte.
    pub(super) fn short(self, bytes: &mut Bytes) -> Option<String> {
        let length = usize::from(bytes.u8()?);
        self.of_length(bytes, length)
    }

    /// A text with its length in two bytes.
    pub(super) fn long(self, bytes: &mut Bytes) -> Option<String> {
        let length = usize::from(bytes.u16()?);
        self.of_length(bytes, length)
    }

    fn of_length(self, bytes: &mut Bytes, length: usize) -> Option<String> {
        match self.version {
            Version::Five => {
                Some(self.encoding.decode_without_bom_handling(bytes.take(length)?).0.into_owned())
            }
            Version::Eight => {
                let wide = bytes.u8()? & 1 != 0;
                let bytes = bytes.take(if wide { length * 2 } else { length })?;
                Some(unicode(bytes, wide).into_owned())
            }
        }
    }
}

/// Units of two bytes, or of one whose high byte is zero.
fn unicode(bytes: &[u8], wide: bool) -> Cow<'_, str> {
    if wide {
        encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0
    } else {
        encoding_rs::mem::decode_latin1(bytes)
    }
}

/// A text with its length in two bytes that runs over the ends of records, as formulas have it.
pub(super) fn long_over(parts: &[&[u8]], texts: Texts) -> Option<String> {
    if texts.version == Version::Five {
        return texts.long(&mut Bytes(&parts.concat()));
    }
    // The byte behind the length has no marks but the width.
    let record = Record { kind: CONTINUE, parts: parts.to_vec() };
    Flow::new(&record).text()
}

/// Texts that run over the ends of records, where a byte says anew how wide the units are.
pub(super) struct Flow<'r, 'a> {
    rest: &'r [&'a [u8]],
    here: Bytes<'a>,
}

impl<'r, 'a> Flow<'r, 'a> {
    /// From the beginning of the record.
    pub(super) fn new(record: &'r Record<'a>) -> Self {
        let (first, rest) =
            record.parts.split_first().map_or((&[][..], &[][..]), |(first, rest)| (*first, rest));
        Self { rest, here: Bytes(first) }
    }

    /// Whether there is more.
    pub(super) fn has_more(&mut self) -> bool {
        while self.here.0.is_empty() {
            if !self.turn() {
                return false;
            }
        }
        true
    }

    fn turn(&mut self) -> bool {
        let Some((next, rest)) = self.rest.split_first() else { return false };
        (self.here, self.rest) = (Bytes(next), rest);
        true
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if !self.has_more() {
                return None;
            }
            let step = count.min(self.here.0.len());
            self.here.take(step)?;
            count -= step;
        }
        Some(())
    }

    /// The next text with its formats and phonetic marks passed over.
    pub(super) fn text(&mut self) -> Option<String> {
        if !self.has_more() {
            return None;
        }
        let mut left = usize::from(self.here.u16()?);
        let marks = self.here.u8()?;
        let runs = if marks & 8 != 0 { usize::from(self.here.u16()?) } else { 0 };
        let extension = if marks & 4 != 0 { self.here.u32()? as usize } else { 0 };
        let mut wide = marks & 1 != 0;
        let mut text = String::new();
        loop {
            let size = if wide { 2 } else { 1 };
            let units = left.min(self.here.0.len() / size);
            text.push_str(&unicode(self.here.take(units * size)?, wide));
            left -= units;
            if left == 0 {
                break;
            }
            if !self.turn() {
                return None;
            }
            wide = self.here.u8()? & 1 != 0;
        }
        self.skip(runs * 4)?;
        self.skip(extension)?;
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(bytes.len() as u16).to_le_bytes(), bytes].concat()
    }

    #[test]
    fn joins_what_is_continued_and_leaves_out_what_breaks_off() {
        let stream = [
            record(1, b"ab"),
            record(CONTINUE, b"c"),
            record(CONTINUE, b""),
            record(2, b""),
            record(3, b"lost")[..6].to_vec(),
        ]
        .concat();
        let found: Vec<_> = Records::new(&stream, 0).map(|record| (record.kind, record.parts)).collect();
        assert_eq!(found, [(1, vec![&b"ab"[..], b"c", b""]), (2, vec![&b""[..]])]);
        assert!(Records::new(&stream, usize::MAX).next().is_none());
    }

    #[test]
    fn reads_texts_over_the_ends_of_records() {
        let first = [&[4, 0, 0][..], b"Ki"].concat();
        let record = Record {
            kind: 0xfc,
            parts: vec![
                &first,
                // The rest in two bytes each, then a text with formats that lie in the next record.
                &[1, b'n', 0, 0x17, 0x20, 1, 0, 8, 1, 0, b'x'],
                &[0, 0, 0, 0, 1, 0, 4, 2, 0, 0, 0, b'y', 9, 9],
            ],
        };
        let mut flow = Flow::new(&record);
        let texts: Vec<String> = std::iter::from_fn(|| flow.text()).collect();
        assert_eq!(texts, ["Kin\u{2017}", "x", "y"]);
    }
}
