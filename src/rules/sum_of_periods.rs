//! A longer period's figure is the sum of its shorter ones.

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
    /// The least and the most the denominator can be, given one closure per shorter period; `None` where one is missing.
    pub fn range(&self, periods: &[&dyn Fn(&str) -> Option<Quantity>]) -> Option<(Quantity, Quantity)> {
        let (mut least, mut most) = (Quantity::ZERO, Quantity::ZERO);
        for period in periods {
            let whole = period(&self.item)?;
            most += whole;
            least += whole;
            for item in &self.may_leave_out {
                least -= period(item)?;
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
            move |item: &str| -> Option<Quantity> {
                if item == "new" { Some(new.into()) } else { rejected.map(Quantity::from) }
            }
        };
        let (a, b, c, unknown) = (month(10, Some(1)), month(12, Some(0)), month(8, Some(2)), month(8, None));
        assert_eq!(rule.range(&[&a, &b, &c]), Some((27.into(), 30.into())));
        assert_eq!(rule.range(&[&a, &b, &unknown]), None);
        assert_eq!(rule.range(&[]), None);
    }
}
