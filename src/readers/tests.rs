//! The parent with workers that do what no worker should: each is a shell script that speaks the first words of the protocol.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use super::protocol::{Answered, GREETING, Limits, Told, coded};
use super::*;
use crate::domain::place::CellAddress;
use crate::domain::workbook::{Cell, Content, Look, Sheet};

/// Long enough for a shell to start on a machine that is busy.
const TIME: Duration = Duration::from_secs(3);

/// A worker that behaves as `first` says when it is started for the first time, and as `then` says from then on.
struct Script {
    dir: TempDir,
}

impl Script {
    fn new(first: &str, then: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let script = Self { dir };
        script.put("greeting", GREETING.as_bytes());
        script.put("good", &coded(&Answered::Read(Ok(workbook("good")))).unwrap());
        script.put("better", &coded(&Answered::Read(Ok(workbook("better")))).unwrap());
        script.put("hello", b"hello");
        let text = format!(
            "cd '{}'\ncat greeting\nif mkdir started 2> /dev/null; then\n{first}\nelse\n{then}\nfi\n",
            script.path().display()
        );
        std::fs::write(script.path().join("worker"), text).unwrap();
        script
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    /// A frame that the script can show with `cat`.
    fn put(&self, name: &str, bytes: &[u8]) {
        let mut frame = Vec::new();
        protocol::write(&mut frame, bytes).unwrap();
        std::fs::write(self.path().join(name), frame).unwrap();
    }

    fn readers(&self, answer: usize) -> Readers {
        let arguments: Vec<OsString> = vec![self.path().join("worker").into()];
        let settings = Settings { workers: 1, time: TIME, memory: 100 << 20, answer };
        Readers::started_by(Start { program: "/bin/sh".into(), arguments }, settings)
    }
}

fn workbook(text: &str) -> Workbook {
    let look = Arc::new(Look { bold: true, ..Look::default() });
    let cell = |row| {
        let cell = Cell { content: Content::Text(text.into()), formula: false, look: look.clone() };
        (CellAddress::new(row, 3), cell)
    };
    let sheet = Sheet { name: "KPIs".into(), cells: (0..3).map(cell).collect(), ..Sheet::default() };
    Workbook { file: "returns/a.xlsx".into(), sheets: vec![sheet], ..Workbook::default() }
}

/// What the first cell of the workbook says, or why there is none.
fn said(read: Result<Workbook, Unread>) -> Result<String, Unread> {
    read.map(|workbook| workbook.sheets[0].text(CellAddress::new(0, 3)))
}

const LONGEST: usize = 1 << 20;
const WAITS: &str = "cat good\ncat > /dev/null";

#[test]
fn a_worker_that_hangs_is_stopped_and_the_next_file_is_read() {
    let script = Script::new("cat > /dev/null", WAITS);
    let readers = script.readers(LONGEST);
    let unread = said(readers.read("a.xlsx", b"PK".to_vec())).unwrap_err();
    assert_eq!(unread, Unread::TookTooLong { seconds: TIME.as_secs() });
    assert_eq!(said(readers.read("b.xlsx", b"PK".to_vec())).unwrap(), "good");
}

#[test]
fn a_worker_that_never_takes_the_file_is_stopped() {
    // Far more than a pipe holds, and nobody takes it out.
    let script = Script::new("exec sleep 60", WAITS);
    let readers = script.readers(LONGEST);
    let unread = said(readers.read("a.xlsx", vec![b'P'; 4 << 20])).unwrap_err();
    assert_eq!(unread, Unread::TookTooLong { seconds: TIME.as_secs() });
    assert_eq!(said(readers.read("b.xlsx", b"PK".to_vec())).unwrap(), "good");
}

#[test]
fn a_worker_that_dies_over_its_first_file_is_not_given_it_again() {
    let script = Script::new("head -c 20 > /dev/null\nexit 1", WAITS);
    let readers = script.readers(LONGEST);
    assert_eq!(said(readers.read("a.xlsx", b"PK".to_vec())), Err(Unread::Crashed));
    assert_eq!(said(readers.read("b.xlsx", b"PK".to_vec())).unwrap(), "good");
}

#[test]
fn a_worker_that_dies_over_a_later_file_may_have_suffered_from_an_earlier_one() {
    let told = Told::Read { file: "a.xlsx".to_string() };
    let own = TIME + Duration::from_secs(10);
    let limits = Limits { memory: 100 << 20, milliseconds: own.as_millis() as u64, answer: LONGEST };
    let frames = [coded(&Told::Limits(limits)).unwrap().len(), coded(&told).unwrap().len(), b"PK".len()];
    let first_question: usize = frames.iter().map(|length| 4 + length).sum();
    let dies = format!("head -c {first_question} > /dev/null\ncat good\nhead -c 5 > /dev/null\nexit 1");
    let script = Script::new(&dies, "cat better\ncat > /dev/null");
    let readers = script.readers(LONGEST);
    assert_eq!(said(readers.read("a.xlsx", b"PK".to_vec())).unwrap(), "good");
    assert_eq!(said(readers.read("b.xlsx", b"PK".to_vec())).unwrap(), "better");
}

#[test]
fn memory_that_could_not_be_had_is_named() {
    let dies = "head -c 20 > /dev/null\necho 'memory allocation of 64 bytes failed' >&2\nkill -ABRT $$";
    let script = Script::new(dies, WAITS);
    let unread = said(script.readers(LONGEST).read("a.xlsx", b"PK".to_vec())).unwrap_err();
    assert_eq!(unread, Unread::TooMuchMemory { megabytes: 100 });
}

#[test]
fn an_answer_that_makes_no_sense_is_none() {
    for first in ["cat hello\ncat > /dev/null", "head -c 9 good\nhead -c 20 > /dev/null\nexit"] {
        let script = Script::new(first, WAITS);
        let readers = script.readers(LONGEST);
        assert_eq!(said(readers.read("a.xlsx", b"PK".to_vec())), Err(Unread::Crashed), "{first}");
        assert_eq!(said(readers.read("b.xlsx", b"PK".to_vec())).unwrap(), "good");
    }
}

#[test]
fn an_answer_that_is_too_long_is_refused_before_it_is_taken() {
    let script = Script::new("printf '\\377\\377\\377\\377'\nexec cat /dev/zero", WAITS);
    let unread = said(script.readers(7 << 20).read("a.xlsx", b"PK".to_vec())).unwrap_err();
    assert_eq!(unread, Unread::TooMuchInIt { megabytes: 7 });
}

#[test]
fn what_is_no_worker_is_not_asked_and_files_are_read_here() {
    for program in ["/bin/true", "/bin/cat", "/no/such/program"] {
        let start = Start { program: program.into(), arguments: Vec::new() };
        let settings = Settings { time: TIME, ..Settings::default() };
        let readers = Readers::started_by(start, settings);
        let unread = said(readers.read("a.xlsx", b"no workbook".to_vec())).unwrap_err();
        assert!(matches!(unread, Unread::NotRead(_)), "{program}: {unread:?}");
    }
}

#[test]
fn looks_and_names_are_shared_again_after_sending() {
    let answered: Answered = protocol::decoded(&coded(&Answered::Read(Ok(workbook("x")))).unwrap()).unwrap();
    let Answered::Read(Ok(read)) = answered else { panic!("{answered:?}") };
    let looks: Vec<&Arc<Look>> = read.sheets[0].cells.values().map(|cell| &cell.look).collect();
    assert!(looks.iter().all(|look| Arc::ptr_eq(look, looks[0]) && look.bold));
    assert_eq!(read.sheets[0].cells, workbook("x").sheets[0].cells);
    assert_eq!((&*read.file, &*read.sheets[0].name), ("returns/a.xlsx", "KPIs"));
}

#[test]
fn each_reason_says_what_to_do() {
    for unread in [
        Unread::TookTooLong { seconds: 60 },
        Unread::TooMuchMemory { megabytes: 1500 },
        Unread::TooMuchInIt { megabytes: 256 },
        Unread::Crashed,
        Unread::NoWorker("no such file".to_string()),
    ] {
        let text = unread.to_string();
        assert!(["sk the provider", "un again"].iter().any(|advice| text.contains(advice)), "{text}");
        assert!(!text.ends_with('.') && !text.contains("  "), "{text}");
    }
}
