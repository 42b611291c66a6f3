//! One worker as its parent sees it: a process that is spoken to, waited for so long, and stopped.

use std::io::{self, Read};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Start;
use super::protocol::{self, GREETING};

/// Bytes of standard error that are kept.
const KEPT: u64 = 64 << 10;

/// What standard error holds when memory could not be had; written by Rust's own library as it aborts.
const OUT_OF_MEMORY: &str = "memory allocation of ";

/// One question: frames to send, and how long an answer may be; none is waited for where that is `None`.
struct Question {
    frames: Vec<Arc<Vec<u8>>>,
    longest: Option<usize>,
}

/// Why a worker did not answer. It is to be let go then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Silent {
    /// It took too long.
    TookTooLong,
    /// It ended for want of memory.
    OutOfMemory,
    /// Its answer is longer than it may be.
    TooLong,
    /// It ended otherwise, or broke off its answer.
    Ended,
}

/// A worker. Stopped when let go.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    ask: Option<Sender<Question>>,
    answers: Receiver<io::Result<Vec<u8>>>,
    errors: Option<JoinHandle<String>>,
}

impl Process {
    /// Starts one and waits so long for its greeting; `None` where it is no worker.
    ///
    /// # Errors
    /// The program cannot be started.
    pub(super) fn start(start: &Start, time: Duration) -> io::Result<Option<Self>> {
        let mut command = Command::new(&start.program);
        command.args(&start.arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        without_window(&mut command);
        let mut child = command.spawn()?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (ask, questions) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        // Before its threads, so that it is stopped when one of them cannot be started.
        let mut process = Self { child, ask: Some(ask), answers, errors: None };
        thread::Builder::new().spawn(move || converse(stdin, stdout, &questions, &answer))?;
        process.errors = Some(thread::Builder::new().spawn(move || errors(stderr))?);
        let greeting = process.ask(Vec::new(), GREETING.len(), time);
        Ok(greeting.is_ok_and(|greeting| greeting == GREETING.as_bytes()).then_some(process))
    }

    /// Says something that is not answered.
    pub(super) fn tell(&self, frame: Arc<Vec<u8>>) {
        // A worker that is gone does not answer the next question either.
        if let Some(ask) = &self.ask {
            let _ = ask.send(Question { frames: vec![frame], longest: None });
        }
    }

    /// Asks something and waits so long for the answer, which may have `longest` bytes.
    ///
    /// # Errors
    /// There is no answer; it is to be let go.
    pub(super) fn ask(
        &mut self,
        frames: Vec<Arc<Vec<u8>>>,
        longest: usize,
        time: Duration,
    ) -> Result<Vec<u8>, Silent> {
        if let Some(ask) = &self.ask {
            let _ = ask.send(Question { frames, longest: Some(longest) });
        }
        match self.answers.recv_timeout(time) {
            Ok(Ok(bytes)) => Ok(bytes),
            Err(RecvTimeoutError::Timeout) => Err(Silent::TookTooLong),
            Ok(Err(error)) if error.kind() == io::ErrorKind::FileTooLarge => Err(Silent::TooLong),
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => {
                self.stop();
                let errors = self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default();
                Err(if errors.contains(OUT_OF_MEMORY) { Silent::OutOfMemory } else { Silent::Ended })
            }
        }
    }

    fn stop(&mut self) {
        self.ask = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Asks and answers until there is nothing more to ask. In a thread of its own: a pipe has no time limit, and a worker that is
/// stopped ends it on both sides.
fn converse(
    mut to: ChildStdin,
    mut from: ChildStdout,
    questions: &Receiver<Question>,
    answer: &Sender<io::Result<Vec<u8>>>,
) {
    for question in questions {
        let outcome = question.frames.iter().try_for_each(|frame| protocol::write(&mut to, frame));
        let Some(longest) = question.longest else {
            continue;
        };
        let answered = outcome.and_then(|()| {
            protocol::read(&mut from, longest)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        });
        if answer.send(answered).is_err() {
            break;
        }
    }
}

/// The first of what the worker writes to standard error; the rest is read as well, so that it never waits for a reader.
fn errors(from: ChildStderr) -> String {
    let mut kept = Vec::new();
    let mut from = from;
    let _ = from.by_ref().take(KEPT).read_to_end(&mut kept);
    let _ = io::copy(&mut from, &mut io::sink());
    String::from_utf8_lossy(&kept).into_owned()
}

/// A parent without a console would have each worker open one.
#[cfg(windows)]
fn without_window(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_window(_: &mut Command) {}
