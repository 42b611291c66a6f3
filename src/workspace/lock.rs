//! One run at a time in a workspace, and one watch.
//!
//! An open handle locks, not the file: the lock ends with the program, in whatever way that ends, and holds between computers where
//! the folder is on a share. Windows lets nobody else read a file that is locked. Who holds it therefore stands in a text beside it,
//! which counts only while it is locked, and only if it was written after the lock was taken.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;
use chrono::{DateTime, Local};

use super::files;
use super::holder::Holder;

/// File name of the lock. The file stays when the lock is let go: only an open handle locks.
pub const LOCK_FILE: &str = ".quarterday.lock";
/// File name of the lock of a watch.
pub const WATCH_LOCK_FILE: &str = ".quarterday.watch.lock";
/// What the name of the text that says who holds a lock has besides.
const WORDS_ENDING: &str = ".txt";

/// Somebody else holds it; the message says who, as far as that is known, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct HeldByAnother(pub String);

/// The workspace is ours until this is dropped, or the program ends in whatever way.
#[derive(Debug)]
pub struct RunLock {
    _held: Held,
}

impl RunLock {
    /// Takes the lock of the workspace in `dir`, and removes what a program that was killed left of a file under construction there.
    ///
    /// # Errors
    /// Another run holds it ([`HeldByAnother`], which says who and since when), or the lock's file cannot be made.
    pub fn take(dir: &Path) -> Result<Self> {
        let held = Held::take(dir, LOCK_FILE, "Held while quarterday runs.", |who| {
            format!("another run is under way in {}{who}; wait for it to end and run again", dir.display())
        })?;
        Ok(Self { _held: held })
    }
}

/// The workspace is watched by us until this is dropped, or the program ends in whatever way. Runs are made beside it.
#[derive(Debug)]
pub struct WatchLock {
    _held: Held,
}

impl WatchLock {
    /// Takes the lock that one watch of the workspace in `dir` holds.
    ///
    /// # Errors
    /// Another watch holds it ([`HeldByAnother`], which says who and since when), or the lock's file cannot be made.
    pub fn take(dir: &Path) -> Result<Self> {
        let held = Held::take(dir, WATCH_LOCK_FILE, "Held while quarterday watches.", |who| {
            format!(
                "{} is being watched already{who}; leave it to that watch, or end it there with Ctrl-C and start again here",
                dir.display()
            )
        })?;
        Ok(Self { _held: held })
    }
}

/// A lock that is held.
#[derive(Debug)]
struct Held {
    /// Let go when it is closed.
    _file: File,
    /// Where it stands who holds it.
    words: PathBuf,
}

impl Held {
    fn take(dir: &Path, name: &str, why: &str, refused: impl Fn(&str) -> String) -> Result<Self> {
        let path = dir.join(name);
        let words = dir.join(format!("{name}{WORDS_ENDING}"));
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| files::explain("open", &path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(HeldByAnother(refused(&holder(&file, &words).words())).into());
            }
            Err(TryLockError::Error(error)) => return Err(files::explain("lock", &path, error)),
        }
        files::sweep_beside(&path);
        // Writing sets the file's time, from which another run tells since when.
        file.set_len(0)
            .and_then(|()| file.write_all(format!("{why} May be deleted when it does not.\n").as_bytes()))
            .map_err(|error| files::explain("write", &path, error))?;
        let own = Holder::this(modified(&file).map(said));
        // The lock holds without its words.
        let _ = fs::write(&words, format!("{why}\n{}", own.lines()));
        Ok(Self { _file: file, words })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.words);
    }
}

/// Who holds the lock of this file, as far as the words beside it tell.
fn holder(lock: &File, words: &Path) -> Holder {
    let locked = modified(lock);
    let written = fs::metadata(words).and_then(|metadata| metadata.modified()).ok();
    // Words that are older were left behind by one that was killed.
    let own = if written >= locked { fs::read(words).ok() } else { None };
    let own = own.map(|bytes| Holder::read(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
    Holder { since: own.since.clone().or_else(|| locked.map(said)), ..own }
}

fn modified(file: &File) -> Option<SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}

fn said(time: SystemTime) -> String {
    DateTime::<Local>::from(time).format("%H:%M on %-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_second_run_is_refused_until_the_first_ends() {
        let dir = tempfile::tempdir().unwrap();
        let first = RunLock::take(dir.path()).unwrap();
        let refused = RunLock::take(dir.path()).unwrap_err();
        assert!(refused.downcast_ref::<HeldByAnother>().is_some());
        let refused = refused.to_string();
        assert!(refused.contains("another run is under way") && refused.contains("since"), "{refused}");
        assert!(refused.contains(&dir.path().display().to_string()), "{refused}");
        assert!(refused.contains(&format!("(process {})", std::process::id())), "{refused}");
        drop(first);
        assert!(dir.path().join(LOCK_FILE).exists());
        RunLock::take(dir.path()).unwrap();
    }

    #[test]
    fn a_second_watch_is_refused_and_a_run_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let first = WatchLock::take(dir.path()).unwrap();
        let refused = WatchLock::take(dir.path()).unwrap_err().to_string();
        assert!(refused.contains("watched already") && refused.contains("Ctrl-C"), "{refused}");
        assert!(refused.contains(&format!("(process {})", std::process::id())), "{refused}");
        drop(RunLock::take(dir.path()).unwrap());
        drop(first);
        drop(WatchLock::take(dir.path()).unwrap());
        let mut left: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|own| own.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [LOCK_FILE, WATCH_LOCK_FILE]);
    }

    #[test]
    fn words_left_behind_by_one_that_was_killed_name_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let words = dir.path().join(format!("{LOCK_FILE}{WORDS_ENDING}"));
        let _held = RunLock::take(dir.path()).unwrap();
        let written = fs::metadata(&words).unwrap().modified().unwrap();
        fs::write(&words, "User: gone\nProcess: 7\nSince: yesterday\n").unwrap();
        for (seconds, named) in [(0, true), (1, true), (-1, false)] {
            let time = if seconds < 0 {
                written - Duration::from_secs(60)
            } else {
                written + Duration::from_secs(60 * seconds as u64)
            };
            File::options().write(true).open(&words).unwrap().set_modified(time).unwrap();
            let refused = RunLock::take(dir.path()).unwrap_err().to_string();
            assert_eq!(refused.contains("by gone (process 7) since yesterday"), named, "{seconds} {refused}");
            assert!(refused.contains("since"), "{refused}");
        }
        fs::remove_file(&words).unwrap();
        let refused = RunLock::take(dir.path()).unwrap_err().to_string();
        assert!(refused.contains("since") && !refused.contains("process"), "{refused}");
    }

    #[test]
    fn a_folder_that_is_not_there_cannot_be_locked() {
        let dir = tempfile::tempdir().unwrap();
        let refused = RunLock::take(&dir.path().join("gone")).unwrap_err().to_string();
        assert!(refused.contains(LOCK_FILE), "{refused}");
    }
}
