//! Numbers counted from the records of a log.

use serde::Deserialize;

use super::log_share::Met;
use super::{Family, RuleKind};

/// How many different entries a column has, of so many there are.
pub static DISTINCT: RuleKind = RuleKind {
    name: "distinct",
    family: Family::Measure,
    summary: "The share of so many things that stand in the log at least once.",
    documentation: "\
Settings: `column`, whose entries are told apart; `of`, the contract's parameter that says how many there are.

An entry that stands in the log twice counts once. More different entries than there are things is a finding, and no figure. \
Until the period is over, a share that is not complete is provisional.

Example: `distinct = { column = \"unit\", of = \"units\" }`",
};

/// How many records meet a condition.
pub static NUMBER: RuleKind = RuleKind {
    name: "number",
    family: Family::Measure,
    summary: "The number of records that meet a condition.",
    documentation: "\
Settings: `met`, as for shares; `nothing-without`, a date column: where no record has such a date in the period there was \
nothing to measure.

Example: `number = { met = { yes = { column = \"returned\" } }, nothing-without = \"visited\" }`",
};

/// Settings of `distinct`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Distinct {
    /// The column whose entries are told apart.
    pub column: String,
    /// The parameter that says how many there are.
    pub of: String,
}

/// Settings of `number`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Number {
    /// When a record counts.
    pub met: Met,
    /// The date column without which nothing happened that could be measured.
    pub nothing_without: Option<String>,
}
