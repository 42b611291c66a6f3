//! The fixed phrases of the pages by their keys, and the places in them that are filled in.

use std::collections::BTreeMap;

/// Phrases by key, such as `agenda-heading`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    phrases: BTreeMap<String, String>,
}

impl Wording {
    /// These phrases.
    pub fn new(phrases: BTreeMap<String, String>) -> Self {
        Self { phrases }
    }

    /// The phrase of this key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.phrases.get(key).map(String::as_str)
    }

    /// Keys and phrases, in order of key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.phrases.iter().map(|(key, phrase)| (key.as_str(), phrase.as_str()))
    }

    /// The same with the phrases of `own` in the place of those of their keys.
    pub fn replaced_by(mut self, own: &Self) -> Self {
        self.phrases.extend(own.phrases.iter().map(|(key, phrase)| (key.clone(), phrase.clone())));
        self
    }
}

/// A part of a phrase: text, or the name of what is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Text as it stands.
    Text(&'a str),
    /// A name in braces, without them.
    Place(&'a str),
}

/// The parts of a phrase in order. A place is a word of small letters in braces; other braces are text.
pub fn parts(phrase: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = phrase;
    let mut from = 0;
    while let Some(open) = rest[from..].find('{').map(|at| from + at) {
        let after = &rest[open + 1..];
        let name = after.find('}').map(|end| &after[..end]);
        match name.filter(|name| !name.is_empty() && name.bytes().all(|c| c.is_ascii_lowercase())) {
            Some(name) => {
                if open > 0 {
                    parts.push(Part::Text(&rest[..open]));
                }
                parts.push(Part::Place(name));
                rest = &after[name.len() + 1..];
                from = 0;
            }
            None => from = open + 1,
        }
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

/// The names of the places in a phrase, in order.
pub fn places(phrase: &str) -> impl Iterator<Item = &str> {
    parts(phrase).into_iter().filter_map(|part| match part {
        Part::Place(name) => Some(name),
        Part::Text(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_of_small_letters_in_braces_is_a_place() {
        for (phrase, names) in [
            ("As at {date}.", &["date"][..]),
            ("{a}{b}", &["a", "b"][..]),
            ("{ date }", &[][..]),
            ("{Date}", &[][..]),
            ("{}", &[][..]),
            ("{{date}}", &["date"][..]),
            ("{date", &[][..]),
            ("date}", &[][..]),
            ("{é{date}", &["date"][..]),
        ] {
            assert_eq!(places(phrase).collect::<Vec<_>>(), names, "{phrase}");
        }
    }

    #[test]
    fn what_is_the_councils_own_stands_in_the_place_of_the_rest() {
        let of = |pairs: &[(&str, &str)]| {
            Wording::new(pairs.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect())
        };
        let both = of(&[("a", "A"), ("b", "B")]).replaced_by(&of(&[("b", "Own")]));
        assert_eq!(both.iter().collect::<Vec<_>>(), [("a", "A"), ("b", "Own")]);
        assert_eq!((both.get("b"), both.get("c")), (Some("Own"), None));
    }

    proptest! {
        #[test]
        fn the_parts_make_the_phrase(phrase in "[a-c{} é]{0,20}") {
            let again: String = parts(&phrase)
                .into_iter()
                .map(|part| match part {
                    Part::Text(text) => text.to_string(),
                    Part::Place(name) => format!("{{{name}}}"),
                })
                .collect();
            prop_assert_eq!(again, phrase);
        }
    }
}
