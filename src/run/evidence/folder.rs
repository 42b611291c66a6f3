//! The folder: copies of the files, the page and its tables, what to check it by. Never overwritten: the same again is left, anything
//! else gets a number of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::on_file::Records;
use super::resting::Resting;
use crate::output::pages::{Pages, evidence_page};
use crate::output::workbooks::evidence_workbook::evidence_workbook;
use crate::review::evidence::EvidenceFile;
use crate::run::verify::SUMS_FILE;
use crate::workspace::chain::{Chain, HEAD_FILE};
use crate::workspace::ledger::Entry;
use crate::workspace::originals::Originals;
use crate::workspace::{LEDGER_FILE, Workspace, issued, names, sha256};

/// File name of the definition.
pub(super) const DEFINITION: &str = "definition.toml";
/// File name of the lines of the ledger that are told in full.
const LINES: &str = "ledger-lines.jsonl";
/// File name of the hashes of all its lines.
const HASHES: &str = "ledger-hashes.csv";
/// How many folders of one name there may be.
const MOST: usize = 1000;

/// The copies of the files.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// The name of each version's copy, by its SHA-256.
    pub(super) names: BTreeMap<String, String>,
    /// The bytes by name.
    bytes: BTreeMap<String, Vec<u8>>,
    /// What is left out, in sentences.
    pub(super) left_out: Vec<String>,
}

