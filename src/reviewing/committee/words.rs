//! What is said to a committee, from figures already suppressed: no sentence here can hold a number that may not be shown.

use std::cmp::Ordering;

use super::super::sentences::{in_short, list};
use crate::contract::Contract;
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::domain::text::{capital, number_of};
use crate::review::RatedFigure;
use crate::review::committee::{CommitteeFigure, CommitteeKpi, CommitteePack};

/// `96.7% (174 of 180)`, `suppressed`; nothing where there is no figure.
fn figure(own: &CommitteeFigure) -> Option<String> {
    let parts = own.shown().out_of().map(|parts| format!(" ({parts})")).unwrap_or_default();
    own.words().map(|words| format!("{words}{parts}"))
}

/// A condition in words for those who have never seen the officers' register.
pub fn public(condition: &str) -> String {
    condition
        .replace("the register does not record", "the council has not recorded")
        .replace("the register records", "the council has recorded")
        .replace("the register says that", "by the council’s record")
        .replace("until it records", "until it has recorded")
        .replace("in the register", "on the council’s record")
}

/// `green`, `rating withheld`.
fn rated(own: &CommitteeFigure) -> String {
    own.rating().map_or_else(|| "rating withheld".to_string(), |rating| rating.word().to_lowercase())
}

/// What is said of a KPI, `before` being its figure of the period before.
pub fn of_kpi(line: &CommitteeKpi, before: Option<&CommitteeFigure>) -> Vec<String> {
    let mut sentences = Vec::new();
    if line.within.len() > 1 {
        let each: Vec<String> = line
            .within
            .iter()
            .map(|own| {
                let words = figure(own).map(|words| format!(", {words}")).unwrap_or_default();
                format!("{} in {}{words}", rated(own), own.shown().period.describe())
            })
            .collect();
        sentences.push(format!("{}.", capital(&each.join("; "))));
    } else {
        sentences.push(main(&line.whole));
    }
    if line.whole.value().is_some() {
        sentences.extend(line.whole.shown().partial.clone());
    }
    if line.whole.is_relieved() {
        sentences.push("The council has agreed relief: the rating does not count.".to_string());
    }
    if !line.areas.is_empty() {
        let each: Vec<String> = line
            .areas
            .iter()
            .map(|own| {
                let area = own.shown().area.as_deref().unwrap_or_default();
                match figure(own) {
                    Some(words) => format!("{area} {words}, {}", rated(own)),
                    None => format!("{area} {}", rated(own)),
                }
            })
            .collect();
        sentences.push(format!("{}.", each.join("; ")));
    }
    if let Some(before) = before.filter(|own| own.value().is_some() && line.whole.value().is_some()) {
        let from = if line.whole.value() == before.value() { " from" } else { " in" };
        sentences.push(format!(
            "{}{from} {}.",
            change(before, &line.whole),
            in_short(&before.shown().period)
        ));
    }
    let below = |own: &&CommitteeFigure| matches!(own.rating(), Some(Rating::Red | Rating::Amber));
    let run = line.history.iter().rev().take_while(below).count();
    if run >= 2 {
        let whole = line.whole.shown();
        let times = if whole.is_area() { "reviews" } else { "periods" };
        let verb = match (whole.unit, whole.thresholds.len()) {
            (Unit::Answer, _) => "Not met",
            (_, 0 | 1) => "Missed",
            _ => "Amber or red",
        };
        sentences.push(format!("{verb} in {run} {times} in a row."));
    }
    sentences
}

/// The one sentence on a figure by itself.
fn main(own: &CommitteeFigure) -> String {
    let shown = own.shown();
    let Some(rating) = own.rating() else {
        return "The figure is suppressed, and its rating withheld, since the rating would give the figure away."
            .to_string();
    };
    let words = figure(own).unwrap_or_default();
    let told = match own.instead() {
        Some(_) => format!("the figure is {words}"),
        None => words.clone(),
    };
    let target = shown.against().map(|aim| match shown.local {
        true => aim,
        false => format!("target of {aim}"),
    });
    match (rating, target) {
        (Rating::NoReturn, _) => "The return for this period has not been received.".to_string(),
        (Rating::Invalid, _) => "A return was received, but this figure cannot be used.".to_string(),
        (Rating::NoActivity, _) => "Nothing happened in the period that could be measured.".to_string(),
        (Rating::Green | Rating::Stretch, _) if shown.unit == Unit::Answer => {
            "The standard is met.".to_string()
        }
        (_, _) if shown.unit == Unit::Answer && rating.is_judgement() => {
            "The standard is not met.".to_string()
        }
        (Rating::NotRated, _) => format!("{}; no target is set.", capital(&told)),
        (_, Some(_)) if shown.is_area() => {
            let aim = shown.aim.as_deref().unwrap_or_default();
            format!("{}: {told} (green is {aim}).", rating.word())
        }
        (Rating::Stretch, Some(target)) => format!("Better than the {}: {told}.", without_article(&target)),
        (Rating::Green, Some(target)) => format!("The {} was met: {told}.", without_article(&target)),
        (Rating::Amber, Some(target)) => {
            format!("Short of the {}, but not in the red band: {told}.", without_article(&target))
        }
        (_, Some(target)) => {
            format!("The {} was missed: {told}.{}", without_article(&target), short_of(shown))
        }
        (rating, None) => format!("{}: {told}.", rating.word()),
    }
}

