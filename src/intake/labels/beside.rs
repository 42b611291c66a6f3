//! Where the value of a label stands: right of it, below it, or in the same cell; and where it is missed.

use std::sync::Arc;

use super::{Label, Labelled, day_in, is_labelled, label_of};
use crate::calendar::notations::parse_date;
use crate::contract::layout::FormLabels;
use crate::domain::answer::Answer;
use crate::domain::place::CellAddress;
use crate::domain::text::fold;
use crate::domain::workbook::{Cell, Content, Sheet, Workbook};
use crate::intake::answers::{self, Asked};

/// How far to the right of its label a value may stand.
const REACH: u32 = 8;
/// How many lines of explanation may stand between a label and the value below it.
const LINES_BETWEEN: u32 = 3;

/// Where labels stand on a sheet.
pub(super) struct Head<'a> {
    pub(super) workbook: &'a Workbook,
    pub(super) sheet: &'a Sheet,
    /// The row above which their values stand, counted from zero, exclusive.
    pub(super) before: Option<u32>,
    pub(super) own: &'a FormLabels,
    /// Whether the values stand below their labels.
    pub(super) is_stacked: bool,
}

impl Head<'_> {
    /// What the label in this cell gives, where there is one.
    pub(super) fn labelled_at(&self, address: CellAddress, cell: &Cell) -> Option<Labelled> {
        let Self { workbook, sheet, own, .. } = *self;
        let Content::Text(text) = &cell.content else { return None };
        if let Some(label) = label_of(own, text) {
            let value = match label {
                Label::Other => None,
                Label::Submitted | Label::SignedOn => Some(self.date_beside(address)),
                Label::Signed => Some(self.name_beside(address)),
                _ => value_beside(sheet, address, self.before, own),
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
            content: Content::Text(text.as_str().into()),
            text,
        })
    }

    /// The cell in which the name of who signed stands, or is missed: what stands below the label is a name only where values stand
    /// below their labels.
    fn name_beside(&self, label: CellAddress) -> CellAddress {
        value_beside(self.sheet, label, self.before, self.own)
            .filter(|value| value.row == label.row || self.has_value_below(label))
            .unwrap_or_else(|| self.missed_at(label))
    }

    /// The value of a label that asks for a date; without one, the cell in which it is missed. What stands below the label is its
    /// value only when it is a date.
    fn date_beside(&self, label: CellAddress) -> CellAddress {
        let is_date =
            |value: &CellAddress| answers::read(self.sheet.cell(*value), Asked::Date).date().is_some();
        value_beside(self.sheet, label, self.before, self.own)
            .filter(|value| value.row == label.row || is_date(value))
            .unwrap_or_else(|| self.missed_at(label))
    }

    /// Whether the label's value stands below it: all values do, or the label has another one beside it.
    fn has_value_below(&self, label: CellAddress) -> bool {
        let Self { sheet, own, is_stacked, .. } = *self;
        let right = sheet.merged_area(label).map_or(label.column, |area| area.last.column) + 1;
        let left = label.column.checked_sub(1);
        is_stacked
            || left
                .into_iter()
                .chain([right])
                .any(|column| label_of(own, &sheet.text(CellAddress::new(label.row, column))).is_some())
    }

    /// The cell in which the value of a label is missed.
    fn missed_at(&self, label: CellAddress) -> CellAddress {
        let last = self.sheet.merged_area(label).map_or(label, |area| area.last);
        if self.has_value_below(label) {
            CellAddress::new(last.row + 1, label.column)
        } else {
            CellAddress::new(label.row, last.column + 1)
        }
    }
}
/// Whether the sheet keeps the values of its labels below them: several have one there, and none has one at its right.
pub(super) fn is_stacked<'a>(
    sheet: &Sheet,
    cells: impl Iterator<Item = (&'a CellAddress, &'a Cell)>,
    before: Option<u32>,
    own: &FormLabels,
) -> bool {
    const SEVERAL: usize = 2;
    let mut below = 0;
    for (address, cell) in cells {
        let Content::Text(text) = &cell.content else { continue };
        if label_of(own, text).is_none() {
            continue;
        }
        match value_beside(sheet, *address, before, own) {
            Some(value) if value.row == address.row => return false,
            Some(_) => below += 1,
            None => {}
        }
    }
    below >= SEVERAL
}

fn in_words(text: &str) -> Cell {
    Cell { content: Content::Text(text.into()), formula: false, look: Arc::default() }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::{Label, signature};
    use crate::contract::layout::FormLabels;
    use crate::intake::testing::{book, sheet};

    #[test]
    fn a_name_stands_below_its_label_where_values_do() {
        let own = FormLabels { signed: vec!["Signed".into()], ..FormLabels::default() };
        let signed = |rows: &[&[&str]]| {
            let found = signature(&book(vec![sheet("KPIs", rows)]), &BTreeMap::new(), &own, Label::Signed);
            found.map(|field| (field.shown, field.place.cell.to_string()))
        };
        for (rows, name, cell) in [
            (&[&["Signed", "R. Ashby"][..]][..], "R. Ashby", "B1"),
            // Below one other label, and below two.
            (&[&["Provider"], &["Harbour Advocacy"], &["Signed"], &["R. Ashby"]], "R. Ashby", "A4"),
            // A remark below a label that stands alone, and where another has its value at its right.
            (&[&["Signed"], &["Return this form by the tenth."]], "", "B1"),
            (&[&["Provider", "Harbour Advocacy"], &["Signed"], &["Return by the tenth."]], "", "B2"),
            (&[&["Provider", "Signed"], &["Harbour Advocacy", "R. Ashby"]], "R. Ashby", "B2"),
            // Nothing below it where the others have theirs.
            (&[&["Provider"], &["Harbour"], &["Period"], &["June 2025"], &["Signed"]], "", "A6"),
        ] {
            assert_eq!(signed(rows), Some((name.to_string(), cell.to_string())), "{rows:?}");
        }
    }
}
