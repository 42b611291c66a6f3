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
