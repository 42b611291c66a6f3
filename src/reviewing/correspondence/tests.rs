//! Which letters there are, around every edge, and what they say.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::assess::records::Extension;
use crate::assess::submissions::ReceivedReturn;
use crate::calendar::bank_holidays::BankHolidays;
use crate::domain::draft::DraftKind;
use crate::domain::finding::FindingKind;
use crate::domain::finding::Severity;
use crate::domain::finding_kinds::{self, REQUIRED_FIGURE_MISSING, TOTAL_MISMATCH};
use crate::domain::period::{Frequency, Period};
use crate::domain::place::{CellAddress, CellRef};
use crate::review::ProviderReview;
use crate::reviewing::fixture::{Return, World, day};

/// The quarters from April 2020 on; the first is due on Wednesday 15 July, the third on Friday 15 January.
const QUARTERS: [&str; 5] = ["2020-04-01", "2020-07-01", "2020-10-01", "2021-01-01", "2021-04-01"];

fn days() -> WorkingDays {
    WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap())
}

fn of(world: &World, review: &ProviderReview, remind_days: u32, last: Option<&str>) -> Vec<Letter> {
    let contract = &world.contract;
    let last = last.map(day).or(world.records.end);
    let own = Correspondent::of(review, &contract.councils, contract.review_every, world.as_of, last);
    letters(&own, remind_days, &days())
}

/// `chaser 2020-21 Q1, reminder 2020-21 Q2`.
fn named(letters: &[Letter]) -> String {
    let named = |letter: &Letter| format!("{} {}", letter.kind().id(), letter.period.label());
    letters.iter().map(named).collect::<Vec<_>>().join(", ")
}

/// With the returns of these quarters in.
fn world(as_of: &str, returned: &[&str]) -> World {
    let mut world = World::new("2020-04-01", as_of);
    world.returns = returned.iter().map(|first| Return::of(first).received()).collect();
    world
}

fn asked(mut own: ReceivedReturn, kind: &'static FindingKind, row: u32) -> ReceivedReturn {
    let place =
        CellRef { file: own.file.as_str().into(), sheet: "KPIs".into(), cell: CellAddress::new(row, 3) };
    Arc::make_mut(&mut own.mapped).findings.push(Finding::at(kind, &place, format!("Row {row}\nis odd.")));
    own
}

#[test]
fn a_return_that_did_not_come_is_asked_for_around_its_due_date() {
    for (as_of, remind_days, letters) in [
        ("2020-07-07", 7, ""),
        ("2020-07-08", 7, "reminder 2020-21 Q1"),
        ("2020-07-15", 7, "reminder 2020-21 Q1"),
        ("2020-07-16", 7, "chaser 2020-21 Q1"),
        ("2020-07-14", 0, ""),
        ("2020-07-15", 0, ""),
        ("2020-07-16", 0, "chaser 2020-21 Q1"),
        ("2020-07-13", 1, ""),
        ("2020-07-14", 1, "reminder 2020-21 Q1"),
        ("2020-10-10", 7, "chaser 2020-21 Q1, reminder 2020-21 Q2"),
        ("2020-10-16", 7, "chaser 2020-21 Q1, chaser 2020-21 Q2"),
        // Of three that are missing the oldest is left to the meeting.
        ("2021-01-16", 7, "chaser 2020-21 Q2, chaser 2020-21 Q3"),
    ] {
        let world = world(as_of, &[]);
        assert_eq!(named(&of(&world, &world.review(), remind_days, None)), letters, "{as_of} {remind_days}");
    }
}

#[test]
fn nothing_is_asked_for_after_a_year_or_beyond_the_end() {
    for (as_of, end, last, letters) in [
        ("2021-07-16", Some("2020-06-30"), None, "chaser 2020-21 Q1"),
        ("2021-07-17", Some("2020-06-30"), None, ""),
        ("2020-10-20", None, Some("2020-03-31"), ""),
        ("2020-10-20", None, Some("2020-06-30"), "chaser 2020-21 Q1"),
        ("2020-10-20", None, Some("2020-07-01"), "chaser 2020-21 Q1, chaser 2020-21 Q2"),
        ("2020-10-10", None, Some("2020-06-30"), "chaser 2020-21 Q1"),
    ] {
        let mut world = world(as_of, &[]);
        world.records.end = end.map(day);
        assert_eq!(named(&of(&world, &world.review(), 7, last)), letters, "{as_of} {end:?} {last:?}");
    }
}

