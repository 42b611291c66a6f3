//! How cells of the workbooks look, and how text gets into them.

use anyhow::Context;
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, FormatPattern, Url, Workbook, Worksheet,
};

use crate::domain::place::CellAddress;
use crate::domain::rating::Rating;
use crate::domain::workbook::Look;
use crate::output::palette::{HEADING_FILL, INK, QUERY_FILL, swatch};

/// Line colour around cells in question, and of the pattern that fills them: a dark violet, no RAG colour.
pub const QUERY_LINE: u32 = 0x4C_2C92;
/// Line colour of tables.
pub const TABLE_LINE: u32 = 0xB1_B4B6;
/// Text colour of links.
pub const LINK: u32 = 0x1D_70B8;
/// Longest text a cell takes, in UTF-16 units.
pub const LONGEST_TEXT: usize = 32_767;
/// Height of a line of text in points.
const LINE_HEIGHT: f64 = 15.0;
/// The highest row Excel takes, in points.
pub const HIGHEST_ROW: f64 = 409.0;
/// The paper size that stands for A4.
const A4: u8 = 9;
/// Width of an A4 page in landscape, in characters, where a program has a wider letter in the place of Excel's own.
pub const PAGE_WIDTH: f64 = 108.0;
/// Most characters that a page is made to hold by smaller letters: a little above eight points.
const MOST_IN_A_PAGE: f64 = 200.0;
/// Longest head of a printed page, in UTF-16 units.
const LONGEST_HEAD: usize = 200;

/// How hard the parts of a pack’s workbook are packed, from 1 to 9. A run writes three workbooks a pack of many small parts: at 2 that takes
/// two thirds of the time of the writer’s own 6, and makes a file of 65 kB one of 70 kB.
const PACKED: u8 = 2;

/// An empty workbook for what a run writes of every pack.
pub fn quick_book() -> Workbook {
    let mut book = Workbook::new();
    book.set_zip_compression_level(PACKED);
    book
}

/// `● Green`.
pub fn rating_words(rating: Rating) -> String {
    format!("{} {}", swatch(rating).shape, rating.word())
}

/// The title of a sheet, in A1.
pub fn title() -> Format {
    Format::new().set_bold().set_font_size(18).set_font_color(Color::RGB(INK))
}

/// A heading above a table.
pub fn heading() -> Format {
    Format::new().set_bold().set_font_size(14).set_font_color(Color::RGB(INK))
}

/// A sentence that runs on over the cells to its right.
pub fn sentence() -> Format {
    Format::new().set_font_color(Color::RGB(INK))
}

/// The header row of a table.
pub fn header() -> Format {
    bordered()
        .set_bold()
        .set_text_wrap()
        .set_background_color(Color::RGB(HEADING_FILL))
        .set_align(FormatAlign::VerticalCenter)
}

/// A cell of a table.
pub fn body() -> Format {
    bordered().set_text_wrap().set_align(FormatAlign::Top)
}

/// A link within the workbook.
pub fn link() -> Format {
    body().set_font_color(Color::RGB(LINK)).set_underline(rust_xlsxwriter::FormatUnderline::Single)
}

fn bordered() -> Format {
    Format::new()
        .set_font_color(Color::RGB(INK))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(TABLE_LINE))
}

/// `format` in the colours of `rating`: filled, or with a dashed border where the rating has no colour.
pub fn in_rating_colours(format: Format, rating: Rating) -> Format {
    let swatch = swatch(rating);
    match swatch.fill {
        Some(fill) => format
            .set_pattern(FormatPattern::Solid)
            .set_background_color(Color::RGB(fill))
            .set_font_color(Color::RGB(swatch.text)),
        // White, whatever colour the cell had: nothing that is not rated may look so.
        None => format
            .set_pattern(FormatPattern::Solid)
            .set_background_color(Color::White)
            .set_font_color(Color::RGB(swatch.text))
            .set_border(FormatBorder::Dashed)
            .set_border_color(Color::RGB(INK)),
    }
}

