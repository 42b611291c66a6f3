//! The maturity profile: the areas of a self-assessment below each other on one scale, each with its score and the one before.
//!
//! Positions are floating; nothing is judged by them. The scores stand in the table that follows.

use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::domain::quantity::Unit;
use crate::domain::rating_band::{BandEdge, RatingBand};
use crate::output::palette;
use crate::output::periods;
use crate::review::{KpiLine, RatedFigure};

use super::charts::outline;
use super::scale::{Scale, range, round_step, rounded, scale_text};
use super::side_labels::{TextLine, stacked, wrapped};
use super::target_bands::told;
use super::words;

const WIDTH: f64 = 760.0;
const LEFT: f64 = 210.0;
const RIGHT: f64 = 150.0;
const TOP: f64 = 30.0;
/// Height of an area's row, and of the scale below all.
const ROW: f64 = 36.0;
const BOTTOM: f64 = 34.0;
/// Letters of an area's name on a line.
const LETTERS: usize = 28;
/// Fewer areas than this make no profile.
const LEAST_AREAS: usize = 3;

/// A profile laid out.
#[derive(Debug, Serialize)]
pub struct Profile {
    id: &'static str,
    title: String,
    description: String,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    fills: Vec<Fill>,
    ticks: Vec<Tick>,
    rows: Vec<Row>,
    /// What the marks mean, where scores of a review before are drawn.
    before: Option<String>,
}

#[derive(Debug, Serialize)]
struct Fill {
    class: &'static str,
    x: f64,
    width: f64,
    /// Where its words stand, and what they say.
    middle: f64,
    words: String,
}

#[derive(Debug, Serialize)]
struct Tick {
    x: f64,
    text: String,
}

#[derive(Debug, Serialize)]
struct Row {
    y: f64,
    name: Vec<TextLine>,
    /// Where the score stands; `None` where there is none.
    mark: Option<Mark>,
    /// Where the score before stands.
    before: Option<f64>,
    /// `2.3 ■ Red`.
    told: String,
}

#[derive(Debug, Serialize)]
struct Mark {
    x: f64,
    class: &'static str,
    outline: String,
}

/// The profile of the areas of a self-assessment; `None` of KPIs that are no areas, or too few.
pub fn profile(kpis: &[KpiLine]) -> Option<Profile> {
    if kpis.len() < LEAST_AREAS || !kpis.iter().all(|line| line.whole.is_area()) {
        return None;
    }
    let value = |figure: &RatedFigure| figure.value.and_then(|value| value.to_f64());
    let before = |line: &KpiLine| -> Option<f64> {
        line.history.iter().rev().find(|own| own.period < line.whole.period).and_then(value)
    };
    let bands = common_bands(kpis);
    let edges = bands.iter().flat_map(|band| band.low.into_iter().chain(band.high));
    let drawn: Vec<f64> = kpis.iter().flat_map(|line| [value(&line.whole), before(line)]).flatten().collect();
    if drawn.is_empty() {
        return None;
    }
    let (_, high) = range(drawn.iter().copied().chain(edges.filter_map(|edge| edge.value.to_f64())));
    let step = round_step((high / 6.0).max(1.0));
    // There is room above the highest edge, and a score of the highest kind does not stand on the frame.
    let scale = Scale { low: 0.0, high: ((high / step).floor() + 1.0) * step, step };
    let x = |value: f64| rounded(LEFT + scale.share(value) * (WIDTH - LEFT - RIGHT));
    let bottom = TOP + ROW * kpis.len() as f64;
    let rows: Vec<Row> = (0_u32..)
        .zip(kpis)
        .map(|(number, line)| {
            let y = rounded(TOP + ROW * (f64::from(number) + 0.5));
            let swatch = palette::swatch(line.whole.rating);
            let name = wrapped(&line.whole.title, LETTERS);
            let first = y + 4.0 - 7.5 * (name.len() as f64 - 1.0);
            let names: Vec<&str> = name.iter().map(String::as_str).collect();
            Row {
                y,
                name: stacked(&names, first),
                mark: value(&line.whole).map(|own| Mark {
                    x: x(own),
                    class: swatch.class,
                    outline: outline(line.whole.rating, x(own), y),
                }),
                before: before(line).filter(|before| value(&line.whole) != Some(*before)).map(x),
                told: match line.whole.value {
                    Some(_) => {
                        format!("{} {} {}", line.whole.shown(), swatch.shape, line.whole.rating.word())
                    }
                    None => format!("{} {}", swatch.shape, line.whole.rating.word()),
                },
            }
        })
        .collect();
    let newest = kpis.iter().map(|line| line.whole.period).max()?;
    let compared = rows.iter().any(|row| row.before.is_some());
    Some(Profile {
        id: "profile",
        title: format!("Scores by area, {}", periods::in_table(&newest)),
        description: description(kpis, &bands),
        width: WIDTH,
        height: bottom + BOTTOM,
        left: LEFT,
        right: WIDTH - RIGHT,
        top: TOP,
        bottom,
        fills: fills(&bands, &scale, &x),
        ticks: scale
            .ticks()
            .into_iter()
            .map(|tick| Tick { x: x(tick), text: scale_text(tick, Unit::Score) })
            .collect(),
        rows,
        before: compared
            .then(|| "A small circle is the score of the review before, where it was another.".to_string()),
    })
}

