//! How the entries of a table look, and how they get into a sheet.
//!
//! The writer knows a look by all of its properties and goes through them for each cell that is written with one, which takes longer
//! than everything else about the cell. So the first cell of each look is written with it, the others without, and cells of one look
//! that stand below each other get it together. The looks of a workbook stand in the order of their first cells either way.

use std::borrow::Cow;
use std::sync::LazyLock;

use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use super::formats::{
    self, LONGEST_TEXT, coordinates, fitting, is_quoted, rating_words, write_link, write_text,
};
use super::pack_tables::Entry;
use crate::domain::place::CellAddress;
use crate::domain::rating::Rating;
use crate::output::palette::swatch;

/// How the entries of a table look, made once: a pack has some two thousand of them.
pub struct Looks {
    /// A heading.
    pub header: Format,
    body: Format,
    strong: Format,
    link: Format,
    below: Format,
    /// On the right, a little away from the text of the next column.
    right: Format,
    date: Format,
    ratings: Vec<(Rating, Format)>,
}

/// The looks.
pub static LOOKS: LazyLock<Looks> = LazyLock::new(|| {
    let right = formats::body().set_align(FormatAlign::Right).set_indent(1);
    Looks {
        header: formats::header(),
        body: formats::body(),
        strong: formats::body().set_bold(),
        link: formats::link(),
        below: formats::body().set_align(FormatAlign::Left).set_indent(2),
        date: right.clone().set_num_format("d mmm yyyy"),
        right,
        ratings: Rating::ALL.map(|own| (own, formats::in_rating_colours(formats::body(), own))).to_vec(),
    }
});

/// Which look an entry has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look<'e> {
    Body,
    Strong,
    Below,
    Right,
    Rated(Rating),
    /// A figure in this format.
    Figure(&'e str),
}

impl<'e> Look<'e> {
    /// That of an entry which may get it together with others; `None` for what is written by itself.
    fn of(entry: &'e Entry) -> Option<Self> {
        match entry {
            Entry::Text(text) if !is_quoted(text) => Some(Look::Body),
            Entry::Blank => Some(Look::Body),
            Entry::Strong(text) if !is_quoted(text) => Some(Look::Strong),
            Entry::Below(text) if !is_quoted(text) => Some(Look::Below),
            Entry::Right(text) if !is_quoted(text) => Some(Look::Right),
            Entry::Rating(rating) | Entry::Marked(rating, _) => Some(Look::Rated(*rating)),
            Entry::Figure(figure) => Some(Look::Figure(&figure.format)),
            Entry::Text(_)
            | Entry::Strong(_)
            | Entry::Below(_)
            | Entry::Right(_)
            | Entry::Link(_)
            | Entry::Date(_) => None,
        }
    }

    fn format(self) -> Cow<'static, Format> {
        let looks = &*LOOKS;
        Cow::Borrowed(match self {
            Look::Body => &looks.body,
            Look::Strong => &looks.strong,
            Look::Below => &looks.below,
            Look::Right => &looks.right,
            Look::Rated(rating) => {
                looks.ratings.iter().find(|(own, _)| *own == rating).map_or(&looks.body, |(_, format)| format)
            }
            Look::Figure(format) => return Cow::Owned(looks.right.clone().set_num_format(format)),
        })
    }
}

/// Cells side by side and below each other that have one look; rows and columns are counted from the first entry, and inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block<'e> {
    look: Look<'e>,
    rows: (usize, usize),
    columns: (usize, usize),
}