/// `format` marked as in question: a pattern unlike any rating and a border.
pub fn in_question(format: Format) -> Format {
    format
        .set_pattern(FormatPattern::Gray0625)
        .set_background_color(Color::RGB(QUERY_FILL))
        .set_foreground_color(Color::RGB(QUERY_LINE))
        .set_font_color(Color::RGB(INK))
        .set_border(FormatBorder::Medium)
        .set_border_color(Color::RGB(QUERY_LINE))
}

/// `format` of a rated cell marked as in question too: the fill stays, the border is thick.
pub fn rated_in_question(format: Format) -> Format {
    format.set_border(FormatBorder::Thick).set_border_color(Color::RGB(QUERY_LINE))
}

/// The look of a provider's cell.
pub fn of_look(look: &Look) -> Format {
    let mut format = Format::new();
    // Excel refuses a workbook with a longer format code.
    if !look.number_format.is_empty()
        && look.number_format != "General"
        && look.number_format.encode_utf16().count() <= 255
    {
        format = format.set_num_format(look.number_format.as_str());
    }
    if look.bold {
        format = format.set_bold();
    }
    if look.italic {
        format = format.set_italic();
    }
    if look.wrap {
        format = format.set_text_wrap();
    }
    if let Some(fill) = look.fill {
        format = format.set_background_color(Color::RGB(fill & 0xFF_FFFF));
    }
    if let Some(colour) = look.font_colour {
        format = format.set_font_color(Color::RGB(colour & 0xFF_FFFF));
    }
    if look.border {
        format = format.set_border(FormatBorder::Thin);
    }
    if look.centred {
        format = format.set_align(FormatAlign::Center);
    }
    format
}

/// Writes text as text. What Excel would take for a formula when someone edits the cell is marked as text.
///
/// # Errors
///
/// When the cell lies outside an .xlsx sheet.
pub fn write_text(
    sheet: &mut Worksheet,
    cell: CellAddress,
    text: &str,
    format: &Format,
) -> anyhow::Result<()> {
    let (row, column) = coordinates(cell)?;
    let text = fitting(text, LONGEST_TEXT);
    if is_quoted(&text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// Whether Excel would take the text for a formula when someone edits its cell.
pub fn is_quoted(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@'])
}

/// Writes a link to a cell of the same workbook; `sheet_name` is its name in this workbook.
///
/// # Errors
///
/// When the cell lies outside an .xlsx sheet.
pub fn write_link(
    sheet: &mut Worksheet,
    cell: CellAddress,
    text: &str,
    (sheet_name, target): (&str, CellAddress),
    format: &Format,
) -> anyhow::Result<()> {
    let (row, column) = coordinates(cell)?;
    let place = format!("internal:'{}'!{target}", sheet_name.replace('\'', "''"));
    let url = Url::new(place).set_text(fitting(text, LONGEST_TEXT));
    sheet.write_url_with_format(row, column, url, format)?;
    Ok(())
}

/// Row and column as the writer wants them.
///
/// # Errors
///
/// When the cell lies outside an .xlsx sheet.
pub fn coordinates(cell: CellAddress) -> anyhow::Result<(u32, u16)> {
    let column = u16::try_from(cell.column)
        .with_context(|| format!("cell {cell} lies outside an Excel sheet, whose last column is XFD"))?;
    Ok((cell.row, column))
}

/// The number Excel keeps for a date and time: days since 30 December 1899, one less before March 1900 because
/// Excel counts a 29 February 1900. `None` for what is too early for it.
pub fn serial(moment: NaiveDateTime) -> Option<f64> {
    let day_zero = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(chrono::NaiveTime::MIN);
    let milliseconds = (moment - day_zero).num_milliseconds();
    let days = milliseconds as f64 / 86_400_000.0;
    let days = if days < 61.0 { days - 1.0 } else { days };
    (days >= 0.0).then_some(days)
}

/// Prints as a clean A4 page in landscape, as wide as the page.
pub fn set_page(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&A&RPage &P of &N");
}

/// The head of every printed page: whose workbook it is.
pub fn set_running_head(sheet: &mut Worksheet, text: &str) {
    let text = fitting(text, LONGEST_HEAD);
    sheet.set_header(format!("&L{}", text.replace('&', "&&")));
}

/// Spreads a table of this width, in characters, over as many pages side by side as keep its letters legible, the first two columns
/// on each. A table of up to two columns stays on one.
///
/// # Errors
///
/// When the columns lie outside a sheet.
pub fn set_pages_across(sheet: &mut Worksheet, width: f64, columns: usize) -> anyhow::Result<()> {
    let across = (width / MOST_IN_A_PAGE).ceil().clamp(1.0, 20.0) as u16;
    if across > 1 && columns > 2 {
        sheet.set_print_fit_to_pages(across, 0).set_repeat_columns(0, 1)?;
    }
    Ok(())
}

/// What a workbook says of itself: title, subject, the councils as its author, the language of its words.
pub fn properties(title: &str, subject: &str, councils: &[String], as_of: NaiveDate) -> DocProperties {
    DocProperties::new()
        .set_title(title)
        .set_subject(subject)
        .set_author(councils.join(", "))
        .set_custom_property("Language", "en-GB")
        .set_creation_datetime(&as_of)
}

/// The height in points at which wrapped texts can be read whole; each comes with its column's width in characters.
/// Not every program fits rows to wrapped text by itself.
pub fn row_height<'a>(texts: impl IntoIterator<Item = (&'a str, f64)>) -> f64 {
    let lines = |(text, width): (&str, f64)| {
        let line = (width.max(1.0)).floor() as usize;
        text.lines().map(|paragraph| paragraph.chars().count().div_ceil(line).max(1)).sum::<usize>().max(1)
    };
    let most = texts.into_iter().map(lines).max().unwrap_or(1);
    (most as f64 * LINE_HEIGHT).min(HIGHEST_ROW)
}

