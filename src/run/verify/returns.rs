//! What the ledger names, held against the copies that are kept and what lies in the returns now.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::fault;
use crate::review::verification::{Fault, VersionChecked, Whereabouts};
use crate::workspace::Workspace;
use crate::workspace::chain::Chain;
use crate::workspace::ledger::{Entry, Seen};
use crate::workspace::originals::{CopyState, Originals};
use crate::workspace::register::Register;
use crate::workspace::returns;

/// What was found.
pub(super) struct Looked {
    pub(super) versions: Vec<VersionChecked>,
    pub(super) not_yet_recorded: Vec<String>,
    pub(super) faults: Vec<Fault>,
}

/// What lies in the returns now.
#[derive(Default)]
struct Now {
    /// SHA-256 by path.
    files: BTreeMap<String, String>,
    /// The first path of each SHA-256.
    places: BTreeMap<String, String>,
    /// Why a path cannot be read.
    unreadable: BTreeMap<String, String>,
}

/// Checks every version the ledger names; `copies` are the file names in the folder of originals, and `disposals` says what was
/// disposed of: a copy of which every file is listed there is gone on purpose.
pub(super) fn look(
    workspace: &Workspace,
    originals: &Originals,
    receipts: &Chain<Entry>,
    copies: &[String],
    disposals: &Register,
) -> Result<Looked> {
    let now = now(workspace)?;
    let lines: Vec<(usize, &Seen)> = receipts
        .lines
        .iter()
        .filter_map(|line| match line.entry.as_ref()? {
            Entry::Seen(seen) => Some((line.number, seen)),
            Entry::Looked(_) => None,
        })
        .collect();
    let mut at: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, seen) in &lines {
        at.entry(&seen.file).or_default().insert(&seen.sha256);
    }
    let mut paths: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (_, seen) in &lines {
        paths.entry(&seen.sha256).or_default().push(&seen.file);
    }
    let disposed_of = |seen: &Seen| {
        let all = paths.get(seen.sha256.as_str()).into_iter().flatten();
        // The last of the days: until then a copy was kept for the others.
        all.map(|file| disposals.disposed_of(file)).collect::<Option<Vec<_>>>()?.into_iter().max()
    };
    let mut looked = Looked { versions: Vec::new(), not_yet_recorded: Vec::new(), faults: Vec::new() };
    let mut known: BTreeMap<String, bool> = BTreeMap::new();
    for (number, seen) in lines {
        let copy = originals.path(&seen.sha256, &seen.file);
        let name = copy.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kept = match known.get(&name) {
            Some(kept) => *kept,
            None => {
                let state = originals.state(&seen.sha256, &seen.file);
                let kept = matches!(state, Ok(CopyState::Sound));
                let is_gone_on_purpose = matches!(state, Ok(CopyState::Gone)) && disposed_of(seen).is_some();
                if !is_gone_on_purpose {
                    looked.faults.extend(copy_fault(state, &name, seen));
                }
                known.insert(name, kept);
                kept
            }
        };
        let whereabouts = match (whereabouts(seen, &at, &now), disposed_of(seen)) {
            (Whereabouts::Gone | Whereabouts::InsideMail { .. }, Some(on)) if !kept => {
                Whereabouts::DisposedOf { on }
            }
            (found, _) => found,
        };
        looked.faults.extend(file_fault(&seen.file, &whereabouts));
        looked.versions.push(VersionChecked {
            line: number,
            file: seen.file.clone(),
            sha256: seen.sha256.clone(),
            copy: kept,
            whereabouts,
        });
    }
    for name in copies.iter().filter(|name| !known.contains_key(*name)) {
        looked.faults.push(fault(
            &format!("originals/{name}"),
            None,
            "the copy is there, and no line of the ledger names it: the end of the ledger was cut off, a line was lost, or a run was \
             stopped before it wrote its lines",
            "run again: where the file still lies in the returns it is recorded then; otherwise put back the last good copy of \
             receipts.jsonl",
        ));
    }
    looked.not_yet_recorded =
        now.files.keys().filter(|file| !at.contains_key(file.as_str())).cloned().collect();
    Ok(looked)
}

fn now(workspace: &Workspace) -> Result<Now> {
    let listing = returns::list(&workspace.returns_dir())?;
    let mut now = Now::default();
    now.unreadable.extend(listing.passed_over.into_iter().map(|over| (over.file, over.why.sentence())));
    for found in listing.files {
        match found.read() {
            Ok(read) => {
                now.places.entry(read.sha256.clone()).or_insert_with(|| read.file.clone());
                now.files.insert(read.file, read.sha256);
            }
            Err(over) => {
                now.unreadable.insert(over.file, over.why.sentence());
            }
        }
    }
    Ok(now)
}

fn copy_fault(state: Result<CopyState>, name: &str, seen: &Seen) -> Option<Fault> {
    let file = format!("originals/{name}");
    match state {
        Ok(CopyState::Sound) => None,
        Ok(CopyState::Gone) => Some(fault(
            &file,
            None,
            format!("the copy of {} is gone", seen.file),
            "put it back from a backup; where the provider's file still lies unchanged in the returns, the next run keeps a copy again. If \
             it was disposed of, list the file on the register's sheet Disposals",
        )),
        Ok(CopyState::Changed) => Some(fault(
            &file,
            None,
            format!(
                "it is not what was received as {}: its content does not have the SHA-256 in its name",
                seen.file
            ),
            "put back the right file from a backup, or delete it if the provider's file still lies unchanged in the returns; the next \
             run keeps a copy again",
        )),
        Err(error) => {
            Some(fault(&file, None, format!("{error:#}"), "close it where it is open, and verify again"))
        }
    }
}

