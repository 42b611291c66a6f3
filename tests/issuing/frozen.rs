//! Issues: made once, complete, never changed, and held against what is so later.

use std::fs;
use std::path::Path;

use quarterday::run::issue::Asked;
use quarterday::workspace::sha256;

use crate::forms::{Return, afterwards, provider_for, send};
use crate::quarter::{AS_OF, FOLDER, PROVIDER, asked, correct_may, counts, folder, issued, quarter, record};
use crate::support::page::Page;

/// Makes a frozen file writable, as whoever tampers with it would.
#[allow(clippy::permissions_set_readonly_false, reason = "a temporary folder of the test's own")]
fn unlock(path: &Path) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(false);
    fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn an_issue_holds_what_goes_out_and_what_it_rests_on() {
    let workspace = quarter();
    let made = issued(&workspace, &asked(), AS_OF).unwrap();
    assert_eq!((made.made.len(), made.already.len()), (1, 0));
    let (record, folder) = (record(&workspace, 1), folder(&workspace, 1));
    assert_eq!((record["number"].as_u64(), record["issued_on"].as_str()), (Some(1), Some(AS_OF)));
    let files = record["files"].as_array().unwrap();
    for file in files {
        let bytes = fs::read(folder.join(file["file"].as_str().unwrap())).unwrap();
        assert_eq!(sha256(&bytes), file["sha256"].as_str().unwrap(), "{file}");
    }
    let names: Vec<&str> = files.iter().map(|file| file["file"].as_str().unwrap()).collect();
    for name in [
        "definition.toml",
        "issue.schema.json",
        "meeting/agenda.html",
        "meeting/minutes.html",
        "pack.html",
        "pack.xlsx",
        "provider-pack.html",
        "provider-pack.xlsx",
    ] {
        assert!(names.contains(&name), "{name}: {names:?}");
    }
    assert_eq!(names.iter().filter(|name| name.starts_with("returned/")).count(), 3);
    // What it rests on: the definition as it is shipped, the returns, every figure.
    let shipped =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/contracts/kent-regulation-44.toml"))
            .unwrap();
    assert_eq!(record["definition"]["sha256"], sha256(&shipped));
    assert_eq!(fs::read(folder.join("definition.toml")).unwrap(), shipped);
    assert_eq!(
        record["register"]["sha256"],
        sha256(&fs::read(workspace.path().join("register.xlsx")).unwrap())
    );
    assert_eq!(record["inputs"].as_array().unwrap().len(), 3);
    for input in record["inputs"].as_array().unwrap() {
        let kept = format!("originals/{}.xlsx", input["sha256"].as_str().unwrap());
        assert!(workspace.path().join(kept).is_file());
    }
    let figures = record["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 9);
    assert!(figures.iter().any(|own| own["kpi"] == "2" && own["value"] == "1" && own["rating"] == "stretch"));
    // All but the page, whose links would lead out of the folder, and what is recorded is what stands under out.
    let is_recorded =
        |name: &str| ["definition", "issue", "ledger-head.json"].iter().any(|first| name.starts_with(first));
    for name in names.iter().filter(|name| **name != "pack.html" && !is_recorded(name)) {
        let out = workspace.path().join("out").join(FOLDER).join(name);
        assert_eq!(fs::read(out).unwrap(), fs::read(folder.join(name)).unwrap(), "{name}");
    }
    let page = fs::read_to_string(folder.join("pack.html")).unwrap();
    assert!(!page.contains("href=\"../"), "a link leads out of the issue");
    assert!(Page::new(page).says("Issued on 20 July 2023 (issue 1)."));
}

#[test]
fn the_same_is_not_issued_twice() {
    let workspace = quarter();
    issued(&workspace, &asked(), AS_OF).unwrap();
    for on in [AS_OF, "2023-07-25"] {
        let again = issued(&workspace, &asked(), on).unwrap();
        assert!(again.made.is_empty());
        assert_eq!((again.already[0].number, again.already[0].on.to_string()), (1, AS_OF.to_string()));
    }
    assert!(!folder(&workspace, 2).exists());
    // A note is a reason of its own.
    let noted = Asked { note: Some("For the committee".into()), ..asked() };
    let second = issued(&workspace, &noted, "2023-07-25").unwrap();
    assert_eq!(second.made[0].record.differs, ["The note differs."]);
    assert!(issued(&workspace, &noted, "2023-07-26").unwrap().made.is_empty());
}

#[test]
fn later_runs_say_what_has_changed_since() {
    let mut workspace = quarter();
    issued(&workspace, &asked(), AS_OF).unwrap();
    let page = workspace.page(&format!("{FOLDER}/pack.html"));
    assert!(page.says("Issued on 20 July 2023 (issue 1)."), "{}", page.words());
    let same = workspace.told("2023-07-24").outcome;
    assert!(same.changed_since_issue.is_empty() && same.issues_at_fault.is_empty(), "{same:?}");
    assert!(
        workspace
            .page(&format!("{FOLDER}/pack.html"))
            .says("No figure, rating, return or condition has changed since.")
    );

    correct_may(&mut workspace, "2023-07-21");
    let changed = workspace.told("2023-07-24").outcome;
    assert_eq!(changed.changed_since_issue.len(), 1);
    let line = &changed.changed_since_issue[0];
    let told = "KPI 2, May 2023 was 100% (stretch) when issued, now 57.1% (red).";
    assert!(
        line.starts_with(PROVIDER) && line.contains("(issue 1 of 20 July 2023)") && line.contains(told),
        "{line}"
    );
    let section = workspace.page(&format!("{FOLDER}/pack.html")).section(&["issued"]);
    assert!(section.says(told) && section.says("issued/kent-regulation-44"), "{}", section.words());
    assert!(workspace.page("index.html").says("Issued 20 July 2023 (issue 1); 1 figure changed since"));
    // As of a day before the issue there was none.
    workspace.told("2023-07-19");
    assert!(workspace.page(&format!("{FOLDER}/pack.html")).sections(&["issued"]).is_empty());
}

#[test]
fn what_differs_makes_the_next_issue_and_is_said_in_it() {
    let mut workspace = quarter();
    issued(&workspace, &asked(), AS_OF).unwrap();
    let first = fs::read(folder(&workspace, 1).join("issue.json")).unwrap();
    correct_may(&mut workspace, "2023-07-21");
    let second = issued(&workspace, &asked(), "2023-07-24").unwrap();
    let record = &second.made[0].record;
    assert_eq!((record.number, record.previous.as_ref().unwrap().sha256.clone()), (2, sha256(&first)));
    assert!(record.differs[0].starts_with("KPI 2, May 2023 was 100% (stretch)"), "{:?}", record.differs);
    assert_eq!(
        fs::read(folder(&workspace, 1).join("issue.json")).unwrap(),
        first,
        "the first stays as it was"
    );
    let page = workspace.page(&format!("{FOLDER}/pack.html"));
    assert!(page.says("Issued on 24 July 2023 (issue 2).") && page.says("Issue 1, 20 July 2023"));
    // Nothing is issued as of a day before the last.
    let earlier = issued(&workspace, &asked(), "2023-07-22").unwrap_err();
    assert!(earlier.contains("issue 2") && earlier.contains("cannot be as of an earlier day"), "{earlier}");
}

#[test]
fn a_frozen_file_that_is_not_as_it_was_is_told_and_stops_nothing() {
    let workspace = quarter();
    let noted = Asked { note: Some("Again".into()), ..asked() };
    issued(&workspace, &asked(), AS_OF).unwrap();
    issued(&workspace, &noted, AS_OF).unwrap();
    let (page, book, record) = (
        folder(&workspace, 1).join("pack.html"),
        folder(&workspace, 2).join("pack.xlsx"),
        folder(&workspace, 1).join("issue.json"),
    );
    for path in [&page, &book, &record] {
        unlock(path);
    }
    fs::write(&page, "all green").unwrap();
    fs::remove_file(&book).unwrap();
    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, text.replacen("stretch", "red", 1)).unwrap();
    let faults = workspace.told(AS_OF).outcome.issues_at_fault.clone();
    assert_eq!(
        faults,
        [
            format!("issued/{FOLDER}/issue-1/pack.html is not what was issued: its content has changed"),
            format!("issued/{FOLDER}/issue-2/pack.xlsx is gone"),
            format!("issued/{FOLDER}/issue-1/issue.json has changed since issue 2 was made after it"),
        ]
    );
    // An officer's own note beside them is nobody's fault; a record that is none is.
    fs::write(folder(&workspace, 1).join("note.txt"), "mine").unwrap();
    fs::write(&record, "half").unwrap();
    let faults = workspace.told(AS_OF).outcome.issues_at_fault.join("\n");
    assert!(faults.contains("it is no record of an issue") && !faults.contains("note.txt"), "{faults}");
    assert!(faults.contains("issue 1 before it is gone"), "{faults}");
}