/// The start of `text` that is no longer than `longest` UTF-16 units, with an ellipsis where it is cut.
pub fn fitting(text: &str, longest: usize) -> String {
    // No text has more UTF-16 units than bytes.
    if text.len() <= longest || text.encode_utf16().count() <= longest {
        return text.to_string();
    }
    let mut length = 1;
    let start = text.chars().take_while(|c| {
        length += c.len_utf16();
        length <= longest
    });
    format!("{}…", start.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_those_of_excel() {
        let at = |y, m, d, h| NaiveDate::from_ymd_opt(y, m, d).unwrap().and_hms_opt(h, 0, 0).unwrap();
        for (moment, number) in [
            (at(1899, 12, 31, 12), Some(0.5)),
            (at(1900, 1, 1, 0), Some(1.0)),
            (at(1900, 2, 28, 0), Some(59.0)),
            (at(1900, 3, 1, 0), Some(61.0)),
            (at(2025, 12, 12, 0), Some(46_003.0)),
            (at(2025, 12, 12, 18), Some(46_003.75)),
            (at(1899, 12, 30, 0), None),
        ] {
            assert_eq!(serial(moment), number, "{moment}");
        }
    }

    #[test]
    fn rows_are_as_high_as_their_longest_text() {
        let long = "a".repeat(41);
        for (text, width, height) in [
            ("", 10.0, 15.0),
            ("one line", 10.0, 15.0),
            ("two\nlines", 10.0, 30.0),
            (&long[..40], 20.0, 30.0),
            (&long, 20.9, 45.0),
            (&long, 0.0, HIGHEST_ROW),
        ] {
            assert_eq!(row_height([("short", 10.0), (text, width)]), height, "{text:?}");
        }
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        for (text, longest, cut) in [
            ("abc", 3, "abc"),
            ("abcd", 3, "ab…"),
            ("a😀b", 4, "a😀b"),
            ("a😀bc", 4, "a😀…"),
            ("😀😀", 3, "😀…"),
        ] {
            assert_eq!(fitting(text, longest), cut);
        }
    }
}
