//! A quarter of clean monthly returns of one provider, and the program run over its folder.

use std::collections::BTreeMap;
use std::path::Path;

use assert_cmd::Command;

use crate::forms::{Counts, Return, provider_for, send};
use crate::support::workspace::Workspace;

pub const PROVIDER: &str = "Lanternhill Visiting";
/// The months, each with its last Friday, on which its return is due.
pub const MONTHS: [(&str, &str); 3] =
    [("2023-04-01", "2023-04-28"), ("2023-05-01", "2023-05-26"), ("2023-06-01", "2023-06-30")];

pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Seven visits, all reported in time.
pub fn counts() -> Counts {
    Counts { units: 7, visited: 7, visits: 7, in_time: 7, sent_back: 0 }
}

/// The returns of April to June 2023, received in time.
pub fn quarter() -> Workspace {
    let mut workspace = Workspace::default();
    provider_for(&mut workspace, PROVIDER, "2023-04-01", 24);
    for (month, due) in MONTHS {
        send(&mut workspace, &Return::of(PROVIDER, month, counts()), due);
    }
    workspace.write_register();
    workspace
}

/// Runs a command of the program over the workspace.
pub fn quarterday(workspace: &Workspace, arguments: &[&str]) -> Ran {
    let (command, rest) = arguments.split_first().unwrap();
    let mut program = Command::cargo_bin("quarterday").unwrap();
    let output = program.arg(command).arg(workspace.path()).args(rest).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// Every file of the workspace with its bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(open) = folders.pop() {
        for entry in std::fs::read_dir(&open).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}
