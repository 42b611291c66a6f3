//! Figures as stated, and whether they agree with what they are made of.

use super::{AreaFigure, Source, Worth};
use crate::contract::layout::Asks;
use crate::contract::meant::{Kpi, Stated};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{FIGURE_IMPOSSIBLE, PERCENTAGE_AMBIGUOUS, STATED_DIFFERS};
use crate::domain::observation::Observation;
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, Unit, plain, show};
use crate::rules::stated_share;

/// The stated cells of a KPI in an area.
pub struct StatedCells<'a> {
    /// Numerator.
    pub numerator: Option<&'a Observation>,
    /// Denominator.
    pub denominator: Option<&'a Observation>,
    /// Result.
    pub result: Option<&'a Observation>,
}

impl<'a> StatedCells<'a> {
    /// The cells in which `kpi` is stated for `area`.
    pub fn of(source: Source<'a>, kpi: &Kpi, area: Option<&str>) -> Self {
        let table = source.contract.table(&kpi.figure);
        let find = |row: &str, asks: Asks| {
            let column = table?.column_asking(asks)?;
            source.mapped.observations.iter().find(|observation| {
                observation.table == kpi.figure.table
                    && observation.row == row
                    && observation.breakdown.is_none()
                    && observation.column == column.id
                    && observation.area.as_deref() == area
            })
        };
        let amount = |row: &str| find(row, Asks::Result).or_else(|| find(row, Asks::Figure));
        match &kpi.stated {
            Stated::Row(row) => Self {
                numerator: find(row, Asks::Numerator),
                denominator: find(row, Asks::Denominator),
                result: amount(row),
            },
            Stated::Share { numerator, denominator } => {
                Self { numerator: amount(numerator), denominator: amount(denominator), result: None }
            }
            Stated::Certified(_) | Stated::Scored(_) | Stated::Summed(_) => {
                Self { numerator: None, denominator: None, result: None }
            }
        }
    }

    /// Whether the form says that there was nothing to measure, in a row that allows it.
    pub fn does_not_apply(&self, source: Source<'_>, kpi: &Kpi) -> bool {
        let Stated::Row(row) = &kpi.stated else { return false };
        let may_not_apply = source
            .contract
            .table(&kpi.figure)
            .and_then(|table| table.row(row))
            .is_some_and(|row| row.may_not_apply);
        let no_part = |part: Option<&Observation>| part.is_none_or(|own| own.answer.number().is_none());
        may_not_apply
            && self.result.is_some_and(|own| own.answer == Answer::NotApplicable)
            && no_part(self.numerator)
            && no_part(self.denominator)
    }

    /// A note for each cell that says in words that there were none, since the figure shown is 0.
    pub(super) fn said_in_words(&self, worth: &Worth) -> Vec<String> {
        let made_of = match worth {
            Worth::Amount(_) => [self.result, None],
            Worth::Share { .. } => [self.numerator, self.denominator],
            _ => [None, None],
        };
        let nil = made_of.into_iter().flatten().filter(|own| own.answer == Answer::Nil);
        nil.map(|own| {
            let said = crate::domain::text::one_line(&own.shown);
            format!("“{said}” in {}, {} counts as 0.", own.place.sheet, own.place.cell)
        })
        .collect()
    }

    /// Their places, the result first.
    pub fn cells(&self) -> Vec<CellRef> {
        [self.result, self.numerator, self.denominator].iter().flatten().map(|o| o.place.clone()).collect()
    }
}

/// Compares the stated result with `numerator / denominator`.
pub(super) fn compare_result(
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
    let Some(stated) = plain_number.or_else(|| result.answer.number()) else {
        not_applicable(result, numerator, denominator, what_gives, figure);
        return;
    };
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

/// “Not applicable” where there was something to measure.
fn not_applicable(
    result: &Observation,
    numerator: Quantity,
    denominator: Quantity,
    what_gives: &str,
    figure: &mut AreaFigure,
) {
    if result.answer == Answer::NotApplicable
        && let Some(share) = numerator.checked_div(denominator)
    {
        let message = format!(
            "The result is stated as “{}”; {what_gives} {} ({} of {}).",
            crate::domain::text::one_line(&result.shown),
            show(share, Unit::Percent, &[]),
            plain(numerator),
            plain(denominator)
        );
        figure.findings.push(Finding::at(&STATED_DIFFERS, &result.place, message));
    }
}

/// A share as stated, from its numerator and denominator where they are given.
pub(super) fn share(kpi: &Kpi, stated: &StatedCells<'_>, figure: &mut AreaFigure) {
    let number = |observation: Option<&Observation>| observation.and_then(|o| o.answer.number());
    let parts = match (number(stated.numerator), number(stated.denominator)) {
        // Of nothing there is no part: N/A or a blank says so as well as a zero.
        (None, Some(of)) if of.is_zero() && says_nothing(stated.numerator) => Some((of, of)),
        (numerator, denominator) => numerator.zip(denominator),
    };
    if let Some((numerator, denominator)) = parts {
        if numerator > denominator && !kpi.may_exceed_whole {
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
        Answer::Number(value) if *value <= Quantity::ONE || kpi.may_exceed_whole => {
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

fn says_nothing(part: Option<&Observation>) -> bool {
    part.is_some_and(|own| {
        own.answer.is_blank() || matches!(own.answer, Answer::NotApplicable | Answer::NotRecorded)
    })
}
