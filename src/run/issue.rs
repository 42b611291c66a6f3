//! Issuing: what goes out of a period is made by a run, frozen with what it rests on, and never changed again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;

use super::definitions::{self, Definition};
use super::gather::Recording;
use super::issue_changes::differences;
use super::issued::{IssuesMade, Recorded};
use super::look::Key;
use super::taking::Everything;
use super::{Progress, Request, look, own_pages, publish};
use crate::calendar::notations::{PeriodReading, parse_period};
use crate::contract::Contract;
use crate::domain::period::{Period, long_date};
use crate::domain::text::{fold, nearest};
use crate::output::issue_json::{
    self, DefinitionEntry, FORMAT, FileEntry, IssueRecord, PreviousEntry, facts, record_json,
};
use crate::output::pages::{PackLinks, Pages, pack_page};
use crate::readers::Readers;
use crate::review::issued::Issued;
use crate::review::{Pack, ProviderReview, Results};
use crate::workspace::chain::{HEAD_FILE, Head};
use crate::workspace::issued::{FOLDER, RECORD, freeze};
use crate::workspace::lock::RunLock;
use crate::workspace::{LEDGER_FILE, SETTINGS_FILE, Workspace, files, sha256};

/// File name of the definition in an issue.
const DEFINITION: &str = "definition.toml";
/// File name of the schema in an issue.
const SCHEMA: &str = "issue.schema.json";
/// File name of the council's pack, whose links lead out of an issue and are left out of it.
const PACK: &str = "pack.html";

/// What is to be issued.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Contract id.
    pub contract: String,
    /// The period, in words.
    pub period: String,
    /// The providers; all that have a pack for the period when empty.
    pub providers: Vec<String>,
    /// A note kept with the issue.
    pub note: Option<String>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Issuing {
    /// The issues made.
    pub made: Vec<Made>,
    /// The packs of which the same was issued before.
    pub already: Vec<Already>,
    /// What was issued earlier and is gone or changed.
    pub warnings: Vec<String>,
    /// Files under `out/` that could not be written; the issues hold them all the same.
    pub blocked: BTreeMap<String, String>,
}

/// An issue made.
#[derive(Debug)]
pub struct Made {
    /// Its folder below the workspace, with forward slashes.
    pub folder: String,
    /// Its record.
    pub record: IssueRecord,
}

/// A pack of which the same was issued before.
#[derive(Debug)]
pub struct Already {
    /// The provider.
    pub provider: String,
    /// The number of that issue.
    pub number: u32,
    /// The day it was issued.
    pub on: NaiveDate,
    /// The day as of which it says everything.
    pub as_of: NaiveDate,
    /// Its folder below the workspace, with forward slashes.
    pub folder: String,
}

/// Files by path.
type Files = Vec<(String, Vec<u8>)>;

/// What the issues rest on besides the returns.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Grounds {
    definition: DefinitionEntry,
    register: Option<FileEntry>,
    settings: Option<FileEntry>,
}

