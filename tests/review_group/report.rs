//! The six-month report: the forward plan, themes across contracts, and how contracts reviewed again moved.

use crate::forms::{AREAS, AS_OF, Assessment, CONTRACT, PLANNED, assessment, listed, reviewed};
use crate::support::book::Cell;
use crate::support::day;
use crate::support::page::Page;
use crate::support::workspace::Workspace;

/// The report of a run on the day.
fn report(workspace: &Workspace) -> Page {
    workspace.told(AS_OF);
    workspace.page(&format!("{CONTRACT}/report.html"))
}

fn on_the_list(workspace: &mut Workspace, contract: &str, lead: &str, planned: &str, requested: &str) {
    workspace.record(
        "Reviews",
        [
            ("Contract", Cell::from(contract)),
            ("Lead officer", lead.into()),
            ("Value", 2.into()),
            ("Complexity", 2.into()),
            ("Risk", 2.into()),
            ("Strategic", 2.into()),
            ("Requested by", requested.into()),
            ("Planned date", if planned.is_empty() { "".into() } else { day(planned).into() }),
        ],
    );
}

/// Whether a text names a day, written long or short.
fn names(text: &str, date: &str) -> bool {
    let forms = ["%-d %B %Y", "%-d %b %Y"].map(|form| day(date).format(form).to_string());
    forms.iter().any(|form| text.contains(form))
}

#[test]
fn the_forward_plan_has_date_contract_and_lead_officer() {
    let rows = [
        ("Wheatley school building", "Head of property", "2019-03-26"),
        ("Visitor economy", "Head of economic development", "2019-02-12"),
        ("Mental health services for young people", "Head of children's commissioning", "2019-03-12"),
        ("Community equipment", "Commissioning manager", "2019-05-14"),
    ];
    let mut workspace = Workspace::default();
    for (contract, lead, planned) in rows {
        on_the_list(&mut workspace, contract, lead, planned, "");
    }
    on_the_list(&mut workspace, "Residential care homes", "Head of adult care", "2019-01-29", "");
    on_the_list(&mut workspace, "Household waste sites", "Head of waste", "", "");
    let plan = report(&workspace).section(&["forward plan"]);
    for (contract, lead, planned) in rows {
        let row = plan.rows().into_iter().find(|row| row.contains(contract));
        let row = row.unwrap_or_else(|| panic!("no {contract} in {}", plan.words()));
        assert!(names(&row, planned) && row.contains(lead), "{row}");
    }
    let by_date =
        ["Visitor economy", "Mental health services", "Wheatley school building", "Community equipment"];
    assert_eq!(plan.order(&by_date), by_date);
    // Neither what is past nor what nobody planned.
    assert!(!plan.rows().iter().any(|row| row.contains("Residential care homes")));
    assert!(!plan.rows().iter().any(|row| row.contains("Household waste sites")));
}

#[test]
fn a_request_from_a_committee_puts_a_contract_on_the_plan_regardless() {
    let mut workspace = Workspace::default();
    on_the_list(&mut workspace, "Visitor economy", "Head of economic development", "2019-02-12", "");
    on_the_list(&mut workspace, "Household waste sites", "Head of waste", "", "");
    let lead = "Head of children's commissioning";
    on_the_list(&mut workspace, "Mental health services", lead, "", "Children's committee");
    // The least of all by every criterion, and audited last month.
    workspace.record(
        "Reviews",
        [
            ("Contract", "Archive storage".into()),
            ("Lead officer", "Head of facilities".into()),
            ("Value", 1.into()),
            ("Complexity", 1.into()),
            ("Risk", 1.into()),
            ("Strategic", 1.into()),
            ("Last audit", day("2019-01-07").into()),
            ("Requested by", "Policy committee".into()),
        ],
    );
    let plan = report(&workspace).section(&["forward plan"]);
    for (contract, lead, requested) in [
        ("Mental health services", lead, "Children's committee"),
        ("Archive storage", "Head of facilities", "Policy committee"),
    ] {
        let row = plan.rows().into_iter().find(|row| row.contains(contract));
        let row = row.unwrap_or_else(|| panic!("no {contract} in {}", plan.words()));
        assert!(row.contains(lead) && row.contains(requested), "{row}");
    }
    assert!(!plan.rows().iter().any(|row| row.contains("Household waste sites")));
}

#[test]
fn themes_are_the_areas_whose_mean_is_lowest() {
    // Payment and incentives at 1.5 and contract development at 2 across the three; each contract has another low of its own.
    let rows = [
        ("Alder care", [(6, [1, 1]), (8, [2, 2]), (1, [2, 2])]),
        ("Birch roads", [(6, [1, 2]), (8, [1, 2]), (2, [2, 2])]),
        ("Cherry buses", [(6, [2, 2]), (8, [2, 3]), (4, [2, 2])]),
    ];
    let mut workspace = Workspace::default();
    for (contract, lows) in rows {
        listed(&mut workspace, contract, PLANNED);
        let own = Assessment::of(contract, PLANNED).all(5);
        let own = lows.iter().fold(own, |own, (area, scores)| own.scored(*area, scores));
        workspace.receive(&format!("{contract}.xlsx"), "2019-01-25", &own.book());
    }
    let themes = report(&workspace).section(&["theme"]);
    assert_eq!(themes.order(&[AREAS[7], AREAS[5]]), [AREAS[5], AREAS[7]]);
    // Both before any area that is high, should it be listed.
    let words = themes.words();
    let development = words.find(AREAS[7]).unwrap();
    for area in [AREAS[2], AREAS[4]] {
        assert!(words.find(area).is_none_or(|place| place > development), "{area} in {words}");
    }
}

