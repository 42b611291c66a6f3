//! Grids: known rows across known columns, with breakdown rows below an item and an area per sheet or column group.

mod cells;
pub(in crate::intake) mod rows;

use std::collections::BTreeSet;

use super::headings::Located;
use super::mapped::{Asked, Mapped};
use super::records::{is_example, is_total};
use crate::contract::layout::{Asks, BreakdownRows, Grid, Row};
use crate::contract::meant::{CheckRule, Table};
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    BREAKDOWN_UNKNOWN, HEADING_RENAMED, REQUIRED_FIGURE_MISSING, ROW_MISSING, ROW_REPEATED, ROW_UNKNOWN,
};
use crate::domain::observation::{Breakdown, Observation};
use crate::domain::place::CellAddress;
use crate::domain::quantity::Unit;
use crate::domain::text::{fold, likeness, one_line};
use crate::domain::workbook::{Content, Workbook};

/// A row of the sheet, matched to the form.
struct Matched<'t> {
    row: &'t Row,
    breakdown: Option<Breakdown>,
    /// Unit of its figures.
    unit: Unit,
    /// Whether its figures must be filled in.
    required: bool,
    /// Whether the row is asked for in this return.
    due: bool,
}

/// Maps a grid.
pub fn map(
    workbook: &Workbook,
    asked: Asked<'_>,
    table: &Table,
    settings: &Grid,
    located: &Located<'_>,
    mapped: &mut Mapped,
) {
    let sheet = located.sheet;
    let Some(key) = located.column(&settings.key) else { return };
    let reference_column = settings.reference.as_ref().and_then(|id| located.column(id));
    let breakdown_column = settings.breakdown.as_ref().and_then(|id| located.column(id));
    let own_number = |row| reference_column.map(|column| own_text(located, row, column)).unwrap_or_default();
    let filled = located.rows_with_content();
    let labelled: BTreeSet<&str> = filled
        .iter()
        .filter_map(|row| rows::by_label(table, &own_text(located, *row, key)))
        .map(|row| row.id.as_str())
        .collect();
    let mut current: Option<&Row> = None;
    let mut seen: BTreeSet<(String, Option<(String, String)>)> = BTreeSet::new();
    for row in filled {
        let label = own_text(located, row, key);
        let number = own_number(row);
        if is_example(&label) || is_example(&number) {
            continue;
        }
        let breakdown_text =
            breakdown_column.map(|column| own_text(located, row, column)).unwrap_or_default();
        let is_named = !label.is_empty() || !number.is_empty();
        let starts =
            is_named && current.is_none_or(|current| !rows::repeats(table, current, &label, &number));
        if starts {
            match rows::name(table, &label, &number, &labelled) {
                Some(rows::Named { row: found, exact }) => {
                    if !exact {
                        mapped.findings.push(Finding::at(
                            &HEADING_RENAMED,
                            &workbook.place(sheet, CellAddress::new(row, key)),
                            format!(
                                "The row “{}” was read as “{}”.",
                                one_line(&label),
                                found.labels.first().map_or("", String::as_str)
                            ),
                        ));
                    }
                    current = Some(found);
                }
                None => {
                    current = None;
                    let label = if label.is_empty() { &number } else { &label };
                    if has_figures(table, located, row) && !is_total(label) {
                        mapped.findings.push(Finding::at(
                            &ROW_UNKNOWN,
                            &workbook.place(sheet, CellAddress::new(row, key)),
                            format!(
                                "{}: the row “{}” is not part of the form.",
                                table.title,
                                one_line(label)
                            ),
                        ));
                    }
                    continue;
                }
            }
        }
        let Some(item) = current else { continue };
        // A label that is only repeated says no more of the line than none does.
        let opens = starts || (is_named && breakdown_text.is_empty());
        let Some(matched) = match_breakdown(asked, item, &breakdown_text, opens) else {
            if has_answers(table, located, row) {
                let name = one_line(item.labels.first().map_or("", String::as_str));
                let message = match breakdown_text.as_str() {
                    "" => format!("{}: a row without a label, below “{name}”, was not read.", table.title),
                    text => format!("{}: “{}” is no row of “{name}”.", table.title, one_line(text)),
                };
                let place = workbook.place(sheet, CellAddress::new(row, breakdown_column.unwrap_or(key)));
                mapped.findings.push(Finding::at(&ROW_UNKNOWN, &place, message));
            }
            continue;
        };
        if let Some(breakdown) = &matched.breakdown
            && !item.breakdowns.iter().any(|known| known.id == breakdown.id)
            && let Some(column) = breakdown_column
        {
            let message = format!(
                "“{}” is no breakdown of “{}”.",
                one_line(&breakdown_text),
                one_line(item.labels.first().map_or("", String::as_str))
            );
            let place = workbook.place(sheet, CellAddress::new(row, column));
            mapped.findings.push(Finding::at(&BREAKDOWN_UNKNOWN, &place, message));
        }
        let identity = (
            item.id.clone(),
            matched.breakdown.as_ref().map(|breakdown| (breakdown.id.clone(), fold(&breakdown.member))),
        );
        if !seen.insert(identity) {
            mapped.findings.push(Finding::at(
                &ROW_REPEATED,
                &workbook.place(sheet, CellAddress::new(row, breakdown_column.unwrap_or(key))),
                format!(
                    "{}: this row stands in the table twice; the first was read.",
                    one_line(&label_of(item, &matched))
                ),
            ));
            continue;
        }
        let opening = matched.breakdown.is_none() && is_opening(asked, table, item);
        cells::read_row(workbook, (table, opening), located, &matched, row, mapped);
        cells::read_other_periods(workbook, table, located, &matched, row, mapped);
    }
    forgive_parts_of_nothing(table, located, mapped);
    report_missing(workbook, asked, table, located, &seen, mapped);
}

