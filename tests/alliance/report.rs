//! The report across providers: who is seen first and why, and the alerts (7.3, 8 of the schedule).

use crate::definition::redefine;
use crate::forms::CONTRACT;
use crate::provider::steady;
use crate::support::book::Cell;
use crate::support::day;
use crate::support::workspace::Workspace;

const AS_OF: &str = "2025-10-20";
const CRITERIA: [&str; 7] = ["New", "Concerns", "Spend", "Volumes", "Risk", "Strategic", "Area"];

/// A section of the report of a run on the day.
fn section(workspace: &Workspace, id: &str) -> String {
    workspace.told(AS_OF);
    let report = workspace.path().join("out").join(CONTRACT).join("report.html");
    let page = std::fs::read_to_string(report).unwrap();
    let start = page.find(&format!("<section id=\"{id}\"")).unwrap_or_else(|| panic!("no section {id}"));
    page[start..].split("</section>").next().unwrap().to_string()
}

/// Providers scored by the officer, a blank score written as none.
fn scored(rows: &[(&str, [Option<i32>; 7])]) -> Workspace {
    let mut workspace = Workspace::default();
    for (provider, scores) in rows {
        steady(&mut workspace, provider);
        let mut row = vec![("Provider", Cell::from(*provider))];
        row.extend(
            CRITERIA.into_iter().zip(scores).filter_map(|(name, score)| Some((name, (*score)?.into()))),
        );
        workspace.record("Priorities", row);
    }
    workspace
}

/// The providers in the order of the ranking.
fn order<'a>(workspace: &Workspace, providers: &[&'a str]) -> Vec<&'a str> {
    let section = section(workspace, "priorities");
    let place = |provider: &str| section.find(provider).unwrap_or_else(|| panic!("no {provider}"));
    let mut order = providers.to_vec();
    order.sort_by_key(|provider| place(provider));
    order
}

#[test]
fn the_report_ranks_providers_by_their_scores() {
    // The one that is last by name is first by every criterion.
    let all = |score| [Some(score); 7];
    let workspace = scored(&[("Alder", all(1)), ("Birch", all(3)), ("Cherry", all(5))]);
    assert_eq!(order(&workspace, &["Alder", "Birch", "Cherry"]), ["Cherry", "Birch", "Alder"]);
}

/// Alder is a large spend and little else, Birch is risky, Cherry something of everything.
fn three() -> Workspace {
    scored(&[
        ("Alder", [Some(1), Some(1), Some(5), Some(1), Some(1), Some(1), Some(1)]),
        ("Birch", [Some(2), Some(1), Some(1), Some(1), Some(5), Some(2), Some(1)]),
        ("Cherry", [Some(3), Some(3), Some(2), Some(2), Some(2), Some(2), Some(2)]),
    ])
}

#[test]
fn the_workspaces_own_weights_change_the_order() {
    let spend = |weight: &str| format!("title = \"c) Large total spend\", weight = {weight} }}");
    let risk = |weight: &str| format!("title = \"e) High risk\", weight = {weight} }}");
    let names = ["Alder", "Birch", "Cherry"];
    // Sums of 11, 13 and 16.
    assert_eq!(order(&three(), &names), ["Cherry", "Birch", "Alder"]);
    // Spend five times: 31, 17 and 24.
    let workspace = three();
    redefine(&workspace, &[(&spend("1"), &spend("5"))]);
    assert_eq!(order(&workspace, &names), ["Alder", "Cherry", "Birch"]);
    // Risk five times: 15, 33 and 24.
    let workspace = three();
    redefine(&workspace, &[(&risk("1"), &risk("5"))]);
    assert_eq!(order(&workspace, &names), ["Birch", "Cherry", "Alder"]);
}

#[test]
fn what_is_not_scored_adds_nothing_and_a_provider_without_scores_comes_last() {
    let workspace = scored(&[
        ("Alder", [None; 7]),
        ("Birch", [Some(1), None, None, None, None, None, None]),
        ("Cherry", [None, Some(2), None, None, None, None, None]),
    ]);
    assert_eq!(order(&workspace, &["Alder", "Birch", "Cherry"]), ["Cherry", "Birch", "Alder"]);
    // The reasons are given: what weighs most.
    assert!(section(&workspace, "priorities").contains("Concerns raised"));
}

#[test]
fn alerts_are_listed_until_they_are_closed_those_due_for_review_first() {
    let mut workspace = Workspace::default();
    // Review, closed, reason, told; in the order they are to be read.
    let rows = [
        ("Overdue", "2025-09-01", "", "missing episodes", "Yes"),
        ("Due Today", AS_OF, "", "overnight staffing", "No"),
        ("To Come", "2025-10-21", "", "complaints of neighbours", "No"),
        ("Closed", "2025-09-01", "2025-09-15", "broken window", "Yes"),
    ];
    for (provider, review, closed, reason, provider_told) in rows {
        steady(&mut workspace, provider);
        let closed = if closed.is_empty() { Cell::from("") } else { day(closed).into() };
        workspace.record(
            "Alerts",
            [
                ("Provider", provider.into()),
                ("Raised", day("2025-06-02").into()),
                ("Reason", reason.into()),
                ("Provider told", provider_told.into()),
                ("Review date", day(review).into()),
                ("Closed", closed),
            ],
        );
    }
    let alerts = section(&workspace, "alerts");
    let mut order = rows.map(|(_, _, _, reason, _)| reason);
    order.sort_by_key(|reason| alerts.find(reason).unwrap_or_else(|| panic!("no alert of {reason}")));
    assert_eq!(order, rows.map(|(_, _, _, reason, _)| reason));
    for date in [">1 Sep", ">20 Oct", ">21 Oct"] {
        assert!(alerts.contains(date), "no {date}");
    }
}

#[test]
fn the_review_of_an_alert_is_a_date_of_its_own_provider_alone() {
    let mut workspace = Workspace::default();
    steady(&mut workspace, "Thameside");
    steady(&mut workspace, "Riverside");
    workspace.record(
        "Alerts",
        [
            ("Provider", "Thameside".into()),
            ("Raised", day("2025-06-02").into()),
            ("Reason", "overnight staffing".into()),
            ("Provider told", "No".into()),
            ("Review date", day("2025-10-27").into()),
        ],
    );
    let told = workspace.told(AS_OF);
    // The council's dates name the day of its review.
    let dates = told.of("Thameside").dates();
    assert!(dates.iter().any(|(date, ..)| *date == day("2025-10-27")), "{dates:?}");
    assert!(told.of("Riverside").dates().iter().all(|(date, ..)| *date != day("2025-10-27")));
    assert!(!workspace.pages(&format!("{CONTRACT}/Riverside")).contains("overnight staffing"));
}
