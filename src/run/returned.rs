//! The coloured copy of a return that goes back, as `readers` makes it of what the pack and the kept originals say.

use anyhow::{Result, anyhow};

use crate::domain::submission::{Original, Submission, Version};
use crate::output::workbooks::additions::Additions;
use crate::output::workbooks::feedback::Feedback;
use crate::readers::{Bytes, Copying, MadeFrom, Readers};
use crate::review::readers::ProviderPack;
use crate::workspace::originals::Originals;

/// A copy that goes back.
pub struct Copy {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// Why it is not the provider's own package, where it is not.
    pub made_anew: Option<String>,
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
    let copying = Copying {
        file: version.file.to_string(),
        additions: Additions::of(&Feedback::of(pack, submission, version)),
        made_from: made_from(submission, version, originals),
        as_of: pack.as_of(),
    };
    let copied = readers.copy(copying, bytes).map_err(|unread| anyhow!("{unread}"))?;
    Ok(Copy { bytes: copied.bytes.0, made_anew: copied.made_anew })
}

/// The copy of ours that a version was made from; `None` where it was made from none.
fn made_from(submission: &Submission, version: &Version, originals: &Originals) -> Option<MadeFrom> {
    if version.feedback_sheets.is_empty() {
        return None;
    }
    let original = originally(submission, version);
    let original = original.and_then(|own| originals.read(&own.sha256, &own.file).ok());
    Some(MadeFrom {
        sheets: version.feedback_sheets.iter().map(ToString::to_string).collect(),
        original: original.map(Bytes),
    })
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
