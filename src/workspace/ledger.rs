//! The ledger of receipts, `receipts.jsonl`: what was first seen when, and on which days a run looked.
//!
//! One JSON object a line, only ever appended to. Each line holds the SHA-256 of the line before (its
//! bytes without the line end), the first one 64 zeros, so that a line that is changed, removed or put in
//! between shows. What the chain cannot show is the end cut off.
//!
//! A line that is not ended was being written when the program or the machine stopped. If it is whole it
//! counts and gets its line end; otherwise it says nothing and is cut off before the next line is written.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::chain::{self, Chain, End, Link};
use super::{files, sha256};

/// A file as a run finds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeenFile {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: String,
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Entry {
    /// These bytes were found at this path for the first time.
    Seen(Seen),
    /// A run looked into the folder of returns; at most one line a date.
    Looked(Looked),
}

/// Bytes found at a path for the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Number of the line, from 1.
    pub sequence: usize,
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// The date: the earlier of clock and as-of date.
    pub date: NaiveDate,
    /// SHA-256 of the line before.
    pub previous: String,
}

/// A run that looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Looked {
    /// Number of the line, from 1.
    pub sequence: usize,
    /// The date: the earlier of clock and as-of date.
    pub date: NaiveDate,
    /// SHA-256 of the line before.
    pub previous: String,
}

impl Entry {
    fn sequence(&self) -> usize {
        match self {
            Entry::Seen(seen) => seen.sequence,
            Entry::Looked(looked) => looked.sequence,
        }
    }

    fn previous(&self) -> &str {
        match self {
            Entry::Seen(seen) => &seen.previous,
            Entry::Looked(looked) => &looked.previous,
        }
    }
}

/// The ledger, its chain verified.
#[derive(Debug)]
pub struct Ledger {
    end: End,
    entries: Vec<Entry>,
    last_hash: String,
}

/// What the bytes of a ledger say, sound or not.
pub fn read(bytes: &[u8]) -> Chain<Entry> {
    chain::read(bytes, |text| match serde_json::from_slice::<Entry>(text) {
        Ok(entry) => {
            let link = Link { sequence: Some(entry.sequence()), previous: entry.previous().to_string() };
            Ok((entry, link))
        }
        Err(error) => Err(format!("it is no entry of the ledger ({error})")),
    })
}

impl Ledger {
    /// Reads the ledger and verifies its chain; a missing file is an empty ledger. Writes nothing.
    ///
    /// # Errors
    /// The file cannot be read, or the chain is broken: each broken line with its number and what to do.
    pub fn open(path: &Path) -> Result<Self> {
        let bytes = files::read_if_there(path)?.unwrap_or_default();
        let reading = read(&bytes);
        if !reading.faults.is_empty() {
            let faults: Vec<String> = reading
                .faults
                .iter()
                .map(|fault| format!("line {}: {}", fault.line, fault.message))
                .collect();
            bail!(
                "the ledger of receipts {} was changed by hand or damaged:\n  {}\n\
                 It proves when returns came in, so nothing is built on it. Put back the last good copy of the \
                 file (Restore previous versions in Explorer, or version history in OneDrive). If there is none, \
                 move the file out of the folder and keep it: a new ledger is begun, and the dates of returns \
                 that came in before are unproven unless the register gives them",
                path.display(),
                faults.join("\n  ")
            );
        }
        Ok(Self {
            end: End::of(path, bytes.len(), &reading),
            last_hash: reading.head().sha256,
            entries: reading.lines.into_iter().filter_map(|line| line.entry).collect(),
        })
    }

