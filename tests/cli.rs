//! The program as an officer meets it: the real binary, on real files, with what goes wrong on an ordinary day.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;

use program::{quarterday, text};

const AS_OF: &str = "2026-09-21";
/// The contract these tests go by.
const CONTRACT: &str = "cheshire-advocacy";

/// Its definition.
fn definition() -> String {
    let file = format!("templates/contracts/{CONTRACT}.toml");
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The demo, laid out once; tests that change it work on a copy.
fn demo() -> &'static (PathBuf, String) {
    static DEMO: OnceLock<(TempDir, PathBuf, String)> = OnceLock::new();
    static RESULT: OnceLock<(PathBuf, String)> = OnceLock::new();
    RESULT.get_or_init(|| {
        let (_, workspace, out) = DEMO.get_or_init(|| {
            let folder = TempDir::new().unwrap();
            let ran = quarterday(&["demo", text(folder.path())]);
            assert_eq!(ran.status, 0, "{}", ran.err);
            let workspace = folder.path().join(CONTRACT);
            (folder, workspace, ran.out)
        });
        (workspace.clone(), out.clone())
    })
}

fn copy_of_demo() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let workspace = folder.path().join("reviews");
    for (path, bytes) in tree(&demo().0) {
        let target = workspace.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
    (folder, workspace)
}

/// Every file below a folder with its bytes.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, dir: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(root, root, &mut files);
    files
}

fn differences(a: &Path, b: &Path) -> Vec<String> {
    let (a, b) = (tree(a), tree(b));
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

fn below(workspace: &Path, folder: &str) -> BTreeMap<String, Vec<u8>> {
    tree(&workspace.join(folder))
}

#[test]
fn the_demo_says_what_matters_and_names_the_page() {
    let (workspace, out) = demo();
    for words in [
        "cheshire-advocacy, as of 21 September 2026",
        " late",
        " missing",
        " wrong",
        " not recognised",
        "index.html",
    ] {
        assert!(out.contains(words), "{words}\n{out}");
    }
    let files = below(workspace, "out");
    for file in ["index.html", "results.json", "results.csv", "results.schema.json"] {
        assert!(files.contains_key(file), "{file}");
    }
    let packs = files.keys().filter(|name| name.ends_with("/pack.html")).count();
    let own = files.keys().filter(|name| name.ends_with("/provider-pack.html")).count();
    let books = files.keys().filter(|name| name.ends_with("/pack.xlsx")).count();
    assert_eq!((packs, own, books), (8, 8, 8));
    assert!(files.keys().filter(|name| name.contains("/returned/")).count() >= 47);
}

#[test]
fn ratings_by_contract_and_period_are_those_of_results_csv() {
    let (workspace, _) = demo();
    let files = below(workspace, "out");
    let lines = |bytes: &[u8]| -> Vec<Vec<String>> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&bytes[3..])
            .records()
            .map(|line| line.unwrap().iter().map(str::to_string).collect())
            .collect()
    };
    let mut whole = lines(&files["results.csv"]);
    let headings = whole.remove(0);
    let mut parts = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with("/ratings.csv")) {
        let mut own = lines(bytes);
        assert_eq!(own.remove(0), headings, "{path}");
        for line in &own {
            assert_eq!(*path, format!("results/contract={}/period={}/ratings.csv", line[0], line[2]));
        }
        parts.extend(own);
    }
    assert!(files.contains_key("results/contract=cheshire-advocacy/period=2025-26 Q1/ratings.csv"));
    whole.sort();
    parts.sort();
    assert_eq!(parts, whole);
    let about: Value = serde_json::from_slice(&files["results/about.json"]).unwrap();
    assert_eq!(about["format"], "quarterday.ratings/1");
    assert_eq!(about["as_of"], AS_OF);
    assert_eq!(about.as_object().unwrap().len(), 3);
}

