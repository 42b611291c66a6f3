//! The folder of evidence: what is in it, and that it is never overwritten.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use quarterday::workspace::sha256;
use serde_json::Value;

use crate::forms::CONTRACT;
use crate::plain;
use crate::program::{Ran, quarterday, text};
use crate::quarter::{PROVIDER, correct_may, quarter};
use crate::support::workspace::Workspace;

const AS_OF: &str = "2023-07-24";
const PERIOD: &str = "2023-24 Q1";

/// A quarter with a KPI red in May.
fn red() -> Workspace {
    let mut workspace = quarter();
    correct_may(&mut workspace, "2023-07-21");
    workspace.write_register();
    workspace
}

fn results(workspace: &Workspace) -> Value {
    quarterday(&["run", text(workspace.path()), "--as-of", AS_OF]);
    serde_json::from_slice(&fs::read(workspace.path().join("out/results.json")).unwrap()).unwrap()
}

/// An escalation that is triggered: its id and the label of its newest period.
fn triggered(workspace: &Workspace) -> (String, String) {
    let results = results(workspace);
    let all = results["reviews"][0]["escalations"].as_array().unwrap();
    let own = all.iter().rfind(|own| own["status"] == "triggered").unwrap();
    (own["id"].as_str().unwrap().to_string(), own["period"].as_str().unwrap().to_string())
}

fn evidence(workspace: &Workspace, escalation: &str, more: &[&str]) -> Ran {
    let mut arguments =
        vec!["evidence", CONTRACT, PROVIDER, escalation, text(workspace.path()), "--as-of", AS_OF];
    arguments.extend(more);
    quarterday(&arguments)
}

fn folder(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.path().join("evidence").join(CONTRACT).join(PROVIDER).join(name)
}

