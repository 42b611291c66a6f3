//! The sheet KPI return: labels, and the table of the strategy's KPIs with columns to fill in.

use anyhow::Result;
use rust_xlsxwriter::{Worksheet, utility};

use crate::labels::Labels;
use crate::lancashire::CONTRACT;
use crate::lancashire::entry::Entry;
use crate::lancashire::figures::{
    CHECKS_COMPLETED, CHECKS_PLANNED, COMMISSIONED, COMPLAINTS, CONCERNS, DELIVERED, HEADCOUNT, LEAVERS,
};
use crate::lancashire::form::{Form, KpiLine};
use crate::lancashire::schemes_sheet::total_cell;
use crate::style;

/// Version of the template.
const TEMPLATE: &str = "v1.0 (June 2020)";

/// Headings with their widths.
const COLUMNS: [(&str, f64); 8] = [
    ("Ref", 22.0),
    ("Title", 40.0),
    ("Providing Organisation", 30.0),
    ("Collection Interval", 14.0),
    ("Numerator", 14.0),
    ("Denominator", 14.0),
    ("Value", 12.0),
    ("Commentary", 62.0),
];

/// Position of the numerator, and of the column a provider inserted before it.
const NUMERATOR: usize = 4;

/// Writes the sheet.
///
/// # Errors
/// When it can't be written.
pub fn sheet(sheet: &mut Worksheet, form: &Form) -> Result<()> {
    let (top, left) = form.habits.moved_by;
    let mut columns: Vec<(String, f64)> =
        COLUMNS.iter().map(|(heading, width)| (form.heading(heading), *width)).collect();
    if let Some((heading, _)) = form.habits.inserted_column {
        columns.insert(NUMERATOR, (heading.to_string(), 20.0));
    }
    for (column, (_, width)) in (left..).zip(&columns) {
        sheet.set_column_width(column, *width)?;
    }
    let across = u16::try_from(columns.len())?;
    form.titles(
        sheet,
        "Care services in supported housing: quarterly KPI return",
        "Please fill in the numerator and denominator of each KPI; hours in decimals. No names of service users.",
        across,
    )?;
    let labels = Labels::usual(
        &form.provider,
        CONTRACT,
        form.period(),
        ("Completed by:", form.role),
        crate::labels::Value::Date(form.submitted, crate::labels::DAY),
        TEMPLATE,
    );
    let labels = if form.habits.stray_spaces { labels.with_stray_spaces("  ") } else { labels };
    let heading = 1 + if form.habits.labels_across {
        labels.across(sheet, top + 3, left + 1)?
    } else {
        labels.down(sheet, top + 3, left, 1)?
    };
    for (column, (text, _)) in (left..).zip(&columns) {
        sheet.write_with_format(heading, column, text.as_str(), &style::heading())?;
    }
    sheet.set_row_height(heading, 32)?;
    for (row, line) in (heading + 1..).zip(&form.lines) {
        write_line(sheet, form, line, row)?;
    }
    sheet.set_freeze_panes(heading + 1, 0)?;
    style::print_setup(sheet, heading, heading)?;
    Ok(())
}

fn write_line(sheet: &mut Worksheet, form: &Form, line: &KpiLine, row: u32) -> Result<()> {
    let left = form.habits.moved_by.1;
    let commentary = line.commentary.chars().count();
    sheet.set_row_height(
        row,
        if commentary > 200 {
            92
        } else if commentary > 62 {
            44
        } else {
            30
        },
    )?;
    for (column, text) in (left..).zip([&line.reference, &line.title, &line.organisation]) {
        sheet.write_with_format(row, column, text.as_str(), &style::printed())?;
    }
    sheet.write_with_format(row, left + 3, line.interval, &style::centred())?;
    let mut column = left + u16::try_from(NUMERATOR)?;
    if let Some((_, word)) = form.habits.inserted_column {
        sheet.write_with_format(row, column, word, &style::centred())?;
        column += 1;
    }
    let mut entries = [line.numerator.clone(), line.denominator.clone(), line.value.clone()];
    if form.habits.formulas {
        calculate(&mut entries, form, line.kpi, (row, column));
    }
    for (column, entry) in (column..).zip(&entries) {
        entry.write(sheet, row, column, false)?;
    }
    sheet.write_with_format(row, column + 3, line.commentary.as_str(), &style::printed())?;
    Ok(())
}

/// Takes figures from the totals of the sheet Schemes, and the value from numerator and denominator.
fn calculate(entries: &mut [Entry; 3], form: &Form, kpi: &str, (row, column): (u32, u16)) {
    let totals: &[(usize, usize)] = match kpi {
        "2" => &[(0, CHECKS_COMPLETED), (1, CHECKS_PLANNED)],
        "3a" => &[(2, COMPLAINTS)],
        "3b" => &[(2, CONCERNS)],
        "5" => &[(0, DELIVERED), (1, COMMISSIONED)],
        "6" => &[(0, LEAVERS), (1, HEADCOUNT)],
        _ => &[],
    };
    for (entry, total) in totals {
        let shown = Box::new(entries[*entry].clone());
        entries[*entry] = Entry::Formula(format!("=Schemes!{}", total_cell(form, *total)), shown);
    }
    if matches!(entries[2], Entry::Share(_)) {
        let cell = |column: u16| utility::row_col_to_cell(row, column);
        let formula = format!("={}/{}", cell(column), cell(column + 1));
        entries[2] = Entry::Formula(formula, Box::new(entries[2].clone()));
    }
}
