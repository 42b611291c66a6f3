//! How providers compare: in the council's pack and report with names, in what a provider sees with its own place alone.
//!
//! The provider's section is made of [`OwnBenchmark`], which has nobody else's name or figure to show.

use serde::Serialize;

use crate::domain::better::Better;
use crate::domain::quantity::{Quantity, Unit};
use crate::output::periods;
use crate::review::Pack;
use crate::review::benchmark::{Benchmark, OwnBenchmark, Spread};
use crate::review::readers::ProviderPack;
use crate::review::report::Comparison;

use super::report::Who;
use super::strip::{Drawn, Strip, StripChart};
use super::words;

/// The section of a pack.
#[derive(Debug, Serialize)]
pub struct BenchmarkSection {
    /// The clause that asks for it.
    clause: String,
    overview: Vec<Overview>,
    kpis: Vec<Compared>,
}

/// A KPI's row in the table of all.
#[derive(Debug, Serialize)]
struct Overview {
    id: String,
    name: String,
    title: String,
    figure: String,
    rank: String,
    place: String,
    median: String,
    middle: String,
    change: String,
}

/// One KPI across providers.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    id: String,
    name: String,
    title: String,
    period: String,
    /// `Lower is better.`
    better: Option<String>,
    sentences: Vec<String>,
    strip: Option<StripChart>,
    /// What the strip chart shows, where no rows say it.
    spread: Vec<Marked>,
    rows: Vec<Row>,
    left_out: Vec<LeftOutRow>,
    course: Vec<CourseRow>,
}

/// A figure of a strip chart.
#[derive(Debug, Serialize)]
struct Marked {
    label: &'static str,
    shown: String,
}

#[derive(Debug, Serialize)]
struct Row {
    who: Who,
    own: bool,
    rank: String,
    figure: String,
    out_of: Option<String>,
    place: &'static str,
    change: String,
    remark: Option<String>,
}

#[derive(Debug, Serialize)]
struct LeftOutRow {
    who: Who,
    figure: String,
    reason: String,
}

/// The median of one period.
#[derive(Debug, Serialize)]
struct CourseRow {
    period: String,
    number: usize,
    lower: String,
    median: String,
    upper: String,
}

/// The section of the council's pack; `None` where the contract compares nobody.
pub fn of_pack(pack: &Pack) -> Option<BenchmarkSection> {
    let own: Vec<OwnBenchmark> =
        pack.benchmarks.iter().map(|benchmark| OwnBenchmark::of(benchmark, &pack.provider)).collect();
    let compared = (1..)
        .zip(&pack.benchmarks)
        .map(|(number, benchmark)| {
            council(
                benchmark,
                number,
                benchmark.sentences_on(&pack.provider),
                Some(&pack.provider),
                &Who::named,
            )
        })
        .collect();
    section(&own, compared)
}

/// The section of what a provider sees; `None` where the contract compares nobody.
pub fn of_provider(pack: &ProviderPack) -> Option<BenchmarkSection> {
    let compared = (1..).zip(pack.benchmarks()).map(|(number, own)| provider(own, number)).collect();
    section(pack.benchmarks(), compared)
}

/// The KPIs of the report across providers.
pub(super) fn of_report(comparisons: &[Comparison], who: &dyn Fn(&str) -> Who) -> Vec<Compared> {
    (1..)
        .zip(comparisons)
        .map(|(number, comparison)| {
            let newest = &comparison.newest;
            let mut sentences = Vec::new();
            if let Some(market) = &newest.market {
                sentences.push(format!(
                    "{} are compared.",
                    words::count(market.spread.number, "provider", "providers")
                ));
            }
            sentences.extend(newest.sentences.iter().chain(&comparison.since).cloned());
            let course = comparison
                .course
                .iter()
                .rev()
                .map(|(period, spread)| CourseRow {
                    period: periods::in_table(period),
                    number: spread.number,
                    lower: newest.show(spread.lower),
                    median: newest.show(spread.median),
                    upper: newest.show(spread.upper),
                })
                .collect();
            // Whether a provider is suspended stands in the report's other sections.
            let who = |name: &str| who(name).without_standings();
            Compared { course, ..council(newest, number, sentences, None, &who) }
        })
        .collect()
}

fn section(own: &[OwnBenchmark], kpis: Vec<Compared>) -> Option<BenchmarkSection> {
    let first = own.first()?;
    Some(BenchmarkSection {
        clause: first.clause.clone(),
        overview: own.iter().zip(&kpis).map(|(own, kpi)| overview(own, &kpi.id)).collect(),
        kpis,
    })
}

