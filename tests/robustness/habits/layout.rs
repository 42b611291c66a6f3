//! What was added to the form's tables, taken out of them and moved about in them.

use super::habits;
use crate::book::{Book, Cell, Page, Role, Value, pick};
use crate::dice::Dice;
use crate::expected::Expected::{Named, Same, SameOr, SameWith, Unsaid};

habits! {
    columns_reordered => Same,
    rows_reordered => Same,
    column_inserted => SameWith(&["column-inserted"]),
    column_inserted_with_a_like_heading => SameOr(&["column-inserted", "heading-renamed"]),
    column_deleted => Unsaid,
    column_with_figures_deleted => Named(&["column-missing", "sheet-missing", "heading-renamed"]),
    column_doubled => Named(&["column-repeated", "column-inserted", "heading-renamed"]),
    row_doubled => SameWith(&["row-repeated"]),
    row_doubled_with_other_figures => Named(&["row-repeated", "duplicate-reference", "record-repeated"]),
    row_deleted => Named(&["row-missing", "required-figure-missing", "narrative-missing"]),
    row_of_the_providers_own => SameOr(&["row-unknown"]),
    code_used_twice => SameOr(&["row-repeated", "heading-renamed"]),
    thresholds_edited => Named(&["threshold-edited"]),
    table_twice_on_the_sheet => Named(&["row-repeated", "duplicate-reference", "record-repeated", "row-unknown", "table-repeated", "log-entry-unreadable", "figure-not-a-number", "area-unknown", "answer-unreadable", "group-unknown", "score-missing", "score-impossible"]),
    table_twice_side_by_side => Named(&["column-inserted", "table-repeated", "column-repeated"]),
    grey_cells_with_not_applicable => Same,
    hidden_helper_row_above_the_headings => Same,
    hidden_helper_column_between => Same,
    hidden_row_of_old_figures => Same,
    figures_in_a_hidden_row => Named(&["row-missing", "row-hidden", "required-figure-missing", "narrative-missing"]),
    figures_in_a_hidden_column => Named(&["column-missing", "column-hidden", "sheet-missing"]),
}

/// Pages whose table has so many columns and no groups of them.
fn simple(page: &Page, columns: usize) -> bool {
    page.heading_row().is_some() && !page.has_groups() && page.columns().len() >= columns
}

/// Swaps two columns of the table, from its headings down.
fn swap_columns(page: &mut Page, one: u32, other: u32) {
    let heading = page.heading_row().unwrap();
    page.moved(|(row, column)| {
        let column = match column {
            column if row < heading => column,
            column if column == one => other,
            column if column == other => one,
            column => column,
        };
        Some((row, column))
    });
}

fn columns_reordered(book: &mut Book, dice: &mut Dice) -> bool {
    let mut any = false;
    for page in book.pages.iter_mut().filter(|page| simple(page, 3)) {
        // The labels of the rows keep their place: their figures move.
        let labels: Vec<u32> = page
            .cells
            .iter()
            .filter(|(_, cell)| matches!(cell.role, Role::RowLabel | Role::Member))
            .map(|((_, column), _)| *column)
            .collect();
        let free: Vec<u32> = page.columns().into_iter().filter(|column| !labels.contains(column)).collect();
        if free.len() < 2 {
            continue;
        }
        let one = dice.up_to(free.len() as u32 - 2) as usize;
        let other = one + 1 + dice.up_to((free.len() - one - 2) as u32) as usize;
        swap_columns(page, free[one], free[other]);
        any = true;
    }
    any
}

/// Rows that each begin with a label and stand alone, without lines below that belong to them.
fn single_rows(page: &Page) -> Vec<u32> {
    let body = page.body();
    let is_single =
        |row: u32| page.is_labelled(row) && (page.is_labelled(row + 1) || page.row(row + 1).next().is_none());
    body.into_iter().filter(|row| is_single(*row)).collect()
}

/// One of the single rows that hold figures of the provider's.
fn one_row(book: &mut Book, dice: &mut Dice, needed: usize) -> Option<(usize, Vec<u32>)> {
    let fitting: Vec<(usize, Vec<u32>)> = book
        .pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.is_grid())
        .map(|(index, page)| {
            let has_figures =
                |row: &u32| page.row(*row).any(|(_, cell)| cell.is_number() && cell.row_figure().is_some());
            (index, single_rows(page).into_iter().filter(has_figures).collect::<Vec<u32>>())
        })
        .filter(|(_, rows)| rows.len() >= needed)
        .collect();
    pick(dice, &fitting).cloned()
}

fn rows_reordered(book: &mut Book, dice: &mut Dice) -> bool {
    let Some((index, rows)) = one_row(book, dice, 2) else { return false };
    let one = dice.up_to(rows.len() as u32 - 2) as usize;
    let other = one + 1 + dice.up_to((rows.len() - one - 2) as u32) as usize;
    let (one, other) = (rows[one], rows[other]);
    book.pages[index].moved(|(row, column)| {
        Some((
            if row == one {
                other
            } else if row == other {
                one
            } else {
                row
            },
            column,
        ))
    });
    true
}

