//! Reading files nobody vouches for, in processes of their own.
//!
//! A return can be made to do harm to whoever reads it: to take all memory, to never come to an end, to overflow the stack, to
//! meet a fault in a library. Limits catch what is known; for what is not, every file is read by a worker: this same program,
//! started as `quarterday reader`, told over its standard input what to read and answering over its standard output. A worker may
//! use so much memory and take so long for a file ([`Settings`]); one that does not keep to it is stopped, the file gets a line that
//! names the limit ([`Unread`]), and the next file goes to a new worker. What a worker writes to standard error is never shown.
//!
//! There are as many workers as cores, started when there is something for them to do and used for many files. What comes of a file
//! does not depend on which worker read it, nor on how many there are.
//!
//! * `protocol`: what is said, and how it is coded.
//! * `understanding`: what is done with a file, wherever it is done.
//! * `worker`: the worker's side. `pool`, `process`: the parent's.
//! * [`in_order()`]: many files at a time, results in the order of the files.
//! * `packed`: what a return says, small enough that a thousand returns fit into memory.
//!
//! The coloured copy of a return is made by a worker as well (`copying`): the return is taken apart for it, byte by byte.
//!
//! A program that is not `quarterday` itself, such as a test, has no workers: [`Readers::in_process`] reads there and then, as
//! well guarded as one process can be.

mod bytes;
mod copying;
mod order;
mod packed;
mod pool;
mod process;
mod protocol;
#[cfg(unix)]
#[cfg(test)]
mod tests;
mod understanding;
mod unread;
mod worker;

pub use bytes::Bytes;
pub use copying::{Copied, Copying, MadeFrom};
pub use order::in_order;
pub use packed::{Packed, unpack};
pub use protocol::{read as read_frame, write as write_frame};
pub use understanding::Understood;
pub use unread::Unread;
pub use worker::work;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::contract::Contract;
use crate::domain::workbook::Workbook;
use crate::intake::mail::{Mail, MailFormat};
use crate::intake::reading::MAX_FILE;
use crate::intake::recognise::Providers;
use pool::{Job, NoAnswer, Pool};
use protocol::{Answered, Known, Told};

/// What workers may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Most workers at a time, at least 1.
    pub workers: usize,
    /// Longest time for a file.
    pub time: Duration,
    /// Most memory of a worker, in bytes.
    pub memory: usize,
    /// Longest answer of a worker, in bytes.
    pub answer: usize,
}

impl Default for Settings {
    /// A worker a core; 60 seconds a file; 1,500 MB of memory, twice what the largest workbook within the limits of
    /// [`crate::intake::reading`] needs; 256 MB of answer.
    fn default() -> Self {
        Self {
            workers: std::thread::available_parallelism().map_or(1, NonZero::get),
            time: Duration::from_secs(60),
            memory: 1_500 << 20,
            answer: 256 << 20,
        }
    }
}

/// How a worker is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

impl Start {
    /// This program as a worker; `None` where it cannot be told which file it is.
    pub fn this_program() -> Option<Self> {
        let program = std::env::current_exe().ok()?;
        Some(Self { program, arguments: vec![SUBCOMMAND.into()] })
    }
}

/// The subcommand that makes a worker of the program.
pub const SUBCOMMAND: &str = "reader";

/// Reads files nobody vouches for.
#[derive(Debug)]
pub struct Readers {
    pool: Option<Pool>,
}

impl Readers {
    /// Reads in this process: for programs that are not `quarterday` itself.
    pub fn in_process() -> Self {
        Self { pool: None }
    }

    /// Reads in workers. Where what is started turns out to be no worker, reads in this process.
    pub fn started_by(start: Start, settings: Settings) -> Self {
        Self { pool: Some(Pool::new(start, settings)) }
    }

    /// Reads in workers that are this same program, within the usual limits.
    pub fn of_this_program() -> Self {
        match Start::this_program() {
            Some(start) => Self::started_by(start, Settings::default()),
            None => Self::in_process(),
        }
    }

    /// How many files can be read at a time.
    pub fn at_a_time(&self) -> usize {
        self.pool.as_ref().map_or(1, Pool::at_a_time)
    }

    /// Reads the workbook in `bytes`; `file` is its path below the workspace with forward slashes.
    ///
    /// # Errors
    /// Why there is no workbook in it, or what limit it exceeds.
    pub fn read(&self, file: &str, bytes: Vec<u8>) -> Result<Workbook, Unread> {
        let bytes = Arc::new(bytes);
        let told = Told::Read { file: file.to_string() };
        match self.answer(&bytes, &told, None) {
            Some(Ok(Answered::Read(read))) => read,
            Some(Ok(_)) => Err(Unread::Crashed),
            Some(Err(unread)) => Err(unread),
            None => understanding::read(file, &bytes),
        }
    }

