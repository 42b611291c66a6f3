//! Invented bands, an invented XmR chart with every kind of point, and an invented calendar of returns.

use rust_decimal::Decimal;

use crate::domain::period::{Frequency, Period};
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::rating_band::{BandEdge, RatingBand};
use crate::domain::submission::SubmissionStatus;
use crate::review::past_returns::PastReturn;
use crate::review::process::{
    Assurance, BandsFrom, ProcessChart, ProcessGap, ProcessLimit, ProcessPoint, ProcessTarget, SpecialCause,
    Towards, Variation,
};

use super::{PLANTED, day, quarter};

fn percent(number: i64) -> Quantity {
    Decimal::new(number, 2)
}

fn edge(number: i64, included: bool) -> Option<BandEdge> {
    Some(BandEdge { value: percent(number), included })
}

/// A lone target of at least 95%.
pub fn lone_target() -> Vec<BandsFrom> {
    let band = |rating, low, high| RatingBand { rating, low, high };
    vec![BandsFrom {
        from: quarter(0),
        bands: vec![band(Rating::Red, None, edge(95, false)), band(Rating::Green, edge(95, true), None)],
    }]
}

/// Four bands, the best of them 100% alone; the year before there was a lone target.
pub fn four_bands(from: Period, changed: Period) -> Vec<BandsFrom> {
    let band = |rating, low, high| RatingBand { rating, low, high };
    vec![
        BandsFrom { from, bands: lone_target()[0].bands.clone() },
        BandsFrom {
            from: changed,
            bands: vec![
                band(Rating::Red, None, edge(60, false)),
                band(Rating::Amber, edge(60, true), edge(90, false)),
                band(Rating::Green, edge(90, true), edge(100, false)),
                band(Rating::Stretch, edge(100, true), edge(100, true)),
            ],
        },
    ]
}

/// A chart of fourteen months, one of them without a figure.
pub fn process() -> ProcessChart {
    let first = Period::containing(day(2024, 9, 1), Frequency::Month, 9);
    let month = |number: usize| (0..number).fold(first, |period, _| period.next());
    let point = |number: usize, value: i64, causes: &[SpecialCause], variation| ProcessPoint {
        period: month(number),
        value: percent(value),
        shown: format!("{value}%"),
        moving_range: (number != 0 && number != 5).then(|| percent(2)),
        causes: causes.to_vec(),
        variation,
        relieved: number == 7,
    };
    use SpecialCause::{CloseToLimit, Outside, Run, Trend};
    let worse = Variation::Concern(Towards::Low);
    ProcessChart {
        unit: Unit::Percent,
        points: vec![
            point(0, 94, &[], Variation::CommonCause),
            point(1, 92, &[], Variation::CommonCause),
            point(2, 100, &[Outside], Variation::Improvement(Towards::High)),
            point(3, 93, &[Trend, Run], Variation::Improvement(Towards::High)),
            point(5, 92, &[], Variation::CommonCause),
            point(6, 90, &[CloseToLimit], worse),
            point(7, 84, &[Outside, CloseToLimit], worse),
            point(8, 88, &[Run], worse),
            point(9, 89, &[Run], worse),
            point(10, 88, &[Run], Variation::Neither(Towards::Low)),
            point(11, 90, &[Run], worse),
            point(12, 88, &[Run], worse),
            point(13, 89, &[Run], worse),
        ],
        gaps: vec![ProcessGap { period: month(4), why: "No return".to_string() }],
        mean: percent(91),
        mean_range: percent(2),
        lower: ProcessLimit { value: Decimal::new(8568, 4), reckoned: Decimal::new(8568, 4) },
        upper: ProcessLimit { value: percent(96), reckoned: percent(101) },
        trial: true,
        target: Some(ProcessTarget {
            value: percent(95),
            included: true,
            lower_is_better: false,
            words: "at least 95%".to_string(),
        }),
        variation: worse,
        assurance: Some(Assurance::HitAndMiss),
        sentences: vec!["Over 13 months the average is 91%.".to_string()],
        cautions: vec!["Trial limits: they rest on 13 figures.".to_string()],
    }
}

/// Returns of fourteen months in every status, and a quarterly form of two areas.
pub fn past_returns() -> Vec<PastReturn> {
    let first = Period::containing(day(2024, 10, 1), Frequency::Month, 9);
    let returned = |form: &str, area: Option<&str>, period: Period, status, days_over| PastReturn {
        form_title: form.to_string(),
        area: area.map(str::to_string),
        period,
        due: period.to + chrono::Days::new(14),
        status,
        days_over,
    };
    use SubmissionStatus::{Late, Missing, NotYetDue, OnTime, Unproven};
    let mut returns: Vec<PastReturn> = (0..14)
        .map(|number| {
            let (status, days) = match number {
                3 => (Late, Some(1)),
                7 => (Late, Some(12)),
                9 => (Missing, Some(140)),
                11 => (Unproven, None),
                13 => (NotYetDue, None),
                _ => (OnTime, None),
            };
            let period = (0..number).fold(first, |period, _| period.next());
            returned("Monthly management information", None, period, status, days)
        })
        .collect();
    for area in ["Cheshire East", PLANTED] {
        returns.extend(
            (0..5).map(|number| returned("Quarterly narrative", Some(area), quarter(number), OnTime, None)),
        );
    }
    returns
}

/// Bands of scores.
pub fn score_bands() -> Vec<BandsFrom> {
    let edge = |tenths: i64, included: bool| Some(BandEdge { value: Decimal::new(tenths, 1), included });
    let band = |rating, low, high| RatingBand { rating, low, high };
    vec![BandsFrom {
        from: quarter(0),
        bands: vec![
            band(Rating::Red, None, edge(25, false)),
            band(Rating::Amber, edge(25, true), edge(35, false)),
            band(Rating::Green, edge(35, true), None),
        ],
    }]
}
