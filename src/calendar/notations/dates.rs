//! Dates as people in England write them: day before month, never the other way round.

use chrono::{Datelike, NaiveDate};

use super::tokens::{
    Look, SPACED_DASH, Token, month_named, plausible_year, tokens, weekday_named, year_written,
};

/// Reads one date that makes up the whole text: `31st March 2026`, `31 Mar 26`, `31/03/2026`, `31.03.26`,
/// `2026-03-31`, `Tuesday 31 March 2026`, each with or without a time of day, which is dropped.
///
/// `None` for impossible dates, a weekday that does not agree, years outside 1990 to 2100, and all else.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let tokens = tokens(text);
    let weekday = tokens.word(0).and_then(weekday_named);
    let start = if weekday.is_some() { tokens.past(tokens.past(1, &['.']), &[',']) } else { 0 };
    let (Written::Date(day), end) = date_at(&tokens, start)? else { return None };
    if weekday.is_some_and(|weekday| weekday != day.weekday()) {
        return None;
    }
    (past_time(&tokens, end) == tokens.len()).then_some(day)
}

/// What stands where a date could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// A date.
    Date(NaiveDate),
    /// Day and month without a year.
    DayOfMonth {
        /// Day, 1 to 31.
        day: u32,
        /// Month, 1 to 12.
        month: u32,
    },
    /// The shape of a date, but no such day exists.
    Impossible,
}

/// The date that starts at token `at`, and the position after it.
pub(super) fn date_at(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    day_and_month_name(tokens, at).or_else(|| three_numbers(tokens, at))
}

fn made(year: i32, month: u32, day: u32) -> Written {
    NaiveDate::from_ymd_opt(year, month, day).map_or(Written::Impossible, Written::Date)
}

/// `31 March 2026`, `31st of March, 26`, `31-Mar-26`, `31 March`.
fn day_and_month_name(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let (day, digits) = tokens.number(at)?;
    if digits > 2 || !(1..=31).contains(&day) {
        return None;
    }
    let mut next = at + 1;
    if is_ordinal(tokens, next) {
        next += 1;
    }
    if tokens.word(next) == Some("of") {
        next += 1;
    }
    next = tokens.past(next, &['-', '/', '.', '_']);
    let month = month_named(tokens.word(next)?)?;
    next += 1;
    match year_at(tokens, next) {
        Some((year, end)) => Some((made(year, month, day), end)),
        // 2024 is a leap year, so 29 February stays possible.
        None if NaiveDate::from_ymd_opt(2024, month, day).is_some() => {
            Some((Written::DayOfMonth { day, month }, next))
        }
        None => Some((Written::Impossible, next)),
    }
}

/// `31/03/2026`, `31.03.26`, `31-3-2026`, `2026-03-31`; one and the same mark between the numbers.
fn three_numbers(tokens: &[Token], at: usize) -> Option<(Written, usize)> {
    let (first, second, third) = (tokens.number(at)?, tokens.number(at + 2)?, tokens.number(at + 4)?);
    let mark = tokens.mark(at + 1)?;
    let joined = matches!(mark, '/' | '-' | '.' | '_') && tokens.mark(at + 3) == Some(mark);
    let goes_on = tokens.mark(at + 5) == Some(mark) && tokens.number(at + 6).is_some();
    if !joined || goes_on || second.1 > 2 {
        return None;
    }
    let written = match (first.1, third.1) {
        (4, 1 | 2) => made(plausible_year(first.0)?, second.0, third.0),
        (1 | 2, 2 | 4) => made(year_written(third)?, second.0, first.0),
        _ => return None,
    };
    Some((written, at + 5))
}

/// Whether `st`, `nd`, `rd` or `th` stands at `at`.
pub(super) fn is_ordinal(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.word(at), Some("st" | "nd" | "rd" | "th"))
}

