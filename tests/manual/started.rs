//! Started with nothing, or with a path in the place of a command.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::program::Ran;

/// Runs the program in the folder `dir`.
fn quarterday_in(dir: &Path, arguments: &[&str]) -> Ran {
    let output = Command::cargo_bin("quarterday").unwrap().current_dir(dir).args(arguments).output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A folder that holds the workspace `reviews`.
fn place() -> TempDir {
    let folder = TempDir::new().unwrap();
    let ran = quarterday_in(folder.path(), &["init", "reviews", "--contract", "kent-regulation-44"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    folder
}

#[test]
fn alone_it_says_the_three_things_one_does() {
    let folder = place();
    let ran = quarterday_in(folder.path(), &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.lines().count() <= 10, "{}", ran.out);
    for words in ["quarterday init", "quarterday run", "quarterday check"] {
        assert!(ran.out.contains(words), "{words}\n{}", ran.out);
    }
    assert!(!ran.out.contains("Press Enter"), "{}", ran.out);

    let ran = quarterday_in(&folder.path().join("reviews"), &[]);
    assert_eq!(ran.status, 0);
    assert!(ran.out.starts_with("This folder is a workspace. To run it: quarterday run\n"), "{}", ran.out);
}

#[test]
fn run_takes_the_current_folder_and_says_what_is_wrong_with_it() {
    let folder = place();
    let ran = quarterday_in(&folder.path().join("reviews"), &["run"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(folder.path().join("reviews/out/index.html").exists());
    let page = ran.out.lines().last().unwrap().strip_prefix("Open ").unwrap().to_string();
    assert!(Path::new(&page).is_absolute() && Path::new(&page).exists(), "{page}");

    for (arguments, words) in [
        (&["run"][..], "did you mean reviews?"),
        (&["run", "review"], "did you mean reviews?"),
        (&["run", "nothing-like-it"], "check the spelling, or make one with `quarterday init`"),
        (&["contract", "list", "reveiws"], "did you mean reveiws?"),
        (&["contract", "check", "--dir", "revews"], "did you mean reviews?"),
    ] {
        let ran = quarterday_in(folder.path(), arguments);
        let words = words.replace("reveiws", "reviews");
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(&words), "{arguments:?}: {}", ran.err);
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    let ran = quarterday_in(&folder.path().join("empty"), &["run"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is no workspace") && ran.err.contains("quarterday init"), "{}", ran.err);
    assert!(ran.err.contains("empty"), "the folder is named: {}", ran.err);
    assert!(fs::read_dir(folder.path().join("empty")).unwrap().next().is_none());
}

#[test]
fn a_path_in_the_place_of_a_command_is_answered_with_the_command() {
    let folder = place();
    fs::write(folder.path().join("my return.xlsx"), "").unwrap();
    for (arguments, words) in [
        (&["reviews"][..], "quarterday run reviews"),
        (&["my return.xlsx"], "quarterday check \"my return.xlsx\""),
        (
            &["my return.xlsx", "reviews/register.xlsx"],
            "quarterday check \"my return.xlsx\" reviews/register.xlsx",
        ),
        (&["gone.xlsx"], "quarterday check gone.xlsx"),
        (&["revews"], "unrecognized subcommand"),
        (&["my return.xlsx", "--asof"], "unrecognized subcommand"),
    ] {
        let ran = quarterday_in(folder.path(), arguments);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
    }
    let ran = quarterday_in(folder.path(), &["check", "my retrun.xlsx"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("there is my return.xlsx beside it"), "{}", ran.out);
}

/// A shell that bears the name of Windows' Explorer, so that what it starts takes it for one. No answer is typed: a window kept open
/// waits for the end of its input instead.
#[cfg(unix)]
mod opened {
    use std::path::PathBuf;
    use std::process::{Command, Stdio};

    use super::{Path, Ran, TempDir, fs, place};

    fn explorer(folder: &Path) -> PathBuf {
        let shell = folder.join("explorer.exe");
        if !shell.exists() {
            fs::copy(fs::canonicalize("/bin/sh").unwrap(), &shell).unwrap();
        }
        shell
    }

    /// Starts `program` in `dir` by a process called explorer.exe.
    fn open(tools: &TempDir, program: &Path, dir: &Path, arguments: &[&str]) -> Ran {
        // The second command keeps the shell from making way for the program.
        let output = Command::new(explorer(tools.path()))
            .args(["-c", "\"$0\" \"$@\"; exit $?"])
            .arg(program)
            .args(arguments)
            .current_dir(dir)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Ran {
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    fn program() -> PathBuf {
        assert_cmd::cargo::cargo_bin!("quarterday").to_path_buf()
    }

    #[test]
    fn a_double_click_in_a_workspace_runs_it_and_keeps_the_window() {
        let (folder, tools) = (place(), TempDir::new().unwrap());
        let reviews = folder.path().join("reviews");
        let ran = open(&tools, &program(), &reviews, &[]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(reviews.join("out/index.html").exists());
        assert!(ran.out.ends_with("Press Enter to close this window.\n"), "{}", ran.out);

        // The program's own file lies in the workspace, and the current folder is another.
        let own = reviews.join("quarterday");
        fs::copy(program(), &own).unwrap();
        fs::remove_dir_all(reviews.join("out")).unwrap();
        let ran = open(&tools, &own, folder.path(), &[]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(reviews.join("out/index.html").exists());

        fs::write(reviews.join("quarterday.toml"), "concil = 1").unwrap();
        let ran = open(&tools, &program(), &reviews, &[]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("did you mean `council`"), "{}", ran.err);
        assert!(ran.out.ends_with("Press Enter to close this window.\n"), "{}", ran.out);
    }

    #[test]
    fn a_double_click_elsewhere_says_how_to_start_and_keeps_the_window() {
        let (folder, tools) = (place(), TempDir::new().unwrap());
        let ran = open(&tools, &program(), folder.path(), &[]);
        assert_eq!(ran.status, 0);
        assert!(ran.out.contains("quarterday init") && ran.out.contains("type cmd"), "{}", ran.out);
        assert!(ran.out.ends_with("Press Enter to close this window.\n"), "{}", ran.out);
        assert!(!folder.path().join("reviews/out").exists());
    }

    #[test]
    fn what_is_dropped_onto_the_icon_is_looked_at_or_run() {
        let (folder, tools) = (place(), TempDir::new().unwrap());
        let reviews = folder.path().join("reviews");
        let file = folder.path().join("rota.csv");
        fs::write(&file, "a,b\n1,2\n").unwrap();
        let ran = open(&tools, &program(), tools.path(), &[file.to_str().unwrap()]);
        assert_eq!(ran.status, 1, "{}{}", ran.out, ran.err);
        assert!(ran.out.contains("rota.csv") && ran.out.contains("Not recognised"), "{}", ran.out);
        assert!(ran.out.ends_with("Press Enter to close this window.\n"), "{}", ran.out);

        let ran = open(&tools, &program(), tools.path(), &[reviews.join("returns").to_str().unwrap()]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(reviews.join("out/index.html").exists());

        let ran = open(&tools, &program(), tools.path(), &[folder.path().to_str().unwrap()]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("is no workspace"), "{}", ran.err);
        assert!(ran.out.ends_with("Press Enter to close this window.\n"), "{}", ran.out);
    }

    #[test]
    fn a_slip_in_a_shortcut_is_seen_too() {
        let (folder, tools) = (place(), TempDir::new().unwrap());
        let ran = open(&tools, &program(), folder.path(), &["runn", "reviews"]);
        assert_eq!(ran.status, 2);
        assert!(ran.err.contains("'run'"), "{}", ran.err);
        assert!(ran.out.ends_with("Press Enter to close this window.\n"), "{}", ran.out);
    }
}
