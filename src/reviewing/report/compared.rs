//! What the benchmark of a contract comes to, in a few sentences: how the medians moved, and who is often in the worst quarter.

use crate::domain::better::Better;
use crate::domain::text::number_of;
use crate::review::benchmark::{Benchmark, Quarter};
use crate::review::report::Comparison;
use crate::reviewing::sentences;

/// As many KPIs or providers as are named in a sentence.
const NAMED: usize = 3;
/// In so many KPIs a provider stands in the worst quarter before it is named.
const OFTEN: usize = 2;

/// How a median moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moved {
    Better,
    Worse,
    Same,
    /// There is no median before, or neither end is the better one.
    Unknown,
}

/// The sentences; empty where nothing is compared.
pub fn summary(comparisons: &[Comparison]) -> Vec<String> {
    let compared: Vec<&Benchmark> =
        comparisons.iter().map(|own| &own.newest).filter(|own| own.market.is_some()).collect();
    if compared.is_empty() {
        return Vec::new();
    }
    std::iter::once(medians(&compared)).chain(often_worst(&compared)).collect()
}

/// `Of 6 KPIs compared, the median got worse in 2 (KPI 1, from 89.7% to 80.2%; KPI 3b, from 2 to 3), better in 1 (…) and stayed the
/// same in 3.`
fn medians(compared: &[&Benchmark]) -> String {
    let of = |wanted: Moved| -> Vec<&Benchmark> {
        compared.iter().copied().filter(|own| moved(own) == wanted).collect()
    };
    let (worse, better, same) = (of(Moved::Worse), of(Moved::Better), of(Moved::Same));
    let kpis = number_of(compared.len(), "KPI", "KPIs");
    let open = of(Moved::Unknown).len();
    let mut parts = Vec::new();
    if !worse.is_empty() {
        parts.push(format!("got worse in {}", told(&worse)));
    }
    if !better.is_empty() {
        parts.push(format!("got better in {}", told(&better)));
    }
    if !same.is_empty() {
        parts.push(format!("stayed the same in {}", same.len()));
    }
    if parts.is_empty() {
        let have = if compared.len() == 1 { "has" } else { "have" };
        return format!("{kpis} {have} figures that can be compared, none with a period before.");
    }
    if open > 0 {
        parts.push(format!("cannot be judged in {open}"));
    }
    format!("Of {kpis} compared, the median {} since the period before.", sentences::list(&parts))
}

/// `2 (KPI 1, from 89.7% to 80.2%; KPI 3b, from 2 to 3)`.
fn told(moved: &[&Benchmark]) -> String {
    let mut each: Vec<String> = moved
        .iter()
        .take(NAMED)
        .filter_map(|own| {
            let market = own.market.as_ref()?;
            let (before, _) = market.before?;
            let (before, now) = (own.show(before), own.show(market.spread.median));
            Some(format!("KPI {}, from {before} to {now}", own.kpi))
        })
        .collect();
    if moved.len() > NAMED {
        each.push(format!("and {} more", moved.len() - NAMED));
    }
    format!("{} ({})", moved.len(), each.join("; "))
}

fn moved(own: &Benchmark) -> Moved {
    let Some(market) = &own.market else { return Moved::Unknown };
    let Some((before, _)) = market.before else { return Moved::Unknown };
    let now = market.spread.median;
    match own.better {
        _ if now == before => Moved::Same,
        Some(Better::Higher) if now > before => Moved::Better,
        Some(Better::Lower) if now < before => Moved::Better,
        Some(_) => Moved::Worse,
        None => Moved::Unknown,
    }
}

