//! A KPI's history as a line chart, laid out here and drawn by the template as inline SVG.
//!
//! Positions are floating; nothing is judged by them. Every point carries its rating's shape, every line its words,
//! and the figures stand in a table beside the chart.

use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::domain::text::capital;
use crate::output::palette;
use crate::output::periods;
use crate::output::targets;
use crate::review::RatedFigure;
use crate::review::process::BandsFrom;

use super::scale::{Scale, range, round_step, rounded, scale_text};
use super::side_labels::{LINE, TextLine, stacked};
use super::target_bands::{Bands, Plot, bands, told};
use super::words;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 280.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 50.0;
/// With more periods than this the words at the points are set smaller.
const PERIODS_AT_EASE: usize = 9;

/// A chart laid out. Lengths are in units of its own box.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// Prefix of the ids inside it.
    id: String,
    title: String,
    description: String,
    /// Whether points stand so close that their words are set smaller.
    dense: bool,
    width: f64,
    height: f64,
    plot_left: f64,
    plot_right: f64,
    plot_bottom: f64,
    scale: Vec<Label>,
    /// The rating bands behind the line.
    bands: Bands,
    /// Unbroken stretches of the line, as `points` of a polyline.
    stretches: Vec<String>,
    points: Vec<Point>,
    /// Periods without a figure, with the word why.
    gaps: Vec<Lines>,
    periods: Vec<Lines>,
}

/// A value of the scale.
#[derive(Debug, Serialize)]
struct Label {
    y: f64,
    text: String,
}

/// A figure.
#[derive(Debug, Serialize)]
struct Point {
    x: f64,
    y: f64,
    class: &'static str,
    outline: String,
    label_y: f64,
    label: String,
}

/// Words below each other.
#[derive(Debug, Serialize)]
struct Lines {
    x: f64,
    words: Vec<TextLine>,
}

