//! Due dates, receipt, timeliness and accuracy, findings, and what is made of a return (2.2, 7, 8).

use crate::forms::{
    CONTRACT, Counts, FORM, LOG, RETURN, Return, label, provider_for, send, stated_cell, threshold_cell,
};
use crate::months::send_row;
use crate::support::book::{self, Cell};
use crate::support::day;
use crate::support::results::{Told, found};
use crate::support::workspace::Workspace;

const PROVIDER: &str = "Northgate Visiting";
const FULL: Counts = Counts { units: 7, visited: 7, visits: 7, in_time: 7, sent_back: 0 };

#[test]
fn due_on_the_last_friday_of_the_month_or_the_next_working_day() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2022-04-01");
    let told = workspace.told("2026-08-10");
    let review = told.of(PROVIDER);
    for (month, due) in [
        // Boxing Day, Good Friday; a plain one.
        ("2025-12", "2025-12-29"),
        ("2024-03", "2024-04-02"),
        ("2026-01", "2026-01-30"),
        // Fridays at both ends of the last week.
        ("2023-02", "2023-02-24"),
        ("2025-02", "2025-02-28"),
        ("2024-05", "2024-05-31"),
        ("2025-10", "2025-10-31"),
        ("2022-09", "2022-09-30"),
        ("2022-12", "2022-12-30"),
        ("2024-12", "2024-12-27"),
        ("2026-08", "2026-08-28"),
    ] {
        assert_eq!(review.due(FORM, month), due, "{month}");
    }
    // A date that was moved says why; the others need no note.
    let submissions = &told.outcome.results.reviews[0].submissions;
    for (month, moved) in [("2025-12", true), ("2024-03", true), ("2026-01", false), ("2022-12", false)] {
        let own = submissions.iter().find(|own| own.period.label() == month).unwrap();
        assert_eq!(own.due_note.is_some(), moved, "{month}: {:?}", own.due_note);
    }
}

#[test]
fn in_time_on_the_due_date_and_late_the_day_after() {
    let rows = [
        ("2025-12-01", "2025-12-29", "2025-12-30"),
        ("2024-03-01", "2024-04-02", "2024-04-03"),
        ("2026-01-01", "2026-01-30", "2026-01-31"),
    ];
    let mut workspace = Workspace::default();
    for (month, due, after) in rows {
        for (provider, received) in [("In Time", due), ("After", after)] {
            let provider = format!("{provider} {month}");
            provider_for(&mut workspace, &provider, month, 1);
            send(&mut workspace, &Return::of(&provider, month, FULL), received);
        }
    }
    let told = workspace.told("2026-02-20");
    for (month, ..) in rows {
        for (provider, status) in [("In Time", "on-time"), ("After", "late")] {
            assert_eq!(
                told.of(&format!("{provider} {month}")).status(FORM, &label(month)),
                status,
                "{month}"
            );
        }
    }
}

#[test]
fn missing_from_the_day_after_the_due_date() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-12-01", 1);
    for (as_of, status) in [("2025-12-29", "not-yet-due"), ("2025-12-30", "missing")] {
        assert_eq!(workspace.told(as_of).of(PROVIDER).status(FORM, "2025-12"), status);
    }
}

#[test]
fn timeliness_and_accuracy_are_counted_and_not_rated() {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2025-04-01", 3);
    let stated_wrongly = Return {
        stated: [Cell::Percent(1.0), Cell::Percent(1.0), 1.into()],
        ..Return::of(PROVIDER, "2025-05-01", FULL)
    };
    send(&mut workspace, &Return::of(PROVIDER, "2025-04-01", FULL), "2025-04-25");
    send(&mut workspace, &stated_wrongly, "2025-05-30");
    send(&mut workspace, &Return::of(PROVIDER, "2025-06-01", FULL), "2025-06-28");
    let told = workspace.told("2025-07-20");
    for id in ["timeliness", "accuracy"] {
        let own = told.of(PROVIDER).window(id, "2025-04-01", "2025-06-30");
        assert_eq!((&own["due"], &own["met"]), (&3.into(), &2.into()), "{id}");
        assert_eq!(own["value"].as_f64(), Some(0.6667), "{id}");
        assert_eq!(own["rating"], "not-rated", "{id}");
        assert!(own["target"].is_null(), "{id}");
    }
}

