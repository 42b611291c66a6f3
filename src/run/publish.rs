//! Writes everything under `out/`.

mod drafts;
mod rehearsal;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};

pub use drafts::{Desk, DraftsMade};

use super::{Progress, changes, returned};
use crate::domain::draft::DRAFTS_LIST;
use crate::domain::submission::{Submission, Version};
use crate::output::calendar_ics::{CALENDAR, calendar_ics};
use crate::output::pages::{
    Link, PackFiles, PackLinks, Pages, PortfolioLinks, ProviderPackLinks, ReportLinks, ReviewKey,
    agenda_page, committee_page, letter_page, minutes_page, pack_page, portfolio_page, provider_page,
    report_page,
};
use crate::output::ratings_csv::ratings_csv;
use crate::output::results::{SCHEMA, results_json};
use crate::output::workbooks::committee_workbook::committee_workbook;
use crate::output::workbooks::pack_workbook::{pack_workbook, provider_workbook};
use crate::output::workbooks::report_workbook::report_workbook;
use crate::readers::Readers;
use crate::review::committee::CommitteePack;
use crate::review::paper::Paper;
use crate::review::readers::ProviderPack;
use crate::review::report::ContractReport;
use crate::review::{Pack, ProviderReview, Results};
use crate::workspace::originals::Originals;
use crate::workspace::out_folder::{OutFolder, Summary};
use crate::workspace::{Workspace, files, names};

/// File name of the results.
const RESULTS: &str = "results.json";
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

/// What was written.
pub struct Published {
    /// `results.json`.
    pub results_json: Vec<u8>,
    /// What changed since the last run.
    pub changes: Option<Vec<String>>,
    /// What became of the files.
    pub summary: Summary,
    /// The returns whose copies are not the providers' own packages, each with the reason.
    pub made_anew: Vec<(Arc<str>, String)>,
    /// The draft e-mails.
    pub drafts: DraftsMade,
}

/// A return that goes back: where from, and where to.
struct Returned<'a> {
    submission: &'a Submission,
    version: &'a Version,
    /// Path below the pack's folder, with forward slashes.
    path: String,
}

/// One review's outputs, planned before any is written so that pages can link to each other.
struct Plan<'a> {
    review: &'a ProviderReview,
    /// Folder of the provider below `out/`, with forward slashes.
    root: String,
    packs: Vec<PlannedPack<'a>>,
    /// The draft e-mails, in order of kind and file; none where no pack is written.
    drafts: Vec<drafts::PlannedDraft>,
}

struct PlannedPack<'a> {
    pack: &'a Pack,
    /// What a committee reads of it.
    committee: &'a CommitteePack,
    /// Folder below `out/`, with forward slashes.
    folder: String,
    returned: Vec<Returned<'a>>,
    /// The pack of each area with the stem of its file names.
    areas: Vec<(&'a Pack, String)>,
}

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
    let plans = plan(results);
    let each = plans.iter().enumerate().flat_map(|(review, plan)| {
        plan.packs.iter().enumerate().map(move |(pack, planned)| PackFolder {
            review,
            pack,
            folder: planned.folder.clone(),
            links: links(plan, pack),
        })
    });
    each.collect()
}

