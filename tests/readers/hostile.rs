//! Files that do harm, beside files that do not.

use std::io::{Cursor, Write};

use quarterday::readers::{Settings, Unread};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::book::{Book, Sheet};
use crate::workers;

/// A package of parts, well packed.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        written.start_file(*name, SimpleFileOptions::default()).unwrap();
        written.write_all(content.as_bytes()).unwrap();
    }
    written.finish().unwrap().into_inner()
}

/// A workbook of one sheet with this content between the tags of its data.
fn workbook(data: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006";
    let types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    package(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{packages}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" \
                 ContentType=\"{types}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" \
                 ContentType=\"{types}.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" \
                 Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"KPIs\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            &format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>"),
        ),
    ])
}

/// Many cells, each of them different, so that they pack no better than those of a return.
fn many_cells(rows: u32) -> Vec<u8> {
    let mut mixed = 1_u64;
    let mut data = String::new();
    for row in 1..=rows {
        data.push_str(&format!("<row r=\"{row}\">"));
        for column in ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"] {
            mixed = mixed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            data.push_str(&format!(
                "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{:016x}</t></is></c>",
                mixed
            ));
        }
        data.push_str("</row>");
    }
    workbook(&data)
}

fn good() -> Vec<u8> {
    let mut sheet = Sheet::new("KPIs");
    sheet.put(0, 0, "A workbook");
    Book { sheets: vec![sheet] }.bytes()
}

#[test]
fn a_file_that_needs_too_much_memory_is_named_and_the_next_is_read() {
    let readers = workers(Settings { workers: 1, memory: 24 << 20, ..Settings::default() });
    assert!(readers.read("good.xlsx", good()).is_ok());
    let large = many_cells(40_000);
    assert_eq!(
        readers.read("large.xlsx", large.clone()).unwrap_err(),
        Unread::TooMuchMemory { megabytes: 24 }
    );
    assert_eq!(readers.read("good.xlsx", good()).unwrap().sheets.len(), 1);
    // It is the limit that stops it, nothing else.
    assert_eq!(
        workers(Settings::default()).read("large.xlsx", large).unwrap().sheets[0].cells.len(),
        400_000
    );
}

#[test]
fn a_file_that_holds_too_much_is_named() {
    let readers = workers(Settings { workers: 1, answer: 1 << 20, ..Settings::default() });
    let unread = readers.read("large.xlsx", many_cells(20_000)).unwrap_err();
    assert_eq!(unread, Unread::TooMuchInIt { megabytes: 1 });
    assert!(readers.read("good.xlsx", good()).is_ok());
}

#[cfg(target_os = "linux")]
mod with_little_address_space {
    use std::process::Command;

    use super::workbook;
    use crate::{laid_out, put};

    /// Files that do harm by name, and part of the reason each is set aside for.
    fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
        let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
        let mut cut = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
        cut.truncate(cut.len() / 2);
        let bomb = workbook(&" ".repeat(30 << 20));
        let deep = format!("<row r=\"1\">{}", "<c>".repeat(300_000));
        vec![
            ("far.xlsx", workbook(far), "no form of any contract"),
            ("cut.xlsx", cut, "incomplete"),
            ("bomb.xlsx", bomb, "100 times its size"),
            ("deep.xlsx", workbook(&deep), ""),
            ("page.xlsx", b"<html><body>no workbook</body></html>".to_vec(), "a web page"),
        ]
    }

    #[test]
    fn each_hostile_file_has_its_line_and_the_others_are_processed() {
        let results = |with_hostile: bool| {
            let (dir, sample) = laid_out("cheshire-advocacy");
            if with_hostile {
                for (name, bytes, _) in hostile() {
                    put(dir.path(), format!("returns/{name}"), &bytes);
                }
            }
            let program = assert_cmd::cargo::cargo_bin!("quarterday");
            let run = format!(
                "ulimit -v 4000000; exec '{}' run '{}' --as-of {} --json",
                program.display(),
                dir.path().display(),
                sample.as_of
            );
            let output = Command::new("/bin/sh").args(["-c", &run]).output().unwrap();
            assert!(output.status.code().is_some_and(|code| code < 2), "{output:?}");
            assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
            serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
        };
        let (plain, beside) = (results(false), results(true));
        assert_eq!(plain["reviews"], beside["reviews"]);
        let set_aside = beside["unrecognised"].as_array().unwrap();
        for (name, _, part) in hostile() {
            let lines: Vec<&str> = set_aside
                .iter()
                .filter(|own| own["file"] == format!("returns/{name}"))
                .map(|own| own["reason"].as_str().unwrap())
                .collect();
            assert!(lines.len() == 1 && lines[0].contains(part), "{name}: {lines:?}");
        }
    }
}
