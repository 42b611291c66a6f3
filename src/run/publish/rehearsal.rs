//! Every page once without writing any, where a council has templates of its own: what is wrong with one shows on the page alone, and
//! a run is complete or absent.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use super::Settled;
use super::across::Across;
use super::drafts::{self, Desk};
use super::links::{area_links, links, pack_files, provider_links};
use super::plan::{Folders, Plan};
use crate::output::pages::{
    Pages, agenda_page, committee_page, letter_page, minutes_page, pack_page, portfolio_page, provider_page,
    report_page,
};
use crate::review::ProviderReview;
use crate::review::readers::ProviderPack;

/// Makes pages and keeps none; from several threads.
pub struct Rehearsal<'a> {
    pages: &'a Pages,
    desk: &'a Desk<'a>,
    folders: &'a Folders,
    faults: Mutex<BTreeSet<String>>,
}

impl<'a> Rehearsal<'a> {
    /// One that has found nothing yet.
    pub fn new(pages: &'a Pages, desk: &'a Desk<'a>, folders: &'a Folders) -> Self {
        Self { pages, desk, folders, faults: Mutex::default() }
    }

    /// Whether there is anything to rehearse.
    pub fn is_needed(&self) -> bool {
        self.pages.has_own()
    }

    /// The pages and drafts of a provider; gives what the pages across providers are made of.
    ///
    /// # Errors
    /// The results of the review cannot be written, which no value brings about.
    pub fn review(&self, review: &ProviderReview) -> Result<Settled> {
        let pages = self.pages;
        let mut plan = Plan::of(review, self.folders.provider(&review.contract, &review.provider));
        plan.drafts = drafts::plan(self.desk, &plan);
        for (index, planned) in plan.packs.iter().enumerate() {
            self.page(pack_page(pages, planned.pack, &links(&plan, index)));
            let own = ProviderPack::of(planned.pack);
            self.page(provider_page(pages, &own, &provider_links(planned)));
            self.page(committee_page(pages, planned.committee));
            self.page(agenda_page(pages, &own).map(Option::unwrap_or_default));
            self.page(minutes_page(pages, planned.pack).map(Option::unwrap_or_default));
            for (index, (area, _)) in planned.areas.iter().enumerate() {
                self.page(pack_page(pages, area, &area_links(planned, index)));
            }
            planned.pack.papers.iter().for_each(|paper| self.page(letter_page(pages, paper)));
        }
        for draft in &plan.drafts {
            self.page(drafts::rehearse(pages, self.desk, draft));
        }
        let mut settled = Settled::of(review)?;
        settled.files = pack_files(&plan);
        Ok(settled)
    }

    /// The pages across providers.
    ///
    /// # Errors
    /// Everything that the council's own templates get wrong on any page, each fault once.
    pub fn across(&self, across: &Across) -> Result<()> {
        for report in &across.reports {
            self.page(report_page(self.pages, report, &across.report_links(report)));
        }
        let links = across.portfolio_links(self.folders);
        self.page(portfolio_page(self.pages, &across.portfolio(), &links));
        let faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        if faults.is_empty() {
            return Ok(());
        }
        let faults: Vec<&str> = faults.iter().map(String::as_str).collect();
        bail!("the page templates are wrong, and nothing was written:\n{}", faults.join("\n"))
    }

    fn page(&self, page: Result<String>) {
        if let Err(error) = page {
            let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
            faults.extend(format!("{error:#}").lines().map(ToString::to_string));
        }
    }
}
