//! The sheets of `report.xlsx` that tell of reviews by scores.

use super::pack_tables::{Entry, TablePage};
use crate::domain::quantity::Unit;
use crate::domain::text::capital;
use crate::output::palette;
use crate::review::report::{AreaScore, ContractReport, Movement, PlannedReview, Profiles, Section, Themes};

/// Width of the column of names, in characters.
const NAME_WIDTH: f64 = 34.0;

/// The sheets of such a section; none of any other.
pub fn tables(report: &ContractReport, section: &Section) -> Vec<(&'static str, TablePage)> {
    let name = capital(&report.called.one);
    match section {
        Section::Profiles(own) => vec![("Scores by area", profiles(&name, own))],
        Section::Themes(own) => vec![("Themes", themes(own))],
        Section::Movement(rows) => vec![("Movement", movement(&name, rows))],
        Section::ForwardPlan(rows) => vec![("Forward plan", forward_plan(&name, rows))],
        _ => Vec::new(),
    }
}

fn score(own: &AreaScore) -> Entry {
    let word = own.rating.word();
    match own.score {
        Some(_) => Entry::Marked(own.rating, format!("{} {word}", own.shown)),
        None => Entry::Rating(own.rating),
    }
}

fn profiles(name: &str, own: &Profiles) -> TablePage {
    let mut table = TablePage::new(&[(name, NAME_WIDTH), ("Reviewed", 20.0), ("In this report", 14.0)]);
    table.columns.extend(own.areas.iter().map(|area| (area.clone(), 18.0)));
    table.columns.extend([("Lowest".to_string(), 30.0), ("To be asked".to_string(), 60.0)]);
    table.rows = own
        .rows
        .iter()
        .map(|row| {
            let mut entries = vec![
                Entry::text(&row.provider),
                Entry::text(&row.when),
                Entry::text(if row.within { "Yes" } else { "No" }),
            ];
            entries.extend(row.scores.iter().map(score));
            entries.extend([Entry::text(row.lowest.join(", ")), Entry::text(row.notes.join("\n"))]);
            entries
        })
        .collect();
    table
}

fn themes(own: &Themes) -> TablePage {
    let mut table = TablePage::new(&[
        ("Area", NAME_WIDTH),
        ("Mean", 10.0),
        ("Reviews with a score", 14.0),
        ("Lowest in", 60.0),
        ("Held at a score", 60.0),
    ])
    .saying(&[("Mean", "No score")]);
    table.rows = own
        .areas
        .iter()
        .map(|theme| {
            let held = own.held.iter().find(|held| held.starts_with(&format!("{}:", theme.title)));
            vec![
                Entry::text(&theme.title),
                Entry::figure(theme.mean, Unit::Score, &[]),
                Entry::count(theme.scored as u64),
                Entry::text(theme.lowest.join(", ")),
                Entry::maybe(held),
            ]
        })
        .collect();
    table
}

fn movement(name: &str, rows: &[Movement]) -> TablePage {
    let mut table = TablePage::new(&[
        (name, NAME_WIDTH),
        ("Area", 28.0),
        ("Reviewed before", 20.0),
        ("Reviewed now", 20.0),
        ("Before", 14.0),
        ("Now", 14.0),
        ("Change", 12.0),
    ])
    .saying(&[("Change", "Not known")]);
    for own in rows {
        for (title, before, now, change) in &own.areas {
            table.rows.push(vec![
                Entry::text(&own.provider),
                Entry::text(title),
                Entry::text(&own.before),
                Entry::text(&own.now),
                score(before),
                score(now),
                Entry::figure(*change, Unit::Number, &[]),
            ]);
        }
    }
    table
}

fn forward_plan(name: &str, rows: &[PlannedReview]) -> TablePage {
    let mut table = TablePage::new(&[
        ("Date of meeting", 18.0),
        (name, NAME_WIDTH),
        ("Lead officer", 34.0),
        ("Self-assessment", 30.0),
        ("Requested by", 40.0),
    ]);
    table.rows = rows
        .iter()
        .map(|own| {
            vec![
                own.date.map_or_else(|| Entry::text("To be confirmed"), Entry::Date),
                Entry::text(&own.provider),
                Entry::text(own.lead_officer.as_deref().unwrap_or("To be confirmed")),
                Entry::Marked(palette::of_compliance(own.compliance), own.self_assessment.clone()),
                Entry::maybe(own.requested_by.as_ref()),
            ]
        })
        .collect();
    table
}