/// Writes the entries of a table, row by row, with the first row of them in `row`.
///
/// # Errors
///
/// When a cell lies outside an .xlsx sheet.
pub fn write_entries(sheet: &mut Worksheet, row: u32, rows: &[Vec<Cow<'_, Entry>>]) -> anyhow::Result<()> {
    // The first cell of each look.
    let mut first: Vec<Block<'_>> = Vec::new();
    for (at, entries) in rows.iter().enumerate() {
        for (column, entry) in entries.iter().enumerate() {
            let cell = address(row, at, column)?;
            match Look::of(entry) {
                Some(look) if first.iter().any(|own| own.look == look) => write_plain(sheet, cell, entry)?,
                look => {
                    first.extend(look.map(|look| Block { look, rows: (at, at), columns: (column, column) }));
                    write_with_look(sheet, cell, entry)?;
                }
            }
        }
    }
    for block in blocks(rows).iter().filter(|block| !first.contains(block)) {
        let (top, left) = coordinates(address(row, block.rows.0, block.columns.0)?)?;
        let (bottom, right) = coordinates(address(row, block.rows.1, block.columns.1)?)?;
        sheet.set_range_format(top, left, bottom, right, &block.look.format())?;
    }
    Ok(())
}

fn address(row: u32, at: usize, column: usize) -> anyhow::Result<CellAddress> {
    Ok(CellAddress::new(row + u32::try_from(at)?, u32::try_from(column)?))
}

/// Everything that has a look, in as few blocks as columns put beside each other make.
fn blocks<'e>(rows: &'e [Vec<Cow<'_, Entry>>]) -> Vec<Block<'e>> {
    let mut blocks: Vec<Block<'e>> = Vec::new();
    for column in 0..rows.iter().map(Vec::len).max().unwrap_or(0) {
        let looks: Vec<Option<Look<'e>>> =
            rows.iter().map(|row| row.get(column).and_then(|entry| Look::of(entry))).collect();
        let mut top = 0;
        for run in looks.chunk_by(|one, other| one == other) {
            let rows = (top, top + run.len() - 1);
            top += run.len();
            let Some(look) = run.first().copied().flatten() else { continue };
            let beside =
                |own: &&mut Block<'_>| own.look == look && own.rows == rows && own.columns.1 + 1 == column;
            match blocks.iter_mut().find(beside) {
                Some(own) => own.columns.1 = column,
                None => blocks.push(Block { look, rows, columns: (column, column) }),
            }
        }
    }
    blocks
}

/// Writes what an entry says without its look.
fn write_plain(sheet: &mut Worksheet, cell: CellAddress, entry: &Entry) -> anyhow::Result<()> {
    let (row, column) = coordinates(cell)?;
    let text = match entry {
        Entry::Text(text) | Entry::Strong(text) | Entry::Below(text) | Entry::Right(text) => {
            fitting(text, LONGEST_TEXT)
        }
        Entry::Rating(rating) => rating_words(*rating),
        Entry::Marked(rating, words) => fitting(&marked(*rating, words), LONGEST_TEXT),
        Entry::Figure(figure) => {
            sheet.write_number(row, column, figure.number)?;
            return Ok(());
        }
        Entry::Blank => return Ok(()),
        Entry::Link(_) | Entry::Date(_) => return write_with_look(sheet, cell, entry),
    };
    sheet.write_string(row, column, text)?;
    Ok(())
}

fn write_with_look(sheet: &mut Worksheet, cell: CellAddress, entry: &Entry) -> anyhow::Result<()> {
    let (row, column) = coordinates(cell)?;
    let looks = &*LOOKS;
    match entry {
        Entry::Text(text) => write_text(sheet, cell, text, &looks.body)?,
        Entry::Strong(text) => write_text(sheet, cell, text, &looks.strong)?,
        Entry::Link(name) => write_link(sheet, cell, name, (name, CellAddress::new(0, 0)), &looks.link)?,
        Entry::Blank => {
            sheet.write_blank(row, column, &looks.body)?;
        }
        Entry::Below(text) => write_text(sheet, cell, text, &looks.below)?,
        Entry::Right(text) => write_text(sheet, cell, text, &looks.right)?,
        Entry::Rating(rating) => {
            write_text(sheet, cell, &rating_words(*rating), &Look::Rated(*rating).format())?;
        }
        Entry::Marked(rating, words) => {
            write_text(sheet, cell, &marked(*rating, words), &Look::Rated(*rating).format())?;
        }
        Entry::Figure(figure) => {
            let format = Look::Figure(&figure.format).format();
            sheet.write_number_with_format(row, column, figure.number, &format)?;
        }
        Entry::Date(day) => {
            sheet.write_date_with_format(row, column, day, &looks.date)?;
        }
    }
    Ok(())
}

/// Other words in the look of a rating, with its shape.
fn marked(rating: Rating, words: &str) -> String {
    format!("{} {words}", swatch(rating).shape)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::Workbook;

    use super::*;
    use crate::output::workbooks::pack_tables::Figure;
    use crate::output::workbooks::unpacked::part;

    fn rows() -> Vec<Vec<Cow<'static, Entry>>> {
        let figure = |number, format: &str| Entry::Figure(Figure { number, format: format.to_string() });
        let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 20).unwrap();
        let rows = vec![
            vec![Entry::text("a"), Entry::text("b"), figure(1.0, "0.0%"), Entry::Rating(Rating::Green)],
            vec![Entry::text("=1+1"), Entry::text("c"), figure(2.0, "0.0%"), Entry::Rating(Rating::Red)],
            vec![Entry::text("d"), Entry::Blank, figure(3.0, "0"), Entry::Marked(Rating::Red, "Late".into())],
            vec![Entry::Strong("e".into()), Entry::text(""), Entry::Right("None".into()), Entry::Date(day)],
            vec![Entry::Below("f".into()), Entry::Link("Sheet1".into()), figure(f64::NAN, "0"), Entry::Blank],
        ];
        rows.into_iter().map(|row| row.into_iter().map(Cow::Owned).collect()).collect()
    }

    fn parts(write: impl Fn(&mut Worksheet)) -> [String; 3] {
        let mut book = Workbook::new();
        write(book.add_worksheet());
        let bytes = book.save_to_buffer().unwrap();
        ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"].map(|name| part(&bytes, name))
    }

    #[test]
    fn looks_given_together_make_the_same_sheet_as_each_cell_by_itself() {
        let rows = rows();
        let together = parts(|sheet| write_entries(sheet, 3, &rows).unwrap());
        let each = parts(|sheet| {
            for (row, entries) in (3..).zip(&rows) {
                for (column, entry) in (0..).zip(entries) {
                    write_with_look(sheet, CellAddress::new(row, column), entry).unwrap();
                }
            }
        });
        assert_eq!(together, each);
    }

    #[test]
    fn columns_of_one_look_are_one_block() {
        let row = || vec![Cow::Owned(Entry::text("a")), Cow::Owned(Entry::text("b"))];
        let rows = [row(), row(), row()];
        assert_eq!(blocks(&rows), [Block { look: Look::Body, rows: (0, 2), columns: (0, 1) }]);
    }
}
