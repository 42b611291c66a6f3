//! Who holds a lock: which computer, which user, which process. Written as a few lines that people can read as well.

use sysinfo::System;

use crate::domain::text::one_line;

/// Longest name that is taken from a file others may have written, in characters.
const LONGEST: usize = 64;

/// Who holds a lock; what is not known is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holder {
    /// The computer's name.
    pub computer: Option<String>,
    /// The user's name there.
    pub user: Option<String>,
    /// The number of the process there.
    pub process: Option<String>,
    /// Since when, in words.
    pub since: Option<String>,
}

impl Holder {
    /// This process, since then.
    pub fn this(since: Option<String>) -> Self {
        let user = ["USERNAME", "USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
        Self {
            computer: System::host_name().and_then(|name| said(&name)),
            user: user.and_then(|name| said(&name)),
            process: Some(std::process::id().to_string()),
            since,
        }
    }

    /// As it stands in a file.
    pub fn lines(&self) -> String {
        let lines = [
            ("Computer", &self.computer),
            ("User", &self.user),
            ("Process", &self.process),
            ("Since", &self.since),
        ];
        let line = |(key, value): (&str, &Option<String>)| Some(format!("{key}: {}\n", value.as_ref()?));
        lines.into_iter().filter_map(line).collect()
    }

    /// What stands in a file; lines that say something else are passed over.
    pub fn read(text: &str) -> Self {
        let value = |key: &str| {
            text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':')).and_then(said)
        };
        Self {
            computer: value("Computer"),
            user: value("User"),
            process: value("Process"),
            since: value("Since"),
        }
    }

    /// ` by pat on LAPTOP-12 (process 4312) since 14:02 on 3 March 2026`; empty where nothing is known.
    pub fn words(&self) -> String {
        let part = |before: &str, value: &Option<String>, after: &str| {
            value.as_ref().map(|value| format!("{before}{value}{after}")).unwrap_or_default()
        };
        [
            part(" by ", &self.user, ""),
            part(" on ", &self.computer, ""),
            part(" (process ", &self.process, ")"),
            part(" since ", &self.since, ""),
        ]
        .concat()
    }
}

/// A name on one line, no longer than names are; `None` where nothing is left of it.
fn said(text: &str) -> Option<String> {
    let text: String = one_line(text).chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_who_and_since_when() {
        let name = |text: &str| Some(text.to_string());
        let whole = Holder {
            computer: name("LAPTOP-12"),
            user: name("pat"),
            process: name("4312"),
            since: name("14:02 on 3 March 2026"),
        };
        assert_eq!(whole.words(), " by pat on LAPTOP-12 (process 4312) since 14:02 on 3 March 2026");
        assert_eq!(Holder::read(&whole.lines()), whole);
        assert_eq!(Holder::default().words(), "");
        let some = Holder { computer: None, since: None, ..whole };
        assert_eq!(some.words(), " by pat (process 4312)");
    }

    #[test]
    fn takes_little_from_a_file_others_may_have_written() {
        for text in ["", "nothing of the kind", "User:", "User: \u{1b}\u{7}\n", "Computer\nUser"] {
            assert_eq!(Holder::read(text), Holder::default(), "{text:?}");
        }
        let long = Holder::read(&format!("User: a\u{1b}[2J {}\r\nProcess: 1\r\n", "b".repeat(500)));
        assert_eq!(long.user.as_ref().map(|user| user.chars().count()), Some(LONGEST));
        assert!(long.user.is_some_and(|user| user.starts_with("a[2J b")));
        assert_eq!(long.process.as_deref(), Some("1"));
    }

    #[test]
    fn knows_this_process() {
        let this = Holder::this(None);
        assert_eq!(this.process, Some(std::process::id().to_string()));
        assert_eq!(this.since, None);
    }
}
