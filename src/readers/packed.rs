//! What a return says, packed small. A folder holds thousands of returns, and no more than one provider's are laid
//! out at a time.

use std::io::{BufWriter, Read};

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
        if deflate.total_in() > LARGEST as u64 {
            return Err(Unread::TooMuchInIt { megabytes: LARGEST >> 20 });
        }
        Ok(Self { deflated: Bytes(deflate.finish().map_err(|_| Unread::Crashed)?) })
    }

    /// Lays it out.
    ///
    /// # Errors
    /// It was not packed by [`Packed::of`].
    pub fn unpack(&self) -> Result<Mapped, Unread> {
        let mut plain = Vec::new();
        DeflateDecoder::new(self.deflated.0.as_slice())
            .take(LARGEST as u64 + 1)
            .read_to_end(&mut plain)
            .map_err(|_| Unread::Crashed)?;
        sharing(|| postcard::from_bytes(&plain)).map_err(|_| Unread::Crashed)
    }
}
