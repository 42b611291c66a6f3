//! File and folder names that are legal on Windows, made out of any text.

use std::collections::{BTreeMap, BTreeSet};

use super::sha256;

/// Most characters of a name; deep folders must stay below the 218 characters Excel opens.
const LONGEST: usize = 80;
/// Most bytes of a name in UTF-8; other systems allow 255 with whatever is added later.
const LONGEST_BYTES: usize = 200;
/// Names that Windows keeps for devices, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A legal name for one file or folder out of any text: one part of a path, never empty, never `.` or
/// `..`, at most 80 characters. Unicode is kept; a short extension survives the cut.
/// Two texts may become the same name; see [`distinct`].
pub fn legal_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => name.push('-'),
            c if is_invisible(c) => {}
            c if c.is_whitespace() || c.is_control() => {
                if !name.ends_with(' ') {
                    name.push(' ');
                }
            }
            c => name.push(c),
        }
    }
    let mut name = trimmed(&name).to_string();
    if is_device(&name) {
        name.insert(0, '_');
    }
    let name = shortened(&name);
    if name.is_empty() { "unnamed".to_string() } else { name }
}

/// A legal name for each text, all different in Windows' eyes, which do not tell upper from lower case.
/// Texts that would share a name get a few digits of their own hash behind it, whatever the order and
/// whichever other texts there are.
pub fn distinct<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<String, String> {
    let texts: BTreeSet<&str> = texts.into_iter().collect();
    let mut sharing: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for text in &texts {
        sharing.entry(legal_name(text).to_lowercase()).or_default().push(text);
    }
    let mut taken: BTreeSet<String> = sharing.keys().cloned().collect();
    let mut names = BTreeMap::new();
    for group in sharing.values() {
        for text in group {
            let plain = legal_name(text);
            let name = if group.len() == 1 {
                plain
            } else {
                let hash = sha256(text.as_bytes());
                // Only a name made to look like another's hash needs more than the first six digits.
                [6, 12, 24, hash.len()]
                    .iter()
                    .map(|digits| with_suffix(&plain, &hash[..*digits]))
                    .find(|name| !taken.contains(&name.to_lowercase()))
                    .unwrap_or_else(|| with_suffix(&plain, &hash))
            };
            taken.insert(name.to_lowercase());
            names.insert(text.to_string(), name);
        }
    }
    names
}

fn with_suffix(name: &str, suffix: &str) -> String {
    let (stem, extension) = split_extension(name);
    format!("{} ({suffix}){extension}", trimmed(stem))
}

/// Stem and extension with its dot; the extension is empty when what follows the last dot is none.
fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 => {
            let extension = &name[dot + 1..];
            let is_extension =
                (1..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric());
            if is_extension { name.split_at(dot) } else { (name, "") }
        }
        _ => (name, ""),
    }
}

fn shortened(name: &str) -> String {
    let (stem, extension) = split_extension(name);
    let mut cut = String::new();
    for c in stem.chars().take(LONGEST - extension.len()) {
        if cut.len() + c.len_utf8() + extension.len() > LONGEST_BYTES {
            break;
        }
        cut.push(c);
    }
    if cut.len() == stem.len() {
        return name.to_string();
    }
    format!("{}{extension}", trimmed(&cut))
}

/// Without dots and spaces at either end: Windows drops those behind, other systems hide names by those
/// in front.
fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c == '.' || c.is_whitespace())
}

/// Marks that show nothing, or turn the direction of what follows: a name must be what it looks like.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim().to_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|rest| {
            let mut rest = rest.chars();
            matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn makes_names_windows_takes() {
        for (text, name) in [
            ("Harbour Advocacy", "Harbour Advocacy"),
            ("Ysgol Tŷ Coch – 2025", "Ysgol Tŷ Coch – 2025"),
            ("CON", "_CON"),
            ("nul.xlsx", "_nul.xlsx"),
            ("Com1 .tar.gz", "_Com1 .tar.gz"),
            ("COM¹", "_COM¹"),
            ("COM10", "COM10"),
            ("Console", "Console"),
            ("a/b\\c:d", "a-b-c-d"),
            ("../../etc", "-..-etc"),
            ("..", "unnamed"),
            (" . ", "unnamed"),
            ("", "unnamed"),
            ("Northgate Ltd.", "Northgate Ltd"),
            ("tab\there\r\nthere", "tab here there"),
            ("fdp\u{202e}xslx.exe", "fdpxslx.exe"),
            ("?", "-"),
        ] {
            assert_eq!(legal_name(text), name, "{text:?}");
        }
    }

    #[test]
    fn cuts_long_names_and_keeps_the_extension() {
        assert_eq!(legal_name(&"a".repeat(80)).len(), 80);
        assert_eq!(legal_name(&"a".repeat(81)).len(), 80);
        let name = legal_name(&format!("{}.xlsx", "a".repeat(300)));
        assert_eq!((name.len(), name.ends_with("a.xlsx")), (80, true));
        assert!(legal_name(&"\u{10348}".repeat(80)).len() <= LONGEST_BYTES);
        assert_eq!(legal_name(&format!("{} b", "a".repeat(79))), "a".repeat(79));
    }

    #[test]
    fn texts_that_share_a_name_are_told_apart() {
        let names = distinct(["Harbour", "HARBOUR", "Other", "Other"]);
        assert_eq!(names["Other"], "Other");
        assert_eq!(names.len(), 3);
        assert!(names["Harbour"].starts_with("Harbour ("));
        assert_ne!(names["Harbour"].to_lowercase(), names["HARBOUR"].to_lowercase());
        assert_eq!(names, distinct(["Other", "HARBOUR", "Harbour"]));
        assert!(distinct(["a/b.xlsx", "a:b.xlsx"])["a/b.xlsx"].ends_with(").xlsx"));
        // A text that looks like another's name with its hash.
        let made = names["Harbour"].clone();
        let names = distinct(["Harbour", "HARBOUR", made.as_str()]);
        assert_eq!(names.values().map(|name| name.to_lowercase()).collect::<BTreeSet<_>>().len(), 3);
    }

    fn any_text() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[ .]{0,3}(con|nul|COM1|lpt²|a)[ .]{0,2}[a-z.]{0,8}",
            "[./\\\\:*?\"<>|a ]{0,100}",
            "(..[/\\\\]){0,4}[a-z]{0,90}\\.?[a-z]{0,6}",
        ]
    }

    proptest! {
        #[test]
        fn any_text_makes_a_legal_name(text in any_text()) {
            let name = legal_name(&text);
            prop_assert!(!name.is_empty());
            prop_assert!(name.chars().count() <= LONGEST && name.len() <= LONGEST_BYTES);
            prop_assert!(!name.chars().any(|c| c.is_control() || "<>:\"/\\|?*".contains(c)));
            prop_assert!(!name.ends_with(['.', ' ']) && !name.starts_with(['.', ' ']));
            prop_assert!(!is_device(&name));
            prop_assert_eq!(std::path::Path::new(&name).components().count(), 1);
            prop_assert_eq!(legal_name(&name), name.clone(), "made twice it is the same");
        }

        #[test]
        fn distinct_names_are_distinct(texts in prop::collection::vec("[aA/:. ]{0,4}", 0..8)) {
            let names = distinct(texts.iter().map(String::as_str));
            let texts: BTreeSet<_> = texts.iter().collect();
            let lower: BTreeSet<_> = names.values().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(lower.len(), texts.len());
        }
    }
}
