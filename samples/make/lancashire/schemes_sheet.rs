//! The sheet Schemes: the figures behind the KPIs, a row a scheme, and their total.

use anyhow::Result;
use rust_xlsxwriter::{Worksheet, utility};

use crate::lancashire::entry::Entry;
use crate::lancashire::form::Form;
use crate::style;

/// Headings of the figures.
const HEADINGS: [&str; 12] = [
    "Service users",
    "Commissioned hours",
    "Delivered hours",
    "Volunteer hours",
    "Agency hours",
    "Hours by qualified staff",
    "Spot checks planned",
    "Spot checks completed",
    "Complaints",
    "Concerns",
    "Leavers",
    "Average headcount",
];

/// Writes the sheet.
///
/// # Errors
/// When it can't be written.
pub fn sheet(sheet: &mut Worksheet, form: &Form) -> Result<()> {
    let left = form.habits.moved_by.1;
    let first_figure = figures_from(form);
    sheet.set_column_width(left, 24)?;
    for column in left + 1..first_figure {
        sheet.set_column_width(column, 4)?;
    }
    for column in (first_figure..).take(HEADINGS.len()) {
        sheet.set_column_width(column, 14)?;
    }
    form.titles(
        sheet,
        "Schemes",
        "One row for each scheme of the contract schedule. Hours in decimals (7 hours 30 minutes = 7.5).",
        first_figure - left + 12,
    )?;
    let heading = heading_row(form);
    sheet.write_with_format(heading, left, form.heading("Scheme"), &style::heading())?;
    for column in left + 1..first_figure {
        sheet.write_blank(heading, column, &style::heading())?;
    }
    for (position, (column, text)) in (first_figure..).zip(HEADINGS).enumerate() {
        let typed = form.habits.heading.filter(|(at, _)| *at == position).map(|(_, text)| text.to_string());
        let text = typed.unwrap_or_else(|| form.heading(text));
        sheet.write_with_format(heading, column, text, &style::heading())?;
    }
    sheet.set_row_height(heading, if form.habits.stray_spaces { 46 } else { 32 })?;
    for (row, (name, figures)) in (heading + 1..).zip(&form.schemes) {
        sheet.write_with_format(row, left, *name, &style::printed())?;
        for (column, figure) in (first_figure..).zip(figures) {
            figure.write(sheet, row, column, false)?;
        }
    }
    let total = total_row(form)?;
    sheet.write_with_format(total, left, "Total", &style::label())?;
    for (position, figure) in form.totals.iter().enumerate() {
        let column = first_figure + u16::try_from(position)?;
        let summed = Entry::Formula(
            format!(
                "=SUM({}:{})",
                utility::row_col_to_cell(heading + 1, column),
                utility::row_col_to_cell(total - 1, column)
            ),
            Box::new(figure.clone()),
        );
        if form.habits.formulas { &summed } else { figure }.write(sheet, total, column, true)?;
    }
    if let Some(note) = form.habits.note_below {
        sheet.write_with_format(total + 2, left, note, &style::note())?;
    }
    sheet.set_freeze_panes(heading + 1, left + 1)?;
    style::print_setup(sheet, heading, heading)?;
    Ok(())
}

/// Address of the total of a column of figures.
pub fn total_cell(form: &Form, position: usize) -> String {
    let column = figures_from(form) + u16::try_from(position).unwrap_or_default();
    utility::row_col_to_cell(total_row(form).unwrap_or_default(), column)
}

fn heading_row(form: &Form) -> u32 {
    form.habits.moved_by.0 + 3
}

fn total_row(form: &Form) -> Result<u32> {
    Ok(heading_row(form) + 1 + u32::try_from(form.schemes.len())?)
}

fn figures_from(form: &Form) -> u16 {
    form.habits.moved_by.1 + 1 + u16::from(form.habits.empty_column)
}
