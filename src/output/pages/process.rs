//! An XmR chart laid out: the figures with mean and limits, their moving ranges below, icons with their words, and all of it as tables.
//!
//! Positions are floating; nothing is judged by them. What is special about a point stands in its shape, in the legend and in the table.

mod icons;
mod tables;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, show};
use crate::output::periods;
use crate::review::process::{ProcessChart, ProcessPoint, SpecialCause};

use super::scale::{Scale, range, round_step, rounded, scale_text};
use super::side_labels::{SideLabel, TextLine, Wanted, placed, stacked, wrapped};
use super::words;
use icons::{Icon, Legend, assurance_icon, legend, look, variation_icon};
use tables::{LineRow, Row, lines, rows};

const WIDTH: f64 = 760.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 190.0;
/// Upper and lower end of the plot of the figures.
const FIGURES: (f64, f64) = (36.0, 236.0);
/// Upper and lower end of the plot of the moving ranges.
const RANGES: (f64, f64) = (318.0, 386.0);
const HEIGHT: f64 = 400.0;
/// Letters of a line of words right of the plot.
const LETTERS: usize = 22;
/// So many periods have their names below the axis without crowding; of more, every second or third has.
const NAMES_AT_EASE: usize = 14;

/// A chart with all that is said of it.
#[derive(Debug, Serialize)]
pub struct ProcessView {
    id: String,
    /// `KPI 7: XmR chart`.
    title: String,
    name: String,
    description: String,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    figures: Panel,
    ranges: Panel,
    /// Class and outline of the sign in the middle of each point.
    points: Vec<Point>,
    /// Periods without a point.
    gaps: Vec<Gap>,
    periods: Vec<Name>,
    variation: Icon,
    assurance: Option<Icon>,
    /// What the shapes of the points mean, those that occur.
    legend: Vec<Legend>,
    sentences: Vec<String>,
    cautions: Vec<String>,
    /// Mean, limits and target.
    lines: Vec<LineRow>,
    rows: Vec<Row>,
}

/// A plot with its scale and the lines across it.
#[derive(Debug, Serialize)]
struct Panel {
    top: f64,
    bottom: f64,
    heading: &'static str,
    scale: Vec<Tick>,
    across: Vec<Across>,
    labels: Vec<SideLabel>,
    stretches: Vec<String>,
    /// Small marks of the moving ranges; the figures have their own.
    dots: Vec<Dot>,
}

#[derive(Debug, Serialize)]
struct Tick {
    y: f64,
    text: String,
}

#[derive(Debug, Serialize)]
struct Across {
    class: &'static str,
    y: f64,
}

#[derive(Debug, Serialize)]
struct Dot {
    x: f64,
    y: f64,
}

#[derive(Debug, Serialize)]
struct Point {
    class: &'static str,
    outline: String,
    /// The sign inside, where there is one.
    sign: Option<&'static str>,
    x: f64,
    y: f64,
    /// The figure, where it is written out.
    label: Option<String>,
    label_y: f64,
}

#[derive(Debug, Serialize)]
struct Gap {
    x: f64,
    y: f64,
}

#[derive(Debug, Serialize)]
struct Name {
    x: f64,
    words: Vec<TextLine>,
}

