//! Evidence: what one consequence of a contract rests on for one provider, put together in one folder for a lawyer.
//!
//! Looks at the workspace as a run does and records what it sees, so that everything told stands in the ledger. Rows and files of
//! other providers are left out: of the register and the ledger there is an extract, and the whole stays with the council.

mod asked;
mod folder;
mod on_file;
mod on_record;
mod resting;
mod shown;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use self::asked::Picked;
use self::on_file::Records;
use self::resting::Resting;
use self::shown::Shown;
use super::gather::Recording;
use super::look::Looked;
use super::taking::Everything;
use super::{Request, issue, look, own_pages};
use crate::contract::Contract;
use crate::contract::in_english::conditions;
use crate::domain::period::{Period, long_date};
use crate::domain::place::CellRef;
use crate::domain::quantity::plain;
use crate::domain::submission::{ReceivedBy, SubmissionStatus};
use crate::domain::text::fold;
use crate::readers::Readers;
use crate::review::evidence::{
    Consequence, EvidenceFile, FORMAT, Figure, Grounds, HashedFile, LedgerHead, Return, Span, Standing,
    Working,
};
use crate::review::{ProviderReview, RatedFigure};
use crate::workspace::ledger::{self, Ledger};
use crate::workspace::lock::RunLock;
use crate::workspace::originals::Originals;
use crate::workspace::{Workspace, files, sha256};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Contract id.
    pub contract: String,
    /// Provider's name.
    pub provider: String,
    /// Id of the consequence.
    pub escalation: String,
    /// The period, by label or in words, or the day of the event; the newest in which it is met when left out.
    pub period: Option<String>,
    /// The folder to write; below `evidence/` in the workspace when left out.
    pub output: Option<PathBuf>,
}

/// What came of it.
#[derive(Debug)]
pub struct PutTogether {
    /// The folder.
    pub folder: PathBuf,
    /// Whether the same was there before, and nothing was written.
    pub already: bool,
    /// What it holds.
    pub file: EvidenceFile,
    /// SHA-256 of the list of hashes: whoever knows it can tell that nothing in the folder was changed.
    pub seal: String,
}

/// Puts together the evidence asked for from the workspace in `dir`, complete or not at all.
///
/// # Errors
/// As of a run; the as-of date is to come; contract, provider, consequence or period is not known; a copy of a return is gone or
/// changed; the folder cannot be written.
pub fn evidence(dir: &Path, asked: &Asked, request: Request, readers: &Readers) -> Result<PutTogether> {
    if request.as_of > request.today {
        bail!("nothing can be put together as of {}, which is still to come", long_date(request.as_of));
    }
    let workspace = Workspace::open(dir)?;
    let _lock = RunLock::take(dir)?;
    let pages = own_pages::pages(&workspace)?;
    let definition = issue::definition(&workspace, &asked.contract)?;
    let register_before = files::read_if_there(&workspace.register_path())?;
    let looked =
        look::look_at(&workspace, request, None, Recording::Receipts(&Everything), readers, &|_| {})?;
    let register = look::read_register(&workspace, readers)?;
    let register_bytes = files::read_if_there(&workspace.register_path())?;
    if register_before != register_bytes {
        bail!("the register was saved while the evidence was put together; nothing was written, run again");
    }
    let contract =
        definition.read.clone().with_context(|| format!("the definition {} is wrong", definition.file))?;
    let review = asked::review(&looked.results, &contract, &asked.provider)?;
    let picked = asked::pick(&contract, review, &asked.escalation, asked.period.as_deref())?;
    let resting = resting::resting(&contract, review, picked.settings, &picked.entry);

    let ledger = Ledger::open(&workspace.ledger_path())?;
    let ledger_bytes = files::read_if_there(&workspace.ledger_path())?.unwrap_or_default();
    let chain = ledger::read(&ledger_bytes);
    let records = Records { ledger: &ledger, chain: &chain, bytes: &ledger_bytes, register: &register };
    let originals = Originals::new(&workspace.originals_dir());
    let copied = folder::copies(&resting, &records, &originals, &own_hashes(&looked, &contract, review))?;

    let head = chain.head();
    let register_path = workspace.register_path();
    let register_name = register_path.strip_prefix(workspace.dir()).unwrap_or(&register_path);
    let grounds = Grounds {
        definition: HashedFile {
            file: folder::DEFINITION.to_string(),
            sha256: sha256(definition.text.as_bytes()),
        },
        built_in: definition.built_in,
        register: register_bytes.as_ref().map(|bytes| HashedFile {
            file: register_name.to_string_lossy().replace('\\', "/"),
            sha256: sha256(bytes),
        }),
        ledger: LedgerHead { lines: head.lines, sha256: head.sha256.clone() },
    };
    let mut shown = Shown::new(&originals, readers, meant(&resting));
    let returns: Vec<Return> =
        resting.submissions.iter().map(|own| on_file::returned(own, &records, &copied.names)).collect();
    let cells: BTreeSet<CellRef> = resting
        .pieces
        .iter()
        .flat_map(|own| own.evidence.cells.iter().cloned())
        .chain(resting.figures.iter().flat_map(|own| own.cells.iter().cloned()))
        .collect();
    let findings = on_file::findings(&resting.submissions, &cells);
    let entries = on_record::entries(
        &register,
        &on_record::Bearing {
            contract: &contract,
            provider: &review.provider,
            as_of: request.as_of,
            kpis: resting.figures.iter().map(|own| own.kpi.clone()).collect(),
            returns: &returns,
            codes: findings.iter().map(|own| fold(&own.code)).collect(),
        },
    );
    let mut file = EvidenceFile {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_string(),
        as_of: request.as_of,
        contract: contract.id.clone(),
        contract_title: contract.title.clone(),
        councils: contract.councils.clone(),
        provider: review.provider.clone(),
        consequence: consequence(&contract, &picked, &definition.text),
        workings: resting
            .pieces
            .iter()
            .map(|own| Working {
                text: own.evidence.text.clone(),
                of: own.of.clone(),
                cells: shown.cells(&own.evidence.cells),
            })
            .collect(),
        figures: resting.figures.iter().map(|own| figure(own, &mut shown)).collect(),
        ledger: records.concerned(&returns),
        not_proven: Vec::new(),
        readings: readings(review, &picked.entry.period),
        returns,
        findings,
        register: entries,
        grounds,
    };
    file.not_proven = not_proven(&file, &resting, &records);
    file.not_proven.extend(copied.left_out.iter().cloned());

    let content = folder::content(&pages, &file, &copied, &definition.text, &chain)?;
    let (path, already, seal) = folder::write(&workspace, asked.output.as_deref(), &file, &content)?;
    Ok(PutTogether { folder: path, already, file, seal })
}

