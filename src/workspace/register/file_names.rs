//! How the register names files: by name alone, or by path below `returns/`, as people type them.

/// A file as the register names it, in the one form that is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileName(String);

impl FileName {
    /// Takes `returns/a/b.xlsx`, `a\B.xlsx` or `b.xlsx`.
    pub(super) fn new(text: &str) -> Self {
        let path = text.trim().replace('\\', "/").to_lowercase();
        let path = path.trim_start_matches("./").trim_start_matches('/');
        Self(path.strip_prefix("returns/").unwrap_or(path).to_string())
    }

    /// Whether it is a name without folders, which fits a file in any folder.
    pub(super) fn is_bare(&self) -> bool {
        !self.0.contains('/')
    }

    /// The name without folders.
    pub(super) fn bare(&self) -> FileName {
        Self(self.0.rsplit('/').next().unwrap_or_default().to_string())
    }

    /// Whether it means the file at the path `other`.
    pub(super) fn means(&self, other: &FileName) -> bool {
        self == other || (self.is_bare() && *self == other.bare())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_files_as_people_type_them() {
        for (written, file, means) in [
            ("b.xlsx", "returns/a/b.xlsx", true),
            ("B.XLSX ", "returns/a/b.xlsx", true),
            ("a\\b.xlsx", "returns/a/b.xlsx", true),
            ("Returns/a/b.xlsx", "returns/a/b.xlsx", true),
            (".\\returns\\a\\b.xlsx", "returns/a/b.xlsx", true),
            ("b.xlsx", "returns/b.xlsx", true),
            ("c/b.xlsx", "returns/a/b.xlsx", false),
            ("a/b.xlsx", "returns/c/a/b.xlsx", false),
            ("b", "returns/a/b.xlsx", false),
            ("a/b.xlsx", "returns/b.xlsx", false),
        ] {
            assert_eq!(FileName::new(written).means(&FileName::new(file)), means, "{written} {file}");
        }
    }
}
