//! Escalations that follow from the officer's records: warnings, plans, meetings, termination (2.4).

use crate::forms::{CONTRACT, notice, plan};
use crate::months::send_row;
use crate::support::day;
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Northgate Visiting";
const WARNING: &str = "Formal warning";

/// Good months throughout, so that only the notices speak.
fn good(workspace: &mut Workspace, provider: &str) {
    send_row(workspace, provider, "2025-05-01", "2025-05-01", "GGGGGGGGGGGG");
}

#[test]
fn a_formal_warning_asks_for_a_plan_within_ten_working_days() {
    let rows = [
        ("2025-06-10", "2025-06", "2025-06-24"),
        ("2025-12-18", "2025-12", "2026-01-06"),
        // The day of receipt is not counted, working day or not.
        ("2025-11-01", "2025-11", "2025-11-14"),
    ];
    let mut workspace = Workspace::default();
    for (number, (date, ..)) in rows.iter().enumerate() {
        let provider = format!("Provider {number}");
        good(&mut workspace, &provider);
        notice(&mut workspace, &provider, date, WARNING);
    }
    good(&mut workspace, "Never Warned");
    let told = workspace.told("2026-04-20");
    for (number, (date, month, by)) in rows.iter().enumerate() {
        let review = told.of(&format!("Provider {number}"));
        let own = review.escalated("plan-after-warning");
        assert_eq!(own.len(), 1, "{date}: {own:?}");
        assert_eq!((own[0].period.as_str(), own[0].status.as_str()), (*month, "triggered"));
        assert_eq!(own[0].by, Some(day(by)), "{date}");
        assert!(own[0].clause.contains("6.4"), "{}", own[0].clause);
        let meetings = review.escalated("monthly-meetings");
        assert!(meetings.iter().any(|own| own.period == *month && own.status == "triggered"), "{meetings:?}");
        assert!(meetings.iter().all(|own| own.by.is_none() && own.clause.contains("5.5")), "{meetings:?}");
    }
    assert_eq!(told.of("Never Warned").escalations(), []);
}

#[test]
fn the_date_of_the_plan_stands_among_the_dates_until_it_is_past() {
    let mut workspace = Workspace::default();
    good(&mut workspace, PROVIDER);
    notice(&mut workspace, PROVIDER, "2025-12-18", WARNING);
    let listed = |as_of: &str| {
        let told = workspace.told(as_of);
        let dates = told.of(PROVIDER).dates();
        dates.iter().any(|(date, _, clause)| *date == day("2026-01-06") && clause.contains("6.4"))
    };
    assert!(!listed("2025-12-17"), "a warning of tomorrow is not yet there");
    assert!(listed("2025-12-18"));
    assert!(listed("2026-01-06"));
    assert!(!listed("2026-01-07"));
}

#[test]
fn two_formal_warnings_in_the_life_of_the_contract() {
    type Row = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);
    let rows: [Row; 7] = [
        // The third is a notice of its own, in whose month the condition holds again.
        (
            "Three",
            &[("2023-06-10", WARNING), ("2024-06-30", WARNING), ("2025-07-01", WARNING)],
            &["2024-06 triggered", "2025-07 triggered"],
        ),
        ("On One Day", &[("2025-06-10", WARNING), ("2025-06-10", WARNING)], &["2025-06 triggered"]),
        ("One", &[("2024-01-15", WARNING)], &[]),
        ("Years Apart", &[("2023-06-10", WARNING), ("2025-06-30", WARNING)], &["2025-06 triggered"]),
        ("In One Month", &[("2025-06-10", WARNING), ("2025-06-30", WARNING)], &["2025-06 triggered"]),
        ("Other Kinds", &[("2024-06-10", WARNING), ("2025-06-30", "Remediation notice")], &[]),
        ("To Come", &[("2024-06-10", WARNING), ("2025-07-16", WARNING)], &[]),
    ];
    let mut workspace = Workspace::default();
    for (provider, notices, _) in rows {
        workspace.provider(CONTRACT, provider, "2023-04-01");
        for (date, kind) in notices {
            notice(&mut workspace, provider, date, kind);
        }
    }
    let told = workspace.told("2025-07-15");
    for (provider, _, expected) in rows {
        assert_eq!(told.of(provider).met("termination-two-warnings"), expected, "{provider}");
    }
    let own = told.of("Years Apart").escalated("termination-two-warnings");
    assert!(own[0].clause.contains("6.5"), "{}", own[0].clause);
    // Both warnings are named with their dates.
    assert!(own[0].evidence.contains("10 June 2023") && own[0].evidence.contains("30 June 2025"), "{own:?}");
}

