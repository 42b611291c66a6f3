//! The README and the topics of `quarterday help`: their form, and that every command they name exists.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser};
use quarterday::cli::Arguments;
use quarterday::commands::help::topics;

use crate::program::quarterday;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

#[test]
fn a_topic_has_a_title_a_line_on_what_it_is_about_and_lines_that_fit_a_window() {
    let mut faults = Vec::new();
    let files = fs::read_dir(root().join("templates/help")).unwrap().count();
    assert_eq!(topics().len(), files, "each file of templates/help is a topic: NAME.txt, in UTF-8");
    for topic in topics() {
        let mut say = |what: &str| faults.push(format!("{}.txt: {what}", topic.name));
        let lines: Vec<&str> = topic.text.lines().collect();
        if topic.title.is_empty() || topic.title.ends_with('.') || topic.title.chars().count() > 60 {
            say("line 1 is the title: a few words without a full stop");
        }
        if !topic.about.ends_with('.') || topic.about.chars().count() > 100 {
            say("line 2 says in a sentence what it is about");
        }
        if lines.get(2) != Some(&"") || lines.len() < 5 {
            say("line 3 is empty, and the text follows");
        }
        if !topic.text.ends_with('\n') || topic.text.ends_with("\n\n") {
            say("the last line ends with one line break");
        }
        if topic.name.chars().any(|c| !c.is_ascii_lowercase() && c != '-') {
            say("a name is of small letters and hyphens");
        }
        for (number, line) in lines.iter().enumerate() {
            if line.chars().count() > 100 || line.ends_with(' ') || line.contains('\t') {
                say(&format!(
                    "line {}: longer than 100 characters, or ends in a blank, or has a tab",
                    number + 1
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_topic_is_listed_and_shown_and_every_command_has_its_help() {
    let list = quarterday(&["help"]);
    assert_eq!(list.status, 0);
    for topic in topics() {
        assert!(list.out.contains(&format!("  {:<15}", topic.name)), "{}", topic.name);
        let shown = quarterday(&["help", topic.name]);
        assert_eq!((shown.status, shown.err.as_str()), (0, ""), "{}", topic.name);
        assert!(shown.out.starts_with(topic.text), "{}", topic.name);
    }
    for words in [&["run"][..], &["contract"], &["contract", "check"], &["pages", "write"]] {
        let asked: Vec<&str> = ["help"].iter().chain(words).copied().collect();
        let (shown, own) =
            (quarterday(&asked), quarterday(&words.iter().chain(&["--help"]).copied().collect::<Vec<_>>()));
        assert_eq!((shown.status, &shown.out), (0, &own.out), "{words:?}");
        assert!(shown.out.contains("Usage: quarterday"), "{}", shown.out);
    }
    for (asked, words) in [
        (&["help", "ratngs"][..], "did you mean `ratings`?"),
        (&["help", "chekc"], "did you mean `check`?"),
        (&["help", "penguins"], "lists the topics"),
        (&["help", "reader"], "there is no topic"),
        (&["help", "contract", "chekc"], "there is no topic"),
    ] {
        let said = quarterday(asked);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{asked:?}");
        assert!(said.err.contains(words), "{asked:?}: {}", said.err);
    }
}

/// Every command of the program but the hidden one, as the words that lead to it.
fn commands() -> Vec<(String, clap::Command)> {
    fn below(prefix: &str, command: &clap::Command, found: &mut Vec<(String, clap::Command)>) {
        for own in command.get_subcommands().filter(|own| !own.is_hide_set()) {
            let name = format!("{prefix} {}", own.get_name());
            found.push((name.clone(), own.clone()));
            below(&name, own, found);
        }
    }
    let mut found = Vec::new();
    let mut whole = Arguments::command();
    // What holds of all, such as the width, reaches each command when the whole is built.
    whole.build();
    below("quarterday", &whole, &mut found);
    found
}

#[test]
fn the_help_of_every_command_says_how_it_ends_and_fits_a_window() {
    let all = commands();
    assert!(all.len() > 15, "{}", all.len());
    for (name, mut command) in all {
        let help = command.render_long_help().to_string();
        assert!(help.contains("Exit status: 0"), "{name} says no exit status:\n{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{name}:\n{help}");
        for argument in command.get_arguments().filter(|own| !own.is_hide_set()) {
            let own = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!own.trim().is_empty(), "{name}: nothing is said of {}", argument.get_id());
        }
    }
}

/// The command lines in a text: in a block of their own, or between backticks.
fn command_lines(text: &str) -> Vec<String> {
    // A line that goes on in the next one is one.
    let mut whole = String::new();
    for (at, part) in text.split(" \\\n").enumerate() {
        whole += if at == 0 { "" } else { " " };
        whole += if at == 0 { part } else { part.trim_start() };
    }
    let mut found = Vec::new();
    for line in whole.lines() {
        let own = line.trim_start().trim_start_matches("$ ");
        if line.starts_with("    ") && own.starts_with("quarterday ") {
            found.push(own.to_string());
        }
        for (at, part) in line.split('`').enumerate() {
            if at % 2 == 1 && part.starts_with("quarterday ") {
                found.push(part.to_string());
            }
        }
    }
    found
}

/// The words of a command line: brackets of what may be left out taken away, so that it is held too; quotes kept together.
fn words(line: &str) -> Vec<String> {
    let line = line.split(" | ").next().unwrap().split("  ").next().unwrap();
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars().filter(|c| !matches!(c, '[' | ']')) {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty() && word != "…");
    words
}

/// What is wrong with a command line of a text, as the program itself says it.
fn fault(line: &str) -> Option<String> {
    let words = words(line);
    // A topic is a word to clap; whether there is one is known to the program alone.
    if words.get(1).is_some_and(|word| word == "help") {
        let topic = words.get(2..).unwrap_or_default().join("-");
        let placeholder = topic.chars().all(char::is_uppercase);
        let there = topics().iter().any(|own| own.name == topic)
            || commands().iter().any(|(name, _)| name.replace(' ', "-") == format!("quarterday-{topic}"));
        return (!placeholder && !there).then(|| format!("there is no topic {topic}"));
    }
    let error = Arguments::try_parse_from(&words).err()?;
    // Asking for help or the version is what clap calls an error; a command named alone is named, not typed.
    let fine = error.exit_code() == 0
        || (words.len() <= 3
            && matches!(
                error.kind(),
                clap::error::ErrorKind::MissingRequiredArgument
                    | clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            ));
    (!fine).then(|| error.to_string())
}

#[test]
fn every_command_line_of_the_texts_is_one_the_program_takes() {
    let mut texts = vec![("README.md".to_string(), readme())];
    texts.extend(topics().iter().map(|topic| (format!("{}.txt", topic.name), topic.text.to_string())));
    let (mut seen, mut faults) = (0, Vec::new());
    for (name, text) in texts {
        for line in command_lines(&text) {
            seen += 1;
            faults.extend(fault(&line).map(|what| format!("{name}: {line}\n{what}")));
        }
    }
    assert!(seen > 60, "{seen}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_command_line_that_is_wrong_is_found() {
    for (line, is) in [
        ("quarterday run reviews", false),
        ("quarterday run reviews [--as-of 2026-01-20]", false),
        ("quarterday issue [DIR] --contract ID --period \"2025-26 Q1\" [--provider NAME]", false),
        ("quarterday contract", false),
        ("quarterday help ratings", false),
        ("quarterday help TOPIC", false),
        ("quarterday --help", false),
        ("quarterday rnu reviews", true),
        ("quarterday run reviews --asof 2026-01-20", true),
        ("quarterday run reviews --as-of DATE", true),
        ("quarterday run reviews more", true),
        ("quarterday contract chekc x", true),
        ("quarterday help ratngs", true),
    ] {
        assert_eq!(fault(line).is_some(), is, "{line}");
    }
    let text = "See `quarterday run` and `other`.\n\n    $ quarterday check a.xlsx\n    quarterday run \\\n        reviews\n";
    assert_eq!(command_lines(text), ["quarterday run", "quarterday check a.xlsx", "quarterday run reviews"]);
}

#[test]
fn every_command_and_every_topic_can_be_found_from_the_readme() {
    let readme = readme();
    for own in Arguments::command().get_subcommands().filter(|own| !own.is_hide_set()) {
        let name = own.get_name();
        assert!(
            readme.contains(&format!("quarterday {name}")),
            "the README does not name `quarterday {name}`"
        );
    }
    let topics = topics();
    for topic in &topics {
        assert!(
            readme.contains(&format!("`{}`", topic.name)),
            "the README does not name the topic {}",
            topic.name
        );
    }
}

#[test]
fn the_readme_is_one_page_and_its_pictures_are_small_there_and_described() {
    let readme = readme();
    let lines = readme.lines().count();
    assert!(lines <= 200, "{lines} lines");
    let mut pictures = 0;
    for part in readme.split("![").skip(1) {
        let (alt, rest) = part.split_once("](").unwrap();
        let path = root().join(rest.split_once(')').unwrap().0);
        assert!(alt.chars().count() > 30, "{alt}");
        let bytes = fs::read(&path).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"), "{}", path.display());
        assert!(bytes.len() < 150_000, "{}: {} bytes", path.display(), bytes.len());
        pictures += 1;
    }
    assert!((1..=3).contains(&pictures), "{pictures}");
    for part in readme.split("](").skip(1) {
        let target = part.split(')').next().unwrap();
        assert!(target.contains("://") || Path::new(&root()).join(target).exists(), "{target}");
    }
}
