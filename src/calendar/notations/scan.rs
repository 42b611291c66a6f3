//! Tokens gathered into what can be said of a period: dates, months, years, quarters and the words between.

use chrono::NaiveDate;

use super::dates::{Written, date_at, is_ordinal, past_time, year_at};
use super::tokens::{
    Look, SPACED_DASH, Token, month_named, plausible_year, tokens, weekday_named, year_written,
};
use crate::domain::period::Frequency;

/// One thing said of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// A full date.
    Date(NaiveDate),
    /// Day and month without a year.
    DayOfMonth {
        /// Day, 1 to 31.
        day: u32,
        /// Month, 1 to 12.
        month: u32,
    },
    /// A month with its year.
    MonthOfYear {
        /// Year.
        year: i32,
        /// Month, 1 to 12.
        month: u32,
    },
    /// A month without a year.
    Month(u32),
    /// A year over two calendar years such as `2025-26`, by the first.
    YearSpan(i32),
    /// `2011-12`: a year over two calendar years, or December 2011.
    SpanOrMonth {
        /// The first number.
        year: i32,
        /// The second number, read as a month.
        month: u32,
    },
    /// A single year.
    Year(i32),
    /// A quarter by its number, 1 to 4.
    Quarter(u32),
    /// A half-year by its number, 1 or 2.
    Half(u32),
    /// A length without a number: `month`, `quarterly`.
    Unit(Frequency),
    /// A dash between two things, or a dash as ornament.
    Dash,
    /// `to`, `until`, `through`.
    To,
    /// `ending`, `ended`.
    Ending,
    /// `starting`, `beginning`.
    Starting,
    /// The shape of a date, quarter or half-year that does not exist.
    Impossible,
    /// `to date`, `cumulative`, `week`: what is said is not about one period.
    NoPeriod,
    /// A word that says nothing of periods.
    Word,
    /// A number nothing explains.
    Number,
}

/// Everything said of periods in the text, in order. Marks other than dashes and words such as `for` are left out.
pub(super) fn elements(text: &str) -> Vec<Element> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (some, next) = element_at(&tokens, at, &found);
        found.extend(some.into_iter().flatten());
        at = next.max(at + 1);
    }
    found
}

/// Up to three elements that start at `at`, and the position after them.
type Read = ([Option<Element>; 3], usize);

fn one(element: Element, next: usize) -> Read {
    ([Some(element), None, None], next)
}

fn nothing(next: usize) -> Read {
    ([None; 3], next)
}

fn element_at(tokens: &[Token], at: usize, before: &[Element]) -> Read {
    match tokens.get(at) {
        Some(Token::Number { .. }) => number_at(tokens, at, before),
        Some(Token::Word(word)) => word_at(tokens, at, word, before),
        Some(Token::Mark('-' | SPACED_DASH)) => one(Element::Dash, at + 1),
        _ => nothing(at + 1),
    }
}

fn number_at(tokens: &[Token], at: usize, before: &[Element]) -> Read {
    if let Some((first, last, next)) = days_of_month(tokens, at) {
        return ([Some(first), Some(Element::To), Some(last)], next);
    }
    if let Some((written, next)) = date_at(tokens, at) {
        return one(dated(written), past_time(tokens, next));
    }
    if let Some((element, next)) = counted_part(tokens, at) {
        return one(element, next);
    }
    if let Some((element, next)) = year_and_more(tokens, at) {
        return one(element, next);
    }
    let context =
        matches!(before.iter().rfind(|e| **e != Element::Dash), Some(Element::Quarter(_) | Element::Half(_)));
    if let Some((year, next)) = short_span(tokens, at)
        && (context || part_at(tokens, next).is_some())
    {
        return one(Element::YearSpan(year), next);
    }
    if let Some((element, next)) = month_and_year(tokens, at) {
        return one(element, next);
    }
    // Windows numbers copies `name (2)`.
    if at > 0 && tokens.mark(at - 1) == Some('(') && tokens.mark(at + 1) == Some(')') {
        return nothing(at + 1);
    }
    one(Element::Number, at + 1)
}

