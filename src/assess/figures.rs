//! One KPI's figure in one area of one return: computed from a log where there is one, else as stated, and whether what is
//! stated agrees.

use chrono::NaiveDate;

use crate::calendar::working_days::WorkingDays;
use crate::contract::Contract;
use crate::contract::layout::Asks;
use crate::contract::meant::{Kpi, LogFigure, RatingRule};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{FIGURE_IMPOSSIBLE, PERCENTAGE_AMBIGUOUS, STATED_DIFFERS};
use crate::domain::observation::Observation;
use crate::domain::period::{Period, long_date};
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, Unit, plain, show};
use crate::intake::mapped::Mapped;
use crate::rules::figure::Figure;
use crate::rules::log_share::Outcome;
use crate::rules::stated_share;

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
    /// None that can be used.
    Invalid,
}

/// One KPI's figure in one area.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaFigure {
    /// The figure.
    pub worth: Worth,
    /// What qualifies it.
    pub notes: Vec<String>,
    /// Its cells, the stated result first.
    pub cells: Vec<CellRef>,
    /// Where the stated figure differs or is impossible.
    pub findings: Vec<Finding>,
}

/// The stated cells of a KPI in an area.
struct Stated<'a> {
    numerator: Option<&'a Observation>,
    denominator: Option<&'a Observation>,
    result: Option<&'a Observation>,
}

impl Stated<'_> {
    fn cells(&self) -> Vec<CellRef> {
        [self.result, self.numerator, self.denominator].iter().flatten().map(|o| o.place.clone()).collect()
    }
}

/// The figure of `kpi` in `area` (`None` where the contract has no areas).
pub fn figure(source: Source<'_>, kpi: &Kpi, area: Option<&str>) -> AreaFigure {
    let stated = stated(source, kpi, area);
    let mut figure =
        AreaFigure { worth: Worth::Invalid, notes: Vec::new(), cells: stated.cells(), findings: Vec::new() };
    if kpi.unit != Unit::Percent {
        if let Some(value) = stated.result.and_then(|result| result.answer.number()) {
            figure.worth = Worth::Amount(value);
        }
        return figure;
    }
    if let Some(log) = &kpi.log {
        let counted = count(source, log, area);
        if counted.records > 0 {
            computed(kpi, &stated, &counted, &mut figure);
            return figure;
        }
    }
    as_stated(kpi, &stated, &mut figure);
    figure
}

fn stated<'a>(source: Source<'a>, kpi: &Kpi, area: Option<&str>) -> Stated<'a> {
    let table = source.contract.table(&kpi.figure);
    let find = |asks: Asks| {
        let column = table?.column_asking(asks)?;
        source.mapped.observations.iter().find(|observation| {
            observation.table == kpi.figure.table
                && observation.row == kpi.row
                && observation.breakdown.is_none()
                && observation.column == column.id
                && observation.area.as_deref() == area
        })
    };
    Stated {
        numerator: find(Asks::Numerator),
        denominator: find(Asks::Denominator),
        result: find(Asks::Result).or_else(|| find(Asks::Figure)),
    }
}

#[derive(Debug, Default)]
struct Counted {
    /// Records of the log, whatever their area and date.
    records: usize,
    met: u32,
    not_met: u32,
    pending: Vec<(String, NaiveDate)>,
    unknown: u32,
    /// The cells that decided the first and the last entry counted.
    first: Option<CellRef>,
    last: Option<CellRef>,
}