/// A local target is told with its article.
fn without_article(target: &str) -> &str {
    target.strip_prefix("a ").unwrap_or(target)
}

/// ` 1 more would have met it.`
fn short_of(figure: &RatedFigure) -> String {
    match figure.short_of {
        Some((number, Rating::Green)) if figure.thresholds.len() == 1 => {
            let more = if figure.lower_is_better { "fewer" } else { "more" };
            format!(" {number} {more} would have met it.")
        }
        _ => String::new(),
    }
}

/// `Up from 92.5%`; where a figure is suppressed, what may be said of the ratings.
pub fn change(before: &CommitteeFigure, now: &CommitteeFigure) -> String {
    let then = before.shown().shown();
    match (now.value(), before.value()) {
        (Some(own), Some(other)) => match own.cmp(&other) {
            Ordering::Equal => "Unchanged".to_string(),
            Ordering::Greater => format!("Up from {then}"),
            Ordering::Less => format!("Down from {then}"),
        },
        _ => match (now.rating(), before.rating()) {
            (Some(_), Some(Rating::NoReturn)) => "Not reported before".to_string(),
            (Some(_), Some(Rating::Invalid)) => "Could not be used before".to_string(),
            (Some(_), Some(Rating::NoActivity)) => "Nothing to measure before".to_string(),
            (Some(own), Some(other)) if own == other && own.is_judgement() => {
                format!("Was {} too", own.word().to_lowercase())
            }
            (Some(_), Some(other)) if other.is_judgement() => format!("Was {}", other.word().to_lowercase()),
            _ => "Not compared".to_string(),
        },
    }
}

/// What changed since the last period: ratings that are shown of both.
pub fn changes(kpis: &[CommitteeKpi]) -> Vec<String> {
    let mut changes = Vec::new();
    for line in kpis {
        let shown = line.whole.shown();
        let before = match shown.is_area() {
            true => line.history.iter().rev().find(|own| own.shown().period < shown.period),
            false => line.history.iter().find(|own| own.shown().period == shown.period.previous()),
        };
        let Some(before) = before else { continue };
        let stand = |own: &CommitteeFigure, rating: Rating| {
            let value = own.value().map(|_| format!(" ({})", own.shown().shown())).unwrap_or_default();
            let when = match own.shown().period.frequency {
                crate::domain::period::Frequency::Month => format!(" in {}", own.shown().period.describe()),
                _ => String::new(),
            };
            format!("{}{value}{when}", rating.word().to_lowercase())
        };
        if let (Some(now), Some(then)) = (line.whole.rating(), before.rating())
            && now != then
            && (now.is_judgement() || then.is_judgement())
        {
            changes.push(format!(
                "{}: from {} to {}.",
                shown.in_full(),
                stand(before, then),
                stand(&line.whole, now)
            ));
        }
    }
    changes
}

/// What is called what in a paper: `target`, `standard`, `area`, or `rating` where a period holds several.
fn things(paper: &CommitteePack) -> (&'static str, &'static str) {
    let judged = || {
        let within = paper.kpis.iter().flat_map(|line| &line.within);
        within.filter(|own| own.rating().is_some_and(Rating::is_judgement)).map(CommitteeFigure::shown)
    };
    if judged().all(RatedFigure::is_area) {
        ("area", "areas")
    } else if paper.kpis.iter().any(|line| line.within.len() > 1) {
        ("rating", "ratings")
    } else if judged().all(|own| own.unit == Unit::Answer) {
        ("standard", "standards")
    } else {
        ("target", "targets")
    }
}

