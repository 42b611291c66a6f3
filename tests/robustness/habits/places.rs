//! Where on the sheet things stand, and what else stands there.

use super::habits;
use crate::book::{Book, Cell, Page, Role, Value, pick};
use crate::dice::Dice;
use crate::expected::Expected::{Honest, Same, SameOr};

habits! {
    moved_down_to_row_20 => Same,
    moved_right_to_column_d => Same,
    explanatory_text_above => Same,
    merged_title => Same,
    merged_title_between_head_and_table => Same,
    blank_rows_within_the_table => Same,
    blank_column_within_the_table => Same,
    used_range_far_beyond => Same,
    note_below_the_table => Same,
    key_below_the_table => Same,
    row_labels_merged_down => Same,
    row_labels_repeated_on_every_line => Same,
    headings_merged_over_two_rows => Same,
    bands_of_headings_merged_across => Same,
    units_below_the_headings => SameOr(&["row-unknown"]),
    headings_repeated_within_the_table => Honest,
    total_row_below => SameOr(&["row-unknown"]),
    subtotal_within_records => SameOr(&["row-unknown"]),
    example_row_under_the_heading => Same,
    long_words_beside_the_figures => Same,
    page_numbers_and_dates_printed => Same,
    council_use_only_columns => Same,
}

fn each_page(book: &mut Book, change: impl Fn(&mut Page)) -> bool {
    book.pages.iter_mut().for_each(change);
    true
}

/// Pages with a table, with the row of its headings.
fn each_table(book: &mut Book, mut change: impl FnMut(&mut Page, u32)) -> bool {
    let mut any = false;
    for page in &mut book.pages {
        if let Some(heading) = page.heading_row() {
            change(page, heading);
            any = true;
        }
    }
    any
}

fn moved_down_to_row_20(book: &mut Book, _: &mut Dice) -> bool {
    each_page(book, |page| page.insert_rows(0, 19 - page.heading_row().unwrap_or(0).min(18)))
}

fn moved_right_to_column_d(book: &mut Book, _: &mut Dice) -> bool {
    each_page(book, |page| page.insert_columns(0, 3))
}

fn explanatory_text_above(book: &mut Book, _: &mut Dice) -> bool {
    each_page(book, |page| {
        page.insert_rows(0, 7);
        for (row, text) in [
            "How to complete this form",
            "Please complete one form for each reporting period and send it by the date in the contract.",
            "Note: the period is the one agreed with the council, and figures are those of the period only.",
            "1. Every provider completes every row. 2. Where there were none, enter 0.",
            "Any question about a target, a numerator or a denominator: ask the contract team.",
        ]
        .into_iter()
        .enumerate()
        {
            page.put((row as u32, 0), Cell::prose(text));
        }
    })
}

fn merged_title(book: &mut Book, _: &mut Dice) -> bool {
    each_page(book, |page| {
        page.insert_rows(0, 2);
        page.put((0, 0), Cell::prose("Performance monitoring 2025/26 (draft)"));
        page.merged.push(((0, 0), (1, page.last_column().max(3))));
    })
}

fn merged_title_between_head_and_table(book: &mut Book, _: &mut Dice) -> bool {
    each_table(book, |page, heading| {
        let first = page.columns()[0];
        let top = if page.has_groups() { heading - 1 } else { heading };
        page.insert_rows(top, 2);
        page.put((top, first), Cell::prose("Section A"));
        page.merged.push(((top, first), (top, first + 4)));
    })
}

fn blank_rows_within_the_table(book: &mut Book, dice: &mut Dice) -> bool {
    each_table(book, |page, _| {
        let body = page.body();
        if let Some(row) = pick(dice, &body) {
            page.insert_rows(*row, 2);
        }
    })
}

fn blank_column_within_the_table(book: &mut Book, dice: &mut Dice) -> bool {
    each_table(book, |page, _| {
        let columns = page.columns();
        if let Some(column) = pick(dice, &columns[1..]) {
            let column = *column;
            page.insert_columns(column, 1);
        }
    })
}

