//! The papers of a meeting: agenda, minutes and the log of actions.

use crate::forms::CONTRACT;
use crate::quarter::{AS_OF, FOLDER, PROVIDER, quarter};
use crate::support::book::Cell;
use crate::support::day;
use crate::support::page::Page;
use crate::support::workspace::Workspace;

fn meeting(workspace: &mut Workspace, date: &str, attended: &str, sent: Option<&str>) {
    let row = [
        ("Date", Cell::from(day(date))),
        ("Provider", PROVIDER.into()),
        ("Contract", CONTRACT.into()),
        ("Kind", "Quarterly meeting".into()),
        ("Attended", attended.into()),
    ];
    workspace.record("Meetings", row.into_iter().chain(sent.map(|sent| ("Minutes sent", day(sent).into()))));
}

fn action(workspace: &mut Workspace, cells: &[(&'static str, &str)]) {
    let row = [("Provider", Cell::from(PROVIDER)), ("Contract", CONTRACT.into())];
    workspace.record(
        "Actions",
        row.into_iter().chain(cells.iter().map(|(heading, text)| (*heading, Cell::from(*text)))),
    );
}

fn paper(workspace: &Workspace, as_of: &str, file: &str) -> Page {
    workspace.told(as_of);
    workspace.page(&format!("{FOLDER}/{file}"))
}

#[test]
fn minutes_name_the_day_by_which_silence_is_agreement() {
    let mut workspace = quarter();
    // Proposed: seven days after the last return of the quarter was due, Friday 30 June 2023.
    let proposed = paper(&workspace, "2023-07-05", "meeting/minutes.html");
    assert!(proposed.says("Friday 7 July 2023 (proposed)"), "{}", proposed.words());
    assert!(proposed.says("By the day on which the draft is sent"));
    assert!(
        proposed.rows().iter().any(|row| row == "Friday 7 July 2023 Friday 21 July 2023"),
        "{:?}",
        proposed.rows()
    );
    assert!(proposed.rows().iter().any(|row| row == "Monday 10 July 2023 Monday 24 July 2023"));
    assert!(
        proposed.says("Draft minutes – for approval") && proposed.says("Contract Manager (clause 5.6, 7.1)")
    );

    // Recorded: the bank holiday of 28 August lies within the ten working days.
    meeting(&mut workspace, "2023-08-16", "Yes", Some("2023-08-18"));
    let sent = paper(&workspace, "2023-08-20", "meeting/minutes.html");
    assert!(sent.says("Wednesday 16 August 2023") && !sent.says("16 August 2023 (proposed)"));
    assert!(
        sent.rows().iter().any(|row| row == "Friday 18 August 2023 Monday 4 September 2023"),
        "{:?}",
        sent.rows()
    );
    assert!(sent.says("Silence is agreement"));
}

#[test]
fn a_meeting_nobody_came_to_gives_way_to_the_one_that_was_held() {
    let mut workspace = quarter();
    meeting(&mut workspace, "2023-07-12", "No", None);
    meeting(&mut workspace, "2023-07-19", "Yes", None);
    assert!(paper(&workspace, "2023-07-25", "meeting/minutes.html").says("Wednesday 19 July 2023"));
}

#[test]
fn actions_are_carried_until_they_are_done() {
    let mut workspace = quarter();
    meeting(&mut workspace, "2023-04-19", "Yes", None);
    meeting(&mut workspace, "2023-07-19", "Yes", None);
    let own = |text: &'static str, timescale: &'static str, status: &'static str, owner: &'static str| {
        [("Action to be taken", text), ("Timescale", timescale), ("Status", status), ("Owner", owner)]
    };
    action(
        &mut workspace,
        &own("Recruit a visitor", "30 June 2023", "In progress", "Provider: service lead"),
    );
    action(&mut workspace, &own("Write to the units", "31 August 2023", "", "Council: contract officer"));
    action(&mut workspace, &own("Share the checklist", "31 March 2023", "Done", "Provider"));
    action(&mut workspace, &own("Name a deputy", "31 May 2023", "Done", "Both"));
    let row = own("Agree the round", "1 September 2023", "Open", "Provider");
    action(&mut workspace, &row);
    let log = paper(&workspace, AS_OF, "pack.html").section(&["action log"]);
    assert!(log.says("4 actions: 1 overdue, 2 open, 1 closed. What was closed before the last meeting, on 19 April 2023, is left out (1 action)."), "{}", log.words());
    assert!(log.says("Overdue In progress, 20 days overdue"), "{}", log.words());
    assert_eq!(
        log.order(&["Write to the units", "Recruit a visitor", "Name a deputy"]),
        ["Recruit a visitor", "Write to the units", "Name a deputy"]
    );
    assert!(!log.says("Share the checklist"));
    let minutes = workspace.page(&format!("{FOLDER}/meeting/minutes.html"));
    assert!(
        minutes.says("Write to the units") && minutes.says("! Overdue : In progress, 20 days overdue"),
        "{}",
        minutes.words()
    );
    // What the provider is given holds its own actions alone.
    for file in ["provider-pack.html", "meeting/agenda.html"] {
        let page = workspace.page(&format!("{FOLDER}/{file}"));
        assert!(page.says("Recruit a visitor") && page.says("Name a deputy"), "{file}");
        assert!(!page.says("Write to the units"), "{file}");
    }
}

#[test]
fn a_register_without_the_newer_columns_reads_as_before() {
    let mut workspace = quarter();
    action(
        &mut workspace,
        &[("KPI", "2"), ("Action to be taken", "Draft on the day"), ("Timescale", "soon")],
    );
    let log = paper(&workspace, AS_OF, "pack.html").section(&["action log"]);
    assert!(
        log.says("1 action, open. No earlier meeting is recorded, so all are listed."),
        "{}",
        log.words()
    );
    assert!(log.says("Draft on the day") && log.says("soon") && !log.says("Owner"));
}

#[test]
fn what_came_after_the_as_of_date_is_left_out() {
    let mut workspace = quarter();
    for (text, agreed, closed) in
        [("Done since", "2023-05-01", "2023-07-21"), ("Agreed since", "2023-07-21", "")]
    {
        let mut row = vec![
            ("Provider", Cell::from(PROVIDER)),
            ("Contract", CONTRACT.into()),
            ("Action to be taken", text.into()),
            ("Status", if closed.is_empty() { "Open" } else { "Done" }.into()),
            ("Agreed on", day(agreed).into()),
        ];
        if !closed.is_empty() {
            row.push(("Closed on", day(closed).into()));
        }
        workspace.record("Actions", row);
    }
    let log = paper(&workspace, AS_OF, "pack.html").section(&["action log"]);
    assert!(
        log.says("1 action, open.") && log.says("Done since") && !log.says("Agreed since"),
        "{}",
        log.words()
    );
}
