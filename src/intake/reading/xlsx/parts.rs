//! Which part of the package holds which sheet, and whether the parts that calamine loads whole can be loaded safely.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use quick_xml::events::Event;

use super::package::Package;
use super::plain;
use super::xml::{Xml, attribute, attributes};
use crate::intake::reading::refusal::{Limit, NotRead, fit_for_showing};
use crate::intake::reading::{MAX_FORMAT_TEXT, MAX_FORMATS};

/// What kind of sheet a relationship leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SheetKind {
    /// A worksheet.
    Worksheet,
    /// A chart or dialog sheet, which holds no cells.
    WithoutCells,
}

/// A sheet as `workbook.xml` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetPart {
    /// Name of the part.
    pub(super) part: String,
    /// Kind.
    pub(super) kind: SheetKind,
}

/// The sheets in the workbook's order.
pub(super) fn sheets(package: &mut Package) -> Result<Vec<SheetPart>, NotRead> {
    let workbook = workbook_part(package)?;
    let (folder, name) =
        workbook.rsplit_once('/').map_or(("", workbook.as_str()), |(folder, name)| (folder, name));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    check_texts(package, &format!("{folder}sharedStrings.xml"))?;
    check_formats(package, &format!("{folder}styles.xml"))?;
    let targets = relationships(package, &format!("{folder}_rels/{name}.rels"))?;
    let mut xml = open(package, &workbook)?;
    let mut sheets = Vec::new();
    let mut names = BTreeSet::new();
    let mut parts = BTreeSet::new();
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        if element.local_name().as_ref() != "sheet" {
            continue;
        }
        let name = attribute(&element, "name").unwrap_or_default();
        let id = attribute(&element, "id").unwrap_or_default();
        let shown = fit_for_showing(&name);
        let Some((kind, target)) = targets.get(&id) else {
            return Err(xml.damaged(format!("it leads to no sheet for “{shown}”")));
        };
        let kind = match kind.rsplit('/').next() {
            Some("worksheet") => SheetKind::Worksheet,
            Some("chartsheet" | "dialogsheet") => SheetKind::WithoutCells,
            Some("xlMacrosheet" | "xlIntlMacrosheet") => return Err(NotRead::MacroSheet { sheet: shown }),
            _ => return Err(xml.damaged(format!("sheet “{shown}” is of an unknown kind"))),
        };
        let part = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_string(),
            None => format!("{folder}{target}"),
        };
        // Two names for one part would multiply the reading of it without limit.
        if !names.insert(name.to_lowercase()) || !parts.insert(part.to_lowercase()) {
            return Err(xml.damaged(format!("it lists the sheet “{shown}” twice")));
        }
        sheets.push(SheetPart { part, kind });
    }
    Ok(sheets)
}

pub(in crate::intake::reading) fn open<'p, 'a>(
    package: &'p mut Package<'a>,
    part: &str,
) -> Result<Xml<super::package::Part<'p, 'a>>, NotRead> {
    match package.part(part)? {
        Some(source) => Ok(Xml::new(source, part)),
        None => Err(NotRead::damaged(super::package::part_named(part), "it is missing")),
    }
}

/// Name of the part that is the workbook.
pub(in crate::intake::reading) fn workbook_part(package: &mut Package) -> Result<String, NotRead> {
    let part = "_rels/.rels";
    let mut found = None;
    for (kind, target) in relationships(package, part)?.into_values() {
        if kind.ends_with("/relationships/officeDocument") {
            found = Some(target);
        }
    }
    match found {
        Some(target) => Ok(target.strip_prefix('/').unwrap_or(&target).to_string()),
        None => Err(NotRead::damaged(super::package::part_named(part), "it names no workbook")),
    }
}

/// Kind and target of each relationship, by its id.
pub(in crate::intake::reading) fn relationships(
    package: &mut Package,
    part: &str,
) -> Result<BTreeMap<String, (String, String)>, NotRead> {
    let mut xml = open(package, part)?;
    let mut found = BTreeMap::new();
    while let Some(event) = xml.next()? {
        if let Event::Start(element) = event
            && element.local_name().as_ref() == "Relationship"
            && let Some(id) = attribute(&element, "Id")
        {
            let kind = attribute(&element, "Type").unwrap_or_default();
            found.insert(id, (kind, attribute(&element, "Target").unwrap_or_default()));
        }
    }
    Ok(found)
}

/// The table of shared texts says how many it holds, and calamine allocates by its word.
fn check_texts(package: &mut Package, part: &str) -> Result<(), NotRead> {
    if !package.has(part) {
        return Ok(());
    }
    let mut xml = open(package, part)?;
    let (mut said, mut found) = (0, 0);
    // After the beginning of an element its end may come next that stands nowhere.
    let mut is_between = false;
    loop {
        if is_between {
            found += pass_plain(&mut xml);
        }
        let Some(event) = xml.next()? else { break };
        is_between = !matches!(event, Event::Start(_));
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "sst" => {
                said = attribute(&element, "uniqueCount")
                    .and_then(|count| count.parse::<u64>().ok())
                    .unwrap_or(0)
            }
            "si" => found += 1,
            _ => {}
        }
    }
    if found > crate::intake::reading::MAX_CELLS as u64 {
        return Err(NotRead::TooLarge(Limit::Cells));
    }
    // Excel counts exactly, other programs nearly; what is far off is no mistake.
    if said > found * 2 + 100_000 {
        return Err(xml.damaged(format!("it announces {said} texts and holds {found}")));
    }
    Ok(())
}

/// Passes over the texts that come next, as far as they are plain; returns how many.
fn pass_plain<R: BufRead>(xml: &mut Xml<R>) -> u64 {
    let bytes = xml.ahead();
    let (mut passed, mut found) = (0, 0);
    while let Some(length) = plain::shared_text(&bytes[passed..]) {
        passed += length;
        found += 1;
    }
    xml.pass(passed);
    found
}

/// Each cell format carries a copy of its font's name and its number format.
fn check_formats(package: &mut Package, part: &str) -> Result<(), NotRead> {
    if !package.has(part) {
        return Ok(());
    }
    let mut xml = open(package, part)?;
    let mut counts = BTreeMap::new();
    let mut list = "";
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else { continue };
        let counted = match element.local_name().as_ref() {
            // Formats of cells and of named styles are counted apart, as Excel does.
            "cellXfs" => {
                list = "cellXfs";
                None
            }
            "cellStyleXfs" => {
                list = "cellStyleXfs";
                None
            }
            "xf" => Some(list),
            "font" => Some("font"),
            "fill" => Some("fill"),
            "border" => Some("border"),
            "numFmt" => Some("numFmt"),
            _ => None,
        };
        if let Some(kind) = counted {
            let count: &mut usize = counts.entry(kind).or_default();
            *count += 1;
            if *count > MAX_FORMATS {
                return Err(NotRead::TooLarge(Limit::Formats));
            }
        }
        if attributes(&element).any(|(_, value)| value.len() > MAX_FORMAT_TEXT) {
            return Err(NotRead::TooLarge(Limit::FormatText));
        }
    }
    Ok(())
}