/// Runs over the workspace in `dir` and freezes the packs asked for, each a folder, complete or absent.
///
/// # Errors
/// As of a run; the as-of date is to come; contract, period or provider is not known, or there is no pack to issue; an issue was made as
/// of a later day; what an issue rests on changed while it was made.
pub fn issue(
    dir: &std::path::Path,
    asked: &Asked,
    request: Request,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Issuing> {
    if request.as_of > request.today {
        bail!("nothing can be issued as of {}, which is still to come", long_date(request.as_of));
    }
    let workspace = Workspace::open(dir)?;
    let _lock = RunLock::take(dir)?;
    let pages = own_pages::pages(&workspace)?;
    let definition = definition(&workspace, &asked.contract)?;
    let contract =
        definition.read.clone().with_context(|| format!("the definition {} is wrong", definition.file))?;
    let grounds = grounds(&workspace, &contract, &definition)?;
    let mut looked =
        look::look_at(&workspace, request, None, Recording::Receipts(&Everything), readers, progress)?;
    let desk = publish::Desk::new(
        &looked.contracts,
        &looked.records,
        &looked.working_days,
        workspace.settings(),
        request.as_of,
    );
    let client_rows = |key: &Key| looked.client_rows.get(key).cloned().unwrap_or_default();
    let results = &mut looked.results;
    let wanted = wanted(results, &contract, asked)?;
    let before = IssuesMade::read(&workspace)?;
    before.attach(&workspace, results)?;
    for (review, pack) in packs(results, &wanted) {
        if let Some(newest) = before.of(pack).next_back().filter(|own| own.record.as_of > request.as_of) {
            bail!(
                "issue {} of {}, {}, was made as of {}; what is issued after it cannot be as of an earlier day, {}",
                newest.record.number,
                review.provider,
                pack.period.describe(),
                long_date(newest.record.as_of),
                long_date(request.as_of)
            );
        }
    }
    let folders = publish::folders(results);
    let homes: BTreeMap<&str, &publish::PackFolder> = wanted
        .iter()
        .filter_map(|(review, pack)| folders.iter().find(|own| (own.review, own.pack) == (*review, *pack)))
        .map(|own| (own.folder.as_str(), own))
        .collect();
    let kept: Mutex<BTreeMap<String, Files>> = Mutex::default();
    let keep = |path: &str, bytes: &[u8]| {
        for folder in homes.keys() {
            if let Some(file) = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.entry((*folder).to_string()).or_default().push((file.to_string(), bytes.to_vec()));
            }
        }
    };
    let published =
        publish::publish(&workspace, (&pages, &desk, readers), results, &client_rows, progress, &keep)?;
    let mut kept = kept.into_inner().unwrap_or_else(PoisonError::into_inner);
    if self::definition(&workspace, &asked.contract)?.text != definition.text
        || self::grounds(&workspace, &contract, &definition)? != grounds
    {
        bail!(
            "the definition, the register or the settings were saved while the issue was made; nothing was issued, run again"
        );
    }
    let head = Head::of(&files::read_if_there(&workspace.ledger_path())?.unwrap_or_default());
    let mut outcome = Issuing { blocked: published.summary.blocked, ..Issuing::default() };
    for (folder, home) in &homes {
        let (Some(review), Some(pack)) = (results.reviews.get(home.review), pack_of(results, home)) else {
            continue;
        };
        let earlier: Vec<&Recorded> = before.of(pack).collect();
        let note = asked.note.clone();
        let mut record = record(review, pack, &earlier, &grounds, note, request);
        if let Some(same) = earlier.last().filter(|_| record.previous.is_some() && record.differs.is_empty())
        {
            outcome.already.push(Already {
                provider: review.provider.clone(),
                number: same.record.number,
                on: same.record.issued_on,
                as_of: same.record.as_of,
                folder: same.folder.clone(),
            });
            continue;
        }
        let content = kept.remove(*folder).unwrap_or_default();
        let mut content = content_of(&pages, content, pack, &home.links, &record, &earlier, &definition)?;
        // How far the ledger had come: what is cut off its end later shows by this.
        content.push((HEAD_FILE.to_string(), head.recorded(LEDGER_FILE)?));
        content.sort();
        record.files = content
            .iter()
            .map(|(file, bytes)| FileEntry { file: file.clone(), sha256: sha256(bytes) })
            .collect();
        let content: Vec<(String, Vec<u8>)> =
            content.into_iter().chain([(RECORD.to_string(), record_json(&record)?)]).collect();
        let name = format!("issue-{}", record.number);
        freeze(&workspace.issued_dir(), folder, &name, &content)?;
        outcome.made.push(Made { folder: format!("{FOLDER}/{folder}/{name}"), record });
    }
    let now = IssuesMade::read(&workspace)?;
    if !outcome.made.is_empty() {
        // The pages under `out/` say at once what was issued.
        now.attach(&workspace, results)?;
        outcome.blocked = publish::publish(
            &workspace,
            (&pages, &desk, readers),
            results,
            &client_rows,
            &|_| {},
            &|_, _| {},
        )?
        .summary
        .blocked;
    }
    outcome.warnings = now.warnings;
    Ok(outcome)
}

/// The definition of the contract with this id.
///
/// # Errors
/// There is none.
pub(super) fn definition(workspace: &Workspace, id: &str) -> Result<Definition> {
    let known = definitions::all(Some(workspace))?;
    let is_called =
        |own: &&Definition| own.read.as_ref().is_ok_and(|contract| fold(&contract.id) == fold(id));
    if let Some(found) = known.iter().find(is_called) {
        return Ok(found.clone());
    }
    let ids: Vec<&str> = known.iter().filter_map(|own| Some(own.read.as_ref().ok()?.id.as_str())).collect();
    bail!("there is no contract `{id}`; {}known contracts: {}", did_you_mean(id, &ids), ids.join(", "))
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default()
}

