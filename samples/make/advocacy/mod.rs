//! `cheshire-advocacy`: two years of one provider.

mod answers;
mod cases;
mod dates;
mod faults;
mod figures;
mod kpi_figures;
mod monthly_information;
mod narrative;
mod narrative_texts;
mod overwritten;
mod plan;
mod quarterly_kpi;
mod returns;
mod simulation;
mod social_value;
mod steadiness;
mod story;
mod strangers;
mod submissions;

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;

use crate::dates::day;
use crate::labels::{DAY, Labels, Value};
use crate::register_lists::Register;
use crate::workspace;

/// The provider, as it writes its own name.
pub const PROVIDER: &str = "Harbour Advocacy";
/// The contract.
const CONTRACT: &str = "cheshire-advocacy";

/// Writes the workspace anew.
///
/// # Errors
/// A workbook cannot be made, or a file cannot be written.
pub fn make(folder: &Path) -> Result<()> {
    let simulation = simulation::Simulation::run();
    let (files, overwritten) = returns::returns(&simulation)?;
    let register = Register {
        contract: CONTRACT,
        forms: &["monthly-information", "quarterly-kpi", "quarterly-narrative"],
        written: day(2026, 9, 21),
        lists: include_str!("register.txt"),
    };
    workspace::fill(folder, &files, &strangers::strangers(&simulation)?, &register)?;
    overwritten.write(folder, &files)
}

/// The labels of a return; the council stands on those that are for one.
fn labels(
    provider: &str,
    period: (&str, Value),
    council: Option<&str>,
    submitted: NaiveDate,
    template: &str,
) -> Labels {
    let completed_by = ("Completed by:", "Data and quality lead");
    let mut labels =
        Labels::usual(provider, CONTRACT, period, completed_by, Value::Date(submitted, DAY), template);
    if let Some(council) = council {
        labels.0.insert(3, ("Council:".to_string(), Value::text(council)));
    }
    labels
}
