//! How a definition rates a KPI.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;
use crate::rules::bands::Bands;
use crate::rules::figure::Figure;
use crate::rules::target::Target;

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

    /// What is asked, as it stands in results: `>= 95%`, or the bands.
    pub fn describe(&self) -> String {
        match self {
            RatingRule::Target(target) => target.describe(),
            RatingRule::Bands(bands) => bands.describe(),
        }
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
