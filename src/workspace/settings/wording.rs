//! The table `[wording]` of the settings: phrases of the pages that the council words in its own way.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;

use super::Faults;
use crate::contract::toml_errors::{self, DefinitionError};
use crate::domain::text::{fold, nearest};
use crate::domain::wording::{Wording, places};

/// Every phrase there is with its key; the comments say where it stands.
pub const STANDARD: &str = include_str!("../../../templates/wording.toml");

/// The file's name, for messages.
const FILE: &str = "wording.toml";
/// The phrase at the head of every paper that nobody has decided on.
const DRAFT: &str = "draft-heading";
/// Longest phrase in characters.
const LONGEST: usize = 2_000;

/// The phrases as the program words them.
///
/// # Errors
/// The built-in file is no table of phrases.
pub fn standard() -> Result<Wording, DefinitionError> {
    toml_errors::read(FILE, STANDARD).map(Wording::new)
}

/// The council's own phrases.
///
/// # Errors
/// The built-in phrases cannot be read; what is wrong with the council's is added to `faults`.
pub(super) fn own(
    written: BTreeMap<Spanned<String>, Spanned<String>>,
    faults: &mut Faults<'_>,
) -> Result<Wording, DefinitionError> {
    let standard = standard()?;
    let mut own = BTreeMap::new();
    for (key, phrase) in written {
        let Some(known) = standard.get(key.get_ref()) else {
            let near = nearest(key.get_ref(), standard.iter().map(|(key, _)| key))
                .map(|near| format!("did you mean `{near}`? "))
                .unwrap_or_default();
            let help = format!("{near}`quarterday pages wording` lists them all");
            faults.add(&key, format!("there is no phrase `{}`", key.get_ref().escape_debug()), &help);
            continue;
        };
        check(key.get_ref(), known, &phrase, faults);
        own.insert(key.into_inner(), phrase.into_inner().trim().to_string());
    }
    Ok(Wording::new(own))
}

fn check(key: &str, known: &str, phrase: &Spanned<String>, faults: &mut Faults<'_>) {
    let text = phrase.get_ref();
    if text.trim().is_empty() {
        faults.add(phrase, format!("the phrase `{key}` is empty"), "write it out, or remove the line");
    }
    if text.chars().any(char::is_control) {
        faults.add(phrase, format!("the phrase `{key}` has a line break"), "write it on one line");
    }
    if text.chars().count() > LONGEST {
        let message = format!("the phrase `{key}` is longer than {LONGEST} characters");
        faults.add(phrase, message, "say it more briefly");
    }
    if key == DRAFT && !fold(text).split_whitespace().any(|word| word == "draft") {
        let message = format!("the phrase `{key}` does not say that the paper is a draft");
        faults.add(phrase, message, "keep the word: nothing in such a paper is decided");
    }
    let known: BTreeSet<&str> = places(known).collect();
    let unknown: BTreeSet<&str> = places(text).filter(|place| !known.contains(place)).collect();
    for place in unknown {
        let help = match nearest(place, known.iter().copied()) {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if known.is_empty() => "nothing is filled in here; write it without braces".to_string(),
            None => {
                let all: Vec<String> = known.iter().map(|own| format!("`{{{own}}}`")).collect();
                format!("known here: {}", all.join(", "))
            }
        };
        faults.add(phrase, format!("`{{{place}}}` is not known in the phrase `{key}`"), &help);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    #[test]
    fn every_phrase_there_is_says_something_on_one_line() {
        let standard = standard().unwrap();
        assert!(standard.iter().count() > 60);
        for (key, phrase) in standard.iter() {
            assert_eq!(phrase.trim(), phrase, "{key}");
            assert!(!phrase.is_empty() && !phrase.chars().any(char::is_control), "{key}");
            assert!(key.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-'), "{key}");
        }
    }

    #[test]
    fn a_phrase_is_replaced_and_the_others_are_not_copied() {
        let text = "[wording]\nagenda-heading = \" What we will talk about \"\nportfolio-due-nothing = \"Nothing after {date}.\"\n";
        let wording = Settings::read(text).unwrap().wording;
        assert_eq!(
            wording.iter().collect::<Vec<_>>(),
            [
                ("agenda-heading", "What we will talk about"),
                ("portfolio-due-nothing", "Nothing after {date}.")
            ]
        );
    }

    #[test]
    fn refuses_what_it_does_not_know_and_names_the_place() {
        for (text, expected) in [
            ("[wording]\nagenda-haeding = \"A\"", "did you mean `agenda-heading`"),
            ("[wording]\nagenda-haeding = \"A\"", "quarterday.toml:2:1"),
            ("[wording]\nx = \"A\"", "`quarterday pages wording` lists them all"),
            ("[wording]\nagenda-heading = \" \"", "the phrase `agenda-heading` is empty"),
            ("[wording]\nagenda-heading = \"\"\"A\nB\"\"\"", "has a line break"),
            ("[wording]\ndraft-heading = \"Final\"", "does not say that the paper is a draft"),
            ("[wording]\nagenda-heading = 3", "wrong kind of value"),
            ("[wording]\nagenda-heading = \"A {provider}\"", "nothing is filled in here"),
            ("[wording]\nportfolio-due-nothing = \"By {dat}\"", "did you mean `{date}`"),
            ("[wording]\nportfolio-due-nothing = \"By {one}\"", "`{one}` is not known"),
        ] {
            let message = Settings::read(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}\n{message}");
        }
    }

    #[test]
    fn all_faults_are_named_at_once() {
        let text =
            "[wording]\na = \"A\"\nb = \"B\"\nagenda-heading = \"{x} {y}\"\n[pages]\ncolour = \"#fff\"\n";
        assert_eq!(Settings::read(text).unwrap_err().faults().len(), 5);
        assert!(Settings::read("[wording]\ndraft-heading = \"DRAFT: not agreed\"").is_ok());
    }
}
