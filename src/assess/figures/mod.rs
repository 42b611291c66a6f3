//! One KPI's figure in one area of one return: computed from a log where there is one, else as stated; or the answer given, with
//! what bears it out. And whether what is stated agrees.

mod certified;
mod entries;
mod log;
mod scored;
mod stated;
mod summed;

use chrono::NaiveDate;

pub use certified::{NoDay, submitted};

use super::Case;
use super::submissions::ReceivedReturn;
use crate::calendar::working_days::WorkingDays;
use crate::contract::Contract;
use crate::contract::layout::{Layout, Records};
use crate::contract::meant::{Kpi, LogFigure, LogMeasure, RatingRule, Stated, Table};
use crate::domain::finding::Finding;
use crate::domain::period::Period;
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::intake::mapped::Mapped;
use crate::rules::figure::Figure;

/// What a KPI's figure is read from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// What the return says.
    pub mapped: &'a Mapped,
    /// The return's period.
    pub period: &'a Period,
    /// When it was received: what could not yet be done by then is pending.
    pub received: NaiveDate,
    /// Working days.
    pub working_days: &'a WorkingDays,
    /// Returns of the same form for earlier periods, in order: what happened in this one to a record of theirs may stand there.
    pub earlier: &'a [&'a ReceivedReturn],
    /// Returns of the same form for later periods, in order: their logs may restate this one.
    pub later: &'a [&'a ReceivedReturn],
}

impl<'a> Source<'a> {
    /// A version of the return for a period, with those for earlier periods that count beside it.
    pub fn of(
        case: &Case<'a>,
        version: &'a ReceivedReturn,
        period: &'a Period,
        earlier: &'a [&'a ReceivedReturn],
    ) -> Self {
        Self {
            contract: case.contract,
            mapped: &version.mapped,
            period,
            received: version.received,
            working_days: case.working_days,
            earlier,
            later: &[],
        }
    }
}

/// A figure, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Worth {
    /// An amount.
    Amount(Quantity),
    /// A share with its parts; the denominator may be zero.
    Share {
        /// Numerator.
        numerator: Quantity,
        /// Denominator.
        denominator: Quantity,
    },
    /// A share stated without its parts, as a fraction of 1.
    Unchecked(Quantity),
    /// Nothing happened that could be measured.
    Nothing,
    /// An answer of yes or no.
    Answered(Answered),
    /// None that can be used.
    Invalid,
}

/// An answer of yes or no, with what bears it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it comes to.
    pub rating: Rating,
    /// The answer in words.
    pub said: String,
    /// Whether any of it was answered no.
    pub answered_no: bool,
    /// Whether the evidence contradicts a yes.
    pub contradicted: bool,
}

/// One KPI's figure in one area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaFigure {
    /// The figure.
    pub worth: Worth,
    /// What it was computed from, where it was.
    pub computed: Option<String>,
    /// What qualifies it.
    pub notes: Vec<String>,
    /// Its cells, the stated result first.
    pub cells: Vec<CellRef>,
    /// Where the stated figure differs or is impossible.
    pub findings: Vec<Finding>,
}

impl AreaFigure {
    /// No figure that can be used.
    pub fn unusable() -> Self {
        Self {
            worth: Worth::Invalid,
            computed: None,
            notes: Vec::new(),
            cells: Vec::new(),
            findings: Vec::new(),
        }
    }
}

/// The figures of one version of a return as they were when it was checked, to be had again without counting its log once more.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figures(Vec<Known>);

#[derive(Debug, Clone, PartialEq)]
struct Known {
    kpi: String,
    area: Option<String>,
    /// Without its findings.
    figure: AreaFigure,
    /// Whether it is the same whatever other returns say.
    stands_alone: bool,
}

impl Figures {
    /// Adds a figure of `source`; gives what is wrong with it.
    pub fn add(&mut self, source: Source<'_>, kpi: &Kpi, area: Option<&str>) -> Vec<Finding> {
        let mut figure = figure(source, kpi, area);
        let findings = std::mem::take(&mut figure.findings);
        self.0.push(Known {
            kpi: kpi.reference.clone(),
            area: area.map(ToString::to_string),
            figure,
            stands_alone: stands_alone(source.contract, kpi),
        });
        findings
    }

