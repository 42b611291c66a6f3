//! The file system, wrapped once: every error names its path, in plain words, with what to do.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Error, Result};

use super::nearby::{Wanted, nearby};

/// How names of files under construction start; a run that was killed may leave some behind.
const UNFINISHED_PREFIX: &str = ".quarterday-";
/// How they end.
const UNFINISHED_SUFFIX: &str = ".tmp";

/// Reads a whole file.
///
/// # Errors
/// The file is missing or cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| explain("read", path, error))
}

/// Why a file that others may be writing was not read.
#[derive(Debug)]
pub enum Unread {
    /// It became longer, shorter or newer while it was read.
    Changing,
    /// The system does not let it be read: another program has it open, or it may not be read at all.
    InUse,
    /// Only a placeholder is here, and what it stands for cannot be had from where it is kept.
    Online,
    /// Anything else.
    Failed(Error),
}

/// Reads a whole file that other programs may be writing; of one longer than `most` bytes, `most` and one more.
///
/// # Errors
/// The file is not at rest, not to be had, or cannot be read.
pub fn read_at_rest(path: &Path, most: u64) -> std::result::Result<Vec<u8>, Unread> {
    let stamp = || fs::metadata(path).map(|metadata| (metadata.len(), metadata.modified().ok()));
    read_between(path, most, stamp, stamp)
}

/// Reads between two looks at size and time of change.
fn read_between<S: PartialEq>(
    path: &Path,
    most: u64,
    before: impl FnOnce() -> io::Result<(u64, S)>,
    after: impl FnOnce() -> io::Result<(u64, S)>,
) -> std::result::Result<Vec<u8>, Unread> {
    let failed = |error| unread(path, error);
    let before = before().map_err(failed)?;
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(failed)?;
    let after = after().map_err(failed)?;
    if before != after || bytes.len() as u64 != after.0.min(most + 1) {
        return Err(Unread::Changing);
    }
    Ok(bytes)
}

fn unread(path: &Path, error: io::Error) -> Unread {
    // Windows' errors of files that are kept in the cloud: not synchronised, no network, no permission there.
    let online = cfg!(windows) && matches!(error.raw_os_error(), Some(358..=404 | 426));
    if online {
        Unread::Online
    } else if is_in_use(&error) {
        Unread::InUse
    } else {
        Unread::Failed(explain("read", path, error))
    }
}

/// Reads a whole file, `None` when there is none.
///
/// # Errors
/// There is something, but it cannot be read.
pub fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(explain("read", path, error)),
    }
}

/// The bytes of the file `path` as text.
///
/// # Errors
/// They are not UTF-8.
pub fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).ok().with_context(|| {
        format!(
            "{} is not UTF-8 text; open it in Notepad and save it with the encoding UTF-8",
            path.display()
        )
    })
}

/// Writes a whole file that is complete or absent at any moment: beside, then renamed, and on the disk
/// before this returns. A file of the name is replaced.
///
/// # Errors
/// The file cannot be written; what stood there before still stands.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, true).map_err(|error| explain("write", path, error))
}

/// Writes as [`write()`] a file where no run tidies up, and removes first what was left beside it by programs that were killed.
///
/// # Errors
/// As [`write()`].
pub fn write_alone(path: &Path, bytes: &[u8]) -> Result<()> {
    sweep_beside(path);
    write(path, bytes)
}

/// Makes a folder and those above it; one that is there already is fine.
///
/// # Errors
/// The folder cannot be made.
pub fn create_dir(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| explain("make the folder", path, error))
}

/// What [`walk`] came upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walked {
    /// Path of the file.
    pub path: PathBuf,
    /// The path below the folder walked, with forward slashes.
    pub relative: String,
    /// Size in bytes.
    pub size: u64,
    /// Time of change as the folder lists it, where the drive tells it.
    pub modified: Option<SystemTime>,
    /// Whether it is a link to elsewhere; links are named, never followed.
    pub link: bool,
}

