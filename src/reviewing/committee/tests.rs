//! The audit by brute force: whatever small table is made, nobody who knows the rules can work a suppressed number out.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::together::{Cell, Hidden, Known, Numbers, Sum, suppress};
use crate::contract::meant::{Figure, Suppression};
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;

/// A threshold, and a target of all figures.
struct World {
    settings: Suppression,
    target: Option<Quantity>,
}

impl World {
    fn new(below: u32, target: Option<Quantity>) -> Self {
        Self { settings: Suppression { below, no_people: Vec::new() }, target }
    }

    fn rate(&self, figure: &Figure) -> Option<Rating> {
        let met = figure.is_at_least(self.target?);
        Some(if met { Rating::Green } else { Rating::Red })
    }

    fn rating(&self, numbers: Numbers) -> Option<Rating> {
        match numbers {
            Numbers::Count(number) => self.rate(&Figure::Amount(number)),
            Numbers::Share { met, unmet } if (met + unmet).is_zero() => Some(Rating::NoActivity),
            Numbers::Share { met, unmet } => {
                self.rate(&Figure::Share { numerator: met, denominator: met + unmet })
            }
        }
    }

    fn small(&self, numbers: Numbers) -> bool {
        match numbers {
            Numbers::Count(number) if number.is_zero() => {
                self.settings.beside_small(&|figure| self.rate(figure)).zero_too
            }
            Numbers::Count(number) => self.settings.is_small(number),
            Numbers::Share { met, unmet } => self.settings.is_small_share(met, met + unmet),
        }
    }

    fn hidden(&self, numbers: &[Numbers], sums: &[Sum]) -> Hidden {
        let cells: Vec<Cell> = numbers
            .iter()
            .map(|numbers| Cell {
                numbers: *numbers,
                own: self.small(*numbers),
                changed: false,
                fixed: false,
            })
            .collect();
        let counts = numbers.iter().all(|own| matches!(own, Numbers::Count(_)));
        let rated = !counts || self.settings.beside_small(&|figure| self.rate(figure)).rating;
        let ratings = if rated { BTreeSet::new() } else { (0..cells.len()).collect() };
        let known = Audit { world: self, numbers };
        suppress(&cells, sums, ratings, &known)
    }
}

struct Audit<'a> {
    world: &'a World,
    numbers: &'a [Numbers],
}

impl Known for Audit<'_> {
    fn is_small(&self, _: usize, numbers: Numbers) -> bool {
        self.world.settings.below == 2 || self.world.small(numbers)
    }

    fn is_small_number(&self, number: Quantity) -> bool {
        self.world.settings.is_small(number)
    }

    fn rated_alike(&self, cell: usize, numbers: Numbers) -> bool {
        self.world.rating(numbers) == self.world.rating(self.numbers[cell])
    }

    fn reach(&self) -> i64 {
        i64::from(self.world.settings.below)
    }
}

/// How far beyond its number a figure is tried.
const BEYOND: i64 = 6;

/// Every value that each suppressed figure could have, by a reader who knows the sums, the ratings that are shown, and that of the
/// suppressed figures that hang together one is small. `as_numbers` makes numbers of a figure's value.
fn possible(
    world: &World,
    values: &[i64],
    sums: &[Sum],
    hidden: &Hidden,
    as_numbers: &dyn Fn(usize, i64) -> Option<Numbers>,
) -> BTreeMap<usize, BTreeSet<i64>> {
    #[allow(clippy::too_many_arguments, reason = "one walk over all values")]
    fn go(
        at: usize,
        now: &mut Vec<i64>,
        values: &[i64],
        hidden: &Hidden,
        fits: &dyn Fn(&[i64]) -> bool,
        can: &dyn Fn(usize, i64) -> bool,
        derived: &dyn Fn(usize, &[i64]) -> Option<i64>,
        found: &mut BTreeMap<usize, BTreeSet<i64>>,
    ) {
        if at == values.len() {
            if fits(now) {
                for own in &hidden.figures {
                    found.entry(*own).or_default().insert(now[*own]);
                }
            }
            return;
        }
        let tried: Vec<i64> = match (hidden.figures.contains(&at), derived(at, now)) {
            (false, _) => vec![values[at]],
            (true, Some(sum)) => vec![sum],
            (true, None) => (0..=values[at] + BEYOND).collect(),
        };
        for value in tried.into_iter().filter(|value| !hidden.figures.contains(&at) || can(at, *value)) {
            now.push(value);
            go(at + 1, now, values, hidden, fits, can, derived, found);
            now.pop();
        }
    }
    let can = |at: usize, value: i64| {
        as_numbers(at, value).is_some_and(|numbers| {
            let own = as_numbers(at, values[at]).unwrap();
            hidden.ratings.contains(&at) || world.rating(numbers) == world.rating(own)
        })
    };
    let groups = groups(sums, hidden);
    let fits = |now: &[i64]| {
        let small = |at: &usize| as_numbers(*at, now[*at]).is_some_and(|numbers| world.small(numbers));
        sums.iter().all(|sum| now[sum.total] == sum.parts.iter().map(|part| now[*part]).sum::<i64>())
            && (world.settings.below == 2 || groups.iter().all(|group| group.iter().any(small)))
    };
    // Totals stand after their parts.
    let derived = |at: usize, now: &[i64]| {
        let sum = sums.iter().find(|sum| sum.total == at)?;
        Some(sum.parts.iter().map(|part| now[*part]).sum())
    };
    let mut found = BTreeMap::new();
    go(0, &mut Vec::new(), values, hidden, &fits, &can, &derived, &mut found);
    found
}

