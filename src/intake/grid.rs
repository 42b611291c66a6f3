//! Grids: known rows across known columns, with breakdown rows below an item and an area per sheet or column group.

use std::collections::BTreeSet;

use super::answers;
use super::headings::Located;
use super::mapped::{Asked, Mapped};
use crate::contract::layout::{Asks, BreakdownRows, Column, Grid, Row};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    FIGURE_IMPOSSIBLE, FIGURE_NOT_A_NUMBER, FORMULA_NOT_CALCULATED, HEADING_RENAMED, REQUIRED_FIGURE_MISSING,
    ROW_MISSING, ROW_REPEATED, ROW_UNKNOWN,
};
use crate::domain::observation::{Breakdown, Observation};
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, Unit};
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
    let breakdown_column = settings.breakdown.as_ref().and_then(|id| located.column(id));
    let last = sheet.cells.keys().next_back().map_or(0, |cell| cell.row);
    let mut current: Option<&Row> = None;
    let mut seen: BTreeSet<(String, Option<(String, String)>)> = BTreeSet::new();
    for row in rows_with_content(located, last) {
        let label = own_text(located, row, key);
        let breakdown_text =
            breakdown_column.map(|column| own_text(located, row, column)).unwrap_or_default();
        let starts = !label.is_empty() && current.is_none_or(|current| !is_label_of(current, &label));
        if starts {
            match match_row(table, &label) {
                Some((found, exact)) => {
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
                    if has_figures(table, located, row) && !fold(&label).starts_with("total") {
                        mapped.findings.push(Finding::at(
                            &ROW_UNKNOWN,
                            &workbook.place(sheet, CellAddress::new(row, key)),
                            format!(
                                "{}: the row “{}” is not part of the form.",
                                table.title,
                                one_line(&label)
                            ),
                        ));
                    }
                    continue;
                }
            }
        }
        let Some(item) = current else { continue };
        let Some(matched) = match_breakdown(asked, item, &breakdown_text, starts || !label.is_empty()) else {
            continue;
        };
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
        read_row(workbook, table, located, &matched, row, mapped);
    }
    report_missing(workbook, asked, table, located, &seen, mapped);
}

fn label_of(item: &Row, matched: &Matched<'_>) -> String {
    let name = item.labels.first().cloned().unwrap_or_default();
    match &matched.breakdown {
        Some(breakdown) => format!("{name}, {}", breakdown.member),
        None => name,
    }
}

/// Visible rows below the heading that hold anything.
fn rows_with_content(located: &Located<'_>, last: u32) -> Vec<u32> {
    let start = CellAddress::new(located.heading_row + 1, 0);
    let rows: BTreeSet<u32> = located
        .sheet
        .cells
        .range(start..=CellAddress::new(last, u32::MAX))
        .map(|(cell, _)| cell.row)
        .filter(|row| !located.sheet.hidden_rows.contains(row))
        .collect();
    rows.into_iter().collect()
}

/// The text of a cell, unless it only continues a merged area begun above.
fn own_text(located: &Located<'_>, row: u32, column: u32) -> String {
    let address = CellAddress::new(row, column);
    match located.sheet.merged_area(address) {
        Some(area) if area.first.row != row => String::new(),
        _ => located.sheet.text(address),
    }
}

fn has_figures(table: &Table, located: &Located<'_>, row: u32) -> bool {
    located.columns.iter().any(|((id, _), column)| {
        table.column(id).is_some_and(|column| !matches!(column.asks, Asks::Nothing | Asks::Threshold))
            && located
                .sheet
                .cells
                .get(&CellAddress::new(row, *column))
                .is_some_and(|cell| cell.content != Content::Blank)
    })
}

fn is_label_of(row: &Row, label: &str) -> bool {
    let label = fold(label);
    row.labels.iter().any(|own| fold(own) == label)
}

