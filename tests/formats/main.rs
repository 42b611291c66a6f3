//! One workbook in each format that is read says the same in each.
//!
//! `figures.xlsx` was made by hand; LibreOffice saved it as `figures.xls` and `figures.ods`. Nothing free writes .xlsb, so that one is
//! put together here record by record.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod binary;

use quarterday::domain::number_format::PercentSign;
use quarterday::domain::place::CellAddress;
use quarterday::domain::workbook::{Content, FileFormat, Sheet, Workbook};
use quarterday::intake::reading;

const XLSX: &[u8] = include_bytes!("figures.xlsx");
const XLS: &[u8] = include_bytes!("figures.xls");
const ODS: &[u8] = include_bytes!("figures.ods");

fn read(name: &str, bytes: &[u8]) -> Workbook {
    reading::read(&format!("returns/{name}"), bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

fn at(cell: &str) -> CellAddress {
    CellAddress::parse(cell).unwrap()
}

/// What stands in a cell, with what decides how it is read.
fn told(sheet: &Sheet, cell: &str) -> String {
    let Some(cell) = sheet.cell(at(cell)) else { return "nothing".into() };
    let content = match &cell.content {
        Content::Number(value) => match cell.look.percent_sign(*value) {
            PercentSign::Absent => format!("{value}"),
            PercentSign::Scaling => format!("{value} in percent"),
            PercentSign::Literal => format!("{value} with a sign"),
        },
        Content::Date(moment) => moment.date().to_string(),
        Content::Text(text) => format!("“{}”", text.chars().take(40).collect::<String>()),
        other => format!("{other:?}"),
    };
    // LibreOffice writes yes and no as formulas.
    let is_formula = cell.formula && !matches!(cell.content, Content::Boolean(_));
    if is_formula { format!("={content}") } else { content }
}

#[test]
fn a_workbook_says_the_same_in_each_format() {
    for (name, bytes, format) in [
        ("figures.xlsx", XLSX, FileFormat::Xlsx),
        ("figures.xls", XLS, FileFormat::Xls),
        ("figures.ods", ODS, FileFormat::Ods),
    ] {
        let book = read(name, bytes);
        assert_eq!(book.format, format);
        let names: Vec<(&str, bool)> = book.sheets.iter().map(|sheet| (&*sheet.name, sheet.hidden)).collect();
        assert_eq!(names, [("KPIs", false), ("Lists", true)], "{name}");
        let sheet = &book.sheets[0];
        for (cell, expected) in [
            ("B1", "“Lanternhill – Independent Visiting”"),
            ("B2", "2026-05-01"),
            ("B5", "17"),
            ("D5", "=0.85 in percent"),
            ("D6", "0.95 in percent"),
            ("D7", "94 with a sign"),
            ("D8", "=Error(\"#DIV/0!\")"),
            ("B9", "Boolean(true)"),
            ("B10", "“12”"),
            ("A14", "“Two\nlines”"),
            ("A15", "“Long text: xxxxxxxxxxxxxxxxxxxxxxxxxxxxx”"),
            ("A16", "-3.25"),
            ("A17", "0.0000001"),
            ("D9", "nothing"),
        ] {
            assert_eq!(told(sheet, cell), expected, "{name} {cell}");
        }
        let Content::Text(long) = &sheet.cell(at("A15")).unwrap().content else { panic!("{name}") };
        assert_eq!(long.chars().count(), 9_011, "{name}");
        assert!(sheet.is_hidden(at("A11")) && sheet.is_hidden(at("F5")), "{name}");
        assert!(!sheet.is_hidden(at("A12")) && !sheet.is_hidden(at("E5")), "{name}");
        let area = sheet.merged_area(at("B13")).unwrap();
        assert_eq!((area.first, area.last), (at("A13"), at("C13")), "{name}");
    }
}

#[test]
fn what_is_cut_short_is_refused_in_each_format() {
    for (name, bytes) in [("figures.xlsx", XLSX), ("figures.xls", XLS), ("figures.ods", ODS)] {
        for part in [2, 3, 10] {
            let refusal = reading::read("returns/a", &bytes[..bytes.len() * (part - 1) / part]).unwrap_err();
            let said = refusal.to_string();
            assert!(said.contains("incomplete") || said.contains("damaged"), "{name}: {said}");
        }
    }
}

#[test]
fn delimited_text_is_one_sheet_of_words() {
    for (name, bytes) in [
        ("comma.csv", "KPI,Result\r\n\"Answered, in time\",85%\r\nVisits,12\r\n".as_bytes().to_vec()),
        ("semicolon.csv", "KPI;Result\nAnswered, in time;85%\nVisits;12\n".as_bytes().to_vec()),
        ("marked.csv", b"\xef\xbb\xbfKPI\tResult\nAnswered, in time\t85%\nVisits\t12\n".to_vec()),
        (
            "unicode.csv",
            "\u{feff}KPI\tResult\nAnswered, in time\t85%\nVisits\t12\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect(),
        ),
    ] {
        let book = read(name, &bytes);
        assert_eq!((book.format, book.sheets.len()), (FileFormat::Text, 1), "{name}");
        let sheet = &book.sheets[0];
        let cells: Vec<String> = ["A1", "A2", "B2", "B3"].map(|cell| told(sheet, cell)).into();
        assert_eq!(cells, ["“KPI”", "“Answered, in time”", "“85%”", "“12”"], "{name}");
    }
}
