//! One cell element: its attributes and what they and its text make of it.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use quick_xml::events::BytesStart;

use super::styles::Format;
use crate::domain::number_format::PercentSign;
use crate::domain::workbook::{Cell, Content, Look};
use crate::intake::reading::number_format::{self, Meaning};
use crate::intake::reading::xlsx::content::iso_date;
use crate::intake::reading::xml::attribute;

/// What can stand for a result that is none.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// A cell as its element says.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) style: Option<String>,
    /// Cells that are the same, one at least.
    pub(super) repeated: u32,
    /// Columns and rows merged into it, one at least.
    pub(super) spanned: (u32, u32),
    /// Columns and rows its formula fills, one at least.
    pub(super) filled: (u32, u32),
    formula: bool,
    error: bool,
    kind: Option<String>,
    value: Option<String>,
}

impl Written {
    pub(super) fn new(element: &BytesStart) -> Self {
        let mut cell = Self { repeated: 1, spanned: (1, 1), filled: (1, 1), ..Self::default() };
        for written in element.attributes().with_checks(false).flatten() {
            let value = &written.value;
            match written.key.local_name().as_ref() {
                "style-name" => cell.style = attribute(element, "style-name"),
                "number-columns-repeated" => cell.repeated = count(value),
                "number-columns-spanned" => cell.spanned.0 = count(value),
                "number-rows-spanned" => cell.spanned.1 = count(value),
                "number-matrix-columns-spanned" => cell.filled.0 = count(value),
                "number-matrix-rows-spanned" => cell.filled.1 = count(value),
                "formula" => cell.formula = true,
                // LibreOffice writes a second one, which knows errors.
                "value-type" if value == "error" => cell.error = true,
                "value-type" if cell.kind.is_none() => cell.kind = Some(value.to_string()),
                name @ ("value" | "date-value" | "time-value" | "boolean-value" | "string-value") => {
                    cell.value = attribute(element, name);
                }
                _ => {}
            }
        }
        cell
    }

    /// The cell with its paragraphs. `None` when it holds nothing.
    pub(super) fn cell(self, text: Option<String>, format: &Format, from_1904: bool) -> Option<Cell> {
        let (look, meaning) = format;
        let formula = self.formula;
        let (calculated, text) = (text.is_some(), text.unwrap_or_default());
        let mut look = Arc::clone(look);
        let value = self.value.as_deref();
        let number = value.and_then(|value| value.trim().parse::<f64>().ok());
        let shown = text.trim();
        let is_error = self.error || (formula && (ERRORS.contains(&shown) || shown.starts_with("Err:")));
        let content = match (self.kind.as_deref(), number) {
            _ if is_error => Content::Error(if shown.is_empty() { "#VALUE!" } else { shown }.into()),
            (Some("percentage"), Some(value)) => {
                if look.percent_sign(value) == PercentSign::Absent {
                    look = with_code(&look, "0%");
                }
                number_format::content(value, Meaning::Number, from_1904)
            }
            // Spreadsheets store yes and no of other formats as numbers that they show as words.
            (Some("float"), Some(1.0)) if shown == "TRUE" => Content::Boolean(true),
            (Some("float"), Some(0.0)) if shown == "FALSE" => Content::Boolean(false),
            (Some("float" | "currency"), Some(value)) => number_format::content(value, *meaning, from_1904),
            (Some("date"), _) => match value.and_then(moment) {
                // What a spreadsheet shows for nothing in a cell meant for dates.
                Some(moment) if moment.date() == zero() => {
                    number_format::content(time_of(moment), Meaning::Moment, false)
                }
                Some(moment) => {
                    if *meaning != Meaning::Moment {
                        look = with_code(&look, "dd/mm/yyyy");
                    }
                    Content::Date(moment)
                }
                None => Content::Text(text.into()),
            },
            (Some("time"), _) => match value.and_then(days) {
                // A time of day is shown as one, a length of time is a number of days.
                Some(days) => {
                    let meaning = if days < 1.0 { *meaning } else { Meaning::Duration };
                    number_format::content(days, meaning, from_1904)
                }
                None => Content::Text(text.into()),
            },
            (Some("boolean"), _) => match value.map(str::trim) {
                Some("true") => Content::Boolean(true),
                Some("false") => Content::Boolean(false),
                _ => Content::Text(text.into()),
            },
            (Some("string"), _) => {
                Content::Text(self.value.filter(|_| text.is_empty()).unwrap_or(text).into())
            }
            // A formula that nobody calculated.
            (None, _) if !calculated => Content::Blank,
            _ => Content::Text(text.into()),
        };
        let empty = content == Content::Blank || content == Content::Text("".into());
        (formula || !empty).then_some(Cell { content, formula, look })
    }
}

/// A count of cells: one where it cannot be read.
pub(super) fn count(written: &str) -> u32 {
    written.trim().parse::<u32>().map_or(1, |count| count.max(1))
}

fn with_code(look: &Look, code: &str) -> Arc<Look> {
    Arc::new(Look { number_format: code.to_string(), ..look.clone() })
}

/// The day that counts as zero.
fn zero() -> NaiveDate {
    NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default()
}

/// The time of the day as a part of it.
fn time_of(moment: NaiveDateTime) -> f64 {
    f64::from(moment.time().num_seconds_from_midnight()) / 86_400.0
}

/// A date that a sheet can hold.
fn moment(written: &str) -> Option<NaiveDateTime> {
    let first = NaiveDate::from_ymd_opt(1583, 1, 1)?.and_hms_opt(0, 0, 0)?;
    let last = NaiveDate::from_ymd_opt(9999, 12, 31)?.and_hms_opt(23, 59, 59)?;
    iso_date(written).filter(|moment| (first..=last).contains(moment))
}

/// `PT12H30M15.5S` in days.
fn days(written: &str) -> Option<f64> {
    let mut seconds = 0.0;
    let (sign, rest) = match written.trim().strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, written.trim()),
    };
    let mut rest = rest.strip_prefix("PT")?;
    for (unit, size) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.parse::<f64>().ok()? * size;
            rest = after;
        }
    }
    rest.is_empty().then_some(sign * seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_time_in_days() {
        for (written, expected) in [
            ("PT12H00M00S", Some(0.5)),
            ("PT36H00M00.000S", Some(1.5)),
            ("-PT6H", Some(-0.25)),
            ("P1D", None),
            ("PT1X", None),
        ] {
            assert_eq!(days(written), expected, "{written}");
        }
    }
}