/// The year after a month's name, and the position after it. Two digits are a year only where they are not the
/// day of a date to come (`1 Sep - 30 Nov 25`), part of a longer number or a time.
pub(super) fn year_at(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let set_apart = tokens.mark(at) == Some(SPACED_DASH);
    let at = tokens.past(tokens.past(at, &['-', '/', '.', ',', '_', SPACED_DASH]), &['\'']);
    let written = tokens.number(at)?;
    let next = at + 1;
    if written.1 == 2 {
        let mark = tokens.mark(next);
        let goes_on = matches!(mark, Some('/' | '.' | ':')) && tokens.number(next + 1).is_some();
        let month_follows = tokens.word(next).and_then(month_named).is_some();
        if set_apart || goes_on || month_follows || mark == Some('%') || is_ordinal(tokens, next) {
            return None;
        }
    }
    Some((year_written(written)?, next))
}

/// The position after the time of day at `at`, or `at` when there is none: `00:00`, `09:30:15`, `t00:00:00.000z`.
pub(super) fn past_time(tokens: &[Token], at: usize) -> usize {
    let start = at + usize::from(tokens.word(at) == Some("t"));
    let within =
        |at: usize, limit: u32| tokens.number(at).is_some_and(|(value, digits)| value < limit && digits <= 2);
    if !(within(start, 24) && tokens.mark(start + 1) == Some(':') && within(start + 2, 60)) {
        return at;
    }
    let mut next = start + 3;
    if tokens.mark(next) == Some(':') && within(next + 1, 60) {
        next += 2;
        if tokens.mark(next) == Some('.') && tokens.number(next + 1).is_some() {
            next += 2;
        }
    }
    next + usize::from(tokens.word(next) == Some("z"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_dates_in_uk_order() {
        let last_of_march = NaiveDate::from_ymd_opt(2026, 3, 31);
        for text in [
            "31st March 2026",
            "31 Mar 26",
            "31/03/2026",
            "31/3/26",
            "31.03.26",
            "31-03-2026",
            "2026-03-31",
            "2026/03/31",
            "31-Mar-26",
            "31 mar. 2026",
            "31st of March, 2026",
            "31 March \u{2019}26",
            "  31\u{a0}MARCH\n2026 ",
            "Tuesday 31 March 2026",
            "Tue, 31/03/2026",
            "Tues. 31 March 2026",
            "2026-03-31 00:00:00",
            "2026-03-31T09:30:00.000Z",
            "31/03/2026 17:05",
        ] {
            assert_eq!(parse_date(text), last_of_march, "{text:?}");
        }
        assert_eq!(parse_date("03/04/2026"), NaiveDate::from_ymd_opt(2026, 4, 3));
        assert_eq!(parse_date("29/02/2024"), NaiveDate::from_ymd_opt(2024, 2, 29));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            " ",
            "Monday 31 March 2026",
            "12/13/2026",
            "03/31/2026",
            "31 April 2026",
            "29/02/2025",
            "2026-31-03",
            "March 31 2026",
            "31 March",
            "March 2026",
            "31/03",
            "31/03-2026",
            "1/2/3/2026",
            "31/03/1989",
            "31/03/2101",
            "31/03/226",
            "0/03/2026",
            "31/03/2026 25:00",
            "31/03/2026 approx",
            "due 31/03/2026",
            "31/03/2026, 30/04/2026",
            "46112",
            "20260331",
            "TBC",
        ] {
            assert_eq!(parse_date(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn reads_back_every_way_of_writing(offset in 0u64..40500) {
            let day = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap() + chrono::Days::new(offset);
            prop_assume!(day.year() <= 2100);
            for format in ["%d/%m/%Y", "%-d/%-m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%-d %B %Y", "%A %-d %b %Y", "%d-%b-%Y"] {
                prop_assert_eq!(parse_date(&day.format(format).to_string()), Some(day));
            }
            prop_assert_eq!(parse_date(&crate::domain::period::long_date(day)), Some(day));
        }

        #[test]
        fn no_text_panics(text in "\\PC*", numbers in "[0-9/.: -]{0,20}") {
            let _ = (parse_date(&text), parse_date(&numbers));
        }
    }
}
