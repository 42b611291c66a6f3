//! What does not go, each with its reason, while the others go.

use chrono::Days;
use quarterday::domain::draft::DraftKind;
use quarterday::workspace::sha256;

use crate::desk::{Desk, HARBOUR, LANTERNHILL, copy};
use crate::forms::RETURN;
use crate::sink::{Manner, Sink};
use crate::support::book::package::rewritten;

/// The first draft is spoilt; it is refused with these words, and the second goes.
#[track_caller]
fn refused(spoil: impl Fn(&mut Desk), expected: &[&str]) {
    let mut desk = Desk::with_thanks();
    spoil(&mut desk);
    let sink = Sink::new(Manner::Takes);
    let sent = desk.send(&sink, &["--yes"]);
    let said = sent.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in expected {
        assert!(said.contains(words), "{words}\n{}\n{}", sent.out, sent.err);
    }
    assert_eq!(sent.status, 1);
    let to: Vec<String> = sink.taken().iter().map(|own| own.to[0].clone()).collect();
    assert_eq!(to, ["kpi@harbour.example"], "{}", sent.out);
}

#[test]
fn another_providers_workbook() {
    let wrong = |desk: &mut Desk| {
        let mut others = std::mem::take(&mut desk.drafts);
        desk.thank(LANTERNHILL, &copy(HARBOUR));
        others[0] = desk.drafts.remove(0);
        desk.drafts = others;
    };
    refused(
        wrong,
        &[
            "the form in Lanternhill Visiting - 2023-05.xlsx is that of Harbour Visiting"
                .trim_start_matches("the "),
            "it is not the recipient's",
        ],
    );
}

/// Changes the attached copy, and draft and list with it.
fn attach(desk: &mut Desk, change: impl Fn(&str, &str) -> Option<String>) {
    let file = copy(LANTERNHILL);
    let bytes = std::fs::read(desk.out().join(&file)).unwrap();
    desk.write(&file, &rewritten(&bytes, change));
    let mut others = std::mem::take(&mut desk.drafts);
    desk.thank(LANTERNHILL, &file);
    others[0] = desk.drafts.remove(0);
    desk.drafts = others;
}

#[test]
fn a_title_or_a_form_that_is_not_the_recipients() {
    // The title alone is another's.
    refused(
        |desk| {
            attach(desk, |_, text| {
                let title = "KPI return, Lanternhill Visiting";
                text.contains(title).then(|| text.replace(title, "KPI return, Harbour Visiting"))
            });
        },
        &["it is not the recipient's"],
    );
    // The form alone is another's.
    refused(
        |desk| {
            attach(desk, |_, text| {
                let name = ">Lanternhill Visiting<";
                text.contains(name).then(|| text.replace(name, ">Harbour Visiting<"))
            });
        },
        &["is that of Harbour Visiting, and the draft goes to Lanternhill Visiting"],
    );
    assert_eq!(RETURN, "KPI return");
}

#[test]
fn a_workbook_that_cannot_be_told() {
    refused(
        |desk| {
            desk.write("other.xlsx", b"PK\x03\x04 no workbook");
            let mut others = std::mem::take(&mut desk.drafts);
            desk.thank(LANTERNHILL, "other.xlsx");
            others[0] = desk.drafts.remove(0);
            desk.drafts = others;
        },
        &["cannot be told, so it goes to nobody"],
    );
}

#[test]
fn a_draft_or_a_file_that_changed() {
    refused(
        |desk| {
            let text = desk.bytes(0).replace("Thank you", "Thanks");
            desk.write(&desk.drafts[0].file, text.as_bytes());
        },
        &["was changed after the run wrote it", "send it from there"],
    );
    refused(
        |desk| std::fs::remove_file(desk.out().join(&desk.drafts[0].file)).unwrap(),
        &["is not there any more; run `quarterday run` again"],
    );
    refused(
        |desk| {
            let harbour = std::fs::read(desk.out().join(copy(HARBOUR))).unwrap();
            desk.write(&copy(LANTERNHILL), &harbour);
        },
        &["has changed since the draft was written"],
    );
    refused(
        |desk| desk.drafts[0].attachments[0].sha256 = sha256(b"other"),
        &["is not the file that the list of drafts names"],
    );
    refused(|desk| desk.drafts[0].attachments.clear(), &["it carries 1 attachments"]);
    refused(|desk| desk.drafts[0].file = "../receipts.jsonl".into(), &["is not there any more"]);
}

