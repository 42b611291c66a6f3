//! Writes everything under `out/`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Progress, changes};
use crate::domain::submission::{Submission, Version};
use crate::intake::reading;
use crate::output::pages::{
    Link, PackFiles, PackLinks, PortfolioLinks, ProviderPackLinks, ReviewKey, pack_page, portfolio_page,
    provider_page,
};
use crate::output::ratings_csv::ratings_csv;
use crate::output::results::{SCHEMA, results_json};
use crate::output::workbooks::feedback::Feedback;
use crate::output::workbooks::pack_workbook::{pack_workbook, provider_workbook};
use crate::output::workbooks::returned::returned_workbook;
use crate::review::readers::ProviderPack;
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

/// What was written.
pub struct Published {
    /// `results.json`.
    pub results_json: Vec<u8>,
    /// What changed since the last run.
    pub changes: Option<Vec<String>>,
    /// What became of the files.
    pub summary: Summary,
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
    packs: Vec<PlannedPack<'a>>,
}

struct PlannedPack<'a> {
    pack: &'a Pack,
    /// Folder below `out/`, with forward slashes.
    folder: String,
    returned: Vec<Returned<'a>>,
}

/// Writes results, packs, returned workbooks and the portfolio.
///
/// # Errors
/// A folder cannot be written, or a copy of a return cannot be read back.
pub fn publish(
    workspace: &Workspace,
    results: &Results,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Published> {
    let plans: Vec<Plan<'_>> = plan(results);
    let outputs: usize = plans.iter().flat_map(|plan| &plan.packs).map(|pack| 4 + pack.returned.len()).sum();
    progress(Progress::Outputs(outputs + 4));
    let before = files::read_if_there(&workspace.out_dir().join(RESULTS))?;
    let originals = Originals::new(&workspace.originals_dir());
    let mut out = OutFolder::new(&workspace.out_dir())?;
    let mut put = |path: &str, bytes: &[u8]| -> Result<()> {
        out.put(&path.split('/').collect::<PathBuf>(), bytes)?;
        progress(Progress::Wrote);
        Ok(())
    };
    for plan in &plans {
        for (index, planned) in plan.packs.iter().enumerate() {
            let links = links(plan, index);
            // What a provider gets is made of this alone.
            let own = ProviderPack::of(planned.pack);
            let own_links = provider_links(planned);
            put(&format!("{}/{PROVIDER_WORKBOOK}", planned.folder), &provider_workbook(&own)?)?;
            put(&format!("{}/{PROVIDER_PAGE}", planned.folder), provider_page(&own, &own_links)?.as_bytes())?;
            put(&format!("{}/pack.html", planned.folder), pack_page(planned.pack, &links)?.as_bytes())?;
            put(&format!("{}/pack.xlsx", planned.folder), &pack_workbook(planned.pack)?)?;
            for returned in &planned.returned {
                let bytes = returned_bytes(&originals, &own, returned).with_context(|| {
                    format!("the coloured copy of {} cannot be made", returned.version.file)
                })?;
                put(&format!("{}/{}", planned.folder, returned.path), &bytes)?;
            }
        }
    }
    let json = results_json(results)?;
    put("results.csv", &ratings_csv(results)?)?;
    put("index.html", portfolio_page(results, &portfolio_links(&plans))?.as_bytes())?;
    put("results.schema.json", SCHEMA.as_bytes())?;
    put(RESULTS, &json)?;
    let summary = out.finish()?;
    let changes = before.and_then(|before| changes::changes(&before, &json));
    Ok(Published { results_json: json, changes, summary })
}

fn plan(results: &Results) -> Vec<Plan<'_>> {
    let contracts = names::distinct(results.reviews.iter().map(|review| review.contract.as_str()));
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
            let root =
                format!("{}/{}", folder(&contracts, &review.contract), folder(&providers, &review.provider));
            let packs = review
                .packs
                .iter()
                .map(|pack| PlannedPack {
                    pack,
                    folder: format!("{root}/{}", names::legal_name(&pack.period.label())),
                    returned: returned(pack),
                })
                .collect();
            Plan { review, packs }
        })
        .collect()
}

/// The returns of a pack that go back: of each the version that is rated, else the newest.
fn returned(pack: &Pack) -> Vec<Returned<'_>> {
    let own: Vec<(&Submission, &Version)> = pack
        .submissions
        .iter()
        .filter_map(|submission| {
            let index = submission.rated_version.or(submission.versions.len().checked_sub(1))?;
            Some((submission, submission.versions.get(index)?))
        })
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
        pack_workbook: "pack.xlsx".to_string(),
        returned: own.map(returned_links).unwrap_or_default(),
        previous: beside(index.checked_sub(1).and_then(|before| plan.packs.get(before))),
        next: beside(plan.packs.get(index + 1)),
        provider_page: PROVIDER_PAGE.to_string(),
        drafts: Vec::new(),
    }
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

fn portfolio_links(plans: &[Plan<'_>]) -> PortfolioLinks {
    let packs = plans
        .iter()
        .map(|plan| {
            let key =
                ReviewKey { contract: plan.review.contract.clone(), provider: plan.review.provider.clone() };
            let files = plan
                .packs
                .iter()
                .map(|planned| PackFiles {
                    period: planned.pack.period,
                    pack: format!("{}/pack.html", planned.folder),
                    workbook: format!("{}/pack.xlsx", planned.folder),
                    returned: planned
                        .returned
                        .iter()
                        .map(|returned| Link {
                            label: describe(returned.submission),
                            href: format!("{}/{}", planned.folder, returned.path),
                        })
                        .collect(),
                })
                .collect();
            (key, files)
        })
        .collect();
    let outputs = [
        ("All ratings, for pivot tables (CSV)", "results.csv"),
        ("Everything, for other programs (JSON)", RESULTS),
    ];
    PortfolioLinks {
        outputs: outputs
            .iter()
            .map(|(label, href)| Link { label: (*label).into(), href: (*href).into() })
            .collect(),
        reports: BTreeMap::new(),
        packs,
    }
}

fn returned_bytes(originals: &Originals, pack: &ProviderPack, returned: &Returned<'_>) -> Result<Vec<u8>> {
    let Returned { submission, version, .. } = returned;
    let bytes = originals.read(&version.sha256, &version.file)?;
    let workbook = reading::read(&version.file, &bytes)?;
    returned_workbook(&workbook, &Feedback::of(pack, submission, version), pack.as_of())
}
