//! E-mails dropped into the returns: what is attached is read as if it had been dropped, and the e-mail says when it came and from
//! whom. The real program, its worker processes included, over workspaces made here.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop, and helpers are shared"
)]

mod hostile;
#[path = "../../samples/make/mail.rs"]
mod mail;
#[path = "../support/program.rs"]
mod program;
#[path = "../rulebook/support/mod.rs"]
mod support;

use serde_json::Value;

use mail::mail;
use program::{Ran, quarterday, text};
use support::forms::month;
use support::workspace::Workspace;
use support::{PROVIDER, day};

const MONTH: &str = "2025-09-01";
const ADDRESS: &str = "kpi@harbour.example";
/// The return for September 2025 is due on this day.
const DUE: &str = "2025-10-14";

/// The workbook of September, the same bytes each time.
fn workbook() -> Vec<u8> {
    month(MONTH).bytes()
}

/// Headers of an e-mail received on this day, as the council's server writes them on top.
fn headers(received: &str, from: &str) -> String {
    let stamp = day(received).format("%a, %-d %b %Y");
    format!(
        "Received: from mx.council.example (192.0.2.7; tls)\r\n\tby mail.council.example with ESMTPS id 1;\r\n\t{stamp} 11:02:03 +0000 (UTC)\r\n\
         Received: from harbour.example by mx.council.example; Wed, 1 Oct 2025 09:00:00 +0000\r\n\
         Date: Wed, 1 Oct 2025 08:59:00 +0000\r\nFrom: Returns <{from}>\r\nTo: <kpi@council.example>\r\nSubject: September\r\n"
    )
}

/// September's return, received on this day.
fn september(received: &str, from: &str) -> Vec<u8> {
    mail(&headers(received, from), "Please find attached.", &[("HA September 2025.xlsx", &workbook())])
}

/// A workspace in which the provider's address is known.
fn workspace() -> Workspace {
    let mut workspace = Workspace::new(MONTH);
    workspace.provider_cell(PROVIDER, "E-mail", ADDRESS);
    workspace
}

/// A run as of this day.
struct Told {
    ran: Ran,
    results: Value,
}

fn run(workspace: &Workspace, as_of: &str) -> Told {
    workspace.write_register();
    let ran = quarterday(&["run", text(workspace.path()), "--as-of", as_of]);
    assert_ne!(ran.status, 2, "{}{}", ran.out, ran.err);
    let results = std::fs::read(workspace.path().join("out/results.json")).unwrap();
    Told { ran, results: serde_json::from_slice(&results).unwrap() }
}

impl Told {
    /// September's return.
    fn september(&self) -> &Value {
        let own = self.results["reviews"][0]["submissions"].as_array().unwrap().iter();
        let mut own = own.filter(|own| own["form"] == "monthly-information" && own["from"] == MONTH);
        own.next().unwrap_or_else(|| panic!("no return for September: {:#}", self.results["unrecognised"]))
    }

    /// `received status`, and how many versions.
    fn state(&self) -> String {
        let own = self.september();
        let received = own["received"].as_str().unwrap_or("none");
        format!(
            "{received} {} {}",
            own["status"].as_str().unwrap(),
            own["versions"].as_array().unwrap().len()
        )
    }

    fn findings(&self, code: &str) -> Vec<String> {
        let own = self.september()["findings"].as_array().unwrap().iter();
        own.filter(|own| own["code"] == code)
            .map(|own| own["message"].as_str().unwrap().to_string())
            .collect()
    }

    /// `file: reason`.
    fn unrecognised(&self) -> Vec<String> {
        let own = self.results["unrecognised"].as_array().unwrap().iter();
        own.map(|own| format!("{}: {}", own["file"].as_str().unwrap(), own["reason"].as_str().unwrap()))
            .collect()
    }

    fn said(&self) -> String {
        format!("{}{}", self.ran.out, self.ran.err)
    }
}

