//! Figures of one period side by side on one line, with median and quartiles, laid out here and drawn by the template as inline SVG.
//!
//! Positions are floating; nothing is judged by them. The figures stand in a table beside the chart.

use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::domain::quantity::{Quantity, Unit};
use crate::review::benchmark::Spread;

use super::scale::{Scale, range, round_step, rounded, scale_text};

const WIDTH: f64 = 760.0;
/// Room for the words beside the quartiles.
const MARGIN: f64 = 150.0;
/// Height of the words above the plot: the provider's own, the median's, the quartiles'.
const WORDS: [f64; 3] = [16.0, 36.0, 56.0];
const TOP: f64 = 66.0;
/// With more figures than this the marks are small and have no rank in them.
const CROWDED: usize = 24;
/// About the width of a letter.
const LETTER: f64 = 7.5;

/// How large marks are.
#[derive(Debug, Clone, Copy)]
struct Size {
    radius: f64,
    /// How far apart two must stand.
    apart: f64,
    /// Whether there is room for a rank.
    ranked: bool,
}

impl Size {
    fn of(marks: usize) -> Self {
        match marks {
            0..=CROWDED => Self { radius: 9.0, apart: 20.0, ranked: true },
            _ => Self { radius: 4.5, apart: 10.5, ranked: false },
        }
    }
}

/// A figure to be drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The figure.
    pub value: Quantity,
    /// The short words in its mark, such as its rank.
    pub label: String,
    /// Whether it is the one the reader looks for.
    pub own: bool,
}

/// What a chart is made of.
pub struct Strip<'a> {
    /// Prefix of the ids inside it.
    pub id: String,
    /// Title.
    pub title: String,
    /// Where the figures lie together.
    pub spread: Spread,
    /// What they count in.
    pub unit: Unit,
    /// A figure in words.
    pub show: &'a dyn Fn(Quantity) -> String,
    /// The figures that are drawn.
    pub drawn: Vec<Drawn>,
    /// The words at the own figure.
    pub own_words: Option<String>,
}

/// A chart laid out. Lengths are in units of its own box.
#[derive(Debug, Serialize)]
pub struct StripChart {
    id: String,
    title: String,
    description: String,
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    axis: f64,
    /// The middle half.
    band: Band,
    /// Upright lines: the median's and the own figure's.
    lines: Vec<Line>,
    marks: Vec<Mark>,
    words: Vec<Words>,
    scale: Vec<Words>,
}

#[derive(Debug, Serialize)]
struct Band {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

#[derive(Debug, Serialize)]
struct Line {
    class: &'static str,
    x: f64,
    top: f64,
    bottom: f64,
}

#[derive(Debug, Serialize)]
struct Mark {
    class: &'static str,
    outline: String,
    x: f64,
    label_y: f64,
    label: String,
}

#[derive(Debug, Serialize)]
struct Words {
    class: &'static str,
    x: f64,
    y: f64,
    text: String,
}

impl Strip<'_> {
    /// Lays it out; `None` where a figure cannot be drawn.
    pub fn laid_out(&self) -> Option<StripChart> {
        let spread = &self.spread;
        let [lower, median, upper] =
            [spread.lower.to_f64()?, spread.median.to_f64()?, spread.upper.to_f64()?];
        let mut values = Vec::new();
        for own in &self.drawn {
            values.push((own.value.to_f64()?, own));
        }
        values.sort_by(|(a, own), (b, other)| a.total_cmp(b).then(other.own.cmp(&own.own)));
        let scale = Horizontal::over(values.iter().map(|(value, _)| *value).chain([lower, upper]), self.unit);
        let size = Size::of(values.len());
        let positions: Vec<f64> = values.iter().map(|(value, _)| scale.x(*value)).collect();
        let levels = levels(&positions, size.apart);
        let most = levels.iter().max().map_or(0, |level| level + 1).max(2);
        let base = TOP + size.apart * most as f64 - size.radius + 4.0;
        let axis = base + size.radius + 6.0;
        let marks: Vec<Mark> = values
            .iter()
            .zip(&levels)
            .map(|((value, own), level)| {
                let (x, y) = (scale.x(*value), rounded(base - size.apart * *level as f64));
                Mark {
                    class: if own.own { "own" } else { "dot" },
                    outline: if own.own { diamond(x, y, size.radius) } else { circle(x, y, size.radius) },
                    x,
                    label_y: rounded(y + 4.0),
                    label: if size.ranked { own.label.clone() } else { String::new() },
                }
            })
            .collect();
        let (x_lower, x_median, x_upper) = (scale.x(lower), scale.x(median), scale.x(upper));
        let mut lines = vec![Line { class: "median", x: x_median, top: WORDS[1] + 4.0, bottom: axis }];
        let mut words = vec![
            centred("", x_median, WORDS[1], format!("Median {}", (self.show)(spread.median))),
            Words {
                class: "end",
                x: rounded(x_lower - 4.0),
                y: WORDS[2],
                text: format!("Lower quartile {}", (self.show)(spread.lower)),
            },
            Words {
                class: "start",
                x: rounded(x_upper + 4.0),
                y: WORDS[2],
                text: format!("Upper quartile {}", (self.show)(spread.upper)),
            },
        ];
        let own = values.iter().zip(&levels).find(|((_, own), _)| own.own);
        if let (Some(((value, _), level)), Some(text)) = (own, &self.own_words) {
            let x = scale.x(*value);
            let bottom = rounded(base - size.apart * *level as f64);
            lines.push(Line { class: "leader", x, top: WORDS[0] + 4.0, bottom });
            words.push(centred("own-words", x, WORDS[0], text.clone()));
        }
        Some(StripChart {
            id: self.id.clone(),
            title: self.title.clone(),
            description: self.description(),
            width: WIDTH,
            height: rounded(axis + 28.0),
            left: MARGIN,
            right: WIDTH - MARGIN,
            axis: rounded(axis),
            band: Band {
                x: x_lower,
                y: TOP,
                width: rounded((x_upper - x_lower).max(1.0)),
                height: rounded(axis - TOP),
            },
            lines,
            marks,
            words,
            scale: scale
                .0
                .ticks()
                .into_iter()
                .map(|value| Words {
                    class: "middle",
                    x: scale.x(value),
                    y: rounded(axis + 19.0),
                    text: scale_text(value, self.unit),
                })
                .collect(),
        })
    }

