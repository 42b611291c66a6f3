//! The provider's own rating of a figure: shown beside the contract's, compared with it, and never used.

use super::Case;
use super::figures::{AreaFigure, Figures, Source, Worth, figure};
use super::ratings::of_all;
use super::submissions::{ReceivedReturn, Slot};
use crate::contract::Contract;
use crate::contract::layout::Asks;
use crate::contract::meant::{Kpi, RatingRule};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{OWN_RATING_DIFFERS, OWN_RATING_UNCLEAR};
use crate::domain::observation::Observation;
use crate::domain::rating::Rating;
use crate::domain::text::{fold, one_line};
use crate::intake::mapped::Mapped;
use crate::rules::figure::Figure;

/// What a cell for the provider's own rating says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Own {
    /// Nothing.
    Silent,
    /// One rating, or several of which it may be any (`Amber/Red`).
    Ratings(Vec<Rating>),
    /// Something else.
    Unclear,
}

/// The provider's own rating in words, as it stands, for the figure of an area (`None` for the whole contract) in a return of an area.
pub(super) fn note(
    contract: &Contract,
    kpi: &Kpi,
    mapped: &Mapped,
    areas: (Option<&str>, Option<&str>),
) -> Option<String> {
    let stated = cells(contract, kpi, mapped).find(|own| area_of(own, areas.0) == areas.1)?;
    (said(stated) != Own::Silent).then(|| format!("The provider's own rating: {}.", one_line(&stated.shown)))
}

/// Every own rating of the version, of which these figures are known, against the one that the contract's rule gives.
pub(super) fn check(
    case: &Case<'_>,
    slot: &Slot<'_>,
    version: &ReceivedReturn,
    earlier: &[&ReceivedReturn],
    known: &Figures,
) -> Vec<Finding> {
    let contract = case.contract;
    let period = &slot.submission.period;
    let source = Source::of(case, version, period, earlier);
    let figure = |kpi: &Kpi, area: Option<&str>| {
        known.of(kpi, area).cloned().unwrap_or_else(|| figure(source, kpi, area))
    };
    let mut findings = Vec::new();
    for kpi in contract.kpis.iter().filter(|kpi| kpi.figure.form == slot.form.id) {
        let figures = contract.period(period.to, kpi.every);
        for own in cells(contract, kpi, &version.mapped) {
            let area = area_of(own, slot.submission.area.as_deref());
            let ratings = match said(own) {
                Own::Silent => continue,
                Own::Unclear => {
                    let message = format!(
                        "KPI {}: “{}” is no rating; it was compared with nothing.",
                        kpi.reference,
                        one_line(&own.shown)
                    );
                    findings.push(Finding::at(&OWN_RATING_UNCLEAR, &own.place, message));
                    continue;
                }
                Own::Ratings(ratings) => ratings,
            };
            // A figure of a longer period is rated with the return that ends it.
            if figures.to != period.to {
                continue;
            }
            let figure = match area {
                None if !contract.areas.is_empty() => {
                    let areas = contract.areas.iter();
                    of_all(areas.map(|area| figure(kpi, Some(&area.name))).collect())
                }
                area => Some(figure(kpi, area)),
            };
            let Some(given) = figure.and_then(|figure| given(&figure, kpi.rule(&figures))) else { continue };
            if ratings.iter().any(|own| agrees(*own, given)) {
                continue;
            }
            let message = format!(
                "KPI {}{}: the provider rates it “{}”; by the contract it is {}.",
                kpi.reference,
                area.map(|area| format!(", {area}")).unwrap_or_default(),
                one_line(&own.shown),
                given.word()
            );
            findings.push(Finding::at(&OWN_RATING_DIFFERS, &own.place, message));
        }
    }
    findings
}

/// The cells in which the provider rates this KPI.
fn cells<'m>(contract: &Contract, kpi: &Kpi, mapped: &'m Mapped) -> impl Iterator<Item = &'m Observation> {
    let column = contract.table(&kpi.figure).and_then(|table| table.column_asking(Asks::Rating));
    let column = column.map(|column| column.id.clone());
    let rows: Vec<String> = kpi.stated.rows().into_iter().map(ToString::to_string).collect();
    let table = kpi.figure.table.clone();
    mapped.observations.iter().filter(move |own| {
        own.table == table
            && own.breakdown.is_none()
            && column.as_ref() == Some(&own.column)
            && rows.contains(&own.row)
    })
}

