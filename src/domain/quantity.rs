//! Exact figures and how they are shown.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An exact number. Shares are fractions of 1, never percentages.
pub type Quantity = Decimal;

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A share of 1, shown as a percentage.
    Percent,
    /// A whole number of things.
    Count,
    /// Hours, fractions allowed.
    Hours,
    /// Pounds.
    Pounds,
    /// Days, fractions allowed.
    Days,
    /// An answer of yes or no.
    Answer,
    /// A score, or a mean of scores.
    Score,
    /// A number of anything, fractions allowed, such as an average headcount.
    Number,
}

impl Unit {
    /// Whether fractions of the unit make sense.
    pub fn is_whole(self) -> bool {
        self == Unit::Count
    }
}

/// The number a spreadsheet's floating value stands for: 15 significant digits, which is what Excel
/// keeps and shows (7.000000000000001 is 7). What is left where a spreadsheet takes equal figures from each other, less than a
/// million-millionth, is 0. `None` for what is not finite or beyond [`is_in_reach`].
pub fn from_float(value: f64) -> Option<Quantity> {
    if !value.is_finite() || value.abs() >= 1e15 {
        return None;
    }
    if value.abs() < 1e-12 {
        return Some(Decimal::ZERO);
    }
    // Whole numbers of up to fifteen digits are as they stand; most figures are.
    if value.fract() == 0.0 {
        return Some(Decimal::from(value as i64).normalize());
    }
    Decimal::from_scientific(&format!("{value:.14e}")).ok().map(|d| d.normalize())
}

/// Whether a figure is small enough to be reckoned with: below a thousand million million either way. What is larger is no figure of
/// a return, and sums and products of such figures would leave what a [`Quantity`] can hold.
pub fn is_in_reach(value: Quantity) -> bool {
    value.abs() < Decimal::from(1_000_000_000_000_000_u64)
}

/// `numerator / denominator` as a fraction of 1; `None` when the denominator is zero.
pub fn share(numerator: Quantity, denominator: Quantity) -> Option<Quantity> {
    numerator.checked_div(denominator)
}

/// Rounds to `places`, but never across or onto a threshold the exact value does not meet: 0.9496 against 0.95 gives
/// 0.949 at three places, not 0.950.
pub fn round_without_contradiction(value: Quantity, places: u32, thresholds: &[Quantity]) -> Quantity {
    let rounded = value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let crosses = |shown: Quantity| {
        thresholds.iter().any(|threshold| value.cmp(threshold) != shown.cmp(threshold) && value != *threshold)
    };
    if !crosses(rounded) {
        return rounded;
    }
    let towards_zero = value.round_dp_with_strategy(places, RoundingStrategy::ToZero);
    if !crosses(towards_zero) {
        return towards_zero;
    }
    let away = value.round_dp_with_strategy(places, RoundingStrategy::AwayFromZero);
    if !crosses(away) {
        away
    } else if places < 8 {
        round_without_contradiction(value, places + 1, thresholds)
    } else {
        value
    }
}

/// A figure as an officer would write it: `94.9%`, `1,234`, `12.5`, `£10,000`.
pub fn show(value: Quantity, unit: Unit, thresholds: &[Quantity]) -> String {
    match unit {
        Unit::Percent => {
            let shown = round_without_contradiction(value, 3, thresholds) * Decimal::ONE_HUNDRED;
            format!("{}%", group(&plain(shown)))
        }
        Unit::Pounds => format!(
            "£{}",
            group(&plain(value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)))
        ),
        Unit::Score => plain(round_without_contradiction(value, 1, thresholds)),
        Unit::Count | Unit::Hours | Unit::Days | Unit::Answer | Unit::Number => {
            group(&plain(round_without_contradiction(value, 2, thresholds)))
        }
    }
}

/// A number without exponent and trailing zeros.
pub fn plain(value: Quantity) -> String {
    value.normalize().to_string()
}

fn group(number: &str) -> String {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("−", rest));
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(w, f)| (w, Some(f)));
    if sign.is_empty() && whole.len() <= 3 {
        return number.to_string();
    }
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn takes_what_excel_means() {
        assert_eq!(from_float(7.000000000000001), Some(d("7")));
        assert_eq!(from_float(0.1 + 0.2), Some(d("0.3")));
        assert_eq!(from_float(-0.0), Some(d("0")));
        assert_eq!(from_float(0.3 - 0.1 - 0.2), Some(d("0")));
        assert_eq!(from_float(-5e-324), Some(d("0")));
        assert_eq!(from_float(0.000001), Some(d("0.000001")));
        assert_eq!(from_float(f64::NAN), None);
        assert_eq!(from_float(1e300), None);
        assert_eq!(from_float(1e15), None);
        assert!(from_float(999_999_999_999_999.0).is_some_and(is_in_reach));
        assert!(!is_in_reach(d("-1000000000000000")));
    }

    #[test]
    fn shows_no_figure_that_contradicts_its_rating() {
        let target = [d("0.95")];
        assert_eq!(show(d("0.9496"), Unit::Percent, &target), "94.9%");
        assert_eq!(show(d("0.95"), Unit::Percent, &target), "95%");
        assert_eq!(show(d("0.9999999"), Unit::Percent, &[Decimal::ONE]), "99.9%");
        assert_eq!(show(d("0.8333333"), Unit::Percent, &target), "83.3%");
        assert_eq!(show(d("1234.5"), Unit::Hours, &[]), "1,234.5");
        assert_eq!(show(d("-3"), Unit::Count, &[]), "−3");
    }

    proptest! {
        #[test]
        fn rounding_keeps_the_side_of_the_target(n in 0u32..2000, m in 1u32..2000, t in 0u32..=100) {
            let value = share(Decimal::from(n), Decimal::from(m)).unwrap();
            let target = Decimal::new(i64::from(t), 2);
            let shown = round_without_contradiction(value, 3, &[target]);
            prop_assert_eq!(value.cmp(&target), shown.cmp(&target));
        }
    }
}
