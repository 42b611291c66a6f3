//! Packages made in code: the least that makes a workbook with parts changed, and zip folders written byte by byte.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub const CONTENT_TYPES: &str = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
pub const RELATIONSHIPS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub const WORKBOOK: &str =
    r#"<workbook><sheets><sheet name="KPIs" sheetId="1" r:id="r1"/></sheets></workbook>"#;
pub const SHEETS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
pub const SHEET: &str = "xl/worksheets/sheet1.xml";

/// The least that makes a workbook.
pub fn least() -> Vec<(String, Vec<u8>)> {
    [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", SHEETS),
        (SHEET, r#"<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#),
    ]
    .map(|(name, part)| (name.to_string(), part.as_bytes().to_vec()))
    .to_vec()
}

/// A workbook in which these parts are replaced or added.
pub fn workbook(changes: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts = least();
    parts.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    parts.extend(changes.iter().map(|(name, part)| ((*name).to_string(), part.to_vec())));
    zipped(&parts)
}

/// A workbook whose one sheet holds this.
pub fn with_sheet(inner: &str) -> Vec<u8> {
    workbook(&[(SHEET, format!("<worksheet>{inner}</worksheet>").as_bytes())])
}

/// A workbook whose one sheet holds these rows.
pub fn with_rows(rows: &str) -> Vec<u8> {
    with_sheet(&format!("<sheetData>{rows}</sheetData>"))
}

pub fn zipped(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    for (name, part) in parts {
        writer.start_file(name.as_str(), options).unwrap();
        writer.write_all(part).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Numbers that look like dice, the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new() -> Self {
        Dice(0x9e37_79b9_7f4a_7c15)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Text of this length that packs to more than a hundredth, so that it is no bomb by that.
pub fn filler(length: usize) -> Vec<u8> {
    let mut dice = Dice::new();
    let mut text = Vec::with_capacity(length + 4096);
    let plain = [b'a'; 4096 - 128];
    while text.len() < length {
        text.extend((0..128).map(|_| b'a' + dice.below(26) as u8));
        text.extend_from_slice(&plain);
    }
    text.truncate(length);
    text
}

/// An entry of a zip folder, written as told and not as it is.
pub struct Entry {
    pub name: Vec<u8>,
    pub bytes: Vec<u8>,
    /// The size it says that it unpacks to.
    pub said: u32,
}

impl Entry {
    pub fn new(name: impl Into<Vec<u8>>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Entry { name: name.into(), said: bytes.len() as u32, bytes }
    }
}

/// A zip folder of stored entries. `listed` are names of the table of contents that all lead to the first entry.
pub fn by_hand(entries: &[Entry], listed: &[&str]) -> Vec<u8> {
    let mut zip = Vec::new();
    let mut table = Vec::new();
    let mut count = 0u16;
    for entry in entries {
        let offset = zip.len() as u32;
        zip.extend_from_slice(b"PK\x03\x04");
        zip.extend(header(entry));
        zip.extend_from_slice(&entry.name);
        zip.extend_from_slice(&entry.bytes);
        listing(&mut table, entry, offset);
        count += 1;
    }
    for name in listed {
        let first = &entries[0];
        let again = Entry { name: name.as_bytes().to_vec(), bytes: first.bytes.clone(), said: first.said };
        listing(&mut table, &again, 0);
        count += 1;
    }
    let start = zip.len() as u32;
    zip.extend_from_slice(&table);
    zip.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    zip.extend(count.to_le_bytes());
    zip.extend(count.to_le_bytes());
    zip.extend((table.len() as u32).to_le_bytes());
    zip.extend(start.to_le_bytes());
    zip.extend([0, 0]);
    zip
}

fn listing(table: &mut Vec<u8>, entry: &Entry, offset: u32) {
    table.extend_from_slice(b"PK\x01\x02\x14\0");
    table.extend(header(entry));
    table.extend([0; 10]);
    table.extend(offset.to_le_bytes());
    table.extend_from_slice(&entry.name);
}

/// From the version needed to the length of the extra field.
fn header(entry: &Entry) -> Vec<u8> {
    let mut header = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0x58];
    header.extend(checksum(&entry.bytes).to_le_bytes());
    header.extend((entry.bytes.len() as u32).to_le_bytes());
    header.extend(entry.said.to_le_bytes());
    header.extend((entry.name.len() as u16).to_le_bytes());
    header.extend([0, 0]);
    header
}

fn checksum(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