fn count(source: Source<'_>, log: &LogFigure, area: Option<&str>) -> Counted {
    let mut counted = Counted::default();
    let reference = source
        .contract
        .table(&log.table)
        .and_then(|table| table.columns.iter().find(|column| column.unique))
        .map(|column| column.id.as_str());
    let goes_by_area = !source.contract.areas.is_empty();
    for record in source.mapped.records.iter().filter(|record| record.table == log.table.table) {
        counted.records += 1;
        let field = |id: &str| record.fields.get(id).map_or(&Answer::Blank, |field| &field.answer);
        let in_period = field(&log.in_period);
        let elsewhere = goes_by_area && record.area.as_deref().is_some_and(|own| Some(own) != area);
        if elsewhere {
            continue;
        }
        let placed = !goes_by_area || record.area.is_some();
        match in_period {
            Answer::Date(day) if source.period.contains(*day) => {
                if !placed {
                    counted.unknown += 1;
                    continue;
                }
            }
            Answer::Unreadable { .. } | Answer::Unanswered => {
                counted.unknown += 1;
                continue;
            }
            // A required date that is blank: the record belongs to some period, perhaps this one.
            Answer::Blank if is_required(source.contract, log) => {
                counted.unknown += 1;
                continue;
            }
            _ => continue,
        }
        let decisive =
            log.met.columns().last().and_then(|id| record.fields.get(*id)).map(|field| &field.place);
        counted.first = counted.first.or_else(|| decisive.cloned());
        counted.last = decisive.cloned().or(counted.last);
        match log.met.judge(field, source.received, source.working_days) {
            Outcome::Met => counted.met += 1,
            Outcome::NotMet => counted.not_met += 1,
            Outcome::Unknown => counted.unknown += 1,
            Outcome::Pending(day) => {
                let name = reference.and_then(|id| record.fields.get(id)).map(|field| field.shown.clone());
                counted.pending.push((name.unwrap_or_default(), day));
            }
        }
    }
    counted
}

fn is_required(contract: &Contract, log: &LogFigure) -> bool {
    contract
        .table(&log.table)
        .and_then(|table| table.column(&log.in_period))
        .is_some_and(|column| column.required)
}

fn computed(kpi: &Kpi, stated: &Stated<'_>, counted: &Counted, figure: &mut AreaFigure) {
    let RatingRule::Target(target) = &kpi.rule;
    let least = Quantity::from(counted.met);
    let most = Quantity::from(counted.met + counted.unknown);
    let denominator = Quantity::from(counted.met + counted.not_met + counted.unknown);
    if let (Some(first), Some(last)) = (&counted.first, &counted.last) {
        let entries = if denominator == Quantity::ONE { "entry" } else { "entries" };
        figure.notes.push(format!(
            "Computed from {} {entries} of the log, {} {} to {}.",
            plain(denominator),
            first.sheet,
            first.cell,
            last.cell
        ));
        figure.cells.extend([first.clone(), last.clone()]);
    }
    if counted.unknown > 0 && !denominator.is_zero() {
        let rate = |numerator| target.rate(&Figure::Share { numerator, denominator });
        // Records that may not belong here at all could also leave the denominator.
        let certain = denominator - Quantity::from(counted.unknown);
        let without = (!certain.is_zero())
            .then(|| target.rate(&Figure::Share { numerator: least, denominator: certain }));
        let records =
            if counted.unknown == 1 { "1 entry".to_string() } else { format!("{} entries", counted.unknown) };
        if rate(least) == rate(most) && without.is_none_or(|rating| rating == rate(least)) {
            figure.notes.push(format!(
                "{records} could not be read and not counted as met; the rating is the same either way."
            ));
        } else {
            figure
                .notes
                .push(format!("{records} of the log could not be read, and the rating depends on it."));
            return;
        }
    }
    for (name, day) in &counted.pending {
        figure.notes.push(format!(
            "{} pending: its last day on time, {}, had not passed when the return was received.",
            if name.is_empty() { "One record is" } else { name },
            long_date(*day)
        ));
    }
    figure.worth = Worth::Share { numerator: least, denominator };
    compare_with_log(stated, counted, least, denominator, figure);
}

