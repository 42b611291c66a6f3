//! What becomes of `out/`: stale files and an officer's own files.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::{CONTRACT, PROVIDER, one_quarter, run};

/// Where the pack of the quarter stands.
fn pack(dir: &Path) -> PathBuf {
    dir.join("out").join(CONTRACT).join(PROVIDER).join("2025-26 Q4")
}

#[test]
fn a_quarter_without_an_error_needs_no_attention() {
    let dir = one_quarter();
    let said = run(dir.path());
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:#?}");
    for file in ["pack.html", "pack.xlsx", "returned/HA_KPI_Q4_2025-26.xlsx"] {
        assert!(pack(dir.path()).join(file).is_file(), "{file}");
    }
}

#[test]
fn a_pack_of_a_provider_that_is_gone_is_removed_and_own_files_stay() {
    let dir = one_quarter();
    run(dir.path());
    let notes = dir.path().join("out/notes for Monday.docx");
    fs::write(&notes, "mine").unwrap();
    let beside = pack(dir.path()).join("my notes.txt");
    fs::write(&beside, "mine too").unwrap();
    let annotated = pack(dir.path()).join("pack.xlsx");
    fs::write(&annotated, "the pack and my remarks").unwrap();
    fs::remove_file(dir.path().join("register.xlsx")).unwrap();
    run(dir.path());
    assert!(!pack(dir.path()).join("pack.html").exists());
    assert!(!pack(dir.path()).join("returned").exists());
    assert_eq!(fs::read(notes).unwrap(), b"mine");
    assert_eq!(fs::read(beside).unwrap(), b"mine too");
    assert_eq!(fs::read(annotated).unwrap(), b"the pack and my remarks");
    let index = fs::read_to_string(dir.path().join("out/index.html")).unwrap();
    assert!(!index.contains(PROVIDER));
}