#[test]
fn two_demos_are_the_same_bytes_ledger_included() {
    let folder = TempDir::new().unwrap();
    let ran = quarterday(&["demo", text(folder.path())]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(differences(&demo().0, &folder.path().join(CONTRACT)), Vec::<String>::new());
}

#[test]
fn a_second_run_changes_nothing_and_no_run_touches_what_came_in() {
    let (_folder, workspace) = copy_of_demo();
    let ran = quarterday(&["run", text(&workspace), "--as-of", AS_OF]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.out.contains("Nothing changed since the last run."), "{}", ran.out);
    assert_eq!(differences(&demo().0, &workspace), Vec::<String>::new());
    let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/workspaces").join(CONTRACT);
    assert_eq!(below(&workspace, "returns"), below(&shipped, "returns"));
    assert_eq!(
        fs::read(workspace.join("register.xlsx")).unwrap(),
        fs::read(shipped.join("register.xlsx")).unwrap()
    );
}

#[test]
fn json_prints_the_file_and_has_the_documented_keys() {
    let (_folder, workspace) = copy_of_demo();
    let ran = quarterday(&["run", text(&workspace), "--as-of", AS_OF, "--json"]);
    assert_eq!(ran.out.as_bytes(), fs::read(workspace.join("out/results.json")).unwrap());
    let results: Value = serde_json::from_str(&ran.out).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let set = |names: &str| names.split(' ').map(Into::into).collect::<BTreeSet<String>>();
    assert_eq!(keys(&results), set("format as_of program reviews unrecognised"));
    assert_eq!(results["format"], "quarterday.results/1");
    let review = &results["reviews"][0];
    assert_eq!(
        keys(review),
        set("contract provider submissions ratings overall submission_kpis escalations dates")
    );
    assert_eq!(
        keys(&review["submissions"][0]),
        set("form period from to area due received status versions accurate findings")
    );
    assert_eq!(
        keys(&review["ratings"][0]),
        set("kpi title area period from to value numerator denominator unit target rating clause note cells")
    );
    assert_eq!(
        keys(&review["escalations"][0]),
        set("id clause status period from to distance evidence action by")
    );
    assert_eq!(keys(&review["submission_kpis"][0]), set("id from to due met value target rating"));
}

#[test]
fn every_link_leads_to_a_file() {
    let out = demo().0.join("out");
    let files = tree(&out);
    let mut checked = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = String::from_utf8(bytes.clone()).unwrap();
        assert!(
            !page.contains("<script") && !page.contains("http://") && !page.contains("https://"),
            "{name}"
        );
        let folder = out.join(name);
        for href in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            if let Some(id) = href.strip_prefix('#') {
                assert!(page.contains(&format!("id=\"{id}\"")), "{name}: {href}");
                continue;
            }
            let path = folder.parent().unwrap().join(percent_decoded(href));
            assert!(path.exists(), "{name}: {href}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

fn percent_decoded(href: &str) -> String {
    let href = href.replace("&amp;", "&").replace("&#x2F;", "/");
    let mut bytes = Vec::new();
    let mut rest = href.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_cannot_be_run_is_said_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.xlsx");
    fs::write(&file, b"x").unwrap();
    let bare = folder.path().join("bare");
    fs::create_dir(&bare).unwrap();
    for (arguments, words) in [
        (vec!["run", "/no/such/folder"], "does not exist"),
        (vec!["run", text(&file)], "is a file"),
        (vec!["run", text(&bare)], "returns"),
        (vec!["run", text(&bare), "--as-of", "20 January"], "year-month-day"),
        (vec!["rnu", text(&bare)], "unrecognized subcommand"),
        (vec!["explain", "total-mismach"], "did you mean `total-mismatch`?"),
        (vec!["demo", text(&file)], "is a file"),
    ] {
        let ran = quarterday(&arguments);
        assert_eq!(ran.status, 2, "{arguments:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
    assert!(fs::read_dir(&bare).unwrap().next().is_none());
}

#[test]
fn an_empty_workspace_runs_and_says_what_is_missing() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("returns")).unwrap();
    let ran = quarterday(&["run", text(folder.path())]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("no providers"), "{}", ran.out);
    assert!(folder.path().join("out/index.html").exists());
}

#[test]
fn a_wrong_definition_stops_the_run_before_anything_is_written() {
    let folder = TempDir::new().unwrap();
    for name in ["returns", "contracts"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    let definition = &definition();
    let spoilt = definition.replacen("at-least = 2", "at-leats = 2", 1);
    fs::write(folder.path().join("contracts/mine.toml"), spoilt).unwrap();
    let ran = quarterday(&["run", text(folder.path())]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("mine.toml:") && ran.err.contains("did you mean `at-least`?"), "{}", ran.err);
    assert!(!folder.path().join("out").exists() && !folder.path().join("receipts.jsonl").exists());

    for name in ["mine.toml", "twin.toml"] {
        fs::write(folder.path().join("contracts").join(name), definition).unwrap();
    }
    let ran = quarterday(&["run", text(folder.path())]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("mine.toml") && ran.err.contains("twin.toml"), "{}", ran.err);
}

/// A workspace with a register of the given sheets, rows of text.
fn workspace_with_register(sheets: &[(&str, &[&[&str]])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("returns")).unwrap();
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, *cell).unwrap();
            }
        }
    }
    book.save(folder.path().join("register.xlsx")).unwrap();
    folder
}

