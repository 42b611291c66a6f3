//! A stated figure is the sum of a column over the records of another table.

use serde::Deserialize;

use super::{Family, RuleKind};
use crate::domain::quantity::Quantity;

/// This rule kind.
pub static KIND: RuleKind = RuleKind {
    name: "sum-of-records",
    family: Family::Check,
    summary: "A stated figure equals the sum of a column over the records of another table of the form.",
    documentation: "\
Settings: `table` (form/table), which states the figures; `of`, the table of the same form whose records are summed; `figures`, \
each with the `row` and the `part` of the stated figure (`numerator`, `denominator` or `result`) and the `column` that is summed.

Nothing is compared where the stated figure or one of the records' is blank or cannot be read, nor where there are no records; a \
row that is not asked for in the period says nothing. The finding is an error at the stated figure and names the cells that were \
added up.

Example: `sum-of-records = { table = \"f/kpis\", of = \"schemes\", figures = [{ row = \"5\", part = \"numerator\", column = \"delivered\" }] }`",
};

/// Settings of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SumOfRecords {
    /// Form and table that states the figures.
    pub table: String,
    /// The table of the same form whose records are summed.
    pub of: String,
    /// What is compared with what.
    pub figures: Vec<Summed>,
}

/// A stated figure and the column that makes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Summed {
    /// The row that states it.
    pub row: String,
    /// Which part of the row.
    pub part: Part,
    /// The column that is summed.
    pub column: String,
}

/// A part of a stated figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The numerator.
    Numerator,
    /// The denominator.
    Denominator,
    /// The result.
    Result,
}

impl Part {
    /// For people.
    pub fn word(self) -> &'static str {
        match self {
            Part::Numerator => "numerator",
            Part::Denominator => "denominator",
            Part::Result => "result",
        }
    }
}

/// The sum the records come to, where it is another than the `stated` figure. `None` where they agree, or where nothing can be said:
/// there are no records, or one of them has no figure.
pub fn other_sum(stated: Quantity, records: &[Option<Quantity>]) -> Option<Quantity> {
    let figures: Option<Vec<Quantity>> = records.iter().copied().collect();
    let sum: Quantity = figures.filter(|figures| !figures.is_empty())?.iter().sum();
    (sum != stated).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_cases() {
        let d = |text: &str| -> Quantity { text.parse().unwrap() };
        for (stated, records, other) in [
            ("30", vec![Some("10"), Some("20")], None),
            ("30.5", vec![Some("10.25"), Some("20.25")], None),
            ("31", vec![Some("10.25"), Some("20.25")], Some("30.5")),
            ("0", vec![Some("0"), Some("0")], None),
            ("0", vec![Some("1")], Some("1")),
            ("30", vec![Some("10"), None], None),
            ("30", vec![None], None),
            ("30", vec![], None),
        ] {
            let own: Vec<Option<Quantity>> = records.iter().map(|text| text.map(d)).collect();
            assert_eq!(other_sum(d(stated), &own), other.map(d), "{stated} {records:?}");
        }
    }

    #[test]
    fn several_figures_stand_in_one_check() {
        let rule: SumOfRecords = toml::from_str(
            "table = 'f/kpis'\nof = 'schemes'\nfigures = [{ row = '5', part = 'numerator', column = 'delivered' }, \
             { row = '5', part = 'denominator', column = 'commissioned' }]",
        )
        .unwrap();
        assert_eq!(
            rule.figures.iter().map(|own| own.part.word()).collect::<Vec<_>>(),
            ["numerator", "denominator"]
        );
        assert!(
            toml::from_str::<SumOfRecords>(
                "table = 'f/t'\nof = 's'\nfigures = [{ row = '1', part = 'whole', column = 'c' }]"
            )
            .is_err()
        );
    }
}
