//! The zip package around a workbook, checked before anybody relies on it.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Cursor, Read};

use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::kind::Packaged;
use super::refusal::{Limit, NotRead, fit_for_showing};
use super::{MAX_ENTRIES, MAX_ENTRY, MAX_PACKAGE, MIN_RATIO, RATIO_APPLIES_FROM, kind};

/// Most bytes looked at to learn what a package is; content types of 1,000 parts take 150 kB.
const SIGN_BYTES: u64 = 1 << 20;

/// Most bytes of unpacked parts that are kept, so that they are not unpacked again to be read: the parts of most returns.
const KEPT: usize = 4 << 20;

/// An open package: every entry has been unpacked once and counted, and most are thrown away.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries as they were unpacked, those that fit into [`KEPT`].
    kept: BTreeMap<usize, Vec<u8>>,
    /// Entry by its name in lower case with forward slashes: parts are found the way Excel finds them.
    entries: BTreeMap<String, usize>,
    /// What kind of workbook it says it holds.
    pub(super) holds: Packaged,
}

/// A part being read.
pub(super) enum Part<'p, 'a> {
    Kept(&'p [u8]),
    Packed(BufReader<ZipFile<'p, Cursor<&'a [u8]>>>),
}

impl Read for Part<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Part::Kept(bytes) => bytes.read(buffer),
            Part::Packed(part) => part.read(buffer),
        }
    }
}

impl BufRead for Part<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self {
            Part::Kept(bytes) => Ok(bytes),
            Part::Packed(part) => part.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self {
            Part::Kept(bytes) => bytes.consume(amount),
            Part::Packed(part) => part.consume(amount),
        }
    }
}

impl<'a> Package<'a> {
    /// Opens a package that holds a workbook and keeps to the limits.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, NotRead> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            let end_of_directory = b"PK\x05\x06";
            let tail = &bytes[bytes.len().saturating_sub(66_000)..];
            if tail.windows(4).any(|part| part == end_of_directory) {
                NotRead::damaged("its table of contents", error)
            } else {
                NotRead::Truncated
            }
        })?;
        let names = names(&archive)?;
        let entries = index(&archive, &names)?;
        let content_types = sign(&mut archive, "[Content_Types].xml")?;
        let mimetype = sign(&mut archive, "mimetype")?;
        let holds = kind::expect_workbook(&content_types, &mimetype, names.iter().map(String::as_str))?;
        if archive.len() > MAX_ENTRIES {
            return Err(NotRead::TooLarge(Limit::Entries { found: archive.len() }));
        }
        let kept = unpack_all(&mut archive)?;
        Ok(Self { archive, kept, entries, holds })
    }

    /// Whether the package has the part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&key(name))
    }

    /// The names of the parts in lower case, with forward slashes.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// The part of that name, `None` when there is none.
    pub(super) fn part<'p>(&'p mut self, name: &str) -> Result<Option<Part<'p, 'a>>, NotRead> {
        let Some(entry) = self.entries.get(&key(name)) else { return Ok(None) };
        if let Some(bytes) = self.kept.get(entry) {
            return Ok(Some(Part::Kept(bytes)));
        }
        match self.archive.by_index(*entry) {
            Ok(file) => Ok(Some(Part::Packed(BufReader::with_capacity(64 << 10, file)))),
            Err(error) => Err(NotRead::damaged(part_named(name), error)),
        }
    }
}

/// A part's name as it stands in a message.
pub(super) fn part_named(name: &str) -> String {
    format!("its part “{}”", fit_for_showing(name))
}

/// A part's name as it is looked for: in lower case, with forward slashes.
pub(super) fn key(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}

fn names(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, NotRead> {
    archive
        .file_names()
        .map(|name| {
            name.map(|name| name.into_owned()).map_err(|e| NotRead::damaged("its table of contents", e))
        })
        .collect()
}

/// The beginning of a part that says what the package is; empty when there is no such part.
fn sign(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, NotRead> {
    let part = match archive.by_name(name) {
        Ok(part) => part,
        Err(ZipError::FileNotFound) => return Ok(String::new()),
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(NotRead::Protected),
        Err(error) => return Err(NotRead::damaged(part_named(name), error)),
    };
    let mut bytes = Vec::new();
    part.take(SIGN_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| NotRead::damaged(part_named(name), error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn index(archive: &ZipArchive<Cursor<&[u8]>>, names: &[String]) -> Result<BTreeMap<String, usize>, NotRead> {
    let suspicious = |name: &str, fault| NotRead::Suspicious { entry: fit_for_showing(name), fault };
    let mut entries = BTreeMap::new();
    for (position, name) in names.iter().enumerate() {
        let key = key(name);
        if key.starts_with('/') || key.get(1..2) == Some(":") {
            return Err(suspicious(name, "names a place outside of it"));
        }
        if name.chars().any(char::is_control) {
            return Err(suspicious(name, "has a control character in its name"));
        }
        if key.split('/').any(|step| step == "..") {
            return Err(suspicious(name, "climbs out of it"));
        }
        if entries.insert(key, position).is_some() {
            return Err(suspicious(name, "stands in it twice"));
        }
    }
    if archive.has_duplicate_names() {
        return Err(suspicious("a part", "stands in it twice"));
    }
    Ok(entries)
}

/// Unpacks every entry, since declared sizes can lie, and stops at the first limit. This costs one more inflating of the
/// package, about 1 ms a megabyte unpacked, and finds every damaged entry by its checksum. Small parts of XML are returned.
fn unpack_all(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<BTreeMap<usize, Vec<u8>>, NotRead> {
    let mut buffer = vec![0; 64 << 10];
    let mut all: u64 = 0;
    let mut kept = BTreeMap::new();
    let mut room = KEPT;
    for position in 0..archive.len() {
        let mut entry = match archive.by_index(position) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(NotRead::Protected),
            Err(error) => return Err(NotRead::damaged("its table of contents", error)),
        };
        let name = entry.name().map_or_else(|_| String::new(), |name| name.into_owned());
        let packed = entry.compressed_size();
        let mut unpacked: u64 = 0;
        let is_read = [".xml", ".rels"].into_iter().any(|end| name.to_ascii_lowercase().ends_with(end));
        let mut bytes = is_read.then(Vec::new);
        loop {
            let read = entry.read(&mut buffer).map_err(|error| NotRead::damaged(part_named(&name), error))?;
            if read == 0 {
                break;
            }
            unpacked += read as u64;
            all += read as u64;
            let part = || fit_for_showing(&name);
            if unpacked > MAX_ENTRY {
                return Err(NotRead::TooLarge(Limit::Entry { part: part() }));
            }
            if all > MAX_PACKAGE {
                return Err(NotRead::TooLarge(Limit::Package));
            }
            if unpacked > RATIO_APPLIES_FROM && (packed as f64) < unpacked as f64 * MIN_RATIO {
                return Err(NotRead::TooLarge(Limit::Compression { part: part() }));
            }
            bytes = bytes.filter(|bytes: &Vec<u8>| bytes.len() + read <= room);
            if let Some(bytes) = &mut bytes {
                bytes.extend_from_slice(&buffer[..read]);
            }
        }
        if let Some(bytes) = bytes {
            room -= bytes.len();
            kept.insert(position, bytes);
        }
    }
    Ok(kept)
}
