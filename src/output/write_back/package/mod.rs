//! The zip package of a workbook: parts are found the way Excel finds them, and what is not changed is copied raw.

mod content_types;
mod names;
mod relationships;

pub use content_types::ContentTypes;
pub use names::{decoded, key, relationships_of};
pub use relationships::{Relationship, Relationships, STRICT, TRANSITIONAL};

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, ZipArchive};

use super::not_safe::NotSafe;

/// Largest part taken into memory, unpacked, in bytes; the reader's own limit.
const MOST_BYTES: u64 = 200 << 20;

/// Parts below that many bytes are stored as they are: to set packing up for one takes longer than it saves. Larger ones have to be
/// packed: what is written is hashed, encoded for a draft, and kept.
const WORTH_PACKING: usize = 2_048;
/// Parts up to that many bytes are kept when they are unpacked: lists of relationships are read by one step after the other.
const KEPT: usize = 16 << 10;
/// The level of packing that takes least time, a third of the usual one's, for a tenth more bytes.
const FASTEST: i64 = 1;

/// An open package and what is to be changed in it.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Names as stored, in the package's order.
    names: Vec<String>,
    size: usize,
    /// Entry by its key.
    entries: BTreeMap<String, usize>,
    /// New content by entry; `None` takes the entry out.
    changed: BTreeMap<usize, Option<Vec<u8>>>,
    added: Vec<(String, Vec<u8>)>,
    /// Small entries as they were, once unpacked.
    unpacked: BTreeMap<usize, Vec<u8>>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    ///
    /// # Errors
    ///
    /// When it is no zip package, or names two parts alike.
    pub fn open(bytes: &'a [u8]) -> Result<Self, NotSafe> {
        let no_package = |error: zip::result::ZipError| NotSafe::NoPackage(error.to_string());
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(no_package)?;
        let mut names = Vec::with_capacity(archive.len());
        let mut entries = BTreeMap::new();
        for (index, name) in archive.file_names().enumerate() {
            let name = name.map_err(no_package)?.into_owned();
            if entries.insert(names::key(&name), index).is_some() {
                return Err(NotSafe::Twice(name));
            }
            names.push(name);
        }
        if archive.has_duplicate_names() || names.len() != archive.len() {
            return Err(NotSafe::Twice("the same name".to_string()));
        }
        Ok(Self {
            archive,
            size: bytes.len(),
            names,
            entries,
            changed: BTreeMap::new(),
            added: Vec::new(),
            unpacked: BTreeMap::new(),
        })
    }

    /// Whether there is such a part now.
    pub fn has(&self, part: &str) -> bool {
        let key = names::key(part);
        self.entry(&key).is_some() || self.added.iter().any(|(name, _)| names::key(name) == key)
    }

    /// The names of all parts as they are now.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let stays = |index: &usize| !matches!(self.changed.get(index), Some(None));
        let kept = self.names.iter().enumerate().filter(move |(index, _)| stays(index)).map(|(_, name)| name);
        kept.chain(self.added.iter().map(|(name, _)| name)).map(String::as_str)
    }

    /// The part as it is now; `None` when there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be unpacked or is too large.
    pub fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, NotSafe> {
        let key = names::key(part);
        if let Some((_, bytes)) = self.added.iter().find(|(name, _)| names::key(name) == key) {
            return Ok(Some(bytes.clone()));
        }
        let Some(index) = self.entry(&key) else { return Ok(None) };
        if let Some(Some(bytes)) = self.changed.get(&index) {
            return Ok(Some(bytes.clone()));
        }
        if let Some(bytes) = self.unpacked.get(&index) {
            return Ok(Some(bytes.clone()));
        }
        let damaged = |detail: String| NotSafe::Damaged { part: part.to_string(), detail };
        let entry = self.archive.by_index(index).map_err(|error| damaged(error.to_string()))?;
        let mut bytes = Vec::with_capacity(usize::try_from(entry.size().min(1 << 20)).unwrap_or_default());
        entry.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(NotSafe::TooLarge(part.to_string()));
        }
        if bytes.len() <= KEPT {
            self.unpacked.insert(index, bytes.clone());
        }
        Ok(Some(bytes))
    }

    /// The text of a part as it is now; `None` when there is none.
    ///
    /// # Errors
    ///
    /// As [`Self::bytes`], and when it is not UTF-8.
    pub fn text(&mut self, part: &str) -> Result<Option<String>, NotSafe> {
        let Some(bytes) = self.bytes(part)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| NotSafe::Encoding(part.to_string()))
    }

    /// The text of a part that has to be there.
    ///
    /// # Errors
    ///
    /// As [`Self::text`], and when there is none.
    pub fn needed(&mut self, part: &str) -> Result<String, NotSafe> {
        self.text(part)?.ok_or_else(|| NotSafe::Missing(part.to_string()))
    }

    /// Gives a part new content; one that is not there yet comes last.
    pub fn put(&mut self, part: &str, content: impl Into<Vec<u8>>) {
        let key = names::key(part);
        if let Some(index) = self.entries.get(&key) {
            self.changed.insert(*index, Some(content.into()));
        } else if let Some((_, there)) = self.added.iter_mut().find(|(name, _)| names::key(name) == key) {
            *there = content.into();
        } else {
            self.added.push((part.to_string(), content.into()));
        }
    }

    /// Takes a part out.
    pub fn remove(&mut self, part: &str) {
        let key = names::key(part);
        if let Some(index) = self.entries.get(&key) {
            self.changed.insert(*index, None);
        }
        self.added.retain(|(name, _)| names::key(name) != key);
    }

    /// A name for a new part: `before`, the lowest number that is free, `after`.
    pub fn free_name(&self, before: &str, after: &str) -> String {
        let mut number = 1usize;
        loop {
            let name = format!("{before}{number}{after}");
            // Also what is taken out keeps its name: nothing may still point to another part by it.
            if !self.entries.contains_key(&names::key(&name)) && !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// The parts whose content is new or gone, by name.
    pub fn touched(&self) -> Vec<String> {
        let changed = self.changed.keys().filter_map(|index| self.names.get(*index));
        changed.cloned().chain(self.added.iter().map(|(name, _)| name.clone())).collect()
    }

    /// The package with its changes: entries in their order, new ones last, untouched ones copied raw.
    ///
    /// # Errors
    ///
    /// When an entry cannot be copied.
    pub fn save(mut self) -> Result<Vec<u8>, NotSafe> {
        let failed = |error: String| NotSafe::NoPackage(error);
        let room = self.size + (16 << 10);
        let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
        let comment = self.archive.comment().to_vec();
        writer.set_raw_comment(comment.into()).map_err(|error| failed(error.to_string()))?;
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(|error| failed(error.to_string()))?;
            match self.changed.remove(&index) {
                None => writer.raw_copy_file(entry).map_err(|error| failed(error.to_string()))?,
                Some(None) => {}
                Some(Some(bytes)) => {
                    let time = entry.last_modified().unwrap_or_else(DateTime::default);
                    let name = self.names.get(index).cloned().unwrap_or_default();
                    drop(entry);
                    write_entry(&mut writer, &name, &bytes, time)
                        .map_err(|error| failed(error.to_string()))?;
                }
            }
        }
        for (name, bytes) in &self.added {
            write_entry(&mut writer, name, bytes, DateTime::default())
                .map_err(|error| failed(error.to_string()))?;
        }
        let written = writer.finish().map_err(|error| failed(error.to_string()))?;
        Ok(written.into_inner())
    }

    fn entry(&self, key: &str) -> Option<usize> {
        self.entries.get(key).copied().filter(|index| !matches!(self.changed.get(index), Some(None)))
    }
}

fn write_entry(
    writer: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    bytes: &[u8],
    time: DateTime,
) -> zip::result::ZipResult<()> {
    let stored = bytes.len() < WORTH_PACKING;
    let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let level = (!stored).then_some(FASTEST);
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(level)
        .last_modified_time(time);
    writer.start_file(name, options)?;
    writer.write_all(bytes)?;
    Ok(())
}
