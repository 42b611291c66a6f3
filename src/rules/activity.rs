//! Where there are active cases there are hours.

use serde::Deserialize;

use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "activity",
    family: Family::Check,
    summary: "A figure is greater than zero wherever others are.",
    documentation: "\
Settings: `table` (form/table); `item`, the row that must be greater than zero; `where-any`, the rows any of which makes it so.

Compared column by column; a figure that was not supplied is not zero and says nothing here. The finding is an error at the \
figure.

Example: `activity = { table = \"f/t\", item = \"hours\", where-any = [\"open\", \"new\"] }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Activity {
    /// Form and table.
    pub table: String,
    /// The row that must be greater than zero.
    pub item: String,
    /// Rows any of which, when greater than zero, calls for it.
    pub where_any: Vec<String>,
}

impl Activity {
    /// Whether the figures contradict each other.
    pub fn is_contradicted(&self, figure: impl Fn(&str) -> Option<Quantity>) -> bool {
        figure(&self.item).is_some_and(|value| value.is_zero())
            && self.where_any.iter().any(|item| figure(item).is_some_and(|value| value > Quantity::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_cases() {
        let rule: Activity =
            toml::from_str("table = 'f/t'\nitem = 'hours'\nwhere-any = ['open', 'new']").unwrap();
        for (hours, open, new, contradicted) in [
            (Some(0), Some(3), Some(0), true),
            (Some(0), Some(0), Some(1), true),
            (Some(0), Some(0), Some(0), false),
            (Some(1), Some(3), Some(1), false),
            (None, Some(3), Some(1), false),
            (Some(0), None, None, false),
        ] {
            let figure = |item: &str| {
                let value: Option<i64> = match item {
                    "hours" => hours,
                    "open" => open,
                    _ => new,
                };
                value.map(Quantity::from)
            };
            assert_eq!(rule.is_contradicted(figure), contradicted, "{hours:?} {open:?} {new:?}");
        }
    }
}