fn grounds(workspace: &Workspace, contract: &Contract, definition: &Definition) -> Result<Grounds> {
    let file = |path: &std::path::Path| -> Result<Option<FileEntry>> {
        let name = path.strip_prefix(workspace.dir()).unwrap_or(path).to_string_lossy().replace('\\', "/");
        Ok(files::read_if_there(path)?.map(|bytes| FileEntry { file: name, sha256: sha256(&bytes) }))
    };
    let name = std::path::Path::new(&definition.file).file_name();
    Ok(Grounds {
        definition: DefinitionEntry {
            id: contract.id.clone(),
            file: name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            built_in: definition.built_in,
            sha256: sha256(definition.text.as_bytes()),
        },
        register: file(&workspace.register_path())?,
        settings: file(&workspace.dir().join(SETTINGS_FILE))?,
    })
}

/// The packs asked for: places of reviews in the results and of packs in the reviews.
fn wanted(results: &Results, contract: &Contract, asked: &Asked) -> Result<Vec<(usize, usize)>> {
    let reviews: Vec<(usize, &ProviderReview)> =
        results.reviews.iter().enumerate().filter(|(_, own)| own.contract == contract.id).collect();
    let names: Vec<&str> = reviews.iter().map(|(_, own)| own.provider.as_str()).collect();
    for name in &asked.providers {
        if !names.iter().any(|own| fold(own) == fold(name)) {
            bail!(
                "{} has no {} “{name}” in the register; {}there are: {}",
                contract.id,
                contract.called.one,
                did_you_mean(name, &names),
                if names.is_empty() { "none".to_string() } else { names.join("; ") }
            );
        }
    }
    let is_asked =
        |name: &str| asked.providers.is_empty() || asked.providers.iter().any(|own| fold(own) == fold(name));
    let reviews: Vec<(usize, &ProviderReview)> =
        reviews.into_iter().filter(|(_, own)| is_asked(&own.provider)).collect();
    let period = period(contract, &reviews, &asked.period)?;
    let place = |review: &ProviderReview| review.packs.iter().position(|pack| pack.period == period);
    if asked.providers.is_empty()
        && !reviews.is_empty()
        && reviews.iter().all(|(_, own)| place(own).is_none())
    {
        let packs = reviews.iter().flat_map(|(_, own)| &own.packs);
        let near = packs.min_by_key(|own| (own.period.from - period.from).num_days().abs());
        bail!(
            "there is nothing to issue: no {} of {} has a pack for {}; {}",
            contract.called.one,
            contract.id,
            period.describe(),
            match near {
                Some(near) => format!("the nearest is that of {} for {}", near.provider, near.period.label()),
                None => "there is none yet".to_string(),
            }
        );
    }
    // Of providers named, each has to have a pack; of all, those that have one are meant.
    let mut lacking = reviews.iter().filter(|(_, own)| !asked.providers.is_empty() && place(own).is_none());
    if let Some((_, own)) = lacking.next() {
        bail!(
            "there is nothing to issue: {} has no pack for {}; {}",
            own.provider,
            period.describe(),
            nearest_pack(own, period)
        );
    }
    let wanted: Vec<(usize, usize)> =
        reviews.iter().filter_map(|(at, own)| Some((*at, place(own)?))).collect();
    if wanted.is_empty() {
        bail!("there is nothing to issue: {} has no {} in the register", contract.id, contract.called.one);
    }
    Ok(wanted)
}

/// The pack of the provider whose period is nearest.
fn nearest_pack(review: &ProviderReview, period: Period) -> String {
    let near = review.packs.iter().min_by_key(|own| (own.period.from - period.from).num_days().abs());
    match near {
        Some(near) => format!("the nearest is that for {}", near.period.label()),
        None => "it has none yet".to_string(),
    }
}

/// The review period of this text.
fn period(contract: &Contract, reviews: &[(usize, &ProviderReview)], text: &str) -> Result<Period> {
    let every = contract.review_every;
    let labels: Vec<String> =
        reviews.iter().flat_map(|(_, own)| &own.packs).map(|pack| pack.period.label()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let advice = match nearest(text, labels.iter().copied()).or(labels.last().copied()) {
        Some(near) => format!("the nearest with a pack is {near}"),
        None => format!("write a period such as {}", contract.period(contract.start, every).label()),
    };
    match parse_period(text, contract.year_starts, Some(every)) {
        PeriodReading::Found(period) if period.frequency == every => Ok(period),
        PeriodReading::Found(period) => bail!(
            "“{text}” is {}, but reviews under {} are {}; {advice}",
            period.describe(),
            contract.id,
            every.adverb()
        ),
        PeriodReading::Incomplete { why, .. }
        | PeriodReading::Contradictory { why }
        | PeriodReading::Ambiguous { why, .. } => bail!("“{text}”: {why}; {advice}"),
        PeriodReading::None => bail!("“{text}” is no period; {advice}"),
    }
}

fn packs<'a>(
    results: &'a Results,
    wanted: &'a [(usize, usize)],
) -> impl Iterator<Item = (&'a ProviderReview, &'a Pack)> {
    wanted.iter().filter_map(|(review, pack)| {
        let review = results.reviews.get(*review)?;
        Some((review, review.packs.get(*pack)?))
    })
}