#[test]
fn red_in_one_of_the_three_months_after_the_month_of_a_warning() {
    let rows: [(&str, &[&str]); 7] = [
        // June to October 2025; the warning is of 10 June.
        ("RGARG", &["2025-09 triggered"]),
        ("GGGGR", &[]),
        ("RGGGG", &[]),
        ("GRGGG", &["2025-07 triggered"]),
        ("GRGRG", &["2025-07 triggered", "2025-09 triggered"]),
        // The overall rating counts, not one KPI.
        ("Grsqt", &[]),
        ("GAAAA", &[]),
    ];
    let mut workspace = Workspace::default();
    for (letters, _) in rows {
        send_row(&mut workspace, letters, "2025-06-01", "2025-06-01", letters);
        notice(&mut workspace, letters, "2025-06-10", WARNING);
    }
    send_row(&mut workspace, "Without", "2025-06-01", "2025-06-01", "RGARG");
    let told = workspace.told("2026-01-20");
    for (letters, expected) in rows {
        assert_eq!(told.of(letters).met("termination-after-warning"), expected, "{letters}");
        for own in told.of(letters).escalated("termination-after-warning") {
            assert!(own.clause.contains("6.9"), "{}", own.clause);
        }
    }
    assert_eq!(told.of("Without").met("termination-after-warning"), [""; 0]);
}

#[test]
fn a_month_without_a_return_after_a_warning_is_watched() {
    let rows: [(&str, &[&str]); 6] = [
        // June to October 2025; the warning is of 10 June.
        ("G-GGG", &["2025-07 watch"]),
        ("GxGGG", &["2025-07 watch"]),
        ("GG-R-", &["2025-08 watch", "2025-09 triggered"]),
        // The month of the warning and the fourth after it are not looked at.
        ("-GGG-", &[]),
        // Visits are due every month: that none applies is no answer.
        ("GnGGG", &["2025-07 watch"]),
        ("G---G", &["2025-07 watch", "2025-08 watch", "2025-09 watch"]),
    ];
    let mut workspace = Workspace::default();
    for (letters, _) in rows {
        send_row(&mut workspace, letters, "2025-06-01", "2025-06-01", letters);
        notice(&mut workspace, letters, "2025-06-10", WARNING);
    }
    let told = workspace.told("2026-01-20");
    for (letters, expected) in rows {
        assert_eq!(told.of(letters).met("termination-after-warning"), expected, "{letters}");
    }
}

#[test]
fn the_three_months_after_a_warning_of_the_year_end() {
    let mut workspace = Workspace::default();
    // October 2025 to May 2026, the warning on the last day of November: December to February count, over the end of the year.
    for (provider, letters) in [("In February", "GGGGRGGG"), ("In March", "GGGGGRGG")] {
        send_row(&mut workspace, provider, "2025-10-01", "2025-10-01", letters);
        notice(&mut workspace, provider, "2025-11-30", WARNING);
    }
    let told = workspace.told("2026-06-20");
    assert_eq!(told.of("In February").met("termination-after-warning"), ["2026-02 triggered"]);
    assert_eq!(told.of("In March").met("termination-after-warning"), [""; 0]);
}

#[test]
fn two_warnings_whose_months_overlap_are_one_entry_a_month() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, "Twice", "2025-06-01", "2025-06-01", "GGRGGR");
    notice(&mut workspace, "Twice", "2025-06-10", WARNING);
    notice(&mut workspace, "Twice", "2025-07-31", WARNING);
    let told = workspace.told("2026-01-20");
    let own = told.of("Twice").escalated("termination-after-warning");
    assert_eq!(own.iter().map(|own| own.period.as_str()).collect::<Vec<_>>(), ["2025-08"]);
    assert!(own[0].evidence.contains("10 June 2025") && own[0].evidence.contains("31 July 2025"), "{own:?}");
}

