//! A run that is killed, and output that is thrown away: the next run is right.

use std::fs;

use super::support::{self, AS_OF, assert_same_files, text, tree};

#[test]
fn everything_generated_can_be_deleted_and_comes_back() {
    let copy = support::demo_copy();
    let before = tree(copy.path());
    fs::remove_dir_all(copy.path().join("out")).unwrap();
    support::run(copy.path());
    assert_same_files(&before, &tree(copy.path()));
}

#[test]
fn a_run_that_is_killed_leaves_the_next_one_right() {
    let copy = tempfile::tempdir().unwrap();
    for (path, bytes) in tree(&support::sample()) {
        if path != "as-of.txt" {
            support::write(&copy.path().join(path), &bytes);
        }
    }
    // Early, while it reads; and late, while it writes.
    for milliseconds in [150, 1500, 2500] {
        let mut run = std::process::Command::new(assert_cmd::cargo::cargo_bin!("quarterday"))
            .args(["run", text(copy.path()), "--as-of", AS_OF])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        run.kill().unwrap();
        run.wait().unwrap();
    }
    assert_eq!(support::run(copy.path()).status, 1);
    assert_same_files(&tree(&support::demo().0), &tree(copy.path()));
}