    /// The coloured copy of the return in `bytes`. Where a worker comes to grief over it, the return is made anew.
    ///
    /// # Errors
    /// The return cannot be read, or what is made anew cannot be written.
    pub fn copy(&self, copying: Copying, bytes: Vec<u8>) -> Result<Copied, Unread> {
        let bytes = Arc::new(bytes);
        let copying = Box::new(copying);
        let asked = |anew| self.copied(Told::Copy { copying: copying.clone(), anew }, &bytes);
        match asked(None) {
            Err(Unread::NotRead(reason)) => Err(Unread::NotRead(reason)),
            Err(unread) => asked(Some(copying::not_readable(&unread).to_string())),
            copied => copied,
        }
    }

    fn copied(&self, told: Told, bytes: &Arc<Vec<u8>>) -> Result<Copied, Unread> {
        match (self.answer(bytes, &told, None), told) {
            (Some(Ok(Answered::Copied(copied))), _) => copied,
            (Some(Err(unread)), _) => Err(unread),
            (None, Told::Copy { copying, anew }) => copying::copied(&copying, bytes, anew),
            _ => Err(Unread::Crashed),
        }
    }

    /// Takes apart the e-mail in `bytes`, saved in that format.
    ///
    /// # Errors
    /// Why it cannot be taken apart, or what limit it exceeds; the text says what to do with an e-mail.
    pub fn mail(&self, format: MailFormat, bytes: Vec<u8>) -> Result<Mail, String> {
        let bytes = Arc::new(bytes);
        let mail = match self.answer(&bytes, &Told::Mail { format }, None) {
            Some(Ok(Answered::Mail(mail))) => mail,
            Some(Ok(_)) => Err(Unread::Crashed),
            Some(Err(unread)) => Err(unread),
            None => understanding::mail(format, &bytes),
        };
        mail.map_err(|unread| unread.of_a_mail())
    }

    /// The same readers, told what returns are held against.
    pub fn knowing<'a>(
        &'a self,
        contracts: &'a BTreeMap<String, Contract>,
        providers: &'a Providers,
    ) -> Knowing<'a> {
        let definitions = contracts
            .values()
            .map(|contract| (contract.source.file.to_string(), contract.source.text.to_string()));
        let known = Known { definitions: definitions.collect(), providers: providers.clone() };
        let told = self.pool.as_ref().and_then(|pool| pool.knowledge(known));
        Knowing { readers: self, told, contracts, providers }
    }

    /// What a worker answers; `None` where there is no worker for it.
    fn answer(
        &self,
        bytes: &Arc<Vec<u8>>,
        told: &Told,
        known: Option<&pool::Knowledge>,
    ) -> Option<Result<Answered, Unread>> {
        // Refused by its size alone, before anything is read in it.
        let pool = self.pool.as_ref().filter(|_| bytes.len() <= MAX_FILE)?;
        match pool.answer(&Job { told, bytes, known }) {
            Ok(answered) => Some(Ok(answered)),
            Err(NoAnswer::Unread(unread)) => Some(Err(unread)),
            Err(NoAnswer::NotAWorker) => None,
        }
    }
}

/// Readers that know the definitions and who may send returns.
#[derive(Debug)]
pub struct Knowing<'a> {
    readers: &'a Readers,
    told: Option<pool::Knowledge>,
    contracts: &'a BTreeMap<String, Contract>,
    providers: &'a Providers,
}

impl Knowing<'_> {
    /// Reads, recognises and maps the return in `bytes`; `file` is its path below the workspace with forward slashes.
    ///
    /// # Errors
    /// Why it is no return, or what limit it exceeds.
    pub fn understand(&self, file: &str, bytes: Vec<u8>) -> Result<Understood, Unread> {
        let bytes = Arc::new(bytes);
        let told = Told::Understand { file: file.to_string() };
        match self.told.as_ref().and_then(|known| self.readers.answer(&bytes, &told, Some(known))) {
            Some(Ok(Answered::Understood(understood))) => understood,
            Some(Ok(_)) => Err(Unread::Crashed),
            Some(Err(unread)) => Err(unread),
            None => understanding::read(file, &bytes)
                .and_then(|workbook| understanding::understand(workbook, self.contracts, self.providers)),
        }
    }
}
