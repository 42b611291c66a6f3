//! `index.html`: every contract and provider on one page: who is red, who is late, what is due.

mod ending;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use crate::domain::called::Called;
use crate::domain::escalation::EscalationStatus;
use crate::domain::period::long_date;
use crate::domain::rating::Rating;
use crate::domain::submission::SubmissionStatus;
use crate::domain::text::capital;
use crate::output::periods;
use crate::review::{Pack, ProviderReview, Results, Unrecognised};

use super::called;
use super::engine::Pages;
use super::kpis::counted;
use super::links::{Anchor, PackFiles, PortfolioLinks, ReviewKey};
use super::parts::{Entry, Frame, LegendRow, Tag, legend};
use super::words;
use ending::{Ending, ending};

/// Review periods shown of each provider, the newest among them.
const PERIODS_SHOWN: usize = 4;
/// How far ahead dates are listed, in days after the as-of date, inclusive.
const DAYS_AHEAD: u64 = 30;
/// With more providers than this sharing one date, they are counted and listed below it.
const NAMES_SHOWN: usize = 4;

#[derive(Debug, Serialize)]
struct PortfolioView {
    #[serde(skip)]
    page: Frame,
    as_of: String,
    headline: String,
    /// What those are called who are on the page.
    one: String,
    many: String,
    outputs: Vec<Anchor>,
    attention: Vec<Attention>,
    contracts: Vec<Contract>,
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
    providers: usize,
    red: usize,
    met: usize,
    late: usize,
    missing: usize,
    rows: Vec<Row>,
}

/// One provider of one contract.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    provider: String,
    /// Standings other than active, such as suspended.
    standings: Vec<String>,
    /// The newest review period with KPIs; `None` before the first pack.
    now: Option<Rated>,
    earlier: Vec<Rated>,
    /// KPIs whose newest rating is red.
    red: usize,
    late: usize,
    missing: usize,
    escalations: Vec<Met>,
    next_due: Option<NextDue>,
    packs: Vec<Files>,
}

/// A provider to look at, with the reasons.
#[derive(Debug, Serialize)]
struct Attention {
    id: String,
    provider: String,
    standings: Vec<String>,
    contract: String,
    /// The pack the reasons are in.
    pack: Option<Anchor>,
    reasons: Vec<String>,
}

/// The ratings of one review period.
#[derive(Debug, Serialize)]
struct Rated {
    period: String,
    /// The newest overall rating in it, with its own period, where the contract has one.
    overall: Option<OverallTag>,
    counts: Vec<Tag>,
}

#[derive(Debug, Serialize)]
struct OverallTag {
    period: String,
    tag: Tag,
}

#[derive(Debug, PartialEq, Serialize)]
struct Met {
    title: String,
    clause: String,
}

#[derive(Debug, Serialize)]
struct NextDue {
    date: String,
    what: String,
}

/// The files of one pack.
#[derive(Debug, Serialize)]
struct Files {
    period: String,
    pack: Anchor,
    workbook: Anchor,
    areas: Vec<Anchor>,
    returned: Vec<Anchor>,
    /// How many workbooks are returned, in words; `None` where none is.
    number: Option<String>,
}

/// A date, with all the providers it concerns.
#[derive(Debug, Serialize)]
struct Due {
    date: String,
    contract: String,
    what: String,
    clause: String,
    providers: Vec<String>,
    /// How many there are, where that is said before the names.
    many: Option<String>,
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
pub fn portfolio_page(pages: &Pages, results: &Results, links: &PortfolioLinks) -> anyhow::Result<String> {
    let view = view(pages, results, links);
    pages.render("portfolio.html", &view.page, &view)
}

fn view(pages: &Pages, results: &Results, links: &PortfolioLinks) -> PortfolioView {
    let contracts = contracts(results, links);
    let attention = attention(&contracts);
    let due = due(results);
    let ending = ending(results, &contracts);
    let files = |files: &[Unrecognised]| -> Vec<FileRow> {
        files.iter().map(|file| FileRow { file: file.file.clone(), reason: file.reason.clone() }).collect()
    };
    let (unrecognised, ignored) = (files(&results.unrecognised), files(&results.ignored));
    let mut contents: Vec<Entry> = Vec::new();
    if !contracts.is_empty() {
        contents.push(Entry::new("glance", pages.phrase("portfolio-glance-heading")));
    }
    if !attention.is_empty() {
        contents.push(Entry::new("attention", pages.phrase("portfolio-attention-heading")));
    }
    contents.push(Entry::new("due", pages.phrase("portfolio-due-heading")));
    if !ending.is_empty() {
        contents.push(Entry::new("ending", pages.phrase("portfolio-ending-heading")));
    }
    contents.extend(contracts.iter().map(|contract| Entry::new(&contract.id, &contract.title)));
    for (present, id, label) in [
        (!unrecognised.is_empty(), "unrecognised", "portfolio-unrecognised-heading"),
        (!ignored.is_empty(), "ignored", "portfolio-ignored-heading"),
        (true, "how-to-read", "how-to-read-heading"),
    ] {
        if present {
            contents.push(Entry::new(id, pages.phrase(label)));
        }
    }
    let as_of = long_date(results.as_of);
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
        ),
        headline: headline(&contracts, unrecognised.len()),
        one: capital(&one),
        many: capital(&many),
        as_of,
        outputs: links.outputs.iter().map(Anchor::from).collect(),
        attention,
        contracts,
        due,
        ending,
        unrecognised,
        ignored,
        legend: legend(),
    }
}

