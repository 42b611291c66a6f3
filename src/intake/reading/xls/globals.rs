//! The first stream of a workbook: its sheets, shared texts and cell formats.

use std::collections::BTreeSet;

use encoding_rs::WINDOWS_1252;

use super::looks::{Format, Looks, plain};
use super::records::{BOF, EOF, Flow, Records, Texts, Version};
use crate::intake::reading::MAX_ENTRIES;
use crate::intake::reading::binary::Bytes;
use crate::intake::reading::refusal::{Limit, NotRead, fit_for_showing};

const DATE_MODE: u16 = 0x0022;
const FILE_PASS: u16 = 0x002f;
const FONT: u16 = 0x0031;
const CODE_PAGE: u16 = 0x0042;
const SHEET: u16 = 0x0085;
const PALETTE: u16 = 0x0092;
const CELL_FORMAT: u16 = 0x00e0;
const SHARED_TEXTS: u16 = 0x00fc;
const NUMBER_FORMAT: u16 = 0x041e;

/// A worksheet as the workbook lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Where its records begin.
    pub(super) start: usize,
}

/// What holds for the whole workbook.
pub(super) struct Globals {
    pub(super) sheets: Vec<Listed>,
    pub(super) shared: Vec<String>,
    pub(super) formats: Vec<Format>,
    pub(super) plain: Format,
    pub(super) from_1904: bool,
    pub(super) texts: Texts,
    /// Whether Excel saved the workbook last.
    pub(super) by_excel: bool,
}

/// Reads it; `by_excel` says whether Excel saved the workbook last.
pub(super) fn read(stream: &[u8], by_excel: bool) -> Result<Globals, NotRead> {
    let damaged = |detail: &str| NotRead::damaged("its list of sheets, texts or formats", detail);
    let mut records = Records::new(stream, 0);
    let version = records.next().filter(|record| record.kind == BOF).and_then(|record| record.bytes().u16());
    let version = match version {
        Some(0x0500) => Version::Five,
        Some(0x0600) => Version::Eight,
        _ => return Err(damaged("it does not begin as a workbook")),
    };
    let mut texts = Texts { version, encoding: WINDOWS_1252 };
    let (mut listed, mut shared, mut looks, mut from_1904) =
        (Vec::new(), Vec::new(), Looks::default(), false);
    let mut ended = false;
    for record in records {
        let mut bytes = record.bytes();
        match record.kind {
            EOF => {
                ended = true;
                break;
            }
            FILE_PASS => return Err(NotRead::Protected),
            CODE_PAGE => texts.encoding = Texts::code_page(bytes.u16().unwrap_or(1252)),
            DATE_MODE => from_1904 = bytes.u16() == Some(1),
            SHEET if listed.len() >= MAX_ENTRIES => {
                return Err(NotRead::TooLarge(Limit::Entries { found: listed.len() + 1 }));
            }
            SHEET => listed.push(bytes),
            FONT => {
                looks.font(bytes);
            }
            PALETTE => {
                looks.palette(bytes);
            }
            NUMBER_FORMAT => looks.code(bytes, texts)?,
            CELL_FORMAT => looks.format(bytes, version)?,
            SHARED_TEXTS => {
                let mut flow = Flow::new(&record);
                flow.skip(8).ok_or_else(|| damaged("its texts are missing"))?;
                // Each text takes three bytes and more: the stream bounds their number.
                while flow.has_more() {
                    shared.push(flow.text().ok_or_else(|| damaged("its texts break off"))?);
                }
            }
            _ => {}
        }
    }
    if !ended {
        return Err(damaged("it breaks off"));
    }
    let mut sheets = Vec::new();
    let (mut names, mut starts) = (BTreeSet::new(), BTreeSet::new());
    for bytes in listed {
        let Some((sheet, kind)) = sheet(bytes, texts) else {
            return Err(damaged("its list of sheets breaks off"));
        };
        let shown = || fit_for_showing(&sheet.name);
        match kind {
            0 => {}
            1 => return Err(NotRead::MacroSheet { sheet: shown() }),
            // Charts and modules hold no cells.
            _ => continue,
        }
        // Two names for one sheet would multiply the reading of it without limit.
        if !names.insert(sheet.name.to_lowercase()) || !starts.insert(sheet.start) {
            return Err(damaged(&format!("it lists the sheet “{}” twice", shown())));
        }
        sheets.push(sheet);
    }
    if sheets.is_empty() {
        return Err(NotRead::NoWorksheets);
    }
    Ok(Globals { sheets, shared, formats: looks.finish(), plain: plain(), from_1904, texts, by_excel })
}

/// A sheet with its kind.
fn sheet(mut bytes: Bytes, texts: Texts) -> Option<(Listed, u8)> {
    let start = bytes.u32()? as usize;
    let hidden = bytes.u8()? & 3 != 0;
    let kind = bytes.u8()?;
    Some((Listed { name: texts.short(&mut bytes)?, hidden, start }, kind))
}
