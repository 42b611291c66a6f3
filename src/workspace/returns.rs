//! What lies in `returns/`: workbooks to read, and what is passed over with the reason.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::files::{self, Unread};
use super::names::legal_name;
use super::sha256;
use crate::domain::workbook::LARGEST_FILE;
use anyhow::Result;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Path below the workspace with forward slashes: `returns/a/b.xlsx`, wherever the settings put the
    /// folder of returns.
    pub file: String,
    /// Where it is on disk.
    pub path: PathBuf,
    /// Size in bytes when it was found.
    pub size: u64,
    /// Time of change as the folder listed it, where the drive tells it.
    pub modified: Option<SystemTime>,
}

/// A file read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFile {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes in lower-case hexadecimal.
    pub sha256: String,
}

/// Why a file is passed over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// `~$name.xlsx`: Excel has the workbook beside it open.
    OpenInExcel,
    /// A temporary copy or an unfinished download.
    Temporary,
    /// A link to elsewhere.
    Link,
    /// Larger than [`LARGEST_FILE`].
    TooLarge,
    /// Another program is writing it, or has it open.
    InUse,
    /// It is kept in the cloud, and only its placeholder is in the folder.
    Online,
    /// It cannot be read; the error in words.
    Unreadable(String),
}

impl Why {
    /// A sentence for people, with what to do.
    pub fn sentence(&self) -> String {
        match self {
            Why::OpenInExcel => {
                "a lock file of Excel: the workbook beside it is open; save and close it if it is being edited"
                    .to_string()
            }
            Why::Temporary => {
                "a temporary copy or unfinished download; if it is being copied, it will be read by a run after that; else delete it"
                    .to_string()
            }
            Why::Link => {
                "a link to elsewhere, not followed; put the workbook itself into the folder".to_string()
            }
            Why::TooLarge => format!(
                "larger than {} MB, which no return is; ask for a workbook without pictures or unused rows",
                LARGEST_FILE >> 20
            ),
            Why::InUse => "the file is being copied or is open in another program; it will be read by the next run. If it is neither, \
                           check that you may open it"
                .to_string(),
            Why::Online => "the file is kept in the cloud and could not be fetched; sign in to OneDrive or SharePoint, choose \
                            “Always keep on this device” for the folder, and run again"
                .to_string(),
            Why::Unreadable(error) => error.clone(),
        }
    }
}

/// A file passed over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PassedOver {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// Why.
    pub why: Why,
}

/// What lies in the folder, each list in order of path. Files that the system keeps for itself
/// (`desktop.ini`, `.DS_Store`) are in neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// Files to read.
    pub files: Vec<Found>,
    /// Files passed over.
    pub passed_over: Vec<PassedOver>,
}

/// Lists the folder of returns, at any depth.
///
/// # Errors
/// A folder cannot be listed.
pub fn list(returns_dir: &Path) -> Result<Listing> {
    let mut listing = Listing::default();
    for found in files::walk(returns_dir)? {
        let file = format!("returns/{}", found.relative);
        let name = found.relative.rsplit('/').next().unwrap_or_default().to_lowercase();
        if is_systems_own(&name) {
            continue;
        }
        let why = match name.as_str() {
            name if name.starts_with("~$") => Some(Why::OpenInExcel),
            name if is_temporary(name) => Some(Why::Temporary),
            _ if found.link => Some(Why::Link),
            _ if found.size > LARGEST_FILE => Some(Why::TooLarge),
            _ => None,
        };
        match why {
            Some(why) => listing.passed_over.push(PassedOver { file, why }),
            None => listing.files.push(Found {
                file,
                path: found.path,
                size: found.size,
                modified: found.modified,
            }),
        }
    }
    Ok(listing)
}

impl Found {
    /// Reads the file.
    ///
    /// # Errors
    /// It is being written, cannot be read, or has grown too large since; it is passed over then and the run goes on.
    pub fn read(&self) -> std::result::Result<ReturnFile, PassedOver> {
        let passed_over = |why| PassedOver { file: self.file.clone(), why };
        let bytes = files::read_at_rest(&self.path, LARGEST_FILE).map_err(|unread| {
            passed_over(match unread {
                Unread::Changing | Unread::InUse => Why::InUse,
                Unread::Online => Why::Online,
                Unread::Failed(error) => Why::Unreadable(format!("{error:#}")),
            })
        })?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(passed_over(Why::TooLarge));
        }
        Ok(ReturnFile { file: self.file.clone(), sha256: sha256(&bytes), bytes })
    }
}

/// What files attached to the e-mail at `mail` are called: the e-mail is a folder, each name legal on Windows, and those that would be
/// the same are numbered. A name is the sender's: of a path its last part is taken, as mail programs do.
pub fn attached_files(mail: &str, names: &[&str]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let names = names.iter().map(|name| legal_name(name.rsplit(['/', '\\']).next().unwrap_or(name)));
    let numbered = names.map(|name| {
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) => (stem.to_string(), format!(".{ending}")),
            None => (name.clone(), String::new()),
        };
        let further = (2..).map(|number: usize| format!("{stem} ({number}){ending}"));
        let own = std::iter::once(name).chain(further).find(|name| taken.insert(name.to_lowercase()));
        own.unwrap_or_default()
    });
    numbered.map(|name| format!("{mail}/{name}")).collect()
}

