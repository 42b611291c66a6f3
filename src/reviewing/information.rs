//! Tables of the returns that are shown as they stand: monthly figures side by side, and lists such as social value.

use std::collections::{BTreeMap, BTreeSet};

use super::areas::is_of;
use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::contract::layout::{Asks, Layout, Row};
use crate::contract::meant::{Form, Table};
use crate::domain::observation::{Breakdown, Observation};
use crate::domain::period::{Frequency, Period};
use crate::domain::place::CellRef;
use crate::review::{InformationRow, InformationTable};

/// The tables of a review period; where `only` names an area, without what other areas alone have in them.
pub fn tables(
    case: &Case<'_>,
    slots: &[&Slot<'_>],
    period: &Period,
    only: Option<&str>,
) -> Vec<InformationTable> {
    let mut tables = Vec::new();
    for form in &case.contract.forms {
        let own: Vec<&&Slot<'_>> = slots.iter().filter(|slot| slot.form.id == form.id).collect();
        for table in &form.tables {
            match &table.layout {
                Layout::Grid(grid) if grid.breakdown.is_some() => {
                    for area in areas(case).into_iter().filter(|own| only.is_none() || *own == only) {
                        tables.extend(side_by_side(form, table, &own, area, period));
                    }
                }
                Layout::Records(records) if records.shown => {
                    tables.extend(own.iter().filter_map(|slot| as_listed(table, slot, only)));
                }
                _ => {}
            }
        }
    }
    tables
}

fn areas<'a>(case: &Case<'a>) -> Vec<Option<&'a str>> {
    if case.contract.areas.is_empty() {
        return vec![None];
    }
    case.contract.areas.iter().map(|area| Some(area.name.as_str())).collect()
}

/// A row of the form, and the breakdown line below it.
type Line<'a> = (&'a str, Option<&'a Breakdown>);

/// One row an item, one column a period: the totals of each return.
fn side_by_side(
    form: &Form,
    table: &Table,
    slots: &[&&Slot<'_>],
    area: Option<&str>,
    period: &Period,
) -> Option<InformationTable> {
    let total = table.column_asking(Asks::Total)?;
    let parts = period.split(form.every);
    let returns: Vec<Vec<&Observation>> = parts
        .iter()
        .map(|part| {
            slots
                .iter()
                .filter(|slot| slot.submission.period == *part)
                .filter_map(|slot| slot.rated())
                .flat_map(|version| &version.mapped.observations)
                .filter(|o| o.table == table.id && o.area.as_deref() == area)
                .collect()
        })
        .collect();
    if returns.iter().all(Vec::is_empty) {
        return None;
    }
    // What a line of the form holds in each return, found once: a return can have tens of thousands of lines.
    let by_line: Vec<BTreeMap<Line<'_>, Vec<&Observation>>> = returns
        .iter()
        .map(|returned| {
            let mut lines: BTreeMap<Line<'_>, Vec<&Observation>> = BTreeMap::new();
            for observation in returned {
                let line = (observation.row.as_str(), observation.breakdown.as_ref());
                lines.entry(line).or_default().push(observation);
            }
            lines
        })
        .collect();
    let value = |lines: &BTreeMap<Line<'_>, Vec<&Observation>>,
                 row: &Row,
                 breakdown: Option<&Breakdown>|
     -> (String, Option<CellRef>) {
        let own = lines.get(&(row.id.as_str(), breakdown)).map_or(&[][..], Vec::as_slice);
        let filled = |o: &&&Observation| !o.shown.is_empty();
        let found = own.iter().find(|o| o.column == total.id).filter(filled).or_else(|| {
            row.columns
                .as_ref()
                .filter(|columns| columns.len() == 1)
                .and_then(|columns| own.iter().find(|o| Some(&o.column) == columns.first()).filter(filled))
        });
        match found {
            Some(o) => (
                o.answer.number().map_or_else(
                    || o.shown.clone(),
                    |n| crate::domain::quantity::show(n, crate::domain::quantity::Unit::Hours, &[]),
                ),
                Some(o.place.clone()),
            ),
            None => (String::new(), None),
        }
    };
    let mut rows = Vec::new();
    for row in &table.rows {
        let mut seen = BTreeSet::new();
        let breakdowns: Vec<&Breakdown> = returns
            .iter()
            .flatten()
            .filter(|o| o.row == row.id)
            .filter_map(|o| o.breakdown.as_ref())
            .filter(|breakdown| seen.insert(*breakdown))
            .collect();
        let line = |label: String, breakdown: Option<&Breakdown>| InformationRow {
            label,
            breakdown: breakdown.is_some(),
            values: by_line.iter().map(|lines| value(lines, row, breakdown)).collect(),
        };
        let says = |line: &InformationRow| line.values.iter().any(|(text, _)| !text.is_empty());
        let below: Vec<InformationRow> = breakdowns
            .into_iter()
            .map(|breakdown| {
                let own = row.breakdowns.iter().find(|own| own.id == breakdown.id);
                let is_listed = row.breakdowns.iter().any(|own| own.members.contains(&breakdown.member));
                let label = match own.and_then(|own| own.prefixes.first()).filter(|_| !is_listed) {
                    Some(prefix) => format!("{prefix}: {}", breakdown.member),
                    None => breakdown.member.clone(),
                };
                line(label, Some(breakdown))
            })
            .filter(says)
            .collect();
        // An item without a total of its own still names what stands below it.
        let item = line(row.labels.first().cloned().unwrap_or_default(), None);
        if says(&item) || !below.is_empty() {
            rows.push(item);
        }
        rows.extend(below);
    }
    let headings = std::iter::once(table.title.clone())
        .chain(parts.iter().zip(&returns).map(|(part, returned)| heading(part, returned.is_empty())))
        .collect();
    let figures = std::iter::once(false).chain(parts.iter().map(|_| true)).collect();
    let title = format!("{}: totals", table.title);
    let title = if table.columns.iter().filter(|c| c.asks == Asks::Figure).count() > 1 {
        title
    } else {
        table.title.clone()
    };
    Some(InformationTable { title, area: area.map(Into::into), headings, figures, rows })
}

fn heading(period: &Period, is_missing: bool) -> String {
    let name = if period.frequency == Frequency::Month { period.describe() } else { period.label() };
    if is_missing { format!("{name}: no return") } else { name }
}

fn as_listed(table: &Table, slot: &Slot<'_>, only: Option<&str>) -> Option<InformationTable> {
    let version = slot.rated()?;
    let records: Vec<_> =
        version.mapped.records.of_table(&table.id).filter(|record| is_of(only, table, *record)).collect();
    if records.is_empty() {
        return None;
    }
    let present: Vec<_> =
        table.columns.iter().filter(|column| records.iter().any(|record| record.has(&column.id))).collect();
    let rows = records
        .iter()
        .map(|record| {
            let field = |id: &str| record.field(id);
            let mut values = present.iter().map(|column| {
                field(&column.id).map_or((String::new(), None), |field| {
                    (field.shown.to_string(), (!field.shown.is_empty()).then(|| field.place()))
                })
            });
            let (label, _) = values.next().unwrap_or_default();
            InformationRow { label, breakdown: false, values: values.collect() }
        })
        .collect();
    Some(InformationTable {
        title: table.title.clone(),
        area: slot.submission.area.clone(),
        headings: present.iter().map(|column| column.headings.first().cloned().unwrap_or_default()).collect(),
        figures: present.iter().map(|_| false).collect(),
        rows,
    })
}
