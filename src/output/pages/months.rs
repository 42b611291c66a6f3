//! Where a review period holds several periods of a KPI: KPIs down, months across; and the overall rating of each month.

use serde::Serialize;

use crate::domain::period::Period;
use crate::output::periods;
use crate::output::targets;
use crate::review::{KpiLine, OverallRating, RatedFigure};

use super::parts::Tag;
use super::words;

/// The KPIs with several periods in the pack's.
#[derive(Debug, Serialize)]
pub struct Months {
    headings: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    reference: String,
    /// The part of the page about the KPI.
    id: String,
    title: String,
    target: Vec<String>,
    local: bool,
    clause: String,
    /// In the order of the headings; `None` where the KPI has no figure for the month.
    figures: Vec<Option<Month>>,
}

#[derive(Debug, Serialize)]
struct Month {
    value: Option<String>,
    out_of: Option<String>,
    tag: Tag,
    relieved: bool,
}

/// The overall rating of one period.
#[derive(Debug, Serialize)]
pub struct Overall {
    period: String,
    tag: Tag,
    rests_on: String,
    clause: String,
}

/// Whether the pack's period holds several of the KPI's.
pub fn has_months(line: &KpiLine) -> bool {
    line.within.len() > 1
}

/// The table of months of the lines that have several; each with the id of its part of the page. `None` where none has.
pub fn months(lines: &[(&KpiLine, String)]) -> Option<Months> {
    let own: Vec<&(&KpiLine, String)> = lines.iter().filter(|(line, _)| has_months(line)).collect();
    let mut periods: Vec<Period> =
        own.iter().flat_map(|(line, _)| &line.within).map(|figure| figure.period).collect();
    periods.sort();
    periods.dedup();
    (!own.is_empty()).then(|| Months {
        headings: periods.iter().map(periods::in_table).collect(),
        rows: own
            .iter()
            .map(|(line, id)| Row {
                reference: line.whole.kpi.clone(),
                id: id.clone(),
                title: line.whole.title.clone(),
                target: targets::parts(&line.whole),
                local: line.whole.local,
                clause: line.whole.clause.clone(),
                figures: periods
                    .iter()
                    .map(|period| line.within.iter().find(|figure| figure.period == *period).map(month))
                    .collect(),
            })
            .collect(),
    })
}

fn month(figure: &RatedFigure) -> Month {
    Month {
        value: words::value(figure),
        out_of: figure.value.and_then(|_| figure.out_of()),
        tag: figure.rating.into(),
        relieved: figure.relief.is_some(),
    }
}

/// The overall ratings, each with what it rests on.
pub fn overall(ratings: &[OverallRating]) -> Vec<Overall> {
    ratings
        .iter()
        .map(|own| Overall {
            period: periods::in_table(&own.period),
            tag: own.rating.into(),
            rests_on: own.of_words(),
            clause: own.clause.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rating::Rating;
    use crate::output::pages::samples;

    #[test]
    fn only_kpis_with_several_months_stand_in_the_table() {
        let pack = samples::monthly_pack();
        let lines: Vec<(&KpiLine, String)> =
            pack.kpis.iter().map(|line| (line, format!("kpi-{}", line.whole.kpi))).collect();
        let table = months(&lines).unwrap();
        assert_eq!(table.headings, ["September 2025", "October 2025", "November 2025"]);
        let references: Vec<&str> = table.rows.iter().map(|row| row.reference.as_str()).collect();
        assert_eq!(references, ["7"]);
        let november = table.rows[0].figures[2].as_ref().unwrap();
        assert_eq!(november.out_of.as_deref(), Some("4 of 6"));
        assert_eq!(november.tag, Tag::from(Rating::Amber));
        assert!(months(&lines[..1]).is_none());
    }
}
