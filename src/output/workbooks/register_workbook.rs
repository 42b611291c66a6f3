//! A blank register: one sheet a list, one table a sheet, a note on every heading, and drop-downs.
//!
//! Built as the government's guidance on accessible spreadsheets asks: a table from A1, its headings frozen, nothing merged,
//! no sheet hidden. What a list offers but does not insist on warns only; words that must be met exactly stop.

use anyhow::Context;
use chrono::NaiveDate;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, Formula, IgnoreError, Note, Table, TableColumn, TableStyle, Workbook, Worksheet,
};

use super::formats::{self, coordinates, fitting};
use super::marks::{NOTE_WIDTH, note_height};
use crate::domain::place::{CellAddress, column_letters};

/// The last row of an .xlsx sheet, counted from zero.
const LAST_ROW: u32 = 1_048_575;
/// Longest list of words a drop-down takes, separators included, in UTF-16 units.
const LONGEST_LIST: usize = 255;
/// Longest title and text of a message beside a cell, in UTF-16 units.
const LONGEST_TITLE: usize = 32;
const LONGEST_MESSAGE: usize = 255;
/// Years of the dates a register takes, both inclusive.
const YEARS: (u16, u16) = (1990, 2100);
/// Lowest row of headings, in points: two lines.
const LOWEST_HEADINGS: f64 = 30.0;
/// Widest and narrowest column, in characters.
const WIDTHS: (f64, f64) = (11.0, 44.0);

/// A register to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct BlankRegister {
    /// Its lists, in the order of the sheets.
    pub lists: Vec<BlankList>,
    /// The day it is made, kept as the workbook's day of creation.
    pub made_on: NaiveDate,
}

/// A list: one sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct BlankList {
    /// The sheet's name.
    pub sheet: String,
    /// Its columns.
    pub columns: Vec<BlankColumn>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct BlankColumn {
    /// Its heading.
    pub heading: String,
    /// What belongs into it, in a sentence.
    pub note: String,
    /// Whether every row needs it.
    pub required: bool,
    /// What its cells take.
    pub kind: BlankKind,
}

/// What the cells of a column take.
#[derive(Debug, Clone, PartialEq)]
pub enum BlankKind {
    /// Anything.
    Text,
    /// A period, which must stay the text it is typed as.
    Period,
    /// A day.
    Date,
    /// An e-mail address.
    Email,
    /// A score of 0 or more.
    Number,
    /// One of these words alone.
    Choice(Vec<String>),
    /// Text; these words are usual.
    Usual(Vec<String>),
    /// Text; these are offered. It stays the text it is typed as.
    Offered(Vec<String>),
    /// Text; what stands in a column of another list is offered.
    Listed {
        /// The other list's sheet.
        sheet: String,
        /// The column's heading.
        heading: String,
    },
}

/// Writes the register as an .xlsx file. The same register gives the same bytes.
///
/// # Errors
///
/// When a list cannot be written: it has no columns, its name is no sheet's, or two headings are alike.
pub fn register_workbook(register: &BlankRegister) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title("Register")
            .set_author("quarterday")
            .set_creation_datetime(&register.made_on),
    );
    for list in &register.lists {
        write_list(book.add_worksheet(), list, register)
            .with_context(|| format!("the sheet {} cannot be written", list.sheet))?;
    }
    Ok(book.save_to_buffer()?)
}

