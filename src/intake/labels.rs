//! The block of labels on a form: Provider, Period, Council and so on, with the value to the right or below.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::answers::formats::hides_day;
use super::answers::{self, Asked};
use crate::calendar::notations::parse_date;
use crate::contract::layout::{FormLabels, OtherLabel};
use crate::domain::answer::Answer;
use crate::domain::observation::{Field, HeadEntry};
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
    /// The contract's reference.
    Contract,
    /// The version of the form.
    Version,
    /// The date on which the provider submitted the form.
    Submitted,
    /// Who signed the form; a form that asks for it says so itself.
    Signed,
    /// The date on which it was signed.
    SignedOn,
    /// One of the form's own labels that are shown as they stand, by its place among them.
    Own(usize),
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
            "organisation name",
            "service provider",
            "name of service provider",
            "supplier",
            "supplier name",
            "name of supplier",
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
            "month ending",
            "month ended",
            "quarter ending",
            "quarter ended",
            "period ending",
            "period ended",
            "reporting period ending",
            "month and year",
            "month/year",
            "quarter and year",
            "quarter/year",
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
    (Label::Contract, &["contract reference", "contract ref", "contract"]),
    (Label::Version, &["template version", "version"]),
    (Label::Area, &["council", "area", "local authority", "authority"]),
    (
        Label::Submitted,
        &["date submitted", "date of submission", "submission date", "submitted on", "date form submitted"],
    ),
    (
        Label::Other,
        &["completed by", "date completed", "submitted by", "position", "email", "e-mail", "telephone"],
    ),
];

/// Rows and columns in which a block of labels may stand.
const LAST_ROW: u32 = 40;
const LAST_COLUMN: u32 = 30;
/// How far to the right of its label a value may stand.
const REACH: u32 = 8;
/// How many lines of explanation may stand between a label and the value below it.
const LINES_BETWEEN: u32 = 3;
/// How far below a table a label may have slipped.
const BELOW: u32 = 2_000;

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
    /// The value read as words, which tells a placeholder, an error and a formula without a result from what was written.
    pub answer: Answer,
    /// The day the value names, where it is a date cell that shows one, or one certain date in words.
    pub day: Option<NaiveDate>,
}

/// What a text names on a form with these labels of its own, which go before the field's words.
fn label_of(own: &FormLabels, text: &str) -> Option<Label> {
    let folded = fold(text);
    if folded.is_empty() {
        return None;
    }
    let named = |labels: &[String]| labels.iter().any(|label| fold(label) == folded);
    let by_form = [
        (&own.provider, Label::Provider),
        (&own.period, Label::Period),
        (&own.submitted, Label::Submitted),
        (&own.signed, Label::Signed),
        (&own.signed_on, Label::SignedOn),
    ];
    if let Some((_, label)) = by_form.iter().find(|(labels, _)| named(labels)) {
        return Some(*label);
    }
    if let Some(index) = own.others.iter().position(|other| named(&other.labels)) {
        return Some(Label::Own(index));
    }
    let known = WORDS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(label, _)| *label);
    known.or_else(|| label_of(own, without_addition(text)?))
}

/// The text before what is added to it in brackets: `Completed by (role):` names the same as `Completed by`.
fn without_addition(text: &str) -> Option<&str> {
    let text = text.trim_end().trim_end_matches(':').trim_end();
    let (open, close) = [('(', ')'), ('[', ']')].into_iter().find(|(_, close)| text.ends_with(*close))?;
    let inside = text.strip_suffix(close)?;
    Some(inside.get(..inside.rfind(open)?)?.trim_end())
}

/// Whether a text is the form's own label for who signed it, or when: such a row is no part of the table above it.
pub(super) fn is_signature(own: &FormLabels, text: &str) -> bool {
    let text = text.split_once(':').map_or(text, |(label, _)| label);
    matches!(label_of(own, text), Some(Label::Signed | Label::SignedOn))
}

