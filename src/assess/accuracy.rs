//! Findings of every version, what the officer accepts of them, and whether the first usable version was accurate.

use super::Case;
use super::checks;
use super::figures::Figures;
use super::submissions::Slot;
use crate::domain::finding::Finding;

/// Fills in findings, accuracy and known figures of every slot.
pub fn judge(case: &Case<'_>, slots: &mut [Slot<'_>]) {
    let said = checks::said(slots);
    let found: Vec<Vec<(Vec<Finding>, Figures)>> = slots
        .iter()
        .map(|slot| {
            slot.versions
                .iter()
                .map(|version| {
                    let (mut findings, figures) = checks::findings(case, slots, &said, slot, version);
                    for finding in &mut findings {
                        finding.accepted = (case.accepts)(&slot.form.id, finding);
                    }
                    (findings, figures)
                })
                .collect()
        })
        .collect();
    for (slot, found) in slots.iter_mut().zip(found) {
        let first_usable = slot.versions.iter().position(|version| version.mapped.usable);
        let rated = slot.submission.rated_version;
        for (index, (version, (findings, figures))) in
            slot.submission.versions.iter_mut().zip(found).enumerate()
        {
            version.findings = findings;
            if rated == Some(index) {
                slot.figures = figures;
            }
        }
        let versions = &slot.submission.versions;
        slot.submission.accurate = first_usable
            .and_then(|index| versions.get(index))
            .map(|v| !v.findings.iter().any(Finding::counts));
        let shown = slot.submission.rated_version.or(versions.len().checked_sub(1));
        slot.submission.findings =
            shown.and_then(|index| versions.get(index)).map(|v| v.findings.clone()).unwrap_or_default();
    }
}
