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

const NOT_EXACT: &str = "it is not an exact figure";
const SEVERAL: &str = "it says more than one plain figure";
const OWN_MARKS: &str = "its commas, full stops and spaces do not stand as in 1,234.5";

/// Reads `1,234`, `1 234`, `-3`, `£10m`, `GBP 10,000`, `(£1,234.50)`, `10 million`, `12 hrs 30 mins`, `94%` where `unit` is asked for.
/// `Err` says in plain words why the text is no certain number.
pub(super) fn number_in(text: &str, unit: Unit) -> Result<Written, &'static str> {
    let folded = fold(text);
    let folded = folded.strip_prefix('\'').unwrap_or(&folded).trim_start();
    // Folding takes an asterisk at the end away; behind a figure it leads to a note.
    if text.contains(['*', '\u{ff0a}']) || is_not_exact(folded) {
        return Err(NOT_EXACT);
    }
    if has_lines(text) {
        return Err(SEVERAL);
    }
    let money = money(folded)?;
    if money.is_money && unit != Unit::Pounds {
        return Err("it is an amount of money where none is asked for");
    }
    if money.bracketed && unit != Unit::Pounds {
        return Err(
            "a figure in brackets can be a negative one; write it with a minus sign or without the brackets",
        );
    }
    let rest = money.amount;
    if matches!(rest, "zero" | "zero%") {
        return Ok(Written::Plain(Decimal::ZERO));
    }
    if unit == Unit::Hours
        && let Some(hours) = hours_and_minutes(rest)
    {
        return hours.map(Written::Plain);
    }
    let (digits, suffix) = rest.split_at(end_of_number(rest));
    let value = plain_number(digits).ok_or_else(|| why_no_number(rest))?;
    let value = if money.negative { -value } else { value };
    match suffix.trim_start() {
        "" if unit == Unit::Pounds && has_thousandths(digits) => {
            Err("pounds have two decimals, and this has three")
        }
        "" => Ok(Written::Plain(value)),
        "%" | "percent" | "per cent" | "pct" if unit == Unit::Percent => {
            Ok(Written::Percentage(value / Decimal::ONE_HUNDRED))
        }
        "%" | "percent" | "per cent" | "pct" => Err("it is a percentage where none is asked for"),
        "day" | "days" if unit == Unit::Days => Ok(Written::Plain(value)),
        "pound" | "pounds" | "gbp" if unit == Unit::Pounds && !money.is_money => Ok(Written::Plain(value)),
        suffix if unit == Unit::Pounds => scale(suffix)
            .and_then(|scale| value.checked_mul(scale))
            .filter(|value| is_in_reach(*value))
            .map(Written::Plain)
            .ok_or_else(|| why_no_number(rest)),
        "working days" | "working day" | "weeks" | "week" | "months" | "month" if unit == Unit::Days => {
            Err("it does not say how many days")
        }
        suffix if suffix.chars().all(|c| c.is_alphabetic() || c == ' ') => {
            Err("it has words behind its figure; write the figure alone")
        }
        _ => Err(why_no_number(rest)),
    }
}

/// Signs and words by which a figure is only near, a bound, or not sure.
fn is_not_exact(folded: &str) -> bool {
    let signs = ['<', '>', '~', '?', '±', '≈', '≤', '≥', '+', '≃', '∼'];
    let words = [
        "about",
        "approx",
        "approximately",
        "around",
        "at least",
        "at most",
        "c",
        "ca",
        "circa",
        "est",
        "estimated",
        "fewer than",
        "less than",
        "more than",
        "nearly",
        "over",
        "under",
        "up to",
    ];
    let begins = |word: &&str| {
        folded.strip_prefix(*word).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['.', ' ', '£']);
            rest.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    folded.contains(signs) || words.iter().any(begins) || folded.ends_with("approx")
}

/// Whether the text holds figures on several lines.
fn has_lines(text: &str) -> bool {
    text.trim()
        .split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}', '\t'])
        .filter(|line| line.chars().any(char::is_alphanumeric))
        .count()
        > 1
}