    fn description(&self) -> String {
        let spread = &self.spread;
        let show = |value| (self.show)(value);
        let others = self.drawn.iter().filter(|own| !own.own).count();
        let mut text = format!(
            "Strip chart of the figures of {} providers. Lower quartile {}, median {}, upper quartile {}.",
            spread.number,
            show(spread.lower),
            show(spread.median),
            show(spread.upper)
        );
        if let Some(words) = &self.own_words {
            text.push_str(&format!(" Marked: {words}."));
        }
        text.push_str(match others {
            0 => " The figures of other providers are not drawn.",
            _ if Size::of(self.drawn.len()).ranked => {
                " The numbers in the marks are ranks; the figures are in the table that follows."
            }
            _ => " The figures and ranks are in the table that follows.",
        });
        text
    }
}

/// Words whose middle is at `x`, drawn in where they would leave the chart.
fn centred(class: &'static str, x: f64, y: f64, text: String) -> Words {
    let half = text.chars().count() as f64 * LETTER / 2.0;
    let class = if class.is_empty() { "middle" } else { class };
    Words { class, x: rounded(x.clamp(half.min(WIDTH / 2.0), (WIDTH - half).max(WIDTH / 2.0))), y, text }
}

/// The level of each mark, from 0, so that no two cover each other; positions in ascending order.
fn levels(positions: &[f64], apart: f64) -> Vec<usize> {
    let mut last: Vec<f64> = Vec::new();
    positions
        .iter()
        .map(|x| match last.iter_mut().enumerate().find(|(_, other)| *x - **other >= apart) {
            Some((level, other)) => {
                *other = *x;
                level
            }
            None => {
                last.push(*x);
                last.len() - 1
            }
        })
        .collect()
}

fn circle(x: f64, y: f64, radius: f64) -> String {
    let across = 2.0 * radius;
    format!(
        "M{},{y}a{radius},{radius} 0 1 0 {across},0a{radius},{radius} 0 1 0 -{across},0Z",
        rounded(x - radius)
    )
}

fn diamond(x: f64, y: f64, radius: f64) -> String {
    let reach = radius + 3.0;
    format!(
        "M{x},{}L{},{y}L{x},{}L{},{y}Z",
        rounded(y - reach),
        rounded(x + reach),
        rounded(y + reach),
        rounded(x - reach)
    )
}

/// The horizontal scale.
struct Horizontal(Scale);

