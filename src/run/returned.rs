//! The coloured copy of a return that goes back: the provider's own workbook where it is certain that nothing else in it changes,
//! else the return made anew.

use anyhow::Result;
use chrono::NaiveDate;

use crate::domain::council_feedback::is_ours;
use crate::domain::submission::{Original, Submission, Version};
use crate::domain::workbook::{Sheet, Workbook};
use crate::intake::reading::quietly;
use crate::output::workbooks::feedback::Feedback;
use crate::output::workbooks::returned::returned_workbook;
use crate::output::write_back::{Earlier, NotSafe, check, write_back};
use crate::readers::Readers;
use crate::review::readers::ProviderPack;
use crate::workspace::originals::Originals;

/// A copy that goes back.
pub struct Copy {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// Why it is not the provider's own package, where it is not.
    pub made_anew: Option<NotSafe>,
}

/// The copy of one version of a return that belongs to `pack`.
///
/// # Errors
/// The kept original cannot be read, or what is made anew cannot be written.
pub fn copy(
    originals: &Originals,
    pack: &ProviderPack,
    submission: &Submission,
    version: &Version,
    readers: &Readers,
) -> Result<Copy> {
    let bytes = originals.read(&version.sha256, &version.file)?;
    let workbook = readers.read(&version.file, bytes.clone())?;
    let feedback = Feedback::of(pack, submission, version);
    let made_from = MadeFrom::of(&workbook, submission, version, originals);
    match in_place(&bytes, &workbook, &feedback, &made_from, pack.as_of(), readers) {
        Ok(bytes) => Ok(Copy { bytes, made_anew: None }),
        Err(reason) => {
            let bytes = returned_workbook(&workbook, &feedback, &reason.to_string(), pack.as_of())?;
            Ok(Copy { bytes, made_anew: Some(reason) })
        }
    }
}

/// The copy of ours that a return was made from.
struct MadeFrom {
    /// The names of its sheets of feedback; none where the return was made from no copy.
    sheets: Vec<String>,
    /// The version before the first of our copies, as far as it is known.
    original: Option<Vec<u8>>,
}

impl MadeFrom {
    fn of(workbook: &Workbook, submission: &Submission, version: &Version, originals: &Originals) -> Self {
        let ours: Vec<&Sheet> = workbook.sheets.iter().filter(|sheet| is_ours(sheet)).collect();
        let original = originally(submission, version);
        let original = original.and_then(|own| originals.read(&own.sha256, &own.file).ok());
        Self { sheets: ours.into_iter().map(|sheet| sheet.name.to_string()).collect(), original }
    }

    fn earlier(&self) -> Option<Earlier<'_>> {
        let original = self.original.as_deref();
        (!self.sheets.is_empty()).then_some(Earlier { sheets: &self.sheets, original })
    }
}

/// The version that a version goes back to through copies of ours, each made from the one before; `None` when it was made from none.
fn originally<'s>(submission: &'s Submission, version: &'s Version) -> Option<&'s Original> {
    let mut first = version.made_of.as_ref()?;
    // No more steps than versions: a sheet may name any hash.
    for _ in &submission.versions {
        let own = submission.versions.iter().find(|own| own.sha256 == first.sha256);
        match own.and_then(|own| own.made_of.as_ref()) {
            Some(before) => first = before,
            None => break,
        }
    }
    Some(first)
}

fn in_place(
    bytes: &[u8],
    workbook: &Workbook,
    feedback: &Feedback,
    made_from: &MadeFrom,
    as_of: NaiveDate,
    readers: &Readers,
) -> Result<Vec<u8>, NotSafe> {
    let written = quietly(|| write_back(bytes, feedback, made_from.earlier(), as_of))
        .unwrap_or_else(|| Err(NotSafe::Check("the program came upon something it cannot handle".into())))?;
    let copy = readers
        .read(&feedback.file, written.bytes.clone())
        .map_err(|error| NotSafe::Check(format!("it cannot be read again ({error})")))?;
    check::same_but_marked(workbook, &copy, &written, &made_from.sheets)?;
    Ok(written.bytes)
}
