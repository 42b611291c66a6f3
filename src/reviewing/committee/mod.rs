//! The paper for a committee: what a public meeting of councillors may read of a review.
//!
//! | stage | where |
//! | --- | --- |
//! | small numbers, and ratings that would give them away | [`crate::rules::suppress_below`] |
//! | further figures, so that none can be worked out from sums | [`together`] |
//! | every figure of every period and area, once for the whole review | [`decide`] |
//! | what is said, from figures already suppressed | [`words`] |
//!
//! One decision is taken on each figure, from its own period's figures alone. A pack made for a later period repeats it: what was
//! suppressed in its own period's paper is suppressed in later histories and charts, and what was shown stays shown. No figure of a paper
//! adds up several periods (the year side by side is left out), so no paper can be taken from another. A figure that differs by little
//! from an earlier version of its return, which an earlier paper may have shown, is suppressed, and so are all figures of a sum in which
//! one is suppressed and one has changed.
//!
//! Left out whole: information tables, promises and the year, which hold numbers that nothing is decided on; narrative, comments, answers
//! and findings, which are the provider's words or quote them; the agenda, papers and what is on record, which are the council's own.

mod decide;
mod together;
mod words;

#[cfg(test)]
mod tests;

use decide::Decided;

use super::scores;
use crate::assess::Case;
use crate::contract::Contract;
use crate::contract::conditions::Condition;
use crate::contract::in_english;
use crate::domain::escalation::EscalationStatus;
use crate::domain::period::Period;
use crate::domain::rating::Rating;
use crate::domain::submission::Submission;
use crate::review::committee::{
    CommitteeCondition, CommitteeFigure, CommitteeKpi, CommitteeOverall, CommitteePack, CommitteeReturn,
    CommitteeReturnKpi,
};
use crate::review::{KpiLine, Pack, ProviderReview, RatedFigure, SubmissionKpi};

/// The papers for a committee, one for each pack of `review`, in order.
pub fn papers(case: &Case<'_>, review: &ProviderReview) -> Vec<CommitteePack> {
    let decided = Decided::on(case.contract, review);
    review.packs.iter().map(|pack| paper(case.contract, &decided, pack)).collect()
}

fn paper(contract: &Contract, decided: &Decided<'_>, pack: &Pack) -> CommitteePack {
    let kpis: Vec<CommitteeKpi> = pack.kpis.iter().map(|line| kpi(decided, line)).collect();
    let within = || kpis.iter().flat_map(|line| &line.within);
    let shown: Vec<Rating> = within().filter_map(CommitteeFigure::rating).collect();
    let by_rating = Rating::ALL.map(|rating| (rating, shown.iter().filter(|own| **own == rating).count()));
    let tells_ratings = !decided.withholds_ratings();
    let mut paper = CommitteePack {
        contract_title: pack.contract_title.clone(),
        councils: pack.councils.clone(),
        provider: pack.provider.clone(),
        called: pack.called.clone(),
        period: pack.period,
        as_of: pack.as_of,
        headline: String::new(),
        summary: Vec::new(),
        counts: by_rating.into_iter().filter(|(_, number)| *number > 0).collect(),
        withheld: within().filter(|figure| figure.rating().is_none()).count(),
        overall: pack
            .overall
            .iter()
            .map(|own| CommitteeOverall {
                period: own.period,
                // With the ratings beside it, it would give a withheld one away.
                rating: within()
                    .filter(|figure| own.period.covers(&figure.shown().period))
                    .all(|figure| figure.rating().is_some())
                    .then_some(own.rating),
                clause: own.clause.clone(),
            })
            .collect(),
        changes: words::changes(&kpis),
        conditions: conditions(contract, decided, pack),
        conditions_left_out: (!tells_ratings && !contract.escalations.is_empty()).then(|| {
            "Conditions that follow from ratings are left out of this paper: together with the ratings that are shown they could give \
             one away that is withheld."
                .to_string()
        }),
        returns: pack.submissions.iter().map(returned).collect(),
        return_kpis: pack.submission_kpis.iter().map(return_kpi).collect(),
        below: contract.committee.below,
        suppressed: words::suppressed(&kpis),
        reasons: Vec::new(),
        kpis,
    };
    paper.reasons = words::reasons(contract, &paper);
    paper.headline = words::headline(&paper);
    paper.summary = words::summary(&paper);
    paper
}

