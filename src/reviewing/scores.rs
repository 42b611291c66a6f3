//! What is said of a self-assessment: the profile of its areas, how they moved since the review before, and which are lowest.

use std::collections::BTreeSet;

use super::headline::unjudged;
use super::sentences::list;
use crate::domain::quantity::Quantity;
use crate::domain::rating::Rating;
use crate::domain::text::number_of;
use crate::review::{KpiLine, Pack, RatedFigure};

/// As many areas as are named as the lowest, unless more share the least score.
const LOWEST: usize = 3;

/// An area's score in two reviews.
pub struct Moved<'a> {
    /// The area.
    pub title: &'a str,
    /// The score before, with its words; `None` where there is none.
    pub before: (Option<Quantity>, &'a str),
    /// The score now.
    pub now: (Option<Quantity>, &'a str),
}

impl Moved<'_> {
    fn change(&self) -> Option<Quantity> {
        Some(self.now.0? - self.before.0?)
    }
}

/// `2 areas rose, 5 fell and 1 stayed the same; most in Risk, from 2.3 to 3.8`; without a full stop.
pub fn movement(areas: &[Moved<'_>]) -> String {
    let number = |is: fn(Quantity) -> bool| areas.iter().filter(|own| own.change().is_some_and(is)).count();
    let counted = [
        (number(|change| change > Quantity::ZERO), "rose"),
        (number(|change| change < Quantity::ZERO), "fell"),
        (number(|change| change.is_zero()), "stayed the same"),
        (areas.iter().filter(|own| own.change().is_none()).count(), "cannot be compared"),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (number, what) in counted.into_iter().filter(|(number, _)| *number > 0) {
        parts.push(match parts.is_empty() {
            true if number == areas.len() && number > 1 => format!("all {number} areas {what}"),
            true => format!("{} {what}", number_of(number, "area", "areas")),
            false => format!("{number} {what}"),
        });
    }
    let most = areas
        .iter()
        .filter_map(|own| Some((own.change().filter(|change| !change.is_zero())?.abs(), own)))
        .reduce(|most, own| if own.0 > most.0 { own } else { most });
    let most = most
        .map(|(_, own)| format!("; most in {}, from {} to {}", own.title, own.before.1, own.now.1))
        .unwrap_or_default();
    format!("{}{most}", list(&parts))
}

/// The figure of the review before, however long ago it was; `history` is oldest first.
pub fn before<'a>(whole: &RatedFigure, history: &'a [RatedFigure]) -> Option<&'a RatedFigure> {
    history.iter().rev().find(|figure| figure.period < whole.period && figure.value.is_some())
}

fn is_of_areas(pack: &Pack) -> bool {
    !pack.kpis.is_empty() && pack.kpis.iter().all(|line| line.whole.is_area())
}

/// `2 of 8 areas red: People and Risk`; `None` for a pack of anything but areas, and where none has a score.
pub fn headline(pack: &Pack) -> Option<String> {
    let scored = pack.kpis.iter().filter(|line| line.whole.value.is_some()).count();
    if !is_of_areas(pack) || scored == 0 {
        return None;
    }
    let with = |rating| -> Vec<String> {
        let own = pack.kpis.iter().filter(|line| line.whole.rating == rating);
        own.map(|line| line.whole.title.clone()).collect()
    };
    let (red, amber) = (with(Rating::Red), with(Rating::Amber));
    let of = number_of(pack.kpis.len(), "area", "areas");
    Some(match (red.len(), amber.len()) {
        (0, 0) if scored < pack.kpis.len() => format!("{scored} of {of} green, the others without a score"),
        (0, 0) => format!("All {of} green"),
        (0, amber) if amber == pack.kpis.len() => format!("All {of} amber"),
        (0, amber) => format!("{amber} of {of} amber, none red"),
        (number, 0) => format!("{number} of {of} red: {}", list(&red)),
        (number, amber) => format!("{number} of {of} red ({}) and {amber} amber", list(&red)),
    })
}

/// How the areas moved since the review before, which are lowest, and that their ratings are local; nothing for a pack of
/// anything but areas.
pub fn summary(pack: &Pack) -> Vec<String> {
    if !is_of_areas(pack) || unjudged(pack).starts_with(&format!("{} areas", pack.kpis.len())) {
        return Vec::new();
    }
    let mut sentences = Vec::new();
    sentences.extend(lowest(&pack.kpis));
    sentences.push(since(&pack.kpis));
    if pack.kpis.iter().any(|line| line.whole.local && line.whole.rating.is_judgement()) {
        sentences.push("The ratings of scores are a local policy.".to_string());
    }
    sentences
}

