//! A copy of every version of every return ever seen, named by its hash: officers put newer files over
//! older ones of the same name, and what was received must not be lost.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

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
        if !self.is_there(sha256, file, bytes.len()) {
            files::create_dir(&self.dir)?;
            files::write(&path, bytes)?;
        }
        Ok(path)
    }

    /// Whether a copy of so many bytes is kept.
    pub fn is_there(&self, sha256: &str, file: &str, length: usize) -> bool {
        let copy = fs::metadata(self.path(sha256, file));
        copy.is_ok_and(|copy| copy.is_file() && copy.len() == length as u64)
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

    /// How the copy of the bytes with this SHA-256, found at `file`, lies there.
    ///
    /// # Errors
    /// It is there and cannot be read.
    pub fn state(&self, hash: &str, file: &str) -> Result<CopyState> {
        Ok(match files::read_if_there(&self.path(hash, file))? {
            None => CopyState::Gone,
            Some(bytes) if sha256(&bytes) == hash => CopyState::Sound,
            Some(_) => CopyState::Changed,
        })
    }

    /// The file names of all copies, in order: what is called by a SHA-256, with or without an extension.
    ///
    /// # Errors
    /// The folder cannot be listed.
    pub fn names(&self) -> Result<Vec<String>> {
        if !self.dir.is_dir() {
            return Ok(Vec::new());
        }
        let is_hash = |name: &str| {
            let stem = name.split('.').next().unwrap_or_default();
            stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let mut names: Vec<String> = files::walk(&self.dir)?
            .into_iter()
            .map(|file| file.relative)
            .filter(|name| is_hash(name))
            .collect();
        names.sort();
        Ok(names)
    }
}

/// How a copy lies in the folder of originals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyState {
    /// It is there, and its bytes have the SHA-256 it is called by.
    Sound,
    /// There is none.
    Gone,
    /// It is there with other bytes.
    Changed,
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

        let state = |text: &[u8]| originals.state(&sha256(text), "returns/a.xlsx").unwrap();
        assert_eq!((state(b"one"), state(b"gone")), (CopyState::Sound, CopyState::Gone));
        assert!(
            originals
                .read(&sha256(b"gone"), "returns/a.xlsx")
                .unwrap_err()
                .to_string()
                .contains("cannot read")
        );
        fs::write(&path, "changed").unwrap();
        assert_eq!(state(b"one"), CopyState::Changed);
        let refused = originals.read(&hash, "returns/a.xlsx").unwrap_err().to_string();
        assert!(refused.contains("is not what was received as returns/a.xlsx"), "{refused}");
        originals.keep(&hash, "returns/a.xlsx", b"one").unwrap();
        assert_eq!(state(b"one"), CopyState::Sound);
        fs::write(dir.path().join("originals/notes.txt"), "mine").unwrap();
        assert_eq!(originals.names().unwrap(), [format!("{hash}.xlsx")]);
    }
}