#[test]
fn the_topmost_received_header_proves_both_on_time_and_late() {
    for (received, expected) in
        [("2025-10-13", "on-time"), (DUE, "on-time"), ("2025-10-15", "late"), ("2025-11-03", "late")]
    {
        let workspace = workspace();
        workspace.drop_bytes("Q1/September.eml", &september(received, ADDRESS));
        let told = run(&workspace, "2025-12-12");
        assert_eq!(told.state(), format!("{received} {expected} 1"));
        let file = "returns/Q1/September.eml/HA September 2025.xlsx";
        assert_eq!(told.september()["versions"][0]["file"], file);
        assert_eq!(told.unrecognised(), Vec::<String>::new());
        assert!(told.findings("sender-not-in-register").is_empty());
        assert!(workspace.pages("").contains("The e-mail it came in"));
        // The e-mail is evidence: it is recorded, and kept, like what is attached.
        let ledger = std::fs::read_to_string(workspace.path().join("receipts.jsonl")).unwrap();
        assert!(ledger.contains("\"returns/Q1/September.eml\"") && ledger.contains(&format!("\"{file}\"")));
        let kept = std::fs::read_dir(workspace.path().join("originals")).unwrap();
        let mut kept: Vec<String> = kept
            .map(|entry| entry.unwrap().path().extension().unwrap().to_string_lossy().into_owned())
            .collect();
        kept.sort();
        assert_eq!(kept, ["eml", "xlsx"]);
    }
}

#[test]
fn a_run_as_of_an_earlier_day_leaves_out_what_came_later_and_spoils_nothing() {
    let workspace = workspace();
    workspace.drop_bytes("September.eml", &september("2025-10-15", ADDRESS));
    assert_eq!(run(&workspace, "2025-10-14").state(), "none not-yet-due 0");
    assert_eq!(run(&workspace, "2025-10-15").state(), "2025-10-15 late 1");
    assert_eq!(run(&workspace, "2025-10-14").state(), "none not-yet-due 0");
    assert_eq!(run(&workspace, "2025-12-12").state(), "2025-10-15 late 1");
}

#[test]
fn the_register_goes_before_the_e_mail() {
    for file in ["September.eml", "September.eml/HA September 2025.xlsx", "HA September 2025.xlsx"] {
        let mut workspace = workspace();
        workspace.drop_bytes("September.eml", &september("2025-10-15", ADDRESS));
        workspace.record("Receipts", [("File", file.into()), ("Received", day("2025-10-14").into())]);
        let told = run(&workspace, "2025-12-12");
        assert_eq!(told.state(), "2025-10-14 on-time 1", "{file}");
        assert!(!told.said().contains("Receipts"), "{}", told.said());
        // It came before the as-of date, whatever the e-mail says.
        assert_eq!(run(&workspace, "2025-10-14").state(), "2025-10-14 on-time 1", "{file}");
    }
}

#[test]
fn the_same_workbook_by_itself_and_in_an_e_mail_is_one_version() {
    for files in [["a.eml", "b.xlsx"], ["z.eml", "b.xlsx"]] {
        let workspace = workspace();
        workspace.drop_bytes(files[0], &september("2025-10-15", ADDRESS));
        workspace.drop_bytes(files[1], &workbook());
        assert_eq!(run(&workspace, "2025-12-12").state(), "2025-10-15 late 1", "{files:?}");
    }
    // Dropped first, the e-mail after: the e-mail's date still counts.
    let workspace = workspace();
    workspace.drop_bytes("b.xlsx", &workbook());
    assert_eq!(run(&workspace, "2025-12-12").state(), "2025-12-12 unproven 1");
    workspace.drop_bytes("a.eml", &september("2025-10-13", ADDRESS));
    assert_eq!(run(&workspace, "2025-12-12").state(), "2025-10-13 on-time 1");
    // An e-mail that came after the workbook was seen proves nothing against it.
    let workspace = self::workspace();
    workspace.drop_bytes("b.xlsx", &workbook());
    assert_eq!(run(&workspace, "2025-10-14").state(), "2025-10-14 on-time 1");
    workspace.drop_bytes("a.eml", &september("2025-11-03", ADDRESS));
    assert_eq!(run(&workspace, "2025-12-12").state(), "2025-10-14 on-time 1");
}

