//! The pages of the pack's workbook on its KPIs, or on the areas of a self-assessment: figures and ratings, then notes and sources.

use super::pack_pages::Page;
use super::pack_tables::{Entry, TablePage};
use crate::domain::place::CellRef;
use crate::domain::quantity::Unit;
use crate::output::pages::sources::sources;
use crate::output::periods;
use crate::output::targets;
use crate::review::{KpiLine, RatedFigure};

/// Headings of columns that are left out where no row has anything in them.
const PART: &str = "Part of the contract";
const NOTES: &str = "Notes and relief";
const COMMENT: &str = "Provider's comment";
/// Of shares alone.
pub const NUMERATOR: &str = "Numerator";
/// Of shares alone.
pub const DENOMINATOR: &str = "Denominator";
/// What stands under numerator and denominator where a figure has neither.
pub const NO_SHARE: &str = "Not a share";

/// The KPIs: the whole contract's figure and each area's. Areas that are scored go by that name.
pub fn kpis(kpis: &[KpiLine]) -> Page {
    let scores = are_scores(kpis);
    let (name, title, value_of, about) = match scores {
        true => ("Areas", "Area", "Score", "Each area of the assessment with its score."),
        false => ("KPIs", "KPI", "Value", "Each KPI for the whole contract and for each area."),
    };
    let mut table = TablePage::new(&[
        ("Ref", 8.0),
        (title, 36.0),
        (PART, 18.0),
        ("Period", 12.0),
        (value_of, 16.0),
        (NUMERATOR, 13.0),
        (DENOMINATOR, 15.0),
        ("Target", 20.0),
        ("Rating", 15.0),
        ("Clause", 9.0),
    ])
    .saying(&[
        ("Value", "No figure"),
        ("Score", "No score"),
        (NUMERATOR, NO_SHARE),
        (DENOMINATOR, NO_SHARE),
        ("Clause", "None"),
    ]);
    let by_area = kpis.iter().any(|line| !line.areas.is_empty());
    table.rows = kpis
        .iter()
        .flat_map(|line| std::iter::once(&line.whole).chain(&line.areas))
        .map(|figure| {
            vec![
                Entry::text(&figure.kpi),
                Entry::text(&figure.title),
                Entry::text(part(figure, by_area)),
                Entry::text(periods::in_table(&figure.period)),
                value(figure),
                Entry::figure(figure.numerator, Unit::Count, &[]),
                Entry::figure(figure.denominator, Unit::Count, &[]),
                Entry::text(targets::in_a_cell(figure)),
                Entry::Rating(figure.rating),
                Entry::text(&figure.clause),
            ]
        })
        .collect();
    Page { name, about, table: table.without_empty(&[PART, NUMERATOR, DENOMINATOR]) }
}

/// What qualifies each figure of the KPIs, what the provider says beside it, and the cells it came from.
pub fn kpi_notes(kpis: &[KpiLine]) -> Page {
    let scores = are_scores(kpis);
    let (name, title) = if scores { ("Area notes", "Area") } else { ("KPI notes", "KPI") };
    let mut table = TablePage::new(&[
        ("Ref", 8.0),
        (title, 32.0),
        (PART, 16.0),
        ("Period", 12.0),
        (NOTES, 46.0),
        (COMMENT, 36.0),
        ("Source", 48.0),
    ]);
    let by_area = kpis.iter().any(|line| !line.areas.is_empty());
    for line in kpis {
        let own = if line.within.len() > 1 { &line.within[..] } else { std::slice::from_ref(&line.whole) };
        table.rows.extend(own.iter().chain(&line.areas).map(|figure| {
            vec![
                Entry::text(&figure.kpi),
                Entry::text(&figure.title),
                Entry::text(part(figure, by_area)),
                Entry::text(periods::in_table(&figure.period)),
                Entry::text(notes(figure)),
                Entry::maybe(figure.comment.as_deref()),
                Entry::text(places(&figure.cells)),
            ]
        }));
    }
    let mut table = table.without_empty(&[PART, NOTES, COMMENT]);
    if scores {
        table
            .columns
            .iter_mut()
            .filter(|(own, _)| own == COMMENT)
            .for_each(|(own, _)| *own = "Comment".into());
    }
    let about = "How each figure was reckoned and what qualifies it, what was said beside it, and the cells it comes from.";
    Page { name, about, table }
}

/// The part of the contract a figure is of; empty where the contract has no parts.
fn part(figure: &RatedFigure, by_area: bool) -> &str {
    figure.area.as_deref().unwrap_or(if by_area { "Whole contract" } else { "" })
}

/// Whether the KPIs are the areas of a self-assessment.
pub fn are_scores(kpis: &[KpiLine]) -> bool {
    !kpis.is_empty() && kpis.iter().all(|line| line.whole.is_area())
}

/// The figure's value as a number that does not contradict its rating, or the answer in words.
pub fn value(figure: &RatedFigure) -> Entry {
    match &figure.said {
        Some(said) if figure.value.is_none() => Entry::text(said),
        _ => Entry::figure(figure.value, figure.unit, &figure.thresholds),
    }
}

/// What qualifies a figure, one line each: what it was computed from, its notes, relief.
pub fn notes(figure: &RatedFigure) -> String {
    let notes: Vec<&str> =
        figure.computed.iter().chain(&figure.notes).chain(&figure.relief).map(String::as_str).collect();
    notes.join("\n")
}

/// The cells a figure came from, one line a sheet.
pub fn places(cells: &[CellRef]) -> String {
    sources(cells).join("\n")
}
