//! That a pack was issued, and what has changed since, as templates get it.

use serde::Serialize;

use crate::domain::period::long_date;
use crate::review::issued::Issued;

/// What was sent out.
#[derive(Debug, Serialize)]
pub struct Sent {
    sentence: String,
    as_of: String,
    note: Option<String>,
    changed: Vec<String>,
    earlier: Vec<String>,
    folder: String,
}

/// What was sent out of a pack.
pub fn sent(own: &Issued) -> Sent {
    Sent {
        sentence: own.sentence(),
        as_of: long_date(own.as_of),
        note: own.note.clone(),
        changed: own.changed.clone(),
        earlier: own
            .earlier
            .iter()
            .map(|(number, day)| format!("Issue {number}, {}", long_date(*day)))
            .collect(),
        folder: own.folder.clone(),
    }
}
