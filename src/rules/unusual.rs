//! A figure far from the provider's own history.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "unusual",
    family: Family::Check,
    summary: "A figure lies further from the median of earlier periods than so many median absolute deviations.",
    documentation: "\
Settings: `table` (form/table), `items` and `column`; `periods`, how many earlier periods there must be at least; \
`deviations`, how many median absolute deviations are still usual.

All earlier periods with a figure are the history. Where more than half of them are equal the median deviation is zero and \
would flag every change; the mean deviation stands in, and one whole unit where all are equal. The finding is a warning that \
asks for a comment, never an error.

Example: `unusual = { table = \"f/t\", items = [\"new\"], column = \"total\", periods = 6, deviations = 3 }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Unusual {
    /// Form and table.
    pub table: String,
    /// Rows that are watched.
    pub items: Vec<String>,
    /// The column that is watched.
    pub column: String,
    /// Earlier periods needed at the least.
    pub periods: usize,
    /// Deviations still usual.
    pub deviations: u32,
}

/// What is usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usual {
    /// Median of the history.
    pub median: Quantity,
    /// Least usual figure, inclusive.
    pub least: Quantity,
    /// Greatest usual figure, inclusive.
    pub most: Quantity,
}

impl Unusual {
    /// What is usual, by `history`; `None` when it is too short.
    pub fn usual(&self, history: &[Quantity]) -> Option<Usual> {
        if history.len() < self.periods.max(1) {
            return None;
        }
        let middle = median(history);
        let distances: Vec<Quantity> = history.iter().map(|value| (*value - middle).abs()).collect();
        let mut deviation = median(&distances);
        if deviation.is_zero() {
            deviation = distances.iter().sum::<Quantity>() / Decimal::from(distances.len());
        }
        if deviation.is_zero() {
            deviation = Decimal::ONE;
        }
        let reach = deviation * Decimal::from(self.deviations);
        Some(Usual { median: middle, least: middle - reach, most: middle + reach })
    }
}

fn median(values: &[Quantity]) -> Quantity {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / Decimal::TWO }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        let rule: Unusual =
            toml::from_str("table = 'f/t'\nitems = ['new']\ncolumn = 'total'\nperiods = 6\ndeviations = 3")
                .unwrap();
        for (history, value, usual) in [
            // Median 11.5, median absolute deviation 0.5: from 10 to 13.
            (vec![10, 12, 11, 13, 12, 11], 13, Some(true)),
            (vec![10, 12, 11, 13, 12, 11], 14, Some(false)),
            (vec![10, 12, 11, 13, 12, 11], 10, Some(true)),
            (vec![10, 12, 11, 13, 12, 11], 9, Some(false)),
            (vec![10, 12, 11, 13, 12], 99, None),
            (vec![5, 5, 5, 5, 5, 5], 8, Some(true)),
            (vec![5, 5, 5, 5, 5, 5], 9, Some(false)),
            // Mean deviation 1/6: reach 0.5.
            (vec![0, 0, 0, 0, 0, 1], 0, Some(true)),
            (vec![0, 0, 0, 0, 0, 1], 1, Some(false)),
        ] {
            let figures: Vec<Quantity> = history.iter().map(|v: &i64| Quantity::from(*v)).collect();
            let judged = rule.usual(&figures).map(|range| {
                let value = Quantity::from(value);
                range.least <= value && value <= range.most
            });
            assert_eq!(judged, usual, "{history:?} then {value}");
        }
    }

    proptest! {
        #[test]
        fn what_is_usual_moves_with_the_figures_and_keeps_the_median_in(
            history in prop::collection::vec(0i64..200, 6..14),
            shift in 0i64..500,
        ) {
            let rule: Unusual =
                toml::from_str("table = 'f/t'\nitems = ['new']\ncolumn = 'total'\nperiods = 6\ndeviations = 3").unwrap();
            let usual = |by: i64| {
                let figures: Vec<Quantity> = history.iter().map(|value| Quantity::from(value + by)).collect();
                rule.usual(&figures).unwrap()
            };
            let (own, moved) = (usual(0), usual(shift));
            prop_assert!(own.least < own.median && own.median < own.most);
            prop_assert_eq!(moved.most - own.most, Quantity::from(shift));
            prop_assert_eq!(moved.least - own.least, Quantity::from(shift));
        }
    }
}
