//! OpenDocument spreadsheets (.ods, .ots).
//!
//! The document is read here, streaming: calamine allocates the rectangle around all cells, spreads repeated rows
//! before anybody can stop it, and keeps neither number formats nor what is hidden.

mod cell;
mod codes;
mod sheets;
mod styles;
mod text;

use quick_xml::events::Event;

use self::styles::Styles;
use super::carried;
use super::package::{Package, Part, part_named};
use super::refusal::NotRead;
use super::xml::Xml;
use crate::domain::workbook::{FileFormat, Workbook};

/// Reads a spreadsheet out of its checked package.
pub(super) fn read(file: &str, mut package: Package) -> Result<Workbook, NotRead> {
    if package.has("encrypted-package") || is_encrypted(&mut package)? {
        return Err(NotRead::Protected);
    }
    let mut styles = Styles::default();
    if package.has("styles.xml") {
        styles.read(&mut open(&mut package, "styles.xml")?)?;
    }
    let macros = carried::has_macros(&package);
    let carried = carried::carried(&mut package);
    let mut content = open(&mut package, "content.xml")?;
    let sheets = if styles.read(&mut content)? { sheets::read(content, &mut styles)? } else { Vec::new() };
    if sheets.is_empty() {
        return Err(NotRead::NoWorksheets);
    }
    Ok(Workbook { file: file.into(), sheets, macros, carried, format: FileFormat::Ods })
}

fn open<'p, 'a>(package: &'p mut Package<'a>, part: &str) -> Result<Xml<Part<'p, 'a>>, NotRead> {
    match package.part(part)? {
        Some(source) => Ok(Xml::new(source, part)),
        None => Err(NotRead::damaged(part_named(part), "it is missing")),
    }
}

/// Parts with a password are listed as such.
fn is_encrypted(package: &mut Package) -> Result<bool, NotRead> {
    let part = "META-INF/manifest.xml";
    if !package.has(part) {
        return Ok(false);
    }
    let mut xml = open(package, part)?;
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = event
            && element.local_name().as_ref() == "encryption-data"
        {
            return Ok(true);
        }
    }
    Ok(false)
}
