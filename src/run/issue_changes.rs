//! What differs between what was issued and what is so now, in sentences.

use std::collections::BTreeMap;

use crate::domain::period::long_date;
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::output::issue_json::{
    ConditionEntry, Facts, FigureEntry, InputEntry, OverallEntry, SubmissionEntry,
};

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// Figures and ratings.
    pub figures: Vec<String>,
    /// Returns and conditions.
    pub others: Vec<String>,
}

impl Differences {
    /// All of them, figures first.
    pub fn all(&self) -> Vec<String> {
        self.figures.iter().chain(&self.others).cloned().collect()
    }
}

/// What differs between `issued` and `now`; `own` is the label of the pack's period, which is not said of what is of it.
pub fn differences(issued: &Facts, now: &Facts, own: &str) -> Differences {
    let mut figures = figures(&issued.figures, &now.figures, own);
    figures.extend(overall(&issued.overall, &now.overall, own));
    let (mut others, told) = submissions(&issued.submissions, &now.submissions);
    others.extend(inputs(&issued.inputs, &now.inputs, &told));
    others.extend(conditions(&issued.conditions, &now.conditions, own));
    Differences { figures, others }
}

/// The entries of both sides by what they are of, in the order of the newer side, those that are gone behind them.
fn pairs<'a, T, K: Ord + Copy>(
    issued: &'a [T],
    now: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let before: BTreeMap<K, &T> = issued.iter().map(|own| (key(own), own)).collect();
    let after: BTreeMap<K, &T> = now.iter().map(|own| (key(own), own)).collect();
    let still = now.iter().map(|own| (before.get(&key(own)).copied(), Some(own)));
    let gone = issued.iter().filter(|own| !after.contains_key(&key(own))).map(|own| (Some(own), None));
    still.chain(gone).collect()
}

fn figures(issued: &[FigureEntry], now: &[FigureEntry], own: &str) -> Vec<String> {
    let key = |figure: &'_ FigureEntry| (figure.from, figure.kpi.clone(), figure.area.clone());
    let keyed = |all: &[FigureEntry]| -> BTreeMap<_, FigureEntry> {
        all.iter().map(|figure| (key(figure), figure.clone())).collect()
    };
    let (before, after) = (keyed(issued), keyed(now));
    let mut lines = Vec::new();
    for figure in now {
        let name = name(figure, own);
        match before.get(&key(figure)) {
            None => lines.push(format!("{name} had no figure when issued, now {}.", words(figure, false))),
            Some(old) if is_same(old, figure) => {}
            Some(old) => {
                // Where both are shown alike, what they are made of tells them apart.
                let parts = words(old, false) == words(figure, false);
                lines.push(format!(
                    "{name} was {} when issued, now {}.",
                    words(old, parts),
                    words(figure, parts)
                ));
            }
        }
    }
    for old in issued.iter().filter(|old| !after.contains_key(&key(old))) {
        lines.push(format!(
            "{} was {} when issued, and has no figure now.",
            name(old, own),
            words(old, false)
        ));
    }
    lines
}

fn is_same(old: &FigureEntry, new: &FigureEntry) -> bool {
    (&old.value, &old.numerator, &old.denominator, &old.rating, &old.shown, &old.target, old.relief)
        == (&new.value, &new.numerator, &new.denominator, &new.rating, &new.shown, &new.target, new.relief)
}

/// `KPI 5`, `KPI 5, Cheshire East, May 2026`; an area of scores by its title.
fn name(figure: &FigureEntry, own: &str) -> String {
    let mut name =
        if figure.unit == Unit::Score { figure.title.clone() } else { format!("KPI {}", figure.kpi) };
    if let Some(area) = &figure.area {
        name.push_str(&format!(", {area}"));
    }
    if figure.period != own {
        name.push_str(&format!(", {}", figure.period));
    }
    name
}

/// `95% (green)`; with `parts` also what the value is made of and the target.
fn words(figure: &FigureEntry, parts: bool) -> String {
    let rating = rating(&figure.rating);
    let mut aside: Vec<String> = Vec::new();
    if parts {
        if let (Some(numerator), Some(denominator)) = (&figure.numerator, &figure.denominator) {
            aside.push(format!("{numerator} of {denominator}"));
        } else if let Some(value) = &figure.value {
            aside.push(format!("exactly {value}"));
        }
        aside.extend(figure.target.iter().map(|target| format!("target {target}")));
    }
    if figure.shown != rating {
        aside.push(rating);
    }
    if figure.relief {
        aside.push("relief agreed".to_string());
    }
    if aside.is_empty() { figure.shown.clone() } else { format!("{} ({})", figure.shown, aside.join(", ")) }
}

fn rating(id: &str) -> String {
    let known = Rating::ALL.iter().find(|rating| rating.id() == id);
    known.map_or_else(|| id.to_string(), |rating| rating.word().to_lowercase())
}

