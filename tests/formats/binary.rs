//! Workbooks in binary parts (.xlsb), record by record as [MS-XLSB] has them.

use std::io::{Cursor, Write};

use quarterday::domain::workbook::{FileFormat, Workbook};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{at, read, told};

/// A record: its kind and its length in sevens of bits, then its body.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if kind < 128 {
        bytes.push(kind as u8);
    } else {
        bytes.extend([(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8]);
    }
    let mut length = body.len();
    while length >= 128 {
        bytes.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    bytes.push(length as u8);
    bytes.extend(body);
    bytes
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

/// A cell: its column, the plain format, its value.
fn cell(kind: u16, column: u32, value: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes(), &0u32.to_le_bytes(), value].concat())
}

fn row(row: u32, hidden: bool, cells: &[Vec<u8>]) -> Vec<u8> {
    let marks = if hidden { 0x10 } else { 0 };
    let body = [&row.to_le_bytes()[..], &0u32.to_le_bytes(), &300u16.to_le_bytes(), &[0, marks, 0]].concat();
    [record(0, &body), cells.concat()].concat()
}

/// A formula with its result: marked as one that is worked out anew whenever the workbook is opened, or not.
fn formula(column: u32, result: f64, always: bool) -> Vec<u8> {
    let marks: u16 = if always { 2 } else { 0 };
    cell(9, column, &[&result.to_le_bytes()[..], &marks.to_le_bytes(), &[0; 8]].concat())
}

fn workbook(by: &str) -> Workbook {
    let rows = [
        row(0, false, &[cell(6, 0, &text("Provider")), cell(6, 1, &text("Lanternhill – Visiting"))]),
        row(4, false, &[cell(7, 0, &0u32.to_le_bytes()), cell(5, 1, &17.5f64.to_le_bytes())]),
        // A whole number, and one of hundredths, both packed.
        row(
            5,
            false,
            &[cell(2, 1, &(20i32 << 2 | 2).to_le_bytes()), cell(2, 2, &(1234i32 << 2 | 3).to_le_bytes())],
        ),
        row(6, true, &[cell(4, 1, &[1]), cell(3, 2, &[0x07])]),
        row(7, false, &[formula(1, 0.85, false), formula(2, 0.0, false), formula(3, 0.0, true)]),
    ];
    let merged: Vec<u8> = [12u32, 12, 0, 2].into_iter().flat_map(u32::to_le_bytes).collect();
    let sheet = [
        record(129, &[]),
        record(145, &[]),
        rows.concat(),
        record(146, &[]),
        record(177, &1u32.to_le_bytes()),
        record(176, &merged),
        record(178, &[]),
        record(130, &[]),
    ]
    .concat();
    let bundle = |hidden: u32, number: u32, name: &str| {
        let id = text(&format!("rId{number}"));
        record(156, &[&hidden.to_le_bytes()[..], &number.to_le_bytes(), &id, &text(name)].concat())
    };
    let book = [
        record(131, &[]),
        record(143, &[]),
        bundle(0, 1, "KPIs"),
        bundle(1, 2, "Lists"),
        record(144, &[]),
        record(132, &[]),
    ]
    .concat();
    let shared = [
        record(159, &[1, 0, 0, 0, 1, 0, 0, 0]),
        record(19, &[&[0][..], &text("Answered in time")].concat()),
        record(160, &[]),
    ]
    .concat();
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inside: String| {
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<?xml version=\"1.0\"?><Relationships xmlns=\"{package}\">{inside}</Relationships>")
            .into_bytes()
    };
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
                 <Default Extension=\"bin\" ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>";
    let parts: [(&str, Vec<u8>); 8] = [
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", relations(relation("rId1", "officeDocument", "xl/workbook.bin"))),
        (
            "docProps/app.xml",
            format!("<Properties><Application>{by}</Application></Properties>").into_bytes(),
        ),
        ("xl/workbook.bin", book),
        (
            "xl/_rels/workbook.bin.rels",
            relations(
                relation("rId1", "worksheet", "worksheets/sheet1.bin")
                    + &relation("rId2", "worksheet", "worksheets/sheet2.bin")
                    + &relation("rId3", "sharedStrings", "sharedStrings.bin"),
            ),
        ),
        ("xl/sharedStrings.bin", shared),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/worksheets/sheet2.bin", [129, 145, 146, 130].map(|kind| record(kind, &[])).concat()),
    ];
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        package.start_file(name, SimpleFileOptions::default()).unwrap();
        package.write_all(&bytes).unwrap();
    }
    read("figures.xlsb", &package.finish().unwrap().into_inner())
}

#[test]
fn binary_parts_are_read_as_xml_is() {
    let book = workbook("Microsoft Excel");
    assert_eq!(book.format, FileFormat::Xlsb);
    let names: Vec<(&str, bool)> = book.sheets.iter().map(|sheet| (&*sheet.name, sheet.hidden)).collect();
    assert_eq!(names, [("KPIs", false), ("Lists", true)]);
    let sheet = &book.sheets[0];
    for (cell, expected) in [
        ("A1", "“Provider”"),
        ("B1", "“Lanternhill – Visiting”"),
        ("A5", "“Answered in time”"),
        ("B5", "17.5"),
        ("B6", "20"),
        ("C6", "12.34"),
        ("B7", "Boolean(true)"),
        ("C7", "Error(\"#DIV/0!\")"),
        ("B8", "=0.85"),
        ("C8", "=0"),
        ("D8", "=0"),
    ] {
        assert_eq!(told(sheet, cell), expected, "{cell}");
    }
    assert!(sheet.is_hidden(at("B7")) && !sheet.is_hidden(at("B6")));
    assert_eq!(sheet.merged_area(at("C13")).unwrap().first, at("A13"));
}

#[test]
fn a_zero_that_no_program_worked_out_is_no_result() {
    let book = workbook("A writer of workbooks");
    assert_eq!(told(&book.sheets[0], "C8"), "=0");
    assert_eq!(told(&book.sheets[0], "D8"), "=Blank");
}