/// Every file of a folder by its path below it.
pub fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(own) = folders.pop() {
        for entry in fs::read_dir(&own).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn it_holds_what_the_consequence_rests_on_and_every_hash_is_right() {
    let workspace = red();
    let (id, period) = triggered(&workspace);
    let ran = evidence(&workspace, &id, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    for words in ["Put together.", "Condition met.", "lines on single people", "evidence.html"] {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    let folder = folder(&workspace, &format!("{id} {period}"));
    let content = content(&folder);
    let sums = String::from_utf8(content["SHA256SUMS"].clone()).unwrap();
    let listed: BTreeMap<&str, &str> =
        sums.lines().map(|line| line.split_once("  ").unwrap()).map(|(hash, name)| (name, hash)).collect();
    assert_eq!(listed.len(), content.len() - 1);
    for (name, bytes) in content.iter().filter(|(name, _)| *name != "SHA256SUMS") {
        assert_eq!(listed[name.as_str()], sha256(bytes), "{name}");
    }
    assert!(ran.out.contains(&sha256(sums.as_bytes())));
    let file: Value = serde_json::from_slice(&content["evidence.json"]).unwrap();
    assert_eq!(file["consequence"]["status"], "triggered");
    assert!(file["consequence"]["definition"].as_str().unwrap().contains(&format!("id = \"{id}\"")));
    assert!(!file["consequence"]["conditions"].as_array().unwrap().is_empty());
    // Every cell says what stands in it, and its file is in the folder under its hash.
    let figures = file["figures"].as_array().unwrap();
    assert!(!figures.is_empty());
    for cell in figures.iter().flat_map(|own| own["cells"].as_array().unwrap()) {
        assert!(cell["shown"].is_string(), "{cell}");
        assert!(sums.contains(cell["sha256"].as_str().unwrap()), "{cell}");
    }
    // Both versions for May, each with its line of the ledger, whose hash is that of the line told.
    let ledger = fs::read_to_string(workspace.path().join("receipts.jsonl")).unwrap();
    let versions: Vec<&Value> = file["returns"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|own| own["versions"].as_array().unwrap())
        .collect();
    assert!(versions.len() >= 2);
    for version in versions {
        let line = ledger.lines().nth(version["line"].as_u64().unwrap() as usize - 1).unwrap();
        assert!(line.contains(version["sha256"].as_str().unwrap()));
        assert_eq!(version["line_sha256"], sha256(line.as_bytes()));
        assert!(String::from_utf8_lossy(&content["ledger-lines.jsonl"]).contains(line));
        assert!(content.contains_key(version["copy"].as_str().unwrap()), "{version}");
        assert!(
            version["known"].as_str().unwrap().contains("register, sheet “Receipts”, cell A"),
            "{version}"
        );
    }
    let hashes = String::from_utf8(content["ledger-hashes.csv"].clone()).unwrap();
    assert_eq!(hashes.lines().count(), ledger.lines().count() + 1);
    assert!(hashes.ends_with(&format!("{}\n", sha256(ledger.lines().last().unwrap().as_bytes()))));
    // And verify knows the folder and its head.
    let verified = quarterday(&["verify", text(workspace.path())]);
    assert!(verified.status == 0 && verified.out.contains("1 folder of evidence"), "{}", verified.out);
}

#[test]
fn the_same_again_is_left_and_what_differs_gets_a_number() {
    let mut workspace = red();
    let (id, period) = triggered(&workspace);
    let name = format!("{id} {period}");
    assert_eq!(evidence(&workspace, &id, &[]).status, 0);
    let first = content(&folder(&workspace, &name));
    let again = evidence(&workspace, &id, &[]);
    assert!(again.status == 0 && again.out.starts_with("Nothing written: the same"), "{}", again.out);
    let elsewhere = workspace.path().join("for legal");
    assert_eq!(evidence(&workspace, &id, &["-o", text(&elsewhere)]).status, 0);
    assert_eq!(content(&elsewhere), first, "the same input gives the same bytes");

    workspace.record(
        "Notices",
        [
            ("Date", crate::support::day("2023-07-22").into()),
            ("Provider", PROVIDER.into()),
            ("Contract", CONTRACT.into()),
            ("Kind", "Concern".into()),
        ],
    );
    workspace.write_register();
    let second = evidence(&workspace, &id, &[]);
    assert_eq!(second.status, 0, "{}", second.err);
    assert_eq!(content(&folder(&workspace, &name)), first);
    let second = content(&folder(&workspace, &format!("{name} (2)")));
    assert!(String::from_utf8_lossy(&second["evidence.json"]).contains("Concern, 22 July 2023"));
}

#[test]
fn a_condition_that_is_not_met_is_said_not_to_be() {
    let workspace = quarter();
    workspace.write_register();
    let results = results(&workspace);
    let met: Vec<&str> = results["reviews"][0]["escalations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| own["id"].as_str().unwrap())
        .collect();
    let definition = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("templates/contracts/{CONTRACT}.toml")),
    )
    .unwrap();
    let definition: toml::Table = definition.parse().unwrap();
    let ids = definition["escalations"].as_array().unwrap().iter().map(|own| own["id"].as_str().unwrap());
    let id = ids.into_iter().find(|id| !met.contains(id)).unwrap();
    let ran = evidence(&workspace, id, &["--period", PERIOD]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Not met.") && ran.out.contains("this proves no breach"), "{}", ran.out);
    let page = content(&folder(&workspace, &format!("{id} {PERIOD}")))["evidence.html"].clone();
    assert!(String::from_utf8(page).unwrap().contains("The condition is not met in 2023-24 Q1."));
}

#[test]
fn a_wrong_name_is_answered_with_the_nearest() {
    let workspace = red();
    let (id, _) = triggered(&workspace);
    let dir = text(workspace.path());
    let typo = format!("{id}x");
    for (contract, provider, escalation, period, words) in [
        ("kent-regulation-4", PROVIDER, id.as_str(), PERIOD, format!("did you mean `{CONTRACT}`?")),
        (CONTRACT, "Lanternhil Visiting", &id, PERIOD, format!("did you mean `{PROVIDER}`?")),
        (CONTRACT, PROVIDER, &typo, PERIOD, format!("did you mean `{id}`?")),
        (CONTRACT, PROVIDER, &id, "2023-25 Q1", "there is nothing to say of".to_string()),
    ] {
        let ran = quarterday(&[
            "evidence", contract, provider, escalation, dir, "--as-of", AS_OF, "--period", period,
        ]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains(&words), "{words}\n{}", ran.err);
    }
    assert!(!workspace.path().join("evidence").exists());
}

#[test]
fn a_copy_that_is_gone_or_changed_stops_it() {
    let workspace = red();
    let (id, _) = triggered(&workspace);
    for entry in fs::read_dir(workspace.path().join("originals")).unwrap() {
        let path = entry.unwrap().path();
        let length = fs::metadata(&path).unwrap().len() as usize;
        fs::write(path, vec![b'x'; length]).unwrap();
    }
    let ran = evidence(&workspace, &id, &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is not what was received"), "{}", ran.err);
    assert!(!workspace.path().join("evidence").exists());
}

#[test]
fn the_words_of_the_page_are_held() {
    let workspace = red();
    let (id, period) = triggered(&workspace);
    assert_eq!(evidence(&workspace, &id, &[]).status, 0);
    let page = content(&folder(&workspace, &format!("{id} {period}")))["evidence.html"].clone();
    let words = plain::text(&String::from_utf8(page).unwrap());
    // Workbooks made in a test have bytes of their own each time.
    let words: Vec<String> = words
        .split(' ')
        .map(|word| {
            let is_hash = |part: &&str| part.len() == 64 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
            let parts: Vec<&str> = word.split(|c: char| !c.is_ascii_alphanumeric()).filter(is_hash).collect();
            parts.iter().fold(word.to_string(), |word, hash| word.replace(hash, "[hash]"))
        })
        .collect();
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("evidence_page", words.join(" "));
    });
}