fn headline(contracts: &[Contract], unrecognised: usize) -> String {
    if contracts.is_empty() {
        return "No provider has a review yet. Enter providers in the register and put their workbooks into the returns folder."
            .to_string();
    }
    let sum = |number: fn(&Contract) -> usize| contracts.iter().map(number).sum::<usize>();
    let mut headline = format!(
        "{}: {}, {}.",
        called::how_many(contracts.iter().map(|own| (&own.called, own.providers))),
        match contracts.iter().any(|contract| contract.called.are_providers()) {
            true => of_them(sum(|contract| contract.red), "has a red KPI", "have a red KPI"),
            false => of_them(sum(|contract| contract.red), "has a red rating", "have a red rating"),
        },
        of_them(
            sum(|contract| contract.met),
            "has an escalation to decide on",
            "have an escalation to decide on"
        ),
    );
    let missing = sum(|contract| contract.missing);
    if missing > 0 {
        headline.push_str(&format!(" {} missing.", words::count(missing, "return is", "returns are")));
    }
    if unrecognised > 0 {
        headline
            .push_str(&format!(" {} not recognised.", words::count(unrecognised, "file was", "files were")));
    }
    headline
}

/// `none has`, `1 has`, `2 have`.
fn of_them(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("none {one}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// Contracts in the order of the results, each with its providers.
fn contracts(results: &Results, links: &PortfolioLinks) -> Vec<Contract> {
    let mut contracts: Vec<(&str, Contract)> = Vec::new();
    for (index, review) in results.reviews.iter().enumerate() {
        let row = row(index, review, results.as_of, links);
        if contracts.last().is_none_or(|(id, _)| *id != review.contract) {
            let contract = Contract {
                id: format!("contract-{}", contracts.len() + 1),
                title: review.contract_title.clone(),
                report: links.reports.get(&review.contract).map(Anchor::from),
                one: capital(&called::reviewed(&review.called, &review.called.one)),
                many: capital(&called::reviewed(&review.called, &review.called.many)),
                called: review.called.clone(),
                providers: 0,
                red: 0,
                met: 0,
                late: 0,
                missing: 0,
                rows: Vec::new(),
            };
            contracts.push((&review.contract, contract));
        }
        if let Some((_, contract)) = contracts.last_mut() {
            contract.providers += 1;
            contract.red += usize::from(row.red > 0);
            contract.met += usize::from(!row.escalations.is_empty());
            contract.late += row.late;
            contract.missing += row.missing;
            contract.rows.push(row);
        }
    }
    contracts.into_iter().map(|(_, contract)| contract).collect()
}

/// The providers with something to act on, most pressing first: conditions met, then returns missing, KPIs red,
/// returns late; the order of the results among equals.
fn attention(contracts: &[Contract]) -> Vec<Attention> {
    let mut rows: Vec<(&Contract, &Row)> = contracts
        .iter()
        .flat_map(|contract| contract.rows.iter().map(move |row| (contract, row)))
        .filter(|(_, row)| row.escalations.len() + row.missing + row.red + row.late + row.standings.len() > 0)
        .collect();
    rows.sort_by_key(|(_, row)| std::cmp::Reverse((row.escalations.len(), row.missing, row.red, row.late)));
    rows.into_iter()
        .map(|(contract, row)| {
            let mut reasons: Vec<String> = row
                .escalations
                .iter()
                .map(|met| match met.clause.as_str() {
                    "" => format!("{}: condition met", met.title),
                    clause => format!("{}: condition met (clause {clause})", met.title),
                })
                .collect();
            let counts: Vec<String> = [
                (row.missing, "return missing", "returns missing"),
                match contract.called.are_providers() {
                    true => (row.red, "KPI red", "KPIs red"),
                    false => (row.red, "red rating", "red ratings"),
                },
                (row.late, "return late", "returns late"),
            ]
            .into_iter()
            .filter(|(number, _, _)| *number > 0)
            .map(|(number, one, many)| words::count(number, one, many))
            .collect();
            reasons.extend((!counts.is_empty()).then(|| words::list(&counts)));
            Attention {
                id: row.id.clone(),
                provider: row.provider.clone(),
                standings: row.standings.clone(),
                contract: contract.title.clone(),
                pack: row
                    .packs
                    .iter()
                    .find(|files| row.now.as_ref().is_none_or(|now| now.period == files.period))
                    .map(|files| Anchor { label: format!("Pack of {}", files.period), ..files.pack.clone() }),
                reasons,
            }
        })
        .collect()
}

/// The KPIs whose newest rating is red, each in the newest pack that has it: a yearly KPI stays what it was until the next.
fn red(packs: &[Pack]) -> usize {
    let mut known: Vec<&str> = Vec::new();
    let mut red = 0;
    for line in packs.iter().rev().flat_map(|pack| &pack.kpis) {
        if !known.contains(&line.whole.kpi.as_str()) {
            known.push(&line.whole.kpi);
            red += usize::from(line.whole.rating == Rating::Red);
        }
    }
    red
}

/// The packs that say how things stand: the newest with KPIs, and those after it, made for what happened since.
fn current(packs: &[Pack]) -> &[Pack] {
    let newest =
        packs.iter().rposition(|pack| !pack.kpis.is_empty()).unwrap_or(packs.len().saturating_sub(1));
    &packs[newest..]
}

/// The escalations met in the current packs, each once.
fn met(packs: &[Pack]) -> Vec<Met> {
    let mut met: Vec<Met> = Vec::new();
    for escalation in current(packs).iter().flat_map(|pack| &pack.escalations) {
        let own = Met { title: escalation.title.clone(), clause: escalation.clause.clone() };
        if escalation.status == EscalationStatus::Triggered && !met.contains(&own) {
            met.push(own);
        }
    }
    met
}

fn rated(pack: &Pack) -> Rated {
    Rated {
        period: periods::in_table(&pack.period),
        overall: pack
            .overall
            .last()
            .map(|own| OverallTag { period: periods::in_table(&own.period), tag: own.rating.into() }),
        counts: counted(&pack.counts),
    }
}

fn row(index: usize, review: &ProviderReview, as_of: NaiveDate, links: &PortfolioLinks) -> Row {
    let shown = &review.packs[review.packs.len().saturating_sub(PERIODS_SHOWN)..];
    let now = current(&review.packs).first();
    let since = shown.first().map(|pack| pack.period.from);
    let number = |status: SubmissionStatus| {
        review
            .submissions
            .iter()
            .filter(|submission| since.is_none_or(|since| submission.period.to >= since))
            .filter(|submission| submission.status == status)
            .count()
    };
    let next = review
        .submissions
        .iter()
        .filter(|submission| submission.status == SubmissionStatus::NotYetDue && submission.due >= as_of)
        .min_by_key(|submission| submission.due);
    let key = ReviewKey { contract: review.contract.clone(), provider: review.provider.clone() };
    let mut packs: Vec<&PackFiles> = links.packs.get(&key).into_iter().flatten().collect();
    packs.sort_by_key(|files| std::cmp::Reverse(files.period));
    Row {
        id: format!("review-{}", index + 1),
        red: red(&review.packs),
        provider: review.provider.clone(),
        standings: review.standings.clone(),
        now: now.map(rated),
        earlier: shown
            .iter()
            .rev()
            .filter(|pack| now.is_some_and(|now| pack.period.to < now.period.to))
            .map(rated)
            .collect(),
        late: number(SubmissionStatus::Late),
        missing: number(SubmissionStatus::Missing),
        escalations: met(&review.packs),
        next_due: match next {
            Some(next) => Some(NextDue {
                date: long_date(next.due),
                what: format!("{}, {}", next.form_title, periods::in_table(&next.period)),
            }),
            None => review
                .dates
                .first()
                .map(|line| NextDue { date: long_date(line.date), what: line.what.clone() }),
        },
        packs: packs
            .into_iter()
            .map(|files| Files {
                period: periods::in_table(&files.period),
                pack: Anchor::new("Pack", &files.pack),
                workbook: Anchor::new("Workbook", &files.workbook),
                areas: files.areas.iter().map(Anchor::from).collect(),
                number: (!files.returned.is_empty())
                    .then(|| words::count(files.returned.len(), "returned workbook", "returned workbooks")),
                returned: files.returned.iter().map(Anchor::from).collect(),
            })
            .collect(),
    }
}

/// The day, the contract, what happens and the clause.
type DueKey<'a> = (NaiveDate, &'a str, &'a str, &'a str);

/// The dates of the next thirty days; one line for all providers of a contract that share a date and its words.
fn due(results: &Results) -> Vec<Due> {
    let last = results.as_of.checked_add_days(Days::new(DAYS_AHEAD)).unwrap_or(NaiveDate::MAX);
    let mut lines: BTreeMap<DueKey<'_>, (&Called, Vec<String>)> = BTreeMap::new();
    for review in &results.reviews {
        for line in &review.dates {
            if (results.as_of..=last).contains(&line.date) {
                let key =
                    (line.date, review.contract_title.as_str(), line.what.as_str(), line.clause.as_str());
                let (_, providers) = lines.entry(key).or_insert_with(|| (&review.called, Vec::new()));
                if !providers.contains(&review.provider) {
                    providers.push(review.provider.clone());
                }
            }
        }
    }
    lines
        .into_iter()
        .map(|((date, contract, what, clause), (called, providers))| Due {
            date: words::day_and_date(date),
            contract: contract.to_string(),
            what: what.to_string(),
            clause: clause.to_string(),
            many: (providers.len() > NAMES_SHOWN).then(|| match called.are_providers() {
                true => words::count(providers.len(), "provider", "providers"),
                false => words::count(providers.len(), &called.one, &called.many),
            }),
            providers,
        })
        .collect()
}
