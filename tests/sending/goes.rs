//! What goes, and how it looks on the wire.

use quarterday::domain::draft::DraftKind;
use quarterday::workspace::sha256;
use serde_json::Value;

use crate::desk::{Desk, HARBOUR, LANTERNHILL, address, copy};
use crate::sink::{Manner, Sink};

#[test]
fn each_provider_gets_its_own_message_once_over_one_connection() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Takes);
    let dry = desk.send(&sink, &["--dry-run"]);
    assert_eq!((dry.status, dry.err.as_str(), sink.connections()), (0, "", 0));
    for words in [
        "From contracts@council.example, by way of 127.0.0.1:",
        "is not encrypted (`security = \"none\"`)",
        "1. Thanks: Lanternhill Visiting, monthly-kpi 2023-05",
        "To: kpi@lanternhill.example",
        "Cc: officer@council.example",
        "Subject: Return of May 2023 – thanks: Lanternhill Visiting",
        "Lanternhill Visiting - 2023-05.xlsx (",
        "no connection was opened. 2 messages would be sent.",
    ] {
        assert!(dry.out.contains(words), "{words}\n{}", dry.out);
    }
    assert!(desk.journal().is_empty());

    let first = desk.send(&sink, &["--yes"]);
    assert_eq!((first.status, first.err.as_str()), (0, ""), "{}", first.out);
    assert!(first.out.contains("2 of 2 messages sent"), "{}", first.out);
    let taken = sink.taken();
    assert_eq!((taken.len(), sink.connections()), (2, 1));
    for (own, (at, provider)) in taken.iter().zip([(0, LANTERNHILL), (1, HARBOUR)]) {
        assert_eq!(own.from, "contracts@council.example");
        assert_eq!(own.to, [address(provider), "officer@council.example".to_string()]);
        let head = own.head().to_lowercase();
        assert!(!head.contains("bcc") && !head.contains("x-unsent") && !head.contains("secret"), "{head}");
        assert_eq!((head.matches("date: ").count(), head.matches("from: ").count()), (1, 1));
        assert!(head.contains(&format!("message-id: <{}>", desk.drafts[at].message_id)), "{head}");
        // Body and attachments, byte for byte.
        assert_eq!(own.body(), desk.bytes(at).split_once("\r\n\r\n").unwrap().1);
        let attached = std::fs::read(desk.out().join(copy(provider))).unwrap();
        assert_eq!(sha256(&attached), desk.drafts[at].attachments[0].sha256);
    }
    assert_eq!(desk.journal(), ["handing", "sent", "handing", "sent"]);

    let second = desk.send(&sink, &["--yes"]);
    assert_eq!((second.status, sink.taken().len(), sink.connections()), (0, 2, 1), "{}", second.out);
    assert!(
        second.out.contains("Sent already:") && second.out.contains("There is nothing to send."),
        "{}",
        second.out
    );
}

#[test]
fn the_same_letter_made_anew_in_other_words_does_not_go_again() {
    let mut desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Takes);
    assert_eq!(desk.send(&sink, &["--yes"]).status, 0);
    desk.drafts.clear();
    desk.draft(DraftKind::Thanks, HARBOUR, Some(&copy(HARBOUR)), "Many thanks.");
    let again = desk.send(&sink, &["--yes"]);
    assert!(again.status == 0 && again.out.contains("Sent already:"), "{}", again.out);
    // A query about the same return is another letter.
    desk.draft(DraftKind::Query, HARBOUR, Some(&copy(HARBOUR)), "One query.");
    let query = desk.send(&sink, &["--yes"]);
    assert_eq!((query.status, sink.taken().len()), (0, 3), "{}", query.out);
}

#[test]
fn a_chaser_goes_again_only_after_some_days() {
    let mut desk = Desk::new();
    desk.draft(DraftKind::Chaser, HARBOUR, None, "It was due three days ago.");
    let sink = Sink::new(Manner::Takes);
    assert_eq!(desk.send(&sink, &["--yes"]).status, 0);
    desk.drafts.clear();
    desk.draft(DraftKind::Chaser, HARBOUR, None, "It was due four days ago.");
    let again = desk.send(&sink, &["--yes"]);
    assert!(again.out.contains("One about the same may go again from"), "{}", again.out);
    assert_eq!(sink.taken().len(), 1);
}

#[test]
fn only_what_is_asked_for_goes() {
    let mut desk = Desk::with_thanks();
    desk.draft(DraftKind::Chaser, HARBOUR, None, "It was due three days ago.");
    let sink = Sink::new(Manner::Takes);
    let unknown = desk.send(&sink, &["--yes", "--provider", "Harbour Visitin"]);
    assert!(
        unknown.status == 2 && unknown.err.contains("did you mean “Harbour Visiting”"),
        "{}",
        unknown.err
    );
    let one = desk
        .send(&sink, &["--yes", "--provider", "harbour visiting", "--kind", "thanks", "--period", "2023-05"]);
    assert!(
        one.status == 0 && one.out.contains("There are 2 other drafts, not asked for here."),
        "{}",
        one.out
    );
    assert_eq!(sink.taken().len(), 1);
    assert_eq!(sink.taken()[0].to[0], address(HARBOUR));
}

#[test]
fn a_sender_that_the_draft_lacks_is_put_in() {
    let mut desk = Desk::with_thanks();
    desk.drafts.truncate(1);
    desk.rewrite(0, |text| text.replace("From: Contracts <contracts@council.example>\r\n", ""));
    let sink = Sink::new(Manner::Takes);
    let sent = desk.send(&sink, &["--yes", "--json"]);
    assert_eq!(sent.status, 0, "{}{}", sent.out, sent.err);
    assert!(sink.taken()[0].head().contains("From: Contracts <contracts@council.example>\r\n"));
    let said: Value = serde_json::from_str(&sent.out).unwrap();
    assert_eq!(said["format"], "quarterday.sending/1");
    assert_eq!(said["messages"][0]["state"], "sent");
    assert_eq!(said["messages"][0]["why"][0], "250 2.0.0 Ok: queued as 1");
}

#[test]
fn lines_on_single_people_go_only_when_they_are_named() {
    let mut desk = Desk::with_thanks();
    desk.drafts[0].attachments[0].client_rows = Some(12);
    let sink = Sink::new(Manner::Takes);
    let held = desk.send(&sink, &["--yes"]);
    assert_eq!((held.status, sink.taken().len()), (1, 1), "{}", held.out);
    for words in ["carries 12 lines on single people", "Held back: 1 message", "`--client-rows`"] {
        assert!(held.out.contains(words), "{words}\n{}", held.out);
    }
    let sent = desk.send(&sink, &["--yes", "--client-rows"]);
    assert_eq!((sent.status, sink.taken().len()), (0, 2), "{}", sent.out);
    // What cannot be told is no zero.
    let mut desk = Desk::with_thanks();
    desk.drafts[1].attachments[0].client_rows = None;
    let held = desk.send(&sink, &["--yes"]);
    assert!(held.status == 1 && held.out.contains("that could not be told"), "{}", held.out);
}

#[test]
fn nobody_to_ask_means_nothing_goes() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Takes);
    let sent = desk.send(&sink, &[]);
    assert_eq!((sent.status, sink.connections()), (2, 0));
    assert!(sent.err.contains("there is nobody to ask") && sent.err.contains("`--yes`"), "{}", sent.err);
}
