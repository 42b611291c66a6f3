//! The sheet Social value of the KPI return: measures picked from both councils' frameworks (schedule 4, appendices
//! 1 and 2), with what has been done so far.

use anyhow::Result;
use rust_xlsxwriter::Worksheet;

use crate::style;

struct Measure {
    theme: &'static str,
    measure: &'static str,
    target: &'static str,
    by_quarter: [f64; 8],
    /// How `to date` follows from the quarters: added up within the contract year, or the latest.
    adds_up: bool,
    percent: bool,
    comments: [&'static str; 8],
}

const MEASURES: [Measure; 8] = [
    Measure {
        theme: "Social",
        measure: "Hours volunteering time provided to support local community projects",
        target: "120 a year",
        by_quarter: [22.0, 28.0, 34.0, 40.0, 30.0, 18.0, 27.0, 46.0],
        adds_up: true,
        percent: false,
        comments: [
            "",
            "Food bank in Crewe",
            "",
            "Ellesmere Port garden",
            "",
            "Fewer while the team was short",
            "",
            "",
        ],
    },
    Measure {
        theme: "Social",
        measure: "Number of voluntary hours donated to support VCSFEs",
        target: "40 a year",
        by_quarter: [8.0, 10.0, 12.0, 12.0, 9.0, 6.0, 10.0, 15.0],
        adds_up: true,
        percent: false,
        comments: [""; 8],
    },
    Measure {
        theme: "Economic",
        measure: "Number and % of local people employed on contract (FTE)",
        target: "80%",
        by_quarter: [0.82, 0.82, 0.85, 0.85, 0.81, 0.79, 0.84, 0.86],
        adds_up: false,
        percent: true,
        comments: ["", "", "", "", "", "Two local starters in March", "", ""],
    },
    Measure {
        theme: "Economic",
        measure: "No. of apprenticeships on the contract within the financial year",
        target: "1",
        by_quarter: [0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
        adds_up: false,
        percent: false,
        comments: ["", "Advert in February", "Business administration, level 3", "", "", "", "", ""],
    },
    Measure {
        theme: "Economic",
        measure: "Percentage of staff on contract paid at least the relevant Real Living wage",
        target: "100%",
        by_quarter: [1.0; 8],
        adds_up: false,
        percent: true,
        comments: [""; 8],
    },
    Measure {
        theme: "Economic",
        measure: "Total amount (£) spent with VCSEs within the supply chain",
        target: "£6,000 a year",
        by_quarter: [1240.0, 1610.0, 1480.0, 1925.0, 1530.0, 1185.0, 1660.0, 2040.0],
        adds_up: true,
        percent: false,
        comments: ["Interpreters and venue hire", "", "", "", "", "", "", "Easy-read printing"],
    },
    Measure {
        theme: "Environmental",
        measure: "Direct carbon reductions (tCO2e) from business travel",
        target: "1.2 a year",
        by_quarter: [0.2, 0.3, 0.3, 0.4, 0.4, 0.3, 0.4, 0.5],
        adds_up: true,
        percent: false,
        comments: ["", "", "Two pool bicycles in Chester", "", "", "", "", ""],
    },
    Measure {
        theme: "A fairer future: Tackling the poverty emergency",
        measure: "People referred to income or debt advice",
        target: "60 a year",
        by_quarter: [13.0, 17.0, 15.0, 18.0, 16.0, 14.0, 17.0, 19.0],
        adds_up: true,
        percent: false,
        comments: ["Cheshire West only", "", "", "", "", "", "", ""],
    },
];

/// Fills the sheet for a quarter.
///
/// # Errors
/// When a cell can't be written.
pub fn sheet(sheet: &mut Worksheet, quarter: usize) -> Result<()> {
    for (column, width) in (0..).zip([22.0, 52.0, 15.0, 13.0, 13.0, 40.0]) {
        sheet.set_column_width(column, width)?;
    }
    style::titles(
        sheet,
        (0, 0),
        "Social value",
        "To date: since the start of the contract year, 1 September.",
    )?;
    for (column, heading) in (0..).zip(["Theme", "Measure", "Target", "This quarter", "To date", "Comments"])
    {
        sheet.write_with_format(3, column, heading, &style::heading())?;
    }
    sheet.set_row_height(3, 22)?;
    for (row, measure) in (4..).zip(&MEASURES) {
        let this_year = &measure.by_quarter[quarter / 4 * 4..=quarter];
        let now = measure.by_quarter[quarter];
        let to_date = if measure.adds_up { this_year.iter().sum() } else { now };
        let to_date = f64::round(to_date * 100.0) / 100.0;
        let format =
            if measure.percent { style::percent().set_num_format("0%") } else { style::figure(false) };
        sheet.set_row_height(row, 30)?;
        sheet.write_with_format(row, 0, measure.theme, &style::printed())?;
        sheet.write_with_format(row, 1, measure.measure, &style::printed())?;
        sheet.write_with_format(row, 2, measure.target, &style::centred())?;
        sheet.write_with_format(row, 3, now, &format)?;
        sheet.write_with_format(row, 4, to_date, &format)?;
        sheet.write_with_format(row, 5, measure.comments[quarter], &style::printed())?;
    }
    sheet.set_freeze_panes(4, 0)?;
    style::print_setup(sheet, 3, 3)?;
    Ok(())
}
