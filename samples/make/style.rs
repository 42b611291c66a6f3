//! The house look of the forms the councils send out, and the parts every form starts with.

use anyhow::Result;
use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatPattern,
    Workbook, Worksheet, XlsxError,
};

const NAVY: u32 = 0x1F_3864;
const HEADING: u32 = 0xD9_E2F3;
const GREY: u32 = 0xD0_CECE;
const INPUT: u32 = 0xFF_FBE6;
const LINE: u32 = 0x8E_A9DB;

/// The version of the councils' template a return is made on.
pub const TEMPLATE_VERSIONS: [&str; 2] = ["v1.0 (August 2024)", "v1.1 (August 2025)"];

fn base() -> Format {
    Format::new().set_font_name("Arial").set_font_size(10)
}

fn boxed() -> Format {
    base()
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(LINE))
        .set_align(FormatAlign::VerticalCenter)
}

/// The title.
pub fn title() -> Format {
    base().set_font_size(16).set_bold().set_font_color(Color::RGB(NAVY))
}

/// A note in small italics.
pub fn note() -> Format {
    base().set_font_size(9).set_italic().set_font_color(Color::RGB(0x59_5959))
}

/// A label of the label block.
pub fn label() -> Format {
    boxed().set_bold().set_background_color(Color::RGB(HEADING)).set_indent(1)
}

/// A value of the label block.
pub fn value() -> Format {
    boxed().set_background_color(Color::RGB(INPUT)).set_align(FormatAlign::Left).set_indent(1)
}

/// A heading of a table.
pub fn heading() -> Format {
    boxed()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(NAVY))
        .set_align(FormatAlign::Center)
        .set_text_wrap()
}

/// Wrapped text of the form itself.
pub fn printed() -> Format {
    boxed().set_text_wrap().set_align(FormatAlign::Left).set_indent(1)
}

/// The data item, merged over its rows.
pub fn item() -> Format {
    printed().set_bold().set_background_color(Color::RGB(HEADING)).set_align(FormatAlign::Top)
}

/// Wrapped text that the provider types.
pub fn typed() -> Format {
    printed().set_align(FormatAlign::Top)
}

/// A count or hours that the provider types; totals in bold.
pub fn figure(bold: bool) -> Format {
    let format = boxed().set_align(FormatAlign::Right).set_indent(1).set_num_format("#,##0.##;-#,##0.##;0");
    if bold { format.set_bold().set_background_color(Color::RGB(0xF2_F2F2)) } else { format }
}

/// A whole number.
pub fn whole(bold: bool) -> Format {
    figure(bold).set_num_format("#,##0")
}

/// Hours, to the quarter.
pub fn hours(bold: bool) -> Format {
    figure(bold).set_num_format("#,##0.00")
}

/// A share.
pub fn percent() -> Format {
    boxed().set_align(FormatAlign::Right).set_indent(1).set_num_format("0.0%")
}

/// A date.
pub fn date() -> Format {
    boxed().set_align(FormatAlign::Center).set_num_format("dd/mm/yyyy")
}

/// Text in the middle of its cell.
pub fn centred() -> Format {
    boxed().set_align(FormatAlign::Center)
}

/// A cell that does not apply.
pub fn greyed() -> Format {
    boxed()
        .set_pattern(FormatPattern::Solid)
        .set_background_color(Color::RGB(GREY))
        .set_font_color(Color::RGB(0x59_5959))
        .set_align(FormatAlign::Center)
}

/// Title and note from `row` and `column` on, the empty columns to their left narrow.
///
/// # Errors
/// When the place lies outside the sheet.
pub fn titles(sheet: &mut Worksheet, (row, column): (u32, u16), title: &str, note: &str) -> Result<()> {
    for before in 0..column {
        sheet.set_column_width(before, 2.5)?;
    }
    sheet.set_row_height(row, 26)?.write_with_format(row, column, title, &self::title())?;
    sheet.write_with_format(row + 1, column, note, &self::note())?;
    Ok(())
}

/// A workbook whose bytes depend on nothing but its contents.
pub fn workbook(title: &str, author: &str, written: chrono::NaiveDate) -> Result<Workbook> {
    use chrono::Datelike;
    let created = ExcelDateTime::from_ymd(
        u16::try_from(written.year())?,
        u8::try_from(written.month())?,
        u8::try_from(written.day())?,
    )?
    .and_hms(9, 30, 0)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new().set_title(title).set_author(author).set_creation_datetime(&created),
    );
    Ok(workbook)
}

/// Landscape A4, as wide as one page, headings repeated, page numbers below.
pub fn print_setup(sheet: &mut Worksheet, first_heading: u32, last_heading: u32) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_footer("&L&8&F  &A&R&8Page &P of &N");
    sheet.set_repeat_rows(first_heading, last_heading)?;
    Ok(())
}

/// A drop-down of fixed words.
pub fn drop_down(words: &[&str]) -> Result<DataValidation, XlsxError> {
    DataValidation::new()
        .allow_list_strings(words)?
        .set_error_title("Not in the list")?
        .set_error_message("Please choose from the list.")
}

/// What a provider fills in beside printed text: typed, in the middle of its cell.
pub fn answer() -> Format {
    boxed().set_background_color(Color::RGB(INPUT)).set_align(FormatAlign::Center)
}

/// The heading over a threshold, in the colour of its band.
pub fn band_heading(band: &str) -> Format {
    let (fill, text) = match band {
        "Stretch" => (0x1F_5FA8, 0xFF_FFFF),
        "Green" => (0x2E_7D32, 0xFF_FFFF),
        "Amber" => (0xFF_C000, 0x00_0000),
        _ => (0xC6_2828, 0xFF_FFFF),
    };
    heading().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(text))
}

/// An amount of money in whole pounds.
pub fn pounds() -> Format {
    figure(false).set_num_format("£#,##0")
}
