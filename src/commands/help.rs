//! `quarterday help`: the longer texts on how to work with the program, and the help of its commands.
//!
//! A topic is a file of `templates/help`: its title, a line that says what it is about, an empty line, and the text.

use std::ffi::OsString;

use anyhow::{Result, bail};
use clap::{CommandFactory, Parser};
use include_dir::{Dir, include_dir};

use super::{ExitStatus, screen};
use crate::cli::Arguments;
use crate::domain::text::nearest;

static TEXTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/help");

/// The order in which topics are listed; others come after these, by name.
const ORDER: &[&str] = &[
    "start",
    "demo",
    "day",
    "returns",
    "mail",
    "watch",
    "status",
    "proof",
    "evidence",
    "ratings",
    "register",
    "out",
    "pages",
    "send",
    "calendar",
    "issued",
    "retention",
    "own-contract",
    "variation",
    "region",
    "limits",
    "exit-statuses",
    "for-engineers",
];

/// A topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// What it is asked for by.
    pub name: &'static str,
    /// The first line.
    pub title: &'static str,
    /// The second line: what it is about.
    pub about: &'static str,
    /// The whole text, title included.
    pub text: &'static str,
}

/// Every topic, in the order in which they are listed.
pub fn topics() -> Vec<Topic> {
    let mut topics: Vec<Topic> = TEXTS
        .files()
        .filter_map(|file| {
            let name = file.path().file_name()?.to_str()?.strip_suffix(".txt")?;
            let text = file.contents_utf8()?;
            let mut lines = text.lines();
            let title = lines.next()?;
            let about = lines.next().filter(|line| !line.is_empty()).unwrap_or(title);
            Some(Topic { name, title, about, text })
        })
        .collect();
    let place = |name: &str| ORDER.iter().position(|own| *own == name).unwrap_or(ORDER.len());
    topics.sort_by_key(|own| (place(own.name), own.name));
    topics
}

/// Lists the topics, or shows what `words` name: a topic, a command, or what is both.
///
/// # Errors
/// There is neither a topic nor a command of that name; the nearest is named.
pub fn help(words: &[String]) -> Result<ExitStatus> {
    if words.is_empty() {
        list();
        return Ok(ExitStatus::Fine);
    }
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let topics = topics();
    let topic = topics.iter().find(|own| own.name == words.join("-"));
    let command = find_command(&words);
    if let Some(topic) = topic {
        screen::lines(topic.text);
    }
    if command {
        if topic.is_some() {
            screen::line("");
            screen::line("-".repeat(topic.map_or(0, |own| own.title.chars().count())).as_str());
            screen::line("");
        }
        let words = words.iter().map(OsString::from);
        let asked =
            std::iter::once(OsString::from("quarterday")).chain(words).chain([OsString::from("--help")]);
        // Asking for help is what clap calls an error.
        if let Err(shown) = Arguments::try_parse_from(asked) {
            let _ = shown.print();
        }
    }
    if topic.is_none() && !command {
        let known: Vec<String> = topics
            .iter()
            .map(|own| own.name.to_string())
            .chain(Arguments::command().get_subcommands().map(|own| own.get_name().to_string()))
            .collect();
        let asked = words.join(" ");
        match nearest(&asked, known.iter().map(String::as_str)) {
            Some(near) => bail!("there is no topic and no command `{asked}`; did you mean `{near}`?"),
            None => bail!("there is no topic and no command `{asked}`; `quarterday help` lists the topics"),
        }
    }
    Ok(ExitStatus::Fine)
}

fn list() {
    screen::line("Read on with `quarterday help TOPIC`:");
    screen::line("");
    for topic in topics() {
        screen::wrapped(&format!("  {:<15}", topic.name), &" ".repeat(17), topic.about);
    }
    screen::line("");
    screen::line("The options of a command: `quarterday help COMMAND`. All commands: `quarterday --help`.");
}

/// Whether these words lead to a command that people use.
fn find_command(words: &[String]) -> bool {
    let mut command = Arguments::command();
    for word in words {
        match command.find_subcommand(word) {
            Some(found) if !found.is_hide_set() => command = found.clone(),
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_at_any_depth_and_the_hidden_one_is_not() {
        for (words, is) in [
            (&["run"][..], true),
            (&["contract"], true),
            (&["contract", "check"], true),
            (&["contract", "chekc"], false),
            (&["check", "contract"], false),
            (&["reader"], false),
            (&["ratings"], false),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_string()).collect();
            assert_eq!(find_command(&words), is, "{words:?}");
        }
    }

    #[test]
    fn topics_are_listed_in_the_order_of_a_day() {
        let names: Vec<&str> = topics().iter().map(|own| own.name).collect();
        assert_eq!(names.first(), Some(&"start"));
        let places: Vec<Option<usize>> =
            names.iter().map(|name| ORDER.iter().position(|own| own == name)).collect();
        let known: Vec<usize> = places.iter().copied().flatten().collect();
        assert!(known.is_sorted() && known.len() > 5, "{names:?}");
    }
}
