//! How providers of one contract compare: one KPI in one period.
//!
//! A [`Benchmark`] names providers and is the council's. An [`OwnBenchmark`] is what one provider may see of it: its own figure and
//! place, and what is true of all together. It has no field for another provider's name or figure; of the figures of all it holds
//! median and quartiles, never the least and the greatest, which are somebody's own.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

use crate::domain::better::Better;
use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit, show};

/// Where figures lie together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// How many figures there are.
    pub number: usize,
    /// Lower quartile.
    pub lower: Quantity,
    /// Median.
    pub median: Quantity,
    /// Upper quartile.
    pub upper: Quantity,
}

/// Where a figure lies among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Quarter {
    /// At or below the lower quartile.
    Lowest,
    /// Below the median, above the lower quartile.
    BelowMedian,
    /// The median itself.
    Median,
    /// Above the median, below the upper quartile.
    AboveMedian,
    /// At or above the upper quartile.
    Highest,
}

impl Quarter {
    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Quarter::Lowest => "Lowest quarter",
            Quarter::BelowMedian => "Below the median",
            Quarter::Median => "At the median",
            Quarter::AboveMedian => "Above the median",
            Quarter::Highest => "Highest quarter",
        }
    }
}

impl Spread {
    /// Where a figure lies.
    pub fn quarter(&self, value: Quantity) -> Quarter {
        match value {
            value if value == self.median => Quarter::Median,
            value if value <= self.lower => Quarter::Lowest,
            value if value >= self.upper => Quarter::Highest,
            value if value < self.median => Quarter::BelowMedian,
            _ => Quarter::AboveMedian,
        }
    }
}

/// The provider's figure of the period before, of the same length.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Before {
    /// A figure that can be compared.
    Figure(Quantity),
    /// There is none, and why.
    None(String),
}

impl Before {
    /// `Up from 90%`, `Same as before (90%)`, or why there is no figure to compare with.
    fn change(&self, now: Quantity, show: &dyn Fn(Quantity) -> String) -> String {
        match self {
            Before::Figure(then) => match now.cmp(then) {
                Ordering::Equal => format!("Same as before ({})", show(*then)),
                Ordering::Greater => format!("Up from {}", show(*then)),
                Ordering::Less => format!("Down from {}", show(*then)),
            },
            Before::None(reason) => reason.clone(),
        }
    }
}

/// A provider that is compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Provider.
    pub provider: String,
    /// Its figure, exact.
    pub value: Quantity,
    /// The figure as everywhere in its pack.
    pub shown: String,
    /// `19 of 20`, where it is a share.
    pub out_of: Option<String>,
    /// Rank from 1, the best first, or the highest where neither end is the better; equal figures alike.
    pub rank: usize,
    /// How many providers have this very figure, itself included.
    pub alike: usize,
    /// Where it lies.
    pub quarter: Quarter,
    /// The period before.
    pub before: Before,
    /// What else is to be known of the figure, such as a relief.
    pub remark: Option<String>,
    /// Its place in a sentence, without any name.
    pub sentence: String,
}

/// A provider that is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Provider.
    pub provider: String,
    /// The figure, where there is one.
    pub shown: Option<String>,
    /// Why it is left out, in words that begin with a small letter and end without a full stop.
    pub reason: String,
}

impl LeftOut {
    /// `No return was received.`
    pub fn reason_in_a_sentence(&self) -> String {
        let mut letters = self.reason.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).chain(['.']).collect())
            .unwrap_or_default()
    }
}

/// What the figures that can be compared come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Market {
    /// Where they lie.
    pub spread: Spread,
    /// The median of the period before of the same length and of how many figures, where there was a benchmark.
    pub before: Option<(Quantity, usize)>,
    /// The providers, by rank, equals by name.
    pub providers: Vec<Compared>,
}