fn compare_with_log(
    stated: &Stated<'_>,
    counted: &Counted,
    numerator: Quantity,
    denominator: Quantity,
    figure: &mut AreaFigure,
) {
    let slack = Quantity::from(counted.pending.len()) + Quantity::from(counted.unknown);
    let parts = [
        (stated.numerator, numerator, numerator + slack, "numerator"),
        (
            stated.denominator,
            denominator - Quantity::from(counted.unknown),
            denominator + slack,
            "denominator",
        ),
    ];
    let mut parts_agree = true;
    for (observation, least, most, what) in parts {
        let Some(observation) = observation else { continue };
        let Some(value) = observation.answer.number() else { continue };
        if value < least || value > most {
            parts_agree = false;
            let message = format!(
                "The {what} is stated as {}; the log gives {}.",
                plain(value),
                if least == most { plain(least) } else { format!("{} to {}", plain(least), plain(most)) }
            );
            figure.findings.push(Finding::at(&STATED_DIFFERS, &observation.place, message));
        }
    }
    let Some(result) = stated.result else { return };
    let own_parts = stated
        .numerator
        .and_then(|o| o.answer.number())
        .zip(stated.denominator.and_then(|o| o.answer.number()));
    if slack.is_zero() || !parts_agree || own_parts.is_none() {
        compare_result(result, numerator, denominator, "the log gives", figure);
    } else if let Some((n, d)) = own_parts {
        compare_result(result, n, d, "numerator and denominator give", figure);
    }
}

/// Compares the stated result with `numerator / denominator`.
fn compare_result(
    result: &Observation,
    numerator: Quantity,
    denominator: Quantity,
    what_gives: &str,
    figure: &mut AreaFigure,
) {
    let plain_number = match &result.answer {
        Answer::PlainPercentage(value) => Some(*value),
        _ => None,
    };
    let Some(stated) = plain_number.or_else(|| result.answer.number()) else { return };
    let agrees = if denominator.is_zero() {
        stated.is_zero()
    } else if plain_number.is_some() {
        stated_share::decide(stated, numerator, denominator).is_some()
    } else {
        stated_share::agrees(stated, numerator, denominator)
    };
    if agrees {
        return;
    }
    let shown = if plain_number.is_some() { plain(stated) } else { show(stated, Unit::Percent, &[]) };
    let computed = match numerator.checked_div(denominator) {
        Some(share) => {
            format!(
                "{} ({} of {})",
                show(share, Unit::Percent, &[stated]),
                plain(numerator),
                plain(denominator)
            )
        }
        None => "none: there was nothing to measure".to_string(),
    };
    let message = format!("The result is stated as {shown}; {what_gives} {computed}.");
    figure.findings.push(Finding::at(&STATED_DIFFERS, &result.place, message));
}

fn as_stated(kpi: &Kpi, stated: &Stated<'_>, figure: &mut AreaFigure) {
    let number = |observation: Option<&Observation>| observation.and_then(|o| o.answer.number());
    let parts = number(stated.numerator).zip(number(stated.denominator));
    if let Some((numerator, denominator)) = parts {
        if numerator > denominator {
            if let Some(observation) = stated.numerator {
                let message = format!(
                    "The numerator {} is larger than the denominator {}.",
                    plain(numerator),
                    plain(denominator)
                );
                figure.findings.push(
                    Finding::at(&FIGURE_IMPOSSIBLE, &observation.place, message)
                        .involving(stated.denominator.map(|o| o.place.clone())),
                );
            }
            return;
        }
        figure.worth = Worth::Share { numerator, denominator };
        if let Some(result) = stated.result {
            compare_result(result, numerator, denominator, "numerator and denominator give", figure);
        }
        return;
    }
    let Some(result) = stated.result else { return };
    match &result.answer {
        Answer::PlainPercentage(value) => {
            let message = format!(
                "{} could mean {} or {}%; there is no numerator and denominator to tell.",
                plain(*value),
                show(*value, Unit::Percent, &[]),
                plain(*value)
            );
            figure.findings.push(Finding::at(&PERCENTAGE_AMBIGUOUS, &result.place, message));
        }
        Answer::Number(value) if *value <= Quantity::ONE => {
            figure.worth = Worth::Unchecked(*value);
            figure.notes.push(format!(
                "Stated without its numerator and denominator: KPI {} is rated as stated and not checked.",
                kpi.reference
            ));
        }
        Answer::Number(value) => {
            let message = format!("{} is more than all of them.", show(*value, Unit::Percent, &[]));
            figure.findings.push(Finding::at(&FIGURE_IMPOSSIBLE, &result.place, message));
        }
        _ => {}
    }
}
