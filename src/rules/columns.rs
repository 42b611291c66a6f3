//! Column names as definitions write them: one, or several.

use serde::Deserialize;

/// One or more columns; never none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Columns {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Columns {
    /// Their names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        match self {
            Columns::One(name) => std::slice::from_ref(name),
            Columns::Several(names) => names.as_slice(),
        }
        .iter()
        .map(String::as_str)
    }
}
