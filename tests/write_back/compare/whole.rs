//! The package as a whole: which parts there are, which may differ, and everything that is asked of a coloured copy.

use std::collections::{BTreeMap, BTreeSet};

use quarterday::domain::place::CellAddress;
use roxmltree::Document;

use super::difference::Permitted;
use super::{looks, notes, permitted, values};
use crate::feedback::Marked;
use crate::package::{entries, parts};
use crate::tokens::{placed, tokens};

/// An original and its coloured copy.
pub struct Comparison<'a> {
    pub original: &'a [u8],
    pub returned: &'a [u8],
    pub marked: &'a [Marked],
    /// Whether macros are taken out of it.
    pub macros: bool,
}

/// A part by what leads to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    ContentTypes,
    Relationships,
    Workbook,
    Styles,
    Texts,
    Sheet,
    Notes,
    Boxes,
    Drawing,
    Control,
    PivotTable,
    Threads,
    Persons,
}

/// A package with its relationships followed.
pub struct Book {
    pub parts: BTreeMap<String, Vec<u8>>,
    /// The part of each sheet, in the workbook's order, by the sheet's name.
    pub sheets: Vec<(String, String)>,
    pub workbook: String,
}

impl Book {
    pub fn open(bytes: &[u8]) -> Self {
        let parts = parts(bytes);
        let workbook = related(&parts, "", "officeDocument").first().cloned().unwrap();
        let text = xml(&parts, &workbook);
        let document = Document::parse(&text).unwrap();
        let targets = relations(&parts, &workbook);
        let named = |node: roxmltree::Node<'_, '_>| {
            let id = node
                .attributes()
                .find(|own| own.name() == "id" && own.namespace().is_some())?
                .value()
                .to_string();
            Some((node.attribute("name")?.to_string(), targets.iter().find(|own| own.0 == id)?.2.clone()))
        };
        let nodes = document.descendants().filter(|node| node.tag_name().name() == "sheet");
        let sheets = nodes.filter_map(named).collect();
        Self { sheets, workbook, parts }
    }

    /// The parts of this kind that `source` leads to.
    pub fn related(&self, source: &str, kind: &str) -> Vec<String> {
        related(&self.parts, source, kind)
    }

    /// The part of the sheet with this name.
    pub fn sheet(&self, name: &str) -> &str {
        let found = self.sheets.iter().find(|(own, _)| own == name);
        &found.unwrap_or_else(|| panic!("no sheet {name}")).1
    }

    /// The text of a part without its byte order mark.
    pub fn xml(&self, part: &str) -> String {
        xml(&self.parts, part)
    }
}

/// The name as it stands in the package, which may differ in case.
fn stored<'a>(parts: &'a BTreeMap<String, Vec<u8>>, name: &str) -> Option<&'a String> {
    parts.keys().find(|own| own.eq_ignore_ascii_case(name))
}

fn xml(parts: &BTreeMap<String, Vec<u8>>, part: &str) -> String {
    let key = stored(parts, part).unwrap_or_else(|| panic!("no part {part}"));
    let text = String::from_utf8(parts[key].clone()).unwrap();
    text.trim_start_matches('\u{feff}').to_string()
}

fn relations_part(source: &str) -> String {
    let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
    format!("{folder}/_rels/{name}.rels").trim_start_matches('/').to_string()
}

/// Identifier, last word of the type, and the part it leads to.
pub fn relations(parts: &BTreeMap<String, Vec<u8>>, source: &str) -> Vec<(String, String, String)> {
    let name = relations_part(source);
    if stored(parts, &name).is_none() {
        return Vec::new();
    }
    let text = xml(parts, &name);
    let document = Document::parse(&text).unwrap();
    let own = document.descendants().filter(|node| node.tag_name().name() == "Relationship");
    own.filter(|node| node.attribute("TargetMode") != Some("External"))
        .map(|node| {
            let kind = node.attribute("Type").unwrap().rsplit('/').next().unwrap().to_string();
            let target = resolved(source, node.attribute("Target").unwrap());
            let target = stored(parts, &target).cloned().unwrap_or(target);
            (node.attribute("Id").unwrap().to_string(), kind, target)
        })
        .collect()
}

fn resolved(source: &str, target: &str) -> String {
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let target = target.replace('\\', "/").replace("%20", " ");
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/').filter(|step| !step.is_empty() && *step != ".") {
        if step == ".." {
            steps.pop();
        } else {
            steps.push(step);
        }
    }
    steps.join("/")
}