/// Whether a check has the figures of a row follow from the return before.
fn is_opening(asked: Asked<'_>, table: &Table, row: &Row) -> bool {
    asked.contract.checks.iter().any(|check| {
        check.table.form == asked.form.id
            && check.table.table == table.id
            && matches!(&check.rule, CheckRule::CarriedForward(rule) if rule.item == row.id)
    })
}

/// Of nothing there is no part: where the whole is zero, its part may be blank or not applicable.
fn forgive_parts_of_nothing(table: &Table, located: &Located<'_>, mapped: &mut Mapped) {
    let Mapped { observations, findings, .. } = mapped;
    let own: Vec<&Observation> = observations
        .iter()
        .filter(|o| o.table == table.id && o.breakdown.is_none() && o.place.sheet == located.sheet.name)
        .filter(|o| (located.heading_row..=located.last_row).contains(&o.place.cell.row))
        .collect();
    for (part, whole) in table.rows.iter().filter_map(|row| Some((row, row.of.as_ref()?))) {
        for found in own.iter().filter(|o| o.row == part.id) {
            let of_nothing = own.iter().any(|o| {
                o.row == *whole
                    && (&o.column, &o.area) == (&found.column, &found.area)
                    && o.answer.number().is_some_and(|value| value.is_zero())
            });
            if of_nothing {
                findings.retain(|finding| {
                    finding.kind != &REQUIRED_FIGURE_MISSING || finding.place().as_ref() != Some(&found.place)
                });
            }
        }
    }
}

fn label_of(item: &Row, matched: &Matched<'_>) -> String {
    let name = item.labels.first().cloned().unwrap_or_default();
    match &matched.breakdown {
        Some(breakdown) => format!("{name}, {}", breakdown.member),
        None => name,
    }
}

/// The text of a cell, unless it only continues a merged area begun above.
fn own_text(located: &Located<'_>, row: u32, column: u32) -> String {
    let address = CellAddress::new(row, column);
    match located.sheet.merged_area(address) {
        Some(area) if area.first.row != row => String::new(),
        _ => located.sheet.text(address),
    }
}

/// Whether anything stands in the row beside what is printed on the form.
fn has_figures(table: &Table, located: &Located<'_>, row: u32) -> bool {
    holds(table, located, row, |asks| !matches!(asks, Asks::Nothing | Asks::Threshold))
}

/// Whether anything stands in the row where an answer is asked for.
fn has_answers(table: &Table, located: &Located<'_>, row: u32) -> bool {
    holds(table, located, row, Asks::is_answered)
}

