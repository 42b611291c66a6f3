//! Text cut into words, numbers and marks, and the names of months and weekdays.

use chrono::Weekday;

use crate::domain::text::fold;

/// A word, a number or a mark, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A run of letters, lower case.
    Word(String),
    /// A run of digits.
    Number {
        /// Its value; the largest possible for a run too long to hold.
        value: u32,
        /// How many digits were written.
        digits: usize,
    },
    /// Anything else but white space.
    Mark(char),
}

/// How a dash between spaces is cut; it sets things apart, while `-` without spaces joins (`11-2025`).
pub(super) const SPACED_DASH: char = '\u{2013}';

/// Cuts the text; spaces only separate.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut run = String::new();
    for c in fold(text).replace(" - ", " \u{2013} ").chars() {
        let fits = run.chars().next_back().is_some_and(|last| {
            (last.is_ascii_digit() && c.is_ascii_digit()) || (last.is_alphabetic() && c.is_alphabetic())
        });
        if !fits {
            finish(&mut run, &mut found);
        }
        if c.is_ascii_digit() || c.is_alphabetic() {
            run.push(c);
        } else if c != ' ' {
            found.push(Token::Mark(c));
        }
    }
    finish(&mut run, &mut found);
    found
}

fn finish(run: &mut String, found: &mut Vec<Token>) {
    let written = std::mem::take(run);
    if written.is_empty() {
        return;
    }
    found.push(if written.starts_with(|c: char| c.is_ascii_digit()) {
        Token::Number { value: written.parse().unwrap_or(u32::MAX), digits: written.len() }
    } else {
        Token::Word(written)
    });
}

/// Reading aids over a slice of tokens; every position may lie past the end.
pub(super) trait Look {
    /// The word at `at`.
    fn word(&self, at: usize) -> Option<&str>;
    /// Value and number of digits of the number at `at`.
    fn number(&self, at: usize) -> Option<(u32, usize)>;
    /// The mark at `at`.
    fn mark(&self, at: usize) -> Option<char>;
    /// The position after `at` when one of `marks` stands there, else `at`.
    fn past(&self, at: usize, marks: &[char]) -> usize;
}

impl Look for [Token] {
    fn word(&self, at: usize) -> Option<&str> {
        match self.get(at)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.get(at)? {
            Token::Number { value, digits } => Some((*value, *digits)),
            _ => None,
        }
    }

    fn mark(&self, at: usize) -> Option<char> {
        match self.get(at)? {
            Token::Mark(mark) => Some(*mark),
            _ => None,
        }
    }

    fn past(&self, at: usize, marks: &[char]) -> usize {
        if self.mark(at).is_some_and(|mark| marks.contains(&mark)) { at + 1 } else { at }
    }
}

/// The month (1 to 12) of its English name or usual abbreviation, lower case.
pub(super) fn month_named(word: &str) -> Option<u32> {
    Some(match word {
        "jan" | "january" => 1,
        "feb" | "february" => 2,
        "mar" | "march" => 3,
        "apr" | "april" => 4,
        "may" => 5,
        "jun" | "june" => 6,
        "jul" | "july" => 7,
        "aug" | "august" => 8,
        "sep" | "sept" | "september" => 9,
        "oct" | "october" => 10,
        "nov" | "november" => 11,
        "dec" | "december" => 12,
        _ => return None,
    })
}

/// The weekday of its English name or usual abbreviation, lower case.
pub(super) fn weekday_named(word: &str) -> Option<Weekday> {
    Some(match word {
        "mon" | "monday" => Weekday::Mon,
        "tue" | "tues" | "tuesday" => Weekday::Tue,
        "wed" | "weds" | "wednesday" => Weekday::Wed,
        "thu" | "thur" | "thurs" | "thursday" => Weekday::Thu,
        "fri" | "friday" => Weekday::Fri,
        "sat" | "saturday" => Weekday::Sat,
        "sun" | "sunday" => Weekday::Sun,
        _ => return None,
    })
}

/// Whether `year` is one a return can speak of: 1990 to 2100.
pub(super) fn plausible_year(year: u32) -> Option<i32> {
    (1990..=2100).contains(&year).then_some(i32::try_from(year).ok()).flatten()
}

/// The year written as two digits (of this century) or four; `None` when it is no plausible year.
pub(super) fn year_written((value, digits): (u32, usize)) -> Option<i32> {
    match digits {
        2 => plausible_year(2000 + value),
        4 => plausible_year(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_words_numbers_and_marks() {
        let word = |text: &str| Token::Word(text.to_string());
        let number = |value, digits| Token::Number { value, digits };
        for (text, cut) in [
            (
                "Q1 2025\u{2013}26",
                vec![word("q"), number(1, 1), number(2025, 4), Token::Mark('-'), number(26, 2)],
            ),
            ("31st\u{a0}MARCH:", vec![number(31, 2), word("st"), word("march")]),
            ("08", vec![number(8, 2)]),
            ("99999999999", vec![number(u32::MAX, 11)]),
            ("x\u{b2}\u{663}", vec![word("x"), Token::Mark('\u{b2}'), Token::Mark('\u{663}')]),
            ("5 - 2025", vec![number(5, 1), Token::Mark(SPACED_DASH), number(2025, 4)]),
            (" ", vec![]),
        ] {
            assert_eq!(tokens(text), cut, "{text:?}");
        }
    }

    #[test]
    fn years_of_two_or_four_digits() {
        for (written, year) in [
            ((25, 2), Some(2025)),
            ((0, 2), Some(2000)),
            ((2025, 4), Some(2025)),
            ((1989, 4), None),
            ((1990, 4), Some(1990)),
            ((2100, 4), Some(2100)),
            ((2101, 4), None),
            ((5, 1), None),
            ((202, 3), None),
        ] {
            assert_eq!(year_written(written), year, "{written:?}");
        }
    }
}