/// Months from May; a plan for KPI 2 of 10 July, to be reviewed on 15 September, and what the formal warning is on a day.
fn warned(rows: &[(&str, bool)], as_of: &str) {
    let mut workspace = Workspace::default();
    for (letters, _) in rows {
        send_row(&mut workspace, letters, "2025-05-01", "2025-05-01", letters);
        plan(&mut workspace, letters, "2025-07-10", "2", "2025-09-15");
    }
    let told = workspace.told(as_of);
    for (letters, expected) in rows {
        let own = told.of(letters).escalated("formal-warning");
        let triggered = own.iter().any(|own| own.status == "triggered");
        assert_eq!(triggered, *expected, "{letters} as of {as_of}: {own:?}");
        assert!(own.iter().all(|own| own.clause.contains("6.7")), "{own:?}");
    }
}

#[test]
fn a_formal_warning_when_the_kpi_is_not_better_once_the_plans_review_date_has_passed() {
    warned(
        &[
            // The same, worse; better, better but still amber; another KPI.
            ("aaaaaa", true),
            ("aaarrr", true),
            ("rrrrrr", true),
            ("aaaGGG", false),
            ("rrraaa", false),
            ("aaabbb", false),
        ],
        "2025-11-20",
    );
}

#[test]
fn the_review_date_itself_has_not_passed() {
    for (as_of, expected) in [("2025-09-15", false), ("2025-09-16", true)] {
        warned(&[("aaaaa", expected)], as_of);
    }
}

#[test]
fn a_formal_warning_when_the_officer_records_that_the_contractor_did_not_engage() {
    let mut workspace = Workspace::default();
    good(&mut workspace, PROVIDER);
    notice(&mut workspace, PROVIDER, "2025-08-31", "Plan not engaged");
    good(&mut workspace, "Engaged");
    plan(&mut workspace, "Engaged", "2025-08-31", "2", "2026-12-01");
    let told = workspace.told("2026-04-20");
    assert_eq!(told.of(PROVIDER).state("formal-warning", "2025-08"), "triggered");
    assert_eq!(told.of("Engaged").met("formal-warning"), [""; 0]);
}

#[test]
fn minutes_are_agreed_after_ten_working_days() {
    // Sent; the tenth working day after, as a date and as people write it.
    let rows = [
        ("2025-12-18", "2026-01-06", "6 January 2026"),
        ("2025-12-24", "2026-01-12", "12 January 2026"),
        // Sent on a Saturday: Monday is the first day.
        ("2025-12-13", "2025-12-30", "30 December 2025"),
        // Over the change of the clocks and Easter: Good Friday is 3 April, Easter Monday 6 April.
        ("2026-03-27", "2026-04-14", "14 April 2026"),
        // Over the end of a February.
        ("2026-02-20", "2026-03-06", "6 March 2026"),
    ];
    let mut workspace = Workspace::default();
    for (sent, ..) in rows {
        good(&mut workspace, sent);
        workspace.record(
            "Meetings",
            [
                ("Date", day("2025-12-10").into()),
                ("Provider", sent.into()),
                ("Contract", CONTRACT.into()),
                ("Kind", "Quarterly review".into()),
                ("Attended", "Yes".into()),
                ("Minutes sent", day(sent).into()),
            ],
        );
    }
    let told = workspace.told("2025-12-30");
    for (sent, agreed, written) in rows.into_iter().filter(|(sent, ..)| *sent <= "2025-12-30") {
        let dates = told.of(sent).dates();
        assert!(
            dates.iter().any(|(date, _, clause)| *date == day(agreed) && clause.contains("5.7")),
            "{sent}"
        );
        assert!(workspace.pages(&format!("{CONTRACT}/{sent}")).contains(written), "sent {sent}");
    }
    let told = workspace.told("2026-03-30");
    for (sent, agreed, _) in rows {
        let dates = told.of(sent).dates();
        let found = dates.iter().any(|(date, _, clause)| *date == day(agreed) && clause.contains("5.7"));
        assert_eq!(found, agreed >= "2026-03-30", "sent {sent}: {dates:?}");
    }
}