fn kpi(decided: &Decided<'_>, line: &KpiLine) -> CommitteeKpi {
    let all = |figures: &[RatedFigure]| figures.iter().map(|own| decided.shown(own)).collect::<Vec<_>>();
    let mut own = CommitteeKpi {
        whole: decided.shown(&line.whole),
        within: all(&line.within),
        areas: all(&line.areas),
        history: all(&line.history),
        bands: line.bands.clone(),
        change: None,
        sentences: Vec::new(),
    };
    let before = match line.whole.is_area() {
        true => scores::before(&line.whole, &line.history).map(|then| then.period),
        false => Some(line.whole.period.previous()),
    };
    let before = before.and_then(|period| own.history.iter().find(|own| own.shown().period == period));
    own.change = before.map(|before| words::change(before, &own.whole));
    own.sentences = words::of_kpi(&own, before);
    own
}

fn returned(own: &Submission) -> CommitteeReturn {
    CommitteeReturn {
        form: own.form_title.clone(),
        period: own.period,
        area: own.area.clone(),
        due: own.due,
        extended: own.due_note.as_ref().is_some_and(|note| note.starts_with("Extended")),
        received: own.received,
        status: own.status,
    }
}

fn return_kpi(own: &SubmissionKpi) -> CommitteeReturnKpi {
    CommitteeReturnKpi {
        title: own.title.clone(),
        clause: own.clause.clone(),
        from: own.from,
        to: own.to,
        due: own.due,
        met: own.met,
        value: own.value,
        target: own.target,
        rating: own.rating,
        provisional: own.provisional.is_some(),
    }
}

/// The conditions met in the pack's period that may be told, each once.
fn conditions(contract: &Contract, decided: &Decided<'_>, pack: &Pack) -> Vec<CommitteeCondition> {
    let mut told: Vec<CommitteeCondition> = Vec::new();
    for own in pack.escalations.iter().filter(|own| own.status == EscalationStatus::Triggered) {
        let rests = rests_on_ratings(contract, &own.id, decided.withholds_local(), &mut Vec::new());
        if rests && decided.withholds_ratings() {
            continue;
        }
        let periods = |known: &mut Vec<Period>| {
            if !known.contains(&own.period) {
                known.push(own.period);
            }
        };
        match told.iter_mut().find(|known| known.title == own.title && known.clause == own.clause) {
            Some(known) => periods(&mut known.periods),
            None => told.push(CommitteeCondition {
                title: own.title.clone(),
                clause: own.clause.clone(),
                when: in_english::conditions(contract, &own.id)
                    .iter()
                    .map(|when| words::public(when))
                    .collect(),
                periods: vec![own.period],
            }),
        }
    }
    told
}

/// Whether the consequence of this id follows from ratings, itself or by another; `seen` are those on the way to it.
fn rests_on_ratings(contract: &Contract, id: &str, local: bool, seen: &mut Vec<String>) -> bool {
    if seen.iter().any(|own| own == id) {
        return false;
    }
    seen.push(id.to_string());
    let own = contract.escalations.iter().find(|own| own.id == id);
    own.into_iter().flat_map(|own| &own.any).any(|condition| match condition {
        Condition::KpisMissed(_)
        | Condition::RatingsInARow(_)
        | Condition::RatingsInWindow(_)
        | Condition::KpiRedWithin(_)
        | Condition::RatingAfterNotice(_)
        | Condition::PlanNotImproved(_) => true,
        Condition::NotMet(_) => local,
        Condition::Follows(follows) => rests_on_ratings(contract, &follows.escalation, local, seen),
        Condition::Returns(_)
        | Condition::SubmissionKpiMissed(_)
        | Condition::LateInARow(_)
        | Condition::Notices(_)
        | Condition::BetweenNotices(_)
        | Condition::Duty(_)
        | Condition::AfterNotice(_)
        | Condition::EventNotifiedLate(_)
        | Condition::MeetingNotAttended(_) => false,
    })
}
