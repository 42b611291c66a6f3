//! Which figures of a review are suppressed: once for all periods and areas, so that every pack cut from it says the same.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::together::{Cell, Hidden, Known, Numbers, Sum, suppress};
use crate::contract::Contract;
use crate::contract::meant::{Figure, Kpi, Stated, Suppression};
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::submission::ChangedCell;
use crate::review::committee::{CommitteeFigure, Instead};
use crate::review::{ProviderReview, RatedFigure};

/// What is decided on the figures of a review.
pub struct Decided<'a> {
    contract: &'a Contract,
    figures: &'a [RatedFigure],
    /// Suppressed figures by their places in the review, with the ratings that are withheld.
    hidden: Hidden,
    /// Figures that stand in a sum.
    in_sums: BTreeSet<usize>,
}

impl<'a> Decided<'a> {
    /// Decides on every figure of `review`.
    pub fn on(contract: &'a Contract, review: &'a ProviderReview) -> Self {
        let figures = review.ratings.as_slice();
        let changed: Vec<&ChangedCell> = review.submissions.iter().flat_map(|own| &own.changed).collect();
        let own = Own { contract, figures, changed: &changed };
        let places: Vec<usize> = (0..figures.len()).filter(|at| numbers(&figures[*at]).is_some()).collect();
        let cells: Vec<Cell> = places.iter().filter_map(|at| own.cell(*at)).collect();
        let sums = own.sums(&places, &cells);
        let unrated = (0..cells.len()).filter(|at| own.is_unrated(places[*at])).collect();
        let audit = Audit { own: &own, places: &places };
        let mut hidden = suppress(&cells, &sums, unrated, &audit);
        own.alike(&mut hidden, &places);
        own.hide_ratings(&mut hidden, &places, &cells);
        let in_review = |set: &BTreeSet<usize>| set.iter().map(|at| places[*at]).collect();
        let mut hidden = Hidden { figures: in_review(&hidden.figures), ratings: in_review(&hidden.ratings) };
        // A percentage whose numbers nobody knows may be one of a few.
        hidden.figures.extend((0..figures.len()).filter(|at| own.has_unknown_parts(*at)));
        let in_sums =
            sums.iter().flat_map(|sum| std::iter::once(&sum.total).chain(&sum.parts)).map(|at| places[*at]);
        Self { contract, figures, hidden, in_sums: in_sums.collect() }
    }

    /// The figure as a committee may read it.
    pub fn shown(&self, figure: &RatedFigure) -> CommitteeFigure {
        let same = |own: &RatedFigure| {
            own.kpi == figure.kpi && own.area == figure.area && own.period == figure.period
        };
        // What nothing was decided on is not shown.
        let Some(at) = self.figures.iter().position(same) else {
            return CommitteeFigure::suppressed(figure, Instead::Suppressed, false);
        };
        if !self.hidden.figures.contains(&at) {
            return CommitteeFigure::whole(figure);
        }
        let below = self.contract.committee.below;
        let small = |number: Quantity| number.abs() < Decimal::from(below);
        let alone = !self.in_sums.contains(&at) && figure.numerator.is_none();
        let instead = match figure.value {
            Some(value) if alone && figure.unit != Unit::Percent && small(value) => Instead::FewerThan(below),
            _ => Instead::Suppressed,
        };
        CommitteeFigure::suppressed(figure, instead, !self.hidden.ratings.contains(&at))
    }

    /// Whether the rating of any figure is withheld.
    pub fn withholds_ratings(&self) -> bool {
        !self.hidden.ratings.is_empty()
    }

    /// Whether the rating of any figure is withheld whose target is agreed locally.
    pub fn withholds_local(&self) -> bool {
        self.hidden.ratings.iter().any(|at| self.figures[*at].local)
    }
}

/// The numbers of a figure that count something, and so add up; none of hours, pounds, scores and answers, nor where there are none.
fn numbers(figure: &RatedFigure) -> Option<Numbers> {
    let shared = figure.numerator.zip(figure.denominator).filter(|_| figure.value.is_some());
    match (figure.unit, shared) {
        (_, Some((numerator, denominator))) => {
            Some(Numbers::Share { met: numerator, unmet: denominator - numerator })
        }
        (Unit::Count | Unit::Number, None) => figure.value.map(Numbers::Count),
        _ => None,
    }
}

/// The review's own figures, each by itself.
struct Own<'a> {
    contract: &'a Contract,
    figures: &'a [RatedFigure],
    changed: &'a [&'a ChangedCell],
}

