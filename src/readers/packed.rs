//! What a return says, packed small. A log of 1,500 records takes 6 MB of memory laid out and some 60 kB packed: a folder holds a
//! thousand of them, and no more than one provider's are laid out at a time.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use super::unread::Unread;
use crate::domain::shared::sharing;
use crate::intake::mapped::Mapped;

/// Most bytes of what one return says, laid out for sending; the log of a hundred thousand records takes some 50 MB.
const LARGEST: usize = 64 << 20;

/// What a return says, packed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    deflated: Vec<u8>,
}

impl Packed {
    /// Packs it.
    ///
    /// # Errors
    /// It is larger than any return.
    pub fn of(mapped: &Mapped) -> Result<Self, Unread> {
        let plain = sharing(|| postcard::to_allocvec(mapped)).map_err(|_| Unread::Crashed)?;
        if plain.len() > LARGEST {
            return Err(Unread::TooMuchInIt { megabytes: LARGEST >> 20 });
        }
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        let deflated = deflate.write_all(&plain).and_then(|()| deflate.finish());
        Ok(Self { deflated: deflated.map_err(|_| Unread::Crashed)? })
    }

    /// Lays it out.
    ///
    /// # Errors
    /// It was not packed by [`Packed::of`].
    pub fn unpack(&self) -> Result<Mapped, Unread> {
        let mut plain = Vec::new();
        DeflateDecoder::new(self.deflated.as_slice())
            .take(LARGEST as u64 + 1)
            .read_to_end(&mut plain)
            .map_err(|_| Unread::Crashed)?;
        sharing(|| postcard::from_bytes(&plain)).map_err(|_| Unread::Crashed)
    }
}