/// Whether a text is a label, of the field's or the form's own.
pub(super) fn is_label(own: &FormLabels, text: &str) -> bool {
    label_of(own, text).is_some()
}

/// The labels of a sheet, with the form's own, that stand above row `before` (counted from zero, exclusive) and have a value.
pub fn labels_on(workbook: &Workbook, sheet: &Sheet, before: Option<u32>, own: &FormLabels) -> Vec<Labelled> {
    let last = before.map_or(LAST_ROW, |row| row.min(LAST_ROW + 1).saturating_sub(1));
    if before == Some(0) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (address, cell) in sheet.cells.range(..=CellAddress::new(last, u32::MAX)) {
        if address.column <= LAST_COLUMN && !sheet.is_hidden(*address) {
            found.extend(labelled_at(workbook, sheet, (*address, cell), before, own));
        }
    }
    found
}

/// The signature and its date that stand below row `from` (counted from zero, exclusive): a form may be signed at its end.
fn signatures_below(workbook: &Workbook, sheet: &Sheet, from: u32, own: &FormLabels) -> Vec<Labelled> {
    sheet
        .cells
        .range(CellAddress::new(from + 1, 0)..)
        .filter(|(address, cell)| {
            let names = matches!(&cell.content, Content::Text(text) if is_signature(own, text));
            names && address.column <= LAST_COLUMN && !sheet.is_hidden(**address)
        })
        .filter_map(|(address, cell)| labelled_at(workbook, sheet, (*address, cell), None, own))
        .collect()
}

/// What the label in this cell gives, where there is one.
fn labelled_at(
    workbook: &Workbook,
    sheet: &Sheet,
    (address, cell): (CellAddress, &Cell),
    before: Option<u32>,
    own: &FormLabels,
) -> Option<Labelled> {
    let Content::Text(text) = &cell.content else { return None };
    if let Some(label) = label_of(own, text) {
        let value = match label {
            Label::Other => None,
            Label::Submitted | Label::SignedOn => Some(date_beside(sheet, address, before, own)),
            Label::Signed => Some(name_beside(sheet, address, before, own)),
            _ => value_beside(sheet, address, before, own),
        }?;
        let cell = sheet.cell(value);
        return Some(Labelled {
            label,
            place: workbook.place(sheet, value),
            text: sheet.text(value),
            answer: answers::read(cell, Asked::Text),
            content: cell.map_or(Content::Blank, |cell| cell.content.clone()),
            day: day_in(cell),
        });
    }
    let (before_colon, value) = text.split_once(':')?;
    let label = label_of(own, before_colon).filter(|label| *label != Label::Other)?;
    let text = value.trim().to_string();
    (!text.is_empty()).then(|| Labelled {
        label,
        place: workbook.place(sheet, address),
        day: parse_date(&text),
        answer: answers::read(Some(&in_words(&text)), Asked::Text),
        content: Content::Text(text.clone()),
        text,
    })
}

fn in_words(text: &str) -> Cell {
    Cell { content: Content::Text(text.to_string()), formula: false, look: Arc::default() }
}

/// The day a cell names. A date shown as a month names none: its day is the first or meaningless.
fn day_in(cell: Option<&Cell>) -> Option<NaiveDate> {
    let cell = cell?;
    match &cell.content {
        Content::Date(moment) if !hides_day(&cell.look.number_format) => Some(moment.date()),
        Content::Text(text) => parse_date(text),
        _ => None,
    }
}

/// The cell in which the name of who signed stands, or is missed: what stands below the label is a name only where labels stand side
/// by side.
fn name_beside(sheet: &Sheet, label: CellAddress, before: Option<u32>, own: &FormLabels) -> CellAddress {
    value_beside(sheet, label, before, own)
        .filter(|value| value.row == label.row || is_side_by_side(sheet, label, own))
        .unwrap_or_else(|| missed_at(sheet, label, own))
}

