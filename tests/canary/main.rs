//! No provider's words, services or records reach another, and what the council weighs reaches none.
//!
//! A workspace of several providers under two contracts, with a word of its own planted in every place a provider or the officer
//! writes in. Then every file under `out/` is searched, workbooks unpacked.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod workbooks;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use mail_parser::MimeHeaders;
use tempfile::TempDir;

use workbooks::{homes, register, visits};

const AS_OF: &str = "2026-06-15";
const HOMES: &str = "wla-semi-independent";
const VISITS: &str = "kent-regulation-44";
/// Providers with their contract; the names of two begin alike.
const PROVIDERS: [(&str, &str); 5] = [
    ("Alderbrook Homes", HOMES),
    ("Alderbrook Homes North", HOMES),
    ("Quillmark Lodge", HOMES),
    ("Lanternhill Visiting", VISITS),
    ("Osprey Visiting", VISITS),
];
/// What is planted in every consequence and every paper of the definitions.
const TITLE: &str = "CanaryTitleOfConsequence";
const ACTION: &str = "CanaryActionOfConsequence";
const PAPER: &str = "CanaryTitleOfPaper";

/// Key-work sessions held of forty, by provider of homes; no other figure of the workspace is the same share.
const HELD: [(&str, &str); 3] = [("31", "77.5%"), ("33", "82.5%"), ("39", "97.5%")];

/// Where a word is planted, and who must find it, so that the search is known to find what is there.
struct Place {
    name: &'static str,
    contract: &'static str,
    /// Whether the council's pack of the provider has it.
    in_pack: bool,
    reader: Reader,
}

#[derive(PartialEq)]
enum Reader {
    /// The provider's own pack has it.
    Provider,
    /// Its own workbook, returned, has it.
    Returned,
    /// Its own files may have it.
    Own,
    /// No file that goes to a provider may have it, not even to its own.
    CouncilAlone,
}

const PLACES: [Place; 15] = [
    place("Comment", HOMES, true, Reader::Provider),
    place("Service", HOMES, true, Reader::Provider),
    place("CertComment", HOMES, true, Reader::Provider),
    place("SpareSheet", HOMES, false, Reader::Returned),
    place("Comment", VISITS, true, Reader::Provider),
    place("Narrative", VISITS, true, Reader::Provider),
    place("Unit", VISITS, false, Reader::Returned),
    place("Relief", VISITS, true, Reader::Provider),
    place("Extension", HOMES, true, Reader::Provider),
    place("Action", HOMES, true, Reader::Provider),
    place("NoticeNote", VISITS, true, Reader::CouncilAlone),
    place("AlertReason", HOMES, false, Reader::CouncilAlone),
    place("NotificationNote", HOMES, false, Reader::CouncilAlone),
    place("NotifiedService", HOMES, true, Reader::Own),
    place("MeetingNote", HOMES, false, Reader::CouncilAlone),
];

const fn place(name: &'static str, contract: &'static str, in_pack: bool, reader: Reader) -> Place {
    Place { name, contract, in_pack, reader }
}

/// The word planted at a place of a provider. No two are alike, and none is part of another.
fn planted(place: &str, provider: &str) -> String {
    let letters: String = provider.chars().filter(char::is_ascii_alphabetic).collect();
    format!("Canary{place}Of{letters}End")
}

/// Where drafts to a provider go.
fn address(provider: &str) -> String {
    format!("{}@providers.example", planted("Address", provider))
}

/// The shipped definition with a word planted in every consequence and paper, and one whose providers are compared.
fn definition(id: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("templates/contracts/{id}.toml"));
    let mut section = String::new();
    let mut text = String::new();
    for line in fs::read_to_string(path).unwrap().lines() {
        if line.starts_with('[') {
            section = line.to_string();
        }
        let plant = |word: &str, line: &str| line.replacen(" = \"", &format!(" = \"{word} "), 1);
        let planted = match (section.as_str(), line.split(" = ").next().unwrap()) {
            ("[[escalations]]", "title") => plant(TITLE, line),
            ("[[escalations]]", "action") => plant(ACTION, line),
            ("[[papers]]", "title") => plant(PAPER, line),
            _ => line.to_string(),
        };
        text.push_str(&planted);
        text.push('\n');
    }
    if id == HOMES {
        let sections = "sections = [";
        assert!(text.contains(sections));
        text = text.replacen(sections, "sections = [\"benchmark\", ", 1);
        text.push_str("\n[benchmark]\nclause = \"local\"\nat-least = 3\n");
    }
    text
}

