//! The records a binary part is made of.

use std::io::Read;

use crate::intake::reading::binary::Bytes;
use crate::intake::reading::package::part_named;
use crate::intake::reading::refusal::NotRead;

/// Longest record read, in bytes: a text of 32,767 units with its formats takes some 400 kB.
const LONGEST: usize = 4 << 20;

/// A part read record by record.
pub(super) struct Records<R> {
    source: R,
    name: String,
    buffer: Vec<u8>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(source: R, name: &str) -> Self {
        Self { source, name: name.to_string(), buffer: Vec::new() }
    }

    /// The kind and the bytes of the next record; `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<(u16, Bytes<'_>)>, NotRead> {
        let Some(low) = self.byte()? else { return Ok(None) };
        let mut kind = u16::from(low);
        if low & 0x80 != 0 {
            let high = self.byte()?.ok_or_else(|| self.damaged("it breaks off"))?;
            kind = u16::from(low & 0x7f) | u16::from(high & 0x7f) << 7;
        }
        let mut length = 0;
        for step in 0..4 {
            let byte = self.byte()?.ok_or_else(|| self.damaged("it breaks off"))?;
            length |= usize::from(byte & 0x7f) << (7 * step);
            if byte & 0x80 == 0 {
                break;
            }
        }
        if length > LONGEST {
            return Err(self.damaged("a record is longer than any program writes"));
        }
        self.buffer.resize(length, 0);
        if let Err(error) = self.source.read_exact(&mut self.buffer) {
            return Err(self.damaged(error));
        }
        Ok(Some((kind, Bytes(&self.buffer))))
    }

    fn byte(&mut self) -> Result<Option<u8>, NotRead> {
        let mut byte = [0];
        match self.source.read(&mut byte) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(byte[0])),
            Err(error) => Err(self.damaged(error)),
        }
    }

    /// The part cannot be read, with what was found.
    pub(super) fn damaged(&self, found: impl std::fmt::Display) -> NotRead {
        NotRead::damaged(part_named(&self.name), found)
    }
}

/// A text with its length in four bytes.
pub(super) fn text(bytes: &mut Bytes) -> Option<String> {
    let length = bytes.u32()? as usize;
    let units = bytes.take(length.checked_mul(2)?)?;
    Some(encoding_rs::UTF_16LE.decode_without_bom_handling(units).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_kinds_and_lengths_of_any_size() {
        let part = [&[0x05, 2, 1, 2, 0x93, 0x01, 0x81, 0x01][..], &[7; 129], &[0x07]].concat();
        let mut records = Records::new(&part[..], "a");
        let (kind, bytes) = records.next().unwrap().unwrap();
        assert_eq!((kind, bytes.0), (5, &[1, 2][..]));
        let (kind, bytes) = records.next().unwrap().unwrap();
        assert_eq!((kind, bytes.0.len()), (0x93, 129));
        assert!(records.next().is_err(), "the last record breaks off");
        assert!(Records::new(&[][..], "a").next().unwrap().is_none());
        assert!(Records::new(&[0x05, 0xff, 0xff, 0xff, 0x7f][..], "a").next().is_err());
    }

    #[test]
    fn reads_no_more_of_a_text_than_there_is() {
        assert_eq!(text(&mut Bytes(&[2, 0, 0, 0, b'K', 0, 0x17, 0x20])), Some("K\u{2017}".to_string()));
        assert_eq!(text(&mut Bytes(&[3, 0, 0, 0, b'K', 0])), None);
        assert_eq!(text(&mut Bytes(&[0xff, 0xff, 0xff, 0xff])), None);
    }
}
