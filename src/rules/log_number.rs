//! Numbers counted from the records of a log.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::log_share::Met;
use super::{Family, RuleKind};
use crate::domain::text::fold;

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

/// The different entries of a column, told apart whatever their letter case and spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Different {
    names: BTreeSet<String>,
    /// Entries that name nothing, or may not belong to the period.
    pub unknown: u32,
}

/// What a count of different entries comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOf {
    /// No fewer than `least` and no more than `most` of them.
    Between {
        /// Those that are certain.
        least: u32,
        /// With every entry that cannot be told, as far as there are things to name.
        most: u32,
    },
    /// More are named than there are.
    TooMany(u32),
}

impl Different {
    /// Counts an entry.
    pub fn take(&mut self, name: &str) {
        match fold(name) {
            name if name.is_empty() => self.unknown += 1,
            name => {
                self.names.insert(name);
            }
        }
    }

    /// What it comes to where there are `of`.
    pub fn out_of(&self, of: u32) -> OutOf {
        let named = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        if named > of {
            return OutOf::TooMany(named);
        }
        OutOf::Between { least: named, most: named.saturating_add(self.unknown).min(of) }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn table_of_cases() {
        let between = |least, most| OutOf::Between { least, most };
        for (names, unknown, of, expected) in [
            (&["Ash", "Elm", "Oak"][..], 0, 3, between(3, 3)),
            (&["Ash", "Elm"], 0, 3, between(2, 2)),
            // Visited twice counts once, however it is spelt.
            (&["Ash House", " ASH\u{a0}house ", "Elm"], 0, 3, between(2, 2)),
            (&["Ash", ""], 0, 3, between(1, 2)),
            (&["Ash"], 5, 3, between(1, 3)),
            (&[], 0, 6, between(0, 0)),
            (&["Ash", "Ashe", "Elm", "Oak"], 0, 3, OutOf::TooMany(4)),
        ] {
            let mut different = Different { unknown, ..Different::default() };
            names.iter().for_each(|name| different.take(name));
            assert_eq!(different.out_of(of), expected, "{names:?} of {of}");
        }
    }

    proptest! {
        #[test]
        fn never_more_than_there_are(names in prop::collection::vec("[a-c]{0,2}", 0..12), unknown in 0u32..5, of in 0u32..10) {
            let mut different = Different { unknown, ..Different::default() };
            names.iter().for_each(|name| different.take(name));
            if let OutOf::Between { least, most } = different.out_of(of) {
                prop_assert!(least <= most && most <= of);
            }
        }
    }
}
