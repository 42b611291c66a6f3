//! `out/calendar.ics` as a run writes it, and again after dates have moved.

use std::collections::BTreeMap;

use crate::forms::CONTRACT;
use crate::support::day;
use crate::support::workspace::Workspace;
use crate::visits::{PROVIDER, quarter, quarterday};

/// The entries: identity, then day and title.
fn entries(workspace: &Workspace, file: &str) -> BTreeMap<String, (String, String)> {
    let bytes = std::fs::read(workspace.path().join("out").join(file)).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    let text = text.replace("\r\n ", "");
    let mut entries = BTreeMap::new();
    for entry in text.split("BEGIN:VEVENT").skip(1) {
        let of = |name: &str| {
            let line = entry.lines().find_map(|line| line.strip_prefix(name));
            line.unwrap_or_else(|| panic!("no {name} in {entry}")).to_string()
        };
        let twice = entries.insert(of("UID:"), (of("DTSTART;VALUE=DATE:"), of("SUMMARY:")));
        assert!(twice.is_none(), "{entry} twice");
    }
    entries
}

fn july(entries: &BTreeMap<String, (String, String)>) -> (&String, &(String, String)) {
    entries.iter().find(|(_, (_, title))| title.contains("for July 2023")).unwrap()
}

#[test]
fn an_extension_moves_the_entry_and_a_later_run_keeps_the_others() {
    let mut workspace = quarter();
    quarterday(&workspace, &["run", "--as-of", "2023-07-20"]);
    let first = entries(&workspace, "calendar.ics");
    assert_eq!(
        entries(&workspace, &format!("{CONTRACT}/calendar.ics")),
        first,
        "one contract is all there is"
    );
    let page = std::fs::read_to_string(workspace.path().join("out/index.html")).unwrap();
    assert!(page.contains("href=\"calendar.ics\""));
    // A year ahead, one return a month, and what came in says so.
    let returns =
        |all: &BTreeMap<String, (String, String)>| all.values().filter(|own| own.1.contains(" due")).count();
    assert!(returns(&first) >= 12, "{first:#?}");
    assert!(first.values().any(|(_, title)| title.contains("received on")), "{first:#?}");

    let (uid, (date, _)) = july(&first);
    assert_eq!(date, "20230728");
    workspace.record(
        "Extensions",
        [
            ("Provider", PROVIDER.into()),
            ("Contract", CONTRACT.into()),
            ("Form", "monthly-kpi".into()),
            ("Period", "2023-07".into()),
            ("New due date", day("2023-08-15").into()),
        ],
    );
    workspace.write_register();
    quarterday(&workspace, &["run", "--as-of", "2023-08-10"]);
    let later = entries(&workspace, "calendar.ics");
    assert_eq!(july(&later), (uid, &("20230815".to_string(), july(&first).1.1.clone())));
    // What both have and nobody moved stands where it stood.
    let both = first.iter().filter(|(own, _)| *own != uid && later.contains_key(*own));
    let mut number = 0;
    for (own, (date, _)) in both {
        assert_eq!(&later[own].0, date, "{own}");
        number += 1;
    }
    assert!(number >= 12, "{number}");
}
