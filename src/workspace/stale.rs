//! Whether what was generated is older than what it rests on: the register, the settings, definitions and templates of the workspace's
//! own. What is new among the returns the ledger tells better.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;

use super::{SETTINGS_FILE, Workspace, files};

/// What was changed after `output`, a file below the folder of all that is generated, was written, by name; `None` when there is no
/// such file. A file whose time cannot be had counts as unchanged.
///
/// # Errors
/// A folder cannot be listed.
pub fn changed_since(workspace: &Workspace, output: &str) -> Result<Option<Vec<String>>> {
    let Some(written) = time_of(&workspace.out_dir().join(output)) else { return Ok(None) };
    let is_newer = |path: &Path| time_of(path).is_some_and(|time| time > written);
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut changed = Vec::new();
    for path in [workspace.register_path(), workspace.dir().join(SETTINGS_FILE)] {
        if is_newer(&path) {
            changed.extend(name(&path));
        }
    }
    for folder in [workspace.contracts_dir(), workspace.templates_dir()] {
        if !folder.is_dir() {
            continue;
        }
        let below = name(&folder).unwrap_or_default();
        let newer = files::walk(&folder)?.into_iter().filter(|found| is_newer(&found.path));
        changed.extend(newer.map(|found| format!("{below}/{}", found.relative)));
    }
    Ok(Some(changed))
}

fn time_of(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_changed_after_the_output_is_named() {
        let dir = tempfile::tempdir().unwrap();
        for folder in ["returns", "out", "contracts", "templates"] {
            files::create_dir(&dir.path().join(folder)).unwrap();
        }
        let workspace = Workspace::open(dir.path()).unwrap();
        assert_eq!(changed_since(&workspace, "results.json").unwrap(), None);
        let at = |file: &str, seconds: u64| {
            let path = dir.path().join(file);
            fs::write(&path, "").unwrap();
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds);
            fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        };
        at("out/results.json", 10);
        at("register.xlsx", 10);
        at("contracts/a.toml", 9);
        assert_eq!(changed_since(&workspace, "results.json").unwrap(), Some(Vec::new()));
        at("register.xlsx", 11);
        at("templates/page.html", 12);
        assert_eq!(
            changed_since(&workspace, "results.json").unwrap(),
            Some(vec!["register.xlsx".to_string(), "templates/page.html".to_string()])
        );
    }
}
