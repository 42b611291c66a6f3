//! What is carried forward follows from the period before.

use serde::Deserialize;

use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "carried-forward",
    family: Family::Check,
    summary: "What is carried forward follows from the period before: its own opening, plus, less.",
    documentation: "\
Settings: `table` (form/table); `item`, the row carried forward; `plus` and `minus`, the rows that move it.

The figure is compared, column by column, with the form's own figures of the period before. Where any of them was not \
supplied nothing is said. The finding is a warning at the figure.

Example: `carried-forward = { table = \"f/t\", item = \"open\", plus = [\"new\"], minus = [\"closed\"] }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CarriedForward {
    /// Form and table.
    pub table: String,
    /// The row carried forward.
    pub item: String,
    /// Rows of the period before that add to it.
    pub plus: Vec<String>,
    /// Rows of the period before that take from it.
    pub minus: Vec<String>,
}

impl CarriedForward {
    /// What should be carried forward, given the figures of the period before; `None` where one is missing.
    pub fn expected(&self, before: impl Fn(&str) -> Option<Quantity>) -> Option<Quantity> {
        let mut expected = before(&self.item)?;
        for item in &self.plus {
            expected += before(item)?;
        }
        for item in &self.minus {
            expected -= before(item)?;
        }
        Some(expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_cases() {
        let rule: CarriedForward = toml::from_str(
            "table = 'f/t'\nitem = 'open'\nplus = ['new']\nminus = ['rejected', 'closed', 'withdrawn']",
        )
        .unwrap();
        let month = |open: Option<i64>, new, rejected, closed, withdrawn| {
            rule.expected(|item| {
                let value: Option<i64> = match item {
                    "open" => open,
                    "new" => Some(new),
                    "rejected" => Some(rejected),
                    "closed" => Some(closed),
                    "withdrawn" => Some(withdrawn),
                    _ => None,
                };
                value.map(Quantity::from)
            })
        };
        assert_eq!(month(Some(40), 12, 2, 10, 1), Some(39.into()));
        assert_eq!(month(Some(0), 0, 0, 0, 0), Some(0.into()));
        assert_eq!(month(None, 12, 2, 10, 1), None);
    }
}
