//! Tables and properties of the calendar: what the standard asks of every line, and identities that outlive a change of day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use proptest::prelude::*;

use super::*;
use crate::output::example;
use crate::review::{ProviderReview, Results};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn due(date: &str, period: &str, whose: Whose, done: Option<&str>) -> CalendarDate {
    CalendarDate {
        date: day(date),
        kind: DateKind::ReturnDue,
        subject: vec!["quarterly".to_string(), period.to_string(), "quarterly".to_string(), String::new()],
        whose,
        what: format!("Quarterly return for {period} due"),
        clause: "2.5".to_string(),
        done: done.map(ToString::to_string),
    }
}

/// Results of providers under one contract with these dates.
fn results(as_of: &str, providers: &[(&str, Vec<CalendarDate>)]) -> Results {
    let mut results = example::results();
    let review = results.reviews.remove(0);
    results.as_of = day(as_of);
    results.reviews = providers
        .iter()
        .map(|(provider, calendar)| ProviderReview {
            provider: (*provider).to_string(),
            calendar: calendar.clone(),
            ..review.clone()
        })
        .collect();
    results
}

/// The entries of a calendar: its content lines unfolded, each entry by property with its parameters.
fn read(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(
        text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") && text.ends_with("END:VCALENDAR\r\n")
    );
    for line in text.split_inclusive("\r\n") {
        let line = line.strip_suffix("\r\n").expect("every line ends with carriage return and line feed");
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']) && !line.chars().any(char::is_control), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    let mut entries: Vec<BTreeMap<String, String>> = Vec::new();
    let mut inside = false;
    for line in unfolded.lines() {
        let (name, value) = line.split_once(':').unwrap();
        match (name, value) {
            ("BEGIN", "VEVENT") => {
                assert!(!inside);
                inside = true;
                entries.push(BTreeMap::new());
            }
            ("END", "VEVENT") => inside = false,
            _ if inside => {
                let last = entries.last_mut().unwrap();
                assert!(last.insert(name.to_string(), value.to_string()).is_none(), "{name} twice");
            }
            _ => {}
        }
    }
    entries
}

/// What a text stands for: the escapes of the standard, and no character that would have to be escaped.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars();
    while let Some(own) = characters.next() {
        match own {
            '\\' => match characters.next() {
                Some('n') => plain.push('\n'),
                Some(own @ (',' | ';' | '\\')) => plain.push(own),
                other => panic!("\\{other:?} is no escape"),
            },
            ',' | ';' => panic!("{own} is not escaped in {text}"),
            own => plain.push(own),
        }
    }
    plain
}

fn entries_of(results: &Results) -> Vec<BTreeMap<String, String>> {
    read(&calendar_ics(&Portfolio::of(results), None).unwrap())
}

fn by_day(results: &Results) -> Vec<(String, String)> {
    let entry =
        |own: &BTreeMap<String, String>| (own["DTSTART;VALUE=DATE"].clone(), unescaped(&own["SUMMARY"]));
    entries_of(results).iter().map(entry).collect()
}

#[test]
fn an_entry_is_a_whole_day_with_all_the_standard_asks() {
    let results =
        results("2026-01-20", &[("Harbour, Ltd; A\\B", vec![due("2026-02-28", "Q1", Whose::Common, None)])]);
    let entries = entries_of(&results);
    assert_eq!(entries.len(), 1);
    for (name, value) in [
        ("DTSTART;VALUE=DATE", "20260228"),
        ("DTEND;VALUE=DATE", "20260301"),
        ("DTSTAMP", "20260120T000000Z"),
        ("LAST-MODIFIED", "20260120T000000Z"),
        ("SEQUENCE", "2211"),
        ("TRANSP", "TRANSPARENT"),
        ("CATEGORIES", "Returns"),
        ("SUMMARY", "Harbour\\, Ltd\\; A\\\\B: Quarterly return for Q1 due"),
    ] {
        assert_eq!(entries[0][name], value, "{name}");
    }
    assert!(entries[0]["UID"].starts_with("return-due-") && entries[0]["UID"].ends_with("@quarterday"));
    let told = unescaped(&entries[0]["DESCRIPTION"]);
    assert!(told.contains("\nClause 2.5\n") && told.ends_with("As of 20 January 2026"), "{told}");
}

#[test]
fn a_calendar_without_dates_is_none() {
    assert_eq!(calendar_ics(&Portfolio::of(&results("2026-01-20", &[("A", Vec::new())])), None), None);
    let one = results("2026-01-20", &[("A", vec![due("2026-02-14", "Q1", Whose::Common, None)])]);
    assert_eq!(calendar_ics(&Portfolio::of(&one), Some("another")), None);
    let contract = one.reviews[0].contract.clone();
    assert_eq!(read(&calendar_ics(&Portfolio::of(&one), Some(&contract)).unwrap()).len(), 1);
}

#[test]
fn a_title_says_what_became_of_it() {
    for (as_of, done, title) in [
        ("2026-02-13", None, "A: Quarterly return for Q1 due"),
        ("2026-02-14", None, "A: Quarterly return for Q1 due"),
        ("2026-02-15", None, "A: Quarterly return for Q1 due – overdue"),
        (
            "2026-02-15",
            Some("received on 1 February 2026"),
            "A: Quarterly return for Q1 due – received on 1 February 2026",
        ),
    ] {
        let own = results(as_of, &[("A", vec![due("2026-02-14", "Q1", Whose::Common, done)])]);
        assert_eq!(by_day(&own), [("20260214".to_string(), title.to_string())], "{as_of}");
    }
}

