//! How providers compare, in sentences, and where it is told: in each pack and in the report across providers.

#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use super::{Reader, headline, summary};
use crate::assess::benchmark::benchmarks;
use crate::contract::Contract;
use crate::domain::better::Better;
use crate::domain::text::{capital, number_of, ordinal};
use crate::review::ProviderReview;
use crate::review::benchmark::{Before, Benchmark, Compared, Market};

/// Compares the providers of `contract` among `reviews`, gives each of their packs the benchmarks of its KPIs, and gives them all.
/// None where the contract asks for none.
pub fn compare(contract: &Contract, reviews: &mut [ProviderReview]) -> Vec<Benchmark> {
    let own: Vec<&ProviderReview> = reviews.iter().filter(|own| own.contract == contract.id).collect();
    let mut benchmarks = benchmarks(contract, &own);
    for benchmark in &mut benchmarks {
        write(benchmark);
    }
    for review in reviews.iter_mut().filter(|own| own.contract == contract.id) {
        for pack in &mut review.packs {
            pack.benchmarks = pack
                .kpis
                .iter()
                .filter_map(|line| {
                    let own = |own: &&Benchmark| own.kpi == line.whole.kpi && own.period == line.whole.period;
                    benchmarks.iter().find(own).cloned()
                })
                .collect();
            // What stands out among all is the council's to read.
            pack.headline = headline::headline(pack, Reader::Council);
            pack.summary = summary::summary(pack, Reader::Council);
        }
    }
    benchmarks
}

/// Writes the sentences of a benchmark.
fn write(benchmark: &mut Benchmark) {
    let providers: Vec<String> = benchmark
        .market
        .iter()
        .flat_map(|market| market.providers.iter().map(|own| on_provider(benchmark, market, own)))
        .collect();
    benchmark.sentences = on_all(benchmark);
    for (own, sentence) in benchmark.market.iter_mut().flat_map(|market| &mut market.providers).zip(providers)
    {
        own.sentence = sentence;
    }
}

/// `Second highest of 7 providers, up from 90%.`
fn on_provider(benchmark: &Benchmark, market: &Market, own: &Compared) -> String {
    let all = market.spread.number;
    let change = match &own.before {
        Before::Figure(before) if *before == own.value => ", the same as in the period before".to_string(),
        Before::Figure(before) => {
            let way = if own.value > *before { "up" } else { "down" };
            format!(", {way} from {} in the period before", benchmark.show(*before))
        }
        Before::None(_) => String::new(),
    };
    if own.alike == all {
        return format!("{} is what all {all} providers have{change}.", own.shown);
    }
    let lower_first = benchmark.better == Some(Better::Lower);
    // Counted from the end it is nearer to.
    let from_other = all + 2 - own.rank - own.alike;
    let (number, from_top) =
        if own.rank <= from_other { (own.rank, !lower_first) } else { (from_other, lower_first) };
    let end = if from_top { "highest" } else { "lowest" };
    let place = match number {
        1 => end.to_string(),
        number => format!("{} {end}", in_order(number)),
    };
    let place = if own.alike > 1 { format!("Joint {place}") } else { capital(&place) };
    let better = benchmark.better.filter(|better| *better == Better::Lower);
    let better = better.map(|better| format!(" ({})", better.words())).unwrap_or_default();
    format!("{place} of {all} providers{better}{change}.")
}

/// `The median is 91.2%; the middle half lies between 88% and 94%.`
fn on_all(benchmark: &Benchmark) -> Vec<String> {
    let due = benchmark.comparable + benchmark.left_out.len();
    let Some(market) = &benchmark.market else {
        let have = if benchmark.comparable <= 1 { "has" } else { "have" };
        let of = match benchmark.comparable {
            0 => "no provider".to_string(),
            number => format!("{number} of {}", number_of(due, "provider", "providers")),
        };
        return vec![format!(
            "No benchmark: {of} {have} a figure that can be compared, and at least {} are needed.",
            benchmark.at_least
        )];
    };
    let spread = &market.spread;
    let [lower, median, upper] = [spread.lower, spread.median, spread.upper].map(|own| benchmark.show(own));
    let middle = if lower == upper {
        format!("the middle half lies at {lower}")
    } else {
        format!("the middle half lies between {lower} and {upper}")
    };
    let mut sentences = vec![format!("The median is {median}; {middle}.")];
    if let Some((before, number)) = market.before {
        let moved = match spread.median.cmp(&before) {
            Ordering::Equal => "is the same as".to_string(),
            Ordering::Greater => format!("rose from {}", benchmark.show(before)),
            Ordering::Less => format!("fell from {}", benchmark.show(before)),
        };
        let of = match number == spread.number {
            true => String::new(),
            false => format!(", then of {number} providers"),
        };
        sentences.push(format!("The median {moved} in the period before{of}."));
    }
    sentences
}

/// `second`, `11th`.
fn in_order(number: usize) -> String {
    const WORDS: [&str; 11] =
        ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    match WORDS.get(number) {
        Some(word) => (*word).to_string(),
        None => ordinal(u32::try_from(number).unwrap_or(u32::MAX)),
    }
}