/// Writes results, packs, returned workbooks, papers, reports across providers and the portfolio; `keep` is handed every file as it is
/// made, but for drafts, which are no part of a pack. `desk` is what drafts are made of.
///
/// # Errors
/// A folder cannot be written, or a copy of a return cannot be read back.
pub fn publish(
    workspace: &Workspace,
    pages: &Pages,
    results: &Results,
    desk: &Desk<'_>,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
    keep: &mut dyn FnMut(&str, &[u8]),
) -> Result<Published> {
    let mut plans: Vec<Plan<'_>> = plan(results);
    for plan in &mut plans {
        plan.drafts = drafts::plan(desk, plan, results.as_of);
    }
    let plans = plans;
    let contracts_named = contract_names(results);
    rehearsal::rehearse(pages, results, desk, &plans, &contracts_named)?;
    let outputs: usize = plans
        .iter()
        .flat_map(|plan| &plan.packs)
        .map(|own| {
            6 + 2 * usize::from(has_meeting(own.pack))
                + own.returned.len()
                + own.pack.papers.len()
                + 2 * own.areas.len()
        })
        .sum();
    let written_drafts: usize = plans.iter().map(|plan| 2 * plan.drafts.len()).sum();
    progress(Progress::Outputs(outputs + written_drafts + 2 * results.reports.len() + 5));
    let before = files::read_if_there(&workspace.out_dir().join(RESULTS))?;
    let originals = Originals::new(&workspace.originals_dir());
    let mut out = OutFolder::new(&workspace.out_dir())?;
    let mut put = |path: &str, bytes: &[u8]| -> Result<()> {
        out.put(&path.split('/').collect::<PathBuf>(), bytes)?;
        if !drafts::is_draft(path) {
            keep(path, bytes);
        }
        progress(Progress::Wrote);
        Ok(())
    };
    let mut written = drafts::Written::new(desk);
    let mut made_anew = Vec::new();
    for plan in &plans {
        for (index, planned) in plan.packs.iter().enumerate() {
            let links = links(plan, index);
            // What a provider gets is made of this alone.
            let own = ProviderPack::of(planned.pack);
            let own_links = provider_links(planned);
            put(&format!("{}/{PROVIDER_WORKBOOK}", planned.folder), &provider_workbook(&own)?)?;
            put(
                &format!("{}/{PROVIDER_PAGE}", planned.folder),
                provider_page(pages, &own, &own_links)?.as_bytes(),
            )?;
            put(
                &format!("{}/pack.html", planned.folder),
                pack_page(pages, planned.pack, &links)?.as_bytes(),
            )?;
            put(
                &format!("{}/{COMMITTEE_PAGE}", planned.folder),
                committee_page(pages, planned.committee)?.as_bytes(),
            )?;
            let workbook = committee_workbook(planned.committee)?;
            put(&format!("{}/{COMMITTEE_WORKBOOK}", planned.folder), &workbook)?;
            put(&format!("{}/pack.xlsx", planned.folder), &pack_workbook(planned.pack)?)?;
            for (index, (area, stem)) in planned.areas.iter().enumerate() {
                let page = pack_page(pages, area, &area_links(planned, index))?;
                put(&format!("{}/{stem}.html", planned.folder), page.as_bytes())?;
                put(&format!("{}/{stem}.xlsx", planned.folder), &pack_workbook(area)?)?;
            }
            for returned in &planned.returned {
                let Returned { submission, version, path } = returned;
                let copy = returned::copy(&originals, &own, submission, version, readers)
                    .with_context(|| format!("the coloured copy of {} cannot be made", version.file))?;
                if let Some(reason) = copy.made_anew {
                    made_anew.push((version.file.clone(), reason));
                }
                let path = format!("{}/{path}", planned.folder);
                put(&path, &copy.bytes)?;
                for draft in plan.drafts.iter().filter(|draft| draft.copy() == Some(&path)) {
                    written.write(pages, draft, Some(&copy.bytes), &mut put)?;
                }
            }
            for (name, page) in
                [(AGENDA_PAGE, agenda_page(pages, &own)?), (MINUTES_PAGE, minutes_page(pages, planned.pack)?)]
            {
                if let Some(page) = page {
                    put(&format!("{}/{name}", planned.folder), page.as_bytes())?;
                }
            }
            for paper in &planned.pack.papers {
                put(
                    &format!("{}/{}", planned.folder, letter_path(paper)),
                    letter_page(pages, paper)?.as_bytes(),
                )?;
            }
        }
    }
    for draft in plans.iter().flat_map(|plan| &plan.drafts).filter(|draft| draft.copy().is_none()) {
        written.write(pages, draft, None, &mut put)?;
    }
    let list = written.list(results.as_of);
    put(DRAFTS_LIST, &drafts::json(&list)?)?;
    for report in &results.reports {
        let folder = contract_folder(&contracts_named, &report.contract);
        put(
            &format!("{folder}/report.html"),
            report_page(pages, report, &report_links(&plans, report))?.as_bytes(),
        )?;
        put(&format!("{folder}/report.xlsx"), &report_workbook(report)?)?;
    }
    for (contract, folder) in &contracts_named {
        if let Some(calendar) = calendar_ics(results, Some(contract)) {
            put(&format!("{folder}/{CALENDAR}"), &calendar)?;
        }
    }
    if let Some(calendar) = calendar_ics(results, None) {
        put(CALENDAR, &calendar)?;
    }
    let json = results_json(results)?;
    put("results.csv", &ratings_csv(results)?)?;
    put(
        "index.html",
        portfolio_page(pages, results, &portfolio_links(&plans, results, &contracts_named))?.as_bytes(),
    )?;
    put("results.schema.json", SCHEMA.as_bytes())?;
    put(RESULTS, &json)?;
    let summary = out.finish()?;
    let changes = before.and_then(|before| changes::changes(&before, &json));
    let drafts = DraftsMade::of(&list);
    Ok(Published { results_json: json, changes, summary, made_anew, drafts })
}