#[test]
fn many_providers_share_one_entry_that_counts_them() {
    let of = |open: usize, all: usize, as_of: &str| {
        let names: Vec<String> = (0..all).map(|number| format!("Provider {number}")).collect();
        let date =
            |number: usize| due("2026-02-14", "Q1", Whose::Common, (number >= open).then_some("received"));
        let providers: Vec<(&str, Vec<CalendarDate>)> =
            names.iter().enumerate().map(|(number, name)| (name.as_str(), vec![date(number)])).collect();
        let titles = by_day(&results(as_of, &providers));
        assert_eq!(titles.len(), 1);
        titles[0].1.clone()
    };
    let what = "Quarterly return for Q1 due";
    for (open, all, as_of, title) in [
        (3, 3, "2026-02-14", format!("Provider 0, Provider 1, Provider 2: {what}")),
        (0, 3, "2026-02-14", format!("Provider 0, Provider 1, Provider 2: {what} – all in")),
        (4, 4, "2026-02-14", format!("{what}: 4 providers")),
        (1, 4, "2026-02-14", format!("{what}: 1 of 4 to come")),
        (1, 4, "2026-02-15", format!("{what}: 1 of 4 overdue")),
        (0, 4, "2026-02-15", format!("{what}: all 4 in")),
    ] {
        assert_eq!(of(open, all, as_of), title);
    }
}

#[test]
fn an_extension_moves_the_entry_of_an_only_provider() {
    let uid = |as_of: &str, date: &str, whose| {
        let entries = entries_of(&results(as_of, &[("A", vec![due(date, "Q1", whose, None)])]));
        assert_eq!(entries.len(), 1);
        (entries[0]["UID"].clone(), entries[0]["SEQUENCE"].parse::<u32>().unwrap())
    };
    let before = uid("2026-02-01", "2026-02-14", Whose::Common);
    let after = uid("2026-02-10", "2026-02-28", Whose::Moved);
    assert_eq!(before.0, after.0);
    assert!(before.1 < after.1, "what is imported later goes before what was");
}

#[test]
fn of_many_providers_the_one_put_off_gets_an_entry_of_its_own() {
    let common = || due("2026-02-14", "Q1", Whose::Common, None);
    let before =
        results("2026-02-01", &[("A", vec![common()]), ("B", vec![common()]), ("C", vec![common()])]);
    let moved = due("2026-02-28", "Q1", Whose::Moved, None);
    let after = results("2026-02-10", &[("A", vec![common()]), ("B", vec![moved]), ("C", vec![common()])]);
    assert_eq!(
        by_day(&before),
        [("20260214".to_string(), "A, B, C: Quarterly return for Q1 due".to_string())]
    );
    assert_eq!(
        by_day(&after),
        [
            ("20260214".to_string(), "A, C: Quarterly return for Q1 due".to_string()),
            ("20260228".to_string(), "B: Quarterly return for Q1 due".to_string()),
        ]
    );
    assert_eq!(entries_of(&before)[0]["UID"], entries_of(&after)[0]["UID"]);
}

#[test]
fn parts_of_a_subject_do_not_run_together() {
    let with = |subject: [&str; 2]| {
        let date = CalendarDate {
            subject: subject.map(ToString::to_string).to_vec(),
            ..due("2026-02-14", "Q1", Whose::Own, None)
        };
        entries_of(&results("2026-02-01", &[("A", vec![date])]))[0]["UID"].clone()
    };
    assert_ne!(with(["ab", "c"]), with(["a", "bc"]));
    assert_ne!(with(["", "a"]), with(["a", ""]));
}

proptest! {
    #[test]
    fn any_text_makes_a_calendar_that_reads_back(
        provider in "\\PC{1,80}", what in "(?s).{0,200}", clause in "\\PC{0,20}", after in 0u32..40
    ) {
        let as_of = day("2026-01-20") + Months::new(after);
        let date = CalendarDate { what: what.clone(), clause, ..due("2026-02-14", "Q1", Whose::Own, None) };
        let mut own = results("2026-01-20", &[(&provider, vec![date])]);
        own.as_of = as_of;
        let entries = entries_of(&own);
        prop_assert_eq!(entries.len(), 1);
        let title = unescaped(&entries[0]["SUMMARY"]);
        let expected = format!("{}: {}", plain(&provider), plain(&what));
        prop_assert!(title.starts_with(&expected), "{} {}", title, expected);
        unescaped(&entries[0]["DESCRIPTION"]);
    }

    #[test]
    fn an_identity_outlives_as_of_date_day_and_words(days in 0i64..400, words in "\\PC{0,40}", done in any::<bool>()) {
        let first = due("2026-02-14", "Q1", Whose::Common, None);
        let later = CalendarDate {
            date: first.date + chrono::Duration::days(days),
            what: words,
            whose: Whose::Moved,
            done: done.then(|| "received".to_string()),
            ..first.clone()
        };
        let other = due("2026-05-14", "Q2", Whose::Common, None);
        let uids = |as_of: &str, dates: Vec<CalendarDate>| -> BTreeSet<String> {
            entries_of(&results(as_of, &[("A", dates)])).iter().map(|own| own["UID"].clone()).collect()
        };
        let before = uids("2026-01-20", vec![first, other.clone()]);
        prop_assert_eq!(before.len(), 2);
        prop_assert_eq!(before, uids("2026-09-20", vec![later, other]));
    }
}
