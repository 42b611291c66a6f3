//! The coloured copy of a return that goes back: the provider's own workbook where it is certain that nothing else in it changes,
//! else the return made anew.

use anyhow::Result;

use crate::domain::council_feedback::is_ours;
use crate::domain::submission::{Submission, Version};
use crate::domain::workbook::{FileFormat, Workbook};
use crate::intake::reading::quietly;
use crate::output::workbooks::feedback::{Feedback, made_anew};
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
    let mut feedback = Feedback::of(pack, submission, version);
    let ours: Vec<String> =
        workbook.sheets.iter().filter(|sheet| is_ours(sheet)).map(|sheet| sheet.name.to_string()).collect();
    // An original that is gone leaves the cells plain that were coloured then.
    let original = version.made_of.as_ref().and_then(|own| originals.read(&own.sha256, &own.file).ok());
    let earlier = (!ours.is_empty()).then_some(Earlier { sheets: &ours, original: original.as_deref() });
    match in_place(&bytes, &workbook, &feedback, earlier, pack, readers) {
        Ok(bytes) => Ok(Copy { bytes, made_anew: None }),
        Err(reason) => {
            feedback.how_made = made_anew(&reason.to_string());
            let bytes = returned_workbook(&workbook, &feedback, pack.as_of())?;
            Ok(Copy { bytes, made_anew: Some(reason) })
        }
    }
}

fn in_place(
    bytes: &[u8],
    workbook: &Workbook,
    feedback: &Feedback,
    earlier: Option<Earlier<'_>>,
    pack: &ProviderPack,
    readers: &Readers,
) -> Result<Vec<u8>, NotSafe> {
    match workbook.format {
        FileFormat::Xlsx => {}
        FileFormat::Xlsb => return Err(NotSafe::Format("a binary workbook (.xlsb)")),
        FileFormat::Xls => return Err(NotSafe::Format("a workbook of Excel 97 to 2003 (.xls)")),
        FileFormat::Ods => return Err(NotSafe::Format("an OpenDocument spreadsheet (.ods)")),
        FileFormat::Text => return Err(NotSafe::Format("delimited text (.csv)")),
    }
    let ours: &[String] = earlier.as_ref().map_or(&[], |earlier| earlier.sheets);
    let written = quietly(|| write_back(bytes, feedback, earlier, pack.as_of()))
        .unwrap_or_else(|| Err(NotSafe::Check("the program came upon something it cannot handle".into())))?;
    let copy = readers
        .read(&feedback.file, written.bytes.clone())
        .map_err(|error| NotSafe::Check(format!("it cannot be read again ({error})")))?;
    check::same_but_marked(workbook, &copy, &written, ours)?;
    Ok(written.bytes)
}
