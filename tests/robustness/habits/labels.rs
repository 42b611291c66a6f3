//! The block of labels in a form's head, and where the period and the provider stand.

use chrono::Datelike;
use quarterday::domain::period::{Frequency, Period};
use quarterday::review::blank_form::FormLabel;

use super::habits;
use crate::book::{At, Book, Cell, Page, Role, Value, pick};
use crate::dice::Dice;
use crate::expected::Expected::{Same, SameOr, SameWith};
use crate::fill::PROVIDER;

habits! {
    labels_with_a_colon => Same,
    values_below_their_labels => Same,
    labels_side_by_side_with_values_below => Same,
    labels_side_by_side_with_values_right => Same,
    label_and_value_in_one_cell => Same,
    values_some_columns_to_the_right => Same,
    values_merged_across => Same,
    labels_in_another_order => Same,
    labels_on_a_cover_sheet => Same,
    labels_repeated_on_every_sheet => Same,
    period_in_other_words => Same,
    period_as_a_date_shown_as_a_month => Same,
    period_by_a_month_of_it => SameOr(&["period-disagrees"]),
    period_only_in_the_files_name => SameOr(&["period-from-name"]),
    period_only_in_a_sheets_name => SameOr(&["period-from-name"]),
    another_period_in_the_files_name => SameWith(&["period-disagrees"]),
    provider_only_in_the_files_name => SameOr(&["provider-from-name"]),
    submission_date_without_a_year_in_the_files_name => Same,
}

/// The labels of the form's head with what stands beside them.
fn head(page: &Page) -> Vec<(At, Cell, Option<Cell>)> {
    let labels = page.cells.iter().filter(|(_, cell)| matches!(cell.role, Role::Label(_)));
    labels
        .map(|(at, cell)| (*at, cell.clone(), page.cells.get(&(at.0, at.1 + 1)).cloned()))
        .filter(|(_, _, value)| value.as_ref().is_none_or(|value| matches!(value.role, Role::Given(_))))
        .collect()
}

/// Takes the head out of every page that has one and gives each pair to be put elsewhere, in so many rows made for them.
fn rebuilt(
    book: &mut Book,
    put: impl Fn(&mut Page, u32, usize, Cell, Option<Cell>),
    rows: impl Fn(usize) -> u32,
) -> bool {
    let mut any = false;
    for page in &mut book.pages {
        let pairs = head(page);
        let Some(((top, _), ..)) = pairs.first() else { continue };
        let top = *top;
        for (at, ..) in &pairs {
            page.cells.remove(at);
            page.cells.remove(&(at.0, at.1 + 1));
        }
        let last = pairs.last().unwrap().0.0;
        let needed = rows(pairs.len());
        let there = last - top + 1;
        if needed > there {
            page.insert_rows(last + 1, needed - there);
        }
        for (index, (_, label, value)) in pairs.into_iter().enumerate() {
            put(page, top, index, label, value);
        }
        any = true;
    }
    any
}

fn put_some(page: &mut Page, at: At, cell: Option<Cell>) {
    if let Some(cell) = cell {
        page.put(at, cell);
    }
}

fn labels_with_a_colon(book: &mut Book, _: &mut Dice) -> bool {
    book.change_all(|cell| matches!(cell.role, Role::Label(_)), |cell| cell.text_mut().unwrap().push(':'))
}

fn values_below_their_labels(book: &mut Book, _: &mut Dice) -> bool {
    rebuilt(
        book,
        |page, top, index, label, value| {
            let row = top + 2 * index as u32;
            page.put((row, 0), label);
            put_some(page, (row + 1, 0), value);
        },
        |labels| 2 * labels as u32,
    )
}

fn labels_side_by_side_with_values_below(book: &mut Book, _: &mut Dice) -> bool {
    rebuilt(
        book,
        |page, top, index, label, value| {
            page.put((top, index as u32), label);
            put_some(page, (top + 1, index as u32), value);
        },
        |_| 2,
    )
}

fn labels_side_by_side_with_values_right(book: &mut Book, _: &mut Dice) -> bool {
    rebuilt(
        book,
        |page, top, index, label, value| {
            let (row, column) = (top + index as u32 / 2, 3 * (index as u32 % 2));
            page.put((row, column), label);
            put_some(page, (row, column + 1), value);
        },
        |labels| labels as u32,
    )
}

