//! The one place that prints. Text from returns is shown on one line and without control characters, so that no workbook can
//! steer the terminal.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use serde::Serialize;

use crate::domain::text::one_line;

/// Characters of a wrapped line.
pub const WIDTH: usize = 100;

/// Whether only what needs attention is asked for.
static QUIET: AtomicBool = AtomicBool::new(false);

/// From now on [`aside`] says nothing.
pub fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

/// Whether only what needs attention is asked for (`--quiet`).
pub fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Prints a line that is left out where only what needs attention is asked for.
pub fn aside(text: &str) {
    if !is_quiet() {
        line(text);
    }
}

/// Prints a value for other programs, with a line break at the end.
///
/// # Errors
/// It cannot be written as JSON, which no value of this program brings about.
pub fn json(value: &impl Serialize) -> Result<()> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    bytes(&text);
    Ok(())
}

/// Prints a line. A reader that has gone away (a closed pipe) is no error.
pub fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{}", plain(text));
}

/// Prints the beginning of a line, for an answer to be typed behind it.
pub fn prompt(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = write!(out, "{} ", plain(text)).and_then(|()| out.flush());
}

/// As many lines of one kind as are shown before the rest is counted.
const SHOWN: usize = 12;

/// Prints a heading and its lines below it, wrapped or each on one line; nothing where there are none. `rest` says where those are to
/// be seen that are only counted.
pub fn listed(heading: &str, lines: impl Iterator<Item = String>, wraps: bool, rest: &str) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    let indent = if heading.starts_with(' ') { "    " } else { "  " };
    if !heading.starts_with(' ') {
        line("");
    }
    line(&format!("{heading}:"));
    for own in lines.iter().take(SHOWN) {
        if wraps {
            wrapped(&format!("{indent}- "), &format!("{indent}  "), own);
        } else {
            line(&format!("{indent}{own}"));
        }
    }
    if lines.len() > SHOWN {
        line(&format!("{indent}… and {} more; {rest}", lines.len() - SHOWN));
    }
}

/// Prints text of several lines, each made harmless by itself.
pub fn lines(text: &str) {
    text.lines().for_each(line);
}

/// Prints a passage broken at spaces into lines of no more than [`WIDTH`] characters; the first begins with `first`, the others with
/// `rest`.
pub fn wrapped(first: &str, rest: &str, text: &str) {
    let mut row = first.to_string();
    let mut words_in_row = 0;
    for word in text.split_whitespace() {
        let space = usize::from(words_in_row > 0);
        if words_in_row > 0 && row.chars().count() + space + word.chars().count() > WIDTH {
            line(&row);
            row = rest.to_string();
            words_in_row = 0;
        }
        if words_in_row > 0 {
            row.push(' ');
        }
        row.push_str(word);
        words_in_row += 1;
    }
    line(&row);
}

/// Prints what `write` writes as it is, for programs that read it. Who reads no further is no error.
pub fn written(write: impl FnOnce(&mut dyn Write) -> anyhow::Result<()>) {
    let mut screen = std::io::BufWriter::new(std::io::stdout().lock());
    let _ = write(&mut screen).is_ok() && screen.flush().is_ok();
}

/// Prints bytes as they are, for programs that read them.
pub fn bytes(bytes: &[u8]) {
    let _ = std::io::stdout().lock().write_all(bytes);
}

/// Prints an error.
pub fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "quarterday: {}", keep_lines(text));
}

/// Prints a warning beside machine-readable output.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", plain(text));
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn keep_lines(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

/// Shortens a passage for the terminal.
pub fn brief(text: &str, length: usize) -> String {
    let text = one_line(text);
    if text.chars().count() <= length {
        return text;
    }
    let mut short: String = text.chars().take(length.saturating_sub(1)).collect();
    short.push('…');
    short
}
