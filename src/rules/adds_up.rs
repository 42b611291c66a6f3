//! A breakdown adds up to its total.

use super::{Family, RuleKind};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{REQUIRED_FIGURE_MISSING, TOTAL_MISMATCH};
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, Unit, show};

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "adds-up",
    family: Family::Check,
    summary: "A breakdown adds up to the figure it breaks down, a total column to its columns, a total row to its records.",
    documentation: "\
Settings: `adds-up = true` on a row's breakdown; columns that `ask` for a total are checked by themselves, and so is the total row of \
a table of records with `total = true`.

Blank parts are not zero, but a total that the filled-in parts already make is right. A breakdown that is wholly blank \
below a total other than zero is missing. The finding stands at the total.

Example: `breakdowns = [{ id = \"source\", prefixes = [\"Referral source\"], adds-up = true }]`",
};

/// A figure with its cell; `value` is `None` when the cell holds none.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The figure.
    pub value: Option<Quantity>,
    /// Its cell.
    pub place: CellRef,
}

/// Compares `total` with the sum of `parts`. `what` names the total and `by` the breakdown, for the message.
pub fn check(what: &str, by: &str, total: Quantity, place: &CellRef, parts: &[Part]) -> Option<Finding> {
    let filled: Vec<Quantity> = parts.iter().filter_map(|part| part.value).collect();
    let sum: Quantity = filled.iter().sum();
    if sum == total {
        return None;
    }
    let number = |value| show(value, Unit::Hours, &[]);
    if filled.is_empty() {
        let first = parts.first()?;
        return Some(
            Finding::at(
                &REQUIRED_FIGURE_MISSING,
                &first.place,
                format!("{what} is {} but its breakdown by {by} is blank.", number(total)),
            )
            .involving([place.clone()])
            .advising(format!("Fill in the breakdown by {by}; write 0 where there were none.")),
        );
    }
    Some(
        Finding::at(
            &TOTAL_MISMATCH,
            place,
            format!("{what} is given as {}, but its parts by {by} come to {}.", number(total), number(sum)),
        )
        .involving(parts.iter().filter(|part| part.value.is_some()).map(|part| part.place.clone())),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::CellAddress;
    use proptest::prelude::*;

    fn place(row: u32) -> CellRef {
        CellRef { file: "returns/a.xlsx".into(), sheet: "East".into(), cell: CellAddress::new(row, 3) }
    }

    fn parts(values: &[Option<i64>]) -> Vec<Part> {
        values
            .iter()
            .enumerate()
            .map(|(row, value)| Part { value: value.map(Quantity::from), place: place(row as u32 + 1) })
            .collect()
    }

    #[test]
    fn table_of_cases() {
        for (total, values, code) in [
            (6, vec![Some(1), Some(2), Some(3)], None),
            (6, vec![Some(1), None, Some(5)], None),
            (6, vec![Some(1), Some(2), Some(2)], Some(("total-mismatch", "D1"))),
            (6, vec![Some(1), Some(2), Some(4)], Some(("total-mismatch", "D1"))),
            (0, vec![None, None], None),
            (0, vec![Some(0), None], None),
            (4, vec![None, None], Some(("required-figure-missing", "D2"))),
            (0, vec![Some(1)], Some(("total-mismatch", "D1"))),
        ] {
            let finding = check("New referrals", "source", total.into(), &place(0), &parts(&values));
            let found = finding.as_ref().map(|f| (f.kind.code, f.cell.unwrap().to_string()));
            assert_eq!(found, code.map(|(c, cell)| (c, cell.to_string())), "{total} {values:?}");
        }
    }

    proptest! {
        #[test]
        fn only_the_very_sum_passes_in_any_order(values in prop::collection::vec(0i64..50, 1..8), off in -3i64..4) {
            let filled: Vec<Option<i64>> = values.iter().copied().map(Some).collect();
            let total = Quantity::from(values.iter().sum::<i64>() + off);
            let backwards: Vec<Option<i64>> = filled.iter().rev().copied().collect();
            let found = check("New referrals", "source", total, &place(0), &parts(&filled));
            prop_assert_eq!(found.is_none(), off == 0);
            let other = check("New referrals", "source", total, &place(0), &parts(&backwards));
            prop_assert_eq!(other.is_none(), off == 0);
        }
    }
}
