//! How far each KPI is from the contract's next consequence: what a miss in the period that comes next would meet.

use super::sentences::{in_short, list};
use crate::assess::Case;
use crate::assess::next_period::WouldMeet;
use crate::domain::escalation::EscalationStatus;
use crate::domain::period::Period;
use crate::domain::quantity::Unit;
use crate::review::Pack;
use crate::review::ladder::NextStep;

/// What is true of several KPIs at once.
struct Group {
    period: Period,
    /// Whether they are answers, which are met or not.
    answers: bool,
    /// Whether each goes by a lone target, so that a miss is red and nothing is amber.
    lone_targets: bool,
    amber: Vec<String>,
    red: Vec<String>,
    kpis: Vec<String>,
}

/// What a miss would lead to, KPIs of which the same is true together. What is met in `pack` already stands there, and is no next step.
pub fn next_steps(case: &Case<'_>, pack: &Pack, would_meet: &[WouldMeet]) -> Vec<NextStep> {
    let is_met = |id: &&String| {
        let own = |escalation: &&crate::domain::escalation::Escalation| escalation.id == **id;
        pack.escalations.iter().filter(own).any(|own| own.status == EscalationStatus::Triggered)
    };
    let mut groups: Vec<Group> = Vec::new();
    for own in would_meet {
        let named = |ids: &[String]| -> Vec<String> {
            let open = ids.iter().filter(|id| !is_met(id));
            let settings = open.filter_map(|id| case.contract.escalations.iter().find(|own| own.id == *id));
            settings.map(|own| format!("{} (clause {})", own.title, own.clause)).collect()
        };
        let (amber, red) = (named(&own.amber), named(&own.red));
        if red.is_empty() {
            continue;
        }
        let answers = own.unit == Unit::Answer;
        let same = |group: &&mut Group| {
            (group.period, group.answers) == (own.period, answers) && group.amber == amber && group.red == red
        };
        match groups.iter_mut().find(same) {
            Some(group) => {
                group.kpis.push(own.kpi.clone());
                group.lone_targets &= own.lone_target;
            }
            None => groups.push(Group {
                period: own.period,
                answers,
                lone_targets: own.lone_target,
                amber,
                red,
                kpis: vec![own.kpi.clone()],
            }),
        }
    }
    let alike = |group: &Group| {
        let of = |own: &&WouldMeet| own.period == group.period && (own.unit == Unit::Answer) == group.answers;
        would_meet.iter().filter(of).count()
    };
    groups.into_iter().map(|group| (alike(&group), group)).map(|(number, group)| group.told(number)).collect()
}

impl Group {
    /// In words; `targets` is how many KPIs of its kind have a target for its period.
    fn told(self, targets: usize) -> NextStep {
        let period = in_short(&self.period);
        let of_any = self.kpis.len() > 1 && self.kpis.len() == targets;
        let subject = match self.kpis.as_slice() {
            _ if of_any => "Any KPI".to_string(),
            [one] => format!("KPI {one}"),
            [first @ .., last] => format!("KPI {} or {last}", first.join(", ")),
            [] => String::new(),
        };
        let bad = match self.lone_targets {
            _ if self.answers => "not met",
            true => "missed",
            false if self.amber.is_empty() => "red",
            false if self.amber == self.red => "amber or red",
            false => "amber",
        };
        let first = if self.amber.is_empty() { &self.red } else { &self.amber };
        let besides: Vec<String> = self.red.iter().filter(|own| !first.contains(own)).cloned().collect();
        let besides = match besides.as_slice() {
            [] => String::new(),
            [one] => format!("; red, also that for {one}"),
            several => format!("; red, also those for {}", list(several)),
        };
        let conditions = conditions(first);
        NextStep {
            words: format!("{subject} {bad} in {period} would meet {conditions}{besides}."),
            of_one: (!of_any)
                .then(|| format!("If it is {bad} in {period}, that meets {conditions}{besides}.")),
            kpis: self.kpis,
        }
    }
}

