//! Figures and the bounds they are held against, compared exactly.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};

use crate::domain::quantity::{Quantity, from_float, plain};

/// A figure to be rated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// A number by itself.
    Amount(Quantity),
    /// A share; the denominator is not zero.
    Share {
        /// Numerator.
        numerator: Quantity,
        /// Denominator, not zero.
        denominator: Quantity,
    },
}

impl Figure {
    /// Whether the figure is at least `bound`, without dividing: 19 of 20 is exactly 95%.
    pub fn is_at_least(&self, bound: Quantity) -> bool {
        match self {
            Figure::Amount(value) => *value >= bound,
            Figure::Share { numerator, denominator } => *numerator >= bound * denominator,
        }
    }

    /// Whether the figure is at most `bound`, without dividing.
    pub fn is_at_most(&self, bound: Quantity) -> bool {
        match self {
            Figure::Amount(value) => *value <= bound,
            Figure::Share { numerator, denominator } => *numerator <= bound * denominator,
        }
    }

    /// The value; shares as fractions of 1.
    pub fn value(&self) -> Quantity {
        match self {
            Figure::Amount(value) => *value,
            Figure::Share { numerator, denominator } => {
                numerator.checked_div(*denominator).unwrap_or_default()
            }
        }
    }
}

/// A bound as a definition writes it: `2`, or `"95%"` for a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The bound; shares as fractions of 1.
    pub value: Quantity,
    /// Whether it was written as a percentage.
    pub percent: bool,
}

impl Bound {
    /// Reads `2`, `2.5` or `95%`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_suffix('%') {
            Some(number) => {
                let value: Decimal = number.trim().parse().ok()?;
                Some(Self { value: value / Decimal::ONE_HUNDRED, percent: true })
            }
            None => Some(Self { value: text.parse().ok()?, percent: false }),
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.percent {
            write!(f, "{}%", plain(self.value * Decimal::ONE_HUNDRED))
        } else {
            write!(f, "{}", plain(self.value))
        }
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Bound;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                write!(f, "a number such as 2, or a percentage in quotation marks such as \"95%\"")
            }

            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Bound, E> {
                Ok(Bound { value: value.into(), percent: false })
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Bound, E> {
                let unexpected = serde::de::Unexpected::Float(value);
                let value = from_float(value).ok_or_else(|| E::invalid_value(unexpected, &self))?;
                Ok(Bound { value, percent: false })
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Bound, E> {
                Bound::parse(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_bounds_as_written() {
        assert_eq!(Bound::parse("95%").map(|b| b.to_string()).as_deref(), Some("95%"));
        assert_eq!(Bound::parse("2").map(|b| b.to_string()).as_deref(), Some("2"));
        assert_eq!(Bound::parse("12.5 %").map(|b| b.to_string()).as_deref(), Some("12.5%"));
        assert_eq!(Bound::parse("most"), None);
    }

    proptest! {
        #[test]
        fn a_share_is_compared_without_rounding(n in 0u64..100_000, d in 1u64..100_000, t in 0u64..=100) {
            let figure = Figure::Share { numerator: n.into(), denominator: d.into() };
            let bound = Decimal::from(t) / Decimal::ONE_HUNDRED;
            prop_assert_eq!(figure.is_at_least(bound), n * 100 >= t * d);
            prop_assert_eq!(figure.is_at_most(bound), n * 100 <= t * d);
        }
    }
}
