//! Workbooks of Excel in binary parts (.xlsb): the package of .xlsx with records in place of XML.
//!
//! The records are read here, streaming: calamine's reader of cells gives neither their number formats, which decide
//! between 0.94 and 94, nor formulas without a result, nor what is hidden, and it trusts the counts a part announces.

mod looks;
mod records;
mod sheet;

use std::collections::BTreeSet;
use std::io::Read;

use self::records::{Records, text};
use self::sheet::Globals;
use super::binary::Bytes;
use super::carried;
use super::gathering::{Gathering, OpenSheet, sheet_named};
use super::package::{Package, Part, part_named};
use super::refusal::{Limit, NotRead, fit_for_showing};
use super::xlsx::parts::{relationships, workbook_part};
use super::{MAX_CELLS, MAX_TEXT};
use crate::domain::workbook::{FileFormat, Workbook};

const SHARED_TEXT: u16 = 19;
const WORKBOOK_PROPERTIES: u16 = 153;
const SHEET: u16 = 156;

/// Reads a workbook out of its checked package.
pub(super) fn read(file: &str, mut package: Package) -> Result<Workbook, NotRead> {
    let workbook = workbook_part(&mut package)?;
    let (folder, name) = workbook.rsplit_once('/').unwrap_or(("", workbook.as_str()));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let targets = relationships(&mut package, &format!("{folder}_rels/{name}.rels"))?;
    let part = |target: &str| match target.strip_prefix('/') {
        Some(absolute) => absolute.to_string(),
        None => format!("{folder}{target}"),
    };
    let of_kind = |kind: &str| {
        let found = targets.values().find(|(written, _)| written.rsplit('/').next() == Some(kind));
        found.map(|(_, target)| part(target))
    };
    let formats = match of_kind("styles") {
        Some(part) if package.has(&part) => looks::read(open(&mut package, &part)?)?,
        _ => Vec::new(),
    };
    let shared = match of_kind("sharedStrings") {
        Some(part) if package.has(&part) => shared_texts(open(&mut package, &part)?)?,
        _ => Vec::new(),
    };
    let by_excel = is_by_excel(&mut package)?;
    let mut globals = Globals { shared, formats, from_1904: false, by_excel };
    let mut listed = Vec::new();
    let mut records = open(&mut package, &workbook)?;
    while let Some((kind, bytes)) = records.next()? {
        match kind {
            WORKBOOK_PROPERTIES => globals.from_1904 = bytes.0.first().is_some_and(|marks| marks & 1 != 0),
            SHEET => match listed_sheet(bytes) {
                Some(sheet) => listed.push(sheet),
                None => return Err(records.damaged("its list of sheets breaks off")),
            },
            _ => {}
        }
    }
    drop(records);
    let damaged = |detail: String| NotRead::damaged(part_named(&workbook), detail);
    let mut gathering = Gathering::default();
    let mut sheets = Vec::new();
    let (mut names, mut parts) = (BTreeSet::new(), BTreeSet::new());
    for (name, id, hidden) in listed {
        let shown = fit_for_showing(&name);
        let Some((kind, target)) = targets.get(&id) else {
            return Err(damaged(format!("it leads to no sheet for “{shown}”")));
        };
        match kind.rsplit('/').next() {
            Some("worksheet") => {}
            Some("chartsheet" | "dialogsheet") => continue,
            Some("xlMacrosheet" | "xlIntlMacrosheet") => return Err(NotRead::MacroSheet { sheet: shown }),
            _ => return Err(damaged(format!("sheet “{shown}” is of an unknown kind"))),
        }
        let part = part(target);
        // Two names for one part would multiply the reading of it without limit.
        if !names.insert(name.to_lowercase()) || !parts.insert(part.to_lowercase()) {
            return Err(damaged(format!("it lists the sheet “{shown}” twice")));
        }
        if !package.has(&part) {
            return Err(NotRead::damaged(sheet_named(&name), "its part is missing"));
        }
        let mut open_sheet = OpenSheet::new(&name, hidden);
        sheet::read(open(&mut package, &part)?, &globals, &mut open_sheet, &mut gathering)?;
        sheets.push(gathering.close(open_sheet));
    }
    if sheets.is_empty() {
        return Err(NotRead::NoWorksheets);
    }
    let macros = carried::has_macros(&package);
    let carried = carried::carried(&mut package);
    Ok(Workbook { file: file.into(), sheets, macros, carried, format: FileFormat::Xlsb })
}

/// Whether the properties of the document say that Excel saved it last.
fn is_by_excel(package: &mut Package<'_>) -> Result<bool, NotRead> {
    const EXCEL: &str = "<Application>Microsoft Excel</Application>";
    const LONGEST: u64 = 1 << 20;
    let mut text = Vec::new();
    if let Some(part) = package.part("docProps/app.xml")? {
        part.take(LONGEST)
            .read_to_end(&mut text)
            .map_err(|error| NotRead::damaged(part_named("docProps/app.xml"), error))?;
    }
    Ok(text.windows(EXCEL.len()).any(|part| part == EXCEL.as_bytes()))
}

fn open<'p, 'a>(package: &'p mut Package<'a>, part: &str) -> Result<Records<Part<'p, 'a>>, NotRead> {
    match package.part(part)? {
        Some(source) => Ok(Records::new(source, part)),
        None => Err(NotRead::damaged(part_named(part), "it is missing")),
    }
}

/// Name, relationship and whether it is hidden.
fn listed_sheet(mut bytes: Bytes) -> Option<(String, String, bool)> {
    let hidden = bytes.u32()? & 3 != 0;
    bytes.take(4)?;
    let id = text(&mut bytes)?;
    Some((text(&mut bytes)?, id, hidden))
}

fn shared_texts(mut records: Records<Part>) -> Result<Vec<String>, NotRead> {
    let mut texts = Vec::new();
    let mut length = 0;
    while let Some((kind, mut bytes)) = records.next()? {
        if kind != SHARED_TEXT {
            continue;
        }
        let text = bytes.take(1).and_then(|_| text(&mut bytes));
        let Some(text) = text else { return Err(records.damaged("a text breaks off")) };
        length += text.len();
        if length > MAX_TEXT {
            return Err(NotRead::TooLarge(Limit::Text));
        }
        texts.push(text);
        if texts.len() > MAX_CELLS {
            return Err(NotRead::TooLarge(Limit::Cells));
        }
    }
    Ok(texts)
}
