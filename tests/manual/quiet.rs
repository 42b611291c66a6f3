//! `--quiet`: nothing where nothing needs attention, and what needs it where something does.

use std::fs;
use std::path::Path;

use quarterday::samples;
use tempfile::TempDir;

use crate::program::{quarterday, text};

/// The shipped workspace called `name`.
fn workspace(name: &str) -> (TempDir, String) {
    let sample = samples::all().into_iter().find(|sample| sample.name == name).unwrap();
    let folder = TempDir::new().unwrap();
    for file in sample.files() {
        let path = folder.path().join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.bytes).unwrap();
    }
    (folder, sample.as_of.to_string())
}

#[test]
fn a_run_says_what_needs_attention_and_nothing_else() {
    let (folder, as_of) = workspace("home-to-school-transport");
    let dir = text(folder.path());
    let whole = quarterday(&["run", dir, "--as-of", &as_of]);
    let quiet = quarterday(&["run", dir, "--as-of", &as_of, "--quiet"]);
    assert_eq!((whole.status, quiet.status), (1, 1));
    assert_eq!(quiet.err, "");
    for words in ["  Late:", "  Missing:", "  Wrong:", "Not recognised:"] {
        assert!(quiet.out.contains(words) && whole.out.contains(words), "{words}\n{}", quiet.out);
    }
    for words in ["As of", "Read ", "Red now", "Conditions met", "Open ", "Nothing changed"] {
        assert!(!quiet.out.contains(words), "{words}\n{}", quiet.out);
    }
    // Nothing is said in other words than aloud.
    for line in quiet.out.lines() {
        assert!(whole.out.lines().any(|own| own == line), "{line}");
    }
}

#[test]
fn where_all_is_fine_nothing_is_said() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("reviews");
    let (sound, _) = workspace("cheshire-advocacy");
    let sound = sound.path().join("returns/2025-26/Q4/HA_KPI_Q4_2025-26.xlsx");
    let page = folder.path().join("b.xlsx");
    for arguments in [
        &["-q", "init", text(&dir), "--contract", "kent-regulation-44"][..],
        &["check", text(&sound), "-q"],
        &["contract", "check", "-q"],
        &["pages", "write", "pack/agenda.html", "--dir", text(&dir), "-q"],
        &["template", "kent-regulation-44", "monthly-kpi", "--period", "2023-11", "-o", text(&page), "-q"],
    ] {
        let ran = quarterday(arguments);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{arguments:?}");
    }
    assert!(dir.join("register.xlsx").exists() && page.exists());
}

#[test]
fn what_stops_nothing_and_wants_looking_at_is_said() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("returns")).unwrap();
    let ran = quarterday(&["run", text(folder.path()), "--quiet"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("no providers") && !ran.out.contains("Open "), "{}", ran.out);
}

#[test]
fn errors_and_answers_are_still_given() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("rota.csv");
    fs::write(&file, "a,b\n1,2\n").unwrap();
    let ran = quarterday(&["check", text(&file), "-q"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("Not recognised"), "{}", ran.out);
    let ran = quarterday(&["run", text(&Path::new("/no/such/folder").join("x")), "-q"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("does not exist"), "{}", ran.err);
    let wrong = folder.path().join("mine.toml");
    fs::write(&wrong, "id = 1\n").unwrap();
    let ran = quarterday(&["contract", "check", text(&wrong), "-q"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("mine.toml:1:"), "{}", ran.out);
    for asked in
        [&["explain", "total-mismatch", "-q"][..], &["-q", "help"], &["-q", "contract", "list"], &["-q"]]
    {
        let ran = quarterday(asked);
        assert_eq!(ran.status, 0, "{asked:?}");
        assert!(!ran.out.is_empty(), "{asked:?}");
    }
}
