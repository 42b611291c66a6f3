//! Scores on a scale: whole numbers, perhaps with what they stand for (`3 - Developing`) or with the scale's end (`3/5`).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::unreadable;
use crate::contract::layout::Scale;
use crate::domain::answer::Answer;
use crate::domain::number_format::{PercentSign, percent_sign};
use crate::domain::quantity::{Quantity, from_float};
use crate::domain::text::fold;
use crate::domain::workbook::{Cell, Content};

/// Reads a cell as a score.
pub(super) fn score(cell: &Cell, scale: Scale) -> Answer {
    let on_scale = format!("a whole number from {} to {}", scale.from, scale.to);
    let read = match &cell.content {
        Content::Number(value) if percent_sign(&cell.look.number_format, *value) != PercentSign::Absent => {
            Err("it is a percentage".to_string())
        }
        Content::Number(value) => from_float(*value).ok_or_else(|| "it is too large".to_string()),
        Content::Text(text) => score_in(text, scale),
        Content::Date(_) => Err("it is a date, as a spreadsheet makes of 3/5".to_string()),
        Content::Boolean(_) => Err("it is TRUE or FALSE".to_string()),
        Content::Blank | Content::Error(_) => Err("it holds no value".to_string()),
    };
    match read {
        Ok(value) if is_on(value, scale) => Answer::Number(value.normalize()),
        Ok(_) => unreadable(cell, &format!("it is not {on_scale}")),
        Err(why) => unreadable(cell, &format!("{why} where {on_scale} is asked for")),
    }
}

fn is_on(value: Quantity, scale: Scale) -> bool {
    value.fract().is_zero() && value.to_u32().is_some_and(|value| (scale.from..=scale.to).contains(&value))
}

/// The number that a text gives as the score; `Err` says what it is instead.
fn score_in(text: &str, scale: Scale) -> Result<Quantity, String> {
    let folded = fold(text);
    let unnamed = ["level", "scored", "score", "rating"]
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .map_or(folded.as_str(), |rest| rest.trim_start_matches([':', ' ']));
    let end = unnamed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unnamed.len());
    let (digits, rest) = unnamed.split_at(end);
    let number = digits.trim_end_matches('.');
    let value = Decimal::from_str_exact(number).map_err(|_| "it is not a number".to_string())?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Ok(value);
    }
    let whole = ["/", "out of ", "of "].iter().find_map(|word| rest.strip_prefix(word));
    if let Some(whole) = whole {
        return match whole.trim().parse::<u32>() {
            Ok(to) if to == scale.to => Ok(value),
            Ok(to) => Err(format!("it is out of {to}")),
            Err(_) => Err("it says more than one score".to_string()),
        };
    }
    // What the score stands for follows a mark; with a figure in it, it may be a range or another score.
    let is_marked = digits.ends_with('.') || rest.starts_with(['-', ':', '(', '=']);
    let wording = rest.trim_start_matches(['-', ':', '(', '=', ' ']);
    let is_wording = wording.starts_with(char::is_alphabetic) && is_without_score(wording);
    if is_marked && is_wording { Ok(value) } else { Err("it says more than one score".to_string()) }
}

