//! Which further figures have to go, so that no suppressed one can be worked out from what is left.
//!
//! Everything that is published is taken as sums of whole numbers that are not below zero: a total and its parts. A suppressed figure is
//! safe when the sums allow another number in its place. That is shown by a move: it is changed by a little, and other suppressed
//! figures by as much, so that every sum still holds, nothing falls below zero, every rating that is shown stays what it is, and among
//! the suppressed figures that hang together some one is still small, as a reader who knows these rules expects. A share is held to
//! more: where its denominator is not itself small, a reader may know it from elsewhere, so the move keeps it.
//!
//! Where a suppressed figure has no move, a further one of its sum is suppressed: the smallest part that is not zero, then the total,
//! then a part that is zero; then one of a sum that hangs together with it. Where all are suppressed already, their ratings go. This is
//! repeated until nothing changes; each step takes something away, so it ends. What is decided depends on the order of the figures
//! alone.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::domain::quantity::Quantity;

/// The numbers of a figure that add up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Numbers {
    /// A number by itself.
    Count(Quantity),
    /// A share, as its numerator and what is left to its denominator.
    Share {
        /// Numerator.
        met: Quantity,
        /// Denominator less numerator.
        unmet: Quantity,
    },
}

impl Numbers {
    /// The count, or the denominator: how large it is.
    pub fn size(self) -> Quantity {
        match self {
            Numbers::Count(number) => number,
            Numbers::Share { met, unmet } => met + unmet,
        }
    }

    fn moved(self, step: Step, by: i64) -> Self {
        let by = Decimal::from(by);
        match (self, step) {
            (Numbers::Count(number), _) => Numbers::Count(number + by),
            (Numbers::Share { met, unmet }, Step::Across) => {
                Numbers::Share { met: met + by, unmet: unmet - by }
            }
            (Numbers::Share { met, unmet }, Step::Met) => Numbers::Share { met: met + by, unmet },
            (Numbers::Share { met, unmet }, Step::Unmet) => Numbers::Share { met, unmet: unmet + by },
        }
    }

    /// Whether no number fell below zero that was not.
    fn could_be(self, before: Self) -> bool {
        let fine = |now: Quantity, before: Quantity| now >= before.min(Decimal::ZERO);
        match (self, before) {
            (Numbers::Count(now), Numbers::Count(before)) => fine(now, before),
            (Numbers::Share { met, unmet }, Numbers::Share { met: met_before, unmet: unmet_before }) => {
                fine(met, met_before) && fine(unmet, unmet_before)
            }
            _ => false,
        }
    }
}

/// What a move changes of a share; of a count there is one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// From the numerator to the rest or back; the denominator stays.
    Across,
    /// The numerator, and with it the denominator.
    Met,
    /// The rest, and with it the denominator.
    Unmet,
}

/// A figure as it is looked at here.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its numbers.
    pub numbers: Numbers,
    /// Whether it has to be suppressed for its own sake.
    pub own: bool,
    /// Whether it differs from what an earlier version of the return said.
    pub changed: bool,
    /// Whether it is shown whatever becomes of the others.
    pub fixed: bool,
}

/// A total and its parts, by their places among the cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The total.
    pub total: usize,
    /// Its parts.
    pub parts: Vec<usize>,
}

impl Sum {
    fn members(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.total).chain(self.parts.iter().copied())
    }

    /// What the changes leave the total short of.
    fn imbalance(&self, changes: &BTreeMap<usize, i64>) -> i64 {
        let of = |at: &usize| changes.get(at).copied().unwrap_or_default();
        of(&self.total) - self.parts.iter().map(of).sum::<i64>()
    }
}

/// What is known of the figures besides their sums.
pub trait Known {
    /// Whether a figure with these numbers would be small.
    fn is_small(&self, cell: usize, numbers: Numbers) -> bool;
    /// Whether a number is small by itself.
    fn is_small_number(&self, number: Quantity) -> bool;
    /// Whether a figure with these numbers would be rated as this one is.
    fn rated_alike(&self, cell: usize, numbers: Numbers) -> bool;
    /// The most by which a figure is moved.
    fn reach(&self) -> i64;
}

/// What is suppressed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hidden {
    /// Figures.
    pub figures: BTreeSet<usize>,
    /// Those of them whose rating goes too.
    pub ratings: BTreeSet<usize>,
}

/// What has to be suppressed of `cells`, given the sums they stand in. `ratings` are figures whose rating is not shown in any case
/// when they are suppressed.
pub fn suppress(cells: &[Cell], sums: &[Sum], ratings: BTreeSet<usize>, known: &dyn Known) -> Hidden {
    let figures = (0..cells.len()).filter(|at| cells[*at].own && !cells[*at].fixed).collect();
    let mut hidden = Hidden { figures, ratings };
    // Of figures that an earlier pack may have shown otherwise, nobody can say which were suppressed then.
    for sum in sums {
        let any = |is: &dyn Fn(usize) -> bool| sum.members().any(is);
        if any(&|at| hidden.figures.contains(&at)) && any(&|at| cells[at].changed) {
            hidden.figures.extend(sum.members().filter(|at| !cells[*at].fixed));
        }
    }
    let mut sums_of = vec![Vec::new(); cells.len()];
    for (at, sum) in sums.iter().enumerate() {
        sum.members().for_each(|member| sums_of[member].push(at));
    }
    let looked = Looked { cells, sums, sums_of, known };
    while let Some(sum) = sums.iter().find(|sum| looked.is_open(sum, &hidden)) {
        match looked.next_of(sum, &hidden) {
            Some(at) => {
                hidden.figures.insert(at);
            }
            None => hidden.ratings.extend(sum.members().filter(|at| hidden.figures.contains(at))),
        }
    }
    hidden.ratings.retain(|at| hidden.figures.contains(at));
    hidden
}

