//! Output that is thrown away: the next run is right.

use std::fs;

use super::support::{self, assert_same_files, tree};

#[test]
fn everything_generated_can_be_deleted_and_comes_back() {
    let copy = support::demo_copy();
    let before = tree(copy.path());
    fs::remove_dir_all(copy.path().join("out")).unwrap();
    support::run(copy.path());
    assert_same_files(&before, &tree(copy.path()));
}
