//! Sheets with more than anybody can fill in, or less than they say.

use std::fmt::Write;

use super::package::{Dice, RELATIONSHIPS, SHEETS, WORKBOOK, filler, with_rows, with_sheet, workbook};
use super::run::{NO_FORM, NO_FORM_OR_DAMAGED, each_ends_in_a_line, sample};

#[test]
fn far_apart() {
    let corners = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let everywhere = format!("<dimension ref=\"A1:XFD1048576\"/><sheetData>{corners}</sheetData>");
    let shared = "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:XFD1048576\" si=\"0\">B2*2</f><v>1</v></c></row>\
                  <row r=\"9\"><c r=\"C9\"><f t=\"shared\" si=\"0\"/><v>1</v></c></row>";
    let array = "<row r=\"1\"><c r=\"A1\"><f t=\"array\" ref=\"A1:XFD1048576\">B2*2</f><v>1</v></c></row>";
    let furniture = "<cols><col min=\"1\" max=\"16384\" width=\"9\" hidden=\"1\"/></cols><sheetData/>\
                     <mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>";
    each_ends_in_a_line(vec![
        sample("corners.xlsx", with_rows(corners), NO_FORM),
        sample("dimension.xlsx", with_sheet(&everywhere), NO_FORM),
        sample(
            "dimension-none.xlsx",
            with_sheet("<dimension ref=\"XFD1:A0\"/><sheetData/>"),
            NO_FORM_OR_DAMAGED,
        ),
        sample("shared-formula.xlsx", with_rows(shared), NO_FORM),
        sample("array-formula.xlsx", with_rows(array), NO_FORM),
        sample("furniture.xlsx", with_sheet(furniture), NO_FORM),
        sample("beyond.xlsx", with_rows("<row r=\"1048577\"><c><v>1</v></c></row>"), &["there is no row"]),
    ]);
}

#[test]
fn too_many() {
    let mut dice = Dice::new();
    let mut cells = String::new();
    for _ in 0..200_001 {
        cells.push_str("<row>");
        for _ in 0..25 {
            write!(cells, "<c><v>{}</v></c>", dice.below(1000)).unwrap();
        }
        cells.push_str("</row>");
    }
    let mut blanks = String::new();
    for _ in 0..100_000 {
        blanks.push_str("<row>");
        for _ in 0..20 {
            write!(blanks, "<c s=\"{}\"/>", dice.below(90)).unwrap();
        }
        blanks.push_str("</row>");
    }
    let merged = |count: u32| {
        let areas: String = (1..=count).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
        with_sheet(&format!(
            "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells>{areas}</mergeCells>"
        ))
    };
    each_ends_in_a_line(vec![
        sample("cells.xlsx", with_rows(&cells), &["more than 5 million filled cells"]),
        sample("blanks.xlsx", with_rows(&blanks), NO_FORM),
        sample("merged.xlsx", merged(100_000), &["more than 20000 merged areas"]),
        sample("merged-allowed.xlsx", merged(20_000), NO_FORM),
    ]);
}

