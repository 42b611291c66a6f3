//! Rating bands behind a chart's line: a faint fill, an edge where one ends, and at the right its shape, word and figures.

use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating_band::RatingBand;
use crate::output::palette;
use crate::review::RatedFigure;
use crate::review::process::BandsFrom;

use super::scale::rounded;
use super::side_labels::{SideLabel, Wanted, placed, wrapped};

/// Letters of a line of words right of the plot.
const LETTERS: usize = 22;

/// A band, or a part of one, between two periods.
#[derive(Debug, Serialize)]
struct Fill {
    class: &'static str,
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// Where one band ends and another begins.
#[derive(Debug, Serialize)]
struct Edge {
    from: f64,
    to: f64,
    y: f64,
}

/// The bands of a chart, laid out.
#[derive(Debug, Default, Serialize)]
pub struct Bands {
    fills: Vec<Fill>,
    edges: Vec<Edge>,
    /// Strips of full colour at the right end, beside the words.
    swatches: Vec<Fill>,
    labels: Vec<SideLabel>,
}

/// The plot that bands are laid into: `y` is the height of a figure, `x` where a period's slot begins.
pub struct Plot<'a> {
    /// Height of a figure.
    pub y: &'a dyn Fn(f64) -> f64,
    /// Where the slot of the period at this position begins; past the last one, where the plot ends.
    pub x: &'a dyn Fn(usize) -> f64,
    /// Upper end.
    pub top: f64,
    /// Lower end.
    pub bottom: f64,
}

/// The bands behind a history, oldest first; the words are of the newest period's.
pub fn bands(history: &[RatedFigure], of: &[BandsFrom], plot: &Plot<'_>) -> Bands {
    let mut laid = Bands::default();
    let Some(newest) = history.last() else { return laid };
    let position = |stretch: &BandsFrom| history.iter().take_while(|own| own.period < stretch.from).count();
    for (index, stretch) in of.iter().enumerate() {
        let from = position(stretch);
        let to = of.get(index + 1).map_or(history.len(), position);
        if from >= to {
            continue;
        }
        let (x, end) = ((plot.x)(from), (plot.x)(to));
        for (number, band) in stretch.bands.iter().enumerate() {
            let Some((top, bottom)) = ends(&stretch.bands, number, newest.unit, plot) else { continue };
            let class = palette::swatch(band.rating).class;
            laid.fills.push(Fill {
                class,
                x,
                y: top,
                width: rounded(end - x),
                height: rounded(bottom - top),
            });
            if number > 0 && (plot.top..=plot.bottom).contains(&bottom) {
                laid.edges.push(Edge { from: x, to: end, y: bottom });
            }
            // A band of one figure alone is a line: both its edges, drawn once.
            if number == 0 && bottom <= top {
                laid.edges.push(Edge { from: x, to: end, y: bottom });
            }
        }
    }
    if let Some(stretch) = of.last() {
        let mut wanted = Vec::new();
        for (number, band) in stretch.bands.iter().enumerate() {
            let Some((top, bottom)) = ends(&stretch.bands, number, newest.unit, plot) else { continue };
            let swatch = palette::swatch(band.rating);
            laid.swatches.push(Fill {
                class: swatch.class,
                x: (plot.x)(history.len()),
                y: rounded(if bottom - top < 3.0 { top - 1.5 } else { top }),
                width: 6.0,
                height: rounded((bottom - top).max(3.0)),
            });
            wanted.push(Wanted {
                y: (top + bottom) / 2.0,
                lines: wrapped(&told(band, newest.unit), LETTERS),
                class: "band-words",
            });
        }
        laid.labels = placed(wanted, plot.top - 8.0, plot.bottom + 4.0);
    }
    laid
}

/// `● Green: 90% and over`.
pub fn told(band: &RatingBand, unit: Unit) -> String {
    let swatch = palette::swatch(band.rating);
    format!("{} {}: {}", swatch.shape, band.rating.word(), band.words(unit))
}

