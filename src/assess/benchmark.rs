//! The market benchmark: every KPI and period across the providers of one contract.
//!
//! A figure is compared where it is proven and for a whole period. What is left out is named with its reason, never dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::Contract;
use crate::contract::meant::Kpi;
use crate::domain::finding::Severity;
use crate::domain::period::Period;
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::review::benchmark::{Before, Benchmark, Compared, LeftOut, Market};
use crate::review::{ProviderReview, RatedFigure};
use crate::rules::benchmark::{ranks, spread};

/// Every benchmark of `contract`, in its order of KPIs, each by period; none where the contract asks for none. Sentences are not
/// written yet.
pub fn benchmarks(contract: &Contract, reviews: &[&ProviderReview]) -> Vec<Benchmark> {
    let Some(settings) = &contract.benchmark else { return Vec::new() };
    let in_question: Vec<BTreeSet<CellRef>> = reviews.iter().map(|review| in_question(review)).collect();
    let mut benchmarks = Vec::new();
    for kpi in contract.kpis.iter().filter(|kpi| kpi.unit != Unit::Answer) {
        let mut by_period: BTreeMap<Period, Vec<Entry<'_>>> = BTreeMap::new();
        for (review, in_question) in reviews.iter().zip(&in_question) {
            for figure in review.ratings.iter().filter(|own| own.kpi == kpi.reference && own.area.is_none()) {
                by_period.entry(figure.period).or_default().push(Entry {
                    provider: &review.provider,
                    figure,
                    standing: standing(figure, in_question),
                });
            }
        }
        for (period, entries) in &by_period {
            let earlier = by_period.get(&period.previous()).map(Vec::as_slice).unwrap_or_default();
            benchmarks.push(benchmark(kpi, &settings.clause, settings.at_least, *period, entries, earlier));
        }
    }
    benchmarks
}

/// A provider's figure and whether it can be compared.
struct Entry<'a> {
    provider: &'a str,
    figure: &'a RatedFigure,
    /// The value, or why it is left out.
    standing: Result<Quantity, String>,
}

/// The cells that an open error is about.
fn in_question(review: &ProviderReview) -> BTreeSet<CellRef> {
    review
        .submissions
        .iter()
        .flat_map(|submission| &submission.findings)
        .filter(|finding| finding.kind.severity == Severity::Error && finding.accepted.is_none())
        .flat_map(|finding| finding.place().into_iter().chain(finding.involved.iter().cloned()))
        .collect()
}

fn standing(figure: &RatedFigure, in_question: &BTreeSet<CellRef>) -> Result<Quantity, String> {
    let value = figure.value.ok_or_else(|| {
        match figure.rating {
            Rating::NoReturn => "no return was received",
            Rating::NoActivity => "nothing happened that could be measured",
            _ => "the figure cannot be used",
        }
        .to_string()
    })?;
    if let Some(partial) = &figure.partial {
        return Err(inside_a_sentence(partial));
    }
    if figure.cells.iter().any(|cell| in_question.contains(cell)) {
        return Err("an error in the return is still open, so the figure is not proven".to_string());
    }
    Ok(value)
}

fn benchmark(
    kpi: &Kpi,
    clause: &str,
    at_least: usize,
    period: Period,
    entries: &[Entry<'_>],
    earlier: &[Entry<'_>],
) -> Benchmark {
    let better = kpi.better(&period);
    let mut left_out: Vec<LeftOut> = entries
        .iter()
        .filter_map(|own| {
            Some(LeftOut {
                provider: own.provider.to_string(),
                shown: own.figure.value.map(|_| own.figure.shown()),
                reason: own.standing.as_ref().err()?.clone(),
            })
        })
        .collect();
    left_out.sort_by(|a, b| a.provider.cmp(&b.provider));
    let values = comparable(entries);
    let market = spread(&values).filter(|found| found.number >= at_least).map(|spread| {
        let ranks = ranks(&values, better);
        let mut providers: Vec<Compared> = entries
            .iter()
            .filter_map(|own| Some((own, *own.standing.as_ref().ok()?)))
            .zip(ranks)
            .map(|((own, value), rank)| Compared {
                provider: own.provider.to_string(),
                value,
                shown: own.figure.shown(),
                out_of: own.figure.out_of(),
                rank,
                alike: values.iter().filter(|other| **other == value).count(),
                quarter: spread.quarter(value),
                before: before(own, earlier),
                remark: own.figure.relief.as_ref().map(|_| "Relief agreed".to_string()),
                sentence: String::new(),
            })
            .collect();
        providers.sort_by(|a, b| (a.rank, &a.provider).cmp(&(b.rank, &b.provider)));
        let earlier = self::spread(&comparable(earlier)).filter(|found| found.number >= at_least);
        Market { spread, before: earlier.map(|found| (found.median, found.number)), providers }
    });
    Benchmark {
        kpi: kpi.reference.clone(),
        title: kpi.title.clone(),
        clause: clause.to_string(),
        period,
        unit: kpi.unit,
        thresholds: entries.first().map(|own| own.figure.thresholds.clone()).unwrap_or_default(),
        better,
        at_least,
        comparable: values.len(),
        market,
        left_out,
        sentences: Vec::new(),
    }
}

fn comparable(entries: &[Entry<'_>]) -> Vec<Quantity> {
    entries.iter().filter_map(|own| own.standing.as_ref().ok().copied()).collect()
}

/// The provider's figure of the period before; one that is left out there is not compared with here either.
fn before(own: &Entry<'_>, earlier: &[Entry<'_>]) -> Before {
    match earlier.iter().find(|other| other.provider == own.provider) {
        None => Before::None("No period before".to_string()),
        Some(other) => match &other.standing {
            Ok(value) => Before::Figure(*value),
            Err(reason) => Before::None(format!("Not compared with the period before ({reason})")),
        },
    }
}

/// With a small first letter and without its full stop.
fn inside_a_sentence(sentence: &str) -> String {
    let mut letters = sentence.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