fn overall(issued: &[OverallEntry], now: &[OverallEntry], own: &str) -> Vec<String> {
    let of = |period: &str| if period == own { String::new() } else { format!(" of {period}") };
    pairs(issued, now, |entry| entry.period.as_str())
        .into_iter()
        .filter_map(|pair| match pair {
            (Some(old), Some(new)) if old.rating != new.rating => Some(format!(
                "The overall rating{} was {} when issued, now {}.",
                of(&new.period),
                rating(&old.rating),
                rating(&new.rating)
            )),
            (None, Some(new)) => Some(format!(
                "There was no overall rating{} when issued, now it is {}.",
                of(&new.period),
                rating(&new.rating)
            )),
            (Some(old), None) => Some(format!(
                "The overall rating{} was {} when issued; there is none now.",
                of(&old.period),
                rating(&old.rating)
            )),
            _ => None,
        })
        .collect()
}

/// What a return is called.
fn called(title: &str, period: &str, area: Option<&String>) -> String {
    let area = area.map(|area| format!(", {area}")).unwrap_or_default();
    format!("{title}, {period}{area}")
}

/// What became of the returns, and those told of.
fn submissions(issued: &[SubmissionEntry], now: &[SubmissionEntry]) -> (Vec<String>, Vec<String>) {
    let (mut lines, mut told) = (Vec::new(), Vec::new());
    let standing = |own: &SubmissionEntry| {
        let received = own.received.map(|day| format!(", received {}", long_date(day))).unwrap_or_default();
        format!("{}{received}", own.status.replace('-', " "))
    };
    let key = |own: &'_ SubmissionEntry| (own.period.clone(), own.form.clone(), own.area.clone());
    for new in now {
        let name = called(&new.title, &new.period, new.area.as_ref());
        match issued.iter().find(|old| key(old) == key(new)) {
            Some(old) if (&old.status, old.received) != (&new.status, new.received) => {
                lines.push(format!("{name}: {} when issued, now {}.", standing(old), standing(new)));
                told.push(name);
            }
            Some(old) if old.due != new.due => lines.push(format!(
                "{name}: due {} when issued, now {}.",
                long_date(old.due),
                long_date(new.due)
            )),
            Some(_) => {}
            None => {
                lines.push(format!("{name}: not looked for when issued, now {}.", standing(new)));
                told.push(name);
            }
        }
    }
    for old in issued.iter().filter(|old| !now.iter().any(|new| key(new) == key(old))) {
        lines.push(format!(
            "{}: {} when issued, not looked for now.",
            called(&old.title, &old.period, old.area.as_ref()),
            standing(old)
        ));
    }
    (lines, told)
}

/// Versions that have come since, or are no longer counted, of returns not `told` of.
fn inputs(issued: &[InputEntry], now: &[InputEntry], told: &[String]) -> Vec<String> {
    let name = |own: &InputEntry| called(&own.title, &own.period, own.area.as_ref());
    let is_among = |own: &InputEntry, others: &[InputEntry]| {
        others.iter().any(|other| other.sha256 == own.sha256 && name(other) == name(own))
    };
    let come = now.iter().filter(|own| !is_among(own, issued) && !told.contains(&name(own)));
    let come = come.map(|own| {
        format!(
            "{}: a version received {} has come since ({}).",
            name(own),
            long_date(own.received),
            own.file
        )
    });
    let gone = issued.iter().filter(|own| !is_among(own, now));
    let gone = gone.map(|own| {
        format!(
            "{}: the version received {} is no longer counted ({}).",
            name(own),
            long_date(own.received),
            own.file
        )
    });
    come.chain(gone).collect()
}