/// A period as it is told.
fn span(period: &Period) -> Span {
    Span { label: period.label(), from: period.from, to: period.to }
}

/// The SHA-256 of every return of this provider under this contract: what else lies among the originals is not told.
fn own_hashes(looked: &Looked, contract: &Contract, review: &ProviderReview) -> BTreeSet<String> {
    let key = (contract.id.clone(), review.provider.clone());
    looked.kept.get(&key).into_iter().flatten().map(|own| own.sha256.clone()).collect()
}

/// Which version of each path the cells stand in: the one that is rated, else the newest.
fn meant(resting: &Resting<'_>) -> BTreeMap<String, String> {
    let mut meant = BTreeMap::new();
    for own in &resting.submissions {
        for version in &own.versions {
            meant.insert(version.file.to_string(), version.sha256.clone());
        }
        if let Some(rated) = own.rated_version.and_then(|at| own.versions.get(at)) {
            meant.insert(rated.file.to_string(), rated.sha256.clone());
        }
    }
    meant
}

fn consequence(contract: &Contract, picked: &Picked<'_>, definition: &str) -> Consequence {
    let Picked { settings, status, entry } = picked;
    Consequence {
        id: settings.id.clone(),
        title: settings.title.clone(),
        clause: settings.clause.clone(),
        status: *status,
        period: span(&entry.period),
        on: entry.on,
        by: entry.by,
        settled: entry.settled,
        distance: entry.distance.clone(),
        action: settings.action.clone(),
        conditions: conditions(contract, &settings.id),
        definition: passage(definition, &settings.id),
    }
}

/// How open points of the schedule were read, as the pack that holds the period says.
fn readings(review: &ProviderReview, period: &Period) -> Vec<String> {
    let pack = review.packs.iter().rfind(|pack| pack.period.contains(period.to));
    pack.map(|pack| pack.readings.clone()).unwrap_or_default()
}

/// The lines of the definition that set this consequence, as they stand; empty where they cannot be told from others.
fn passage(definition: &str, id: &str) -> String {
    const TABLE: &str = "[[escalations]]";
    let begins = |line: &str| line.trim_end() == TABLE;
    let is_other = |line: &str| {
        line.starts_with('[') && !line.starts_with("[[escalations.") && !line.starts_with("[escalations.")
    };
    let mut passages: Vec<Vec<&str>> = Vec::new();
    let mut inside = false;
    for line in definition.lines() {
        if begins(line) {
            passages.push(Vec::new());
            inside = true;
        } else if is_other(line) {
            inside = false;
        }
        if let Some(passage) = passages.last_mut().filter(|_| inside) {
            passage.push(line);
        }
    }
    let is_it = |line: &&str| {
        line.split_once('=')
            .is_some_and(|(key, value)| key.trim() == "id" && value.trim().trim_matches(['"', '\'']) == id)
    };
    let found = passages.into_iter().find(|own| own.iter().any(is_it));
    let mut lines = found.unwrap_or_default();
    while lines.last().is_some_and(|line| line.trim().is_empty() || line.starts_with('#')) {
        lines.pop();
    }
    lines.join("\n")
}

