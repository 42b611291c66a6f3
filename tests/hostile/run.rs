//! One run over hostile files with a quarter of ordinary returns beside them, in little room.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use assert_cmd::Command;
use serde_json::Value;

use super::support::{AS_OF, one_quarter, text, write};

/// Bytes that hurt, under the name they come with, and words of the line they must end in: one of these.
pub struct Sample {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub says: &'static [&'static str],
}

/// A sample that ends in a line with these words.
pub fn sample(name: &'static str, bytes: Vec<u8>, says: &'static [&'static str]) -> Sample {
    Sample { name, bytes, says }
}

/// What is said of a sound workbook that is no return.
pub const NO_FORM: &[&str] = &["no form of any contract"];

/// What is said of one that either cannot be read or is none.
pub const NO_FORM_OR_DAMAGED: &[&str] = &["no form of any contract", "is damaged"];

/// Longest that a run over a few files may take: far more than an unhurried build needs for what it does at all.
const PATIENCE: Duration = Duration::from_secs(300);

/// The program on a workspace, with no more than 4 GB of addresses where that can be set.
fn quarterday(dir: &Path) -> (Value, String) {
    let program = assert_cmd::cargo::cargo_bin!("quarterday");
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 4000000 && exec \"$@\"", "sh"]).arg(program);
        shell
    } else {
        Command::new(program)
    };
    let output =
        command.args(["run", text(dir), "--as-of", AS_OF, "--json"]).timeout(PATIENCE).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?}\n{errors}", output.status);
    assert!(!errors.contains("panicked"), "{errors}");
    (serde_json::from_slice(&output.stdout).unwrap(), errors)
}

/// What the ordinary returns say when nothing lies beside them.
fn undisturbed() -> &'static Value {
    static ALONE: OnceLock<Value> = OnceLock::new();
    ALONE.get_or_init(|| {
        let dir = one_quarter();
        let reviews = quarterday(dir.path()).0["reviews"].take();
        assert!(reviews[0]["ratings"].as_array().unwrap().iter().any(|rating| rating["rating"] == "green"));
        reviews
    })
}

/// Runs over the samples, and says how the run was written of them: one line each, with the expected words, and not a figure of the
/// other returns different.
#[track_caller]
pub fn each_ends_in_a_line(samples: Vec<Sample>) {
    let dir = one_quarter();
    for sample in &samples {
        write(&dir.path().join("returns").join(sample.name), &sample.bytes);
    }
    let began = Instant::now();
    let (results, _) = quarterday(dir.path());
    let took = began.elapsed();
    assert!(took < PATIENCE, "{took:?}");
    assert!(results["reviews"] == *undisturbed(), "the ordinary returns read differently");
    let said: BTreeMap<&str, &str> = results["unrecognised"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (entry["file"].as_str().unwrap(), entry["reason"].as_str().unwrap()))
        .collect();
    let mut wrong = Vec::new();
    for sample in &samples {
        let file = format!("returns/{}", sample.name);
        match said.get(file.as_str()) {
            None => wrong.push(format!("{}: nothing is said of it", sample.name)),
            Some(reason) => {
                if !sample.says.iter().any(|words| reason.contains(words)) {
                    wrong.push(format!("{}: {reason}\n    should say one of {:?}", sample.name, sample.says));
                }
                if reason.chars().any(is_misleading) {
                    wrong.push(format!("{}: {reason:?} is no line", sample.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), samples.len(), wrong.join("\n"));
    assert_eq!(said.len(), samples.len(), "{said:#?}");
}

/// Characters that break a line or turn it around.
fn is_misleading(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
