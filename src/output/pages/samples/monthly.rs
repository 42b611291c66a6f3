//! An invented KPI with months, and a pack that holds three of them beside answers, a local target and overall ratings.

use rust_decimal::Decimal;

use crate::domain::period::{Frequency, Period};
use crate::domain::quantity::Unit;
use crate::domain::rating::Rating;
use crate::review::{KpiLine, OverallRating, Pack, RatedFigure};

use super::{at, day, figure, pack};

/// A KPI with four bands, over more months than a page shows.
pub fn banded() -> KpiLine {
    let first = Period::containing(day(2024, 9, 1), Frequency::Month, 9);
    let history: Vec<RatedFigure> = [6, 6, 5, 4, 3, 6, 6, 5, 0, 6, 5, 6, 2, 6, 4]
        .into_iter()
        .enumerate()
        .map(|(number, met)| {
            let rating = match met {
                6 => Rating::Stretch,
                4 | 5 => Rating::Amber,
                0 => Rating::NoActivity,
                _ => Rating::Red,
            };
            RatedFigure {
                title: "Reports within 5 working days".to_string(),
                period: (0..number).fold(first, |period, _| period.next()),
                target: vec!["90%".to_string()],
                thresholds: vec![Decimal::new(60, 2), Decimal::new(90, 2), Decimal::ONE],
                ..figure("7", 0, (met > 0).then_some((met, 6)), rating)
            }
        })
        .collect();
    KpiLine {
        whole: history.last().unwrap().clone(),
        within: vec![history.last().unwrap().clone()],
        areas: Vec::new(),
        history,
        sentences: Vec::new(),
        bands: Vec::new(),
        process: None,
    }
}

/// A pack of a quarter that holds three months of one KPI, a certified answer, a local target and overall ratings.
pub fn monthly_pack() -> Pack {
    let mut line = banded();
    let months: Vec<RatedFigure> = line
        .history
        .split_off(line.history.len() - 3)
        .into_iter()
        .enumerate()
        .map(|(number, figure)| RatedFigure {
            period: (0..number)
                .fold(Period::containing(day(2025, 9, 1), Frequency::Month, 9), |period, _| period.next()),
            target: ["stretch 100%", "green 90% to below 100%", "red below 60%"].map(String::from).to_vec(),
            computed: Some("Computed from 6 entries of the log, Visit log A5 to A10.".to_string()),
            notes: std::iter::once("Counted in working days.".to_string())
                .chain((number == 1).then(|| "One visit is pending.".to_string()))
                .collect(),
            ..figure
        })
        .collect();
    line.whole = months[2].clone();
    line.within.clone_from(&months);
    line.history.extend(months.iter().cloned());
    let certified = |kpi: &str, said: &str, rating: Rating| {
        let whole = RatedFigure {
            title: "Gas safety certificate for each service".to_string(),
            period: Period::containing(day(2025, 9, 1), Frequency::Year, 9),
            unit: Unit::Answer,
            target: vec!["Yes".to_string()],
            thresholds: Vec::new(),
            said: Some(said.to_string()),
            cells: vec![at("returns/harbour/Certification.xlsx", "Services", "D6")],
            ..figure(kpi, 4, None, rating)
        };
        KpiLine {
            within: vec![whole.clone()],
            history: vec![whole.clone()],
            whole,
            areas: Vec::new(),
            sentences: Vec::new(),
            bands: Vec::new(),
            process: None,
        }
    };
    let mut unrated = certified("11", "", Rating::NotRated);
    unrated.whole = RatedFigure { target: Vec::new(), ..figure("11", 4, Some((25, 33)), Rating::NotRated) };
    let mut local = unrated.clone();
    local.whole = RatedFigure { local: true, ..figure("12", 4, Some((36, 38)), Rating::Red) };
    Pack {
        kpis: vec![
            certified("8", "Yes", Rating::Green),
            certified("9", "No", Rating::Red),
            certified("10", "Yes, contradicted by its evidence", Rating::Red),
            line,
            unrated,
            local,
        ],
        overall: months
            .iter()
            .map(|month| OverallRating {
                period: month.period,
                rating: month.rating,
                of: vec![("7".to_string(), month.rating)],
                clause: "6.6".to_string(),
            })
            .collect(),
        ..pack()
    }
}
