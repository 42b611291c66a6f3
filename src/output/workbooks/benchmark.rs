//! How providers compare, as tables: of the council's pack and report with names, of the provider's with its own place alone.

use super::pack_pages::Page;
use super::pack_tables::{Entry, TablePage};
use crate::domain::quantity::Quantity;
use crate::output::periods;
use crate::review::Pack;
use crate::review::benchmark::{Before, Benchmark, OwnBenchmark};
use crate::review::readers::ProviderPack;
use crate::review::report::Comparison;

const SHEET: &str = "Benchmark";
const KPI: [(&str, f64); 3] = [("Ref", 8.0), ("KPI", 36.0), ("Period", 14.0)];
/// What stands where a provider is left out, or too few are compared.
const WORDS: [(&str, &str); 10] = [
    ("Provider", "All providers"),
    ("Value", "No figure"),
    ("Out of", "Not a share"),
    ("Rank", "Not ranked"),
    ("Among all", "Not compared"),
    ("Before", "No figure"),
    ("Change", "Not compared"),
    ("Lower quartile", "Too few"),
    ("Median", "Too few"),
    ("Upper quartile", "Too few"),
];
const MARKET: [(&str, f64); 4] =
    [("Providers compared", 12.0), ("Lower quartile", 12.0), ("Median", 12.0), ("Upper quartile", 12.0)];

/// Every provider's place in each KPI of a pack, those left out with the reason; `None` where nobody is compared.
pub fn of_pack(pack: &Pack) -> Option<Page> {
    if pack.benchmarks.is_empty() {
        return None;
    }
    let mut table = council(&[("This provider", 11.0)]);
    for benchmark in &pack.benchmarks {
        table.rows.extend(rows(benchmark, &|name| {
            vec![Entry::text(if name == pack.provider { "Yes" } else { "No" })]
        }));
    }
    Some(Page {
        name: SHEET,
        about: "The KPIs compared across the providers of the contract, with names.",
        table,
    })
}

/// The provider's own place in each KPI; `None` where nobody is compared.
pub fn of_provider(pack: &ProviderPack) -> Option<Page> {
    if pack.benchmarks().is_empty() {
        return None;
    }
    let mut table = TablePage::new(&KPI).saying(&WORDS);
    let own = [("Value", 12.0), ("Rank", 8.0), ("Among all", 18.0), ("Before", 12.0), ("Change", 26.0)];
    for (heading, width) in own.iter().chain(&MARKET).chain(&[("In words", 70.0)]) {
        table.columns.push(((*heading).to_string(), *width));
    }
    table.rows = pack.benchmarks().iter().map(own_row).collect();
    Some(Page { name: SHEET, about: "This provider's place among all providers of the contract.", table })
}

/// Every provider's place in each KPI, by its newest period with a benchmark.
pub fn of_report(comparisons: &[Comparison]) -> TablePage {
    let mut table = council(&[]);
    for comparison in comparisons {
        table.rows.extend(rows(&comparison.newest, &|_| Vec::new()));
    }
    table
}

/// Median and quartiles over the last periods.
pub fn course(comparisons: &[Comparison]) -> TablePage {
    let mut table = TablePage::new(&KPI).saying(&WORDS);
    table.columns.extend(MARKET.map(|(heading, width)| (heading.to_string(), width)));
    for comparison in comparisons {
        let newest = &comparison.newest;
        for (period, spread) in &comparison.course {
            let mut row = vec![
                Entry::text(&newest.kpi),
                Entry::text(&newest.title),
                Entry::text(periods::in_table(period)),
                Entry::count(spread.number as u64),
            ];
            row.extend(
                [spread.lower, spread.median, spread.upper]
                    .map(|value| Entry::figure(Some(value), newest.unit, &newest.thresholds)),
            );
            table.rows.push(row);
        }
    }
    table
}

fn council(after_provider: &[(&str, f64)]) -> TablePage {
    let mut table = TablePage::new(&KPI).saying(&WORDS);
    let provider = [("Provider", 30.0)];
    let own = [
        ("Value", 12.0),
        ("Out of", 14.0),
        ("Rank", 8.0),
        ("Among all", 18.0),
        ("Before", 12.0),
        ("Change", 26.0),
    ];
    for (heading, width) in
        provider.iter().chain(after_provider).chain(&own).chain(&MARKET).chain(&[("Notes", 50.0)])
    {
        table.columns.push(((*heading).to_string(), *width));
    }
    table
}

