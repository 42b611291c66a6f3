//! So many targets missed in a window.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::facts::{ConditionRule, Distance, Facts, Hit, RatingFact, Window, more, said};
use super::{Family, RuleKind};
use crate::domain::escalation::Evidence;
use crate::domain::period::Period;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "kpis-missed",
    family: Family::Condition,
    summary: "So many targets are missed within a window.",
    documentation: "\
Settings: `at-least`; `within`, `quarter` or `year` (the periods that make twelve months); `count`, `kpis` (different KPIs, \
each missed at least once; the default) or `misses`; `watch-areas`, whether reading by one area alone is watched.

The figures for the whole contract decide. Reliefs do not count. KPIs whose return is missing or cannot be used are unknown: \
where they could make up the number the condition is watched, never met.

Example: `kpis-missed = { at-least = 5, within = \"year\", count = \"kpis\", watch-areas = true }`",
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Different KPIs, each missed at least once.
    #[default]
    Kpis,
    /// Every miss.
    Misses,
}

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KpisMissed {
    /// How many make the condition.
    pub at_least: usize,
    /// Window.
    #[serde(default)]
    pub within: Window,
    /// What is counted.
    #[serde(default)]
    pub count: Counted,
    /// Whether reading by one area alone is watched.
    #[serde(default)]
    pub watch_areas: bool,
}

impl ConditionRule for KpisMissed {
    fn describe(&self) -> String {
        let what = match (self.at_least, self.count) {
            (1, _) => "a KPI misses its target".to_string(),
            (number, Counted::Kpis) => format!("{number} or more different KPIs miss their targets"),
            (number, Counted::Misses) => format!("targets are missed {number} times or more"),
        };
        let areas = if self.watch_areas {
            " (where one area's figures alone would reach it, it is watched)"
        } else {
            ""
        };
        format!("{what} in {}{areas}", self.within.words())
    }

    /// The periods in which the condition holds. A period counts when it adds something to its window.
    fn hits(&self, facts: &Facts) -> Vec<Hit> {
        facts.periods.iter().filter_map(|period| self.judge(facts, period)).collect()
    }

    fn distance(&self, facts: &Facts) -> Distance {
        let Some(period) = facts.periods.last() else {
            return Distance::said("nothing is rated yet");
        };
        let start = self.within.start(period);
        let window: Vec<&RatingFact> =
            facts.ratings.iter().filter(|f| f.period.from >= start && f.period.to <= period.to).collect();
        let tally = Tally::of(&window, None);
        let number = tally.number(self.count);
        let steps = self.at_least.saturating_sub(number).max(1);
        let what = match (self.count, steps) {
            (Counted::Kpis, 1) => "KPI missed",
            (Counted::Kpis, _) => "different KPIs missed",
            (Counted::Misses, 1) => "target missed",
            (Counted::Misses, _) => "targets missed",
        };
        let words = match number {
            0 if steps == 1 => format!("any {what} in {} would meet it; none now", self.within.words()),
            0 => format!("{steps} {what} in {} would meet it; none now", self.within.words()),
            _ => format!("{} {what} in {} would meet it; {number} now", more(steps), self.within.words()),
        };
        Distance::steps(steps, words, tally.evidence())
    }
}

impl KpisMissed {
    fn judge(&self, facts: &Facts, period: &Period) -> Option<Hit> {
        let start = self.within.start(period);
        let in_window = |fact: &&RatingFact| fact.period.from >= start && fact.period.to <= period.to;
        let window: Vec<&RatingFact> = facts.ratings.iter().filter(in_window).collect();
        if !window.iter().any(|fact| fact.period == *period) {
            return None;
        }
        let whole = Tally::of(&window, None);
        let number = whole.number(self.count);
        if number >= self.at_least {
            return Some(Hit::met(*period, self.evidence(&whole, number)));
        }
        let possible = whole.possible(self.count);
        if !whole.unknown.is_empty() && number > 0 && possible >= self.at_least {
            let mut evidence = self.evidence(&whole, number);
            evidence.push(said(format!("Not known: {}.", whole.unknown_words())));
            let distance = format!(
                "met if {} of what is missing or invalid turns out missed",
                count_words(self.at_least - number)
            );
            return Some(Hit::watched(*period, evidence, distance));
        }
        if !self.watch_areas {
            return None;
        }
        let areas: BTreeSet<&str> = window.iter().filter_map(|fact| fact.area.as_deref()).collect();
        for area in areas {
            let tally = Tally::of(&window, Some(area));
            let number = tally.number(self.count);
            if number >= self.at_least {
                let mut evidence = vec![said(format!(
                    "Read for {area} alone, {number} targets were missed in {}; read for the whole contract it is {}.",
                    self.within.words(),
                    whole.number(self.count)
                ))];
                evidence.extend(tally.evidence());
                let distance = format!(
                    "{} more for the whole contract",
                    count_words(self.at_least - whole.number(self.count))
                );
                return Some(Hit::watched(*period, evidence, distance));
            }
        }
        None
    }

    fn evidence(&self, tally: &Tally<'_>, number: usize) -> Vec<Evidence> {
        let mut evidence = Vec::new();
        if self.at_least > 1 {
            let misses = tally.missed.values().map(Vec::len).sum::<usize>();
            let what = match self.count {
                Counted::Kpis => "Different KPIs missed",
                Counted::Misses => "Targets missed",
            };
            evidence.push(said(format!(
                "{what}: {number} in {}; {misses} misses in all; {} or more meet the condition.",
                self.within.words(),
                self.at_least
            )));
        }
        evidence.extend(tally.evidence());
        evidence
    }
}

