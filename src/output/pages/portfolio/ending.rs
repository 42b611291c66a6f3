//! The days on which contracts may be broken off or end, so that what follows can be planned.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::due::many;
use super::{Contract, OnPage};
use crate::output::pages::words;
use crate::review::outline::Portfolio;

/// A day on which contracts may be broken off or end, with the providers, each leading to its row.
#[derive(Debug, Serialize)]
pub(super) struct Ending {
    date: String,
    contract: OnPage,
    what: String,
    providers: Vec<OnPage>,
    /// How many there are, where that is said before the names.
    many: Option<String>,
}

/// Breaks and ends of contracts by date; one line for all providers of a contract that share it.
pub(super) fn ending(portfolio: &Portfolio, contracts: &[Contract]) -> Vec<Ending> {
    let rows = contracts.iter().flat_map(|contract| contract.rows.iter().map(move |row| (contract, row)));
    let mut lines: BTreeMap<(NaiveDate, &str, &str), (&Contract, Vec<OnPage>)> = BTreeMap::new();
    for (contract, row) in rows {
        let Some(review) = portfolio.reviews.get(row.review) else { continue };
        for line in &review.breaks_and_ends {
            let (_, providers) = lines
                .entry((line.date, &review.contract, &line.what))
                .or_insert_with(|| (contract, Vec::new()));
            providers.push(OnPage { id: row.id.clone(), name: row.provider.clone() });
        }
    }
    lines
        .into_iter()
        .map(|((date, _, what), (contract, providers))| Ending {
            date: words::day_and_date(date),
            contract: contract.on_page(),
            what: what.to_string(),
            many: many(&contract.called, providers.len()),
            providers,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::output::pages::portfolio::{portfolio_page, view};
    use crate::output::pages::{markup, samples};
    use crate::review::outline::Portfolio;

    #[test]
    fn a_break_or_end_that_providers_share_is_one_line_that_leads_to_each() {
        let (mut results, links) = samples::results(3);
        let earlier = crate::review::DateLine {
            date: samples::day(2026, 5, 1),
            what: "Contract break".to_string(),
            clause: String::new(),
            for_provider: false,
        };
        results.reviews[1].breaks_and_ends.insert(0, earlier);
        let lines = view(samples::pages(), &Portfolio::of(&results), &links).ending;
        let told: Vec<(&str, &str, Vec<&str>)> = lines
            .iter()
            .map(|own| {
                let to = own.providers.iter().map(|provider| provider.id.as_str()).collect();
                (own.date.as_str(), own.what.as_str(), to)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("Friday 1 May 2026", "Contract break", vec!["review-2"]),
                (
                    "Monday 31 August 2026",
                    "Contract end: its last day",
                    vec!["review-2", "review-1", "review-3"]
                ),
            ]
        );
        let page = portfolio_page(samples::pages(), &Portfolio::of(&results), &links).unwrap();
        markup::check(&page);
        assert!(page.contains("Contract breaks and ends in the next twelve months"));
    }
}
