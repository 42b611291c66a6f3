//! Ratings that keep their colours when somebody edits, copies or pastes them: conditional formats beside the cells' own.
//!
//! The cell's own format serves previews and programs that know no conditional formats; the rules serve whoever changes a rating in
//! Excel or LibreOffice, so that no colour is left that its word does not tell.

use std::sync::LazyLock;

use rust_xlsxwriter::{ConditionalFormatFormula, Format, Worksheet};

use super::formats::in_rating_colours;
use crate::domain::place::CellAddress;
use crate::domain::rating::Rating;
use crate::output::palette::swatch;

/// By what the cells of a column tell their rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// By the rating's word, with its shape or without.
    ByWord,
    /// By the shape in front of other words.
    ByShape,
}

/// Adds the rules to the cells from the first to the last of `rows` (from zero, inclusive) in `column`.
///
/// # Errors
///
/// When the cells lie outside a sheet.
pub fn add(sheet: &mut Worksheet, told: Told, rows: (u32, u32), column: u16) -> anyhow::Result<()> {
    let (first, last) = rows;
    let cell = CellAddress::new(first, u32::from(column)).to_string();
    for (rating, format) in FORMATS.iter() {
        let rule = rule(told, *rating, &cell, format);
        sheet.add_conditional_format(first, column, last, column, &rule)?;
    }
    // Whatever else is typed looks like nothing that was rated.
    let other = ConditionalFormatFormula::new()
        .set_rule(format!("=LEN({cell})>=0").as_str())
        .set_format(in_rating_colours(Format::new(), Rating::NotRated));
    sheet.add_conditional_format(first, column, last, column, &other)?;
    Ok(())
}

/// The look of each rating, made once: a pack has some fifty columns with rules.
static FORMATS: LazyLock<Vec<(Rating, Format)>> =
    LazyLock::new(|| Rating::ALL.map(|own| (own, in_rating_colours(Format::new(), own))).to_vec());

fn rule(told: Told, rating: Rating, cell: &str, format: &Format) -> ConditionalFormatFormula {
    // Only an exact comparison tells the shapes apart in every program.
    let condition = match told {
        Told::ByWord => {
            let word = rating.word().to_lowercase();
            format!(
                "=OR(EXACT(LOWER(TRIM({cell})),\"{word}\"),EXACT(LOWER(TRIM(MID({cell},2,40))),\"{word}\"))"
            )
        }
        Told::ByShape => format!("=EXACT(LEFT({cell},1),\"{}\")", swatch(rating).shape),
    };
    ConditionalFormatFormula::new().set_rule(condition.as_str()).set_format(format).set_stop_if_true(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::workbooks::pack_tables::{Entry, TablePage};
    use crate::output::workbooks::unpacked::part;

    /// The sheet of a table with one column of these entries.
    fn sheet(entries: Vec<Entry>) -> String {
        let mut table = TablePage::new(&[("Rating", 15.0)]);
        table.rows = entries.into_iter().map(|entry| vec![entry]).collect();
        let mut book = rust_xlsxwriter::Workbook::new();
        table.write(book.add_worksheet(), 2, "Ratings").unwrap();
        part(&book.save_to_buffer().unwrap(), "xl/worksheets/sheet1.xml")
    }

    #[test]
    fn each_rating_has_a_rule_and_whatever_else_is_typed_one_more() {
        let text = sheet(vec![Entry::Rating(Rating::Green), Entry::Rating(Rating::NoReturn)]);
        assert!(text.contains("<conditionalFormatting sqref=\"A4:A5\">"), "{text}");
        assert_eq!(text.matches("<cfRule ").count(), Rating::ALL.len() + 1);
        assert_eq!(text.matches("stopIfTrue=\"1\"").count(), Rating::ALL.len());
        for rating in Rating::ALL {
            let word = rating.word().to_lowercase();
            assert!(text.contains(&format!("EXACT(LOWER(TRIM(A4)),\"{word}\")")), "{word}");
        }
        assert!(text.contains("<formula>LEN(A4)&gt;=0</formula>"));
    }

    #[test]
    fn other_words_are_told_by_their_shape_and_a_column_without_ratings_has_no_rule() {
        let text = sheet(vec![Entry::Marked(Rating::Red, "Missing".into())]);
        assert!(text.contains("EXACT(LEFT(A4,1),\"■\")"), "{text}");
        assert!(!sheet(vec![Entry::text("Green")]).contains("<cfRule"));
    }
}
