//! Every fixture through the writer.

use std::fs;
use std::path::{Path, PathBuf};

use quarterday::output::write_back::{Earlier, write_back};

use super::compare::{Comparison, compare};
use super::feedback::{feedback, today};
use super::fixtures::{Expected, Fixture, all};

/// What is wrong with what came of a fixture.
fn faults(fixture: &Fixture) -> Vec<String> {
    let original = fixture.package.zip();
    let said = feedback(&fixture.marked);
    match (write_back(&original, &said, None, today()), fixture.expected) {
        (Err(refusal), Expected::Refused(reason)) => {
            let refusal = refusal.to_string();
            if refusal.contains(reason) {
                Vec::new()
            } else {
                vec![format!("refused, but because {refusal}")]
            }
        }
        (Err(refusal), Expected::Written) => vec![format!("refused, because {refusal}")],
        (Ok(_), Expected::Refused(_)) => vec!["written, and should have been refused".to_string()],
        (Ok(written), Expected::Written) => {
            keep(fixture, &original, &written.bytes);
            let macros = fixture.name.starts_with("macro");
            let comparison =
                Comparison { original: &original, returned: &written.bytes, marked: &fixture.marked, macros };
            let mut faults = compare(&comparison, fixture.lost);
            match write_back(&original, &said, None, today()) {
                Ok(again) if again.bytes == written.bytes => {}
                _ => faults.push("a second time it is written differently".to_string()),
            }
            faults
        }
    }
}

/// Leaves the pair where other programs look at it.
fn keep(fixture: &Fixture, original: &[u8], returned: &[u8]) {
    let folder = if fixture.sound { "sound" } else { "unsound" };
    let extension = if fixture.name.starts_with("macro") { "xlsm" } else { "xlsx" };
    for (side, bytes, extension) in [("original", original, extension), ("returned", returned, "xlsx")] {
        let folder = pairs().join(folder).join(side);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{}.{extension}", fixture.name)), bytes).unwrap();
    }
}

/// Where pairs of original and coloured copy are left.
pub fn pairs() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("write_back")
}

fn check(fixtures: impl Iterator<Item = Fixture>) {
    let mut said = Vec::new();
    for fixture in fixtures {
        let own =
            std::panic::catch_unwind(|| faults(&fixture)).unwrap_or_else(|_| vec!["panicked".to_string()]);
        said.extend(own.into_iter().map(|fault| format!("{}: {fault}", fixture.name)));
    }
    assert!(said.is_empty(), "{} faults:\n{}", said.len(), said.join("\n"));
}

#[test]
fn each_return_comes_back_with_the_declared_differences_alone() {
    check(all().into_iter().filter(|fixture| fixture.expected == Expected::Written));
}

#[test]
fn what_is_not_safe_is_refused_with_its_reason() {
    check(all().into_iter().filter(|fixture| fixture.expected != Expected::Written));
}

/// A copy that comes back marked again has the new marks and none of the old ones: it differs from the original as if the original
/// had been marked.
#[test]
fn marks_are_replaced_and_not_stacked() {
    let mut said = Vec::new();
    for fixture in all().into_iter().filter(|fixture| fixture.expected == Expected::Written) {
        let original = fixture.package.zip();
        let words = feedback(&fixture.marked);
        let Ok(first) = write_back(&original, &words, None, today()) else { continue };
        let sheets = [first.sheet_name.clone()];
        let earlier = Some(Earlier { sheets: &sheets, original: Some(&original) });
        let second = match write_back(&first.bytes, &words, earlier, today()) {
            Ok(second) => second,
            Err(refusal) => {
                said.push(format!("{}: refused, because {refusal}", fixture.name));
                continue;
            }
        };
        let macros = fixture.name.starts_with("macro");
        let comparison =
            Comparison { original: &original, returned: &second.bytes, marked: &fixture.marked, macros };
        let own = std::panic::catch_unwind(|| compare(&comparison, fixture.lost));
        let own = own.unwrap_or_else(|_| vec!["panicked".to_string()]);
        said.extend(own.into_iter().map(|fault| format!("{}: {fault}", fixture.name)));
    }
    assert!(said.is_empty(), "{} faults:\n{}", said.len(), said.join("\n"));
}
