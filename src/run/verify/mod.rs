//! Holds a workspace against its own records: ledger and journal by their chains, every recorded version by its copy, what was issued
//! and put together as evidence by its hashes. Writes nothing, and reads a ledger that is broken as far as it can be read.

mod heads;
mod returns;

pub(super) use returns::mail_of;

use std::path::Path;

use anyhow::{Result, bail};

use super::issued::IssuesMade;
use super::look;
use crate::readers::Readers;
use crate::review::verification::{
    ChainedFile, DOES_NOT_PROVE, FORMAT, Fault, HeadChecked, PROVES, Verification,
};
use crate::workspace::chain::{self, Chain, HEAD_FILE, Head};
use crate::workspace::originals::Originals;
use crate::workspace::register::Register;
use crate::workspace::{JOURNAL_FILE, LEDGER_FILE, Workspace, files, issued, ledger, sha256};

/// Name of the file that lists the SHA-256 of every file of a folder of evidence.
pub const SUMS_FILE: &str = "SHA256SUMS";

/// What to do about a chain that is broken.
const RESTORE: &str = "put back the last good copy of the file (Restore previous versions in Explorer, or version history in OneDrive), \
                       and keep the broken one beside it under another name";
/// What to do about a file of a folder that is never to change.
const RESTORE_FILE: &str = "put the file back as it was from a backup";

/// Verifies the workspace in `dir`. `noted` are heads noted earlier: the first digits of a SHA-256, or files that hold some.
///
/// # Errors
/// The workspace cannot be opened, there is nothing recorded in it, a folder cannot be listed, or what was noted holds no SHA-256.
pub fn verify(dir: &Path, noted: &[String], readers: &Readers) -> Result<Verification> {
    let workspace = Workspace::open(dir)?;
    let noted = heads::noted(noted)?;
    let bytes = files::read_if_there(&workspace.ledger_path())?;
    let originals = Originals::new(&workspace.originals_dir());
    let mut faults = Vec::new();
    let recorded_heads = recorded_heads(&workspace, &mut faults)?;
    let copies = originals.names()?;
    if bytes.is_none() {
        if recorded_heads.is_empty() && copies.is_empty() {
            bail!(
                "there is nothing to verify in {}: no run has recorded anything yet; `quarterday run` does",
                dir.display()
            );
        }
        faults.push(fault(LEDGER_FILE, None, "the ledger of receipts is gone", RESTORE));
    }
    let bytes = bytes.unwrap_or_default();
    let receipts = ledger::read(&bytes);
    let mut chains = vec![chained(LEDGER_FILE, &receipts, bytes.len())];
    faults.extend(of_chain(LEDGER_FILE, &receipts));
    let journal_bytes = files::read_if_there(&workspace.journal_path())?;
    let journal = journal_bytes.map(|bytes| (chain::read_links(&bytes), bytes.len()));
    if let Some((journal, length)) = &journal {
        chains.push(chained(JOURNAL_FILE, journal, *length));
        faults.extend(of_chain(JOURNAL_FILE, journal));
    }

    let disposals = look::read_register(&workspace, readers).unwrap_or_else(|error| {
        // What else is recorded can be verified without it.
        let name = workspace.register_path().display().to_string();
        faults.push(fault(&name, None, format!("{error:#}"), "put that right and verify again"));
        Register::default()
    });
    let looked = returns::look(&workspace, &originals, &receipts, &copies, &disposals)?;
    faults.extend(looked.faults);
    let issues = IssuesMade::read(&workspace)?;
    faults.extend(issues.warnings.iter().map(|warning| {
        fault(
            issued::FOLDER,
            None,
            warning.clone(),
            "put it back as it was issued, from a backup or from what was sent",
        )
    }));
    let evidence = evidence(&workspace, &mut faults)?;

    let mut heads = Vec::new();
    for (place, head) in recorded_heads {
        let held = receipts.holds(&head);
        if !held {
            faults.push(fault(LEDGER_FILE, Some(head.lines), heads::lost(&receipts, &head, &place), RESTORE));
        }
        heads.push(HeadChecked {
            noted: place,
            line: held.then_some(head.lines),
            file: held.then(|| LEDGER_FILE.to_string()),
            sha256: head.sha256,
        });
    }
    for own in noted {
        let found = receipts.line_of(&own.digits).map(|line| (LEDGER_FILE, line)).or_else(|| {
            let (journal, _) = journal.as_ref()?;
            Some((JOURNAL_FILE, journal.line_of(&own.digits)?))
        });
        if found.is_none() {
            let message = format!(
                "the head {} noted in {} stands in no line: lines were cut off, or written anew, since it was noted",
                own.digits, own.place
            );
            faults.push(fault(LEDGER_FILE, None, message, RESTORE));
        }
        heads.push(HeadChecked {
            noted: own.place,
            sha256: own.digits,
            file: found.map(|(file, _)| file.to_string()),
            line: found.map(|(_, line)| line),
        });
    }
    faults.sort();
    faults.dedup();
    Ok(Verification {
        format: FORMAT,
        proven: faults.is_empty(),
        chains,
        versions: looked.versions,
        issues: issues.number(),
        evidence,
        heads,
        not_yet_recorded: looked.not_yet_recorded,
        faults,
        proves: PROVES,
        does_not_prove: DOES_NOT_PROVE,
    })
}

