//! What a number means by the code it is shown with, for the formats whose cells are read here.

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::xlsx::content;
use crate::domain::workbook::Content;

/// What a format code makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A number.
    Number,
    /// A date, a time of day or both.
    Moment,
    /// A length of time, which may exceed a day.
    Duration,
}

/// The code of a format that Excel has built in, `General` when it has none of that number.
pub(super) fn built_in(number: u16) -> &'static str {
    match number {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"£\"#,##0;\\-\"£\"#,##0",
        7 | 8 => "\"£\"#,##0.00;\\-\"£\"#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "dd/mm/yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "dd/mm/yyyy h:mm",
        // Dates of East Asian calendars.
        27..=31 | 34..=36 | 50..=58 => "yyyy/mm/dd",
        32 | 33 => "h:mm:ss",
        37 => "#,##0 ;(#,##0)",
        38 => "#,##0 ;[Red](#,##0)",
        39 => "#,##0.00;(#,##0.00)",
        40 => "#,##0.00;[Red](#,##0.00)",
        41 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
        42 => "_(\"£\"* #,##0_);_(\"£\"* (#,##0);_(\"£\"* \"-\"_);_(@_)",
        43 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
        44 => "_(\"£\"* #,##0.00_);_(\"£\"* (#,##0.00);_(\"£\"* \"-\"??_);_(@_)",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mmss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => "General",
    }
}

/// What the code makes of a number, by its first section.
pub(super) fn meaning(code: &str) -> Meaning {
    let mut marks = code.chars().peekable();
    while let Some(mark) = marks.next() {
        match mark {
            '\\' | '_' | '*' => {
                marks.next();
            }
            '"' => {
                marks.by_ref().find(|mark| *mark == '"');
            }
            '[' => {
                let inside: String = marks.by_ref().take_while(|mark| *mark != ']').collect();
                let inside = inside.to_ascii_lowercase();
                let counted = |unit| !inside.is_empty() && inside.chars().all(|mark| mark == unit);
                if ['h', 'm', 's'].into_iter().any(counted) {
                    return Meaning::Duration;
                }
            }
            ';' => return Meaning::Number,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return Meaning::Moment,
            _ => {}
        }
    }
    Meaning::Number
}

/// The content of a cell that holds `value`.
pub(super) fn content(value: f64, meaning: Meaning, from_1904: bool) -> Content {
    match meaning {
        Meaning::Number | Meaning::Duration => content::number(value),
        Meaning::Moment => content::date(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, from_1904)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_dates_from_numbers() {
        for (code, expected) in [
            ("General", Meaning::Number),
            ("GENERAL", Meaning::Number),
            ("0.0%", Meaning::Number),
            ("0.00E+00", Meaning::Number),
            ("@", Meaning::Number),
            ("\"days\" 0", Meaning::Number),
            ("0\\d", Meaning::Number),
            ("0_d", Meaning::Number),
            ("[Red]0", Meaning::Number),
            ("[$£-809]#,##0;[Red]-[$£-809]#,##0", Meaning::Number),
            ("0;dd", Meaning::Number),
            ("dd/mm/yyyy", Meaning::Moment),
            ("[$-809]mmm\\-yy", Meaning::Moment),
            ("\"Week of \"d mmm", Meaning::Moment),
            ("h:mm AM/PM", Meaning::Moment),
            ("[h]:mm", Meaning::Duration),
            ("[MM]:SS", Meaning::Duration),
            ("", Meaning::Number),
            ("[", Meaning::Number),
            ("\"", Meaning::Number),
        ] {
            assert_eq!(meaning(code), expected, "{code}");
        }
        assert_eq!(meaning(built_in(14)), Meaning::Moment);
        assert_eq!(meaning(built_in(46)), Meaning::Duration);
        assert_eq!(meaning(built_in(44)), Meaning::Number);
        assert_eq!(meaning(built_in(400)), Meaning::Number);
    }

    #[test]
    fn words_numbers() {
        assert_eq!(content(0.94, Meaning::Number, false), Content::Number(0.94));
        let first = content(45_901.0, Meaning::Moment, false);
        assert!(matches!(first, Content::Date(_)), "{first:?}");
        assert_eq!(content(45_901.0 - 1_462.0, Meaning::Moment, true), first);
        assert_eq!(content(1.5, Meaning::Duration, false), Content::Number(1.5));
        assert_eq!(content(-1.0, Meaning::Moment, false), Content::Number(-1.0));
        assert_eq!(content(f64::NAN, Meaning::Number, false), Content::Error("#NUM!".into()));
    }
}
