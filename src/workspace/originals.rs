//! A copy of every version of every return ever seen, named by its hash: officers put newer files over
//! older ones of the same name, and what was received must not be lost.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::ledger::{Entry, Ledger};
use super::{files, sha256};

/// The folder of originals.
#[derive(Debug, Clone)]
pub struct Originals {
    dir: PathBuf,
}

impl Originals {
    /// The folder `dir`; it is made when the first copy is kept.
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_path_buf() }
    }

    /// Where the copy of the bytes with this SHA-256, found at `file`, is kept:
    /// `<sha256>.<extension in lower case>`.
    pub fn path(&self, sha256: &str, file: &str) -> PathBuf {
        match extension(file) {
            Some(extension) => self.dir.join(format!("{sha256}.{extension}")),
            None => self.dir.join(sha256),
        }
    }

    /// Keeps a copy of `bytes`, whose SHA-256 is `sha256`, unless there is one. To be called before the
    /// ledger names them.
    ///
    /// # Errors
    /// The copy cannot be written.
    pub fn keep(&self, sha256: &str, file: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.path(sha256, file);
        let there = fs::metadata(&path).is_ok_and(|copy| copy.is_file() && copy.len() == bytes.len() as u64);
        if !there {
            files::create_dir(&self.dir)?;
            files::write(&path, bytes)?;
        }
        Ok(path)
    }

    /// The bytes of a version.
    ///
    /// # Errors
    /// There is no copy, or it is not what was received.
    pub fn read(&self, hash: &str, file: &str) -> Result<Vec<u8>> {
        let path = self.path(hash, file);
        let bytes = files::read(&path)?;
        anyhow::ensure!(
            sha256(&bytes) == hash,
            "{} is not what was received as {file}: its content does not have the SHA-256 in its name; \
             put back the right file from a backup, or delete it if the provider's file still lies in the returns",
            path.display()
        );
        Ok(bytes)
    }

    /// Whether there is a copy of the bytes, right or wrong.
    pub fn has(&self, sha256: &str, file: &str) -> bool {
        self.path(sha256, file).is_file()
    }

    /// What is wrong with the copies of everything the ledger names, in the ledger's order, in sentences.
    pub fn faults(&self, ledger: &Ledger) -> Vec<String> {
        let seen = ledger.entries().iter().filter_map(|entry| match entry {
            Entry::Seen(seen) => Some(seen),
            Entry::Looked(_) => None,
        });
        seen.filter_map(|seen| self.read(&seen.sha256, &seen.file).err())
            .map(|error| format!("{error:#}"))
            .collect()
    }
}

/// The extension in lower case; `None` when it is not a plain short one.
fn extension(file: &str) -> Option<String> {
    let (stem, extension) = file.rsplit('/').next()?.rsplit_once('.')?;
    let plain = (1..=8).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        && !stem.is_empty();
    plain.then(|| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::ledger::SeenFile;
    use super::*;

    #[test]
    fn names_copies_by_hash_and_extension() {
        let originals = Originals::new(Path::new("originals"));
        for (file, name) in [
            ("returns/a/KPI.XLSX", "ab.xlsx"),
            ("returns/a.b/KPI", "ab"),
            ("returns/.xlsx", "ab"),
            ("returns/kpi.", "ab"),
            ("returns/kpi.not an ext", "ab"),
            ("returns/kpi.xls\\..\\x", "ab"),
            ("returns/kpi.verylongextension", "ab"),
        ] {
            assert_eq!(originals.path("ab", file), Path::new("originals").join(name), "{file}");
        }
    }

    #[test]
    fn keeps_each_version_once_and_checks_it() {
        let dir = tempfile::tempdir().unwrap();
        let originals = Originals::new(&dir.path().join("originals"));
        let hash = sha256(b"one");
        let path = originals.keep(&hash, "returns/a.xlsx", b"one").unwrap();
        assert_eq!(originals.keep(&hash, "returns/b.XLSX", b"one").unwrap(), path);
        assert_eq!(originals.read(&hash, "returns/a.xlsx").unwrap(), b"one");

        let mut ledger = Ledger::open(&dir.path().join("receipts.jsonl")).unwrap();
        let seen = |file: &str, text: &[u8]| SeenFile { file: file.to_string(), sha256: sha256(text) };
        let date = "2025-12-10".parse().unwrap();
        ledger.record(date, &[seen("returns/a.xlsx", b"one"), seen("returns/c.xlsx", b"gone")]).unwrap();
        let faults = originals.faults(&ledger);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].contains("cannot read"), "{faults:?}");
        fs::write(&path, "changed").unwrap();
        let faults = originals.faults(&ledger);
        assert!(faults[0].contains("is not what was received as returns/a.xlsx"), "{faults:?}");
        originals.keep(&hash, "returns/a.xlsx", b"one").unwrap();
        assert_eq!(originals.faults(&ledger).len(), 1);
    }
}
