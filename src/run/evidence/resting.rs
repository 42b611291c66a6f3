//! What a consequence rests on: the figures and the returns that its workings are made of.

use std::collections::BTreeSet;

use crate::assess::escalations::{rating_words, submission_kpi_words};
use crate::assess::submissions::{inaccuracy_in_words, receipt_in_words};
use crate::contract::Contract;
use crate::contract::conditions::Condition;
use crate::contract::meant::Escalation as Settings;
use crate::domain::escalation::{Escalation, Evidence};
use crate::domain::place::CellRef;
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::review::{ProviderReview, RatedFigure, SubmissionKpi};

/// A piece of the workings, and the consequence it belongs to where that is another.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) evidence: Evidence,
    pub(super) of: Option<String>,
}

/// What a consequence rests on.
#[derive(Debug)]
pub(super) struct Resting<'r> {
    pub(super) pieces: Vec<Piece>,
    pub(super) figures: Vec<&'r RatedFigure>,
    pub(super) submissions: Vec<&'r Submission>,
    /// Timeliness and accuracy among the workings.
    pub(super) submission_kpis: Vec<&'r SubmissionKpi>,
}

/// What `entry` of `review` rests on.
pub(super) fn resting<'r>(
    contract: &Contract,
    review: &'r ProviderReview,
    settings: &Settings,
    entry: &Escalation,
) -> Resting<'r> {
    let mut pieces: Vec<Piece> =
        entry.evidence.iter().map(|own| Piece { evidence: own.clone(), of: None }).collect();
    followed(contract, review, settings, entry, &mut pieces, &mut BTreeSet::new());
    let cells: BTreeSet<&CellRef> = pieces.iter().flat_map(|own| &own.evidence.cells).collect();
    let says = |words: &str| pieces.iter().any(|own| own.evidence.text.contains(words));
    let figures: Vec<&RatedFigure> = review
        .ratings
        .iter()
        .filter(|own| {
            (!own.cells.is_empty() && own.cells.iter().all(|cell| cells.contains(cell)))
                || says(&rating_words(own))
        })
        .collect();
    let submission_kpis: Vec<&SubmissionKpi> =
        review.submission_kpis.iter().filter(|own| says(&submission_kpi_words(own))).collect();
    let files: BTreeSet<&str> = cells
        .iter()
        .copied()
        .chain(figures.iter().flat_map(|own| &own.cells))
        .map(|cell| &*cell.file)
        .collect();
    let bears = |own: &&Submission| {
        own.versions.iter().any(|version| files.contains(&*version.file))
            || says(&receipt_in_words(own))
            || inaccuracy_in_words(own).is_some_and(|words| says(&words))
            || submission_kpis.iter().any(|kpi| {
                kpi.from <= own.period.from
                    && own.period.to <= kpi.to
                    && own.status != SubmissionStatus::NotYetDue
            })
            || (own.status == SubmissionStatus::Missing
                && figures.iter().any(|figure| {
                    figure.rating == Rating::NoReturn
                        && own.period.from <= figure.period.to
                        && figure.period.from <= own.period.to
                }))
    };
    let submissions: Vec<&Submission> = review.submissions.iter().filter(bears).collect();
    Resting { figures, submissions, submission_kpis, pieces }
}

/// The workings of the consequences from which this one follows, those of theirs included.
fn followed(
    contract: &Contract,
    review: &ProviderReview,
    settings: &Settings,
    entry: &Escalation,
    pieces: &mut Vec<Piece>,
    seen: &mut BTreeSet<String>,
) {
    for condition in &settings.any {
        let Condition::Follows(follows) = condition else { continue };
        let Some(other) = contract.escalations.iter().find(|own| own.id == follows.escalation) else {
            continue;
        };
        if !seen.insert(other.id.clone()) {
            continue;
        }
        let same = |own: &&Escalation| own.id == other.id && own.period == entry.period;
        for own in review.escalations.iter().filter(same) {
            for evidence in &own.evidence {
                if !pieces.iter().any(|piece| piece.evidence == *evidence) {
                    pieces.push(Piece { evidence: evidence.clone(), of: Some(other.title.clone()) });
                }
            }
            followed(contract, review, other, own, pieces, seen);
        }
    }
}
