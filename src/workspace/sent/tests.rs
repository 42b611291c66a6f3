//! The table of cases of the journal.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn on(day: &str) -> DateTime<FixedOffset> {
    moment(&format!("{day}T09:30:00+00:00"))
}

fn about(letter: DraftKind, holds: &[&str]) -> Subject {
    Subject {
        contract: "fixture-advocacy".into(),
        provider: "Harbour Advocacy".into(),
        form: "quarterly".into(),
        period: "2025-26 Q1".into(),
        area: None,
        letter,
        holds: holds.iter().map(|own| own.to_string()).collect(),
    }
}

fn handing(message_id: &str, subject: Subject) -> Event {
    Event::Handing(Box::new(Message {
        message_id: message_id.into(),
        subject,
        file: "a/draft.eml".into(),
        sha256: "1".into(),
        attachments: vec!["2".into()],
        client_rows: Some(0),
        from: "contracts@council.example".into(),
        to: vec!["kpi@harbour.example".into()],
        cc: Vec::new(),
        server: "relay:25".into(),
    }))
}

fn outcome(message_id: &str) -> Outcome {
    Outcome { message_id: message_id.into(), answer: "250 Ok".into() }
}

fn journal() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(crate::workspace::JOURNAL_FILE);
    (dir, path)
}

fn word(before: &Before) -> &'static str {
    match before {
        Before::Nothing => "nothing",
        Before::Sent { .. } => "sent",
        Before::InDoubt { .. } => "in doubt",
    }
}

#[test]
fn what_is_known_of_a_letter_is_what_was_written_last() {
    let sent = |id: &str| Event::Sent(outcome(id));
    let failed = |id: &str| Event::Failed(outcome(id));
    let unanswered = |id: &str| Event::Unanswered(outcome(id));
    let not_gone = |id: &str| Event::NotGone(outcome(id));
    let thanks = || about(DraftKind::Thanks, &["x"]);
    for (name, events, id, expected) in [
        ("no line", vec![], "a", "nothing"),
        ("killed in between", vec![handing("a", thanks())], "a", "in doubt"),
        ("sent", vec![handing("a", thanks()), sent("a")], "a", "sent"),
        ("made anew", vec![handing("a", thanks()), sent("a")], "b", "sent"),
        ("refused by the server", vec![handing("a", thanks()), failed("a")], "a", "nothing"),
        ("the server was lost", vec![handing("a", thanks()), unanswered("a")], "a", "in doubt"),
        ("lost, and made anew", vec![handing("a", thanks()), unanswered("a")], "b", "in doubt"),
        (
            "said not to have gone",
            vec![handing("a", thanks()), unanswered("a"), not_gone("a")],
            "a",
            "nothing",
        ),
        ("killed, said not to have gone", vec![handing("a", thanks()), not_gone("a")], "b", "nothing"),
        (
            "again, and killed again",
            vec![handing("a", thanks()), not_gone("a"), handing("a", thanks())],
            "a",
            "in doubt",
        ),
        (
            "again, and sent",
            vec![handing("a", thanks()), failed("a"), handing("a", thanks()), sent("a")],
            "a",
            "sent",
        ),
        ("another is in doubt", vec![handing("a", about(DraftKind::Thanks, &["y"]))], "b", "nothing"),
        ("another kind", vec![handing("a", about(DraftKind::Query, &["x"])), sent("a")], "b", "nothing"),
    ] {
        let (_dir, path) = journal();
        let mut sent = Sent::open(&path).unwrap();
        for event in events {
            sent.record(on("2026-11-20"), event).unwrap();
        }
        let again = Sent::open(&path).unwrap();
        assert_eq!(again.entries(), sent.entries());
        let today = "2026-11-22".parse().unwrap();
        assert_eq!(word(&again.before(id, &thanks(), today, 7)), expected, "{name}");
        if id == "a" {
            assert_eq!(again.is_in_doubt("a"), expected == "in doubt", "{name}");
        }
    }
}

