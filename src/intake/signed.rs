//! Whether a form that asks for it was signed and dated.

use std::collections::BTreeMap;

use super::labels::{Label, signature};
use super::mapped::{Asked, Mapped};
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::NOT_SIGNED;
use crate::domain::observation::{Field, HeadEntry};
use crate::domain::text::{fold, one_line};
use crate::domain::workbook::Workbook;

/// Reports a signature or its date that is blank, a placeholder, no date, or without its label. `heading_rows` are the first rows of
/// the tables' headings, counted from zero, by sheet.
pub(super) fn check(
    workbook: &Workbook,
    asked: Asked<'_>,
    heading_rows: &BTreeMap<String, u32>,
    mapped: &mut Mapped,
) {
    let own = &asked.form.labels;
    for (labels, label) in [(&own.signed, Label::Signed), (&own.signed_on, Label::SignedOn)] {
        let Some(name) = labels.first() else { continue };
        let field = signature(workbook, heading_rows, own, label);
        let Some(field) = field else {
            let message = format!("The form has no entry “{name}”.");
            let sheet = workbook.sheets.iter().find(|sheet| heading_rows.contains_key(&*sheet.name));
            mapped.findings.push(match sheet {
                Some(sheet) => Finding::in_sheet(&NOT_SIGNED, &workbook.file, &sheet.name, message),
                None => Finding::in_file(&NOT_SIGNED, &workbook.file, message),
            });
            continue;
        };
        if !is_given(&field) {
            let found = match one_line(&field.shown).as_str() {
                "" => "is blank".to_string(),
                text => format!("says “{text}”"),
            };
            mapped.findings.push(Finding::at(&NOT_SIGNED, &field.place, format!("“{name}” {found}.")));
        }
    }
}

/// Who signed the form and when, as they stand there, for people; nothing for a form that asks for no signature or has no place
/// for one. `heading_rows` as in [`check`].
pub(super) fn entries(
    workbook: &Workbook,
    asked: Asked<'_>,
    heading_rows: &BTreeMap<String, u32>,
) -> Vec<HeadEntry> {
    let own = &asked.form.labels;
    [("signed", &own.signed, Label::Signed), ("signed-on", &own.signed_on, Label::SignedOn)]
        .into_iter()
        .filter_map(|(id, labels, label)| {
            let title = labels.first()?.clone();
            let field = signature(workbook, heading_rows, own, label)?;
            let shown = if is_given(&field) { field.shown } else { String::new() };
            Some(HeadEntry { id: id.to_string(), title, shown, place: field.place })
        })
        .collect()
}

/// Whether it is a name or a date, and not a word that stands for none.
fn is_given(field: &Field) -> bool {
    let Answer::Text(text) = &field.answer else { return matches!(field.answer, Answer::Date(_)) };
    let folded = fold(text);
    let promised = ["to be", "to follow", "awaiting", "pending", "not ", "yet to"];
    text.chars().any(char::is_alphanumeric)
        && !["no", "tbc", "tba", "tbd", "unsigned", "pending", "signature", "name"].contains(&folded.as_str())
        && !promised.iter().any(|words| folded.starts_with(words))
}