/// The KPIs so rated in the period, each once: `KPI 5`, `KPIs 5 and 7`; areas by their titles.
fn with(paper: &CommitteePack, rating: Rating) -> Option<String> {
    let own = paper.kpis.iter().filter(|line| line.within.iter().any(|own| own.rating() == Some(rating)));
    let lines: Vec<&RatedFigure> = own.map(|line| line.whole.shown()).collect();
    let areas = lines.iter().all(|own| own.is_area());
    let names: Vec<String> =
        lines.iter().map(|own| if areas { own.title.clone() } else { own.kpi.clone() }).collect();
    match names.len() {
        0 => None,
        _ if areas => Some(list(&names)),
        1 => Some(format!("KPI {}", list(&names))),
        _ => Some(format!("KPIs {}", list(&names))),
    }
}

/// The headline: how many targets are met, and which are not.
pub fn headline(paper: &CommitteePack) -> String {
    let number = |wanted: &[Rating]| -> usize {
        paper.counts.iter().filter(|(rating, _)| wanted.contains(rating)).map(|(_, number)| number).sum()
    };
    let (red, amber) = (number(&[Rating::Red]), number(&[Rating::Amber]));
    let judged = red + amber + number(&[Rating::Green, Rating::Stretch]);
    if judged == 0 {
        return match number(&[Rating::NotRated]) {
            0 if paper.withheld > 0 => "Every rating of this period is withheld.".to_string(),
            0 if paper.returns.iter().any(|own| own.status == SubmissionStatus::Missing) => {
                "Nothing can be judged yet: returns are missing.".to_string()
            }
            0 => "There is nothing to judge in this period.".to_string(),
            reported => {
                format!("{} reported; no targets are set.", number_of(reported, "figure is", "figures are"))
            }
        };
    }
    let (one, many) = things(paper);
    let yes_or_no = matches!(one, "target" | "standard");
    let word = |number: usize, rating: &str| match (yes_or_no, rating, one) {
        (true, "red", "target") => format!("{} missed", was(number)),
        (true, "red", _) => format!("{} not met", was(number)),
        (true, _, _) => format!("{} {rating}", was(number)),
        (false, _, _) => format!("{} {rating}", if number == 1 { "is" } else { "are" }),
    };
    let mut parts = Vec::new();
    for (rating, name, number) in [(Rating::Red, "red", red), (Rating::Amber, "amber", amber)] {
        if let Some(kpis) = with(paper, rating) {
            let of = if parts.is_empty() {
                format!(" of {}", number_of(judged, one, many))
            } else {
                String::new()
            };
            parts.push(format!("{number}{of} {}: {kpis}", word(number, name)));
        }
    }
    let headline = match (parts.len(), judged) {
        (0, 1) => format!("The one {one} {}", if yes_or_no { "was met" } else { "is green" }),
        (0, _) => format!("All {judged} {many} {}", if yes_or_no { "were met" } else { "are green" }),
        _ => parts.join("; "),
    };
    let withheld = match paper.withheld {
        0 => String::new(),
        number => format!("; {} withheld", number_of(number, "rating is", "ratings are")),
    };
    format!("{headline}{withheld}.")
}

fn was(number: usize) -> &'static str {
    if number == 1 { "was" } else { "were" }
}

/// A few sentences below the headline.
pub fn summary(paper: &CommitteePack) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(overall(paper));
    for (rating, words) in [
        (Rating::NoReturn, ["1 figure was not reported.", "figures were not reported."]),
        (Rating::Invalid, ["1 figure could not be used.", "figures could not be used."]),
        (Rating::NoActivity, ["1 figure had nothing to measure.", "figures had nothing to measure."]),
    ] {
        match paper.counts.iter().find(|(own, _)| *own == rating) {
            None => {}
            Some((_, 1)) => sentences.push(words[0].to_string()),
            Some((_, number)) => sentences.push(format!("{number} {}", words[1])),
        }
    }
    sentences.extend(reports(paper));
    if !paper.conditions.is_empty() {
        let titles: Vec<String> =
            paper.conditions.iter().map(|own| format!("{} (clause {})", own.title, own.clause)).collect();
        let met = match titles.len() {
            1 => "One condition of the contract is met".to_string(),
            number => format!("{number} conditions of the contract are met"),
        };
        sentences.push(format!("{met}: {}.", list(&titles)));
    }
    if !paper.suppressed.is_empty() {
        sentences.push(
            "Some figures are suppressed, so that nobody can be told apart by them; the last part of this paper says which and why."
                .to_string(),
        );
    }
    sentences
}

/// `The overall rating was green in October 2022 and November 2022 and amber in December 2022.`
fn overall(paper: &CommitteePack) -> Option<String> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for own in &paper.overall {
        let word = match own.rating {
            None => "withheld".to_string(),
            Some(rating) if rating.is_judgement() => rating.word().to_lowercase(),
            Some(rating) => format!("not given ({})", rating.word().to_lowercase()),
        };
        let period = own.period.describe();
        match groups.last_mut() {
            Some((known, periods)) if *known == word => periods.push(period),
            _ => groups.push((word, vec![period])),
        }
    }
    let each: Vec<String> =
        groups.iter().map(|(word, periods)| format!("{word} in {}", list(periods))).collect();
    (!each.is_empty()).then(|| format!("The overall rating was {}.", list(&each)))
}

