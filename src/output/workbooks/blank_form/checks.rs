//! What Excel checks in the places to fill in, offers for them, and says beside them.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Worksheet,
};

use crate::output::workbooks::formats::{coordinates, fitting};
use crate::review::blank_form::{CellKind, Entry, FormCell, FormSheet, Takes};

/// Longest list of words a drop-down takes, separators included, in UTF-16 units.
const LONGEST_LIST: usize = 255;
/// Longest title and text of a message beside a cell, in UTF-16 units.
const LONGEST_TITLE: usize = 32;
const LONGEST_MESSAGE: usize = 255;

/// Adds a check to every place; places below each other that take the same share one.
///
/// # Errors
///
/// When a check is none that Excel takes.
pub(super) fn add(sheet: &mut Worksheet, form: &FormSheet) -> anyhow::Result<()> {
    let mut entries: Vec<(&FormCell, &Entry)> = form
        .cells
        .iter()
        .filter_map(|cell| match &cell.kind {
            CellKind::Entry(entry) => Some((cell, entry)),
            _ => None,
        })
        .collect();
    entries.sort_by_key(|(cell, _)| (cell.at.column, cell.at.row));
    let end = form.cells.iter().map(|cell| cell.at.row).max().unwrap_or(0);
    for run in entries.chunk_by(|(a, one), (b, other)| {
        a.at.column == b.at.column && a.at.row + 1 == b.at.row && is_same(one, other)
    }) {
        let (Some((first, entry)), Some((last, _))) = (run.first(), run.last()) else { continue };
        let (from, column) = coordinates(first.at)?;
        let to = if last.at.row == end { end + form.continues } else { last.at.row };
        sheet.add_data_validation(from, column, to, column, &check(entry)?)?;
    }
    Ok(())
}

/// Whether two places take the same and are spoken of alike, whatever stands in them.
fn is_same(one: &Entry, other: &Entry) -> bool {
    (&one.takes, &one.title, &one.help, one.may_not_apply)
        == (&other.takes, &other.title, &other.help, other.may_not_apply)
}

fn check(entry: &Entry) -> anyhow::Result<DataValidation> {
    let new = DataValidation::new();
    let at_least_nothing = DataValidationRule::GreaterThanOrEqualTo(0.0);
    let check = match &entry.takes {
        Takes::WholeNumber => new.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
        Takes::Score { from, to } => {
            let words: Vec<String> = (*from..=*to).map(|score| score.to_string()).collect();
            if fits(&words) { new.allow_list_strings(&words)? } else { new.allow_any_value() }
        }
        Takes::Number | Takes::Percentage | Takes::Amount => new.allow_decimal_number(at_least_nothing),
        Takes::Date { from, to, .. } => new.allow_date(DataValidationRule::Between(day(*from)?, day(*to)?)),
        Takes::Choice(words) if fits(words) => new.allow_list_strings(words)?,
        Takes::Choice(_) | Takes::Text | Takes::Passage => new.allow_any_value(),
    };
    let may_be_meant = match &entry.takes {
        Takes::Date { expected, .. } => *expected || entry.may_not_apply,
        Takes::Choice(_) => false,
        _ => entry.may_not_apply,
    };
    let style = if may_be_meant { DataValidationErrorStyle::Warning } else { DataValidationErrorStyle::Stop };
    let (title, text) = (fitting(&entry.title, LONGEST_TITLE), shortened(&entry.help));
    Ok(check
        .set_error_style(style)
        .set_error_title(title.clone())?
        .set_error_message(text.clone())?
        .set_input_title(title)?
        .set_input_message(text)?)
}

/// The message, cut at its beginning where it is too long: what belongs into the cell stands at its end.
fn shortened(help: &str) -> String {
    let longest = help.encode_utf16().count();
    if longest <= LONGEST_MESSAGE {
        return help.to_string();
    }
    let mut sentences = help.split_inclusive(". ");
    let first = sentences.next().unwrap_or_default();
    let rest: String = sentences.collect();
    let room = LONGEST_MESSAGE.saturating_sub(rest.encode_utf16().count() + 1);
    if room > 20 { format!("{} {rest}", fitting(first.trim(), room)) } else { fitting(help, LONGEST_MESSAGE) }
}

fn day(day: NaiveDate) -> anyhow::Result<ExcelDateTime> {
    Ok(ExcelDateTime::from_ymd(
        u16::try_from(day.year())?,
        u8::try_from(day.month())?,
        u8::try_from(day.day())?,
    )?)
}

/// Whether a drop-down can hold these words, which Excel separates by commas.
fn fits(words: &[String]) -> bool {
    !words.is_empty()
        && words.iter().all(|word| !word.contains(','))
        && words.join(",").encode_utf16().count() <= LONGEST_LIST
}
