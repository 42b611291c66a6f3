//! The workspace's own copy of the definition: local targets and weights (5, 7.3).

use crate::forms::{CONTRACT, KPI_FORM, kpi_form};
use crate::support::workspace::Workspace;

const BUILT_IN: &str = include_str!("../../templates/contracts/wla-semi-independent.toml");

/// The built-in definition with these texts changed, in the workspace's own folder.
pub fn redefine(workspace: &Workspace, changes: &[(&str, &str)]) {
    let mut text = BUILT_IN.to_string();
    for (before, after) in changes {
        assert_eq!(text.matches(before).count(), 1, "“{before}” stands once");
        text = text.replace(before, after);
    }
    let folder = workspace.path().join("contracts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{CONTRACT}.toml")), text).unwrap();
}

/// Key-work sessions: at least 90% held, agreed locally.
const TARGET: (&str, &str) = (
    "title = \"Key-work sessions held of those planned\"\n",
    "title = \"Key-work sessions held of those planned\"\nlocal = true\nrule = { target = { at-least = \"90%\" } }\n",
);

/// Two quarters with so many of a hundred sessions held.
fn sessions(rows: &[(&str, [u32; 2])]) -> Workspace {
    let mut workspace = Workspace::default();
    for (provider, held) in rows {
        workspace.provider(CONTRACT, provider, "2025-04-01");
        for ((label, received), held) in
            [("Q1 2025-26", "2025-07-10"), ("Q2 2025-26", "2025-10-10")].into_iter().zip(held)
        {
            let book = kpi_form(provider, label, [6, 4, 3, 100, *held, 2, 18, 12]);
            workspace.receive(&format!("{provider}/{label}.xlsx"), received, &book);
        }
    }
    workspace
}

#[test]
fn a_local_target_missed_is_a_standard_not_met_in_its_quarter_and_labelled_local() {
    let rows = [("Missed Once", [89, 90]), ("Missed Twice", [60, 0]), ("Met", [90, 100])];
    let workspace = sessions(&rows);
    redefine(&workspace, &[TARGET]);
    let told = workspace.told("2025-10-20");
    for (provider, ratings, met) in [
        ("Missed Once", ["red", "green"], vec!["2025-26 Q1 triggered"]),
        ("Missed Twice", ["red", "red"], vec!["2025-26 Q1 triggered", "2025-26 Q2 triggered"]),
        ("Met", ["green", "green"], vec![]),
    ] {
        let review = told.of(provider);
        for (quarter, rating) in ["2025-26 Q1", "2025-26 Q2"].into_iter().zip(ratings) {
            assert_eq!(review.rating("K3", quarter), rating, "{provider} {quarter}");
            assert_eq!(review.rated("K3", quarter)["target"], ">= 90%", "{provider} {quarter}");
            let note = review.note("K3", quarter).to_lowercase();
            assert!(note.contains("local"), "{provider} {quarter}: {note}");
            // The others have none still.
            assert_eq!(review.rating("K2", quarter), "not-rated", "{provider} {quarter}");
            assert_eq!(review.note("K2", quarter), "", "{provider} {quarter}");
            assert_eq!(review.findings(KPI_FORM, quarter), [], "{provider} {quarter}");
        }
        assert_eq!(review.met("standard-not-met"), met, "{provider}");
        assert_eq!(review.met("certificate-contradicted"), [""; 0], "{provider}");
        for own in review.escalated("standard-not-met") {
            assert!(own.evidence.contains("90%") && own.by.is_none(), "{own:?}");
        }
    }
    let page = workspace.pages(&format!("{CONTRACT}/Missed Once/2025-26 Q1"));
    assert!(page.contains("agreed locally"), "the pack does not say that the target is local");
}

/// What follows from a target of the contract's own has conditions of its own.
#[test]
fn a_figure_that_misses_a_target_of_the_contract_is_no_standard_answered_no() {
    let workspace = sessions(&[("Missed Twice", [60, 0])]);
    let (before, after) = TARGET;
    let contractual = after.replace("local = true\n", "");
    redefine(&workspace, &[(before, &contractual)]);
    let told = workspace.told("2025-10-20");
    assert_eq!(told.of("Missed Twice").rating("K3", "2025-26 Q2"), "red");
    assert_eq!(told.of("Missed Twice").met("standard-not-met"), [""; 0]);
}

#[test]
fn evidence_of_every_service_behind_several_answers_is_found_wrong_once() {
    let (form, services, year) = (crate::forms::CERTIFICATION, crate::forms::SERVICES, crate::forms::YEAR);
    let cell = crate::forms::service_cell(0, "Gas safety certificate");
    let old = crate::support::day("2023-04-30");
    let book = crate::forms::certification("Thameside").with(services, &cell, old);
    let workspace = crate::forms::certified(&[("Thameside".to_string(), book)]);
    redefine(&workspace, &[("answers = [\"3\"]", "answers = [\"3\", \"5\"]")]);
    let told = workspace.told("2026-05-20");
    let review = told.of("Thameside");
    assert_eq!(review.places(form, year, "evidence-contradicts"), [(services.to_string(), cell.clone())]);
    assert_eq!(review.note("3", year).matches("Contradicted").count(), 1, "{}", review.note("3", year));
    let own = review.rated("3", year)["cells"].as_array().unwrap();
    assert_eq!(own.iter().filter(|own| own["cell"] == cell.as_str()).count(), 1, "{own:?}");
}

#[test]
fn without_a_local_target_nothing_is_missed() {
    let rows = [("Missed Twice", [60, 0])];
    let told = sessions(&rows).told("2025-10-20");
    assert_eq!(told.of("Missed Twice").rating("K3", "2025-26 Q2"), "not-rated");
    assert_eq!(told.of("Missed Twice").met("standard-not-met"), [""; 0]);
}

#[test]
fn a_definition_may_hold_an_electrical_certificate_for_fewer_years() {
    let (form, services) = (crate::forms::CERTIFICATION, crate::forms::SERVICES);
    let certification = |provider: &str| {
        let cell = crate::forms::service_cell(0, "Electrical certificate");
        crate::forms::certification(provider).with(services, &cell, crate::support::day("2023-04-30"))
    };
    let books = vec![("Thameside".to_string(), certification("Thameside"))];
    for (months, rating) in [(60, "green"), (36, "red")] {
        let workspace = crate::forms::certified(&books);
        redefine(
            &workspace,
            &[("issued-within = { months = 60 }", &format!("issued-within = {{ months = {months} }}"))],
        );
        let told = workspace.told("2026-05-20");
        let review = told.of("Thameside");
        assert_eq!(review.rating("4", crate::forms::YEAR), rating, "{months} months");
        let contradicted = review.places(form, crate::forms::YEAR, "evidence-contradicts").len();
        assert_eq!(contradicted, usize::from(rating == "red"), "{months} months");
    }
}
