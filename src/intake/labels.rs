//! The block of labels on a form: Provider, Period, Council and so on, with the value to the right or below.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::answers::{self, Asked};
use crate::domain::answer::Answer;
use crate::domain::observation::Field;
use crate::domain::period::long_date;
use crate::domain::place::{CellAddress, CellRef};
use crate::domain::text::fold;
use crate::domain::workbook::{Cell, Content, Sheet, Workbook};

/// What a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// The provider.
    Provider,
    /// The period, of whatever length.
    Period,
    /// A year that goes with a month or quarter elsewhere.
    Year,
    /// The council or area.
    Area,
    /// The date on which the provider submitted the form.
    Submitted,
    /// Anything else a form's head may hold; kept apart so that it is not taken for a value.
    Other,
}

/// The field's words for each label, folded.
const WORDS: &[(Label, &[&str])] = &[
    (
        Label::Provider,
        &[
            "provider",
            "provider name",
            "name of provider",
            "organisation",
            "name of organisation",
            "providing organisation",
        ],
    ),
    (
        Label::Period,
        &[
            "period",
            "reporting period",
            "month",
            "quarter",
            "reporting month",
            "reporting quarter",
            "return period",
            "period covered",
            "month of return",
            "quarter of return",
        ],
    ),
    (
        Label::Year,
        &[
            "year",
            "contract year",
            "financial year",
            "reporting year",
            "certification year",
            "year ending",
            "year ended",
            "year to",
        ],
    ),
    (Label::Area, &["council", "area", "local authority", "authority"]),
    (
        Label::Submitted,
        &["date submitted", "date of submission", "submission date", "submitted on", "date form submitted"],
    ),
    (
        Label::Other,
        &[
            "contract reference",
            "contract ref",
            "contract",
            "completed by",
            "date completed",
            "submitted by",
            "template version",
            "version",
            "position",
            "email",
            "e-mail",
            "telephone",
        ],
    ),
];

/// Rows and columns in which a block of labels may stand.
const LAST_ROW: u32 = 40;
const LAST_COLUMN: u32 = 30;
/// How far to the right of its label a value may stand.
const REACH: u32 = 8;

/// A label with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// What it names.
    pub label: Label,
    /// The value's place.
    pub place: CellRef,
    /// The value as shown.
    pub text: String,
    /// The value as stored.
    pub content: Content,
}

fn label_of(text: &str) -> Option<Label> {
    let folded = fold(text);
    WORDS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(label, _)| *label)
}

/// The labels of a sheet that stand above row `before` (counted from zero, exclusive) and have a value.
pub fn labels_on(workbook: &Workbook, sheet: &Sheet, before: Option<u32>) -> Vec<Labelled> {
    let last = before.map_or(LAST_ROW, |row| row.min(LAST_ROW + 1).saturating_sub(1));
    if before == Some(0) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (address, cell) in sheet.cells.range(..=CellAddress::new(last, u32::MAX)) {
        let Content::Text(text) = &cell.content else { continue };
        if address.column > LAST_COLUMN || sheet.is_hidden(*address) {
            continue;
        }
        if let Some(label) = label_of(text) {
            let value = match label {
                Label::Other => None,
                Label::Submitted => Some(date_beside(sheet, *address, before)),
                _ => value_beside(sheet, *address, before),
            };
            if let Some(value) = value {
                let content = sheet.cell(value).map_or(Content::Blank, |cell| cell.content.clone());
                found.push(Labelled {
                    label,
                    place: workbook.place(sheet, value),
                    text: sheet.text(value),
                    content,
                });
            }
        } else if let Some((before_colon, value)) = text.split_once(':')
            && let Some(label) = label_of(before_colon)
            && label != Label::Other
            && !value.trim().is_empty()
        {
            let text = value.trim().to_string();
            let content = Content::Text(text.clone());
            found.push(Labelled { label, place: workbook.place(sheet, *address), text, content });
        }
    }
    found
}

/// The value of a label that asks for a date; without one, the cell in which it is missed. What stands below the label is its value
/// only when it is a date.
fn date_beside(sheet: &Sheet, label: CellAddress, before: Option<u32>) -> CellAddress {
    let right = sheet.merged_area(label).map_or(label.column, |area| area.last.column) + 1;
    let is_date = |value: &CellAddress| answers::read(sheet.cell(*value), Asked::Date).date().is_some();
    value_beside(sheet, label, before)
        .filter(|value| value.row == label.row || is_date(value))
        .unwrap_or(CellAddress::new(label.row, right))
}