#[test]
fn a_wrong_register_stops_the_run_with_every_cell_at_fault() {
    let wrong = &format!("{CONTRACT}x");
    let providers: &[&[&str]] = &[&["Provider", "Contract"], &["Harbour Advocacy", CONTRACT]];
    let folder = workspace_with_register(&[
        ("Providers", providers),
        ("Receipts", &[&["File", "Received"], &["a.xlsx", "31/02/2026"]]),
        (
            "Notices",
            &[
                &["Date", "Provider", "Contract", "Kind"],
                &["1/3/2026", "Harbour Advocacy", CONTRACT, "Formal waning"],
            ],
        ),
    ]);
    let ran = quarterday(&["run", text(folder.path())]);
    assert_eq!(ran.status, 2);
    for words in ["Receipts", "B2", "Notices", "D2", "Formal warning"] {
        assert!(ran.err.contains(words), "{words}\n{}", ran.err);
    }
    assert!(!folder.path().join("out").exists() && !folder.path().join("receipts.jsonl").exists());

    for (sheet, rows, words) in [
        (
            "Providers",
            &[&["Provider", "Contract"][..], &["Harbour Advocacy", wrong]][..],
            format!("did you mean “{CONTRACT}”?").as_str(),
        ),
        (
            "Extensions",
            &[
                &["Provider", "Contract", "Form", "Period", "New due date"],
                &["Harbour Advocacy", CONTRACT, "monthly-information", "Q1 2025", "1/2/2026"],
            ],
            "Q1 2025",
        ),
        (
            "Reliefs",
            &[
                &["Provider", "Contract", "KPI", "Period"],
                &["Harbour Advocacy", CONTRACT, "11", "Q1 2025-26"],
            ],
            "there is no KPI “11”",
        ),
    ] {
        let sheets: Vec<(&str, &[&[&str]])> = if sheet == "Providers" {
            vec![(sheet, rows)]
        } else {
            vec![("Providers", providers), (sheet, rows)]
        };
        let folder = workspace_with_register(&sheets);
        let ran = quarterday(&["run", text(folder.path())]);
        assert_eq!(ran.status, 2, "{sheet}");
        assert!(ran.err.contains(words) && ran.err.contains(sheet), "{words}: {}", ran.err);
    }
}

#[test]
fn a_workspace_in_use_is_left_alone() {
    let (_folder, workspace) = copy_of_demo();
    let _held = quarterday::workspace::lock::RunLock::take(&workspace).unwrap();
    let ran = quarterday(&["run", text(&workspace), "--as-of", AS_OF]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("another run"), "{}", ran.err);
}

