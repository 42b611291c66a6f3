//! A workspace, the program that watches it, and what the ledger says in the end.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// The contract these tests go by.
pub const CONTRACT: &str = "cheshire-advocacy";
/// Longest wait for anything. Nothing is asserted of how long it takes.
const LIMIT: Duration = Duration::from_secs(900);

/// A workspace with one provider of one quarter, and nothing in its folder of returns.
pub struct Reviews {
    dir: TempDir,
}

impl Reviews {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("returns")).unwrap();
        let own = Self { dir };
        own.register("Harbour Advocacy");
        own
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn returns(&self) -> PathBuf {
        self.path().join("returns")
    }

    /// Writes the register with one provider of this name.
    pub fn register(&self, provider: &str) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Providers").unwrap();
        let date = Format::new().set_num_format("dd/mm/yyyy");
        for (column, heading) in (0..).zip(["Provider", "Contract", "Start", "End"]) {
            sheet.write(0, column, heading).unwrap();
        }
        sheet.write(1, 0, provider).unwrap();
        sheet.write(1, 1, CONTRACT).unwrap();
        for (column, (year, month, day)) in (2..).zip([(2025, 9, 1), (2025, 11, 30)]) {
            let day = ExcelDateTime::from_ymd(year, month, day).unwrap();
            sheet.write_with_format(1, column, &day, &date).unwrap();
        }
        // Beside and renamed, as Excel saves.
        let beside = self.path().join("register.tmp");
        book.save(&beside).unwrap();
        fs::rename(beside, self.path().join("register.xlsx")).unwrap();
    }

    /// The SHA-256 the ledger has of each file, in order.
    pub fn seen(&self) -> BTreeMap<String, Vec<String>> {
        let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let ledger = fs::read_to_string(self.path().join("receipts.jsonl")).unwrap();
        for line in ledger.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
            if line["kind"] == "seen" {
                seen.entry(text(&line["file"])).or_default().push(text(&line["sha256"]));
            }
        }
        seen
    }
}

/// A return of the shipped samples for the quarter, a workbook a provider sent.
pub fn kpi_return() -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/workspaces").join(CONTRACT);
    fs::read(folder.join("returns/2025-26/Q1/HA_KPI_Q1_2025-26.xlsx")).unwrap()
}

pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_string()
}

/// The program while it watches.
pub struct Watch {
    child: Child,
    lines: Receiver<Value>,
    errors: Receiver<String>,
    /// Everything it has said so far.
    pub said: Vec<Value>,
}

impl Watch {
    pub fn start(reviews: &Reviews, arguments: &[&str]) -> Self {
        let mut child = Command::new(cargo_bin!("quarterday"))
            .arg("watch")
            .arg(reviews.path())
            .arg("--json")
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (say, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in out.lines() {
                let _ = say.send(serde_json::from_str(&line.unwrap()).unwrap());
            }
        });
        let (say, errors) = mpsc::channel();
        let err = BufReader::new(child.stderr.take().unwrap());
        thread::spawn(move || {
            for line in err.lines() {
                let _ = say.send(line.unwrap());
            }
        });
        Self { child, lines, errors, said: Vec::new() }
    }

    /// Waits until something is so of what it has said.
    #[track_caller]
    pub fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        while !is_so(self) {
            let line = self.lines.recv_timeout(LIMIT.saturating_sub(started.elapsed()));
            self.said.push(line.unwrap_or_else(|error| panic!("waiting until {what}: {error}")));
        }
    }

    /// Waits for one more run that it was asked for after now.
    #[track_caller]
    pub fn until_ran(&mut self, times: usize) {
        self.until("it ran", |own| own.events("ran").count() >= times);
    }

    /// Waits until these are all taken.
    #[track_caller]
    pub fn until_taken(&mut self, files: &[&str]) {
        self.until("all are taken", |own| {
            // Looked at once a run: there may be thousands of lines.
            own.said.last().is_some_and(|line| line["event"] == "ran") && {
                let taken = own.taken();
                files.iter().all(|file| taken.contains_key(*file))
            }
        });
    }

    pub fn events<'a>(&'a self, event: &'a str) -> impl Iterator<Item = &'a Value> {
        self.said.iter().filter(move |line| line["event"] == event)
    }

    /// The SHA-256 with which each file was taken, in order.
    pub fn taken(&self) -> BTreeMap<String, Vec<String>> {
        let mut taken: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in self.events("taken") {
            taken.entry(text(&line["file"])).or_default().push(text(&line["sha256"]));
        }
        taken
    }

    pub fn interrupt(&self) {
        let sent = Command::new("kill").arg("-INT").arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success());
    }

    /// Interrupts it and gives what it said, its status and what it said besides.
    #[track_caller]
    pub fn stop(mut self) -> (Vec<Value>, Option<i32>, String) {
        self.interrupt();
        self.ended()
    }

    /// Waits until it has ended by itself.
    #[track_caller]
    pub fn ended(&mut self) -> (Vec<Value>, Option<i32>, String) {
        let status = self.child.wait().unwrap();
        self.said.extend(self.lines.iter());
        (std::mem::take(&mut self.said), status.code(), self.errors.iter().collect::<Vec<_>>().join("\n"))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