/// Makes a column of the table's with this heading and numbers in it.
fn insert_column(page: &mut Page, at: u32, heading: &str) {
    let row = page.heading_row().unwrap();
    let body = page.body();
    page.insert_columns(at, 1);
    page.put((row, at), Cell::prose(heading));
    for (number, row) in body.into_iter().enumerate() {
        page.put((row, at), Cell::number(50.0 + number as f64));
    }
}

fn column_inserted(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(page) = book.one_page(dice, |page| simple(page, 2)) else { return false };
    let at = page.columns()[1];
    insert_column(page, at, "Team's own working");
    true
}

fn column_inserted_with_a_like_heading(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(page) = book.one_page(dice, |page| simple(page, 3)) else { return false };
    let columns = page.columns();
    let at = *pick(dice, &columns[1..]).unwrap();
    let heading = page.cells[&(page.heading_row().unwrap(), at)].text().to_string();
    insert_column(page, at, &format!("{heading} last year"));
    true
}

fn column_deleted(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(page) = book.one_page(dice, |page| simple(page, 3)) else { return false };
    let column = *pick(dice, &page.columns()[1..]).unwrap();
    delete_column(page, column);
    true
}

/// Takes a column out of the table; the form's head stays.
fn delete_column(page: &mut Page, gone: u32) {
    let heading = page.heading_row().unwrap();
    page.moved(|(row, column)| match column {
        column if row < heading || column < gone => Some((row, column)),
        column if column == gone => None,
        column => Some((row, column - 1)),
    });
}

