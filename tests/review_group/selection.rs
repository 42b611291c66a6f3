//! What to review next: six criteria, weighed (4.1 of the paper).

use crate::forms::{AS_OF, CONTRACT};
use crate::support::book::Cell;
use crate::support::day;
use crate::support::workspace::Workspace;

const SCORED: [&str; 4] = ["Value", "Complexity", "Risk", "Strategic"];

/// Adds a contract that nobody planned a review of: 3 by every criterion but for these cells.
fn contract(workspace: &mut Workspace, name: &str, cells: &[(&'static str, Cell)]) {
    let mut row = vec![("Contract", Cell::from(name)), ("Lead officer", "Head of service".into())];
    for heading in SCORED {
        let own = cells.iter().find(|(own, _)| *own == heading);
        row.push((heading, own.map_or(Cell::from(3), |(_, cell)| cell.clone())));
    }
    row.extend(cells.iter().filter(|(heading, _)| !SCORED.contains(heading)).cloned());
    workspace.record("Reviews", row);
}

/// The contracts in the order in which they are to be reviewed.
fn order(rows: &[(&'static str, Vec<(&'static str, Cell)>)]) -> Vec<&'static str> {
    let mut workspace = Workspace::default();
    for (name, cells) in rows {
        contract(&mut workspace, name, cells);
    }
    workspace.told(AS_OF);
    let page = workspace.page(&format!("{CONTRACT}/report.html"));
    let section = page.section(&["selection", "review next", "priorit"]);
    section.order(&rows.iter().map(|(name, _)| *name).collect::<Vec<_>>())
}

fn date(text: &str) -> Cell {
    day(text).into()
}

// In what follows the contract that is first by name is the one to come last.

#[test]
fn what_is_worth_more_or_harder_or_riskier_or_strategic_comes_first() {
    for criterion in SCORED {
        let found = order(&[
            ("Alder care", vec![(criterion, 1.into())]),
            ("Medlar buses", vec![]),
            ("Yarrow roads", vec![(criterion, 5.into())]),
        ]);
        assert_eq!(found, ["Yarrow roads", "Medlar buses", "Alder care"], "{criterion}");
    }
}

#[test]
fn a_recent_audit_or_one_on_the_timetable_moves_a_contract_down() {
    for (heading, audit) in [
        ("Last audit", "2019-01-07"),
        ("Last audit", "2018-11-19"),
        ("Next audit", "2019-03-04"),
        ("Next audit", "2019-02-05"),
    ] {
        let found = order(&[("Alder care", vec![(heading, date(audit))]), ("Yarrow roads", vec![])]);
        assert_eq!(found, ["Yarrow roads", "Alder care"], "{heading} {audit}");
    }
    // One of long ago does not.
    let found = order(&[
        ("Alder care", vec![("Last audit", date("2019-01-07"))]),
        ("Yarrow roads", vec![("Last audit", date("2009-01-05"))]),
    ]);
    assert_eq!(found, ["Yarrow roads", "Alder care"]);
}

#[test]
fn an_end_within_two_years_moves_a_contract_up() {
    // Against a contract that ends in eleven years, and one whose end nobody wrote down.
    for other in [vec![("Contract end", date("2030-03-31"))], vec![]] {
        for end in ["2019-03-31", "2020-02-04", "2021-02-03", "2021-02-04"] {
            let found =
                order(&[("Alder care", other.clone()), ("Yarrow roads", vec![("Contract end", date(end))])]);
            assert_eq!(found, ["Yarrow roads", "Alder care"], "ends {end}");
        }
    }
    // The last day of the two years, and the day after it.
    let found = order(&[
        ("Alder care", vec![("Contract end", date("2021-02-05"))]),
        ("Yarrow roads", vec![("Contract end", date("2021-02-04"))]),
    ]);
    assert_eq!(found, ["Yarrow roads", "Alder care"]);
}

#[test]
fn a_candidate_without_a_date_is_said_to_have_none_yet() {
    let mut workspace = Workspace::default();
    contract(&mut workspace, "Alder care", &[]);
    contract(&mut workspace, "Medlar buses", &[("Requested by", "Audit committee".into())]);
    contract(&mut workspace, "Yarrow roads", &[("Planned date", date("2019-06-12"))]);
    workspace.told(AS_OF);
    let page = workspace.page(&format!("{CONTRACT}/report.html"));
    let section = page.section(&["selection", "review next", "priorit"]);
    for (name, said) in [
        ("Alder care", "Not on the plan: no date yet."),
        ("Medlar buses", "On the plan: asked for by Audit committee, no date yet."),
        ("Yarrow roads", "On the plan: planned for 12 June 2019."),
    ] {
        let row = section.rows().into_iter().find(|row| row.contains(name)).unwrap();
        assert!(row.contains(said), "{row}");
    }
}

#[test]
fn the_criteria_are_named() {
    let mut workspace = Workspace::default();
    contract(&mut workspace, "Alder care", &[("Contract end", date("2020-03-31"))]);
    workspace.told(AS_OF);
    let page = workspace.page(&format!("{CONTRACT}/report.html"));
    let section = page.section(&["selection", "review next", "priorit"]);
    for criterion in ["Value", "Complexity", "Risk", "audit", "trategic"] {
        assert!(section.says(criterion), "no {criterion} in {}", section.words());
    }
}
