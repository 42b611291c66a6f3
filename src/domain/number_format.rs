//! What a number format adds to the stored number: a percent sign, thousands in words, a date without its day.

/// How a number format shows a percent sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PercentSign {
    /// None.
    Absent,
    /// `0%`: the stored number is a fraction of 1.
    Scaling,
    /// `0"%"` or `0\%`: the sign is only printed; the stored number is in hundredths.
    Literal,
}

/// The percent sign in the section of the format that shows `value`. A format whose sections have conditions of their own says
/// something only where all sections say the same.
pub fn percent_sign(format: &str, value: f64) -> PercentSign {
    let sections = sections(format);
    let sign = |at: usize| sections.get(at).map(|section| sign_in(section));
    let Some(first) = sign(0) else { return PercentSign::Absent };
    let has_conditions =
        sections.iter().any(|section| ["[<", "[>", "[="].iter().any(|mark| section.contains(mark)));
    if has_conditions {
        let all = (1..sections.len()).all(|at| sign(at) == Some(first));
        return if all { first } else { PercentSign::Absent };
    }
    if value < 0.0 { sign(1).unwrap_or(first) } else { first }
}

/// The sections of a format, cut at semicolons that are not text.
fn sections(format: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c, literal) in letters(format) {
        if c == ';' && !literal {
            found.push(format.get(start..at).unwrap_or_default());
            start = at + 1;
        }
    }
    found.push(format.get(start..).unwrap_or_default());
    found
}

/// Each letter of a format with its place, and whether it is only printed.
fn letters(format: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let (mut quoted, mut escaped) = (false, false);
    format.char_indices().map(move |(at, c)| {
        let literal = quoted || escaped;
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = !quoted && !escaped && matches!(c, '\\' | '_' | '*');
        (at, c, literal)
    })
}

fn sign_in(section: &str) -> PercentSign {
    let mut found = PercentSign::Absent;
    for (_, c, literal) in letters(section) {
        match (c, literal) {
            ('%', true) => found = PercentSign::Literal,
            ('%', false) => return PercentSign::Scaling,
            _ => {}
        }
    }
    found
}

/// Whether a format prints `k`, `m` or `bn` behind a number that it does not divide: a stored 10 then shows as `£10m`.
pub fn adds_thousands(format: &str) -> bool {
    let section = sections(format).into_iter().next().unwrap_or_default();
    let letters: Vec<_> = letters(section).collect();
    let is_digit = |c: char| matches!(c, '0' | '#' | '?');
    let Some(last) = letters.iter().rposition(|(_, c, literal)| is_digit(*c) && !literal) else {
        return false;
    };
    let behind = letters.get(last + 1..).unwrap_or_default();
    if behind.iter().any(|(_, c, literal)| *c == ',' && !literal) {
        return false;
    }
    let printed: String =
        behind.iter().filter(|(_, c, literal)| *literal && *c != '"').map(|(_, c, _)| *c).collect();
    let word: String = printed.trim().chars().take_while(|c| c.is_alphabetic()).collect();
    matches!(
        word.to_lowercase().as_str(),
        "k" | "m" | "mn" | "bn" | "thousand" | "thousands" | "million" | "millions" | "billion"
    )
}

/// Whether a format shows a date without its day, so that the stored day is the first or meaningless: `mmm-yy`, `yyyy`.
pub fn hides_day(format: &str) -> bool {
    let mut bracketed = false;
    let (mut day, mut month_or_year, mut run_of_m) = (false, false, 0);
    for (_, c, literal) in letters(format) {
        match c {
            '[' if !literal => bracketed = true,
            ']' if !literal => bracketed = false,
            ';' if !literal => break,
            _ => {}
        }
        let letter = if literal || bracketed { ' ' } else { c.to_ascii_lowercase() };
        run_of_m = if letter == 'm' { run_of_m + 1 } else { 0 };
        day |= letter == 'd';
        // Two letters may be minutes, three are a month's name.
        month_or_year |= letter == 'y' || run_of_m == 3;
    }
    month_or_year && !day
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sign_is_that_of_the_section_that_shows_the_number() {
        for (format, value, sign) in [
            ("0%", 1.0, PercentSign::Scaling),
            ("0.00%;[Red]-0.00%", 1.0, PercentSign::Scaling),
            ("0\"%\"", 1.0, PercentSign::Literal),
            ("0\\%", 1.0, PercentSign::Literal),
            ("0\" %\"", 1.0, PercentSign::Literal),
            ("\"a;b\"0%", 1.0, PercentSign::Scaling),
            ("0;0%", 1.0, PercentSign::Absent),
            ("0;-0%", -1.0, PercentSign::Scaling),
            ("0%", -1.0, PercentSign::Scaling),
            ("[<=1]0%;0", 94.0, PercentSign::Absent),
            ("[<=1]0%;[>1]0.0%", 94.0, PercentSign::Scaling),
            ("General", 1.0, PercentSign::Absent),
            ("", 1.0, PercentSign::Absent),
        ] {
            assert_eq!(percent_sign(format, value), sign, "{format} {value}");
        }
    }

    #[test]
    fn thousands_in_words_are_seen_where_nothing_is_divided() {
        for (format, adds) in [
            ("\"\u{a3}\"0\"m\"", true),
            ("\u{a3}0.0\\k", true),
            ("0\" million\"", true),
            ("0,\"k\"", false),
            ("0.0,,\"m\"", false),
            ("#,##0", false),
            ("0\" miles\"", false),
            ("\"\u{a3}\"#,##0;[Red]\\-\"\u{a3}\"#,##0", false),
            ("\"m\"0", false),
            ("General", false),
        ] {
            assert_eq!(adds_thousands(format), adds, "{format}");
        }
    }

    #[test]
    fn a_month_shown_hides_its_day() {
        for (format, hides) in [
            ("mmm-yy", true),
            ("mmm\\ yy", true),
            ("mm/yyyy", true),
            ("yyyy", true),
            ("MMMM", true),
            ("[$-809]mmmm\\ yyyy;@", true),
            ("yyyy\"d\"", true),
            ("dd/mm/yyyy;@", false),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", false),
            ("mm-dd-yy", false),
            ("hh:mm", false),
            ("[h]:mm:ss", false),
            ("General", false),
            ("", false),
        ] {
            assert_eq!(hides_day(format), hides, "{format}");
        }
    }

    proptest! {
        #[test]
        fn no_format_panics(format in "\\PC{0,20}|[0#%;,\\[\\]\"\\\\<>=mydk_*£]{0,20}", value: f64) {
            let _ = (percent_sign(&format, value), adds_thousands(&format), hides_day(&format));
        }
    }
}