/// The row a label names, and whether to the letter. A leading number (`5.`, `KPI 5:`) is no part of the label; alone it is the
/// row's reference.
fn match_row<'t>(table: &'t Table, label: &str) -> Option<(&'t Row, bool)> {
    let exact = |text: &str| table.rows.iter().find(|row| is_label_of(row, text));
    if let Some(row) = exact(label) {
        return Some((row, true));
    }
    let (reference, rest) = split_reference(label);
    if let Some(reference) = &reference {
        if rest.is_empty() {
            return table.rows.iter().find(|row| fold(&row.id) == *reference).map(|row| (row, true));
        }
        if let Some(row) = exact(&rest) {
            return Some((row, true));
        }
    }
    let folded = fold(label);
    let continued = |own: &str| {
        folded.strip_prefix(&fold(own)).is_some_and(|rest| rest.starts_with(" (") || rest.starts_with(", "))
    };
    if let Some(row) = table.rows.iter().find(|row| row.labels.iter().any(|own| continued(own))) {
        return Some((row, true));
    }
    let wording = if rest.is_empty() { label } else { &rest };
    let mut near: Vec<(f64, &Row)> = table
        .rows
        .iter()
        .map(|row| (row.labels.iter().map(|own| likeness(own, wording)).fold(0.0_f64, f64::max), row))
        .filter(|(alike, _)| *alike >= 0.7)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    match near.as_slice() {
        [(_, row)] => Some((row, false)),
        // Two labels about as near as each other: a guess would put one row's figures under another's name.
        [(first, row), (second, _), ..] if first - second >= 0.05 => Some((row, false)),
        _ => None,
    }
}

/// `5. Percentage of …` → reference `5` and the rest; `KPI 5` → reference alone.
fn split_reference(label: &str) -> (Option<String>, String) {
    let text = one_line(label);
    let lower = text.to_lowercase();
    let without = if lower.starts_with("kpi") { text[3..].trim_start() } else { text.as_str() };
    let digits: String = without.chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return (None, String::new());
    }
    let rest = without[digits.len()..].trim_start_matches(['.', ')', ':', '-', '–', ' ']);
    (Some(digits), rest.trim().to_string())
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
        if !first_row {
            return Some(Matched {
                row: item,
                breakdown: Some(Breakdown { id: prefix, member: one_line(member) }),
                unit: item.unit,
                required: false,
            });
        }
    }
    let is_total = first_row || matches!(folded.as_str(), "total" | "all" | "in total");
    is_total.then_some(Matched {
        row: item,
        breakdown: None,
        unit: item.unit,
        required: item.total_row && !item.optional && falls_due,
    })
}

