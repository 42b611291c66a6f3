//! The worker: reads files for its parent, which speaks to it over its standard input and output, until that input ends.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use super::copying;
use super::protocol::{self, Answered, GREETING, Known, LONGEST_MESSAGE, Limits, Told};
use super::understanding::{mail, read, understand};
use super::unread::Unread;
use crate::contract::{self, Contract};
use crate::intake::reading::MAX_FILE;
use crate::intake::recognise::Providers;

/// Stack of the thread that reads, in bytes: the same on every system, and far more than it needs.
const STACK: usize = 16 << 20;

/// What the reading thread says to the one that watches it.
enum Doing {
    /// A file, which may take so long.
    File(Duration),
    /// Waiting for the next.
    Waiting,
}

/// Reads files for the parent until it says no more. `limit_memory` bounds the memory of this process, in bytes.
///
/// Ends as well when a file takes longer than the parent allows: a parent that was killed stops nobody.
///
/// # Errors
/// The parent went away in the middle of a message, or what it said makes no sense.
pub fn work(limit_memory: fn(usize)) -> io::Result<()> {
    let (say, hear) = mpsc::channel();
    let reading = thread::Builder::new().stack_size(STACK).spawn(move || serve(limit_memory, &say))?;
    let mut allowed = None;
    loop {
        let heard = match allowed {
            None => hear.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(time) => hear.recv_timeout(time),
        };
        match heard {
            Ok(Doing::File(time)) => allowed = Some(time),
            Ok(Doing::Waiting) => allowed = None,
            // The process ends with this thread, whatever the other one does.
            Err(RecvTimeoutError::Timeout) => return Err(io::ErrorKind::TimedOut.into()),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    reading.join().unwrap_or_else(|_| Err(io::Error::other("the reader broke off")))
}

fn serve(limit_memory: fn(usize), say: &Sender<Doing>) -> io::Result<()> {
    let mut from = io::stdin().lock();
    let mut to = io::stdout().lock();
    protocol::write(&mut to, GREETING.as_bytes())?;
    let mut limits = Limits { memory: usize::MAX, milliseconds: u64::MAX, answer: LONGEST_MESSAGE };
    let mut contracts = BTreeMap::new();
    let mut providers = Providers::Known(Vec::new());
    while let Some(message) = protocol::read(&mut from, LONGEST_MESSAGE)? {
        let answered = match protocol::decoded(&message)? {
            Told::Limits(told) => {
                limits = told;
                limit_memory(limits.memory);
                continue;
            }
            Told::Known(known) => {
                contracts = contracts_of(&known)?;
                providers = known.providers;
                continue;
            }
            Told::Understand { file } => {
                let bytes = file_of(&mut from)?;
                let _ = say.send(Doing::File(Duration::from_millis(limits.milliseconds)));
                let workbook = read(&file, &bytes);
                drop(bytes);
                Answered::Understood(
                    workbook.and_then(|workbook| understand(workbook, &contracts, &providers)),
                )
            }
            Told::Mail { format } => {
                let bytes = file_of(&mut from)?;
                let _ = say.send(Doing::File(Duration::from_millis(limits.milliseconds)));
                Answered::Mail(mail(format, &bytes))
            }
            Told::Read { file } => {
                let bytes = file_of(&mut from)?;
                let _ = say.send(Doing::File(Duration::from_millis(limits.milliseconds)));
                Answered::Read(read(&file, &bytes))
            }
            Told::Copy { copying, anew } => {
                let bytes = file_of(&mut from)?;
                let _ = say.send(Doing::File(Duration::from_millis(limits.milliseconds)));
                Answered::Copied(copying::copied(&copying, &bytes, anew))
            }
        };
        protocol::write(&mut to, &within(&answered, limits.answer)?)?;
        let _ = say.send(Doing::Waiting);
    }
    Ok(())
}

fn file_of(from: &mut impl io::Read) -> io::Result<Vec<u8>> {
    protocol::read(from, MAX_FILE)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// The answer as bytes; where it is longer than `longest`, that it is.
fn within(answered: &Answered, longest: usize) -> io::Result<Vec<u8>> {
    let bytes = protocol::coded(answered)?;
    if bytes.len() <= longest {
        return Ok(bytes);
    }
    let unread = Unread::TooMuchInIt { megabytes: longest >> 20 };
    protocol::coded(&match answered {
        Answered::Understood(_) => Answered::Understood(Err(unread)),
        Answered::Mail(_) => Answered::Mail(Err(unread)),
        Answered::Read(_) => Answered::Read(Err(unread)),
        Answered::Copied(_) => Answered::Copied(Err(unread)),
    })
}

fn contracts_of(known: &Known) -> io::Result<BTreeMap<String, Contract>> {
    known
        .definitions
        .iter()
        .map(|(file, text)| {
            let contract = contract::read(file, text).map_err(io::Error::other)?;
            Ok((contract.id.clone(), contract))
        })
        .collect()
}
