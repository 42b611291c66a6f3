//! The group each record of a table belongs to: named once, in the first of its rows, and blank or merged below.

use std::collections::BTreeSet;

use crate::contract::layout::{Asks, Records, Row};
use crate::contract::meant::Table;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{GROUP_UNKNOWN, HEADING_RENAMED, ROW_MISSING};
use crate::domain::log::RecordView;
use crate::domain::place::CellRef;
use crate::domain::text::{fold, nearest, one_line};
use crate::domain::workbook::{Sheet, Workbook};
use crate::intake::grid::rows::{by_label, by_likeness};
use crate::intake::mapped::{Asked, Mapped};

/// The groups of a table, while its rows are gone through from above.
pub(super) struct Groups<'t> {
    table: &'t Table,
    /// The column that names them.
    column: &'t str,
    current: Current<'t>,
    /// Groups with a record, and those whose name was nearly written above one.
    seen: BTreeSet<&'t str>,
    /// Names written otherwise than on the form, folded, once they are said: a merged or repeated name stands in every row.
    said: BTreeSet<String>,
}

enum Current<'t> {
    /// No name stands above.
    Unnamed,
    Known(&'t Row),
    /// Written almost as on the form, and as no other group.
    Near {
        row: &'t Row,
        text: String,
        place: CellRef,
    },
    Unknown {
        text: String,
        place: CellRef,
    },
    /// Said already.
    Passed,
}

impl<'t> Groups<'t> {
    /// `None` where the table does not go by groups, or its column is not there.
    pub(super) fn of(table: &'t Table, settings: &'t Records, has_column: bool) -> Option<Self> {
        let column = settings.group.as_deref()?;
        has_column.then_some(Self {
            table,
            column,
            current: Current::Unnamed,
            seen: BTreeSet::new(),
            said: BTreeSet::new(),
        })
    }

    /// Takes up the name that stands in this line, where there is one.
    pub(super) fn pass(&mut self, line: RecordView<'_>) {
        let Some(field) = line.field(self.column).filter(|field| !field.shown.is_empty()) else {
            return;
        };
        let (text, place) = (one_line(field.shown), field.place());
        let is_said = self.said.contains(&fold(&text));
        self.current = match (by_label(self.table, &text), by_likeness(self.table, &text)) {
            (Some(row), _) => Current::Known(row),
            (None, Some(row)) if is_said => Current::Known(row),
            (None, Some(row)) => Current::Near { row, text, place },
            (None, None) if is_said => Current::Passed,
            (None, None) => Current::Unknown { text, place },
        };
    }

    /// The group of a record in this line. A name that is written otherwise than on the form, or is none of its own, is said once, at
    /// its cell.
    pub(super) fn of_record(&mut self, line: RecordView<'_>, mapped: &mut Mapped) -> Option<String> {
        let (message, place) = match std::mem::replace(&mut self.current, Current::Passed) {
            Current::Known(row) => {
                self.current = Current::Known(row);
                self.seen.insert(&row.id);
                return Some(row.id.clone());
            }
            Current::Near { row, text, place } => {
                self.current = Current::Known(row);
                self.seen.insert(&row.id);
                self.said.insert(fold(&text));
                let expected = row.labels.first().map_or("", String::as_str);
                let message = format!("The row “{text}” was read as “{expected}”.");
                mapped.findings.push(Finding::at(&HEADING_RENAMED, &place, message));
                return Some(row.id.clone());
            }
            Current::Unknown { text, place } => {
                self.said.insert(fold(&text));
                let labels = self.table.rows.iter().flat_map(|row| &row.labels).map(String::as_str);
                let near = nearest(&text, labels);
                let row = near.and_then(|near| by_label(self.table, near));
                self.seen.extend(row.map(|row| row.id.as_str()));
                let near = near.map(|near| format!(" The nearest is “{near}”.")).unwrap_or_default();
                (format!("“{text}” is none of the groups of the form.{near}"), place)
            }
            Current::Unnamed => {
                let place = line.field(self.column)?.place();
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
