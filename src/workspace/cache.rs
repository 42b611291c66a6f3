//! What a run keeps so that the next one need not work it out again: `out/.cache`.
//!
//! Nothing in it is anywhere else's only place: the folder can be deleted at any time. An entry is found by a key that is made of
//! everything it follows from, and is used only when it is whole; what is not used by a run is removed at its end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use anyhow::Result;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Hashing, files, sha256};
use crate::domain::shared::sharing;

/// Name of the folder, below that of all that is generated.
const FOLDER: &str = ".cache";
/// Length of the checksum that an entry begins with, in bytes.
const CHECKSUM: usize = 32;

/// The folder of what is kept between runs; for several threads.
#[derive(Debug)]
pub struct Cache {
    dir: PathBuf,
    /// Names of the entries that this run used or wrote.
    used: Mutex<BTreeSet<String>>,
}

impl Cache {
    /// The cache below `out_dir`; it is made when the first entry is kept.
    pub fn new(out_dir: &Path) -> Self {
        Self { dir: out_dir.join(FOLDER), used: Mutex::default() }
    }

    /// The entry of this name; `None` where there is none that is whole.
    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        self.open(name)?.read_to_end(&mut content).ok()?;
        Some(content)
    }

    /// The entry of this name to be read piece by piece; `None` where there is none that is whole.
    pub fn open(&self, name: &str) -> Option<impl Read> {
        let mut file = File::open(self.dir.join(name)).ok()?;
        let mut sum = [0; CHECKSUM];
        file.read_exact(&mut sum).ok()?;
        let mut found = checksum(name);
        io::copy(&mut file, &mut found).ok()?;
        if sum != found.finish() {
            return None;
        }
        file.seek(SeekFrom::Start(CHECKSUM as u64)).ok()?;
        self.use_it(name);
        Some(BufReader::new(file))
    }

    /// Keeps an entry, in place of one of the same name; gives whether it could. That it could not is no error: it is worked out again.
    pub fn put(&self, name: &str, content: &[u8]) -> bool {
        let mut sum = checksum(name);
        sum.update(content);
        let bytes = [sum.finish().as_slice(), content].concat();
        let path = self.dir.join(name);
        let write = || files::write_passing(&path, &bytes).is_ok();
        let kept = write() || (files::create_dir(&self.dir).is_ok() && write());
        if kept {
            self.use_it(name);
        }
        kept
    }

    fn use_it(&self, name: &str) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_string());
    }

    /// Removes what this run did not use. What cannot be removed is left for the next.
    pub fn tidy(self) {
        let used = self.used.into_inner().unwrap_or_else(PoisonError::into_inner);
        for found in files::walk(&self.dir).unwrap_or_default() {
            if !used.contains(&found.relative) {
                files::remove_passing(&found.path);
            }
        }
    }
}

/// A value as it is kept.
///
/// # Errors
/// It cannot be coded, which no value of the program brings about.
pub fn coded(value: &impl Serialize) -> Result<Vec<u8>> {
    Ok(sharing(|| postcard::to_allocvec(value))?)
}

/// The value that was kept.
///
/// # Errors
/// The bytes are none of such a value.
pub fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    Ok(sharing(|| postcard::from_bytes(bytes))?)
}

/// A value as it is kept, packed small.
///
/// # Errors
/// As of [`coded`].
pub fn packed(value: &impl Serialize) -> Result<Vec<u8>> {
    deflated(&coded(value)?)
}

/// The value that was packed.
///
/// # Errors
/// As of [`decoded`].
pub fn unpacked<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    decoded(&inflated(bytes)?)
}

/// Bytes packed small.
///
/// # Errors
/// They cannot be packed, which no bytes bring about.
pub fn deflated(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
    deflate.write_all(bytes)?;
    Ok(deflate.finish()?)
}

/// The bytes that were packed.
///
/// # Errors
/// These are none of [`deflated`].
pub fn inflated(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut plain = Vec::new();
    DeflateDecoder::new(bytes).read_to_end(&mut plain)?;
    Ok(plain)
}

/// A checksum as it begins: with the entry's name, so that no entry passes for another.
fn checksum(name: &str) -> Hashing {
    let mut hashing = Hashing::default();
    hashing.update(name.as_bytes());
    hashing.update(&[0]);
    hashing
}