    /// The figure of a KPI in an area, beside the returns that were there when the version came in.
    pub fn of(&self, kpi: &Kpi, area: Option<&str>) -> Option<&AreaFigure> {
        self.known(kpi, area).map(|known| &known.figure)
    }

    /// The same, where it does not go by what other returns say.
    pub fn alone(&self, kpi: &Kpi, area: Option<&str>) -> Option<&AreaFigure> {
        self.known(kpi, area).filter(|known| known.stands_alone).map(|known| &known.figure)
    }

    fn known(&self, kpi: &Kpi, area: Option<&str>) -> Option<&Known> {
        self.0.iter().find(|known| known.kpi == kpi.reference && known.area.as_deref() == area)
    }
}

/// Whether a KPI's figure follows from its own return alone: other returns count where a log restates earlier ones, and where what is
/// still to come depends on the newest.
fn stands_alone(contract: &Contract, kpi: &Kpi) -> bool {
    kpi.log.as_ref().is_none_or(|log| {
        let records = records_of(contract.table(&log.table));
        records.is_none_or(|records| records.restates.is_empty())
            && !matches!(log.measure, LogMeasure::Distinct(_))
    })
}

/// The figure of `kpi` in `area` (`None` where the contract has no areas).
pub fn figure(source: Source<'_>, kpi: &Kpi, area: Option<&str>) -> AreaFigure {
    if let Stated::Certified(settings) = &kpi.stated {
        return certified::answered(source, kpi, settings, area);
    }
    if let Stated::Scored(settings) = &kpi.stated {
        return scored::mean(source, kpi, settings, area);
    }
    if let Stated::Summed(settings) = &kpi.stated {
        return summed::sum(source, kpi, settings, area);
    }
    let cells = stated::StatedCells::of(source, kpi, area);
    let mut figure = AreaFigure { cells: cells.cells(), ..AreaFigure::unusable() };
    if let Some(log) = &kpi.log
        && is_kept(source, log)
    {
        log::computed(source, kpi, log, area, &cells, &mut figure);
    } else if cells.does_not_apply(source, kpi) {
        figure.worth = Worth::Nothing;
        if kpi.log.is_some() {
            figure.notes.push(format!(
                "Stated as not applicable without a log: KPI {} is taken as stated and not checked.",
                kpi.reference
            ));
        }
    } else if kpi.unit == Unit::Percent {
        stated::share(kpi, &cells, &mut figure);
        figure.notes.extend(cells.said_in_words(&figure.worth));
    } else if let Some(value) = cells.result.and_then(|result| result.answer.number()) {
        figure.worth = Worth::Amount(value);
        figure.notes.extend(cells.said_in_words(&figure.worth));
        if kpi.log.is_some() {
            figure.notes.push(format!(
                "Stated without a log: KPI {} is rated as stated and not checked.",
                kpi.reference
            ));
        }
    }
    if let Some(log) = kpi.log.as_ref().filter(|log| !is_kept(source, log)) {
        log::told_later(source, log, &mut figure);
    }
    figure
}

/// Whether the return holds the log: an empty one is a log only where the form says that it would then be complete.
fn is_kept(source: Source<'_>, log: &LogFigure) -> bool {
    let id = &log.table.table;
    let has_records = source.mapped.records.has(id);
    let complete = records_of(source.contract.table(&log.table)).is_some_and(|records| records.complete);
    has_records || (complete && source.mapped.tables.contains(id))
}

fn records_of(table: Option<&Table>) -> Option<&Records> {
    match &table?.layout {
        Layout::Records(records) => Some(records),
        Layout::Grid(_) | Layout::Narrative(_) => None,
    }
}

/// Whether a rating is the same for every figure; where the contract does not rate, nothing depends on it.
fn is_same_for_all(rule: Option<&RatingRule>, figures: &[Figure]) -> bool {
    let Some(rule) = rule else { return figures.windows(2).all(|pair| pair[0] == pair[1]) };
    let ratings: Vec<Rating> = figures.iter().map(|figure| rule.rate(figure).rating).collect();
    ratings.windows(2).all(|pair| pair[0] == pair[1])
}
