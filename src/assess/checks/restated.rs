//! Figures that a later version changes after they stood as those of the period, and that nobody had asked about.

use std::collections::BTreeSet;

use super::form_place::{by_form_place, form_place};
use super::{Checked, heading, label};
use crate::assess::submissions::ReceivedReturn;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::RESTATED;
use crate::domain::observation::Observation;
use crate::domain::period::long_date;
use crate::domain::text::{number_of, one_line};

/// Against the usable version before it. Up to the due date a return may be sent again and nothing is said; a figure in a row in which
/// something was wrong before is a correction.
pub fn check(checked: Checked<'_>, version: &ReceivedReturn) -> Option<Finding> {
    let slot = checked.slot;
    let at = slot.versions.iter().position(|own| std::ptr::eq(*own, version))?;
    let before = slot.versions.iter().take(at).rfind(|own| own.mapped.usable)?;
    if version.received <= slot.submission.due || version.received <= before.received {
        return None;
    }
    let queried: BTreeSet<_> = super::findings(checked.case, checked.slots, checked.said, slot, before)
        .0
        .into_iter()
        .flat_map(|finding| finding.place().into_iter().chain(finding.involved))
        .filter(|place| *place.file == *before.file)
        .map(|place| (place.sheet, place.cell.row))
        .collect();
    let placed = by_form_place(&before.mapped);
    let changed: Vec<(&Observation, &Observation)> = version
        .mapped
        .observations
        .iter()
        // What follows from other cells is told with them.
        .filter(|own| !version.mapped.formulas.contains(&own.place))
        .filter_map(|own| Some((own, *placed.get(&form_place(own))?)))
        .filter(|(own, other)| match (own.answer.number(), other.answer.number()) {
            (Some(now), Some(then)) => now != then,
            _ => false,
        })
        .filter(|(_, other)| !queried.contains(&(other.place.sheet.clone(), other.place.cell.row)))
        .collect();
    let ((own, other), more) = changed.split_first()?;
    let table = slot.form.table(&own.table)?;
    let part = own.breakdown.as_ref().map(|part| format!(", {}", one_line(&part.member))).unwrap_or_default();
    let area = own.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    let also = match more.len() {
        0 => String::new(),
        number => format!(" {} changed too.", number_of(number, "further figure", "further figures")),
    };
    let message = format!(
        "{}{part}, {}{area}: {} here, and {} in the version received on {}.{also}",
        one_line(label(table, &own.row)),
        one_line(heading(table, &own.column)),
        one_line(&own.shown),
        one_line(&other.shown),
        long_date(before.received)
    );
    Some(Finding::at(&RESTATED, &own.place, message).involving(more.iter().map(|(own, _)| own.place.clone())))
}
