//! Reviews of scores across contracts: profiles, themes, movement and the forward plan.

use std::cmp::Reverse;

use chrono::{Months, NaiveDate};

use super::{Across, sentences};
use crate::assess::priorities::newest;
use crate::assess::records::Records;
use crate::contract::meant::{Kpi, Report, Stated};
use crate::domain::finding::Severity;
use crate::domain::period::{Period, long_date};
use crate::domain::quantity::{Quantity, Unit, show};
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};
use crate::domain::text::{capital, number_of};
use crate::review::ProviderReview;
use crate::review::report::{
    AreaScore, Compliance, Movement, PlannedReview, Profile, Profiles, Theme, Themes,
};
use crate::reviewing::scores::{self, Moved};

/// Themes and movement look back over a year, however often a report is made.
const THEME_MONTHS: u32 = 12;
/// As many contracts as are named as scoring lowest in an area.
const NAMED: usize = 3;

/// One review of one contract.
struct Held<'a> {
    records: &'a Records,
    review: &'a ProviderReview,
    period: Period,
    /// The day planned for the meeting, where it is.
    day: Option<NaiveDate>,
    scores: Vec<AreaScore>,
}

impl Held<'_> {
    fn when(&self) -> String {
        self.day.map_or_else(|| self.period.describe(), long_date)
    }

    /// Whether it was held in so many months that end with the as-of date.
    fn within(&self, across: &Across<'_>, months: u32) -> bool {
        let first = across.as_of.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN);
        match self.day {
            Some(day) => day > first && day <= across.as_of,
            None => self.period.to > first && self.period.from <= across.as_of,
        }
    }

    fn has_scores(&self) -> bool {
        self.scores.iter().any(|own| own.score.is_some())
    }
}

fn areas<'a>(across: &Across<'a>) -> Vec<&'a Kpi> {
    across.contract.kpis.iter().filter(|kpi| matches!(kpi.stated, Stated::Scored(_))).collect()
}

/// The reviews of each contract that were held and for which a return came in, oldest first. One whose meeting is still to come is on
/// the forward plan, however early its self-assessment came.
fn held<'a>(across: &Across<'a>) -> Vec<Vec<Held<'a>>> {
    let areas = areas(across);
    across
        .entries
        .iter()
        .map(|(records, review)| {
            let day_in = |period: &Period| {
                records.reviews.iter().filter_map(|own| own.planned).rfind(|day| period.contains(*day))
            };
            let came = |own: &&Submission| {
                own.rated_version.is_some() && day_in(&own.period).unwrap_or(own.period.from) <= across.as_of
            };
            let mut periods: Vec<Period> =
                review.submissions.iter().filter(came).map(|own| own.period).collect();
            periods.sort();
            periods.dedup();
            periods
                .into_iter()
                .map(|period| Held {
                    records,
                    review,
                    period,
                    day: day_in(&period),
                    scores: areas.iter().map(|kpi| score(review, kpi, &period)).collect(),
                })
                .collect()
        })
        .collect()
}

fn score(review: &ProviderReview, kpi: &Kpi, period: &Period) -> AreaScore {
    let figure = review
        .ratings
        .iter()
        .find(|own| own.kpi == kpi.reference && own.period == *period && own.area.is_none());
    match figure {
        Some(figure) => AreaScore { score: figure.value, shown: figure.shown(), rating: figure.rating },
        None => {
            AreaScore { score: None, shown: Rating::NoReturn.word().to_lowercase(), rating: Rating::NoReturn }
        }
    }
}

/// The titles of the areas with the lowest score, all of those that share it.
fn lowest(areas: &[&Kpi], scores: &[AreaScore]) -> Vec<String> {
    let given = || scores.iter().filter_map(|own| own.score);
    // Where all are alike none stands out.
    let Some(least) = given().min().filter(|least| given().any(|own| own > *least)) else {
        return Vec::new();
    };
    let own = areas.iter().zip(scores).filter(|(_, score)| score.score == Some(least));
    own.map(|(kpi, _)| kpi.title.clone()).collect()
}

/// The newest review of each contract, the latest first.
pub fn profiles(across: &Across<'_>, settings: &Report) -> Profiles {
    let areas = areas(across);
    let mut newest: Vec<Held<'_>> = held(across).into_iter().filter_map(|mut own| own.pop()).collect();
    newest.sort_by_key(|own| (Reverse(own.day.unwrap_or(own.period.from)), own.records.provider.clone()));
    let rows = newest
        .iter()
        .map(|own| Profile {
            provider: own.records.provider.clone(),
            when: own.when(),
            within: own.within(across, settings.months),
            lowest: lowest(&areas, &own.scores),
            notes: notes(own),
            scores: own.scores.clone(),
        })
        .collect();
    Profiles { areas: areas.iter().map(|kpi| kpi.title.clone()).collect(), rows }
}

