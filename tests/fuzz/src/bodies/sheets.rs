//! Workbooks in plain text, so that seeds and kept crashes can be read, written by hand and mutated by lines:
//!
//! ```text
//! file returns/2025-26/Q1.xlsx
//! sheet KPI return
//! hidden
//! hide-row 4
//! hide-column C
//! merge A1:C1
//! A1 Provider
//! B1 'text that looks like 95
//! C1 95
//! D1 [0%] 0.95
//! E1 = [dd/mm/yyyy] 2025-11-30
//! F1 TRUE
//! G1 #REF!
//! H1 = two\nlines, from a formula
//! ```
//!
//! Lines that say nothing are passed over; what the reader of files never lets through (a sheet named twice, a number that
//! is not finite, a day outside Excel's calendar) is left out.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use quarterday::domain::place::CellAddress;
use quarterday::domain::workbook::{Area, Cell, Content, Look, Sheet, Workbook};

/// The workbook that `text` describes; it always has a sheet.
pub fn workbook(text: &str) -> Workbook {
    let mut book = Workbook { file: "returns/a.xlsx".into(), ..Workbook::default() };
    let mut names = BTreeSet::new();
    let mut sheet = Sheet { name: "Sheet1".into(), ..Sheet::default() };
    let mut started = false;
    for line in text.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "file" => book.file = format!("returns/{}", rest.trim_start_matches("returns/")).into(),
            "sheet" => {
                let next = Sheet { name: rest.into(), ..Sheet::default() };
                let before = std::mem::replace(&mut sheet, next);
                if started && names.insert(before.name.to_lowercase()) {
                    book.sheets.push(before);
                }
                started = true;
            }
            "hidden" => sheet.hidden = true,
            "hide-row" => {
                sheet.hidden_rows.extend(rest.parse::<u32>().ok().and_then(|row| row.checked_sub(1)))
            }
            "hide-column" => {
                sheet.hidden_columns.extend(CellAddress::parse(&format!("{rest}1")).map(|cell| cell.column));
            }
            "merge" => area(rest).into_iter().for_each(|area| sheet.merged.push(area)),
            _ => {
                if let Some(address) = CellAddress::parse(word) {
                    started = true;
                    sheet.cells.insert(address, cell(rest));
                }
            }
        }
    }
    if names.insert(sheet.name.to_lowercase()) {
        book.sheets.push(sheet);
    }
    book
}

fn area(text: &str) -> Option<Area> {
    let (one, other) = text.split_once(':')?;
    let (one, other) = (CellAddress::parse(one)?, CellAddress::parse(other)?);
    let first = CellAddress::new(one.row.min(other.row), one.column.min(other.column));
    let last = CellAddress::new(one.row.max(other.row), one.column.max(other.column));
    (first != last).then_some(Area { first, last })
}

fn cell(text: &str) -> Cell {
    let (formula, text) = text.strip_prefix("= ").map_or((text == "=", text), |rest| (true, rest));
    let text = if text == "=" { "" } else { text };
    let (number_format, text) =
        text.strip_prefix('[').and_then(|rest| rest.split_once("] ")).unwrap_or(("General", text));
    let look = Arc::new(Look { number_format: number_format.to_string(), ..Look::default() });
    Cell { content: content(text), formula, look }
}

fn content(text: &str) -> Content {
    let words = |text: &str| Content::Text(text.replace("\\n", "\n").into());
    if let Some(text) = text.strip_prefix('\'') {
        return words(text);
    }
    if let Ok(number) = text.parse::<f64>()
        && number.is_finite()
    {
        return Content::Number(number);
    }
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
    let moment = text.parse::<NaiveDateTime>().ok().or_else(|| text.parse().ok().map(midnight));
    if let Some(moment) = moment.filter(|moment| (1900..=9999).contains(&moment.year())) {
        return Content::Date(moment);
    }
    match text {
        "" => Content::Blank,
        "TRUE" => Content::Boolean(true),
        "FALSE" => Content::Boolean(false),
        error if error.starts_with('#') => Content::Error(error.into()),
        text => words(text),
    }
}

/// The workbook as [`workbook`] reads it, with at most `rows` rows of each sheet: those first filled. Looks other than number
/// formats are lost, and so are the sizes of rows and columns.
pub fn text(book: &Workbook, rows: usize) -> String {
    let mut text = format!("file {}\n", book.file);
    for sheet in &book.sheets {
        let filled = |cell: &Cell| cell.content != Content::Blank || cell.formula;
        let kept: BTreeSet<u32> =
            sheet.cells.iter().filter(|(_, cell)| filled(cell)).map(|(at, _)| at.row).collect();
        let last = kept.iter().take(rows).next_back().copied().unwrap_or(0);
        writeln!(text, "sheet {}", sheet.name).unwrap();
        if sheet.hidden {
            text.push_str("hidden\n");
        }
        for row in sheet.hidden_rows.range(..=last) {
            writeln!(text, "hide-row {}", row + 1).unwrap();
        }
        for column in &sheet.hidden_columns {
            let letters = CellAddress::new(0, *column).to_string();
            writeln!(text, "hide-column {}", letters.trim_end_matches('1')).unwrap();
        }
        for area in sheet.merged.iter().filter(|area| area.first.row <= last) {
            writeln!(text, "merge {}:{}", area.first, area.last).unwrap();
        }
        for (address, cell) in
            sheet.cells.range(..=CellAddress::new(last, u32::MAX)).filter(|(_, cell)| filled(cell))
        {
            let formula = if cell.formula { "= " } else { "" };
            let format = match cell.look.number_format.as_str() {
                "General" | "" => String::new(),
                format => format!("[{format}] "),
            };
            writeln!(text, "{address} {formula}{format}{}", written(&cell.content)).unwrap();
        }
    }
    text
}

fn written(wanted: &Content) -> String {
    match wanted {
        Content::Blank => String::new(),
        Content::Number(number) => number.to_string(),
        Content::Text(text) => {
            let text = text.replace('\n', "\\n");
            if matches!(content(&text), Content::Text(_)) && !text.starts_with(['\'', '=', '[']) {
                text
            } else {
                format!("'{text}")
            }
        }
        Content::Date(moment) if moment.time() == NaiveTime::MIN => moment.date().to_string(),
        Content::Date(moment) => moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
        Content::Boolean(value) => if *value { "TRUE" } else { "FALSE" }.to_string(),
        Content::Error(error) => error.to_string(),
    }
}
