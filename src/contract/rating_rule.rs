//! How a definition rates a KPI.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;
use crate::domain::text::target_in_words;
use crate::rules::bands::Bands;
use crate::rules::figure::Figure;
use crate::rules::target::Target;

/// As many steps as are tried towards a better rating.
const MOST_STEPS: u32 = 500;

/// How a KPI is rated.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatingRule {
    /// A target, met or missed.
    Target(Target),
    /// Bands.
    Bands(Box<Bands>),
}

/// A rating, and what it rests on beyond the figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The rating; invalid where the contract leaves the figure open and nothing is decided.
    pub rating: Rating,
    /// How an open point is read, where the rating depends on it.
    pub note: Option<String>,
}

impl RatingRule {
    /// Rates a figure.
    pub fn rate(&self, figure: &Figure) -> Judged {
        match self {
            RatingRule::Target(target) => Judged { rating: target.rate(figure), note: None },
            RatingRule::Bands(bands) => {
                let banded = bands.rate(figure);
                let note = banded.open.then(|| match &bands.open {
                    Some(open) => open.note.clone(),
                    None => {
                        "The contract's bands leave this figure open, and nothing is decided.".to_string()
                    }
                });
                Judged { rating: banded.rating.unwrap_or(Rating::Invalid), note }
            }
        }
    }

    /// What is asked, by its parts: `>= 95%`, or a part a band.
    pub fn describe(&self) -> Vec<String> {
        match self {
            RatingRule::Target(target) => vec![target.describe()],
            RatingRule::Bands(bands) => bands.describe(),
        }
    }

    /// What meets it, in words: `at least 95%`; of bands the green one.
    pub fn aim(&self) -> String {
        match self {
            RatingRule::Target(target) => target_in_words(&target.describe()),
            RatingRule::Bands(bands) => {
                let best = bands.green.or(bands.stretch);
                let worst_included =
                    best.and_then(|band| if self.lower_is_better() { band.high } else { band.low });
                match (worst_included, self.lower_is_better()) {
                    (Some((bound, _)), false) if bound.percent && bound.value == Quantity::ONE => {
                        bound.to_string()
                    }
                    (Some((bound, true)), false) => format!("at least {bound}"),
                    (Some((bound, false)), false) => format!("more than {bound}"),
                    (Some((bound, true)), true) => format!("at most {bound}"),
                    (Some((bound, false)), true) => format!("less than {bound}"),
                    (None, _) => best.map(|band| band.describe()).unwrap_or_default(),
                }
            }
        }
    }

    /// How many more (or fewer, where less is better) would have been rated better, and how; only of whole numbers.
    pub fn short_of(&self, figure: &Figure) -> Option<(u32, Rating)> {
        let own = self.rate(figure).rating;
        if !matches!(own, Rating::Amber | Rating::Red) {
            return None;
        }
        let whole = |value: &Quantity| value.is_integer();
        (1..=MOST_STEPS).find_map(|steps| {
            let by = Quantity::from(steps);
            let moved = match figure {
                Figure::Share { numerator, denominator } if whole(numerator) && whole(denominator) => {
                    let numerator = if self.lower_is_better() { *numerator - by } else { *numerator + by };
                    (numerator >= Quantity::ZERO && numerator <= *denominator)
                        .then_some(Figure::Share { numerator, denominator: *denominator })
                }
                Figure::Amount(value) if whole(value) => {
                    let value = if self.lower_is_better() { *value - by } else { *value + by };
                    (value >= Quantity::ZERO).then_some(Figure::Amount(value))
                }
                _ => None,
            }?;
            let better = self.rate(&moved).rating;
            (better < own).then_some((steps, better))
        })
    }

    /// The bounds no rounding may cross.
    pub fn bounds(&self) -> Vec<Quantity> {
        match self {
            RatingRule::Target(target) => vec![target.bound.value],
            RatingRule::Bands(bands) => bands.bounds(),
        }
    }

    /// Whether smaller figures are better.
    pub fn lower_is_better(&self) -> bool {
        match self {
            RatingRule::Target(target) => !target.higher_is_better,
            RatingRule::Bands(bands) => bands.lower_is_better(),
        }
    }
}

/// What can be varied by agreement: values with the day from which each holds, in order of that day; the first holds from the
/// beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T>(Vec<(Option<NaiveDate>, T)>);

impl<T> Dated<T> {
    /// One value for always.
    pub fn always(value: T) -> Self {
        Self(vec![(None, value)])
    }

    /// No value at all.
    pub fn never() -> Self {
        Self(Vec::new())
    }

    /// A further value from `day`, inclusive, on.
    pub fn and_from(mut self, day: Option<NaiveDate>, value: T) -> Self {
        let at = self.0.partition_point(|(from, _)| *from <= day);
        self.0.insert(at, (day, value));
        self
    }

    /// The value in force on `day`.
    pub fn on(&self, day: NaiveDate) -> Option<&T> {
        self.0.iter().rev().find(|(from, _)| from.is_none_or(|from| from <= day)).map(|(_, value)| value)
    }

    /// Every value with the day from which it holds; `None` is the beginning.
    pub fn all(&self) -> impl Iterator<Item = (Option<NaiveDate>, &T)> {
        self.0.iter().map(|(from, value)| (*from, value))
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Case {
        rule: RatingRule,
    }

    fn rule(text: &str) -> RatingRule {
        toml::from_str::<Case>(&format!("rule = {text}")).map(|case| case.rule).unwrap()
    }

    #[test]
    fn what_meets_it_and_how_far_a_figure_is() {
        let visits = r#"{ bands = { green = "100%", amber = "90%", red = { below = "80%" }, open = { rated = "amber", note = "" } } }"#;
        let reports = r#"{ bands = { stretch = "100%", green = { from = "90%", below = "100%" }, amber = { from = "60%", below = "90%" }, red = { below = "60%" } } }"#;
        let returned = "{ bands = { stretch = 0, green = 1, amber = 2, red = { from = 3 } } }";
        let share = |n: u32, d: u32| Figure::Share { numerator: n.into(), denominator: d.into() };
        for (text, aim, figure, short_of) in [
            (visits, "100%", share(5, 7), Some((1, Rating::Amber))),
            (visits, "100%", share(6, 7), Some((1, Rating::Green))),
            (visits, "100%", share(7, 7), None),
            (reports, "at least 90%", share(2, 6), Some((2, Rating::Amber))),
            (reports, "at least 90%", share(9, 10), None),
            (returned, "at most 1", Figure::Amount(5.into()), Some((3, Rating::Amber))),
            (returned, "at most 1", Figure::Amount(2.into()), Some((1, Rating::Green))),
            (r#"{ target = { at-least = "95%" } }"#, "at least 95%", share(17, 19), Some((2, Rating::Green))),
            ("{ target = { at-most = 2 } }", "at most 2", Figure::Amount(5.into()), Some((3, Rating::Green))),
        ] {
            let rule = rule(text);
            assert_eq!((rule.aim().as_str(), rule.short_of(&figure)), (aim, short_of), "{text} {figure:?}");
        }
    }

    #[test]
    fn the_value_in_force_on_a_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let units = Dated::always(6).and_from(Some(day("2023-01-01")), 7);
        for (on, value) in [("2022-04-01", 6), ("2022-12-31", 6), ("2023-01-01", 7), ("2030-01-01", 7)] {
            assert_eq!(units.on(day(on)), Some(&value), "{on}");
        }
        let later = Dated::never().and_from(Some(day("2024-04-01")), 1);
        assert_eq!(later.on(day("2024-03-31")), None);
        assert_eq!(later.on(day("2024-04-01")), Some(&1));
    }
}
