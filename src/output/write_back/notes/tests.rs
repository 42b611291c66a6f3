//! Notes put into whole packages and taken out again.

use rust_xlsxwriter::{Note, Workbook};

use super::*;
use crate::output::write_back::package::{STRICT, TRANSITIONAL};

const AUTHOR: &str = "Council";

fn cell(text: &str) -> CellAddress {
    CellAddress::parse(text).unwrap()
}

fn notes(list: &[(&str, &str)]) -> BTreeMap<CellAddress, String> {
    list.iter().map(|(place, text)| (cell(place), (*text).to_string())).collect()
}

/// A workbook of one sheet with these notes of the provider's.
fn workbook(own: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(7, 5, 0.955).unwrap();
    for (place, text) in own {
        let place = cell(place);
        let note = Note::new(*text).set_author("Provider");
        sheet.insert_note(place.row, u16::try_from(place.column).unwrap(), &note).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// Opens the package, does what is said with its first sheet, and saves it with the drawing it needs.
fn changed(
    bytes: &[u8],
    change: impl FnOnce(
        &mut Package<'_>,
        &mut ContentTypes,
        &mut Relationships,
        &NotedSheet<'_>,
    ) -> Result<Option<String>, NotSafe>,
) -> Result<Vec<u8>, NotSafe> {
    let mut package = Package::open(bytes)?;
    let mut types = ContentTypes::read(&mut package)?;
    let mut relationships = Relationships::read(&mut package, SHEET)?;
    let text = package.needed(SHEET)?;
    let drawing = text.split_once("<legacyDrawing r:id=\"").map(|(_, rest)| rest.split('"').next().unwrap());
    let sheet = NotedSheet {
        part: SHEET,
        text: &text,
        drawing,
        strict: text.contains("purl.oclc.org"),
        workbook: "xl/workbook.xml",
    };
    let id = change(&mut package, &mut types, &mut relationships, &sheet)?;
    if let Some(id) = id {
        let legacy = format!("<legacyDrawing r:id=\"{id}\"/></worksheet>");
        package.put(SHEET, text.replace("</worksheet>", &legacy));
    }
    relationships.store(&mut package)?;
    types.store(&mut package)?;
    package.save()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 30).unwrap()
}

fn with(bytes: &[u8], list: &[(&str, &str)]) -> Result<Vec<u8>, NotSafe> {
    changed(bytes, |package, types, relationships, sheet| {
        add(package, types, relationships, sheet, &notes(list), AUTHOR, day())
    })
}

fn without(bytes: &[u8]) -> Result<Vec<u8>, NotSafe> {
    changed(bytes, |package, _, relationships, sheet| {
        remove_ours(package, relationships, sheet).map(|_| None)
    })
}

fn part(bytes: &[u8], name: &str) -> String {
    Package::open(bytes).unwrap().needed(name).unwrap()
}

/// The words of each note, as a reader shows them.
fn words(bytes: &[u8]) -> Vec<(String, String)> {
    let text = part(bytes, "xl/comments1.xml");
    let comments = Comments::read("a", &text).unwrap();
    comments.comments.iter().map(|own| (own.cell.unwrap().to_string(), own.words().to_string())).collect()
}

fn ours(text: &str) -> String {
    format!("Council feedback\n{text}\nAnswer on the sheet “Council feedback”.")
}

#[test]
fn a_sheet_without_notes_gets_them() {
    let written = with(&workbook(&[]), &[("I8", "■ Red"), ("F8", "● Green & <good>\nKPI 5")]).unwrap();
    assert_eq!(
        words(&written),
        [("F8".into(), ours("● Green & <good>\nKPI 5")), ("I8".into(), ours("■ Red"))],
        "in the order of the cells"
    );
    let drawing = part(&written, "xl/drawings/vmlDrawing1.vml");
    assert!(drawing.contains("<o:idmap v:ext=\"edit\" data=\"1\"/>"), "{drawing}");
    assert!(drawing.contains("id=\"_x0000_s1025\"") && drawing.contains("id=\"_x0000_s1026\""));
    assert_eq!(drawing.matches("<v:shapetype").count(), 1);
    let types = part(&written, "[Content_Types].xml");
    assert!(types.contains("PartName=\"/xl/comments1.xml\"") && types.contains(DRAWING_TYPE), "{types}");
    let relationships = part(&written, "xl/worksheets/_rels/sheet1.xml.rels");
    assert!(relationships.contains("Target=\"../comments1.xml\""), "{relationships}");
}

#[test]
fn the_providers_own_notes_stay_and_come_back() {
    let original = workbook(&[("F8", "Checked."), ("A1", "Mine")]);
    let written = with(&original, &[("F8", "● Green"), ("G9", "■ Red")]).unwrap();
    assert_eq!(
        words(&written),
        [
            ("A1".into(), "Provider:\nMine".to_string()),
            ("F8".into(), format!("Provider:\nChecked.\n\n{}", ours("● Green"))),
            ("G9".into(), ours("■ Red")),
        ]
    );
    let before = part(&original, "xl/drawings/vmlDrawing1.vml");
    let drawing = part(&written, "xl/drawings/vmlDrawing1.vml");
    assert!(drawing.starts_with(before.trim_end().trim_end_matches("</xml>").trim_end()), "boxes stay");
    assert_eq!(drawing.matches("ObjectType=\"Note\"").count(), 3);
    let again = without(&written).unwrap();
    assert_eq!(words(&again), words(&original));
    assert_eq!(part(&again, "xl/drawings/vmlDrawing1.vml"), before);
    let twice = with(&again, &[("F8", "● Green"), ("G9", "■ Red")]).unwrap();
    assert_eq!(words(&twice), words(&written));
}

/// The package with what is said done to its parts.
fn rewritten(bytes: &[u8], change: impl FnOnce(&mut Package<'_>)) -> Vec<u8> {
    let mut package = Package::open(bytes).unwrap();
    change(&mut package);
    package.save().unwrap()
}

fn replace(package: &mut Package<'_>, part: &str, from: &str, to: &str) {
    let text = package.needed(part).unwrap();
    assert!(text.contains(from), "{part} holds no {from}: {text}");
    package.put(part, text.replace(from, to));
}

const RELATIONSHIPS: &str = "xl/worksheets/_rels/sheet1.xml.rels";

#[test]
fn comments_without_a_drawing_get_one_for_all_of_them() {
    let bytes = rewritten(&workbook(&[("F8", "Checked."), ("A1", "Mine")]), |package| {
        let text = package.needed(SHEET).unwrap();
        let at = text.find("<legacyDrawing").unwrap();
        package.put(SHEET, format!("{}</worksheet>", &text[..at]));
        let relationships = package.needed(RELATIONSHIPS).unwrap();
        let at = relationships.find("<Relationship Id=\"rId1\"").unwrap();
        let end = at + relationships[at..].find("/>").unwrap() + 2;
        assert!(relationships[at..end].contains("vmlDrawing"));
        package.put(RELATIONSHIPS, format!("{}{}", &relationships[..at], &relationships[end..]));
    });
    let written = with(&bytes, &[("G9", "■ Red")]).unwrap();
    let drawing = part(&written, "xl/drawings/vmlDrawing2.vml");
    assert_eq!(drawing.matches("ObjectType=\"Note\"").count(), 3);
    assert!(drawing.contains("data=\"2\""), "the first one's numbers are still its own: {drawing}");
    assert!(part(&written, SHEET).contains("<legacyDrawing r:id=\"rId"));
}

#[test]
fn a_strict_package_gets_strict_parts() {
    let bytes = rewritten(&workbook(&[]), |package| {
        for (from, to) in [
            (
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (TRANSITIONAL, STRICT),
        ] {
            replace(package, SHEET, from, to);
        }
    });
    let written = with(&bytes, &[("G9", "■ Red")]).unwrap();
    assert!(
        part(&written, "xl/comments1.xml")
            .contains("xmlns=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"")
    );
    assert_eq!(part(&written, RELATIONSHIPS).matches(STRICT).count(), 2);
}

const THREADS: &str = "xl/threadedComments/threadedComment1.xml";
const PERSONS: &str = "xl/persons/person.xml";

/// A workbook with a thread at F8, as Excel writes it.
fn threaded() -> Vec<u8> {
    let note = "[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    Why?";
    rewritten(&workbook(&[("F8", note)]), |package| {
        let namespace = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments";
        let kind = "http://schemas.microsoft.com/office/2017/10/relationships";
        package.put(THREADS, format!("<ThreadedComments xmlns=\"{namespace}\"><threadedComment ref=\"F8\" dT=\"2026-04-01T09:00:00.00\" personId=\"{{A}}\" id=\"{{1}}\"><text>Why?</text></threadedComment></ThreadedComments>"));
        package.put(PERSONS, format!("<personList xmlns=\"{namespace}\"><person displayName=\"A\" id=\"{{A}}\" userId=\"S::a\" providerId=\"AD\"/></personList>"));
        let more = |part: &str, word: &str| {
            format!("<Relationship Id=\"rId99\" Type=\"{kind}/{word}\" Target=\"/{part}\"/></Relationships>")
        };
        replace(package, RELATIONSHIPS, "</Relationships>", &more(THREADS, "threadedComment"));
        replace(package, "xl/_rels/workbook.xml.rels", "</Relationships>", &more(PERSONS, "person"));
    })
}

#[test]
fn a_thread_gets_a_reply() {
    let original = threaded();
    let written = with(&original, &[("F8", "● Green"), ("G9", "■ Red")]).unwrap();
    let threads = part(&written, THREADS);
    assert_eq!(threads.matches("<threadedComment ").count(), 2);
    assert!(
        threads.contains("dT=\"2026-04-30T00:00:00.00\"") && threads.contains("parentId=\"{1}\""),
        "{threads}"
    );
    assert!(part(&written, PERSONS).contains("displayName=\"Council\""));
    let said = words(&written);
    assert!(said[0].1.ends_with(&format!("Why?\nReply:\n    {}", ours("● Green"))), "{said:?}");
    assert_eq!(said[1].1, ours("■ Red"), "a cell without a thread has a note");
    let again = without(&written).unwrap();
    assert_eq!(part(&again, THREADS), part(&original, THREADS));
    assert_eq!(words(&again), words(&original));
    let untouched = with(&original, &[("G9", "■ Red")]).unwrap();
    assert_eq!(part(&untouched, THREADS), part(&original, THREADS));
    assert_eq!(part(&untouched, PERSONS), part(&original, PERSONS));
}

#[test]
fn what_is_not_understood_is_refused() {
    let own = workbook(&[("F8", "Checked.")]);
    let refused = |bytes: &[u8], change: fn(&mut Package<'_>)| {
        let bytes = rewritten(bytes, change);
        let fault = with(&bytes, &[("F8", "a")]).unwrap_err();
        fault.to_string()
    };
    let two = refused(&own, |package| {
        let more = "<Relationship Id=\"x\" Type=\"a/comments\" Target=\"../comments2.xml\"/></Relationships>";
        replace(package, RELATIONSHIPS, "</Relationships>", more);
    });
    assert!(two.contains("two parts"), "{two}");
    let nowhere =
        refused(&own, |package| replace(package, SHEET, "<legacyDrawing r:id=\"", "<legacyDrawing r:id=\"x"));
    assert!(nowhere.contains("the drawing “xrId"), "{nowhere}");
    let missing = refused(&own, |package| package.remove("xl/comments1.xml"));
    assert_eq!(missing, "its part “xl/comments1.xml” is missing");
    let persons = refused(&threaded(), |package| {
        replace(package, "xl/_rels/workbook.xml.rels", "/person\"", "/people\"")
    });
    assert!(persons.contains("without persons"), "{persons}");
    let encoding = refused(&own, |package| package.put("xl/comments1.xml", [0xff, 0xfe, 0x3c, 0x00]));
    assert!(encoding.contains("UTF-8"), "{encoding}");
}

#[test]
fn a_sheet_without_what_is_ours_is_not_touched() {
    for bytes in [workbook(&[]), workbook(&[("F8", "Council feedback")]), threaded()] {
        let mut package = Package::open(&bytes).unwrap();
        let mut types = ContentTypes::read(&mut package).unwrap();
        let mut relationships = Relationships::read(&mut package, SHEET).unwrap();
        let sheet =
            NotedSheet { part: SHEET, text: "", drawing: None, strict: false, workbook: "xl/workbook.xml" };
        remove_ours(&mut package, &mut relationships, &sheet).unwrap();
        let id =
            add(&mut package, &mut types, &mut relationships, &sheet, &notes(&[]), AUTHOR, day()).unwrap();
        assert_eq!(id, None);
        assert_eq!(package.touched(), Vec::<String>::new());
    }
}
