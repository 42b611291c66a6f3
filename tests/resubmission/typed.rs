//! Workbooks that were typed into after they were written, as a provider types into the copy it got back.

use std::io::{Cursor, Read};

use quarterday::domain::council_feedback::{FOUND_COLUMN, RESPONSE_COLUMN, is_ours, query_header};
use quarterday::domain::place::CellAddress;
use quarterday::domain::workbook::{Sheet, Workbook};
use quarterday::intake::reading::read;

use crate::support::book::package::rewritten;

/// What is typed into a cell.
#[derive(Debug, Clone, Copy)]
pub enum Typed<'a> {
    Text(&'a str),
    Number(f64),
}

/// The workbook as the program reads it.
pub fn book(bytes: &[u8]) -> Workbook {
    read("returns/any.xlsx", bytes).unwrap()
}

/// The council's sheet, the newest.
pub fn feedback(book: &Workbook) -> &Sheet {
    book.sheets.iter().rfind(|sheet| is_ours(sheet)).unwrap()
}

/// The cell for the answer to the query whose message has these words.
pub fn answer_to(book: &Workbook, words: &str) -> CellAddress {
    let sheet = feedback(book);
    let header = query_header(sheet).unwrap();
    let (found, response) = (header.column(FOUND_COLUMN).unwrap(), header.column(RESPONSE_COLUMN).unwrap());
    let has_words = |row: &u32| sheet.text(CellAddress::new(*row, found)).contains(words);
    let row = (header.row + 1..header.row + 200).find(has_words);
    CellAddress::new(row.unwrap_or_else(|| panic!("no query says {words}")), response)
}

/// The workbook with this typed into a cell.
pub fn typed(bytes: &[u8], sheet: &str, cell: CellAddress, typed: Typed<'_>) -> Vec<u8> {
    let part = part_of(bytes, sheet);
    rewritten(bytes, |name, text| (name == part).then(|| with_cell(text, cell, typed)))
}

/// The copy with an answer to the query whose message has these words.
pub fn answered(bytes: &[u8], words: &str, answer: &str) -> Vec<u8> {
    let book = book(bytes);
    typed(bytes, &feedback(&book).name, answer_to(&book, words), Typed::Text(answer))
}

fn text_of(bytes: &[u8], part: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    package.by_name(part).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The part that holds a sheet.
fn part_of(bytes: &[u8], sheet: &str) -> String {
    let attribute = |element: &str, name: &str| -> String {
        let rest = element.split_once(&format!(" {name}=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.to_string()
    };
    let element = |text: &str, start: &str, with: &str| -> String {
        let all = text.split(start).skip(1).map(|rest| format!(" {}", rest.split_once('>').unwrap().0));
        all.into_iter().find(|own| own.contains(with)).unwrap_or_else(|| panic!("no {with}"))
    };
    let book = text_of(bytes, "xl/workbook.xml");
    let name = sheet.replace('&', "&amp;");
    let id = attribute(&element(&book, "<sheet ", &format!("name=\"{name}\"")), "r:id");
    let relations = text_of(bytes, "xl/_rels/workbook.xml.rels");
    let target = attribute(&element(&relations, "<Relationship ", &format!("Id=\"{id}\"")), "Target");
    format!("xl/{}", target.trim_start_matches("/xl/"))
}

fn with_cell(part: &str, cell: CellAddress, typed: Typed<'_>) -> String {
    let of = |style: &str| match typed {
        Typed::Number(number) => format!("<c r=\"{cell}\"{style}><v>{number}</v></c>"),
        Typed::Text(text) => {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!(
                "<c r=\"{cell}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            )
        }
    };
    if let Some(start) = part.find(&format!("<c r=\"{cell}\"")) {
        let rest = &part[start..];
        let head = rest.find('>').unwrap();
        let end = if rest[..head].ends_with('/') { head + 1 } else { rest.find("</c>").unwrap() + 4 };
        let style = rest[..head].split_once(" s=\"").map(|(_, rest)| rest.split_once('"').unwrap().0);
        let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
        return format!("{}{}{}", &part[..start], of(&style), &rest[end..]);
    }
    let row = format!("<row r=\"{}\"", cell.row + 1);
    let start = part.find(&row).unwrap_or_else(|| panic!("{cell} has no row"));
    let rest = &part[start..];
    let head = rest.find('>').unwrap();
    if rest[..head].ends_with('/') {
        return format!("{}{}>{}</row>{}", &part[..start], &rest[..head - 1], of(""), &rest[head + 1..]);
    }
    let end = start + rest.find("</row>").unwrap();
    format!("{}{}{}", &part[..end], of(""), &part[end..])
}