/// The heights between which a band is drawn, the upper first; `None` where all of it lies outside the plot. Of whole numbers the edge
/// is drawn halfway between two, so that no figure lies on it.
fn ends(bands: &[RatingBand], number: usize, unit: Unit, plot: &Plot<'_>) -> Option<(f64, f64)> {
    let band = bands.get(number)?;
    let halfway = |value: Quantity, step: i64| (value + Quantity::new(step * 5, 1)).to_f64();
    let at = |value: f64| rounded((plot.y)(value));
    let bottom = match band.low {
        None => plot.bottom,
        // Nothing is below nothing: the first band goes down to the axis.
        Some(low) if unit.is_whole() && low.value.is_zero() => plot.bottom,
        Some(low) if unit.is_whole() => at(halfway(low.value, if low.included { -1 } else { 1 })?),
        Some(low) => at(low.value.to_f64()?),
    };
    let top = match band.high {
        None => plot.top,
        Some(high) if unit.is_whole() => at(halfway(high.value, if high.included { 1 } else { -1 })?),
        Some(high) => at(high.value.to_f64()?),
    };
    let (top, bottom) = (top.max(plot.top), bottom.min(plot.bottom));
    (top <= bottom).then_some((top, bottom))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Period;
    use crate::domain::rating::Rating;
    use crate::domain::rating_band::BandEdge;
    use crate::output::pages::samples::{figure, quarter};
    use proptest::prelude::*;

    /// A plot of 100 by 100 with figures from 0 to `most`.
    fn laid(history: &[RatedFigure], of: &[BandsFrom], most: f64) -> Bands {
        let slot = 100.0 / history.len() as f64;
        let y = |value: f64| 100.0 - value / most * 100.0;
        bands(history, of, &Plot { y: &y, x: &|at| slot * at as f64, top: 0.0, bottom: 100.0 })
    }

    fn edge(value: i64, places: u32, included: bool) -> Option<BandEdge> {
        Some(BandEdge { value: Quantity::new(value, places), included })
    }

    fn history(number: u32) -> Vec<RatedFigure> {
        (0..number).map(|at| figure("5", at, Some((19, 20)), Rating::Green)).collect()
    }

    fn from(period: Period, bands: Vec<RatingBand>) -> BandsFrom {
        BandsFrom { from: period, bands }
    }

    #[test]
    fn each_band_is_filled_named_and_ends_at_an_edge() {
        let bands = vec![
            RatingBand { rating: Rating::Red, low: None, high: edge(60, 2, false) },
            RatingBand { rating: Rating::Amber, low: edge(60, 2, true), high: edge(100, 2, false) },
            RatingBand { rating: Rating::Green, low: edge(100, 2, true), high: edge(100, 2, true) },
        ];
        let laid = laid(&history(2), &[from(quarter(0), bands)], 1.0);
        let fills: Vec<_> = laid.fills.iter().map(|own| (own.class, own.y, own.height)).collect();
        assert_eq!(fills, [("red", 40.0, 60.0), ("amber", 0.0, 40.0), ("green", 0.0, 0.0)]);
        let edges: Vec<f64> = laid.edges.iter().map(|own| own.y).collect();
        assert_eq!(edges, [40.0, 0.0]);
        let words: Vec<String> = laid.labels.iter().map(SideLabel::text).collect();
        assert_eq!(words, ["● Green: 100%", "▲ Amber: 60% to below 100%", "■ Red: below 60%"]);
    }

    #[test]
    fn whole_numbers_lie_on_no_edge() {
        let bands = vec![
            RatingBand { rating: Rating::Green, low: edge(0, 0, true), high: edge(0, 0, true) },
            RatingBand { rating: Rating::Amber, low: edge(1, 0, true), high: edge(2, 0, true) },
            RatingBand { rating: Rating::Red, low: edge(3, 0, true), high: None },
        ];
        let counted: Vec<RatedFigure> =
            history(2).into_iter().map(|own| RatedFigure { unit: Unit::Count, ..own }).collect();
        let laid = laid(&counted, &[from(quarter(0), bands)], 5.0);
        let fills: Vec<_> = laid.fills.iter().map(|own| (own.class, own.y, own.height)).collect();
        assert_eq!(fills, [("green", 90.0, 10.0), ("amber", 50.0, 40.0), ("red", 0.0, 50.0)]);
    }

    #[test]
    fn bands_hold_from_the_period_in_which_they_changed() {
        let lone = |percent: i64| {
            vec![
                RatingBand { rating: Rating::Red, low: None, high: edge(percent, 2, false) },
                RatingBand { rating: Rating::Green, low: edge(percent, 2, true), high: None },
            ]
        };
        let of = [from(quarter(0), lone(80)), from(quarter(3), lone(90))];
        let own = laid(&history(4), &of, 1.0);
        let places: Vec<_> = own.edges.iter().map(|own| (own.from, own.to, own.y)).collect();
        assert_eq!(places, [(0.0, 75.0, 20.0), (75.0, 100.0, 10.0)]);
        assert!(own.labels.iter().all(|label| label.text().contains("90%")));
        // Of what is not shown any more nothing is drawn.
        let newer = &history(4)[3..];
        assert_eq!(laid(newer, &of, 1.0).edges.len(), 1);
        // A period without a target has no band.
        let of = [from(quarter(0), Vec::new()), from(quarter(2), lone(90))];
        assert!(laid(&history(4), &of, 1.0).fills.iter().all(|own| own.x >= 50.0));
    }

    proptest! {
        #[test]
        fn a_figure_lies_before_the_band_of_its_rating(low in 1i64..99, width in 1i64..60, tenths in 0i64..1000) {
            let high = (low + width).min(100);
            let bands = vec![
                RatingBand { rating: Rating::Red, low: None, high: edge(low, 2, false) },
                RatingBand { rating: Rating::Amber, low: edge(low, 2, true), high: edge(high, 2, false) },
                RatingBand { rating: Rating::Green, low: edge(high, 2, true), high: None },
            ];
            let figure = Quantity::new(tenths, 3);
            let held = bands.iter().find(|band| band.holds(figure)).unwrap();
            let class = palette::swatch(held.rating).class;
            let laid = laid(&history(1), &[from(quarter(0), bands.clone())], 1.0);
            let fill = laid.fills.iter().find(|own| own.class == class).unwrap();
            let y = 100.0 - tenths as f64 / 10.0;
            prop_assert!(fill.y - 0.1 <= y && y <= fill.y + fill.height + 0.1);
        }
    }
}