fn write_list(sheet: &mut Worksheet, list: &BlankList, register: &BlankRegister) -> anyhow::Result<()> {
    sheet.set_name(&list.sheet)?;
    let headings: Vec<TableColumn> = list
        .columns
        .iter()
        .map(|column| {
            let format = formats::header();
            // What every row needs is bold; the note says it in words.
            let format = if column.required { format } else { format.unset_bold() };
            TableColumn::new().set_header(&column.heading).set_header_format(format)
        })
        .collect();
    let table = Table::new()
        .set_name(format!("{}List", list.sheet))
        .set_style(TableStyle::Light15)
        .set_banded_rows(false)
        .set_alt_text(&list.sheet)
        .set_columns(&headings);
    let (_, last) = coordinates(CellAddress::new(0, u32::try_from(list.columns.len())?.saturating_sub(1)))?;
    sheet.add_table(0, 0, 1, last, &table)?;
    for (at, column) in (0u16..).zip(&list.columns) {
        sheet.set_column_width(at, column.width())?;
        sheet.set_column_format(at, &column.format())?;
        let text = column.note();
        let note = Note::new(&text)
            .add_author_prefix(false)
            .set_font_size(9)
            .set_width(NOTE_WIDTH)
            .set_height(note_height(&text));
        sheet.insert_note(0, at, &note)?;
        if let Some(validation) = column.validation(register)? {
            sheet.add_data_validation(1, at, LAST_ROW, at, &validation)?;
        }
        if column.is_kept_as_typed() {
            sheet.ignore_error_range(1, at, LAST_ROW, at, IgnoreError::NumberStoredAsText)?;
        }
    }
    let heights = list.columns.iter().map(|column| (column.heading.as_str(), column.width() - 4.0));
    sheet.set_row_height(0, formats::row_height(heights).max(LOWEST_HEADINGS))?;
    sheet.set_freeze_panes(1, 0)?.set_selection(1, 0, 1, 0)?.set_repeat_rows(0, 0)?;
    formats::set_page(sheet);
    Ok(())
}

impl BlankColumn {
    /// Whether Excel must not make a date or a number of what is typed.
    fn is_kept_as_typed(&self) -> bool {
        matches!(self.kind, BlankKind::Period | BlankKind::Offered(_))
    }

    fn format(&self) -> Format {
        let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        match self.kind {
            BlankKind::Date => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
            _ if self.is_kept_as_typed() => format.set_num_format("@"),
            _ => format,
        }
    }

