//! When returns are due, whether they came, and what follows when they did not (timetable of the document; 7).

use crate::forms::{CLEAN, CONTRACT, FORM, QUARTERLY, QUARTERS, START, after, quarterly, send};
use crate::support::day;
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Ashgrove Living";
const Q3: &str = "Q3 2020-21";

#[test]
fn the_printed_dates_win_and_other_years_fall_back_on_the_next_working_day_from_the_15th() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    let told = workspace.told("2023-05-02");
    let review = told.of(PROVIDER);
    for (quarter, due) in [
        // As printed; 15 January 2021 was a Friday.
        ("2020-21 Q1", "2020-07-15"),
        ("2020-21 Q2", "2020-10-15"),
        ("2020-21 Q3", "2021-01-18"),
        ("2020-21 Q4", "2021-04-15"),
        ("2021-22 Q1", "2021-07-15"),
        ("2021-22 Q2", "2021-10-15"),
        // A Saturday.
        ("2021-22 Q3", "2022-01-17"),
        // Good Friday, with Easter Monday after it.
        ("2021-22 Q4", "2022-04-19"),
        ("2022-23 Q1", "2022-07-15"),
        ("2022-23 Q2", "2022-10-17"),
        // A Sunday.
        ("2022-23 Q3", "2023-01-16"),
        ("2022-23 Q4", "2023-04-17"),
    ] {
        assert_eq!(review.due(FORM, quarter), due, "{quarter}");
    }
    let own = review.submission(FORM, "2020-21 Q3");
    assert_eq!((&own["from"], &own["to"]), (&"2020-10-01".into(), &"2020-12-31".into()));
    // One return a quarter: half-years and years come with it.
    let submitted = review.submitted(FORM);
    for year in ["2020-21", "2021-22", "2022-23"] {
        let own: Vec<_> = submitted.iter().filter(|own| own.starts_with(year)).collect();
        assert_eq!(own.len(), 4, "{year}: {own:?}");
    }
}

#[test]
fn in_time_on_the_due_date_and_late_the_day_after() {
    let rows = [
        ("Q1 2020-21", "2020-07-15", "on-time"),
        ("Q1 2020-21", "2020-07-16", "late"),
        ("Q2 2020-21", "2020-10-15", "on-time"),
        ("Q2 2020-21", "2020-10-16", "late"),
        (Q3, "2021-01-15", "on-time"),
        // A Saturday and a Sunday.
        (Q3, "2021-01-16", "on-time"),
        (Q3, "2021-01-17", "on-time"),
        (Q3, "2021-01-18", "on-time"),
        (Q3, "2021-01-19", "late"),
        ("Q4 2020-21", "2021-04-15", "on-time"),
        ("Q4 2020-21", "2021-04-16", "late"),
    ];
    let mut workspace = Workspace::default();
    let name = |quarter: &str, received: &str| format!("{quarter} on {received}");
    for (quarter, received, _) in rows {
        let provider = name(quarter, received);
        let (_, period, _) = QUARTERS.into_iter().find(|(own, ..)| *own == quarter).unwrap();
        let start = match &period[8..] {
            "Q1" => "2020-04-01",
            "Q2" => "2020-07-01",
            "Q3" => "2020-10-01",
            _ => "2021-01-01",
        };
        workspace.provider(CONTRACT, &provider, start);
        let book = quarterly(&provider, quarter, &CLEAN);
        workspace.receive(&format!("{provider}/return.xlsx"), received, &book);
    }
    // Before anything of the next year is due.
    let told = workspace.told("2021-04-20");
    for (quarter, received, status) in rows {
        let (_, period, _) = QUARTERS.into_iter().find(|(own, ..)| *own == quarter).unwrap();
        let provider = name(quarter, received);
        let review = told.of(&provider);
        assert_eq!(review.status(FORM, period), status, "{provider}");
        let late = if status == "late" { vec![format!("{period} triggered")] } else { Vec::new() };
        assert_eq!(review.met("return-late"), late, "{provider}");
        let missing = review.state("return-missing", period);
        assert_eq!(missing, "", "{provider}");
    }
}