fn file_fault(file: &str, whereabouts: &Whereabouts) -> Option<Fault> {
    match whereabouts {
        Whereabouts::Changed => Some(fault(
            file,
            None,
            "what lies there is no version that was recorded: it was changed or replaced since the last run",
            "run again: what lies there is recorded as a further version; what was received before is kept in originals",
        )),
        Whereabouts::Unreadable { why } => Some(fault(
            file,
            None,
            format!("what lies there cannot be checked now: {why}"),
            "put that right and verify again; what was recorded is kept in originals",
        )),
        _ => None,
    }
}

/// Where a recorded version is. `at` has the versions recorded at each path.
fn whereabouts(seen: &Seen, at: &BTreeMap<&str, BTreeSet<&str>>, now: &Now) -> Whereabouts {
    if let Some(why) = now.unreadable.get(&seen.file) {
        return Whereabouts::Unreadable { why: why.clone() };
    }
    let elsewhere = || now.places.get(&seen.sha256).map(|to| Whereabouts::Moved { to: to.clone() });
    match now.files.get(&seen.file) {
        Some(hash) if *hash == seen.sha256 => Whereabouts::There,
        Some(hash) => match at.get(seen.file.as_str()) {
            Some(recorded) if recorded.contains(hash.as_str()) => Whereabouts::Overwritten,
            _ => Whereabouts::Changed,
        },
        None => match mail_of(&seen.file, at) {
            Some(mail) => Whereabouts::InsideMail { mail: mail.to_string() },
            None => elsewhere().unwrap_or(Whereabouts::Gone),
        },
    }
}

/// The recorded file that this path leads into, where it leads into one: an attachment is called as if its e-mail were a folder.
pub(in crate::run) fn mail_of<'a, V>(file: &'a str, recorded: &BTreeMap<&str, V>) -> Option<&'a str> {
    let mut ends = file.match_indices('/').map(|(end, _)| &file[..end]);
    ends.rfind(|above| recorded.contains_key(*above))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(file: &str, sha256: &str) -> Seen {
        Seen {
            sequence: 1,
            file: file.to_string(),
            sha256: sha256.to_string(),
            date: "2025-12-10".parse().unwrap(),
            previous: String::new(),
        }
    }

    #[test]
    fn each_version_is_somewhere() {
        let recorded = [
            ("returns/a.xlsx", "1"),
            ("returns/a.xlsx", "2"),
            ("returns/m.eml", "3"),
            ("returns/b.xlsx", "4"),
        ];
        let mut at: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (file, hash) in recorded {
            at.entry(file).or_default().insert(hash);
        }
        let moved = |to: &str| Whereabouts::Moved { to: to.to_string() };
        let inside = |mail: &str| Whereabouts::InsideMail { mail: mail.to_string() };
        for (lies, version, expected) in [
            (vec![("returns/a.xlsx", "2")], ("returns/a.xlsx", "2"), Whereabouts::There),
            (vec![("returns/a.xlsx", "2")], ("returns/a.xlsx", "1"), Whereabouts::Overwritten),
            (vec![("returns/a.xlsx", "1")], ("returns/a.xlsx", "2"), Whereabouts::Overwritten),
            (vec![("returns/a.xlsx", "9")], ("returns/a.xlsx", "2"), Whereabouts::Changed),
            (
                vec![("returns/a.xlsx", "9"), ("returns/c.xlsx", "2")],
                ("returns/a.xlsx", "2"),
                Whereabouts::Changed,
            ),
            (vec![("returns/old/b.xlsx", "4")], ("returns/b.xlsx", "4"), moved("returns/old/b.xlsx")),
            (vec![("returns/B.XLSX", "4")], ("returns/b.xlsx", "4"), moved("returns/B.XLSX")),
            (vec![], ("returns/b.xlsx", "4"), Whereabouts::Gone),
            (vec![("returns/m.eml", "3")], ("returns/m.eml/kpi.xlsx", "5"), inside("returns/m.eml")),
            (vec![], ("returns/m.eml/kpi.xlsx", "5"), inside("returns/m.eml")),
            (vec![("returns/k.xlsx", "5")], ("returns/n.eml/kpi.xlsx", "5"), moved("returns/k.xlsx")),
        ] {
            let mut now = Now::default();
            for (file, hash) in lies {
                now.places.insert(hash.to_string(), file.to_string());
                now.files.insert(file.to_string(), hash.to_string());
            }
            let (file, hash) = version;
            assert_eq!(whereabouts(&seen(file, hash), &at, &now), expected, "{version:?}");
        }
        let open = Now { unreadable: [("returns/a.xlsx".into(), "open".into())].into(), ..Now::default() };
        let unreadable = Whereabouts::Unreadable { why: "open".to_string() };
        assert_eq!(whereabouts(&seen("returns/a.xlsx", "1"), &at, &open), unreadable);
    }

    #[test]
    fn an_attachment_lies_in_the_innermost_file_recorded() {
        let recorded: BTreeMap<&str, ()> = [("returns/m.eml", ()), ("returns/m.eml/inner.eml", ())].into();
        for (file, mail) in [
            ("returns/m.eml/kpi.xlsx", Some("returns/m.eml")),
            ("returns/m.eml/inner.eml/kpi.xlsx", Some("returns/m.eml/inner.eml")),
            ("returns/m.eml", None),
            ("returns/m.eml2/kpi.xlsx", None),
        ] {
            assert_eq!(mail_of(file, &recorded), mail, "{file}");
        }
    }
}