    /// Width in characters: room for what belongs into the column, and for the longest word of the heading beside its button.
    fn width(&self) -> f64 {
        let content = match &self.kind {
            BlankKind::Date | BlankKind::Number => 11,
            BlankKind::Period => 16,
            BlankKind::Choice(words) | BlankKind::Usual(words) | BlankKind::Offered(words) => {
                words.iter().map(|word| word.chars().count()).max().unwrap_or(0) + 3
            }
            BlankKind::Email => 32,
            BlankKind::Text | BlankKind::Listed { .. } => 28,
        };
        let heading = self.heading.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0) + 5;
        let (narrowest, widest) = WIDTHS;
        (content.max(heading) as f64).clamp(narrowest, widest)
    }

    /// The note on the heading.
    fn note(&self) -> String {
        let needed = if self.required { "Every row needs it." } else { "May be blank." };
        [self.note.as_str(), self.hint().as_str(), needed]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// How to fill in a cell.
    fn hint(&self) -> String {
        match &self.kind {
            BlankKind::Text | BlankKind::Listed { .. } => String::new(),
            BlankKind::Period => {
                "Such as 2025-26 Q1, November 2025 or 2025-26, in the contract's own year.".to_string()
            }
            BlankKind::Date => "Type the day as 14/12/2025.".to_string(),
            BlankKind::Email => {
                "One plain address, such as kpi@harbour.example; further ones belong into Contacts."
                    .to_string()
            }
            BlankKind::Number => "A number of 0 or more.".to_string(),
            BlankKind::Choice(words) => format!("One of: {}.", words.join(", ")),
            BlankKind::Usual(words) => format!("Usually one of: {}.", words.join(", ")),
            BlankKind::Offered(words) if words.is_empty() => String::new(),
            BlankKind::Offered(words) => format!("Of the contracts here: {}.", words.join(", ")),
        }
    }

    /// What Excel checks in the cells of the column and shows beside them. Drop-downs show themselves and need no message.
    fn validation(&self, register: &BlankRegister) -> anyhow::Result<Option<DataValidation>> {
        let new = DataValidation::new;
        let (validation, message, style) = match &self.kind {
            BlankKind::Text => return Ok(None),
            BlankKind::Period | BlankKind::Email => {
                (new().allow_any_value(), true, DataValidationErrorStyle::Information)
            }
            BlankKind::Date => {
                let (first, last) = YEARS;
                let days = DataValidationRule::Between(
                    ExcelDateTime::from_ymd(first, 1, 1)?,
                    ExcelDateTime::from_ymd(last, 12, 31)?,
                );
                (new().allow_date(days), true, DataValidationErrorStyle::Stop)
            }
            BlankKind::Number => {
                let rule = DataValidationRule::GreaterThanOrEqualTo(0.0);
                (new().allow_decimal_number(rule), true, DataValidationErrorStyle::Stop)
            }
            // Too long a list has no drop-down; the reader checks the words in any case.
            BlankKind::Choice(words) | BlankKind::Usual(words) | BlankKind::Offered(words)
                if !fits(words) =>
            {
                return Ok(None);
            }
            BlankKind::Choice(words) => {
                (new().allow_list_strings(words)?, false, DataValidationErrorStyle::Stop)
            }
            BlankKind::Usual(words) => {
                (new().allow_list_strings(words)?, false, DataValidationErrorStyle::Information)
            }
            BlankKind::Offered(words) => {
                (new().allow_list_strings(words)?, false, DataValidationErrorStyle::Warning)
            }
            BlankKind::Listed { sheet, heading } => {
                let formula = listed(register, sheet, heading)?;
                (new().allow_list_formula(formula), false, DataValidationErrorStyle::Warning)
            }
        };
        let error = match &self.kind {
            BlankKind::Listed { sheet, heading } => {
                format!(
                    "The sheet {sheet} has no such {}. An alias is fine; else add it there first.",
                    heading.to_lowercase()
                )
            }
            BlankKind::Offered(_) => {
                "The contracts for which the register was made offer no such thing. If you mean it, go on."
                    .to_string()
            }
            _ => self.hint(),
        };
        let validation = validation
            .set_error_style(style)
            .set_error_title(fitting(&self.heading, LONGEST_TITLE))?
            .set_error_message(fitting(&error, LONGEST_MESSAGE))?;
        if !message {
            return Ok(Some(validation));
        }
        let text = format!("{} {}", self.note, self.hint());
        Ok(Some(
            validation
                .set_input_title(fitting(&self.heading, LONGEST_TITLE))?
                .set_input_message(fitting(&text, LONGEST_MESSAGE))?,
        ))
    }
}

/// Whether a drop-down can hold these words, which Excel separates by commas.
fn fits(words: &[String]) -> bool {
    !words.is_empty()
        && words.iter().all(|word| !word.contains(','))
        && words.join(",").encode_utf16().count() <= LONGEST_LIST
}

/// The filled cells below a heading. It starts from the heading, so that the first row may be deleted.
fn listed(register: &BlankRegister, sheet: &str, heading: &str) -> anyhow::Result<Formula> {
    let column = register
        .lists
        .iter()
        .find(|list| list.sheet == sheet)
        .and_then(|list| list.columns.iter().position(|column| column.heading == heading))
        .with_context(|| format!("there is no column “{heading}” on a sheet {sheet}"))?;
    let column = column_letters(u32::try_from(column)?);
    let sheet = format!("'{}'", sheet.replace('\'', "''"));
    Ok(Formula::new(format!(
        "=OFFSET({sheet}!${column}$1,1,0,MAX(1,COUNTA({sheet}!${column}:${column})-1),1)"
    )))
}

#[cfg(test)]
mod tests {
    use super::super::unpacked::{cells, part};
    use super::*;