#[test]
fn an_extension_moves_both() {
    for (as_of, letters) in [
        ("2020-07-16", "reminder 2020-21 Q1"),
        ("2020-07-22", "reminder 2020-21 Q1"),
        ("2020-07-23", "chaser 2020-21 Q1"),
    ] {
        let mut world = world(as_of, &[]);
        let period = Period::containing(day("2020-04-01"), Frequency::Quarter, 4);
        let reason = "Office closed".to_string();
        world.records.extensions.push(Extension {
            form: "quarterly".into(),
            period,
            due: day("2020-07-22"),
            reason,
        });
        let own = of(&world, &world.review(), 7, None);
        assert_eq!(named(&own), letters, "{as_of}");
        assert_eq!(
            own[0].due_note.as_deref(),
            Some("Extended from 15 July 2020 to 22 July 2020: Office closed")
        );
        assert_eq!(own[0].due, day("2020-07-22"));
    }
}

#[test]
fn days_overdue_are_counted_both_ways() {
    for (as_of, whole, working) in
        [("2021-01-16", 1, 0), ("2021-01-17", 2, 0), ("2021-01-18", 3, 1), ("2021-01-22", 7, 5)]
    {
        let world = world(as_of, &["2020-04-01", "2020-07-01"]);
        let own = of(&world, &world.review(), 7, None);
        let Content::Overdue(overdue) = &own.last().unwrap().content else { panic!("{own:?}") };
        assert_eq!((overdue.days, overdue.working_days), (whole, working), "{as_of}");
    }
}

#[test]
fn what_came_in_is_written_about_for_two_review_periods() {
    for (as_of, returned, letters) in [
        ("2020-07-10", &QUARTERS[..1], "thanks 2020-21 Q1"),
        ("2021-04-10", &QUARTERS[..4], "thanks 2020-21 Q3, thanks 2020-21 Q4"),
        (
            "2021-04-20",
            &["2020-04-01", "2020-07-01", "2021-01-01"],
            "thanks 2020-21 Q2, thanks 2020-21 Q4, chaser 2020-21 Q3",
        ),
        (
            "2021-04-20",
            &["2020-04-01", "2021-01-01"],
            "thanks 2020-21 Q1, thanks 2020-21 Q4, chaser 2020-21 Q3",
        ),
        ("2021-07-20", &["2020-04-01"], "thanks 2020-21 Q1, chaser 2020-21 Q4, chaser 2021-22 Q1"),
    ] {
        let world = world(as_of, returned);
        assert_eq!(named(&of(&world, &world.review(), 7, None)), letters, "{as_of}");
    }
}

#[test]
fn what_is_asked_makes_a_query_and_what_is_merely_said_does_not() {
    let info = finding_kinds::ALL.iter().copied().find(|kind| kind.severity == Severity::Info).unwrap();
    for (kind, expected) in [
        (None, DraftKind::Thanks),
        (Some(info), DraftKind::Thanks),
        (Some(&TOTAL_MISMATCH), DraftKind::Query),
        (Some(&REQUIRED_FIGURE_MISSING), DraftKind::Query),
    ] {
        let mut world = world("2020-07-10", &QUARTERS[..1]);
        if let Some(kind) = kind {
            world.returns = world.returns.into_iter().map(|own| asked(own, kind, 7)).collect();
        }
        let own = of(&world, &world.review(), 7, None);
        assert_eq!(own.iter().map(Letter::kind).collect::<Vec<_>>(), [expected], "{kind:?}");
    }
}

