//! What a watch sees of the folders: names with size and time, one file looked at or read, and the system's events.
//!
//! Events wake a watch and nothing more: on network shares they are lost, and they come before a file is whole.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};

use super::files::{self, Unread};
use super::returns::{self, PassedOver};
use super::{Workspace, sha256};
use crate::domain::workbook::LARGEST_FILE;

/// How long the system's events are gathered before they wake anybody.
const GATHERED: Duration = Duration::from_millis(500);
/// So many bytes at the end of a file are looked at; a copy that is not finished has zeros there.
const END: usize = 1024;

/// What tells two states of a file apart without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub size: u64,
    /// Time of change, where the drive tells it.
    pub modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// What a file is to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something dropped into the folder of returns.
    Return,
    /// The register, the settings, a definition or a page template.
    Record,
}

/// A file as its folder lists it. Windows brings the list up to date only when a file is closed: [`look`] asks the file itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Path below the workspace with forward slashes; `returns/…` wherever the settings put that folder.
    pub file: String,
    /// Where it is on disk.
    pub path: PathBuf,
    /// What it is to a run.
    pub kind: Kind,
    /// As the folder says.
    pub stamp: Stamp,
}

/// All that a run goes by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Files, each once.
    pub files: Vec<Listed>,
    /// What lies in the folder of returns and is not read, in order of path.
    pub passed_over: Vec<PassedOver>,
}

/// Lists the returns, the register, the settings, definitions and page templates of a workspace. What the program itself writes is
/// left out, wherever the settings put it.
///
/// # Errors
/// A folder cannot be listed, or the folder of returns is not there.
pub fn list(workspace: &Workspace) -> Result<Listing> {
    let own = [workspace.out_dir(), workspace.originals_dir(), workspace.issued_dir()];
    let returns = returns::list(&workspace.returns_dir())?;
    let mut files: Vec<Listed> = returns
        .files
        .into_iter()
        .filter(|found| !own.iter().any(|own| found.path.starts_with(own)))
        .map(|found| Listed {
            stamp: Stamp { size: found.size, modified: found.modified },
            file: found.file,
            path: found.path,
            kind: Kind::Return,
        })
        .collect();
    let mut records = BTreeMap::new();
    for path in [workspace.register_path(), workspace.settings_path()] {
        if let Ok(metadata) = fs::metadata(&path)
            && metadata.is_file()
        {
            records.insert(named(workspace, &path), (Stamp::of(&metadata), path));
        }
    }
    for folder in [workspace.contracts_dir(), workspace.templates_dir()] {
        let walked = if folder.is_dir() { files::walk(&folder)? } else { Vec::new() };
        for file in walked {
            let name = file.relative.rsplit('/').next().unwrap_or_default().to_lowercase();
            if !returns::is_systems_own(&name) && !returns::is_temporary(&name) {
                let stamp = Stamp { size: file.size, modified: file.modified };
                records.insert(named(workspace, &file.path), (stamp, file.path));
            }
        }
    }
    let records = records.into_iter();
    files.extend(records.map(|(file, (stamp, path))| Listed { file, path, kind: Kind::Record, stamp }));
    Ok(Listing { files, passed_over: returns.passed_over })
}

fn named(workspace: &Workspace, path: &Path) -> String {
    let below = path.strip_prefix(workspace.dir()).unwrap_or(path);
    below.to_string_lossy().replace('\\', "/")
}

/// What a look at one file says, without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// It is there, in this state.
    At(Stamp),
    /// Only its placeholder is here; reading would fetch it from where it is kept.
    Online,
    /// It is not there.
    NotThere,
    /// The system does not let it be looked at.
    NotToBeHad,
}

