//! No provider's words, services or records reach another, and what the council weighs reaches none.
//!
//! A workspace of several providers under two contracts, with a word of its own planted in every place a provider or the officer
//! writes in. Then every file under `out/` is searched, workbooks unpacked.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use mail_parser::MimeHeaders;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use tempfile::TempDir;

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

/// A table of text; what looks like a date is written as one, what looks like a number as a number.
fn write(sheet: &mut Worksheet, first: u32, rows: &[Vec<String>]) {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in (first..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match (ExcelDateTime::parse_from_str(cell), cell.parse::<f64>()) {
                (Ok(day), _) if cell.len() == 10 => {
                    sheet.write_datetime_with_format(row, column, &day, &date).unwrap()
                }
                (_, Ok(number)) => sheet.write_number(row, column, number).unwrap(),
                _ if cell.is_empty() => continue,
                _ => sheet.write_string(row, column, cell).unwrap(),
            };
        }
    }
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_string()).collect()
}

fn head(provider: &str, label: &str, period: &str, submitted: &str) -> Vec<Vec<String>> {
    vec![
        row(&["Provider:", provider]),
        row(&[label, period]),
        row(&["Date submitted:", submitted]),
        Vec::new(),
    ]
}

fn save(path: &Path, sheets: &[(&str, Vec<Vec<String>>)]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        write(book.add_worksheet().set_name(*name).unwrap(), 0, rows);
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, book.save_to_buffer().unwrap()).unwrap();
}

/// The quarterly form and the yearly certification of a provider of homes.
fn homes(dir: &Path, provider: &str, held: &str) {
    let comment = planted("Comment", provider);
    let mut form = head(provider, "Quarter:", "Q4 2025-26", "2026-04-10");
    form.push(row(&["Question", "Answer", "Comment"]));
    for (question, answer) in [
        ("Young people placed during the quarter", "4"),
        ("Placements ended during the quarter", "4"),
        ("Of these, ended in a planned way", "3"),
        ("Key-work sessions planned", "40"),
        ("Key-work sessions held", held),
        ("Notifiable incidents", "1"),
        ("Young people in placement at the end of the quarter", "8"),
        ("Of these, in education, employment or training", "6"),
    ] {
        form.push(row(&[question, answer, &comment]));
    }
    let spare = vec![row(&[&planted("SpareSheet", provider)])];
    // All providers name their files alike.
    save(&dir.join("KPI form.xlsx"), &[("KPI form", form), ("Our notes", spare)]);

    let mut certified = head(provider, "Year:", "2025-26", "2026-05-20");
    certified.push(row(&["No.", "Requirement", "Answer", "Amount", "Date", "Comment"]));
    let comment = planted("CertComment", provider);
    for (number, requirement, amount, date) in [
        ("1a", "Employer's liability insurance of at least £10m", "10000000", "2027-01-01"),
        ("1b", "Public liability insurance of at least £10m", "10000000", "2027-01-01"),
        ("1c", "Professional indemnity insurance of at least £5m", "5000000", "2027-01-01"),
        ("2a", "Safeguarding policy reviewed in the last 12 months", "", "2026-01-10"),
        ("2b", "Health and safety policy reviewed in the last 12 months", "", "2026-01-10"),
        ("2c", "Safer recruitment policy reviewed in the last 12 months", "", "2026-01-10"),
        ("2d", "Data protection policy reviewed in the last 12 months", "", "2026-01-10"),
        ("3", "Gas safety certificate for each service, issued in the last 12 months", "", ""),
        (
            "4",
            "Electrical safety certificate for each service, and PAT tested equipment where required",
            "",
            "",
        ),
        ("5", "Fire risk assessment for each service in the last 12 months", "", ""),
        ("6", "HMO licence for every property that needs one", "", ""),
        ("7", "Visual inspection of every property in the last 12 months", "", ""),
        ("8", "Every property meets the accommodation checklist", "", ""),
    ] {
        certified.push(row(&[number, requirement, "Y", amount, date, &comment]));
    }
    let services = vec![
        row(&[
            "Service",
            "Postcode",
            "Boroughs",
            "Gas safety certificate",
            "Electrical certificate",
            "PAT test",
            "Fire risk assessment",
            "HMO licence required",
            "HMO licence expiry",
            "Last inspection",
            "Meets checklist",
        ]),
        // The gas certificate is too old, so that the service is named in a query.
        row(&[
            &planted("Service", provider),
            "W1 1AA",
            "Ealing",
            "2024-01-10",
            "2024-01-10",
            "2026-01-10",
            "2026-01-10",
            "Y",
            "2027-01-10",
            "2026-01-10",
            "Y",
        ]),
    ];
    save(&dir.join("Self-certification.xlsx"), &[("Self-certification", certified), ("Services", services)]);
}

