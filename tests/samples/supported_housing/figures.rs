//! Every figure, its period and the median, as tabled in the README.

use quarterday::domain::quantity::{Quantity, share};
use quarterday::domain::rating::Rating;
use quarterday::review::RatedFigure;
use quarterday::review::benchmark::Benchmark;

use super::{SAMPLE, named};
use crate::readme::table;
use crate::{figure, review};

/// The README's tables: heading of the first column, and the KPIs in a cell.
const TABLES: [(&str, &[&str]); 6] = [
    ("KPI 1, outcomes, by half-year", &["1"]),
    ("KPI 2, spot checks", &["2"]),
    ("KPI 3, complaints and concerns", &["3a", "3b"]),
    ("KPI 4, employment, by year", &["4"]),
    ("KPI 5, hours", &["5"]),
    ("KPI 6, leavers ÷ headcount", &["6"]),
];

fn number(text: &str) -> Quantity {
    text.parse().unwrap_or_else(|_| panic!("“{text}” is no number"))
}

/// Holds one figure to what stands for it in the README, `12/14`, `2`, with `*` where it is of part of the period.
fn assert_figure(own: Option<&RatedFigure>, written: &str, what: &str) {
    let Some(own) = own else {
        assert_eq!(written, "", "{what} is not there");
        return;
    };
    let rating = match written {
        "" => panic!("{what} is {own:?}"),
        "-" => Rating::NoReturn,
        "invalid" => Rating::Invalid,
        "0/0" => Rating::NoActivity,
        _ => Rating::NotRated,
    };
    assert_eq!(own.rating, rating, "{what}");
    if matches!(rating, Rating::NoReturn | Rating::Invalid) {
        assert_eq!(own.value, None, "{what}");
        return;
    }
    assert_eq!(own.partial.is_some(), written.ends_with('*'), "{what}");
    match written.trim_end_matches('*').split_once('/') {
        Some((numerator, denominator)) => {
            let (numerator, denominator) = (number(numerator), number(denominator));
            assert_eq!((own.numerator, own.denominator), (Some(numerator), Some(denominator)), "{what}");
            assert_eq!(own.value, share(numerator, denominator), "{what}");
        }
        None => assert_eq!(own.value, Some(number(written.trim_end_matches('*'))), "{what}"),
    }
}

/// The benchmark of a period, from the pack of the provider that has figures in all of them.
fn benchmark(kpi: &str, period: &str) -> &'static Benchmark {
    let packs = &review(&SAMPLE, named("Northgate")).packs;
    packs
        .iter()
        .flat_map(|pack| &pack.benchmarks)
        .find(|own| own.kpi == kpi && own.period.label() == period)
        .unwrap_or_else(|| panic!("KPI {kpi} of {period} is not compared"))
}

/// Holds a benchmark to `75.74% of 6`, `0.5, 1.5 of 6` or `none: 4 figures`.
fn assert_median(kpis: &[&str], period: &str, written: &str) {
    if let Some(figures) = written.strip_prefix("none: ") {
        let figures = figures.strip_suffix(" figures").unwrap();
        for kpi in kpis {
            let own = benchmark(kpi, period);
            assert!(own.market.is_none(), "KPI {kpi} of {period}");
            assert_eq!(own.comparable.to_string(), figures, "KPI {kpi} of {period}");
        }
        return;
    }
    let (medians, providers) = written.split_once(" of ").unwrap();
    let medians: Vec<&str> = medians.split(", ").collect();
    assert_eq!(medians.len(), kpis.len(), "{written}");
    for (kpi, median) in kpis.iter().zip(medians) {
        let spread = benchmark(kpi, period).market.as_ref().unwrap().spread;
        let shown = match median.strip_suffix('%') {
            Some(_) => format!("{:.2}%", (spread.median * number("100")).round_dp(2)),
            None => spread.median.normalize().to_string(),
        };
        assert_eq!(shown, median, "KPI {kpi} of {period}");
        assert_eq!(spread.number.to_string(), providers, "KPI {kpi} of {period}");
    }
}

#[test]
fn every_figure_and_median_is_as_tabled() {
    let mut figures = 0;
    for (heading, kpis) in TABLES {
        let rows = table("lancashire-supported-housing", &[heading]);
        let periods = &rows[0][1..];
        assert_eq!(rows.len(), 10, "{heading}: eight providers and the median");
        for row in &rows[1..] {
            for (period, written) in periods.iter().zip(&row[1..]) {
                if row[0] == "median" {
                    assert_median(kpis, period, written);
                    continue;
                }
                let review = review(&SAMPLE, named(row[0]));
                let parts: Vec<&str> = written.split(", ").collect();
                for (index, kpi) in kpis.iter().enumerate() {
                    // One word stands for both where nothing came in.
                    let part = if let [one] = parts[..] { one } else { parts[index] };
                    // The star stands behind the pair.
                    let partial = written.ends_with('*') && !part.ends_with('*');
                    let part = if partial { format!("{part}*") } else { part.to_string() };
                    let what = format!("{}, KPI {kpi} of {period}", row[0]);
                    let own = figure(review, kpi, period);
                    figures += usize::from(own.is_some());
                    assert_figure(own, &part, &what);
                }
            }
        }
    }
    assert_eq!(figures, SAMPLE.reviews.iter().map(|review| review.ratings.len()).sum::<usize>());
}

#[test]
fn more_hours_than_commissioned_are_no_fault() {
    let above: Vec<String> = SAMPLE
        .reviews
        .iter()
        .flat_map(|review| review.ratings.iter().map(move |own| (review, own)))
        .filter(|(_, own)| own.kpi == "5" && own.value.is_some_and(|value| value > number("1")))
        .map(|(review, own)| format!("{} {} {}", review.provider, own.period.label(), own.shown()))
        .collect();
    assert_eq!(above, ["Sallowbeck Care 2020-21 Q3 102.5%"]);
}

#[test]
fn figures_come_from_the_cells_named() {
    let of = |provider: &str, kpi, period| {
        let own = figure(review(&SAMPLE, named(provider)), kpi, period).unwrap();
        let place = &own.cells[0];
        format!("{}!{} {}", place.sheet, place.cell, own.shown())
    };
    assert_eq!(of("Marlpit", "5", "2020-21 Q3"), "KPI return!G15 94%");
    assert_eq!(of("Sallowbeck", "5", "2020-21 Q4"), "KPI return!G17 96.5%");
    assert_eq!(of("Hawksclough", "5", "2020-21 Q2"), "KPI return!H16 95.5%");
    assert_eq!(of("Twistlefield", "4", "2020-21"), "KPI return!G16 no activity");
}
