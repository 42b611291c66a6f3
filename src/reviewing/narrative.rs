//! The provider's narrative, as written.

use crate::assess::Case;
use crate::assess::submissions::Slot;
use crate::contract::layout::{Asks, Layout};
use crate::domain::answer::Answer;
use crate::review::Passage;

/// Passages in the form's order, area by area.
pub fn passages(case: &Case<'_>, slots: &[&Slot<'_>]) -> Vec<Passage> {
    let mut passages = Vec::new();
    for form in &case.contract.forms {
        for table in form.tables.iter().filter(|table| matches!(table.layout, Layout::Narrative(_))) {
            let column = |asks| table.column_asking(asks).map(|column| column.id.as_str());
            for slot in slots.iter().filter(|slot| slot.form.id == form.id) {
                let Some(version) = slot.rated() else { continue };
                for row in &table.rows {
                    let own = |id: Option<&str>| {
                        version
                            .mapped
                            .observations
                            .iter()
                            .filter(|o| {
                                o.table == table.id && o.row == row.id && Some(o.column.as_str()) == id
                            })
                            .collect::<Vec<_>>()
                    };
                    let written = own(column(Asks::Text));
                    let Some(first) = written.iter().find(|o| !o.answer.is_blank()).or(written.first())
                    else {
                        continue;
                    };
                    let asked: Vec<&str> =
                        own(column(Asks::Comment)).iter().map(|o| o.shown.as_str()).collect();
                    passages.push(Passage {
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
                    });
                }
            }
        }
    }
    passages
}
