//! A rating rule seen from the figures: which stretch of figures has which rating.
//!
//! The stretches are found by rating figures with the rule itself, so that none can say another rating than a figure in it gets.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::rating_rule::RatingRule;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::rating_band::{BandEdge, RatingBand};
use crate::rules::figure::Figure;

/// Figures that no bound tells apart.
#[derive(Debug, Clone, Copy)]
struct Piece {
    low: Option<BandEdge>,
    high: Option<BandEdge>,
    rating: Rating,
}

impl RatingRule {
    /// The bands of the figures a KPI can have, the lowest figures first: shares from 0% to 100%, whole numbers from 0 where things
    /// are counted, amounts from 0 but of pounds, which may be below. Figures that the contract leaves without a rating have no band.
    pub fn by_figure(&self, unit: Unit) -> Vec<RatingBand> {
        let pieces = if unit.is_whole() { self.whole_pieces() } else { self.pieces(unit) };
        let mut bands: Vec<RatingBand> = Vec::new();
        let mut joins = false;
        for piece in pieces {
            match bands.last_mut() {
                Some(last) if joins && last.rating == piece.rating => last.high = piece.high,
                _ if piece.rating.is_judgement() => {
                    bands.push(RatingBand { rating: piece.rating, low: piece.low, high: piece.high });
                }
                _ => {}
            }
            joins = piece.rating.is_judgement();
        }
        open_ends(&mut bands, unit, &self.cuts());
        bands
    }

    fn rating_of(&self, figure: Quantity) -> Rating {
        self.rate(&Figure::Amount(figure)).rating
    }

    /// Single figures at the bounds, and what lies between them.
    fn pieces(&self, unit: Unit) -> Vec<Piece> {
        let most = (unit == Unit::Percent).then_some(Decimal::ONE);
        let least = (unit != Unit::Pounds).then_some(Decimal::ZERO);
        let within =
            |cut: &Quantity| least.is_none_or(|least| *cut >= least) && most.is_none_or(|most| *cut <= most);
        let cuts: Vec<Quantity> = self.cuts().into_iter().filter(within).collect();
        let (Some(first), Some(last)) = (cuts.first(), cuts.last()) else {
            return vec![Piece { low: None, high: None, rating: self.rating_of(Decimal::ZERO) }];
        };
        let edge = |value: Quantity, included: bool| Some(BandEdge { value, included });
        let mut pieces = Vec::new();
        if least != Some(*first) {
            let rating =
                self.rating_of(least.map_or(*first - Decimal::ONE, |least| (least + first) / Decimal::TWO));
            pieces.push(Piece { low: None, high: edge(*first, false), rating });
        }
        for (index, cut) in cuts.iter().enumerate() {
            pieces.push(Piece {
                low: edge(*cut, true),
                high: edge(*cut, true),
                rating: self.rating_of(*cut),
            });
            if let Some(next) = cuts.get(index + 1) {
                let rating = self.rating_of((*cut + *next) / Decimal::TWO);
                pieces.push(Piece { low: edge(*cut, false), high: edge(*next, false), rating });
            }
        }
        if most != Some(*last) {
            let rating =
                self.rating_of(most.map_or(*last + Decimal::ONE, |most| (*last + most) / Decimal::TWO));
            pieces.push(Piece { low: edge(*last, false), high: None, rating });
        }
        pieces
    }

    /// Whole numbers from 0, in stretches that no bound tells apart; all ends are included.
    fn whole_pieces(&self) -> Vec<Piece> {
        let cuts = self.cuts();
        let mut starts = BTreeSet::from([Decimal::ZERO]);
        for cut in cuts {
            starts.extend([cut.floor(), cut.floor() + Decimal::ONE, cut.ceil(), cut.ceil() + Decimal::ONE]);
        }
        starts.retain(|start| *start >= Decimal::ZERO);
        let starts: Vec<Quantity> = starts.into_iter().collect();
        let edge = |value: Quantity| Some(BandEdge { value, included: true });
        (0..)
            .zip(&starts)
            .map(|(index, start): (usize, _)| Piece {
                low: edge(*start),
                high: starts.get(index + 1).and_then(|next| edge(*next - Decimal::ONE)),
                rating: self.rating_of(*start),
            })
            .collect()
    }

    /// Every figure at which the rating may change, in order.
    fn cuts(&self) -> BTreeSet<Quantity> {
        let mut cuts: BTreeSet<Quantity> = self.bounds().into_iter().collect();
        if let RatingRule::Target(target) = self {
            let margin = if target.higher_is_better { -target.amber_margin } else { target.amber_margin };
            cuts.insert(target.bound.value + margin);
        }
        cuts
    }
}

/// A band that ends where figures end is open there, unless it is of that figure alone: `90% and over`, but `100%`.
fn open_ends(bands: &mut [RatingBand], unit: Unit, cuts: &BTreeSet<Quantity>) {
    let is_single = |band: &RatingBand| band.low.is_some() && band.low == band.high;
    let at = |edge: Option<BandEdge>, value: Quantity| edge == Some(BandEdge { value, included: true });
    let second = bands.get(1).and_then(|band| band.low);
    if let Some(first) = bands.first_mut().filter(|band| !is_single(band)) {
        if unit != Unit::Pounds && at(first.low, Decimal::ZERO) {
            first.low = None;
        }
        // Of whole numbers the one that the contract names is said: “below 2”, not “1 and under”.
        if let (Some(high), Some(next)) = (first.high, second)
            && first.low.is_none()
            && unit.is_whole()
            && !cuts.contains(&high.value)
            && high.value + Decimal::ONE == next.value
        {
            first.high = Some(BandEdge { included: false, ..next });
        }
    }
    if let Some(last) = bands.last_mut().filter(|band| !is_single(band))
        && unit == Unit::Percent
        && at(last.high, Decimal::ONE)
    {
        last.high = None;
    }
}

#[cfg(test)]
mod tests;
