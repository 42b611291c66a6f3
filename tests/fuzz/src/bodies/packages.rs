//! Packages in plain text: each part after a line `== its/name`. What is left out is taken from a sound workbook of the format
//! that the parts' names are those of.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A workbook of each format with every part that is read.
const WORKBOOK: &[u8] = include_bytes!("../../seeds/parts/sound workbook.txt");
const BINARY_WORKBOOK: &[u8] = include_bytes!("../../seeds/parts/sound binary workbook");
const OPEN_DOCUMENT: &[u8] = include_bytes!("../../seeds/parts/sound opendocument.txt");

/// The package that `text` describes. Of two parts of one name the first stands.
pub fn package(text: &[u8]) -> Vec<u8> {
    let own = parts(text);
    let named = |name: &[u8]| own.iter().any(|(own, _)| *own == name);
    let sound = parts(if named(b"content.xml") {
        OPEN_DOCUMENT
    } else if own.iter().any(|(name, _)| name.ends_with(b".bin") && !name.ends_with(b"vbaProject.bin")) {
        BINARY_WORKBOOK
    } else {
        WORKBOOK
    });
    let rest = sound.iter().filter(|(name, _)| !named(name));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in own.iter().chain(rest) {
        // A name that stands there already is refused, and left out.
        if writer.start_file(String::from_utf8_lossy(name), SimpleFileOptions::default()).is_ok() {
            writer.write_all(content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn parts(text: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut starts: Vec<usize> =
        text.windows(4).enumerate().filter(|(_, four)| *four == b"\n== ").map(|(at, _)| at + 1).collect();
    if text.starts_with(b"== ") {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let part = &text[start + 3..end];
            let line = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
            (&part[..line], part.get(line + 1..).unwrap_or_default())
        })
        .collect()
}
