//! The colours, marks and notes of the program change nothing of what a return says.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use quarterday::contract::Contract;
use quarterday::domain::place::CellAddress;
use quarterday::domain::submission::Version;
use quarterday::domain::workbook::{Cell, Content, Look, Workbook};
use quarterday::intake::mapped::{Asked, Mapped};
use quarterday::intake::mapping::map;
use quarterday::intake::reading::{fingerprint, read};
use quarterday::intake::recognise::{Providers, Recognised, recognise};
use quarterday::run::definitions;
use quarterday::run::{Request, run};
use quarterday::samples;
use quarterday::workspace::Workspace;
use tempfile::TempDir;

use crate::typed::{Typed, typed};

/// A sample's return of some form with the copy that went back.
struct Pair {
    contract: Contract,
    form: String,
    file: String,
    original: Vec<u8>,
    copy: Vec<u8>,
}

static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(pairs);

/// A return of each form of each sample, the second that there is: the first are as plain as the form.
fn pairs() -> Vec<Pair> {
    let mut pairs = Vec::new();
    for sample in samples::all() {
        let dir = TempDir::new().unwrap();
        for file in sample.files() {
            let path = dir.path().join(file.path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file.bytes).unwrap();
        }
        let request = Request { as_of: sample.as_of, today: sample.as_of };
        let results = run(dir.path(), request, &|_| {}).unwrap().results;
        let contracts = definitions::load(&Workspace::open(dir.path()).unwrap()).unwrap();
        let copies = copies(&dir.path().join("out"));
        let mut by_form: BTreeMap<(String, String), Vec<&Version>> = BTreeMap::new();
        for review in &results.reviews {
            for own in &review.submissions {
                let Some(version) = own.rated_version.and_then(|at| own.versions.get(at)) else { continue };
                by_form.entry((review.contract.clone(), own.form.clone())).or_default().push(version);
            }
        }
        for ((contract, form), versions) in by_form {
            let version = versions.get(1).or(versions.first()).unwrap();
            let stem = version.file.rsplit('/').next().unwrap().rsplit_once('.').unwrap().0;
            let copy = copies.iter().find(|path| path.file_stem().unwrap() == stem);
            let copy = copy.unwrap_or_else(|| panic!("{stem} did not go back"));
            pairs.push(Pair {
                contract: contracts[&contract].clone(),
                form,
                file: version.file.to_string(),
                original: std::fs::read(dir.path().join(&*version.file)).unwrap(),
                copy: std::fs::read(copy).unwrap(),
            });
        }
    }
    assert!(pairs.len() >= 10, "{}", pairs.len());
    pairs
}

fn copies(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(copies(&path));
        } else if path.parent().unwrap().ends_with("returned") {
            found.push(path);
        }
    }
    found
}

fn opened(pair: &Pair, bytes: &[u8]) -> Workbook {
    read(&pair.file, bytes).unwrap().without_feedback()
}

/// What a workbook says. Whether a formula stands behind a value is left out: a copy made anew has none.
fn said(pair: &Pair, book: &Workbook) -> (Recognised, Mapped) {
    let mut recognised = recognise(book, [&pair.contract], &Providers::Anyone).unwrap();
    let form = pair.contract.form(&pair.form).unwrap();
    let area = recognised.area.as_deref();
    let mut mapped = map(book, Asked { contract: &pair.contract, form, period: recognised.period, area });
    for findings in [&mut mapped.findings, &mut recognised.findings] {
        findings
            .retain(|own| !own.kind.code.starts_with("formula-") && !own.kind.code.starts_with("workbook-"));
    }
    mapped.formulas.clear();
    (recognised, mapped)
}

#[test]
fn a_copy_says_what_the_return_says() {
    for pair in PAIRS.iter() {
        let (original, copy) = (opened(pair, &pair.original), opened(pair, &pair.copy));
        assert_eq!(fingerprint(&original), fingerprint(&copy), "{}: no new version", pair.file);
        let (own, other) = (said(pair, &original), said(pair, &copy));
        assert!(!own.1.observations.is_empty() || !own.1.records.is_empty(), "{}", pair.file);
        assert_eq!(own, other, "{}", pair.file);

        // The same figures changed in both, one that was filled in and one that was left blank, where the form has one.
        let of_number = |own: &&quarterday::domain::observation::Observation| {
            own.answer.number().is_some()
                && original.sheets.iter().any(|sheet| {
                    sheet.name == own.place.sheet
                        && sheet.cells.get(&own.place.cell).is_some_and(|cell| !cell.formula)
                })
        };
        let is_blank = |own: &&quarterday::domain::observation::Observation| {
            own.shown.is_empty()
                && original.sheets.iter().any(|sheet| {
                    sheet.name == own.place.sheet
                        && sheet.cells.contains_key(&own.place.cell)
                        && sheet.merged_area(own.place.cell).is_none()
                })
        };
        let figures = &own.1.observations;
        let cells = figures.iter().find(of_number).into_iter().chain(figures.iter().find(is_blank));
        for place in cells.map(|own| &own.place).filter(|_| pair.original.starts_with(b"PK")) {
            let [own, other] = [&pair.original, &pair.copy].map(|bytes| {
                let bytes = typed(bytes, &place.sheet, place.cell, Typed::Number(37.0));
                let book = opened(pair, &bytes);
                (fingerprint(&book), said(pair, &book))
            });
            assert_ne!(own.0, fingerprint(&original), "{place}");
            assert_eq!(own, other, "{place}");
        }
    }
}

#[test]
fn colours_on_blank_cells_say_nothing() {
    for pair in PAIRS.iter() {
        let plain = opened(pair, &pair.original);
        let mut coloured = plain.clone();
        let look = Arc::new(Look {
            number_format: "General".into(),
            fill: Some(0x00b1_0e1e),
            font_colour: Some(0x00ff_ffff),
            border: true,
            bold: true,
            ..Look::default()
        });
        for sheet in &mut coloured.sheets {
            let blank = Cell { content: Content::Blank, formula: false, look: look.clone() };
            let last = sheet.cells.keys().fold(CellAddress::new(0, 0), |last, own| {
                CellAddress::new(last.row.max(own.row), last.column.max(own.column))
            });
            let rows = 0..(last.row + 4).min(400);
            let columns = 0..(last.column + 4).min(40);
            let around =
                rows.flat_map(|row| columns.clone().map(move |column| CellAddress::new(row, column)));
            let own = sheet.cells.iter().map(|(address, cell)| (*address, cell.clone()));
            sheet.cells = around.map(|address| (address, blank.clone())).chain(own).collect();
            for cell in sheet.cells.values_mut() {
                let number_format = cell.look.number_format.clone();
                cell.look = Arc::new(Look { number_format, ..(*look).clone() });
            }
        }
        assert_eq!(fingerprint(&plain), fingerprint(&coloured), "{}", pair.file);
        let (own, other) = (said(pair, &plain), said(pair, &coloured));
        assert_eq!(own, other, "{}", pair.file);
    }
}
