//! The last sheet: what the contract says about the figures.

use super::page::Page;
use super::{Wanted, due_sentence};
use crate::contract::meant::Kpi;
use crate::domain::text::one_line;
use crate::review::blank_form::{CellKind, FormSheet};

/// Its name.
pub(super) const SHEET: &str = "Notes";

/// A KPI in a sentence or two: title, clause, target and how it is read.
pub(super) fn of_kpi(wanted: &Wanted<'_>, kpi: &Kpi) -> String {
    let mut said = format!("KPI {}: {} (clause {}).", kpi.reference, one_line(&kpi.title), kpi.clause);
    match kpi.rule(&wanted.period).map(|rule| rule.aim()).filter(|aim| !aim.is_empty()) {
        Some(aim) if kpi.local => said.push_str(&format!(" Local target: {aim}.")),
        Some(aim) => said.push_str(&format!(" Target: {aim}.")),
        None => {}
    }
    if let Some(reading) = &kpi.reading {
        said.push_str(&format!(" {}", one_line(reading)));
    }
    said
}

/// The KPIs that this row of a table states.
pub(super) fn of_row(wanted: &Wanted<'_>, table: &str, row: &str) -> Option<String> {
    let said: Vec<String> = wanted
        .contract
        .kpis
        .iter()
        .filter(|kpi| kpi.figure.form == wanted.form.id && kpi.figure.table == table)
        .filter(|kpi| kpi.stated.rows().contains(&row))
        .map(|kpi| of_kpi(wanted, kpi))
        .collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// The sheet.
pub(super) fn sheet(wanted: &Wanted<'_>) -> FormSheet {
    let mut page = Page::new(SHEET.into());
    page.put(0, CellKind::Title(format!("Notes on {}", wanted.form.title)));
    page.next_row();
    let mut say = |text: String| {
        page.put(0, CellKind::Passage(text));
        page.next_row();
    };
    say(due_sentence(wanted));
    let own = wanted.contract.kpis.iter().filter(|kpi| kpi.figure.form == wanted.form.id);
    own.for_each(|kpi| say(of_kpi(wanted, kpi)));
    // A leading word keeps a reading from being taken for a label of the form's head.
    let readings = wanted.form.reading.iter().chain(&wanted.contract.readings);
    readings.for_each(|reading| say(format!("How the contract is read: {}", one_line(reading))));
    page.widths(vec![120.0]);
    page.done()
}