fn read_row(
    workbook: &Workbook,
    table: &Table,
    located: &Located<'_>,
    matched: &Matched<'_>,
    row: u32,
    mapped: &mut Mapped,
) {
    for ((id, group), column) in &located.columns {
        let Some(spec) = table.column(id) else { continue };
        if !applies(spec, matched.row, located.area.as_deref()) {
            continue;
        }
        let address = CellAddress::new(row, *column);
        let place = workbook.place(located.sheet, address);
        let cell = located.sheet.cell(address);
        let shown = located.sheet.text(address);
        let is_formula = cell.is_some_and(|cell| cell.formula);
        let answer = match spec.asks {
            Asks::Comment | Asks::Text | Asks::Threshold => answers::read(cell, answers::Asked::Text),
            // The percentages' own numerators and denominators are whole things.
            Asks::Numerator | Asks::Denominator => answers::read(cell, answers::Asked::Number(Unit::Count)),
            _ if matched.unit == Unit::Percent => match answers::read_percent(cell) {
                answers::PercentAnswer::Certain(answer) => answer,
                answers::PercentAnswer::Either { as_share, .. } => Answer::PlainPercentage(as_share),
            },
            _ => answers::read(cell, answers::Asked::Number(matched.unit)),
        };
        let unit = match spec.asks {
            Asks::Numerator | Asks::Denominator => Unit::Count,
            _ => matched.unit,
        };
        let required = match spec.asks {
            Asks::Figure => matched.required,
            Asks::Result => matched.required,
            Asks::Numerator | Asks::Denominator => matched.required && matched.unit == Unit::Percent,
            _ => false,
        };
        // Of nothing there is no share: N/A, a dash, a blank or #DIV/0! all say so.
        let nothing_to_measure = spec.asks == Asks::Result
            && matched.unit == Unit::Percent
            && denominator(table, located, group.as_ref(), row).is_some_and(|value| value.is_zero());
        let says_nothing = (nothing_to_measure && answer.number().is_none())
            || (matched.row.may_not_apply && answer == Answer::NotApplicable);
        let fault = if says_nothing { None } else { fault(&answer, unit, spec.asks, required, is_formula) };
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
        mapped.usable |= is_evidence_of_filling_in(spec.asks, &answer, is_formula);
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
}

/// The denominator in this row and column group, where it can be read.
fn denominator(table: &Table, located: &Located<'_>, group: Option<&String>, row: u32) -> Option<Quantity> {
    let column = table.column_asking(Asks::Denominator)?;
    let place = located.columns.get(&(column.id.clone(), group.cloned()))?;
    let cell = located.sheet.cell(CellAddress::new(row, *place));
    answers::read(cell, answers::Asked::Number(Unit::Count)).number()
}

/// Whether a cell shows that the provider filled the form in: a figure that was typed, or computed from something that was. What
/// an untouched form computes is zero.
fn is_evidence_of_filling_in(asks: Asks, answer: &Answer, is_formula: bool) -> bool {
    let figure = match answer {
        Answer::PlainPercentage(value) => Some(*value),
        answer => answer.number(),
    };
    let asked = matches!(asks, Asks::Figure | Asks::Numerator | Asks::Denominator | Asks::Result);
    asked && figure.is_some_and(|value| !is_formula || !value.is_zero())
}

fn cell_name(matched: &Matched<'_>, column: &Column, area: Option<&str>) -> String {
    let area = area.map(|area| format!(", {area}")).unwrap_or_default();
    let heading = column.headings.first().map_or("", String::as_str);
    format!("{}, {heading}{area}", one_line(&label_of(matched.row, matched)))
}

/// Whether a column is asked of this row.
fn applies(column: &Column, row: &Row, area: Option<&str>) -> bool {
    match column.asks {
        Asks::Nothing => false,
        Asks::Figure => {
            column.applies_to(area) && row.columns.as_ref().is_none_or(|columns| columns.contains(&column.id))
        }
        Asks::Numerator | Asks::Denominator => row.unit == Unit::Percent,
        _ => true,
    }
}

fn fault(
    answer: &Answer,
    unit: Unit,
    asks: Asks,
    required: bool,
    formula: bool,
) -> Option<(&'static crate::domain::finding::FindingKind, String)> {
    if matches!(asks, Asks::Comment | Asks::Text | Asks::Threshold | Asks::Nothing) {
        return None;
    }
    match answer {
        Answer::Number(value) | Answer::PlainPercentage(value) if *value < Quantity::ZERO => {
            Some((&FIGURE_IMPOSSIBLE, "the figure is negative.".into()))
        }
        Answer::Number(value) if unit.is_whole() && !value.fract().is_zero() => Some((
            &FIGURE_IMPOSSIBLE,
            format!("{} is not a whole number.", crate::domain::quantity::plain(*value)),
        )),
        Answer::Unreadable { found, why } => {
            // A total or a result that is only a formula's can be computed from what it is made of.
            if formula && matches!(asks, Asks::Total | Asks::Result) && found.is_empty() {
                return Some((&FORMULA_NOT_CALCULATED, "the formula has no stored result.".into()));
            }
            let found =
                if found.is_empty() { String::new() } else { format!("“{}” — ", one_line(found)) };
            Some((&FIGURE_NOT_A_NUMBER, format!("{found}{why}.")))
        }
        Answer::Blank if required => Some((&REQUIRED_FIGURE_MISSING, "the cell is blank.".into())),
        Answer::Unanswered if required => {
            Some((&REQUIRED_FIGURE_MISSING, "the cell still holds the form's placeholder.".into()))
        }
        Answer::NotApplicable if required => {
            Some((&REQUIRED_FIGURE_MISSING, "answered “not applicable” where a figure is required.".into()))
        }
        Answer::NotRecorded if required => {
            Some((&REQUIRED_FIGURE_MISSING, "answered “not recorded” where a figure is required.".into()))
        }
        _ => None,
    }
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
            matches!(column.asks, Asks::Figure | Asks::Result)
                && applies(column, row, located.area.as_deref())
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
