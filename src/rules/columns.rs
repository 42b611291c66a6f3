//! Column names as definitions write them: one, or several.

use serde::Deserialize;

/// One or more columns; never none.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub enum Columns {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Several(Vec<String>),
}

impl TryFrom<Written> for Columns {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, &'static str> {
        match written {
            Written::One(name) => Ok(Self::One(name)),
            Written::Several(names) if names.is_empty() => Err("name at least one column"),
            Written::Several(names) => Ok(Self::Several(names)),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Case {
        to: Columns,
    }

    #[test]
    fn one_or_more_and_never_none() {
        for (text, names) in [("to = \"a\"", vec!["a"]), ("to = [\"a\", \"b\"]", vec!["a", "b"])] {
            let case: Case = toml::from_str(text).unwrap();
            assert_eq!(case.to.names().collect::<Vec<_>>(), names);
        }
        let error = toml::from_str::<Case>("to = []").err().unwrap();
        assert!(error.message().contains("name at least one column"), "{error}");
    }
}
