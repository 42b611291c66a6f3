//! Workbooks of Excel 5.0 to 2003 (.xls), in their container or as the bare stream that some programs write.
//!
//! The records are read here: calamine keeps neither the number formats of this format, which decide between 0.94 and
//! 94, nor what is hidden, and it allocates the rectangle around all cells.

mod globals;
mod looks;
mod records;
mod sheet;

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::gathering::{Gathering, OpenSheet};
use super::refusal::NotRead;
use crate::domain::workbook::{FileFormat, Workbook};

/// Where the document is described, and the most of it that is looked at, in bytes.
const SUMMARY: &str = "/\u{5}SummaryInformation";
const LONGEST_SUMMARY: u64 = 1 << 20;
/// Where macros lie.
const MACROS: &str = "/_VBA_PROJECT_CUR";
/// Where digital signatures lie, of Excel 2003 and of later ones.
const SIGNATURES: [&str; 2] = ["/_signatures", "/_xmlsignatures"];

/// Reads the workbook in an OLE container.
pub(super) fn read_container(file: &str, bytes: &[u8]) -> Result<Workbook, NotRead> {
    let broken = |error: std::io::Error| {
        // A container ends where its sectors do; one whose table points beyond was cut short.
        if error.to_string().contains("length") || error.kind() == std::io::ErrorKind::UnexpectedEof {
            NotRead::Truncated
        } else {
            NotRead::damaged("its container", error)
        }
    };
    let mut container = CompoundFile::open(Cursor::new(bytes)).map_err(broken)?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| container.is_stream(name));
    let Some(name) = name else { return Err(NotRead::damaged("its container", "it holds no workbook")) };
    let macros = container.exists(MACROS);
    let signed = SIGNATURES.iter().any(|name| container.exists(name));
    let opened = container.open_stream(name).map_err(broken)?;
    if opened.len() > bytes.len() as u64 {
        return Err(NotRead::Truncated);
    }
    let mut stream = Vec::new();
    opened.take(bytes.len() as u64).read_to_end(&mut stream).map_err(broken)?;
    let by_excel = is_by_excel(&mut container);
    let mut workbook = read(file, &stream, by_excel)?;
    workbook.macros = macros;
    workbook.carried.signed = signed;
    Ok(workbook)
}

/// Reads the stream of records that is the workbook. Excel writes none without its container.
pub(super) fn read_stream(file: &str, stream: &[u8]) -> Result<Workbook, NotRead> {
    read(file, stream, false)
}

/// Whether the summary of the document says that Excel saved it last.
fn is_by_excel(container: &mut CompoundFile<Cursor<&[u8]>>) -> bool {
    const EXCEL: &[u8] = b"Excel";
    let mut summary = Vec::new();
    container
        .open_stream(SUMMARY)
        .and_then(|stream| stream.take(LONGEST_SUMMARY).read_to_end(&mut summary))
        .is_ok_and(|_| summary.windows(EXCEL.len()).any(|part| part == EXCEL))
}

fn read(file: &str, stream: &[u8], by_excel: bool) -> Result<Workbook, NotRead> {
    let globals = globals::read(stream, by_excel)?;
    let mut gathering = Gathering::default();
    let mut sheets = Vec::new();
    let mut read: usize = 0;
    for listed in &globals.sheets {
        let mut open = OpenSheet::new(&listed.name, listed.hidden);
        let end = sheet::read(stream, listed.start, &globals, &mut open, &mut gathering)?;
        // Sheets that lie in each other would multiply the reading without limit.
        read += end - listed.start;
        if read > stream.len() {
            return Err(NotRead::damaged("its list of sheets", "its sheets lie over each other"));
        }
        sheets.push(gathering.close(open));
    }
    Ok(Workbook { file: file.into(), sheets, format: FileFormat::Xls, ..Workbook::default() })
}
