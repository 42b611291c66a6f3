//! A package as its parts, changed a text at a time, and zipped the way different programs zip: some entries stored, some
//! packed, of different days, so that an entry copied raw can be told from one packed again.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime, ZipArchive};

/// The parts of a package in the order of its entries.
#[derive(Debug, Clone)]
pub struct Package {
    pub parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// The text of a part.
    pub fn text(&self, part: &str) -> &str {
        let (_, bytes) =
            self.parts.iter().find(|(name, _)| name == part).unwrap_or_else(|| panic!("no part {part}"));
        std::str::from_utf8(bytes).unwrap()
    }

    /// With `from` replaced by `to` in `part`, where it stands exactly once.
    #[must_use]
    pub fn change(self, part: &str, from: &str, to: &str) -> Self {
        let text = self.text(part);
        assert_eq!(text.matches(from).count(), 1, "{from} in {part}:\n{text}");
        let changed = text.replace(from, to);
        self.put(part, changed)
    }

    /// With `from` replaced by `to` wherever it stands in `part`.
    #[must_use]
    pub fn change_all(self, part: &str, from: &str, to: &str) -> Self {
        let text = self.text(part);
        assert!(text.contains(from), "{from} in {part}:\n{text}");
        let changed = text.replace(from, to);
        self.put(part, changed)
    }

    /// With the part as `content`, in its old place or as the last one.
    #[must_use]
    pub fn put(mut self, part: &str, content: impl Into<Vec<u8>>) -> Self {
        match self.parts.iter_mut().find(|(name, _)| name == part) {
            Some((_, bytes)) => *bytes = content.into(),
            None => self.parts.push((part.to_string(), content.into())),
        }
        self
    }

    /// Without the part.
    #[must_use]
    pub fn remove(mut self, part: &str) -> Self {
        let before = self.parts.len();
        self.parts.retain(|(name, _)| name != part);
        assert_eq!(self.parts.len() + 1, before, "no part {part}");
        self
    }

    /// With the entry under another name; what points to it is left alone.
    #[must_use]
    pub fn rename(mut self, part: &str, to: &str) -> Self {
        let found = self.parts.iter_mut().find(|(name, _)| name == part);
        found.unwrap_or_else(|| panic!("no part {part}")).0 = to.to_string();
        self
    }

    /// With one more relationship in the relationships `part`, which is made where there is none. `kind` is the last word of
    /// its type.
    #[must_use]
    pub fn relate(self, part: &str, id: &str, kind: &str, target: &str) -> Self {
        let own = format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        );
        if self.parts.iter().any(|(name, _)| name == part) {
            self.change(part, "</Relationships>", &format!("{own}</Relationships>"))
        } else {
            self.put(
                part,
                format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{own}</Relationships>"
                ),
            )
        }
    }

    /// With the content type of one part.
    #[must_use]
    pub fn typed(self, part: &str, content_type: &str) -> Self {
        let own = format!("<Override PartName=\"{part}\" ContentType=\"{content_type}\"/>");
        self.change("[Content_Types].xml", "</Types>", &format!("{own}</Types>"))
    }

    /// With the content type of an extension.
    #[must_use]
    pub fn typed_by_extension(self, extension: &str, content_type: &str) -> Self {
        let own = format!("<Default Extension=\"{extension}\" ContentType=\"{content_type}\"/>");
        self.change(
            "[Content_Types].xml",
            "<Override PartName=\"/xl/workbook.xml\"",
            &format!("{own}<Override PartName=\"/xl/workbook.xml\""),
        )
    }

    /// The zip folder.
    pub fn zip(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (number, (name, content)) in (0u8..).zip(&self.parts) {
            let stored = number % 4 == 3 || name.ends_with(".png") || name.ends_with(".bin");
            let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            let day = DateTime::from_date_and_time(1995, 1 + number % 12, 1 + number % 28, 9, 30, 0).unwrap();
            let level = (!stored).then_some(1 + i64::from(number % 9));
            let options = SimpleFileOptions::default()
                .compression_method(method)
                .compression_level(level)
                .last_modified_time(day);
            writer.start_file(name.as_str(), options).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

/// An entry as it lies in the zip folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// Method, checksum, time: what a raw copy keeps.
    pub head: String,
    /// The bytes as they are packed.
    pub packed: Vec<u8>,
    /// The bytes unpacked.
    pub content: Vec<u8>,
}

/// The entries of a zip folder in their order.
pub fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut content = Vec::new();
            archive.by_index(index).unwrap().read_to_end(&mut content).unwrap();
            let mut raw = archive.by_index_raw(index).unwrap();
            let mut packed = Vec::new();
            raw.read_to_end(&mut packed).unwrap();
            Entry {
                name: String::from_utf8_lossy(raw.name_raw()).into_owned(),
                // An entry of no day at all gets one.
                head: format!(
                    "{:?} {:08x} {:?}",
                    raw.compression(),
                    raw.crc32(),
                    raw.last_modified().unwrap_or_default()
                ),
                packed,
                content,
            }
        })
        .collect()
}

/// The parts of a zip folder by the name the package knows them by: slashes forward, none at the start.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let named =
        |entry: Entry| (entry.name.replace('\\', "/").trim_start_matches('/').to_string(), entry.content);
    entries(bytes).into_iter().map(named).collect()
}