#[test]
fn what_would_be_untrue_is_refused_and_the_nearest_named() {
    let mut workspace = quarter();
    provider_for(&mut workspace, "Brackenford Visits", "2024-01-01", 12);
    let period = |text: &str| Asked { period: text.into(), ..asked() };
    let provider = |name: &str| Asked { providers: vec![name.into()], ..asked() };
    for (asked, why) in [
        (Asked { contract: "kent-regulation-4".into(), ..asked() }, "did you mean `kent-regulation-44`?"),
        (period("2023-24 Q9"), "the nearest with a pack is 2023-24 Q1"),
        (
            period("May 2023"),
            "but reviews under kent-regulation-44 are quarterly; the nearest with a pack is 2023-24 Q1",
        ),
        (period("2025-26 Q3"), "the nearest is that of Lanternhill Visiting for 2023-24 Q1"),
        (period("soon"), "“soon” is no period; the nearest with a pack is 2023-24 Q1"),
        (provider("Lanternhil Visiting"), "did you mean `Lanternhill Visiting`?"),
        (provider("Brackenford Visits"), "there is nothing to issue: Brackenford Visits has no pack for"),
    ] {
        let told = issued(&workspace, &asked, AS_OF).unwrap_err();
        assert!(told.contains(why), "{told}");
    }
    let request =
        quarterday::run::Request { as_of: AS_OF.parse().unwrap(), today: "2023-07-19".parse().unwrap() };
    let readers = quarterday::readers::Readers::in_process();
    let ahead =
        quarterday::run::issue::issue(workspace.path(), &asked(), request, &readers, &|_| {}).unwrap_err();
    assert!(ahead.to_string().contains("still to come"), "{ahead}");
    assert!(!workspace.path().join("issued").exists());
}