/// Looks at a file.
pub fn look(path: &Path) -> Look {
    match fs::metadata(path) {
        Ok(metadata) if is_placeholder(&metadata) => Look::Online,
        Ok(metadata) => Look::At(Stamp::of(&metadata)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Look::NotThere,
        Err(_) => Look::NotToBeHad,
    }
}

/// Whether the file's bytes are kept in the cloud and would be fetched by reading it.
#[cfg(windows)]
fn is_placeholder(metadata: &Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;
    const OFFLINE: u32 = 0x1000;
    const RECALL_ON_OPEN: u32 = 0x0004_0000;
    const RECALL_ON_DATA_ACCESS: u32 = 0x0040_0000;
    metadata.file_attributes() & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS) != 0
}

#[cfg(not(windows))]
fn is_placeholder(_: &Metadata) -> bool {
    false
}

/// What reading one file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// It was read.
    Read {
        /// Its state when reading began.
        stamp: Stamp,
        /// SHA-256 of its bytes in lower-case hexadecimal.
        sha256: String,
        /// Whether it is empty or ends in zeros, as a file does that was made at its full size and is being filled.
        blank_end: bool,
    },
    /// It changed while it was read.
    Changing,
    /// It cannot be opened: another program has it, or it may not be read at all.
    NotToBeHad,
    /// Only a placeholder is here.
    Online,
}

/// Reads a file.
pub fn read(path: &Path) -> Content {
    let stamp = match look(path) {
        Look::At(stamp) => stamp,
        Look::Online => return Content::Online,
        Look::NotThere => return Content::Changing,
        Look::NotToBeHad => return Content::NotToBeHad,
    };
    match files::read_at_rest(path, LARGEST_FILE) {
        Ok(bytes) => {
            let end = bytes.iter().rev().take(END);
            Content::Read { stamp, sha256: sha256(&bytes), blank_end: end.copied().all(|byte| byte == 0) }
        }
        Err(Unread::Changing) => Content::Changing,
        Err(Unread::Online) => Content::Online,
        Err(Unread::InUse | Unread::Failed(_)) => Content::NotToBeHad,
    }
}

/// Whether a file could be written now: nobody has it open in a way that forbids it. Nothing is written.
pub fn may_be_written(path: &Path) -> bool {
    fs::File::options().append(true).open(path).is_ok()
}

/// The system's events of some folders, as long as this is held.
#[derive(Debug)]
pub struct Events {
    _events: Debouncer<RecommendedWatcher, NoCache>,
}

impl Events {
    /// The folders whose events matter, and whether those below them do: the returns, definitions and templates with all that is
    /// below, and those that hold the register and the settings by themselves. In order, each once.
    pub fn folders(workspace: &Workspace) -> BTreeMap<PathBuf, bool> {
        let mut folders = BTreeMap::from([(workspace.dir().to_path_buf(), false)]);
        if let Some(folder) = workspace.register_path().parent() {
            folders.entry(folder.to_path_buf()).or_insert(false);
        }
        for folder in [workspace.returns_dir(), workspace.contracts_dir(), workspace.templates_dir()] {
            if folder.is_dir() {
                folders.insert(folder, true);
            }
        }
        folders
    }

    /// Has the system call `wake` whenever something changes in one of the folders.
    ///
    /// # Errors
    /// The system or the drive has no events to give.
    pub fn begin(folders: &BTreeMap<PathBuf, bool>, wake: impl Fn() + Send + 'static) -> Result<Self> {
        let heard = move |events: DebounceEventResult| {
            // An error may stand for events that were lost.
            if events.map_or(true, |events| events.iter().any(|event| is_change(event.kind))) {
                wake();
            }
        };
        // Without a list of file numbers, for which every file would be opened.
        let mut events = new_debouncer_opt::<_, RecommendedWatcher, _>(
            GATHERED,
            None,
            heard,
            NoCache::new(),
            Config::default(),
        )
        .context("the system gives no events")?;
        for (folder, below) in folders {
            let mode = if *below { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            events
                .watch(folder, mode)
                .with_context(|| format!("no events come from {}", folder.display()))?;
        }
        Ok(Self { _events: events })
    }
}

/// Whether something changed: a look at a file is an event as well, and the watch itself looks.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::SETTINGS_FILE;
    use std::sync::mpsc;

