//! Messages parse back to what went in, whatever a provider calls itself or writes.

use chrono::NaiveDate;
use mail_parser::{Address, MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::words::words;
use super::*;
use crate::domain::look::Look;
use crate::domain::period::{Frequency, Period};
use crate::domain::rating::Rating;
use crate::output::pages::samples;
use crate::review::correspondence::{Content, Letter, Overdue, Query, Recipients, Returned, Timeliness};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn letter(provider: &str, text: &str, content: Content) -> Letter {
    Letter {
        contract: "fixture".to_string(),
        contract_title: text.to_string(),
        councils: vec!["Invented Council".to_string()],
        provider: provider.to_string(),
        review_period: Period::containing(day("2025-09-01"), Frequency::Quarter, 9),
        form: "kpis".to_string(),
        form_title: "KPI return".to_string(),
        period: Period::containing(day("2025-09-01"), Frequency::Quarter, 9),
        area: None,
        due: day("2025-12-14"),
        due_note: Some(text.to_string()),
        clause: "2.5".to_string(),
        as_of: day("2026-01-20"),
        content,
    }
}

fn returned(text: &str, queries: usize, further: usize) -> Content {
    let query = |number| Query {
        number,
        sheet: Some(text.to_string()),
        cell: Some("D7".to_string()),
        found: text.to_string(),
        asked: text.to_string(),
        answered: Some(day("2026-01-05")),
    };
    Content::Returned(Returned {
        sha256: "ab".repeat(32),
        file_name: text.to_string(),
        usable: true,
        in_time: Some(false),
        received: Some(day("2025-12-16")),
        ratings: vec![(Rating::Red, 1), (Rating::Amber, 2), (Rating::Green, 9)],
        queries: (1..=queries).map(query).collect(),
        further,
    })
}

fn overdue(text: &str) -> Content {
    let target = Some("0.95".parse().unwrap());
    let timeliness = Some(Timeliness { title: text.to_string(), clause: "5".to_string(), target });
    Content::Overdue(Overdue { days: 37, working_days: 24, timeliness })
}

fn recipients(to: usize, cc: usize) -> Recipients {
    let named = |kind: &str, number: usize| {
        (0..number).map(|n| format!("{kind}{n}@harbour.example")).collect::<Vec<_>>()
    };
    Recipients::new(named("to", to), named("cc", cc))
}

fn made(letter: &Letter, sender: Option<&Sender>, to: &Recipients, bytes: Option<&[u8]>) -> (Words, Message) {
    let words = words(samples::pages(), letter, sender.and_then(|own| own.name.as_deref()), None).unwrap();
    let name = attachment_name(letter);
    let attachment = bytes.map(|bytes| Attachment { name: &name, bytes });
    let made = message(sender, to, &words, attachment, "about").unwrap();
    (words, made)
}

/// The names of the headers of the message itself, in order; a folded line belongs to the one before.
fn headers(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).expect("a message is plain letters");
    let head = text.split("\r\n\r\n").next().unwrap();
    let starts = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    starts.map(|line| line.split(':').next().unwrap().to_string()).collect()
}

fn addresses(list: Option<&Address<'_>>) -> Vec<String> {
    let all = list.into_iter().flat_map(Address::iter);
    all.map(|own| own.address().unwrap().to_string()).collect()
}

#[test]
fn a_message_is_one_to_send_and_says_nothing_else() {
    let own = letter("Harbour Advocacy", "Advocacy", returned("KPIs", 1, 0));
    let sender = Sender { name: Some("Contract officer".into()), email: "contracts@council.example".into() };
    for (from, to, expected) in [
        (None, recipients(0, 0), &["Subject", "Message-ID", "MIME-Version", "X-Unsent", "Content-Type"][..]),
        (
            None,
            recipients(1, 0),
            &["To", "Subject", "Message-ID", "MIME-Version", "X-Unsent", "Content-Type"],
        ),
        (
            Some(&sender),
            recipients(2, 2),
            &["From", "To", "Cc", "Subject", "Message-ID", "MIME-Version", "X-Unsent", "Content-Type"],
        ),
    ] {
        let (words, message) = made(&own, from, &to, Some(b"PK\x03\x04"));
        assert_eq!(headers(&message.bytes), expected);
        let read = MessageParser::default().parse(&message.bytes).unwrap();
        assert_eq!(read.subject(), Some(words.subject.as_str()));
        assert_eq!(read.message_id(), Some(message.message_id.as_str()));
        let domain = if from.is_some() { "@council.example" } else { "@drafts.invalid" };
        assert!(message.message_id.ends_with(domain));
        assert_eq!(read.header_raw("X-Unsent").unwrap().trim(), "1");
        if let Some(from) = from {
            let read = read.from().unwrap().first().unwrap();
            assert_eq!((read.name(), read.address()), (from.name.as_deref(), Some(from.email.as_str())));
        }
    }
}