fn label_and_value_in_one_cell(book: &mut Book, _: &mut Dice) -> bool {
    rebuilt(
        book,
        |page, top, index, label, value| {
            let text = match value.map(|cell| cell.value) {
                Some(Value::Text(text)) => text,
                Some(Value::Date(day)) => day.format("%d/%m/%Y").to_string(),
                Some(Value::Number(number)) => number.to_string(),
                _ => String::new(),
            };
            page.put((top + index as u32, 0), Cell::prose(format!("{}: {text}", label.text())));
        },
        |labels| labels as u32,
    )
}

fn values_some_columns_to_the_right(book: &mut Book, _: &mut Dice) -> bool {
    rebuilt(
        book,
        |page, top, index, label, value| {
            page.put((top + index as u32, 0), label);
            put_some(page, (top + index as u32, 4), value);
        },
        |labels| labels as u32,
    )
}

fn values_merged_across(book: &mut Book, _: &mut Dice) -> bool {
    rebuilt(
        book,
        |page, top, index, label, value| {
            let row = top + index as u32;
            page.put((row, 0), label);
            put_some(page, (row, 2), value);
            page.merged.push(((row, 0), (row, 1)));
            page.merged.push(((row, 2), (row, 5)));
        },
        |labels| labels as u32,
    )
}

fn labels_in_another_order(book: &mut Book, _: &mut Dice) -> bool {
    rebuilt(
        book,
        |page, top, index, label, value| {
            let row = top + 20 - index as u32;
            page.put((row, 0), label);
            put_some(page, (row, 1), value);
        },
        |_| 22,
    )
}

fn labels_on_a_cover_sheet(book: &mut Book, _: &mut Dice) -> bool {
    let mut cover = Page { name: "Cover".into(), ..Page::default() };
    cover.put((0, 0), Cell::prose("Return of performance"));
    let mut row = 2;
    for page in &mut book.pages {
        for (at, label, value) in head(page) {
            page.cells.remove(&at);
            page.cells.remove(&(at.0, at.1 + 1));
            cover.put((row, 0), label);
            put_some(&mut cover, (row, 1), value);
            row += 1;
        }
    }
    book.pages.insert(0, cover);
    true
}

fn labels_repeated_on_every_sheet(book: &mut Book, _: &mut Dice) -> bool {
    let heads: Vec<Vec<(At, Cell, Option<Cell>)>> = book.pages.iter().map(head).collect();
    let Some(own) = heads.iter().find(|own| !own.is_empty()).cloned() else { return false };
    let mut any = false;
    for (page, _) in book.pages.iter_mut().zip(&heads).filter(|(_, own)| own.is_empty()) {
        page.insert_rows(0, own.len() as u32 + 1);
        for (row, (_, label, value)) in own.iter().enumerate() {
            page.put((row as u32, 0), label.clone());
            put_some(page, (row as u32, 1), value.clone());
        }
        any = true;
    }
    any
}

/// The period as people write it.
fn notations(period: &Period) -> Vec<String> {
    let (from, to) = (period.from, period.to);
    let year = |separator: &str, digits: bool| {
        let first = period.label();
        let first: i32 = first[..4].parse().unwrap();
        let second = if digits { format!("{:02}", (first + 1) % 100) } else { (first + 1).to_string() };
        format!("{first}{separator}{second}")
    };
    match period.frequency {
        Frequency::Month => vec![
            from.format("%B %Y").to_string(),
            from.format("%b-%y").to_string(),
            from.format("%b %Y").to_string().to_uppercase(),
            from.format("%Y-%m").to_string(),
            from.format("%m/%Y").to_string(),
            from.format("%B '%y").to_string(),
            format!("1st {} to {}", from.format("%B %Y"), to.format("%-d %B %Y")),
            format!("{} – {}", from.format("%d/%m/%Y"), to.format("%d/%m/%Y")),
        ],
        Frequency::Quarter => {
            let quarter = period.label();
            let quarter = quarter.rsplit('Q').next().unwrap();
            vec![
                period.label(),
                format!("Q{quarter} {}: {} - {}", year("/", true), from.format("%b %Y"), to.format("%b %Y")),
                format!("Quarter {quarter} {}", year("/", true)),
                format!("Q{quarter} {}", year("-", false)),
                format!("{} to {}", from.format("%B %Y"), to.format("%B %Y")),
                format!("{} - {}", from.format("%d/%m/%Y"), to.format("%d/%m/%Y")),
                format!("{} – {}", from.format("%b-%y"), to.format("%b-%y")),
                format!("{} to {}", from.format("%-d %B %Y"), to.format("%-d %B %Y")),
            ]
        }
        _ => vec![
            year("/", true),
            year("-", true),
            year("/", false),
            format!("{} to {}", from.format("%B %Y"), to.format("%B %Y")),
            format!("{} - {}", from.format("%d/%m/%Y"), to.format("%d/%m/%Y")),
        ],
    }
}