/// Every file under `out/` with all its text, workbooks unpacked.
fn outputs() -> &'static BTreeMap<String, String> {
    static OUTPUTS: std::sync::OnceLock<BTreeMap<String, String>> = std::sync::OnceLock::new();
    OUTPUTS.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let workspace = folder.path();
        for (number, (provider, contract)) in PROVIDERS.iter().enumerate() {
            let dir = workspace.join(format!("returns/{number}"));
            match HELD.get(number).filter(|_| *contract == HOMES) {
                Some((held, _)) => homes(&dir, provider, held),
                None => visits(&dir, provider),
            }
        }
        register(&workspace.join("register.xlsx"));
        fs::create_dir_all(workspace.join("contracts")).unwrap();
        for id in [HOMES, VISITS] {
            fs::write(workspace.join(format!("contracts/{id}.toml")), definition(id)).unwrap();
        }
        let ran = Command::cargo_bin("quarterday")
            .unwrap()
            .args(["run", workspace.to_str().unwrap(), "--as-of", AS_OF])
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));
        let mut files = Vec::new();
        below(&workspace.join("out"), &mut files);
        files
            .into_iter()
            .map(|path| {
                let name =
                    path.strip_prefix(workspace.join("out")).unwrap().to_str().unwrap().replace('\\', "/");
                let bytes = fs::read(&path).unwrap();
                let text = if name.ends_with(".eml") { text_of_message(&bytes) } else { text_of(&bytes) };
                (name, text)
            })
            .collect()
    })
}

fn below(dir: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { below(&path, files) } else { files.push(path) }
    }
}

/// All text of a message: its headers and texts decoded, what is attached unpacked.
fn text_of_message(bytes: &[u8]) -> String {
    let message = mail_parser::MessageParser::default().parse(bytes).unwrap();
    let mut text = String::new();
    for (name, value) in message.headers_raw() {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push_str(message.subject().unwrap());
    text.push_str(&message.body_text(0).unwrap());
    for attached in message.attachments() {
        text.push_str(attached.attachment_name().unwrap());
        text.push_str(&text_of(attached.contents()));
    }
    text
}

/// All text of a file; of a package every part, with its name.
fn text_of(bytes: &[u8]) -> String {
    let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut text = String::new();
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        text.push_str(&part.name().unwrap());
        text.push_str(&String::from_utf8_lossy(&bytes));
    }
    text
}

/// The folder of a provider's own files.
fn folder(provider: &str, contract: &str) -> String {
    format!("{contract}/{provider}/")
}

/// Whether a file goes to its provider.
fn goes_out(file: &str) -> bool {
    file.contains("/returned/") || file.contains("/provider-pack.") || file.contains("/drafts/")
}

/// Each place with each provider of its contract, and the word planted there.
fn all_planted() -> impl Iterator<Item = (&'static Place, &'static str, String)> {
    PLACES.iter().flat_map(|place| {
        PROVIDERS
            .iter()
            .filter(|(_, contract)| *contract == place.contract)
            .map(move |(provider, _)| (place, *provider, planted(place.name, provider)))
    })
}

#[test]
fn nothing_of_one_provider_is_in_anothers_folder() {
    for (place, owner, word) in all_planted() {
        for (other, contract) in PROVIDERS {
            let theirs = folder(other, contract);
            for (file, text) in outputs().iter().filter(|(file, _)| file.starts_with(&theirs)) {
                assert!(other == owner || !text.contains(&word), "{file} has the {} of {owner}", place.name);
            }
        }
    }
}

/// Of all that providers and the officer write, the folder that is handed to a region holds the reasons of reliefs and the names of
/// services alone.
#[test]
fn what_a_region_gets_has_no_words_of_a_return() {
    let handed_on: Vec<_> = outputs().iter().filter(|(file, _)| file.starts_with("results/")).collect();
    for (place, owner, word) in all_planted() {
        let holds = handed_on.iter().find(|(_, text)| text.contains(&word));
        match holds {
            Some((file, _)) => {
                assert!(
                    ["Relief", "Service"].contains(&place.name),
                    "{file} has the {} of {owner}",
                    place.name
                );
            }
            None => assert!(place.name != "Relief", "the relief of {owner} is in no file"),
        }
    }
}

#[test]
fn no_name_of_another_provider_is_in_what_goes_to_one() {
    for (file, text) in outputs().iter().filter(|(file, _)| goes_out(file)) {
        for (other, contract) in PROVIDERS {
            let is_own = file.starts_with(&folder(other, contract));
            // One name begins with another.
            let rest = text.replace("Alderbrook Homes North", "");
            let text = if other == "Alderbrook Homes" { &rest } else { text };
            assert!(is_own || !text.contains(other), "{file} names {other}");
        }
    }
}

#[test]
fn what_the_council_weighs_goes_to_no_provider() {
    let alone: Vec<String> = all_planted()
        .filter(|(place, _, _)| place.reader == Reader::CouncilAlone)
        .map(|(_, _, word)| word)
        .chain([TITLE, ACTION, PAPER].map(str::to_string))
        .collect();
    let out: Vec<_> = outputs().iter().filter(|(file, _)| goes_out(file)).collect();
    assert!(out.len() >= 2 * PROVIDERS.len());
    for (file, text) in out {
        for word in &alone {
            assert!(!text.contains(word.as_str()), "{file} has {word}");
        }
    }
}

