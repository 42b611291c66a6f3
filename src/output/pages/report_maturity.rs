//! The parts of `report.html` that tell of reviews by scores: profiles, themes, movement and the forward plan.

use serde::Serialize;

use super::parts::Tag;
use super::report::Who;
use crate::domain::period::long_date;
use crate::domain::quantity::{Quantity, Unit, show};
use crate::review::report::{AreaScore, Movement, PlannedReview, Profiles, Section, Themes};

/// The view of one such section; which field is filled depends on the kind of the section.
#[derive(Debug, Default, Serialize)]
pub struct MaturityView {
    areas: Vec<String>,
    profiles: Vec<ProfileLine>,
    /// Whether anything is to be asked of any of them.
    asked: bool,
    basis: String,
    themes: Vec<ThemeLine>,
    held: Vec<String>,
    movements: Vec<MovementPart>,
    plan: Vec<PlanLine>,
}

#[derive(Debug, Serialize)]
struct ProfileLine {
    who: Who,
    when: String,
    within: bool,
    scores: Vec<Score>,
    lowest: String,
    notes: Vec<String>,
}

/// A score with its rating.
#[derive(Debug, Serialize)]
struct Score {
    shown: String,
    tag: Tag,
}

#[derive(Debug, Serialize)]
struct ThemeLine {
    title: String,
    mean: String,
    scored: usize,
    lowest: String,
}

#[derive(Debug, Serialize)]
struct MovementPart {
    who: Who,
    before: String,
    now: String,
    sentence: String,
    areas: Vec<Moved>,
}

/// An area before and now.
#[derive(Debug, Serialize)]
struct Moved {
    before: Score,
    now: Score,
    change: String,
}

#[derive(Debug, Serialize)]
struct PlanLine {
    date: String,
    who: Who,
    lead_officer: String,
    tag: Tag,
    requested_by: String,
}

/// Kind, key of the heading and view of a section that tells of scores; `None` for every other.
pub fn view(
    section: &Section,
    who: &dyn Fn(&str) -> Who,
) -> Option<(&'static str, &'static str, MaturityView)> {
    let view = MaturityView::default();
    Some(match section {
        Section::Profiles(profiles) => ("profiles", "report-profiles-heading", self::profiles(profiles, who)),
        Section::Themes(themes) => ("themes", "report-themes-heading", self::themes(themes)),
        Section::Movement(rows) => {
            let movements = rows.iter().map(|own| movement(own, who)).collect();
            let areas = rows.first().map(|own| own.areas.iter().map(|area| area.0.clone()).collect());
            let view = MaturityView { movements, areas: areas.unwrap_or_default(), ..view };
            ("movement", "report-movement-heading", view)
        }
        Section::ForwardPlan(rows) => {
            let plan = rows.iter().map(|own| planned(own, who)).collect();
            ("forward-plan", "report-forward-plan-heading", MaturityView { plan, ..view })
        }
        _ => return None,
    })
}

fn score(own: &AreaScore) -> Score {
    let tag = Tag::from(own.rating);
    Score { shown: if own.score.is_some() { own.shown.clone() } else { String::new() }, tag }
}

fn profiles(own: &Profiles, who: &dyn Fn(&str) -> Who) -> MaturityView {
    let profiles = own
        .rows
        .iter()
        .map(|row| ProfileLine {
            who: who(&row.provider),
            when: row.when.clone(),
            within: row.within,
            scores: row.scores.iter().map(score).collect(),
            lowest: if row.lowest.is_empty() { "–".to_string() } else { row.lowest.join(", ") },
            notes: row.notes.clone(),
        })
        .collect();
    let asked = own.rows.iter().any(|row| !row.notes.is_empty());
    MaturityView { areas: own.areas.clone(), profiles, asked, ..MaturityView::default() }
}

fn themes(own: &Themes) -> MaturityView {
    let themes = own
        .areas
        .iter()
        .map(|theme| ThemeLine {
            title: theme.title.clone(),
            mean: theme.shown.clone(),
            scored: theme.scored,
            lowest: theme.lowest.join(", "),
        })
        .collect();
    MaturityView { basis: own.basis.clone(), themes, held: own.held.clone(), ..MaturityView::default() }
}

/// `+0.5`, `−1`, `no change`, `–` where there is none: the difference of the scores as they are shown, unless they look alike.
fn change(change: Option<Quantity>, before: &AreaScore, now: &AreaScore) -> String {
    let shown = |own: &AreaScore| own.shown.parse::<Quantity>().ok();
    let seen = shown(now).zip(shown(before)).map(|(now, before)| now - before);
    match change.map(|exact| seen.filter(|seen| !seen.is_zero() && !exact.is_zero()).unwrap_or(exact)) {
        None => "–".to_string(),
        Some(change) if change.is_zero() => "no change".to_string(),
        Some(change) => {
            let sign = if change > Quantity::ZERO { "+" } else { "−" };
            // Rounded as the scores beside it are; a change that is there never reads as none.
            let unit = if change.abs() < Quantity::new(5, 2) { Unit::Number } else { Unit::Score };
            format!("{sign}{}", show(change.abs(), unit, &[]))
        }
    }
}

fn movement(own: &Movement, who: &dyn Fn(&str) -> Who) -> MovementPart {
    MovementPart {
        who: who(&own.provider),
        before: own.before.clone(),
        now: own.now.clone(),
        sentence: own.sentence.clone(),
        areas: own
            .areas
            .iter()
            .map(|(_, before, now, moved)| Moved {
                before: score(before),
                now: score(now),
                change: change(*moved, before, now),
            })
            .collect(),
    }
}

fn planned(own: &PlannedReview, who: &dyn Fn(&str) -> Who) -> PlanLine {
    PlanLine {
        date: own.date.map_or_else(|| "To be confirmed".to_string(), long_date),
        who: who(&own.provider),
        lead_officer: own.lead_officer.clone().unwrap_or_else(|| "To be confirmed".to_string()),
        tag: Tag::from(own.compliance).saying(&own.self_assessment),
        requested_by: own.requested_by.clone().unwrap_or_else(|| "–".to_string()),
    }
}
