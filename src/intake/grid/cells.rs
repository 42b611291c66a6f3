//! The cells of one row of a grid, each read as what its column asks for.

use super::{Matched, label_of};
use crate::contract::layout::{Asks, Column, Row};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{FIGURE_IMPOSSIBLE, ROW_NOT_DUE};
use crate::domain::observation::{Observation, OfOtherPeriod};
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::text::one_line;
use crate::domain::workbook::{Cell, Workbook};
use crate::intake::answers;
use crate::intake::filled::{fault, is_evidence_of_filling_in, with_remark};
use crate::intake::headings::Located;
use crate::intake::mapped::Mapped;

/// Reads a row of the sheet as the row of the form it was matched to. The figures of an `opening` row follow from the return before,
/// and may stand on the form as it was sent out.
pub(super) fn read_row(
    workbook: &Workbook,
    (table, opening): (&Table, bool),
    located: &Located<'_>,
    matched: &Matched<'_>,
    row: u32,
    mapped: &mut Mapped,
) {
    let mut unasked = Vec::new();
    for ((id, group), column) in &located.columns {
        let Some(spec) = table.column(id) else { continue };
        if !applies(spec, matched.row, located.area.as_deref()) {
            continue;
        }
        let address = CellAddress::new(row, *column);
        let place = workbook.place(located.sheet, address);
        let cell = located.sheet.cell(address);
        let shown = located.shown(address);
        let is_formula = cell.is_some_and(|cell| cell.formula);
        let answer = located.certain(address, answer(cell, spec, matched));
        let unit = match spec.asks {
            Asks::Numerator | Asks::Denominator => matched.row.parts,
            Asks::Amount => Unit::Pounds,
            _ => matched.unit,
        };
        let required = match spec.asks {
            Asks::Figure | Asks::Result | Asks::YesNo => matched.required,
            Asks::Numerator | Asks::Denominator => matched.required && matched.unit == Unit::Percent,
            _ => false,
        };
        // Of nothing there is no share: N/A, a dash, a blank or #DIV/0! all say so.
        let part = |asks| part(table, located, group.as_ref(), (matched.row, row), asks);
        let is_share = spec.asks == Asks::Result && matched.unit == Unit::Percent;
        let nothing_to_measure = is_share && part(Asks::Denominator).is_some_and(|value| value.is_zero());
        // What can be computed from what it is made of need not be calculated in the file.
        let computable = is_formula
            && (spec.asks == Asks::Total
                || (is_share && part(Asks::Numerator).is_some() && part(Asks::Denominator).is_some()));
        let not_due = !matched.due && matches!(answer, Answer::Unreadable { .. });
        let says_nothing = not_due
            || (nothing_to_measure && answer.number().is_none())
            || (matched.row.may_not_apply && answer == Answer::NotApplicable);
        let fault = if says_nothing { None } else { fault(&answer, unit, spec.asks, required, computable) };
        let fault = fault.or_else(|| with_remark(&answer, &shown));
        let finding = fault.map(|(kind, message)| {
            Finding::at(
                kind,
                &place,
                format!(
                    "{}: {message}",
                    cell_name(matched, spec, group.as_deref().or(located.area.as_deref()))
                ),
            )
        });
        let impossible = finding.as_ref().is_some_and(|finding| finding.kind == &FIGURE_IMPOSSIBLE);
        mapped.findings.extend(finding);
        // What stands in a row that is not asked for is read all the same, and said once.
        let is_filled = answer.number().is_some() || matches!(answer, Answer::PlainPercentage(_));
        if !matched.due && is_filled && spec.asks.is_answered() {
            unasked.push(place.clone());
        }
        mapped.usable |= !opening && is_evidence_of_filling_in(spec.asks, &answer, is_formula);
        let answer = if impossible {
            Answer::Unreadable { found: shown.clone(), why: "it cannot be right".into() }
        } else {
            answer
        };
        mapped.observations.push(Observation {
            table: table.id.clone(),
            row: matched.row.id.clone(),
            breakdown: matched.breakdown.clone(),
            column: id.clone(),
            area: group.clone().or_else(|| located.area.clone()),
            answer,
            place,
            shown,
        });
    }
    if let (Some(place), Some(every)) = (unasked.iter().min(), matched.row.every) {
        let message = format!(
            "{}: asked for {}, and not in this return; it was read as it stands.",
            one_line(&label_of(matched.row, matched)),
            every.adverb()
        );
        mapped.findings.push(Finding::at(&ROW_NOT_DUE, place, message));
    }
}

