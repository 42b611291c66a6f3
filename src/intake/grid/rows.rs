//! Which row of the form a row of the sheet is: by its label, by its number, or by the label nearest to it.

use std::collections::BTreeSet;

use crate::contract::layout::Row;
use crate::contract::meant::Table;
use crate::domain::text::{fits, fold, likeness};

/// A row of the form that a row of the sheet names, and whether it is named to the letter.
pub(super) struct Named<'t> {
    pub(super) row: &'t Row,
    pub(super) exact: bool,
}

/// Whether a row of the sheet says again what `row` is: what stands there only repeats its name. A number that is another row's
/// says that it is not.
pub(super) fn repeats(table: &Table, row: &Row, label: &str, reference: &str) -> bool {
    if label.is_empty() {
        return is_referred_to(row, reference);
    }
    let is_other = |other: &&Row| other.id != row.id && is_label_of(other, label);
    is_label_of(row, label)
        && !table.rows.iter().filter(is_other).any(|other| is_referred_to(other, reference))
}

fn is_label_of(row: &Row, label: &str) -> bool {
    row.labels.iter().any(|own| fits(own, label))
}

fn is_referred_to(row: &Row, reference: &str) -> bool {
    let own = fold(&row.id);
    !reference.is_empty() && fold(reference) == own
        || split_reference(reference).is_some_and(|(number, rest)| rest.is_empty() && number == own)
}

/// The row that a label names, with the number that stands beside it in a column of its own; either may be empty.
///
/// The label counts before the number, unless it is the label of several rows: then the number alone decides. The number counts
/// before a likeness: a reworded row is known by its number, unless its words
/// are clearly those of another row, or the row of that number stands elsewhere on the sheet under its own label (`labelled`).
pub(super) fn name<'t>(
    table: &'t Table,
    label: &str,
    reference: &str,
    labelled: &BTreeSet<&str>,
) -> Option<Named<'t>> {
    if let Some(row) = by_label(table, label) {
        return Some(Named { row, exact: true });
    }
    let several: Vec<&Row> = table.rows.iter().filter(|row| has_label(row, label)).collect();
    if several.len() > 1 {
        let referred = several.into_iter().find(|row| is_referred_to(row, reference));
        return referred.or_else(|| by_label(table, label)).map(|row| Named { row, exact: true });
    }
    let referred =
        table.rows.iter().find(|row| is_referred_to(row, reference) && !labelled.contains(row.id.as_str()));
    let near = by_likeness(table, label);
    match (referred, near) {
        (Some(row), _) if label.is_empty() => Some(Named { row, exact: true }),
        (Some(row), Some(near)) if near.id != row.id => None,
        (row, near) => row.or(near).map(|row| Named { row, exact: false }),
    }
}

/// Whether the row has this label, with or without a number before it.
fn has_label(row: &Row, label: &str) -> bool {
    let rest = split_reference(label).map(|(_, rest)| rest).filter(|rest| !rest.is_empty());
    is_label_of(row, label) || rest.is_some_and(|rest| is_label_of(row, &rest))
}

/// The row that has this label to the letter, where no other has. A leading number (`5.`, `KPI 5:`, `1a`) is no part of the label;
/// alone it is the row's number, and between rows of the same label it decides.
pub(in crate::intake) fn by_label<'t>(table: &'t Table, label: &str) -> Option<&'t Row> {
    let number = split_reference(label).map(|(number, _)| number).unwrap_or_default();
    let exact = |text: &str| {
        let mut own = table.rows.iter().filter(|row| is_label_of(row, text));
        match (own.next(), own.next()) {
            (row, None) => row,
            _ => table.rows.iter().find(|row| is_label_of(row, text) && fold(&row.id) == number),
        }
    };
    if let Some(row) = exact(label) {
        return Some(row);
    }
    if let Some((number, rest)) = split_reference(label) {
        let row = if rest.is_empty() {
            table.rows.iter().find(|row| fold(&row.id) == number)
        } else {
            exact(&rest)
        };
        if row.is_some() || rest.is_empty() {
            return row;
        }
    }
    let folded = fold(label);
    let continued = |own: &str| {
        folded.strip_prefix(&fold(own)).is_some_and(|rest| rest.starts_with(" (") || rest.starts_with(", "))
    };
    let is_its_own = |own: &str| table.rows.iter().filter(|row| is_label_of(row, own)).count() == 1;
    table.rows.iter().find(|row| row.labels.iter().any(|own| continued(own) && is_its_own(own)))
}

