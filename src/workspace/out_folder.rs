//! The folder of generated files: what this run makes stays, what an earlier run made and this one does
//! not goes, what the officer put there is never touched.
//!
//! The list `out/.files.jsonl` names every generated file with its SHA-256. A line is added **before** a
//! file is written and the list is put in order at the end, so a run that is killed at any point leaves
//! no generated file the next run does not know. A file whose bytes are not those the list names has been
//! changed by somebody; it is kept even when it would be stale.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use super::safe_write::{self, Outcome};
use super::{Hashing, files, sha256};

/// File name of the list of generated files.
pub const LIST_FILE: &str = ".files.jsonl";

/// One line of the list.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// Path below the folder with forward slashes.
    file: String,
    /// SHA-256 of its bytes.
    sha256: String,
}

/// The folder while a run fills it, from several threads.
#[derive(Debug)]
pub struct OutFolder {
    dir: PathBuf,
    /// Files the list names, with every hash it gives them, in order.
    listed: BTreeMap<String, Vec<String>>,
    filling: Mutex<Filling>,
}

/// How far it is filled.
#[derive(Debug)]
struct Filling {
    list: File,
    /// Files of this run. There are tens of thousands of them.
    made: BTreeMap<String, Made>,
    /// The SHA-256 of the same in lower case, as Windows compares; shorter than the paths.
    taken: BTreeSet<[u8; 32]>,
    /// What became of everything but those, and how many of those were not changed.
    summary: Summary,
}

/// A file of this run.
#[derive(Debug)]
struct Made {
    /// Every hash the list gives it from now on, in order.
    hashes: Vec<String>,
    /// Whether it is new or changed.
    is_written: bool,
}

/// What became of everything, each list in order of path; paths below the folder with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Files written because they are new or changed.
    pub written: BTreeSet<String>,
    /// How many files held the right bytes already.
    pub unchanged: usize,
    /// Stale files removed.
    pub removed: BTreeSet<String>,
    /// Stale files kept because somebody changed them; they are the officer's from now on.
    pub kept: BTreeSet<String>,
    /// Files that could not be written or removed, with the reason and what to do.
    pub blocked: BTreeMap<String, String>,
}