#[test]
fn a_file_that_cannot_be_replaced_is_named_and_the_rest_is_written() {
    let (_folder, workspace) = copy_of_demo();
    let page = workspace.join("out/index.html");
    fs::remove_file(&page).unwrap();
    fs::create_dir(&page).unwrap();
    fs::write(page.join("in-the-way.txt"), b"x").unwrap();
    fs::remove_file(workspace.join("out/results.csv")).unwrap();
    let ran = quarterday(&["run", text(&workspace), "--as-of", AS_OF]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.out.contains("Not written") && ran.out.contains("index.html"), "{}", ran.out);
    assert!(workspace.join("out/results.csv").exists());
    fs::remove_dir_all(&page).unwrap();
    quarterday(&["run", text(&workspace), "--as-of", AS_OF]);
    assert_eq!(differences(&demo().0, &workspace), Vec::<String>::new());
}

#[test]
fn stale_output_goes_and_an_officers_own_file_stays() {
    let (_folder, workspace) = copy_of_demo();
    let own = workspace.join("out/notes for the meeting.txt");
    fs::write(&own, b"mine").unwrap();
    let packs = |as_of: &str| {
        quarterday(&["run", text(&workspace), "--as-of", as_of]);
        below(&workspace, "out").keys().filter(|name| name.ends_with("/pack.html")).count()
    };
    assert_eq!(packs(AS_OF), 8);
    let register = workspace.join("register.xlsx");
    fs::remove_file(&register).unwrap();
    assert_eq!(packs(AS_OF), 0);
    assert_eq!(fs::read(&own).unwrap(), b"mine");
}

#[test]
fn a_return_that_is_moved_or_renamed_is_the_same_version() {
    let (_folder, workspace) = copy_of_demo();
    let from = workspace.join("returns/2025-26/Q1/HA_KPI_Q1_2025-26.xlsx");
    let to = workspace.join("returns/moved/Harbour KPIs Q1 2025-26.xlsx");
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(&from, &to).unwrap();
    let ran = quarterday(&["run", text(&workspace), "--as-of", AS_OF, "--json"]);
    let results: Value = serde_json::from_str(&ran.out).unwrap();
    let submissions = results["reviews"][0]["submissions"].as_array().unwrap();
    let moved =
        submissions.iter().find(|s| s["form"] == "quarterly-kpi" && s["period"] == "2025-26 Q1").unwrap();
    assert_eq!(moved["versions"].as_array().unwrap().len(), 1, "{moved}");
    assert_eq!(moved["versions"][0]["file"], "returns/moved/Harbour KPIs Q1 2025-26.xlsx");
}

#[test]
fn check_tells_good_faulty_and_foreign_files_apart_and_writes_nothing() {
    let returns = demo().0.join("returns");
    let before = tree(&demo().0);
    let folder = TempDir::new().unwrap();
    let empty = folder.path().join("empty.xlsx");
    fs::write(&empty, b"").unwrap();
    let protected = folder.path().join("protected.xlsx");
    fs::write(&protected, ole_container_naming("EncryptedPackage")).unwrap();
    let lock = returns.join("2025-26/Q4/~$HA_MI_2026-08.xlsx");
    for (file, status, words) in [
        (returns.join("2025-26/Q4/HA_KPI_Q4_2025-26.xlsx"), 0, "Green"),
        (returns.join("2025-26/Q3/HA_KPI_Q3_2025-26.xlsx"), 1, "stated-differs-from-computed"),
        (returns.join("2025-26/Q3/Training rota.xlsx"), 1, "Not recognised"),
        (empty, 1, "Not a return"),
        (protected, 1, "password"),
        (lock, 1, "lock file"),
        (folder.path().join("none.xlsx"), 1, "Cannot be read"),
    ] {
        let ran = quarterday(&["check", text(&file)]);
        assert_eq!(ran.status, status, "{}: {}{}", file.display(), ran.out, ran.err);
        assert!(ran.out.contains(words), "{}: {}", file.display(), ran.out);
    }
    assert_eq!(tree(&demo().0), before);
}

