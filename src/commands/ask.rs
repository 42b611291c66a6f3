//! The one place where a question is put to the person at the keyboard and the answer read.

use std::io::{BufRead, IsTerminal, Read};

use super::screen;

/// Longest answer that is read, in bytes.
const LONGEST: u64 = 1_000;

/// Whether there is a person to ask: both what is shown and what is typed go to a terminal.
pub fn somebody_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Puts a question to which only a plain yes is one. The end of input is a no.
pub fn yes(question: &str) -> bool {
    screen::prompt(&format!("{question} [y/N]"));
    let mut answer = String::new();
    let read = std::io::stdin().lock().take(LONGEST).read_line(&mut answer);
    read.is_ok() && is_yes(&answer)
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_is_one() {
        for (answer, yes) in [
            ("y\n", true),
            ("Y\r\n", true),
            (" yes \n", true),
            ("YES", true),
            ("", false),
            ("\n", false),
            ("n\n", false),
            ("yes please\n", false),
            ("ye\n", false),
            ("j\n", false),
            ("1\n", false),
        ] {
            assert_eq!(is_yes(answer), yes, "{answer:?}");
        }
    }
}
