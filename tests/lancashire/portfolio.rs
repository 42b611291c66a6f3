//! The portfolio over many providers: everyone in order of name with the periods before, what is overdue, links that lead somewhere.

use crate::forms::{CLEAN, CONTRACT, QUARTERS, START, quarterly, send};
use crate::support::page::Page;
use crate::support::workspace::Workspace;

/// More than stand without an index by letter.
const PROVIDERS: usize = 28;
const AS_OF: &str = "2021-01-20";

fn name(number: usize) -> String {
    format!("{} Support", ["Yew", "Ash", "Fern", "Oak"][number % 4].to_string() + &format!(" {number:02}"))
}

/// Two send what is asked of them, one of them its first quarter alone; of the others nothing came.
fn workspace() -> Workspace {
    let mut workspace = Workspace::default();
    for number in 0..PROVIDERS {
        workspace.provider(CONTRACT, &name(number), START);
    }
    for (label, _, _) in &QUARTERS[..3] {
        send(&mut workspace, &name(1), label, &quarterly(&name(1), label, &CLEAN));
    }
    let (label, _, _) = QUARTERS[0];
    send(&mut workspace, &name(0), label, &quarterly(&name(0), label, &CLEAN));
    for (timescale, status, action) in [
        ("31 December 2020", "Open", "Train two workers"),
        ("20 January 2021", "", "Write the plan"),
        ("End of February 2021", "", "Recruit"),
        ("1 December 2020", "Closed", "Move office"),
    ] {
        workspace.record(
            "Actions",
            [
                ("Provider", name(1).as_str().into()),
                ("Contract", CONTRACT.into()),
                ("Action to be taken", action.into()),
                ("Timescale", timescale.into()),
                ("Status", status.into()),
            ],
        );
    }
    workspace.outcome(AS_OF, AS_OF);
    workspace
}

/// The files a page leads to, as they stand on disk.
fn files(page: &Page) -> Vec<String> {
    let links = page.html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links
        .filter(|href| !href.starts_with('#'))
        .map(|href| href.replace("%20", " ").replace("%28", "(").replace("%29", ")").replace("%2C", ","))
        .collect()
}

#[test]
fn a_portfolio_of_many_is_in_order_and_leads_to_files_that_are_there() {
    let workspace = workspace();
    let page = workspace.page("index.html");
    let files = files(&page);
    assert!(files.len() > 3 * PROVIDERS);
    for file in &files {
        assert!(workspace.path().join("out").join(file).is_file(), "{file} is not there");
    }
    for own in ["pack.html", "pack.xlsx", "provider-pack.html", "returned/"] {
        assert!(files.iter().any(|file| file.contains(own)), "nothing leads to {own}");
    }
    // Every provider once in its table, in order of name, with an index by letter before it.
    let table = page.html.split("class=\"providers\"").nth(1).unwrap();
    let mut names: Vec<String> = (0..PROVIDERS).map(name).collect();
    names.sort();
    let rows = Page::new(table.split("</table>").next().unwrap().to_string()).rows();
    let shown: Vec<&str> = rows[1..].iter().map(|row| row.split(" Support").next().unwrap()).collect();
    let expected: Vec<&str> = names.iter().map(|name| name.split(" Support").next().unwrap()).collect();
    assert_eq!(shown, expected);
    assert!(page.html.contains("class=\"letters\""));
    assert!(rows[0].contains("2020-21 Q1"), "{}", rows[0]);
    // Of one that sent all: what was rated before stands in the cells.
    assert!(rows[1].contains("None"), "{}", rows[1]);
}

#[test]
fn what_is_overdue_and_what_is_due_stand_apart() {
    let workspace = workspace();
    let page = workspace.page("index.html");
    let overdue = page.section(&["overdue"]);
    let missing = PROVIDERS - 1;
    let line = overdue.rows().into_iter().find(|row| row.contains("2020-21 Q2")).unwrap();
    assert!(line.contains(&format!("{missing} providers")), "{line}");
    assert!(overdue.says("Action: Train two workers") && overdue.says("20 days"));
    for other in ["Write the plan", "Recruit", "Move office"] {
        assert!(!overdue.says(other), "{other}");
    }
    let due = page.section(&["due in the next"]);
    assert!(due.says("Write the plan"), "due on the day itself");
    assert!(!due.says("Recruit") && !due.says("Move office") && !due.says("Train two"));
    assert!(page.says("returns are missing: from"));
}