/// The chart of a KPI's history, oldest first, before the rating bands of its periods; `None` where fewer than two periods have a
/// figure.
pub fn chart(id: &str, kpi: &str, history: &[RatedFigure], of: &[BandsFrom]) -> Option<Chart> {
    let figures: Vec<(usize, &RatedFigure, f64)> = history
        .iter()
        .enumerate()
        .filter_map(|(index, figure)| Some((index, figure, figure.value?.to_f64()?)))
        .collect();
    let (first, newest) = (history.first()?, history.last()?);
    if figures.len() < 2 {
        return None;
    }
    let edges: Vec<f64> = of
        .iter()
        .flat_map(|stretch| &stretch.bands)
        .flat_map(|band| band.low.into_iter().chain(band.high))
        .filter_map(|edge| edge.value.to_f64())
        .collect();
    let open_above = of.iter().flat_map(|stretch| &stretch.bands).any(|band| band.high.is_none());
    let scale = Vertical::over(
        figures.iter().map(|(_, _, value)| *value).chain(edges.iter().copied()),
        newest.unit,
        if open_above { range(edges.iter().copied()).1 } else { f64::MIN },
    );
    let slot = (WIDTH - LEFT - RIGHT) / history.len() as f64;
    let x = |index: usize| rounded(LEFT + slot * (index as f64 + 0.5));
    let laid = bands(
        history,
        of,
        &Plot {
            y: &|value| scale.y(value),
            x: &|index| rounded(LEFT + slot * index as f64),
            top: TOP,
            bottom: HEIGHT - BOTTOM,
        },
    );

    let points: Vec<Point> = figures
        .iter()
        .map(|(index, figure, value)| {
            let (x, y) = (x(*index), scale.y(*value));
            // A label that would lie on an edge goes below its point.
            let on_edge = edges.iter().any(|edge| (y - 26.0..y - 8.0).contains(&scale.y(*edge)));
            Point {
                x,
                y,
                class: palette::swatch(figure.rating).class,
                outline: outline(figure.rating, x, y),
                label_y: rounded(if on_edge { y + 21.0 } else { y - 12.0 }),
                label: figure.shown(),
            }
        })
        .collect();
    let gaps = history
        .iter()
        .enumerate()
        .filter(|(_, figure)| figure.value.is_none())
        .map(|(index, figure)| {
            let swatch = palette::swatch(figure.rating);
            // A figure that is not shown says so itself, below its rating.
            let rating = format!("{} {}", swatch.shape, figure.rating.word());
            let text = match &figure.said {
                Some(said) if figure.rating.is_judgement() => format!("{rating} {}", capital(said)),
                Some(said) => capital(said),
                None => rating,
            };
            let lines: Vec<&str> = text.split(' ').collect();
            Lines { x: x(index), words: stacked(&lines, HEIGHT - BOTTOM - LINE * lines.len() as f64) }
        })
        .collect();
    let periods = history
        .iter()
        .enumerate()
        .map(|(index, figure)| {
            let label = periods::on_axis(&figure.period);
            let lines: Vec<&str> = label.split(' ').collect();
            Lines { x: x(index), words: stacked(&lines, HEIGHT - BOTTOM + 20.0) }
        })
        .collect();

    let target = (!newest.target.is_empty()).then(|| targets::parts(newest).join("; "));
    let mut description = format!(
        "Line chart of {} from {} to {}; {}.",
        words::count(history.len(), "period", "periods"),
        first.period.describe(),
        newest.period.describe(),
        match history.len() - figures.len() {
            0 => "each has a figure".to_string(),
            1 => "one of them has none to show".to_string(),
            without => format!("{without} of them have none to show"),
        }
    );
    if let Some(target) = &target {
        description.push_str(&format!(" The target is {target}."));
    }
    if let Some(newest_bands) = of.last().filter(|own| !own.bands.is_empty()) {
        let words: Vec<String> =
            newest_bands.bands.iter().rev().map(|band| told(band, newest.unit)).collect();
        description
            .push_str(&format!(" Bands behind the line, the highest figures first: {}.", words.join("; ")));
    }
    if let [.., _, last] = of
        && history.first().is_some_and(|first| first.period < last.from)
    {
        description.push_str(&format!(" They changed with {}.", last.from.describe()));
    }
    if scale.0.low != 0.0 {
        description.push_str(&format!(" The scale starts at {}.", scale_text(scale.0.low, newest.unit)));
    }
    description.push_str(" The figures are in the tables that follow.");

    Some(Chart {
        id: id.to_string(),
        title: format!("{kpi}: trend"),
        description,
        dense: history.len() > PERIODS_AT_EASE,
        width: WIDTH,
        height: HEIGHT,
        plot_left: LEFT,
        plot_right: WIDTH - RIGHT,
        plot_bottom: HEIGHT - BOTTOM,
        scale: scale
            .0
            .ticks()
            .into_iter()
            .map(|value| Label { y: scale.y(value), text: scale_text(value, newest.unit) })
            .collect(),
        bands: laid,
        stretches: stretches(&figures, &points),
        points,
        gaps,
        periods,
    })
}

/// The vertical scale.
struct Vertical(Scale);

impl Vertical {
    /// `open` is an edge above which a band goes on: there is room for it.
    fn over(values: impl Iterator<Item = f64>, unit: Unit, open: f64) -> Self {
        let (mut low, high) = range(values);
        // Only a share well above nothing may start its scale above zero; all else is seen from zero.
        let high_share = unit == Unit::Percent && low >= 0.4;
        if !high_share {
            low = low.min(0.0);
        }
        let least = if unit == Unit::Percent { 0.05 } else { 1.0 };
        let step = round_step(((high - low) / 5.0).max(least));
        let mut bottom = (low / step).floor() * step;
        let mut top = (high / step).ceil() * step;
        if high_share && low - bottom < step / 4.0 {
            bottom = (bottom - step).max(0.0);
        }
        if top <= bottom || (top <= open && (unit != Unit::Percent || top < 1.0)) {
            top = top.max(bottom) + step;
        }
        Self(Scale { low: bottom, high: top, step })
    }

    fn y(&self, value: f64) -> f64 {
        rounded(HEIGHT - BOTTOM - self.0.share(value) * (HEIGHT - BOTTOM - TOP))
    }
}