/// Three months of a provider of visits, with one unit of six visited.
fn visits(dir: &Path, provider: &str) {
    for (month, visited, submitted) in [
        ("October 2025", "2025-10-02", "2025-10-31"),
        ("November 2025", "2025-11-03", "2025-11-28"),
        ("December 2025", "2025-12-02", "2025-12-29"),
    ] {
        let mut kpis = head(provider, "Month:", month, submitted);
        kpis.push(row(&["No.", "Key Performance Indicators", "Current Performance Level", "Comments"]));
        for (number, indicator, level) in [
            ("1", "Monthly visits to the short break units", "0.14"),
            (
                "2",
                "Monthly reports submitted to the local authority and Ofsted within 5 working days of the visit",
                "1",
            ),
            ("3", "Number of reports returned in the month by the local authority", "0"),
        ] {
            kpis.push(row(&[number, indicator, level, &planted("Comment", provider)]));
        }
        let log = vec![
            row(&[
                "Unit",
                "Date of visit",
                "Visitor",
                "Report to council",
                "Report to Ofsted",
                "Returned by council",
            ]),
            row(&["Rookwood", visited, "A visitor", visited, visited, "No"]),
            row(&[&planted("Unit", provider), "2026-03-02", "A visitor", "2026-03-03", "2026-03-03", "No"]),
        ];
        let narrative =
            vec![row(&["Area", "Update"]), row(&["Capacity issues", &planted("Narrative", provider)])];
        save(
            &dir.join(format!("Return {month}.xlsx")),
            &[("KPI return", kpis), ("Visit log", log), ("Narrative", narrative)],
        );
    }
}

/// The officer's records, a row about each provider in every list.
fn register(path: &Path) {
    let of = |contract: &'static str| PROVIDERS.iter().filter(move |(_, own)| *own == contract);
    let listed = |headings: &[&str], contract: &'static str, line: &dyn Fn(&str) -> Vec<String>| {
        std::iter::once(row(headings))
            .chain(of(contract).map(|(provider, _)| line(provider)))
            .collect::<Vec<_>>()
    };
    let providers =
        std::iter::once(row(&["Provider", "Contract", "Start", "Status", "Status since", "E-mail"]))
            .chain(PROVIDERS.iter().map(|(provider, contract)| match *contract {
                HOMES => {
                    row(&[provider, contract, "2026-01-01", "Suspended", "2026-06-01", &address(provider)])
                }
                _ => row(&[provider, contract, "2025-04-01", "Active", "", &address(provider)]),
            }))
            .collect();
    let notices =
        listed(&["Date", "Provider", "Contract", "Kind", "KPI", "Review date", "Note"], VISITS, &|p| {
            row(&["2025-10-06", p, VISITS, "Formal warning", "1", "2026-07-01", &planted("NoticeNote", p)])
        });
    let reliefs = listed(&["Provider", "Contract", "KPI", "Period", "Reason", "Agreed on"], VISITS, &|p| {
        row(&[p, VISITS, "3", "December 2025", &planted("Relief", p), "2025-12-30"])
    });
    let extensions =
        listed(&["Provider", "Contract", "Form", "Period", "New due date", "Reason"], HOMES, &|p| {
            row(&[p, HOMES, "quarterly-kpi", "2025-26 Q4", "2026-04-20", &planted("Extension", p)])
        });
    let meetings = listed(&["Date", "Provider", "Contract", "Kind", "Attended", "Note"], HOMES, &|p| {
        row(&["2026-02-12", p, HOMES, "Strategic meeting", "No", &planted("MeetingNote", p)])
    });
    let actions = listed(
        &["Provider", "Contract", "KPI", "Issue / reason identified", "Action to be taken"],
        HOMES,
        &|p| row(&[p, HOMES, "3", "Old certificate", &planted("Action", p)]),
    );
    let notifications =
        listed(&["Provider", "Service", "Kind", "Event date", "Notified on", "Note"], HOMES, &|p| {
            row(&[
                p,
                &planted("NotifiedService", p),
                "Safeguarding issue",
                "2026-02-02",
                "2026-03-02",
                &planted("NotificationNote", p),
            ])
        });
    let alerts = listed(
        &["Provider", "Service", "Raised", "Reason", "Provider told", "Review date", "Closed"],
        HOMES,
        &|p| row(&[p, "", "2026-06-01", &planted("AlertReason", p), "No", "2026-06-30", ""]),
    );
    save(
        path,
        &[
            ("Providers", providers),
            ("Notices", notices),
            ("Reliefs", reliefs),
            ("Extensions", extensions),
            ("Meetings", meetings),
            ("Actions", actions),
            ("Notifications", notifications),
            ("Alerts", alerts),
        ],
    );
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