fn is_period(cell: &Cell) -> bool {
    cell.role == Role::Given(FormLabel::Period)
}

fn period_in_other_words(book: &mut Book, dice: &mut Dice) -> bool {
    let notation = pick(dice, &notations(&book.period)).unwrap().clone();
    book.change_all(is_period, |cell| {
        cell.value = Value::Text(notation.clone());
        cell.format = String::new();
    })
}

fn period_as_a_date_shown_as_a_month(book: &mut Book, dice: &mut Dice) -> bool {
    if book.period.frequency != Frequency::Month {
        return false;
    }
    let format = *pick(dice, &["mmm-yy", "mmmm yyyy", "mm/yyyy", "MMM"]).unwrap();
    let day = book.period.from.with_day(1 + dice.up_to(27)).unwrap();
    book.change_all(is_period, |cell| {
        cell.value = Value::Date(day);
        cell.format = format.into();
    })
}

fn period_by_a_month_of_it(book: &mut Book, _: &mut Dice) -> bool {
    if book.period.frequency == Frequency::Month {
        return false;
    }
    let month = book.period.to.format("%B %Y").to_string();
    book.change_all(is_period, |cell| cell.value = Value::Text(month.clone()))
}

/// Takes the period's label out of the head; false where another label tells the period too.
fn without_period(book: &mut Book) -> bool {
    let mut any = false;
    for page in &mut book.pages {
        let is_own = |cell: &Cell| {
            matches!(cell.role, Role::Label(FormLabel::Period) | Role::Given(FormLabel::Period))
        };
        let before = page.cells.len();
        page.cells.retain(|_, cell| !is_own(cell));
        any |= page.cells.len() < before;
    }
    any
}

fn period_only_in_the_files_name(book: &mut Book, dice: &mut Dice) -> bool {
    let notation = pick(dice, &notations(&book.period)).unwrap().replace('/', "-").replace(':', "");
    book.file = match dice.up_to(2) {
        0 => format!("returns/Return {notation}.xlsx"),
        1 => format!("returns/{}.xlsx", notation.replace(' ', "_")),
        _ => format!("returns/{notation} FINAL v2 (signed).xlsx"),
    };
    without_period(book)
}

fn period_only_in_a_sheets_name(book: &mut Book, dice: &mut Dice) -> bool {
    let short: Vec<String> = notations(&book.period)
        .into_iter()
        .map(|own| own.replace('/', "-").replace([':', '\''], ""))
        .filter(|own| own.len() <= 31)
        .collect();
    let Some(name) = pick(dice, &short) else { return false };
    let mut notes = Page { name: name.clone(), ..Page::default() };
    notes.put((0, 0), Cell::prose("Nothing to add"));
    book.pages.push(notes);
    without_period(book)
}

fn another_period_in_the_files_name(book: &mut Book, dice: &mut Dice) -> bool {
    let notation = pick(dice, &notations(&book.period.next())).unwrap().replace('/', "-").replace(':', "");
    book.file = format!("returns/Return {notation}.xlsx");
    true
}

fn provider_only_in_the_files_name(book: &mut Book, dice: &mut Dice) -> bool {
    let name = match dice.up_to(2) {
        0 => PROVIDER.to_string(),
        1 => PROVIDER.replace(' ', "_"),
        _ => PROVIDER.to_uppercase().replace(' ', "-"),
    };
    book.file = format!("returns/{name} return.xlsx");
    let mut any = false;
    for page in &mut book.pages {
        let is_own = |cell: &Cell| {
            matches!(cell.role, Role::Label(FormLabel::Provider) | Role::Given(FormLabel::Provider))
        };
        let before = page.cells.len();
        page.cells.retain(|_, cell| !is_own(cell));
        any |= page.cells.len() < before;
    }
    any
}

fn submission_date_without_a_year_in_the_files_name(book: &mut Book, _: &mut Dice) -> bool {
    book.file = "returns/Return sent 14.3 copy (2).xlsx".into();
    true
}