impl OutFolder {
    /// Opens the folder, making it where there is none.
    ///
    /// # Errors
    /// The folder or its list cannot be made or read.
    pub fn new(dir: &Path) -> Result<Self> {
        files::create_dir(dir)?;
        files::sweep(dir)?;
        let path = dir.join(LIST_FILE);
        let held = files::read_if_there(&path)?.unwrap_or_default();
        let mut listed: BTreeMap<String, Vec<String>> = BTreeMap::new();
        // A line that cannot be read was cut short before its file was written, or is not ours.
        for line in
            held.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Line>(line).ok())
        {
            if below(Path::new(&line.file)).is_some() {
                // Nearly all have one.
                let hashes = listed.entry(line.file).or_insert_with(|| Vec::with_capacity(1));
                if let Err(at) = hashes.binary_search(&line.sha256) {
                    hashes.insert(at, line.sha256);
                }
            }
        }
        let failed = |error| files::explain("open", &path, error);
        let mut list = File::options().create(true).append(true).open(&path).map_err(failed)?;
        if held.last().is_some_and(|byte| *byte != b'\n') {
            list.write_all(b"\n").map_err(failed)?;
        }
        let filling =
            Filling { list, made: BTreeMap::new(), taken: BTreeSet::new(), summary: Summary::default() };
        Ok(Self { dir: dir.to_path_buf(), listed, filling: Mutex::new(filling) })
    }

    /// Writes one generated file. `relative` is its path below the folder.
    ///
    /// # Errors
    /// The path leads out of the folder or is that of another file of this run, or the disk fails. A file
    /// that is open elsewhere is no error but [`Outcome::Blocked`].
    pub fn put(&self, relative: &Path, bytes: &[u8]) -> Result<Outcome> {
        self.put_hashed(relative, &sha256(bytes), &mut |path| safe_write::write(path, bytes))
    }

    /// The same, of bytes with this SHA-256.
    ///
    /// # Errors
    /// As [`OutFolder::put`].
    pub fn put_known(&self, relative: &Path, bytes: &[u8], hash: &str) -> Result<Outcome> {
        self.put_hashed(relative, hash, &mut |path| safe_write::write(path, bytes))
    }

    /// Writes one generated file that `write` writes, the same each time it is called, without holding it in memory; gives its SHA-256.
    ///
    /// # Errors
    /// As [`OutFolder::put`]; `write` fails.
    pub fn put_streamed(
        &self,
        relative: &Path,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
    ) -> Result<String> {
        let mut hashing = Hashing::default();
        write(&mut hashing)?;
        let hash = hashing.sha256();
        self.put_streamed_known(relative, &hash, write)?;
        Ok(hash)
    }

    /// The same, of what has this SHA-256.
    ///
    /// # Errors
    /// As [`OutFolder::put_streamed`].
    pub fn put_streamed_known(
        &self,
        relative: &Path,
        hash: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> Result<()>,
    ) -> Result<Outcome> {
        let mut written = |file: &mut dyn Write| write(file).map_err(io::Error::other);
        self.put_hashed(relative, hash, &mut |path| safe_write::write_streamed(path, hash, &mut written))
    }

    fn put_hashed(
        &self,
        relative: &Path,
        hash: &str,
        write: &mut dyn FnMut(&Path) -> Result<Outcome>,
    ) -> Result<Outcome> {
        let (file, before) = self.begin(relative, hash)?;
        let outcome = write(&self.dir.join(&file))?;
        let mut filling = self.filling();
        match &outcome {
            Outcome::Written => {}
            Outcome::Unchanged => filling.summary.unchanged += 1,
            Outcome::Blocked { reason } => {
                filling.summary.blocked.insert(file.clone(), reason.clone());
            }
        }
        // What stands there when blocked is what an earlier run wrote, if anything of ours.
        let hashes = match outcome {
            Outcome::Blocked { .. } => before.to_vec(),
            _ => vec![hash.to_string()],
        };
        filling.made.insert(file, Made { hashes, is_written: outcome == Outcome::Written });
        Ok(outcome)
    }

    /// Lists the file before it is written; gives its path with forward slashes and what the list named before.
    fn begin(&self, relative: &Path, hash: &str) -> Result<(String, &[String])> {
        let Some(file) = below(relative) else {
            bail!("the path {} of a generated file leads out of its folder", relative.display());
        };
        let before = self.listed.get(&file).map_or(&[][..], Vec::as_slice);
        let mut filling = self.filling();
        if !filling.taken.insert(in_lower_case(&file)) {
            bail!("two generated files would share the path {file}");
        }
        if !before.iter().any(|own| own == hash) {
            let mut line = serde_json::to_vec(&Line { file: file.clone(), sha256: hash.to_string() })?;
            line.push(b'\n');
            let path = self.dir.join(LIST_FILE);
            filling.list.write_all(&line).map_err(|error| files::explain("write", &path, error))?;
        }
        Ok((file, before))
    }

    fn filling(&self) -> MutexGuard<'_, Filling> {
        self.filling.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an earlier run wrote the file, and it holds the bytes with this SHA-256 still.
    pub fn holds(&self, file: &str, hash: &str) -> bool {
        self.listed.get(file).is_some_and(|hashes| hashes.iter().any(|own| own == hash))
            && files::hash(&self.dir.join(file)).is_ok_and(|held| held == hash)
    }

    /// Lets a file be that [holds](OutFolder::holds) what this run would write.
    ///
    /// # Errors
    /// As [`OutFolder::put`].
    pub fn leave(&self, file: &str, hash: &str) -> Result<()> {
        let (file, _) = self.begin(Path::new(file), hash)?;
        let mut filling = self.filling();
        filling.summary.unchanged += 1;
        filling.made.insert(file, Made { hashes: vec![hash.to_string()], is_written: false });
        Ok(())
    }

    /// Removes what is stale and the folders that leaves empty, and puts the list in order.
    ///
    /// # Errors
    /// The disk fails.
    pub fn finish(self) -> Result<Summary> {
        let mut filling = self.filling.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (file, hashes) in self.listed {
            if !filling.taken.contains(&in_lower_case(&file)) {
                filling.remove_stale(&self.dir, file, hashes)?;
            }
        }
        filling.taken.clear();
        let mut lines = Vec::new();
        for (file, Made { hashes, is_written }) in filling.made {
            for sha256 in hashes {
                serde_json::to_writer(&mut lines, &Line { file: file.clone(), sha256 })?;
                lines.push(b'\n');
            }
            if is_written {
                filling.summary.written.insert(file);
            }
        }
        // Windows replaces no file that is open, not even by its own writer.
        drop(filling.list);
        if let Outcome::Blocked { reason } = safe_write::write_lasting(&self.dir.join(LIST_FILE), &lines)? {
            filling.summary.blocked.insert(LIST_FILE.to_string(), reason);
        }
        Ok(filling.summary)
    }
}

