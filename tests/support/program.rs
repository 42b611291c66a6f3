//! The program as an officer runs it: the real binary, its status and what it says.

use std::path::Path;

use assert_cmd::Command;

/// How a run ended.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program with these arguments.
pub fn quarterday(arguments: &[&str]) -> Ran {
    let output = Command::cargo_bin("quarterday").unwrap().args(arguments).output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
