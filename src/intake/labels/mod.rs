//! The block of labels on a form: Provider, Period, Council and so on, with the value to the right or below.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

mod beside;

use beside::{Head, is_stacked};

use super::answers::{self, Asked};
use crate::calendar::notations::parse_date;
use crate::contract::layout::{FormLabels, OtherLabel};
use crate::domain::answer::Answer;
use crate::domain::number_format::hides_day;
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

/// The label that each word means: every text of a form's head, and the first of every row of a log, is held against them.
static BY_WORD: LazyLock<BTreeMap<&str, Label>> = LazyLock::new(|| {
    let mut by_word = BTreeMap::new();
    for (label, words) in WORDS {
        words.iter().for_each(|word| {
            by_word.entry(*word).or_insert(*label);
        });
    }
    by_word
});

/// Rows and columns in which a block of labels may stand.
const LAST_ROW: u32 = 40;
const LAST_COLUMN: u32 = 30;
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
    let known = BY_WORD.get(folded.as_str()).copied();
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
    let cells = || {
        let above = sheet.cells.range(..=CellAddress::new(last, u32::MAX));
        above.filter(|(address, _)| address.column <= LAST_COLUMN && !sheet.is_hidden(**address))
    };
    let head = Head { workbook, sheet, before, own, is_stacked: is_stacked(sheet, cells(), before, own) };
    cells().filter_map(|(address, cell)| head.labelled_at(*address, cell)).collect()
}

/// The signature and its date that stand below row `from` (counted from zero, exclusive): a form may be signed at its end.
fn signatures_below(workbook: &Workbook, sheet: &Sheet, from: u32, own: &FormLabels) -> Vec<Labelled> {
    let head = Head { workbook, sheet, before: None, own, is_stacked: false };
    sheet
        .cells
        .range(CellAddress::new(from + 1, 0)..)
        .filter(|(address, cell)| {
            let names = matches!(&cell.content, Content::Text(text) if is_signature(own, text));
            names && address.column <= LAST_COLUMN && !sheet.is_hidden(**address)
        })
        .filter_map(|(address, cell)| head.labelled_at(*address, cell))
        .collect()
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

/// The labels of the provider or the period that have slipped below the table whose heading stands in row `from` (counted from zero):
/// only those with one value beside them and nothing else in their row, so that no row of a table is taken for a label.
pub(super) fn labels_below(workbook: &Workbook, sheet: &Sheet, from: u32, own: &FormLabels) -> Vec<Labelled> {
    let rows = CellAddress::new(from + 1, 0)..CellAddress::new(from.saturating_add(BELOW), 0);
    let head = Head { workbook, sheet, before: None, own, is_stacked: false };
    sheet
        .cells
        .range(rows)
        .filter(|(address, cell)| {
            let names = matches!(&cell.content, Content::Text(text)
                if matches!(label_of(own, text), Some(Label::Provider | Label::Period)));
            names && address.column <= LAST_COLUMN && !sheet.is_hidden(**address)
        })
        .filter_map(|(address, cell)| {
            let found = head.labelled_at(*address, cell)?;
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
