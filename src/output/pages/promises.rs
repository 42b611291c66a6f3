//! What was promised beside what is reported, as templates get it.

use serde::Serialize;

use crate::review::promises::PromiseTable;

use super::information::Information;

/// The promises of one table of a return.
#[derive(Debug, Serialize)]
pub struct Promises {
    title: String,
    standing: String,
    /// `None` where there are no entries to show.
    table: Option<Information>,
    moved: Vec<String>,
}

impl From<&PromiseTable> for Promises {
    fn from(own: &PromiseTable) -> Self {
        let area = own.table.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
        Self {
            title: format!("{}{area}", own.table.title),
            standing: own.standing.clone(),
            table: (!own.table.rows.is_empty()).then(|| Information::from(&own.table)),
            moved: own.moved.clone(),
        }
    }
}