/// The columns with figures of the rows of a form.
fn figure_columns(page: &Page) -> Vec<u32> {
    let figures = page.cells.iter().filter(|(_, cell)| cell.is_number() && cell.row_figure().is_some());
    let mut columns: Vec<u32> = figures.map(|((_, column), _)| *column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn column_with_figures_deleted(book: &mut Book, dice: &mut Dice) -> bool {
    let is_fit = |page: &Page| simple(page, 3) && !figure_columns(page).is_empty();
    let Some(page) = book.one_page(dice, is_fit) else { return false };
    let column = *pick(dice, &figure_columns(page)).unwrap();
    delete_column(page, column);
    true
}

fn column_doubled(book: &mut Book, dice: &mut Dice) -> bool {
    let is_fit = |page: &Page| simple(page, 3) && !figure_columns(page).is_empty();
    let Some(page) = book.one_page(dice, is_fit) else { return false };
    let column = *pick(dice, &figure_columns(page)).unwrap();
    let heading = page.cells[&(page.heading_row().unwrap(), column)].text().to_string();
    let after = dice.up_to(1);
    insert_column(page, column + after, &heading);
    true
}

fn double_row(book: &mut Book, dice: &mut Dice) -> Option<(usize, u32)> {
    let (index, rows) = one_row(book, dice, 1)?;
    let row = *pick(dice, &rows)?;
    let page = &mut book.pages[index];
    page.insert_rows(row + 1, 1);
    page.copy_row(row, row + 1);
    Some((index, row + 1))
}

fn row_doubled(book: &mut Book, dice: &mut Dice) -> bool {
    double_row(book, dice).is_some()
}

fn row_doubled_with_other_figures(book: &mut Book, dice: &mut Dice) -> bool {
    let Some((index, row)) = double_row(book, dice) else { return false };
    book.pages[index].other_figures(row)
}

fn row_deleted(book: &mut Book, dice: &mut Dice) -> bool {
    let Some((index, rows)) = one_row(book, dice, 2) else { return false };
    let row = *pick(dice, &rows).unwrap();
    let had_figures = book.pages[index].row(row).any(|(_, cell)| cell.is_number());
    book.pages[index].remove_row(row);
    had_figures
}

fn row_of_the_providers_own(book: &mut Book, dice: &mut Dice) -> bool {
    let Some((index, rows)) = one_row(book, dice, 1) else { return false };
    let row = *pick(dice, &rows).unwrap();
    let page = &mut book.pages[index];
    page.insert_rows(row, 1);
    page.copy_row(row + 1, row);
    page.other_figures(row);
    for ((own, _), cell) in &mut page.cells {
        if *own == row && cell.role == Role::RowLabel {
            let is_number = cell.text().len() < 6;
            cell.value =
                Value::Text(if is_number { "" } else { "Visits to the park, locally agreed" }.into());
        }
    }
    true
}

fn code_used_twice(book: &mut Book, dice: &mut Dice) -> bool {
    let Some((index, rows)) = one_row(book, dice, 2) else { return false };
    let page = &mut book.pages[index];
    let code = |page: &Page, row: u32| {
        let mut labels = page.row(row).filter(|(_, cell)| cell.role == Role::RowLabel);
        let first = labels.next().map(|(column, cell)| (column, cell.clone()));
        first.filter(|(_, cell)| cell.text().len() < 6 && labels.next().is_some())
    };
    let (Some((_, first)), Some((column, _))) = (code(page, rows[0]), code(page, rows[1])) else {
        return false;
    };
    page.put((rows[1], column), first);
    true
}

fn thresholds_edited(book: &mut Book, dice: &mut Dice) -> bool {
    let is_percentage = |cell: &Cell| cell.role == Role::Threshold && cell.text().contains('%');
    book.change_one(dice, is_percentage, |cell| cell.value = Value::Text(">= 12%".into()))
}

fn table_twice_on_the_sheet(book: &mut Book, dice: &mut Dice) -> bool {
    let is_fit = |page: &Page| page.heading_row().is_some() && page.cells.values().any(Cell::is_number);
    let Some(page) = book.one_page(dice, is_fit) else { return false };
    let top = page.heading_row().unwrap() - u32::from(page.has_groups());
    let last = page.last_row();
    for row in top..=last {
        let to = last + 3 + row - top;
        page.copy_row(row, to);
        page.other_figures(to);
    }
    true
}

fn table_twice_side_by_side(book: &mut Book, dice: &mut Dice) -> bool {
    let is_fit = |page: &Page| simple(page, 2) && page.cells.values().any(Cell::is_number);
    let Some(page) = book.one_page(dice, is_fit) else { return false };
    let top = page.heading_row().unwrap();
    let right = page.last_column() + 2;
    let copied: Vec<_> = page.cells.range((top, 0)..).map(|(at, cell)| (*at, cell.clone())).collect();
    for ((row, column), mut cell) in copied {
        if let (Role::Figure(..), Value::Number(value)) = (&cell.role, &mut cell.value) {
            *value += 5.0;
        }
        page.put((row, right + column), cell);
    }
    true
}

fn grey_cells_with_not_applicable(book: &mut Book, _: &mut Dice) -> bool {
    let mut any = false;
    for page in book.pages.iter_mut().filter(|page| page.is_grid()) {
        let columns = page.columns();
        let rows: Vec<u32> = page
            .body()
            .into_iter()
            .filter(|row| page.row(*row).any(|(_, cell)| cell.row_figure().is_some()))
            .collect();
        let numbers = figure_columns(page);
        for row in rows {
            for column in columns.iter().filter(|column| numbers.contains(column)) {
                if !page.cells.contains_key(&(row, *column)) {
                    page.put((row, *column), Cell::prose("N/A"));
                    any = true;
                }
            }
        }
    }
    any
}

fn hidden_helper_row_above_the_headings(book: &mut Book, _: &mut Dice) -> bool {
    for page in &mut book.pages {
        let Some(heading) = page.heading_row() else { continue };
        let columns = page.columns();
        page.insert_rows(heading, 1);
        for column in columns {
            page.put((heading, column), Cell::prose(format!("field_{column}")));
        }
        page.hidden_rows.insert(heading);
    }
    true
}

fn hidden_helper_column_between(book: &mut Book, dice: &mut Dice) -> bool {
    let Some(page) = book.one_page(dice, |page| simple(page, 3)) else { return false };
    let columns = page.columns();
    let column = *pick(dice, &columns[1..]).unwrap();
    let heading = page.cells[&(page.heading_row().unwrap(), column)].text().to_string();
    insert_column(page, column, &heading);
    page.hidden_columns.insert(column);
    true
}

fn hidden_row_of_old_figures(book: &mut Book, dice: &mut Dice) -> bool {
    let Some((index, row)) = double_row(book, dice) else { return false };
    let page = &mut book.pages[index];
    // The hidden one stands first.
    page.hidden_rows.insert(row - 1);
    page.other_figures(row - 1)
}

fn figures_in_a_hidden_row(book: &mut Book, dice: &mut Dice) -> bool {
    let Some((index, rows)) = one_row(book, dice, 1) else { return false };
    let with_numbers: Vec<u32> = rows
        .into_iter()
        .filter(|row| book.pages[index].row(*row).any(|(_, cell)| cell.is_number()))
        .collect();
    let Some(row) = pick(dice, &with_numbers) else { return false };
    book.pages[index].hidden_rows.insert(*row);
    true
}

fn figures_in_a_hidden_column(book: &mut Book, dice: &mut Dice) -> bool {
    let is_fit = |page: &Page| simple(page, 3) && !figure_columns(page).is_empty();
    let Some(page) = book.one_page(dice, is_fit) else { return false };
    let column = *pick(dice, &figure_columns(page)).unwrap();
    page.hidden_columns.insert(column);
    true
}
