//! Keeps the house: who may use whom, and the only users of each thing that is used in one place.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may use. The way of the data is one direction: no room uses one that stands below it here.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("calendar", &["domain"]),
    ("rules", &["calendar", "domain", "review"]),
    ("review", &["domain"]),
    ("contract", &["calendar", "domain", "rules"]),
    ("intake", &["calendar", "contract", "domain"]),
    ("assess", &["calendar", "contract", "domain", "intake", "review", "rules"]),
    ("reviewing", &["assess", "calendar", "contract", "domain", "review"]),
    ("output", &["domain", "review"]),
    ("post", &["domain"]),
    ("workspace", &["contract", "domain"]),
    // The coloured copy is made where the return is taken apart, out of reach of everything else.
    ("readers", &["contract", "domain", "intake", "output"]),
    (
        "run",
        &[
            "assess",
            "calendar",
            "contract",
            "domain",
            "intake",
            "output",
            "post",
            "readers",
            "review",
            "reviewing",
            "rules",
            "workspace",
        ],
    ),
    ("samples", &[]),
    ("cli", &["readers"]),
    (
        "commands",
        &[
            "assess",
            "calendar",
            "cli",
            "contract",
            "domain",
            "intake",
            "readers",
            "review",
            "reviewing",
            "rules",
            "run",
            "samples",
            "workspace",
        ],
    ),
];

/// What is used in one place only: the text that betrays its use, and where it may stand.
const ONLY: &[(&str, &[&str])] = &[
    ("calamine::", &["src/intake/reading/"]),
    ("cfb::", &["src/intake/reading/xls/", "src/intake/mail/msg.rs"]),
    ("rust_xlsxwriter::", &["src/output/"]),
    ("lettre::", &["src/output/mail/", "src/post/"]),
    ("tera::", &["src/output/pages/engine.rs"]),
    ("toml::", &["src/contract/", "src/workspace/settings", "src/calendar/bank_holidays.rs"]),
    ("zip::", &["src/intake/reading/", "src/output/"]),
    ("quick_xml::", &["src/intake/reading/", "src/output/"]),
    ("std::fs", &["src/workspace/"]),
    // A list that could hide one of those above and below.
    ("std::{", &[]),
    ("Local::now", &["src/commands/clock.rs"]),
    ("Utc::now", &[]),
    ("SystemTime::now", &[]),
    ("Instant::now", &["src/commands/run.rs"]),
    ("println!", &[]),
    ("eprintln!", &[]),
    ("std::io::stdout", &["src/commands/ask.rs", "src/commands/screen.rs"]),
    ("io::stdin", &["src/commands/ask.rs", "src/commands/window.rs", "src/readers/worker.rs"]),
    ("io::stdout", &["src/commands/ask.rs", "src/commands/screen.rs", "src/readers/worker.rs"]),
    ("std::process::{", &["src/readers/process.rs"]),
    ("process::Command", &["src/readers/process.rs"]),
    ("postcard::", &["src/readers/", "src/workspace/cache.rs"]),
    ("flate2::", &["src/readers/packed.rs", "src/workspace/cache.rs"]),
    ("cap::", &["src/main.rs"]),
    ("std::io::stderr", &["src/commands/screen.rs"]),
    (
        "std::env::",
        &[
            "src/commands/window.rs",
            "src/readers/mod.rs",
            "src/workspace/cache.rs",
            "src/workspace/holder.rs",
            "src/workspace/password.rs",
        ],
    ),
    ("notify::", &["src/workspace/watching.rs"]),
    ("notify_debouncer_full::", &["src/workspace/watching.rs"]),
    ("ctrlc::", &["src/commands/interrupt.rs"]),
    ("sysinfo::", &["src/commands/window.rs", "src/workspace/holder.rs"]),
    ("clap_complete::", &["src/cli.rs", "src/commands/completions.rs"]),
    ("lettre::", &["src/output/mail/", "src/post/"]),
    ("lettre::transport", &["src/post/"]),
    ("std::net", &["src/post/", "src/workspace/settings/mail.rs"]),
    ("mail_parser::", &["src/intake/mail/eml.rs", "src/post/"]),
    ("icalendar::", &["src/output/calendar_ics"]),
    ("process::exit", &[]),
    ("HashMap", &[]),
    ("HashSet", &[]),
];

