//! Notifications and when they were due at the latest (6.1, 6.2 of the schedule).

use crate::forms::CONTRACT;
use crate::support::book::Cell;
use crate::support::day;
use crate::support::workspace::Workspace;

const OWNERSHIP: &str = "Change of ownership";
const LEAD: &str = "Change of safeguarding lead";
const SAFEGUARDING: &str = "Safeguarding issue";
const CLOSING: &str = "Intention to close";

/// Kind, event, notified on (blank: never); the quarter it is late in, if it is, and the latest date as people write it.
type Row = (&'static str, &'static str, &'static str, Option<&'static str>, &'static str);

fn check(rows: &[Row], as_of: &str) {
    let mut workspace = Workspace::default();
    for (number, (kind, event, notified, ..)) in rows.iter().enumerate() {
        let provider = format!("Provider {number:02}");
        workspace.provider(CONTRACT, &provider, "2025-04-01");
        let notified = if notified.is_empty() { Cell::from("") } else { day(notified).into() };
        workspace.record(
            "Notifications",
            [
                ("Provider", provider.as_str().into()),
                ("Service", "Quay House".into()),
                ("Kind", (*kind).into()),
                ("Event date", day(event).into()),
                ("Notified on", notified),
            ],
        );
    }
    let told = workspace.told(as_of);
    for (number, (kind, event, notified, late, latest)) in rows.iter().enumerate() {
        let review = told.of(&format!("Provider {number:02}"));
        let expected: Vec<String> = late.iter().map(|quarter| format!("{quarter} triggered")).collect();
        let what = format!("{kind} of {event} notified on “{notified}” as of {as_of}");
        assert_eq!(review.met("notified-late"), expected, "{what}");
        for own in review.escalated("notified-late") {
            assert!(own.clause.contains("6.2") || own.clause.contains("6.1"), "{what}: {}", own.clause);
            assert!(own.evidence.contains(latest), "{what}: {}", own.evidence);
        }
    }
}

#[test]
fn changes_in_advance_or_within_five_working_days() {
    let mut rows: Vec<Row> = Vec::new();
    for kind in [OWNERSHIP, LEAD] {
        rows.extend([
            // Thursday 18 December: Christmas and Boxing Day do not count.
            (kind, "2025-12-18", "2025-12-29", None, ""),
            (kind, "2025-12-18", "2025-12-30", Some("2025-26 Q3"), "29 December 2025"),
            (kind, "2025-12-18", "2025-12-18", None, ""),
            (kind, "2025-12-18", "2025-10-01", None, ""),
            // A week without a holiday; over the bank holiday of August.
            (kind, "2025-07-18", "2025-07-25", None, ""),
            (kind, "2025-07-18", "2025-07-26", Some("2025-26 Q2"), "25 July 2025"),
            (kind, "2025-08-20", "2025-08-28", None, ""),
            (kind, "2025-08-20", "2025-08-29", Some("2025-26 Q2"), "28 August 2025"),
        ]);
    }
    check(&rows, "2026-02-10");
}

#[test]
fn a_safeguarding_issue_within_one_working_day() {
    check(
        &[
            (SAFEGUARDING, "2025-07-02", "2025-07-03", None, ""),
            (SAFEGUARDING, "2025-07-02", "2025-07-04", Some("2025-26 Q2"), "3 July 2025"),
            (SAFEGUARDING, "2025-07-02", "2025-07-02", None, ""),
            // Over a weekend, and over Christmas.
            (SAFEGUARDING, "2025-07-04", "2025-07-07", None, ""),
            (SAFEGUARDING, "2025-07-04", "2025-07-08", Some("2025-26 Q2"), "7 July 2025"),
            (SAFEGUARDING, "2025-12-24", "2025-12-29", None, ""),
            (SAFEGUARDING, "2025-12-24", "2025-12-30", Some("2025-26 Q3"), "29 December 2025"),
        ],
        "2026-02-10",
    );
}

#[test]
fn an_intention_to_close_thirty_working_days_before_the_closing() {
    check(
        &[
            // Before Tuesday 30 September the first working day is Monday the 29th, the thirtieth Monday 18 August: the bank
            // holiday of 25 August does not count.
            (CLOSING, "2025-09-30", "2025-08-18", None, ""),
            (CLOSING, "2025-09-30", "2025-08-19", Some("2025-26 Q2"), "18 August 2025"),
            (CLOSING, "2025-09-30", "2025-07-01", None, ""),
            // Thirty days by the calendar are not enough.
            (CLOSING, "2025-09-30", "2025-08-30", Some("2025-26 Q2"), "18 August 2025"),
            (CLOSING, "2025-09-30", "2025-09-30", Some("2025-26 Q2"), "18 August 2025"),
        ],
        "2026-02-10",
    );
}

#[test]
fn not_notified_is_late_from_the_day_after_the_latest_date() {
    let never = |late| -> [Row; 2] {
        [
            (OWNERSHIP, "2025-12-18", "", late, "29 December 2025"),
            (LEAD, "2025-12-18", "", late, "29 December 2025"),
        ]
    };
    check(&never(None), "2025-12-29");
    check(&never(Some("2025-26 Q3")), "2025-12-30");
    check(&[(SAFEGUARDING, "2025-07-04", "", None, "")], "2025-07-07");
    check(&[(SAFEGUARDING, "2025-07-04", "", Some("2025-26 Q2"), "7 July 2025")], "2025-07-08");
    check(&[(CLOSING, "2025-09-30", "", None, "")], "2025-08-18");
    check(&[(CLOSING, "2025-09-30", "", Some("2025-26 Q2"), "18 August 2025")], "2025-08-19");
}

#[test]
fn late_in_the_quarter_of_the_day_notified_or_of_the_day_after_the_last_allowed() {
    check(
        &[
            // The event in one quarter, the late word in the next.
            (OWNERSHIP, "2025-12-18", "2026-01-05", Some("2025-26 Q4"), "29 December 2025"),
            (SAFEGUARDING, "2025-06-27", "2025-07-01", Some("2025-26 Q2"), "30 June 2025"),
            (SAFEGUARDING, "2025-06-26", "2025-06-30", Some("2025-26 Q1"), "27 June 2025"),
            // Never notified: the day after the last one allowed, which may open a quarter.
            (SAFEGUARDING, "2025-06-27", "", Some("2025-26 Q2"), "30 June 2025"),
            (SAFEGUARDING, "2025-06-26", "", Some("2025-26 Q1"), "27 June 2025"),
            (LEAD, "2025-09-23", "", Some("2025-26 Q3"), "30 September 2025"),
            (LEAD, "2025-09-22", "", Some("2025-26 Q2"), "29 September 2025"),
            // A closing in one quarter of which word was due in the one before.
            (CLOSING, "2025-10-31", "", Some("2025-26 Q2"), "19 September 2025"),
            (CLOSING, "2025-10-31", "2025-10-01", Some("2025-26 Q3"), "19 September 2025"),
        ],
        "2026-02-10",
    );
}

#[test]
fn over_the_end_of_february_and_the_bank_holidays_of_may() {
    check(
        &[
            // Thursday 26 February 2026: the fifth working day is Thursday 5 March.
            (OWNERSHIP, "2026-02-26", "2026-03-05", None, ""),
            (OWNERSHIP, "2026-02-26", "2026-03-06", Some("2025-26 Q4"), "5 March 2026"),
            // Good Friday 3 April and Easter Monday 6 April.
            (SAFEGUARDING, "2026-04-02", "2026-04-07", None, ""),
            (SAFEGUARDING, "2026-04-02", "2026-04-08", Some("2026-27 Q1"), "7 April 2026"),
            // Before Friday 5 June 2026, with two bank holidays in May, the thirtieth working day is Wednesday 22 April.
            (CLOSING, "2026-06-05", "2026-04-22", None, ""),
            (CLOSING, "2026-06-05", "2026-04-23", Some("2026-27 Q1"), "22 April 2026"),
        ],
        "2026-07-10",
    );
}
