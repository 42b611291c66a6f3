//! How numbers and percentages are typed.

use quarterday::review::blank_form::Takes;

use super::habits;
use crate::book::{Book, Cell, Role, Stored, Value, pick};
use crate::dice::Dice;
use crate::expected::Expected::{Honest, Named, Same, SameOr};

habits! {
    numbers_as_text => Same,
    numbers_as_text_with_spaces => Same,
    numbers_with_commas => Same,
    float_noise => Same,
    formulas_with_stored_results => Same,
    computed_cells_overwritten_by_values => SameOr(&["formula-overwritten"]),
    percentages_as_text => SameOr(&["formula-overwritten"]),
    percentages_as_text_with_a_space => SameOr(&["formula-overwritten"]),
    percentages_as_shares_without_format => SameOr(&["formula-overwritten", "percentage-ambiguous"]),
    percentages_as_plain_numbers => SameOr(&["formula-overwritten", "percentage-ambiguous"]),
    percentages_by_a_literal_sign => SameOr(&["formula-overwritten", "percentage-ambiguous"]),
    counts_in_a_percent_format => Honest,
    number_with_its_unit => Honest,
    number_with_a_doubt => Named(NO_NUMBER),
    two_numbers_in_a_cell => Named(NO_NUMBER),
    negative_number => Named(&["figure-impossible", "score-impossible", "log-entry-unreadable", "answer-unreadable"]),
    formula_without_a_result => Named(&["formula-not-calculated", "figure-not-a-number", "log-entry-unreadable", "score-impossible"]),
    formula_with_a_stored_error => Named(NO_NUMBER),
    computed_cells_not_calculated => Named(&["formula-not-calculated", "figure-not-a-number"]),
    error_typed_as_words => Named(NO_NUMBER),
}

/// A cell that holds something else than a number.
const NO_NUMBER: &[&str] =
    &["figure-not-a-number", "log-entry-unreadable", "answer-unreadable", "score-impossible"];

/// Whether a number of things stands in the cell, no percentage.
fn is_count(cell: &Cell) -> bool {
    cell.is_number() && cell.format.is_empty()
}

/// Whether a percentage stands in the cell, entered or computed.
fn percentage(cell: &Cell) -> Option<f64> {
    let is_own = matches!(cell.role, Role::Computed | Role::Figure(_, Takes::Percentage));
    match &cell.value {
        Value::Number(value) | Value::Formula(Some(Stored::Number(value)))
            if is_own && cell.format.contains('%') =>
        {
            Some(*value)
        }
        _ => None,
    }
}

fn number(cell: &Cell) -> f64 {
    match cell.value {
        Value::Number(value) => value,
        _ => unreachable!("asked of numbers alone"),
    }
}

fn typed(book: &mut Book, how: impl Fn(f64) -> String) -> bool {
    book.change_all(is_count, |cell| cell.value = Value::Text(how(number(cell))))
}

fn numbers_as_text(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |value| value.to_string())
}

fn numbers_as_text_with_spaces(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |value| format!(" {value}\u{a0}"))
}

fn numbers_with_commas(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |value| {
        let text = value.to_string();
        let (whole, rest) =
            text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        rest.map_or(grouped.clone(), |rest| format!("{grouped}.{rest}"))
    })
}

fn float_noise(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(Cell::is_number, |cell| {
        let noisy = number(cell) * (1.0 + f64::EPSILON)
            + f64::from(u8::from(number(cell) == 0.0)) * 5.551_115_123_125_783e-17;
        cell.value = Value::Number(noisy);
    })
}

fn formulas_with_stored_results(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(Cell::is_number, |cell| {
        cell.value = Value::Formula(Some(Stored::Number(number(cell))));
    })
}

