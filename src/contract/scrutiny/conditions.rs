//! Conditions of escalations that can never be met, are met without anything having happened, or name what the register cannot
//! record.

use super::Step::{Item, Key};
use super::{About, Desk, Offered, Step, or};
use crate::contract::meant::{Condition, Contract, Kpi, RatingRule, Stated};
use crate::domain::rating::Rating;
use crate::domain::text::nearest;
use crate::rules::bands::Judgement;
use crate::rules::duty::CountedFrom;
use crate::rules::kpis_missed::Counted;
use crate::rules::not_met::Because;
use crate::rules::series::Of;

/// What an escalation is worth whose condition cannot be met.
const NEVER: &str = "Supply what it looks at, or remove the condition: it can never be met.";

pub(super) fn scrutinise(desk: &mut Desk<'_>, offered: &Offered) {
    let contract = desk.contract;
    for (index, escalation) in contract.escalations.iter().enumerate() {
        let way = [Key("escalations"), Item(index)];
        let about = About::clause(format!("escalation {}", escalation.id), &escalation.clause);
        if escalation.any.is_empty() {
            let at = [&way[..], &[Key("any")]].concat();
            desk.fault(&at, &about, "It has no condition.".to_string(), NEVER);
        }
        for (number, condition) in escalation.any.iter().enumerate() {
            let at = [&way[..], &[Key("any"), Item(number)]].concat();
            if let Some(why) = never(contract, condition) {
                desk.fault(&at, &about, why, NEVER);
            }
            for (why, advice) in odd(contract, condition) {
                desk.fault(&at, &about, why, advice);
            }
            for kind in notices(condition) {
                notice(desk, &at, &about, kind, offered);
            }
            if let Condition::Duty(duty) = condition
                && duty.from == CountedFrom::Award
                && contract.award.is_none()
            {
                desk.note(
                    &at,
                    &about,
                    "Its months are counted from the award, whose date is not given: they are counted from the start.".to_string(),
                    "Give the contract its `award`, where it is known.",
                );
            }
        }
    }
    if let Some(more_often) = contract.meeting.as_ref().and_then(|meeting| meeting.more_often.as_ref()) {
        let way = [Key("meeting"), Key("more-often")];
        let about = About::clause("the meeting", &more_often.clause);
        notice(desk, &way, &about, &more_often.notice, offered);
        if more_often.every >= contract.review_every {
            desk.fault(
                &way,
                &about,
                format!(
                    "Meetings that are {} already do not become more frequent.",
                    contract.review_every.adverb()
                ),
                "Give `every` a shorter interval.",
            );
        }
    }
}

fn notice(desk: &mut Desk<'_>, way: &[Step<'_>], about: &About, kind: &str, offered: &Offered) {
    if offered.notices.contains(&kind) {
        return;
    }
    let near = nearest(kind, offered.notices.iter().copied());
    let near = near.map(|near| format!("Did you mean “{near}”? ")).unwrap_or_default();
    desk.fault(
        way,
        about,
        format!("The register cannot record the notice “{kind}”. {near}It offers {}.", or(&offered.notices)),
        "Name a kind of notice as the register's sheet Notices offers it.",
    );
}

/// The kinds of notices a condition names.
fn notices(condition: &Condition) -> Vec<&str> {
    match condition {
        Condition::Notices(rule) => vec![&rule.kind],
        Condition::BetweenNotices(rule) => vec![&rule.from, &rule.to],
        Condition::Duty(rule) => vec![&rule.notice],
        Condition::AfterNotice(rule) => {
            std::iter::once(&rule.kind).chain(&rule.done_by).map(String::as_str).collect()
        }
        Condition::RatingAfterNotice(rule) => vec![&rule.kind],
        Condition::PlanNotImproved(rule) => vec![&rule.plan],
        Condition::KpisMissed(_)
        | Condition::Returns(_)
        | Condition::SubmissionKpiMissed(_)
        | Condition::LateInARow(_)
        | Condition::Follows(_)
        | Condition::RatingsInARow(_)
        | Condition::RatingsInWindow(_)
        | Condition::KpiRedWithin(_)
        | Condition::NotMet(_)
        | Condition::EventNotifiedLate(_)
        | Condition::MeetingNotAttended(_) => Vec::new(),
    }
}

/// The KPIs that can have a rating.
fn rated(contract: &Contract) -> impl Iterator<Item = &Kpi> {
    contract.kpis.iter().filter(|kpi| !kpi.rules.is_empty() || matches!(kpi.stated, Stated::Certified(_)))
}

/// The KPIs that can be rated as bad as that, or worse.
fn as_bad(contract: &Contract, rating: Rating) -> impl Iterator<Item = &Kpi> {
    rated(contract).filter(move |kpi| {
        kpi.rules.is_empty()
            || kpi.rules.all().any(|(_, rule)| match rule {
                RatingRule::Target(_) => true,
                RatingRule::Bands(bands) => {
                    let open = bands.open.iter().map(|open| Rating::from(open.rated));
                    bands.all().into_iter().map(|(own, _)| own).chain(open).any(|own| own >= rating)
                }
            })
    })
}