#[test]
fn a_return_of_which_nothing_can_be_used_is_asked_for_again_and_not_chased() {
    for as_of in ["2020-07-10", "2020-07-15", "2020-07-20"] {
        let mut world = world(as_of, &QUARTERS[..1]);
        Arc::make_mut(&mut world.returns[0].mapped).usable = false;
        let own = of(&world, &world.review(), 7, None);
        assert_eq!(named(&own), "query 2020-21 Q1", "{as_of}");
        let Content::Returned(returned) = &own[0].content else { panic!("{own:?}") };
        assert_eq!((returned.usable, returned.in_time), (false, None));
    }
}

#[test]
fn queries_have_the_numbers_of_the_sheet_and_a_long_list_is_cut() {
    for (number, listed, further) in [(1, 1, 0), (12, 12, 0), (13, 12, 1), (18, 12, 6)] {
        let mut world = world("2020-07-10", &QUARTERS[..1]);
        let info = finding_kinds::ALL.iter().copied().find(|kind| kind.severity == Severity::Info).unwrap();
        let mut own = asked(world.returns.remove(0), info, 1);
        own = (2..number + 2).fold(own, |own, row| asked(own, &TOTAL_MISMATCH, row));
        world.returns = vec![own];
        let review = world.review();
        let letters = of(&world, &review, 7, None);
        let Content::Returned(returned) = &letters[0].content else { panic!("{letters:?}") };
        assert_eq!((returned.queries.len(), returned.further), (listed, further));
        let submission = &review.packs[0].submissions[0];
        let sheet = in_order_of_asking(submission.goes_back().unwrap().findings_told());
        for query in &returned.queries {
            let on_sheet = sheet[query.number - 1];
            assert_eq!(query.cell, on_sheet.cell.map(|cell| cell.to_string()));
            assert_eq!(query.sheet.as_deref(), Some("KPIs"));
            assert!(!query.found.contains('\n') && query.found.ends_with("is odd."));
        }
    }
}

#[test]
fn whether_it_came_in_time_is_said_where_it_is_known() {
    for (received, by, in_time, on) in [
        ("2020-07-15", ReceivedBy::Register, Some(true), true),
        ("2020-07-16", ReceivedBy::Register, Some(false), true),
        ("2020-07-15", ReceivedBy::FirstSeen, Some(true), false),
        ("2020-07-16", ReceivedBy::FirstSeen, None, false),
    ] {
        let mut world = world("2020-07-20", &QUARTERS[..1]);
        world.returns[0].received = day(received);
        world.returns[0].received_by = by;
        let own = of(&world, &world.review(), 7, None);
        let Content::Returned(returned) = &own[0].content else { panic!("{own:?}") };
        assert_eq!(
            (returned.in_time, returned.received),
            (in_time, on.then(|| day(received))),
            "{received} {by:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_return_has_one_letter_and_none_is_asked_for_that_came(
        after in 0u64..500, remind_days in 0u32..40, which in 0u8..32,
    ) {
        let as_of = day("2020-04-01") + chrono::Days::new(after);
        let returned: Vec<&str> = QUARTERS
            .iter()
            .enumerate()
            .filter(|(index, first)| which & (1 << index) != 0 && day(first) + chrono::Days::new(92) <= as_of)
            .map(|(_, first)| *first)
            .collect();
        let world = world(&as_of.to_string(), &returned);
        let review = world.review();
        let letters = of(&world, &review, remind_days, None);
        let mut periods: Vec<_> = letters.iter().map(|letter| letter.period).collect();
        periods.sort();
        periods.dedup();
        prop_assert_eq!(periods.len(), letters.len());
        for letter in &letters {
            let came = returned.iter().any(|first| day(first) == letter.period.from);
            match letter.kind() {
                DraftKind::Thanks | DraftKind::Query => prop_assert!(came),
                DraftKind::Reminder => {
                    let left = (letter.due - as_of).num_days();
                    prop_assert!(!came && (0..=i64::from(remind_days)).contains(&left) && remind_days > 0);
                }
                DraftKind::Chaser => prop_assert!(!came && letter.due < as_of),
            }
        }
        let number = |kind: DraftKind| letters.iter().filter(|letter| letter.kind() == kind).count();
        prop_assert!(number(DraftKind::Chaser) <= CHASED);
        prop_assert_eq!(number(DraftKind::Thanks), returned.len().min(2));
    }
}