/// The area whose figure a cell rates: its own, else that of the return.
fn area_of<'a>(own: &'a Observation, of_return: Option<&'a str>) -> Option<&'a str> {
    own.area.as_deref().or(of_return)
}

/// What the rule gives for a figure, where it judges.
fn given(figure: &AreaFigure, rule: Option<&RatingRule>) -> Option<Rating> {
    let by_rule = |figure: Figure| rule.map(|rule| rule.rate(&figure).rating);
    let rating = match &figure.worth {
        Worth::Amount(value) | Worth::Unchecked(value) => by_rule(Figure::Amount(*value)),
        Worth::Share { denominator, .. } if denominator.is_zero() => None,
        Worth::Share { numerator, denominator } => {
            by_rule(Figure::Share { numerator: *numerator, denominator: *denominator })
        }
        Worth::Answered(answered) => Some(answered.rating),
        Worth::Nothing | Worth::Invalid => None,
    };
    rating.filter(|rating| rating.is_judgement())
}

/// Whether the provider's rating is the one given. Three colours have no word for better than green.
fn agrees(own: Rating, given: Rating) -> bool {
    own == given || (own == Rating::Green && given == Rating::Stretch)
}

fn said(own: &Observation) -> Own {
    match &own.answer {
        Answer::Text(text) => words(text),
        Answer::Unreadable { .. } => Own::Unclear,
        _ => Own::Silent,
    }
}

/// Ratings in words: `Green`, `G`, `Amber/Red`, `Green - on target`, `RED (see comments)`.
fn words(text: &str) -> Own {
    let folded = fold(text);
    if matches!(folded.as_str(), "not rated" | "no rating" | "no activity" | "no target" | "tbc") {
        return Own::Silent;
    }
    let named =
        folded.strip_prefix("rag").map_or(folded.as_str(), |rest| rest.trim_start_matches([':', ' ']));
    let bare = named.split(['(', ':', ',', ';']).next().unwrap_or_default();
    let mut ratings = Vec::new();
    for (position, part) in bare.split([' ', '/', '-', '&', '|']).filter(|part| !part.is_empty()).enumerate()
    {
        match rating(part) {
            Some(rating) => ratings.push(rating),
            None if matches!(part, "or" | "and" | "rated" | "status") => {}
            // What comes after a dash explains the rating before it.
            None if position > 0 && bare.contains(" - ") && !ratings.is_empty() => break,
            None => return Own::Unclear,
        }
    }
    if ratings.is_empty() { Own::Unclear } else { Own::Ratings(ratings) }
}

fn rating(word: &str) -> Option<Rating> {
    match word {
        "stretch" | "s" => Some(Rating::Stretch),
        "green" | "g" => Some(Rating::Green),
        "amber" | "a" | "yellow" => Some(Rating::Amber),
        "red" | "r" => Some(Rating::Red),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_read_from_words_letters_and_pairs() {
        use Rating::{Amber, Green, Red, Stretch};
        for (text, expected) in [
            ("Green", vec![Green]),
            ("GREEN ", vec![Green]),
            ("g", vec![Green]),
            ("A", vec![Amber]),
            ("R", vec![Red]),
            ("stretch", vec![Stretch]),
            ("Amber/Red", vec![Amber, Red]),
            ("amber - red", vec![Amber, Red]),
            ("A/G", vec![Amber, Green]),
            ("Green – on target", vec![Green]),
            ("Red (see comments)", vec![Red]),
            ("RAG: Green", vec![Green]),
            ("Rated green", vec![Green]),
        ] {
            assert_eq!(words(text), Own::Ratings(expected), "{text}");
        }
        for text in ["Purple", "not green", "no longer red", "95%", "on track", "green as of May", "rag", "/"]
        {
            assert_eq!(words(text), Own::Unclear, "{text}");
        }
        assert_eq!(words("Not rated"), Own::Silent);
    }

    #[test]
    fn green_is_the_best_of_three_colours() {
        assert!(agrees(Rating::Green, Rating::Stretch));
        assert!(!agrees(Rating::Stretch, Rating::Green));
        assert!(!agrees(Rating::Amber, Rating::Green));
    }
}