/// `Lowest: Managing performance (2.2), People (2.3) and Administration (2.7).`; `None` where all are alike.
fn lowest(areas: &[KpiLine]) -> Option<String> {
    let mut scored: Vec<(Quantity, &RatedFigure)> =
        areas.iter().filter_map(|line| Some((line.whole.value?, &line.whole))).collect();
    scored.sort_by_key(|(score, _)| *score);
    let levels: BTreeSet<Quantity> = scored.iter().map(|(score, _)| *score).collect();
    let least = *levels.first()?;
    if levels.len() < 2 {
        return None;
    }
    // As many levels as fit whole: no area is named before another with the same score.
    let up_to = levels.iter().copied().take_while(|level| {
        *level == least || scored.iter().filter(|(score, _)| score <= level).count() <= LOWEST
    });
    let up_to = up_to.last()?;
    let named: Vec<String> = scored
        .iter()
        .filter(|(score, _)| *score <= up_to)
        .map(|(_, figure)| format!("{} ({})", figure.title, figure.shown()))
        .collect();
    Some(format!("Lowest: {}.", list(&named)))
}

/// `Since the review of April 2018 6 areas fell …`, or that there was none.
fn since(areas: &[KpiLine]) -> String {
    let pairs: Vec<(&RatedFigure, Option<&RatedFigure>)> =
        areas.iter().map(|line| (&line.whole, before(&line.whole, &line.history))).collect();
    let Some(period) = pairs.iter().filter_map(|(_, then)| then.map(|then| then.period)).max() else {
        return "No review before this one is on record.".to_string();
    };
    let shown: Vec<(String, String)> = pairs
        .iter()
        .map(|(now, then)| (then.map(|then| then.shown()).unwrap_or_default(), now.shown()))
        .collect();
    let moved: Vec<Moved<'_>> = pairs
        .iter()
        .zip(&shown)
        .map(|((now, then), (before, shown))| Moved {
            title: &now.title,
            before: (then.and_then(|then| then.value), before),
            now: (now.value, shown),
        })
        .collect();
    format!("Since the review of {}: {}.", period.describe(), movement(&moved))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::Unit;

    #[test]
    fn movement_counts_only_what_there_is_and_names_the_largest() {
        let score = |tenths: i64| Some(Quantity::new(tenths, 1));
        let moved = |title, before, now| Moved { title, before: (before, "before"), now: (now, "now") };
        for (areas, words) in [
            (
                vec![moved("Risk", score(23), score(38)), moved("People", score(30), score(31))],
                "all 2 areas rose; most in Risk, from before to now",
            ),
            (
                vec![
                    moved("Risk", score(38), score(23)),
                    moved("People", score(30), score(30)),
                    moved("Administration", None, score(30)),
                ],
                "1 area fell, 1 stayed the same and 1 cannot be compared; most in Risk, from before to now",
            ),
            (vec![moved("Risk", score(30), score(30))], "1 area stayed the same"),
        ] {
            assert_eq!(movement(&areas), words);
        }
    }

    fn area(title: &str, tenths: Option<i64>, rating: Rating) -> KpiLine {
        let whole = RatedFigure {
            title: title.into(),
            value: tenths.map(|tenths| Quantity::new(tenths, 1)),
            unit: Unit::Score,
            rating,
            local: true,
            ..super::super::sentences::tests::share(0, 1, 2, rating)
        };
        KpiLine {
            within: vec![whole.clone()],
            history: vec![whole.clone()],
            whole,
            areas: Vec::new(),
            sentences: Vec::new(),
        }
    }

    #[test]
    fn the_lowest_are_named_and_none_before_its_equal() {
        let area = |title, tenths| area(title, Some(tenths), Rating::Green);
        for (areas, words) in [
            (
                vec![area("A", 40), area("B", 30), area("C", 20), area("D", 50)],
                Some("Lowest: C (2), B (3) and A (4)."),
            ),
            (vec![area("A", 20), area("B", 30), area("C", 30), area("D", 30)], Some("Lowest: A (2).")),
            (vec![area("A", 30), area("B", 30)], None),
        ] {
            assert_eq!(lowest(&areas).as_deref(), words);
        }
    }

    #[test]
    fn the_headline_counts_areas_and_names_the_red_ones() {
        let pack = |kpis: Vec<KpiLine>| {
            let mut pack =
                super::super::fixture::World::new("2020-04-01", "2020-08-01").review().packs.remove(0);
            pack.kpis = kpis;
            pack
        };
        let (red, amber, green) = (
            || area("Risk", Some(20), Rating::Red),
            || area("People", Some(30), Rating::Amber),
            || area("Administration", Some(40), Rating::Green),
        );
        for (kpis, words) in [
            (vec![red(), amber(), green()], Some("1 of 3 areas red (Risk) and 1 amber")),
            (vec![amber(), green()], Some("1 of 2 areas amber, none red")),
            (vec![green(), green()], Some("All 2 areas green")),
            (
                vec![green(), area("Risk", None, Rating::Invalid)],
                Some("1 of 2 areas green, the others without a score"),
            ),
            (vec![area("Risk", None, Rating::NoReturn)], None),
        ] {
            assert_eq!(headline(&pack(kpis)).as_deref(), words);
        }
    }
}
