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
