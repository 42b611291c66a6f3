//! A blank return as a workbook: places to fill in are white with a dark border and unlocked, everything else is light grey and
//! locked without a password; drop-downs and checks say what belongs where.
//!
//! Built as the government's guidance on accessible spreadsheets asks: one table a sheet, its headings in one row and kept in
//! sight, nothing merged, no sheet hidden.

mod checks;
mod looks;

use anyhow::Context;
use rust_xlsxwriter::{DocProperties, Note, ProtectionOptions, Workbook, Worksheet};

use super::formats::{self, coordinates, write_text};
use super::marks::{NOTE_WIDTH, note_height};
use crate::domain::place::CellAddress;
use crate::domain::quantity::Quantity;
use crate::review::blank_form::{
    BlankForm, CellKind, Computed, Entered, Entry, FormCell, FormSheet, Formula, Outcome, Takes,
};

/// Height of a place for a passage, in points.
const PASSAGE_HEIGHT: f64 = 90.0;
/// Width of a column that the form says nothing about, in characters.
const WIDTH: f64 = 12.0;

/// Writes the form as an .xlsx file. The same form gives the same bytes.
///
/// # Errors
///
/// When a sheet cannot be written: two have one name, or it is larger than an .xlsx sheet.
pub fn blank_form_workbook(form: &BlankForm) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(&form.title)
            .set_author("quarterday")
            .set_creation_datetime(&form.dated),
    );
    for sheet in &form.sheets {
        write_sheet(book.add_worksheet(), sheet)
            .with_context(|| format!("the sheet {} cannot be written", sheet.name))?;
    }
    Ok(book.save_to_buffer()?)
}

fn write_sheet(sheet: &mut Worksheet, form: &FormSheet) -> anyhow::Result<()> {
    sheet.set_name(&form.name)?;
    // Without it a formula that says nothing yet would be stored as 0.
    sheet.set_formula_result_default("");
    for (at, width) in (0u16..).zip(&form.widths) {
        sheet.set_column_width(at, *width)?;
    }
    if form.continues > 0 {
        let last = form.cells.iter().map(|cell| cell.at.row).max().unwrap_or(0);
        for cell in form.cells.iter().filter(|cell| cell.at.row == last) {
            if let CellKind::Entry(entry) = &cell.kind {
                let (_, column) = coordinates(cell.at)?;
                sheet.set_column_format(column, &looks::further(entry))?;
            }
        }
    }
    for row in form.cells.chunk_by(|a, b| a.at.row == b.at.row) {
        for cell in row {
            write_cell(sheet, cell)?;
        }
        if let (Some(first), Some(height)) = (row.first(), height(form, row)) {
            sheet.set_row_height(first.at.row, height)?;
        }
    }
    checks::add(sheet, form)?;
    let (rows, columns) = form.kept_in_sight;
    if rows > 0 {
        sheet.set_freeze_panes(rows, u16::try_from(columns)?)?.set_repeat_rows(rows - 1, rows - 1)?;
    }
    if let Some(first) = form.cells.iter().find(|cell| matches!(cell.kind, CellKind::Entry(_))) {
        let (row, column) = coordinates(first.at)?;
        sheet.set_selection(row, column, row, column)?;
    }
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        insert_rows: form.continues > 0,
        delete_rows: form.continues > 0,
        sort: form.continues > 0,
        ..ProtectionOptions::new()
    });
    formats::set_page(sheet);
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, cell: &FormCell) -> anyhow::Result<()> {
    let (row, column) = coordinates(cell.at)?;
    let format = looks::of(&cell.kind);
    match &cell.kind {
        CellKind::Title(text)
        | CellKind::Sentence(text)
        | CellKind::Passage(text)
        | CellKind::Label(text)
        | CellKind::Heading(text)
        | CellKind::RowLabel(text)
        | CellKind::Fixed(text)
            if !text.is_empty() =>
        {
            write_text(sheet, cell.at, text, &format)?;
        }
        CellKind::GroupHeading(text, wide) => {
            write_text(sheet, cell.at, text, &format)?;
            for further in 1..*wide {
                let (row, column) = coordinates(CellAddress::new(cell.at.row, cell.at.column + further))?;
                sheet.write_blank(row, column, &format)?;
            }
        }
        CellKind::Entry(Entry { value: Some(value), .. }) => match value {
            Entered::Number(value) => {
                let number = float(*value).context("a figure is too large for a workbook")?;
                sheet.write_number_with_format(row, column, number, &format)?;
            }
            Entered::Date(day) => {
                sheet.write_datetime_with_format(row, column, day, &format)?;
            }
            Entered::Text(text) => write_text(sheet, cell.at, text, &format)?,
        },
        CellKind::Computed(computed) => {
            sheet.write_formula_with_format(row, column, formula(computed), &format)?;
        }
        _ => {
            sheet.write_blank(row, column, &format)?;
        }
    }
    if let Some(text) = &cell.note {
        let note = Note::new(text)
            .add_author_prefix(false)
            .set_font_size(9)
            .set_width(NOTE_WIDTH)
            .set_height(note_height(text));
        sheet.insert_note(row, column, &note)?;
    }
    Ok(())
}

/// The formula with what it comes to now, for programs that show what is stored.
fn formula(computed: &Computed) -> rust_xlsxwriter::Formula {
    let text = match &computed.formula {
        Formula::Sum(cells) => {
            let cells = listed(cells);
            format!("=IF(COUNT({cells})=0,\"\",SUM({cells}))")
        }
        Formula::Share { numerator, denominator } => format!(
            "=IF(OR({numerator}=\"\",{denominator}=\"\"),\"\",IF({denominator}=0,\"N/A\",{numerator}/{denominator}))"
        ),
    };
    rust_xlsxwriter::Formula::new(text).set_result(match computed.result {
        Outcome::Blank => String::new(),
        Outcome::NotApplicable => "N/A".to_string(),
        Outcome::Number(value) => float(value).map(|value| value.to_string()).unwrap_or_default(),
    })
}

/// The floating number nearest to a figure.
fn float(value: Quantity) -> Option<f64> {
    value.to_string().parse().ok()
}

/// Cells as a formula lists them, neighbours in a row or a column as a range.
fn listed(cells: &[CellAddress]) -> String {
    cells
        .chunk_by(|a, b| {
            (a.row, a.column + 1) == (b.row, b.column) || (a.row + 1, a.column) == (b.row, b.column)
        })
        .filter_map(|run| Some((run.first()?, run.last()?)))
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}:{last}") })
        .collect::<Vec<_>>()
        .join(",")
}

/// The height of a row in which everything can be read; `None` where one line is enough.
fn height(form: &FormSheet, row: &[FormCell]) -> Option<f64> {
    let width = |at: CellAddress| {
        let own = usize::try_from(at.column).ok().and_then(|column| form.widths.get(column));
        own.copied().unwrap_or(WIDTH)
    };
    let passage = row.iter().any(
        |cell| matches!(&cell.kind, CellKind::Entry(entry) if entry.takes == Takes::Passage && width(cell.at) > 60.0),
    );
    let texts = row.iter().filter_map(|cell| match &cell.kind {
        CellKind::Title(_) => None,
        CellKind::Passage(text) | CellKind::RowLabel(text) | CellKind::Fixed(text) => {
            Some((text.as_str(), width(cell.at) - 1.0))
        }
        CellKind::Heading(text) => Some((text.as_str(), width(cell.at) - 3.0)),
        _ => None,
    });
    let height = formats::row_height(texts).max(if passage { PASSAGE_HEIGHT } else { 0.0 });
    (height > 15.0).then_some(height)
}
