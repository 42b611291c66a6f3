//! The templates and style sheets the program brings along.

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

/// What precedes the version in the first line of a file that was started from a built-in one.
const VERSION: &str = ", version ";

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/pages");
static MAIL: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/mail");

/// What the names of templates of e-mails begin with.
pub const OF_MAIL: &str = "mail/";

/// A template or style sheet the program brings along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// Its path below the folder of templates, with forward slashes: `pack/kpis.html`.
    pub name: String,
    /// Its text, with line ends made `\n`, so that a checkout with Windows line ends gives the same pages.
    pub text: String,
}

impl Embedded {
    /// The beginning of the SHA-256 of its text.
    pub fn version(&self) -> String {
        Sha256::digest(self.text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The text to start one's own from; its first line says from which version it was started.
    pub fn to_start_from(&self) -> String {
        let (open, close) = if self.name.ends_with(".css") { ("/*", "*/") } else { ("{#", "#}") };
        let says = "Keep this line: it tells when the built-in one has changed since.";
        format!("{open} Started from {}{VERSION}{}. {says} {close}\n{}", self.name, self.version(), self.text)
    }

    /// Whether `text` says that it was started from another version of this one; without a word of it nothing is known.
    pub fn has_changed_since(&self, text: &str) -> bool {
        let first = text.lines().next().unwrap_or_default();
        let version = first.split_once(VERSION).map(|(_, rest)| rest);
        version.is_some_and(|version| !version.starts_with(&self.version()))
    }
}

/// All of them, in order of name.
pub fn embedded() -> Vec<Embedded> {
    let mut folders = vec![("", &TEMPLATES), (OF_MAIL, &MAIL)];
    let mut all = Vec::new();
    while let Some((above, folder)) = folders.pop() {
        folders.extend(folder.dirs().map(|dir| (above, dir)));
        for file in folder.files() {
            let name = format!("{above}{}", file.path().to_string_lossy().replace('\\', "/"));
            if let Some(text) = file.contents_utf8() {
                all.push(Embedded { name, text: text.replace("\r\n", "\n") });
            }
        }
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_started_from_a_built_in_one_says_when_that_has_changed() {
        for own in embedded() {
            let started = own.to_start_from();
            assert!(started.ends_with(&own.text) && !own.has_changed_since(&started), "{}", own.name);
            let newer = Embedded { text: format!("{} ", own.text), ..own.clone() };
            assert!(newer.has_changed_since(&started));
            assert!(!newer.has_changed_since(&own.text));
        }
    }

    #[test]
    fn every_file_is_a_style_sheet_or_of_a_kind_that_is_escaped() {
        let all = embedded();
        assert!(all.iter().any(|own| own.name == "pack.html"));
        for Embedded { name, .. } in &all {
            let is_mail = name.starts_with(OF_MAIL) && name.ends_with(".txt");
            assert!(is_mail || name.ends_with(".html") || name.ends_with(".css"), "{name}");
            assert_eq!(is_mail, name.starts_with(OF_MAIL), "{name}");
        }
    }
}