#[test]
fn drafts_go_to_their_provider_alone_with_its_own_workbook() {
    for (provider, contract) in PROVIDERS {
        let own = folder(provider, contract);
        let mut kinds: Vec<&str> = Vec::new();
        for (file, text) in
            outputs().iter().filter(|(file, _)| file.starts_with(&own) && file.contains("/drafts/"))
        {
            assert!(text.contains(&address(provider)), "{file} is not addressed to {provider}");
            for (other, _) in PROVIDERS.iter().filter(|(other, _)| *other != provider) {
                assert!(!text.contains(&address(other)), "{file} is addressed to {other}");
            }
            let name = file.rsplit('/').next().unwrap();
            kinds.push(name.split(' ').next().unwrap());
            // What the officer has to know stands in the text alone.
            if name.ends_with(".eml") {
                assert!(!text.contains("lines on single people"), "{file}");
            }
        }
        let planted_in = if contract == HOMES { "SpareSheet" } else { "Unit" };
        let word = planted(planted_in, provider);
        let carries = outputs()
            .iter()
            .any(|(file, text)| file.starts_with(&own) && file.ends_with(".eml") && text.contains(&word));
        assert!(carries, "no draft to {provider} carries its workbook");
        assert!(kinds.contains(&"query") || kinds.contains(&"thanks"), "{provider} {kinds:?}");
        assert!(contract == HOMES || kinds.contains(&"chaser"), "{provider} {kinds:?}");
    }
}

#[test]
fn what_is_planted_is_found_where_it_belongs() {
    let any = |provider: &str, contract: &str, name: &str, word: &str| {
        outputs().iter().any(|(file, text)| {
            file.starts_with(&folder(provider, contract)) && file.contains(name) && text.contains(word)
        })
    };
    for (place, owner, word) in all_planted() {
        let own: &[&str] = match place.reader {
            Reader::Provider => &["/provider-pack.html", "/provider-pack.xlsx"],
            Reader::Returned => &["/returned/"],
            Reader::Own | Reader::CouncilAlone => &[],
        };
        let packs: &[&str] = if place.in_pack { &["/pack.html", "/pack.xlsx"] } else { &[] };
        for file in own.iter().chain(packs) {
            assert!(any(owner, place.contract, file, &word), "{word} is in no {file}");
        }
    }
    for (provider, contract) in PROVIDERS {
        for word in [TITLE, ACTION] {
            assert!(any(provider, contract, "/pack.html", word), "{word} is in no pack of {provider}");
        }
        assert!(any(provider, contract, "/returned/", provider), "nothing went back to {provider}");
    }
}

#[test]
fn a_committee_reads_nobodys_words_and_of_no_other_provider() {
    let papers: Vec<(&String, &String)> =
        outputs().iter().filter(|(file, _)| file.contains("/committee-pack.")).collect();
    assert!(papers.iter().any(|(_, text)| text.contains(TITLE)), "no condition is told");
    for (file, text) in papers {
        for (place, _, word) in all_planted() {
            assert!(!text.contains(&word), "{file} has the {}", place.name);
        }
        for (other, contract) in PROVIDERS {
            let is_own = file.starts_with(&folder(other, contract));
            let rest = text.replace("Alderbrook Homes North", "");
            let text = if other == "Alderbrook Homes" { &rest } else { text };
            assert!(is_own || !text.contains(other), "{file} names {other}");
        }
        for hidden in [ACTION, PAPER, "KPI form.xlsx", "Self-certification.xlsx", "SHA-256", "Draft"] {
            assert!(!text.contains(hidden), "{file} has {hidden}");
        }
    }
}

#[test]
fn providers_are_compared_without_telling_one_anothers_figure() {
    let homes: Vec<&str> =
        PROVIDERS.iter().filter(|(_, contract)| *contract == HOMES).map(|(provider, _)| *provider).collect();
    let text = |provider: &str, name: &str| {
        let own = format!("{}2025-26 Q4/{name}", folder(provider, HOMES));
        outputs().get(&own).unwrap_or_else(|| panic!("{own} is not there"))
    };
    for (provider, (_, own)) in homes.iter().zip(HELD) {
        let page = text(provider, "provider-pack.html");
        assert!(page.contains("of 3 providers") && page.contains(own), "{provider} is not compared");
        assert!(
            text(provider, "provider-pack.xlsx").contains("of 3 providers"),
            "{provider} is not compared"
        );
        for (other, (_, figure)) in homes.iter().zip(HELD) {
            // Of three figures the one in the middle is the median.
            let own_or_median = other == provider || figure == HELD[1].1;
            for file in ["provider-pack.html", "provider-pack.xlsx"] {
                let share = format!(">0.{}<", figure.replace(['.', '%'], ""));
                let text = text(provider, file);
                assert!(own_or_median || !text.contains(figure), "{file} of {provider} has {figure}");
                assert!(own_or_median || !text.contains(&share), "{file} of {provider} has {share}");
            }
            for file in ["pack.html", "pack.xlsx"] {
                assert!(text(provider, file).contains(other), "{file} of {provider} does not name {other}");
            }
            for file in ["report.html", "report.xlsx"] {
                assert!(
                    outputs()[&format!("{HOMES}/{file}")].contains(other),
                    "{file} does not name {other}"
                );
            }
        }
        assert!(
            text(provider, "pack.html").contains(HELD[0].1)
                && text(provider, "pack.xlsx").contains(">0.775<")
        );
    }
}