/// `the condition for Termination (clause 6.5)`, `the conditions for A and B`.
fn conditions(named: &[String]) -> String {
    let conditions = if named.len() == 1 { "condition" } else { "conditions" };
    format!("the {conditions} for {}", list(named))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Frequency;
    use chrono::NaiveDate;

    use super::super::fixture::{Return, World};
    use crate::contract::fixture;

    fn group(lone_targets: bool, amber: &[&str], red: &[&str], kpis: &[&str]) -> Group {
        let day = NaiveDate::from_ymd_opt(2024, 6, 1).unwrap();
        let own = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Group {
            period: Period::containing(day, Frequency::Month, 4),
            answers: false,
            lone_targets,
            amber: own(amber),
            red: own(red),
            kpis: own(kpis),
        }
    }

    #[test]
    fn table_of_cases() {
        for (group, words, of_one) in [
            (
                group(true, &[], &["A (clause 1)"], &["1", "2", "3"]),
                "Any KPI missed in June 2024 would meet the condition for A (clause 1).",
                "",
            ),
            (
                group(true, &[], &["A (clause 1)", "B (clause 2)"], &["1", "3"]),
                "KPI 1 or 3 missed in June 2024 would meet the conditions for A (clause 1) and B (clause 2).",
                "If it is missed in June 2024, that meets the conditions for A (clause 1) and B (clause 2).",
            ),
            (
                group(false, &["A (clause 1)"], &["A (clause 1)"], &["2"]),
                "KPI 2 amber or red in June 2024 would meet the condition for A (clause 1).",
                "If it is amber or red in June 2024, that meets the condition for A (clause 1).",
            ),
            (
                group(false, &["A (clause 1)"], &["A (clause 1)", "B (clause 2)"], &["2"]),
                "KPI 2 amber in June 2024 would meet the condition for A (clause 1); red, also that for B (clause 2).",
                "If it is amber in June 2024, that meets the condition for A (clause 1); red, also that for B (clause 2).",
            ),
            (
                group(false, &[], &["B (clause 2)"], &["1", "2"]),
                "KPI 1 or 2 red in June 2024 would meet the condition for B (clause 2).",
                "If it is red in June 2024, that meets the condition for B (clause 2).",
            ),
        ] {
            let told = group.told(3);
            assert_eq!((told.words.as_str(), told.of_one.unwrap_or_default().as_str()), (words, of_one));
        }
    }

    /// The next steps of the newest pack, after quarters in which so many of ten spot checks were done.
    fn after(done: &[i64], conditions: &str) -> Vec<String> {
        let firsts = ["2020-04-01", "2020-07-01", "2020-10-01", "2021-01-01"];
        let mut world = World::new("2020-04-01", "2021-02-01");
        world.contract = fixture::supported_with(conditions);
        world.returns = firsts
            .iter()
            .zip(done)
            .map(|(first, done)| Return::of(first).checks(None, *done, 10).received())
            .collect();
        let review = world.review();
        let (newest, earlier) = review.packs.split_last().unwrap();
        assert!(earlier.iter().all(|pack| pack.next_steps.is_empty()));
        newest.next_steps.iter().map(|step| step.words.clone()).collect()
    }

    #[test]
    fn the_contracts_own_conditions_say_what_comes_next() {
        let condition = |any: &str| {
            format!(
                "[[escalations]]\nid = \"poor\"\ntitle = \"Poor\"\nclause = \"6\"\naction = \"Act.\"\nany = [{any}]\n"
            )
        };
        let run = condition("{ ratings-in-a-row = { of = \"any-kpi\", rating = \"red\", periods = 2 } }");
        let year = condition("{ kpis-missed = { at-least = 2, within = \"year\", count = \"misses\" } }");
        let told =
            vec!["KPI 2 missed in 2020-21 Q4 would meet the condition for Poor (clause 6).".to_string()];
        for (done, conditions, expected) in [
            // One red quarter is one short of two in a row.
            (&[9, 9, 8][..], &run, told.clone()),
            (&[8, 9, 9], &run, vec![]),
            (&[9, 9, 9], &run, vec![]),
            // What is met already is no next step.
            (&[9, 8, 8], &run, vec![]),
            (&[8, 9, 9], &year, told.clone()),
            (&[9, 9, 9], &year, vec![]),
        ] {
            assert_eq!(after(done, conditions), expected, "{done:?} {conditions}");
        }
    }
}
