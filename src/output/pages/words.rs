//! Plain English for pages: numbers with their nouns, lists, dates, periods.

use chrono::NaiveDate;

use crate::review::RatedFigure;

/// `no returns`, `1 return`, `2 returns`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// `A`, `A and B`, `A, B and C`.
pub fn list<T: AsRef<str>>(parts: &[T]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.as_ref().to_string(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// A date with its day of the week: `Monday 22 December 2025`.
pub fn day_and_date(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// A date for the cells of a table: `22 Dec 2025`.
pub fn short_date(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// With a capital letter and a full stop.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if words.is_empty() || words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// The figure, or the answer in words; `None` where there is neither, and the rating says why.
pub fn value(figure: &RatedFigure) -> Option<String> {
    (figure.value.is_some() || figure.said.is_some()).then(|| figure.shown())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_numbers() {
        for (number, text) in [(0, "no returns"), (1, "1 return"), (2, "2 returns"), (11, "11 returns")] {
            assert_eq!(count(number, "return", "returns"), text);
        }
    }

    #[test]
    fn sentences_begin_and_end_as_such() {
        for (words, text) in [("", ""), ("met if late", "Met if late."), ("Done.", "Done.")] {
            assert_eq!(sentence(words), text);
        }
    }

    #[test]
    fn lists_end_in_and() {
        for (parts, text) in [
            (&[][..], ""),
            (&["A"][..], "A"),
            (&["A", "B"][..], "A and B"),
            (&["A", "B", "C"][..], "A, B and C"),
        ] {
            assert_eq!(list(parts), text);
        }
    }
}
