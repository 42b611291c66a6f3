//! Every page once without writing any, where a council has templates of its own: what is wrong with one shows on the page alone, and
//! a run is complete or absent.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};

use super::drafts::{self, Desk};
use super::{Plan, area_links, links, portfolio_links, provider_links, report_links};
use crate::output::pages::{
    Pages, agenda_page, committee_page, letter_page, minutes_page, pack_page, portfolio_page, provider_page,
    report_page,
};
use crate::review::Results;
use crate::review::readers::ProviderPack;

/// Makes every page and keeps none.
///
/// # Errors
/// Everything that the council's own templates get wrong, each fault once.
pub fn rehearse(
    pages: &Pages,
    results: &Results,
    desk: &Desk<'_>,
    plans: &[Plan<'_>],
    contracts: &BTreeMap<String, String>,
) -> Result<()> {
    if !pages.has_own() {
        return Ok(());
    }
    let mut faults = BTreeSet::new();
    let mut rehearse = |page: Result<String>| {
        if let Err(error) = page {
            faults.extend(format!("{error:#}").lines().map(ToString::to_string));
        }
    };
    for plan in plans {
        for (index, planned) in plan.packs.iter().enumerate() {
            rehearse(pack_page(pages, planned.pack, &links(plan, index)));
            let own = ProviderPack::of(planned.pack);
            rehearse(provider_page(pages, &own, &provider_links(planned)));
            rehearse(committee_page(pages, planned.committee));
            rehearse(agenda_page(pages, &own).map(Option::unwrap_or_default));
            rehearse(minutes_page(pages, planned.pack).map(Option::unwrap_or_default));
            for (index, (area, _)) in planned.areas.iter().enumerate() {
                rehearse(pack_page(pages, area, &area_links(planned, index)));
            }
            planned.pack.papers.iter().for_each(|paper| rehearse(letter_page(pages, paper)));
        }
    }
    for draft in plans.iter().flat_map(|plan| &plan.drafts) {
        rehearse(drafts::rehearse(pages, desk, draft));
    }
    for report in &results.reports {
        rehearse(report_page(pages, report, &report_links(plans, report)));
    }
    rehearse(portfolio_page(pages, results, &portfolio_links(plans, results, contracts)));
    if faults.is_empty() {
        return Ok(());
    }
    let faults: Vec<String> = faults.into_iter().collect();
    bail!("the page templates are wrong, and nothing was written:\n{}", faults.join("\n"))
}