/// What there is to be asked of a self-assessment, each kind once with its number.
fn notes(own: &Held<'_>) -> Vec<String> {
    let mut kinds: Vec<(&str, Severity, usize)> = Vec::new();
    let submissions = own.review.submissions.iter().filter(|submission| submission.period == own.period);
    for finding in submissions.flat_map(|own| &own.findings).filter(|own| own.accepted.is_none()) {
        match kinds.iter_mut().find(|(summary, ..)| *summary == finding.kind.summary) {
            Some((.., number)) => *number += 1,
            None => kinds.push((finding.kind.summary, finding.kind.severity, 1)),
        }
    }
    kinds
        .into_iter()
        .filter(|(_, severity, _)| *severity != Severity::Info)
        .map(|(summary, _, number)| match number {
            1 => summary.to_string(),
            number => format!("{} ({number} times).", summary.trim_end_matches('.')),
        })
        .collect()
}

/// Where the scores of the reviews of a year are lowest, and which areas are held at a score.
pub fn themes(across: &Across<'_>, settings: &Report) -> Themes {
    let areas = areas(across);
    let newest: Vec<Held<'_>> = held(across)
        .into_iter()
        .filter_map(|mut own| own.pop())
        .filter(|own| own.within(across, THEME_MONTHS) && own.has_scores())
        .collect();
    let mut themes: Vec<Theme> = areas
        .iter()
        .enumerate()
        .map(|(index, kpi)| {
            let mut scored: Vec<(Quantity, &str)> = newest
                .iter()
                .filter_map(|own| Some((own.scores.get(index)?.score?, own.records.provider.as_str())))
                .collect();
            scored.sort();
            let sum: Quantity = scored.iter().map(|(score, _)| *score).sum();
            let mean = sum.checked_div(Quantity::from(scored.len()));
            Theme {
                title: kpi.title.clone(),
                mean,
                shown: mean.map_or_else(|| "–".to_string(), |mean| show(mean, Unit::Score, &[])),
                scored: scored.len(),
                lowest: scored.iter().take(NAMED).map(|(_, name)| (*name).to_string()).collect(),
            }
        })
        .collect();
    let held = settings.held_at.as_ref().map(|held| self::held_at(&areas, &newest, held)).unwrap_or_default();
    // Stable, so that equals stay in the contract's order.
    themes.sort_by_key(|own| (own.mean.is_none(), own.mean));
    let number = number_of(newest.len(), "contract", "contracts");
    let basis = match newest.len() {
        0 => "No review of the last twelve months has scores.".to_string(),
        _ => format!("From the newest review of {number}, held in the last twelve months."),
    };
    Themes { basis, areas: themes, held }
}

