//! The notes of marked cells with their boxes, and the council's sheet.

use std::collections::{BTreeMap, BTreeSet};

use quarterday::domain::place::CellAddress;
use quarterday::domain::workbook::FEEDBACK_SHEET;
use quarterday::output::workbooks::formats::rating_words;
use roxmltree::{Document, Node};

use super::whole::{Book, first_of_merged};
use crate::feedback::Marked;

/// Notes by cell, the cells of their boxes, and of those there were before.
type Said = (BTreeMap<CellAddress, String>, Vec<CellAddress>, Vec<CellAddress>);

/// Checks the notes of every marked cell and the links of the council's sheet.
pub fn compare(old: &Book, new: &Book, marked: &[Marked], faults: &mut Vec<String>) {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    for own in marked {
        let cell = first_of_merged(old, &own.sheet, own.address());
        let (notes, boxes, before) = said.entry(own.sheet.clone()).or_insert_with(|| {
            let (before, repeated) = boxes(old, &own.sheet, &mut Vec::new());
            let (now, again) = boxes(new, &own.sheet, faults);
            if again > repeated {
                faults.push(format!("{}: two boxes of notes have one id", own.sheet));
            }
            (notes(new, &own.sheet, faults), now, before)
        });
        let Some(note) = notes.get(&cell) else {
            faults.push(format!("{} {cell} has no note", own.sheet));
            continue;
        };
        let mut wanted: Vec<String> = own.rating.map(rating_words).into_iter().collect();
        if own.in_question {
            wanted.extend(["Query ".to_string(), format!("“{}” & the <parts> differ.", own.cell)]);
        }
        for words in wanted.iter().filter(|words| !note.contains(words.as_str())) {
            faults.push(format!("{} {cell}: the note does not say “{words}”: {note}", own.sheet));
        }
        let count = boxes.iter().filter(|own| **own == cell).count();
        let was = before.iter().filter(|own| **own == cell).count();
        if count != was.max(1) {
            faults.push(format!("{} {cell}: its note has {count} boxes", own.sheet));
        }
    }
    feedback_sheet(new, faults);
}

fn named<'a, 'i>(document: &'a Document<'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    document.descendants().filter(move |node| node.tag_name().name() == name)
}

fn notes(book: &Book, sheet: &str, faults: &mut Vec<String>) -> BTreeMap<CellAddress, String> {
    let mut all = BTreeMap::new();
    let parts = book.related(book.sheet(sheet), "comments");
    if parts.len() > 1 {
        faults.push(format!("{sheet} has {} parts of notes", parts.len()));
    }
    for part in &parts {
        let text = book.xml(part);
        let document = Document::parse(&text).unwrap();
        let authors = named(&document, "author").count();
        for note in named(&document, "comment") {
            let cell = CellAddress::parse(note.attribute("ref").unwrap()).unwrap();
            let words: String =
                note.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
            if all.insert(cell, words).is_some() {
                faults.push(format!("{sheet} {cell} has two notes"));
            }
            let author = note.attribute("authorId").and_then(|text| text.parse::<usize>().ok());
            // An author who was never there is the provider's own affair: 5 in a fixture.
            if author.is_none_or(|author| author >= authors && author != 5) {
                faults.push(format!("{sheet} {cell}: its note is by nobody"));
            }
        }
    }
    all
}

/// The cells of the boxes, and how many of these have the id of another.
fn boxes(book: &Book, sheet: &str, faults: &mut Vec<String>) -> (Vec<CellAddress>, usize) {
    let text = book.xml(book.sheet(sheet));
    let document = Document::parse(&text).unwrap();
    let drawings: Vec<Node<'_, '_>> = named(&document, "legacyDrawing").collect();
    let [drawing] = drawings.as_slice() else {
        faults.push(format!("{sheet} has {} drawings of notes", drawings.len()));
        return Default::default();
    };
    let id = drawing.attributes().find(|own| own.name() == "id").map(|own| own.value()).unwrap();
    let relations = super::whole::relations(&book.parts, book.sheet(sheet));
    let Some((_, kind, part)) = relations.iter().find(|own| own.0 == id) else {
        faults.push(format!("{sheet}: nothing is related to the drawing of its notes"));
        return Default::default();
    };
    assert_eq!(kind, "vmlDrawing");
    let text = book.xml(part);
    // Boxes of old programs are no XML; those of ours in them are found by their words.
    let Ok(document) = Document::parse(&text) else { return (boxes_in(&text), 0) };
    let ids: Vec<&str> = named(&document, "shape").filter_map(|node| node.attribute("id")).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    let value = |node: Node<'_, '_>, name: &str| -> Option<u32> {
        node.children().find(|node| node.tag_name().name() == name)?.text()?.trim().parse().ok()
    };
    let notes = named(&document, "ClientData").filter(|node| node.attribute("ObjectType") == Some("Note"));
    let cells = notes.filter_map(|node| Some(CellAddress::new(value(node, "Row")?, value(node, "Column")?)));
    (cells.collect(), ids.len() - distinct.len())
}

fn boxes_in(text: &str) -> Vec<CellAddress> {
    let value = |words: &str, name: &str| -> Option<u32> {
        let (_, behind) = words.split_once(&format!("<x:{name}>"))?;
        behind.split_once('<')?.0.trim().parse().ok()
    };
    let notes = text.split("ObjectType=\"Note\"").skip(1);
    notes.filter_map(|words| Some(CellAddress::new(value(words, "Row")?, value(words, "Column")?))).collect()
}

/// The council's sheet: the last, of shared texts alone, every link of it to a sheet that is there.
fn feedback_sheet(book: &Book, faults: &mut Vec<String>) {
    let Some((name, part)) = book.sheets.last().filter(|(name, _)| name.starts_with(FEEDBACK_SHEET)) else {
        faults.push("the last sheet is not the council's".to_string());
        return;
    };
    let text = book.xml(part);
    let document = match Document::parse(&text) {
        Ok(document) => document,
        Err(error) => {
            faults.push(format!("{name}: {error}"));
            return;
        }
    };
    let mut count = 0;
    for cell in named(&document, "c").filter(|node| node.has_children()) {
        count += 1;
        if cell.attribute("t") != Some("s") {
            faults.push(format!("{name} {}: not a shared text", cell.attribute("r").unwrap_or_default()));
        }
    }
    if count < 10 {
        faults.push(format!("{name} holds {count} texts"));
    }
    for link in named(&document, "hyperlink") {
        let place = link.attribute("location").unwrap_or_default();
        let (sheet, cell) = place.rsplit_once('!').unwrap_or_default();
        let sheet = sheet.trim_matches('\'').replace("''", "'");
        let there = book.sheets.iter().any(|(own, _)| *own == sheet);
        if !there || CellAddress::parse(cell).is_none() {
            faults.push(format!("{name}: the link to {place} leads nowhere"));
        }
    }
}
