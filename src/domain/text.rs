//! One normal form for comparing labels, the original kept for showing; and words with their letters and numbers.

/// Folds a label for comparison: all kinds of white space (non-breaking, narrow, line breaks, zero
/// width) become one space, dashes and quotation marks one form, fullwidth letters and digits plain ones, letters lower
/// case; trailing colons, asterisks and full stops go.
pub fn fold(text: &str) -> String {
    fold_plain(text).unwrap_or_else(|| fold_any(text))
}

fn fold_any(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_ascii_graphic() && c != '`' {
            if std::mem::take(&mut space) {
                folded.push(' ');
            }
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        let c = match c {
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => continue,
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201f}' => '"',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{ffe1}' => '\u{a3}',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        };
        if c == ' ' {
            space = !folded.is_empty();
            continue;
        }
        if space {
            folded.push(' ');
            space = false;
        }
        folded.extend(c.to_lowercase());
    }
    fold_end(&folded).to_string()
}

/// A text of which folding changes no more than the case of the letters and what stands at the end. Most of what is folded is so, and
/// it is folded for every row and column of a sheet.
fn fold_plain(text: &str) -> Option<String> {
    let mut folded = fold_end(text).as_bytes().to_vec();
    let mut before = b' ';
    for byte in &mut folded {
        let is_plain = matches!(*byte, b' '..=b'_' | b'a'..=b'~') && (*byte, before) != (b' ', b' ');
        if !is_plain {
            return None;
        }
        byte.make_ascii_lowercase();
        before = *byte;
    }
    String::from_utf8(folded).ok()
}

/// Whether a text is the one wanted, after folding both; `*` in what is wanted stands for any words or none.
pub fn fits(wanted: &str, text: &str) -> bool {
    if wanted.contains('*') { words_for(wanted, text).is_some() } else { fold(wanted) == fold(text) }
}

/// The words that the last `*` of what is wanted stands for in a text that fits; empty without one.
pub fn words_for(wanted: &str, text: &str) -> Option<String> {
    let Some((first, others)) = wanted.split_once('*') else { return fits(wanted, text).then(String::new) };
    let text = fold_whole(text);
    let first = fold_whole(first);
    let mut rest = text.strip_prefix(first.as_str())?;
    let mut ended_in_word =
        !first.is_empty() && wanted.split('*').next().is_some_and(|own| own.ends_with(' '));
    let (between, last) = others.rsplit_once('*').unwrap_or(("", others));
    for part in between.split('*').filter(|part| !part.trim().is_empty()) {
        let folded = fold_whole(part);
        rest = &rest[rest.find(&folded)? + folded.len()..];
        ended_in_word = part.ends_with(' ');
    }
    // After a whole word only a whole word follows.
    if ended_in_word && !rest.is_empty() && !rest.starts_with(' ') {
        return None;
    }
    let end = fold(last);
    let words = if end.is_empty() { rest } else { fold_end(rest).strip_suffix(end.as_str())? };
    let is_whole = !last.starts_with(' ') || words.is_empty() || words.ends_with(' ');
    is_whole.then(|| words.trim().to_string())
}

/// Folds a text and keeps what stands at its end.
fn fold_whole(text: &str) -> String {
    const END: char = '\u{e000}';
    let folded = fold(&format!("{text}{END}"));
    folded.trim_end_matches(END).trim_end().to_string()
}

/// Without what folding takes from an end.
fn fold_end(text: &str) -> &str {
    let is_kept = |byte: u8| !matches!(byte, b':' | b'*' | b'.' | b' ');
    let end = text.bytes().rposition(is_kept).map_or(0, |last| last + 1);
    text.get(..end).unwrap_or(text)
}

/// Collapses white space without changing the letters, for showing a label on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How alike two labels are, from 0 to 1, after folding; 0 where their lengths alone keep it below [`NEAR_ENOUGH`].
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (fold(a), fold(b));
    // Comparing takes time and memory by the product of the lengths, and a cell may hold a story.
    let (one, other) = (a.chars().count(), b.chars().count());
    if (one.min(other) as f64) < NEAR_ENOUGH * one.max(other) as f64 {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(&a, &b)
}

/// How alike two labels are at least when one may stand for the other.
pub const NEAR_ENOUGH: f64 = 0.7;

/// The nearest of `known` to `text`, when it is near enough to be what was meant.
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (likeness(text, name), name))
        .filter(|(likeness, _)| *likeness >= NEAR_ENOUGH)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// A target's sign in words: `>= 95%` is `at least 95%`. What has no sign stays as it is.
