//! An XmR chart laid out: the figures with mean and limits, their moving ranges below, icons with their words, and all of it as tables.
//!
//! Positions are floating; nothing is judged by them. What is special about a point stands in its shape, in the legend and in the table.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, show};
use crate::output::periods;
use crate::review::process::{Assurance, ProcessChart, ProcessPoint, SpecialCause, Towards, Variation};

use super::scale::{Scale, range, round_step, rounded, scale_text};
use super::side_labels::{SideLabel, TextLine, Wanted, placed, stacked, wrapped};
use super::words;

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

/// An icon; its words stand beside it.
#[derive(Debug, Serialize)]
struct Icon {
    class: &'static str,
    /// Outlines in a box of 48 by 48.
    outlines: Vec<&'static str>,
    /// Whether the frame is drawn broken.
    word: &'static str,
    about: &'static str,
}

#[derive(Debug, Serialize)]
struct Legend {
    class: &'static str,
    outline: String,
    sign: Option<&'static str>,
    word: &'static str,
}

#[derive(Debug, Serialize)]
struct LineRow {
    name: String,
    value: String,
    meaning: String,
}

#[derive(Debug, Serialize)]
struct Row {
    period: String,
    figure: Option<String>,
    range: Option<String>,
    verdict: String,
    remark: Option<String>,
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

/// Class, outline and sign of a point.
fn look(variation: Variation, x: f64, y: f64) -> (&'static str, String, Option<&'static str>) {
    let diamond = format!(
        "M{x},{}L{},{y}L{x},{}L{},{y}Z",
        rounded(y - 9.0),
        rounded(x + 9.0),
        rounded(y + 9.0),
        rounded(x - 9.0)
    );
    match variation {
        Variation::CommonCause => {
            ("cause-none", format!("M{},{y}a4,4 0 1 0 8,0a4,4 0 1 0 -8,0Z", rounded(x - 4.0)), None)
        }
        Variation::Improvement(_) => ("cause-better", diamond, Some("+")),
        Variation::Concern(_) => ("cause-worse", diamond, Some("!")),
        Variation::Neither(_) => ("cause-neither", diamond, Some("~")),
    }
}

fn legend(chart: &ProcessChart) -> Vec<Legend> {
    [
        (Variation::CommonCause, "Within what chance alone would give"),
        (Variation::Improvement(Towards::High), "Unlikely to be chance, for the better"),
        (Variation::Concern(Towards::High), "Unlikely to be chance, for the worse"),
        (Variation::Neither(Towards::High), "Unlikely to be chance, neither better nor worse"),
    ]
    .into_iter()
    .filter(|(kind, _)| chart.points.iter().any(|point| point.variation.word() == kind.word()))
    .map(|(kind, word)| {
        let (class, outline, sign) = look(kind, 10.0, 10.0);
        Legend { class, outline, sign, word }
    })
    .collect()
}

/// A wave between two lines; an arrow out of them, with a sign, where the figures leave what they do by themselves.
fn variation_icon(variation: Variation) -> Icon {
    const LINES: &str = "M7,15H41M7,33H41";
    let arrow = |towards: Towards| match towards {
        Towards::High => "M12,36L30,12M21,13L31,10L31,21",
        Towards::Low => "M12,12L30,36M21,35L31,38L31,27",
    };
    let (class, outlines) = match variation {
        Variation::CommonCause => ("icon-plain", vec![LINES, "M8,24L14,19L20,28L26,20L32,29L40,22"]),
        Variation::Improvement(towards) => ("icon-better", vec![LINES, arrow(towards), "M38,19V29M33,24H43"]),
        Variation::Concern(towards) => ("icon-worse", vec![LINES, arrow(towards), "M39,17V25M39,29V30"]),
        Variation::Neither(towards) => {
            ("icon-plain", vec![LINES, arrow(towards), "M35,25Q37,21 39,24T43,23"])
        }
    };
    Icon { class, outlines, word: variation.word(), about: "Variation" }
}

/// A target of rings: hit in the middle, missed beside, or both.
fn assurance_icon(assurance: Assurance) -> Icon {
    const RINGS: &str = "M11,24a13,13 0 1 0 26,0a13,13 0 1 0 -26,0ZM18,24a6,6 0 1 0 12,0a6,6 0 1 0 -12,0Z";
    let (class, outlines) = match assurance {
        Assurance::Hits => ("icon-better", vec![RINGS, "M18,24L23,29L32,18"]),
        Assurance::Misses => ("icon-worse", vec![RINGS, "M34,5L44,15M44,5L34,15"]),
        Assurance::HitAndMiss => ("icon-plain", vec![RINGS, "M18,24L23,29L32,18", "M34,5L44,15M44,5L34,15"]),
    };
    Icon { class, outlines, word: assurance.word(), about: "Assurance" }
}

fn lines(chart: &ProcessChart) -> Vec<LineRow> {
    let row = |name: &str, value: String, meaning: String| LineRow { name: name.to_string(), value, meaning };
    let limit = |limit: &crate::review::process::ProcessLimit, sign: &str| {
        let reckoned = format!("The average {sign} 2.66 times the average moving range.");
        match limit.is_cut() {
            true => {
                format!("{reckoned} Reckoned at {}; no figure can lie beyond.", shown(chart, limit.reckoned))
            }
            false => reckoned,
        }
    };
    let trial = if chart.trial { " (trial)" } else { "" };
    let mut rows = vec![
        row("Average", shown(chart, chart.mean), format!("The mean of {} figures.", chart.points.len())),
        row(
            &format!("Upper process limit{trial}"),
            shown(chart, chart.upper.value),
            limit(&chart.upper, "and"),
        ),
        row(
            &format!("Lower process limit{trial}"),
            shown(chart, chart.lower.value),
            limit(&chart.lower, "less"),
        ),
        row(
            "Average moving range",
            shown_range(chart, chart.mean_range),
            "The mean distance of a figure from the one right before.".to_string(),
        ),
    ];
    if let Some(target) = &chart.target {
        let better = if target.lower_is_better { "Lower is better." } else { "Higher is better." };
        rows.push(row(
            "Target",
            shown(chart, target.value),
            format!("{}. {better}", words::sentence(&target.words).trim_end_matches('.')),
        ));
    }
    rows
}

fn rows(chart: &ProcessChart, all: &[Period]) -> Vec<Row> {
    all.iter()
        .rev()
        .map(|period| {
            let label = periods::in_table(period);
            match chart.points.iter().find(|point| point.period == *period) {
                Some(point) => Row {
                    period: label,
                    figure: Some(point.shown.clone()),
                    range: point.moving_range.map(|range| shown_range(chart, range)),
                    verdict: verdict(point),
                    remark: point.relieved.then(|| "Relief agreed".to_string()),
                },
                None => Row {
                    period: label,
                    figure: None,
                    range: None,
                    verdict: chart
                        .gaps
                        .iter()
                        .find(|gap| gap.period == *period)
                        .map(|gap| format!("No point: {}", gap.why.to_lowercase()))
                        .unwrap_or_default(),
                    remark: None,
                },
            }
        })
        .collect()
}

/// `For the worse: below the lower limit; seven or more below the average`.
fn verdict(point: &ProcessPoint) -> String {
    let (word, towards) = match point.variation {
        Variation::CommonCause => return "Within chance".to_string(),
        Variation::Improvement(towards) => ("For the better", towards),
        Variation::Concern(towards) => ("For the worse", towards),
        Variation::Neither(towards) => ("Neither better nor worse", towards),
    };
    let side = |high: &'static str, low: &'static str| if towards == Towards::High { high } else { low };
    let why: Vec<&str> = point
        .causes
        .iter()
        .map(|cause| match cause {
            SpecialCause::Outside => side("above the upper limit", "below the lower limit"),
            SpecialCause::Trend => "one of six or more in a row that rise or fall",
            SpecialCause::CloseToLimit => "one of two in three close to a limit",
            SpecialCause::Run => "one of seven or more in a row on one side of the average",
        })
        .collect();
    format!("{word}: {}", why.join("; "))
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
mod tests {
    use super::*;
    use crate::output::pages::samples;

    #[test]
    fn every_point_and_gap_is_drawn_and_stands_in_the_table() {
        let chart = samples::process();
        let view = process_view("c", "KPI 5", &chart).unwrap();
        assert_eq!(view.points.len(), chart.points.len());
        assert_eq!(view.gaps.len(), 1);
        assert_eq!(view.rows.len(), chart.points.len() + 1);
        // Newest first, and what a point says in words.
        assert_eq!(view.rows[0].period, "October 2025");
        let verdict = |period: &str| {
            let row = view.rows.iter().find(|row| row.period == period).unwrap();
            (row.verdict.as_str(), row.remark.as_deref())
        };
        assert_eq!(verdict("January 2025"), ("No point: no return", None));
        assert_eq!(verdict("September 2024"), ("Within chance", None));
        assert_eq!(verdict("November 2024"), ("For the better: above the upper limit", None));
        assert_eq!(
            verdict("April 2025"),
            (
                "For the worse: below the lower limit; one of two in three close to a limit",
                Some("Relief agreed")
            )
        );
        assert_eq!(
            view.rows[0].verdict,
            "For the worse: one of seven or more in a row on one side of the average"
        );
        // The line is broken where a period is missing.
        assert_eq!(view.figures.stretches.len(), 2);
    }

    #[test]
    fn every_line_has_its_words_and_every_kind_of_point_its_meaning() {
        let view = process_view("c", "KPI 5", &samples::process()).unwrap();
        let mut words: Vec<String> = view.figures.labels.iter().map(SideLabel::text).collect();
        words.sort();
        assert_eq!(
            words,
            ["Average 91%", "Lower trial limit 85.7%", "Target: at least 95%", "Upper trial limit 96%"]
        );
        assert_eq!(view.legend.len(), 4);
        assert_eq!(view.variation.word, "Special cause: concern");
        assert_eq!(view.assurance.as_ref().map(|icon| icon.word), Some("Hits and misses the target"));
        assert!(
            view.description.contains("Special cause: concern; hits and misses the target."),
            "{}",
            view.description
        );
        assert_eq!(view.lines[3].value, "2 points");
        assert!(view.lines[1].meaning.contains("Reckoned at 101%"));
    }

    #[test]
    fn positions_lie_inside_the_drawing() {
        let view = process_view("c", "KPI 5", &samples::process()).unwrap();
        for point in &view.points {
            assert!((view.left..=view.right).contains(&point.x), "{point:?}");
            assert!((FIGURES.0..=FIGURES.1).contains(&point.y), "{point:?}");
        }
        for dot in &view.ranges.dots {
            assert!((RANGES.0..=RANGES.1).contains(&dot.y), "{dot:?}");
        }
    }

    #[test]
    fn every_verdict_has_an_icon_and_words_of_its_own() {
        let (up, down) = (Towards::High, Towards::Low);
        let kinds = [
            Variation::CommonCause,
            Variation::Improvement(up),
            Variation::Improvement(down),
            Variation::Concern(up),
            Variation::Concern(down),
            Variation::Neither(up),
            Variation::Neither(down),
        ];
        let mut icons: Vec<_> = kinds.iter().map(|kind| variation_icon(*kind).outlines).collect();
        icons.extend(
            [Assurance::Hits, Assurance::Misses, Assurance::HitAndMiss]
                .map(|own| assurance_icon(own).outlines),
        );
        let number = icons.len();
        icons.sort();
        icons.dedup();
        assert_eq!(icons.len(), number);
    }
}