/// Why a condition can never be met, in a sentence; `None` where it can.
fn never(contract: &Contract, condition: &Condition) -> Option<String> {
    match condition {
        Condition::RatingsInARow(rule) => no_series(contract, rule.of, rule.rating.into()),
        Condition::RatingsInWindow(rule) if rule.at_least > rule.periods => {
            Some(format!("{} of the last {} periods cannot be as bad.", rule.at_least, rule.periods))
        }
        Condition::RatingsInWindow(rule) => no_series(contract, rule.of, rule.rating.into()),
        Condition::RatingAfterNotice(rule) => no_series(contract, rule.of, rule.rating.into()),
        Condition::KpiRedWithin(_) => no_series(contract, Of::Overall, Rating::Red),
        Condition::KpisMissed(rule) => match as_bad(contract, Rating::Red).count() {
            0 => none_as_bad(contract, Rating::Red),
            number if rule.count == Counted::Kpis && rule.at_least > number => Some(format!(
                "It asks for {} different KPIs, of which only {number} can be red.",
                rule.at_least
            )),
            _ => None,
        },
        Condition::NotMet(rule) => match rule.because {
            Because::Answer => {
                let is_meant = |kpi: &Kpi| kpi.local || matches!(kpi.stated, Stated::Certified(_));
                let none = !as_bad(contract, Rating::Red).any(is_meant);
                none.then(|| {
                    "No KPI of the contract is certified, and none has a local target that can be missed."
                        .to_string()
                })
            }
            Because::Evidence => {
                let evident = |kpi: &Kpi| match &kpi.stated {
                    Stated::Certified(own) => !own.evidence.is_empty(),
                    Stated::Row(_) | Stated::Share { .. } | Stated::Scored(_) | Stated::Summed(_) => false,
                };
                let none = !contract.kpis.iter().any(evident);
                none.then(|| "No KPI of the contract is certified with evidence.".to_string())
            }
        },
        Condition::EventNotifiedLate(_) if contract.notifications.is_empty() => {
            Some("The contract has no `notifications`.".to_string())
        }
        Condition::SubmissionKpiMissed(_)
            if !contract
                .submission_kpis
                .iter()
                .any(|kpi| kpi.targets.all().any(|(_, target)| target.is_some())) =>
        {
            Some("No data submission KPI of the contract has a target.".to_string())
        }
        Condition::Returns(rule) if !(rule.late || rule.missing || rule.inaccurate) => {
            Some("It says of no return what counts: `late`, `missing` or `inaccurate`.".to_string())
        }
        Condition::PlanNotImproved(_) => none_as_bad(contract, Rating::Amber),
        _ => None,
    }
}

/// That no KPI can be rated as bad as that, where it is so.
fn none_as_bad(contract: &Contract, rating: Rating) -> Option<String> {
    if rated(contract).next().is_none() {
        return Some("No KPI of the contract is rated.".to_string());
    }
    let none = as_bad(contract, rating).next().is_none();
    none.then(|| format!("No KPI of the contract can be {}.", rating.id()))
}

/// Why there is no series of ratings as bad as that for a condition to look at.
fn no_series(contract: &Contract, of: Of, rating: Rating) -> Option<String> {
    if of == Of::Overall && contract.overall.is_none() {
        return Some("The contract has no `overall` rating.".to_string());
    }
    if let Some(why) = none_as_bad(contract, rating) {
        return Some(why);
    }
    let shortest = contract.rated_every();
    let often = |kpi: &Kpi| kpi.every == shortest;
    let none = of == Of::AnyKpi && !as_bad(contract, rating).any(often);
    none.then(|| {
        format!(
            "It goes by {} periods, and no KPI that is stated so often can be {}.",
            shortest.adverb(),
            rating.id()
        )
    })
}

/// Conditions that hold of themselves or say nothing: why, and what to do.
fn odd(contract: &Contract, condition: &Condition) -> Vec<(String, &'static str)> {
    let mut odd = Vec::new();
    let mut number = |number: usize, key: &str| {
        if number == 0 {
            odd.push((
                format!("With `{key} = 0` it holds before anything has happened."),
                "Give a number from 1.",
            ));
        }
    };
    let mut good = None;
    match condition {
        Condition::KpisMissed(rule) => number(rule.at_least, "at-least"),
        Condition::Notices(rule) => number(rule.at_least, "at-least"),
        Condition::LateInARow(rule) => number(rule.periods, "periods"),
        Condition::RatingsInARow(rule) => {
            number(rule.periods, "periods");
            good = Some(rule.rating);
        }
        Condition::RatingsInWindow(rule) => {
            number(rule.at_least, "at-least");
            good = Some(rule.rating);
        }
        Condition::RatingAfterNotice(rule) => {
            number(rule.periods, "periods");
            good = Some(rule.rating);
        }
        Condition::BetweenNotices(rule) if rule.from == rule.to => odd.push((
            format!("“{}” both begins and ends it.", rule.from),
            "Name the notice that ends it in `to`.",
        )),
        Condition::Follows(rule)
            if contract.escalations.iter().any(|own| own.id == rule.escalation && own.watch_only) =>
        {
            odd.push((
                format!("It follows from `{}`, which is only ever watched.", rule.escalation),
                "Let it follow from an escalation that can be met.",
            ));
        }
        _ => {}
    }
    if matches!(good, Some(Judgement::Stretch | Judgement::Green)) {
        odd.push((
            "It holds for good ratings as well: every rating is green or worse.".to_string(),
            "Ask for `amber` or `red`.",
        ));
    }
    odd
}
