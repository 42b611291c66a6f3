//! Where the files of a provider's packs go, planned before any is written so that pages can lead to each other.

use std::collections::BTreeMap;

use super::drafts;
use crate::domain::submission::{Submission, Version};
use crate::review::committee::CommitteePack;
use crate::review::{Pack, ProviderReview};
use crate::workspace::names;

/// The folders of contracts and providers below `out/`.
pub struct Folders {
    contracts: BTreeMap<String, String>,
    /// By contract and provider.
    providers: BTreeMap<(String, String), String>,
}

impl Folders {
    /// The folders for these contracts and providers: legal names, and no two the same.
    pub fn of<'a>(keys: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Self {
        let contracts = names::distinct(keys.clone().map(|(contract, _)| contract));
        let mut by_contract: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (contract, provider) in keys {
            by_contract.entry(contract).or_default().push(provider);
        }
        let providers = by_contract
            .into_iter()
            .flat_map(|(contract, providers)| {
                let names = names::distinct(providers);
                names.into_iter().map(move |(provider, name)| ((contract.to_string(), provider), name))
            })
            .collect();
        Self { contracts, providers }
    }

    /// The folders for the reviews.
    pub fn of_reviews(reviews: &[ProviderReview]) -> Self {
        Self::of(reviews.iter().map(|own| (own.contract.as_str(), own.provider.as_str())))
    }

    /// The folder of a contract.
    pub fn contract(&self, id: &str) -> String {
        self.contracts.get(id).cloned().unwrap_or_else(|| names::legal_name(id))
    }

    /// The folder of a provider under a contract, below `out/`, with forward slashes.
    pub fn provider(&self, contract: &str, provider: &str) -> String {
        let own = self.providers.get(&(contract.to_string(), provider.to_string()));
        let name = own.cloned().unwrap_or_else(|| names::legal_name(provider));
        format!("{}/{name}", self.contract(contract))
    }

    /// The contracts by id, each with its folder.
    pub fn contracts(&self) -> &BTreeMap<String, String> {
        &self.contracts
    }
}

/// A return that goes back: where from, and where to.
pub struct Returned<'a> {
    /// The return due.
    pub submission: &'a Submission,
    /// The version that goes back.
    pub version: &'a Version,
    /// Path below the pack's folder, with forward slashes.
    pub path: String,
}

/// One review's outputs, planned before any is written so that pages can link to each other.
pub struct Plan<'a> {
    /// The review.
    pub review: &'a ProviderReview,
    /// Folder of the provider below `out/`, with forward slashes.
    pub root: String,
    /// In order of period.
    pub packs: Vec<PlannedPack<'a>>,
    /// The draft e-mails, in order of kind and file; none where no pack is written.
    pub drafts: Vec<drafts::PlannedDraft>,
}

/// One pack.
pub struct PlannedPack<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// What a committee reads of it.
    pub committee: &'a CommitteePack,
    /// Folder below `out/`, with forward slashes.
    pub folder: String,
    /// The returns that go back with it.
    pub returned: Vec<Returned<'a>>,
    /// The pack of each area with the stem of its file names.
    pub areas: Vec<(&'a Pack, String)>,
}

impl<'a> Plan<'a> {
    /// The plan of a review whose files go below `root`; its drafts are planned apart.
    pub fn of(review: &'a ProviderReview, root: String) -> Self {
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
    }
}

/// Whether the papers of a meeting go with the pack.
pub fn has_meeting(pack: &Pack) -> bool {
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
