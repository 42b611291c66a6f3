//! What the register says of providers: meetings, suspension (7, 9 of the schedule).

use crate::forms::{CONTRACT, certification, kpi_form};
use crate::support::book::Cell;
use crate::support::day;
use crate::support::workspace::Workspace;

const ANSWERS: [u32; 8] = [6, 4, 3, 120, 114, 2, 18, 12];

/// A provider with two quarters' forms in time.
pub fn steady(workspace: &mut Workspace, provider: &str) {
    workspace.provider(CONTRACT, provider, "2025-04-01");
    for (label, received) in [("Q1 2025-26", "2025-07-10"), ("Q2 2025-26", "2025-10-10")] {
        let file = format!("{provider}/{label}.xlsx");
        workspace.receive(&file, received, &kpi_form(provider, label, ANSWERS));
    }
}

fn meeting(workspace: &mut Workspace, provider: &str, date: &str, attended: &str) {
    workspace.record(
        "Meetings",
        [
            ("Date", day(date).into()),
            ("Provider", provider.into()),
            ("Contract", CONTRACT.into()),
            ("Kind", "Strategic meeting".into()),
            ("Attended", attended.into()),
        ],
    );
}

#[test]
fn a_meeting_not_attended() {
    let rows = [
        ("Absent", "2025-09-17", "No", vec!["2025-26 Q2 triggered"]),
        ("Absent On The Last Day", "2025-09-30", "No", vec!["2025-26 Q2 triggered"]),
        ("Absent On The First Day", "2025-10-01", "No", vec!["2025-26 Q3 triggered"]),
        ("There", "2025-09-17", "Yes", vec![]),
        ("Not Recorded", "2025-09-17", "", vec![]),
        ("Still To Come", "2025-11-19", "", vec![]),
    ];
    let mut workspace = Workspace::default();
    for (provider, date, attended, _) in &rows {
        steady(&mut workspace, provider);
        meeting(&mut workspace, provider, date, attended);
    }
    let told = workspace.told("2025-10-20");
    for (provider, _, _, expected) in rows {
        assert_eq!(told.of(provider).met("meeting-missed"), expected, "{provider}");
        for own in told.of(provider).escalated("meeting-missed") {
            assert!(own.clause.contains("7.8") && own.by.is_none(), "{own:?}");
        }
    }
}

#[test]
fn an_absence_after_the_contract_ended_is_told_in_its_last_quarter() {
    let mut workspace = Workspace::default();
    steady(&mut workspace, "Thameside");
    workspace.provider_cell("Thameside", "End", day("2025-09-30"));
    meeting(&mut workspace, "Thameside", "2025-10-08", "No");
    let told = workspace.told("2025-10-20");
    assert_eq!(told.of("Thameside").met("meeting-missed"), ["2025-26 Q2 triggered"]);
    let page = workspace.pages(&format!("{CONTRACT}/Thameside"));
    assert!(page.contains("8 October 2025"));
}

#[test]
fn an_absence_from_a_meeting_with_all_providers_is_nobodys_and_is_asked_about() {
    let mut workspace = Workspace::default();
    for provider in ["Thameside", "Quay"] {
        steady(&mut workspace, provider);
    }
    meeting(&mut workspace, "", "2025-09-17", "No");
    let told = workspace.told("2025-10-20");
    for provider in ["Thameside", "Quay"] {
        assert_eq!(told.of(provider).met("meeting-missed"), [""; 0], "{provider}");
    }
    let notes = &told.outcome.notes;
    assert!(notes.iter().any(|note| note.contains("nobody counts as absent")), "{notes:?}");
}

#[test]
fn nothing_follows_from_a_steady_provider() {
    let mut workspace = Workspace::default();
    steady(&mut workspace, "Thameside");
    assert_eq!(workspace.told("2025-10-20").of("Thameside").escalations(), []);
}

#[test]
fn information_for_a_meeting_is_asked_for_a_week_and_supplied_two_days_before() {
    let mut workspace = Workspace::default();
    steady(&mut workspace, "Thameside");
    meeting(&mut workspace, "Thameside", "2025-11-19", "");
    let told = workspace.told("2025-10-20");
    let review = told.of("Thameside");
    for date in ["2025-11-12", "2025-11-17"] {
        assert!(
            review.dates().iter().any(|own| own.0 == day(date) && own.2.contains("7.7")),
            "no {date}: {:?}",
            review.dates()
        );
    }
    let page = workspace.pages(CONTRACT);
    assert!(page.contains("12 November 2025") && page.contains("17 November 2025"));
}

#[test]
fn a_suspended_provider_gets_its_workbook_and_its_pack_says_that_referrals_are_suspended() {
    let mut workspace = Workspace::default();
    for (provider, status) in [("Halted", "Suspended"), ("Running", "Active")] {
        steady(&mut workspace, provider);
        workspace.provider_cell(provider, "Status", status);
        workspace.provider_cell(provider, "Status since", day("2025-08-04"));
    }
    let told = workspace.told("2025-10-20");
    for (provider, suspended) in [("Halted", true), ("Running", false)] {
        let folder = format!("{CONTRACT}/{provider}/2025-26 Q2");
        // The workbooks of council, committee and provider, and the one that goes back.
        let workbooks = workspace.written(&folder, ".xlsx");
        assert_eq!(workbooks.len(), 4, "{workbooks:?}");
        let review = told.outcome.results.reviews.iter().find(|own| own.provider == provider).unwrap();
        let pack = review.packs.iter().find(|pack| pack.period.label() == "2025-26 Q2").unwrap();
        let said = pack.cautions.join("\n").to_lowercase();
        assert_eq!(said.contains("suspended"), suspended, "{provider}: {said}");
    }
    // From when, on the page.
    assert!(workspace.pages(&format!("{CONTRACT}/Halted/2025-26 Q2")).contains("4 August 2025"));
}

#[test]
fn a_suspended_service_is_named_and_the_provider_goes_on() {
    let mut workspace = Workspace::default();
    steady(&mut workspace, "Thameside");
    for (service, status) in [("Quay House", "Suspended"), ("Mill View", "Barred")] {
        workspace.record(
            "Providers",
            [
                ("Provider", Cell::from("Thameside")),
                ("Contract", CONTRACT.into()),
                ("Service", service.into()),
                ("Status", status.into()),
                ("Status since", day("2025-08-04").into()),
            ],
        );
    }
    workspace.told("2025-10-20");
    let page = workspace.pages(&format!("{CONTRACT}/Thameside/2025-26 Q2"));
    for (service, status) in [("Quay House", "suspended"), ("Mill View", "barred")] {
        assert!(page.contains(service), "no {service}");
        assert!(page.to_lowercase().contains(status), "not {status}");
    }
}

#[test]
fn a_provider_that_certifies_while_suspended_gets_its_certification_back() {
    let mut workspace = Workspace::default();
    workspace.provider(CONTRACT, "Halted", "2025-04-01");
    workspace.provider_cell("Halted", "Status", "Suspended");
    workspace.provider_cell("Halted", "Status since", day("2026-02-02"));
    workspace.receive("certification.xlsx", "2026-05-06", &certification("Halted"));
    workspace.told("2026-06-10");
    let returned: Vec<_> = workspace
        .written(&format!("{CONTRACT}/Halted"), ".xlsx")
        .into_iter()
        .filter(|path| path.to_string_lossy().contains("certification"))
        .collect();
    assert_eq!(returned.len(), 1, "{returned:?}");
}
