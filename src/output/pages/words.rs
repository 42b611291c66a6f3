//! Plain English for pages: numbers with their nouns, lists, dates, targets.

use chrono::NaiveDate;

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

/// A target's sign in words: `>= 95%` is `at least 95%`. What has no sign stays as it is.
pub fn target(target: &str) -> String {
    let target = target.trim();
    for (signs, words) in [
        (&[">=", "≥"][..], "at least"),
        (&["<=", "≤"][..], "at most"),
        (&[">"][..], "more than"),
        (&["<"][..], "less than"),
        (&["="][..], "exactly"),
    ] {
        if let Some(rest) = signs.iter().find_map(|sign| target.strip_prefix(sign)) {
            return format!("{words} {}", rest.trim());
        }
    }
    target.to_string()
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

    #[test]
    fn signs_become_words() {
        for (written, words) in [
            (">= 95%", "at least 95%"),
            ("≥2", "at least 2"),
            ("> 95%", "more than 95%"),
            ("<= 3", "at most 3"),
            ("< 3", "less than 3"),
            ("= 100%", "exactly 100%"),
            ("100%", "100%"),
        ] {
            assert_eq!(target(written), words);
        }
    }
}
