//! Grids: the form's rows across its columns, with lines for breakdowns and a group of columns for each area where the form has them.

use super::page::Page;
use super::{Wanted, cells, heading, notes, period_headings};
use crate::contract::layout::{AreaBy, Asks, BreakdownRows, Column, Grid, Row};
use crate::contract::meant::{Kpi, RatingRule, Table};
use crate::domain::quantity::Unit;
use crate::domain::text::{fold, one_line};
use crate::review::blank_form::{
    CellKind, Computed, Entered, Entry, Formula, Line, Outcome, Place, StandsFor, Takes,
};

/// Lines of a breakdown whose members the form does not name.
const LINES: usize = 6;
/// Width of the labels of rows and of breakdowns, in characters.
const LABEL: f64 = 44.0;
const PART: f64 = 34.0;

/// A column of the sheet.
struct Placed<'a> {
    column: &'a Column,
    area: Option<&'a str>,
}

/// A line of the sheet.
struct Drawn<'a> {
    row: &'a Row,
    /// The breakdown, and which of its lines.
    part: Option<(&'a BreakdownRows, usize)>,
    unit: Unit,
    required: bool,
}

/// Headings and rows.
pub(super) fn lay_out(
    wanted: &Wanted<'_>,
    table: &Table,
    settings: &Grid,
    area: Option<&str>,
    page: &mut Page,
) {
    let placed = placed(wanted, table, area);
    if table.area_by() == AreaBy::ColumnGroup {
        group_headings(&placed, page);
    }
    period_headings(wanted, table, placed.iter().map(|own| own.column), page);
    for (at, own) in (0..).zip(&placed) {
        page.put(at, CellKind::Heading(heading(wanted, table, own.column)));
    }
    page.next_row();
    let labels = [Some(&settings.key), settings.reference.as_ref(), settings.breakdown.as_ref()];
    let is_label = |id: &String| labels.iter().flatten().any(|own| *own == id);
    let last_label = placed.iter().rposition(|own| is_label(&own.column.id)).unwrap_or(0);
    page.keep_in_sight(u32::try_from(last_label + 1).unwrap_or(1));
    for row in table.rows.iter().filter(|row| wanted.falls_due(row.every)) {
        if !is_asked(table, row, area) {
            continue;
        }
        let mut is_first = true;
        if row.total_row {
            let required = !row.optional;
            let drawn = Drawn { row, part: None, unit: row.unit, required };
            line(wanted, table, settings, &placed, &drawn, is_first, page);
            is_first = false;
        }
        for breakdown in &row.breakdowns {
            for number in 0..lines(wanted, table, row, breakdown, area) {
                let required = breakdown.required;
                let unit = breakdown.unit.unwrap_or(row.unit);
                let drawn = Drawn { row, part: Some((breakdown, number)), unit, required };
                line(wanted, table, settings, &placed, &drawn, is_first, page);
                is_first = false;
            }
        }
    }
    let width = |own: &Placed<'_>| {
        let id = Some(&own.column.id);
        if id == Some(&settings.key) {
            LABEL
        } else if id == settings.reference.as_ref() {
            8.0
        } else if id == settings.breakdown.as_ref() {
            PART
        } else {
            cells::width(own.column.asks, &cells::heading(own.column))
        }
    };
    page.widths(placed.iter().map(width).collect());
}

/// The columns from left to right: those that stand for every area in their place, those of a group once for each area.
fn placed<'a>(wanted: &Wanted<'a>, table: &'a Table, area: Option<&'a str>) -> Vec<Placed<'a>> {
    let is_grouped = |column: &Column| table.area_by() == AreaBy::ColumnGroup && column.asks.is_answered();
    let applying = || table.columns.iter().filter(|column| is_grouped(column) || column.applies_to(area));
    let mut placed = Vec::new();
    let mut grouped_done = false;
    for column in applying() {
        if !is_grouped(column) {
            placed.push(Placed { column, area });
        } else if !grouped_done {
            grouped_done = true;
            for own in &wanted.contract.areas {
                let of_area =
                    applying().filter(|column| is_grouped(column) && column.applies_to(Some(&own.name)));
                placed.extend(of_area.map(|column| Placed { column, area: Some(&own.name) }));
            }
        }
    }
    placed
}