/// An amount with its marks of money, its sign and its accountant's brackets taken off.
struct Money<'a> {
    amount: &'a str,
    is_money: bool,
    negative: bool,
    bracketed: bool,
}

fn money(folded: &str) -> Result<Money<'_>, &'static str> {
    let mut money = Money { amount: folded, is_money: false, negative: false, bracketed: false };
    let take_pounds = |money: &mut Money<'_>| {
        if let Some(rest) = ["£", "gbp"].iter().find_map(|sign| money.amount.strip_prefix(sign)) {
            money.amount = rest.trim_start();
            money.is_money = true;
        }
    };
    take_pounds(&mut money);
    if let Some(inside) = money.amount.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        money.amount = inside.trim();
        money.bracketed = true;
        money.negative = true;
    }
    // A sign before the pound sign; one behind it belongs to the number.
    if !money.is_money
        && let Some(rest) =
            money.amount.strip_prefix('-').filter(|rest| rest.trim_start().starts_with(['£', 'g']))
    {
        if money.bracketed {
            return Err(SEVERAL);
        }
        money.amount = rest.trim_start();
        money.negative = true;
    }
    if !money.is_money {
        take_pounds(&mut money);
    }
    if money.negative && money.amount.starts_with('-') {
        return Err(SEVERAL);
    }
    Ok(money)
}

/// Where the digits end with their sign, commas, full stop, and single spaces between thousands.
fn end_of_number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let is_part = byte.is_ascii_digit() || matches!(byte, b'-' | b',' | b'.');
        let is_gap = *byte == b' ' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !is_part && !is_gap {
            break;
        }
        end += 1;
    }
    end
}

/// `12 hrs 30 mins`, `12h 30m`, `12 hours and 30 minutes`, `45 mins`, `7.5 hours`; `None` where no hours and minutes are named.
fn hours_and_minutes(text: &str) -> Option<Result<Quantity, &'static str>> {
    let (digits, rest) = text.split_at(end_of_number(text));
    let word_of =
        |text: &str| -> usize { text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len()) };
    let rest = rest.trim_start();
    let (word, behind) = rest.split_at(word_of(rest));
    let minute = |word: &str| matches!(word, "m" | "min" | "mins" | "minute" | "minutes");
    let first = plain_number(digits)?;
    if minute(word) && behind.is_empty() && word != "m" {
        return Some(Ok(first / Decimal::from(60)));
    }
    if !matches!(word, "h" | "hr" | "hrs" | "hour" | "hours") {
        return None;
    }
    let behind = behind.trim_start_matches([' ', ',', '.', '&']);
    let behind = behind.strip_prefix("and ").unwrap_or(behind);
    if behind.is_empty() {
        return Some(Ok(first));
    }
    let (digits, word) = behind.split_at(end_of_number(behind));
    let minutes = plain_number(digits).filter(|minutes| {
        first.fract().is_zero()
            && minutes.fract().is_zero()
            && (Decimal::ZERO..Decimal::from(60)).contains(minutes)
    });
    match minutes {
        Some(minutes)
            if first >= Decimal::ZERO
                && (word.trim().is_empty() && digits.len() == 2 || minute(word.trim())) =>
        {
            Some(Ok(first + minutes / Decimal::from(60)))
        }
        _ => Some(Err(SEVERAL)),
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

/// `1.234`, which abroad is one thousand two hundred and thirty-four.
fn has_thousandths(digits: &str) -> bool {
    digits.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 3)
}