/// The chart of a KPI called `name`; `id` begins the ids inside it.
pub fn process_view(id: &str, name: &str, chart: &ProcessChart) -> Option<ProcessView> {
    let (first, last) = (chart.points.first()?, chart.points.last()?);
    let mut all: Vec<Period> = chart.points.iter().map(|point| point.period).collect();
    all.extend(chart.gaps.iter().map(|gap| gap.period));
    all.sort();
    let slot = (WIDTH - LEFT - RIGHT) / all.len() as f64;
    let x = |period: Period| {
        let at = all.iter().take_while(|own| **own < period).count();
        rounded(LEFT + slot * (at as f64 + 0.5))
    };
    let target = chart.target.as_ref().map(|target| target.value);
    let values = chart.points.iter().map(|point| point.value);
    let drawn: Vec<f64> = values
        .chain([chart.mean, chart.lower.value, chart.upper.value])
        .chain(target)
        .filter_map(|value| value.to_f64())
        .collect();
    let figures = Vertical::over(&drawn, chart, FIGURES);
    let spread: Vec<f64> = chart
        .points
        .iter()
        .filter_map(|point| point.moving_range)
        .chain([chart.mean_range, Decimal::ZERO])
        .filter_map(|value| value.to_f64())
        .collect();
    let ranges = Vertical::over(&spread, chart, RANGES);
    let step = all.len().div_ceil(NAMES_AT_EASE);
    Some(ProcessView {
        id: id.to_string(),
        title: format!("{name}: XmR chart"),
        name: name.to_string(),
        description: description(chart, first, last),
        width: WIDTH,
        height: HEIGHT,
        left: LEFT,
        right: WIDTH - RIGHT,
        points: points(chart, &figures, &x),
        gaps: chart.gaps.iter().map(|gap| Gap { x: x(gap.period), y: FIGURES.1 - 6.0 }).collect(),
        figures: figures_panel(chart, &figures, &x),
        ranges: ranges_panel(chart, &ranges, &x),
        periods: all
            .iter()
            .enumerate()
            // The newest is always named, the others counted back from it.
            .filter(|(at, _)| (all.len() - 1 - at).is_multiple_of(step))
            .map(|(_, period)| {
                let label = periods::on_axis(period);
                let lines: Vec<&str> = label.split(' ').collect();
                Name { x: x(*period), words: stacked(&lines, FIGURES.1 + 18.0) }
            })
            .collect(),
        variation: variation_icon(chart.variation),
        assurance: chart.assurance.map(assurance_icon),
        legend: legend(chart),
        sentences: chart.sentences.clone(),
        cautions: chart.cautions.clone(),
        lines: lines(chart),
        rows: rows(chart, &all),
    })
}

fn description(chart: &ProcessChart, first: &ProcessPoint, last: &ProcessPoint) -> String {
    let special = chart.points.iter().filter(|point| point.variation.is_special()).count();
    let assurance = chart.assurance.map(|own| format!("; {}", own.word().to_lowercase())).unwrap_or_default();
    format!(
        "XmR chart (individuals and moving range) of {} from {} to {}. {}{assurance}. Marked as unlikely to be chance: {}. The \
         figures are in the tables that follow.",
        words::count(chart.points.len(), "figure", "figures"),
        first.period.describe(),
        last.period.describe(),
        chart.variation.word(),
        words::count(special, "figure", "figures"),
    )
}

/// A scale over a plot.
struct Vertical {
    scale: Scale,
    plot: (f64, f64),
}

impl Vertical {
    fn over(values: &[f64], chart: &ProcessChart, plot: (f64, f64)) -> Self {
        let (low, high) = range(values.iter().copied());
        let steps = if plot == FIGURES { 5.0 } else { 2.0 };
        let least = if chart.unit == crate::domain::quantity::Unit::Percent { 0.01 } else { 0.1 };
        let step = round_step(((high - low) / steps).max(least));
        let bottom = (low / step + 1e-9).floor() * step;
        let mut top = (high / step - 1e-9).ceil() * step;
        if top <= bottom {
            top = bottom + step;
        }
        Self { scale: Scale { low: bottom, high: top, step }, plot }
    }

    fn y(&self, value: f64) -> f64 {
        let (top, bottom) = self.plot;
        rounded(bottom - self.scale.share(value) * (bottom - top))
    }

    fn at(&self, value: Quantity) -> Option<f64> {
        Some(self.y(value.to_f64()?))
    }

    fn ticks(&self, chart: &ProcessChart) -> Vec<Tick> {
        let text = |value: f64| scale_text(value, chart.unit);
        self.scale.ticks().into_iter().map(|value| Tick { y: self.y(value), text: text(value) }).collect()
    }
}

