//! The text of a cell, which many cells share: a log of 200,000 rows says the same few things in most of its columns.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text, which takes no more memory where it stands in many cells.
#[derive(Clone)]
pub struct CellText(Arc<str>);

impl CellText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for CellText {
    fn default() -> Self {
        Self(Arc::from(""))
    }
}

impl Deref for CellText {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl From<String> for CellText {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for CellText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl PartialEq for CellText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for CellText {}

impl PartialEq<str> for CellText {
    fn eq(&self, other: &str) -> bool {
        **self == *other
    }
}

impl PartialEq<&str> for CellText {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Debug for CellText {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, to)
    }
}

impl fmt::Display for CellText {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, to)
    }
}

impl Serialize for CellText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for CellText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_compared_shown_and_kept_as_the_text_it_is() {
        let text = CellText::from("first£second");
        assert_eq!((text.clone(), text.len()), ("first£second".to_string().into(), 13));
        assert_eq!((text.to_string().as_str(), format!("{text:?}").as_str()), (&*text, "\"first£second\""));
        assert_ne!(text, CellText::default());
        assert_eq!(CellText::default(), "");
        let coded = postcard::to_allocvec(&text).unwrap();
        assert_eq!(coded, postcard::to_allocvec("first£second").unwrap());
        assert_eq!(postcard::from_bytes::<CellText>(&coded).unwrap(), text);
    }
}