/// The value of a label that asks for a date; without one, the cell in which it is missed. What stands below the label is its value
/// only when it is a date.
fn date_beside(sheet: &Sheet, label: CellAddress, before: Option<u32>, own: &FormLabels) -> CellAddress {
    let is_date = |value: &CellAddress| answers::read(sheet.cell(*value), Asked::Date).date().is_some();
    value_beside(sheet, label, before, own)
        .filter(|value| value.row == label.row || is_date(value))
        .unwrap_or_else(|| missed_at(sheet, label, own))
}

/// Whether the label has another right beside it, so that their values stand below them.
fn is_side_by_side(sheet: &Sheet, label: CellAddress, own: &FormLabels) -> bool {
    let right = sheet.merged_area(label).map_or(label.column, |area| area.last.column) + 1;
    let left = label.column.checked_sub(1);
    left.into_iter()
        .chain([right])
        .any(|column| label_of(own, &sheet.text(CellAddress::new(label.row, column))).is_some())
}

/// The cell in which the value of a label is missed: below it where labels stand side by side, else right of it.
fn missed_at(sheet: &Sheet, label: CellAddress, own: &FormLabels) -> CellAddress {
    let last = sheet.merged_area(label).map_or(label, |area| area.last);
    if is_side_by_side(sheet, label, own) {
        CellAddress::new(last.row + 1, label.column)
    } else {
        CellAddress::new(label.row, last.column + 1)
    }
}

