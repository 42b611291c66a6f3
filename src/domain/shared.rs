//! What many values share (the name of their file, of their sheet, their look) is written once and shared again by whoever reads it:
//! a return with a log says its file's name at every one of thousands of cells.
//!
//! Used by serde for fields that are shared. Forms made for people, such as JSON, spell each out; all others have to be written and
//! read within [`sharing`].

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::workbook::Look;

/// What was met so far, by number.
#[derive(Default)]
struct Met {
    texts: Vec<Arc<str>>,
    numbers_of_texts: BTreeMap<Arc<str>, usize>,
    looks: Vec<Arc<Look>>,
    /// By where a look lies in memory: equal looks that are not shared stay apart.
    numbers_of_looks: BTreeMap<usize, usize>,
}

thread_local! {
    static MET: RefCell<Option<Met>> = const { RefCell::new(None) };
}

/// Something met before, by its number, or for the first time.
#[derive(Serialize, Deserialize)]
enum Mention<T> {
    First(T),
    Again(usize),
}

const OUTSIDE: &str = "what is shared can be written and read within `sharing` alone";
const UNMET: &str = "something is mentioned again that was not met before";

/// Writes or reads one whole with what its values share. Two wholes share nothing with each other.
pub fn sharing<T>(work: impl FnOnce() -> T) -> T {
    let outer = MET.replace(Some(Met::default()));
    let outcome = work();
    MET.set(outer);
    outcome
}

fn met<T>(work: impl FnOnce(&mut Met) -> T) -> Result<T, &'static str> {
    MET.with_borrow_mut(|met| met.as_mut().map(work).ok_or(OUTSIDE))
}

/// Writes a text that is shared.
///
/// # Errors
/// It is written outside [`sharing`], or cannot be written.
pub fn serialize<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        return serializer.serialize_str(text);
    }
    let before = met(|met| {
        let next = met.numbers_of_texts.len();
        let number = met.numbers_of_texts.get(text).copied();
        if number.is_none() {
            met.numbers_of_texts.insert(text.clone(), next);
        }
        number
    });
    match before.map_err(S::Error::custom)? {
        Some(number) => Mention::<&str>::Again(number).serialize(serializer),
        None => Mention::First(&**text).serialize(serializer),
    }
}

/// Reads a text that is shared.
///
/// # Errors
/// It is read outside [`sharing`], or was not written so.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    if deserializer.is_human_readable() {
        return Ok(String::deserialize(deserializer)?.into());
    }
    match Mention::<String>::deserialize(deserializer)? {
        Mention::First(text) => {
            let text: Arc<str> = text.into();
            met(|met| met.texts.push(text.clone())).map_err(D::Error::custom)?;
            Ok(text)
        }
        Mention::Again(number) => met(|met| met.texts.get(number).cloned())
            .map_err(D::Error::custom)?
            .ok_or_else(|| D::Error::custom(UNMET)),
    }
}

/// A text that is shared and may be missing.
pub mod perhaps {
    use super::{Arc, Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Text(#[serde(with = "super")] Arc<str>);

    /// Writes it.
    ///
    /// # Errors
    /// As [`super::serialize`].
    pub fn serialize<S: Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
        text.clone().map(Text).serialize(serializer)
    }

    /// Reads it.
    ///
    /// # Errors
    /// As [`super::deserialize`].
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Arc<str>>, D::Error> {
        Ok(Option::<Text>::deserialize(deserializer)?.map(|text| text.0))
    }
}

/// A look that cells share.
pub mod look {
    use super::{Arc, Deserialize, Deserializer, Look, Mention, Serialize, Serializer, UNMET, met};
    use serde::de::Error as _;
    use serde::ser::Error as _;

    /// Writes it.
    ///
    /// # Errors
    /// It is written outside [`super::sharing`], or cannot be written.
    pub fn serialize<S: Serializer>(look: &Arc<Look>, serializer: S) -> Result<S::Ok, S::Error> {
        let place = Arc::as_ptr(look).addr();
        let before = met(|met| {
            let next = met.numbers_of_looks.len();
            let number = met.numbers_of_looks.get(&place).copied();
            if number.is_none() {
                met.numbers_of_looks.insert(place, next);
            }
            number
        });
        match before.map_err(S::Error::custom)? {
            Some(number) => Mention::<&Look>::Again(number).serialize(serializer),
            None => Mention::First(&**look).serialize(serializer),
        }
    }

    /// Reads it.
    ///
    /// # Errors
    /// It is read outside [`super::sharing`], or was not written so.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Look>, D::Error> {
        match Mention::<Look>::deserialize(deserializer)? {
            Mention::First(look) => {
                let look = Arc::new(look);
                met(|met| met.looks.push(look.clone())).map_err(D::Error::custom)?;
                Ok(look)
            }
            Mention::Again(number) => met(|met| met.looks.get(number).cloned())
                .map_err(D::Error::custom)?
                .ok_or_else(|| D::Error::custom(UNMET)),
        }
    }
}
