//! Copies that were damaged after they were written: what is shown at a glance holds when everything is read.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Note, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;
use crate::output::example::{self, day};
use crate::output::workbooks::unpacked::{part, parts};

const SHEET: &str = "xl/worksheets/sheet1.xml";
const LOG: &str = "xl/worksheets/sheet2.xml";
const TEXTS: &str = "xl/sharedStrings.xml";
const STYLES: &str = "xl/styles.xml";
const BOOK: &str = "xl/workbook.xml";
const RELATIONSHIPS: &str = "xl/_rels/workbook.xml.rels";

/// A return with a sheet whose cells are marked, and a log in which none is.
fn sent() -> Vec<u8> {
    let mut book = Workbook::new();
    let (percent, date) = (Format::new().set_num_format("0.0%"), Format::new().set_num_format("dd/mm/yyyy"));
    let sheet = book.add_worksheet().set_name("KPIs").unwrap();
    sheet.write_string_with_format(2, 3, "Numartor", &Format::new().set_bold()).unwrap();
    sheet.write_number_with_format(7, 5, 0.95, &percent).unwrap();
    let share = Formula::new("=19/21").set_result("0.9047619047619048");
    sheet.write_formula_with_format(7, 8, share, &percent).unwrap();
    sheet.merge_range(15, 0, 15, 2, "Notes", &Format::new()).unwrap();
    sheet.insert_note(7, 5, &Note::new("Counted twice, sorry")).unwrap();
    let log = book.add_worksheet().set_name("Log").unwrap();
    for row in 0..9 {
        log.write_string(row, 0, format!("Case {row}")).unwrap();
        log.write_number_with_format(row, 1, 45_901 + row, &date).unwrap();
        log.write_number(row, 2, row * 7).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn copying() -> Copying {
    Copying {
        file: example::FILE.to_string(),
        additions: Additions::of(&example::feedback()),
        made_from: None,
        as_of: day(2026, 1, 20),
    }
}

fn written(sent: &[u8]) -> WrittenBack {
    write_back(sent, &copying().additions, None, day(2026, 1, 20)).unwrap()
}

/// The package with another text of one part; every other entry as it is packed.
fn with(bytes: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).unwrap();
        if entry.name().unwrap() == name {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        } else {
            writer.raw_copy_file(entry).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

/// Whether it holds when both are read as a whole.
fn holds(sent: &[u8], damaged: &WrittenBack) -> bool {
    let copy = read(example::FILE, &damaged.bytes);
    let original = read(example::FILE, sent).unwrap();
    copy.is_ok_and(|copy| check::same_but_marked(&original, &copy, damaged, &[]).is_ok())
}

#[test]
fn a_sound_copy_is_shown_to_be_sound() {
    let sent = sent();
    let written = written(&sent);
    assert!(is_shown(&sent, &written, &[]));
    assert!(holds(&sent, &written));
    let copied = copied(&copying(), &sent, None).unwrap();
    assert_eq!((copied.bytes.0 == written.bytes, copied.made_anew), (true, None));
}

#[test]
fn a_copy_of_a_copy_comes_back_in_place() {
    let sent = sent();
    let first = written(&sent);
    let sheets = vec![first.sheet_name.clone()];
    let made_from = Some(MadeFrom { sheets: sheets.clone(), original: Some(Bytes(sent.clone())) });
    let copied = copied(&Copying { made_from, ..copying() }, &first.bytes, None).unwrap();
    assert_eq!(copied.made_anew, None);
    let earlier = Earlier { sheets: &sheets, original: Some(&sent) };
    let second = write_back(&first.bytes, &copying().additions, Some(earlier), day(2026, 1, 20)).unwrap();
    assert_eq!(copied.bytes.0, second.bytes);
    assert!(is_shown(&first.bytes, &second, &sheets));
    assert!(!is_shown(&first.bytes, &second, &[]));
}

#[test]
fn damage_is_found_wherever_it_lies() {
    let sent = sent();
    let sound = written(&sent);
    for (name, from, to) in [
        (SHEET, "<v>0.95</v>", "<v>0.96</v>"),
        (SHEET, "<v>0.95</v>", ""),
        (SHEET, "<f>19/21</f>", ""),
        (SHEET, "A16:C16", "A16:D16"),
        (SHEET, "</sheetData>", "<row r=\"40\"><c r=\"A40\"><v>1</v></c></row></sheetData>"),
        (LOG, "<v>45901</v>", "<v>45902</v>"),
        (LOG, "<c r=\"C3\"><v>14</v></c>", ""),
        (TEXTS, "Case 4", "Case 5"),
        (TEXTS, "<si><t>Case 4</t></si>", ""),
        (STYLES, "dd/mm/yyyy", "0.00"),
        (STYLES, "0.0%", "yyyy"),
        (BOOK, "name=\"Log\"", "name=\"Log\" state=\"hidden\""),
        (BOOK, "name=\"Log\"", "name=\"log\""),
        (BOOK, "<workbookPr ", "<workbookPr date1904=\"1\" "),
        (RELATIONSHIPS, "worksheets/sheet2.xml", "worksheets/sheet1.xml"),
    ] {
        let before = part(&sound.bytes, name);
        assert!(before.contains(from), "{from} in {name}: {before}");
        let bytes = with(&sound.bytes, name, &before.replacen(from, to, 1));
        let damaged = WrittenBack { bytes, ..sound.clone() };
        assert!(!is_shown(&sent, &damaged, &[]), "{name}: {from} as {to} is shown");
        assert!(!holds(&sent, &damaged), "{name}: {from} as {to} holds");
    }
    let log = part(&sound.bytes, LOG);
    let dated = log.split("<c r=\"B1\" s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let other = log.replace("<c r=\"C3\">", &format!("<c r=\"C3\" s=\"{dated}\">"));
    let damaged = WrittenBack { bytes: with(&sound.bytes, LOG, &other), ..sound.clone() };
    assert!(log != other && !is_shown(&sent, &damaged, &[]) && !holds(&sent, &damaged));
    let look = part(&sound.bytes, SHEET);
    let marked = look.split("<c r=\"F8\" s=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let plain = look.replace(&format!("<c r=\"F8\" s=\"{marked}\""), "<c r=\"F8\" s=\"0\"");
    let damaged = WrittenBack { bytes: with(&sound.bytes, SHEET, &plain), ..sound };
    assert!(!is_shown(&sent, &damaged, &[]) && !holds(&sent, &damaged));
}

/// A digit more or a tag less, up and down every part that a reader reads.
#[test]
fn what_is_shown_at_a_glance_holds_when_all_is_read() {
    let sent = sent();
    let sound = written(&sent);
    let (mut tried, mut shown) = (0, 0);
    for (name, text) in parts(&sound.bytes) {
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let digits = text.char_indices().filter(|(_, own)| own.is_ascii_digit()).map(|(at, own)| {
            let more = (own as u8 - b'0' + 1) % 10;
            format!("{}{more}{}", &text[..at], &text[at + 1..])
        });
        let tags = text.match_indices('<').filter_map(|(at, _)| {
            let end = at + text[at..].find('>')? + 1;
            Some(format!("{}{}", &text[..at], &text[end..]))
        });
        let all: Vec<String> = digits.chain(tags).collect();
        for changed in all.iter().step_by((all.len() / 40).max(1)) {
            let damaged = WrittenBack { bytes: with(&sound.bytes, &name, changed), ..sound.clone() };
            tried += 1;
            if is_shown(&sent, &damaged, &[]) {
                shown += 1;
                assert!(holds(&sent, &damaged), "{name} as {changed}");
            }
        }
    }
    assert!(tried > 400 && shown > 20 && shown < tried, "{shown} of {tried}");
}
