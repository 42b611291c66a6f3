//! Workbooks whose parts are changed after they were written.

use std::io::{Cursor, Read, Write};

use zip::ZipArchive;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The package with each part of XML as `change` makes it, by its name and text; `None` leaves it as it is.
pub fn rewritten(bytes: &[u8], change: impl Fn(&str, &str) -> Option<String>) -> Vec<u8> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut entry = package.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        let name = entry.name().unwrap().into_owned();
        let text = std::str::from_utf8(&content).ok().filter(|_| name.ends_with(".xml"));
        let changed = text.and_then(|text| change(&name, text));
        written.start_file(name, SimpleFileOptions::default()).unwrap();
        written.write_all(changed.as_ref().map_or(&content[..], |text| text.as_bytes())).unwrap();
    }
    written.finish().unwrap().into_inner()
}