/// Points next to each other are joined; a period without a figure breaks the line.
fn stretches(figures: &[(usize, &RatedFigure, f64)], points: &[Point]) -> Vec<String> {
    let mut stretches: Vec<Vec<String>> = Vec::new();
    let mut last = None;
    for ((index, _, _), point) in figures.iter().zip(points) {
        if last.is_none_or(|last| last + 1 != *index) {
            stretches.push(Vec::new());
        }
        last = Some(*index);
        if let Some(stretch) = stretches.last_mut() {
            stretch.push(format!("{},{}", point.x, point.y));
        }
    }
    stretches.into_iter().filter(|stretch| stretch.len() > 1).map(|stretch| stretch.join(" ")).collect()
}

/// The outline of a rating's shape around a point, as the palette's characters show it.
pub(super) fn outline(rating: Rating, x: f64, y: f64) -> String {
    let polygon = |corners: &[(f64, f64)]| {
        let corners: Vec<String> =
            corners.iter().map(|(dx, dy)| format!("{},{}", rounded(x + dx), rounded(y + dy))).collect();
        format!("M{}Z", corners.join("L"))
    };
    match rating {
        Rating::Stretch => polygon(&[
            (0.0, -9.0),
            (2.1, -2.9),
            (8.6, -2.8),
            (3.4, 1.1),
            (5.3, 7.3),
            (0.0, 3.6),
            (-5.3, 7.3),
            (-3.4, 1.1),
            (-8.6, -2.8),
            (-2.1, -2.9),
        ]),
        Rating::Amber => polygon(&[(0.0, -8.0), (8.0, 6.0), (-8.0, 6.0)]),
        Rating::Red => polygon(&[(-6.0, -6.0), (6.0, -6.0), (6.0, 6.0), (-6.0, 6.0)]),
        Rating::Green | Rating::NotRated => {
            format!("M{},{}a6,6 0 1 0 12,0a6,6 0 1 0 -12,0Z", rounded(x - 6.0), rounded(y))
        }
        Rating::NoActivity | Rating::NoReturn | Rating::Invalid => {
            polygon(&[(0.0, -8.0), (8.0, 0.0), (0.0, 8.0), (-8.0, 0.0)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::samples::figure;
    use proptest::prelude::*;

    #[test]
    fn steps_are_round() {
        for (least, step) in [(0.05, 0.05), (0.051, 0.1), (0.3, 0.5), (1.0, 1.0), (1.5, 2.0), (340.0, 500.0)]
        {
            assert!((round_step(least) - step).abs() < step / 1e6, "{least}: {}", round_step(least));
        }
    }

    #[test]
    fn one_figure_is_no_trend() {
        assert!(chart("c", "KPI 5", &[], &[]).is_none());
        assert!(chart("c", "KPI 5", &[figure("5", 0, Some((19, 20)), Rating::Green)], &[]).is_none());
        let gap = figure("5", 1, None, Rating::NoReturn);
        assert!(chart("c", "KPI 5", &[figure("5", 0, Some((19, 20)), Rating::Green), gap], &[]).is_none());
    }

    #[test]
    fn a_gap_breaks_the_line_and_says_why() {
        let history = [
            figure("5", 0, Some((19, 20)), Rating::Green),
            figure("5", 1, Some((18, 20)), Rating::Red),
            figure("5", 2, None, Rating::NoReturn),
            figure("5", 3, Some((20, 20)), Rating::Green),
        ];
        let chart = chart("c", "KPI 5", &history, &[]).unwrap();
        assert_eq!(chart.stretches.len(), 1);
        assert_eq!(chart.stretches[0].split(' ').count(), 2);
        let words: Vec<&str> = chart.gaps[0].words.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(words, ["✕", "No", "return"]);
        assert!(chart.description.contains("one of them has none to show"), "{}", chart.description);
        assert!(chart.description.contains("at least 95%"), "{}", chart.description);
    }

    proptest! {
        #[test]
        fn every_value_lies_inside_the_plot(values in proptest::collection::vec(-50.0..2000.0f64, 1..9)) {
            for unit in [Unit::Percent, Unit::Count] {
                let scale = Vertical::over(values.iter().copied(), unit, values[0]);
                for value in &values {
                    let y = scale.y(*value);
                    prop_assert!((TOP - 0.1..=HEIGHT - BOTTOM + 0.1).contains(&y), "{value} at {y}");
                }
                prop_assert!(scale.0.ticks().len() <= 9);
            }
        }
    }
}