/// The areas in which no review scores above so much, where at least two say so.
fn held_at(areas: &[&Kpi], newest: &[Held<'_>], held: &crate::contract::meant::HeldAt) -> Vec<String> {
    let most = Quantity::from(held.score);
    let mut sentences: Vec<String> = areas
        .iter()
        .enumerate()
        .filter_map(|(index, kpi)| {
            let scores: Vec<Quantity> =
                newest.iter().filter_map(|own| own.scores.get(index)?.score).collect();
            let at = scores.iter().filter(|score| **score == most).count();
            (scores.len() >= 2 && at > 0 && scores.iter().all(|score| *score <= most)).then(|| {
                format!(
                    "{}: none of the {} reviews scores above {}; {at} of them {} exactly that.",
                    kpi.title,
                    scores.len(),
                    held.score,
                    if at == 1 { "scores" } else { "score" }
                )
            })
        })
        .collect();
    if !sentences.is_empty() {
        sentences.push(held.reading.clone());
    }
    sentences
}

/// Contracts whose newest review is of the last year and not their first.
pub fn movement(across: &Across<'_>) -> Vec<Movement> {
    let areas = areas(across);
    held(across)
        .into_iter()
        .filter_map(|mut reviews| {
            let (now, before) = (reviews.pop()?, reviews.pop()?);
            now.within(across, THEME_MONTHS).then(|| moved(&areas, &before, &now))
        })
        .collect()
}

fn moved(areas: &[&Kpi], before: &Held<'_>, now: &Held<'_>) -> Movement {
    let rows: Vec<(String, AreaScore, AreaScore, Option<Quantity>)> = areas
        .iter()
        .zip(before.scores.iter().zip(&now.scores))
        .map(|(kpi, (before, now))| {
            let change = now.score.zip(before.score).map(|(now, before)| now - before);
            (kpi.title.clone(), before.clone(), now.clone(), change)
        })
        .collect();
    let moved: Vec<Moved<'_>> = rows
        .iter()
        .map(|(title, before, now, _)| Moved {
            title,
            before: (before.score, &before.shown),
            now: (now.score, &now.shown),
        })
        .collect();
    let sentence = capital(&format!("{}.", scores::movement(&moved)));
    Movement {
        provider: now.records.provider.clone(),
        before: before.when(),
        now: now.when(),
        sentence,
        areas: rows,
    }
}

/// Reviews to come: those with a date, and those that were asked for and have none yet.
pub fn forward_plan(across: &Across<'_>) -> Vec<PlannedReview> {
    let mut rows: Vec<PlannedReview> = across
        .entries
        .iter()
        .flat_map(|(records, review)| {
            let to_come = records.reviews.iter().filter(|own| match own.planned {
                Some(day) => day >= across.as_of,
                None => own.requested_by.is_some(),
            });
            to_come.map(move |own| {
                let (self_assessment, compliance) = self_assessment(review, own.planned);
                PlannedReview {
                    date: own.planned,
                    provider: records.provider.clone(),
                    lead_officer: own
                        .lead_officer
                        .clone()
                        .or_else(|| newest(records, |review| review.lead_officer.clone())),
                    self_assessment,
                    compliance,
                    requested_by: own.requested_by.clone(),
                }
            })
        })
        .collect();
    rows.sort_by(|a, b| {
        (a.date.is_none(), a.date, &a.provider).cmp(&(b.date.is_none(), b.date, &b.provider))
    });
    rows
}

/// Where the self-assessment of a review is.
fn self_assessment(review: &ProviderReview, planned: Option<NaiveDate>) -> (String, Compliance) {
    let Some(day) = planned else { return ("Due before the meeting".to_string(), Compliance::Nothing) };
    let Some(own) = review.submissions.iter().find(|own| own.period.contains(day)) else {
        return ("Due before the meeting".to_string(), Compliance::Nothing);
    };
    let received = own.received.map(long_date).unwrap_or_default();
    match own.status {
        SubmissionStatus::OnTime => (format!("Received {received}"), Compliance::Met),
        SubmissionStatus::Late => (format!("Received late, {received}"), Compliance::Partly),
        SubmissionStatus::Unproven => (format!("Received, date unproven ({received})"), Compliance::Partly),
        SubmissionStatus::Missing => (format!("Missing, due {}", long_date(own.due)), Compliance::NotMet),
        SubmissionStatus::NotYetDue => (format!("Due {}", long_date(own.due)), Compliance::Nothing),
    }
}

/// How many were reviewed in the months the report covers, how many again, where scores are lowest, and what is missing.
pub fn summary(across: &Across<'_>) -> Vec<String> {
    let months = across.contract.report.as_ref().map_or(THEME_MONTHS, |report| report.months);
    let reviews = held(across);
    let within: Vec<&Held<'_>> = reviews.iter().flatten().filter(|own| own.within(across, months)).collect();
    let again = reviews
        .iter()
        .filter(|own| own.len() > 1 && own.last().is_some_and(|last| last.within(across, months)))
        .count();
    let missing: Vec<String> = across
        .entries
        .iter()
        .flat_map(|(_, review)| {
            let own = review.submissions.iter().filter(|own| own.status == SubmissionStatus::Missing);
            own.map(|own| format!("{} ({})", review.provider, own.period.describe()))
        })
        .collect();
    let again = match again {
        0 => "all of them for the first time".to_string(),
        number if number == within.len() => "all of them reviewed before".to_string(),
        number => format!("{number} of them of contracts reviewed before"),
    };
    let again = if within.is_empty() { String::new() } else { format!(", {again}") };
    let mut sentences = vec![format!(
        "{} in the {months} months to {}{again}.",
        number_of(within.len(), "review", "reviews"),
        long_date(across.as_of)
    )];
    sentences.extend(lowest_areas(across));
    if !missing.is_empty() {
        sentences.push(format!(
            "{} missing: {}.",
            number_of(missing.len(), "self-assessment is", "self-assessments are"),
            sentences::list(&missing)
        ));
    }
    sentences
}

/// `Over the last twelve months scores are lowest in Administration (2.8 on average) and Contract development (3).`
fn lowest_areas(across: &Across<'_>) -> Option<String> {
    let settings = across.contract.report.as_ref()?;
    let themes = themes(across, settings).areas;
    let (first, second) = (themes.first()?, themes.get(1)?);
    if first.mean.is_none() || second.mean.is_none() || first.mean == themes.last()?.mean {
        return None;
    }
    Some(format!(
        "Over the last twelve months scores are lowest in {} ({} on average) and {} ({}).",
        first.title, first.shown, second.title, second.shown
    ))
}
