//! What a return says, packed small. A folder holds thousands of returns, and no more than one provider's are laid
//! out at a time.

use std::io::{BufReader, BufWriter, Read};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use super::bytes::Bytes;
use super::unread::Unread;
use crate::domain::shared::sharing;
use crate::intake::mapped::Mapped;

/// Most bytes of what one return says, laid out for packing; a log of 200,000 records takes some 7 MB.
const LARGEST: usize = 64 << 20;

/// What a return says, packed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// Its bytes laid out for packing.
    laid_out: usize,
    deflated: Bytes,
}

impl Packed {
    /// Packs it.
    ///
    /// # Errors
    /// It is larger than any return.
    pub fn of(mapped: &Mapped) -> Result<Self, Unread> {
        let deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        let deflate = sharing(|| postcard::to_io(mapped, BufWriter::new(deflate)));
        let deflate = deflate.map_err(|_| Unread::Crashed)?.into_inner().map_err(|_| Unread::Crashed)?;
        let laid_out = usize::try_from(deflate.total_in()).unwrap_or(usize::MAX);
        if laid_out > LARGEST {
            return Err(Unread::TooMuchInIt { megabytes: LARGEST >> 20 });
        }
        Ok(Self { laid_out, deflated: Bytes(deflate.finish().map_err(|_| Unread::Crashed)?) })
    }

    /// Lays it out.
    ///
    /// # Errors
    /// It was not packed by [`Packed::of`].
    pub fn unpack(&self) -> Result<Mapped, Unread> {
        unpack(self.laid_out, self.deflated.0.as_slice())
    }

    /// How many bytes it has laid out for packing, and its packed bytes.
    pub fn in_parts(&self) -> (usize, &[u8]) {
        (self.laid_out, &self.deflated.0)
    }
}

/// Lays out what comes packed, which has so many bytes laid out. Neither the packed bytes nor the others are held in memory as a whole.
///
/// # Errors
/// It was not packed by [`Packed::of`], or cannot be read.
pub fn unpack(laid_out: usize, deflated: impl Read) -> Result<Mapped, Unread> {
    // Room for what is asked for in one piece and kept; mostly nothing, and what is not written to takes no memory.
    let mut pieces = vec![0; laid_out.min(LARGEST)];
    let plain = BufReader::new(DeflateDecoder::new(deflated).take(pieces.len() as u64));
    let (mapped, _) = sharing(|| postcard::from_io((plain, &mut pieces))).map_err(|_| Unread::Crashed)?;
    Ok(mapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_laid_out_than_was_said() {
        let mapped = Mapped { usable: true, ..Mapped::default() };
        let packed = Packed::of(&mapped).unwrap();
        let (laid_out, deflated) = packed.in_parts();
        assert_eq!(packed.unpack(), Ok(mapped.clone()));
        assert_eq!(unpack(laid_out, deflated), Ok(mapped));
        for length in 0..laid_out {
            assert_eq!(unpack(length, deflated), Err(Unread::Crashed), "{length} of {laid_out}");
        }
        assert_eq!(unpack(laid_out, &deflated[..1]), Err(Unread::Crashed));
    }
}