/// All providers of a contract, one KPI, one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Benchmark {
    /// KPI.
    pub kpi: String,
    /// The KPI's title.
    pub title: String,
    /// The clause that asks for the benchmark.
    pub clause: String,
    /// Period.
    pub period: Period,
    /// What the figures count in.
    pub unit: Unit,
    /// The bounds of the KPI's rating; no rounding may cross them.
    pub thresholds: Vec<Quantity>,
    /// Which figures are the better ones, where that is known.
    pub better: Option<Better>,
    /// The number of figures without which nothing is compared.
    pub at_least: usize,
    /// How many figures can be compared.
    pub comparable: usize,
    /// The comparison; `None` where there are too few figures.
    pub market: Option<Market>,
    /// Providers with a return due that are left out, by name.
    pub left_out: Vec<LeftOut>,
    /// What is true of all together, in sentences: median and quartiles, or why there is no benchmark.
    pub sentences: Vec<String>,
}

impl Benchmark {
    /// A figure of the KPI as people read it, never on the other side of a bound of its rating.
    pub fn show(&self, value: Quantity) -> String {
        show(value, self.unit, &self.thresholds)
    }

    /// How a provider's figure changed since the period before, in words.
    pub fn change(&self, own: &Compared) -> String {
        own.before.change(own.value, &|value| self.show(value))
    }

    /// The provider with this name, where it is compared.
    pub fn compared(&self, provider: &str) -> Option<&Compared> {
        self.market.iter().flat_map(|market| &market.providers).find(|own| own.provider == provider)
    }

    /// What is said of the provider with this name.
    pub fn sentences_on(&self, provider: &str) -> Vec<String> {
        let mut sentences = Vec::new();
        if let Some(own) = self.compared(provider) {
            sentences.push(own.sentence.clone());
        }
        sentences.extend(self.sentences.iter().cloned());
        if let Some(own) = self.left_out.iter().find(|own| own.provider == provider) {
            let figure = own.shown.as_ref().map(|shown| format!(" of {shown}")).unwrap_or_default();
            sentences.push(match self.market {
                Some(_) => format!("This provider’s figure{figure} is not among them."),
                None => format!("This provider’s figure{figure} could not be compared."),
            });
            sentences.push(own.reason_in_a_sentence());
        }
        sentences
    }
}

/// What a provider may see of a benchmark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnBenchmark {
    /// KPI.
    pub kpi: String,
    /// The KPI's title.
    pub title: String,
    /// The clause that asks for the benchmark.
    pub clause: String,
    /// Period.
    pub period: Period,
    /// What the figures count in.
    pub unit: Unit,
    /// The bounds of the KPI's rating; no rounding may cross them.
    pub thresholds: Vec<Quantity>,
    /// Which figures are the better ones, where that is known.
    pub better: Option<Better>,
    /// Where the figures lie together; `None` where there are too few.
    pub spread: Option<Spread>,
    /// The median of the period before and of how many figures, where there was a benchmark.
    pub median_before: Option<(Quantity, usize)>,
    /// The provider's own place; `None` where it is left out or there is no benchmark.
    pub place: Option<Place>,
    /// What is said of it, in sentences.
    pub sentences: Vec<String>,
}

/// A provider's own place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its figure, exact.
    pub value: Quantity,
    /// The figure as everywhere in its pack.
    pub shown: String,
    /// Rank from 1, equal figures alike.
    pub rank: usize,
    /// Where it lies.
    pub quarter: Quarter,
    /// The period before.
    pub before: Before,
}

impl OwnBenchmark {
    /// What `provider` may see of `benchmark`.
    pub fn of(benchmark: &Benchmark, provider: &str) -> Self {
        Self {
            kpi: benchmark.kpi.clone(),
            title: benchmark.title.clone(),
            clause: benchmark.clause.clone(),
            period: benchmark.period,
            unit: benchmark.unit,
            thresholds: benchmark.thresholds.clone(),
            better: benchmark.better,
            spread: benchmark.market.as_ref().map(|market| market.spread),
            median_before: benchmark.market.as_ref().and_then(|market| market.before),
            place: benchmark.compared(provider).map(|own| Place {
                value: own.value,
                shown: own.shown.clone(),
                rank: own.rank,
                quarter: own.quarter,
                before: own.before.clone(),
            }),
            sentences: benchmark.sentences_on(provider),
        }
    }

    /// How the provider's figure changed since the period before, in words.
    pub fn change(&self, own: &Place) -> String {
        own.before.change(own.value, &|value| self.show(value))
    }

    /// A figure of the KPI as people read it, never on the other side of a bound of its rating.
    pub fn show(&self, value: Quantity) -> String {
        show(value, self.unit, &self.thresholds)
    }
}
