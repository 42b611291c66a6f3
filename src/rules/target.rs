//! A target: met is green, missed is red.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::figure::{Bound, Figure};
use super::{Family, RuleKind};
use crate::domain::rating::Rating;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "target",
    family: Family::Rating,
    summary: "A target met is green, a target missed is red.",
    documentation: "\
Settings: `at-least` or `at-most`, one of them: a number (`2`) or a percentage (`\"95%\"`). `amber-margin`, where \
agreed locally: how far from the target a missed figure is still amber.

The figure itself is compared, never a rounded one: 19 of 20 meets 95%, 18 of 19 does not.

Example: `rule = { target = { at-least = \"95%\" } }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", try_from = "Written")]
pub struct Target {
    /// The bound.
    pub bound: Bound,
    /// Whether larger figures are better.
    pub higher_is_better: bool,
    /// How far beyond the target a figure is still amber; zero where the contract has no amber.
    pub amber_margin: Decimal,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    at_least: Option<Bound>,
    at_most: Option<Bound>,
    amber_margin: Option<Bound>,
}

impl TryFrom<Written> for Target {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let (bound, higher_is_better) = match (written.at_least, written.at_most) {
            (Some(bound), None) => (bound, true),
            (None, Some(bound)) => (bound, false),
            _ => return Err("a target needs one of `at-least` and `at-most`".into()),
        };
        let amber_margin = written.amber_margin.map_or(Decimal::ZERO, |margin| margin.value);
        if amber_margin < Decimal::ZERO {
            return Err("`amber-margin` is a distance from the target and cannot be negative".into());
        }
        Ok(Self { bound, higher_is_better, amber_margin })
    }
}

impl Target {
    /// Rates a figure.
    pub fn rate(&self, figure: &Figure) -> Rating {
        let met =
            |bound| if self.higher_is_better { figure.is_at_least(bound) } else { figure.is_at_most(bound) };
        if met(self.bound.value) {
            return Rating::Green;
        }
        let margin = if self.higher_is_better { -self.amber_margin } else { self.amber_margin };
        if !self.amber_margin.is_zero() && met(self.bound.value + margin) {
            Rating::Amber
        } else {
            Rating::Red
        }
    }

    /// The target in words: `>= 95%`.
    pub fn describe(&self) -> String {
        format!("{} {}", if self.higher_is_better { ">=" } else { "<=" }, self.bound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn target(toml: &str) -> Target {
        toml::from_str(toml).unwrap()
    }

    fn share(numerator: u32, denominator: u32) -> Figure {
        Figure::Share { numerator: numerator.into(), denominator: denominator.into() }
    }

    #[test]
    fn table_of_cases() {
        for (settings, figure, rating) in [
            ("at-least = 2", Figure::Amount(2.into()), Rating::Green),
            ("at-least = 2", Figure::Amount(3.into()), Rating::Green),
            ("at-least = 2", Figure::Amount(1.into()), Rating::Red),
            ("at-least = 2", Figure::Amount(0.into()), Rating::Red),
            ("at-least = '95%'", share(19, 20), Rating::Green),
            ("at-least = '95%'", share(18, 19), Rating::Red),
            ("at-least = '95%'", share(9496, 10000), Rating::Red),
            ("at-least = '95%'", share(21, 22), Rating::Green),
            ("at-least = '90%'", share(9, 10), Rating::Green),
            ("at-least = '90%'", share(8, 9), Rating::Red),
            ("at-least = '80%'", share(4, 5), Rating::Green),
            ("at-least = '80%'", share(79, 99), Rating::Red),
            ("at-least = '75%'", share(3, 4), Rating::Green),
            ("at-least = '30%'", share(3, 10), Rating::Green),
            ("at-least = '30%'", share(2, 7), Rating::Red),
            ("at-least = '100%'", share(7, 7), Rating::Green),
            ("at-least = '100%'", share(999, 1000), Rating::Red),
            ("at-most = 3", Figure::Amount(3.into()), Rating::Green),
            ("at-most = 3", Figure::Amount(4.into()), Rating::Red),
            ("at-least = '95%'\namber-margin = '5%'", share(9, 10), Rating::Amber),
            ("at-least = '95%'\namber-margin = '5%'", share(89, 100), Rating::Red),
        ] {
            assert_eq!(target(settings).rate(&figure), rating, "{settings}: {figure:?}");
        }
    }

    #[test]
    fn needs_exactly_one_bound() {
        for settings in ["", "at-least = 1\nat-most = 2", "at-last = 1", "at-least = 'most'"] {
            assert!(toml::from_str::<Target>(settings).is_err(), "{settings}");
        }
    }

    proptest! {
        /// In whole numbers there is nothing to round.
        #[test]
        fn a_share_meets_a_percentage_exactly_when_its_parts_do(part in 0u32..5000, whole in 1u32..5000, percent in 0u32..=100) {
            let part = part.min(whole);
            let rated = target(&format!("at-least = '{percent}%'")).rate(&share(part, whole));
            let met = u64::from(part) * 100 >= u64::from(percent) * u64::from(whole);
            prop_assert_eq!(rated, if met { Rating::Green } else { Rating::Red });
        }

        #[test]
        fn a_margin_makes_amber_of_red_and_touches_nothing_else(part in 0u32..200, margin in 1u32..20) {
            let figure = share(part, 200);
            let plain = target("at-least = '90%'").rate(&figure);
            let rated = target(&format!("at-least = '90%'\namber-margin = '{margin}%'")).rate(&figure);
            let expected = if plain == Rating::Red && part + 2 * margin >= 180 { Rating::Amber } else { plain };
            prop_assert_eq!(rated, expected);
        }
    }
}