fn conditions(issued: &[ConditionEntry], now: &[ConditionEntry], own: &str) -> Vec<String> {
    let standing = |entry: Option<&ConditionEntry>| match entry.map(|entry| entry.status.as_str()) {
        Some("triggered") => "condition met".to_string(),
        Some(other) => other.to_string(),
        None => "not met".to_string(),
    };
    pairs(issued, now, |entry| (entry.id.as_str(), entry.period.as_str()))
        .into_iter()
        .filter(|(old, new)| old.map(|own| &own.status) != new.map(|own| &own.status))
        .filter_map(|(old, new)| {
            let known = new.or(old)?;
            let of = if known.period == own { String::new() } else { format!(", {}", known.period) };
            let clause =
                if known.clause.is_empty() { String::new() } else { format!(" (clause {})", known.clause) };
            Some(format!(
                "{}{clause}{of}: {} when issued, now {}.",
                known.title,
                standing(old),
                standing(new)
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn figure(shown: &str, value: &str, parts: (u32, u32), rating: &str) -> FigureEntry {
        FigureEntry {
            kpi: "5".into(),
            title: "Referrals allocated".into(),
            area: None,
            period: "2025-26 Q1".into(),
            from: day("2025-09-01"),
            to: day("2025-11-30"),
            value: Some(value.into()),
            numerator: Some(parts.0.to_string()),
            denominator: Some(parts.1.to_string()),
            unit: Unit::Percent,
            shown: shown.into(),
            target: Some(">= 95%".into()),
            rating: rating.into(),
            relief: false,
        }
    }

    fn told(old: &[FigureEntry], new: &[FigureEntry]) -> Vec<String> {
        figures(old, new, "2025-26 Q1")
    }

    #[test]
    fn figures_are_told_with_value_and_rating_then_and_now() {
        let green = figure("95%", "0.95", (19, 20), "green");
        let red = figure("90%", "0.9", (18, 20), "red");
        let east = |own: &FigureEntry| FigureEntry { area: Some("Cheshire East".into()), ..own.clone() };
        let month = FigureEntry { period: "2025-11".into(), from: day("2025-11-01"), ..red.clone() };
        let alike = figure("95%", "0.9500001", (38, 40), "green");
        let none = FigureEntry {
            value: None,
            numerator: None,
            denominator: None,
            ..figure("no return", "", (0, 0), "no-return")
        };
        let moved = FigureEntry { target: Some(">= 90%".into()), ..green.clone() };
        let score = FigureEntry {
            unit: Unit::Score,
            title: "People".into(),
            ..figure("3.2", "3.2", (0, 0), "amber")
        };
        let relieved = FigureEntry { relief: true, ..red.clone() };
        for (old, new, line) in [
            (&[green.clone()][..], &[green.clone()][..], ""),
            (&[green.clone()], &[red.clone()], "KPI 5 was 95% (green) when issued, now 90% (red)."),
            (&[none.clone()], &[red.clone()], "KPI 5 was no return when issued, now 90% (red)."),
            (&[], &[red.clone()], "KPI 5 had no figure when issued, now 90% (red)."),
            (&[red.clone()], &[], "KPI 5 was 90% (red) when issued, and has no figure now."),
            (
                &[east(&green)],
                &[east(&red)],
                "KPI 5, Cheshire East was 95% (green) when issued, now 90% (red).",
            ),
            (&[], &[month], "KPI 5, 2025-11 had no figure when issued, now 90% (red)."),
            (
                &[green.clone()],
                &[alike],
                "KPI 5 was 95% (19 of 20, target >= 95%, green) when issued, now 95% (38 of 40, target >= 95%, green).",
            ),
            (
                &[green.clone()],
                &[moved],
                "KPI 5 was 95% (19 of 20, target >= 95%, green) when issued, now 95% (19 of 20, target >= 90%, green).",
            ),
            (&[], &[score], "People had no figure when issued, now 3.2 (amber)."),
            (&[red], &[relieved], "KPI 5 was 90% (red) when issued, now 90% (red, relief agreed)."),
        ] {
            let expected: Vec<&str> = Some(line).filter(|line| !line.is_empty()).into_iter().collect();
            assert_eq!(told(old, new), expected);
        }
    }

    #[test]
    fn returns_and_conditions_are_told_once() {
        let submission = |status: &str, received: Option<&str>| SubmissionEntry {
            form: "kpi".into(),
            title: "Quarterly KPIs".into(),
            period: "2025-26 Q1".into(),
            area: None,
            due: day("2025-12-14"),
            received: received.map(day),
            status: status.into(),
        };
        let input = |sha256: &str| InputEntry {
            form: "kpi".into(),
            title: "Quarterly KPIs".into(),
            period: "2025-26 Q1".into(),
            area: None,
            file: "returns/a.xlsx".into(),
            sha256: sha256.into(),
            received: day("2026-02-03"),
        };
        let condition = |status: &str| ConditionEntry {
            id: "plan".into(),
            title: "Improvement Plan".into(),
            clause: "6.1".into(),
            period: "2025-26 Q1".into(),
            status: status.into(),
        };
        let facts =
            |submission: SubmissionEntry, inputs: Vec<InputEntry>, conditions: Vec<ConditionEntry>| Facts {
                inputs,
                submissions: vec![submission],
                figures: Vec::new(),
                overall: Vec::new(),
                conditions,
            };
        let missing = facts(submission("missing", None), vec![], vec![condition("watch")]);
        let late =
            facts(submission("late", Some("2026-02-03")), vec![input("1")], vec![condition("triggered")]);
        assert_eq!(
            differences(&missing, &late, "2025-26 Q1").others,
            [
                "Quarterly KPIs, 2025-26 Q1: missing when issued, now late, received 3 February 2026.",
                "Improvement Plan (clause 6.1): watch when issued, now condition met.",
            ]
        );
        let again = facts(submission("late", Some("2026-02-03")), vec![input("1"), input("2")], vec![]);
        assert_eq!(
            differences(&late, &again, "2025-26 Q1").others,
            [
                "Quarterly KPIs, 2025-26 Q1: a version received 3 February 2026 has come since (returns/a.xlsx).",
                "Improvement Plan (clause 6.1): condition met when issued, now not met.",
            ]
        );
        assert_eq!(differences(&late, &late, "2025-26 Q1"), Differences::default());
    }
}