    fn workspace(settings: &str, files: &[&str]) -> (tempfile::TempDir, Workspace) {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(SETTINGS_FILE), settings).unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        let workspace = Workspace::open(dir.path()).unwrap();
        (dir, workspace)
    }

    #[test]
    fn lists_what_a_run_goes_by_and_nothing_it_writes() {
        let (_dir, workspace) = workspace(
            "[folders]\nreturns = \"in/returns\"\noriginals = \"in/returns/kept\"\n",
            &[
                "register.xlsx",
                "~$register.xlsx",
                ".quarterday.lock",
                ".quarterday.watch.lock",
                "receipts.jsonl",
                "contracts/a.toml",
                "contracts/~$a.toml",
                "templates/pack/a.html",
                "templates/a.html.tmp",
                "in/returns/b/a.xlsx",
                "in/returns/b/~$a.xlsx",
                "in/returns/b/a.xlsx.crdownload",
                "in/returns/kept/a.xlsx",
                "in/other.xlsx",
                "out/index.html",
                "originals/x",
                "issued/x",
                "notes.txt",
            ],
        );
        let listing = list(&workspace).unwrap();
        let files: Vec<_> = listing.files.iter().map(|file| (file.file.as_str(), file.kind)).collect();
        assert_eq!(
            files,
            [
                ("returns/b/a.xlsx", Kind::Return),
                ("contracts/a.toml", Kind::Record),
                ("quarterday.toml", Kind::Record),
                ("register.xlsx", Kind::Record),
                ("templates/pack/a.html", Kind::Record),
            ]
        );
        assert_eq!(listing.passed_over.len(), 2);
        assert!(listing.files.iter().all(|file| look(&file.path) == Look::At(file.stamp)));
        fs::remove_dir_all(workspace.returns_dir()).unwrap();
        assert!(list(&workspace).is_err(), "a share that went away is not an empty folder");
    }

    #[test]
    fn reads_a_file_and_notices_one_that_is_not_filled_yet() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.xlsx");
        assert_eq!((look(&path), read(&path)), (Look::NotThere, Content::Changing));
        let long = [vec![1; 5000], vec![0; END - 1]].concat();
        let blank = [vec![1; 5000], vec![0; END]].concat();
        for (bytes, expected) in [
            (&b"whole"[..], false),
            (b"", true),
            (b"\0\0", true),
            (b"\0a\0", false),
            (&long, false),
            (&blank, true),
        ] {
            fs::write(&path, bytes).unwrap();
            let Content::Read { stamp, sha256: hash, blank_end } = read(&path) else { panic!("not read") };
            assert_eq!((hash, blank_end), (sha256(bytes), expected), "{} bytes", bytes.len());
            assert_eq!((stamp.size, look(&path)), (bytes.len() as u64, Look::At(stamp)));
        }
        assert_eq!(read(dir.path()), Content::NotToBeHad);
        assert!(may_be_written(&path) && !may_be_written(dir.path()));
        assert_eq!(fs::read(&path).unwrap(), blank);
    }

    #[test]
    fn changes_wake_and_looks_do_not() {
        let (_dir, workspace) = workspace("", &["returns/a/1.xlsx", "register.xlsx"]);
        let (wake, woken) = mpsc::channel();
        let events = Events::begin(&Events::folders(&workspace), move || {
            let _ = wake.send(());
        });
        // Where the system has no events to give there is nothing to see.
        let Ok(_events) = events else { return };
        let path = workspace.returns_dir().join("a/1.xlsx");
        assert_ne!(read(&path), Content::NotToBeHad);
        list(&workspace).unwrap();
        assert!(woken.recv_timeout(GATHERED * 3).is_err(), "a look woke the watch");
        fs::write(&path, "more").unwrap();
        woken.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(Events::begin(&BTreeMap::from([(workspace.dir().join("gone"), true)]), || ()).is_err());
    }
}
