//! A longer period's figure is the sum of its shorter ones.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "sum-of-periods",
    family: Family::Check,
    summary: "The denominator of a KPI equals the sum of a monthly figure over the KPI's period.",
    documentation: "\
Settings: `kpis`, whose denominators are checked; `table` (form/table), `item` and `column` of the shorter periods' figure; \
`may-leave-out`, rows that may or may not be counted in; `finding`, the code to report.

Nothing is said unless every one of the shorter periods has the figure. The finding stands at the KPI's denominator.

Example: `sum-of-periods = { kpis = [\"8\"], table = \"f/t\", item = \"closed\", column = \"total\", finding = \"denominator-not-sum-of-months\" }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SumOfPeriods {
    /// KPIs whose denominators are checked.
    pub kpis: Vec<String>,
    /// Form and table of the shorter periods.
    pub table: String,
    /// The row that is summed.
    pub item: String,
    /// The column that is summed.
    pub column: String,
    /// Rows that a denominator may rightly leave out.
    #[serde(default)]
    pub may_leave_out: Vec<String>,
    /// The code to report.
    pub finding: String,
}

impl SumOfPeriods {
    /// The rows whose figures are needed of each shorter period.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.item).chain(&self.may_leave_out).map(String::as_str)
    }

    /// The least and the most the denominator can be, given each shorter period's figures by row; `None` where one is
    /// missing.
    pub fn range(&self, periods: &[BTreeMap<&str, Quantity>]) -> Option<(Quantity, Quantity)> {
        let (mut least, mut most) = (Quantity::ZERO, Quantity::ZERO);
        for period in periods {
            let whole = *period.get(self.item.as_str())?;
            most += whole;
            least += whole;
            for item in &self.may_leave_out {
                least -= period.get(item.as_str())?;
            }
        }
        (!periods.is_empty()).then_some((least, most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_cases() {
        let rule: SumOfPeriods = toml::from_str(
            "kpis = ['5']\ntable = 'f/t'\nitem = 'new'\ncolumn = 'total'\nmay-leave-out = ['rejected']\nfinding = 'x'",
        )
        .unwrap();
        let month = |new: i64, rejected: Option<i64>| {
            let rejected = rejected.map(|rejected| ("rejected", Quantity::from(rejected)));
            std::iter::once(("new", Quantity::from(new))).chain(rejected).collect::<BTreeMap<_, _>>()
        };
        let (a, b) = (month(10, Some(1)), month(12, Some(0)));
        assert_eq!(rule.range(&[a.clone(), b.clone(), month(8, Some(2))]), Some((27.into(), 30.into())));
        assert_eq!(rule.range(&[a, b, month(8, None)]), None);
        assert_eq!(rule.range(&[]), None);
    }
}