struct Looked<'a> {
    cells: &'a [Cell],
    sums: &'a [Sum],
    /// Of each cell the places of the sums it stands in, in order.
    sums_of: Vec<Vec<usize>>,
    known: &'a dyn Known,
}

impl Looked<'_> {
    /// Whether a suppressed figure of the sum can be worked out and something can still be done about it.
    fn is_open(&self, sum: &Sum, hidden: &Hidden) -> bool {
        let own: Vec<usize> = sum.members().filter(|at| hidden.figures.contains(at)).collect();
        let can = self.next_of(sum, hidden).is_some() || own.iter().any(|at| !hidden.ratings.contains(at));
        can && own.iter().any(|at| !self.is_safe(*at, hidden))
    }

    /// The figure to be suppressed next: of the sum itself, else of those that hang together with it.
    fn next_of(&self, sum: &Sum, hidden: &Hidden) -> Option<usize> {
        self.next_in(sum, hidden).or_else(|| {
            let own = sum.members().filter(|at| hidden.figures.contains(at)).collect();
            let linked = self.linked(own, hidden);
            let others = self.sums.iter().filter(|other| other.members().any(|at| linked.contains(&at)));
            others.filter_map(|other| self.next_in(other, hidden)).next()
        })
    }

    fn next_in(&self, sum: &Sum, hidden: &Hidden) -> Option<usize> {
        let free = |at: &usize| !hidden.figures.contains(at) && !self.cells[*at].fixed;
        let size = |at: &usize| self.cells[*at].numbers.size();
        let nonzero = sum.parts.iter().filter(|at| free(at) && !size(at).is_zero());
        nonzero
            .min_by_key(|at| (size(at), **at))
            .or(Some(&sum.total).filter(|at| free(at)))
            .or_else(|| sum.parts.iter().find(|at| free(at)))
            .copied()
    }

    fn is_safe(&self, at: usize, hidden: &Hidden) -> bool {
        let can = |steps: &[Step]| steps.iter().any(|step| self.can_move(at, *step, hidden));
        match self.cells[at].numbers {
            Numbers::Count(_) => can(&[Step::Across]),
            Numbers::Share { met, unmet } if self.known.is_small_number(met + unmet) => {
                let small = |number| self.known.is_small_number(number);
                can(&[Step::Met, Step::Unmet])
                    && (!small(met) || can(&[Step::Across, Step::Met]))
                    && (!small(unmet) || can(&[Step::Across, Step::Unmet]))
            }
            Numbers::Share { .. } => can(&[Step::Across]),
        }
    }

    fn can_move(&self, at: usize, step: Step, hidden: &Hidden) -> bool {
        (1..=self.known.reach()).flat_map(|by| [by, -by]).any(|by| {
            let mut changes = BTreeMap::from([(at, by)]);
            self.balance(&mut changes, step, hidden)
        })
    }

    /// Changes further suppressed figures until every sum holds; whether that can be done.
    fn balance(&self, changes: &mut BTreeMap<usize, i64>, step: Step, hidden: &Hidden) -> bool {
        let Some(sum) = self.unbalanced(changes) else { return self.could_be(changes, step, hidden) };
        let short = sum.imbalance(changes);
        for at in sum.members().filter(|at| hidden.figures.contains(at)) {
            if changes.contains_key(&at) {
                continue;
            }
            changes.insert(at, if at == sum.total { -short } else { short });
            if self.balance(changes, step, hidden) {
                return true;
            }
            changes.remove(&at);
        }
        false
    }

    /// The first sum that does not hold; every one that has no changed figure does.
    fn unbalanced(&self, changes: &BTreeMap<usize, i64>) -> Option<&Sum> {
        let of_changed = changes.keys().flat_map(|at| &self.sums_of[*at]);
        of_changed.filter(|at| self.sums[**at].imbalance(changes) != 0).min().map(|at| &self.sums[*at])
    }

    fn could_be(&self, changes: &BTreeMap<usize, i64>, step: Step, hidden: &Hidden) -> bool {
        let now = |at: usize| {
            let by = changes.get(&at).copied().unwrap_or_default();
            self.cells[at].numbers.moved(step, by)
        };
        let each = changes.keys().all(|at| {
            let numbers = now(*at);
            numbers.could_be(self.cells[*at].numbers)
                && (hidden.ratings.contains(at) || self.known.rated_alike(*at, numbers))
        });
        let linked = self.linked(changes.keys().copied().collect(), hidden);
        each && linked.into_iter().any(|at| self.cells[at].changed || self.known.is_small(at, now(at)))
    }

    /// The suppressed figures that hang together with these, by sums they share.
    fn linked(&self, mut linked: BTreeSet<usize>, hidden: &Hidden) -> BTreeSet<usize> {
        let mut further: Vec<usize> = linked.iter().copied().collect();
        while let Some(at) = further.pop() {
            let members = self.sums_of[at].iter().flat_map(|sum| self.sums[*sum].members());
            for member in members.filter(|member| hidden.figures.contains(member)) {
                if linked.insert(member) {
                    further.push(member);
                }
            }
        }
        linked
    }
}
