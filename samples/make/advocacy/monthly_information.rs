//! The monthly management information: one sheet per council, the schedule's second table.

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Formula, Worksheet};

use crate::advocacy::cases::{Council, TYPES};
use crate::advocacy::figures::{AVERAGE_LENGTH, Figure, HOURS, Row, Total};
use crate::labels::{MONTH, Value};
use crate::style;

/// How a return strays from the blank form without being wrong.
#[derive(Debug, Clone, Copy, Default)]
pub struct Habits {
    /// Labels and headings pasted with non-breaking spaces and line breaks.
    pub stray_spaces: bool,
    /// A hidden row of codes just above the heading.
    pub hidden_codes: bool,
    /// A used range far beyond the data.
    pub far_cell: bool,
    /// The month is a date shown as its month, not text.
    pub month_as_date: bool,
}

/// One return.
#[derive(Debug, Clone)]
pub struct MonthlyInformation {
    /// Provider as typed.
    pub provider: String,
    /// First day of the month.
    pub month: NaiveDate,
    /// Date typed as submitted, which is also when the file was written.
    pub submitted: NaiveDate,
    /// Template version.
    pub template: &'static str,
    /// Rows of Cheshire East and of Cheshire West and Chester.
    pub sheets: [Vec<Row>; 2],
    /// Habits.
    pub habits: Habits,
}

impl MonthlyInformation {
    /// The workbook.
    ///
    /// # Errors
    /// When the workbook can't be written.
    pub fn workbook(&self) -> Result<Vec<u8>> {
        let mut workbook = style::workbook("Monthly management information", &self.provider, self.submitted)?;
        for (council, rows) in Council::BOTH.into_iter().zip(&self.sheets) {
            let sheet = workbook.add_worksheet().set_name(council.name())?;
            self.sheet(sheet, council, rows)?;
        }
        Ok(workbook.save_to_buffer()?)
    }

    fn sheet(&self, sheet: &mut Worksheet, council: Council, rows: &[Row]) -> Result<()> {
        sheet.set_column_width(0, 27)?.set_column_width(1, 59)?.set_column_width(2, 12)?;
        sheet.set_column_range_width(3, 3 + u16::try_from(council.types())?, 11.5)?;
        sheet.set_tab_color(if council == Council::East { 0x1F_3864 } else { 0x54_8235 });
        style::titles(
            sheet,
            (0, 0),
            "Statutory Advocacy Service: monthly management information",
            "Please complete every white cell. Grey cells do not apply. Return by the 14th of the following month.",
        )?;
        let month = if self.habits.month_as_date {
            Value::Date(self.month, MONTH)
        } else {
            Value::text(self.month.format("%B %Y").to_string())
        };
        let labels = super::labels(
            &self.provider,
            ("Month:", month),
            Some(council.name()),
            self.submitted,
            self.template,
        );
        let labels = if self.habits.stray_spaces { labels.with_stray_spaces(" ") } else { labels };
        let mut heading = labels.down(sheet, 3, 0, 1)? + 1;
        sheet.add_data_validation(
            6,
            1,
            6,
            1,
            &style::drop_down(&["Cheshire East", "Cheshire West and Chester"])?,
        )?;
        if self.habits.hidden_codes {
            for column in 0..=3 + council.types() {
                sheet.write_with_format(
                    heading,
                    u16::try_from(column)?,
                    format!("mi_{column:02}"),
                    &style::note(),
                )?;
            }
            sheet.set_row_hidden(heading)?;
            heading += 1;
        }
        self.headings(sheet, council, heading)?;
        sheet.set_freeze_panes(heading + 1, 2)?;
        style::print_setup(sheet, heading, heading)?;
        self.body(sheet, council, rows, heading + 1)?;
        if self.habits.far_cell {
            sheet.write_blank(65_535, 120, &style::typed())?;
        }
        Ok(())
    }

    fn headings(&self, sheet: &mut Worksheet, council: Council, row: u32) -> Result<()> {
        let strayed = self.habits.stray_spaces;
        let fixed = if strayed {
            ["Data\u{a0}required", "Additional information\nbreakdown ", "Reporting\nfrequency"]
        } else {
            ["Data required", "Additional information breakdown", "Reporting frequency"]
        };
        let headings = fixed.into_iter().chain(TYPES.into_iter().take(council.types())).chain(["Total"]);
        for (column, heading) in (0..).zip(headings) {
            sheet.write_with_format(row, column, heading, &style::heading())?;
        }
        sheet.set_row_height(row, 32)?;
        Ok(())
    }

    fn body(&self, sheet: &mut Worksheet, council: Council, rows: &[Row], first: u32) -> Result<()> {
        let types = u16::try_from(council.types())?;
        let mut start = 0;
        while start < rows.len() {
            let same = rows[start..].iter().take_while(|row| row.item == rows[start].item).count();
            let (top, bottom) = (first + u32::try_from(start)?, first + u32::try_from(start + same - 1)?);
            if same > 1 {
                sheet.merge_range(top, 0, bottom, 0, rows[start].item, &style::item())?;
            } else {
                sheet.write_with_format(top, 0, rows[start].item, &style::item())?;
                if rows[start].item.len() > 26 {
                    sheet.set_row_height(top, 27)?;
                }
            }
            start += same;
        }
        for (row, data) in (first..).zip(rows) {
            let breakdown = match self.habits.stray_spaces {
                true => data.breakdown.replace(": ", ":\u{a0} "),
                false => data.breakdown.clone(),
            };
            let label = if data.is_total { style::printed().set_bold() } else { style::printed() };
            sheet.write_with_format(row, 1, breakdown, &label)?;
            sheet.write_with_format(row, 2, data.frequency, &style::centred())?;
            let hours = data.item == HOURS || data.breakdown == "Number of hours";
            let decimal = data.item == AVERAGE_LENGTH;
            let format = |bold| match (hours, decimal) {
                (true, _) => style::hours(bold),
                (_, true) => style::figure(bold).set_num_format("0.0"),
                _ => style::whole(bold),
            };
            for (column, figure) in (3..).zip(&data.cells) {
                write_figure(sheet, row, column, figure, &format(data.is_total))?;
            }
            let column = 3 + types;
            match &data.total {
                Total::Figure(figure) => write_figure(sheet, row, column, figure, &format(true))?,
                Total::Sum => {
                    let last = char::from(b'C' + u8::try_from(types)?);
                    let sum: f64 =
                        data.cells.iter().map(|f| if let Figure::Number(n) = f { *n } else { 0.0 }).sum();
                    let formula =
                        Formula::new(format!("=SUM(D{0}:{last}{0})", row + 1)).set_result(sum.to_string());
                    sheet.write_formula_with_format(row, column, formula, &format(true))?;
                }
            }
        }
        Ok(())
    }
}

fn write_figure(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    figure: &Figure,
    format: &rust_xlsxwriter::Format,
) -> Result<()> {
    match figure {
        Figure::Number(number) => sheet.write_with_format(row, column, *number, format)?,
        Figure::Greyed => sheet.write_blank(row, column, &style::greyed())?,
        Figure::Words("N/A") => sheet.write_with_format(row, column, "N/A", &style::greyed())?,
        Figure::Words(words) => sheet.write_with_format(row, column, *words, format)?,
    };
    Ok(())
}