/// `In the worst quarter most often: Sallowbeck Care (4 of 6 KPIs), Ravenmoss Care (3 of 6).`
fn often_worst(compared: &[&Benchmark]) -> Option<String> {
    let mut worst: Vec<(&str, usize, usize)> = Vec::new();
    for own in compared {
        let quarter = match own.better {
            Some(Better::Higher) => Quarter::Lowest,
            Some(Better::Lower) => Quarter::Highest,
            None => continue,
        };
        for provider in own.market.iter().flat_map(|market| &market.providers) {
            let is_worst = usize::from(provider.quarter == quarter);
            match worst.iter_mut().find(|(name, ..)| *name == provider.provider) {
                Some((_, times, of)) => (*times, *of) = (*times + is_worst, *of + 1),
                None => worst.push((&provider.provider, is_worst, 1)),
            }
        }
    }
    worst.retain(|(_, times, _)| *times >= OFTEN);
    worst.sort_by_key(|(name, times, _)| (std::cmp::Reverse(*times), *name));
    worst.first()?;
    let named = worst.iter().take(NAMED);
    let mut each: Vec<String> =
        named.map(|(name, times, of)| format!("{name} ({times} of the {of} it is compared in)")).collect();
    let left = worst.len().saturating_sub(NAMED);
    if left > 0 {
        each.push(number_of(left, "other", "others"));
    }
    Some(format!("In the worst quarter of providers in several KPIs: {}.", sentences::list(&each)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::{Frequency, Period};
    use crate::domain::quantity::{Quantity, Unit};
    use crate::review::benchmark::{Before, Compared, Market, Spread};
    use chrono::NaiveDate;

    /// A KPI with its median before and now in per cent, and the quarters of its providers.
    fn comparison(
        (kpi, better): (&str, Option<Better>),
        before: Option<i64>,
        now: Option<i64>,
        quarters: &[(&str, Quarter)],
    ) -> Comparison {
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        let per_cent = |number: i64| Quantity::new(number, 2);
        let provider = |(name, quarter): &(&str, Quarter)| Compared {
            provider: (*name).to_string(),
            value: per_cent(50),
            shown: "50%".to_string(),
            out_of: None,
            rank: 1,
            alike: 1,
            quarter: *quarter,
            before: Before::None("No period before".to_string()),
            remark: None,
            sentence: String::new(),
        };
        let market = now.map(|now| Market {
            spread: Spread { number: 5, lower: per_cent(now), median: per_cent(now), upper: per_cent(now) },
            before: before.map(|before| (per_cent(before), 5)),
            providers: quarters.iter().map(provider).collect(),
        });
        let newest = Benchmark {
            kpi: kpi.to_string(),
            title: "Outcomes".to_string(),
            clause: String::new(),
            period: Period::containing(day, Frequency::Quarter, 4),
            unit: Unit::Percent,
            thresholds: Vec::new(),
            better,
            at_least: 5,
            comparable: 5,
            market,
            left_out: Vec::new(),
            sentences: Vec::new(),
        };
        Comparison { newest, since: None, course: Vec::new() }
    }

    const HIGHER: Option<Better> = Some(Better::Higher);
    const LOWER: Option<Better> = Some(Better::Lower);

    #[test]
    fn the_medians_are_told_by_how_they_moved() {
        let of = |kpi, better, before, now| comparison((kpi, better), before, now, &[]);
        for (comparisons, told) in [
            (vec![], ""),
            (vec![of("1", HIGHER, Some(90), None)], ""),
            (
                vec![of("1", HIGHER, None, Some(80))],
                "1 KPI has figures that can be compared, none with a period before.",
            ),
            (
                vec![of("1", HIGHER, Some(90), Some(80))],
                "Of 1 KPI compared, the median got worse in 1 (KPI 1, from 90% to 80%) since the period before.",
            ),
            (
                vec![
                    of("1", HIGHER, Some(90), Some(80)),
                    of("2", LOWER, Some(90), Some(80)),
                    of("3", LOWER, Some(10), Some(10)),
                    of("4", None, Some(10), Some(20)),
                ],
                "Of 4 KPIs compared, the median got worse in 1 (KPI 1, from 90% to 80%), got better in 1 (KPI 2, from 90% \
                 to 80%), stayed the same in 1 and cannot be judged in 1 since the period before.",
            ),
            (
                ["1", "2", "3", "4", "5"].map(|kpi| of(kpi, LOWER, Some(10), Some(20))).into(),
                "Of 5 KPIs compared, the median got worse in 5 (KPI 1, from 10% to 20%; KPI 2, from 10% to 20%; KPI 3, \
                 from 10% to 20%; and 2 more) since the period before.",
            ),
        ] {
            assert_eq!(summary(&comparisons).first().map_or("", String::as_str), told);
        }
    }

    #[test]
    fn who_is_in_the_worst_quarter_twice_or_more_is_named() {
        use Quarter::{Highest, Lowest, Median};
        let twice = [
            comparison(
                ("1", HIGHER),
                None,
                Some(80),
                &[("Ash", Lowest), ("Birch", Highest), ("Cedar", Lowest)],
            ),
            comparison(
                ("2", LOWER),
                None,
                Some(80),
                &[("Ash", Highest), ("Birch", Lowest), ("Cedar", Median)],
            ),
        ];
        assert_eq!(
            summary(&twice)[1],
            "In the worst quarter of providers in several KPIs: Ash (2 of the 2 it is compared in)."
        );
        assert_eq!(summary(&twice[..1]).len(), 1, "once is not often");
        let names = ["Elder", "Damson", "Cedar", "Birch", "Ash"].map(|name| (name, Lowest));
        let many = [
            comparison(("1", HIGHER), None, Some(80), &names),
            comparison(("2", HIGHER), None, Some(80), &names),
        ];
        assert!(
            summary(&many)[1].ends_with("Cedar (2 of the 2 it is compared in) and 2 others."),
            "{:?}",
            summary(&many)
        );
    }
}
