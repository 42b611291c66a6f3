//! Workbooks of a folder outside the project, for whoever has a corpus at hand:
//! `QUARTERDAY_WORKBOOKS=folder cargo test --release --test write_back -- --ignored folder --nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use quarterday::domain::place::{CellAddress, column_letters};
use quarterday::domain::rating::Rating;
use quarterday::intake::reading::read;
use quarterday::output::write_back::write_back;

use super::compare::{Comparison, compare};
use super::feedback::{Marked, asked, both, feedback, rated, today};
use super::written::pairs;

#[test]
#[ignore = "for a folder of workbooks that is not the project's"]
fn workbooks_of_a_folder_come_back_with_the_declared_differences_alone() {
    let Some(folder) = std::env::var_os("QUARTERDAY_WORKBOOKS") else { return };
    let mut files = Vec::new();
    below(Path::new(&folder), &mut files);
    let (mut said, mut refused, mut written) = (Vec::new(), BTreeMap::<String, Vec<String>>::new(), 0);
    for (number, file) in files.iter().enumerate() {
        let name = file.strip_prefix(&folder).unwrap().display().to_string();
        let bytes = fs::read(file).unwrap();
        let Ok(book) = read("returns/a.xlsx", &bytes) else {
            refused.entry("not read at all".to_string()).or_default().push(name);
            continue;
        };
        let marked = marks(&book);
        let words = feedback(&marked);
        let outcome = std::panic::catch_unwind(|| write_back(&bytes, &words, None, today()));
        let own = match outcome {
            Err(_) => vec!["the writer panicked".to_string()],
            Ok(Err(refusal)) => {
                refused.entry(refusal.to_string()).or_default().push(name);
                continue;
            }
            Ok(Ok(own)) => {
                written += 1;
                keep(number, file, &bytes, &own.bytes);
                let macros = String::from_utf8_lossy(&crate::package::parts(&bytes)["[Content_Types].xml"])
                    .contains("macroEnabled");
                let lost = lost(&bytes, macros);
                let lost: Vec<&str> = lost.iter().map(String::as_str).collect();
                let comparison =
                    Comparison { original: &bytes, returned: &own.bytes, marked: &marked, macros };
                std::panic::catch_unwind(|| compare(&comparison, &lost))
                    .unwrap_or_else(|_| vec!["the comparison panicked".to_string()])
            }
        };
        said.extend(own.into_iter().take(5).map(|fault| format!("{name}: {fault}")));
    }
    println!("{} files, {written} written", files.len());
    for (reason, files) in &refused {
        println!("refused {}: {reason}: {:?}", files.len(), files.iter().take(6).collect::<Vec<_>>());
    }
    assert!(said.is_empty(), "{} faults:\n{}", said.len(), said.join("\n"));
}

/// Parts of macros, which are to be gone.
fn lost(bytes: &[u8], macros: bool) -> Vec<String> {
    let words = ["vbaProject", "vbaData", "customUI/"];
    let names = crate::package::parts(bytes).into_keys();
    names.filter(|name| macros && words.iter().any(|word| name.contains(word))).collect()
}

/// Some cells of the first sheets: the first and the last that hold something, one between, and one that is not there.
fn marks(book: &quarterday::domain::workbook::Workbook) -> Vec<Marked> {
    let mut marked = Vec::new();
    for sheet in book.sheets.iter().filter(|sheet| !sheet.cells.is_empty()).take(3) {
        let cells: Vec<CellAddress> = sheet.cells.keys().copied().collect();
        let (first, middle, last) = (cells[0], cells[cells.len() / 2], cells[cells.len() - 1]);
        let mut own = vec![rated(&sheet.name, &first.to_string(), Rating::Green)];
        let beyond =
            format!("{}{}", column_letters((last.column + 2).min(16_383)), (last.row + 3).min(1_048_576));
        for mark in [
            both(&sheet.name, &middle.to_string(), Rating::Red),
            asked(&sheet.name, &last.to_string()),
            rated(&sheet.name, &beyond, Rating::Amber),
        ] {
            if own.iter().all(|other: &Marked| other.cell != mark.cell) {
                own.push(mark);
            }
        }
        marked.extend(own);
    }
    marked
}

fn keep(number: usize, file: &Path, original: &[u8], returned: &[u8]) {
    let extension = file.extension().unwrap().to_string_lossy().to_lowercase();
    for (side, bytes, extension) in
        [("original", original, extension.as_str()), ("returned", returned, "xlsx")]
    {
        let folder = pairs().join("folder").join(side);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number:05}.{extension}")), bytes).unwrap();
    }
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            below(&path, files);
        } else if path
            .extension()
            .is_some_and(|own| ["xlsx", "xlsm"].contains(&own.to_string_lossy().to_lowercase().as_str()))
        {
            files.push(path);
        }
    }
}
