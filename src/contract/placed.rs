//! Where on its sheet a table stands: below which title, how often, where it ends, and how its columns go by periods.

use serde::Deserialize;

use crate::domain::text::fits;

/// Rows of headings looked at where the definition does not say how many there are.
const HEADING_ROWS: u32 = 3;

/// Where on its sheet a table stands. In each text `*` stands for any words.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Placed {
    /// The titles above its headings, in all spellings: by them tables on one sheet are told apart. A table ends where the title of
    /// another begins.
    #[serde(default)]
    pub below: Vec<String>,
    /// Whether it stands once below each title that fits, one below the other or side by side.
    #[serde(default)]
    pub repeated: bool,
    /// Texts at which it ends, wherever in their row they stand.
    #[serde(default)]
    pub ends: Vec<String>,
    /// How many rows its headings may take, the lowest included.
    #[serde(default = "heading_rows")]
    pub heading_rows: u32,
    /// Whether its columns that ask for a value stand once a period, which the headings over them name.
    #[serde(default)]
    pub periods_across: bool,
}

impl Default for Placed {
    fn default() -> Self {
        Self {
            below: Vec::new(),
            repeated: false,
            ends: Vec::new(),
            heading_rows: HEADING_ROWS,
            periods_across: false,
        }
    }
}

impl Placed {
    /// Whether a text is a title that the table stands below.
    pub fn is_title(&self, text: &str) -> bool {
        self.below.iter().any(|pattern| fits(pattern, text))
    }

    /// Whether the table ends at a row that holds this text.
    pub fn is_end(&self, text: &str) -> bool {
        self.ends.iter().any(|pattern| fits(pattern, text))
    }
}

fn heading_rows() -> u32 {
    HEADING_ROWS
}