/// Whether each number in the words belongs to a measure of its own, as in `next 3 months`, so that none can be another score.
fn is_without_score(wording: &str) -> bool {
    let words: Vec<&str> =
        wording.split(|c: char| !(c.is_alphanumeric() || c == '%')).filter(|word| !word.is_empty()).collect();
    let measures = |word: &str| {
        matches!(
            word,
            "day"
                | "days"
                | "week"
                | "weeks"
                | "month"
                | "months"
                | "year"
                | "years"
                | "hours"
                | "percent"
                | "per"
        )
    };
    words.iter().enumerate().all(|(at, word)| {
        !word.contains(|c: char| c.is_ascii_digit())
            || word.ends_with('%')
            || words.get(at + 1).is_some_and(|next| measures(next))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Asked, read};
    use super::*;
    use crate::intake::testing::cell;

    const SCALE: Scale = Scale { from: 1, to: 5 };

    fn read_text(text: &str) -> Answer {
        let content = Content::Text(text.into());
        read(Some(&Cell { content, ..cell("x").unwrap() }), Asked::Score(SCALE))
    }

    #[test]
    fn scores_read_with_what_they_stand_for_and_out_of_what() {
        for (text, score) in [
            ("3", 3),
            (" 4 ", 4),
            ("\u{a0}4\n", 4),
            ("3.0", 3),
            ("3 - Developing", 3),
            ("3 \u{2013} Medium", 3),
            ("3-Medium", 3),
            ("3: Medium", 3),
            ("3. Medium", 3),
            ("5 - Very High", 5),
            ("4 - Significant impact ", 4),
            ("1- Marginal impact", 1),
            ("4 - Close: next 3 months", 4),
            ("5 - Imminent: next month", 5),
            ("3. More than 50 percent complete", 3),
            ("3 (Medium)", 3),
            ("3 = medium", 3),
            ("3/5", 3),
            ("3 / 5", 3),
            ("3 out of 5", 3),
            ("3 of 5", 3),
            ("Level 2", 2),
            ("Score: 5", 5),
            ("1", 1),
            ("5", 5),
        ] {
            assert_eq!(read_text(text), Answer::Number(score.into()), "{text:?}");
        }
        assert_eq!(read(cell("4").as_ref(), Asked::Score(SCALE)), Answer::Number(4.into()));
        assert_eq!(read(cell("3.0000000000000001").as_ref(), Asked::Score(SCALE)), Answer::Number(3.into()));
        let ten = Scale { from: 0, to: 10 };
        assert_eq!(read(cell("0").as_ref(), Asked::Score(ten)), Answer::Number(0.into()));
    }

    #[test]
    fn what_is_no_score_says_why() {
        for (text, why) in [
            ("3.5", "it is not a whole number from 1 to 5"),
            ("0", "it is not a whole number from 1 to 5"),
            ("6", "it is not a whole number from 1 to 5"),
            ("99999999999999999999", "it is not a whole number from 1 to 5"),
            ("-3", "it is not a number where a whole number from 1 to 5 is asked for"),
            ("none", "it is not a number where a whole number from 1 to 5 is asked for"),
            ("high", "it is not a number where a whole number from 1 to 5 is asked for"),
            ("4/10", "it is out of 10 where a whole number from 1 to 5 is asked for"),
            ("3 to 4", "it says more than one score where a whole number from 1 to 5 is asked for"),
            ("3-4", "it says more than one score where a whole number from 1 to 5 is asked for"),
            ("3 and a half", "it says more than one score where a whole number from 1 to 5 is asked for"),
            ("3 - was 4", "it says more than one score where a whole number from 1 to 5 is asked for"),
            ("3 - 4 weeks", "it says more than one score where a whole number from 1 to 5 is asked for"),
            ("3?", "it says more than one score where a whole number from 1 to 5 is asked for"),
            ("3/", "it says more than one score where a whole number from 1 to 5 is asked for"),
        ] {
            assert_eq!(read_text(text), Answer::Unreadable { found: text.into(), why: why.into() }, "{text}");
        }
        for text in ["3.5", "60%", "2025-05-03"] {
            let answer = read(cell(text).as_ref(), Asked::Score(SCALE));
            assert!(matches!(answer, Answer::Unreadable { .. }), "{text}");
        }
    }

    #[test]
    fn no_score_is_told_from_a_wrong_one() {
        for (text, answer) in [
            ("", Answer::Blank),
            ("< Select >", Answer::Unanswered),
            ("N/A", Answer::NotApplicable),
            ("-", Answer::NotRecorded),
        ] {
            assert_eq!(read_text(text), answer, "{text}");
        }
        assert_eq!(read(None, Asked::Score(SCALE)), Answer::Blank);
    }
}