#[test]
fn each_provider_has_issues_of_its_own() {
    let mut workspace = quarter();
    provider_for(&mut workspace, "Brackenford Visits", "2023-04-01", 24);
    send(
        &mut workspace,
        &Return::of("Brackenford Visits", "2023-04-01", counts(7)),
        &afterwards("2023-04-01"),
    );
    let one = Asked { providers: vec![PROVIDER.to_lowercase()], ..asked() };
    assert_eq!(issued(&workspace, &one, AS_OF).unwrap().made.len(), 1);
    let all = issued(&workspace, &asked(), AS_OF).unwrap();
    assert_eq!((all.made.len(), all.already.len()), (1, 1));
    assert_eq!(all.made[0].record.provider, "Brackenford Visits");
}

#[test]
fn what_a_killed_issue_left_is_no_issue_and_goes() {
    let workspace = quarter();
    let half = workspace.path().join("issued").join(FOLDER).join(".quarterday-issue-1.tmp");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join("issue.json"), "{").unwrap();
    let told = workspace.told(AS_OF).outcome;
    assert!(told.issues_at_fault.is_empty(), "{:?}", told.issues_at_fault);
    issued(&workspace, &asked(), AS_OF).unwrap();
    assert!(!half.exists());
    let beside: Vec<String> = fs::read_dir(half.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(beside, ["issue-1"]);
}

#[test]
fn a_register_saved_again_is_no_difference_and_an_action_is() {
    let mut workspace = quarter();
    issued(&workspace, &asked(), AS_OF).unwrap();
    // The same rows in a workbook written anew: other bytes.
    assert!(issued(&workspace, &asked(), AS_OF).unwrap().made.is_empty());
    workspace.record(
        "Actions",
        [
            ("Provider", PROVIDER.into()),
            ("Contract", crate::forms::CONTRACT.into()),
            ("Action to be taken", "Name a deputy".into()),
        ],
    );
    let second = issued(&workspace, &asked(), AS_OF).unwrap();
    assert_eq!(second.made[0].record.differs, ["The action log has changed."]);
    assert!(workspace.told(AS_OF).outcome.changed_since_issue.is_empty());
}