fn word_at(tokens: &[Token], at: usize, word: &str, before: &[Element]) -> Read {
    if let Some((element, next)) = part_at(tokens, at) {
        return one(element, next);
    }
    if let Some(month) = month_named(word) {
        // `Nov 2025-26` and `Nov 25/26` name the contract's year, not 2025.
        let number = tokens.past(at + 1, &['-', '/', '.', ',', '_', SPACED_DASH]);
        if matches!(
            year_and_more(tokens, number),
            Some((Element::YearSpan(_) | Element::SpanOrMonth { .. }, _))
        ) {
            return one(Element::Month(month), at + 1);
        }
        if let Some((year, next)) = short_span(tokens, number) {
            return ([Some(Element::Month(month)), Some(Element::YearSpan(year)), None], next);
        }
        return match year_at(tokens, at + 1) {
            Some((year, next)) => one(Element::MonthOfYear { year, month }, next),
            None => one(Element::Month(month), at + 1),
        };
    }
    let next = at + 1;
    match word {
        "to" if tokens.word(next) == Some("date") => one(Element::NoPeriod, next + 1),
        "up" if tokens.word(next) == Some("to") => one(Element::NoPeriod, next + 1),
        "ytd" | "cumulative" | "running" | "rolling" | "since" | "before" | "after" | "beyond" | "onward"
        | "onwards" | "prior" | "previous" | "pre" | "post" | "week" | "weekly" => {
            one(Element::NoPeriod, next)
        }
        "w" if tokens.mark(next) == Some('/') => one(Element::NoPeriod, next),
        "to" | "until" | "till" | "through" | "thru" => one(Element::To, next),
        "ending" | "ended" | "ends" | "end" => one(Element::Ending, next),
        "starting" | "beginning" | "commencing" | "start" => one(Element::Starting, next),
        "month" | "monthly" => one(Element::Unit(Frequency::Month), next),
        "quarter" | "quarterly" | "qtr" => one(Element::Unit(Frequency::Quarter), next),
        "half" => {
            let year = tokens.past(next, &['-']);
            let whole = matches!(tokens.word(year), Some("year" | "yearly" | "yr"));
            one(Element::Unit(Frequency::HalfYear), if whole { year + 1 } else { next })
        }
        "year" | "yearly" | "annual" | "annually" => match tokens.number(next) {
            // The contract's year by its number says nothing of the calendar.
            Some((_, 1)) => nothing(next + 1),
            _ => one(Element::Unit(Frequency::Year), next),
        },
        "fy" => match short_span(tokens, next) {
            Some((year, end)) => one(Element::YearSpan(year), end),
            None => match tokens.number(next).filter(|written| written.1 == 2).and_then(year_written) {
                Some(year) => one(Element::Year(year), next + 1),
                None => nothing(next),
            },
        },
        "v" | "ver" | "version" | "rev" | "revision" | "draft" | "copy" => {
            nothing(past_version(tokens, next))
        }
        "st" | "nd" | "rd" | "th" if before.last() == Some(&Element::Number) => nothing(next),
        "for" | "of" | "the" | "and" | "in" | "from" | "period" | "reporting" | "financial" | "contract" => {
            nothing(next)
        }
        _ if weekday_named(word).is_some() => nothing(next),
        _ => one(Element::Word, next),
    }
}

fn dated(written: Written) -> Element {
    match written {
        Written::Date(day) => Element::Date(day),
        Written::DayOfMonth { day, month } => Element::DayOfMonth { day, month },
        Written::Impossible => Element::Impossible,
    }
}

/// `1 - 30 November 2025`, `1st to 30th November`.
fn days_of_month(tokens: &[Token], at: usize) -> Option<(Element, Element, usize)> {
    let (day, digits) = tokens.number(at)?;
    let mut next = at + 1;
    if is_ordinal(tokens, next) {
        next += 1;
    }
    if !matches!(tokens.mark(next), Some('-' | SPACED_DASH)) && tokens.word(next) != Some("to") {
        return None;
    }
    let (written, end) = date_at(tokens, next + 1)?;
    let month = match written {
        Written::Date(date) => chrono::Datelike::month(&date),
        Written::DayOfMonth { month, .. } => month,
        Written::Impossible => return None,
    };
    // A number of three is a date of its own: 1-2-2025.
    let named = (next + 1..end).any(|place| tokens.word(place).and_then(month_named).is_some());
    let first = Element::DayOfMonth { day, month };
    (named && digits <= 2 && (1..=31).contains(&day)).then_some((first, dated(written), end))
}

/// A quarter or half-year that starts with a word: `Q1`, `Quarter 1`, `Qtr. 1`, `first quarter`, `H1`, `half-year 2`.
fn part_at(tokens: &[Token], at: usize) -> Option<(Element, usize)> {
    let word = tokens.word(at)?;
    if let Some(number) = counting_word(word) {
        let (frequency, next) = part_word(tokens, at + 1)?;
        return Some((part(frequency, number), next));
    }
    let (frequency, next) = part_word(tokens, at)?;
    let number_at = tokens.past(next, &['.', '-', '_', ':', '#', SPACED_DASH]);
    if let Some((number, digits)) = tokens.number(number_at) {
        let is_number = digits == 1 || (digits == 2 && number < 10);
        // `quarter 2025-26` has no number.
        return is_number.then(|| (part(frequency, number), number_at + 1));
    }
    let number = counting_word(tokens.word(next)?)?;
    Some((part(frequency, number), next + 1))
}