/// Digits with an optional sign, commas or spaces between thousands and a decimal point.
fn plain_number(text: &str) -> Option<Quantity> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest.trim_start()));
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
    let mark = if whole.contains(' ') { ' ' } else { ',' };
    let groups: Vec<&str> = whole.split(mark).collect();
    let grouped = match groups.as_slice() {
        [single] => all_digits(single),
        [first, others @ ..] => {
            (1..=3).contains(&first.len())
                && all_digits(first)
                && !(mark == ' ' && first.starts_with('0'))
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
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '-');
    let mut parts = folded.split('e');
    let is_short = parts.next().is_some_and(|part| !part.is_empty() && part.chars().all(is_figure))
        && parts.next().is_some_and(|part| !part.is_empty() && part.chars().all(is_figure))
        && parts.next().is_none();
    if is_short {
        "it is a shortened figure, whose last digits are gone"
    } else if folded.contains(|c: char| c.is_ascii_digit())
        && folded.chars().all(is_figure)
        && !folded.trim_start_matches('-').contains('-')
    {
        OWN_MARKS
    } else if folded.contains(|c: char| c.is_ascii_digit()) {
        SEVERAL
    } else {
        "it is not a number"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            ("1 234", Unit::Count, "1234"),
            ("1\u{202f}234\u{a0}567.5", Unit::Hours, "1234567.5"),
            ("- 3", Unit::Count, "-3"),
            ("zero", Unit::Count, "0"),
            ("\u{ff11}\u{ff12}", Unit::Count, "12"),
            ("'94", Unit::Count, "94"),
            ("12 hrs 30 mins", Unit::Hours, "12.5"),
            ("12h30", Unit::Hours, "12.5"),
            ("12h 30m", Unit::Hours, "12.5"),
            ("1,200 Hours and 45 minutes", Unit::Hours, "1200.75"),
            ("45 mins", Unit::Hours, "0.75"),
            ("GBP 10,000,000", Unit::Pounds, "10000000"),
            ("10,000,000 GBP", Unit::Pounds, "10000000"),
            ("gbp10m", Unit::Pounds, "10000000"),
            ("£1,234.50", Unit::Pounds, "1234.5"),
            ("£1.234m", Unit::Pounds, "1234000"),
            ("(1,234.50)", Unit::Pounds, "-1234.5"),
            ("(£1,234.50)", Unit::Pounds, "-1234.5"),
            ("£(12)", Unit::Pounds, "-12"),
            ("-£5", Unit::Pounds, "-5"),
            ("£-5", Unit::Pounds, "-5"),
            ("- GBP 5k", Unit::Pounds, "-5000"),
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
            ("1 23", Unit::Count),
            ("12 3456", Unit::Count),
            ("0 123", Unit::Count),
            ("1 234,567", Unit::Count),
            ("12\n345", Unit::Count),
            ("1.234,5", Unit::Hours),
            ("£1.234", Unit::Pounds),
            ("(-£5)", Unit::Pounds),
            ("(-5)", Unit::Pounds),
            ("1.2E+03", Unit::Count),
            ("1.2E03", Unit::Count),
            ("3/4", Unit::Percent),
            ("12 of 15", Unit::Percent),
            ("about 12", Unit::Count),
            ("approx. 12", Unit::Count),
            ("at least 12", Unit::Count),
            ("12 approx", Unit::Count),
            ("12\u{ff0a}", Unit::Count),
            ("\u{ff1c}5%", Unit::Percent),
            ("12 hrs 70 mins", Unit::Hours),
            ("12.5 hrs 30 mins", Unit::Hours),
            ("12 hrs 5", Unit::Hours),
            ("12m", Unit::Hours),
            ("2 working days", Unit::Days),
            ("2 weeks", Unit::Days),
            ("2 days 4 hours", Unit::Days),
            ("--3", Unit::Count),
            ("1e5", Unit::Count),
            ("(12)", Unit::Count),
            ("£10", Unit::Count),
            ("94%", Unit::Count),
            ("10m", Unit::Count),
            ("10m", Unit::Hours),
            ("12:30", Unit::Hours),
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

    #[test]
    fn says_what_stands_in_the_way() {
        for (text, unit, why) in [
            ("~840", Unit::Count, NOT_EXACT),
            ("circa 840", Unit::Count, NOT_EXACT),
            ("1.234,5", Unit::Count, OWN_MARKS),
            ("1,23", Unit::Count, OWN_MARKS),
            ("1.2e03", Unit::Count, "it is a shortened figure, whose last digits are gone"),
            ("12 visits", Unit::Count, "it has words behind its figure; write the figure alone"),
            ("2 weeks", Unit::Days, "it does not say how many days"),
            ("95.8% (vs 97.5%)", Unit::Percent, SEVERAL),
            ("12 of 15", Unit::Count, SEVERAL),
            ("2-3", Unit::Count, SEVERAL),
            ("12\n345", Unit::Count, SEVERAL),
            ("twelve", Unit::Count, "it is not a number"),
        ] {
            assert_eq!(number_in(text, unit), Err(why), "{text}");
        }
    }

    /// A number with its thousands set apart by `mark`.
    fn grouped(whole: u64, mark: &str) -> String {
        let digits = whole.to_string();
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push_str(mark);
            }
            text.push(digit);
        }
        text
    }

    proptest! {
        #[test]
        fn a_number_reads_back_in_every_certain_way(whole in 0u64..1_000_000_000_000, cents in 0u32..100, negative: bool) {
            let value = Decimal::from(whole) + Decimal::new(i64::from(cents), 2);
            let value = if negative { -value } else { value };
            let sign = if negative { "-" } else { "" };
            for mark in ["", ",", " ", "\u{a0}", "\u{202f}", "\u{2009}"] {
                let text = format!("{sign}{}.{cents:02}", grouped(whole, mark));
                for (text, unit) in [
                    (text.clone(), Unit::Number),
                    (format!("  {text}\u{a0}"), Unit::Count),
                    (format!("{text} days"), Unit::Days),
                    (format!("{text}\u{202f}Hours"), Unit::Hours),
                    (format!("£{text}"), Unit::Pounds),
                    (format!("GBP {text}"), Unit::Pounds),
                    (format!("{text} gbp"), Unit::Pounds),
                ] {
                    prop_assert_eq!(number_in(&text, unit), Ok(Written::Plain(value)), "{}", text);
                }
                let percent = Written::Percentage(value / Decimal::ONE_HUNDRED);
                prop_assert_eq!(number_in(&format!("{text} %"), Unit::Percent), Ok(percent));
                if negative {
                    let text = text.replace('-', "");
                    prop_assert_eq!(number_in(&format!("(£{text})"), Unit::Pounds), Ok(Written::Plain(value)));
                }
            }
        }

        #[test]
        fn hours_and_minutes_read_back(hours in 0u32..100_000, minutes in 0u32..60) {
            let value = Decimal::from(hours) + Decimal::from(minutes) / Decimal::from(60);
            for text in [format!("{hours} hrs {minutes} mins"), format!("{hours}H {minutes}M"), format!("{hours}h{minutes:02}")] {
                prop_assert_eq!(number_in(&text, Unit::Hours), Ok(Written::Plain(value)), "{}", text);
            }
        }

        #[test]
        fn case_and_kind_of_space_do_not_matter(text in "[0-9]{0,4}[ ,.][0-9]{0,3} ?(hrs|mins|m|k|%|gbp|days|e)?[ ]?[0-9a-z()£~]{0,6}") {
            for unit in [Unit::Count, Unit::Percent, Unit::Pounds, Unit::Hours, Unit::Days] {
                let read = number_in(&text, unit);
                prop_assert_eq!(number_in(&text.to_uppercase(), unit), read);
                for space in ["\u{a0}", "\u{202f}", "\u{2009}"] {
                    prop_assert_eq!(number_in(&text.replace(' ', space), unit), read);
                }
            }
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,30}|[0-9 .,£()%a-z'-]{0,16}") {
            for unit in [Unit::Count, Unit::Percent, Unit::Pounds, Unit::Hours, Unit::Days, Unit::Number] {
                let _ = number_in(&text, unit);
            }
        }
    }
}