fn figures_panel(chart: &ProcessChart, scale: &Vertical, x: &dyn Fn(Period) -> f64) -> Panel {
    let limit = |which: &str| format!("{which} {}limit", if chart.trial { "trial " } else { "" });
    let mut across = Vec::new();
    let mut wanted = Vec::new();
    let mut line = |class: &'static str, value: Quantity, words: String| {
        if let Some(y) = scale.at(value) {
            across.push(Across { class, y });
            let class = if class == "aim" { "aim-words" } else { "band-words" };
            wanted.push(Wanted { y, lines: wrapped(&words, LETTERS), class });
        }
    };
    line("limit", chart.upper.value, format!("{} {}", limit("Upper"), shown(chart, chart.upper.value)));
    line("mean", chart.mean, format!("Average {}", shown(chart, chart.mean)));
    line("limit", chart.lower.value, format!("{} {}", limit("Lower"), shown(chart, chart.lower.value)));
    if let Some(target) = &chart.target {
        line("aim", target.value, format!("Target: {}", target.words));
    }
    Panel {
        top: FIGURES.0,
        bottom: FIGURES.1,
        heading: "Figures",
        scale: scale.ticks(chart),
        across,
        labels: placed(wanted, FIGURES.0 - 16.0, FIGURES.1 + 16.0),
        stretches: stretches(chart, |point| Some((x(point.period), scale.at(point.value)?))),
        dots: Vec::new(),
    }
}

fn ranges_panel(chart: &ProcessChart, scale: &Vertical, x: &dyn Fn(Period) -> f64) -> Panel {
    let across: Vec<Across> =
        scale.at(chart.mean_range).map(|y| Across { class: "mean", y }).into_iter().collect();
    let words = format!("Average range {}", shown_range(chart, chart.mean_range));
    let wanted = across
        .iter()
        .map(|line| Wanted { y: line.y, lines: wrapped(&words, LETTERS), class: "band-words" })
        .collect();
    let place = |point: &ProcessPoint| Some((x(point.period), scale.at(point.moving_range?)?));
    Panel {
        top: RANGES.0,
        bottom: RANGES.1,
        heading: "Moving range: how far each figure is from the one before",
        scale: scale.ticks(chart),
        across,
        labels: placed(wanted, RANGES.0 - 8.0, RANGES.1 + 8.0),
        stretches: stretches(chart, place),
        dots: chart.points.iter().filter_map(place).map(|(x, y)| Dot { x, y }).collect(),
    }
}

/// Points of periods right after each other are joined.
fn stretches(chart: &ProcessChart, place: impl Fn(&ProcessPoint) -> Option<(f64, f64)>) -> Vec<String> {
    let mut stretches: Vec<Vec<String>> = Vec::new();
    let mut next = None;
    for point in &chart.points {
        let Some((x, y)) = place(point) else { continue };
        if next != Some(point.period) {
            stretches.push(Vec::new());
        }
        next = Some(point.period.next());
        if let Some(stretch) = stretches.last_mut() {
            stretch.push(format!("{x},{y}"));
        }
    }
    stretches.into_iter().filter(|stretch| stretch.len() > 1).map(|stretch| stretch.join(" ")).collect()
}

fn points(chart: &ProcessChart, scale: &Vertical, x: &dyn Fn(Period) -> f64) -> Vec<Point> {
    let last = chart.points.len().saturating_sub(1);
    chart
        .points
        .iter()
        .enumerate()
        .filter_map(|(at, point)| {
            let (x, y) = (x(point.period), scale.at(point.value)?);
            let (class, outline, sign) = look(point.variation, x, y);
            // Written out are the newest figure and those outside the limits; the others would cover each other.
            let written = at == last || point.causes.contains(&SpecialCause::Outside);
            let high = point.value >= chart.mean;
            Some(Point {
                class,
                outline,
                sign,
                x,
                y,
                label: written.then(|| point.shown.clone()),
                label_y: rounded(if high || y > FIGURES.1 - 16.0 { y - 12.0 } else { y + 22.0 }),
            })
        })
        .collect()
}

/// A figure of the chart; no rounding crosses the target.
fn shown(chart: &ProcessChart, figure: Quantity) -> String {
    let target: Vec<Quantity> = chart.target.iter().map(|target| target.value).collect();
    show(figure, chart.unit, &target)
}

/// A distance between figures: of shares in percentage points.
fn shown_range(chart: &ProcessChart, distance: Quantity) -> String {
    let text = show(distance, chart.unit, &[]);
    match text.strip_suffix('%') {
        Some(points) => format!("{points} points"),
        None => text,
    }
}

#[cfg(test)]
mod tests;
