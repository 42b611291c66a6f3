//! Small numbers in a paper for a committee: which figures tell of so few people that they could be told apart.

use rust_decimal::Decimal;

use super::figure::Figure;
use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;

/// The threshold where the definition names none: the one that public bodies use most.
pub const BELOW: u32 = 5;
/// The highest threshold a definition may set.
pub const HIGHEST: u32 = 100;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "suppress-below",
    family: Family::Publication,
    summary: "Counts below a threshold are suppressed in the paper for a committee.",
    documentation: "\
Settings of the contract's `committee`: `suppress-below`, the least count that is shown (5 unless it is given; 1 suppresses nothing, 100 \
is the most); `counts-no-people`, the references of KPIs that count meetings, vehicles or the like, whose figures are shown however small.

A count above zero and below the threshold is small. Zero is about nobody and is shown, unless the rating beside a small count would \
then name the count itself; zero is then suppressed with the small counts. Where even that would not do (bands of one count each), the \
rating of a small count is withheld. A share is suppressed whole, with its percentage, numerator and denominator, when its numerator, its \
denominator or what lies between them is small, or when its numerators are not known; its rating stays, unless its denominator can be \
read elsewhere and the rating would then name the numerator. Hours, pounds, days, scores and answers of yes or no are no counts.

What is left is looked at together: where a suppressed figure could be worked out from a total and the other areas, a further figure is \
suppressed. A figure that was changed by less than the threshold since an earlier version of its return is suppressed too.

Example: `committee = { suppress-below = 10, counts-no-people = [\"3\"] }`",
};

/// What a definition sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The least count that is shown; at least 1.
    pub below: u32,
    /// References of KPIs whose figures are shown however small.
    pub no_people: Vec<String>,
}

impl Default for Suppression {
    fn default() -> Self {
        Self { below: BELOW, no_people: Vec::new() }
    }
}

/// What of a KPI's small counts may be seen beside their suppression. It follows from the bands alone, never from a figure, so that it
/// tells nothing of any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BesideSmall {
    /// Whether zero is suppressed as small counts are.
    pub zero_too: bool,
    /// Whether the rating stays.
    pub rating: bool,
}

impl Suppression {
    /// Whether a number of people is small: not zero, and below the threshold.
    pub fn is_small(&self, number: Quantity) -> bool {
        let number = number.abs();
        !number.is_zero() && number < Decimal::from(self.below)
    }

    /// Whether a share tells of few people: by its numerator, its denominator, or what lies between them.
    pub fn is_small_share(&self, numerator: Quantity, denominator: Quantity) -> bool {
        [numerator, denominator, denominator - numerator].into_iter().any(|number| self.is_small(number))
    }

    /// What may be seen beside the small counts of a KPI that is so rated. A rating stays where no count would be the only one so rated.
    pub fn beside_small(&self, rate: &dyn Fn(&Figure) -> Option<Rating>) -> BesideSmall {
        let rated = |from: u32| -> Vec<Option<Rating>> {
            (from..self.below).map(|number| rate(&Figure::Amount(number.into()))).collect()
        };
        if none_alone(&rated(1)) {
            return BesideSmall { zero_too: false, rating: true };
        }
        if none_alone(&rated(0)) {
            return BesideSmall { zero_too: true, rating: true };
        }
        // “Fewer than 2” would be 1 if zero were shown.
        BesideSmall { zero_too: self.below == 2, rating: false }
    }

    /// Whether the rating of a suppressed share may stay where its denominator is known: no numerator that would be suppressed may be
    /// the only one so rated.
    pub fn rating_beside_known(
        &self,
        denominator: Quantity,
        may_exceed: bool,
        rate: &dyn Fn(&Figure) -> Option<Rating>,
    ) -> bool {
        let small = || (1..self.below).map(Decimal::from);
        let mut numerators: Vec<Quantity> = small().collect();
        numerators.extend(small().map(|number| denominator - number));
        if may_exceed {
            numerators.extend(small().map(|number| denominator + number));
        }
        numerators.retain(|numerator| !numerator.is_sign_negative());
        numerators.sort_unstable();
        numerators.dedup();
        let ratings: Vec<Option<Rating>> =
            numerators.into_iter().map(|numerator| rate(&Figure::Share { numerator, denominator })).collect();
        none_alone(&ratings)
    }
}

