//! Parts that hurt whoever reads XML without care.

use super::package::{SHEET, filler, with_rows, with_sheet, workbook};
use super::run::{NO_FORM, NO_FORM_OR_DAMAGED, each_ends_in_a_line, sample};

fn laughs() -> String {
    let mut part = String::from("<!DOCTYPE worksheet [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let before = format!("&a{};", level - 1).repeat(10);
        part.push_str(&format!("<!ENTITY a{level} \"{before}\">"));
    }
    part + "]><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&a29;</v></c></row></sheetData></worksheet>"
}

#[test]
fn entities_are_neither_expanded_nor_fetched() {
    let external = "<!DOCTYPE worksheet [<!ENTITY own SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row r=\"1\">\
                    <c r=\"A1\" t=\"str\"><v>&own;</v></c></row></sheetData></worksheet>";
    let texts =
        "<!DOCTYPE sst [<!ENTITY own SYSTEM \"http://council.example/\">]><sst><si><t>&own;</t></si></sst>";
    each_ends_in_a_line(vec![
        sample("laughs.xlsx", workbook(&[(SHEET, laughs().as_bytes())]), NO_FORM_OR_DAMAGED),
        sample("external.xlsx", workbook(&[(SHEET, external.as_bytes())]), NO_FORM_OR_DAMAGED),
        sample("texts.xlsx", workbook(&[("xl/sharedStrings.xml", texts.as_bytes())]), NO_FORM_OR_DAMAGED),
    ]);
}

#[test]
fn length_and_depth() {
    let long = String::from_utf8(filler(100 << 20)).unwrap();
    let deep = "<a><b><c>".repeat(2_000_000);
    // Packs to more than a hundredth.
    let mut comment = String::from("<!-- ");
    comment.push_str(&long);
    each_ends_in_a_line(vec![
        sample("attribute.xlsx", with_sheet(&format!("<sheetPr codeName=\"{long}\"/><sheetData/>")), NO_FORM),
        sample("comment.xlsx", with_sheet(&comment), &["is damaged"]),
        sample(
            "deep.xlsx",
            with_sheet(&deep),
            &["unpacks to more than 100 times", "is damaged", "no form of any contract"],
        ),
        sample("unclosed.xlsx", with_sheet("<sheetData><row r=\"1\"><c r=\"A1\"><v>1"), &["is damaged"]),
        sample("text-before.xlsx", workbook(&[("_rels/.rels", long.as_bytes())]), &["is damaged"]),
    ]);
}

#[test]
fn deep_nesting_of_rich_text_and_cells() {
    let nested = format!("{}{}", "<is><t>".repeat(50_000), "</t></is>".repeat(50_000));
    let rows = format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\">{nested}</c></row>");
    let cells = format!("<row r=\"1\">{}</row>", "<c r=\"A1\"><v>1".repeat(3_000));
    each_ends_in_a_line(vec![
        sample("nested-text.xlsx", with_rows(&rows), &["100 times", "is damaged", "no form of any contract"]),
        sample(
            "nested-cells.xlsx",
            with_rows(&cells),
            &["100 times", "is damaged", "no form of any contract"],
        ),
        sample(
            "not-xml.xlsx",
            workbook(&[("xl/workbook.xml", b"\0\x01\x02 <sheets")]),
            &["no worksheet", "is damaged"],
        ),
        sample(
            "utf16.xlsx",
            workbook(&[("xl/workbook.xml", b"\xff\xfe<\0w\0")]),
            &["no worksheet", "is damaged"],
        ),
    ]);
}
