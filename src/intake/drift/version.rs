//! The version of the template, against the one in use for the period.

use crate::contract::meant::Form;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::TEMPLATE_OLDER;
use crate::domain::period::{Period, long_date};
use crate::domain::quantity::Quantity;
use crate::domain::text::{fold, one_line};
use crate::intake::labels::{Label, Labelled};

/// A form that says it is another version than the one in use for its period. Nothing where the definition follows no versions, or
/// the form names none.
pub fn another(labels: &[Labelled], form: &Form, period: &Period) -> Option<Finding> {
    let own = form.version(period)?;
    let is_another = |found: &&Labelled| {
        found.label == Label::Version && !found.text.trim().is_empty() && !is_same(&found.text, own)
    };
    let found = labels.iter().find(is_another)?;
    let known = form.versions.all().find(|(_, version)| is_same(&found.text, version));
    let which = match known {
        Some((from, _)) if from.is_none_or(|from| from <= period.from) => "an earlier version".to_string(),
        Some((from, _)) => match from {
            Some(day) => format!("the version for periods from {}", long_date(day)),
            None => "an earlier version".to_string(),
        },
        None => "a version the definition does not know".to_string(),
    };
    let message = format!(
        "The form is version “{}”, {which}; the one for {} is {}.",
        one_line(&found.text),
        period.describe(),
        one_line(own)
    );
    Some(Finding::at(&TEMPLATE_OLDER, &found.place, message))
}

/// Whether two texts name one version: `v1.1 (October 2022)`, `Version 1.1` and `1.1` do.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let number = |text: &str| text.parse::<Quantity>().ok();
    one == other || number(&one).is_some_and(|own| number(&other) == Some(own))
}

/// A version without the word before it and what is added in brackets.
fn bare(text: &str) -> String {
    let folded = fold(text);
    let named = folded.split_once('(').map_or(folded.as_str(), |(before, _)| before).trim();
    let rest = ["version", "ver", "v"].iter().find_map(|word| {
        let rest = named.strip_prefix(word)?.trim_start_matches(['.', ':', ' ']);
        rest.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
    });
    rest.unwrap_or(named).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_the_same_however_they_are_written() {
        for (one, other, same) in [
            ("1.1", "1.1", true),
            ("v1.1 (October 2022)", "1.1", true),
            ("Version 1.1", "v1.1", true),
            ("Ver. 2", "2", true),
            ("2", "2.0", true),
            ("5f3a09c1", "5F3A09C1", true),
            ("1.0", "1.1", false),
            ("v1", "1.1", false),
            ("2025a", "2025b", false),
            ("version", "1.1", false),
        ] {
            assert_eq!(is_same(one, other), same, "{one} {other}");
        }
    }
}
