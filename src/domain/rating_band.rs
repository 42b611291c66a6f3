//! Which figures a rating is given for: a stretch of figures with its rating, each end included or not.

use super::quantity::{Quantity, Unit, show};
use super::rating::Rating;

/// One end of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandEdge {
    /// The figure at the end; shares as fractions of 1.
    pub value: Quantity,
    /// Whether that figure itself has the band's rating.
    pub included: bool,
}

/// A stretch of figures that are all rated alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatingBand {
    /// Their rating: stretch, green, amber or red.
    pub rating: Rating,
    /// The lower end; `None` where the band goes down as far as figures go.
    pub low: Option<BandEdge>,
    /// The upper end; `None` where the band goes up as far as figures go.
    pub high: Option<BandEdge>,
}

impl RatingBand {
    /// Whether a figure lies in the band.
    pub fn holds(&self, figure: Quantity) -> bool {
        let above = |edge: &BandEdge| if edge.included { figure >= edge.value } else { figure > edge.value };
        let below = |edge: &BandEdge| if edge.included { figure <= edge.value } else { figure < edge.value };
        self.low.as_ref().is_none_or(above) && self.high.as_ref().is_none_or(below)
    }

    /// The figures in words: `90% and over`, `over 3`, `below 80%`, `80% to below 90%`, `100%`.
    pub fn words(&self, unit: Unit) -> String {
        let text = |edge: &BandEdge| show(edge.value, unit, &[edge.value]);
        match (&self.low, &self.high) {
            (None, None) => "any figure".to_string(),
            (Some(low), None) if low.included => format!("{} and over", text(low)),
            (Some(low), None) => format!("over {}", text(low)),
            (None, Some(high)) if high.included => format!("{} and under", text(high)),
            (None, Some(high)) => format!("below {}", text(high)),
            (Some(low), Some(high)) if low.value == high.value => text(low),
            (Some(low), Some(high)) => format!(
                "{}{} to {}{}",
                if low.included { "" } else { "over " },
                text(low),
                if high.included { "" } else { "below " },
                text(high)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_says_which_figures_it_holds() {
        let edge =
            |percent: i64, included: bool| Some(BandEdge { value: Quantity::new(percent, 2), included });
        for (low, high, words, inside, outside) in [
            (edge(90, true), None, "90% and over", vec![90, 100], vec![89]),
            (edge(90, false), None, "over 90%", vec![91], vec![90]),
            (None, edge(80, false), "below 80%", vec![0, 79], vec![80]),
            (None, edge(80, true), "80% and under", vec![80], vec![81]),
            (edge(80, true), edge(90, false), "80% to below 90%", vec![80, 89], vec![79, 90]),
            (edge(80, false), edge(90, true), "over 80% to 90%", vec![81, 90], vec![80, 91]),
            (edge(100, true), edge(100, true), "100%", vec![100], vec![99]),
            (None, None, "any figure", vec![0], vec![]),
        ] {
            let band = RatingBand { rating: Rating::Green, low, high };
            assert_eq!(band.words(Unit::Percent), words);
            assert!(inside.iter().all(|percent| band.holds(Quantity::new(*percent, 2))), "{words}");
            assert!(!outside.iter().any(|percent| band.holds(Quantity::new(*percent, 2))), "{words}");
        }
    }
}
