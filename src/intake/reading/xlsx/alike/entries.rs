//! The entries of a package, and which of them are the same in another.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use memchr::memmem;
use zip::{ZipArchive, ZipWriter};

use super::{LARGEST, LARGEST_PACKAGE};
use crate::intake::reading::package::key;
use crate::intake::reading::{MAX_ENTRIES, MIN_RATIO, RATIO_APPLIES_FROM};

/// The entries of a package by their names in lower case, with forward slashes.
pub(super) struct Entries<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    by_key: BTreeMap<String, Entry<'a>>,
    /// Bytes of all, unpacked, as the package says.
    unpacked: u64,
}

/// An entry as it is packed.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    index: usize,
    packed: &'a [u8],
    checksum: u32,
    size: u64,
    method: zip::CompressionMethod,
}

impl Entry<'_> {
    fn is(&self, other: &Entry<'_>) -> bool {
        self.packed == other.packed
            && (self.checksum, self.size, self.method) == (other.checksum, other.size, other.method)
    }
}

impl<'a> Entries<'a> {
    /// Those of the package in `bytes`; `None` where it is none, is large, or names two alike.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        if archive.len() > MAX_ENTRIES || archive.has_duplicate_names() {
            return None;
        }
        let (mut by_key, mut unpacked) = (BTreeMap::new(), 0u64);
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).ok()?;
            let start = usize::try_from(entry.data_start()?).ok()?;
            let end = start.checked_add(usize::try_from(entry.compressed_size()).ok()?)?;
            let own = Entry {
                index,
                packed: bytes.get(start..end)?,
                checksum: entry.crc32(),
                size: entry.size(),
                method: entry.compression(),
            };
            unpacked = unpacked.checked_add(entry.size())?;
            let name = key(&entry.name().ok()?);
            if by_key.insert(name, own).is_some() {
                return None;
            }
        }
        (unpacked <= LARGEST_PACKAGE).then_some(Self { archive, by_key, unpacked })
    }

    /// Bytes of all, unpacked.
    pub(super) fn unpacked(&self) -> u64 {
        self.unpacked
    }

    /// Bytes of the one of that name in lower case, unpacked, as the package says.
    pub(super) fn size(&self, key: &str) -> u64 {
        self.by_key.get(key).map_or(0, |entry| entry.size)
    }

    /// Whether there is one of that name in lower case.
    pub(super) fn has(&self, key: &str) -> bool {
        self.by_key.contains_key(key)
    }

    /// The names of all, in lower case.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_key.keys().map(String::as_str)
    }

    /// The names of those that are not, packed the same to the byte, in `before`.
    pub(super) fn others_than(&self, before: &Self) -> BTreeSet<String> {
        let same = |name: &str, entry: &Entry<'_>| before.by_key.get(name).is_some_and(|own| own.is(entry));
        self.by_key.iter().filter(|(name, entry)| !same(name, entry)).map(|(name, _)| name.clone()).collect()
    }

    /// A package of those among `keys` that are there, each as it is packed.
    pub(super) fn package_of(&mut self, keys: &BTreeSet<String>) -> Option<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for entry in keys.iter().filter_map(|key| self.by_key.get(key)) {
            writer.raw_copy_file(self.archive.by_index_raw(entry.index).ok()?).ok()?;
        }
        Some(writer.finish().ok()?.into_inner())
    }

    /// The text of the one of that name in lower case; empty where there is none, `None` where it is beyond a limit of the reader's.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let Some(entry) = self.by_key.get(key).copied() else { return Some(String::new()) };
        let mut text = String::with_capacity(usize::try_from(entry.size.min(LARGEST)).ok()?);
        self.archive.by_index(entry.index).ok()?.take(LARGEST + 1).read_to_string(&mut text).ok()?;
        let size = text.len() as u64;
        let is_bomb = size > RATIO_APPLIES_FROM && (entry.packed.len() as f64) < size as f64 * MIN_RATIO;
        (size <= LARGEST && !is_bomb).then_some(text)
    }

    /// Whether all formats that the sheet of that name in lower case names are below `limit`; `None` where it cannot be read.
    pub(super) fn formats_below(&mut self, key: &str, limit: usize) -> Option<bool> {
        let text = self.text(key)?;
        let bytes = text.as_bytes();
        let is_below = |at: usize| {
            let rest = bytes.get(at + b" s=".len()..).unwrap_or_default();
            let digits = rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count();
            let number =
                rest.get(1..=digits).and_then(|digits| std::str::from_utf8(digits).ok()?.parse().ok());
            rest.starts_with(b"\"") && number.is_some_and(|number: usize| number < limit)
        };
        // Other ways to write the attribute are as good, and nobody's.
        let is_odd =
            [&b"\ts"[..], b"\ns", b"\rs", b" s "].iter().any(|odd| memmem::find(bytes, odd).is_some());
        Some(!is_odd && memmem::find_iter(bytes, b" s=").all(is_below))
    }
}
