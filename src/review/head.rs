//! What stands at the head of a pack: what those are called who are under the contract, and what the form says of itself.

use crate::domain::place::CellRef;

/// What those are called who are under the contract: providers, or contracts where contracts are reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// One of them.
    pub one: String,
    /// Several.
    pub many: String,
}

impl Default for Called {
    fn default() -> Self {
        Self { one: "provider".to_string(), many: "providers".to_string() }
    }
}

impl Called {
    /// Whether they are providers, who send returns and get answers.
    pub fn are_providers(&self) -> bool {
        *self == Self::default()
    }
}

/// An entry of the head of a form, such as the contract's owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadLine {
    /// What it is called.
    pub title: String,
    /// What stands there; empty where the form leaves it blank.
    pub shown: String,
    /// Where.
    pub place: CellRef,
}