#[test]
fn chasers_and_reminders_may_go_again_after_some_days_in_other_words() {
    for (letter, id, today, expected) in [
        (DraftKind::Chaser, "b", "2026-11-20", "sent"),
        (DraftKind::Chaser, "b", "2026-11-26", "sent"),
        (DraftKind::Chaser, "b", "2026-11-27", "nothing"),
        (DraftKind::Chaser, "a", "2027-11-27", "sent"),
        (DraftKind::Reminder, "b", "2026-11-26", "sent"),
        (DraftKind::Reminder, "b", "2026-11-27", "nothing"),
        (DraftKind::Thanks, "b", "2027-11-27", "sent"),
        (DraftKind::Query, "b", "2027-11-27", "sent"),
    ] {
        let (_dir, path) = journal();
        let mut sent = Sent::open(&path).unwrap();
        sent.record(on("2026-11-20"), handing("a", about(letter, &[]))).unwrap();
        sent.record(on("2026-11-20"), Event::Sent(outcome("a"))).unwrap();
        let before = sent.before(id, &about(letter, &[]), today.parse().unwrap(), 7);
        assert_eq!(word(&before), expected, "{letter:?} {id} {today}");
        if let Before::Sent { again_from: Some(first), .. } = before {
            assert_eq!(first.to_string(), "2026-11-27");
        }
    }
}

#[test]
fn a_line_says_who_what_and_when_and_is_chained() {
    let (_dir, path) = journal();
    let mut sent = Sent::open(&path).unwrap();
    sent.record(on("2026-11-20"), handing("a@council.example", about(DraftKind::Thanks, &["x"]))).unwrap();
    sent.record(on("2026-11-20"), Event::Sent(outcome("a@council.example"))).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["kind"], "handing");
    assert_eq!(lines[0]["letter"], "thanks");
    assert_eq!(lines[0]["provider"], "Harbour Advocacy");
    assert_eq!(lines[0]["at"], "2026-11-20T09:30:00Z");
    assert_eq!(lines[1]["kind"], "sent");
    assert_eq!(lines[1]["answer"], "250 Ok");
    assert_eq!(lines[1]["previous"], sha256(text.lines().next().unwrap().as_bytes()));
}

#[test]
fn a_journal_that_was_changed_stops_everything() {
    let (_dir, path) = journal();
    let mut sent = Sent::open(&path).unwrap();
    for id in ["a", "b", "c"] {
        sent.record(on("2026-11-20"), handing(id, about(DraftKind::Thanks, &[id]))).unwrap();
    }
    let text = std::fs::read_to_string(&path).unwrap();
    let changed = text.replacen("Harbour", "Northgate", 1);
    assert_eq!(read(changed.as_bytes()).faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2]);
    std::fs::write(&path, changed).unwrap();
    let refused = Sent::open(&path).unwrap_err().to_string();
    assert!(refused.contains("line 2: ") && refused.contains("Put back the last good copy"), "{refused}");
}

proptest! {
    #[test]
    fn killed_anywhere_the_journal_goes_on_and_forgets_no_whole_line(cut in 0usize..3000) {
        let (_dir, path) = journal();
        let mut sent = Sent::open(&path).unwrap();
        for id in ["a", "b"] {
            sent.record(on("2026-11-20"), handing(id, about(DraftKind::Thanks, &[id]))).unwrap();
            sent.record(on("2026-11-20"), Event::Sent(outcome(id))).unwrap();
        }
        let whole = std::fs::read(&path).unwrap();
        let cut = cut.min(whole.len());
        std::fs::write(&path, &whole[..cut]).unwrap();
        let left = Sent::open(&path).unwrap().entries().len();
        prop_assert!(left >= whole[..cut].iter().filter(|byte| **byte == b'\n').count());
        let mut sent = Sent::open(&path).unwrap();
        sent.record(on("2026-11-21"), handing("c", about(DraftKind::Query, &[]))).unwrap();
        let again = Sent::open(&path).unwrap();
        prop_assert_eq!(again.entries().len(), left + 1);
        prop_assert!(again.is_in_doubt("c"));
    }
}
