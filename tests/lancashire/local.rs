//! A local target in the workspace's own definition: rated, and labelled as local.

use crate::forms::{CLEAN, CONTRACT, Figures, QUARTERLY, name, quarterly, workspace_of};

const Q1: &str = "Q1 2020-21";
const PERIOD: &str = "2020-21 Q1";

/// The built-in definition with a rule for one KPI, agreed locally.
fn with_rule(kpi: &str, rule: &str) -> String {
    let path = format!("{}/templates/contracts/{CONTRACT}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let reference = format!("ref = \"{kpi}\"\n");
    assert_eq!(text.matches(&reference).count(), 1, "{reference} stands once");
    text.replace(&reference, &format!("{reference}local = true\nrule = {rule}\n"))
}

#[test]
fn a_local_target_is_rated_and_labelled_as_local() {
    let rows = [(950.0, "green"), (1000.0, "green"), (1050.0, "green"), (949.0, "red"), (0.0, "red")];
    let books =
        rows.map(|(delivered, _)| quarterly("p", Q1, &Figures { hours: (delivered, 1000.0), ..CLEAN }));
    let workspace = workspace_of(Q1, &books);
    workspace.define(CONTRACT, &with_rule("5", "{ target = { at-least = \"95%\" } }"));
    let told = workspace.told("2020-07-20");
    for (number, (delivered, rating)) in rows.iter().enumerate() {
        let provider = name(number);
        let review = told.of(&provider);
        assert_eq!(review.rating("5", PERIOD), *rating, "{delivered} of 1000");
        assert_eq!(review.rated("5", PERIOD)["target"], ">= 95%", "{delivered} of 1000");
        let note = review.note("5", PERIOD).to_lowercase();
        assert!(note.contains("local"), "{delivered} of 1000: {note}");
        // The others have none still.
        for kpi in QUARTERLY.into_iter().filter(|kpi| *kpi != "5") {
            assert_eq!(review.rating(kpi, PERIOD), "not-rated", "KPI {kpi}");
            assert!(!review.note(kpi, PERIOD).to_lowercase().contains("local"), "KPI {kpi}");
            assert!(review.rated(kpi, PERIOD)["target"].is_null(), "KPI {kpi}");
        }
        // The contract knows no consequence of a figure.
        assert_eq!(review.escalations(), [], "{delivered} of 1000");
        let page = workspace.page(&format!("{CONTRACT}/{provider}/{PERIOD}/pack.html"));
        assert!(page.says("local"), "the pack does not say that the target is local");
    }
}

#[test]
fn lower_may_be_better_in_a_local_target() {
    let rows = [(2.0, "green"), (4.0, "green"), (5.0, "red")];
    let books = rows.map(|(leavers, _)| quarterly("p", Q1, &Figures { leavers: (leavers, 16.0), ..CLEAN }));
    let workspace = workspace_of(Q1, &books);
    workspace.define(CONTRACT, &with_rule("6", "{ target = { at-most = \"25%\" } }"));
    let told = workspace.told("2020-07-20");
    for (number, (leavers, rating)) in rows.iter().enumerate() {
        assert_eq!(told.of(&name(number)).rating("6", PERIOD), *rating, "{leavers} of 16");
    }
}

#[test]
fn without_one_nothing_is_rated() {
    let figures = Figures { checks: (0.0, 24.0), hours: (1.0, 1000.0), leavers: (16.0, 16.0), ..CLEAN };
    let workspace = workspace_of(Q1, &[quarterly("p", Q1, &figures)]);
    let told = workspace.told("2020-07-20");
    for kpi in QUARTERLY {
        assert_eq!(told.of(&name(0)).rating(kpi, PERIOD), "not-rated", "KPI {kpi}");
    }
}
