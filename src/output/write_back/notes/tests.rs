//! Notes put into whole packages and taken out again.

use rust_xlsxwriter::{Note, Workbook};

use super::*;

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
    changed(bytes, |package, types, relationships, sheet| {
        remove_ours(package, types, relationships, sheet).map(|()| None)
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
