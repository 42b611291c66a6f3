//! What is done to whole sheets and to the workbook.

use super::habits;
use crate::book::{Book, Cell, Page, Role};
use crate::dice::Dice;
use crate::expected::Expected::{Honest, Named, Same, SameOr, SameWith, Unsaid};

habits! {
    hidden_sheet_of_helpers => Same,
    hidden_copy_of_a_sheet_with_other_figures => Same,
    sheets_in_another_order => Same,
    further_sheets => Same,
    instructions_first => Same,
    sheets_protected => Same,
    sheet_renamed => SameWith(&["sheet-renamed"]),
    second_copy_of_a_sheet => SameOr(&["sheet-repeated", "table-repeated"]),
    second_copy_of_a_sheet_with_other_figures => Named(&["sheet-repeated", "table-repeated", "sheet-unread"]),
    older_copy_of_a_sheet_first => Named(&["sheet-repeated", "table-repeated", "sheet-unread"]),
    sheet_split_in_two => Named(&["row-missing", "sheet-repeated", "table-repeated", "required-figure-missing"]),
    sheet_hidden_with_its_figures => Honest,
    sheet_deleted => Unsaid,
    sheets_joined_into_one => Honest,
}

fn hidden_sheet_of_helpers(book: &mut Book, _: &mut Dice) -> bool {
    let mut lists = Page { name: "Lists".into(), hidden: true, ..Page::default() };
    for (row, text) in ["Yes", "No", "N/A", "< Select >", "Provider", "Period"].into_iter().enumerate() {
        lists.put((row as u32, 0), Cell::prose(text));
    }
    book.pages.push(lists);
    true
}

/// A copy of a page with other figures.
fn copy(page: &Page, name: String) -> Page {
    let mut copy = Page { name, ..page.clone() };
    for row in copy.body() {
        copy.other_figures(row);
    }
    copy
}

/// One page with numbers of the provider's.
fn with_numbers(book: &Book, dice: &mut Dice) -> Option<usize> {
    let fitting: Vec<usize> = (0..book.pages.len())
        .filter(|index| book.pages[*index].cells.values().any(Cell::is_number))
        .collect();
    crate::book::pick(dice, &fitting).copied()
}

fn hidden_copy_of_a_sheet_with_other_figures(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(index) = with_numbers(book, dice) else { return false };
    let mut old = copy(&book.pages[index], "Last period".into());
    old.hidden = true;
    book.pages.insert(0, old);
    true
}

fn sheets_in_another_order(book: &mut Book, _: &mut Dice) -> bool {
    book.pages.reverse();
    book.pages.len() > 1
}

fn further_sheets(book: &mut Book, _: &mut Dice) -> bool {
    let mut notes = Page { name: "Working notes".into(), ..Page::default() };
    notes.put((0, 0), Cell::prose("Our own notes"));
    notes.put((2, 0), Cell::prose("Week"));
    notes.put((2, 1), Cell::prose("Calls"));
    for row in 3..9 {
        notes.put((row, 0), Cell::number(f64::from(row)));
        notes.put((row, 1), Cell::number(f64::from(row * 11)));
    }
    book.pages.push(notes);
    book.pages.push(Page { name: "Sheet3".into(), ..Page::default() });
    true
}

fn instructions_first(book: &mut Book, _: &mut Dice) -> bool {
    let mut page = Page { name: "Instructions".into(), ..Page::default() };
    for (row, text) in [
        "Instructions",
        "Enter your organisation's name as in the contract.",
        "Fill in the period and every figure; where there were none enter 0.",
    ]
    .into_iter()
    .enumerate()
    {
        page.put((row as u32, 0), Cell::prose(text));
    }
    book.pages.insert(0, page);
    true
}

fn sheets_protected(book: &mut Book, _: &mut Dice) -> bool {
    book.pages.iter_mut().for_each(|page| page.protected = true);
    true
}

fn sheet_renamed(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(page) =
        book.one_page(dice, |page| page.cells.values().any(|cell| matches!(cell.role, Role::Figure(..))))
    else {
        return false;
    };
    page.name = format!("{} v3", page.name);
    true
}

fn second_name(page: &Page) -> String {
    format!("{} (2)", page.name.chars().take(27).collect::<String>())
}

fn second_copy_of_a_sheet(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(index) = with_numbers(book, dice) else { return false };
    let page = &book.pages[index];
    let second = Page { name: second_name(page), ..page.clone() };
    book.pages.push(second);
    true
}

fn second_copy_of_a_sheet_with_other_figures(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(index) = with_numbers(book, dice) else { return false };
    let page = &book.pages[index];
    let second = copy(page, second_name(page));
    book.pages.push(second);
    true
}

fn older_copy_of_a_sheet_first(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(index) = with_numbers(book, dice) else { return false };
    let page = &book.pages[index];
    let old = copy(page, format!("{} old", page.name.chars().take(27).collect::<String>()));
    book.pages.insert(0, old);
    true
}

fn sheet_split_in_two(book: &mut Book, dice: &mut Dice) -> bool {
    let fitting: Vec<usize> = (0..book.pages.len())
        .filter(|index| {
            let page = &book.pages[*index];
            page.is_grid() && page.body().iter().filter(|row| page.is_labelled(**row)).count() >= 4
        })
        .collect();
    let Some(index) = crate::book::pick(dice, &fitting) else { return false };
    let page = &mut book.pages[*index];
    let starts: Vec<u32> = page.body().into_iter().filter(|row| page.is_labelled(*row)).collect();
    let (middle, heading) = (starts[starts.len() / 2], page.heading_row().unwrap());
    let mut rest = Page { name: page.name.chars().take(23).collect::<String>() + " (cont.)", ..page.clone() };
    rest.cells
        .retain(|(row, _), _| (heading - u32::from(heading > 0)..=heading).contains(row) || *row >= middle);
    rest.merged.retain(|((row, _), _)| *row < heading);
    page.cells.retain(|(row, _), _| *row < middle);
    let index = *index;
    book.pages.insert(index + 1, rest);
    true
}

fn sheet_hidden_with_its_figures(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(index) = with_numbers(book, dice).filter(|_| book.pages.len() > 1) else { return false };
    book.pages[index].hidden = true;
    true
}

fn sheet_deleted(book: &mut Book, dice: &mut Dice) -> bool {
    if book.pages.len() < 2 {
        return false;
    }
    let index = dice.up_to(book.pages.len() as u32 - 1) as usize;
    book.pages.remove(index);
    true
}

fn sheets_joined_into_one(book: &mut Book, _: &mut Dice) -> bool {
    if book.pages.len() < 2 {
        return false;
    }
    let rest = book.pages.split_off(1);
    let first = &mut book.pages[0];
    for page in rest {
        let top = first.last_row() + 4;
        first.merged.extend(page.merged.iter().map(|((r, c), (r2, c2))| ((r + top, *c), (r2 + top, *c2))));
        for ((row, column), cell) in page.cells {
            first.put((row + top, column), cell);
        }
    }
    true
}