/// A cell of the row read as what its column asks for.
fn answer(cell: Option<&Cell>, column: &Column, matched: &Matched<'_>) -> Answer {
    match column.asks {
        Asks::Comment | Asks::Text | Asks::Threshold | Asks::Rating => {
            answers::read(cell, answers::Asked::Text)
        }
        Asks::Numerator | Asks::Denominator => answers::read(cell, answers::Asked::Number(matched.row.parts)),
        Asks::Amount => answers::read(cell, answers::Asked::Number(Unit::Pounds)),
        Asks::Date => answers::read(cell, answers::Asked::Date),
        Asks::YesNo => answers::read(cell, answers::Asked::YesNo),
        _ if matched.unit == Unit::Percent => match answers::read_percent(cell) {
            answers::PercentAnswer::Certain(answer) => answer,
            answers::PercentAnswer::Either { as_share, .. } => Answer::PlainPercentage(as_share),
        },
        _ => answers::read(cell, answers::Asked::Number(matched.unit)),
    }
}

/// Reads what the row says of other periods than the return's. Nothing is asked about it: those periods have returns of their own.
pub(super) fn read_other_periods(
    workbook: &Workbook,
    table: &Table,
    located: &Located<'_>,
    matched: &Matched<'_>,
    row: u32,
    mapped: &mut Mapped,
) {
    for ((id, period), column) in &located.by_period {
        let Some(spec) = table.column(id) else { continue };
        let address = CellAddress::new(row, *column);
        let answer = located.certain(address, answer(located.sheet.cell(address), spec, matched));
        if !applies(spec, matched.row, located.area.as_deref()) || answer.is_blank() {
            continue;
        }
        mapped.of_other_periods.push(OfOtherPeriod {
            period: *period,
            observation: Observation {
                table: table.id.clone(),
                row: matched.row.id.clone(),
                breakdown: matched.breakdown.clone(),
                column: id.clone(),
                area: located.area.clone(),
                answer,
                place: workbook.place(located.sheet, address),
                shown: located.shown(address),
            },
        });
    }
}

/// The numerator or denominator in this row and column group, where it can be read.
fn part(
    table: &Table,
    located: &Located<'_>,
    group: Option<&String>,
    (spec, row): (&Row, u32),
    asks: Asks,
) -> Option<Quantity> {
    let column = table.column_asking(asks)?;
    let place = located.columns.get(&(column.id.clone(), group.cloned()))?;
    let address = CellAddress::new(row, *place);
    let answer = answers::read(located.sheet.cell(address), answers::Asked::Number(spec.parts));
    located.certain(address, answer).number()
}

fn cell_name(matched: &Matched<'_>, column: &Column, area: Option<&str>) -> String {
    let area = area.map(|area| format!(", {area}")).unwrap_or_default();
    let heading = column.headings.first().map_or("", String::as_str);
    format!("{}, {heading}{area}", one_line(&label_of(matched.row, matched)))
}

/// Whether a column is asked of this row.
pub(super) fn applies(column: &Column, row: &Row, area: Option<&str>) -> bool {
    match column.asks {
        Asks::Nothing => false,
        Asks::Figure | Asks::Amount | Asks::Date | Asks::YesNo => {
            column.applies_to(area) && row.columns.as_ref().is_none_or(|columns| columns.contains(&column.id))
        }
        Asks::Numerator | Asks::Denominator => row.unit == Unit::Percent,
        _ => true,
    }
}
