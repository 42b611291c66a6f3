//! The coloured copy of a return: the provider's own workbook where it is certain that nothing else in it changes, else the return
//! made anew. Made where files nobody vouches for are read: no other process takes the return apart.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::bytes::Bytes;
use super::understanding::read;
use super::unread::Unread;
use crate::intake::reading::{Coloured, quietly, says_the_same};
use crate::output::workbooks::additions::Additions;
use crate::output::workbooks::returned::returned_workbook;
use crate::output::write_back::{Earlier, MarkedCell, NotSafe, WrittenBack, check, write_back};

/// What a copy is made of besides the return itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Copying {
    /// The return's path below the workspace with forward slashes.
    pub file: String,
    /// What is added to it.
    pub additions: Additions,
    /// The copy of ours that the return was made from, where it was made from one.
    pub made_from: Option<MadeFrom>,
    /// The day for which the copy is made.
    pub as_of: NaiveDate,
}

/// The copy of ours that a return was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFrom {
    /// The names of its sheets of feedback.
    pub sheets: Vec<String>,
    /// The version before the first of our copies, as far as it is known.
    pub original: Option<Bytes>,
}

/// A copy that goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// The workbook.
    pub bytes: Bytes,
    /// Why it is not the provider's own package, where it is not.
    pub made_anew: Option<String>,
}

/// The copy of the return in `bytes`, made anew in any case where `anew` gives a reason.
///
/// # Errors
/// The return cannot be read, or what is made anew cannot be written.
pub(super) fn copied(copying: &Copying, bytes: &[u8], anew: Option<String>) -> Result<Copied, Unread> {
    if let Some(reason) = anew {
        return made_anew(copying, bytes, reason);
    }
    match in_place(copying, bytes)? {
        Ok(bytes) => Ok(Copied { bytes: Bytes(bytes), made_anew: None }),
        Err(reason) => made_anew(copying, bytes, reason.to_string()),
    }
}

fn made_anew(copying: &Copying, bytes: &[u8], reason: String) -> Result<Copied, Unread> {
    let workbook = read(&copying.file, bytes)?;
    let made = quietly(|| returned_workbook(&workbook, &copying.additions, &reason, copying.as_of));
    match made.ok_or(Unread::Crashed)? {
        Ok(bytes) => Ok(Copied { bytes: Bytes(bytes), made_anew: Some(reason) }),
        Err(error) => Err(Unread::NotRead(format!("{error:#}"))),
    }
}

fn in_place(copying: &Copying, bytes: &[u8]) -> Result<Result<Vec<u8>, NotSafe>, Unread> {
    let earlier = copying.made_from.as_ref().map(|own| Earlier {
        sheets: &own.sheets,
        original: own.original.as_ref().map(|original| original.0.as_slice()),
    });
    let written = quietly(|| write_back(bytes, &copying.additions, earlier, copying.as_of))
        .unwrap_or_else(|| Err(NotSafe::Check("the program came upon something it cannot handle".into())));
    let written = match written {
        Ok(written) => written,
        Err(reason) => return Ok(Err(reason)),
    };
    let ours = earlier.map_or(&[][..], |own| own.sheets);
    if is_shown(bytes, &written, ours) {
        return Ok(Ok(written.bytes));
    }
    let original = read(&copying.file, bytes)?;
    let copy = match read(&copying.file, &written.bytes) {
        Ok(copy) => copy,
        Err(error) => return Ok(Err(not_readable(&error))),
    };
    Ok(check::same_but_marked(&original, &copy, &written, ours).map(|()| written.bytes))
}

/// Whether it is shown without reading all of both that a copy says what the return says, but for the sheets that are ours.
fn is_shown(original: &[u8], written: &WrittenBack, ours: &[String]) -> bool {
    let colours = |cell: &MarkedCell| (cell.fill, cell.text);
    let marked = written.marked.iter().map(|(place, cell)| (place.clone(), colours(cell))).collect();
    let coloured = Coloured { replaced: ours, added: &written.sheet_name, marked: &marked };
    quietly(|| says_the_same(original, &written.bytes, coloured)).unwrap_or_default()
}

/// The reason where a copy cannot be read again.
pub(super) fn not_readable(error: &Unread) -> NotSafe {
    NotSafe::Check(format!("it cannot be read again ({error})"))
}

#[cfg(test)]
mod tests;