/// A quarter or half-year that starts with a figure: `1st quarter`, `2nd half`; also `6-monthly`.
fn counted_part(tokens: &[Token], at: usize) -> Option<(Element, usize)> {
    let (number, digits) = tokens.number(at)?;
    if digits == 1 && is_ordinal(tokens, at + 1) {
        let (frequency, next) = part_word(tokens, at + 2)?;
        return Some((part(frequency, number), next));
    }
    let next = tokens.past(at + 1, &['-']);
    let frequency = match (number, tokens.word(next)?) {
        (3, "month" | "monthly" | "months") => Frequency::Quarter,
        (6, "month" | "monthly" | "months") => Frequency::HalfYear,
        (12, "month" | "monthly" | "months") => Frequency::Year,
        _ => return None,
    };
    Some((Element::Unit(frequency), next + 1))
}

fn part(frequency: Frequency, number: u32) -> Element {
    match (frequency, number) {
        (Frequency::Quarter, 1..=4) => Element::Quarter(number),
        (Frequency::HalfYear, 1..=2) => Element::Half(number),
        _ => Element::Impossible,
    }
}

/// The word for a quarter or half-year at `at`, and the position after it.
fn part_word(tokens: &[Token], at: usize) -> Option<(Frequency, usize)> {
    match tokens.word(at)? {
        "q" | "qtr" | "quarter" => Some((Frequency::Quarter, at + 1)),
        "h" | "hy" => Some((Frequency::HalfYear, at + 1)),
        "half" => {
            let year = tokens.past(at + 1, &['-']);
            let whole = matches!(tokens.word(year), Some("year" | "yr"));
            Some((Frequency::HalfYear, if whole { year + 1 } else { at + 1 }))
        }
        _ => None,
    }
}

fn counting_word(word: &str) -> Option<u32> {
    match word {
        "one" | "first" => Some(1),
        "two" | "second" => Some(2),
        "three" | "third" => Some(3),
        "four" | "fourth" => Some(4),
        _ => None,
    }
}

/// What starts with a year in four digits: `2025-26`, `2025/2026`, `2025-11`, `202511`, `2025`.
fn year_and_more(tokens: &[Token], at: usize) -> Option<(Element, usize)> {
    let written = tokens.number(at)?;
    if written.1 == 6 {
        // A day, month and year in six digits could look like 2011 or 2012 and a month.
        let year = plausible_year(written.0 / 100).filter(|year| *year >= 2013)?;
        return Some((year_with(year, (written.0 % 100, 2))?, at + 1));
    }
    let year = plausible_year(written.0).filter(|_| written.1 == 4)?;
    let joined = tokens.mark(at + 1).is_some_and(|mark| matches!(mark, '-' | '/' | '_' | '.' | SPACED_DASH));
    if joined && let Some(second) = tokens.number(at + 2) {
        let mark = tokens.mark(at + 1);
        let goes_on = tokens.mark(at + 3) == mark && tokens.number(at + 4).is_some_and(|third| third.1 <= 2);
        // A full stop joins no two years, a dash between spaces no year and month.
        let fits = |element: &Element| match mark {
            Some('.') => matches!(element, Element::MonthOfYear { .. }),
            Some(SPACED_DASH) => matches!(element, Element::YearSpan(_)),
            _ => true,
        };
        if let Some(element) = year_with(year, second).filter(fits)
            && !goes_on
        {
            return Some((element, at + 3));
        }
    }
    if tokens.word(at + 1) == Some("to") && tokens.number(at + 2) == Some((written.0 + 1, 4)) {
        return Some((Element::YearSpan(year), at + 3));
    }
    Some((Element::Year(year), at + 1))
}

/// A year and the number after it: the next year, or a month in two digits.
fn year_with(year: i32, (second, digits): (u32, usize)) -> Option<Element> {
    let following = match digits {
        2 => i32::try_from(second).ok() == Some((year + 1).rem_euclid(100)),
        4 => i32::try_from(second).ok() == Some(year + 1),
        _ => false,
    };
    let month = digits == 2 && (1..=12).contains(&second);
    match (following, month) {
        (true, true) => Some(Element::SpanOrMonth { year, month: second }),
        (true, false) => Some(Element::YearSpan(year)),
        (false, true) => Some(Element::MonthOfYear { year, month: second }),
        (false, false) => None,
    }
}