fn plan(results: &Results) -> Vec<Plan<'_>> {
    let contracts = contract_names(results);
    results
        .reviews
        .iter()
        .map(|review| {
            let providers = names::distinct(
                results
                    .reviews
                    .iter()
                    .filter(|own| own.contract == review.contract)
                    .map(|own| own.provider.as_str()),
            );
            let folder = |names: &BTreeMap<String, String>, name: &str| {
                names.get(name).cloned().unwrap_or_else(|| names::legal_name(name))
            };
            let root = format!(
                "{}/{}",
                contract_folder(&contracts, &review.contract),
                folder(&providers, &review.provider)
            );
            let packs = review
                .packs
                .iter()
                .zip(&review.committee)
                .map(|(pack, committee)| PlannedPack {
                    pack,
                    committee,
                    folder: drafts::folder(&root, &pack.period),
                    returned: returned(pack),
                    areas: areas(pack),
                })
                .collect();
            Plan { review, root, packs, drafts: Vec::new() }
        })
        .collect()
}

/// Whether the papers of a meeting go with the pack.
fn has_meeting(pack: &Pack) -> bool {
    pack.meeting_papers.is_some() && !pack.agenda.is_empty()
}

/// The packs of areas, each with the stem of its file names.
fn areas(pack: &Pack) -> Vec<(&Pack, String)> {
    let area = |own: &Pack| own.area.clone().unwrap_or_default();
    let all: Vec<String> = pack.of_areas.iter().map(area).collect();
    let names = names::distinct(all.iter().map(String::as_str));
    pack.of_areas
        .iter()
        .map(|own| {
            let area = area(own);
            let name = names.get(&area).cloned().unwrap_or_else(|| names::legal_name(&area));
            (own, format!("pack-{name}"))
        })
        .collect()
}

/// Links to the packs of areas, from `folder` with its slash.
fn links_to_areas(planned: &PlannedPack<'_>, folder: &str) -> Vec<Link> {
    let link = |(own, stem): &(&Pack, String)| Link {
        label: format!("Pack of {}", own.area.as_deref().unwrap_or_default()),
        href: format!("{folder}{stem}.html"),
    };
    planned.areas.iter().map(link).collect()
}

/// Where the pack of an area leads: to its own workbook alone, so that it can be handed out.
fn area_links(planned: &PlannedPack<'_>, index: usize) -> PackLinks {
    let stem = planned.areas.get(index).map(|(_, stem)| stem.as_str()).unwrap_or_default();
    PackLinks { pack_workbook: format!("{stem}.xlsx"), ..PackLinks::default() }
}

/// The returns of a pack that go back: of each the version that is rated, else the newest.
fn returned(pack: &Pack) -> Vec<Returned<'_>> {
    let own: Vec<(&Submission, &Version)> = pack
        .submissions
        .iter()
        .filter_map(|submission| Some((submission, submission.goes_back()?)))
        .collect();
    let names = names::distinct(own.iter().map(|(_, version)| &*version.file).map(stem));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    own.into_iter()
        .map(|(submission, version)| {
            let stem = stem(&version.file);
            let name = names.get(stem).cloned().unwrap_or_else(|| names::legal_name(stem));
            // Files of one name in different folders come back under names of their own.
            let number = taken.entry(name.to_lowercase()).or_insert(0);
            *number += 1;
            let name = if *number == 1 { name } else { format!("{name} ({number})") };
            Returned { submission, version, path: format!("returned/{name}.xlsx") }
        })
        .collect()
}

fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn describe(submission: &Submission) -> String {
    let area = submission.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    format!("{}{area}, {}", submission.form_title, submission.period.describe())
}

fn links(plan: &Plan<'_>, index: usize) -> PackLinks {
    let beside = |other: Option<&PlannedPack<'_>>| {
        other.map(|other| Link {
            label: other.pack.period.describe(),
            href: format!("../{}/pack.html", other.folder.rsplit('/').next().unwrap_or_default()),
        })
    };
    let own = plan.packs.get(index);
    PackLinks {
        portfolio: "../../../index.html".to_string(),
        areas: own.map(|own| links_to_areas(own, "")).unwrap_or_default(),
        pack_workbook: "pack.xlsx".to_string(),
        returned: own.map(returned_links).unwrap_or_default(),
        previous: beside(index.checked_sub(1).and_then(|before| plan.packs.get(before))),
        next: beside(plan.packs.get(index + 1)),
        provider_page: PROVIDER_PAGE.to_string(),
        drafts: own.map(|own| letters(own.pack)).unwrap_or_default(),
        emails: drafts::links(plan, index),
        meeting: own.filter(|own| has_meeting(own.pack)).map(|_| meeting_links()).unwrap_or_default(),
        committee_page: COMMITTEE_PAGE.to_string(),
    }
}

