//! The templates and style sheets the program brings along.

use include_dir::{Dir, include_dir};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/pages");

/// A template or style sheet the program brings along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// Its path below the folder of templates, with forward slashes: `pack/kpis.html`.
    pub name: String,
    /// Its text, with line ends made `\n`, so that a checkout with Windows line ends gives the same pages.
    pub text: String,
}

/// All of them, in order of name.
pub fn embedded() -> Vec<Embedded> {
    let mut folders = vec![&TEMPLATES];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
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
    fn every_file_is_a_style_sheet_or_of_a_kind_that_is_escaped() {
        let all = embedded();
        assert!(all.iter().any(|own| own.name == "pack.html"));
        for Embedded { name, .. } in &all {
            assert!(name.ends_with(".html") || name.ends_with(".css"), "{name}");
        }
    }
}
