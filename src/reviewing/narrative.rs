//! The provider's narrative, as written.

use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::contract::layout::{Asks, Layout, Row};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::review::Passage;

/// Passages in the form's order, area by area.
pub fn passages(case: &Case<'_>, slots: &[&Slot<'_>]) -> Vec<Passage> {
    let mut passages = Vec::new();
    for form in &case.contract.forms {
        for table in form.tables.iter().filter(|table| matches!(table.layout, Layout::Narrative(_))) {
            for slot in slots.iter().filter(|slot| slot.form.id == form.id) {
                passages.extend(table.rows.iter().filter_map(|row| passage(table, row, slot)));
            }
        }
    }
    passages
}

/// What the rated return of `slot` says in a row of a narrative; `None` where there is no return, or none of the row in it.
pub fn passage(table: &Table, row: &Row, slot: &Slot<'_>) -> Option<Passage> {
    let version = slot.rated()?;
    let own = |asks| {
        let column = table.column_asking(asks).map(|column| column.id.as_str());
        version
            .mapped
            .observations
            .iter()
            .filter(|o| o.table == table.id && o.row == row.id && Some(o.column.as_str()) == column)
            .collect::<Vec<_>>()
    };
    let written = own(Asks::Text);
    let first = written.iter().find(|o| !o.answer.is_blank()).or(written.first())?;
    let asked: Vec<&str> = own(Asks::Comment).iter().map(|o| o.shown.as_str()).collect();
    Some(Passage {
        title: row.labels.first().cloned().unwrap_or_default(),
        area: slot.submission.area.clone(),
        asked: asked.join("\n"),
        paragraphs: written
            .iter()
            .filter(|o| !matches!(o.answer, Answer::Blank | Answer::Unanswered))
            .flat_map(|o| o.shown.lines().map(str::trim).filter(|line| !line.is_empty()))
            .map(Into::into)
            .collect(),
        place: Some(first.place.clone()),
    })
}