fn fault(file: &str, line: Option<usize>, message: impl Into<String>, help: &str) -> Fault {
    Fault { file: file.to_string(), line, message: message.into(), help: help.to_string() }
}

fn chained<T>(file: &str, chain: &Chain<T>, length: usize) -> ChainedFile {
    let head = chain.head();
    ChainedFile { file: file.to_string(), lines: head.lines, head: head.sha256, torn: chain.sound < length }
}

fn of_chain<T>(file: &str, chain: &Chain<T>) -> Vec<Fault> {
    chain.faults.iter().map(|own| fault(file, Some(own.line), own.message.clone(), RESTORE)).collect()
}

/// The heads that folders which are kept recorded when they were made, each with the file that records it.
fn recorded_heads(workspace: &Workspace, faults: &mut Vec<Fault>) -> Result<Vec<(String, Head)>> {
    let mut heads = Vec::new();
    for dir in [workspace.issued_dir(), workspace.evidence_dir()] {
        for (path, file) in called(workspace, &dir, HEAD_FILE)? {
            match files::read(&path)
                .map_err(|error| format!("{error:#}"))
                .and_then(|bytes| Head::read(&bytes))
            {
                Ok(head) => heads.push((file, head)),
                Err(why) => faults.push(fault(&file, None, why, RESTORE_FILE)),
            }
        }
    }
    Ok(heads)
}

/// The files of this name in folders below `dir`, each with its path below the workspace; none in folders under construction.
fn called(workspace: &Workspace, dir: &Path, name: &str) -> Result<Vec<(std::path::PathBuf, String)>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let below = dir.strip_prefix(workspace.dir()).unwrap_or(dir).to_string_lossy().replace('\\', "/");
    let found = files::walk(dir)?.into_iter().filter(|file| {
        file.relative.rsplit('/').next() == Some(name)
            && !file.relative.split('/').any(|part| part.starts_with(".quarterday-"))
    });
    Ok(found.map(|file| (file.path, format!("{below}/{}", file.relative))).collect())
}

/// Checks every folder of evidence by its list of hashes; gives how many there are.
fn evidence(workspace: &Workspace, faults: &mut Vec<Fault>) -> Result<usize> {
    let lists = called(workspace, &workspace.evidence_dir(), SUMS_FILE)?;
    for (path, file) in &lists {
        let folder = path.parent().unwrap_or(path);
        let below = file.strip_suffix(SUMS_FILE).unwrap_or(file);
        let text = match files::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                faults.push(fault(file, None, format!("{error:#}"), RESTORE_FILE));
                continue;
            }
        };
        for (number, line) in (1..).zip(text.lines()) {
            let Some((hash, name)) = line.split_once("  ") else {
                faults.push(fault(file, Some(number), "it is no line of a list of hashes", RESTORE_FILE));
                continue;
            };
            let own = format!("{below}{name}");
            match issued::frozen(folder, name) {
                Ok(None) => faults.push(fault(&own, None, "it is gone", RESTORE_FILE)),
                Ok(Some(bytes)) if sha256(&bytes) != hash => faults.push(fault(
                    &own,
                    None,
                    "its content is not what was put together: it does not have the SHA-256 in the list beside it",
                    RESTORE_FILE,
                )),
                Ok(Some(_)) => {}
                Err(error) => faults.push(fault(&own, None, format!("{error:#}"), "close it where it is open, and verify again")),
            }
        }
    }
    Ok(lists.len())
}