fn figure(own: &RatedFigure, shown: &mut Shown<'_>) -> Figure {
    Figure {
        kpi: own.kpi.clone(),
        title: own.title.clone(),
        area: own.area.clone(),
        period: span(&own.period),
        shown: own.shown(),
        value: own.value.map(plain),
        numerator: own.numerator.map(plain),
        denominator: own.denominator.map(plain),
        target: own.target_on_a_line(),
        rating: own.rating.id().to_string(),
        rating_word: own.rating.word().to_string(),
        clause: own.clause.clone(),
        computed: own.computed.clone(),
        notes: own.notes.clone(),
        relief: own.relief.clone(),
        comment: own.comment.clone(),
        cells: shown.cells(&own.cells),
    }
}

/// What is not proven, in sentences, what is particular to this case first.
fn not_proven(file: &EvidenceFile, resting: &Resting<'_>, records: &Records<'_>) -> Vec<String> {
    let mut said = Vec::new();
    if file.consequence.status != Standing::Triggered {
        said.push(format!(
            "The condition is not met in {}. What stands here shows how far it is, and proves no breach.",
            file.consequence.period.label
        ));
    }
    for own in &resting.submissions {
        let name = format!("{} for {}", own.form_title, own.period_in_words());
        match own.status {
            SubmissionStatus::Unproven => {
                let why = own.status_note.as_ref().map(|note| format!(" {note}")).unwrap_or_default();
                said.push(format!("{name}: nothing proves whether it came in time.{why}"));
            }
            SubmissionStatus::Missing => said.push(format!(
                "{name}: that nothing came in is proven only as far as everything that comes in is put into the returns."
            )),
            SubmissionStatus::OnTime | SubmissionStatus::Late | SubmissionStatus::NotYetDue => {
                let first = own.first_usable().filter(|version| version.received_by == ReceivedBy::FirstSeen);
                if first.is_some() {
                    said.push(format!("{name}: it was there when a run first saw it, and may have come in before."));
                }
            }
        }
    }
    for figure in &file.figures {
        let area = figure.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        let name = format!("KPI {}{area}, {}", figure.kpi, figure.period.label);
        said.extend(figure.notes.iter().map(|note| format!("{name}: {note}")));
        said.extend(figure.relief.iter().map(|relief| format!("{name}: {relief}")));
    }
    for kpi in &resting.submission_kpis {
        said.extend(kpi.provisional.iter().map(|note| format!("{}: {note}", kpi.title)));
    }
    for found in &file.findings {
        let place = match (&found.sheet, &found.cell) {
            (Some(sheet), Some(cell)) => format!("{}, {sheet} {cell}", found.file),
            _ => found.file.clone(),
        };
        if let Some(why) = &found.accepted {
            said.push(format!("{place}: the council accepted a finding ({}): {why}", found.code));
        }
        if let Some(answer) = &found.answered {
            said.push(format!("{place}: the provider answered a query ({}). {answer}", found.code));
        }
    }
    let cells = file.cells();
    let unread = cells.iter().filter(|own| own.shown.is_none()).count();
    if unread > 0 {
        said.push(format!(
            "Of {unread} of the cells the value could not be read again; look them up in the copies."
        ));
    }
    said.extend(on_file::others_at_these_paths(&file.returns, records));
    said.dedup();
    said.extend(
        [
            "The days are those of the clock of the council's machine. No authority outside stamped them.",
            "The register is the council's own record and can be changed by the council at any time. Its SHA-256 says how it stood, not \
             since when.",
            "Of the ledger only the lines concerned are told, because other lines name other providers. The list of hashes gives the \
             SHA-256 of every line; that each line continues the one before can be checked between lines told in full that follow each \
             other, and for the rest only where the whole ledger is: with the council.",
            "That the contract says what its definition says: hold the definition against the contract.",
        ]
        .map(str::to_string),
    );
    said
}

#[cfg(test)]
mod tests {
    use super::passage;

    #[test]
    fn the_definition_is_quoted_as_it_stands() {
        let text = "[[escalations]]\nid = \"a\"\ntitle = \"A\"\nany = [\n    { x = 1 },\n]\n\n# Next\n[[escalations]]\nid = 'b'\n\
                    [[escalations.any]]\ny = 2\n\n[[papers]]\nid = \"a\"\n";
        for (id, quoted) in [
            ("a", "[[escalations]]\nid = \"a\"\ntitle = \"A\"\nany = [\n    { x = 1 },\n]"),
            ("b", "[[escalations]]\nid = 'b'\n[[escalations.any]]\ny = 2"),
            ("c", ""),
        ] {
            assert_eq!(passage(text, id), quoted);
        }
    }
}
