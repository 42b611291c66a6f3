//! `index.html`: every contract and provider on one page: who is red, who is late, what is due.

mod attention;
mod before;
mod due;
mod ending;
mod headline;
mod row;
mod standing;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::Serialize;

use crate::domain::called::Called;
use crate::domain::period::long_date;
use crate::domain::text::{capital, fold};
use crate::output::pages::called;
use crate::review::Unrecognised;
use crate::review::outline::{Outline, Portfolio};

use super::engine::Pages;
use super::links::{Anchor, PortfolioLinks};
use super::parts::{Entry, Frame, LegendRow, legend};
use attention::{Attention, attention};
use before::Columns;
use due::{Due, due, overdue};
use ending::{Ending, ending};
use headline::{headline, summary};
use row::{Row, row};

/// With more providers than this, a contract's table has an index by first letter.
const UNINDEXED: usize = 25;

#[derive(Debug, Serialize)]
struct PortfolioView {
    #[serde(skip)]
    page: Frame,
    as_of: String,
    headline: String,
    summary: Vec<String>,
    /// What those are called who are on the page.
    one: String,
    many: String,
    outputs: Vec<Anchor>,
    /// Where the calendar is.
    calendar: Option<String>,
    attention: Vec<Attention>,
    contracts: Vec<Contract>,
    overdue: Vec<Due>,
    due: Vec<Due>,
    ending: Vec<Ending>,
    unrecognised: Vec<FileRow>,
    ignored: Vec<FileRow>,
    legend: Vec<LegendRow>,
}

/// One contract with its providers.
#[derive(Debug, Serialize)]
struct Contract {
    id: String,
    title: String,
    /// The report across its providers.
    report: Option<Anchor>,
    /// What those are called who are under it.
    #[serde(skip)]
    called: Called,
    /// The same, as headings: `Provider`, `Contract reviewed`.
    one: String,
    many: String,
    /// How many are in each state.
    providers: usize,
    /// Whether anything is rated; where nothing is, nobody can be red.
    rated: bool,
    red: usize,
    turned_red: usize,
    met: usize,
    late: usize,
    missing: usize,
    /// The heading of the newest period.
    now: String,
    /// The headings of the periods before it.
    before: Vec<String>,
    /// The first provider of each letter, where there are many.
    letters: Vec<OnPage>,
    /// In order of name.
    rows: Vec<Row>,
}

impl Contract {
    fn on_page(&self) -> OnPage {
        OnPage { id: self.id.clone(), name: self.title.clone() }
    }

    /// What a red rating is called, one and several.
    fn reds_called(&self) -> (&'static str, &'static str) {
        if self.called.are_providers() { ("KPI red", "KPIs red") } else { ("red rating", "red ratings") }
    }
}

/// Something that has a place of its own on the page.
#[derive(Debug, PartialEq, Serialize)]
struct OnPage {
    id: String,
    name: String,
}

#[derive(Debug, PartialEq, Serialize)]
struct Met {
    title: String,
    clause: String,
}

#[derive(Debug, Serialize)]
struct FileRow {
    file: String,
    reason: String,
}

/// The page over all contracts and providers. `links` are paths from the page's own folder.
///
/// # Errors
/// When a template is at fault; never because of what a return says.
pub fn portfolio_page(
    pages: &Pages,
    portfolio: &Portfolio,
    links: &PortfolioLinks,
) -> anyhow::Result<String> {
    let view = view(pages, portfolio, links);
    pages.render("portfolio.html", &view.page, &view)
}

