//! What was sent out, frozen under `issued/`: a folder an issue, complete or absent, never changed by the program afterwards.
//!
//! A folder is built beside its place under a name of its own and renamed when all of it is on the disk. What a program that was
//! killed left of one is no issue, and goes when the next is made.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use super::files;

/// The folder of issues, below the workspace.
pub const FOLDER: &str = "issued";
/// File name of the record of an issue, in its folder.
pub const RECORD: &str = "issue.json";

/// How the folder of an issue under construction begins and ends.
const UNFINISHED: (&str, &str) = (".quarterday-", ".tmp");
/// How long to wait before each further try to rename; a virus scanner lets go within these.
const WAITS: [Duration; 3] =
    [Duration::from_millis(50), Duration::from_millis(200), Duration::from_millis(600)];

/// An issue as it lies on the disk.
#[derive(Debug, Clone)]
pub struct Lying {
    /// Its folder.
    pub path: PathBuf,
    /// The same below the workspace, with forward slashes.
    pub folder: String,
    /// The bytes of its record, or why they cannot be had.
    pub record: std::result::Result<Vec<u8>, String>,
}

/// Every issue below `dir`, the folder of issues, in order of path. None where there is no such folder.
///
/// # Errors
/// A folder cannot be listed.
pub fn lying(dir: &Path) -> Result<Vec<Lying>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for file in files::walk(dir)? {
        let Some(below) = file.relative.strip_suffix(RECORD).and_then(|path| path.strip_suffix('/')) else {
            continue;
        };
        if file.link || below.split('/').any(is_unfinished) {
            continue;
        }
        let path = file.path.parent().map(Path::to_path_buf).unwrap_or_default();
        let record = files::read(&file.path).map_err(|error| format!("{error:#}"));
        found.push(Lying { path, folder: format!("{FOLDER}/{below}"), record });
    }
    Ok(found)
}

/// The bytes of a frozen file, `None` when it is gone. `file` is its path below the issue's folder, with forward slashes; one that
/// leads elsewhere is as good as gone.
///
/// # Errors
/// It is there and cannot be read.
pub fn frozen(issue: &Path, file: &str) -> Result<Option<Vec<u8>>> {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']);
    if !file.split('/').all(plain) {
        return Ok(None);
    }
    files::read_if_there(&issue.join(file.split('/').collect::<PathBuf>()))
}

/// Freezes `content`, each file by its path with forward slashes, as the folder `name` in the folder `below` of the folder of issues
/// `dir`. Its files are made read-only, where the disk knows that.
///
/// # Errors
/// There is such a folder already, or the disk fails; then nothing of the issue is there.
pub fn freeze(dir: &Path, below: &str, name: &str, content: &[(String, Vec<u8>)]) -> Result<PathBuf> {
    let home = dir.join(below.split('/').collect::<PathBuf>());
    if dir.is_dir() {
        sweep(dir)?;
    }
    freeze_in(&home, name, content)
}

/// The same as the folder `name` in the folder `home`, wherever that is; nothing else there is touched but what a program that was
/// killed left of this very folder.
///
/// # Errors
/// There is such a folder already, or the disk fails; then nothing of it is there.
pub fn freeze_in(home: &Path, name: &str, content: &[(String, Vec<u8>)]) -> Result<PathBuf> {
    if !home.as_os_str().is_empty() {
        files::create_dir(home)?;
    }
    let target = home.join(name);
    if target.exists() {
        bail!("{} is there already, and what was issued is never changed", target.display());
    }
    let (first, last) = UNFINISHED;
    let unfinished = home.join(format!("{first}{name}{last}"));
    if unfinished.is_dir() {
        remove(&unfinished)?;
    }
    for (file, bytes) in content {
        let path = unfinished.join(file.split('/').collect::<PathBuf>());
        files::create_dir(path.parent().unwrap_or(&unfinished))?;
        write(&path, bytes)?;
        // A help against a slip of the hand, not a seal: where it cannot be had, the record's hashes still tell. Before the folder
        // has its name, so that no issue is ever half protected.
        let _ = set_read_only(&path, true);
    }
    rename(&unfinished, &target)?;
    Ok(target)
}

fn set_read_only(path: &Path, read_only: bool) -> std::io::Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    permissions.set_readonly(read_only);
    fs::set_permissions(path, permissions)
}