fn computed_cells_overwritten_by_values(book: &mut Book, _: &mut Dice) -> bool {
    let is_computed = |cell: &Cell| matches!(cell.value, Value::Formula(Some(Stored::Number(_))));
    book.change_all(is_computed, |cell| {
        if let Value::Formula(Some(Stored::Number(value))) = cell.value {
            cell.value = Value::Number(value);
        }
    })
}

/// Every percentage with something else in its place.
fn percentages(book: &mut Book, how: impl Fn(f64) -> (Value, &'static str)) -> bool {
    book.change_all(
        |cell| percentage(cell).is_some(),
        |cell| {
            let (value, format) = how(percentage(cell).unwrap());
            cell.value = value;
            cell.format = format.into();
        },
    )
}

/// Hundredths without the noise that multiplying makes.
fn hundredths(share: f64) -> f64 {
    (share * 1e15).round() / 1e13
}

fn percentages_as_text(book: &mut Book, _: &mut Dice) -> bool {
    percentages(book, |share| (Value::Text(format!("{}%", hundredths(share))), ""))
}

fn percentages_as_text_with_a_space(book: &mut Book, _: &mut Dice) -> bool {
    percentages(book, |share| (Value::Text(format!(" {} % ", hundredths(share))), "@"))
}

fn percentages_as_shares_without_format(book: &mut Book, _: &mut Dice) -> bool {
    percentages(book, |share| (Value::Number(share), ""))
}

fn percentages_as_plain_numbers(book: &mut Book, _: &mut Dice) -> bool {
    percentages(book, |share| (Value::Number(hundredths(share)), ""))
}

fn percentages_by_a_literal_sign(book: &mut Book, _: &mut Dice) -> bool {
    percentages(book, |share| (Value::Number(hundredths(share)), "0.0\"%\""))
}

fn counts_in_a_percent_format(book: &mut Book, dice: &mut Dice) -> bool {
    book.change_one(dice, is_count, |cell| cell.format = "0%".into())
}

/// One number of things with something else in its place.
fn one(book: &mut Book, dice: &mut Dice, how: impl FnOnce(f64) -> Value) -> bool {
    book.change_one(dice, is_count, |cell| cell.value = how(number(cell)))
}

fn number_with_its_unit(book: &mut Book, dice: &mut Dice) -> bool {
    let unit = *pick(dice, &["cases", "hours", "people", "days", "hrs"]).unwrap();
    one(book, dice, |value| Value::Text(format!("{value} {unit}")))
}

fn number_with_a_doubt(book: &mut Book, dice: &mut Dice) -> bool {
    let doubt = *pick(dice, &["<", "~", "about ", "approx. ", "c. ", ">"]).unwrap();
    one(book, dice, |value| Value::Text(format!("{doubt}{value}")))
}

fn two_numbers_in_a_cell(book: &mut Book, dice: &mut Dice) -> bool {
    let between = *pick(dice, &[" (", " / ", " - ", " vs ", "\n", " of "]).unwrap();
    one(book, dice, |value| Value::Text(format!("{value}{between}{}", value + 3.0)))
}

fn negative_number(book: &mut Book, dice: &mut Dice) -> bool {
    one(book, dice, |value| Value::Number(-value - 1.0))
}

fn formula_without_a_result(book: &mut Book, dice: &mut Dice) -> bool {
    one(book, dice, |_| Value::Formula(None))
}

fn formula_with_a_stored_error(book: &mut Book, dice: &mut Dice) -> bool {
    let error = *pick(dice, &["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"]).unwrap();
    one(book, dice, |_| Value::Formula(Some(Stored::Text(error.into()))))
}

fn computed_cells_not_calculated(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(|cell| cell.role == Role::Computed, |cell| cell.value = Value::Formula(None))
}

fn error_typed_as_words(book: &mut Book, dice: &mut Dice) -> bool {
    let words = *pick(dice, &["#N/A", "#REF!", "TBC", "see email", "tbc by Friday"]).unwrap();
    one(book, dice, |_| Value::Text(words.into()))
}