#[test]
fn a_return_is_missing_from_the_day_after_it_was_due_until_it_comes() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2020-10-01");
    for (as_of, status, met) in [
        ("2021-01-15", "not-yet-due", vec![]),
        ("2021-01-18", "not-yet-due", vec![]),
        ("2021-01-19", "missing", vec!["2020-21 Q3 triggered"]),
    ] {
        let told = workspace.told(as_of);
        let review = told.of(PROVIDER);
        assert_eq!(review.status(FORM, "2020-21 Q3"), status, "{as_of}");
        assert_eq!(review.met("return-missing"), met, "{as_of}");
        assert_eq!(review.met("return-late"), [""; 0], "{as_of}");
    }
    workspace.receive("q3.xlsx", "2021-01-22", &quarterly(PROVIDER, Q3, &CLEAN));
    let told = workspace.told("2021-01-25");
    let review = told.of(PROVIDER);
    assert_eq!(review.met("return-missing"), [""; 0]);
    assert_eq!(review.met("return-late"), ["2020-21 Q3 triggered"]);
}

#[test]
fn each_quarter_missing_or_late_has_its_entry_with_clause_and_period() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    workspace.receive("q2.xlsx", "2020-10-20", &quarterly(PROVIDER, "Q2 2020-21", &CLEAN));
    send(&mut workspace, PROVIDER, Q3, &quarterly(PROVIDER, Q3, &CLEAN));
    let told = workspace.told("2021-04-20");
    let review = told.of(PROVIDER);
    assert_eq!(review.met("return-missing"), ["2020-21 Q1 triggered", "2020-21 Q4 triggered"]);
    assert_eq!(review.met("return-late"), ["2020-21 Q2 triggered"]);
    for own in review.escalations() {
        assert!(!own.clause.trim().is_empty(), "{own:?}");
        assert!(!own.evidence.is_empty(), "{own:?}");
        assert_eq!(own.by, None, "the document gives no date: {own:?}");
    }
    // Nothing else follows by itself.
    let ids: Vec<String> = review.escalations().into_iter().map(|own| own.id).collect();
    assert!(ids.iter().all(|id| id == "return-missing" || id == "return-late"), "{ids:?}");
    let evidence = |id: &str, period: &str| {
        review.escalated(id).into_iter().find(|own| own.period == period).unwrap().evidence
    };
    assert!(evidence("return-late", "2020-21 Q2").contains("20 October 2020"));
    assert!(evidence("return-missing", "2020-21 Q4").contains("15 April 2021"));
}

#[test]
fn nothing_follows_from_returns_in_time() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    for (quarter, ..) in QUARTERS {
        send(&mut workspace, PROVIDER, quarter, &quarterly(PROVIDER, quarter, &CLEAN));
    }
    assert_eq!(workspace.told("2021-04-20").of(PROVIDER).escalations(), []);
}

#[test]
fn what_a_missing_quarter_would_have_told_has_no_return_and_nothing_else_has() {
    for (missing, lacking, whole) in [
        ("Q1 2020-21", &[][..], &["1", "4"][..]),
        ("Q2 2020-21", &[("1", "2020-21 H1")], &["4"]),
        (Q3, &[], &["4"]),
        ("Q4 2020-21", &[("1", "2020-21 H2"), ("4", "2020-21")], &[]),
    ] {
        let mut workspace = Workspace::default();
        workspace.provider(CONTRACT, PROVIDER, START);
        for (quarter, ..) in QUARTERS.into_iter().filter(|(quarter, ..)| *quarter < missing) {
            send(&mut workspace, PROVIDER, quarter, &quarterly(PROVIDER, quarter, &CLEAN));
        }
        let told = workspace.told(after(missing));
        let review = told.of(PROVIDER);
        let (_, period, _) = QUARTERS.into_iter().find(|(own, ..)| *own == missing).unwrap();
        for (kpi, period) in QUARTERLY.map(|kpi| (kpi, period)).iter().chain(lacking) {
            assert_eq!(review.rating(kpi, period), "no-return", "KPI {kpi} of {period}");
        }
        // And those alone.
        for kpi in ["1", "4"] {
            let none: Vec<_> = review
                .periods_of(kpi)
                .into_iter()
                .filter(|own| review.rating(kpi, own) == "no-return")
                .map(|own| (kpi, own))
                .collect();
            let expected: Vec<_> = lacking.iter().copied().filter(|(own, _)| *own == kpi).collect();
            assert_eq!(none, expected, "{missing}");
        }
        for kpi in whole {
            assert!(review.periods_of(kpi).is_empty(), "KPI {kpi} is not due by {missing}");
        }
        if missing > "Q3" {
            assert_eq!(review.rating("1", "2020-21 H1"), "not-rated", "{missing}");
        }
        let page = workspace.page(&format!("{CONTRACT}/{PROVIDER}/{period}/pack.html"));
        assert!(page.says("missing") || page.says("not received"), "the pack of {missing} says nothing");
    }
}