/// The beginning of an OLE container whose directory names one stream.
fn ole_container_naming(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0u8; 512 * 4];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    bytes[48] = 1;
    let entry = 512 * 2;
    for (index, unit) in stream.encode_utf16().enumerate() {
        bytes[entry + index * 2..entry + index * 2 + 2].copy_from_slice(&unit.to_le_bytes());
    }
    bytes[entry + 64] = u8::try_from(stream.len() * 2 + 2).unwrap();
    bytes[entry + 66] = 2;
    bytes
}

#[test]
fn explain_knows_every_finding_and_rule_kind() {
    let all = quarterday(&["explain"]);
    assert_eq!(all.status, 0);
    for kind in quarterday::domain::finding_kinds::ALL {
        assert!(all.out.contains(kind.code));
        let one = quarterday(&["explain", kind.code]);
        assert_eq!(one.status, 0);
        assert!(one.out.contains(kind.explanation) && one.out.contains(kind.remedy), "{}", kind.code);
    }
    assert!(quarterday(&["explain", "target"]).out.contains("at-least"));
}

/// The pages under `out/` of a demo that lie where `wanted` says, by path.
fn pages_of_demo(wanted: fn(&str) -> bool) -> BTreeMap<String, String> {
    let root = demo().0.parent().unwrap();
    tree(root)
        .into_iter()
        .filter(|(name, _)| name.contains("/out/") && wanted(name))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()))
        .collect()
}

#[test]
fn a_contract_with_a_report_has_it_as_page_and_workbook_and_the_portfolio_leads_there() {
    let reports = pages_of_demo(|name| name.ends_with("/report.html"));
    assert!(!reports.is_empty());
    for (name, page) in reports {
        let folder = demo().0.parent().unwrap().join(&name).parent().unwrap().to_path_buf();
        assert!(folder.join("report.xlsx").exists(), "{name}");
        let portfolio = fs::read_to_string(folder.parent().unwrap().join("index.html")).unwrap();
        let contract = folder.file_name().unwrap().to_str().unwrap();
        assert!(portfolio.contains(&format!("href=\"{contract}/report.html\"")), "{name}");
        // Every provider's name leads to its newest pack.
        let mut led = 0;
        for href in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            if href.starts_with('#') {
                continue;
            }
            assert!(folder.join(percent_decoded(href)).exists(), "{name}: {href}");
            led += usize::from(href.ends_with("/pack.html"));
        }
        let providers =
            fs::read_dir(&folder).unwrap().filter(|own| own.as_ref().unwrap().path().is_dir()).count();
        assert!(led >= providers, "{name}: {led} of {providers}");
    }
}

#[test]
fn every_paper_is_headed_as_a_draft_and_names_clause_and_evidence() {
    let letters = pages_of_demo(|name| name.contains("/letters/"));
    assert!(letters.len() >= 10, "{}", letters.len());
    for (name, page) in letters {
        assert!(page.contains("<title>Draft – for legal review: "), "{name}");
        assert!(page.contains("<p class=\"draft\">Draft – for legal review</p>"), "{name}");
        assert!(page.contains("decides nothing"), "{name}");
        assert!(page.contains("<th scope=\"row\">Clause</th>"), "{name}");
        for place in ["{provider}", "{contract}", "{period}", "{clause}", "{by}"] {
            assert!(!page.contains(place), "{name}: {place}");
        }
        let pack =
            demo().0.parent().unwrap().join(&name).parent().unwrap().parent().unwrap().join("pack.html");
        let pack = fs::read_to_string(pack).unwrap();
        assert!(pack.contains("Condition met"), "{name}");
    }
}
