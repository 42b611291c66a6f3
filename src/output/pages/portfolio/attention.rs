//! Who needs attention: the worst of each contract first, so many in all, the rest a link away.

use std::cmp::Reverse;

use serde::Serialize;

use super::row::Row;
use super::{Contract, OnPage};
use crate::output::pages::links::Anchor;
use crate::output::pages::words;

/// As many providers are listed in all, shared out among the contracts; each contract has one at least.
const LISTED: usize = 15;

/// The providers of one contract to look at.
#[derive(Debug, Serialize)]
pub(super) struct Attention {
    pub contract: OnPage,
    /// What one of them is called, as a heading.
    one: String,
    /// `The 5 most pressing of 61`, `3 providers`.
    caption: String,
    pub lines: Vec<Line>,
    /// How many more there are, in words; `None` where all are listed.
    pub more: Option<String>,
}

/// A provider to look at, with the reasons.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    pub id: String,
    pub provider: String,
    standings: Vec<String>,
    /// The pack the reasons are in.
    pack: Option<Anchor>,
    pub reasons: Vec<String>,
}

/// What presses most: conditions met, then returns missing, KPIs red, KPIs that turned red, returns late, a standing.
type Pressing = (usize, usize, usize, usize, usize, usize);

fn pressing(row: &Row) -> Pressing {
    let reds = row.reds;
    (row.escalations.len(), row.missing, reds.red, reds.turned_red, row.late, row.standings.len())
}

/// The providers with something to act on by contract, the contract with the most pressing one first; the order of the page
/// among equals.
pub(super) fn attention(contracts: &[Contract]) -> Vec<Attention> {
    let mut all: Vec<(&Contract, Vec<&Row>)> = contracts
        .iter()
        .map(|contract| {
            let mut rows: Vec<&Row> =
                contract.rows.iter().filter(|row| pressing(row) != Pressing::default()).collect();
            rows.sort_by_key(|row| Reverse(pressing(row)));
            (contract, rows)
        })
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    all.sort_by_key(|(_, rows)| Reverse(rows.first().map(|row| pressing(row))));
    let numbers: Vec<usize> = all.iter().map(|(_, rows)| rows.len()).collect();
    all.into_iter()
        .zip(shared_out(&numbers))
        .map(|((contract, rows), listed)| Attention {
            contract: OnPage { id: contract.id.clone(), name: contract.title.clone() },
            one: contract.one.clone(),
            caption: match rows.len() {
                all if all > listed => format!("The {listed} most pressing of {all}"),
                all => format!(
                    "{}, the most pressing first",
                    words::count(all, &contract.called.one, &contract.called.many)
                ),
            },
            more: (rows.len() > listed).then(|| format!("and {} more", rows.len() - listed)),
            lines: rows.into_iter().take(listed).map(|row| line(contract, row)).collect(),
        })
        .collect()
}

/// How many of each are listed: one of each in turn, until so many are or none is left.
fn shared_out(numbers: &[usize]) -> Vec<usize> {
    let mut listed: Vec<usize> = numbers.iter().map(|number| usize::from(*number > 0)).collect();
    loop {
        let before: usize = listed.iter().sum();
        let mut left = LISTED.saturating_sub(before);
        for (own, number) in listed.iter_mut().zip(numbers) {
            if left > 0 && *own < *number {
                *own += 1;
                left -= 1;
            }
        }
        if listed.iter().sum::<usize>() == before {
            return listed;
        }
    }
}

fn line(contract: &Contract, row: &Row) -> Line {
    Line {
        id: row.id.clone(),
        provider: row.provider.clone(),
        standings: row.standings.clone(),
        pack: row
            .now
            .as_ref()
            .and_then(|now| now.pack.as_ref())
            .map(|pack| Anchor { label: format!("Pack of {}", pack.label), ..pack.clone() }),
        reasons: reasons(contract, row),
    }
}

fn reasons(contract: &Contract, row: &Row) -> Vec<String> {
    let mut reasons: Vec<String> = row
        .escalations
        .iter()
        .map(|met| match met.clause.as_str() {
            "" => format!("{}: condition met", met.title),
            clause => format!("{}: condition met (clause {clause})", met.title),
        })
        .collect();
    let (one, many) = contract.reds_called();
    let reds = words::count(row.reds.red, one, many);
    let turned = match (row.reds.turned_red, row.reds.red) {
        (0, _) => reds,
        (1, 1) => format!("{reds} (newly)"),
        (turned, red) if turned == red => format!("{reds} (all newly)"),
        (turned, _) => format!("{reds} ({turned} newly)"),
    };
    let counts: Vec<String> = [
        (row.missing, words::count(row.missing, "return missing", "returns missing")),
        (row.reds.red, turned),
        (row.late, words::count(row.late, "return late", "returns late")),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(_, words)| words)
    .collect();
    reasons.extend((!counts.is_empty()).then(|| words::list(&counts)));
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_contract_has_its_share() {
        for (numbers, listed) in [
            (&[][..], &[][..]),
            (&[0], &[0]),
            (&[3], &[3]),
            (&[15], &[15]),
            (&[16], &[15]),
            (&[200, 200], &[8, 7]),
            (&[200, 2, 200], &[7, 2, 6]),
            (&[1, 1, 200, 1, 1], &[1, 1, 11, 1, 1]),
            (&[200, 200, 200, 200, 200], &[3, 3, 3, 3, 3]),
        ] {
            assert_eq!(shared_out(numbers), listed, "{numbers:?}");
        }
        assert_eq!(shared_out(&[2; 20]), [1; 20], "none is left out, however many contracts");
    }

    proptest! {
        #[test]
        fn no_more_are_listed_than_there_are_and_none_is_held_back(
            numbers in proptest::collection::vec(0usize..30, 0..20),
        ) {
            let listed = shared_out(&numbers);
            prop_assert!(listed.iter().zip(&numbers).all(|(own, all)| own <= all && (*own > 0) == (*all > 0)));
            let (sum, all): (usize, usize) = (listed.iter().sum(), numbers.iter().sum());
            let contracts = numbers.iter().filter(|number| **number > 0).count();
            prop_assert_eq!(sum, all.min(LISTED.max(contracts)));
        }
    }
}