/// The suppressed figures that hang together by sums.
fn groups(sums: &[Sum], hidden: &Hidden) -> Vec<BTreeSet<usize>> {
    let mut groups: Vec<BTreeSet<usize>> = hidden.figures.iter().map(|own| BTreeSet::from([*own])).collect();
    for sum in sums {
        let members: BTreeSet<usize> = std::iter::once(&sum.total).chain(&sum.parts).copied().collect();
        let (joined, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| !group.is_disjoint(&members));
        groups = apart;
        if !joined.is_empty() {
            groups.push(joined.into_iter().flatten().collect());
        }
    }
    groups
}

/// Areas by periods with both totals: parts first, then the total of each row, then of each column.
fn two_ways(rows: usize, columns: usize, parts: &[i64]) -> (Vec<i64>, Vec<Sum>) {
    let mut values = parts[..rows * columns].to_vec();
    let mut sums = Vec::new();
    for row in 0..rows {
        let own: Vec<usize> = (0..columns).map(|column| row * columns + column).collect();
        sums.push(Sum { total: values.len(), parts: own.clone() });
        values.push(own.iter().map(|at| parts[*at]).sum());
    }
    for column in 0..columns {
        let own: Vec<usize> = (0..rows).map(|row| row * columns + column).collect();
        sums.push(Sum { total: values.len(), parts: own.clone() });
        values.push(own.iter().map(|at| parts[*at]).sum());
    }
    (values, sums)
}

fn count(_: usize, value: i64) -> Option<Numbers> {
    (value >= 0).then(|| Numbers::Count(value.into()))
}

