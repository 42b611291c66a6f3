//! One normal form for comparing labels, the original kept for showing; and words with their letters and numbers.

/// Folds a label for comparison: all kinds of white space (non-breaking, narrow, line breaks, zero
/// width) become one space, dashes and quotation marks one form, letters lower case; trailing colons,
/// asterisks and full stops go.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        let c = match c {
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => continue,
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201f}' => '"',
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
    folded.trim_end_matches([':', '*', '.', ' ']).to_string()
}

/// Whether a text is the one wanted, after folding both; `*` in what is wanted stands for any words or none.
pub fn fits(wanted: &str, text: &str) -> bool {
    let (wanted, text) = (fold_pattern(wanted), fold(text));
    let Some((first, others)) = wanted.split_once('*') else { return wanted == text };
    let Some(mut rest) = text.strip_prefix(first.trim_end()) else { return false };
    let (between, last) = others.rsplit_once('*').unwrap_or(("", others));
    for part in between.split('*').map(str::trim).filter(|part| !part.is_empty()) {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last.trim_start())
}

/// Folds what is wanted; an asterisk at its end is no decoration.
fn fold_pattern(wanted: &str) -> String {
    match wanted.trim_end().strip_suffix('*') {
        Some(start) => format!("{} *", fold(start)),
        None => fold(wanted),
    }
}

/// Collapses white space without changing the letters, for showing a label on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How alike two labels are, from 0 to 1, after folding.
pub fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&fold(a), &fold(b))
}

/// The nearest of `known` to `text`, when it is near enough to be what was meant (0.7 or more).
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (likeness(text, name), name))
        .filter(|(likeness, _)| *likeness >= 0.7)
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
            return format!("{words} {}", rest.trim());
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
            ("", ""),
        ] {
            assert_eq!(fold(written), folded, "{written:?}");
        }
    }

    #[test]
    fn an_asterisk_stands_for_any_words() {
        for (wanted, text, fit) in [
            ("Bespoke outputs", "Bespoke\u{a0}Outputs:", true),
            ("Bespoke outputs", "Bespoke outputs and more", false),
            ("Project *", "Project 1: New bus station", true),
            ("Project *", "Project", true),
            ("Project *", "Projects in the north", true),
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
    }

    #[test]
    fn finds_the_nearest_name_or_none() {
        assert_eq!(nearest("Numartor", ["Numerator", "Denominator"]), Some("Numerator"));
        assert_eq!(nearest("Postcode", ["Numerator", "Denominator"]), None);
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
        ] {
            assert_eq!(target_in_words(written), words);
        }
    }
}
