//! Text from providers is data everywhere: never a formula, never markup, never a path.

use std::fs;
use std::io::{Cursor, Read};

use super::support::{CONTRACT, change, one_quarter_of, run, tree};

/// A formula to Excel, markup to a browser, a path to a file system.
const NAME: &str = "=1+1 <script>alert('name')</script> & ../../Sons";

/// What a narrative says.
const SAYINGS: &[(&str, &str)] = &[
    ("C13", "=HYPERLINK(\"http://bad.example\",\"narrative\")"),
    ("C14", "<script>alert('narrative')</script>"),
    ("C15", "+1+cmd|' /C calc'!A0"),
    ("C16", "\"><img src=x onerror=alert('narrative')>"),
    ("C17", "@SUM(1+1)*{{ narrative }}{% raw %}"),
];

#[test]
fn no_text_becomes_formula_markup_or_path() {
    let dir = one_quarter_of(NAME);
    change(&dir.path().join("returns/Narrative Q4 2025-26 East.xlsx"), "Narrative", SAYINGS);
    let said = run(dir.path());
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:#?}");

    let mut pages = 0;
    let mut workbooks = 0;
    let mut told = 0;
    for (name, bytes) in tree(&dir.path().join("out")) {
        if name.ends_with(".html") {
            let page = String::from_utf8(bytes).unwrap();
            assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{name}");
            assert!(page.contains("=1+1 &lt;script&gt;alert("), "{name} does not name the provider");
            told += usize::from(
                page.contains("&lt;script&gt;alert(&#x27;narrative")
                    || page.contains("&lt;script&gt;alert(&#39;narrative"),
            );
            pages += 1;
        } else if name.ends_with(".xlsx") {
            // The provider's own workbook goes back with its own formulas, and with no others.
            let own = if name.contains("/returned/") { formulas_of_returns(dir.path()) } else { Vec::new() };
            assert_no_formula_but(&own, &name, &bytes);
            workbooks += 1;
        } else if name.ends_with(".csv") {
            assert_no_formula_in_csv(&name, &bytes);
        }
    }
    assert!((pages, workbooks) == (8, 11), "{pages} pages, {workbooks} workbooks");
    assert!(
        told == 3,
        "the council's pack, the provider's and that of the narrative's council print what it says"
    );
    let above = dir.path().parent().unwrap();
    assert!(!above.join("Sons").exists() && !dir.path().join("Sons").exists());
    // The calendar, and the folder of the one provider.
    let below = fs::read_dir(dir.path().join("out").join(CONTRACT)).unwrap();
    let folders = below.filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(folders.count(), 1);
}

/// The formulas of a sheet, as written.
fn formulas(xml: &str) -> Vec<String> {
    let behind = xml.split("<f").skip(1).filter(|rest| rest.starts_with(['>', ' ']));
    behind.filter_map(|rest| rest.split_once("</f>")).map(|(formula, _)| formula.to_string()).collect()
}

fn formulas_of_returns(dir: &std::path::Path) -> Vec<String> {
    let mut all = Vec::new();
    for (name, bytes) in tree(&dir.join("returns")) {
        let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) else { panic!("{name}") };
        for index in 0..package.len() {
            let mut xml = String::new();
            if package.by_index(index).unwrap().read_to_string(&mut xml).is_ok() {
                all.extend(formulas(&xml));
            }
        }
    }
    all
}

#[track_caller]
fn assert_no_formula_but(own: &[String], name: &str, bytes: &[u8]) {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let part_name = part.name().unwrap().into_owned();
        assert!(!part_name.contains("externalLink") && !part_name.ends_with(".bin"), "{name}: {part_name}");
        if !part_name.ends_with(".xml") && !part_name.ends_with(".rels") {
            continue;
        }
        let mut xml = String::new();
        part.read_to_string(&mut xml).unwrap();
        assert!(!xml.contains("http://bad.example\" "), "{name}: {part_name} links where a text said");
        if part_name.starts_with("xl/worksheets/sheet") {
            let written = formulas(&xml);
            assert!(written.iter().all(|formula| own.contains(formula)), "{name}: {part_name}: {written:?}");
        }
    }
}

/// Excel takes a field that begins with one of these for a formula, quoted or not.
#[track_caller]
fn assert_no_formula_in_csv(name: &str, bytes: &[u8]) {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    for row in rows.records() {
        for field in row.unwrap().iter() {
            let starts = field.trim_start_matches('\u{feff}').starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!starts || field.parse::<f64>().is_ok(), "{name}: {field}");
        }
    }
}
