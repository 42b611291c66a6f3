//! When the template is due, whether it came, and which contracts are reviewed.

use crate::forms::{
    AREAS, Assessment, CONTRACT, FORM, PLANNED, REFERENCES, REVIEW_DATE, SHEET, assessment, listed, month,
    name, plan,
};
use crate::support::day;
use crate::support::workspace::Workspace;

#[test]
fn due_on_the_working_day_before_the_planned_date() {
    let rows = [
        // A Monday: the Friday before.
        ("2019-01-14", "2019-01-11"),
        // The day after New Year's Day: in the month, and the year, before.
        ("2019-01-02", "2018-12-31"),
        ("2019-01-29", "2019-01-28"),
        // Thursday after Christmas.
        ("2018-12-27", "2018-12-24"),
        // Tuesday after Easter, and after the early May bank holiday.
        ("2019-04-23", "2019-04-18"),
        ("2019-05-07", "2019-05-03"),
        // A Saturday, should a meeting ever be on one.
        ("2019-03-16", "2019-03-15"),
        // The first of a month.
        ("2019-03-01", "2019-02-28"),
    ];
    let mut workspace = Workspace::default();
    for (number, (planned, _)) in rows.iter().enumerate() {
        listed(&mut workspace, &name(number), planned);
    }
    let told = workspace.told("2019-06-03");
    for (number, (planned, due)) in rows.iter().enumerate() {
        let contract = name(number);
        let review = told.of(&contract);
        // The one review that is planned is all that is due, in the month it is planned for.
        assert_eq!(review.submitted(FORM), [month(planned)], "{planned}");
        assert_eq!(review.due(FORM, &month(planned)), *due, "{planned}");
        assert_eq!(review.status(FORM, &month(planned)), "missing", "{planned}");
        for reference in REFERENCES {
            assert_eq!(review.rating(reference, &month(planned)), "no-return", "{planned}");
        }
    }
}

#[test]
fn in_time_on_the_working_day_before_and_late_from_the_day_after() {
    let rows = [
        ("2019-01-14", "2019-01-10", "on-time"),
        ("2019-01-14", "2019-01-11", "on-time"),
        ("2019-01-14", "2019-01-12", "late"),
        ("2019-01-14", "2019-01-14", "late"),
        ("2019-01-02", "2018-12-31", "on-time"),
        ("2019-01-02", "2019-01-01", "late"),
        ("2019-01-14", "", "missing"),
    ];
    let mut workspace = Workspace::default();
    for (number, (planned, received, _)) in rows.iter().enumerate() {
        let contract = name(number);
        listed(&mut workspace, &contract, planned);
        if !received.is_empty() {
            let book = Assessment::of(&contract, planned).book();
            workspace.receive(&format!("{contract}.xlsx"), received, &book);
        }
    }
    let told = workspace.told("2019-01-21");
    for (number, (planned, received, status)) in rows.iter().enumerate() {
        let contract = name(number);
        let review = told.of(&contract);
        assert_eq!(review.status(FORM, "2019-01"), *status, "{planned}, received {received}");
        let expected = if *status == "missing" { "no-return" } else { "amber" };
        assert_eq!(review.rating("3", "2019-01"), expected, "{planned}, received {received}");
    }
}

#[test]
fn the_register_may_name_a_contract_that_stands_in_reviews_alone() {
    let contract = "Highways term maintenance";
    let extended = |under: &str, called: &str| {
        let mut workspace = Workspace::default();
        listed(&mut workspace, "Waste transfer", "2018-11-20");
        workspace.provider("lancashire-supported-housing", "Northgate Supported Living", "2020-04-01");
        plan(&mut workspace, contract, "2019-01-14");
        workspace.record(
            "Extensions",
            [
                ("Provider", called.into()),
                ("Contract", under.into()),
                ("Form", FORM.into()),
                ("Period", "2019-01".into()),
                ("New due date", day("2019-01-16").into()),
                ("Reason", "papers held back by the auditors".into()),
            ],
        );
        workspace.receive("a.xlsx", "2019-01-16", &Assessment::of(contract, "2019-01-14").book());
        workspace
    };
    let told = extended(CONTRACT, "highways  term maintenance").told("2019-01-21");
    let review = told.of(contract);
    assert_eq!(review.due(FORM, "2019-01"), "2019-01-16");
    assert_eq!(review.status(FORM, "2019-01"), "on-time");
    // Under another contract, or written otherwise, it would get lost.
    for (under, called, said) in [
        ("lancashire-supported-housing", contract, "under the contract lancashire-supported-housing"),
        (CONTRACT, "Highway term maintenance", "Providers has no “Highway term maintenance”"),
    ] {
        let refused = extended(under, called).refused("2019-01-21");
        assert!(refused.contains("sheet “Extensions”") && refused.contains(said), "{refused}");
    }
}

#[test]
fn missing_from_the_day_after_it_was_due() {
    let mut workspace = Workspace::default();
    listed(&mut workspace, "Highways term maintenance", "2019-01-14");
    for (as_of, status) in
        [("2018-12-03", "not-yet-due"), ("2019-01-11", "not-yet-due"), ("2019-01-12", "missing")]
    {
        let told = workspace.told(as_of);
        assert_eq!(told.of("Highways term maintenance").status(FORM, "2019-01"), status, "{as_of}");
    }
}