/// No small count has a single possible value.
fn audit_counts(below: u32, target: Option<i64>, values: &[i64], sums: &[Sum]) -> Result<(), TestCaseError> {
    let world = World::new(below, target.map(Decimal::from));
    let numbers: Vec<Numbers> = values.iter().map(|value| Numbers::Count((*value).into())).collect();
    let hidden = world.hidden(&numbers, sums);
    for (at, value) in values.iter().enumerate() {
        let small = *value > 0 && *value < i64::from(below);
        prop_assert!(!small || hidden.figures.contains(&at), "{} is shown in {:?}", value, values);
    }
    for (at, could) in possible(&world, values, sums, &hidden, &count) {
        if values[at] > 0 && values[at] < i64::from(below) {
            prop_assert!(could.len() > 1, "{} of {:?} is known: {:?}", at, values, hidden);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_small_count_can_be_worked_out_of_areas_and_their_total(
        below in 2u32..8, target in proptest::option::of(0i64..6), parts in proptest::collection::vec(0i64..12, 1..4)
    ) {
        let sums = [Sum { total: parts.len(), parts: (0..parts.len()).collect() }];
        let mut values = parts.clone();
        values.push(parts.iter().sum());
        audit_counts(below, target, &values, &sums)?;
    }

    #[test]
    fn nor_out_of_areas_by_periods_with_both_totals(
        below in 2u32..7, target in proptest::option::of(0i64..4), parts in proptest::collection::vec(0i64..9, 4)
    ) {
        let (values, sums) = two_ways(2, 2, &parts);
        audit_counts(below, target, &values, &sums)?;
    }

    #[test]
    fn no_share_can_be_worked_out_even_where_denominators_are_known(
        below in 2u32..8,
        target in proptest::option::of(0i64..=20),
        parts in proptest::collection::vec((0i64..12, 0i64..12), 1..4),
    ) {
        let mut shares = parts.clone();
        shares.push(parts.iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1)));
        let sums = [Sum { total: parts.len(), parts: (0..parts.len()).collect() }];
        let world = World::new(below, target.map(|twentieths| Decimal::new(twentieths * 5, 2)));
        let numbers: Vec<Numbers> = shares
            .iter()
            .map(|(met, unmet)| Numbers::Share { met: (*met).into(), unmet: (*unmet).into() })
            .collect();
        let hidden = world.hidden(&numbers, &sums);
        let small = |number: i64| number > 0 && number < i64::from(below);
        // A reader who knows every denominator.
        let met: Vec<i64> = shares.iter().map(|(met, _)| *met).collect();
        let share = |at: usize, met: i64| {
            let unmet = shares[at].0 + shares[at].1 - met;
            (unmet >= 0 && met >= 0).then(|| Numbers::Share { met: met.into(), unmet: unmet.into() })
        };
        for (at, could) in possible(&world, &met, &sums, &hidden, &share) {
            let (met, unmet) = shares[at];
            if !small(met + unmet) && (small(met) || small(unmet)) {
                prop_assert!(could.len() > 1, "{} of {:?} is known: {:?}", at, shares, hidden);
            }
        }
        // What is shown is small nowhere.
        for (at, (met, unmet)) in shares.iter().enumerate() {
            let any = small(*met) || small(*unmet) || small(met + unmet);
            prop_assert!(!any || hidden.figures.contains(&at), "{} of {:?} is shown", at, shares);
        }
        // A small denominator is one of several, whatever else is known.
        for at in hidden.figures.iter().filter(|at| small(shares[**at].0 + shares[**at].1)) {
            let others = |other: &&usize| **other != *at;
            let alone = hidden.figures.iter().filter(others).count() == 0;
            prop_assert!(!alone, "the denominator of {} of {:?} is known", at, shares);
        }
    }
}

#[test]
fn a_further_area_goes_where_one_would_be_known() {
    // Areas and the total; which are suppressed.
    for (below, values, expected) in [
        (5, vec![5, 9, 14], vec![]),
        (5, vec![4, 9, 13], vec![0, 1]),
        (5, vec![0, 9, 9], vec![]),
        (5, vec![4, 5, 9, 18], vec![0, 1]),
        (5, vec![4, 9, 5, 18], vec![0, 2]),
        (5, vec![1, 4, 9, 14], vec![0, 1]),
        // A part that is zero goes last.
        (5, vec![4, 0, 9, 13], vec![0, 2]),
        // Nothing but the total is left.
        (5, vec![4, 0, 4], vec![0, 2]),
        (10, vec![5, 12, 17], vec![0, 1]),
        (1, vec![1, 1, 2], vec![]),
    ] {
        let world = World::new(below, None);
        let numbers: Vec<Numbers> = values.iter().map(|value| Numbers::Count((*value).into())).collect();
        let last = values.len() - 1;
        let sums = [Sum { total: last, parts: (0..last).collect() }];
        let found: Vec<usize> = world.hidden(&numbers, &sums).figures.into_iter().collect();
        assert_eq!(found, expected, "{values:?}");
    }
}

#[test]
fn a_corrected_figure_takes_all_of_its_sum_along() {
    let cell = |number: i64, changed: bool| Cell {
        numbers: Numbers::Count(number.into()),
        own: number < 5,
        changed,
        fixed: false,
    };
    let sums = [Sum { total: 3, parts: vec![0, 1, 2] }];
    let world = World::new(5, None);
    for (changed, expected) in [(false, 2), (true, 4)] {
        let cells = [cell(3, false), cell(9, false), cell(20, changed), cell(32, changed)];
        let numbers: Vec<Numbers> = cells.iter().map(|cell| cell.numbers).collect();
        let known = Audit { world: &world, numbers: &numbers };
        let hidden = suppress(&cells, &sums, BTreeSet::new(), &known);
        assert_eq!(hidden.figures.len(), expected);
    }
}
