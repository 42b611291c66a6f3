//! One sheet as delimited text (.csv): in UTF-8, UTF-16 or Windows' own encoding, with comma, semicolon or tab.
//!
//! Cells stay text as they were written; the readers of answers take numbers, dates and percentages out of text.

use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::gathering::{Gathering, OpenSheet};
use super::refusal::NotRead;
use crate::domain::place::CellAddress;
use crate::domain::workbook::{Cell, Content, FileFormat, Look, Workbook};

/// What can stand between two cells.
const DELIMITERS: [char; 3] = ['\t', ';', ','];
/// Most records looked at to tell the delimiter.
const LOOKED_AT: usize = 200;
/// Longest name of a sheet in Excel, in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// Reads delimited text. The sheet has the name of the file.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Workbook, NotRead> {
    let text = decode(bytes);
    let (text, delimiter) = without_hint(&text);
    let delimiter = delimiter.or_else(|| self::delimiter(text)).unwrap_or(',');
    let mut gathering = Gathering::default();
    let mut sheet = OpenSheet::new(&sheet_name(file), false);
    let look = Arc::new(Look { number_format: "General".to_string(), ..Look::default() });
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let mut row: u32 = 0;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(NotRead::damaged("its text", error)),
        }
        let from = record.position().map_or(0, csv::Position::byte);
        row += empty_lines(text, from as usize);
        for (column, written) in (0..).zip(&record) {
            if written.is_empty() {
                continue;
            }
            let cell = Cell { content: content(written), formula: false, look: look.clone() };
            gathering.cell(&mut sheet, CellAddress::new(row, column), cell)?;
        }
        row += 1;
    }
    let sheets = vec![gathering.close(sheet)];
    Ok(Workbook { file: file.into(), sheets, format: FileFormat::Text, ..Workbook::default() })
}

/// Empty lines where the parser starts to look for a record: it passes over them, and they are rows all the same.
fn empty_lines(text: &str, from: usize) -> u32 {
    let bytes = text.as_bytes();
    let mut at = from;
    // The parser ends a record at the first mark of a line's end.
    if at > 0 && bytes.get(at - 1) == Some(&b'\r') && bytes.get(at) == Some(&b'\n') {
        at += 1;
    }
    let mut lines = 0;
    while let Some(b'\r' | b'\n') = bytes.get(at) {
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
        lines += 1;
    }
    lines
}

fn content(written: &str) -> Content {
    const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    match ERRORS.into_iter().find(|error| *error == written.trim()) {
        Some(error) => Content::Error(error.into()),
        None => Content::Text(written.into()),
    }
}

/// The text in the encoding its first bytes name; without such bytes UTF-8 where it is that, else Windows-1252.
fn decode(bytes: &[u8]) -> String {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let bytes = &bytes[mark..];
    match std::str::from_utf8(bytes) {
        Ok(text) if encoding == UTF_8 => text.to_string(),
        Err(_) if encoding == UTF_8 => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        _ => encoding.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Takes off the line `sep=;` with which programs tell Excel the delimiter.
fn without_hint(text: &str) -> (&str, Option<char>) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = line.trim_end_matches('\r').trim_matches('"').strip_prefix("sep=");
    match named.and_then(|named| DELIMITERS.into_iter().find(|mark| named == mark.to_string())) {
        Some(mark) => (rest, Some(mark)),
        None => (text, None),
    }
}

/// Whether the beginning of a text is that of delimited text.
pub(super) fn is_delimited(start: &str) -> bool {
    let (text, hint) = without_hint(start);
    hint.is_some() || delimiter(text).is_some()
}

/// The mark that divides the most records, where one divides most of them; in prose a space follows it.
fn delimiter(text: &str) -> Option<char> {
    let fits = |mark: char| {
        let mut reader = ReaderBuilder::new()
            .delimiter(mark as u8)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let (mut all, mut divided, mut fields, mut full, mut prose) = (0, 0, 0, false, true);
        for record in reader.records().take(LOOKED_AT).flatten() {
            if record.iter().all(|field| field.trim().is_empty()) && record.len() < 2 {
                continue;
            }
            all += 1;
            if record.len() < 2 {
                continue;
            }
            divided += 1;
            fields += record.len();
            full |= record.iter().filter(|field| !field.trim().is_empty()).count() > 1;
            prose &= mark != '\t' && record.iter().skip(1).any(|field| field.starts_with(' '));
        }
        let most = divided == all || (divided >= 2 && divided * 2 >= all);
        (all > 0 && most && full && !prose).then_some((divided, fields))
    };
    DELIMITERS.into_iter().filter_map(|mark| Some((fits(mark)?, mark))).max().map(|(_, mark)| mark)
}

/// The name of the file without folder and extension, as Excel would take it for a sheet's.
fn sheet_name(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut legal = String::new();
    let mut units = 0;
    for mark in stem.chars() {
        let mark = if mark.is_control() || "[]:*?/\\".contains(mark) { ' ' } else { mark };
        units += mark.len_utf16();
        if units > LONGEST_NAME {
            break;
        }
        legal.push(mark);
    }
    let legal = legal.trim_matches(['\'', ' ']);
    if legal.is_empty() || legal.eq_ignore_ascii_case("history") {
        "Sheet1".to_string()
    } else {
        legal.to_string()
    }
}
