//! What those are called who are under a contract.

use serde::{Deserialize, Serialize};

/// What those are called who are under the contract: providers, or contracts where contracts are reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
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
