//! A stated percentage agrees with its numerator and denominator.

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "stated-share",
    family: Family::Check,
    summary: "A stated percentage agrees with its numerator and denominator, to the decimals given.",
    documentation: "\
No settings: every KPI in percent is checked.

The exact share is rounded, or cut off, to the decimals that were given (at least whole per cents) and compared. The \
finding stands at the stated figure.

Example: 21 of 22 may be stated as 95%, 95.5%, 95.4% or 95.45%, not as 96%.",
};

/// Whether `stated` (a fraction of 1) can stand for `numerator / denominator`. The denominator is not zero.
pub fn agrees(stated: Quantity, numerator: Quantity, denominator: Quantity) -> bool {
    let Some(exact) = numerator.checked_div(denominator) else { return false };
    let decimals = stated.normalize().scale().clamp(2, 14);
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointNearestEven, RoundingStrategy::ToZero]
        .iter()
        .any(|strategy| {
            let rounded = exact.round_dp_with_strategy(decimals, *strategy);
            (rounded - stated).abs() <= last_digits(stated)
        })
}

/// What the last of the 15 significant digits that Excel keeps may differ by: the larger the figure, the further up it stands.
fn last_digits(stated: Quantity) -> Quantity {
    let (mut size, mut unit) = (stated.abs(), Decimal::new(2, 14));
    while size >= Decimal::TEN {
        size /= Decimal::TEN;
        unit *= Decimal::TEN;
    }
    unit
}

/// Which of two readings of a plain number fits: as a share (0.94) or as per cents (94).
pub fn decide(plain: Quantity, numerator: Quantity, denominator: Quantity) -> Option<Quantity> {
    [plain, plain / Decimal::ONE_HUNDRED].into_iter().find(|share| agrees(*share, numerator, denominator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        for (stated, numerator, denominator, expected) in [
            ("0.95", 21, 22, true),
            ("0.955", 21, 22, true),
            ("0.954", 21, 22, true),
            ("0.9545", 21, 22, true),
            ("0.96", 21, 22, false),
            ("0.95454545454545", 21, 22, true),
            ("0.954545454545455", 21, 22, true),
            ("0.95", 19, 20, true),
            ("0.94", 18, 19, true),
            ("0.95", 18, 19, true),
            ("0.947", 18, 19, true),
            ("0.95", 16, 17, false),
            ("1", 7, 7, true),
            ("1", 999, 1000, true),
            ("0.9", 43, 50, false),
            ("0", 0, 5, true),
            // Above ten the fifteenth digit stands at the thirteenth decimal.
            ("49.5476190476191", 2081, 42, true),
            ("49.5476190476193", 2081, 42, false),
            ("49.55", 2081, 42, true),
            ("49.56", 2081, 42, false),
        ] {
            assert_eq!(
                agrees(stated.parse().unwrap(), numerator.into(), denominator.into()),
                expected,
                "{stated} for {numerator} of {denominator}"
            );
        }
    }

    #[test]
    fn a_plain_number_is_read_the_way_that_fits() {
        let d = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(decide(d("94"), 47.into(), 50.into()), Some(d("0.94")));
        assert_eq!(decide(d("0.94"), 47.into(), 50.into()), Some(d("0.94")));
        assert_eq!(decide(d("0.9"), 47.into(), 50.into()), None);
        assert_eq!(decide(d("1"), 50.into(), 50.into()), Some(d("1")));
    }

    proptest! {
        #[test]
        fn what_excel_computes_always_agrees(n in 0u32..5000, d in 1u32..5000) {
            let computed = crate::domain::quantity::from_float(f64::from(n) / f64::from(d)).unwrap();
            prop_assert!(agrees(computed, n.into(), d.into()));
        }
    }
}
