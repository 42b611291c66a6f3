//! Periods, dates and numbers as people write them, in any text.

use std::sync::Arc;

use chrono::Datelike;
use quarterday::calendar::notations::{PeriodReading, parse_date, parse_period, periods_in};
use quarterday::domain::answer::Answer;
use quarterday::domain::period::{Frequency, Period, long_date};
use quarterday::domain::quantity::{Quantity, Unit, is_in_reach, plain};
use quarterday::domain::workbook::{Cell, Content, Look};
use quarterday::intake::answers::{self, Asked};

const FREQUENCIES: [Frequency; 4] =
    [Frequency::Month, Frequency::Quarter, Frequency::HalfYear, Frequency::Year];
const UNITS: [Unit; 7] =
    [Unit::Percent, Unit::Count, Unit::Hours, Unit::Pounds, Unit::Days, Unit::Score, Unit::Number];

/// Reads the text as a period of every kind of year, as a date and as an answer: a period read is one of that year and is read
/// back from its label and its description, and so are a date and a number.
pub fn periods(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for year_starts in [1, 4, 9, 12] {
        for expected in FREQUENCIES.map(Some).into_iter().chain([None]) {
            period(&text, year_starts, expected);
        }
        for found in periods_in(&text, year_starts) {
            is_sound(&found, year_starts);
        }
    }
    for impossible in [0, 13] {
        assert_eq!(parse_period(&text, impossible, None), PeriodReading::None);
        assert!(periods_in(&text, impossible).is_empty());
    }
    if let Some(day) = parse_date(&text) {
        assert!((1990..=2100).contains(&day.year()), "{day}");
        assert_eq!(parse_date(&long_date(day)), Some(day));
        assert_eq!(parse_date(&day.to_string()), Some(day));
        assert_eq!(parse_date(&day.format("%d/%m/%Y").to_string()), Some(day));
    }
    answer(&text);
}

fn period(text: &str, year_starts: u32, expected: Option<Frequency>) {
    let reading = parse_period(text, year_starts, expected);
    let year = Period::containing("2025-06-15".parse().unwrap(), Frequency::Year, year_starts);
    if let Some(completed) = reading.completed(&year) {
        is_sound(&completed, year_starts);
    }
    match reading {
        PeriodReading::Found(period) => {
            is_sound(&period, year_starts);
            // A year before 1990 or after 2100 is not written in full anywhere.
            if (1991..2099).contains(&period.from.year()) {
                for written in [period.label(), period.describe()] {
                    let back = parse_period(&written, year_starts, Some(period.frequency));
                    assert_eq!(back, PeriodReading::Found(period), "“{written}” of “{text}”");
                }
            }
        }
        PeriodReading::Incomplete { first_month, frequency, why } => {
            assert!((1..=12).contains(&first_month) && !why.is_empty());
            let starts = (first_month + 12 - year_starts) % 12 % frequency.months();
            assert_eq!(starts, 0, "no {frequency:?} starts in month {first_month}");
        }
        PeriodReading::Ambiguous { candidates, why } => {
            assert!(!why.is_empty());
            candidates.iter().for_each(|candidate| is_sound(candidate, year_starts));
        }
        PeriodReading::Contradictory { why } => assert!(!why.is_empty()),
        PeriodReading::None => {}
    }
}

fn is_sound(period: &Period, year_starts: u32) {
    assert!(period.from <= period.to, "{period:?}");
    assert_eq!(*period, Period::containing(period.from, period.frequency, year_starts));
    assert!((1988..=2102).contains(&period.from.year()), "{period:?}");
}

fn answer(text: &str) {
    let asked = [Asked::Date, Asked::YesNo, Asked::Text].into_iter();
    for asked in asked.chain(UNITS.map(Asked::Number)) {
        let read = answers::read(Some(&cell(text)), asked);
        assert_eq!(read, answers::read(Some(&cell(text)), asked));
        match (&read, asked) {
            (Answer::Number(number), Asked::Number(unit)) => {
                assert!(is_in_reach(*number), "{number} of “{text}”");
                assert!(text.chars().any(char::is_numeric), "{number} of “{text}”");
                let written = match unit {
                    Unit::Percent => format!("{}%", plain(*number * Quantity::ONE_HUNDRED)),
                    _ => plain(*number),
                };
                assert_eq!(answers::read(Some(&cell(&written)), asked), read, "“{written}” of “{text}”");
            }
            (Answer::Unreadable { why, .. }, _) => assert!(!why.is_empty()),
            (Answer::Date(day), Asked::Date) => assert_eq!(parse_date(&long_date(*day)), Some(*day)),
            _ => {}
        }
    }
}

fn cell(text: &str) -> Cell {
    Cell { content: Content::Text(text.into()), formula: false, look: Arc::new(Look::default()) }
}
