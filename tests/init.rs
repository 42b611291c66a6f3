//! `quarterday init`: the real binary makes a workspace, and works on it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/program.rs"]
mod program;

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use quarterday::intake::reading;
use quarterday::workspace::register::Register;
use quarterday::workspace::settings::{BLANK, Settings};
use tempfile::TempDir;

use program::{Ran, quarterday, text};

const CONTRACT: &str = "cheshire-advocacy";

/// An empty folder, and the workspace to be made in it.
fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let workspace = folder.path().join("reviews");
    (folder, workspace)
}

fn init(workspace: &Path) -> Ran {
    quarterday(&["init", text(workspace), "--contract", CONTRACT])
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn it_makes_a_workspace_and_says_what_to_do_next() {
    let (_folder, workspace) = place();
    let ran = init(&workspace);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(names(&workspace), ["contracts", "quarterday.toml", "register.xlsx", "returns"]);
    let run = format!("quarterday run {}", text(&workspace));
    for words in ["register.xlsx", "returns", "What to do next", "sheet Providers", CONTRACT, &run] {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    let bytes = fs::read(workspace.join("register.xlsx")).unwrap();
    let register = Register::read(&reading::read("register.xlsx", &bytes).unwrap());
    assert_eq!(register, Ok(Register::default()));
}

#[test]
fn a_run_on_it_is_quiet_and_says_what_is_missing() {
    let (_folder, workspace) = place();
    init(&workspace);
    let ran = quarterday(&["run", text(&workspace)]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("There are no providers in"), "{}", ran.out);
    assert!(workspace.join("out/index.html").is_file());
}

/// The register with texts in row 2 of its first sheet, the way Excel saves them.
fn with_first_row(register: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(register)).unwrap();
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut part = String::new();
        entry.read_to_string(&mut part).unwrap();
        if entry.name().unwrap() == "xl/worksheets/sheet1.xml" {
            let cells: String = cells
                .iter()
                .map(|(column, text)| {
                    format!("<c r=\"{column}2\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
                })
                .collect();
            assert_eq!(part.matches("</sheetData>").count(), 1);
            part = part.replace("</sheetData>", &format!("<row r=\"2\">{cells}</row></sheetData>"));
        }
        let name = entry.name().unwrap().to_string();
        written.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        written.write_all(part.as_bytes()).unwrap();
    }
    written.finish().unwrap().into_inner()
}

#[test]
fn a_provider_filled_in_is_reviewed() {
    let (_folder, workspace) = place();
    init(&workspace);
    let path = workspace.join("register.xlsx");
    let blank = fs::read(&path).unwrap();
    let row = [("A", "Harbour Advocacy"), ("C", CONTRACT), ("D", "01/09/2025"), ("I", "Active")];
    fs::write(&path, with_first_row(&blank, &row)).unwrap();
    let ran = quarterday(&["run", text(&workspace), "--as-of", "2026-01-20"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{}", ran.out);
    assert!(ran.out.contains("Harbour Advocacy") && ran.out.contains("Missing:"), "{}", ran.out);
    assert!(!ran.out.contains("Register:"), "{}", ran.out);
}

#[test]
fn an_unknown_contract_makes_nothing() {
    let (folder, workspace) = place();
    let wrong = format!("{CONTRACT}x");
    let ran = quarterday(&["init", text(&workspace), "--contract", CONTRACT, "--contract", &wrong]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    for words in [
        &format!("there is no contract `{wrong}`"),
        &format!("did you mean `{CONTRACT}`?"),
        "known contracts: ",
    ] {
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
    let ran = quarterday(&["init", text(&workspace)]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("--contract <ID>"), "{}", ran.err);
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_register_that_is_there_is_kept_byte_for_byte() {
    let (_folder, workspace) = place();
    fs::create_dir(&workspace).unwrap();
    fs::write(workspace.join("register.xlsx"), "the officer's own").unwrap();
    let ran = init(&workspace);
    assert_eq!(ran.status, 2);
    assert!(
        ran.err.contains("there is a register already") && ran.err.contains("left as it is"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read(workspace.join("register.xlsx")).unwrap(), b"the officer's own");
    assert_eq!(names(&workspace), ["register.xlsx"]);
    fs::write(workspace.join("file"), "").unwrap();
    let ran = init(&workspace.join("file"));
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is a file, not a folder"), "{}", ran.err);
}

#[test]
fn a_workspace_without_a_register_gets_one_and_keeps_the_rest() {
    let (_folder, workspace) = place();
    fs::create_dir_all(workspace.join("inbox")).unwrap();
    fs::create_dir(workspace.join("contracts")).unwrap();
    let settings = "[folders]\nreturns = \"inbox\"\nregister = \"records/register.xlsx\"\n";
    fs::write(workspace.join("quarterday.toml"), settings).unwrap();
    fs::write(workspace.join("inbox/a.xlsx"), "a return").unwrap();
    let built_in =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/contracts").join(format!("{CONTRACT}.toml"));
    let definition = fs::read_to_string(built_in).unwrap().replacen(CONTRACT, "our-own", 1);
    assert!(definition.contains("id = \"our-own\""));
    fs::write(workspace.join("contracts/own.toml"), definition).unwrap();

    let ran = quarterday(&["init", text(&workspace), "--contract", "our-own", CONTRACT]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("there already, left as it is") && ran.out.contains("our-own"), "{}", ran.out);
    assert_eq!(names(&workspace), ["contracts", "inbox", "quarterday.toml", "records"]);
    assert_eq!(fs::read_to_string(workspace.join("quarterday.toml")).unwrap(), settings);
    assert_eq!(fs::read(workspace.join("inbox/a.xlsx")).unwrap(), b"a return");
    assert!(workspace.join("records/register.xlsx").is_file());
}

#[test]
fn the_blank_settings_read_as_they_are_and_filled_in() {
    assert_eq!(Settings::read(BLANK).unwrap(), Settings::default());
    // A comment that sets something has no space behind its first word but around the sign of equality.
    let filled: Vec<&str> = BLANK
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.starts_with('[') || line.contains(" = "))
        .collect();
    let settings = Settings::read(&filled.join("\n")).unwrap();
    assert!(settings.council.is_some() && settings.sender.email.is_some());
    assert_eq!((settings.bank_holidays.len(), settings.folders), (1, Settings::default().folders));
}