#[test]
fn a_condition_met_in_several_months_is_named_once_and_its_clause_cited_once() {
    let mut workspace = Workspace::default();
    // Red from June to September 2025, with a warning in June: two conditions hold in more than one month of the second quarter.
    send_row(&mut workspace, PROVIDER, "2025-06-01", "2025-06-01", "RRRR");
    notice(&mut workspace, PROVIDER, "2025-06-10", WARNING);
    let told = workspace.told("2025-12-20");
    let packs = &told.outcome.results.reviews[0].packs;
    let pack = packs.iter().find(|pack| pack.period.label() == "2025-26 Q2").unwrap();
    for title in ["red in three consecutive months", "red within three months of a formal warning"] {
        assert_eq!(pack.headline.matches(title).count(), 1, "{}", pack.headline);
    }
    let paper = pack.papers.iter().find(|paper| paper.id == "termination").unwrap();
    assert_eq!(paper.because.len(), 2, "{:?}", paper.because);
    assert!(paper.parts[0].paragraphs[0].starts_with("Under clause 6.9 and 6.5 of"), "{:?}", paper.parts[0]);
}

#[test]
fn no_plan_is_drafted_that_the_register_says_is_agreed() {
    let mut workspace = Workspace::default();
    for provider in ["Agreed", "Open"] {
        good(&mut workspace, provider);
        notice(&mut workspace, provider, "2025-07-10", WARNING);
    }
    plan(&mut workspace, "Agreed", "2025-07-18", "", "2025-12-31");
    let told = workspace.told("2025-10-20");
    for review in &told.outcome.results.reviews {
        let drafted =
            review.packs.iter().flat_map(|pack| &pack.papers).any(|own| own.id == "improvement-plan");
        assert_eq!(drafted, review.provider == "Open", "{}", review.provider);
    }
}

#[test]
fn the_provider_sees_the_review_of_its_plan_and_not_of_a_concern() {
    let mut workspace = Workspace::default();
    good(&mut workspace, PROVIDER);
    for (kind, review) in [("Improvement plan", "2025-12-01"), ("Concern", "2025-12-02")] {
        workspace.record(
            "Notices",
            [
                ("Date", day("2025-07-10").into()),
                ("Provider", PROVIDER.into()),
                ("Contract", CONTRACT.into()),
                ("Kind", kind.into()),
                ("Review date", day(review).into()),
            ],
        );
    }
    let told = workspace.told("2025-10-20");
    let seen = |what: &str| {
        let mut dates = told.outcome.results.reviews[0].dates.iter();
        dates.find(|line| line.what == what).map(|line| line.for_provider)
    };
    assert_eq!((seen("Review of improvement plan"), seen("Review of concern")), (Some(true), Some(false)));
}

#[test]
fn minutes_sent_later_than_the_day_of_the_run_are_not_known_yet() {
    let mut workspace = Workspace::default();
    good(&mut workspace, PROVIDER);
    workspace.record(
        "Meetings",
        [
            ("Date", day("2025-10-08").into()),
            ("Provider", PROVIDER.into()),
            ("Contract", CONTRACT.into()),
            ("Minutes sent", day("2025-10-21").into()),
        ],
    );
    for (as_of, known) in [("2025-10-20", false), ("2025-10-21", true)] {
        let told = workspace.told(as_of);
        let found = told.of(PROVIDER).dates().iter().any(|(_, _, clause)| clause.contains("5.7"));
        assert_eq!(found, known, "{as_of}");
    }
}

#[test]
fn a_warning_after_the_contract_ended_is_told_in_its_last_month() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, PROVIDER, "2025-05-01", "2025-05-01", "GGGG");
    notice(&mut workspace, PROVIDER, "2025-06-10", WARNING);
    notice(&mut workspace, PROVIDER, "2025-10-08", WARNING);
    let told = workspace.told("2025-12-20");
    assert_eq!(told.of(PROVIDER).met("termination-two-warnings"), ["2025-09 triggered"]);
    assert!(workspace.pages(&format!("{CONTRACT}/{PROVIDER}")).contains("8 October 2025"));
}
