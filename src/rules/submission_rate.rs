//! Timeliness and accuracy: returns that met it, of those that count, over a window.

use rust_decimal::Decimal;

use super::figure::Figure;
use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "submission-rate",
    family: Family::Rating,
    summary: "The share of returns in a window that came in time, or whose first version had no error.",
    documentation: "\
Settings, under `[[submission-kpis]]`: `id` (`timeliness` or `accuracy`), `target` (leave out for not rated), `clause`.

Windows: the review period, and the twelve months ending with it. Timeliness counts returns received or past due; accuracy \
counts returns received. A return whose date is unproven stands outside timeliness. While a twelve-month window reaches back before \
the contract's start, or holds returns whose dates are unproven, a figure below target is provisional unless the target can \
no longer be reached.

Example: one late of 24 is 95.8% and meets 95%, two are 91.7% and do not.",
};

/// Returns of a window, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Returns that count.
    pub due: u32,
    /// Of those, the ones that met it.
    pub met: u32,
    /// Returns of the first twelve months that may still come to count, or whose dates may yet be proven.
    pub to_come: u32,
}

impl Count {
    /// Rates the count; a target of `None` is not rated.
    pub fn rate(&self, target: Option<Quantity>) -> Rating {
        match (self.figure(), target) {
            (None, _) => Rating::NoActivity,
            (_, None) => Rating::NotRated,
            (Some(figure), Some(target)) if figure.is_at_least(target) => Rating::Green,
            _ => Rating::Red,
        }
    }

    /// `met / due` as a fraction of 1; `None` when nothing counts.
    pub fn value(&self) -> Option<Quantity> {
        self.figure().map(|figure| figure.value())
    }

    /// Whether the target could still be reached if everything to come met it.
    pub fn can_still_reach(&self, target: Quantity) -> bool {
        let best = Figure::Share {
            numerator: Decimal::from(self.met + self.to_come),
            denominator: Decimal::from((self.due + self.to_come).max(1)),
        };
        self.to_come > 0 && best.is_at_least(target)
    }

    fn figure(&self) -> Option<Figure> {
        (self.due > 0).then(|| Figure::Share {
            numerator: Decimal::from(self.met),
            denominator: Decimal::from(self.due),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        let target = Decimal::new(95, 2);
        for (due, met, to_come, rating, reachable) in [
            (24, 23, 0, Rating::Green, false),
            (24, 22, 0, Rating::Red, false),
            (24, 24, 0, Rating::Green, false),
            (6, 5, 0, Rating::Red, false),
            (6, 6, 0, Rating::Green, false),
            (6, 5, 18, Rating::Red, true),
            (6, 4, 18, Rating::Red, false),
            (0, 0, 24, Rating::NoActivity, true),
        ] {
            let count = Count { due, met, to_come };
            assert_eq!(count.rate(Some(target)), rating, "{count:?}");
            assert_eq!(count.can_still_reach(target), reachable, "{count:?}");
        }
        assert_eq!(Count { due: 6, met: 0, to_come: 0 }.rate(None), Rating::NotRated);
    }

    proptest! {
        #[test]
        fn what_can_no_longer_be_reached_is_not_reached(due in 0u32..30, met in 0u32..30, to_come in 0u32..30, more in 0u32..30) {
            let target = Decimal::new(95, 2);
            let met = met.min(due);
            let count = Count { due, met, to_come };
            let come = more.min(to_come);
            let then = Count { due: due + to_come, met: met + come, to_come: 0 };
            if to_come > 0 && !count.can_still_reach(target) {
                prop_assert_eq!(then.rate(Some(target)), Rating::Red);
            }
            if to_come > 0 && come == to_come && count.can_still_reach(target) {
                prop_assert_eq!(then.rate(Some(target)), Rating::Green);
            }
        }
    }
}
