//! All returns of the provider, with what is planted in them (`samples/README.md` lists it).

use anyhow::Result;

use crate::advocacy::answers;
use crate::advocacy::cases::Council;
use crate::advocacy::dates::{MONTHS, QUARTERS, month_start};
use crate::advocacy::faults;
use crate::advocacy::figures;
use crate::advocacy::kpi_figures;
use crate::advocacy::monthly_information::{self, MonthlyInformation};
use crate::advocacy::narrative::Narrative;
use crate::advocacy::narrative_texts;
use crate::advocacy::overwritten::Overwritten;
use crate::advocacy::quarterly_kpi::{self, QuarterlyKpi};
use crate::advocacy::simulation::Simulation;
use crate::advocacy::submissions::{
    CORRECTED_QUARTER, MISSING_MONTH, OVERWRITTEN_MONTH, RESUBMITTED_MONTH, UNPROVEN_MONTH,
    UNPROVEN_NARRATIVE_QUARTER, kpi_path, kpi_received, marked, monthly_path, monthly_received,
    narrative_path, narrative_received, quarter_typed,
};
use crate::dates::day;
use crate::style::TEMPLATE_VERSIONS;
use crate::workspace::Returned;

/// Every file of the provider's, and the one that was replaced in place.
///
/// # Errors
/// When a workbook can't be written, or the cases don't tell the story.
pub fn returns(simulation: &Simulation) -> Result<(Vec<Returned>, Overwritten)> {
    let mut files = Vec::new();
    for month in (0..MONTHS).filter(|month| *month != MISSING_MONTH && *month != OVERWRITTEN_MONTH) {
        monthly(simulation, month, &mut files)?;
    }
    for quarter in 0..QUARTERS {
        kpi(simulation, quarter, &mut files)?;
        for council in Council::BOTH {
            files.push(narrative(simulation, quarter, council)?);
        }
    }
    let right = monthly_form(simulation, OVERWRITTEN_MONTH);
    let mut wrong = right.clone();
    faults::hours_typed_tenfold(&mut wrong)?;
    let mut newer = right;
    newer.submitted = day(2026, 8, 18);
    let overwritten = Overwritten {
        path: monthly_path(OVERWRITTEN_MONTH),
        earlier: wrong.workbook()?,
        first_seen: monthly_received(OVERWRITTEN_MONTH),
        newer: newer.workbook()?,
        replaced: newer.submitted,
    };
    Ok((files, overwritten))
}

/// The form of a month as it should be.
pub fn monthly_form(simulation: &Simulation, month: usize) -> MonthlyInformation {
    let sheets = Council::BOTH.map(|council| figures::rows(simulation, council, month));
    MonthlyInformation {
        provider: if month < 12 { crate::advocacy::PROVIDER } else { "Harbour Advocacy CIC" }.to_string(),
        month: month_start(month),
        submitted: monthly_received(month),
        template: TEMPLATE_VERSIONS[month / 12],
        sheets,
        habits: monthly_information::Habits { month_as_date: month % 3 == 1, ..Default::default() },
    }
}

fn monthly(simulation: &Simulation, month: usize, files: &mut Vec<Returned>) -> Result<()> {
    let mut form = monthly_form(simulation, month);
    faults::in_month(&mut form, month)?;
    let received = monthly_received(month);
    let path = monthly_path(month);
    if month == RESUBMITTED_MONTH {
        let mut first = form.clone();
        faults::rejected_without_reason(&mut first)?;
        files.push(Returned { path: path.clone(), bytes: first.workbook()?, received: Some(received) });
        form.submitted = day(2026, 1, 19);
        let path = marked(&path, "resubmitted");
        files.push(Returned { path, bytes: form.workbook()?, received: Some(form.submitted) });
    } else {
        let received = (month != UNPROVEN_MONTH).then_some(received);
        files.push(Returned { path, bytes: form.workbook()?, received });
    }
    Ok(())
}

fn kpi(simulation: &Simulation, quarter: usize, files: &mut Vec<Returned>) -> Result<()> {
    let received = kpi_received(quarter);
    let mut form = QuarterlyKpi {
        quarter,
        quarter_typed: quarter_typed(quarter),
        submitted: received,
        template: TEMPLATE_VERSIONS[quarter / 4],
        kpis: kpi_figures::kpis(simulation, quarter)?,
        log: kpi_figures::log(simulation, quarter),
        habits: quarterly_kpi::Habits::default(),
    };
    faults::in_quarter(&mut form, simulation)?;
    let path = kpi_path(quarter);
    if quarter == CORRECTED_QUARTER {
        let mut second = form.clone();
        faults::feedback_miscounted(&mut second);
        let mut first = second.clone();
        faults::milestones_overstated(&mut first);
        let bytes = first.workbook()?;
        second.habits.feedback = Some(answers::to_first_version(&path, &bytes));
        files.push(Returned { path: path.clone(), bytes, received: Some(received) });
        for (mut version, word, sent) in
            [(second, "resubmitted", day(2026, 6, 17)), (form, "resubmitted 2", day(2026, 6, 23))]
        {
            version.submitted = sent;
            let path = marked(&path, word);
            files.push(Returned { path, bytes: version.workbook()?, received: Some(sent) });
        }
    } else {
        files.push(Returned { path, bytes: form.workbook()?, received: Some(received) });
    }
    Ok(())
}

fn narrative(simulation: &Simulation, quarter: usize, council: Council) -> Result<Returned> {
    let received = narrative_received(quarter, council);
    let mut form = Narrative {
        council,
        quarter_typed: quarter_typed(quarter),
        submitted: received,
        template: TEMPLATE_VERSIONS[quarter / 4],
        updates: narrative_texts::updates(simulation, quarter, council),
    };
    faults::in_narrative(&mut form, quarter);
    let unproven = quarter == UNPROVEN_NARRATIVE_QUARTER && council == Council::East;
    Ok(Returned {
        path: narrative_path(quarter, council),
        bytes: form.workbook()?,
        received: (!unproven).then_some(received),
    })
}