#[test]
fn an_e_mail_that_is_gone_is_evidence_still() {
    let workspace = workspace();
    workspace.drop_bytes("September.eml", &september("2025-10-15", ADDRESS));
    run(&workspace, "2025-12-12");
    workspace.remove("September.eml");
    let told = run(&workspace, "2025-12-12");
    assert_eq!(told.state(), "2025-10-15 late 1");
    assert_eq!(told.unrecognised(), Vec::<String>::new());
    // Another e-mail in its place is a further version.
    let mut corrected = month(MONTH);
    corrected.sheet(support::EAST).put(40, 12, "corrected");
    let headers = headers("2025-10-20", ADDRESS);
    workspace.drop_bytes(
        "September.eml",
        &mail(&headers, "Corrected.", &[("HA September 2025.xlsx", &corrected.bytes())]),
    );
    assert_eq!(run(&workspace, "2025-12-12").state(), "2025-10-15 late 2");
}

#[test]
fn a_date_that_proves_nothing_is_not_relied_on() {
    let plain = |first: &str| {
        let headers =
            format!("{first}Date: Wed, 1 Oct 2025 08:59:00 +0000\r\nFrom: {ADDRESS}\r\nSubject: x\r\n");
        mail(&headers, "Attached.", &[("a.xlsx", &workbook())])
    };
    for (first, said) in [
        ("", "it has no Received header"),
        (
            "Received: by x; some day\r\nReceived: by y; Wed, 1 Oct 2025 08:59:00 +0000\r\n",
            "gives no certain date (“some day”)",
        ),
        ("Received: by x; Sun, 1 Oct 2180 08:59:00 +0000\r\n", "1 October 2180, which is still to come"),
    ] {
        let workspace = workspace();
        workspace.drop_bytes("a.eml", &plain(first));
        let told = run(&workspace, "2025-12-12");
        assert_eq!(told.state(), "2025-12-12 unproven 1", "{first}");
        let said_all = told.said().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said_all.contains(said), "{said}: {}", told.said());
        assert!(told.unrecognised().is_empty());
    }
}

#[test]
fn who_sent_it_is_for_the_council_alone() {
    let mut workspace = workspace();
    workspace.record("Contacts", [("Provider", PROVIDER.into()), ("E-mail", "data@harbour.example".into())]);
    workspace.drop_bytes("a.eml", &september("2025-10-13", "DATA@harbour.example"));
    assert!(run(&workspace, "2025-12-12").findings("sender-not-in-register").is_empty());
    // A first e-mail from somebody unknown; where the provider sends the same itself, nothing is left to ask.
    let mut workspace = self::workspace();
    workspace.provider_cell(PROVIDER, "Aliases", "Harbour");
    workspace.drop_bytes("a.eml", &september("2025-10-13", "stranger@else.example"));
    let told = run(&workspace, "2025-12-12");
    let found = told.findings("sender-not-in-register");
    assert!(found.len() == 1 && found[0].contains("stranger@else.example"), "{found:?}");
    assert_eq!(told.september()["accurate"], true);
    let mut for_provider = 0;
    for path in workspace.written("", "") {
        let shown = path.to_string_lossy().replace('\\', "/");
        let goes_back = shown.contains("/returned/") || shown.contains("/provider");
        let bytes = std::fs::read(&path).unwrap();
        let text = if bytes.starts_with(b"PK") {
            unpacked(&bytes)
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        };
        if goes_back {
            for_provider += 1;
            assert!(!text.contains("stranger@else.example"), "{shown}");
        }
    }
    assert!(for_provider > 1);
}

/// Every part of a package, as text.
fn unpacked(bytes: &[u8]) -> String {
    let mut package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for index in 0..package.len() {
        let mut part = Vec::new();
        std::io::copy(&mut package.by_index(index).unwrap(), &mut part).unwrap();
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

#[test]
fn check_says_what_an_e_mail_holds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("September.eml");
    std::fs::write(&file, september("2025-10-15", ADDRESS)).unwrap();
    let ran = quarterday(&["check", text(&file)]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    for part in [
        "An e-mail from kpi@harbour.example: “September”.",
        "Received on 15 October 2025, by its topmost Received header.",
        "September.eml/HA September 2025.xlsx",
        "Harbour Advocacy, September 2025",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    std::fs::write(&file, mail("From: a@b.example\r\nSubject: x\r\n", "No return.", &[])).unwrap();
    let ran = quarterday(&["check", text(&file)]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("No date received: it has no Received header"), "{}", ran.out);
    assert!(ran.out.contains("Nothing is attached"), "{}", ran.out);
}