#[test]
fn a_clean_return_gives_no_finding() {
    let rows = [
        ("Full", FULL),
        ("Short", Counts { visited: 5, visits: 6, in_time: 4, sent_back: 2, ..FULL }),
        ("Idle", Counts { visited: 0, visits: 0, in_time: 0, ..FULL }),
    ];
    let mut workspace = Workspace::default();
    for (provider, counts) in rows {
        provider_for(&mut workspace, provider, "2025-07-01", 1);
        send(&mut workspace, &Return::of(provider, "2025-07-01", counts), "2025-07-25");
    }
    // The schedule's bands may stand in their cells as numbers.
    provider_for(&mut workspace, "Numbers", "2025-07-01", 1);
    let own = Return::of("Numbers", "2025-07-01", FULL).book();
    let book = [(1, "Green", 1.0), (1, "Amber", 0.9), (2, "Stretch", 1.0), (2, "Green", 0.9)]
        .into_iter()
        .fold(own, |book, (kpi, band, value)| {
            book.with(RETURN, &threshold_cell(kpi, band), Cell::Percent(value))
        });
    workspace.receive("numbers.xlsx", "2025-07-25", &book);
    let told = workspace.told("2025-08-20");
    for provider in ["Full", "Short", "Idle", "Numbers"] {
        assert_eq!(told.of(provider).findings(FORM, "2025-07"), [], "{provider}");
        assert_eq!(told.of(provider).submission(FORM, "2025-07")["accurate"], true, "{provider}");
    }
}

#[test]
fn the_next_due_dates_stand_among_the_dates() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, PROVIDER, "2025-12-01");
    for (as_of, due) in
        [("2025-12-02", "2025-12-29"), ("2025-12-29", "2025-12-29"), ("2026-01-02", "2026-01-30")]
    {
        let told = workspace.told(as_of);
        let dates = told.of(PROVIDER).dates();
        let found = dates.iter().any(|(date, _, clause)| *date == day(due) && clause.contains('8'));
        assert!(found, "as of {as_of}: {dates:?}");
        assert!(dates.iter().all(|(date, ..)| *date >= day(as_of)), "as of {as_of}: {dates:?}");
    }
}

/// One return of July 2025 for each provider, in time.
fn july(books: &[(&str, book::Book)]) -> Told {
    let mut workspace = Workspace::default();
    for (provider, book) in books {
        provider_for(&mut workspace, provider, "2025-07-01", 1);
        workspace.receive(&format!("{provider}.xlsx"), "2025-07-25", book);
    }
    workspace.told("2025-08-20")
}

#[test]
fn a_stated_level_that_differs_from_the_log_is_an_error_at_its_cell() {
    let counts = Counts { visited: 6, visits: 7, in_time: 6, sent_back: 1, ..FULL };
    let rows: [(u32, Cell, bool); 9] = [
        (1, Cell::Percent(1.0), true),
        (1, Cell::Percent(0.87), true),
        (1, "85.7%".into(), false),
        (1, Cell::Percent(0.857), false),
        (2, Cell::Percent(0.9), true),
        (2, "86%".into(), false),
        (2, "85.7%".into(), false),
        (3, 0.into(), true),
        (3, 2.into(), true),
    ];
    let books: Vec<(String, book::Book)> = rows
        .iter()
        .enumerate()
        .map(|(number, (kpi, cell, _))| {
            let name = format!("Provider {number}");
            let book = Return::of(&name, "2025-07-01", counts).book();
            let book = book.with(RETURN, &stated_cell(*kpi), cell.clone());
            (name, book)
        })
        .collect();
    let books: Vec<(&str, book::Book)> =
        books.iter().map(|(name, book)| (name.as_str(), book.clone())).collect();
    let told = july(&books);
    for ((kpi, cell, differs), (provider, _)) in rows.iter().zip(&books) {
        let review = told.of(provider);
        let places = review.places(FORM, "2025-07", "stated-differs-from-computed");
        let expected: Vec<_> = differs.then(|| (RETURN.to_string(), stated_cell(*kpi))).into_iter().collect();
        assert_eq!(places, expected, "KPI {kpi} stated as {cell:?}");
        assert_eq!(review.submission(FORM, "2025-07")["accurate"], !differs, "KPI {kpi} stated as {cell:?}");
        // The computed figure is rated.
        assert_eq!(["1", "2", "3"].map(|kpi| review.rating(kpi, "2025-07")), ["amber", "amber", "green"]);
    }
    let review = told.of("Provider 0");
    let own = found("stated-differs-from-computed", "error", RETURN, &stated_cell(1));
    assert_eq!(review.complaints(FORM, "2025-07"), [own]);
}

#[test]
fn a_threshold_the_provider_edited_is_a_warning_and_changes_nothing() {
    let counts = Counts { in_time: 4, sent_back: 2, ..FULL };
    let edits: [(&str, u32, &str, Cell); 5] = [
        ("Red Of 1", 1, "Red", "<70%".into()),
        ("Amber Of 2", 2, "Amber", "50%-89%".into()),
        ("Red Of 2", 2, "Red", "<50%".into()),
        ("Green Of 2", 2, "Green", Cell::Percent(0.8)),
        ("Green Of 3", 3, "Green", 2.into()),
    ];
    let books: Vec<(&str, book::Book)> = edits
        .iter()
        .map(|(provider, kpi, band, cell)| {
            let book = Return::of(provider, "2025-07-01", counts).book();
            (*provider, book.with(RETURN, &threshold_cell(*kpi, band), cell.clone()))
        })
        .collect();
    let told = july(&books);
    for (provider, kpi, band, _) in edits {
        let review = told.of(provider);
        let own = found("threshold-edited", "warning", RETURN, &threshold_cell(kpi, band));
        assert_eq!(review.complaints(FORM, "2025-07"), [own], "{provider}");
        assert_eq!(review.submission(FORM, "2025-07")["accurate"], true, "{provider}");
        assert_eq!(["1", "2", "3"].map(|kpi| review.rating(kpi, "2025-07")), ["green", "red", "amber"]);
    }
}

