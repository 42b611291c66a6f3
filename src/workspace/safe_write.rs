//! Writing one generated file: complete or absent, not at all when it is the same, and never the end of
//! the run when somebody has it open.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::files;

/// How long to wait before each further try; a virus scanner lets go within these, Excel does not.
const WAITS: [Duration; 3] =
    [Duration::from_millis(20), Duration::from_millis(60), Duration::from_millis(150)];

/// What became of a file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was written.
    Written,
    /// It holds these bytes already; it was left alone.
    Unchanged,
    /// Something stands in the way; what stood there before still stands.
    Blocked {
        /// Why, and what to do, in a sentence.
        reason: String,
    },
}

/// Writes `bytes` to `path`, making the folders above it.
///
/// # Errors
/// The disk is full or fails. What an officer can put right by closing a file is no error but
/// [`Outcome::Blocked`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<Outcome> {
    write_beside(path, bytes, false)
}

/// The same, and on the disk before this returns: for what cannot be made again from anything else.
///
/// # Errors
/// As [`write`].
pub(super) fn write_lasting(path: &Path, bytes: &[u8]) -> Result<Outcome> {
    write_beside(path, bytes, true)
}

fn write_beside(path: &Path, bytes: &[u8], lasting: bool) -> Result<Outcome> {
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Ok(in_a_folders_place(path)),
        Ok(there) if holds(path, &there, bytes) => return Ok(Outcome::Unchanged),
        _ => {}
    }
    replace_patiently(path, &mut || files::replace(path, bytes, lasting))
}

/// Writes what `write` writes to `path`, whose SHA-256 is `hash`, without holding it in memory.
///
/// # Errors
/// As [`write`]; `write` fails.
pub(super) fn write_streamed(
    path: &Path,
    hash: &str,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> Result<Outcome> {
    if path.is_dir() {
        return Ok(in_a_folders_place(path));
    }
    if files::hash(path).is_ok_and(|held| held == hash) {
        return Ok(Outcome::Unchanged);
    }
    replace_patiently(path, &mut || {
        files::replace_with(path, false, &mut |file| {
            let mut buffered = BufWriter::new(file);
            write(&mut buffered)?;
            buffered.flush()
        })
    })
}

fn in_a_folders_place(path: &Path) -> Outcome {
    let reason = format!("a folder stands where {} belongs; move it away and run again", path.display());
    Outcome::Blocked { reason }
}

/// Replaces `path` as soon as whoever has it open lets go; makes the folders above it where they turn out to be missing.
fn replace_patiently(path: &Path, replace: &mut dyn FnMut() -> io::Result<()>) -> Result<Outcome> {
    let mut waits = WAITS.iter();
    let mut missing = path.parent();
    loop {
        match (replace(), missing) {
            (Ok(()), _) => return Ok(Outcome::Written),
            // Asking before each file of a folder would cost as much as writing it.
            (Err(error), Some(folder)) if is_without_folder(&error) => {
                if let Err(error) = fs::create_dir_all(folder) {
                    return blocked(path, folder, error);
                }
                missing = None;
            }
            (Err(error), _) if files::is_in_use(&error) => match waits.next() {
                Some(wait) => thread::sleep(*wait),
                None => return blocked(path, path, error),
            },
            (Err(error), _) => return blocked(path, path, error),
        }
    }
}

/// Whether a file could not be made because its folder is not there, or is none.
fn is_without_folder(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Removes a file with the same patience; `Written` when it is gone, `Unchanged` when there was none.
pub(super) fn remove(path: &Path) -> Result<Outcome> {
    let mut waits = WAITS.iter();
    loop {
        match fs::remove_file(path) {
            Ok(()) => return Ok(Outcome::Written),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Outcome::Unchanged),
            Err(error) if files::is_in_use(&error) => match waits.next() {
                Some(wait) => thread::sleep(*wait),
                None => return blocked(path, path, error),
            },
            Err(error) => return Err(files::explain("remove", path, error)),
        }
    }
}

fn holds(path: &Path, there: &fs::Metadata, bytes: &[u8]) -> bool {
    there.is_file() && there.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|held| held == bytes)
}

fn blocked(path: &Path, culprit: &Path, error: io::Error) -> Result<Outcome> {
    let reason = match error.kind() {
        _ if files::is_in_use(&error) => format!(
            "{} is open elsewhere or write-protected; close it in Excel and run again",
            culprit.display()
        ),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory | ErrorKind::IsADirectory => {
            format!("{} is in the way of {}; move it away and run again", culprit.display(), path.display())
        }
        _ => return Err(files::explain("write", path, error)),
    };
    Ok(Outcome::Blocked { reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_is_new_and_leaves_what_is_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/pack.html");
        assert_eq!(write(&path, b"one").unwrap(), Outcome::Written);
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(write(&path, b"one").unwrap(), Outcome::Unchanged);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
        assert_eq!(write(&path, b"two").unwrap(), Outcome::Written);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(remove(&path).unwrap(), Outcome::Written);
        assert_eq!(remove(&path).unwrap(), Outcome::Unchanged);
    }

    fn reason(path: &Path) -> String {
        match write(path, b"one").unwrap() {
            Outcome::Blocked { reason } => reason,
            outcome => panic!("{outcome:?}"),
        }
    }

    #[test]
    fn what_stands_in_the_way_blocks_and_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pack.xlsx");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("notes.txt"), "mine").unwrap();
        assert!(reason(&path).contains("a folder stands where"));
        assert_eq!(fs::read(path.join("notes.txt")).unwrap(), b"mine");

        let file = dir.path().join("file");
        fs::write(&file, "mine").unwrap();
        let blocked = reason(&file.join("pack.xlsx"));
        assert!(blocked.contains("move it away"), "{blocked}");
        assert_eq!(files::walk(dir.path()).unwrap().len(), 2);
    }

    #[test]
    fn a_file_open_elsewhere_is_named_with_what_to_do() {
        let path = Path::new("out/pack.xlsx");
        let outcome = blocked(path, path, ErrorKind::PermissionDenied.into()).unwrap();
        let Outcome::Blocked { reason } = outcome else { panic!("{outcome:?}") };
        assert!(reason.contains("out/pack.xlsx") && reason.contains("close it in Excel"), "{reason}");
        assert!(blocked(path, path, ErrorKind::StorageFull.into()).is_err());
    }
}
