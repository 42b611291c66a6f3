//! The command: a template of every form of every built-in contract, and what it refuses.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use quarterday::contract::Contract;
use quarterday::contract::meant::Form;
use quarterday::domain::place::CellAddress;
use quarterday::domain::workbook::Workbook;
use quarterday::intake::mapped::Asked;
use quarterday::intake::recognise::{Providers, recognise};
use quarterday::intake::{mapping, reading};
use tempfile::TempDir;

use crate::definitions;
use crate::fill::PROVIDER;

/// Status, output and errors of a run of the program in a folder.
fn ran(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output =
        Command::cargo_bin("quarterday").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn label(contract: &Contract, form: &Form) -> String {
    contract.period(contract.start, form.every).label()
}

fn read(path: &Path) -> Workbook {
    reading::read("returns/a.xlsx", &fs::read(path).unwrap()).unwrap()
}

#[test]
fn it_writes_every_form_of_every_contract() {
    let contracts = definitions::built_in();
    let folder = TempDir::new().unwrap();
    for contract in &contracts {
        for form in &contract.forms {
            for area in contract.return_areas(form) {
                let period = label(contract, form);
                let mut arguments = vec![
                    "template",
                    &contract.id,
                    &form.id,
                    "--period",
                    &period,
                    "--provider",
                    PROVIDER,
                    "-o",
                    ".",
                ];
                if let Some(area) = &area {
                    arguments.extend(["--area", area]);
                }
                let (status, said, errors) = ran(folder.path(), &arguments);
                assert_eq!((status, errors.as_str()), (0, ""), "{arguments:?}");
                let path =
                    folder.path().join(said.lines().next().unwrap().strip_prefix("Written: ").unwrap());
                let workbook = read(&path);
                let found = recognise(&workbook, &contracts, &Providers::Anyone);
                // A form that names its period by a day in it has none before it is filled in.
                if !form.labels.period.is_empty() {
                    assert!(found.unwrap_err().contains("period"), "{arguments:?}");
                    continue;
                }
                let found = found.unwrap();
                assert_eq!(
                    (
                        found.contract.as_str(),
                        found.form.as_str(),
                        found.provider.as_str(),
                        found.period.label(),
                        &found.area
                    ),
                    (contract.id.as_str(), form.id.as_str(), PROVIDER, period.clone(), &area)
                );
                let asked = Asked { contract, form, period: found.period, area: area.as_deref() };
                let mapped = mapping::map(&workbook, asked);
                let codes: Vec<&str> = mapped.findings.iter().map(|finding| finding.kind.code).collect();
                assert_eq!((mapped.usable, codes), (false, vec!["empty-return"]), "{arguments:?}");
            }
        }
    }
}

#[test]
fn without_provider_and_area_there_are_cells_for_them() {
    for contract in definitions::built_in() {
        for form in &contract.forms {
            let folder = TempDir::new().unwrap();
            let period = label(&contract, form);
            let arguments = ["template", &contract.id, &form.title, "--period", &period, "-o", "a.xlsx"];
            assert_eq!(ran(folder.path(), &arguments).0, 0, "{arguments:?}");
            let workbook = read(&folder.path().join("a.xlsx"));
            let head = &workbook.sheets[0];
            let blank = |wanted: &str| {
                let row = (0..40).find(|row| head.text(CellAddress::new(*row, 0)) == wanted);
                row.is_some_and(|row| head.text(CellAddress::new(row, 1)).is_empty())
            };
            let provider = form.labels.provider.first().map_or("Provider", String::as_str);
            assert!(blank(provider), "{arguments:?}");
            assert_eq!(blank("Council"), form.one_per_area, "{arguments:?}");
        }
    }
}

#[test]
fn a_file_that_is_there_stays_unless_it_may_be_replaced() {
    let contract = &definitions::built_in()[0];
    let form = &contract.forms[0];
    let folder = TempDir::new().unwrap();
    let period = label(contract, form);
    let arguments = ["template", &contract.id, &form.id, "--period", &period, "-o", "a.xlsx"];
    fs::write(folder.path().join("a.xlsx"), "mine").unwrap();
    let (status, _, errors) = ran(folder.path(), &arguments);
    assert!(
        status == 2 && errors.contains("there is a file already") && errors.contains("--overwrite"),
        "{errors}"
    );
    assert_eq!(fs::read(folder.path().join("a.xlsx")).unwrap(), b"mine");
    assert_eq!(ran(folder.path(), &[&arguments[..], &["--overwrite"]].concat()).0, 0);
    let first = fs::read(folder.path().join("a.xlsx")).unwrap();
    assert_eq!(ran(folder.path(), &[&arguments[..], &["--overwrite"]].concat()).0, 0);
    assert!(first == fs::read(folder.path().join("a.xlsx")).unwrap(), "the same bytes each time");
}

#[test]
fn what_is_not_known_is_named_with_the_nearest_and_an_example() {
    let contracts = definitions::built_in();
    let quarterly = |contract: &&Contract| contract.forms.iter().any(|form| form.every.months() == 3);
    let contract = contracts.iter().find(quarterly).unwrap();
    let form = contract.forms.iter().find(|form| form.every.months() == 3).unwrap();
    let (id, form) = (contract.id.as_str(), form.id.as_str());
    let quarter = contract.period(contract.start, quarterday::domain::period::Frequency::Quarter);
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("there")).unwrap();
    let period = quarter.label();
    let typo = |name: &str| format!("{name}x");
    let month = quarter.from.format("%Y-%m").to_string();
    for (contract, form, period, output, expected) in [
        (typo(id).as_str(), form, period.as_str(), "a.xlsx", vec![format!("did you mean `{id}`?")]),
        (id, typo(form).as_str(), &period, "a.xlsx", vec![format!("did you mean `{form}`?")]),
        (id, form, &month, "a.xlsx", vec!["is quarterly".into(), format!("such as {period}")]),
        (id, form, "soon", "a.xlsx", vec!["“soon” is no period".into(), format!("such as {period}")]),
        (id, form, "Q1", "a.xlsx", vec![format!("such as {period}")]),
        (id, form, &period, "a.docx", vec!["let it end in .xlsx".into()]),
        (id, form, &period, "nul.xlsx", vec!["call it _nul.xlsx".into()]),
        (id, form, &period, "away/a.xlsx", vec!["the folder away does not exist".into()]),
        (id, form, &period, "there/", vec![]),
    ] {
        let arguments = ["template", contract, form, "--period", period, "-o", output];
        let (status, _, errors) = ran(folder.path(), &arguments);
        assert_eq!(status, if expected.is_empty() { 0 } else { 2 }, "{arguments:?} {errors}");
        for words in expected {
            assert!(errors.contains(&words), "{arguments:?}: {words}\n{errors}");
        }
    }
    let written: Vec<String> = fs::read_dir(folder.path().join("there"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(written.len() == 1 && written[0].contains(&period), "{written:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is written");
}

#[test]
fn areas_are_named_only_where_each_has_a_return() {
    for contract in definitions::built_in() {
        for form in &contract.forms {
            let folder = TempDir::new().unwrap();
            let period = label(&contract, form);
            let try_area = |area: &str| {
                ran(
                    folder.path(),
                    &[
                        "template",
                        &contract.id,
                        &form.id,
                        "--period",
                        &period,
                        "--area",
                        area,
                        "-o",
                        "a.xlsx",
                    ],
                )
            };
            let expected = match (contract.areas.first(), form.one_per_area) {
                (None, _) => "has no areas",
                (Some(_), false) => "leave --area out",
                (Some(_), true) => "did you mean",
            };
            let name = contract.areas.first().map_or("East".to_string(), |area| format!("{}x", area.name));
            let (status, _, errors) = try_area(&name);
            assert!(status == 2 && errors.contains(expected), "{} {}: {errors}", contract.id, form.id);
        }
    }
}
