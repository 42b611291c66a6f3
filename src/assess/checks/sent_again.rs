//! The same return in a second file whose name speaks of another period.

use super::Checked;
use crate::assess::submissions::ReceivedReturn;
use crate::calendar::notations::periods_in;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::SENT_AGAIN;
use crate::domain::period::Period;

/// The copies of this version whose names speak of another period alone, where the version's own name does not.
pub fn check(checked: Checked<'_>, version: &ReceivedReturn) -> Vec<Finding> {
    let slot = checked.slot;
    let period = slot.submission.period;
    let named = |file: &str| -> Vec<Period> {
        let name = file.rsplit('/').next().unwrap_or(file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut periods = periods_in(stem, checked.case.contract.year_starts);
        periods.retain(|own| own.frequency == period.frequency);
        periods
    };
    let own = named(&version.file);
    slot.copies
        .iter()
        .filter(|copy| copy.sha256 == version.sha256 || copy.fingerprint == version.fingerprint)
        .filter_map(|copy| {
            let other = named(&copy.file);
            let first = other.first().filter(|_| !other.contains(&period) && other != own)?;
            let message = format!(
                "{} holds this same return, which is for {}; its name says {}.",
                copy.file,
                period.describe(),
                first.describe()
            );
            Some(Finding::in_file(&SENT_AGAIN, &version.file.as_str().into(), message))
        })
        .collect()
}
