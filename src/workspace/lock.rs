//! One run at a time in a workspace.

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use chrono::{DateTime, Local};

use super::files;

/// File name of the lock. The file stays when the lock is let go: only an open handle locks.
pub const LOCK_FILE: &str = ".quarterday.lock";

/// The workspace is ours until this is dropped, or the program ends in whatever way.
#[derive(Debug)]
pub struct RunLock {
    _held: File,
}

impl RunLock {
    /// Takes the lock of the workspace in `dir`, and removes what a program that was killed left of a file under construction there.
    ///
    /// # Errors
    /// Another run holds it (the message says since when, as far as the file tells), or the lock's file
    /// cannot be made.
    pub fn take(dir: &Path) -> Result<Self> {
        let path = dir.join(LOCK_FILE);
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| files::explain("open", &path, error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "another run is under way in {}{}; wait for it to end and run again",
                    dir.display(),
                    since(&file)
                )
            }
            Err(TryLockError::Error(error)) => return Err(files::explain("lock", &path, error)),
        }
        files::sweep_beside(&path);
        // Writing sets the file's time, from which another run tells since when.
        file.set_len(0)
            .and_then(|()| file.write_all(b"Held while quarterday runs. May be deleted when it does not.\n"))
            .map_err(|error| files::explain("write", &path, error))?;
        Ok(Self { _held: file })
    }
}

fn since(file: &File) -> String {
    match file.metadata().and_then(|metadata| metadata.modified()) {
        Ok(time) => format!(" since {}", DateTime::<Local>::from(time).format("%H:%M on %-d %B %Y")),
        Err(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_is_refused_until_the_first_ends() {
        let dir = tempfile::tempdir().unwrap();
        let first = RunLock::take(dir.path()).unwrap();
        let refused = RunLock::take(dir.path()).unwrap_err().to_string();
        assert!(refused.contains("another run is under way") && refused.contains("since"), "{refused}");
        assert!(refused.contains(&dir.path().display().to_string()), "{refused}");
        drop(first);
        assert!(dir.path().join(LOCK_FILE).exists());
        RunLock::take(dir.path()).unwrap();
    }

    #[test]
    fn a_folder_that_is_not_there_cannot_be_locked() {
        let dir = tempfile::tempdir().unwrap();
        let refused = RunLock::take(&dir.path().join("gone")).unwrap_err().to_string();
        assert!(refused.contains(LOCK_FILE), "{refused}");
    }
}
