//! The block of labels on a form: Provider, Period, Council and so on, with the value to the right or below.

use crate::domain::place::{CellAddress, CellRef};
use crate::domain::text::fold;
use crate::domain::workbook::{Content, Sheet, Workbook};

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
    (Label::Year, &["year", "contract year", "financial year", "reporting year"]),
    (Label::Area, &["council", "area", "local authority", "authority"]),
    (
        Label::Other,
        &[
            "contract reference",
            "contract ref",
            "contract",
            "completed by",
            "date submitted",
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
            if label != Label::Other
                && let Some(value) = value_beside(sheet, *address, before)
            {
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
