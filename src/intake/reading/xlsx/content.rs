//! A cell's stored value as the domain words it.

use calamine::{DataRef, ExcelDateTime};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::workbook::Content;

/// The serial number of 1 January 10000, where Excel's calendar ends.
const END_OF_CALENDAR: f64 = 2_958_466.0;

/// The content of a cell. An empty text is kept where a formula made it: such a cell is calculated.
pub(super) fn content(value: &DataRef, formula: bool) -> Content {
    match value {
        DataRef::Empty => Content::Blank,
        DataRef::Int(value) => Content::Number(*value as f64),
        DataRef::Float(value) => number(*value),
        DataRef::String(text) => self::text(text, formula),
        DataRef::SharedString(text) => self::text(text, formula),
        DataRef::Bool(value) => Content::Boolean(*value),
        DataRef::DateTime(moment) => date(*moment),
        DataRef::DateTimeIso(text) => iso_date(text).map_or_else(|| self::text(text, formula), Content::Date),
        DataRef::DurationIso(text) => self::text(text, formula),
        DataRef::Error(error) => Content::Error(error.to_string().into()),
    }
}

fn text(text: &str, formula: bool) -> Content {
    if text.is_empty() && !formula { Content::Blank } else { Content::Text(text.into()) }
}

/// Excel stores no infinity and no NaN; other programs do.
pub(in crate::intake::reading) fn number(value: f64) -> Content {
    if value.is_finite() { Content::Number(value) } else { Content::Error("#NUM!".into()) }
}

/// A duration, and a number that Excel itself cannot show as a date (`#####`), stays a number.
pub(in crate::intake::reading) fn date(moment: ExcelDateTime) -> Content {
    let serial = moment.as_f64();
    if moment.is_duration() || !(0.0..END_OF_CALENDAR).contains(&serial) {
        return number(serial);
    }
    moment.as_datetime().map_or_else(|| number(serial), Content::Date)
}

/// The dates of strict workbooks: `2025-09-01`, `2025-09-01T10:30:00`, with or without fraction and `Z`.
pub(in crate::intake::reading) fn iso_date(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .ok()
        .or_else(|| Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn moment(text: &str) -> Content {
        Content::Date(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn words_every_kind_of_value() {
        let serial = |value, kind, from_1904| DataRef::DateTime(ExcelDateTime::new(value, kind, from_1904));
        let day = ExcelDateTimeType::DateTime;
        for (value, formula, worded) in [
            (DataRef::Empty, true, Content::Blank),
            (DataRef::Int(3), false, Content::Number(3.0)),
            (DataRef::Float(f64::NAN), false, Content::Error("#NUM!".into())),
            (DataRef::SharedString(""), false, Content::Blank),
            (DataRef::SharedString(""), true, Content::Text("".into())),
            (serial(45_901.0, day, false), false, moment("2025-09-01 00:00")),
            (serial(45_901.25, day, false), false, moment("2025-09-01 06:00")),
            (serial(44_439.0, day, true), false, moment("2025-09-01 00:00")),
            (serial(1.5, ExcelDateTimeType::TimeDelta, false), false, Content::Number(1.5)),
            (serial(-1.0, day, false), false, Content::Number(-1.0)),
            (serial(END_OF_CALENDAR - 1.0, day, false), false, moment("9999-12-31 00:00")),
            (serial(END_OF_CALENDAR, day, false), false, Content::Number(END_OF_CALENDAR)),
            (serial(f64::INFINITY, day, false), false, Content::Error("#NUM!".into())),
            (serial(1e300, day, false), false, Content::Number(1e300)),
            (DataRef::DateTimeIso("2025-09-01".into()), false, moment("2025-09-01 00:00")),
            (DataRef::DateTimeIso("2025-09-01T10:30:00.000Z".into()), false, moment("2025-09-01 10:30")),
            (DataRef::DateTimeIso("soon".into()), false, Content::Text("soon".into())),
        ] {
            assert_eq!(content(&value, formula), worded, "{value:?}");
        }
    }
}
