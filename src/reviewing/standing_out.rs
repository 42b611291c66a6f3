//! Where the contract sets no targets: what changed most since the period before, and what stands out among all providers.

use super::sentences::list;
use crate::domain::better::Better;
use crate::domain::quantity::{Quantity, Unit};
use crate::review::benchmark::{Compared, Quarter};
use crate::review::{Pack, RatedFigure};

/// As many changes as are named.
const NAMED: usize = 3;

/// By how much a share, in fractions of 1, and a count have to move to be named.
fn is_large(unit: Unit, by: Quantity) -> bool {
    match unit {
        Unit::Percent => by >= Quantity::new(5, 2),
        _ => by >= Quantity::from(3),
    }
}

/// What changed most, in a sentence; `None` where there is nothing to compare with. A part of a period is not compared.
pub fn changed_most(pack: &Pack) -> Option<String> {
    let mut moved: Vec<(&RatedFigure, &RatedFigure, Quantity)> = pack
        .kpis
        .iter()
        .filter_map(|line| {
            let now = &line.whole;
            let then = line.history.iter().rev().find(|then| then.period == now.period.previous())?;
            let whole = now.partial.is_none() && then.partial.is_none();
            let by = (now.value? - then.value?).abs();
            whole.then_some((now, then, by))
        })
        .collect();
    if moved.is_empty() {
        return None;
    }
    moved.retain(|(now, _, by)| is_large(now.unit, *by));
    if moved.is_empty() {
        return Some(
            "Since the period before no share moved by 5 percentage points or more, and no count by 3 or more."
                .to_string(),
        );
    }
    // Shares first, each kind by how far it moved; the contract's order among equals.
    moved.sort_by_key(|(now, _, by)| (now.unit != Unit::Percent, std::cmp::Reverse(*by)));
    let named: Vec<String> = moved
        .iter()
        .take(NAMED)
        .map(|(now, then, _)| {
            let way = if now.value > then.value { "up" } else { "down" };
            format!("{}, {way} from {} to {}", now.in_full(), then.shown(), now.shown())
        })
        .collect();
    Some(format!("Changed most since the period before: {}.", named.join("; ")))
}

/// The provider's KPIs in the weakest and in the best quarter of all providers, each with its figure; the others lie between.
fn at_the_ends(pack: &Pack) -> (Vec<String>, Vec<String>) {
    let (mut weakest, mut best) = (Vec::new(), Vec::new());
    for benchmark in &pack.benchmarks {
        let (Some(own), Some(better)) = (benchmark.compared(&pack.provider), benchmark.better) else {
            continue;
        };
        let words = |own: &Compared| {
            format!("KPI {} ({}; rank {} of {})", benchmark.kpi, own.shown, own.rank, number(benchmark))
        };
        match (own.quarter, better) {
            (Quarter::Lowest, Better::Higher) | (Quarter::Highest, Better::Lower) => weakest.push(words(own)),
            (Quarter::Highest, Better::Higher) | (Quarter::Lowest, Better::Lower) => best.push(words(own)),
            _ => {}
        }
    }
    (weakest, best)
}

fn number(benchmark: &crate::review::benchmark::Benchmark) -> usize {
    benchmark.market.as_ref().map_or(0, |market| market.spread.number)
}

/// `, 1 in the weakest quarter of providers and 2 in the best`; nothing where nobody is compared.
pub fn in_the_headline(pack: &Pack) -> String {
    let (weakest, best) = at_the_ends(pack);
    match (weakest.len(), best.len()) {
        (0, 0) => String::new(),
        (weakest, 0) => format!(", {weakest} in the weakest quarter of providers"),
        (0, best) => format!(", {best} in the best quarter of providers"),
        (weakest, best) => format!(", {weakest} in the weakest quarter of providers and {best} in the best"),
    }
}

/// `Among all providers in the weakest quarter: KPI 4 (25%; rank 5 of 5). In the best: …`.
pub fn against_the_market(pack: &Pack) -> Vec<String> {
    let (weakest, best) = at_the_ends(pack);
    [("weakest", weakest), ("best", best)]
        .into_iter()
        .filter(|(_, kpis)| !kpis.is_empty())
        .map(|(end, kpis)| format!("In the {end} quarter of providers: {}.", list(&kpis)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sentences::tests::share;
    use super::*;
    use crate::domain::rating::Rating;
    use crate::review::KpiLine;

    fn told(then: (i64, i64), now: (i64, i64), partial: bool) -> Option<String> {
        let mut history = [then, now]
            .into_iter()
            .zip(0..)
            .map(|((met, of), quarter)| share(quarter, met, of, Rating::NotRated))
            .collect::<Vec<_>>();
        history[0].partial = partial.then(|| "Partial period.".to_string());
        let mut pack = super::super::fixture::World::new("2020-04-01", "2020-08-01").review().packs.remove(0);
        let whole = history[1].clone();
        pack.kpis = vec![KpiLine {
            within: vec![whole.clone()],
            whole,
            history,
            areas: Vec::new(),
            sentences: Vec::new(),
            bands: Vec::new(),
            process: None,
        }];
        changed_most(&pack)
    }

    #[test]
    fn a_change_is_named_from_five_points_on_and_never_from_a_part_of_a_period() {
        let named = "Changed most since the period before: KPI 5, Referrals allocated, down from 95% to 90%.";
        assert_eq!(told((95, 100), (90, 100), false).as_deref(), Some(named));
        assert!(told((95, 100), (91, 100), false).unwrap().contains("no share moved by 5"));
        assert_eq!(told((95, 100), (90, 100), true), None);
    }
}