/// The areas over their columns.
fn group_headings(placed: &[Placed<'_>], page: &mut Page) {
    let mut at = 0;
    for group in placed.chunk_by(|a, b| a.area == b.area) {
        let wide = u32::try_from(group.len()).unwrap_or(1);
        if let Some(area) = group.first().and_then(|own| own.area) {
            page.put(at, CellKind::GroupHeading(area.into(), wide));
        }
        at += wide;
    }
    page.next_row();
}

/// Whether any column asks this row for something.
fn is_asked(table: &Table, row: &Row, area: Option<&str>) -> bool {
    let grouped = table.area_by() == AreaBy::ColumnGroup;
    table.columns.iter().any(|column| {
        column.asks.is_answered() && applies(column, row) && (grouped || column.applies_to(area))
    })
}

/// Whether a column is asked of this row.
fn applies(column: &Column, row: &Row) -> bool {
    match column.asks {
        Asks::Nothing => false,
        Asks::Figure | Asks::Amount | Asks::Date | Asks::YesNo => {
            row.columns.as_ref().is_none_or(|columns| columns.contains(&column.id))
        }
        Asks::Numerator | Asks::Denominator => row.unit == Unit::Percent,
        _ => true,
    }
}

/// How many lines a breakdown gets: one for each member the form names, else as many as were needed last time, and some more.
fn lines(
    wanted: &Wanted<'_>,
    table: &Table,
    row: &Row,
    breakdown: &BreakdownRows,
    area: Option<&str>,
) -> usize {
    if !breakdown.members.is_empty() {
        // Of a breakdown that does not add up, several members are spellings of one.
        return if breakdown.adds_up { breakdown.members.len() } else { 1 };
    }
    let known = wanted.known.members(&table.id, &row.id, &breakdown.id, area).len();
    LINES.max(known + 2)
}

fn line(
    wanted: &Wanted<'_>,
    table: &Table,
    settings: &Grid,
    placed: &[Placed<'_>],
    drawn: &Drawn<'_>,
    is_first: bool,
    page: &mut Page,
) {
    for (at, own) in (0..).zip(placed) {
        let place = Place {
            table: table.id.clone(),
            line: match drawn.part {
                None => Line::Row(drawn.row.id.clone()),
                Some((breakdown, number)) => {
                    Line::Part { row: drawn.row.id.clone(), breakdown: breakdown.id.clone(), number }
                }
            },
            column: own.column.id.clone(),
            area: own.area.or(wanted.area).map(Into::into),
        };
        let id = &own.column.id;
        if *id == settings.key {
            let label =
                if is_first { drawn.row.labels.first().cloned().unwrap_or_default() } else { String::new() };
            let note = is_first.then(|| notes::of_row(wanted, &table.id, &drawn.row.id)).flatten();
            page.put_for(at, CellKind::RowLabel(label), None, note);
        } else if Some(id) == settings.reference.as_ref() {
            let text = if is_first { drawn.row.id.clone() } else { String::new() };
            page.put(at, CellKind::RowLabel(text));
        } else if Some(id) == settings.breakdown.as_ref() {
            let kind = member(wanted, table, drawn, own.area.or(wanted.area));
            page.put_for(at, kind, Some(StandsFor::Member(place)), None);
        } else {
            let kind = match own.column.asks {
                Asks::Nothing if is_first => CellKind::Fixed(form_text(wanted, table, drawn.row, own.column)),
                Asks::Threshold if is_first => {
                    CellKind::Fixed(threshold(wanted, table, drawn.row, own.column))
                }
                Asks::Nothing | Asks::Threshold => CellKind::Fixed(String::new()),
                _ => value(wanted, placed, drawn, own, at, page),
            };
            page.put_for(at, kind, Some(StandsFor::Figure(place)), None);
        }
    }
    page.next_row();
}

/// The name of a breakdown's line: fixed where the form names it, else as last named or to be put in. Free lines have names of
/// their own: a figure on a line that was not named is not lost.
fn member(wanted: &Wanted<'_>, table: &Table, drawn: &Drawn<'_>, area: Option<&str>) -> CellKind {
    let Some((breakdown, number)) = drawn.part else { return CellKind::RowLabel(String::new()) };
    let prefix = breakdown.prefixes.first();
    if let Some(member) = breakdown.members.get(number) {
        return CellKind::RowLabel(match prefix {
            Some(prefix) => format!("{prefix}: {member}"),
            None => member.clone(),
        });
    }
    let prefix = prefix.cloned().unwrap_or_default();
    let free = format!("(name {})", number + 1);
    let what = format!("Put the name in the place of “{free}”. A line that is not needed stays as it is.");
    let known = wanted.known.members(&table.id, &drawn.row.id, &breakdown.id, area);
    let name = known.get(number).unwrap_or(&free);
    let entry = cells::entry(&prefix, &what, Takes::Text, false, false);
    CellKind::Entry(Entry { value: Some(Entered::Text(format!("{prefix}: {name}"))), ..entry })
}

/// What stands in a cell that is no label.
fn value(
    wanted: &Wanted<'_>,
    placed: &[Placed<'_>],
    drawn: &Drawn<'_>,
    own: &Placed<'_>,
    at: u32,
    page: &Page,
) -> CellKind {
    let (column, row) = (own.column, drawn.row);
    if !applies(column, row) {
        return CellKind::NotAsked;
    }
    let beside = |asks: Asks| -> Vec<u32> {
        (0..)
            .zip(placed)
            .filter(|(_, other)| other.column.asks == asks && other.area == own.area)
            .filter(|(_, other)| applies(other.column, row))
            .map(|(at, _)| at)
            .collect()
    };
    let computed = |formula| CellKind::Computed(Computed { formula, result: Outcome::Blank });
    if column.asks == Asks::Total && row.sums_across {
        let cells = beside(Asks::Figure);
        if !cells.is_empty() {
            return computed(Formula::Sum(cells.into_iter().map(|at| page.at(at)).collect()));
        }
    }
    if column.asks == Asks::Result
        && drawn.unit == Unit::Percent
        && let ([numerator], [denominator]) =
            (beside(Asks::Numerator).as_slice(), beside(Asks::Denominator).as_slice())
        && ![numerator, denominator].contains(&&at)
    {
        let (numerator, denominator) = (page.at(*numerator), page.at(*denominator));
        return computed(Formula::Share { numerator, denominator });
    }
    let may_not_apply = row.may_not_apply && !matches!(column.asks, Asks::Comment | Asks::Text);
    let unit = match column.asks {
        Asks::Numerator | Asks::Denominator => row.parts,
        _ => drawn.unit,
    };
    let Some(takes) = cells::takes(wanted, column.asks, unit, may_not_apply) else {
        return CellKind::NotAsked;
    };
    let required = match column.asks {
        Asks::Figure | Asks::Result | Asks::YesNo => drawn.required,
        Asks::Numerator | Asks::Denominator => drawn.required && drawn.unit == Unit::Percent,
        _ => false,
    };
    let heading = cells::heading(column);
    let title = own.area.map_or(heading.clone(), |area| format!("{heading}, {area}"));
    let mut what = row.labels.first().cloned().unwrap_or_default();
    if let Some((breakdown, number)) = drawn.part {
        let part = breakdown.members.get(number).or(breakdown.prefixes.first());
        what = format!("{}, {}", one_line(&what), part.map_or("", String::as_str));
    }
    CellKind::Entry(cells::entry(&title, &what, takes, required, may_not_apply))
}

/// The KPIs that a row states.
fn kpis<'a>(wanted: &Wanted<'a>, table: &Table, row: &Row) -> Vec<&'a Kpi> {
    wanted
        .contract
        .kpis
        .iter()
        .filter(|kpi| kpi.figure.form == wanted.form.id && kpi.figure.table == table.id)
        .filter(|kpi| kpi.stated.rows().contains(&row.id.as_str()))
        .collect()
}

/// What the form itself says in a column: how often the row is asked for, or what its KPI is called. The definition has no more.
fn form_text(wanted: &Wanted<'_>, table: &Table, row: &Row, column: &Column) -> String {
    let says = |word: &str| column.headings.iter().any(|heading| fold(heading).contains(word));
    if says("frequency") || says("interval") {
        let adverb = row.every.unwrap_or(wanted.form.every).adverb();
        let mut letters = adverb.chars();
        return letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    }
    if says("title") {
        return kpis(wanted, table, row).first().map(|kpi| one_line(&kpi.title)).unwrap_or_default();
    }
    if says("organisation") || says("provider") {
        return wanted.provider.unwrap_or_default().to_string();
    }
    String::new()
}

/// The target the row's KPI has in the period, or its band of the column's rating.
fn threshold(wanted: &Wanted<'_>, table: &Table, row: &Row, column: &Column) -> String {
    let own = kpis(wanted, table, row);
    let Some(rule) = own.first().and_then(|kpi| kpi.rule(&wanted.period)) else { return String::new() };
    match (rule, column.band) {
        (RatingRule::Bands(bands), Some(band)) => {
            let own = bands.all().into_iter().find(|(rating, _)| *rating == band);
            let printed = bands.printed(band).map(ToString::to_string);
            printed.or(own.map(|(_, band)| band.describe())).unwrap_or_default()
        }
        _ => rule.aim(),
    }
}