/// Names in lower case that no one dropped there.
pub(super) fn is_systems_own(name: &str) -> bool {
    matches!(name, "desktop.ini" | "thumbs.db" | ".ds_store") || name.starts_with("._")
}

/// Names in lower case of files still being written.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with('~')
        || [
            ".tmp",
            ".temp",
            ".crdownload",
            ".opdownload",
            ".part",
            ".partial",
            ".filepart",
            ".download",
            ".icloud",
        ]
        .iter()
        .any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_workbooks_and_says_what_is_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let returns = dir.path().join("returns");
        files::create_dir(&returns.join("Harbour/Q1")).unwrap();
        for name in [
            "Harbour/Q1/kpi.XLSX",
            "Harbour/Q1/~$kpi.XLSX",
            "Harbour/desktop.ini",
            "Thumbs.db",
            ".DS_Store",
            "._kpi.xlsx",
            "~WRL0001.xlsx",
            "new.xlsx.crdownload",
            "A1B2.TMP",
            "letter.pdf",
        ] {
            std::fs::write(returns.join(name), name).unwrap();
        }
        let listing = list(&returns).unwrap();
        let files: Vec<_> = listing.files.iter().map(|found| found.file.as_str()).collect();
        assert_eq!(files, ["returns/Harbour/Q1/kpi.XLSX", "returns/letter.pdf"]);
        let passed: Vec<_> = listing.passed_over.iter().map(|over| (over.file.as_str(), &over.why)).collect();
        assert_eq!(
            passed,
            [
                ("returns/A1B2.TMP", &Why::Temporary),
                ("returns/Harbour/Q1/~$kpi.XLSX", &Why::OpenInExcel),
                ("returns/new.xlsx.crdownload", &Why::Temporary),
                ("returns/~WRL0001.xlsx", &Why::Temporary),
            ]
        );
        let read = listing.files[1].read().unwrap();
        assert_eq!((read.bytes.as_slice(), read.sha256), (b"letter.pdf".as_slice(), sha256(b"letter.pdf")));
    }

    #[test]
    fn attachments_get_legal_names_that_differ() {
        for (names, expected) in [
            (vec![], vec![]),
            (vec!["kpi.xlsx", "KPI.xlsx", "kpi.xlsx"], vec!["kpi.xlsx", "KPI (2).xlsx", "kpi (3).xlsx"]),
            (vec!["kpi (2).xlsx", "kpi.xlsx", "kpi.xlsx"], vec!["kpi (2).xlsx", "kpi.xlsx", "kpi (3).xlsx"]),
            (vec!["../../register.xlsx", "C:\\Windows\\a.xlsx"], vec!["register.xlsx", "a.xlsx"]),
            (vec!["..", "", "/"], vec!["unnamed", "unnamed (2)", "unnamed (3)"]),
            (
                vec!["CON.xlsx", "kpi\u{202e}xslx.exe", "a\r\nb\0.xlsx"],
                vec!["_CON.xlsx", "kpixslx.exe", "a b .xlsx"],
            ),
            (vec!["Ŷ 2025–26: Q1?.xlsx"], vec!["Ŷ 2025–26- Q1-.xlsx"]),
        ] {
            let expected: Vec<String> = expected.iter().map(|name| format!("returns/m.eml/{name}")).collect();
            assert_eq!(attached_files("returns/m.eml", &names), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_names_become_paths_that_differ(names in proptest::collection::vec(".{0,12}", 0..8)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let files = attached_files("returns/m.eml", &names);
            let distinct: BTreeSet<String> = files.iter().map(|file| file.to_lowercase()).collect();
            proptest::prop_assert_eq!(distinct.len(), names.len());
            for file in files {
                let name = file.strip_prefix("returns/m.eml/").unwrap();
                proptest::prop_assert!(!name.contains('/') && !name.is_empty() && name != "..");
            }
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let found = Found {
            file: "returns/a.xlsx".to_string(),
            path: dir.path().join("a.xlsx"),
            size: 1,
            modified: None,
        };
        let over = found.read().unwrap_err();
        assert!(over.why.sentence().contains("a.xlsx"), "{over:?}");
    }

    #[test]
    fn a_file_too_large_is_not_read() {
        let dir = tempfile::tempdir().unwrap();
        for (name, size) in [("fits.xlsx", LARGEST_FILE), ("large.xlsx", LARGEST_FILE + 1)] {
            std::fs::File::create(dir.path().join(name)).unwrap().set_len(size).unwrap();
        }
        let listing = list(dir.path()).unwrap();
        assert_eq!(listing.files[0].file, "returns/fits.xlsx");
        assert_eq!(
            listing.passed_over,
            [PassedOver { file: "returns/large.xlsx".to_string(), why: Why::TooLarge }]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("secret"), "").unwrap();
        let returns = dir.path().join("returns");
        files::create_dir(&returns).unwrap();
        std::os::unix::fs::symlink(dir.path().join("secret"), returns.join("a.xlsx")).unwrap();
        assert_eq!(list(&returns).unwrap().passed_over[0].why, Why::Link);
    }
}