fn related(parts: &BTreeMap<String, Vec<u8>>, source: &str, kind: &str) -> Vec<String> {
    relations(parts, source).into_iter().filter(|own| own.1 == kind).map(|own| own.2).collect()
}

/// The marked cells by sheet, each as the first cell of the merged area it lies in.
pub fn marked_by_sheet(original: &Book, marked: &[Marked]) -> BTreeMap<String, BTreeSet<CellAddress>> {
    let mut all: BTreeMap<String, BTreeSet<CellAddress>> = BTreeMap::new();
    for own in marked {
        let cell = first_of_merged(original, &own.sheet, own.address());
        all.entry(own.sheet.clone()).or_default().insert(cell);
    }
    all
}

/// The first cell of the merged area that `cell` lies in, else the cell.
pub fn first_of_merged(book: &Book, sheet: &str, cell: CellAddress) -> CellAddress {
    let text = book.xml(book.sheet(sheet));
    let document = Document::parse(&text).unwrap();
    let merged = document.descendants().filter(|node| node.tag_name().name() == "mergeCell");
    let areas = merged.filter_map(|node| {
        let (first, last) = node.attribute("ref")?.split_once(':')?;
        Some((CellAddress::parse(first)?, CellAddress::parse(last)?))
    });
    let holds = |(first, last): &(CellAddress, CellAddress)| {
        (first.row..=last.row).contains(&cell.row) && (first.column..=last.column).contains(&cell.column)
    };
    areas.into_iter().find(holds).map_or(cell, |(first, _)| first)
}

/// Every difference that is not permitted, and every mark that is not there.
pub fn compare(comparison: &Comparison<'_>, lost: &[&str]) -> Vec<String> {
    let (old, new) = (Book::open(comparison.original), Book::open(comparison.returned));
    let mut faults = Vec::new();
    entries_are_kept(comparison, &old, &new, lost, &mut faults);
    values::compare(comparison.original, comparison.returned, &mut faults);
    looks::compare(&old, &new, comparison.marked, &mut faults);
    notes::compare(&old, &new, comparison.marked, &mut faults);
    faults
}

/// Untouched entries are the same bytes in the same order; touched ones differ as permitted; new ones are of known kinds.
fn entries_are_kept(
    comparison: &Comparison<'_>,
    old: &Book,
    new: &Book,
    lost: &[&str],
    faults: &mut Vec<String>,
) {
    let (before, after) = (entries(comparison.original), entries(comparison.returned));
    let marked = marked_by_sheet(old, comparison.marked);
    let roles = roles(old, &marked, comparison.macros);
    let names: Vec<&str> = after.iter().map(|entry| entry.name.as_str()).collect();
    let mut at = 0;
    for entry in &before {
        let plain = entry.name.replace('\\', "/");
        let Some(index) = names.iter().position(|name| *name == entry.name) else {
            if !lost.contains(&plain.as_str()) {
                faults.push(format!("{} is lost", entry.name));
            }
            continue;
        };
        if lost.contains(&plain.as_str()) {
            faults.push(format!("{} is still there", entry.name));
        }
        if index < at {
            faults.push(format!("{} has changed its place", entry.name));
        }
        at = index;
        let now = &after[index];
        if *now == *entry {
            continue;
        }
        let Some((_, role, cells)) = roles.iter().find(|(name, _, _)| name.eq_ignore_ascii_case(&plain))
        else {
            let what = if now.content == entry.content { "was packed again" } else { "is changed" };
            faults.push(format!("{} {what}", entry.name));
            continue;
        };
        if now.content == entry.content {
            faults.push(format!("{} was packed again, and is unchanged", entry.name));
            continue;
        }
        if let Some(fault) = fault(*role, cells, comparison.macros, &entry.content, &now.content) {
            faults.push(format!("{}: {fault}", entry.name));
        }
    }
    new_parts_are_known(&before, &after, new, faults);
}

