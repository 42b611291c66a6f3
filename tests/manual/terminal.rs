//! Colours and movement: only where a terminal takes them.

use std::fs;

use assert_cmd::Command;
use quarterday::samples;
use tempfile::TempDir;

/// What the program prints with this environment, both streams together, and its status.
fn printed(arguments: &[&str], environment: &[(&str, &str)]) -> (i32, String) {
    let mut command = Command::cargo_bin("quarterday").unwrap();
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let output = command.args(arguments).envs(environment.iter().copied()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), text)
}

#[test]
fn colours_are_off_unless_a_terminal_or_the_environment_asks_for_them() {
    for arguments in [&["--help"][..], &["help", "run"], &["rnu"], &["run", "--as-off", "x"]] {
        for (environment, coloured) in [
            (&[][..], false),
            (&[("CLICOLOR_FORCE", "1")], true),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
            (&[("NO_COLOR", "1")], false),
        ] {
            let (_, text) = printed(arguments, environment);
            assert_eq!(text.contains('\u{1b}'), coloured, "{arguments:?} {environment:?}\n{text}");
        }
    }
}

#[test]
fn a_fault_in_a_definition_is_never_coloured() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("mine.toml");
    fs::write(&file, "id = 1\n").unwrap();
    let (status, text) = printed(&["contract", "check", file.to_str().unwrap()], &[("CLICOLOR_FORCE", "1")]);
    assert_eq!(status, 1);
    assert!(text.contains("mine.toml:1:") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn nothing_moves_where_no_terminal_is() {
    let folder = TempDir::new().unwrap();
    let sample = samples::all().into_iter().max_by_key(|sample| sample.files().len()).unwrap();
    for file in sample.files() {
        let path = folder.path().join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.bytes).unwrap();
    }
    let as_of = sample.as_of.to_string();
    let asked = ["run", folder.path().to_str().unwrap(), "--as-of", &as_of];
    let (_, text) = printed(&asked, &[("CLICOLOR_FORCE", "1")]);
    assert!(text.contains("Open "), "{text}");
    assert!(!text.contains(['\u{1b}', '\r', '█']), "{text}");
}

#[test]
fn mistakes_end_with_2_and_help_with_0() {
    for (arguments, status) in [
        (&["--help"][..], 0),
        (&["-h"], 0),
        (&["--version"], 0),
        (&["run", "--help"], 0),
        (&["contract", "check", "-h"], 0),
        (&["help"], 0),
        (&["completions", "powershell"], 0),
        (&["completions", "bash"], 0),
        (&["completions", "cmd"], 2),
        (&["completions"], 2),
        (&["contract"], 2),
        (&["contract", "help"], 2),
        (&["rnu"], 2),
        (&["--qiet"], 2),
        (&["run", "--as-of", "soon"], 2),
        (&["template"], 2),
        (&["rules", "band"], 2),
    ] {
        let (ended, text) = printed(arguments, &[]);
        assert_eq!(ended, status, "{arguments:?}\n{text}");
        assert!(!text.is_empty(), "{arguments:?}");
    }
    let (_, text) = printed(&["completions", "cmd"], &[]);
    assert!(text.contains("powershell") && text.contains("bash"), "{text}");
}