/// What tells a path from all others, whatever letters in it are capital.
fn in_lower_case(file: &str) -> [u8; 32] {
    let mut hashing = Hashing::default();
    hashing.update(file.to_lowercase().as_bytes());
    hashing.finish()
}

impl Filling {
    fn remove_stale(&mut self, dir: &Path, file: String, hashes: Vec<String>) -> Result<()> {
        let path = dir.join(&file);
        if path.is_file() {
            match fs::read(&path) {
                Ok(bytes) if !hashes.contains(&sha256(&bytes)) => {
                    self.summary.kept.insert(file);
                    return Ok(());
                }
                Ok(_) => {}
                Err(error) => {
                    let reason = format!("{:#}", files::explain("read", &path, error));
                    self.summary.blocked.insert(file.clone(), reason);
                    self.made.insert(file, Made { hashes, is_written: false });
                    return Ok(());
                }
            }
            match safe_write::remove(&path)? {
                Outcome::Written => {
                    self.summary.removed.insert(file);
                }
                Outcome::Unchanged => {}
                Outcome::Blocked { reason } => {
                    self.summary.blocked.insert(file.clone(), reason);
                    self.made.insert(file, Made { hashes, is_written: false });
                    return Ok(());
                }
            }
        }
        // Also when the file is gone already: a killed run may have come as far as that.
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != dir) {
            if fs::remove_dir(folder).is_err() && folder.exists() {
                break;
            }
        }
        Ok(())
    }
}