/// A key made of everything that an entry follows from, in order; each part is told from the next by its length.
#[derive(Debug, Clone, Default)]
pub struct Key(Vec<String>);

impl Key {
    /// A key of nothing yet but the program: its version, and its file by size and time of change, so that a program built anew
    /// takes nothing over from the one before.
    pub fn of_program() -> Self {
        let file = std::env::current_exe().and_then(std::fs::metadata).ok();
        let changed = file.as_ref().and_then(|file| file.modified().ok()?.duration_since(UNIX_EPOCH).ok());
        let length = file.map(|file| file.len());
        Self::default().and(env!("CARGO_PKG_VERSION")).and_debug(&(length, changed))
    }

    /// The key with a further part.
    #[must_use]
    pub fn and(mut self, part: &str) -> Self {
        self.0.push(sha256(part.as_bytes()));
        self
    }

    /// The key with everything there is to a value.
    #[must_use]
    pub fn and_debug(mut self, part: &impl std::fmt::Debug) -> Self {
        let mut hashing = Hashing::default();
        // Hashing takes all that it is given.
        let _ = std::io::Write::write_fmt(&mut hashing, format_args!("{part:?}"));
        self.0.push(hashing.sha256());
        self
    }

    /// The key as 64 hexadecimal digits.
    pub fn finish(&self) -> String {
        sha256(self.0.concat().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_had_back_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::new(dir.path());
        assert_eq!(cache.get("a"), None);
        assert!(cache.put("a", b"one") && cache.put("b", b""));
        assert_eq!(cache.get("a"), Some(b"one".to_vec()));
        assert_eq!(cache.get("b"), Some(Vec::new()));
        let path = dir.path().join(FOLDER).join("a");
        let sound = std::fs::read(&path).unwrap();
        let piecewise = |name| {
            let mut held = Vec::new();
            cache.open(name).map(|mut entry| entry.read_to_end(&mut held).map(|_| held).unwrap())
        };
        assert_eq!(
            (piecewise("a"), piecewise("b"), piecewise("c")),
            (Some(b"one".to_vec()), Some(Vec::new()), None)
        );
        for length in 0..sound.len() {
            std::fs::write(&path, &sound[..length]).unwrap();
            assert_eq!((cache.get("a"), piecewise("a")), (None, None), "cut to {length}");
            let mut changed = sound.clone();
            changed[length] ^= 1;
            std::fs::write(&path, changed).unwrap();
            assert_eq!((cache.get("a"), piecewise("a")), (None, None), "changed at {length}");
        }
        std::fs::write(dir.path().join(FOLDER).join("b"), &sound).unwrap();
        assert_eq!((cache.get("b"), piecewise("b")), (None, None), "another's entry");
    }

    #[test]
    fn what_a_run_did_not_use_goes() {
        let dir = tempfile::tempdir().unwrap();
        let first = Cache::new(dir.path());
        for name in ["a", "b", "c"] {
            assert!(first.put(name, b"kept"));
        }
        first.tidy();
        let second = Cache::new(dir.path());
        assert!(second.get("b").is_some() && second.put("d", b"new"));
        second.tidy();
        let left = Cache::new(dir.path());
        let there = ["a", "b", "c", "d"].map(|name| left.get(name).is_some());
        assert_eq!(there, [false, true, false, true]);
    }

    #[test]
    fn a_key_is_of_all_its_parts_in_their_order() {
        let of = |parts: &[&str]| parts.iter().fold(Key::default(), |key, part| key.and(part)).finish();
        let keys = [&["a", "b"][..], &["ab"], &["b", "a"], &["a", "b", ""], &["a"], &[]];
        let distinct: BTreeSet<String> = keys.into_iter().map(of).collect();
        assert_eq!(distinct.len(), keys.len());
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
    }

    #[test]
    fn where_nothing_can_be_kept_there_is_nothing() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FOLDER), "a file in its place").unwrap();
        let cache = Cache::new(dir.path());
        assert!(!cache.put("a", b"one"));
        assert_eq!(cache.get("a"), None);
        cache.tidy();
    }
}