pub fn target_in_words(target: &str) -> String {
    let target = target.trim();
    for (signs, words) in [
        (&[">=", "≥"][..], "at least"),
        (&["<=", "≤"][..], "at most"),
        (&[">"][..], "more than"),
        (&["<"][..], "less than"),
        (&["="][..], "exactly"),
    ] {
        if let Some(rest) = signs.iter().find_map(|sign| target.strip_prefix(sign)) {
            let rest = rest.trim();
            return match (words, rest) {
                // There is no more than all, and no less than none.
                ("at least", "100%") | ("at most", "0" | "0%") => rest.to_string(),
                _ => format!("{words} {rest}"),
            };
        }
    }
    target.to_string()
}

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// With a small first letter, unless the word is an abbreviation.
pub fn lower(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(_), Some(second)) if second.is_uppercase() => words.to_string(),
        (Some(first), _) => first.to_lowercase().chain(letters).collect(),
        (None, _) => String::new(),
    }
}

/// `1st`, `2nd`, `11th`.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `1 return`, `3 returns`.
pub fn number_of(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_what_people_type_differently() {
        for (written, folded) in [
            ("Provider:", "provider"),
            ("  Reporting\u{a0}period \n", "reporting period"),
            ("Age\nrange", "age range"),
            ("65\u{2013}74", "65-74"),
            ("Service user\u{2019}s", "service user's"),
            ("No.", "no"),
            ("\u{200b}Name", "name"),
            ("\u{ff19}\u{ff14}\u{ff05}", "94%"),
            ("", ""),
        ] {
            assert_eq!(fold(written), folded, "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plain_is_folded_as_all_else(text in "[ -~]{0,12}|[ a.:*`\u{a0}É]{0,8}") {
            prop_assert_eq!(fold(&text), fold_any(&text));
        }
    }

    #[test]
    fn an_asterisk_stands_for_any_words() {
        for (wanted, text, fit) in [
            ("Bespoke outputs", "Bespoke\u{a0}Outputs:", true),
            ("Bespoke outputs", "Bespoke outputs and more", false),
            ("Project *", "Project 1: New bus station", true),
            ("Project *", "Project", true),
            ("Project *", "Projects in the north", false),
            ("Project *", "Project-specific", false),
            ("Project *:", "Project 1:", true),
            ("Project *: *", "Project 1: New bus station", true),
            ("Project *: *", "Project 2: ", true),
            ("Project *: *", "Project 2", false),
            ("Project *:", "Project 2", true),
            ("Project *", "A project", false),
            ("* scheme", "Northgate scheme", true),
            ("* scheme", "Northgate schemes", false),
            ("Note: * only", "Note: this table is for grants only.", true),
            ("a * b * c", "a x b y c", true),
            ("a * b * c", "a x c", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(wanted, text), fit, "{wanted} {text}");
        }
        for (wanted, text, words) in [
            ("Project *: *", "Project 1: New Bus Station", Some("new bus station")),
            ("Project *: *", "Project 2: ", Some("")),
            ("Project *: *", "Project", None),
            ("* scheme", "Northgate scheme", Some("northgate")),
            ("Outputs", "outputs", Some("")),
        ] {
            assert_eq!(words_for(wanted, text).as_deref(), words, "{wanted} {text}");
        }
    }

    #[test]
    fn finds_the_nearest_name_or_none() {
        assert_eq!(nearest("Numartor", ["Numerator", "Denominator"]), Some("Numerator"));
        assert_eq!(nearest("Postcode", ["Numerator", "Denominator"]), None);
        assert_eq!(nearest(&"Numerator ".repeat(3_000), ["Numerator"]), None);
        assert_eq!((likeness("", ""), likeness("", "a"), likeness("abcdefg", "abcdefghij")), (1.0, 0.0, 0.7));
        assert_eq!(likeness("abcdefg", "abcdefghijk"), 0.0);
    }

    #[test]
    fn letters_and_numbers_as_they_are_said() {
        for (words, high, low) in [
            ("one red", "One red", "one red"),
            ("One red", "One red", "one red"),
            ("KPI 3", "KPI 3", "KPI 3"),
            ("élan", "Élan", "élan"),
            ("A", "A", "a"),
            ("", "", ""),
        ] {
            assert_eq!((capital(words).as_str(), lower(words).as_str()), (high, low), "{words}");
        }
        let ordinals: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 112].into_iter().map(ordinal).collect();
        assert_eq!(ordinals, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th"]);
        assert_eq!(
            (number_of(1, "day", "days"), number_of(0, "day", "days")),
            ("1 day".into(), "0 days".into())
        );
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
            (">= 100%", "100%"),
            ("> 100%", "more than 100%"),
            ("<= 0", "0"),
            (">= 0", "at least 0"),
            (">= 10%", "at least 10%"),
        ] {
            assert_eq!(target_in_words(written), words);
        }
    }
}
