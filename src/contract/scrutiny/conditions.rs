//! Conditions of escalations that can never be met, are met without anything having happened, or name what the register cannot
//! record.

use super::Step::{Item, Key};
use super::{About, Desk, Offered, Step, or};
use crate::contract::meant::{Condition, Contract, Kpi, Stated};
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

fn certified(kpi: &Kpi) -> bool {
    matches!(kpi.stated, Stated::Certified(_))
}

/// The KPIs that can have a rating.
fn rated(contract: &Contract) -> impl Iterator<Item = &Kpi> {
    contract.kpis.iter().filter(|kpi| !kpi.rules.is_empty() || certified(kpi))
}

/// Why a condition can never be met, in sentences; empty where it can.
fn never(contract: &Contract, condition: &Condition) -> Option<String> {
    let no_kpi = || Some("No KPI of the contract is rated.".to_string());
    match condition {
        Condition::RatingsInARow(rule) => no_series(contract, rule.of),
        Condition::RatingsInWindow(rule) if rule.at_least > rule.periods => {
            Some(format!("{} of the last {} periods cannot be as bad.", rule.at_least, rule.periods))
        }
        Condition::RatingsInWindow(rule) => no_series(contract, rule.of),
        Condition::RatingAfterNotice(rule) => no_series(contract, rule.of),
        Condition::KpiRedWithin(_) => no_series(contract, Of::Overall),
        Condition::KpisMissed(rule) => match rated(contract).count() {
            0 => no_kpi(),
            number if rule.count == Counted::Kpis && rule.at_least > number => Some(format!(
                "It asks for {} different KPIs, of which the contract rates only {number}.",
                rule.at_least
            )),
            _ => None,
        },
        Condition::NotMet(rule) => match rule.because {
            Because::Answer if rated(contract).next().is_none() => {
                Some("No KPI of the contract is answered yes or no, and none has a target.".to_string())
            }
            Because::Evidence
                if !contract
                    .kpis
                    .iter()
                    .any(|kpi| matches!(&kpi.stated, Stated::Certified(own) if !own.evidence.is_empty())) =>
            {
                Some("No KPI of the contract is certified with evidence.".to_string())
            }
            Because::Answer | Because::Evidence => None,
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
        Condition::PlanNotImproved(_) if rated(contract).next().is_none() => no_kpi(),
        _ => None,
    }
}

/// Why there is no series of ratings for a condition to look at.
fn no_series(contract: &Contract, of: Of) -> Option<String> {
    let shortest = contract.rated_every();
    match of {
        Of::Overall if contract.overall.is_none() => {
            Some("The contract has no `overall` rating.".to_string())
        }
        Of::Overall | Of::AnyKpi if rated(contract).next().is_none() => {
            Some("No KPI of the contract is rated.".to_string())
        }
        Of::AnyKpi
            if !rated(contract)
                .any(|kpi| contract.form(&kpi.figure.form).is_some_and(|form| form.every == shortest)) =>
        {
            Some(format!(
                "It goes by {} periods, and no KPI that is stated so often is rated.",
                shortest.adverb()
            ))
        }
        Of::Overall | Of::AnyKpi => None,
    }
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