fn count_words(number: usize) -> String {
    if number == 1 { "one".into() } else { number.to_string() }
}

struct Tally<'a> {
    missed: BTreeMap<&'a str, Vec<&'a RatingFact>>,
    unknown: BTreeMap<&'a str, Vec<&'a RatingFact>>,
}

impl<'a> Tally<'a> {
    fn of(window: &[&'a RatingFact], area: Option<&str>) -> Self {
        let mut tally = Self { missed: BTreeMap::new(), unknown: BTreeMap::new() };
        for fact in window.iter().filter(|fact| fact.area.as_deref() == area) {
            if fact.is_missed() {
                tally.missed.entry(&fact.kpi).or_default().push(fact);
            } else if fact.is_unknown() {
                tally.unknown.entry(&fact.kpi).or_default().push(fact);
            }
        }
        tally
    }

    fn number(&self, counted: Counted) -> usize {
        match counted {
            Counted::Kpis => self.missed.len(),
            Counted::Misses => self.missed.values().map(Vec::len).sum(),
        }
    }

    fn possible(&self, counted: Counted) -> usize {
        match counted {
            Counted::Kpis => self.missed.keys().chain(self.unknown.keys()).collect::<BTreeSet<_>>().len(),
            Counted::Misses => self.missed.values().chain(self.unknown.values()).map(Vec::len).sum(),
        }
    }

    fn unknown_words(&self) -> String {
        let periods: BTreeSet<Period> = self.unknown.values().flatten().map(|fact| fact.period).collect();
        periods.iter().map(Period::label).collect::<Vec<_>>().join(", ")
    }

    fn evidence(&self) -> Vec<Evidence> {
        let mut facts: Vec<&&RatingFact> = self.missed.values().flatten().collect();
        facts.sort_by_key(|fact| fact.period);
        facts.iter().map(|fact| Evidence { text: fact.words.clone(), cells: fact.cells.clone() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::testing::{facts, labels, rating};
    use super::*;
    use crate::domain::escalation::EscalationStatus::{Triggered, Watch};
    use crate::domain::rating::Rating::{Green, NoReturn, Red};

    const QUARTERS: [&str; 5] = ["2024-09-01", "2024-12-01", "2025-03-01", "2025-06-01", "2025-09-01"];

    fn rule() -> KpisMissed {
        KpisMissed { at_least: 5, within: Window::Year, count: Counted::Kpis, watch_areas: true }
    }

    #[test]
    fn five_different_kpis_in_four_quarters() {
        let mut case = facts("2025-12-31");
        for (quarter, missed) in
            QUARTERS.iter().zip([vec!["1"], vec!["2"], vec!["3"], vec!["4", "4b"], vec![]])
        {
            case.ratings.push(rating("9", None, quarter, Green));
            case.ratings.extend(missed.iter().map(|kpi| rating(kpi, None, quarter, Red)));
        }
        // In the fifth quarter the first has left the window: four are left.
        assert_eq!(labels(&rule().hits(&case)), [("2024-25 Q4".to_string(), Triggered)]);
    }

    #[test]
    fn the_same_kpi_again_is_one_kpi_but_several_misses() {
        let mut case = facts("2025-12-31");
        case.ratings.extend(QUARTERS.iter().map(|quarter| rating("7", None, quarter, Red)));
        assert_eq!(rule().hits(&case), []);
        let misses = KpisMissed { at_least: 4, count: Counted::Misses, ..rule() };
        assert_eq!(
            labels(&misses.hits(&case)),
            [("2024-25 Q4".to_string(), Triggered), ("2025-26 Q1".to_string(), Triggered)]
        );
    }

    #[test]
    fn relief_does_not_count() {
        let mut case = facts("2024-11-30");
        case.ratings.push(RatingFact { relieved: true, ..rating("1", None, QUARTERS[0], Red) });
        let one = KpisMissed { at_least: 1, within: Window::Quarter, ..rule() };
        assert_eq!(one.hits(&case), []);
        case.ratings[0].relieved = false;
        assert_eq!(labels(&one.hits(&case)), [("2024-25 Q1".to_string(), Triggered)]);
    }

    #[test]
    fn one_area_alone_and_what_is_unknown_are_watched() {
        let mut case = facts("2024-11-30");
        for kpi in ["1", "2", "3", "4", "5"] {
            case.ratings.push(rating(kpi, None, QUARTERS[0], Green));
            case.ratings.push(rating(kpi, Some("East"), QUARTERS[0], Red));
        }
        assert_eq!(labels(&rule().hits(&case)), [("2024-25 Q1".to_string(), Watch)]);

        let mut case = facts("2025-02-28");
        case.ratings.push(rating("1", None, QUARTERS[0], Red));
        case.ratings.extend(["1", "2", "3", "4"].map(|kpi| rating(kpi, None, QUARTERS[1], NoReturn)));
        assert_eq!(rule().hits(&case), []);
        case.ratings.push(rating("5", None, QUARTERS[1], NoReturn));
        assert_eq!(labels(&rule().hits(&case)), [("2024-25 Q2".to_string(), Watch)]);
    }
}