fn holds(table: &Table, located: &Located<'_>, row: u32, is_wanted: impl Fn(Asks) -> bool) -> bool {
    located.columns.iter().any(|((id, _), column)| {
        table.column(id).is_some_and(|column| is_wanted(column.asks))
            && located
                .sheet
                .cells
                .get(&CellAddress::new(row, *column))
                .is_some_and(|cell| cell.content != Content::Blank)
    })
}

fn match_breakdown<'t>(asked: Asked<'_>, item: &'t Row, text: &str, first_row: bool) -> Option<Matched<'t>> {
    let falls_due = asked.falls_due(item.every);
    let of = |breakdown: &BreakdownRows, member: &str| {
        let named = breakdown.members.iter().find(|own| fold(own) == fold(member));
        Matched {
            row: item,
            breakdown: Some(Breakdown {
                id: breakdown.id.clone(),
                member: named.cloned().unwrap_or_else(|| one_line(member)),
            }),
            unit: breakdown.unit.unwrap_or(item.unit),
            required: breakdown.required && falls_due,
            due: falls_due,
        }
    };
    let folded = fold(text);
    for breakdown in &item.breakdowns {
        if breakdown.members.iter().any(|member| fold(member) == folded) {
            return Some(of(breakdown, text));
        }
    }
    let parts = [":", " - ", " – "].iter().find_map(|mark| text.split_once(mark));
    if let Some((prefix, member)) = parts {
        let prefix = fold(prefix);
        let known = item.breakdowns.iter().find(|own| own.prefixes.iter().any(|known| fold(known) == prefix));
        let near = || {
            item.breakdowns
                .iter()
                .find(|own| own.prefixes.iter().any(|known| likeness(known, &prefix) >= 0.75))
        };
        if let Some(breakdown) = known.or_else(near) {
            return Some(of(breakdown, member));
        }
        // Beside the label of an item that nothing breaks down, it may be a remark.
        let is_total = first_row && matches!(prefix.as_str(), "total" | "all" | "in total");
        if !is_total && (!first_row || !item.breakdowns.is_empty()) {
            return Some(Matched {
                row: item,
                breakdown: Some(Breakdown { id: prefix, member: one_line(member) }),
                unit: item.unit,
                required: false,
                due: falls_due,
            });
        }
    }
    let is_total = first_row || matches!(folded.as_str(), "total" | "all" | "in total");
    is_total.then_some(Matched {
        row: item,
        breakdown: None,
        unit: item.unit,
        required: item.total_row && !item.optional && falls_due,
        due: falls_due,
    })
}

fn report_missing(
    workbook: &Workbook,
    asked: Asked<'_>,
    table: &Table,
    located: &Located<'_>,
    seen: &BTreeSet<(String, Option<(String, String)>)>,
    mapped: &mut Mapped,
) {
    let mut report = |name: &str| {
        let message = format!("{}: the row “{name}” is not there.", table.title);
        mapped.findings.push(Finding::in_sheet(&ROW_MISSING, &workbook.file, &located.sheet.name, message));
    };
    for row in table.rows.iter().filter(|row| !row.optional && asked.falls_due(row.every)) {
        let asked_here = table.columns.iter().any(|column| {
            column.asks.is_answered()
                && !matches!(column.asks, Asks::Numerator | Asks::Denominator | Asks::Rating)
                && cells::applies(column, row, located.area.as_deref())
        });
        if !asked_here {
            continue;
        }
        let name = row.labels.first().map_or("", String::as_str);
        if row.total_row && !seen.contains(&(row.id.clone(), None)) {
            report(name);
        } else if !row.total_row && !seen.iter().any(|(id, _)| *id == row.id) {
            report(name);
            continue;
        }
        for breakdown in row.breakdowns.iter().filter(|breakdown| breakdown.required) {
            for member in &breakdown.members {
                // Several spellings of one member stand under one breakdown; any of them will do.
                let any = seen.iter().any(|(id, found)| {
                    *id == row.id && found.as_ref().is_some_and(|(own, _)| *own == breakdown.id)
                });
                if !any {
                    report(&format!("{name}: {member}"));
                    break;
                }
            }
        }
    }
}
