//! What stops a run, and that nothing is written then.

use std::fs;
use std::path::Path;

use quarterday::workspace::lock::RunLock;

use super::support::{AS_OF, CONTRACT, one_quarter, quarterday, refused, run, text, tree, write};

/// Nothing was generated and nothing recorded.
#[track_caller]
fn assert_untouched(dir: &Path) {
    assert!(!dir.join("out").exists(), "something was written under out");
    assert!(!dir.join("receipts.jsonl").exists(), "something was recorded");
    assert!(!dir.join("originals").exists(), "something was kept");
}

#[test]
fn a_typo_in_the_command_is_answered() {
    let said = quarterday(["runn", "reviews"]);
    assert_eq!((said.status, said.out.as_str()), (2, ""));
    assert!(said.err.contains("similar") && said.err.contains("'run'"), "{}", said.err);
    let said = quarterday(["run", "reviews", "--asof", AS_OF]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("'--as-of'"), "{}", said.err);
    // Nothing at all is no mistake: it says how to start.
    assert_eq!(quarterday([]).status, 0);
}

#[test]
fn a_date_that_is_none() {
    let dir = one_quarter();
    for date in ["tomorrow", "20/01/2026", "2026-02-30", ""] {
        let said = quarterday(["run", text(dir.path()), "--as-of", date]);
        assert_eq!(said.status, 2, "{date}");
        assert!(said.err.contains("such as 2026-01-20"), "{date}: {}", said.err);
    }
    assert_untouched(dir.path());
}

#[test]
fn a_definition_with_a_fault() {
    let dir = one_quarter();
    let file = format!("templates/contracts/{CONTRACT}.toml");
    let shipped = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let line = 1 + shipped.lines().position(|line| line.starts_with("year-starts")).unwrap();
    let path = dir.path().join("contracts/mine.toml");
    write(&path, shipped.replacen("year-starts", "year-start", 1).as_bytes());
    let said = refused(dir.path());
    assert!(said.contains(&format!("mine.toml:{line}:1")), "{said}");
    assert!(said.contains("did you mean `year-starts`"), "{said}");
    assert_untouched(dir.path());
}

#[test]
fn settings_with_a_fault() {
    let dir = one_quarter();
    fs::write(dir.path().join("quarterday.toml"), "concil = \"A\"\n").unwrap();
    let said = refused(dir.path());
    assert!(said.contains("quarterday.toml:1:1") && said.contains("did you mean `council`"), "{said}");
    assert_untouched(dir.path());
}

#[test]
fn a_register_that_is_no_workbook() {
    let dir = one_quarter();
    fs::write(dir.path().join("register.xlsx"), "Provider,Contract\n").unwrap();
    let said = refused(dir.path());
    assert!(said.contains("the register") && said.contains("register.xlsx"), "{said}");
    assert_untouched(dir.path());
}

#[test]
fn a_workspace_in_which_another_run_is_under_way() {
    let dir = one_quarter();
    let held = RunLock::take(dir.path()).unwrap();
    let said = refused(dir.path());
    assert!(said.contains("another run is under way") && said.contains("run again"), "{said}");
    assert_untouched(dir.path());
    drop(held);
    assert_eq!(run(dir.path()).status, 0);
}

#[test]
fn a_ledger_that_was_changed() {
    let dir = one_quarter();
    assert_eq!(run(dir.path()).status, 0);
    let ledger = dir.path().join("receipts.jsonl");
    let changed = fs::read_to_string(&ledger).unwrap().replacen("2026-09-21", "2026-09-01", 1);
    fs::write(&ledger, &changed).unwrap();
    let before = tree(dir.path());
    let said = refused(dir.path());
    assert!(said.contains("receipts.jsonl"), "{said}");
    assert!(before == tree(dir.path()), "a run that was refused wrote something");
}