/// `All 6 reports due came on time.`, `Of 7 reports due, 5 came on time, 1 came late and 1 is missing.`
fn reports(paper: &CommitteePack) -> Option<String> {
    let number = |wanted: SubmissionStatus| paper.returns.iter().filter(|own| own.status == wanted).count();
    let due = paper.returns.len() - number(SubmissionStatus::NotYetDue);
    let parts: Vec<String> = [
        (SubmissionStatus::OnTime, "came on time", "came on time"),
        (SubmissionStatus::Late, "came late", "came late"),
        (SubmissionStatus::Missing, "is missing", "are missing"),
        (SubmissionStatus::Unproven, "came on a day that is not proven", "came on days that are not proven"),
    ]
    .into_iter()
    .filter_map(|(status, one, many)| match number(status) {
        0 => None,
        own if own == due && due == 1 => Some(format!("The one report due {one}.")),
        2 if due == 2 => Some(format!("Both reports due {many}.")),
        own if own == due => Some(format!("All {due} reports due {many}.")),
        own => Some(format!("{own} {}", if own == 1 { one } else { many })),
    })
    .collect();
    match parts.as_slice() {
        [] => None,
        [one] if one.ends_with('.') => Some(one.clone()),
        parts => Some(format!("Of {due} reports due, {}.", list(parts))),
    }
}

/// What is suppressed in the period's own figures, KPI by KPI.
pub fn suppressed(kpis: &[CommitteeKpi]) -> Vec<String> {
    let mut told = Vec::new();
    for line in kpis {
        let several = line.within.len() > 1;
        let hidden: Vec<String> = line
            .within
            .iter()
            .chain(&line.areas)
            .filter(|own| own.instead().is_some())
            .map(|own| match (&own.shown().area, several) {
                (Some(area), _) => area.clone(),
                (None, true) => own.shown().period.describe(),
                (None, false) => "the whole contract".to_string(),
            })
            .collect();
        if hidden.is_empty() {
            continue;
        }
        let name = line.whole.shown().in_full();
        let withheld = line.within.iter().chain(&line.areas).any(|own| own.rating().is_none());
        let rating = if withheld { " The rating is withheld too." } else { "" };
        told.push(match line.areas.is_empty() && !several {
            true => format!("{name}.{rating}"),
            false => format!("{name}: {}.{rating}", list(&hidden)),
        });
    }
    let in_histories = kpis.iter().flat_map(|line| &line.history).any(|own| own.instead().is_some());
    if told.is_empty() && in_histories {
        told.push("Figures of earlier periods alone, as in the papers for those periods.".to_string());
    }
    told
}

/// Why figures are suppressed. All reasons are given whichever apply: which one does could tell what is suppressed.
pub fn reasons(contract: &Contract, paper: &CommitteePack) -> Vec<String> {
    if paper.suppressed.is_empty() {
        return Vec::new();
    }
    let below = paper.below;
    let mut reasons = vec![
        format!(
            "A number above zero and below {below} is not shown, since so few people could be told apart."
        ),
        format!(
            "A percentage is not shown where the number it counts, the number it leaves, or the number it is of is below {below}, or is \
             not known: the percentage would give the number away."
        ),
        format!(
            "A figure is not shown where it differs by fewer than {below} from an earlier version of the same return."
        ),
    ];
    let areas = paper.kpis.iter().any(|line| !line.areas.is_empty());
    if areas {
        reasons.push(
            "Where one area’s figure could be worked out from the total and the other areas, a further figure is not shown, which may \
             itself be large."
                .to_string(),
        );
    }
    if paper
        .kpis
        .iter()
        .flat_map(|line| line.within.iter().chain(&line.areas))
        .any(|own| own.rating().is_none())
    {
        reasons.push(
            "A rating is withheld where the contract’s targets would turn it into the number that is not shown."
                .to_string(),
        );
    }
    if !contract.committee.no_people.is_empty() {
        let kpis = &contract.committee.no_people;
        let noun = if kpis.len() == 1 { "KPI" } else { "KPIs" };
        let count = if kpis.len() == 1 { "counts" } else { "count" };
        reasons.push(format!("{noun} {} {count} no people, so every number is shown.", list(kpis)));
    }
    reasons.push("Earlier periods are shown as in the papers for those periods.".to_string());
    reasons
}
