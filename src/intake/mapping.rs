//! Everything a return says, mapped by headings and labels.

use std::collections::BTreeMap;

use super::drift::formulas;
use super::headings::{Begins, Located, Places};
use super::mapped::{Asked, Mapped};
use super::{grid, headings, labels, narrative, records, remarks, signed};
use crate::contract::layout::{AreaBy, Layout};
use crate::contract::meant::Table;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{
    EMPTY_RETURN, FORMULA_NOT_CALCULATED, SHEET_HIDDEN, SHEET_MISSING, TABLE_REPEATED,
};
use crate::domain::place::CellAddress;
use crate::domain::text::lower;
use crate::domain::workbook::{Content, Sheet, Workbook};

/// Maps a workbook that was recognised as a return of `asked`.
pub fn map(workbook: &Workbook, asked: Asked<'_>) -> Mapped {
    map_located(workbook, asked, Places::default())
}

/// Maps a workbook that was recognised as a return of `asked`, with where the tables of its form were found.
pub fn map_located<'a>(workbook: &'a Workbook, asked: Asked<'a>, mut located: Places<'a>) -> Mapped {
    let mut mapped = Mapped::default();
    let mut heading_rows = BTreeMap::new();
    let mut below = Below::default();
    for table in &asked.form.tables {
        let places = located.take(table);
        map_table(workbook, asked, (table, places), &mut heading_rows, &mut below, &mut mapped);
    }
    mapped.findings.extend(below.unread(workbook));
    mapped.submitted = labels::submitted(workbook, &heading_rows, &asked.form.labels);
    mapped.labelled = labels::shown_as_given(workbook, &heading_rows, &asked.form.labels);
    mapped.labelled.extend(signed::entries(workbook, asked, &heading_rows));
    signed::check(workbook, asked, &heading_rows, &mut mapped);
    mapped.formulas = formulas::behind(workbook, &mapped);
    mapped.findings.extend(formulas::overwritten(asked.form, &mapped));
    for sheet in workbook.sheets.iter().filter(|sheet| sheet.hidden) {
        if sheet.cells.values().any(|cell| cell.content != Content::Blank) {
            let message = format!("The hidden sheet “{}” was not read.", sheet.name);
            mapped.findings.push(Finding::in_sheet(&SHEET_HIDDEN, &workbook.file, &sheet.name, message));
        }
    }
    if !mapped.usable {
        let message = "The form holds nothing that the provider filled in.".to_string();
        // Blank cells of an empty form need no finding each.
        mapped.findings.retain(|finding| !finding.counts());
        mapped.findings.push(Finding::in_file(&EMPTY_RETURN, &workbook.file, message));
    }
    mapped.findings.extend(remarks::remarks(workbook));
    mapped.findings.sort();
    mapped.findings.dedup();
    mapped.findings = one_a_column(mapped.findings);
    mapped
}

/// A column of formulas that were not calculated is one finding, not one a row.
fn one_a_column(findings: Vec<Finding>) -> Vec<Finding> {
    let mut columns: BTreeMap<_, usize> = BTreeMap::new();
    let mut kept: Vec<Finding> = Vec::new();
    for finding in findings {
        let Some(place) = finding.place().filter(|_| finding.kind == &FORMULA_NOT_CALCULATED) else {
            kept.push(finding);
            continue;
        };
        let column = (place.sheet.clone(), place.cell.column);
        match columns.get(&column).and_then(|index| kept.get_mut(*index)) {
            Some(first) => first.involved.push(place),
            None => {
                columns.insert(column, kept.len());
                kept.push(finding);
            }
        }
    }
    for finding in kept.iter_mut().filter(|finding| finding.kind == &FORMULA_NOT_CALCULATED) {
        if !finding.involved.is_empty() {
            finding.message.push_str(&format!(" So it is in {} more of the column.", finding.involved.len()));
        }
    }
    kept
}

/// The tables whose headings stand below those of others.
#[derive(Default)]
struct Below<'a> {
    begins: Vec<(&'a Sheet, Begins<'a>)>,
    /// Tables that were read, with their sheet and the lowest row of their headings.
    read: Vec<(&'a str, &'a str, u32)>,
}

impl Below<'_> {
    /// Those that were not read: a table of the form that stands there a second time, or where it was not looked for.
    fn unread(&self, workbook: &Workbook) -> Vec<Finding> {
        let is_read = |sheet: &Sheet, begins: &Begins<'_>| {
            let rows = begins.row..begins.row.saturating_add(begins.table.placed.heading_rows.max(1));
            self.read
                .iter()
                .any(|(id, name, row)| *id == begins.table.id && **name == *sheet.name && rows.contains(row))
        };
        let unread = self.begins.iter().filter(|(sheet, begins)| !is_read(sheet, begins));
        unread
            .map(|(sheet, begins)| {
                let title = &begins.table.title;
                let other = self.read.iter().find(|(id, ..)| *id == begins.table.id);
                let message = match other {
                    Some((_, name, _)) => {
                        format!("{title} stands here as well; only that on the sheet “{name}” was read.")
                    }
                    None => format!("{title} begins here, below another table, and was not read."),
                };
                let place = workbook.place(sheet, CellAddress::new(begins.row, 0));
                Finding::at(&TABLE_REPEATED, &place, message)
            })
            .collect()
    }
}

fn map_table<'a>(
    workbook: &'a Workbook,
    asked: Asked<'a>,
    (table, places): (&'a Table, Option<Vec<Located<'a>>>),
    heading_rows: &mut BTreeMap<String, u32>,
    below: &mut Below<'a>,
    mapped: &mut Mapped,
) {
    let (wanted, period) = ((asked.form, table), Some(asked.period));
    let mut places = places.unwrap_or_else(|| headings::locate(workbook, wanted, asked.contract, period));
    if places.is_empty() {
        let begins = below.begins.iter().filter(|(_, begins)| begins.table.id == table.id);
        let mut found = begins.filter_map(|(sheet, begins)| {
            headings::locate_at(workbook, wanted, asked.contract, period, (sheet, begins.row))
        });
        places.extend(found.next());
    }
    if matches!(table.area_by(), AreaBy::Sheet | AreaBy::Title) {
        for area in &asked.contract.areas {
            if !places.iter().any(|place| place.area.as_ref() == Some(&area.name)) && !table.optional {
                let where_it_stands =
                    if table.area_by() == AreaBy::Sheet { "sheet with" } else { "table of" };
                let message =
                    format!("There is no {where_it_stands} {} for {}.", lower(&table.title), area.name);
                mapped.findings.push(Finding::in_file(&SHEET_MISSING, &workbook.file, message));
            }
        }
    } else if places.is_empty() && !table.optional {
        let message = format!("There is no sheet with the table “{}”.", table.title);
        mapped.findings.push(Finding::in_file(&SHEET_MISSING, &workbook.file, message));
    }
    for place in &mut places {
        let next = place.end_above_the_next(asked.contract, asked.form, table);
        below.begins.extend(next.map(|begins| (place.sheet, begins)));
        below.read.push((&table.id, &place.sheet.name, place.heading_row));
        place.read_for(workbook, table, &asked.period);
        mapped.tables.insert(table.id.clone());
        mapped.findings.extend(place.findings.iter().cloned());
        mapped.usable |= place.is_filled_twice(table);
        place.note_heading_row(heading_rows);
        match &table.layout {
            Layout::Grid(settings) => grid::map(workbook, asked, table, settings, place, mapped),
            Layout::Records(settings) => records::map(workbook, asked, table, settings, place, mapped),
            Layout::Narrative(settings) => narrative::map(workbook, asked, table, settings, place, mapped),
        }
    }
}