fn new_parts_are_known(
    before: &[crate::package::Entry],
    after: &[crate::package::Entry],
    new: &Book,
    faults: &mut Vec<String>,
) {
    let mut known: Vec<String> = Vec::new();
    let mut sources = vec![new.workbook.clone()];
    sources.extend(new.sheets.iter().map(|(_, part)| part.clone()));
    for source in &sources {
        known.push(relations_part(source));
        for kind in ["comments", "vmlDrawing", "styles", "sharedStrings"] {
            known.extend(new.related(source, kind));
        }
    }
    // The council's sheet, and its tables.
    if let Some((_, part)) = new.sheets.last() {
        known.push(part.clone());
        known.extend(new.related(part, "table"));
    }
    let is_old = |name: &str| before.iter().any(|entry| entry.name == name);
    for entry in after.iter().filter(|entry| !is_old(&entry.name)) {
        let plain = entry.name.replace('\\', "/");
        if !known.iter().any(|own| own.eq_ignore_ascii_case(&plain)) {
            faults.push(format!("{} is new, and nobody asked for it", entry.name));
        }
        if let Err(error) = tokens(&entry.content) {
            faults.push(format!("{} is new and not well-formed: {error}", entry.name));
        }
    }
    let mut seen = BTreeSet::new();
    for entry in after {
        if !seen.insert(entry.name.replace('\\', "/").to_lowercase()) {
            faults.push(format!("{} is there twice", entry.name));
        }
    }
}

type Cells = BTreeSet<CellAddress>;

/// The parts that may differ, what they are, and the marked cells of the sheet they belong to.
fn roles(old: &Book, marked: &BTreeMap<String, Cells>, macros: bool) -> Vec<(String, Role, Cells)> {
    let none = Cells::new();
    let mut all = vec![
        ("[Content_Types].xml".to_string(), Role::ContentTypes, none.clone()),
        (relations_part(&old.workbook), Role::Relationships, none.clone()),
        (old.workbook.clone(), Role::Workbook, none.clone()),
    ];
    let mut add = |parts: Vec<String>, role: Role, cells: &Cells| {
        all.extend(parts.into_iter().map(|part| (part, role, cells.clone())));
    };
    add(old.related(&old.workbook, "styles"), Role::Styles, &none);
    add(old.related(&old.workbook, "sharedStrings"), Role::Texts, &none);
    add(old.related(&old.workbook, "person"), Role::Persons, &none);
    for (name, part) in &old.sheets {
        let own = marked.get(name);
        if own.is_none() && !macros {
            continue;
        }
        let cells = own.unwrap_or(&none);
        add(vec![part.clone()], Role::Sheet, cells);
        add(vec![relations_part(part)], Role::Relationships, cells);
        add(old.related(part, "comments"), Role::Notes, cells);
        add(old.related(part, "vmlDrawing"), Role::Boxes, cells);
        add(old.related(part, "pivotTable"), Role::PivotTable, cells);
        add(old.related(part, "threadedComment"), Role::Threads, cells);
        if macros {
            add(old.related(part, "drawing"), Role::Drawing, cells);
            add(old.related(part, "ctrlProp"), Role::Control, cells);
        }
    }
    if macros {
        add(vec!["_rels/.rels".to_string()], Role::Relationships, &none);
    }
    all
}

fn fault(role: Role, marked: &Cells, macros: bool, old: &[u8], new: &[u8]) -> Option<String> {
    let both = tokens(old).and_then(|old| Ok((placed(old), placed(tokens(new)?))));
    if role == Role::Boxes && tokens(old).is_err() {
        return (!is_inserted(old, new))
            .then(|| "more has changed than what is new in one place".to_string());
    }
    let (old, new) = match both {
        Ok(both) => both,
        Err(error) => return Some(format!("it is not well-formed: {error}")),
    };
    let permitted: Permitted<'_> = match role {
        Role::ContentTypes => permitted::content_types(&old, macros),
        Role::Relationships => permitted::relationships(macros),
        Role::Workbook => permitted::workbook(macros),
        Role::Styles => permitted::styles(),
        Role::Texts => permitted::shared_texts(),
        Role::Sheet => permitted::sheet(marked, macros),
        Role::Notes => permitted::notes(marked),
        Role::Boxes => permitted::boxes(marked, macros),
        Role::Drawing => permitted::drawing(macros),
        Role::Control => permitted::control(macros),
        Role::PivotTable => permitted::pivot_table(),
        Role::Threads => permitted::threads(marked),
        Role::Persons => permitted::persons(),
    };
    permitted.fault(&old, &new)
}

/// Whether `new` is `old` with something new in one place: of old programs' boxes, which are no XML, more cannot be said.
fn is_inserted(old: &[u8], new: &[u8]) -> bool {
    let before = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let behind = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    before + behind >= old.len()
}