#[test]
fn the_same_letter_gives_the_same_bytes_and_its_id_follows_what_it_says() {
    let own = letter("Harbour Advocacy", "Advocacy", returned("KPIs", 3, 2));
    let to = recipients(1, 1);
    let first = made(&own, None, &to, Some(b"one")).1;
    assert_eq!(made(&own, None, &to, Some(b"one")).1, first);
    // The copy is dated, so that its bytes differ from day to day; the letter is the same.
    assert_eq!(made(&own, None, &to, Some(b"two")).1.message_id, first.message_id);
    let other = letter("Harbour Advocacy", "Advocacy", returned("KPIs", 2, 2));
    assert_ne!(made(&other, None, &to, Some(b"one")).1.message_id, first.message_id);
    assert_ne!(made(&own, None, &recipients(2, 0), Some(b"one")).1.message_id, first.message_id);
    let about = message(None, &to, &made(&own, None, &to, None).0, None, "another return").unwrap();
    assert_ne!(about.message_id, first.message_id);
}

#[test]
fn an_attachment_has_a_plain_name() {
    let all_of = |provider: &str, form: &str, area: Option<&str>| {
        let mut own = letter(provider, "", Content::DueSoon);
        own.form_title = form.to_string();
        own.area = area.map(ToString::to_string);
        attachment_name(&own)
    };
    for (provider, form, area, name) in [
        ("Harbour Advocacy", "KPI return", None, "Harbour Advocacy - KPI return - 2025-26 Q1.xlsx"),
        (
            "Tŷ Coch – Gofal",
            "KPI return",
            Some("East / West"),
            "Ty Coch - Gofal - KPI return - East - West - 2025-26 Q1.xlsx",
        ),
        ("CON.", "aux", None, "CON - aux - 2025-26 Q1.xlsx"),
        ("..\\..\\x", "a:b", None, "x - a-b - 2025-26 Q1.xlsx"),
        ("Дом", "\r\nBcc: x", None, "Bcc- x - 2025-26 Q1.xlsx"),
        ("", "", None, "2025-26 Q1.xlsx"),
        (
            "Children and Young People's Services of the Northern Coast",
            "KPI return",
            None,
            "Children and Young Peoples - KPI return - 2025-26 Q1.xlsx",
        ),
        (
            "Children and Young People's Services of the Northern Coast",
            "Quarterly performance return of supported accommodation",
            Some("Cheshire West and Chester"),
            "Children and - Quarterly - Cheshire West - 2025-26 Q1.xlsx",
        ),
        (
            "Harbour",
            "Quarterly performance return of supported accommodation",
            None,
            "Harbour - Quarterly performance return of - 2025-26 Q1.xlsx",
        ),
    ] {
        assert_eq!(all_of(provider, form, area), name);
    }
}

#[test]
fn an_address_is_one_that_every_server_takes() {
    for (text, good) in [
        ("kpi@harbour.example", true),
        ("o'neil@harbour.example", true),
        ("hä@harbour.example", false),
        ("kpi@härbour.example", false),
        ("kpi", false),
        ("a@b.example\r\nBcc: c@d.example", false),
        ("", false),
    ] {
        assert_eq!(is_address(text), good, "{text}");
        let to = Recipients::new([text.to_string()], []);
        let own = letter("Harbour", "Advocacy", Content::DueSoon);
        let words = words(samples::pages(), &own, None, None).unwrap();
        assert_eq!(message(None, &to, &words, None, "").is_ok(), good, "{text}");
    }
}

