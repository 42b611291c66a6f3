//! The parent's side: workers that are idle, and what is made of one that does not answer.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::process::{Process, Silent};
use super::protocol::{self, Answered, Known, Limits, Told};
use super::unread::Unread;
use super::{Settings, Start};

/// How much longer than its parent a worker waits before it ends itself.
const GRACE: Duration = Duration::from_secs(10);

/// What workers are told once, before the first file that needs it.
#[derive(Debug, Clone)]
pub(super) struct Knowledge {
    number: usize,
    message: Arc<Vec<u8>>,
}

/// One file for a worker.
pub(super) struct Job<'a> {
    /// The question.
    pub told: &'a Told,
    /// The file.
    pub bytes: &'a Arc<Vec<u8>>,
    /// What is to be known for it.
    pub known: Option<&'a Knowledge>,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum NoAnswer {
    /// Because of the file.
    Unread(Unread),
    /// What was started is no worker.
    NotAWorker,
}

/// Workers, as many as jobs are asked for at a time.
#[derive(Debug)]
pub(super) struct Pool {
    start: Start,
    settings: Settings,
    idle: Mutex<Vec<Worker>>,
    /// Pieces of knowledge so far.
    known: AtomicUsize,
    /// Whether a worker could be started.
    has_started: AtomicBool,
    /// Whether what is started is no worker.
    is_none: AtomicBool,
}

#[derive(Debug)]
struct Worker {
    process: Process,
    /// Number of what it knows.
    knows: Option<usize>,
    /// Files it answered for.
    files: usize,
}

impl Pool {
    pub(super) fn new(start: Start, settings: Settings) -> Self {
        Self {
            start,
            settings,
            idle: Mutex::default(),
            known: AtomicUsize::new(0),
            has_started: AtomicBool::new(false),
            is_none: AtomicBool::new(false),
        }
    }

    pub(super) fn at_a_time(&self) -> usize {
        self.settings.workers.max(1)
    }

    /// What workers can be told to know.
    pub(super) fn knowledge(&self, known: Known) -> Option<Knowledge> {
        let number = self.known.fetch_add(1, Ordering::Relaxed);
        Some(Knowledge { number, message: message(&Told::Known(known)).ok()? })
    }

    /// Has a worker do the job. One that does not answer is let go; where it had read other files before, which may be what it
    /// suffers from, a new one tries again.
    ///
    /// # Errors
    /// No worker answers.
    pub(super) fn answer(&self, job: &Job<'_>) -> Result<Answered, NoAnswer> {
        let question = message(job.told).map_err(NoAnswer::Unread)?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = match idle {
            Some(worker) => worker,
            None => self.new_worker()?,
        };
        loop {
            match self.ask(&mut worker, &question, job) {
                Ok(answered) => {
                    worker.files += 1;
                    self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                    return Ok(answered);
                }
                Err(silent) if worker.files > 0 && silent != Silent::TookTooLong => {
                    worker = self.new_worker()?
                }
                Err(silent) => return Err(NoAnswer::Unread(self.unread(silent))),
            }
        }
    }

    fn ask(&self, worker: &mut Worker, question: &Arc<Vec<u8>>, job: &Job<'_>) -> Result<Answered, Silent> {
        if let Some(known) = job.known.filter(|known| worker.knows != Some(known.number)) {
            worker.process.tell(known.message.clone());
            worker.knows = Some(known.number);
        }
        let frames = vec![question.clone(), job.bytes.clone()];
        let answer = worker.process.ask(frames, self.settings.answer, self.settings.time)?;
        protocol::decoded(&answer).map_err(|_| Silent::Ended)
    }

    fn new_worker(&self) -> Result<Worker, NoAnswer> {
        if self.is_none.load(Ordering::Relaxed) {
            return Err(NoAnswer::NotAWorker);
        }
        let started = Process::start(&self.start, self.settings.time);
        match started {
            Ok(Some(process)) => {
                self.has_started.store(true, Ordering::Relaxed);
                process.tell(self.limits()?);
                Ok(Worker { process, knows: None, files: 0 })
            }
            // Another may have been started a moment ago; only one that never was is given up for good.
            other if self.has_started.load(Ordering::Relaxed) => {
                let why =
                    other.err().map_or_else(|| "it did not answer".to_string(), |error| error.to_string());
                Err(NoAnswer::Unread(Unread::NoWorker(why)))
            }
            _ => {
                self.is_none.store(true, Ordering::Relaxed);
                Err(NoAnswer::NotAWorker)
            }
        }
    }

    fn limits(&self) -> Result<Arc<Vec<u8>>, NoAnswer> {
        let own = self.settings.time.saturating_add(GRACE);
        let milliseconds = u64::try_from(own.as_millis()).unwrap_or(u64::MAX);
        let limits = Limits { memory: self.settings.memory, milliseconds, answer: self.settings.answer };
        message(&Told::Limits(limits)).map_err(NoAnswer::Unread)
    }

    fn unread(&self, silent: Silent) -> Unread {
        match silent {
            Silent::TookTooLong => Unread::TookTooLong { seconds: self.settings.time.as_secs() },
            Silent::OutOfMemory => Unread::TooMuchMemory { megabytes: self.settings.memory >> 20 },
            Silent::TooLong => Unread::TooMuchInIt { megabytes: self.settings.answer >> 20 },
            Silent::Ended => Unread::Crashed,
        }
    }
}

fn message(told: &Told) -> Result<Arc<Vec<u8>>, Unread> {
    protocol::coded(told).map(Arc::new).map_err(|_| Unread::Crashed)
}