/// A row for each provider, then for each that is left out.
fn rows(benchmark: &Benchmark, after_provider: &dyn Fn(&str) -> Vec<Entry>) -> Vec<Vec<Entry>> {
    let figure = |value| Entry::figure(value, benchmark.unit, &benchmark.thresholds);
    let spread = benchmark.market.as_ref().map(|market| market.spread);
    let market = || -> Vec<Entry> {
        vec![
            Entry::count(benchmark.comparable as u64),
            figure(spread.map(|own| own.lower)),
            figure(spread.map(|own| own.median)),
            figure(spread.map(|own| own.upper)),
        ]
    };
    let first = |provider: &str| {
        let mut row = vec![
            Entry::text(&benchmark.kpi),
            Entry::text(&benchmark.title),
            Entry::text(periods::in_table(&benchmark.period)),
            Entry::text(provider),
        ];
        row.extend(after_provider(provider));
        row
    };
    let mut rows = Vec::new();
    for own in benchmark.market.iter().flat_map(|market| &market.providers) {
        let mut row = first(&own.provider);
        row.extend([
            figure(Some(own.value)),
            Entry::maybe(own.out_of.as_ref()),
            Entry::count(own.rank as u64),
            Entry::text(own.quarter.words()),
            figure(before(&own.before)),
            Entry::text(benchmark.change(own)),
        ]);
        row.extend(market());
        row.push(Entry::maybe(own.remark.as_ref()));
        rows.push(row);
    }
    let without = |provider: &str, shown: &str, why: String| {
        let mut row = first(provider);
        row.push(Entry::Right(shown.to_string()));
        row.extend((0..5).map(|_| Entry::text("")));
        row.extend(market());
        row.push(Entry::text(why));
        row
    };
    if benchmark.market.is_none() {
        rows.push(without("", "", benchmark.sentences.join(" ")));
    }
    rows.extend(benchmark.left_out.iter().map(|left| {
        let shown = left.shown.as_deref().unwrap_or_default();
        without(&left.provider, shown, format!("Left out: {}.", left.reason))
    }));
    rows
}

fn own_row(own: &OwnBenchmark) -> Vec<Entry> {
    let figure = |value| Entry::figure(value, own.unit, &own.thresholds);
    let place = own.place.as_ref();
    vec![
        Entry::text(&own.kpi),
        Entry::text(&own.title),
        Entry::text(periods::in_table(&own.period)),
        figure(place.map(|place| place.value)),
        place.map_or_else(|| Entry::text(""), |place| Entry::count(place.rank as u64)),
        Entry::text(place.map_or("", |place| place.quarter.words())),
        figure(place.and_then(|place| before(&place.before))),
        Entry::maybe(place.map(|place| own.change(place))),
        own.spread.map_or_else(|| Entry::text(""), |spread| Entry::count(spread.number as u64)),
        figure(own.spread.map(|spread| spread.lower)),
        figure(own.spread.map(|spread| spread.median)),
        figure(own.spread.map(|spread| spread.upper)),
        Entry::text(own.sentences.join("\n")),
    ]
}

fn before(before: &Before) -> Option<Quantity> {
    match before {
        Before::Figure(value) => Some(*value),
        Before::None(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::pages::samples;

    /// The words of a row; figures as numbers.
    fn words(row: &[Entry]) -> Vec<String> {
        row.iter()
            .map(|entry| match entry {
                Entry::Text(text) | Entry::Right(text) => text.clone(),
                Entry::Figure(figure) => format!("{:.4}", figure.number),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn the_council_has_every_provider_with_its_place_or_the_reason_why_not() {
        let table = of_pack(&samples::pack()).unwrap().table;
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        assert_eq!(table.rows.len(), 5 + 2 + 1 + 2);
        let own = words(&table.rows[2]);
        assert_eq!(
            own[3..10],
            ["Harbour Advocacy", "Yes", "0.9470", "947 of 1,000", "3.0000", "At the median", "0.9200"]
        );
        assert_eq!(own[10..], ["Up from 92%", "5.0000", "0.9110", "0.9470", "0.9710", ""]);
        let partial = words(&table.rows[5]);
        assert_eq!((partial[4].as_str(), partial[5].as_str(), partial[7].as_str()), ("No", "99.7%", ""));
        assert!(partial.last().unwrap().starts_with("Left out: partial period: the service started"));
        assert!(words(&table.rows[7]).last().unwrap().starts_with("No benchmark: 4 of 6 providers"));
    }

    #[test]
    fn a_provider_has_its_own_place_alone() {
        let pack = ProviderPack::of(&samples::pack());
        let table = of_provider(&pack).unwrap().table;
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        let rows: Vec<Vec<String>> = table.rows.iter().map(|row| words(row)).collect();
        assert_eq!(rows[0][3..9], ["0.9470", "3.0000", "At the median", "0.9200", "Up from 92%", "5.0000"]);
        assert_eq!(rows[0][9..12], ["0.9110", "0.9470", "0.9710"]);
        assert_eq!(rows[1][3..12], [""; 9]);
        for name in samples::OTHERS {
            assert!(rows.iter().flatten().all(|text| !text.contains(name)), "{name}");
        }
    }

    #[test]
    fn the_report_has_the_providers_and_the_course_of_the_median() {
        let comparisons = samples::comparisons();
        let table = of_report(&comparisons);
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
        assert_eq!(words(&table.rows[0])[4..8], ["0.9830", "983 of 1,000", "1.0000", "Highest quarter"]);
        let course = course(&comparisons);
        // A median just below the target is not shown as met.
        assert_eq!(words(&course.rows[0])[2..], ["2024-25 Q4", "6.0000", "0.8800", "0.9490", "0.9710"]);
        assert_eq!(course.rows.len(), 2);
    }
}
