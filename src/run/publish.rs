//! Writes everything under `out/`: each provider's packs by themselves, as soon as its review is there, then what goes across providers.

mod across;
mod drafts;
mod links;
mod plan;
mod rehearsal;
mod settled;

use std::path::PathBuf;

use anyhow::{Context, Result};

pub use across::{Across, Published, ResultsFile};
pub use drafts::{Desk, DraftsMade};
pub use plan::Folders;
pub use rehearsal::Rehearsal;
pub use settled::{Output, Settled};

use super::client_rows::ClientRows;
use super::look::Key;
use super::{Progress, issued, returned};
use crate::output::pages::{
    PackLinks, Pages, agenda_page, committee_page, letter_page, minutes_page, pack_page, provider_page,
};
use crate::output::workbooks::committee_workbook::committee_workbook;
use crate::output::workbooks::pack_workbook::{pack_workbook, provider_workbook};
use crate::readers::Readers;
use crate::review::readers::ProviderPack;
use crate::review::{ProviderReview, Results};
use crate::workspace::originals::Originals;
use crate::workspace::out_folder::OutFolder;
use crate::workspace::{Workspace, sha256};
use links::{area_links, letter_path, links, pack_files, provider_links};
use plan::{Plan, PlannedPack, Returned};

/// File name of what the provider sees of a pack.
const PROVIDER_PAGE: &str = "provider-pack.html";
/// File name of the same as a workbook.
const PROVIDER_WORKBOOK: &str = "provider-pack.xlsx";

/// The agenda of the meeting to send out, from the pack's folder.
const AGENDA_PAGE: &str = "meeting/agenda.html";
/// The minutes of the meeting to fill in, from the pack's folder.
const MINUTES_PAGE: &str = "meeting/minutes.html";
/// File name of what a public committee reads of a pack.
const COMMITTEE_PAGE: &str = "committee-pack.html";
/// File name of the same as a workbook.
const COMMITTEE_WORKBOOK: &str = "committee-pack.xlsx";

/// Where a pack's files go, and where its page leads.
pub struct PackFolder {
    /// The place of its review in the results.
    pub review: usize,
    /// Its place in the review.
    pub pack: usize,
    /// Folder below `out/`, with forward slashes.
    pub folder: String,
    /// Where its page leads, from that folder.
    pub links: PackLinks,
}

/// Where every pack's files go.
pub fn folders(results: &Results) -> Vec<PackFolder> {
    let folders = Folders::of_reviews(&results.reviews);
    let of_review = |(review, own): (usize, &ProviderReview)| {
        let plan = Plan::of(own, folders.provider(&own.contract, &own.provider));
        let each = plan.packs.iter().enumerate().map(|(pack, planned)| PackFolder {
            review,
            pack,
            folder: planned.folder.clone(),
            links: links(&plan, pack),
        });
        each.collect::<Vec<_>>()
    };
    results.reviews.iter().enumerate().flat_map(of_review).collect()
}

/// Is handed every file of a pack as it is made, by its path below `out/`; drafts are no part of a pack.
pub type Keep<'a> = &'a (dyn Fn(&str, &[u8]) + Sync);

/// Writes a file of a review by its path below `out/`; gives the SHA-256 of its bytes.
type Put<'a> = &'a mut dyn FnMut(&str, &[u8]) -> Result<String>;

/// What packs are written with, from several threads.
pub struct Press<'a> {
    pages: &'a Pages,
    desk: &'a Desk<'a>,
    readers: &'a Readers,
    folders: &'a Folders,
    originals: Originals,
    out: OutFolder,
    keep: Keep<'a>,
}

impl<'a> Press<'a> {
    /// Opens the folder of all that is generated.
    ///
    /// # Errors
    /// The folder cannot be made or read.
    pub fn new(
        workspace: &Workspace,
        pages: &'a Pages,
        desk: &'a Desk<'a>,
        readers: &'a Readers,
        folders: &'a Folders,
        keep: Keep<'a>,
    ) -> Result<Self> {
        Ok(Self {
            pages,
            desk,
            readers,
            folders,
            originals: Originals::new(&workspace.originals_dir()),
            out: OutFolder::new(&workspace.out_dir())?,
            keep,
        })
    }

    /// Whether everything that was written of a review is as it was.
    pub fn holds(&self, outputs: &[Output]) -> bool {
        outputs.iter().all(|own| self.out.holds(&own.file, &own.sha256))
    }

    /// Lets everything be that was written of a review.
    ///
    /// # Errors
    /// A path leads out of the folder, or is that of another file of this run.
    pub fn leave(&self, outputs: &[Output]) -> Result<()> {
        outputs.iter().try_for_each(|own| self.out.leave(&own.file, &own.sha256))
    }