#[test]
fn the_text_says_where_everything_is_and_what_to_put_right() {
    let own = letter("Harbour", "Advocacy", returned("KPIs", 1, 0));
    let words = words(samples::pages(), &own, None, None).unwrap();
    let notes = ["This attachment holds 3 lines on single people; send it with care.".to_string()];
    let text = |recipients: &Recipients, notes: &[String]| {
        let attachment = Some(("../returned/Q1.xlsx", "Harbour.xlsx"));
        draft_text(
            samples::pages(),
            &words,
            &DraftText { message: "query.eml", recipients, attachment, notes },
        )
        .unwrap()
    };
    let full = text(&recipients(2, 1), &notes);
    for line in [
        "To:      to0@harbour.example; to1@harbour.example\r\n",
        "Cc:      cc0@harbour.example\r\n",
        "Attach:  ../returned/Q1.xlsx\r\n",
        "Note: This attachment holds 3 lines",
        &format!("Subject: {}\r\n", words.subject),
        "Dear colleague,\r\n",
    ] {
        assert!(full.contains(line), "{line}\n{full}");
    }
    assert!(!words.body.contains("single people"));
    let none = text(&recipients(0, 0), &[]);
    assert!(
        none.contains("To:      (no address)\r\n") && !none.contains("Cc:") && !none.contains("Note:"),
        "{none}"
    );
    assert!(none.replace("\r\n", "").find(['\r', '\n']).is_none());
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\r\n\t ]{0,3}(Bcc|To|Subject|X-Evil): [a-z@.]{0,9}[\r\n]{0,4}[a-z]{0,5}",
        "(=\\?utf-8\\?[bq]\\?[A-Za-z=_0-9]{0,9}\\?=[ \r\n]{0,2}){1,3}",
        "[\"<>@;,:()\\\\=?. é–]{0,40}",
        "[a-z]{200,1200}",
        "\\{\\{ [a-z]{1,5} \\}\\}|\\{% [a-z]{1,5} %\\}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]
    #[test]
    fn whatever_a_provider_writes_stays_in_the_text_and_comes_back(
        provider in any_text(), text in any_text(), kind in 0usize..4, queries in 0usize..4,
        to in 0usize..3, cc in 0usize..3, named in any_text(),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let content = match kind {
            0 => returned(&text, queries, queries),
            1 => returned(&text, 0, 0),
            2 => Content::DueSoon,
            _ => overdue(&text),
        };
        let own = letter(&provider, &text, content);
        let sender = Sender { name: Some(named), email: "contracts@council.example".to_string() };
        let recipients = recipients(to, cc);
        let (words, message) = made(&own, Some(&sender), &recipients, Some(&bytes));
        prop_assert!(!words.subject.chars().any(char::is_control));
        let known = ["From", "To", "Cc", "Subject", "Message-ID", "MIME-Version", "X-Unsent", "Content-Type"];
        let found = headers(&message.bytes);
        let expected: Vec<&str> = known
            .into_iter()
            .filter(|name| (*name != "To" || to > 0) && (*name != "Cc" || cc > 0))
            .collect();
        prop_assert_eq!(found, expected);
        let whole = String::from_utf8(message.bytes.clone()).unwrap();
        prop_assert!(!whole.replace("\r\n", "").contains(['\r', '\n']));
        prop_assert!(whole.split("\r\n").all(|line| line.len() <= 998));
        let read = MessageParser::default().parse(&message.bytes).unwrap();
        prop_assert_eq!(addresses(read.to()), recipients.to);
        prop_assert_eq!(addresses(read.cc()), recipients.cc);
        prop_assert_eq!(addresses(read.from()), vec!["contracts@council.example".to_string()]);
        prop_assert!(read.bcc().is_none());
        prop_assert_eq!(read.attachment_count(), 1);
        let attached = read.attachment(0).unwrap();
        prop_assert_eq!(attached.contents(), &bytes[..]);
        // In one piece, for programs that do not put pieces together.
        prop_assert!(!whole.contains("filename*"));
        let name = attached.attachment_name().unwrap();
        prop_assert_eq!(name, attachment_name(&own));
        prop_assert!(name.is_ascii() && name.len() <= 60 && !name.contains(['<', '>', ':', '"', '/', '\\', '|', '?', '*']));
        let body = read.body_text(0).unwrap().replace("\r\n", "\n");
        prop_assert_eq!(body.trim_end(), words.body.as_str());
    }
}

#[test]
fn a_councils_own_wording_is_held_to_the_same() {
    let subject = |text: &str| {
        let own = vec![("mail/reminder.txt", text.to_string())];
        let pages = samples::own_pages(Look::default(), &[], own).unwrap();
        let letter = letter("Smith & Sons <b>", "Advocacy", Content::DueSoon);
        words(&pages, &letter, None, None).map(|words| words.subject).map_err(|error| format!("{error:#}"))
    };
    assert_eq!(
        subject("Subject: Soon due, {{ provider }}\nHello."),
        Ok("Soon due, Smith & Sons <b>".to_string())
    );
    for (text, fault) in [
        ("Soon due\nHello.", "mail/reminder.txt has to begin with a line such as “Subject:"),
        ("Subject: Soon due\n", "without a subject or without a text"),
        ("Subject: {{ provder }}\nHello.", "no variable `provder`"),
        ("Subject: Due\n{% if timing %}{{ provder }}{% endif %}", "no variable `provder`"),
    ] {
        let error = subject(text).unwrap_err();
        assert!(error.contains(fault), "{text}\n{error}");
    }
}
