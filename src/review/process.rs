//! An XmR chart (individuals and moving range) of a KPI: how far its figures vary by themselves, and which of them are unlikely to be
//! chance, by the rules of NHS England's “Making Data Count”.

use crate::domain::period::Period;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating_band::RatingBand;

/// What is drawn on a KPI's chart: the rating bands in force, from a period on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandsFrom {
    /// The first period they hold for.
    pub from: Period,
    /// The bands, the lowest figures first; empty where no target is set.
    pub bands: Vec<RatingBand>,
}

/// Why a figure is unlikely to be chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecialCause {
    /// It lies outside the process limits.
    Outside,
    /// It is one of six or more in a row that all rise or all fall.
    Trend,
    /// It is one of two out of three in a row, all three on one side of the mean, that lie in the outer third.
    CloseToLimit,
    /// It is one of seven or more in a row on one side of the mean.
    Run,
}

/// Where a special cause points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Towards {
    /// To higher figures.
    High,
    /// To lower figures.
    Low,
}

/// What a figure, or the chart as it ends, says of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variation {
    /// What the process does by itself.
    CommonCause,
    /// Unlikely to be chance, and for the better.
    Improvement(Towards),
    /// Unlikely to be chance, and for the worse.
    Concern(Towards),
    /// Unlikely to be chance, where nothing says which figures are better.
    Neither(Towards),
}

impl Variation {
    /// The words beside its icon.
    pub fn word(self) -> &'static str {
        match self {
            Variation::CommonCause => "Common cause",
            Variation::Improvement(_) => "Special cause: improvement",
            Variation::Concern(_) => "Special cause: concern",
            Variation::Neither(_) => "Special cause: neither better nor worse",
        }
    }

    /// Whether it is unlikely to be chance.
    pub fn is_special(self) -> bool {
        self != Variation::CommonCause
    }
}

/// Whether the process, left to itself, meets the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assurance {
    /// Every figure between the limits meets it.
    Hits,
    /// No figure between the limits meets it.
    Misses,
    /// Some do and some do not.
    HitAndMiss,
}

impl Assurance {
    /// The words beside its icon.
    pub fn word(self) -> &'static str {
        match self {
            Assurance::Hits => "Consistently hits the target",
            Assurance::Misses => "Consistently misses the target",
            Assurance::HitAndMiss => "Hits and misses the target",
        }
    }
}

/// A figure of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessPoint {
    /// Its period.
    pub period: Period,
    /// The exact figure; shares as fractions of 1.
    pub value: Quantity,
    /// The figure as people read it, never contradicting its rating.
    pub shown: String,
    /// How far it is from the figure of the period right before; `None` where there is none.
    pub moving_range: Option<Quantity>,
    /// Why it is unlikely to be chance, in order; empty where it is not.
    pub causes: Vec<SpecialCause>,
    /// What it says of the process.
    pub variation: Variation,
    /// Whether the register relieves the provider of it; it stays on the chart.
    pub relieved: bool,
}

/// A period without a point, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessGap {
    /// The period.
    pub period: Period,
    /// Why: `No return`, `Partial period`.
    pub why: String,
}

/// A process limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProcessLimit {
    /// The limit as it is drawn: never beyond what a figure can be.
    pub value: Quantity,
    /// The limit as it is reckoned: the mean and 2.66 times the mean moving range.
    pub reckoned: Quantity,
}

impl ProcessLimit {
    /// Whether it is drawn nearer than it is reckoned, because no figure can lie beyond.
    pub fn is_cut(&self) -> bool {
        self.value != self.reckoned
    }
}

/// The target the process is held against.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessTarget {
    /// The bound between met and missed; shares as fractions of 1.
    pub value: Quantity,
    /// Whether the bound itself meets the target.
    pub included: bool,
    /// Whether lower figures are better.
    pub lower_is_better: bool,
    /// The target in words: `at least 95%`.
    pub words: String,
}

/// An XmR chart of one KPI, oldest figure first.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessChart {
    /// What the figures count in.
    pub unit: Unit,
    /// Every period from the first point to the newest, points and gaps apart.
    pub points: Vec<ProcessPoint>,
    /// Periods among them without a point, in order.
    pub gaps: Vec<ProcessGap>,
    /// The mean of the points: the centre line.
    pub mean: Quantity,
    /// The mean of the moving ranges.
    pub mean_range: Quantity,
    /// Lower process limit.
    pub lower: ProcessLimit,
    /// Upper process limit.
    pub upper: ProcessLimit,
    /// Whether there are fewer than 20 points, so that the limits are trial limits.
    pub trial: bool,
    /// The target, where the contract or the council sets one that has a better side.
    pub target: Option<ProcessTarget>,
    /// What the newest point says of the process.
    pub variation: Variation,
    /// Whether the process meets the target by itself; `None` where there is no target.
    pub assurance: Option<Assurance>,
    /// What an analyst would say of it, in sentences.
    pub sentences: Vec<String>,
    /// What the reader must know before trusting the limits, in sentences.
    pub cautions: Vec<String>,
}