fn pack_of<'a>(results: &'a Results, home: &publish::PackFolder) -> Option<&'a Pack> {
    results.reviews.get(home.review)?.packs.get(home.pack)
}

/// The record of the issue to be made, its files still to be listed.
fn record(
    review: &ProviderReview,
    pack: &Pack,
    earlier: &[&Recorded],
    grounds: &Grounds,
    note: Option<String>,
    request: Request,
) -> IssueRecord {
    let mut record = IssueRecord {
        format: FORMAT.to_string(),
        number: 1 + earlier.last().map_or(0, |own| own.record.number),
        contract: review.contract.clone(),
        contract_title: review.contract_title.clone(),
        provider: review.provider.clone(),
        period: pack.period.label(),
        from: pack.period.from,
        to: pack.period.to,
        as_of: request.as_of,
        issued_on: request.today,
        note,
        program: env!("CARGO_PKG_VERSION").to_string(),
        definition: grounds.definition.clone(),
        register: grounds.register.clone(),
        settings: grounds.settings.clone(),
        previous: None,
        differs: Vec::new(),
        files: Vec::new(),
        facts: facts(review, pack),
    };
    if let Some(before) = earlier.last() {
        record.previous = Some(PreviousEntry { number: before.record.number, sha256: before.sha256.clone() });
        record.differs = differs(&before.record, &record);
    }
    record
}

/// What differs from the issue before, in sentences; the as-of date alone makes no new issue.
fn differs(before: &IssueRecord, now: &IssueRecord) -> Vec<String> {
    let mut lines = differences(&before.facts, &now.facts, &now.period).all();
    if before.definition.sha256 != now.definition.sha256 {
        lines.push("The definition of the contract differs.".to_string());
    }
    // A register is saved every day; what it changes in the pack is what counts.
    if before.facts.actions != now.facts.actions {
        lines.push("The action log has changed.".to_string());
    }
    if before.facts.on_record != now.facts.on_record {
        lines.push("What the register has on record has changed.".to_string());
    }
    if before.settings != now.settings {
        lines.push("The settings were changed.".to_string());
    }
    if before.program != now.program {
        lines.push(format!("The program is version {}, and was {}.", now.program, before.program));
    }
    if now.note.is_some() && before.note != now.note {
        lines.push("The note differs.".to_string());
    }
    lines
}

/// The files of an issue, in order of path: those of the pack's folder, its page without the links that lead out of it, the definition
/// and the schema of the record.
fn content_of(
    pages: &Pages,
    kept: Vec<(String, Vec<u8>)>,
    pack: &Pack,
    links: &PackLinks,
    record: &IssueRecord,
    earlier: &[&Recorded],
    definition: &Definition,
) -> Result<Vec<(String, Vec<u8>)>> {
    let issued = Issued {
        number: record.number,
        on: record.issued_on,
        as_of: record.as_of,
        note: record.note.clone(),
        changed: record.differs.clone(),
        figures_changed: 0,
        earlier: earlier.iter().map(|own| (own.record.number, own.record.issued_on)).collect(),
        folder: String::new(),
    };
    let pack = Pack { issued: Some(issued), ..pack.clone() };
    let links = PackLinks {
        portfolio: String::new(),
        previous: None,
        next: None,
        // What was written to the provider is no part of what is issued.
        emails: Vec::new(),
        ..links.clone()
    };
    let page = pack_page(pages, &pack, &links)?;
    let mut content: BTreeMap<String, Vec<u8>> = kept.into_iter().collect();
    content.insert(PACK.to_string(), page.into_bytes());
    content.insert(DEFINITION.to_string(), definition.text.clone().into_bytes());
    content.insert(SCHEMA.to_string(), issue_json::SCHEMA.as_bytes().to_vec());
    Ok(content.into_iter().collect())
}

/// The records of the issues made, as a list in JSON with a line break at the end.
///
/// # Errors
/// When the values cannot be written as JSON, which no value of these types brings about.
pub fn records_json(issuing: &Issuing) -> Result<Vec<u8>> {
    let records: Vec<&IssueRecord> = issuing.made.iter().map(|own| &own.record).collect();
    let mut bytes = serde_json::to_vec_pretty(&records)?;
    bytes.push(b'\n');
    Ok(bytes)
}