#[test]
fn a_contract_reviewed_again_shows_how_it_moved() {
    let mut workspace = Workspace::default();
    for (contract, dates) in [
        ("Residential care homes", &[("2018-06-12", [1, 2]), ("2019-01-29", [4, 5])][..]),
        ("Once", &[("2019-01-29", [2, 3])]),
    ] {
        for (planned, scores) in dates {
            on_the_list(&mut workspace, contract, "Head of service", planned, "");
            let own = Assessment::of(contract, planned);
            let own = (1..=8).fold(own, |own, area| own.scored(area, scores));
            let received = day(planned).pred_opt().unwrap().to_string();
            workspace.receive(&format!("{contract} {planned}.xlsx"), &received, &own.book());
        }
    }
    let page = report(&workspace);
    let moved = |contract: &str| -> Vec<String> {
        let rows = page.rows().into_iter();
        rows.filter(|row| row.contains(contract) && row.contains("1.5") && row.contains("4.5")).collect()
    };
    assert!(!moved("Residential care homes").is_empty(), "{}", page.words());
    assert!(moved("Once").is_empty());
}

#[test]
fn a_change_is_the_difference_of_the_scores_beside_it() {
    let mut workspace = Workspace::default();
    let contract = "Residential care homes";
    let before: [&[i32]; 4] = [&[2, 2, 2, 3], &[2, 3], &[3, 3, 3, 4], &[2, 3]];
    let now: [&[i32]; 4] = [&[3, 4], &[3, 4, 4, 4], &[3], &[2, 3]];
    for (planned, areas) in [("2018-06-12", before), ("2019-01-29", now)] {
        on_the_list(&mut workspace, contract, "Head of service", planned, "");
        let own = Assessment::of(contract, planned);
        let own = (1..).zip(areas).fold(own, |own, (area, scores)| own.scored(area, scores));
        let received = day(planned).pred_opt().unwrap().to_string();
        workspace.receive(&format!("{contract} {planned}.xlsx"), &received, &own.book());
    }
    let moved = report(&workspace).rows().into_iter().find(|row| row.contains("→")).unwrap();
    let cells = ["2.3 → 3.5 ● Green +1.2", "2.5 → 3.8 ● Green +1.3", "3.3 → 3 ▲ Amber −0.3", "no change"];
    for cell in cells {
        assert!(moved.contains(cell), "{cell} in {moved}");
    }
}

#[test]
fn a_self_assessment_that_came_before_its_meeting_takes_nothing_from_the_reviews_held() {
    let mut workspace = Workspace::default();
    let contract = "Residential care homes";
    // The third review is held two weeks after the report, in the same month.
    for (planned, received, score) in
        [("2018-06-12", "2018-06-11", 1), ("2019-01-29", "2019-01-28", 4), ("2019-02-19", "2019-02-01", 5)]
    {
        on_the_list(&mut workspace, contract, "Head of service", planned, "");
        let own = Assessment::of(contract, planned).all(score);
        workspace.receive(&format!("{contract} {planned}.xlsx"), received, &own.book());
    }
    let page = report(&workspace);
    let rows = |section: &str| -> Vec<String> { page.section(&[section]).rows() };
    let own = |section: &str| rows(section).into_iter().find(|row| row.contains(contract)).unwrap();
    assert!(names(&own("scores by area"), "2019-01-29"), "{}", own("scores by area"));
    assert!(page.section(&["theme"]).words().contains("newest review of 1 contract"), "{}", page.words());
    let moved = page.rows().into_iter().find(|row| row.contains("1 → 4")).unwrap();
    assert!(moved.contains(contract) && !moved.contains("4 → 5"), "{moved}");
    assert!(names(&own("forward plan"), "2019-02-19"), "{}", own("forward plan"));
}

#[test]
fn words_of_the_register_are_words_in_the_report() {
    let mut workspace = Workspace::default();
    on_the_list(&mut workspace, "Roads & <b>bridges</b>", "Head of <i>highways</i>", "2019-03-12", "");
    let page = report(&workspace);
    assert!(page.words().contains("Roads & <b>bridges</b>"));
    assert!(page.words().contains("Head of <i>highways</i>"));
    assert!(!page.html.contains("<b>bridges") && !page.html.contains("<i>highways"));
}

/// What the run says on the screen: nothing of a contract that was never reviewed, and of a low score that its target is local.
#[test]
fn the_run_says_what_is_local_and_what_was_never_reviewed() {
    let mut workspace = reviewed(&[assessment().all(1).book()]);
    listed(&mut workspace, "Never reviewed", "");
    workspace.write_register();
    let ran = assert_cmd::Command::cargo_bin("quarterday")
        .unwrap()
        .arg("run")
        .arg(workspace.path())
        .args(["--as-of", AS_OF])
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stdout).unwrap();
    assert!(said.contains("1 against a local target of at least 3.5"), "{said}");
    assert!(said.contains("Nothing received or due yet: Never reviewed."), "{said}");
}