/// A file of the program with its tests cut away.
struct Source {
    path: String,
    code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        // What a fuzz target is built into is not the house's.
        if path.is_dir() && !path.ends_with("fuzz/target") {
            files_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    files_below(&root().join("src"), &mut files);
    let sources: Vec<Source> = files
        .iter()
        .map(|file| {
            let path = file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            Source { code: without_tests(&fs::read_to_string(file).unwrap()), path }
        })
        .filter(|source| !is_test_file(&source.path, &files))
        .collect();
    assert!(sources.len() > 100, "the walk found only {} files", sources.len());
    sources
}

/// Whether the module's own declaration says that the file is for tests alone.
fn is_test_file(path: &str, files: &[PathBuf]) -> bool {
    let file = Path::new(path);
    let mut module = file.file_stem().unwrap().to_string_lossy().into_owned();
    let mut folder = file.parent().unwrap().to_path_buf();
    // A file belongs to a test module when any module above it is one.
    loop {
        if module == "mod" {
            module = folder.file_name().unwrap().to_string_lossy().into_owned();
            folder = folder.parent().unwrap().to_path_buf();
            continue;
        }
        let parent = [folder.join("mod.rs"), folder.join("lib.rs"), folder.with_extension("rs")]
            .into_iter()
            .find(|parent| files.contains(&root().join(parent)));
        let Some(parent) = parent else { return false };
        let text = fs::read_to_string(root().join(&parent)).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let declared = lines.iter().position(|line| {
            let line = line
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ")
                .trim_start_matches("pub ");
            line == format!("mod {module};")
        });
        if declared.is_some_and(|at| at > 0 && lines[at - 1].contains("#[cfg(test)]")) {
            return true;
        }
        if parent.ends_with("lib.rs") {
            return false;
        }
        module = "mod".to_string();
    }
}

/// The code without comments and without what is there for tests alone; those lines are blank, so that numbers stay right.
fn without_tests(text: &str) -> String {
    let mut code = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim_start() == "#[cfg(test)]" {
            let indent = &line[..line.len() - line.trim_start().len()];
            code.push("");
            // The item ends where rustfmt ends it: with a semicolon on its first line, or a brace below its first letter.
            let mut first = true;
            for item in lines.by_ref() {
                code.push("");
                let attribute = first && item.trim_start().starts_with("#[");
                if (first && !attribute && item.ends_with([';', '}'])) || item == format!("{indent}}}") {
                    break;
                }
                first &= attribute;
            }
        } else if line.trim_start().starts_with("//") {
            code.push("");
        } else {
            code.push(line);
        }
    }
    code.join("\n")
}

fn room(path: &str) -> &str {
    path.trim_start_matches("src/").split(['/', '.']).next().unwrap()
}

#[test]
fn each_room_uses_only_the_rooms_it_may() {
    let known: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let mut faults = Vec::new();
    for source in sources() {
        let own = room(&source.path);
        if matches!(own, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| *room == own) else {
            faults.push(format!("{}: the room `{own}` is not in the plan of the house", source.path));
            continue;
        };
        for (number, line) in source.code.lines().enumerate() {
            // A list would hide what follows its first name.
            if line.contains("crate::{") {
                faults.push(format!("{}:{}: one `use` a module of the crate", source.path, number + 1));
            }
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if known.contains(used.as_str()) && used != own && !allowed.contains(&used.as_str()) {
                    faults.push(format!(
                        "{}:{}: `{own}` uses `{used}`; it may use {allowed:?}",
                        source.path,
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_used_in_one_place_stays_there() {
    let mut faults = Vec::new();
    for source in sources() {
        for (what, places) in ONLY {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            for (number, line) in source.code.lines().enumerate().filter(|(_, line)| line.contains(what)) {
                faults.push(format!(
                    "{}:{}: `{what}` may stand in {places:?} alone: {}",
                    source.path,
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn workspace_takes_from_contract_its_messages_alone() {
    for source in sources().iter().filter(|source| room(&source.path) == "workspace") {
        for line in source.code.lines().filter(|line| line.contains("crate::contract")) {
            assert!(line.contains("contract::toml_errors"), "{}: {line}", source.path);
        }
    }
}

#[test]
fn no_contract_is_known_to_the_code_by_name() {
    let definitions: Vec<PathBuf> = fs::read_dir(root().join("templates/contracts"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(!definitions.is_empty());
    let mut names = Vec::new();
    for definition in &definitions {
        names.push(definition.file_stem().unwrap().to_string_lossy().into_owned());
        let text = fs::read_to_string(definition).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let listed = |key: &str| table.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        names.extend(listed("councils").iter().filter_map(|name| Some(name.as_str()?.to_string())));
        for key in ["areas", "escalations", "forms"] {
            let field = if key == "areas" { "name" } else { "id" };
            names.extend(listed(key).iter().filter_map(|item| Some(item.get(field)?.as_str()?.to_string())));
        }
    }
    for source in sources() {
        for name in &names {
            let quoted = format!("\"{name}\"");
            assert!(!source.code.contains(&quoted), "{} knows {quoted}", source.path);
        }
    }
}

/// A definition and its samples can be taken out without a change to any code, the unit tests included.
#[test]
fn no_shipped_contract_is_named_in_the_source() {
    let mut files = Vec::new();
    files_below(&root().join("src"), &mut files);
    let ids: Vec<String> = fs::read_dir(root().join("templates/contracts"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(!ids.is_empty() && !files.is_empty());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for id in &ids {
            assert!(!text.contains(id.as_str()), "{} names the contract {id}", file.display());
        }
    }
}

#[test]
fn files_hold_one_idea_and_say_which() {
    let mut files = Vec::new();
    for folder in ["src", "samples/make", "tests"] {
        files_below(&root().join(folder), &mut files);
    }
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//!"), "{} has no header", file.display());
        assert!(text.lines().count() <= 600, "{} has more than 600 lines", file.display());
    }
}

#[test]
fn tests_are_cut_away_and_nothing_else() {
    let text = "\
use a;
#[cfg(test)]
mod fixture;
// said
fn kept() {}
#[cfg(test)]
#[expect(dead_code)]
mod tests {
    fn gone() {
    }
}
impl A {
    #[cfg(test)]
    fn gone() {
        if a {
        }
    }

    fn kept() {}
}";
    let code = without_tests(text);
    assert_eq!(code.lines().count(), text.lines().count());
    let left: Vec<&str> = code.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(left, ["use a;", "fn kept() {}", "impl A {", "    fn kept() {}", "}"]);
}