/// Writes a new file and waits until it is on the disk.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error| files::explain("write", path, error);
    let mut file = File::options().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    let mut waits = WAITS.iter();
    loop {
        match fs::rename(from, to) {
            Ok(()) => return Ok(()),
            Err(error) if files::is_in_use(&error) => match waits.next() {
                Some(wait) => thread::sleep(*wait),
                None => return Err(files::explain("rename", from, error)),
            },
            Err(error) => return Err(files::explain("rename", from, error)),
        }
    }
}

/// Removes what is left of issues that were never finished.
fn sweep(dir: &Path) -> Result<()> {
    let mut left: BTreeSet<PathBuf> = BTreeSet::new();
    for file in files::walk(dir)? {
        let parts: Vec<&str> = file.relative.split('/').collect();
        // The file's own name is none of a folder.
        let folders = parts.split_last().map_or(&[][..], |(_, folders)| folders);
        if let Some(at) = folders.iter().position(|part| is_unfinished(part)) {
            left.insert(dir.join(folders.iter().take(at + 1).collect::<PathBuf>()));
        }
    }
    left.iter().try_for_each(|folder| remove(folder))
}

/// Removes a folder that was never finished.
fn remove(folder: &Path) -> Result<()> {
    for file in files::walk(folder)? {
        // Windows removes no file that is protected; where this fails, removing says so.
        let _ = set_read_only(&file.path, false);
    }
    fs::remove_dir_all(folder).map_err(|error| files::explain("remove", folder, error))
}

fn is_unfinished(name: &str) -> bool {
    let (first, last) = UNFINISHED;
    name.starts_with(first) && name.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content() -> Vec<(String, Vec<u8>)> {
        vec![
            ("pack.html".into(), b"pack".to_vec()),
            ("a/b.xlsx".into(), b"b".to_vec()),
            (RECORD.into(), b"{}".to_vec()),
        ]
    }

    #[test]
    fn an_issue_is_complete_read_only_and_never_written_twice() {
        let dir = tempfile::tempdir().unwrap();
        let path = freeze(dir.path(), "contract/provider/2025-26 Q1", "issue-1", &content()).unwrap();
        assert_eq!(frozen(&path, "a/b.xlsx").unwrap().as_deref(), Some(&b"b"[..]));
        assert!(fs::metadata(path.join("pack.html")).unwrap().permissions().readonly());
        let again = freeze(dir.path(), "contract/provider/2025-26 Q1", "issue-1", &content()).unwrap_err();
        assert!(again.to_string().contains("never changed"), "{again}");
        let lying = lying(dir.path()).unwrap();
        assert_eq!(lying.len(), 1);
        assert_eq!(lying[0].folder, "issued/contract/provider/2025-26 Q1/issue-1");
        assert_eq!(lying[0].record.as_deref().unwrap(), b"{}");
    }

    #[test]
    fn half_a_folder_is_no_issue_and_goes_with_the_next() {
        let dir = tempfile::tempdir().unwrap();
        let half = dir.path().join("contract/provider/2025-26 Q1/.quarterday-issue-1.tmp");
        fs::create_dir_all(half.join("a")).unwrap();
        fs::write(half.join("a/pack.html"), "half").unwrap();
        set_read_only(&half.join("a/pack.html"), true).unwrap();
        fs::write(half.join(RECORD), "{}").unwrap();
        assert!(lying(dir.path()).unwrap().is_empty());
        freeze(dir.path(), "contract/other/2025-26 Q1", "issue-1", &content()).unwrap();
        assert!(!half.exists());
        assert_eq!(lying(dir.path()).unwrap().len(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_holds_no_issues() {
        let dir = tempfile::tempdir().unwrap();
        assert!(lying(&dir.path().join("issued")).unwrap().is_empty());
    }

    #[test]
    fn a_record_that_names_paths_elsewhere_reads_nothing_there() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("register.xlsx"), "1").unwrap();
        fs::create_dir(dir.path().join("issue-1")).unwrap();
        for file in ["../register.xlsx", "", "a//b", "C:register.xlsx", "..\\register.xlsx"] {
            assert!(frozen(&dir.path().join("issue-1"), file).unwrap().is_none(), "{file}");
        }
    }
}
