//! What is put into cells that have no figure: blank, nil, not applicable, not recorded, untouched drop-downs.

use quarterday::review::blank_form::Takes;

use super::habits;
use crate::book::{Book, Cell, Role, Value, pick};
use crate::dice::Dice;
use crate::expected::Expected::{Honest, Named, Same, Unsaid};

habits! {
    figure_left_blank => Unsaid,
    figure_of_spaces => Unsaid,
    figure_not_applicable => Unsaid,
    figure_not_recorded => Unsaid,
    figure_is_a_dash => Unsaid,
    every_figure_left_blank => Named(&["empty-return", "required-figure-missing", "narrative-missing", "score-missing"]),
    drop_down_untouched => Named(&["answer-placeholder", "required-figure-missing", "score-missing", "log-entry-unreadable", "area-unknown"]),
    placeholder_in_a_figure => Named(&["answer-placeholder", "required-figure-missing", "figure-not-a-number", "evidence-missing", "score-missing"]),
    choices_in_other_case => Same,
    choices_by_their_first_letter => Same,
    choices_with_words_after_them => Honest,
    a_tick_for_yes => Honest,
    scores_with_their_names => Same,
    scores_out_of_five => Same,
    score_between_two => Named(&["score-impossible", "log-entry-unreadable"]),
    score_off_the_scale => Named(&["score-impossible", "log-entry-unreadable"]),
}

/// A number in a row of the form: those of records may be as many as there are.
fn is_row_number(cell: &Cell) -> bool {
    cell.is_number() && cell.row_figure().is_some()
}

fn answered(book: &mut Book, dice: &mut Dice, words: &[&str]) -> bool {
    let words = *pick(dice, words).unwrap();
    book.change_one(dice, is_row_number, |cell| cell.value = Value::Text(words.into()))
}

fn figure_left_blank(book: &mut Book, dice: &mut Dice) -> bool {
    book.change_one(dice, is_row_number, |cell| cell.value = Value::Blank)
}

fn figure_of_spaces(book: &mut Book, dice: &mut Dice) -> bool {
    answered(book, dice, &[" ", "\u{a0}", "\n", "  \u{200b}"])
}

fn figure_not_applicable(book: &mut Book, dice: &mut Dice) -> bool {
    answered(book, dice, &["N/A", "n/a", "NA", "Not applicable", "not applicable."])
}

fn figure_not_recorded(book: &mut Book, dice: &mut Dice) -> bool {
    answered(book, dice, &["not recorded", "Not known", "unknown", "no data"])
}

fn figure_is_a_dash(book: &mut Book, dice: &mut Dice) -> bool {
    answered(book, dice, &["-", "–", "—", "--"])
}

fn every_figure_left_blank(book: &mut Book, _: &mut Dice) -> bool {
    for page in &mut book.pages {
        page.cells.retain(|_, cell| !matches!(cell.role, Role::Figure(..) | Role::Computed));
    }
    true
}

fn is_choice(cell: &Cell) -> bool {
    matches!(cell.role, Role::Figure(_, Takes::Choice(_)))
}

fn drop_down_untouched(book: &mut Book, dice: &mut Dice) -> bool {
    let words =
        *pick(dice, &["< Select >", "Please select", "<Select>", "Select…", "Please choose"]).unwrap();
    book.change_one(
        dice,
        |cell| is_choice(cell) && cell.row_figure().is_some(),
        |cell| {
            cell.value = Value::Text(words.into());
        },
    )
}

fn placeholder_in_a_figure(book: &mut Book, dice: &mut Dice) -> bool {
    answered(book, dice, &["< Select >", "Please select", "<enter number>", "Enter figure here"])
}

fn choices_in_other_case(book: &mut Book, dice: &mut Dice) -> bool {
    let upper = dice.up_to(1) == 0;
    book.change_all(is_choice, |cell| {
        if let Some(text) = cell.text_mut() {
            *text = if upper { text.to_uppercase() } else { format!(" {}\u{a0}", text.to_lowercase()) };
        }
    })
}

/// Yes or no stands in the cell.
fn is_yes_or_no(cell: &Cell) -> bool {
    is_choice(cell) && matches!(cell.text(), "Yes" | "No")
}

fn choices_by_their_first_letter(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(is_yes_or_no, |cell| cell.text_mut().unwrap().truncate(1))
}

fn choices_with_words_after_them(book: &mut Book, dice: &mut Dice) -> bool {
    let words = *pick(dice, &[" - see comment", " (two of three)", ", but one is out of date", "?"]).unwrap();
    book.change_one(dice, is_yes_or_no, |cell| cell.text_mut().unwrap().push_str(words))
}

fn a_tick_for_yes(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(
        |cell| is_yes_or_no(cell) && cell.text() == "Yes",
        |cell| cell.value = Value::Text("✓".into()),
    )
}

fn is_score(cell: &Cell) -> bool {
    matches!(cell.role, Role::Figure(_, Takes::Score { .. })) && cell.is_number()
}

fn scored(book: &mut Book, how: impl Fn(f64) -> String) -> bool {
    book.change_all(is_score, |cell| {
        if let Value::Number(score) = cell.value {
            cell.value = Value::Text(how(score));
        }
    })
}

fn scores_with_their_names(book: &mut Book, dice: &mut Dice) -> bool {
    let dash = *pick(dice, &[" - ", " – ", "-", ": "]).unwrap();
    scored(book, |score| format!("{score}{dash}Developing"))
}

fn scores_out_of_five(book: &mut Book, _: &mut Dice) -> bool {
    scored(book, |score| format!("{score}/5"))
}

fn score_between_two(book: &mut Book, dice: &mut Dice) -> bool {
    let value = if dice.up_to(1) == 0 { Value::Number(2.5) } else { Value::Text("2-3".into()) };
    book.change_one(dice, is_score, |cell| cell.value = value)
}

fn score_off_the_scale(book: &mut Book, dice: &mut Dice) -> bool {
    let value = f64::from(*pick(dice, &[0_u8, 6, 55]).unwrap());
    book.change_one(dice, is_score, |cell| cell.value = Value::Number(value))
}