fn none_alone(ratings: &[Option<Rating>]) -> bool {
    ratings.iter().all(|own| ratings.iter().filter(|other| *other == own).count() != 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(below: u32) -> Suppression {
        Suppression { below, no_people: Vec::new() }
    }

    #[test]
    fn a_small_number_is_above_zero_and_below_the_threshold() {
        for (threshold, number, small) in [
            (5, "0", false),
            (5, "0.5", true),
            (5, "1", true),
            (5, "4", true),
            (5, "4.75", true),
            (5, "5", false),
            (5, "-3", true),
            (1, "1", false),
            (2, "1", true),
            (2, "2", false),
            (10, "9", true),
            (10, "10", false),
        ] {
            assert_eq!(
                below(threshold).is_small(number.parse().unwrap()),
                small,
                "{number} below {threshold}"
            );
        }
    }

    #[test]
    fn a_share_is_small_by_any_of_its_three_numbers() {
        for (numerator, denominator, small) in [
            (0, 0, false),
            // Nobody of three tells of three people.
            (0, 3, true),
            (3, 3, true),
            (0, 5, false),
            (5, 5, false),
            (0, 4, true),
            (1, 20, true),
            (4, 20, true),
            (5, 20, false),
            (15, 20, false),
            (16, 20, true),
            (19, 20, true),
            (20, 20, false),
            // More than all, such as hours beyond those commissioned.
            (24, 20, true),
            (25, 20, false),
        ] {
            let found = below(5).is_small_share(numerator.into(), denominator.into());
            assert_eq!(found, small, "{numerator} of {denominator}");
        }
    }

    #[test]
    fn a_rating_stays_where_it_names_no_count() {
        use Rating::{Amber, Green, Red, Stretch};
        let stays = |zero_too, rating| BesideSmall { zero_too, rating };
        for (threshold, ratings, expected) in [
            // Not rated at all: every small count alike.
            (5, &[None, None, None, None, None][..], stays(false, true)),
            // At least 2: red would be 1, unless zero is suppressed too.
            (5, &[Some(Red), Some(Red), Some(Green), Some(Green), Some(Green)], stays(true, true)),
            // None, 1 to 2, 3 or more.
            (5, &[Some(Green), Some(Amber), Some(Amber), Some(Red), Some(Red)], stays(false, true)),
            // A band a count: the rating would be the count.
            (5, &[Some(Stretch), Some(Green), Some(Amber), Some(Red), Some(Red)], stays(false, false)),
            // “Fewer than 2” is 1 wherever zero is shown.
            (2, &[None, None], stays(true, true)),
            (2, &[Some(Green), Some(Red)], stays(true, false)),
            (1, &[Some(Green)], stays(false, true)),
        ] {
            let rate = |figure: &Figure| ratings[usize::try_from(figure.value().mantissa()).unwrap()];
            assert_eq!(below(threshold).beside_small(&rate), expected, "{ratings:?}");
        }
    }

    #[test]
    fn a_known_denominator_may_turn_a_rating_into_a_numerator() {
        let at_least = |percent: i64| {
            move |figure: &Figure| {
                let met = figure.is_at_least(Decimal::new(percent, 2));
                Some(if met { Rating::Green } else { Rating::Red })
            }
        };
        for (denominator, percent, stays) in [
            // Of 20 and suppressed, only 19 meets 95%; of 90, 86 to 89 do.
            (20, 95, false),
            (90, 95, true),
            // Of 6 and suppressed (1 to 5), only 5 meets 80%.
            (6, 80, false),
            (6, 100, true),
        ] {
            let found = below(5).rating_beside_known(denominator.into(), false, &at_least(percent));
            assert_eq!(found, stays, "{denominator} at {percent}%");
        }
    }
}
