//! The few sentences below a pack's headline: what is red, what turned, what the returns are like, and what is met.

use std::collections::BTreeSet;

use super::headline::unjudged;
use super::sentences::{figures, has_several, in_short, list, named};
use super::{Reader, met, scores, standing_out};
use crate::domain::finding::Severity;
use crate::domain::period::long_date;
use crate::domain::quantity::{Unit, show};
use crate::domain::rating::Rating;
use crate::domain::text::{number_of, target_in_words};
use crate::review::{KpiLine, Pack, RatedFigure, SubmissionKpi};

/// As many red figures as a summary names.
const SHOWN: usize = 4;

/// A few sentences below the headline.
pub fn summary(pack: &Pack, reader: Reader) -> Vec<String> {
    let mut sentences = Vec::new();
    let judged = pack.kpis.iter().flat_map(|line| &line.within).any(|own| own.rating.is_judgement());
    let unjudged = unjudged(pack);
    if judged && !unjudged.is_empty() && pack.overall.is_empty() {
        sentences.push(format!("Not judged: {unjudged}."));
    }
    let several = has_several(pack);
    let red: Vec<&RatedFigure> = figures(pack, Rating::Red).collect();
    sentences.extend(scores::summary(pack));
    if !judged && figures(pack, Rating::NotRated).next().is_some() {
        sentences.extend(standing_out::changed_most(pack));
        if reader == Reader::Council {
            sentences.extend(standing_out::against_the_market(pack));
        }
    }
    let red: Vec<&RatedFigure> = red.into_iter().filter(|figure| !figure.is_area()).collect();
    for figure in red.iter().take(SHOWN) {
        sentences.push(format!("{}.", named(figure, several)));
    }
    if red.len() > SHOWN {
        sentences.push(format!(
            "{} red besides.",
            number_of(red.len() - SHOWN, "more figure is", "more figures are")
        ));
    }
    if !several {
        sentences.extend(turned(&pack.kpis));
    }
    sentences.extend(submissions_missed(pack));
    let mut conditions: Vec<String> =
        met(pack).map(|e| format!("{} (clause {})", e.title, e.clause)).collect();
    let mut seen = BTreeSet::new();
    conditions.retain(|condition| seen.insert(condition.clone()));
    if reader == Reader::Council && !conditions.is_empty() {
        sentences.push(format!(
            "{} met: {}.",
            if conditions.len() == 1 {
                "One condition of the contract is".into()
            } else {
                format!("{} conditions of the contract are", conditions.len())
            },
            list(&conditions)
        ));
    }
    let errors = pack
        .submissions
        .iter()
        .flat_map(|submission| &submission.findings)
        .filter(|finding| finding.kind.severity == Severity::Error && finding.accepted.is_none())
        .count();
    if errors > 0 {
        let answer = if pack.called.are_providers() { "the provider's answer" } else { "an answer" };
        sentences.push(format!(
            "{} {answer}.",
            number_of(errors, "error in the returns needs", "errors in the returns need")
        ));
    }
    if let Some(day) = pack.meeting.filter(|day| *day >= pack.as_of) {
        sentences.push(format!("The review meeting is proposed for {}.", long_date(day)));
    }
    sentences
}

/// `Since 2025-26 Q2, KPIs 6 and 7 have fallen short of their targets and KPI 8 has come back to target.`; `None` where none did.
fn turned(kpis: &[KpiLine]) -> Option<String> {
    let missed = |rating: Rating| matches!(rating, Rating::Amber | Rating::Red);
    let met = |rating: Rating| matches!(rating, Rating::Green | Rating::Stretch);
    let mut since = None;
    let (mut back, mut fallen) = (Vec::new(), Vec::new());
    for line in kpis.iter().filter(|line| !line.whole.is_area()) {
        let previous = line.whole.period.previous();
        let Some(before) = line.history.iter().rev().find(|figure| figure.period == previous) else {
            continue;
        };
        since.get_or_insert(previous);
        if missed(before.rating) && met(line.whole.rating) {
            back.push(line.whole.kpi.clone());
        } else if met(before.rating) && missed(line.whole.rating) {
            fallen.push(line.whole.kpi.clone());
        }
    }
    let told = |kpis: &[String], one: &str, many: &str| match kpis {
        [] => None,
        [only] => Some(format!("KPI {only} {one}")),
        several => Some(format!("KPIs {} {many}", list(several))),
    };
    let parts: Vec<String> = [
        told(&fallen, "has fallen short of its target", "have fallen short of their targets"),
        told(&back, "has come back to target", "have come back to target"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then_some(())?;
    Some(format!("Since {}, {}.", in_short(&since?), list(&parts)))
}

/// Timeliness and accuracy where they miss their target, over the longest window the pack has.
fn submissions_missed(pack: &Pack) -> Vec<String> {
    let longest = |own: &&SubmissionKpi| {
        !pack.submission_kpis.iter().any(|other| other.id == own.id && other.from < own.from)
    };
    pack.submission_kpis
        .iter()
        .filter(longest)
        .filter(|own| own.rating == Rating::Red)
        .filter_map(|own| {
            let target = own.target?;
            let value = show(own.value?, Unit::Percent, &[target]);
            Some(format!(
                "{}: {value} ({} of {}) from {} to {}, against a target of {}.",
                own.title,
                own.met,
                own.due,
                long_date(own.from),
                long_date(own.to),
                target_in_words(&format!(">= {}", show(target, Unit::Percent, &[])))
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sentences::tests::share;
    use super::*;

    fn line(kpi: &str, before: Rating, now: Rating) -> KpiLine {
        let figure = |quarter, rating| RatedFigure { kpi: kpi.to_string(), ..share(quarter, 9, 10, rating) };
        let whole = figure(1, now);
        KpiLine {
            within: vec![whole.clone()],
            areas: Vec::new(),
            history: vec![figure(0, before), whole.clone()],
            sentences: Vec::new(),
            whole,
        }
    }

    #[test]
    fn what_turned_since_the_period_before() {
        use Rating::{Amber, Green, Invalid, NoReturn, Red, Stretch};
        for (kpis, words) in [
            (vec![("1", Green, Green), ("2", Red, Red), ("3", Amber, Red)], None),
            (vec![("1", Green, Red)], Some("Since 2025-26 Q1, KPI 1 has fallen short of its target.")),
            (vec![("1", Red, Stretch)], Some("Since 2025-26 Q1, KPI 1 has come back to target.")),
            (
                vec![("1", Green, Amber), ("2", Stretch, Red), ("3", Amber, Green), ("4", Red, Green)],
                Some(
                    "Since 2025-26 Q1, KPIs 1 and 2 have fallen short of their targets and KPIs 3 and 4 have come back to target.",
                ),
            ),
            // What was not known before has not turned.
            (vec![("1", NoReturn, Red), ("2", Invalid, Green), ("3", Green, NoReturn)], None),
        ] {
            let lines: Vec<KpiLine> =
                kpis.into_iter().map(|(kpi, before, now)| line(kpi, before, now)).collect();
            assert_eq!(turned(&lines).as_deref(), words);
        }
    }
}
