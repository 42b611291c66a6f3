//! How dates are typed and stored.

use chrono::NaiveDate;
use quarterday::review::blank_form::{FormLabel, Takes};

use super::habits;
use crate::book::{Book, Cell, Role, Value, pick};
use crate::dice::Dice;
use crate::expected::Expected::{Honest, Named, Same};

habits! {
    dates_as_text => Same,
    dates_in_words => Same,
    dates_as_ordinals => Same,
    dates_of_other_programs => Same,
    dates_with_two_digit_years => Same,
    dates_with_full_stops => Same,
    dates_with_weekdays => Same,
    dates_with_times => Same,
    dates_counted_from_1904 => Same,
    dates_in_american_display => Same,
    dates_stored_without_a_format => Honest,
    dates_shown_as_months => Honest,
    date_without_a_year => Named(DATE_FINDINGS),
    date_that_is_none => Named(DATE_FINDINGS),
    date_with_months_before_days => Named(DATE_FINDINGS),
}

const DATE_FINDINGS: &[&str] = &[
    "answer-unreadable",
    "log-entry-unreadable",
    "date-submitted-missing",
    "date-submitted-impossible",
    "not-signed",
    "figure-not-a-number",
];

fn is_date(cell: &Cell) -> bool {
    matches!(cell.value, Value::Date(_))
}

/// Every date as a text.
fn typed(book: &mut Book, how: impl Fn(NaiveDate) -> String) -> bool {
    book.change_all(is_date, |cell| {
        if let Value::Date(day) = cell.value {
            cell.value = Value::Text(how(day));
            cell.format = String::new();
        }
    })
}

fn dates_as_text(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |day| day.format("%d/%m/%Y").to_string())
}

fn dates_in_words(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |day| day.format("%-d %B %Y").to_string())
}

fn dates_as_ordinals(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |day| {
        let ending = match day.format("%-d").to_string().as_str() {
            "1" | "21" | "31" => "st",
            "2" | "22" => "nd",
            "3" | "23" => "rd",
            _ => "th",
        };
        day.format(&format!("%-d{ending} %b %Y")).to_string()
    })
}

fn dates_of_other_programs(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |day| day.format("%Y-%m-%d").to_string())
}

fn dates_with_two_digit_years(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |day| day.format("%d/%m/%y").to_string())
}

fn dates_with_full_stops(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |day| day.format("%-d.%-m.%Y").to_string())
}

fn dates_with_weekdays(book: &mut Book, _: &mut Dice) -> bool {
    typed(book, |day| day.format("%A %-d %B %Y").to_string())
}

fn dates_with_times(book: &mut Book, dice: &mut Dice) -> bool {
    let time = f64::from(dice.between(1, 94)) / 96.0;
    book.change_all(is_date, |cell| {
        if let Value::Date(day) = cell.value {
            cell.value = Value::Moment(day, time);
            cell.format = "dd/mm/yyyy hh:mm".into();
        }
    })
}

fn dates_counted_from_1904(book: &mut Book, _: &mut Dice) -> bool {
    book.since_1904 = true;
    !book.places(is_date).is_empty()
}

fn dates_in_american_display(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(is_date, |cell| cell.format = "mm-dd-yy".into())
}

fn dates_stored_without_a_format(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(is_date, |cell| cell.format = String::new())
}

/// Days of a form's tables; the day a form was submitted or signed is another matter.
fn is_entry(cell: &Cell) -> bool {
    is_date(cell) && matches!(cell.role, Role::Figure(_, Takes::Date { .. }))
}

fn dates_shown_as_months(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(is_entry, |cell| cell.format = "mmm-yy".into())
}

/// A date that something rests on: an entry of a table or the day of the submission.
fn one(book: &mut Book, dice: &mut Dice, how: impl FnOnce(NaiveDate) -> String) -> bool {
    let matters =
        |cell: &Cell| is_date(cell) && (is_entry(cell) || cell.role == Role::Given(FormLabel::SignedOn));
    book.change_one(dice, matters, |cell| {
        if let Value::Date(day) = cell.value {
            cell.value = Value::Text(how(day));
            cell.format = String::new();
        }
    })
}

fn date_without_a_year(book: &mut Book, dice: &mut Dice) -> bool {
    one(book, dice, |day| day.format("%-d %B").to_string())
}

fn date_that_is_none(book: &mut Book, dice: &mut Dice) -> bool {
    let text = *pick(dice, &["31/02/2025", "last spring", "tbc", "99/99/9999", "30 February 2025"]).unwrap();
    one(book, dice, |_| text.into())
}

fn date_with_months_before_days(book: &mut Book, dice: &mut Dice) -> bool {
    // A day above the twelfth, so that no reader could take it for the month.
    one(book, dice, |day| day.format("%m/28/%Y").to_string())
}