impl Own<'_> {
    fn settings(&self) -> &Suppression {
        &self.contract.committee
    }

    fn kpi(&self, reference: &str) -> Option<&Kpi> {
        self.contract.kpis.iter().find(|kpi| kpi.reference == reference)
    }

    fn shows_all_of(&self, figure: &RatedFigure) -> bool {
        self.settings().no_people.contains(&figure.kpi) || self.settings().below == 1
    }

    /// How the contract rates a figure of the same KPI and period with other numbers.
    fn rate(&self, figure: &RatedFigure, as_figure: &Figure) -> Option<Rating> {
        let rule = self.kpi(&figure.kpi)?.rule(&figure.period)?;
        Some(rule.rate(as_figure).rating)
    }

    fn cell(&self, at: usize) -> Option<Cell> {
        let figure = &self.figures[at];
        let numbers = numbers(figure)?;
        let changed = self.change_is_small(&figure.cells);
        Some(Cell {
            numbers,
            own: changed || self.is_small(figure, numbers) || self.leaves_few(figure),
            changed,
            fixed: self.shows_all_of(figure),
        })
    }

    fn is_small(&self, figure: &RatedFigure, numbers: Numbers) -> bool {
        let settings = self.settings();
        match numbers {
            Numbers::Count(number) if number.is_zero() => {
                settings.beside_small(&|other| self.rate(figure, other)).zero_too
            }
            Numbers::Count(number) => settings.is_small(number),
            Numbers::Share { met, unmet } => settings.is_small_share(met, met + unmet),
        }
    }

    /// Whether the rating of a suppressed figure would be its number, by the bands of its KPI.
    fn is_unrated(&self, at: usize) -> bool {
        let figure = &self.figures[at];
        matches!(numbers(figure), Some(Numbers::Count(_)))
            && !self.settings().beside_small(&|other| self.rate(figure, other)).rating
    }

    fn has_unknown_parts(&self, at: usize) -> bool {
        let figure = &self.figures[at];
        figure.unit == Unit::Percent
            && figure.value.is_some()
            && numbers(figure).is_none()
            && !self.shows_all_of(figure)
    }

    /// Whether a figure's cell changed between versions of its return by so little that the difference is about few: an earlier pack may
    /// have shown what it was.
    fn change_is_small(&self, cells: &[CellRef]) -> bool {
        let number = |text: &str| text.replace(',', "").replace('−', "-").parse::<Decimal>().ok();
        self.changed.iter().filter(|changed| cells.contains(&changed.place)).any(|changed| {
            let (before, after) = (changed.before.trim(), changed.after.trim());
            match (number(before), number(after)) {
                (Some(before), Some(after)) => self.settings().is_small(after - before),
                // Nothing was shown of a blank; a percentage goes by its numbers.
                _ if before.is_empty() || before.ends_with('%') || after.ends_with('%') => false,
                // One entry of a log is about one.
                _ => self.settings().below > 1,
            }
        })
    }

    /// Whether a figure is part of another KPI's, by the definition, and leaves so few besides that the two tell of them.
    fn leaves_few(&self, figure: &RatedFigure) -> bool {
        self.wholes(figure).any(|whole| match (numbers(whole), numbers(figure)) {
            (Some(Numbers::Count(whole)), Some(Numbers::Count(part))) => {
                self.settings().is_small(whole - part)
            }
            _ => false,
        })
    }

    /// The figures of the same period and area that `figure` is a part of.
    fn wholes<'b>(&'b self, figure: &'b RatedFigure) -> impl Iterator<Item = &'b RatedFigure> {
        let beside = |other: &&RatedFigure| other.period == figure.period && other.area == figure.area;
        self.figures.iter().filter(beside).filter(|other| {
            match (self.kpi(&figure.kpi), self.kpi(&other.kpi)) {
                (Some(part), Some(whole)) => is_part_of(self.contract, part, whole),
                _ => false,
            }
        })
    }

    /// The sums that the figures at `places` stand in: areas that add up to the whole contract, and KPIs that add up to another.
    fn sums(&self, places: &[usize], cells: &[Cell]) -> Vec<Sum> {
        let figure = |at: usize| &self.figures[places[at]];
        let mut sums = Vec::new();
        for total in 0..places.len() {
            let whole = figure(total);
            let others = (0..places.len()).filter(|at| figure(*at).period == whole.period);
            let areas: Vec<usize> = others
                .clone()
                .filter(|at| {
                    whole.area.is_none() && figure(*at).area.is_some() && figure(*at).kpi == whole.kpi
                })
                .collect();
            let kpis: Vec<usize> = others
                .filter(|at| figure(*at).area == whole.area)
                .filter(|at| self.wholes(figure(*at)).any(|own| own.kpi == whole.kpi))
                .collect();
            for parts in [areas, kpis] {
                if !parts.is_empty() && adds_up(cells, total, &parts) {
                    sums.push(Sum { total, parts });
                }
            }
        }
        sums
    }

    /// Withholds the rating of every suppressed figure of a KPI once one has to go, so that the one is not told apart.
    fn alike(&self, hidden: &mut Hidden, places: &[usize]) {
        let figure = |at: usize| &self.figures[places[at]];
        let kpis: BTreeSet<&str> = hidden.ratings.iter().map(|at| figure(*at).kpi.as_str()).collect();
        let alike = hidden.figures.iter().filter(|at| kpis.contains(figure(**at).kpi.as_str()));
        let alike: Vec<usize> = alike.copied().collect();
        hidden.ratings.extend(alike);
    }

    /// Withholds the ratings of suppressed shares whose denominators stand beside other figures, where a rating would then be the
    /// numerator. That goes by the denominator, which is known then, and tells nothing else.
    fn hide_ratings(&self, hidden: &mut Hidden, places: &[usize], cells: &[Cell]) {
        let figure = |at: usize| &self.figures[places[at]];
        for at in hidden.figures.clone() {
            let own = figure(at);
            let Numbers::Share { met, unmet } = cells[at].numbers else { continue };
            let denominator = met + unmet;
            let known = (0..cells.len()).any(|other| {
                !hidden.figures.contains(&other)
                    && matches!(cells[other].numbers, Numbers::Share { .. })
                    && cells[other].numbers.size() == denominator
                    && figure(other).period == own.period
                    && figure(other).area == own.area
            });
            let may_exceed = self.kpi(&own.kpi).is_some_and(|kpi| kpi.may_exceed_whole);
            let rate = |other: &Figure| self.rate(own, other);
            if known && !self.settings().rating_beside_known(denominator, may_exceed, &rate) {
                hidden.ratings.insert(at);
            }
        }
    }
}

