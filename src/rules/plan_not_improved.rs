//! A plan whose review date has passed without the KPI being better than when it was agreed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, NoticeFact, said};
use super::{Family, RuleKind};
use crate::domain::escalation::{EscalationStatus, Evidence};
use crate::domain::period::{Period, long_date};
use crate::domain::rating::Rating;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "plan-not-improved",
    family: Family::Condition,
    summary: "A plan's review date has passed and its KPI is rated no better than when the plan was agreed.",
    documentation: "\
Settings: `plan`, the kind of notice that records a plan; its KPI and review date stand in the register beside it. A plan without \
a KPI goes by the KPIs that were amber or red when it was agreed; where none was, by the overall rating.

Compared are the ratings of the newest period that had ended when the plan was agreed, and of the newest that had ended at the \
review date; green or stretch at the review date is good enough. Periods the officer gave relief for are passed over. Where either \
is not known the condition is watched. A later plan for the same KPI with a review date of its own, agreed by the review date, takes the place \
of the earlier one.

Example: `plan-not-improved = { plan = \"Improvement plan\" }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PlanNotImproved {
    /// Kind of notice that records a plan, as the register writes it.
    pub plan: String,
}

/// A rating that was known of a period.
struct Stood {
    period: Period,
    rating: Rating,
    evidence: Evidence,
}

/// The rating of the newest period that had ended by `day`.
fn stood(facts: &Facts, kpi: Option<&str>, day: NaiveDate) -> Option<Stood> {
    match kpi {
        Some(kpi) => facts
            .ratings
            .iter()
            .filter(|fact| fact.kpi == kpi && fact.area.is_none() && !fact.relieved && fact.period.to <= day)
            .max_by_key(|fact| fact.period)
            .map(|fact| Stood { period: fact.period, rating: fact.rating, evidence: fact.evidence() }),
        None => facts
            .overall
            .iter()
            .filter(|fact| fact.period.to <= day)
            .max_by_key(|fact| fact.period)
            .map(|fact| Stood { period: fact.period, rating: fact.rating, evidence: fact.evidence() }),
    }
}

impl PlanNotImproved {
    fn plans<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = (&'a NoticeFact, NaiveDate)> {
        let plans: Vec<&NoticeFact> = facts.notices_of(&self.plan).collect();
        plans.clone().into_iter().enumerate().filter_map(move |(index, plan)| {
            let review = plan.review_date?;
            // A later plan without a review date would leave nothing to follow up.
            let replaced = plans
                .iter()
                .skip(index + 1)
                .any(|later| later.kpi == plan.kpi && later.date <= review && later.review_date.is_some());
            (!replaced).then_some((plan, review))
        })
    }
}

/// Whose rating a plan goes by: its KPI's; where it names none, those of the KPIs that were amber or red when it was agreed, else the
/// overall rating.
fn subjects(facts: &Facts, plan: &NoticeFact) -> Vec<Option<String>> {
    if plan.kpi.is_some() {
        return vec![plan.kpi.clone()];
    }
    let kpis: BTreeSet<&str> = facts.ratings.iter().map(|fact| fact.kpi.as_str()).collect();
    let below: Vec<Option<String>> = kpis
        .into_iter()
        .filter(|kpi| {
            stood(facts, Some(kpi), plan.date)
                .is_some_and(|then| matches!(then.rating, Rating::Amber | Rating::Red))
        })
        .map(|kpi| Some(kpi.to_string()))
        .collect();
    if below.is_empty() { vec![None] } else { below }
}

fn compare(facts: &Facts, plan: &NoticeFact, kpi: Option<&str>, review: NaiveDate) -> Option<Hit> {
    let then = stood(facts, kpi, plan.date);
    let now = stood(facts, kpi, review)?;
    let mut evidence = vec![said(plan.words.clone())];
    evidence.extend(then.iter().map(|then| then.evidence.clone()));
    evidence.push(now.evidence.clone());
    let known = then.as_ref().is_some_and(|then| then.rating.is_judgement());
    let mut hit = Hit::met_on(review, evidence);
    if !now.rating.is_judgement() || (!known && now.rating >= Rating::Amber) {
        hit.status = EscalationStatus::Watch;
        hit.distance = Some(if now.rating.is_judgement() {
            "met unless the rating was worse when the plan was agreed".to_string()
        } else {
            format!("met if {} is no better than when the plan was agreed", now.period.describe())
        });
        return Some(hit);
    }
    (now.rating >= Rating::Amber && then.is_some_and(|then| now.rating >= then.rating)).then_some(hit)
}

impl ConditionRule for PlanNotImproved {
    fn describe(&self) -> String {
        format!(
            "the review date of a plan (“{}” in the register) has passed, and its KPI is amber or red and no better than when the \
             plan was agreed",
            self.plan
        )
    }

    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (plan, review) in self.plans(facts).filter(|(_, review)| facts.as_of > *review) {
            let of_plan: Vec<Hit> = subjects(facts, plan)
                .iter()
                .filter_map(|kpi| compare(facts, plan, kpi.as_deref(), review))
                .collect();
            let worst = of_plan.iter().map(|hit| hit.status).min();
            // A plan for several KPIs is one entry: what is met goes before what is watched.
            let own: Vec<Hit> = of_plan.into_iter().filter(|hit| Some(hit.status) == worst).collect();
            if let Some(mut hit) = own.first().cloned() {
                for other in own.into_iter().skip(1) {
                    hit.evidence
                        .extend(other.evidence.into_iter().filter(|item| *item != said(plan.words.clone())));
                }
                hits.push(hit);
            }
        }
        hits
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let open: Vec<String> = self
            .plans(facts)
            .filter(|(_, review)| facts.as_of <= *review)
            .map(|(plan, review)| {
                let about = plan.kpi.as_ref().map(|kpi| format!(" for KPI {kpi}")).unwrap_or_default();
                format!("the plan{about} is reviewed on {}", long_date(review))
            })
            .collect();
        if !open.is_empty() {
            let words = format!("{}: no better by then would meet it", open.join(", "));
            return Distance::steps(1, words, Vec::new());
        }
        match facts.notices_of(&self.plan).find(|plan| plan.review_date.is_none()) {
            Some(plan) => Distance {
                steps: None,
                words: "a plan stands in the register without a review date".to_string(),
                evidence: vec![said(plan.words.clone())],
            },
            None => Distance::said("no plan with a review date to come"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{labels, months, notice};
    use super::*;
    use EscalationStatus::{Triggered, Watch};
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        let rule = PlanNotImproved { plan: "Improvement plan".into() };
        // April 2022 on; agreed 10 May on April's rating, reviewed 31 July on July's.
        for (letters, as_of, expected) in [
            ("AGGA", "2022-08-01", vec![Triggered]),
            ("AGGR", "2022-08-01", vec![Triggered]),
            ("RGGA", "2022-08-01", vec![]),
            ("AGGG", "2022-08-01", vec![]),
            ("GGGG", "2022-08-01", vec![]),
            ("GGGA", "2022-08-01", vec![Triggered]),
            ("AGGA", "2022-07-31", vec![]),
            ("AGGx", "2022-08-01", vec![Watch]),
            ("xGGA", "2022-08-01", vec![Watch]),
            ("xGGG", "2022-08-01", vec![]),
        ] {
            for kpi in [Some("1".to_string()), None] {
                let mut case = months(letters);
                case.as_of = as_of.parse().unwrap();
                let mut plan = notice("Improvement plan", "2022-05-10");
                plan.kpi = kpi;
                plan.review_date = Some("2022-07-31".parse().unwrap());
                case.notices.push(plan);
                let found: Vec<_> = labels(&rule.hits(&case)).into_iter().map(|(_, status)| status).collect();
                assert_eq!(found, expected, "{letters} as of {as_of}");
            }
        }
    }

    #[test]
    fn a_relieved_period_is_passed_over() {
        let rule = PlanNotImproved { plan: "Improvement plan".into() };
        // April to July 2022; July is relieved, so that June stands at the review.
        for (letters, expected) in [("AGGR", 0), ("AGAG", 1)] {
            let mut case = months(letters);
            case.ratings[3].relieved = true;
            case.as_of = "2022-08-15".parse().unwrap();
            let mut plan = notice("Improvement plan", "2022-05-10");
            plan.kpi = Some("1".into());
            plan.review_date = Some("2022-07-31".parse().unwrap());
            case.notices.push(plan);
            assert_eq!(rule.hits(&case).len(), expected, "{letters}");
        }
    }

    #[test]
    fn a_later_plan_takes_the_place_of_the_earlier_one() {
        let rule = PlanNotImproved { plan: "Improvement plan".into() };
        let mut case = months("AAAA");
        case.as_of = "2022-08-15".parse().unwrap();
        for (date, review) in [("2022-05-10", "2022-06-30"), ("2022-06-20", "2022-07-31")] {
            let mut plan = notice("Improvement plan", date);
            plan.review_date = Some(review.parse().unwrap());
            case.notices.push(plan);
        }
        assert_eq!(labels(&rule.hits(&case)), [("2022-07-31".to_string(), Triggered)]);
        // Without a review date of its own it does not.
        case.notices[1].review_date = None;
        assert_eq!(labels(&rule.hits(&case)), [("2022-06-30".to_string(), Triggered)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// April to July 2022: agreed on April's rating, reviewed on July's.
        #[test]
        fn met_only_where_it_is_amber_or_red_and_no_better_than_it_was(letters in "[SGARxi]{4}") {
            let rule = PlanNotImproved { plan: "Improvement plan".into() };
            let mut case = months(&letters);
            case.as_of = "2022-08-01".parse().unwrap();
            let mut plan = notice("Improvement plan", "2022-05-10");
            plan.kpi = Some("1".into());
            plan.review_date = Some("2022-07-31".parse().unwrap());
            case.notices.push(plan);
            let place = |letter: u8| b"SGAR".iter().position(|own| *own == letter);
            let (then, now) = (place(letters.as_bytes()[0]), place(letters.as_bytes()[3]));
            let expected: Vec<EscalationStatus> = match (then, now) {
                (_, None) => vec![Watch],
                (_, Some(0 | 1)) => vec![],
                (None, Some(_)) => vec![Watch],
                (Some(then), Some(now)) if now >= then => vec![Triggered],
                _ => vec![],
            };
            let found: Vec<_> = labels(&rule.hits(&case)).into_iter().map(|(_, status)| status).collect();
            prop_assert_eq!(found, expected, "{}", letters);
        }
    }
}
