//! Servers that refuse, fall silent or go away, and programs that are killed: the journal knows what went.

use crate::desk::{Desk, HARBOUR, LANTERNHILL, address};
use crate::sink::{Manner, Sink};

#[test]
fn a_recipient_that_is_refused_keeps_that_message_and_no_other() {
    for (answer, number) in
        [("550 5.1.1 no such mailbox", "550"), ("451 4.7.1 greylisted, come again", "451")]
    {
        let desk = Desk::with_thanks();
        let sink = Sink::new(Manner::Answers(answer, "kpi@lanternhill.example"));
        let sent = desk.send(&sink, &["--yes"]);
        assert_eq!((sent.status, sink.taken().len(), sink.connections()), (1, 1, 1), "{}", sent.out);
        assert!(sent.out.contains("NOT SENT: Thanks: Lanternhill Visiting"), "{}", sent.out);
        assert!(sent.out.contains(number) && sent.out.contains("does not take"), "{}", sent.out);
        assert_eq!(sink.taken()[0].to[0], address(HARBOUR));
        assert_eq!(desk.journal(), ["handing", "failed", "handing", "sent"]);
        // Mended, only that one goes.
        let mended = Sink::new(Manner::Takes);
        let again = desk.send(&mended, &["--yes"]);
        assert_eq!((again.status, mended.taken().len()), (0, 1), "{}", again.out);
        assert_eq!(mended.taken()[0].to[0], address(LANTERNHILL));
    }
}

#[test]
fn what_the_server_says_is_one_line() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::AnswersMessage("554-\u{1b}[31mvirus\r\n554 found"));
    let sent = desk.send(&sink, &["--yes"]);
    assert_eq!((sent.status, sink.taken().len()), (1, 0));
    let said = sent.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("“554 [31mvirus found”"), "{said}");
    assert!(!sent.out.contains('\u{1b}'));
    let journal = std::fs::read_to_string(desk.workspace.path().join("sent.jsonl")).unwrap();
    assert!(!journal.contains("\\u001b"), "{journal}");
}

#[test]
fn a_sender_that_is_refused_stops_everything() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::AnswersSender("530 5.7.0 sign in first"));
    let sent = desk.send(&sink, &["--yes"]);
    assert_eq!((sent.status, sink.taken().len()), (1, 0));
    assert!(sent.out.contains("not tried, because of what happened before"), "{}", sent.out);
    assert_eq!(desk.journal(), ["handing", "failed"]);
}

#[test]
fn a_server_that_dies_with_a_message_in_its_hands_leaves_it_in_doubt() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Dies(1));
    let sent = desk.send(&sink, &["--yes"]);
    assert_eq!((sent.status, sink.taken().len()), (1, 1), "{}", sent.out);
    assert!(sent.out.contains("MAY HAVE GONE: Thanks: Harbour Visiting"), "{}", sent.out);
    assert_eq!(desk.journal(), ["handing", "sent", "handing", "unanswered"]);

    let better = Sink::new(Manner::Takes);
    let again = desk.send(&better, &["--yes"]);
    assert_eq!((again.status, better.connections()), (1, 0), "{}", again.out);
    let id = &desk.drafts[1].message_id;
    assert!(
        again.out.contains("May have gone:") && again.out.contains(&format!("--again {id}")),
        "{}",
        again.out
    );

    let wrong = desk.send(&better, &["--yes", "--again", &desk.drafts[0].message_id]);
    assert!(wrong.status == 2 && wrong.err.contains("knows of no message"), "{}", wrong.err);
    let cleared = desk.send(&better, &["--yes", "--again", &format!("<{id}>")]);
    assert_eq!((cleared.status, better.taken().len()), (0, 1), "{}", cleared.out);
    assert_eq!(better.taken()[0].to[0], address(HARBOUR));
    assert_eq!(desk.journal()[4..], ["not-gone", "handing", "sent"]);
    assert_eq!(desk.send(&better, &["--yes"]).status, 0);
    assert_eq!(better.taken().len(), 1);
}

#[test]
fn a_server_that_leaves_before_a_message_has_not_got_it() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Leaves(1));
    let sent = desk.send(&sink, &["--yes"]);
    assert_eq!((sent.status, sink.taken().len()), (1, 1), "{}", sent.out);
    assert_eq!(desk.journal(), ["handing", "sent", "handing", "failed"]);
    let better = Sink::new(Manner::Takes);
    assert_eq!(desk.send(&better, &["--yes"]).status, 0);
    assert_eq!(better.taken().len(), 1);
}

#[test]
fn a_program_killed_after_handing_over_does_not_send_by_itself() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Takes);
    desk.send(&sink, &["--yes"]);
    let path = desk.workspace.path().join("sent.jsonl");
    let whole = std::fs::read_to_string(&path).unwrap();
    let first = whole.find('\n').unwrap() + 1;
    // Killed while the answer was written, and just before.
    for cut in [first, first + 40] {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let again = desk.send(&sink, &["--dry-run"]);
        assert!(again.status == 1 && again.out.contains("May have gone:"), "{}", again.out);
        assert!(again.out.contains("the program ended before"), "{}", again.out);
        assert!(again.out.contains("1 message would be sent"), "{}", again.out);
    }
    // Killed while the first line was written: nothing was handed over.
    std::fs::write(&path, &whole[..first / 2]).unwrap();
    let again = desk.send(&sink, &["--dry-run"]);
    assert!(again.status == 0 && again.out.contains("2 messages would be sent"), "{}", again.out);
}

#[test]
fn no_server_no_journal() {
    let desk = Desk::with_thanks();
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    desk.settings(&format!("server = \"127.0.0.1\"\nport = {gone}\nsecurity = \"none\""));
    let sent = desk.run(&["--yes"]);
    assert!(sent.status == 2 && sent.err.contains("cannot be reached"), "{}", sent.err);
    assert!(desk.journal().is_empty());
    // A server that offers no encryption is told nothing.
    let sink = Sink::new(Manner::Takes);
    desk.settings(&format!("server = \"127.0.0.1\"\nport = {}", sink.port));
    let sent = desk.run(&["--yes"]);
    assert!(sent.status == 2 && sent.err.contains("offers no encryption"), "{}", sent.err);
    assert!(sink.taken().is_empty() && desk.journal().is_empty());
}

#[test]
fn a_journal_that_was_changed_sends_nothing() {
    let desk = Desk::with_thanks();
    let sink = Sink::new(Manner::Takes);
    desk.send(&sink, &["--yes"]);
    let path = desk.workspace.path().join("sent.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("kpi@", "kpl@", 1)).unwrap();
    let sent = desk.send(&sink, &["--yes"]);
    assert!(sent.status == 2 && sent.err.contains("was changed by hand or damaged"), "{}", sent.err);
    assert_eq!(sink.taken().len(), 2);
}
