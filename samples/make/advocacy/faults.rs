//! What is planted in the returns, one function or arm for each; `samples/README.md` names the cells.

use anyhow::Result;

use crate::advocacy::cases::{CARE_ACT, CONTINUING_HEALTHCARE, Council, IMCA, RPR};
use crate::advocacy::dates::quarter_end;
use crate::advocacy::figures::{
    CARRIED_FORWARD, COURT_OF_PROTECTION, Figure, HOURS, NEW_REFERRALS, REJECTED, Row, WITHDRAWN, row_of,
};
use crate::advocacy::kpi_figures::{Stated, log_line};
use crate::advocacy::monthly_information::MonthlyInformation;
use crate::advocacy::narrative::{Narrative, RISKS};
use crate::advocacy::quarterly_kpi::QuarterlyKpi;
use crate::advocacy::simulation::Simulation;
use crate::advocacy::submissions::{CORRECTED_QUARTER, LATE_MONTH, UNPROVEN_MONTH};
use crate::dates::day;

const EAST: usize = 0;
const WEST: usize = 1;

/// What strays in the return of a month, as an index from September 2024.
///
/// # Errors
/// When the form lacks the row a fault is for.
pub fn in_month(form: &mut MonthlyInformation, month: usize) -> Result<()> {
    match month {
        // November 2024: half an hour too much by source; the council has accepted it.
        2 => add(&mut form.sheets[WEST], HOURS, "Referral source: hospital", IMCA, 0.5)?,
        // February 2025: came late, whatever the date typed says.
        LATE_MONTH => form.submitted = day(2025, 3, 13),
        UNPROVEN_MONTH => form.habits.hidden_codes = true,
        // May 2025.
        8 => form.habits.stray_spaces = true,
        // July 2025: zeros written as words.
        10 => zeros_in_words(form),
        // October 2025.
        13 => form.habits.far_cell = true,
        // November 2025: an answer nobody has.
        14 => {
            let extended = "Number of DoLS extended by CoP & RPR instructed without referral";
            row_of(&mut form.sheets[WEST], COURT_OF_PROTECTION, extended)?.cells[RPR] =
                Figure::Words("not recorded");
        }
        // February 2026: ages add up to one less than the new referrals.
        17 => add(&mut form.sheets[EAST], NEW_REFERRALS, "Age range: 65 to 74", CARE_ACT, -1.0)?,
        // June 2026: many hours on one Continuing Healthcare case.
        21 => {
            for breakdown in ["", "Carried forward cases", "Referral source: hospital"] {
                add(&mut form.sheets[WEST], HOURS, breakdown, CONTINUING_HEALTHCARE, 120.0)?;
            }
        }
        // August 2026: two cases more carried forward than were open at the end of July.
        23 => add(&mut form.sheets[EAST], CARRIED_FORWARD, "", CARE_ACT, 2.0)?,
        _ => {}
    }
    Ok(())
}

/// December 2025, first version: one rejected referral more than there are reasons.
///
/// # Errors
/// When the form lacks the row.
pub fn rejected_without_reason(form: &mut MonthlyInformation) -> Result<()> {
    add(&mut form.sheets[EAST], REJECTED, "", IMCA, 1.0)
}

/// July 2026, first version: Cheshire West's RPR hours typed without the decimal point.
///
/// # Errors
/// When the form lacks the row.
pub fn hours_typed_tenfold(form: &mut MonthlyInformation) -> Result<()> {
    let row = row_of(&mut form.sheets[WEST], HOURS, "")?;
    if let Figure::Number(hours) = &mut row.cells[RPR] {
        *hours *= 10.0;
    }
    Ok(())
}

/// What strays in the KPI return of a quarter.
///
/// # Errors
/// When the quarter lacks what a fault needs.
pub fn in_quarter(form: &mut QuarterlyKpi, simulation: &Simulation) -> Result<()> {
    match form.quarter {
        // December 2024 to February 2025: percentages as text.
        1 => {
            for cells in form.kpis.iter_mut().flat_map(|kpi| &mut kpi.councils) {
                if let Some((numerator, denominator)) = cells.share {
                    let percent = f64::from(numerator) * 100.0 / f64::from(denominator);
                    cells.stated = Stated::Text(format!("{}%", percent.round()));
                }
            }
        }
        // March to May 2025: the tables stand elsewhere, and the log has a case of the next quarter.
        2 => {
            form.habits.moved_by = (3, 2);
            let stray = simulation.cases.iter().find(|case| case.received > quarter_end(2));
            form.log.extend(stray.map(|case| log_line(case, quarter_end(2))));
        }
        // June to August 2025.
        3 => {
            form.habits.west_numerator = Some("Numartor");
            form.habits.hidden_lists = true;
        }
        // September to November 2025: a percentage typed over, a denominator that no month bears out, a drop-down
        // left as it was.
        4 => {
            form.kpis[5].councils[WEST].stated = Stated::Typed(0.9444);
            if let Some((_, denominator)) = &mut form.kpis[7].councils[EAST].share {
                *denominator += 3;
            }
            let unanswered =
                form.log.iter_mut().find(|line| line.closed.is_some() && line.user_feedback == "No");
            if let Some(line) = unanswered {
                line.user_feedback = "< Select >".to_string();
            }
        }
        // December 2025 to February 2026: KPI 5 stated as met, where the log says it is missed.
        5 => {
            for (cells, more) in form.kpis[4].councils.iter_mut().zip([4, 3]) {
                if let Some((numerator, _)) = &mut cells.share {
                    *numerator += more;
                }
            }
        }
        // June to August 2026: a column of the provider's own; N/A for cases that are still open.
        7 => {
            form.habits.inserted_column = Some("Data source");
            for line in form.log.iter_mut().filter(|line| line.closed.is_none()).take(4) {
                line.referrer_feedback = "N/A".to_string();
                line.user_feedback = "N/A".to_string();
            }
        }
        _ => {}
    }
    Ok(())
}

/// March to May 2026, first version: KPI 7's result for Cheshire East typed over, five points too high.
pub fn milestones_overstated(form: &mut QuarterlyKpi) {
    form.kpis[6].councils[EAST].stated = Stated::Typed(0.8378);
}

/// March to May 2026, first and second version: ten answers more for KPI 9 than the log has for Cheshire West.
pub fn feedback_miscounted(form: &mut QuarterlyKpi) {
    if let Some((numerator, _)) = &mut form.kpis[8].councils[WEST].share {
        *numerator += 10;
    }
}

/// March to May 2026: Cheshire East's narrative says nothing on risks.
pub fn in_narrative(form: &mut Narrative, quarter: usize) {
    if quarter == CORRECTED_QUARTER && form.council == Council::East {
        form.updates[RISKS].clear();
    }
}

fn zeros_in_words(form: &mut MonthlyInformation) {
    let words = ["nil", "-", "nil"];
    for sheet in &mut form.sheets {
        let breakdowns =
            sheet.iter_mut().filter(|row| [REJECTED, WITHDRAWN].contains(&row.item) && !row.is_total);
        for (row, word) in breakdowns.zip(words.into_iter().cycle()) {
            for figure in row.cells.iter_mut().filter(|figure| **figure == Figure::Number(0.0)) {
                *figure = Figure::Words(word);
            }
        }
    }
}

fn add(rows: &mut [Row], item: &str, breakdown: &str, kind: usize, amount: f64) -> Result<()> {
    match &mut row_of(rows, item, breakdown)?.cells[kind] {
        Figure::Number(number) => *number += amount,
        other => anyhow::bail!("“{item}”, “{breakdown}” holds {other:?}, not a number"),
    }
    Ok(())
}