fn view(pages: &Pages, portfolio: &Portfolio, links: &PortfolioLinks) -> PortfolioView {
    let contracts = contracts(portfolio, links);
    let attention = attention(&contracts);
    let (overdue, due) = (overdue(portfolio, &contracts), due(portfolio, &contracts));
    let ending = ending(portfolio, &contracts);
    let files = |files: &[Unrecognised]| -> Vec<FileRow> {
        files.iter().map(|file| FileRow { file: file.file.clone(), reason: file.reason.clone() }).collect()
    };
    let (unrecognised, ignored) = (files(&portfolio.unrecognised), files(&portfolio.ignored));
    let before = [
        (!contracts.is_empty(), "glance", "portfolio-glance-heading"),
        (!attention.is_empty(), "attention", "portfolio-attention-heading"),
        (!overdue.is_empty(), "overdue", "portfolio-overdue-heading"),
        (true, "due", "portfolio-due-heading"),
        (!ending.is_empty(), "ending", "portfolio-ending-heading"),
    ];
    let after = [
        (!unrecognised.is_empty(), "unrecognised", "portfolio-unrecognised-heading"),
        (!ignored.is_empty(), "ignored", "portfolio-ignored-heading"),
        (true, "how-to-read", "how-to-read-heading"),
    ];
    let entry = |(present, id, key): (bool, &str, &str)| present.then(|| Entry::new(id, pages.phrase(key)));
    let contents = before
        .into_iter()
        .filter_map(entry)
        .chain(contracts.iter().map(|contract| Entry::new(&contract.id, &contract.title)))
        .chain(after.into_iter().filter_map(entry))
        .collect();
    let as_of = long_date(portfolio.as_of);
    let heading = pages.phrase("portfolio-heading");
    let (one, many) = called::all(contracts.iter().map(|own| &own.called));
    PortfolioView {
        page: Frame::new(
            pages,
            format!("{heading} as at {as_of}"),
            heading.clone(),
            &heading,
            &format!("As at {as_of}"),
            contents,
        )
        .wide(),
        headline: headline(&contracts),
        summary: summary(&contracts, unrecognised.len()),
        one: capital(&one),
        many: capital(&many),
        as_of,
        outputs: links.outputs.iter().map(Anchor::from).collect(),
        calendar: links.calendar.clone(),
        attention,
        contracts,
        overdue,
        due,
        ending,
        unrecognised,
        ignored,
        legend: legend(),
    }
}

/// Contracts in the order of the results, each with its providers in order of name.
fn contracts(portfolio: &Portfolio, links: &PortfolioLinks) -> Vec<Contract> {
    let mut by_contract: Vec<Vec<(usize, &Outline)>> = Vec::new();
    for own in portfolio.reviews.iter().map(Arc::as_ref).enumerate() {
        match by_contract.last_mut() {
            Some(reviews) if reviews.iter().all(|(_, other)| other.contract == own.1.contract) => {
                reviews.push(own);
            }
            _ => by_contract.push(vec![own]),
        }
    }
    let contract = |(number, mut reviews): (usize, Vec<(usize, &Outline)>)| {
        reviews.sort_by_cached_key(|(_, review)| fold(&review.provider));
        let (_, first) = *reviews.first()?;
        let columns = Columns::of(reviews.iter().map(|(_, review)| review.packs.as_slice()));
        let rows: Vec<Row> =
            reviews.into_iter().map(|own| row(own, portfolio.as_of, &columns, links)).collect();
        let with = |of: fn(&Row) -> bool| rows.iter().filter(|row| of(row)).count();
        Some(Contract {
            id: format!("contract-{number}"),
            title: first.contract_title.clone(),
            report: links.reports.get(&first.contract).map(Anchor::from),
            one: capital(&called::reviewed(&first.called, &first.called.one)),
            many: capital(&called::reviewed(&first.called, &first.called.many)),
            called: first.called.clone(),
            providers: rows.len(),
            rated: rows.iter().any(|row| row.reds.rated > 0),
            red: with(|row| row.reds.red > 0),
            turned_red: with(|row| row.reds.turned_red > 0),
            met: with(|row| !row.escalations.is_empty()),
            late: rows.iter().map(|row| row.late).sum(),
            missing: rows.iter().map(|row| row.missing).sum(),
            now: columns.now(),
            before: columns.headings(),
            letters: letters(&rows),
            rows,
        })
    };
    (1..).zip(by_contract).filter_map(contract).collect()
}

/// The first provider of each letter; what begins with none stands under `0–9`. Empty where there are few.
fn letters(rows: &[Row]) -> Vec<OnPage> {
    let mut letters: Vec<OnPage> = Vec::new();
    if rows.len() <= UNINDEXED {
        return letters;
    }
    for row in rows {
        let first = fold(&row.provider).chars().next().filter(|first| first.is_alphabetic());
        let name = first.map_or_else(|| "0–9".to_string(), |first| first.to_uppercase().to_string());
        if !letters.iter().any(|known| known.name == name) {
            letters.push(OnPage { id: row.id.clone(), name });
        }
    }
    letters
}
