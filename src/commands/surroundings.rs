//! The workspace a command stands in, where it may stand in one, and its working days.

use std::path::Path;

use anyhow::Result;

use crate::calendar::bank_holidays::BankHolidays;
use crate::calendar::working_days::WorkingDays;
use crate::workspace::Workspace;

/// The workspace in `dir`; where none is named, the current folder if it is one.
pub fn workspace(dir: Option<&Path>) -> Result<Option<Workspace>> {
    match dir {
        Some(dir) => Workspace::open(dir).map(Some),
        None => {
            let here = Workspace::at(Path::new("."))?;
            Ok((here.returns_dir().is_dir() && here.register_path().is_file()).then_some(here))
        }
    }
}

/// Working days, with the bank holidays of the workspace's settings.
pub fn working_days(workspace: Option<&Workspace>) -> Result<WorkingDays> {
    let extra: Vec<_> = workspace
        .map(|workspace| {
            let days = &workspace.settings().bank_holidays;
            days.iter().map(|day| (day.date, day.name.clone())).collect()
        })
        .unwrap_or_default();
    Ok(WorkingDays::new(BankHolidays::england_and_wales(&extra)?))
}
