//! The sheet Visit log.

use anyhow::Result;
use rust_xlsxwriter::{DataValidation, Formula, Worksheet};

use crate::kent::kpi_return::{KpiReturn, Template, headings};
use crate::kent::log::Line;
use crate::kent::visits::UNITS;
use crate::style;

/// Headings with their widths; the first template lacks [`DATE_RETURNED`].
const COLUMNS: [(&str, f64); 9] = [
    ("Unit", 24.0),
    ("Date of visit", 14.0),
    ("Visitor", 20.0),
    ("Report to council", 17.0),
    ("Report to Ofsted", 17.0),
    ("Returned by council", 13.0),
    (DATE_RETURNED, 14.0),
    ("Reason returned", 40.0),
    ("Themes", 58.0),
];
const DATE_RETURNED: &str = "Date returned";

/// Rows the form offers.
const ROWS: usize = 14;

/// Writes the sheet.
///
/// # Errors
/// When it can't be written.
pub fn sheet(sheet: &mut Worksheet, form: &KpiReturn, lines: &[Line]) -> Result<()> {
    let (top, left) = form.habits.moved_by;
    let has_date = form.template == Template::Second;
    let columns: Vec<(&str, f64)> =
        COLUMNS.into_iter().filter(|(heading, _)| has_date || *heading != DATE_RETURNED).collect();
    for (column, (_, width)) in (left..).zip(&columns) {
        sheet.set_column_width(column, *width)?;
    }
    style::titles(
        sheet,
        (top, left),
        "Visit log",
        "One line a visit. A visit whose report was still to come is listed again next month with its dates.",
    )?;
    let heading = top + 3;
    let texts: Vec<&str> = columns.iter().map(|(heading, _)| *heading).collect();
    headings(sheet, heading, left, &texts)?;
    sheet.set_row_height(heading, 32)?;
    let first = heading + 1;
    for row in first..first + u32::try_from(ROWS)? {
        for (column, (heading, _)) in (left..).zip(&columns) {
            let format = match *heading {
                "Date of visit" | "Report to council" | "Report to Ofsted" | DATE_RETURNED => style::date(),
                "Returned by council" => style::centred(),
                _ => style::printed(),
            };
            sheet.write_blank(row, column, &format)?;
        }
        sheet.set_row_height(row, 28)?;
    }
    let (yes, no) = if form.habits.short_answers { ("Y", "N") } else { ("Yes", "No") };
    for (row, line) in (first..).zip(lines) {
        for (column, text) in [(left, line.unit.as_str()), (left + 2, line.visitor)] {
            sheet.write_with_format(row, column, text, &style::printed())?;
        }
        let dates = [(left + 1, Some(line.date)), (left + 3, line.to_council), (left + 4, line.to_ofsted)];
        for (column, date) in dates {
            if let Some(date) = date {
                sheet.write_with_format(row, column, &date, &style::date())?;
            }
        }
        let answer = if line.sent_back.is_some() { yes } else { no };
        sheet.write_with_format(row, left + 5, answer, &style::centred())?;
        let mut column = left + 6;
        if has_date {
            if let Some((date, _)) = line.sent_back {
                sheet.write_with_format(row, column, &date, &style::date())?;
            }
            column += 1;
        }
        if let Some((_, reason)) = line.sent_back {
            sheet.write_with_format(row, column, reason, &style::printed())?;
        }
        sheet.write_with_format(row, column + 1, line.themes, &style::printed())?;
    }
    let last = first + u32::try_from(ROWS)? - 1;
    if form.habits.total_row {
        let format = style::label();
        sheet.write_with_format(last + 1, left, "Total", &format)?;
        sheet.write_with_format(last + 1, left + 1, u32::try_from(lines.len())?, &style::whole(true))?;
    }
    let lists = |range: &str, words: &[&str]| -> Result<DataValidation> {
        if form.habits.hidden_lists {
            return Ok(DataValidation::new().allow_list_formula(Formula::new(format!("=Lists!{range}"))));
        }
        Ok(style::drop_down(words)?)
    };
    if has_date {
        let units = &UNITS[..form.units];
        let range = format!("$A$2:$A${}", form.units + 1);
        sheet.add_data_validation(first, left, last, left, &lists(&range, units)?)?;
    }
    if !form.habits.short_answers {
        let answers = lists("$B$2:$B$3", &["Yes", "No"])?;
        sheet.add_data_validation(first, left + 5, last, left + 5, &answers)?;
    }
    sheet.set_freeze_panes(first, 0)?;
    style::print_setup(sheet, heading, heading)?;
    Ok(())
}