/// When the form says it was submitted: the one date given beside a label `Date submitted`. `None` when no form has the label.
///
/// `heading_rows` are the rows, counted from zero, above which labels stand, by sheet.
pub fn submitted(
    workbook: &Workbook,
    heading_rows: &BTreeMap<String, u32>,
    own: &FormLabels,
) -> Option<Field> {
    let mut given: Vec<Field> = above(workbook, heading_rows, own)
        .into_iter()
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

/// What stands beside the labels that the form shows as they are, in the definition's order; those with nothing beside them are left
/// out. `heading_rows` as in [`submitted`].
pub fn shown_as_given(
    workbook: &Workbook,
    heading_rows: &BTreeMap<String, u32>,
    own: &FormLabels,
) -> Vec<HeadEntry> {
    let found = above(workbook, heading_rows, own);
    let entry = |(index, other): (usize, &OtherLabel)| {
        let found = found.iter().find(|found| found.label == Label::Own(index) && !found.text.is_empty())?;
        Some(HeadEntry {
            id: other.id.clone(),
            title: other.title().to_string(),
            shown: found.text.clone(),
            place: found.place.clone(),
        })
    };
    own.others.iter().enumerate().filter_map(entry).collect()
}

/// Who signed the form, or when: what stands beside the label, above the tables or below them; `None` where the label is gone.
pub(super) fn signature(
    workbook: &Workbook,
    heading_rows: &BTreeMap<String, u32>,
    own: &FormLabels,
    label: Label,
) -> Option<Field> {
    let below = workbook.sheets.iter().filter(|sheet| !sheet.hidden).filter_map(|sheet| {
        heading_rows.get(&*sheet.name).map(|row| signatures_below(workbook, sheet, *row, own))
    });
    let mut given: Vec<Field> = above(workbook, heading_rows, own)
        .into_iter()
        .chain(below.flatten())
        .filter(|found| found.label == label)
        .map(|found| {
            let cell = Cell { content: found.content, formula: false, look: Arc::default() };
            let asked = if label == Label::SignedOn { Asked::Date } else { Asked::Text };
            Field { answer: answers::read(Some(&cell), asked), place: found.place, shown: found.text }
        })
        .collect();
    given.sort_by_key(|field| field.answer.is_blank());
    given.into_iter().next()
}

/// The labels above the tables of every visible sheet.
fn above(workbook: &Workbook, heading_rows: &BTreeMap<String, u32>, own: &FormLabels) -> Vec<Labelled> {
    workbook
        .sheets
        .iter()
        .filter(|sheet| !sheet.hidden)
        .flat_map(|sheet| labels_on(workbook, sheet, heading_rows.get(&*sheet.name).copied(), own))
        .collect()
}

/// The value right of a label, past merged, hidden and blank cells; else the one below. Another label is no value, and neither is a
/// line of explanation; a formula without a result is the value, though nothing can be read in it.
fn value_beside(
    sheet: &Sheet,
    label: CellAddress,
    before: Option<u32>,
    own: &FormLabels,
) -> Option<CellAddress> {
    let area = sheet.merged_area(label).copied();
    let start = area.map_or(label.column, |area| area.last.column) + 1;
    for column in start..start + REACH {
        let address = CellAddress::new(label.row, column);
        if sheet.is_hidden(address) {
            continue;
        }
        match stands(sheet, address, own) {
            Stands::Nothing | Stands::Explanation => {}
            Stands::Value => return Some(sheet.merged_area(address).map_or(address, |area| area.first)),
            Stands::Label => break,
        }
    }
    let mut row = area.map_or(label.row, |area| area.last.row) + 1;
    let mut lines = 0;
    while lines <= LINES_BETWEEN && before.is_none_or(|before| row < before) {
        let address = CellAddress::new(row, label.column);
        let below = sheet.merged_area(address).map_or(row, |area| area.last.row) + 1;
        match stands(sheet, address, own) {
            _ if sheet.is_hidden(address) => {}
            Stands::Value => return Some(address),
            Stands::Explanation => lines += 1,
            Stands::Nothing | Stands::Label => return None,
        }
        row = below;
    }
    None
}

/// What stands where the value of a label could.
enum Stands {
    Nothing,
    Value,
    Label,
    Explanation,
}

fn stands(sheet: &Sheet, address: CellAddress, own: &FormLabels) -> Stands {
    let text = sheet.text(address);
    if text.is_empty() {
        let uncalculated =
            sheet.cell(address).is_some_and(|cell| cell.formula && cell.content == Content::Blank);
        return if uncalculated { Stands::Value } else { Stands::Nothing };
    }
    if label_of(own, &text).is_some() || is_labelled(own, &text) {
        return Stands::Label;
    }
    if is_explanation(&text) { Stands::Explanation } else { Stands::Value }
}

/// Whether a text tells how to fill in the label beside it: `(as in the contract)`, `Please give the full name`. What a template puts
/// in the place of the answer, such as `< Select >`, is no explanation.
fn is_explanation(text: &str) -> bool {
    let folded = fold(text);
    let asks = [
        "please ",
        "e.g",
        "eg ",
        "for example",
        "example:",
        "enter ",
        "insert ",
        "note:",
        "as in ",
        "as it ",
        "as shown ",
    ];
    let asks = asks.iter().any(|words| folded.starts_with(words))
        || (folded.starts_with('(') && folded.ends_with(')'));
    asks && answers::read(Some(&in_words(text)), Asked::Text) != Answer::Unanswered
}

/// The labels of the provider or the period that have slipped below the table whose heading stands in row `from` (counted from zero):
/// only those with one value beside them and nothing else in their row, so that no row of a table is taken for a label.
pub(super) fn labels_below(workbook: &Workbook, sheet: &Sheet, from: u32, own: &FormLabels) -> Vec<Labelled> {
    let rows = CellAddress::new(from + 1, 0)..CellAddress::new(from.saturating_add(BELOW), 0);
    sheet
        .cells
        .range(rows)
        .filter(|(address, cell)| {
            let names = matches!(&cell.content, Content::Text(text)
                if matches!(label_of(own, text), Some(Label::Provider | Label::Period)));
            names && address.column <= LAST_COLUMN && !sheet.is_hidden(**address)
        })
        .filter_map(|(address, cell)| {
            let found = labelled_at(workbook, sheet, (*address, cell), None, own)?;
            let row = CellAddress::new(address.row, 0)..CellAddress::new(address.row + 1, 0);
            let filled = sheet.cells.range(row).filter(|(_, cell)| cell.content != Content::Blank).count();
            (found.place.cell.row == address.row && filled == 2).then_some(found)
        })
        .collect()
}

/// Whether a text is a label with its value in the same cell.
fn is_labelled(own: &FormLabels, text: &str) -> bool {
    text.split_once(':').is_some_and(|(before, _)| label_of(own, before).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::testing::{book, sheet};

    fn values(rows: &[&[&str]], before: Option<u32>) -> Vec<(Label, String, String)> {
        let workbook = book(vec![sheet("KPIs", rows)]);
        labels_on(&workbook, &workbook.sheets[0], before, &FormLabels::default())
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
            (&[&["Provider:", "Completed by (role):", "Manager"], &["Harbour Advocacy"]], "A2"),
            (&[&["Provider:", "Completed by: Manager"], &["Harbour Advocacy"]], "A2"),
            (&[&["Provider [as in the contract]", "Harbour Advocacy"]], "B1"),
            (&[&["Supplier name", "(as in the contract)", "Harbour Advocacy"]], "C1"),
            (&[&["Provider"], &["(as in the contract)"], &["Harbour Advocacy"]], "A3"),
            (
                &[&["Provider"], &["Please give the full name."], &["e.g. Elm House"], &["Harbour Advocacy"]],
                "A4",
            ),
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

    #[test]
    fn explanations_are_no_values_and_placeholders_are_unanswered() {
        assert_eq!(
            values(
                &[&["Provider", "(as in the contract)"], &["Please give the full name"], &["", "x"]],
                None
            ),
            []
        );
        let workbook =
            book(vec![sheet("KPIs", &[&["Provider", "< Select >"], &["Period", "[Enter period]"]])]);
        let found = labels_on(&workbook, &workbook.sheets[0], None, &FormLabels::default());
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|found| found.answer == Answer::Unanswered));
    }

    #[test]
    fn a_formula_without_a_result_and_an_error_are_the_value() {
        let mut page = sheet("KPIs", &[&["Provider", "", "Q1"], &["Period", "#REF!"]]);
        let uncalculated = Cell { content: Content::Blank, formula: true, look: Arc::default() };
        page.cells.insert(CellAddress::new(0, 1), uncalculated);
        let workbook = book(vec![page]);
        let found = labels_on(&workbook, &workbook.sheets[0], None, &FormLabels::default());
        assert_eq!(found.iter().map(|found| found.place.cell.to_string()).collect::<Vec<_>>(), ["B1", "B2"]);
        assert!(found.iter().all(|found| matches!(found.answer, Answer::Unreadable { .. })));
    }

    #[test]
    fn hidden_cells_hold_neither_labels_nor_values() {
        let mut page = sheet(
            "KPIs",
            &[&["Provider", "Old name", "Harbour Advocacy"], &["Period", "", ""], &["Q4"], &["Q1"]],
        );
        page.hidden_columns.insert(1);
        page.hidden_rows.insert(2);
        let workbook = book(vec![page]);
        let found = labels_on(&workbook, &workbook.sheets[0], None, &FormLabels::default());
        let texts: Vec<&str> = found.iter().map(|found| found.text.as_str()).collect();
        assert_eq!(texts, ["Harbour Advocacy", "Q1"]);
    }

    #[test]
    fn below_a_table_only_a_label_alone_with_its_value_counts() {
        let rows: &[&[&str]] = &[
            &["KPI", "Value"],
            &["1", "2"],
            &["Quarter", "Q1 2025-26", "Q2 2025-26"],
            &["Provider"],
            &["Harbour Advocacy"],
            &["Provider", "Elm House"],
            &["Period", "Q1 2025-26"],
        ];
        let workbook = book(vec![sheet("KPIs", rows)]);
        let found = labels_below(&workbook, &workbook.sheets[0], 0, &FormLabels::default());
        assert_eq!(found.iter().map(|found| found.place.cell.to_string()).collect::<Vec<_>>(), ["B6", "B7"]);
    }
}
