//! The overall rating of each month, and the months of each KPI, in the pack's workbook.

use super::pack_kpis::{DENOMINATOR, NO_SHARE, NUMERATOR, value};
use super::pack_pages::Page;
use super::pack_tables::{Entry, TablePage};
use crate::domain::quantity::Unit;
use crate::output::periods;
use crate::output::targets;
use crate::review::{KpiLine, OverallRating};

/// The overall ratings; `None` where the contract has none.
pub fn overall(ratings: &[OverallRating]) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("Period", 16.0),
        ("Overall rating", 18.0),
        ("What it rests on", 60.0),
        ("Clause", 9.0),
    ]);
    table.rows = ratings
        .iter()
        .map(|own| {
            vec![
                Entry::text(periods::in_table(&own.period)),
                Entry::Rating(own.rating),
                Entry::text(own.of_words()),
                Entry::text(&own.clause),
            ]
        })
        .collect();
    let about = "The overall rating of each period, and the ratings it rests on.";
    (!table.rows.is_empty()).then_some(Page { name: "Overall ratings", about, table })
}

/// The KPIs with several periods in the pack's, one row a month; `None` where none has.
pub fn months(kpis: &[KpiLine]) -> Option<Page> {
    let mut table = TablePage::new(&[
        ("Ref", 8.0),
        ("KPI", 44.0),
        ("Period", 14.0),
        ("Value", 12.0),
        (NUMERATOR, 13.0),
        (DENOMINATOR, 15.0),
        ("Target", 24.0),
        ("Rating", 15.0),
        ("Clause", 9.0),
    ])
    .saying(&[("Value", "No figure"), (NUMERATOR, NO_SHARE), (DENOMINATOR, NO_SHARE)]);
    table.rows = kpis
        .iter()
        .filter(|line| line.within.len() > 1)
        .flat_map(|line| &line.within)
        .map(|figure| {
            vec![
                Entry::text(&figure.kpi),
                Entry::text(&figure.title),
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
    let about = "The KPIs with several months in the period, each month for itself.";
    let table = table.without_empty(&[NUMERATOR, DENOMINATOR]);
    (!table.rows.is_empty()).then_some(Page { name: "KPIs by month", about, table })
}
