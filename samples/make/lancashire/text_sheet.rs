//! The sheets of words: management report, selection criteria, service development plan.

use anyhow::Result;
use rust_xlsxwriter::Worksheet;

use crate::lancashire::entry::Entry;
use crate::lancashire::form::Form;
use crate::style;

/// Status of an action of the plan.
const STATUS: [&str; 4] = ["Not started", "In progress", "Delayed", "Complete"];
/// Rows of the plan that offer the list of statuses.
const PLAN_ROWS: u32 = 12;

/// Writes the management report.
///
/// # Errors
/// When it can't be written.
pub fn report(sheet: &mut Worksheet, form: &Form) -> Result<()> {
    let note = "For items 4 to 11 of the review meeting's agenda.";
    table(
        sheet,
        form,
        ("Management report", note),
        &[("Agenda item", 52.0), ("Update", 104.0)],
        &form.report,
    )?;
    Ok(())
}

/// Writes the selection criteria.
///
/// # Errors
/// When it can't be written.
pub fn criteria(sheet: &mut Worksheet, form: &Form) -> Result<()> {
    let note = "What was offered in the tender, and how the last quarter compares.";
    let columns = [("Criterion", 44.0), ("Offered", 44.0), ("This quarter", 26.0), ("Comments", 60.0)];
    table(sheet, form, ("Selection criteria", note), &columns, &form.criteria)?;
    Ok(())
}

/// Writes the service development plan.
///
/// # Errors
/// When it can't be written.
pub fn plan(sheet: &mut Worksheet, form: &Form) -> Result<()> {
    let note = "Annual Service Development Plan: please bring every action up to date each quarter.";
    let columns = [("Action", 54.0), ("Owner", 30.0), ("Due", 14.0), ("Progress", 64.0), ("Status", 16.0)];
    let heading = table(sheet, form, ("Service development plan", note), &columns, &form.plan)?;
    let status = form.habits.moved_by.1 + 4;
    let list = style::drop_down(&STATUS)?;
    sheet.add_data_validation(heading + 1, status, heading + PLAN_ROWS, status, &list)?;
    Ok(())
}

/// Writes title, headings and rows, and gives the row of the headings.
fn table<const N: usize>(
    sheet: &mut Worksheet,
    form: &Form,
    (title, note): (&str, &str),
    columns: &[(&str, f64); N],
    rows: &[[Entry; N]],
) -> Result<u32> {
    let (top, left) = form.habits.moved_by;
    for (column, (_, width)) in (left..).zip(columns) {
        sheet.set_column_width(column, *width)?;
    }
    form.titles(sheet, title, note, u16::try_from(N)?)?;
    let heading = top + 3;
    for (column, (text, _)) in (left..).zip(columns) {
        sheet.write_with_format(heading, column, form.heading(text), &style::heading())?;
    }
    sheet.set_row_height(heading, if form.habits.stray_spaces { 32 } else { 24 })?;
    for (row, entries) in (heading + 1..).zip(rows) {
        let lines = columns.iter().zip(entries).map(|((_, width), entry)| match entry {
            Entry::Text(text) | Entry::Passage(text) => (text.chars().count() as f64 / width).ceil(),
            _ => 1.0,
        });
        sheet.set_row_height(row, lines.fold(1.0, f64::max) * 14.0 + 6.0)?;
        for (column, entry) in (left..).zip(entries) {
            entry.write(sheet, row, column, false)?;
        }
    }
    sheet.set_freeze_panes(heading + 1, 0)?;
    style::print_setup(sheet, heading, heading)?;
    Ok(heading)
}