fn overview(own: &OwnBenchmark, id: &str) -> Overview {
    let dash = || "–".to_string();
    let place = own.place.as_ref();
    Overview {
        id: id.to_string(),
        name: format!("KPI {}", own.kpi),
        title: own.title.clone(),
        figure: place.map_or_else(dash, |place| place.shown.clone()),
        rank: match (own.spread, place) {
            (Some(spread), Some(place)) => format!("{} of {}", place.rank, spread.number),
            (Some(_), None) => "Left out".to_string(),
            (None, _) => "Too few figures".to_string(),
        },
        place: place.map_or_else(dash, |place| place.quarter.words().to_string()),
        median: own.spread.map_or_else(dash, |spread| own.show(spread.median)),
        middle: own
            .spread
            .map_or_else(dash, |spread| format!("{} to {}", own.show(spread.lower), own.show(spread.upper))),
        change: place.map_or_else(dash, |place| own.change(place)),
    }
}

fn better(better: Option<Better>) -> Option<String> {
    better.map(|better| words::sentence(better.words()))
}

/// All providers by name; the one called `own` marked.
fn council(
    benchmark: &Benchmark,
    number: usize,
    sentences: Vec<String>,
    own: Option<&str>,
    who: &dyn Fn(&str) -> Who,
) -> Compared {
    let id = format!("benchmark-{number}");
    let name = format!("KPI {}", benchmark.kpi);
    let is_own = |provider: &str| own == Some(provider);
    let show = |value| benchmark.show(value);
    let strip = benchmark.market.as_ref().and_then(|market| {
        let drawn = market.providers.iter().map(|compared| Drawn {
            value: compared.value,
            label: compared.rank.to_string(),
            own: is_own(&compared.provider),
        });
        let own = market.providers.iter().find(|compared| is_own(&compared.provider));
        strip(
            &id,
            &name,
            market.spread,
            benchmark.unit,
            &show,
            drawn.collect(),
            own.map(|own| own.shown.as_str()),
        )
    });
    let market = benchmark.market.as_ref();
    Compared {
        title: benchmark.title.clone(),
        period: benchmark.period.describe(),
        better: better(benchmark.better),
        sentences,
        strip,
        spread: Vec::new(),
        rows: market
            .iter()
            .flat_map(|market| &market.providers)
            .map(|compared| Row {
                who: who(&compared.provider),
                own: is_own(&compared.provider),
                rank: compared.rank.to_string(),
                figure: compared.shown.clone(),
                out_of: compared.out_of.clone(),
                place: compared.quarter.words(),
                change: benchmark.change(compared),
                remark: compared.remark.clone(),
            })
            .collect(),
        left_out: benchmark
            .left_out
            .iter()
            .map(|left| LeftOutRow {
                who: who(&left.provider),
                figure: left.shown.clone().unwrap_or_else(|| "–".to_string()),
                reason: left.reason_in_a_sentence(),
            })
            .collect(),
        course: Vec::new(),
        id,
        name,
    }
}

/// The provider's own place, without anybody else's.
fn provider(own: &OwnBenchmark, number: usize) -> Compared {
    let id = format!("benchmark-{number}");
    let name = format!("KPI {}", own.kpi);
    let show = |value| own.show(value);
    let strip = own.spread.and_then(|spread| {
        let drawn = own.place.iter().map(|place| Drawn {
            value: place.value,
            label: place.rank.to_string(),
            own: true,
        });
        let shown = own.place.as_ref().map(|place| place.shown.as_str());
        strip(&id, &name, spread, own.unit, &show, drawn.collect(), shown)
    });
    Compared {
        title: own.title.clone(),
        period: own.period.describe(),
        better: better(own.better),
        sentences: own.sentences.clone(),
        spread: if strip.is_some() { spread(own) } else { Vec::new() },
        strip,
        rows: Vec::new(),
        left_out: Vec::new(),
        course: Vec::new(),
        id,
        name,
    }
}

/// The figures of the provider's own strip chart: the market's, and its own where it has one.
fn spread(own: &OwnBenchmark) -> Vec<Marked> {
    let market = own.spread.map(|spread| {
        [("Lower quartile", spread.lower), ("Median", spread.median), ("Upper quartile", spread.upper)]
            .map(|(label, value)| Marked { label, shown: own.show(value) })
    });
    let place = own.place.as_ref().map(|place| Marked { label: "This provider", shown: place.shown.clone() });
    market.into_iter().flatten().chain(place).collect()
}

fn strip(
    id: &str,
    name: &str,
    spread: Spread,
    unit: Unit,
    show: &dyn Fn(Quantity) -> String,
    drawn: Vec<Drawn>,
    own: Option<&str>,
) -> Option<StripChart> {
    let strip = Strip {
        id: format!("{id}-strip"),
        title: format!("{name}: where the figures lie"),
        spread,
        unit,
        show,
        drawn,
        own_words: own.map(|shown| format!("This provider: {shown}")),
    };
    strip.laid_out()
}