#[test]
fn addresses_that_are_not_the_providers() {
    refused(|desk| desk.drafts[0].to.clear(), &["no addressee", "its To is"]);
    refused(
        |desk| {
            desk.drafts[0].to = vec!["kpi@harbour.example".into()];
            desk.rewrite(0, |text| text.replace("kpi@lanternhill.example", "kpi@harbour.example"));
        },
        &["kpi@harbour.example is not in the register today for Lanternhill Visiting"],
    );
    refused(
        |desk| desk.rewrite(0, |text| text.replace("To: kpi@", "To: other@elsewhere.example, kpi@")),
        &["its To is “other@elsewhere.example, kpi@lanternhill.example”"],
    );
}

#[test]
fn headers_that_no_run_writes() {
    for (line, words) in [
        ("To: x@elsewhere.example", "has the line to in its header twice"),
        ("Resent-Bcc: x@elsewhere.example", "that this program does not write (resent-bcc)"),
        ("Reply-To: x@elsewhere.example", "answers to it would go to x@elsewhere.example"),
    ] {
        refused(|desk| desk.rewrite(0, |text| format!("{line}\r\n{text}")), &[words]);
    }
    refused(
        |desk| desk.drafts[0].subject = "Thanks\r\nBcc: x@elsewhere.example".into(),
        &["subject has a line break in it"],
    );
    refused(
        |desk| desk.rewrite(0, |text| text.replace("contracts@council.example", "other@council.example")),
        &["is from other@council.example, and the sender in quarterday.toml is contracts@council.example"],
    );
}

#[test]
fn a_domain_that_is_not_allowed() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Takes);
    desk.settings(&format!(
        "server = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nallowed-domains = [\"harbour.example\", \"council.example\"]",
        sink.port
    ));
    let sent = desk.run(&["--yes"]);
    assert_eq!((sent.status, sink.taken().len()), (1, 1), "{}", sent.out);
    assert!(
        sent.out.contains("`allowed-domains`") && sent.out.contains("kpi@lanternhill.example"),
        "{}",
        sent.out
    );
}

#[test]
fn two_drafts_about_the_same_are_one_too_many() {
    let mut desk = Desk::with_thanks();
    desk.draft(DraftKind::Thanks, HARBOUR, Some(&copy(HARBOUR)), "Once more.");
    let sink = Sink::new(Manner::Takes);
    let sent = desk.send(&sink, &["--yes"]);
    assert_eq!((sent.status, sink.taken().len()), (1, 2), "{}", sent.out);
    assert!(sent.out.contains("is about the same"), "{}", sent.out);
}

#[test]
fn drafts_of_another_day_and_settings_that_lack_something() {
    let mut desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Takes);
    desk.as_of = desk.as_of - Days::new(2);
    let sent = desk.send(&sink, &["--yes"]);
    assert!(sent.status == 2 && sent.err.contains("more than a day ago"), "{}", sent.err);
    let dry = desk.send(&sink, &["--dry-run"]);
    assert!(dry.status == 0 && dry.out.contains("Not now: The drafts are as of"), "{}", dry.out);
    desk.as_of = desk.as_of + Days::new(2);
    std::fs::write(desk.workspace.path().join("quarterday.toml"), "").unwrap();
    let sent = desk.run(&["--yes"]);
    assert_eq!((sent.status, sink.connections()), (2, 0));
    for words in ["`email` in the table [sender]", "`server` in the table [mail]", "nothing was sent."] {
        assert!(sent.err.contains(words), "{words}\n{}", sent.err);
    }
    desk.settings("server = \"127.0.0.1\"\nuser = \"a\"\npassword-file = \"secret.txt\"");
    let sent = desk.run(&["--yes"]);
    assert!(sent.status == 2 && sent.err.contains("secret.txt"), "{}", sent.err);
}

#[test]
fn without_a_list_there_is_nothing_to_send() {
    let desk = Desk::new();
    let path = desk.workspace.path().to_str().unwrap();
    std::fs::remove_file(desk.workspace.path().join("out/drafts.json")).unwrap();
    let sent = crate::program::quarterday(&["send", path]);
    assert!(sent.status == 2 && sent.err.contains("run `quarterday run` first"), "{}{}", sent.out, sent.err);
}