#[test]
fn many_sheets_and_styles() {
    let sheets = |count: usize| {
        let listed: String =
            (1..=count).map(|n| format!("<sheet name=\"S{n}\" sheetId=\"{n}\" r:id=\"r{n}\"/>")).collect();
        let related: String = (1..=count)
            .map(|n| {
                let related = SHEETS.replace("<Relationships>", "").replace("</Relationships>", "");
                related.replace("r1", &format!("r{n}")).replace("sheet1.xml", &format!("sheet{n}.xml"))
            })
            .collect();
        let book = format!("<workbook><sheets>{listed}</sheets></workbook>");
        let related = format!("<Relationships>{related}</Relationships>");
        let parts: Vec<(String, &[u8])> = (2..=count)
            .map(|n| {
                (format!("xl/worksheets/sheet{n}.xml"), b"<worksheet><sheetData/></worksheet>".as_slice())
            })
            .collect();
        let mut changes: Vec<(&str, &[u8])> =
            vec![("xl/workbook.xml", book.as_bytes()), ("xl/_rels/workbook.xml.rels", related.as_bytes())];
        changes.extend(parts.iter().map(|(name, part)| (name.as_str(), *part)));
        workbook(&changes)
    };
    let styles = |count: usize| {
        let mut dice = Dice::new();
        let formats: String = (0..count).map(|_| format!("<xf numFmtId=\"{}\"/>", dice.below(40))).collect();
        workbook(&[(
            "xl/styles.xml",
            format!("<styleSheet><cellXfs>{formats}</cellXfs></styleSheet>").as_bytes(),
        )])
    };
    each_ends_in_a_line(vec![
        sample("sheets.xlsx", sheets(1_000), &["1004 parts, the limit is 1000"]),
        sample("sheets-allowed.xlsx", sheets(990), NO_FORM),
        sample("styles.xlsx", styles(64_000), NO_FORM),
        sample("styles-too-many.xlsx", styles(70_000), &["more than 65536 cell formats"]),
    ]);
}

#[test]
fn numbers_and_texts() {
    let number = |value: &str| with_rows(&format!("<row r=\"1\"><c r=\"A1\"><v>{value}</v></c></row>"));
    let dates = workbook(&[
        ("xl/styles.xml", b"<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        (
            super::package::SHEET,
            b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" s=\"0\"><v>1e300</v></c><c r=\"B1\" s=\"0\"><v>-1</v></c>\
              <c r=\"C1\" s=\"0\"><v>2958466</v></c><c r=\"D1\" s=\"0\"><v>0.5</v></c></row></sheetData></worksheet>",
        ),
    ]);
    let inline = |text: &str| {
        with_rows(&format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"))
    };
    let long = String::from_utf8(filler(40_000)).unwrap();
    let shared = |table: &str, cell: &str| {
        workbook(&[
            ("xl/sharedStrings.xml", table.as_bytes()),
            (
                super::package::SHEET,
                format!("<worksheet><sheetData><row r=\"1\">{cell}</row></sheetData></worksheet>").as_bytes(),
            ),
        ])
    };
    let one = "<c r=\"A1\" t=\"s\"><v>0</v></c>";
    // One text in very many cells.
    let repeated: String = {
        let mut dice = Dice::new();
        (0..7_000).map(|_| format!("<c t=\"s\"><v>0</v></c><c><v>{}</v></c>", dice.below(1000))).collect()
    };
    let widely = shared(&format!("<sst><si><t>{}</t></si></sst>", &long[..32_000]), &repeated);
    each_ends_in_a_line(vec![
        sample("nan.xlsx", number("NaN"), NO_FORM_OR_DAMAGED),
        sample("inf.xlsx", number("inf"), NO_FORM_OR_DAMAGED),
        sample("1e308.xlsx", number("1e308"), NO_FORM),
        sample("1e999.xlsx", number("-1e999"), NO_FORM_OR_DAMAGED),
        sample("dates.xlsx", dates, NO_FORM),
        sample("long.xlsx", inline(&long), &["sheet “KPIs”, cell A1 is longer than 32767 characters"]),
        sample(
            "out-of-range.xlsx",
            shared("<sst><si><t>a</t></si></sst>", "<c r=\"A1\" t=\"s\"><v>9</v></c>"),
            NO_FORM_OR_DAMAGED,
        ),
        sample(
            "unique.xlsx",
            shared("<sst uniqueCount=\"4000000000\"><si><t>a</t></si></sst>", one),
            &["announces 4000000000 texts"],
        ),
        sample("everywhere.xlsx", widely, &["more than 200 million characters"]),
        sample(
            "relationships.xlsx",
            workbook(&[("xl/workbook.xml", WORKBOOK.as_bytes()), ("_rels/.rels", RELATIONSHIPS.as_bytes())]),
            NO_FORM,
        ),
    ]);
}