/// `25/26` or `25-26`; the caller knows whether a year can be meant.
fn short_span(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let (first, second) = (tokens.number(at)?, tokens.number(at + 2)?);
    let joined = matches!(tokens.mark(at + 1), Some('/' | '-' | '_'));
    let goes_on = tokens.mark(at + 3) == tokens.mark(at + 1) && tokens.number(at + 4).is_some();
    let month_follows = tokens.word(at + 3).and_then(month_named).is_some();
    let consecutive = first.1 == 2 && second.1 == 2 && second.0 == (first.0 + 1) % 100;
    (joined && consecutive && !goes_on && !month_follows).then_some((year_written(first)?, at + 3))
}

/// `08/2022`, `11-2025`.
fn month_and_year(tokens: &[Token], at: usize) -> Option<(Element, usize)> {
    let (month, digits) = tokens.number(at)?;
    let (year, year_digits) = tokens.number(at + 2)?;
    let joined = matches!(tokens.mark(at + 1), Some('/' | '-' | '.' | '_'));
    let is_month = digits <= 2 && (1..=12).contains(&month);
    let span = matches!(
        year_and_more(tokens, at + 2),
        Some((Element::YearSpan(_) | Element::SpanOrMonth { .. }, _))
    );
    if !joined || !is_month || year_digits != 4 || span {
        return None;
    }
    Some((Element::MonthOfYear { year: plausible_year(year)?, month }, at + 3))
}

/// The position after a version number such as `2` or `1.2`.
fn past_version(tokens: &[Token], at: usize) -> usize {
    let mut next = tokens.past(at, &['.', '_']);
    let is_short = tokens.number(next).is_some_and(|(_, digits)| digits <= 2);
    if !is_short || date_at(tokens, next).is_some() || month_and_year(tokens, next).is_some() {
        return at;
    }
    next += 1;
    while tokens.mark(next) == Some('.') && tokens.number(next + 1).is_some_and(|(_, digits)| digits <= 2) {
        next += 2;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use Element::{Dash, Date, Half, Impossible, Month, MonthOfYear, NoPeriod, Number, Quarter, SpanOrMonth};
    use Element::{To, Unit, Word, Year, YearSpan};

    #[test]
    fn gathers_what_is_said() {
        let november = MonthOfYear { year: 2025, month: 11 };
        let last_of_november = Date(NaiveDate::from_ymd_opt(2025, 11, 30).unwrap());
        for (text, said) in [
            ("Q1 2025-26", vec![Quarter(1), YearSpan(2025)]),
            ("Q1 25/26", vec![Quarter(1), YearSpan(2025)]),
            ("25/26", vec![Number, Number]),
            ("half-year 2, 2025", vec![Half(2), Year(2025)]),
            ("half-year", vec![Unit(Frequency::HalfYear)]),
            ("quarter 2025", vec![Unit(Frequency::Quarter), Year(2025)]),
            ("Q5", vec![Impossible]),
            ("2011-12", vec![SpanOrMonth { year: 2011, month: 12 }]),
            ("201112", vec![Number]),
            ("2025-11", vec![november]),
            ("2025-13", vec![Year(2025), Dash, Number]),
            ("2025-11-30", vec![last_of_november]),
            ("2025-11-31", vec![Impossible]),
            ("11-2025", vec![november]),
            ("11 - 2025", vec![Number, Dash, Year(2025)]),
            ("Nov 25", vec![november]),
            ("Nov 25 - Nov 25", vec![november, Dash, november]),
            ("Nov - 30 Nov 2025", vec![Month(11), Dash, last_of_november]),
            ("Nov 25/26", vec![Month(11), YearSpan(2025)]),
            ("Reg 44 Nov 2025", vec![Word, Number, november]),
            ("1 - 30 Nov 2025", vec![Element::DayOfMonth { day: 1, month: 11 }, To, last_of_november]),
            ("v1.2 draft 3 (2)", vec![]),
            ("draft 11/2025", vec![november]),
            ("year to date", vec![Unit(Frequency::Year), NoPeriod]),
            ("w/c", vec![NoPeriod, Word]),
            ("6 monthly", vec![Unit(Frequency::HalfYear)]),
            ("Year 2 Q1", vec![Quarter(1)]),
        ] {
            assert_eq!(elements(text), said, "{text}");
        }
    }
}
