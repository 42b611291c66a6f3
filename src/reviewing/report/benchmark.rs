//! How the providers compare, KPI by KPI, now and over the last periods.

use super::Across;
use crate::review::benchmark::Benchmark;
use crate::review::report::Comparison;

/// Periods whose median is told.
const PERIODS: usize = 8;

/// Every KPI of the contract that is compared, in the contract's order.
pub fn comparisons(across: &Across<'_>) -> Vec<Comparison> {
    across.contract.kpis.iter().filter_map(|kpi| comparison(across, &kpi.reference)).collect()
}

fn comparison(across: &Across<'_>, kpi: &str) -> Option<Comparison> {
    let mut own: Vec<&Benchmark> = across.benchmarks.iter().filter(|own| own.kpi == kpi).collect();
    own.sort_by_key(|own| own.period);
    let last = *own.last()?;
    let newest = own.iter().rev().find(|own| own.market.is_some()).copied().unwrap_or(last);
    let since = (last.period != newest.period)
        .then(|| format!("{}: {}", last.period.describe(), last.sentences.join(" ")));
    let mut course: Vec<_> = own
        .iter()
        .rev()
        .filter_map(|own| Some((own.period, own.market.as_ref()?.spread)))
        .take(PERIODS)
        .collect();
    course.reverse();
    Some(Comparison { newest: newest.clone(), since, course })
}