/// The row whose label is nearest, where it is near enough and no other is about as near.
pub(in crate::intake) fn by_likeness<'t>(table: &'t Table, label: &str) -> Option<&'t Row> {
    let split = split_reference(label);
    let wording = match &split {
        Some((_, rest)) if !rest.is_empty() => rest,
        _ => label,
    };
    let mut near: Vec<(f64, &Row)> = table
        .rows
        .iter()
        .map(|row| (row.labels.iter().map(|own| likeness(own, wording)).fold(0.0_f64, f64::max), row))
        .filter(|(alike, _)| *alike >= 0.7)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    match near.as_slice() {
        [(_, row)] => Some(row),
        // Two labels about as near as each other: a guess would put one row's figures under another's name.
        [(first, row), (second, _), ..] if first - second >= 0.05 => Some(row),
        _ => None,
    }
}

/// A number that stands before a label, and the label: `5. Percentage of …` → `5`; `1a Insurance`, `1(a) Insurance` → `1a`; `KPI 5`
/// and `2 b` alone → `5` and `2b` with no label. `None` when there is no such number.
fn split_reference(label: &str) -> Option<(String, String)> {
    let folded = fold(label);
    let bare = ["kpi", "question", "number", "no", "q"]
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .map_or(folded.as_str(), |rest| rest.trim_start_matches(['.', ' ']));
    let after = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = bare.strip_suffix(after).filter(|digits| !digits.is_empty())?;
    let separators = ['.', ')', ':', '-', ' '];
    // A letter belongs to the number when it touches it, or stands alone after it.
    let opened = after.trim_start_matches(['.', '(', ' ']);
    let (letter, rest) = match opened.chars().next().filter(char::is_ascii_lowercase) {
        Some(letter) => (letter, opened.get(1..).unwrap_or_default()),
        None => return Some((digits.into(), after.trim_start_matches(separators).into())),
    };
    let touches = after.starts_with(letter) || after.starts_with('(');
    let ends =
        rest.is_empty() || rest.starts_with([')', '.', ':']) || (touches && rest.starts_with([' ', '-']));
    if ends {
        Some((format!("{digits}{letter}"), rest.trim_start_matches(separators).into()))
    } else if touches && !after.starts_with('(') {
        // `2nd visits`, `12month`: no number before a label.
        None
    } else {
        Some((digits.into(), after.trim_start_matches(separators).into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_before_labels_are_told_from_words() {
        for (label, number, rest) in [
            ("5. Percentage of referrals", "5", "percentage of referrals"),
            ("KPI 5: Percentage", "5", "percentage"),
            ("KPI 5", "5", ""),
            ("3.", "3", ""),
            ("3", "3", ""),
            ("No. 4", "4", ""),
            ("Question 7 – Visual inspection", "7", "visual inspection"),
            ("Q7 Visual inspection", "7", "visual inspection"),
            ("1a", "1a", ""),
            ("1A.", "1a", ""),
            ("2 b", "2b", ""),
            ("2 (b)", "2b", ""),
            ("2.b)", "2b", ""),
            ("1a Employer's liability", "1a", "employer's liability"),
            ("1(a) Employer's liability", "1a", "employer's liability"),
            ("1a) Employer's liability", "1a", "employer's liability"),
            ("5 a day scheme", "5", "a day scheme"),
            ("10 (ten) visits", "10", "(ten) visits"),
        ] {
            assert_eq!(split_reference(label), Some((number.into(), rest.into())), "{label}");
        }
        for label in ["", "Notifiable incidents", "KPI", "2nd visits", "12month", "No activity"] {
            assert_eq!(split_reference(label), None, "{label}");
        }
    }
}