fn used_range_far_beyond(book: &mut Book, _: &mut Dice) -> bool {
    each_page(book, |page| page.far = Some((1_048_575, 183)))
}

fn note_below_the_table(book: &mut Book, _: &mut Dice) -> bool {
    each_table(book, |page, _| {
        let (row, column) = (page.last_row() + 3, page.columns()[0]);
        page.put(
            (row, column),
            Cell::prose("Please send the form to the contract team by the date in the schedule."),
        );
    })
}

fn key_below_the_table(book: &mut Book, _: &mut Dice) -> bool {
    each_table(book, |page, _| {
        let (row, column) = (page.last_row() + 2, page.last_column() + 2);
        for (line, text) in ["Key", "Green: met", "Amber: nearly met", "Red: not met"].into_iter().enumerate()
        {
            page.put((row + line as u32, column), Cell::prose(text));
        }
    })
}

/// The first column in which labels of rows stand: before the labels of their breakdowns.
fn label_column(page: &Page) -> Option<u32> {
    let labels = page.cells.iter().filter(|(_, cell)| cell.role == Role::RowLabel && !cell.text().is_empty());
    labels.map(|((_, column), _)| *column).min()
}

/// The rows that begin with a label in this column, with the last row that belongs to each.
fn blocks(page: &Page, column: u32) -> Vec<(u32, u32)> {
    let body = page.body();
    let is_start = |row: &u32| {
        page.cells
            .get(&(*row, column))
            .is_some_and(|cell| cell.role == Role::RowLabel && !cell.text().is_empty())
    };
    let starts: Vec<u32> = body.iter().copied().filter(is_start).collect();
    let last = body.last().copied().unwrap_or(0);
    starts
        .iter()
        .enumerate()
        .map(|(index, start)| (*start, starts.get(index + 1).map_or(last, |next| next - 1)))
        .collect()
}

fn row_labels_merged_down(book: &mut Book, _: &mut Dice) -> bool {
    let mut any = false;
    for page in &mut book.pages {
        let Some(column) = label_column(page) else { continue };
        for (first, last) in blocks(page, column).into_iter().filter(|(first, last)| first < last) {
            page.merged.retain(|(own, _)| *own != (first, column));
            page.merged.push(((first, column), (last, column)));
            any = true;
        }
    }
    any
}

fn row_labels_repeated_on_every_line(book: &mut Book, _: &mut Dice) -> bool {
    let mut any = false;
    for page in &mut book.pages {
        let Some(column) = label_column(page) else { continue };
        for (first, last) in blocks(page, column) {
            let label = page.cells[&(first, column)].clone();
            page.merged.retain(|(own, _)| *own != (first, column));
            for row in first + 1..=last {
                if page.row(row).next().is_some() {
                    page.put((row, column), label.clone());
                    any = true;
                }
            }
        }
    }
    any
}

fn headings_merged_over_two_rows(book: &mut Book, _: &mut Dice) -> bool {
    each_table(book, |page, heading| {
        let columns = page.columns();
        page.insert_rows(heading + 1, 1);
        page.merged.extend(columns.into_iter().map(|column| ((heading, column), (heading + 1, column))));
    })
}

fn bands_of_headings_merged_across(book: &mut Book, _: &mut Dice) -> bool {
    let mut any = false;
    for page in &mut book.pages {
        let Some(heading) = page.heading_row().filter(|_| !page.has_groups()) else { continue };
        let columns = page.columns();
        if columns.len() < 4 {
            continue;
        }
        page.insert_rows(heading, 1);
        for (name, band) in [("About the measure", &columns[..2]), ("For completion", &columns[2..])] {
            page.put((heading, band[0]), Cell::prose(name));
            page.merged.push(((heading, band[0]), (heading, *band.last().unwrap())));
        }
        any = true;
    }
    any
}