/// When the form says it was submitted: the one date given beside a label `Date submitted`. `None` when no form has the label.
///
/// `heading_rows` are the rows, counted from zero, above which labels stand, by sheet.
pub fn submitted(workbook: &Workbook, heading_rows: &BTreeMap<String, u32>) -> Option<Field> {
    let mut given: Vec<Field> = workbook
        .sheets
        .iter()
        .filter(|sheet| !sheet.hidden)
        .flat_map(|sheet| labels_on(workbook, sheet, heading_rows.get(&*sheet.name).copied()))
        .filter(|found| found.label == Label::Submitted)
        .map(|found| {
            let cell = Cell { content: found.content, formula: false, look: Arc::default() };
            Field { answer: answers::read(Some(&cell), Asked::Date), place: found.place, shown: found.text }
        })
        .collect();
    // A sheet on which the label was left blank takes nothing from one on which it was filled in.
    given.sort_by_key(|field| field.answer.is_blank());
    let dates: BTreeSet<_> = given.iter().filter_map(|field| field.answer.date()).collect();
    let mut first = given.into_iter().next()?;
    if dates.len() > 1 {
        let found = dates.into_iter().map(long_date).collect::<Vec<_>>().join(" and ");
        first.answer = Answer::Unreadable { found, why: "the form gives more than one date".into() };
    }
    Some(first)
}

/// The value right of a label, past merged and blank cells; else the one below. Another label is no value.
fn value_beside(sheet: &Sheet, label: CellAddress, before: Option<u32>) -> Option<CellAddress> {
    let own = sheet.merged_area(label).copied();
    let start = own.map_or(label.column, |area| area.last.column) + 1;
    for column in start..start + REACH {
        let address = CellAddress::new(label.row, column);
        let text = sheet.text(address);
        if !text.is_empty() {
            let top_left = sheet.merged_area(address).map_or(address, |area| area.first);
            if label_of(&text).is_none() {
                return Some(top_left);
            }
            break;
        }
    }
    let below = CellAddress::new(own.map_or(label.row, |area| area.last.row) + 1, label.column);
    if before.is_some_and(|row| below.row >= row) {
        return None;
    }
    let text = sheet.text(below);
    let is_labelled = text.split_once(':').is_some_and(|(before, _)| label_of(before).is_some());
    let is_value = !text.is_empty() && label_of(&text).is_none() && !is_labelled;
    is_value.then_some(below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::testing::{book, sheet};

    fn values(rows: &[&[&str]], before: Option<u32>) -> Vec<(Label, String, String)> {
        let workbook = book(vec![sheet("KPIs", rows)]);
        labels_on(&workbook, &workbook.sheets[0], before)
            .into_iter()
            .map(|found| (found.label, found.text, found.place.cell.to_string()))
            .collect()
    }

    #[test]
    fn finds_values_right_of_below_and_inside_the_label() {
        let provider = |cell: &str| vec![(Label::Provider, "Harbour Advocacy".to_string(), cell.to_string())];
        for (rows, cell) in [
            (&[&["Provider", "Harbour Advocacy"][..]][..], "B1"),
            (&[&["", "Provider:", "", "", "Harbour Advocacy"]], "E1"),
            (&[&["Provider name\u{a0}"], &["Harbour Advocacy"]], "A2"),
            (&[&["Provider: Harbour Advocacy"]], "A1"),
            (&[&["Name\nof provider", "Harbour Advocacy"]], "B1"),
            (&[&["Provider", "Completed by"], &["Harbour Advocacy", "Manager"]], "A2"),
        ] {
            assert_eq!(values(rows, None), provider(cell), "{rows:?}");
        }
    }

    #[test]
    fn takes_no_label_for_a_value_and_stops_at_the_table() {
        assert_eq!(values(&[&["Provider", ""], &["Period", ""], &["Completed by", "Manager"]], None), []);
        assert_eq!(values(&[&["Area", "Information required"], &["Risks", ""]], Some(0)), []);
        assert_eq!(values(&[&["Council", "Period"], &["Cheshire East", "Q1"]], None).len(), 2);
        let below =
            values(&[&["Period", "Completed by"], &["Q2 2024/25: Dec 2024 - Feb 2025", "Manager"]], None);
        assert_eq!(below, [(Label::Period, "Q2 2024/25: Dec 2024 - Feb 2025".into(), "A2".into())]);
        assert_eq!(
            values(&[&["Provider"], &["Period: Q1"]], None),
            [(Label::Period, "Q1".into(), "A2".into())]
        );
    }
}
