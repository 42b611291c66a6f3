//! How headings and labels are written.

use super::habits;
use crate::book::{Book, Cell, Role, Value, pick};
use crate::dice::Dice;
use crate::expected::Expected::{Named, Same, SameWith};
use quarterday::review::blank_form::FormLabel;

habits! {
    non_breaking_spaces => Same,
    narrow_spaces => Same,
    zero_width_spaces => Same,
    line_breaks => Same,
    doubled_and_leading_spaces => Same,
    upper_case => Same,
    lower_case => Same,
    long_dashes_and_curly_quotes => Same,
    headings_with_colon_or_asterisk => Same,
    spaces_after_the_sheets_name => Same,
    sheets_name_in_upper_case => Same,
    heading_misspelt => SameWith(&["heading-renamed"]),
    row_label_misspelt => SameWith(&["heading-renamed"]),
    label_of_provider_misspelt => Named(&["heading-renamed", "provider-from-name"]),
    label_of_period_misspelt => Named(&["heading-renamed", "period-from-name"]),
}

/// Every word of the form's own, changed.
fn reword(book: &mut Book, change: impl Fn(&str) -> String) -> bool {
    book.change_all(Cell::is_furniture, |cell| {
        if let Some(text) = cell.text_mut() {
            *text = change(text);
        }
    })
}

fn non_breaking_spaces(book: &mut Book, _: &mut Dice) -> bool {
    reword(book, |text| format!("{}\u{a0}", text.replace(' ', "\u{a0}")))
}

fn narrow_spaces(book: &mut Book, _: &mut Dice) -> bool {
    reword(book, |text| format!("\u{2009}{}", text.replace(' ', "\u{202f}")))
}

fn zero_width_spaces(book: &mut Book, _: &mut Dice) -> bool {
    reword(book, |text| format!("\u{feff}{}\u{200b}", text.replace(' ', " \u{200b}")))
}

fn line_breaks(book: &mut Book, _: &mut Dice) -> bool {
    reword(book, |text| format!("{}\n", text.replace(' ', "\n")))
}

fn doubled_and_leading_spaces(book: &mut Book, _: &mut Dice) -> bool {
    reword(book, |text| format!("  {} ", text.replace(' ', "  ")))
}

fn upper_case(book: &mut Book, _: &mut Dice) -> bool {
    let is_words = |cell: &Cell| cell.is_furniture() || matches!(cell.role, Role::Given(_) | Role::Member);
    book.change_all(is_words, |cell| {
        if let Some(text) = cell.text_mut() {
            *text = text.to_uppercase();
        }
    })
}

fn lower_case(book: &mut Book, _: &mut Dice) -> bool {
    reword(book, str::to_lowercase)
}

fn long_dashes_and_curly_quotes(book: &mut Book, _: &mut Dice) -> bool {
    let has_any = |cell: &Cell| cell.text().contains(['-', '\'', '"']);
    book.change_all(has_any, |cell| {
        if let Some(text) = cell.text_mut() {
            *text = text.replace('-', "–").replace('\'', "’").replace('"', "”");
        }
    })
}

fn headings_with_colon_or_asterisk(book: &mut Book, dice: &mut Dice) -> bool {
    for cell in book.cells_mut().filter(|cell| cell.is_furniture()) {
        let end = *pick(dice, &[":", "*", " *", " :", "."]).unwrap();
        if let Some(text) = cell.text_mut() {
            text.push_str(end);
        }
    }
    true
}

fn spaces_after_the_sheets_name(book: &mut Book, _: &mut Dice) -> bool {
    for page in &mut book.pages {
        page.name = format!("{} ", page.name);
    }
    true
}

fn sheets_name_in_upper_case(book: &mut Book, _: &mut Dice) -> bool {
    for page in &mut book.pages {
        page.name = page.name.to_uppercase();
    }
    true
}

/// Two letters in the middle change places, as in `Numertaor`.
fn misspelt(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let middle = letters.len() / 2;
    let pair = (middle..letters.len() - 1)
        .find(|at| letters[*at] != letters[at + 1] && letters[*at..at + 2].iter().all(|c| c.is_alphabetic()));
    match pair {
        Some(at) => letters.swap(at, at + 1),
        None => letters.push('s'),
    }
    letters.into_iter().collect()
}

fn misspell_one(book: &mut Book, dice: &mut Dice, is_one: impl Fn(&Cell) -> bool) -> bool {
    let is_long = |cell: &Cell| is_one(cell) && cell.text().len() >= 7;
    book.change_one(dice, is_long, |cell| cell.value = Value::Text(misspelt(cell.text())))
}

fn heading_misspelt(book: &mut Book, dice: &mut Dice) -> bool {
    misspell_one(book, dice, |cell| cell.role == Role::Heading)
}

fn row_label_misspelt(book: &mut Book, dice: &mut Dice) -> bool {
    // A code is no label, and a line of a breakdown has the provider's own words.
    misspell_one(book, dice, |cell| {
        cell.role == Role::RowLabel && cell.text().contains(' ') && !cell.text().contains(':')
    })
}

fn label_of_provider_misspelt(book: &mut Book, dice: &mut Dice) -> bool {
    misspell_one(book, dice, |cell| cell.role == Role::Label(FormLabel::Provider))
}

fn label_of_period_misspelt(book: &mut Book, dice: &mut Dice) -> bool {
    misspell_one(book, dice, |cell| cell.role == Role::Label(FormLabel::Period))
}
