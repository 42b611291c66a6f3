//! Workspaces to run on, and what a run left behind.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use calamine::{Reader, Xlsx};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use tempfile::TempDir;

/// The day as of which the samples are told.
pub const AS_OF: &str = "2026-09-21";

/// The contract of the samples.
pub const CONTRACT: &str = "cheshire-advocacy";

/// The provider of the samples.
pub const PROVIDER: &str = "Harbour Advocacy";

/// What the program said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program.
#[track_caller]
pub fn quarterday<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Said {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("quarterday")).args(arguments).output().unwrap();
    Said {
        status: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// `quarterday run` on a folder, as of the samples' day.
#[track_caller]
pub fn run(dir: &Path) -> Said {
    quarterday(["run", text(dir), "--as-of", AS_OF])
}

/// A run that must not be made; gives what it says.
#[track_caller]
pub fn refused(dir: &Path) -> String {
    let said = run(dir);
    assert_eq!((said.status, said.out.as_str()), (2, ""), "{said:#?}");
    assert!(said.err.starts_with("quarterday: "), "{}", said.err);
    said.err
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The shipped sample workspace.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/workspaces").join(CONTRACT)
}

/// The demo as one run left it, shared by the tests that only look; and what the run said.
pub fn demo() -> &'static (PathBuf, Said) {
    static DEMO: OnceLock<(PathBuf, Said)> = OnceLock::new();
    DEMO.get_or_init(|| {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("untidy-demo");
        if dir.exists() {
            fs::remove_dir_all(&dir).unwrap();
        }
        let said = quarterday(["demo", text(&dir)]);
        (dir.join(CONTRACT), said)
    })
}

/// A copy of the demo after its run.
pub fn demo_copy() -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for (path, bytes) in tree(&demo().0) {
        write(&copy.path().join(path), &bytes);
    }
    copy
}

/// A workspace of one quarter without an error: all six returns of June to August 2026, received in time.
pub fn one_quarter() -> TempDir {
    one_quarter_of(PROVIDER)
}

/// The same, of a provider that the register knows by this name.
pub fn one_quarter_of(provider: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in fs::read_dir(sample().join("returns/2025-26/Q4")).unwrap() {
        let file = file.unwrap();
        if !file.file_name().to_string_lossy().starts_with('~') {
            write(&dir.path().join("returns").join(file.file_name()), &fs::read(file.path()).unwrap());
        }
    }
    write(&dir.path().join("register.xlsx"), &register(provider, &received()));
    dir
}

/// Files of the quarter and the days they came.
fn received() -> Vec<(&'static str, &'static str)> {
    vec![
        ("HA_MI_2026-06.xlsx", "2026-07-10"),
        ("HA_MI_2026-07.xlsx", "2026-08-12"),
        ("HA_MI_2026-08.xlsx", "2026-09-11"),
        ("HA_KPI_Q4_2025-26.xlsx", "2026-09-11"),
        ("Narrative Q4 2025-26 East.xlsx", "2026-09-11"),
        ("Narrative Q4 2025-26 CWaC.xlsx", "2026-09-11"),
    ]
}

fn register(provider: &str, received: &[(&str, &str)]) -> Vec<u8> {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet().set_name("Providers").unwrap();
    sheet.write_row(0, 0, ["Provider", "Aliases", "Contract", "Start"]).unwrap();
    let aliases = format!("{PROVIDER}; {PROVIDER} CIC");
    sheet.write_row(1, 0, [provider, &aliases, CONTRACT]).unwrap();
    let start = ExcelDateTime::parse_from_str("2026-06-01").unwrap();
    sheet.write_datetime_with_format(1, 3, &start, &date).unwrap();
    let sheet = book.add_worksheet().set_name("Receipts").unwrap();
    sheet.write_row(0, 0, ["File", "Received"]).unwrap();
    for (row, (file, day)) in (1..).zip(received) {
        sheet.write_string(row, 0, *file).unwrap();
        let day = ExcelDateTime::parse_from_str(day).unwrap();
        sheet.write_datetime_with_format(row, 1, &day, &date).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Every file below a folder, by path with forward slashes.
pub fn tree(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = text(path.strip_prefix(dir).unwrap()).replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Two folders hold the same files with the same bytes; says which do not, not what they hold.
#[track_caller]
pub fn assert_same_files(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    let different: Vec<&String> =
        left.keys().chain(right.keys()).filter(|name| left.get(*name) != right.get(*name)).collect();
    assert!(different.is_empty(), "{different:#?}");
}

pub fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// The workbook with texts put into cells of one sheet; every cell must be there already.
#[track_caller]
pub fn with_texts(bytes: &[u8], sheet: &str, texts: &[(&str, &str)]) -> Vec<u8> {
    let names = Xlsx::new(Cursor::new(bytes)).unwrap().sheet_names();
    // The samples are written sheet by sheet, so that parts stand in order.
    let part = format!("xl/worksheets/sheet{}.xml", names.iter().position(|name| name == sheet).unwrap() + 1);
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == part {
            let mut xml = String::from_utf8(content).unwrap();
            for (cell, text) in texts {
                xml = with_text(&xml, cell, text);
            }
            content = xml.into_bytes();
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        to.write_all(&content).unwrap();
    }
    to.finish().unwrap().into_inner()
}

#[track_caller]
fn with_text(xml: &str, cell: &str, text: &str) -> String {
    let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell}"));
    let tag = start + xml[start..].find('>').unwrap();
    let end = if xml[..tag].ends_with('/') {
        tag + 1
    } else {
        tag + xml[tag..].find("</c>").unwrap() + "</c>".len()
    };
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let new = format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>");
    format!("{}{new}{}", &xml[..start], &xml[end..])
}

/// A file in place of which stands its changed copy.
#[track_caller]
pub fn change(path: &Path, sheet: &str, texts: &[(&str, &str)]) {
    let bytes = with_texts(&fs::read(path).unwrap(), sheet, texts);
    fs::write(path, bytes).unwrap();
}

/// `out/results.json` of a workspace.
pub fn results(dir: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(dir.join("out/results.json")).unwrap()).unwrap()
}

/// The submissions of the only review for one form, period and area.
#[track_caller]
pub fn submission<'a>(
    results: &'a serde_json::Value,
    form: &str,
    from: &str,
    area: Option<&str>,
) -> &'a serde_json::Value {
    let all = results["reviews"][0]["submissions"].as_array().unwrap();
    let mut own = all.iter().filter(|submission| {
        submission["form"] == form && submission["from"] == from && submission["area"].as_str() == area
    });
    let found = own.next().unwrap_or_else(|| panic!("no {form} from {from}"));
    assert!(own.next().is_none(), "two submissions of one form and period");
    found
}
