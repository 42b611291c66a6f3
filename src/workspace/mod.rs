//! The folder an officer works in: where things are, what came in when, and how files are written.
//!
//! The folder is the database. Everything below `out/` is computed from the rest; the ledger of receipts
//! is the one thing that cannot be computed again. Only this module writes files.

pub mod addresses;
pub mod cache;
pub mod chain;
pub mod drafts;
pub mod files;
mod holder;
pub mod issued;
pub mod ledger;
pub mod lock;
pub mod names;
pub mod nearby;
pub mod open_elsewhere;
pub mod originals;
pub mod out_folder;
pub mod password;
pub mod register;

pub mod returns;
pub mod safe_write;
pub mod sent;
pub mod settings;
pub mod stale;
pub mod templates;
pub mod watching;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use nearby::{Wanted, did_you_mean};
use settings::Settings;

/// File name of the settings.
pub const SETTINGS_FILE: &str = "quarterday.toml";

/// File name of the ledger of receipts.
pub const LEDGER_FILE: &str = "receipts.jsonl";
/// File name of the journal of what was sent.
pub const JOURNAL_FILE: &str = "sent.jsonl";
/// The folder of evidence, below the workspace.
pub const EVIDENCE_FOLDER: &str = "evidence";

/// A workspace that exists.
#[derive(Debug, Clone)]
pub struct Workspace {
    dir: PathBuf,
    settings: Settings,
}

impl Workspace {
    /// Opens the workspace in `dir` and reads its settings.
    ///
    /// # Errors
    /// `dir` is missing or a file, the settings are wrong, or there is no folder of returns; the message
    /// says what to do.
    pub fn open(dir: &Path) -> Result<Self> {
        // The current folder is named as it is called.
        let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_path_buf());
        let shown = if dir == Path::new(".") { whole.display() } else { dir.display() };
        if !dir.exists() {
            bail!(
                "the folder {shown} does not exist; {}",
                did_you_mean(dir, Wanted::Folder, "check the spelling, or make one with `quarterday init`")
            );
        }
        let workspace = Self::at(dir)?;
        let returns = workspace.returns_dir();
        if !returns.is_dir() {
            let below: Vec<String> =
                nearby::workspaces_below(dir).iter().map(|own| own.display().to_string()).collect();
            let advice = match below.as_slice() {
                [] => "make it and put the providers' workbooks into it, or make a workspace with \
                       `quarterday init`"
                    .to_string(),
                [own] => format!("did you mean {own}?"),
                some => format!("these are workspaces: {}", some.join(", ")),
            };
            bail!(
                "{shown} is no workspace: there is no folder {}; {advice}",
                std::path::absolute(&returns).unwrap_or(returns).display()
            );
        }
        Ok(workspace)
    }

    /// The workspace that `dir` is or will be: by its settings where it has some, whether its folders are there or not.
    ///
    /// # Errors
    /// `dir` is a file, or the settings are wrong.
    pub fn at(dir: &Path) -> Result<Self> {
        if dir.exists() && !dir.is_dir() {
            bail!("{} is a file, not a folder; give the folder that holds `returns`", dir.display());
        }
        let settings_path = dir.join(SETTINGS_FILE);
        let settings = match files::read_if_there(&settings_path)? {
            Some(bytes) => {
                Settings::read(&files::utf8(&settings_path, bytes)?).context("the settings are wrong")?
            }
            None => Settings::default(),
        };
        Ok(Self { dir: dir.to_path_buf(), settings })
    }

    /// The folder itself.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The settings, defaults where the file says nothing.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where providers' workbooks are dropped.
    pub fn returns_dir(&self) -> PathBuf {
        self.dir.join(&self.settings.folders.returns)
    }

    /// Where all that is generated goes.
    pub fn out_dir(&self) -> PathBuf {
        self.dir.join(&self.settings.folders.out)
    }

    /// Where a copy of every version seen is kept.
    pub fn originals_dir(&self) -> PathBuf {
        self.dir.join(&self.settings.folders.originals)
    }

    /// Where the officer's own contract definitions are.
    pub fn contracts_dir(&self) -> PathBuf {
        self.dir.join(&self.settings.folders.contracts)
    }

    /// The officer's register.
    pub fn register_path(&self) -> PathBuf {
        self.dir.join(&self.settings.folders.register)
    }

    /// Where page templates of the council's own are, in the place of built-in ones.
    pub fn templates_dir(&self) -> PathBuf {
        self.dir.join(&self.settings.folders.templates)
    }

    /// Where what was sent out is kept; never deleted or changed by the program.
    pub fn issued_dir(&self) -> PathBuf {
        self.dir.join(issued::FOLDER)
    }

    /// The ledger of receipts.
    pub fn ledger_path(&self) -> PathBuf {
        self.dir.join(LEDGER_FILE)
    }

    /// The journal of what was sent, chained as the ledger is; whether it exists or not.
    pub fn journal_path(&self) -> PathBuf {
        self.dir.join(JOURNAL_FILE)
    }

    /// Where evidence put together for a lawyer goes; never deleted or changed by the program.
    pub fn evidence_dir(&self) -> PathBuf {
        self.dir.join(EVIDENCE_FOLDER)
    }

    /// The settings' file, whether it exists or not.
    pub fn settings_path(&self) -> PathBuf {
        self.dir.join(SETTINGS_FILE)
    }
}

/// SHA-256 of `bytes`, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

/// Hashes what is written to it.
#[derive(Debug, Default)]
pub struct Hashing(Sha256);

impl Hashing {
    /// Takes up further bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// SHA-256 of all that was written.
    pub fn finish(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// SHA-256 of all that was written, in lower-case hexadecimal.
    pub fn sha256(self) -> String {
        hexadecimal(&self.finish())
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(dir: &Path) -> String {
        format!("{:#}", Workspace::open(dir).unwrap_err())
    }

    #[test]
    fn says_what_is_wrong_with_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("reviews");
        assert!(refusal(&missing).contains("does not exist"));
        assert!(refusal(&missing).contains(&missing.display().to_string()));
        std::fs::write(&missing, "").unwrap();
        assert!(refusal(&missing).contains("is a file, not a folder"));
        assert!(refusal(dir.path()).contains("there is no folder"));
        std::fs::write(dir.path().join("returns"), "").unwrap();
        assert!(refusal(dir.path()).contains("there is no folder"));
    }

    #[test]
    fn goes_by_the_settings() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("inbox")).unwrap();
        std::fs::write(dir.path().join(SETTINGS_FILE), "[folders]\nreturns = \"inbox\"\n").unwrap();
        let workspace = Workspace::open(dir.path()).unwrap();
        assert_eq!(workspace.returns_dir(), dir.path().join("inbox"));
        assert_eq!(workspace.out_dir(), dir.path().join("out"));
        std::fs::write(dir.path().join(SETTINGS_FILE), "concil = \"A\"\n").unwrap();
        let refused = refusal(dir.path());
        assert!(
            refused.contains("quarterday.toml:1:1") && refused.contains("did you mean `council`"),
            "{refused}"
        );
    }

    #[test]
    fn hashes_as_everyone_does() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