/// A copy of every version of every return involved, and of the e-mails they came in, unless those hold more than returns of this
/// provider, whose SHA-256 are `own`.
///
/// # Errors
/// Every copy among the originals that is gone or changed.
pub(super) fn copies(
    resting: &Resting<'_>,
    records: &Records<'_>,
    originals: &Originals,
    own: &BTreeSet<String>,
) -> Result<Copies> {
    // The path of each version, by its SHA-256.
    let mut wanted: BTreeMap<String, String> = BTreeMap::new();
    let mut mails: BTreeSet<String> = BTreeSet::new();
    for version in resting.submissions.iter().flat_map(|own| &own.versions) {
        wanted.entry(version.sha256.clone()).or_insert_with(|| version.file.to_string());
        mails.extend(records.mail(&version.file));
    }
    let mut copies = Copies::default();
    for mail in mails {
        let inside = |path: &str| path.strip_prefix(mail.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let others = records.ledger.seen().any(|seen| inside(&seen.file) && !own.contains(&seen.sha256));
        if others {
            copies.left_out.push(format!(
                "The e-mail {mail} is not copied: it holds more than returns of this provider. It stays with the council."
            ));
        } else {
            let versions = records.ledger.versions_at(&mail);
            wanted.extend(versions.into_iter().map(|sha256| (sha256.to_string(), mail.clone())));
        }
    }
    copies.names = copy_names(&wanted);
    let mut faults = Vec::new();
    for (hash, name) in &copies.names {
        let file = wanted.get(hash).map(String::as_str).unwrap_or_default();
        match originals.read(hash, file) {
            Ok(bytes) => {
                copies.bytes.insert(name.clone(), bytes);
            }
            Err(error) => faults.push(format!("{error:#}")),
        }
    }
    if !faults.is_empty() {
        bail!(
            "evidence rests on copies that are gone or changed; `quarterday verify` says what to do:\n  {}",
            faults.join("\n  ")
        );
    }
    Ok(copies)
}

/// A name for each copy: the file's own, with the first digits of its SHA-256 where several share it.
fn copy_names(wanted: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let base = |path: &str| path.rsplit('/').next().unwrap_or(path).to_string();
    let mut sharing: BTreeMap<String, usize> = BTreeMap::new();
    for path in wanted.values() {
        *sharing.entry(names::legal_name(&base(path)).to_lowercase()).or_default() += 1;
    }
    let key = |hash: &str, path: &str| {
        let base = base(path);
        if sharing.get(&names::legal_name(&base).to_lowercase()).is_some_and(|number| *number > 1) {
            let (stem, ending) = base
                .rsplit_once('.')
                .map_or((base.as_str(), String::new()), |(stem, ending)| (stem, format!(".{ending}")));
            format!("{stem} ({}){ending}", hash.get(..12).unwrap_or(hash))
        } else {
            base
        }
    };
    let keys: BTreeMap<&String, String> = wanted.iter().map(|(hash, path)| (hash, key(hash, path))).collect();
    let legal = names::distinct(keys.values().map(String::as_str));
    keys.into_iter()
        .map(|(hash, key)| {
            let name = legal.get(&key).cloned().unwrap_or_else(|| names::legal_name(&key));
            (hash.clone(), format!("files/{name}"))
        })
        .collect()
}

/// Everything in the folder, by name; the list of hashes last.
///
/// # Errors
/// A template is at fault, or a table does not fit on a sheet.
pub(super) fn content(
    pages: &Pages,
    file: &EvidenceFile,
    copies: &Copies,
    definition: &str,
    chain: &Chain<Entry>,
) -> Result<Vec<(String, Vec<u8>)>> {
    let mut content: BTreeMap<String, Vec<u8>> = copies.bytes.clone();
    let copied: Vec<&str> = copies.bytes.keys().map(String::as_str).collect();
    content.insert("evidence.html".to_string(), evidence_page(pages, file, &copied)?.into_bytes());
    content.insert("evidence.json".to_string(), file.json()?);
    content.insert("evidence.xlsx".to_string(), evidence_workbook(file)?);
    content.insert(DEFINITION.to_string(), definition.as_bytes().to_vec());
    let lines: String = file.ledger.iter().map(|line| format!("{}\n", line.text)).collect();
    content.insert(LINES.to_string(), lines.into_bytes());
    let hashes: String =
        chain.lines.iter().map(|line| format!("{},{}\n", line.number, line.sha256)).collect();
    content.insert(HASHES.to_string(), format!("line,sha256\n{hashes}").into_bytes());
    content.insert(HEAD_FILE.to_string(), chain.head().recorded(LEDGER_FILE)?);
    content.insert("README.txt".to_string(), readme(file).into_bytes());
    let sums: String = content.iter().map(|(name, bytes)| format!("{}  {name}\n", sha256(bytes))).collect();
    Ok(content.into_iter().chain([(SUMS_FILE.to_string(), sums.into_bytes())]).collect())
}

/// How to check the folder, for whoever gets it.
fn readme(file: &EvidenceFile) -> String {
    let text = include_str!("../../../templates/evidence/README.txt");
    text.replace("{title}", &file.consequence.title)
        .replace("{clause}", &file.consequence.clause)
        .replace("{period}", &file.consequence.period.label)
        .replace("{contract}", &file.contract_title)
        .replace("{lines}", &file.grounds.ledger.lines.to_string())
        .replace("{head}", &file.grounds.ledger.sha256)
        .replace("{provider}", &file.provider)
}

/// Writes the folder, unless the same is there already; gives where it is, whether it was there, and the SHA-256 of its list of hashes.
///
/// # Errors
/// The folder cannot be written; then nothing of it is there.
pub(super) fn write(
    workspace: &Workspace,
    output: Option<&Path>,
    file: &EvidenceFile,
    content: &[(String, Vec<u8>)],
) -> Result<(PathBuf, bool, String)> {
    let seal = content.last().map(|(_, bytes)| sha256(bytes)).unwrap_or_default();
    let (home, name) = match output {
        Some(path) => {
            let name =
                path.file_name().with_context(|| format!("{} names no folder to write", path.display()))?;
            (path.parent().map(Path::to_path_buf).unwrap_or_default(), name.to_string_lossy().into_owned())
        }
        None => {
            let below = [&file.contract, &file.provider].map(|name| names::legal_name(name));
            let on = file.consequence.on.map(|day| format!(", {day}")).unwrap_or_default();
            let name = format!("{} {}{on}", file.consequence.id, file.consequence.period.label);
            (
                below.iter().fold(workspace.evidence_dir(), |dir, name| dir.join(name)),
                names::legal_name(&name),
            )
        }
    };
    for number in 1..=MOST {
        let own = if number == 1 { name.clone() } else { format!("{name} ({number})") };
        let target = home.join(&own);
        if !target.exists() {
            return Ok((issued::freeze_in(&home, &own, content)?, false, seal));
        }
        if is_same(&target, content)? {
            return Ok((target, true, seal));
        }
    }
    bail!("there are {MOST} folders called {name} in {} already; move some away", home.display())
}

/// Whether the folder holds exactly this.
fn is_same(target: &Path, content: &[(String, Vec<u8>)]) -> Result<bool> {
    for (name, bytes) in content {
        if issued::frozen(target, name)?.as_ref() != Some(bytes) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_have_legal_names_that_differ() {
        let wanted: BTreeMap<String, String> = [
            ("a".repeat(64), "returns/q1/KPI.xlsx"),
            ("b".repeat(64), "returns/q2/kpi.xlsx"),
            ("c".repeat(64), "returns/m.eml/log.xlsx"),
            ("d".repeat(64), "returns/con.xlsx"),
            ("e".repeat(64), "returns/no ending"),
        ]
        .map(|(hash, path)| (hash, path.to_string()))
        .into();
        let names: Vec<String> = copy_names(&wanted).into_values().collect();
        assert_eq!(
            names,
            [
                "files/KPI (aaaaaaaaaaaa).xlsx",
                "files/kpi (bbbbbbbbbbbb).xlsx",
                "files/log.xlsx",
                "files/_con.xlsx",
                "files/no ending",
            ]
        );
    }
}