#[test]
fn two_reviews_of_one_contract_are_two_submissions() {
    let contract = "Residential care homes";
    let mut workspace = Workspace::default();
    listed(&mut workspace, contract, "2018-06-12");
    plan(&mut workspace, contract, "2019-01-29");
    let rows = [
        ("2018-06-12", "2018-06-11", [1, 2], "red", 1.5),
        ("2019-01-29", "2019-01-29", [4, 5], "green", 4.5),
    ];
    for (planned, received, scores, ..) in &rows {
        let own = (1..=8).fold(Assessment::of(contract, planned), |own, area| own.scored(area, scores));
        workspace.receive(&format!("{planned}.xlsx"), received, &own.book());
    }
    let told = workspace.told("2019-02-04");
    let review = told.of(contract);
    assert_eq!(review.submitted(FORM), ["2018-06", "2019-01"]);
    assert_eq!(["2018-06", "2019-01"].map(|month| review.due(FORM, month)), ["2018-06-11", "2019-01-28"]);
    assert_eq!(["2018-06", "2019-01"].map(|month| review.status(FORM, month)), ["on-time", "late"]);
    for (planned, _, _, rating, mean) in rows {
        for reference in REFERENCES {
            assert_eq!(review.rating(reference, &month(planned)), rating, "{planned}");
            assert_eq!(review.value(reference, &month(planned)), Some(mean), "{planned}");
        }
    }
    for reference in REFERENCES {
        assert_eq!(review.periods_of(reference), ["2018-06", "2019-01"]);
    }
    // The second stands beside the first.
    let page = workspace.page(&format!("{CONTRACT}/{contract}/2019-01/pack.html"));
    for area in AREAS {
        assert!(page.says(area), "no {area}");
    }
    let words = page.words();
    assert!(words.contains("1.5") && words.contains("4.5"), "{words}");
}

#[test]
fn a_contract_that_stands_among_the_reviews_alone_counts() {
    let mut workspace = Workspace::default();
    plan(&mut workspace, "Household waste sites", PLANNED);
    let book = Assessment::of("Household waste sites", PLANNED).book();
    workspace.receive("waste.xlsx", "2019-01-25", &book);
    let told = workspace.told("2019-02-04");
    let review = told.of("Household waste sites");
    assert_eq!(review.submitted(FORM), ["2019-01"]);
    assert_eq!(review.status(FORM, "2019-01"), "on-time");
    assert_eq!(review.rating("1", "2019-01"), "amber");
}

#[test]
fn one_that_stands_in_both_lists_counts_once() {
    let mut workspace = Workspace::default();
    listed(&mut workspace, "Household waste sites", PLANNED);
    let told = workspace.told("2019-02-04");
    let own = told.outcome.results.reviews.iter().filter(|own| own.provider == "Household waste sites");
    assert_eq!(own.count(), 1);
}

#[test]
fn nothing_is_due_of_a_contract_whose_review_is_not_planned() {
    let mut workspace = Workspace::default();
    listed(&mut workspace, "Household waste sites", "");
    let told = workspace.told("2019-02-04");
    assert_eq!(told.of("Household waste sites").submitted(FORM), [""; 0]);
}

#[test]
fn the_month_of_the_form_says_which_review_it_is_for() {
    let mut workspace = Workspace::default();
    for (contract, held) in [("As planned", PLANNED), ("A week early", "2019-01-22")] {
        listed(&mut workspace, contract, PLANNED);
        let book = Assessment::of(contract, PLANNED).book().with(SHEET, REVIEW_DATE, day(held));
        workspace.receive(&format!("{contract}.xlsx"), "2019-01-21", &book);
    }
    let told = workspace.told("2019-02-04");
    for contract in ["As planned", "A week early"] {
        let review = told.of(contract);
        assert_eq!(review.due(FORM, "2019-01"), "2019-01-28", "{contract}");
        assert_eq!(review.status(FORM, "2019-01"), "on-time", "{contract}");
        assert_eq!(review.errors(FORM, "2019-01"), [], "{contract}");
    }
}

#[test]
fn what_is_due_next_stands_among_the_dates() {
    let mut workspace = Workspace::default();
    listed(&mut workspace, "Highways term maintenance", PLANNED);
    let told = workspace.told("2019-01-07");
    let dates = told.of("Highways term maintenance").dates();
    assert!(dates.iter().any(|(date, ..)| *date == day("2019-01-28")), "{dates:?}");
}

#[test]
fn timeliness_and_accuracy_are_counted_and_not_rated() {
    let mut workspace = Workspace::default();
    listed(&mut workspace, "In time", PLANNED);
    listed(&mut workspace, "Late", PLANNED);
    for (contract, received) in [("In time", "2019-01-28"), ("Late", "2019-01-29")] {
        let book = assessment().book().with(SHEET, "B1", contract);
        workspace.receive(&format!("{contract}.xlsx"), received, &book);
    }
    let told = workspace.told("2019-02-04");
    for (contract, met) in [("In time", 1), ("Late", 0)] {
        let own = told.of(contract).window("timeliness", "2019-01-01", "2019-01-31");
        assert_eq!((&own["due"], &own["met"]), (&1.into(), &met.into()), "{contract}");
        assert_eq!(own["rating"], "not-rated", "{contract}");
    }
}

#[test]
fn what_is_missing_before_a_meeting_in_the_next_month_has_its_pack() {
    let mut workspace = Workspace::default();
    // Monday 1 April 2019: due on Friday 29 March, in the month before.
    listed(&mut workspace, &name(0), "2019-04-01");
    for (as_of, status, packs) in [("2019-03-29", "not-yet-due", 0), ("2019-03-30", "missing", 1)] {
        let told = workspace.told(as_of);
        assert_eq!(told.of(&name(0)).status(FORM, &month("2019-04-01")), status, "{as_of}");
        let written = workspace.written(CONTRACT, "pack.html");
        let own = written.iter().filter(|path| path.ends_with("2019-04/pack.html"));
        assert_eq!(own.count(), packs, "{as_of}: {written:?}");
    }
}