impl Horizontal {
    fn over(values: impl Iterator<Item = f64>, unit: Unit) -> Self {
        let (low, high) = range(values);
        let least = if unit == Unit::Percent { 0.01 } else { 1.0 };
        let step = round_step(((high - low) / 6.0).max(least));
        // A hair inside, so that a value on a step stays on it.
        let mut bottom = (low / step + 1e-9).floor() * step;
        let top = (high / step - 1e-9).ceil() * step;
        if top - bottom < step / 2.0 {
            bottom -= step;
        }
        Self(Scale { low: bottom, high: top.max(bottom + 2.0 * step), step })
    }

    fn x(&self, value: f64) -> f64 {
        rounded(MARGIN + self.0.share(value) * (WIDTH - 2.0 * MARGIN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::show;
    use proptest::prelude::*;

    fn laid_out(values: &[i64], own: Option<usize>, unit: Unit) -> StripChart {
        let places = if unit == Unit::Percent { 3 } else { 0 };
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let at = |index: usize| Quantity::new(sorted[index], places);
        let show = |value| show(value, unit, &[]);
        let strip = Strip {
            id: "strip".to_string(),
            title: "KPI 5".to_string(),
            spread: Spread {
                number: values.len(),
                lower: at(values.len() / 4),
                median: at(values.len() / 2),
                upper: at(values.len() * 3 / 4),
            },
            unit,
            show: &show,
            drawn: values
                .iter()
                .enumerate()
                .map(|(index, value)| Drawn {
                    value: Quantity::new(*value, places),
                    label: (index + 1).to_string(),
                    own: Some(index) == own,
                })
                .collect(),
            own_words: own.map(|_| "This provider".to_string()),
        };
        strip.laid_out().unwrap()
    }

    #[test]
    fn the_own_figure_has_a_shape_and_words_of_its_own() {
        let chart = laid_out(&[900, 880, 910, 950, 990], Some(1), Unit::Percent);
        let own: Vec<&Mark> = chart.marks.iter().filter(|mark| mark.class == "own").collect();
        assert_eq!(own.len(), 1);
        assert_eq!(own[0].label, "2");
        assert_ne!(own[0].outline.matches('L').count(), 0, "a diamond has corners");
        assert!(chart.words.iter().any(|words| words.text == "This provider"));
        assert!(chart.description.contains("Marked: This provider."), "{}", chart.description);
        let texts: Vec<&str> = chart.words.iter().map(|words| words.text.as_str()).collect();
        assert!(texts.contains(&"Median 91%") && texts.contains(&"Lower quartile 90%"), "{texts:?}");
    }

    #[test]
    fn many_marks_are_small_and_have_no_rank() {
        for (number, label, words) in [
            (24, "1", "The numbers in the marks are ranks"),
            (25, "", "The figures and ranks are in the table"),
        ] {
            let chart = laid_out(&vec![1000; number], None, Unit::Percent);
            assert_eq!(chart.marks[0].label, label);
            assert!(chart.description.contains(words), "{}", chart.description);
            assert!(chart.height < 700.0, "{} alike: {}", number, chart.height);
        }
    }

    #[test]
    fn without_others_the_scale_reaches_no_further_than_what_is_told() {
        let chart = laid_out(&[900], Some(0), Unit::Percent);
        assert!(chart.description.contains("not drawn"));
        let texts: Vec<&str> = chart.scale.iter().map(|words| words.text.as_str()).collect();
        assert_eq!(texts, ["89%", "90%", "91%"]);
    }

    proptest! {
        #[test]
        fn no_mark_leaves_the_plot_or_covers_another(values in prop::collection::vec(-50i64..3000, 3..40), own in 0usize..3) {
            let apart = Size::of(values.len()).apart - 0.2;
            for unit in [Unit::Percent, Unit::Count] {
                let chart = laid_out(&values, Some(own), unit);
                let mut places: Vec<(f64, f64)> = Vec::new();
                for mark in &chart.marks {
                    prop_assert!((MARGIN - 0.1..=WIDTH - MARGIN + 0.1).contains(&mark.x), "{} of {values:?}", mark.x);
                    prop_assert!(mark.label_y > TOP && mark.label_y < chart.axis);
                    for (x, y) in &places {
                        prop_assert!((mark.x - x).abs() >= apart || (mark.label_y - y).abs() >= apart);
                    }
                    places.push((mark.x, mark.label_y));
                }
                prop_assert!(chart.scale.len() <= 9, "{}", chart.scale.len());
                prop_assert!(chart.band.width > 0.0);
            }
        }
    }
}