    /// Records that a run looked on `looked_on` (the earlier of clock and as-of date) and found `files`.
    /// Appends what is new: a line for each pair of path and bytes not seen before, in order of path, then
    /// one for the look, if that date has none. Nothing new, nothing written.
    ///
    /// The copy of each file's bytes is to be kept in [`super::originals`] **before**, so that no line
    /// names bytes nobody has.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn record(&mut self, looked_on: NaiveDate, files: &[SeenFile]) -> Result<()> {
        let (entries, bytes, last_hash) = self.new_lines(looked_on, files)?;
        if bytes.is_empty() && self.end.is_whole() {
            return Ok(());
        }
        self.end.append(&bytes)?;
        self.entries.extend(entries);
        self.last_hash = last_hash;
        Ok(())
    }

    /// Takes the same as recorded, in this value alone: nothing is written. What is recorded afterwards would not fit the file,
    /// so such a ledger is only read.
    ///
    /// # Errors
    /// A line cannot be put into JSON.
    pub fn suppose(&mut self, looked_on: NaiveDate, files: &[SeenFile]) -> Result<()> {
        let (entries, _, last_hash) = self.new_lines(looked_on, files)?;
        self.entries.extend(entries);
        self.last_hash = last_hash;
        Ok(())
    }

    /// The lines that record this, their bytes, and the hash the last line then has.
    fn new_lines(&self, looked_on: NaiveDate, files: &[SeenFile]) -> Result<(Vec<Entry>, Vec<u8>, String)> {
        let known: BTreeSet<(&str, &str)> =
            self.seen().map(|seen| (seen.file.as_str(), seen.sha256.as_str())).collect();
        let new: BTreeSet<&SeenFile> = files
            .iter()
            .filter(|file| !known.contains(&(file.file.as_str(), file.sha256.as_str())))
            .collect();
        let looked = self.looked().any(|looked| looked.date == looked_on);

        let mut entries = Vec::new();
        let mut bytes = Vec::new();
        let mut previous = self.last_hash.clone();
        let mut append = |entry: Entry| -> Result<String> {
            let line = serde_json::to_vec(&entry)?;
            let hash = sha256(&line);
            bytes.extend(line);
            bytes.push(b'\n');
            entries.push(entry);
            Ok(hash)
        };
        let mut sequence = self.entries.len();
        for file in new {
            sequence += 1;
            let SeenFile { file, sha256 } = file.clone();
            previous = append(Entry::Seen(Seen { sequence, file, sha256, date: looked_on, previous }))?;
        }
        if !looked {
            sequence += 1;
            previous = append(Entry::Looked(Looked { sequence, date: looked_on, previous }))?;
        }
        Ok((entries, bytes, previous))
    }

    /// All lines, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What was seen, in order of the lines.
    pub fn seen(&self) -> impl Iterator<Item = &Seen> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Seen(seen) => Some(seen),
            Entry::Looked(_) => None,
        })
    }

    fn looked(&self) -> impl Iterator<Item = &Looked> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Looked(looked) => Some(looked),
            Entry::Seen(_) => None,
        })
    }

    /// The earliest date on which these bytes were seen, at whatever path.
    pub fn first_seen(&self, sha256: &str) -> Option<NaiveDate> {
        self.seen().filter(|seen| seen.sha256 == sha256).map(|seen| seen.date).min()
    }

    /// The earliest day after `due` (exclusive) on which a run looked **before** these bytes were first
    /// seen: what proves a return late. Goes by the order of the lines, not by dates alone: a run
    /// under an as-of date long past looks "on" that date although the file has been there since.
    pub fn looked_in_vain(&self, sha256: &str, due: NaiveDate) -> Option<NaiveDate> {
        let first = self.seen().find(|seen| seen.sha256 == sha256)?.sequence;
        self.looked()
            .filter(|looked| looked.sequence < first && looked.date > due)
            .map(|looked| looked.date)
            .min()
    }

    /// The SHA-256 of every version seen at a path, in order of first sight there; an officer may put a
    /// newer file over an older one of the same name.
    pub fn versions_at(&self, file: &str) -> Vec<&str> {
        self.seen().filter(|seen| seen.file == file).map(|seen| seen.sha256.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::chain::BEFORE_THE_FIRST;
    use std::path::PathBuf;

    use super::*;
    use proptest::prelude::*;
    use std::fs;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn seen(file: &str, text: &str) -> SeenFile {
        SeenFile { file: format!("returns/{file}"), sha256: sha256(text.as_bytes()) }
    }

    fn two_runs(path: &Path) {
        let mut ledger = Ledger::open(path).unwrap();
        ledger.record(day("2025-12-10"), &[seen("b.xlsx", "1"), seen("a.xlsx", "2")]).unwrap();
        let mut ledger = Ledger::open(path).unwrap();
        ledger
            .record(day("2025-12-16"), &[seen("a.xlsx", "3"), seen("b.xlsx", "1"), seen("c.xlsx", "2")])
            .unwrap();
    }

    fn ledger_file() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("receipts.jsonl");
        (dir, path)
    }

    #[test]
    fn what_is_supposed_is_not_written() {
        let (_dir, path) = ledger_file();
        let files = [seen("a.xlsx", "1")];
        let mut supposed = Ledger::open(&path).unwrap();
        supposed.suppose(day("2025-12-10"), &files).unwrap();
        assert!(!path.exists());
        let mut recorded = Ledger::open(&path).unwrap();
        recorded.record(day("2025-12-10"), &files).unwrap();
        assert_eq!(supposed.entries(), recorded.entries());
    }

    #[test]
    fn appends_what_is_new_in_order() {
        let (_dir, path) = ledger_file();
        two_runs(&path);
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap();
        assert_eq!(
            first,
            format!(
                "{{\"kind\":\"seen\",\"sequence\":1,\"file\":\"returns/a.xlsx\",\"sha256\":\"{}\",\
                 \"date\":\"2025-12-10\",\"previous\":\"{BEFORE_THE_FIRST}\"}}",
                sha256(b"2")
            )
        );
        let ledger = Ledger::open(&path).unwrap();
        let lines: Vec<_> = ledger
            .entries()
            .iter()
            .map(|entry| match entry {
                Entry::Seen(seen) => seen.file.as_str(),
                Entry::Looked(_) => "looked",
            })
            .collect();
        assert_eq!(
            lines,
            ["returns/a.xlsx", "returns/b.xlsx", "looked", "returns/a.xlsx", "returns/c.xlsx", "looked"]
        );
        assert_eq!(ledger.versions_at("returns/a.xlsx"), [sha256(b"2"), sha256(b"3")]);
        assert_eq!(ledger.first_seen(&sha256(b"2")), Some(day("2025-12-10")), "the copy at c.xlsx is later");
        assert_eq!(ledger.first_seen(&sha256(b"4")), None);
    }

    #[test]
    fn the_same_look_twice_changes_no_byte() {
        let (_dir, path) = ledger_file();
        two_runs(&path);
        let before = fs::read(&path).unwrap();
        let mut ledger = Ledger::open(&path).unwrap();
        ledger.record(day("2025-12-16"), &[seen("a.xlsx", "3"), seen("b.xlsx", "1")]).unwrap();
        ledger.record(day("2025-12-16"), &[]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_look_in_vain_is_one_before_the_file_was_there() {
        let (_dir, path) = ledger_file();
        two_runs(&path);
        let mut ledger = Ledger::open(&path).unwrap();
        // Looks "on" a date before the first sight, but after it in fact.
        ledger.record(day("2025-12-15"), &[seen("a.xlsx", "3")]).unwrap();
        for (text, due, expected) in [
            ("3", "2025-12-14", None),
            ("3", "2025-12-10", None),
            ("3", "2025-12-09", Some("2025-12-10")),
            ("1", "2025-12-01", None),
            ("never seen", "2025-12-01", None),
        ] {
            let looked = ledger.looked_in_vain(&sha256(text.as_bytes()), day(due));
            assert_eq!(looked, expected.map(day), "{text} due {due}");
        }
    }

    #[test]
    fn a_torn_last_line_is_dropped_and_written_again() {
        let (_dir, path) = ledger_file();
        two_runs(&path);
        let whole = fs::read(&path).unwrap();
        let last_line = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        for length in last_line..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(read(&whole[..length]).faults, []);
            let mut ledger = Ledger::open(&path).unwrap();
            assert_eq!(fs::read(&path).unwrap().len(), length, "opening writes nothing");
            ledger.record(day("2025-12-16"), &[]).unwrap();
            assert_eq!(fs::read(&path).unwrap(), whole, "cut at {length}");
        }
    }

    #[test]
    fn a_broken_chain_names_every_line_and_what_to_do() {
        let (_dir, path) = ledger_file();
        two_runs(&path);
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let without = |gone: usize| {
            lines
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != gone)
                .map(|(_, l)| format!("{l}\n"))
                .collect::<String>()
        };
        for (changed, faulty) in [
            (text.replacen("2025-12-10", "2025-12-09", 1), vec![2]),
            (text.replace("c.xlsx", "d.xlsx"), vec![6]),
            (without(0), vec![1, 1, 2, 3, 4, 5]),
            (without(2), vec![3, 3, 4, 5]),
            (text.replacen("\n", "\n\n", 1), vec![2, 3, 3, 4, 5, 6, 7]),
            (text.replace('\n', "\r\n"), vec![2, 3, 4, 5, 6]),
            (text.replacen("\"kind\":\"looked\"", "\"kind\":\"looked\",\"by\":1", 1), vec![3, 4]),
        ] {
            let found: Vec<usize> = read(changed.as_bytes()).faults.iter().map(|fault| fault.line).collect();
            assert_eq!(found, faulty, "{changed}");
            fs::write(&path, &changed).unwrap();
            let message = Ledger::open(&path).unwrap_err().to_string();
            assert!(message.contains(&format!("line {}: ", faulty[0])), "{message}");
            assert!(message.contains("Put back the last good copy"), "{message}");
        }
    }

    proptest! {
        #[test]
        fn runs_killed_anywhere_come_out_the_same(cut in 0usize..2000, runs in 1usize..4) {
            let (_dir, path) = ledger_file();
            let files: Vec<_> = (0..3).map(|n| seen(&format!("{n}.xlsx"), &n.to_string())).collect();
            for run in 0..runs {
                Ledger::open(&path).unwrap().record(day("2025-12-10"), &files[..=run.min(2)]).unwrap();
            }
            let whole = fs::read(&path).unwrap();
            let cut = cut.min(whole.len());
            fs::write(&path, &whole[..cut]).unwrap();
            let mut ledger = Ledger::open(&path).unwrap();
            ledger.record(day("2025-12-10"), &files).unwrap();
            let again = Ledger::open(&path).unwrap();
            prop_assert_eq!(again.entries(), ledger.entries());
            prop_assert_eq!(again.seen().count(), 3);
            prop_assert_eq!(again.looked().count(), 1);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let (_dir, path) = ledger_file();
            fs::write(&path, &bytes).unwrap();
            prop_assert_eq!(Ledger::open(&path).is_err(), !read(&bytes).faults.is_empty());
        }
    }
}
