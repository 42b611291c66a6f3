//! The market benchmark: median, quartiles and rank of a figure among all providers of a contract.

use rust_decimal::Decimal;

use super::{Family, RuleKind};
use crate::domain::better::Better;
use crate::domain::quantity::Quantity;
use crate::review::benchmark::Spread;

/// Figures without which quartiles say nothing.
pub const FEWEST: usize = 3;

/// Figures from which on there is a benchmark, unless the definition says otherwise (source 001, “market benchmarking”: fewer would
/// tell one provider's figure to another).
pub const AT_LEAST: usize = 5;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "benchmark",
    family: Family::Measure,
    summary: "Providers are compared by median, quartiles and rank of each KPI.",
    documentation: "\
Settings of the contract's `benchmark`: `clause`; `at-least`, the number of figures without which nothing is compared (5 unless it \
is given, never below 3); `reading`.

The figures of one KPI and period are compared, exactly as they are. The quartiles are interpolated between the closest ranks, both \
ends included, as Excel's QUARTILE.INC does it; the median is the middle one, or the mean of the two in the middle. Equal figures \
share a rank. The best figure has rank 1; a KPI that is rated knows by its rule whether higher figures are better, another may say so \
with `better = \"higher\"` or `better = \"lower\"`, and where nothing is said the highest has rank 1 and no end is called the better.

Figures for a part of a period, figures that cannot be used and figures with an open error are left out and named with the reason.

Example: `benchmark = { clause = \"KPI timetable\", at-least = 5 }`",
};

/// Median and quartiles; `None` without any figure.
pub fn spread(values: &[Quantity]) -> Option<Spread> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    Some(Spread {
        number: sorted.len(),
        lower: quarter(&sorted, 1)?,
        median: quarter(&sorted, 2)?,
        upper: quarter(&sorted, 3)?,
    })
}

/// The value so many quarters of the way from the first to the last of `sorted`, both included.
fn quarter(sorted: &[Quantity], quarters: usize) -> Option<Quantity> {
    let steps = quarters * sorted.len().checked_sub(1)?;
    let (at, rest) = (steps / 4, steps % 4);
    let below = *sorted.get(at)?;
    let above = sorted.get(at + 1).copied().unwrap_or(below);
    Some(below + (above - below) * Decimal::new(25 * rest as i64, 2))
}

/// The rank of each of `values`, from 1: the better the figure the lower its number, equal figures alike. Without a better end the
/// highest has rank 1.
pub fn ranks(values: &[Quantity], better: Option<Better>) -> Vec<usize> {
    let ahead = |own: &Quantity, other: &Quantity| match better {
        Some(Better::Lower) => other < own,
        Some(Better::Higher) | None => other > own,
    };
    values.iter().map(|own| values.iter().filter(|other| ahead(own, other)).count() + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::benchmark::Quarter;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn table_of_cases() {
        // As QUARTILE.INC gives them.
        for (values, lower, median, upper) in [
            (&["7"][..], "7", "7", "7"),
            (&["1", "2"], "1.25", "1.5", "1.75"),
            (&["3", "1", "2"], "1.5", "2", "2.5"),
            (&["1", "2", "3", "4"], "1.75", "2.5", "3.25"),
            (&["5", "1", "4", "2", "3"], "2", "3", "4"),
            (&["1", "2", "4", "7", "8", "9", "10", "12"], "3.5", "7.5", "9.25"),
            (&["0.88", "0.9", "0.912", "0.94", "0.95", "0.97", "0.8"], "0.89", "0.912", "0.945"),
            (&["5", "5", "5", "5", "1"], "5", "5", "5"),
            (&["-3", "0", "3", "0", "-1"], "-1", "0", "0"),
        ] {
            let values: Vec<Decimal> = values.iter().map(|value| d(value)).collect();
            let found = spread(&values).unwrap();
            assert_eq!(
                (found.lower, found.median, found.upper),
                (d(lower), d(median), d(upper)),
                "{values:?}"
            );
            assert_eq!(found.number, values.len());
        }
        assert_eq!(spread(&[]), None);
    }

    #[test]
    fn equal_figures_share_a_rank() {
        let values = [d("0.9"), d("0.95"), d("0.9"), d("0.8"), d("1")];
        assert_eq!(ranks(&values, Some(Better::Higher)), [3, 2, 3, 5, 1]);
        assert_eq!(ranks(&values, None), [3, 2, 3, 5, 1]);
        assert_eq!(ranks(&values, Some(Better::Lower)), [2, 4, 2, 1, 5]);
        assert_eq!(ranks(&[], None), [0_usize; 0]);
    }

    #[test]
    fn where_a_figure_lies() {
        let five = spread(&[1, 2, 3, 4, 5].map(Decimal::from)).unwrap();
        for (value, quarter) in [
            (1, Quarter::Lowest),
            (2, Quarter::Lowest),
            (3, Quarter::Median),
            (4, Quarter::Highest),
            (5, Quarter::Highest),
        ] {
            assert_eq!(five.quarter(value.into()), quarter, "{value}");
        }
        assert_eq!(five.quarter(d("2.5")), Quarter::BelowMedian);
        assert_eq!(five.quarter(d("3.5")), Quarter::AboveMedian);
        let alike = spread(&[1, 5, 5, 5, 5].map(Decimal::from)).unwrap();
        assert_eq!(alike.quarter(5.into()), Quarter::Median);
        assert_eq!(alike.quarter(1.into()), Quarter::Lowest);
    }

    fn figures() -> impl Strategy<Value = Vec<Decimal>> {
        prop::collection::vec(
            (0i64..500, 1i64..40).prop_map(|(n, m)| Decimal::from(n) / Decimal::from(m)),
            1..25,
        )
    }

    proptest! {
        #[test]
        fn order_does_not_matter(values in figures(), by in 0usize..25) {
            let mut turned = values.clone();
            turned.rotate_left(by % values.len());
            turned.reverse();
            prop_assert_eq!(spread(&values), spread(&turned));
            let rank = |of: &[Decimal], value: &Decimal| {
                of.iter().zip(ranks(of, None)).find(|(own, _)| *own == value).map(|(_, rank)| rank)
            };
            for value in &values {
                prop_assert_eq!(rank(&values, value), rank(&turned, value));
            }
        }

        #[test]
        fn quartiles_lie_in_order_between_the_ends(values in figures()) {
            let found = spread(&values).unwrap();
            let (least, most) = (*values.iter().min().unwrap(), *values.iter().max().unwrap());
            prop_assert!(least <= found.lower && found.lower <= found.median);
            prop_assert!(found.median <= found.upper && found.upper <= most);
            let at_or = |test: fn(&Decimal, &Decimal) -> bool| values.iter().filter(|own| test(own, &found.median)).count();
            prop_assert!(2 * at_or(|a, b| a <= b) >= values.len());
            prop_assert!(2 * at_or(|a, b| a >= b) >= values.len());
        }

        #[test]
        fn ranks_count_who_is_ahead(values in figures()) {
            let (higher, lower) = (ranks(&values, Some(Better::Higher)), ranks(&values, Some(Better::Lower)));
            for (index, own) in values.iter().enumerate() {
                let alike = values.iter().filter(|other| *other == own).count();
                prop_assert_eq!(higher[index] + lower[index] + alike, values.len() + 2);
            }
        }
    }
}