fn meeting_links() -> Vec<Link> {
    [("Agenda to send out", AGENDA_PAGE), ("Minutes to fill in", MINUTES_PAGE)]
        .map(|(label, href)| Link { label: label.to_string(), href: href.to_string() })
        .to_vec()
}

/// Folder names by contract id.
fn contract_names(results: &Results) -> BTreeMap<String, String> {
    names::distinct(results.reviews.iter().map(|review| review.contract.as_str()))
}

fn contract_folder(contracts: &BTreeMap<String, String>, id: &str) -> String {
    contracts.get(id).cloned().unwrap_or_else(|| names::legal_name(id))
}

/// Where the report of a contract leads, from the contract's folder.
fn report_links(plans: &[Plan<'_>], report: &ContractReport) -> ReportLinks {
    let of_contract = plans.iter().filter(|plan| plan.review.contract == report.contract);
    ReportLinks {
        portfolio: "../index.html".to_string(),
        workbook: "report.xlsx".to_string(),
        packs: of_contract
            .filter_map(|plan| {
                let (_, folder) = plan.packs.last()?.folder.split_once('/')?;
                Some((plan.review.provider.clone(), format!("{folder}/pack.html")))
            })
            .collect(),
    }
}

/// Path of a letter, from the pack's folder.
fn letter_path(paper: &Paper) -> String {
    format!("letters/{}.html", names::legal_name(&paper.id))
}

/// Links to the letters drafted with a pack, from its folder.
fn letters(pack: &Pack) -> Vec<Link> {
    pack.papers.iter().map(|paper| Link { label: paper.title.clone(), href: letter_path(paper) }).collect()
}

/// The same links from the folder above.
fn below(folder: &str, links: Vec<Link>) -> Vec<Link> {
    links.into_iter().map(|link| Link { href: format!("{folder}/{}", link.href), ..link }).collect()
}

fn returned_links(planned: &PlannedPack<'_>) -> Vec<Link> {
    planned
        .returned
        .iter()
        .map(|returned| Link { label: describe(returned.submission), href: returned.path.clone() })
        .collect()
}

fn provider_links(planned: &PlannedPack<'_>) -> ProviderPackLinks {
    ProviderPackLinks { workbook: PROVIDER_WORKBOOK.to_string(), returned: returned_links(planned) }
}

fn portfolio_links(
    plans: &[Plan<'_>],
    results: &Results,
    contracts: &BTreeMap<String, String>,
) -> PortfolioLinks {
    let packs = plans
        .iter()
        .map(|plan| {
            let key =
                ReviewKey { contract: plan.review.contract.clone(), provider: plan.review.provider.clone() };
            let files = plan
                .packs
                .iter()
                .enumerate()
                .map(|(index, planned)| PackFiles {
                    period: planned.pack.period,
                    pack: format!("{}/pack.html", planned.folder),
                    workbook: format!("{}/pack.xlsx", planned.folder),
                    committee_pack: Some(format!("{}/{COMMITTEE_PAGE}", planned.folder)),
                    provider_pack: Some(format!("{}/{PROVIDER_PAGE}", planned.folder)),
                    issued: planned.pack.issued.clone(),
                    areas: links_to_areas(planned, &format!("{}/", planned.folder)),
                    drafts: below(&planned.folder, letters(planned.pack)),
                    emails: drafts::links_from_above(plan, planned, index),
                    returned: below(&planned.folder, returned_links(planned)),
                })
                .collect();
            (key, files)
        })
        .collect();
    let outputs = [
        ("All ratings, for pivot tables (CSV)", "results.csv"),
        ("Everything, for other programs (JSON)", RESULTS),
        ("The list of draft e-mails (JSON)", DRAFTS_LIST),
    ];
    let data = outputs.iter().map(|(label, href)| Link { label: (*label).into(), href: (*href).into() });
    let calendar = results.reviews.iter().any(|review| !review.calendar.is_empty());
    let reports = results
        .reports
        .iter()
        .map(|report| {
            let href = format!("{}/report.html", contract_folder(contracts, &report.contract));
            (report.contract.clone(), Link { label: report.title.clone(), href })
        })
        .collect();
    PortfolioLinks {
        outputs: data.collect(),
        calendar: calendar.then(|| CALENDAR.to_string()),
        reports,
        packs,
    }
}