/// Every file below `dir`, at any depth, in order of `relative`.
///
/// # Errors
/// A folder cannot be listed.
pub fn walk(dir: &Path) -> Result<Vec<Walked>> {
    let mut found = Vec::new();
    let mut open = vec![(dir.to_path_buf(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let failed = |error| explain("list the folder", &folder, error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let relative = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(|error| explain("look at", &path, error))?;
            if kind.is_dir() {
                open.push((path, format!("{relative}/")));
            } else {
                // A file that goes away while the folder is walked is none.
                let Ok(metadata) = entry.metadata() else { continue };
                let modified = metadata.modified().ok();
                found.push(Walked {
                    path,
                    relative,
                    size: metadata.len(),
                    modified,
                    link: kind.is_symlink(),
                });
            }
        }
    }
    found.sort_by(|a, b| a.relative.cmp(&b.relative));
    Ok(found)
}

/// Removes what runs that were killed left of files under construction, below `dir`.
///
/// # Errors
/// A folder cannot be listed, or a left-over cannot be removed.
pub fn sweep(dir: &Path) -> Result<()> {
    for file in walk(dir)? {
        if is_unfinished(file.relative.rsplit('/').next().unwrap_or_default()) {
            fs::remove_file(&file.path).map_err(|error| explain("remove", &file.path, error))?;
        }
    }
    Ok(())
}

/// Removes what programs that were killed left of files under construction beside `path`, in its folder alone, as far as that can be
/// removed.
pub(super) fn sweep_beside(path: &Path) {
    for entry in fs::read_dir(folder_of(path)).into_iter().flatten().flatten() {
        if is_unfinished(&entry.file_name().to_string_lossy())
            && entry.file_type().is_ok_and(|kind| kind.is_file())
        {
            // One that another program is writing just now stays on Windows; any other goes with the next.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_unfinished(name: &str) -> bool {
    name.starts_with(UNFINISHED_PREFIX) && name.ends_with(UNFINISHED_SUFFIX)
}

/// The folder a file is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes beside and renames, without words. `lasting` waits until the bytes are on the disk.
pub(super) fn replace(path: &Path, bytes: &[u8], lasting: bool) -> io::Result<()> {
    replace_with(path, lasting, &mut |file| file.write_all(bytes))
}

/// The same with what `write` writes.
pub(super) fn replace_with(
    path: &Path,
    lasting: bool,
    write: &mut dyn FnMut(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let folder = folder_of(path);
    // Made by hand rather than by tempfile: its files are private to the user, these are for the team.
    let mut unfinished = tempfile::Builder::new()
        .prefix(UNFINISHED_PREFIX)
        .suffix(UNFINISHED_SUFFIX)
        .make_in(folder, |path| File::options().write(true).create_new(true).open(path))?;
    write(unfinished.as_file_mut())?;
    if lasting {
        unfinished.as_file().sync_all()?;
    }
    // The handle is closed before the rename: not every network drive renames an open file.
    unfinished.into_temp_path().persist(path).map_err(|error| error.error)
}

/// Writes a file that may be lost again: it is not waited for until it is on the disk.
pub(super) fn write_passing(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, false).map_err(|error| explain("write", path, error))
}

/// Removes a file that does no harm where it stays.
pub(super) fn remove_passing(path: &Path) {
    let _ = fs::remove_file(path);
}

/// Opens a file to read it piece by piece; `None` where there is none.
///
/// # Errors
/// It is there and cannot be read.
pub fn open_if_there(path: &Path) -> Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(explain("read", path, error)),
    }
}

/// The SHA-256 of a file in lower-case hexadecimal, read piece by piece.
pub(super) fn hash(path: &Path) -> io::Result<String> {
    let mut hashing = super::Hashing::default();
    io::copy(&mut File::open(path)?, &mut hashing)?;
    Ok(hashing.sha256())
}

/// Whether the error means that another program has the file open (or that it is write-protected, which
/// Windows reports in the same way).
pub(super) fn is_in_use(error: &io::Error) -> bool {
    // 32 and 33 are Windows' sharing violation and lock violation.
    let sharing = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    sharing || matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ResourceBusy)
}

/// The error in plain words: what could not be done to which path, and what to do about it.
pub(super) fn explain(action: &str, path: &Path, error: io::Error) -> Error {
    let beside;
    let help = match error.kind() {
        _ if is_in_use(&error) => {
            "; if it is open in Excel or another program, close it there and run again, \
             else check that it is not write-protected"
        }
        ErrorKind::NotFound => {
            beside = match nearby(path, Wanted::File) {
                Some(near) => format!("; check the spelling: there is {} beside it", near.display()),
                None => "; check that it is there and spelt like this".to_string(),
            };
            &beside
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "; make room on the drive and run again",
        ErrorKind::ReadOnlyFilesystem => "; move the workspace to a drive that can be written to",
        ErrorKind::InvalidFilename => "; move the workspace to a folder with a shorter path",
        _ => "",
    };
    Error::new(error).context(format!("cannot {action} {}{help}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_path_and_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("register.xlsx");
        let message = format!("{:#}", read(&missing).unwrap_err());
        assert!(message.contains("cannot read") && message.contains("register.xlsx"), "{message}");
        assert!(message.contains("check that it is there"), "{message}");
        assert_eq!(read_if_there(&missing).unwrap(), None);
        assert!(read_if_there(dir.path()).is_err());
        write(&dir.path().join("registre.xlsx"), b"").unwrap();
        let message = format!("{:#}", read(&missing).unwrap_err());
        assert!(message.contains("there is ") && message.contains("registre.xlsx beside it"), "{message}");

        let open_elsewhere = io::Error::from(ErrorKind::PermissionDenied);
        let message = format!("{:#}", explain("write", &missing, open_elsewhere));
        assert!(message.contains("open in Excel"), "{message}");

        assert_eq!(utf8(&missing, vec![b'a']).unwrap(), "a");
        assert!(utf8(&missing, vec![0xff]).unwrap_err().to_string().contains("encoding UTF-8"));
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.xlsx");
        fs::write(&path, "half").unwrap();
        assert_eq!(read_at_rest(&path, 4).unwrap(), b"half");
        assert_eq!(read_at_rest(&path, 2).unwrap(), b"hal");
        for (before, after) in [((4, 1), (4, 2)), ((4, 1), (8, 1)), ((8, 1), (8, 1))] {
            let read = read_between(&path, 100, || Ok(before), || Ok(after));
            assert!(matches!(read, Err(Unread::Changing)), "{before:?} {after:?}");
        }
        let read = read_between(&path, 100, || Ok((4, 1)), || Err(ErrorKind::PermissionDenied.into()));
        assert!(matches!(read, Err(Unread::InUse)));
    }

    #[test]
    fn writes_complete_files_and_leaves_nothing_beside_them() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(read(&path).unwrap(), b"two");
        std::fs::create_dir_all(dir.path().join("folder/inside")).unwrap();
        assert!(write(&dir.path().join("folder"), b"three").is_err());
        assert_eq!(walk(dir.path()).unwrap().len(), 1);
    }

    #[test]
    fn walks_in_order_at_any_depth() {
        let dir = tempfile::tempdir().unwrap();
        create_dir(&dir.path().join("b/c")).unwrap();
        for name in ["b/c/2.xlsx", "b.xlsx", "b/1.xlsx", "a.xlsx"] {
            std::fs::write(dir.path().join(name), name).unwrap();
        }
        let names: Vec<_> = walk(dir.path()).unwrap().into_iter().map(|file| file.relative).collect();
        assert_eq!(names, ["a.xlsx", "b.xlsx", "b/1.xlsx", "b/c/2.xlsx"]);
        assert!(walk(&dir.path().join("nowhere")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn names_links_but_does_not_follow_them() {
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("round")).unwrap();
        let found = walk(dir.path()).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].link);
    }

    #[test]
    fn sweeps_up_after_a_killed_run_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        for name in [".quarterday-x1.tmp", ".quarterday.lock", "mine.tmp"] {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        sweep(dir.path()).unwrap();
        let names: Vec<_> = walk(dir.path()).unwrap().into_iter().map(|file| file.relative).collect();
        assert_eq!(names, [".quarterday.lock", "mine.tmp"]);
    }

    #[test]
    fn sweeps_one_folder_alone_beside_a_file() {
        let dir = tempfile::tempdir().unwrap();
        create_dir(&dir.path().join("a/.quarterday-folder.tmp")).unwrap();
        for name in ["a/.quarterday-x1.tmp", ".quarterday-x2.tmp", "mine.tmp", ".quarterday.lock"] {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        sweep_beside(&dir.path().join("register.xlsx"));
        sweep_beside(&dir.path().join("nowhere/register.xlsx"));
        let names: Vec<_> = walk(dir.path()).unwrap().into_iter().map(|file| file.relative).collect();
        assert_eq!(names, [".quarterday.lock", "a/.quarterday-x1.tmp", "mine.tmp"]);
        sweep_beside(&dir.path().join("a/blank.xlsx"));
        assert!(dir.path().join("a/.quarterday-folder.tmp").is_dir());
        assert_eq!(walk(dir.path()).unwrap().len(), 2);
    }
}