fn units_below_the_headings(book: &mut Book, _: &mut Dice) -> bool {
    let mut any = false;
    for page in book.pages.iter_mut().filter(|page| page.is_grid()) {
        let Some(heading) = page.heading_row() else { continue };
        let columns = page.columns();
        page.insert_rows(heading + 1, 1);
        for column in columns.into_iter().skip(1) {
            page.put((heading + 1, column), Cell::prose("(number)"));
            any = true;
        }
    }
    any
}

fn headings_repeated_within_the_table(book: &mut Book, dice: &mut Dice) -> bool {
    each_table(book, |page, heading| {
        let body = page.body();
        if let Some(row) = pick(dice, &body) {
            let row = *row;
            page.insert_rows(row, 1);
            page.copy_row(heading, row);
        }
    })
}

/// A row of sums over these rows.
fn add_total(page: &mut Page, at: u32, of: &[u32], called: &str) {
    let columns = page.columns();
    for column in &columns {
        let cells: Vec<Cell> =
            of.iter().filter_map(|row| page.cells.get(&(*row, *column))).cloned().collect();
        let numbers: Vec<f64> = cells
            .iter()
            .filter_map(|cell| match cell.value {
                Value::Number(value) => Some(value),
                _ => None,
            })
            .collect();
        if numbers.len() == cells.len() && !numbers.is_empty() {
            page.put((at, *column), Cell::number(numbers.iter().sum()));
        }
    }
    let label = *columns.first().unwrap();
    page.put((at, label), Cell::prose(called));
}

fn total_row_below(book: &mut Book, _: &mut Dice) -> bool {
    let mut any = false;
    for page in &mut book.pages {
        let body = page.body();
        let has_own = page.row(page.last_row()).any(|(_, cell)| cell.role == Role::Computed);
        if body.is_empty() || (page.is_records() && has_own) {
            continue;
        }
        let at = page.last_row() + 1;
        add_total(page, at, &body, "Total");
        any = true;
    }
    any
}

fn subtotal_within_records(book: &mut Book, _: &mut Dice) -> bool {
    let mut any = false;
    for page in book.pages.iter_mut().filter(|page| page.is_records()) {
        let body = page.body();
        let has_label = body.iter().any(|row| page.is_labelled(*row));
        let (Some(second), false) = (body.get(2).copied(), has_label) else { continue };
        page.insert_rows(second, 1);
        add_total(page, second, &body[..2], "Subtotal");
        any = true;
    }
    any
}

fn example_row_under_the_heading(book: &mut Book, _: &mut Dice) -> bool {
    each_table(book, |page, heading| {
        let columns = page.columns();
        page.insert_rows(heading + 1, 1);
        page.put((heading + 1, columns[0]), Cell::prose("Example"));
        for column in &columns[1..] {
            page.put((heading + 1, *column), Cell::number(99.0));
        }
    })
}

fn long_words_beside_the_figures(book: &mut Book, _: &mut Dice) -> bool {
    each_table(book, |page, _| {
        let column = page.last_column() + 1;
        if let Some(row) = page.body().first() {
            let words = "The figure is lower than in the period before because two posts were vacant. ";
            page.put((*row, column), Cell::prose(words.repeat(12)));
        }
    })
}

fn page_numbers_and_dates_printed(book: &mut Book, _: &mut Dice) -> bool {
    each_table(book, |page, _| {
        let (row, column) = (page.last_row() + 5, page.last_column() + 3);
        page.put((row, column), Cell::prose("Page 1 of 1"));
        page.put((0, column), Cell::prose("Printed 14 April 2031"));
    })
}

fn council_use_only_columns(book: &mut Book, _: &mut Dice) -> bool {
    each_table(book, |page, heading| {
        let column = page.last_column() + 2;
        page.put((heading, column), Cell::prose("Council use only"));
        if let Some(row) = page.body().first() {
            page.put((*row, column), Cell::prose("Checked"));
        }
    })
}
