//! Names and texts that want to be more than text.

use std::fs;

use super::package::{WORKBOOK, with_rows, workbook};
use super::run::{NO_FORM, NO_FORM_OR_DAMAGED, each_ends_in_a_line, sample};
use super::support::{one_quarter, run, sample as shipped, tree, with_texts, write};

#[test]
fn names_of_sheets() {
    let named = |name: &str| {
        let book = WORKBOOK.replace("\"KPIs\"", &format!("\"{name}\""));
        workbook(&[
            ("xl/workbook.xml", book.as_bytes()),
            // A fault that makes the name appear.
            (
                super::package::SHEET,
                b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>".as_slice(),
            ),
        ])
    };
    each_ends_in_a_line(vec![
        sample("climbing.xlsx", named("../../KPIs"), &["is damaged"]),
        sample("lines.xlsx", named("KPIs&#10;Bcc: all@council.example"), &["is damaged"]),
        sample("turned.xlsx", named("KPIs \u{202e}\u{200b}xslx"), &["is damaged"]),
        sample("escape.xlsx", named("KPIs &#27;[31m"), &["is damaged"]),
        sample("long.xlsx", named(&"K".repeat(100_000)), &["is damaged"]),
    ]);
}

#[test]
fn texts_of_cells() {
    let cell = |text: &str| {
        with_rows(&format!("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"))
    };
    each_ends_in_a_line(vec![
        sample("command.xlsx", cell("=cmd|' /C calc'!A0"), NO_FORM),
        sample("nothing.xlsx", cell("&#0;"), NO_FORM_OR_DAMAGED),
        sample("sum.xlsx", cell("@SUM(1+1)"), NO_FORM),
        sample("turned.xlsx", cell("Provider\u{202e}\u{200b}: &#x1b;"), NO_FORM_OR_DAMAGED),
    ]);
}

/// A return that is recognised but for its provider, whose name then stands in what is said of it.
#[test]
fn names_of_providers() {
    let dir = one_quarter();
    let path = shipped().join("returns/2025-26/Q4/HA_KPI_Q4_2025-26.xlsx");
    let clean = fs::read(path).unwrap();
    let names = [
        ("script", "<script>alert(1)</script>"),
        ("formula", "=cmd|' /C calc'!A0"),
        ("header", "Harbour\r\nBcc: all@council.example"),
        ("turned", "Harbour \u{202e}ycacovdA\u{200b}"),
    ];
    for (file, name) in names {
        let bytes = with_texts(&clean, "KPIs", &[("B4", name)]);
        write(&dir.path().join(format!("returns/{file}.xlsx")), &bytes);
    }
    let said = run(dir.path());
    assert_eq!(said.status, 1, "{said:#?}");
    let results = super::support::results(dir.path());
    let reasons: Vec<&str> = results["unrecognised"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["reason"].as_str().unwrap())
        .collect();
    assert_eq!(reasons.len(), names.len(), "{reasons:#?}");
    for reason in reasons {
        assert!(reason.contains("who is not in the register"), "{reason}");
        assert!(!reason.contains(['\r', '\n']), "{reason:?}");
    }
    for (name, bytes) in tree(&dir.path().join("out")) {
        if name.ends_with(".html") {
            let page = String::from_utf8(bytes).unwrap();
            assert!(!page.contains("<script>alert"), "{name}");
        }
    }
}
