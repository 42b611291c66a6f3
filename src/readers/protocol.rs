//! What parent and worker say to each other: frames of a length (four bytes, the lowest first) and so many bytes, most of them a
//! message coded with postcard. Both are the same program, so nothing needs to be known of other versions.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::copying::{Copied, Copying};
use super::understanding::Understood;
use super::unread::Unread;
use crate::domain::shared::sharing;
use crate::domain::workbook::Workbook;
use crate::intake::mail::{Mail, MailFormat};
use crate::intake::recognise::Providers;

/// The first frame of a worker. What answers otherwise is none, or one of another version.
pub(super) const GREETING: &str = concat!("quarterday reads, version ", env!("CARGO_PKG_VERSION"));

/// Longest message either side takes but for a file or what came of it, in bytes.
pub(super) const LONGEST_MESSAGE: usize = 64 << 20;

/// What a worker is told.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Told {
    /// Its limits; the first message.
    Limits(Limits),
    /// What is known from now on. Not answered.
    Known(Known),
    /// Understand the file whose bytes are the next frame. Answered by [`Answered::Understood`].
    Understand {
        /// Its path below the workspace.
        file: String,
    },
    /// Take apart the e-mail whose bytes are the next frame. Answered by [`Answered::Mail`].
    Mail {
        /// How it is saved.
        format: MailFormat,
    },
    /// Read the file whose bytes are the next frame. Answered by [`Answered::Read`].
    Read {
        /// Its path below the workspace.
        file: String,
    },
    /// Make the coloured copy of the return whose bytes are the next frame. Answered by [`Answered::Copied`].
    Copy {
        /// What it is made of.
        copying: Box<Copying>,
        /// The reason for which it is made anew in any case.
        anew: Option<String>,
    },
}

/// The limits of a worker.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Limits {
    /// Bytes of memory.
    pub memory: usize,
    /// Milliseconds a file, after which it ends itself.
    pub milliseconds: u64,
    /// Bytes of an answer.
    pub answer: usize,
}

/// What returns are held against.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Known {
    /// Definitions: name of the file, and text.
    pub definitions: Vec<(String, String)>,
    /// Who may send returns.
    pub providers: Providers,
}

/// What a worker answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answered {
    /// To [`Told::Understand`].
    Understood(Result<Understood, Unread>),
    /// To [`Told::Mail`].
    Mail(Result<Mail, Unread>),
    /// To [`Told::Read`].
    Read(Result<Workbook, Unread>),
    /// To [`Told::Copy`].
    Copied(Result<Copied, Unread>),
}

/// A message as bytes.
///
/// # Errors
/// It cannot be coded.
pub(super) fn coded(message: &impl Serialize) -> io::Result<Vec<u8>> {
    sharing(|| postcard::to_allocvec(message)).map_err(io::Error::other)
}

/// The message in `bytes`.
///
/// # Errors
/// There is none in them.
pub(super) fn decoded<'a, M: Deserialize<'a>>(bytes: &'a [u8]) -> io::Result<M> {
    sharing(|| postcard::from_bytes(bytes)).map_err(io::Error::other)
}

/// Writes a frame.
///
/// # Errors
/// The other side is gone, or the frame is longer than its length can say.
pub fn write(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads a frame; `None` where the other side has ended before one.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] where the frame is longer than `longest` bytes; else the other side is gone in the middle of it.
pub fn read(from: &mut impl Read, longest: usize) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    let mut got = 0;
    while got < length.len() {
        match from.read(&mut length[got..]) {
            Ok(0) if got == 0 => return Ok(None),
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => got += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > longest {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(length);
    from.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(bytes))
}