#[test]
fn a_level_that_is_blank_or_no_number_is_an_error_at_its_cell() {
    let stated = || Return::stated("p", "2025-07-01", ["100%".into(), "100%".into(), 0.into()]);
    let of = |provider: &str| Return { provider: provider.to_string(), ..stated() }.book();
    let told = july(&[
        ("Blank", of("Blank").without(RETURN, &stated_cell(2))),
        ("Words", of("Words").with(RETURN, &stated_cell(2), "most of them")),
        ("Negative", of("Negative").with(RETURN, &stated_cell(3), -1)),
    ]);
    for (provider, kpi) in [("Blank", 2), ("Words", 2), ("Negative", 3)] {
        let review = told.of(provider);
        let errors: Vec<String> = review
            .findings(FORM, "2025-07")
            .into_iter()
            .filter(|own| own.severity == "error")
            .map(|own| format!("{} {}", own.sheet, own.cell))
            .collect();
        assert_eq!(errors, [format!("{RETURN} {}", stated_cell(kpi))], "{provider}");
        assert_eq!(review.rating(&kpi.to_string(), "2025-07"), "invalid", "{provider}");
        assert_eq!(review.rating("1", "2025-07"), "green", "{provider}");
    }
}

#[test]
fn a_date_in_the_log_that_cannot_be_read_is_an_error_at_its_cell() {
    let book = Return::of("Words", "2025-07-01", FULL).book().with(LOG, "B4", "last week");
    let told = july(&[("Words", book)]);
    let review = told.of("Words");
    let own: Vec<_> = review
        .findings(FORM, "2025-07")
        .into_iter()
        .filter(|own| own.severity == "error" && own.sheet == LOG)
        .map(|own| own.cell)
        .collect();
    assert_eq!(own, ["B4"]);
    assert_ne!(review.rating("1", "2025-07"), "green", "a visit without a date is not counted as made");
}

#[test]
fn packs_are_quarterly_and_returned_workbooks_monthly() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, PROVIDER, "2025-04-01", "2025-04-01", "GaGGG");
    workspace.told("2025-09-20");
    let folder = format!("{CONTRACT}/{PROVIDER}");
    let below = |period: &str, ending: &str| workspace.written(&format!("{folder}/{period}"), ending);
    // A page for the council and one for the provider.
    for name in ["pack.html", "provider-pack.html"] {
        let named = |period: &str| {
            let pages = below(period, name).into_iter();
            pages.filter(|path| path.file_name().is_some_and(|own| own == name)).count()
        };
        assert_eq!((named("2025-26 Q1"), named("2025-26 Q2")), (1, 1), "{name}");
    }
    let returned = |period: &str| workspace.written(&format!("{folder}/{period}/returned"), ".xlsx").len();
    assert_eq!((returned("2025-26 Q1"), returned("2025-26 Q2")), (3, 2));
}

#[test]
fn the_action_plan_has_a_row_for_every_kpi_amber_or_red() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, "Middling", "2025-04-01", "2025-04-01", "AAA");
    send_row(&mut workspace, "Good", "2025-04-01", "2025-04-01", "GGG");
    let told = workspace.told("2025-07-20");
    for (provider, expected) in [("Middling", vec!["2", "3"]), ("Good", vec![])] {
        let review = told.outcome.results.reviews.iter().find(|own| own.provider == provider).unwrap();
        let pack = review.packs.iter().find(|pack| pack.period.label() == "2025-26 Q1").unwrap();
        let mut kpis: Vec<String> = pack
            .action_plan
            .iter()
            .map(|row| row.kpi.chars().filter(char::is_ascii_digit).take(1).collect())
            .collect();
        kpis.sort();
        kpis.dedup();
        assert_eq!(kpis, expected, "{provider}");
        assert!(pack.action_plan.iter().all(|row| !row.current.is_empty()), "{provider}");
    }
    let page = workspace.pages(&format!("{CONTRACT}/Middling"));
    for column in [
        "KPI",
        "Current Performance Level",
        "Issue / reason identified",
        "Action to be taken",
        "Expected outcomes",
        "Timescale",
    ] {
        assert!(page.to_lowercase().contains(&column.to_lowercase()), "no column “{column}”");
    }
}

#[test]
fn a_pack_of_a_quarter_with_a_month_missing_says_so() {
    let mut workspace = Workspace::default();
    send_row(&mut workspace, PROVIDER, "2025-04-01", "2025-04-01", "G-G");
    let told = workspace.told("2025-07-20");
    let pack = &told.outcome.results.reviews[0].packs[0];
    assert!(pack.cautions.iter().any(|caution| caution.contains("May 2025")), "{:?}", pack.cautions);
    assert_eq!(told.of(PROVIDER).overall("2025-05"), "no-return");
}