    /// Writes the packs of a review, the returns that go back and the drafts.
    ///
    /// # Errors
    /// A folder cannot be written, a template is at fault, or a copy of a return cannot be read back.
    pub fn settle(&self, review: &ProviderReview, client_rows: &ClientRows) -> Result<Settled> {
        let mut plan = Plan::of(review, self.folders.provider(&review.contract, &review.provider));
        plan.drafts = drafts::plan(self.desk, &plan);
        let mut settled = Settled::of(review)?;
        settled.files = pack_files(&plan);
        settled.changed_since_issue = issued::changed_since(review);
        let mut outputs = Vec::new();
        let mut put = |path: &str, bytes: &[u8]| -> Result<String> {
            let sha256 = sha256(bytes);
            self.out.put_known(&path.split('/').collect::<PathBuf>(), bytes, &sha256)?;
            outputs.push(Output { file: path.to_string(), sha256: sha256.clone() });
            if !drafts::is_draft(path) {
                (self.keep)(path, bytes);
            }
            Ok(sha256)
        };
        let mut written = drafts::Written::new(self.desk, client_rows);
        for (index, planned) in plan.packs.iter().enumerate() {
            // What a provider gets is made of this alone.
            let own = ProviderPack::of(planned.pack);
            self.write_pack(&plan, index, &own, &mut put)?;
            for Returned { submission, version, path } in &planned.returned {
                let copy = returned::copy(&self.originals, &own, submission, version, self.readers)
                    .with_context(|| format!("the coloured copy of {} cannot be made", version.file))?;
                if let Some(reason) = copy.made_anew {
                    settled.made_anew.push((version.file.to_string(), reason));
                }
                let path = format!("{}/{path}", planned.folder);
                let sha256 = put(&path, &copy.bytes)?;
                for draft in plan.drafts.iter().filter(|draft| draft.copy() == Some(&path)) {
                    written.write(self.pages, draft, Some((&copy.bytes, &sha256)), &mut put)?;
                }
            }
            self.write_papers(planned, &own, &mut put)?;
        }
        for draft in plan.drafts.iter().filter(|draft| draft.copy().is_none()) {
            written.write(self.pages, draft, None, &mut put)?;
        }
        settled.drafts = written.list();
        settled.outputs = outputs;
        Ok(settled)
    }

    /// The pages and workbooks of a pack.
    fn write_pack(&self, plan: &Plan<'_>, index: usize, own: &ProviderPack, put: Put<'_>) -> Result<()> {
        let (pages, planned) = (self.pages, &plan.packs[index]);
        let PlannedPack { pack, committee, folder, .. } = planned;
        put(&format!("{folder}/{PROVIDER_WORKBOOK}"), &provider_workbook(own)?)?;
        let page = provider_page(pages, own, &provider_links(planned))?;
        put(&format!("{folder}/{PROVIDER_PAGE}"), page.as_bytes())?;
        put(&format!("{folder}/pack.html"), pack_page(pages, pack, &links(plan, index))?.as_bytes())?;
        put(&format!("{folder}/{COMMITTEE_PAGE}"), committee_page(pages, committee)?.as_bytes())?;
        put(&format!("{folder}/{COMMITTEE_WORKBOOK}"), &committee_workbook(committee)?)?;
        put(&format!("{folder}/pack.xlsx"), &pack_workbook(pack)?)?;
        for (index, (area, stem)) in planned.areas.iter().enumerate() {
            let page = pack_page(pages, area, &area_links(planned, index))?;
            put(&format!("{folder}/{stem}.html"), page.as_bytes())?;
            put(&format!("{folder}/{stem}.xlsx"), &pack_workbook(area)?)?;
        }
        Ok(())
    }

    /// The papers of the meeting and the letters that go with a pack.
    fn write_papers(&self, planned: &PlannedPack<'_>, own: &ProviderPack, put: Put<'_>) -> Result<()> {
        let (pages, folder) = (self.pages, &planned.folder);
        let papers =
            [(AGENDA_PAGE, agenda_page(pages, own)?), (MINUTES_PAGE, minutes_page(pages, planned.pack)?)];
        for (name, page) in papers {
            if let Some(page) = page {
                put(&format!("{folder}/{name}"), page.as_bytes())?;
            }
        }
        for paper in &planned.pack.papers {
            let page = letter_page(pages, paper)?;
            put(&format!("{folder}/{}", letter_path(paper)), page.as_bytes())?;
        }
        Ok(())
    }
}

/// Writes everything that the results have to say. `client_rows` tells of a provider how many lines on single people its returns hold.
///
/// # Errors
/// As of [`Press::settle`] and [`Across::publish`]; a council's own template is at fault, before anything is written.
pub fn publish(
    workspace: &Workspace,
    (pages, desk, readers): (&Pages, &Desk<'_>, &Readers),
    results: &Results,
    client_rows: &dyn Fn(&Key) -> ClientRows,
    progress: &dyn Fn(Progress<'_>),
    keep: Keep<'_>,
) -> Result<Published> {
    let folders = Folders::of_reviews(&results.reviews);
    let rehearsal = Rehearsal::new(pages, desk, &folders);
    if rehearsal.is_needed() {
        let settled = results.reviews.iter().map(|review| rehearsal.review(review));
        rehearsal.across(&Across { settled: settled.collect::<Result<_>>()?, ..Across::of(results) })?;
    }
    progress(Progress::Outputs(results.reviews.len()));
    let press = Press::new(workspace, pages, desk, readers, &folders, keep)?;
    let mut across = Across::of(results);
    for review in &results.reviews {
        let key = (review.contract.clone(), review.provider.clone());
        across.settled.push(press.settle(review, &client_rows(&key))?);
        progress(Progress::Wrote);
    }
    across.publish(press, workspace)
}
