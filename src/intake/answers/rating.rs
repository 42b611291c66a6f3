//! The provider's own rating: `Green`, `G`, `Amber/Red`, `RAG: amber`, 🟢.

use super::remarks::{Remark, remark};
use crate::domain::rating::Rating;
use crate::domain::text::fold;

/// A rating as a provider states it: one colour, or between two next to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnRating {
    /// The better end; a judgement of performance.
    pub better: Rating,
    /// The worse end; the same as the better one for a single colour.
    pub worse: Rating,
}

impl OwnRating {
    /// Whether the provider's rating leaves room for this one.
    pub fn allows(self, rating: Rating) -> bool {
        rating.is_judgement() && self.better <= rating && rating <= self.worse
    }

    /// `Green`, `Amber/Red`.
    pub fn word(self) -> String {
        if self.better == self.worse {
            self.better.word().to_string()
        } else {
            format!("{}/{}", self.better.word(), self.worse.word())
        }
    }
}

/// The one rating that a text states for certain, whatever its case; `None` for blanks, for a list of colours to choose from, for a change
/// from one to another, and where a remark takes the colour back.
pub fn rating_in(text: &str) -> Option<OwnRating> {
    let folded = fold(&text.replace('\u{fe0f}', ""));
    let named = ["rag rating", "rag status", "rag", "rating", "status", "rated"]
        .iter()
        .find_map(|word| folded.strip_prefix(word).filter(|rest| !rest.starts_with(char::is_alphanumeric)))
        .map_or(folded.as_str(), |rest| rest.trim_start_matches([':', '=', '-', ' ', '/']));
    let (first, behind) = colour(named)?;
    let mut rest = behind.trim_start();
    let (mut better, mut worse) = (first, first);
    if let Some((second, behind)) =
        rest.strip_prefix(['/', '-', '&']).and_then(|rest| colour(rest.trim_start()))
    {
        // Two apart, such as green/red, are a list to choose from; `G - Green` says the same twice.
        if first != second && !are_neighbours(first, second) {
            return None;
        }
        (better, worse) = (first.min(second), first.max(second));
        rest = behind.trim_start();
    } else {
        // A symbol beside its word says the same.
        while let Some((again, behind)) = colour(rest).filter(|(again, _)| *again == first) {
            (_, rest) = (again, behind.trim_start());
        }
    }
    let rest = rest.trim_matches(|c: char| {
        matches!(
            c,
            '*' | '.'
                | '!'
                | '\u{2191}'
                | '\u{2193}'
                | '\u{2192}'
                | '\u{2197}'
                | '\u{2198}'
                | '\u{25b2}'
                | '\u{25bc}'
                | ' '
        )
    });
    let mentions_another = rest
        .split(|c: char| !c.is_alphabetic())
        .any(|word| colour(word).is_some_and(|(_, rest)| rest.is_empty()));
    let agrees = rest.is_empty() || remark(rest, false) == Remark::Agrees;
    (agrees && !mentions_another).then_some(OwnRating { better, worse })
}

fn are_neighbours(first: Rating, second: Rating) -> bool {
    matches!(
        (first.min(second), first.max(second)),
        (Rating::Stretch, Rating::Green) | (Rating::Green, Rating::Amber) | (Rating::Amber, Rating::Red)
    )
}

/// The colour that a folded text starts with, and what stands behind it.
fn colour(text: &str) -> Option<(Rating, &str)> {
    let symbol = [
        ('\u{1f7e2}', Rating::Green),
        ('\u{1f7e0}', Rating::Amber),
        ('\u{1f7e1}', Rating::Amber),
        ('\u{1f534}', Rating::Red),
    ];
    if let Some(found) =
        symbol.iter().find_map(|(symbol, rating)| Some((*rating, text.strip_prefix(*symbol)?)))
    {
        return Some(found);
    }
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let rating = match word {
        "stretch" => Rating::Stretch,
        "green" | "g" => Rating::Green,
        "amber" | "a" => Rating::Amber,
        "red" | "r" => Rating::Red,
        _ => return None,
    };
    Some((rating, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_ways_of_stating_a_rating() {
        for (text, word) in [
            ("Green", "Green"),
            ("green ", "Green"),
            ("GREEN\u{a0}", "Green"),
            ("G", "Green"),
            ("a", "Amber"),
            ("R.", "Red"),
            ("Stretch", "Stretch"),
            ("RAG: Amber", "Amber"),
            ("RAG rating - red", "Red"),
            ("Status: Green", "Green"),
            ("Rated green", "Green"),
            ("\u{1f7e2}", "Green"),
            ("\u{1f7e1} Amber", "Amber"),
            ("Red \u{1f534}", "Red"),
            ("G - Green", "Green"),
            ("Green \u{2191}", "Green"),
            ("Green*", "Green"),
            ("Green (improving)", "Green"),
            ("Green - all visits done", "Green"),
            ("Amber/Red", "Amber/Red"),
            ("Red / Amber", "Amber/Red"),
            ("Amber/Green", "Green/Amber"),
            ("amber-red", "Amber/Red"),
            ("A/R", "Amber/Red"),
        ] {
            assert_eq!(rating_in(text).map(OwnRating::word).as_deref(), Some(word), "{text}");
        }
    }

    #[test]
    fn states_nothing_where_it_is_not_certain() {
        for text in [
            "",
            " ",
            "RAG",
            "Red/Amber/Green",
            "R/A/G",
            "Green/Red",
            "Green to Amber",
            "Red (was Amber)",
            "Green?",
            "Not green",
            "Green - but slipping",
            "Green - expected by May",
            "Greenwich",
            "A lot of work done",
            "amber light",
            "Blue",
            "Yellow",
            "N/A",
            "< Select >",
            "3",
            "Green 94%",
            "Amber, see red items",
            "RAGGED",
            "Grey",
            "On track",
        ] {
            assert_eq!(rating_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_rating_between_two_leaves_room_for_both() {
        let between = rating_in("Amber/Red").unwrap();
        let allowed: Vec<Rating> = Rating::ALL.into_iter().filter(|rating| between.allows(*rating)).collect();
        assert_eq!(allowed, [Rating::Amber, Rating::Red]);
        let green = rating_in("Green").unwrap();
        assert!(
            green.allows(Rating::Green) && !green.allows(Rating::Stretch) && !green.allows(Rating::NotRated)
        );
    }

    proptest! {
        #[test]
        fn no_text_panics_and_case_and_spaces_do_not_matter(text in "\\PC{0,20}|[gGrRaA/ ()-]{0,8}(green|Amber|red)?[ /-]?(x|GREEN|red)?") {
            let read = rating_in(&text);
            if text.is_ascii() {
                prop_assert_eq!(rating_in(&text.to_uppercase()), read);
                prop_assert_eq!(rating_in(&format!("\u{a0}{}\u{202f}", text.replace(' ', "\u{a0}"))), read);
            }
        }
    }
}