    fn column(heading: &str, required: bool, kind: BlankKind) -> BlankColumn {
        BlankColumn { heading: heading.into(), note: format!("About {heading}."), required, kind }
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_string()).collect()
    }

    fn register() -> BlankRegister {
        let listed = BlankKind::Listed { sheet: "People".into(), heading: "Name".into() };
        BlankRegister {
            made_on: NaiveDate::from_ymd_opt(2026, 1, 20).unwrap(),
            lists: vec![
                BlankList {
                    sheet: "People".into(),
                    columns: vec![
                        column("Status", false, BlankKind::Choice(words(&["Here", "Gone"]))),
                        column("Name", true, BlankKind::Text),
                    ],
                },
                BlankList {
                    sheet: "Events".into(),
                    columns: vec![
                        column("Who", true, listed),
                        column("Day", true, BlankKind::Date),
                        column("Kind of event", false, BlankKind::Offered(words(&["1", "2"]))),
                        column("Period", false, BlankKind::Period),
                        column("Score", false, BlankKind::Number),
                        column("E-mail", false, BlankKind::Email),
                    ],
                },
            ],
        }
    }

    #[test]
    fn the_same_register_is_the_same_bytes_and_holds_headings_alone() {
        let bytes = register_workbook(&register()).unwrap();
        assert_eq!(bytes, register_workbook(&register()).unwrap());
        let found: Vec<String> = cells(&bytes, "Events").values().map(ToString::to_string).collect();
        assert_eq!(found, ["Who", "Day", "Kind of event", "Period", "Score", "E-mail"]);
        assert!(part(&bytes, "docProps/core.xml").contains("2026-01-20T00:00:00Z"));
        assert!(!part(&bytes, "xl/workbook.xml").contains("hidden"));
    }

    #[test]
    fn each_list_is_a_table_with_frozen_headings_and_a_note_on_each() {
        let bytes = register_workbook(&register()).unwrap();
        let table = part(&bytes, "xl/tables/table2.xml");
        assert!(table.contains("displayName=\"EventsList\" ref=\"A1:F2\""), "{table}");
        let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
        assert!(
            sheet.contains("ySplit=\"1\"")
                && sheet.contains("state=\"frozen\"")
                && !sheet.contains("mergeCell")
        );
        let notes = part(&bytes, "xl/comments2.xml");
        assert_eq!(notes.matches("<comment ").count(), 6);
        for text in [
            "About Day.\nType the day as 14/12/2025.\nEvery row needs it.",
            "Of the contracts here: 1, 2.\nMay be blank.",
        ] {
            assert!(notes.contains(text), "{notes}");
        }
    }

    #[test]
    fn cells_offer_and_check_what_belongs_into_them() {
        let bytes = register_workbook(&register()).unwrap();
        let choices = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(choices.contains("<formula1>\"Here,Gone\"</formula1>"), "{choices}");
        let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
        for text in [
            "<formula1>OFFSET('People'!$B$1,1,0,MAX(1,COUNTA('People'!$B:$B)-1),1)</formula1>",
            "<formula1>\"1,2\"</formula1>",
            "type=\"date\"",
            "<formula1>32874</formula1><formula2>73415</formula2>",
            "type=\"decimal\"",
            "prompt=\"About Period. Such as 2025-26 Q1",
            "prompt=\"About E-mail. One plain address",
            "sqref=\"F2:F1048576\"",
        ] {
            assert!(sheet.contains(text), "{text}\n{sheet}");
        }
    }

    #[test]
    fn a_list_too_long_for_a_drop_down_goes_without() {
        let long: Vec<String> = (0..100).map(|number| format!("contract-{number}")).collect();
        for (own, expected) in
            [(long, false), (words(&["a,b"]), false), (words(&["a", "b"]), true), (vec![], false)]
        {
            let list =
                BlankList { sheet: "A".into(), columns: vec![column("B", false, BlankKind::Offered(own))] };
            let made_on = NaiveDate::from_ymd_opt(2026, 1, 20).unwrap();
            let register = BlankRegister { lists: vec![list], made_on };
            let bytes = register_workbook(&register).unwrap();
            assert_eq!(part(&bytes, "xl/worksheets/sheet1.xml").contains("dataValidation"), expected);
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_an_error() {
        let mut register = register();
        register.lists.remove(0);
        let error = format!("{:#}", register_workbook(&register).unwrap_err());
        assert_eq!(error, "the sheet Events cannot be written: there is no column “Name” on a sheet People");
    }
}