/// Whether the definition says that what one KPI counts is a part of what another does: a row of the rows of which it is one, or records
/// of those that are all added up.
fn is_part_of(contract: &Contract, part: &Kpi, whole: &Kpi) -> bool {
    part.reference != whole.reference
        && part.figure == whole.figure
        && match (&part.stated, &whole.stated) {
            (Stated::Row(part_row), Stated::Row(whole_row)) => {
                let row = contract.table(&part.figure).and_then(|table| table.row(part_row));
                row.is_some_and(|row| row.of.as_ref() == Some(whole_row))
            }
            (Stated::Summed(part), Stated::Summed(whole)) => {
                part.column == whole.column && part.of.is_some() && whole.of.is_none()
            }
            _ => false,
        }
}

fn adds_up(cells: &[Cell], total: usize, parts: &[usize]) -> bool {
    let counts = |at: usize| match cells[at].numbers {
        Numbers::Count(number) => (number, Decimal::ZERO, false),
        Numbers::Share { met, unmet } => (met, unmet, true),
    };
    let whole = counts(total);
    let mut sum = (Decimal::ZERO, Decimal::ZERO);
    for part in parts {
        let (first, second, share) = counts(*part);
        if share != whole.2 {
            return false;
        }
        sum = (sum.0 + first, sum.1 + second);
    }
    sum == (whole.0, whole.1)
}

/// What the audit of the sums knows of the review.
struct Audit<'a> {
    own: &'a Own<'a>,
    places: &'a [usize],
}

impl Known for Audit<'_> {
    fn is_small(&self, cell: usize, numbers: Numbers) -> bool {
        // Below a threshold of 2 there is one small number, whatever is done.
        self.own.settings().below == 2 || self.own.is_small(&self.own.figures[self.places[cell]], numbers)
    }

    fn is_small_number(&self, number: Quantity) -> bool {
        self.own.settings().is_small(number)
    }

    fn rated_alike(&self, cell: usize, numbers: Numbers) -> bool {
        let figure = &self.own.figures[self.places[cell]];
        let as_figure = match numbers {
            Numbers::Count(number) => Figure::Amount(number),
            Numbers::Share { met, unmet } if (met + unmet).is_zero() => return false,
            Numbers::Share { met, unmet } => Figure::Share { numerator: met, denominator: met + unmet },
        };
        let rated = self.own.rate(figure, &as_figure);
        rated.is_none_or(|rating| rating == figure.rating)
    }

    fn reach(&self) -> i64 {
        i64::from(self.own.settings().below)
    }
}
