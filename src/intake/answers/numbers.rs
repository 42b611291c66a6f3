//! Numbers typed as text: what is certain is read, what is not says why.

use std::str::FromStr;

use rust_decimal::Decimal;

use crate::domain::quantity::{Quantity, Unit, is_in_reach};
use crate::domain::text::fold;

/// A number as written, before its unit is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// A plain number, in the unit asked for.
    Plain(Quantity),
    /// A number with a percent sign, already as a fraction of 1.
    Percentage(Quantity),
}

/// Reads `1,234`, `-3`, `£10m`, `10 million`, `12 hrs`, `94%` where `unit` is asked for. `Err` says in plain words why
/// the text is no certain number.
pub(super) fn number_in(text: &str, unit: Unit) -> Result<Written, &'static str> {
    if text.contains(['<', '>', '~', '?', '*', '±', '≈', '≤', '≥', '+']) {
        return Err("it is not an exact figure");
    }
    let folded = fold(text);
    let (pounds, rest) = match folded.strip_prefix('£') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, folded.as_str()),
    };
    if pounds && unit != Unit::Pounds {
        return Err("it is an amount of money where none is asked for");
    }
    let end =
        rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | ',' | '.'))).unwrap_or(rest.len());
    let (digits, suffix) = rest.split_at(end);
    let value = plain_number(digits).ok_or_else(|| why_no_number(rest))?;
    match suffix.trim_start() {
        "" => Ok(Written::Plain(value)),
        "%" | "percent" | "per cent" | "pct" if unit == Unit::Percent => {
            Ok(Written::Percentage(value / Decimal::ONE_HUNDRED))
        }
        "%" | "percent" | "per cent" | "pct" => Err("it is a percentage where none is asked for"),
        "h" | "hr" | "hrs" | "hour" | "hours" if unit == Unit::Hours => Ok(Written::Plain(value)),
        "day" | "days" if unit == Unit::Days => Ok(Written::Plain(value)),
        "pound" | "pounds" if unit == Unit::Pounds && !pounds => Ok(Written::Plain(value)),
        suffix if unit == Unit::Pounds => scale(suffix)
            .and_then(|scale| value.checked_mul(scale))
            .filter(|value| is_in_reach(*value))
            .map(Written::Plain)
            .ok_or_else(|| why_no_number(rest)),
        _ => Err(why_no_number(rest)),
    }
}

/// Thousands and millions, used with money only.
fn scale(suffix: &str) -> Option<Quantity> {
    match suffix {
        "k" | "thousand" => Some(Decimal::ONE_THOUSAND),
        "m" | "mn" | "mil" | "million" => Some(Decimal::from(1_000_000)),
        "bn" | "billion" => Some(Decimal::from(1_000_000_000)),
        _ => None,
    }
}

/// Digits with an optional sign, commas between thousands and a decimal point.
fn plain_number(text: &str) -> Option<Quantity> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let all_digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if fraction.is_some_and(|fraction| fraction.is_empty() || !all_digits(fraction)) {
        return None;
    }
    if whole.is_empty() && fraction.is_none() {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = match groups.as_slice() {
        [single] => all_digits(single),
        [first, others @ ..] => {
            (1..=3).contains(&first.len())
                && all_digits(first)
                && others.iter().all(|group| group.len() == 3 && all_digits(group))
        }
        [] => false,
    };
    if !grouped {
        return None;
    }
    let digits = format!("0{}.{}", groups.concat(), fraction.unwrap_or("0"));
    let value = Decimal::from_str(&digits).ok().filter(|value| is_in_reach(*value))?.normalize();
    Some(if negative { -value } else { value })
}

fn why_no_number(folded: &str) -> &'static str {
    if folded.chars().any(|c| c.is_ascii_digit()) {
        "it says more than one plain figure"
    } else {
        "it is not a number"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn reads_what_is_certain() {
        for (text, unit, value) in [
            ("12", Unit::Count, "12"),
            (" 12 ", Unit::Count, "12"),
            ("\u{a0}12\n", Unit::Count, "12"),
            ("1,234", Unit::Count, "1234"),
            ("12,345,678", Unit::Count, "12345678"),
            ("-3", Unit::Count, "-3"),
            ("\u{2212}3", Unit::Count, "-3"),
            ("007", Unit::Count, "7"),
            ("12.", Unit::Count, "12"),
            (".5", Unit::Hours, "0.5"),
            ("1,234.50", Unit::Hours, "1234.5"),
            ("12 hrs", Unit::Hours, "12"),
            ("7.5hours", Unit::Hours, "7.5"),
            ("2 days", Unit::Days, "2"),
            ("10000000", Unit::Pounds, "10000000"),
            ("£10,000,000", Unit::Pounds, "10000000"),
            ("£10m", Unit::Pounds, "10000000"),
            ("£ 10M", Unit::Pounds, "10000000"),
            ("£10 M", Unit::Pounds, "10000000"),
            ("£10,000,000.00", Unit::Pounds, "10000000"),
            ("10,000k", Unit::Pounds, "10000000"),
            ("5,000,000 pounds", Unit::Pounds, "5000000"),
            ("£0", Unit::Pounds, "0"),
            ("10 million", Unit::Pounds, "10000000"),
            ("£1.5 Million", Unit::Pounds, "1500000"),
            ("£250k", Unit::Pounds, "250000"),
        ] {
            assert_eq!(number_in(text, unit), Ok(Written::Plain(d(value))), "{text}");
        }
        for (text, value) in
            [("94%", "0.94"), ("94.5 %", "0.945"), ("120%", "1.2"), ("94 per cent", "0.94"), ("0%", "0")]
        {
            assert_eq!(number_in(text, Unit::Percent), Ok(Written::Percentage(d(value))), "{text}");
        }
    }

    #[test]
    fn guesses_nothing() {
        for (text, unit) in [
            ("<5%", Unit::Percent),
            ("~840", Unit::Count),
            ("95.8% (vs 97.5%)", Unit::Percent),
            ("12?", Unit::Count),
            ("12*", Unit::Count),
            ("10+", Unit::Count),
            ("2-3", Unit::Count),
            ("2 to 3", Unit::Count),
            ("19/20", Unit::Percent),
            ("1,23", Unit::Count),
            ("1234,567", Unit::Count),
            ("1.234.567", Unit::Count),
            ("1 234", Unit::Count),
            ("--3", Unit::Count),
            ("1e5", Unit::Count),
            ("(12)", Unit::Count),
            ("£10", Unit::Count),
            ("94%", Unit::Count),
            ("10m", Unit::Count),
            ("10m", Unit::Hours),
            ("12:30", Unit::Hours),
            ("12 hrs 30 mins", Unit::Hours),
            ("12 visits", Unit::Count),
            ("twelve", Unit::Count),
            ("c. 12", Unit::Count),
            ("99999999999999999999999999999999", Unit::Count),
            ("79228162514264337593543950335bn", Unit::Pounds),
            ("£", Unit::Pounds),
            ("ten million", Unit::Pounds),
            ("unlimited", Unit::Pounds),
            ("£5m or £10m", Unit::Pounds),
            ("£10m per claim", Unit::Pounds),
            ("£10.000.000", Unit::Pounds),
            ("£10m+", Unit::Pounds),
            ("10 x", Unit::Pounds),
            ("$10m", Unit::Pounds),
            ("€10m", Unit::Pounds),
            ("\u{663}", Unit::Count),
            (".", Unit::Count),
            ("", Unit::Count),
        ] {
            assert!(number_in(text, unit).is_err(), "{text}");
        }
    }
}