/// The bands that all areas share; none where they differ.
fn common_bands(kpis: &[KpiLine]) -> Vec<RatingBand> {
    let of = |line: &KpiLine| line.bands.last().map(|last| last.bands.clone()).unwrap_or_default();
    let first = kpis.first().map(of).unwrap_or_default();
    if kpis.iter().all(|line| of(line) == first) { first } else { Vec::new() }
}

fn fills(bands: &[RatingBand], scale: &Scale, x: &dyn Fn(f64) -> f64) -> Vec<Fill> {
    bands
        .iter()
        .filter_map(|band| {
            let end = |edge: Option<BandEdge>, open: f64| match edge {
                Some(edge) => edge.value.to_f64(),
                None => Some(open),
            };
            let (low, high) = (x(end(band.low, scale.low)?), x(end(band.high, scale.high)?));
            let swatch = palette::swatch(band.rating);
            Some(Fill {
                class: swatch.class,
                x: low,
                width: rounded(high - low),
                middle: rounded((low + high) / 2.0),
                words: format!("{} {}", swatch.shape, band.rating.word()),
            })
        })
        .collect()
}

fn description(kpis: &[KpiLine], bands: &[RatingBand]) -> String {
    let mut text =
        format!("Scores of {} on one scale, each with its rating", words::count(kpis.len(), "area", "areas"));
    text.push_str(if kpis.iter().any(|line| line.history.len() > 1) {
        " and the score of the review before."
    } else {
        "."
    });
    if !bands.is_empty() {
        let told: Vec<String> = bands.iter().rev().map(|band| told(band, Unit::Score)).collect();
        text.push_str(&format!(" Bands behind the scores: {}.", told.join("; ")));
    }
    text.push_str(" The scores are in the table that follows.");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Quantity;
    use crate::domain::rating::Rating;
    use crate::output::pages::samples::{figure, score_bands};

    fn area(title: &str, tenths: Option<i64>, before: Option<i64>) -> KpiLine {
        let scored = |quarter: u32, tenths: Option<i64>| {
            let rating = match tenths {
                None => Rating::Invalid,
                Some(tenths) if tenths >= 35 => Rating::Green,
                Some(tenths) if tenths >= 25 => Rating::Amber,
                Some(_) => Rating::Red,
            };
            RatedFigure {
                title: title.to_string(),
                unit: Unit::Score,
                value: tenths.map(|tenths| Quantity::new(tenths, 1)),
                ..figure("1", quarter, None, rating)
            }
        };
        let whole = scored(1, tenths);
        let mut history: Vec<RatedFigure> = before.iter().map(|own| scored(0, Some(*own))).collect();
        history.push(whole.clone());
        KpiLine {
            within: vec![whole.clone()],
            whole,
            areas: Vec::new(),
            history,
            sentences: Vec::new(),
            bands: score_bands(),
            process: None,
        }
    }

    #[test]
    fn every_area_has_its_row_with_score_and_rating_in_words() {
        let areas =
            [area("Risk", Some(30), Some(33)), area("People", Some(23), None), area("Payment", None, None)];
        let profile = profile(&areas).unwrap();
        let told: Vec<&str> = profile.rows.iter().map(|row| row.told.as_str()).collect();
        assert_eq!(told, ["3 ▲ Amber", "2.3 ■ Red", "? Invalid"]);
        assert!(profile.rows[0].before > profile.rows[0].mark.as_ref().map(|mark| mark.x));
        assert!(profile.rows[2].mark.is_none() && profile.rows[2].before.is_none());
        let words: Vec<&str> = profile.fills.iter().map(|fill| fill.words.as_str()).collect();
        assert_eq!(words, ["■ Red", "▲ Amber", "● Green"]);
        assert!(profile.description.contains("▲ Amber: 2.5 to below 3.5"), "{}", profile.description);
        assert!(profile.before.is_some());
    }

    #[test]
    fn what_is_no_profile_has_none() {
        assert!(super::profile(&[]).is_none());
        assert!(super::profile(&[area("Risk", Some(30), None), area("People", Some(30), None)]).is_none());
        let none = [area("A", None, None), area("B", None, None), area("C", None, None)];
        assert!(super::profile(&none).is_none());
    }
}
