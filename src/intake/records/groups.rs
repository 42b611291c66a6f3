//! The group each record of a table belongs to: named once, in the first of its rows, and blank or merged below.

use std::collections::BTreeSet;

use super::Line;
use crate::contract::layout::{Asks, Records, Row};
use crate::contract::meant::Table;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{GROUP_UNKNOWN, ROW_MISSING};
use crate::domain::place::CellRef;
use crate::domain::text::{nearest, one_line};
use crate::domain::workbook::{Sheet, Workbook};
use crate::intake::grid::rows::by_label;
use crate::intake::mapped::{Asked, Mapped};

/// The groups of a table, while its rows are gone through from above.
pub(super) struct Groups<'t> {
    table: &'t Table,
    /// The column that names them.
    column: &'t str,
    current: Current<'t>,
    /// Groups with a record, and those whose name was nearly written above one.
    seen: BTreeSet<&'t str>,
}

enum Current<'t> {
    /// No name stands above.
    Unnamed,
    Known(&'t Row),
    Unknown {
        text: String,
        place: CellRef,
    },
    /// Said already.
    Passed,
}

impl<'t> Groups<'t> {
    /// `None` where the table does not go by groups, or its column is not there.
    pub(super) fn of(table: &'t Table, settings: &'t Records, line: Option<&Line>) -> Option<Self> {
        let column = settings.group.as_deref()?;
        line.is_none_or(|line| line.fields.contains_key(column)).then_some(Self {
            table,
            column,
            current: Current::Unnamed,
            seen: BTreeSet::new(),
        })
    }

    /// Takes up the name that stands in this line, where there is one.
    pub(super) fn pass(&mut self, line: &Line) {
        let Some(field) = line.fields.get(self.column).filter(|field| !field.shown.is_empty()) else {
            return;
        };
        self.current = match by_label(self.table, &field.shown) {
            Some(row) => Current::Known(row),
            None => Current::Unknown { text: one_line(&field.shown), place: field.place.clone() },
        };
    }

    /// The group of a record in this line. A name that is none of the form's is said once, at its cell.
    pub(super) fn of_record(&mut self, line: &Line, mapped: &mut Mapped) -> Option<String> {
        let (message, place) = match std::mem::replace(&mut self.current, Current::Passed) {
            Current::Known(row) => {
                self.current = Current::Known(row);
                self.seen.insert(&row.id);
                return Some(row.id.clone());
            }
            Current::Unknown { text, place } => {
                let labels = self.table.rows.iter().flat_map(|row| &row.labels).map(String::as_str);
                let near = nearest(&text, labels);
                let row = near.and_then(|near| by_label(self.table, near));
                self.seen.extend(row.map(|row| row.id.as_str()));
                let near = near.map(|near| format!(" The nearest is “{near}”.")).unwrap_or_default();
                (format!("“{text}” is none of the groups of the form.{near}"), place)
            }
            Current::Unnamed => {
                let place = line.fields.get(self.column)?.place.clone();
                ("No group is named for this row.".to_string(), place)
            }
            Current::Passed => return None,
        };
        mapped.findings.push(Finding::at(&GROUP_UNKNOWN, &place, message));
        None
    }

    /// Groups without a record, each an error of the sheet.
    pub(super) fn report_missing(
        &self,
        workbook: &Workbook,
        asked: Asked<'_>,
        sheet: &Sheet,
        mapped: &mut Mapped,
    ) {
        let nothing = match self.table.column_asking(Asks::Score) {
            Some(_) => "nothing is scored",
            None => "no row is filled in",
        };
        for row in self.table.rows.iter().filter(|row| !row.optional && asked.falls_due(row.every)) {
            if !self.seen.contains(row.id.as_str()) {
                let name = one_line(row.labels.first().unwrap_or(&row.id));
                let message = format!("{}: {name}: {nothing}.", self.table.title);
                mapped.findings.push(Finding::in_sheet(&ROW_MISSING, &workbook.file, &sheet.name, message));
            }
        }
    }
}