#[test]
fn an_extension_moves_the_due_date_and_is_shown() {
    for (received, status) in [("2021-01-22", "on-time"), ("2021-01-23", "late"), ("", "missing")] {
        let mut workspace = Workspace::default();
        workspace.provider(CONTRACT, PROVIDER, "2020-10-01");
        workspace.record(
            "Extensions",
            [
                ("Provider", PROVIDER.into()),
                ("Contract", CONTRACT.into()),
                ("Form", FORM.into()),
                ("Period", "2020-21 Q3".into()),
                ("New due date", day("2021-01-22").into()),
                ("Reason", "outbreak at two schemes".into()),
            ],
        );
        if !received.is_empty() {
            workspace.receive("q3.xlsx", received, &quarterly(PROVIDER, Q3, &CLEAN));
        }
        let told = workspace.told("2021-01-22");
        assert_eq!(told.of(PROVIDER).due(FORM, "2020-21 Q3"), "2021-01-22");
        assert_eq!(told.of(PROVIDER).escalations(), [], "nothing is late or missing on the day itself");
        let told = workspace.told("2021-01-25");
        let review = told.of(PROVIDER);
        assert_eq!(review.status(FORM, "2020-21 Q3"), status);
        for (id, of) in [("return-late", "late"), ("return-missing", "missing")] {
            let expected = if status == of { vec!["2020-21 Q3 triggered"] } else { vec![] };
            assert_eq!(review.met(id), expected, "received {received}");
        }
        let page = workspace.page(&format!("{CONTRACT}/{PROVIDER}/2020-21 Q3/pack.html"));
        assert!(page.says("outbreak at two schemes"), "received {received}");
    }
}

#[test]
fn old_returns_dropped_in_on_the_first_day_accuse_nobody() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    for (quarter, ..) in QUARTERS {
        workspace.drop_in(&format!("{quarter}.xlsx"), &quarterly(PROVIDER, quarter, &CLEAN));
    }
    let told = workspace.told("2021-05-04");
    let review = told.of(PROVIDER);
    for (_, period, _) in QUARTERS {
        assert_eq!(review.status(FORM, period), "unproven", "{period}");
    }
    assert_eq!(review.escalations(), []);
}

#[test]
fn timeliness_and_accuracy_are_counted_and_not_rated() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, START);
    workspace.receive("q1.xlsx", "2020-07-16", &quarterly(PROVIDER, "Q1 2020-21", &CLEAN));
    send(&mut workspace, PROVIDER, "Q2 2020-21", &quarterly(PROVIDER, "Q2 2020-21", &CLEAN));
    let told = workspace.told("2020-10-20");
    for (from, to, timely) in [("2020-04-01", "2020-06-30", 0), ("2020-07-01", "2020-09-30", 1)] {
        for (id, met) in [("timeliness", timely), ("accuracy", 1)] {
            let own = told.of(PROVIDER).window(id, from, to);
            assert_eq!((&own["due"], &own["met"]), (&1.into(), &met.into()), "{id} from {from}");
            assert_eq!(own["rating"], "not-rated", "{id} from {from}");
            assert!(own["target"].is_null(), "{id} from {from}");
        }
    }
}