/// The path with forward slashes, if every part of it is a plain name.
fn below(relative: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in relative.components() {
        match part {
            // A colon would name a drive or a stream on Windows.
            Component::Normal(name) => parts.push(name.to_str().filter(|name| !name.contains([':', '\\']))?),
            _ => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(dir: &Path, wanted: &[(&str, &str)]) -> Summary {
        let out = OutFolder::new(dir).unwrap();
        for (file, text) in wanted {
            out.put(Path::new(file), text.as_bytes()).unwrap();
        }
        out.finish().unwrap()
    }

    fn names(dir: &Path) -> Vec<String> {
        files::walk(dir).unwrap().into_iter().map(|file| file.relative).collect()
    }

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn removes_what_an_earlier_run_made_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let first = run(&out, &[("index.html", "1"), ("a/old/pack.html", "2"), ("a/new/pack.html", "3")]);
        assert_eq!(first.written.len(), 3);
        fs::write(out.join("a/notes.txt"), "mine").unwrap();
        let second = run(&out, &[("index.html", "1"), ("a/new/pack.html", "4")]);
        assert_eq!(second.removed, set(&["a/old/pack.html"]));
        assert_eq!((second.written, second.unchanged), (set(&["a/new/pack.html"]), 1));
        assert_eq!(names(&out), [LIST_FILE, "a/new/pack.html", "a/notes.txt", "index.html"]);
        assert!(!out.join("a/old").exists());
        run(&out, &[]);
        assert_eq!(names(&out), [LIST_FILE, "a/notes.txt"]);
    }

    #[test]
    fn the_same_run_twice_leaves_the_same_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let wanted = [("b.html", "1"), ("a.html", "2")];
        run(dir.path(), &wanted);
        let before = fs::read(dir.path().join(LIST_FILE)).unwrap();
        assert_eq!(run(dir.path(), &wanted), Summary { unchanged: 2, ..Summary::default() });
        assert_eq!(fs::read(dir.path().join(LIST_FILE)).unwrap(), before);
    }

    #[test]
    fn a_stale_file_somebody_changed_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        run(dir.path(), &[("pack.xlsx", "1")]);
        fs::write(dir.path().join("pack.xlsx"), "1 and my notes").unwrap();
        assert_eq!(run(dir.path(), &[]).kept, set(&["pack.xlsx"]));
        assert_eq!(run(dir.path(), &[]), Summary::default());
        assert_eq!(names(dir.path()), [LIST_FILE, "pack.xlsx"]);
    }

    #[test]
    fn a_killed_run_leaves_nothing_unknown() {
        let dir = tempfile::tempdir().unwrap();
        run(dir.path(), &[("kept.html", "1"), ("changed.html", "1")]);
        let killed = OutFolder::new(dir.path()).unwrap();
        killed.put(Path::new("changed.html"), b"2").unwrap();
        killed.put(Path::new("a/new.html"), b"3").unwrap();
        drop(killed);
        fs::write(dir.path().join(".quarterday-abc.tmp"), "half").unwrap();
        let mut torn = File::options().append(true).open(dir.path().join(LIST_FILE)).unwrap();
        torn.write_all(b"{\"file\":\"ne").unwrap();
        let next = run(dir.path(), &[("kept.html", "1")]);
        assert_eq!(next.removed, set(&["a/new.html", "changed.html"]));
        assert_eq!(names(dir.path()), [LIST_FILE, "kept.html"]);
        assert!(!dir.path().join("a").exists());
    }

    #[test]
    fn a_torn_list_takes_new_lines() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(LIST_FILE), "{\"file\":\"ne").unwrap();
        let killed = OutFolder::new(dir.path()).unwrap();
        killed.put(Path::new("a.html"), b"1").unwrap();
        drop(killed);
        assert_eq!(run(dir.path(), &[]).removed, set(&["a.html"]));
    }

    #[test]
    fn a_blocked_file_is_reported_and_still_ours_later() {
        let dir = tempfile::tempdir().unwrap();
        run(dir.path(), &[("pack.xlsx", "1")]);
        fs::remove_file(dir.path().join("pack.xlsx")).unwrap();
        fs::create_dir_all(dir.path().join("pack.xlsx/inside")).unwrap();
        let second = run(dir.path(), &[("pack.xlsx", "2"), ("z.html", "3")]);
        assert!(second.blocked["pack.xlsx"].contains("a folder stands where"));
        assert_eq!(second.written, set(&["z.html"]));
        fs::remove_dir_all(dir.path().join("pack.xlsx")).unwrap();
        fs::write(dir.path().join("pack.xlsx"), "1").unwrap();
        assert_eq!(run(dir.path(), &[]).removed, set(&["pack.xlsx", "z.html"]));
    }

    #[test]
    fn a_stale_path_in_other_letters_is_the_same_file_on_windows() {
        let dir = tempfile::tempdir().unwrap();
        run(dir.path(), &[("Harbour/pack.html", "1")]);
        let second = run(dir.path(), &[("HARBOUR/pack.html", "1")]);
        assert_eq!(second.removed, BTreeSet::new());
        assert!(dir.path().join("HARBOUR/pack.html").exists());
    }

    #[test]
    fn refuses_paths_that_climb_or_clash() {
        let dir = tempfile::tempdir().unwrap();
        let out = OutFolder::new(dir.path()).unwrap();
        for path in ["", "..", "../a", "a/../../b", "/a", "C:a", "a:b", "a\\..\\b"] {
            assert!(out.put(Path::new(path), b"").is_err(), "{path}");
        }
        out.put(Path::new("a/B.html"), b"1").unwrap();
        let clash = out.put(Path::new("A/b.html"), b"2").unwrap_err().to_string();
        assert!(clash.contains("share the path"), "{clash}");
    }

    #[test]
    fn a_list_that_names_paths_outside_removes_nothing_there() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("register.xlsx"), "1").unwrap();
        let out = dir.path().join("out");
        files::create_dir(&out).unwrap();
        let line = Line { file: "../register.xlsx".to_string(), sha256: sha256(b"1") };
        fs::write(out.join(LIST_FILE), serde_json::to_vec(&line).unwrap()).unwrap();
        run(&out, &[]);
        assert!(dir.path().join("register.xlsx").exists());
    }
}
