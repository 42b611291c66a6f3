//! The return rebuilt as a new .xlsx, coloured and with the council's feedback as its last sheet.
//!
//! For returns whose own package cannot be written into safely (.xls, .xlsb, .ods, encrypted, signed): values,
//! headings, widths and plain looks are kept; formulas are values, and no link, macro or formula is carried over.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context;
use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, Format, Note, Workbook, Worksheet};

use super::additions::Additions;
use super::feedback::HowMade;
use super::feedback_sheet::{self, FeedbackCell, Line, Style};
use super::formats::{self, coordinates, write_link, write_text};
use super::marks::{Mark, NOTE_WIDTH, note_height};
use super::sheet_names::{feedback_name, sheet_names};
use crate::domain::place::CellAddress;
use crate::domain::workbook::{self, Area, Content, Look, Sheet};

/// Merged cells a sheet may have; a merge that goes beyond is left out, its value stands in its first cell.
const MOST_MERGED_CELLS: u64 = 200_000;
/// Excel's own limits.
const WIDEST_COLUMN: f64 = 255.0;

/// The return as a new workbook, made anew because of `reason`, and created on the as-of date, so that the same input gives the same bytes.
///
/// # Errors
///
/// When a cell lies outside what an Excel sheet holds, named by file, sheet and cell.
pub fn returned_workbook(
    original: &workbook::Workbook,
    additions: &Additions,
    reason: &str,
    as_of: NaiveDate,
) -> anyhow::Result<Vec<u8>> {
    let names = sheet_names(original);
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(&additions.title)
            .set_author(&additions.councils)
            .set_creation_datetime(&as_of),
    );
    for sheet in &original.sheets {
        let Some(name) = names.get(&sheet.name) else { continue };
        let page = book.add_worksheet();
        page.set_name(name)?;
        formats::set_page(page);
        let own_marks = additions.marks.iter().filter(|((of, _), _)| *of == sheet.name);
        Rebuilding::of(sheet, own_marks.map(|((_, cell), mark)| (*cell, mark)), additions.author.clone())
            .write(page)
            .with_context(|| format!("{}, sheet “{}” cannot be rebuilt", original.file, sheet.name))?;
    }
    let lines = additions.lines(HowMade::Anew { reason });
    write_feedback(book.add_worksheet(), &lines, &names).context("the feedback sheet cannot be written")?;
    Ok(book.save_to_buffer()?)
}

/// One sheet of the original on its way into the new workbook.
struct Rebuilding<'a> {
    sheet: &'a Sheet,
    merges: Vec<Area>,
    /// The first cell of the merged area, by every cell of it.
    first_of: BTreeMap<CellAddress, CellAddress>,
    /// By the first cell of the merged area where there is one.
    marks: BTreeMap<CellAddress, Mark>,
    author: String,
}

impl<'a> Rebuilding<'a> {
    fn of<'m>(
        sheet: &'a Sheet,
        marks: impl Iterator<Item = (CellAddress, &'m Mark)>,
        author: String,
    ) -> Self {
        let (merges, first_of) = sound_merges(&sheet.merged);
        let mut by_first: BTreeMap<CellAddress, Mark> = BTreeMap::new();
        for (cell, mark) in marks {
            let first = first_of.get(&cell).copied().unwrap_or(cell);
            by_first.entry(first).and_modify(|there| there.join(mark)).or_insert_with(|| mark.clone());
        }
        Self { sheet, merges, first_of, marks: by_first, author }
    }

    fn write(&self, page: &mut Worksheet) -> anyhow::Result<()> {
        page.set_hidden(self.sheet.hidden);
        self.write_columns_and_rows(page)?;
        for area in &self.merges {
            let (row, column) = coordinates(area.first)?;
            let (last_row, last_column) = coordinates(area.last)?;
            page.merge_range(row, column, last_row, last_column, "", &self.format(area.first))?;
        }
        for (address, cell) in &self.sheet.cells {
            write_content(page, *address, &cell.content, &self.format(*address))
                .with_context(|| format!("cell {address}"))?;
        }
        for (address, mark) in &self.marks {
            let (row, column) = coordinates(*address)?;
            if !self.sheet.cells.contains_key(address) {
                page.write_blank(row, column, &self.format(*address))?;
            }
            let note = Note::new(&mark.note)
                .set_author(&self.author)
                .add_author_prefix(false)
                .set_font_size(9)
                .set_width(NOTE_WIDTH)
                .set_height(note_height(&mark.note));
            page.insert_note(row, column, &note)?;
        }
        Ok(())
    }

    fn write_columns_and_rows(&self, page: &mut Worksheet) -> anyhow::Result<()> {
        for (column, width) in self.sheet.column_widths.iter().filter(|(_, width)| width.is_finite()) {
            page.set_column_width(u16::try_from(*column)?, width.clamp(0.0, WIDEST_COLUMN))?;
        }
        for (row, height) in self.sheet.row_heights.iter().filter(|(_, height)| height.is_finite()) {
            page.set_row_height(*row, height.clamp(0.0, formats::HIGHEST_ROW))?;
        }
        for column in &self.sheet.hidden_columns {
            page.set_column_hidden(u16::try_from(*column)?)?;
        }
        for row in &self.sheet.hidden_rows {
            page.set_row_hidden(*row)?;
        }
        Ok(())
    }

    /// The cell's own look, with the mark of the cell or of the merged area it lies in.
    fn format(&self, address: CellAddress) -> Format {
        let plain = Look::default();
        let look = self.sheet.cells.get(&address).map_or(&plain, |cell| &cell.look);
        let format = formats::of_look(look);
        let first = self.first_of.get(&address).unwrap_or(&address);
        let Some(mark) = self.marks.get(first) else { return format };
        match (mark.rating, mark.in_question) {
            (Some(rating), false) => formats::in_rating_colours(format, rating),
            (Some(rating), true) => formats::rated_in_question(formats::in_rating_colours(format, rating)),
            (None, _) => formats::in_question(format),
        }
    }
}

/// The merged areas that Excel takes (more than one cell, none over another, not too many cells), and the first
/// cell of each by every cell of it.
fn sound_merges(merged: &[Area]) -> (Vec<Area>, BTreeMap<CellAddress, CellAddress>) {
    let mut first_of = BTreeMap::new();
    let mut sound = Vec::new();
    for area in merged {
        let (first, last) = (area.first, area.last);
        let (Some(rows), Some(columns)) =
            (last.row.checked_sub(first.row), last.column.checked_sub(first.column))
        else {
            continue;
        };
        let cells = (u64::from(rows) + 1) * (u64::from(columns) + 1);
        if cells < 2 || first_of.len() as u64 + cells > MOST_MERGED_CELLS {
            continue;
        }
        let inside = || {
            (first.row..=last.row).flat_map(move |row| {
                (first.column..=last.column).map(move |column| CellAddress::new(row, column))
            })
        };
        if inside().all(|cell| !first_of.contains_key(&cell)) {
            first_of.extend(inside().map(|cell| (cell, first)));
            sound.push(*area);
        }
    }
    (sound, first_of)
}

fn write_content(
    page: &mut Worksheet,
    address: CellAddress,
    content: &Content,
    format: &Format,
) -> anyhow::Result<()> {
    let (row, column) = coordinates(address)?;
    match content {
        Content::Blank => page.write_blank(row, column, format).map(drop)?,
        Content::Number(number) => page.write_number_with_format(row, column, *number, format).map(drop)?,
        Content::Boolean(truth) => page.write_boolean_with_format(row, column, *truth, format).map(drop)?,
        Content::Text(text) | Content::Error(text) => write_text(page, address, text, format)?,
        Content::Date(moment) => match formats::serial(*moment) {
            Some(serial) => page.write_number_with_format(row, column, serial, format).map(drop)?,
            None => write_text(page, address, &moment.to_string(), format)?,
        },
    }
    Ok(())
}

fn write_feedback(
    page: &mut Worksheet,
    lines: &[Line],
    names: &BTreeMap<Arc<str>, String>,
) -> anyhow::Result<()> {
    page.set_name(feedback_name(names.values().map(String::as_str)))?;
    page.set_active(true);
    formats::set_page(page);
    for (column, width) in (0u16..).zip(feedback_sheet::WIDTHS) {
        page.set_column_width(column, width)?;
    }
    for (row, line) in (0u32..).zip(lines) {
        if let Some(height) = feedback_sheet::height(line) {
            page.set_row_height(row, height)?;
        }
        for (column, cell) in (0u32..).zip(line) {
            write_feedback_cell(page, CellAddress::new(row, column), cell, names)?;
        }
    }
    Ok(())
}

fn write_feedback_cell(
    page: &mut Worksheet,
    address: CellAddress,
    cell: &FeedbackCell,
    names: &BTreeMap<Arc<str>, String>,
) -> anyhow::Result<()> {
    let target = cell.link.as_ref().and_then(|(sheet, target)| Some((names.get(sheet)?.as_str(), *target)));
    if let Some(target) = target {
        return write_link(page, address, &cell.text, target, &formats::link());
    }
    let format = match cell.style {
        Style::Title => formats::title(),
        Style::Heading => formats::heading(),
        Style::Sentence => formats::sentence(),
        Style::Header => formats::header(),
        Style::Body => formats::body(),
        Style::Rating(rating) => formats::in_rating_colours(formats::body(), rating),
        Style::Response => formats::body().set_unlocked(),
    };
    write_text(page, address, &cell.text, &format)
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::domain::workbook::Cell;
    use crate::output::example::{self, day};
    use crate::output::workbooks::feedback::SHEET_NAME;
    use crate::output::workbooks::unpacked::{cells, part, parts};

    fn look(number_format: &str, bold: bool, fill: Option<u32>) -> Arc<Look> {
        Arc::new(Look {
            number_format: number_format.into(),
            bold,
            fill,
            wrap: bold,
            border: true,
            ..Look::default()
        })
    }

    fn area(first: &str, last: &str) -> Area {
        Area { first: CellAddress::parse(first).unwrap(), last: CellAddress::parse(last).unwrap() }
    }

    const REASON: &str = "it is an old workbook (.xls)";

    fn original() -> workbook::Workbook {
        let (plain, heading) = (look("General", false, None), look("General", true, Some(0x1F_4E79)));
        let (percent, date) = (look("0.0%", false, None), look("dd mmm yyyy", false, None));
        let text = |text: &str| Content::Text(text.into());
        let contents = [
            ("A1", text("Quarterly KPI return"), &heading),
            ("D2", text("Cheshire East"), &heading),
            ("E2", Content::Blank, &heading),
            ("C3", text("KPI"), &heading),
            ("D3", text("Numartor"), &heading),
            ("E4", Content::Number(2.0), &plain),
            ("C8", text("=HYPERLINK(\"http://harbour.example\",\"x\")"), &plain),
            ("D8", Content::Number(21.0), &plain),
            ("F8", Content::Number(21.0 / 22.0), &percent),
            ("I8", Content::Number(0.904_761_904_761_904_8), &percent),
            ("F9", Content::Number(0.89996), &percent),
            ("E9", Content::Error("#REF!".into()), &plain),
            ("C10", Content::Date(day(2025, 12, 12).and_hms_opt(0, 0, 0).unwrap()), &date),
            ("C11", Content::Boolean(true), &plain),
            ("C12", text(" spaces, _x000D_ and a line\nbreak "), &plain),
            ("C13", text("https://harbour.example/"), &plain),
            ("XFD1048576", text("far away"), &plain),
        ];
        let sheet = Sheet {
            name: "KPIs".into(),
            hidden: false,
            cells: contents
                .into_iter()
                .map(|(at, content, look)| {
                    (CellAddress::parse(at).unwrap(), Cell { content, formula: false, look: look.clone() })
                })
                .collect(),
            merged: vec![
                area("D2", "E2"),
                area("E2", "F2"),
                area("A1", "A1"),
                area("F13", "G14"),
                area("A20", "XFD1048575"),
            ]
            .into(),
            hidden_rows: [5].into(),
            hidden_columns: [1].into(),
            column_widths: [(2, 42.0), (3, 9000.0)].into(),
            row_heights: [(2, 45.0)].into(),
        };
        let named = |name: &str, hidden| Sheet {
            name: name.into(),
            hidden,
            cells: sheet.cells.clone(),
            ..Sheet::default()
        };
        workbook::Workbook {
            file: example::FILE.into(),
            sheets: vec![
                named("Lists", true),
                sheet.clone(),
                named("Council  Feedback", false),
                named("It's: a very long name of a sheet/page", false),
                named("It's: a very long name of a sheet/Page", false),
                named("history", false),
            ],
            ..workbook::Workbook::default()
        }
    }

    fn rebuilt() -> Vec<u8> {
        returned_workbook(&original(), &Additions::of(&example::feedback()), REASON, day(2026, 1, 20))
            .unwrap()
    }

    #[test]
    fn every_value_is_kept_in_its_cell() {
        let bytes = rebuilt();
        for (sheet, name) in [
            (&original().sheets[0], "Lists"),
            (&original().sheets[1], "KPIs"),
            (&original().sheets[3], "It's  a very long name of a sh…"),
            (&original().sheets[4], "It's  a very long name of … (2)"),
            (&original().sheets[5], "history_"),
        ] {
            let read = cells(&bytes, name);
            for (address, cell) in &sheet.cells {
                let found = read.get(address).unwrap_or(&Data::Empty);
                match (&cell.content, found) {
                    (Content::Blank, Data::Empty) => {}
                    (Content::Number(wrote), Data::Float(read)) => {
                        assert_eq!(wrote, read, "{address}")
                    }
                    (Content::Text(wrote) | Content::Error(wrote), Data::String(read)) => {
                        assert_eq!(**wrote, *read.as_str(), "{address}");
                    }
                    (Content::Boolean(wrote), Data::Bool(read)) => assert_eq!(wrote, read),
                    (Content::Date(wrote), Data::DateTime(read)) => {
                        assert_eq!(Some(*wrote), read.as_datetime());
                    }
                    (wrote, read) => panic!("{name} {address}: {wrote:?} became {read:?}"),
                }
            }
            let written = sheet.cells.values().filter(|cell| cell.content != Content::Blank).count();
            assert_eq!(read.values().filter(|data| **data != Data::Empty).count(), written, "{name}");
        }
    }

    #[test]
    fn sheets_keep_their_order_and_state_and_the_feedback_is_last() {
        let bytes = rebuilt();
        let book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(&bytes)).unwrap();
        let visible: Vec<(&str, bool)> = book
            .sheets_metadata()
            .iter()
            .map(|sheet| (sheet.name.as_str(), sheet.visible == calamine::SheetVisible::Visible))
            .collect();
        assert_eq!(visible[..2], [("Lists", false), ("KPIs", true)]);
        assert_eq!(visible.last(), Some(&(SHEET_NAME, true)));
        assert_eq!(
            visible.len(),
            original().sheets.len() + 1,
            "the provider's own sheet of nearly that name is kept"
        );
    }

    #[test]
    fn furniture_is_kept_and_what_excel_refuses_is_left_out() {
        let sheet = part(&rebuilt(), "xl/worksheets/sheet2.xml");
        assert!(
            sheet.contains("<mergeCells count=\"2\"><mergeCell ref=\"D2:E2\"/><mergeCell ref=\"F13:G14\"/>")
        );
        let element = |start: &str| {
            let rest = &sheet[sheet.find(start).unwrap_or_else(|| panic!("{start} is not in {sheet}"))..];
            rest[..rest.find('>').unwrap()].to_string()
        };
        assert!(element("<col min=\"2\" max=\"2\"").contains("hidden=\"1\""));
        assert!(
            element("<col min=\"3\" max=\"3\"").contains("width=\"42.7"),
            "42 characters and the padding"
        );
        assert!(element("<col min=\"4\" max=\"4\"").contains("width=\"255"));
        assert!(element("<row r=\"3\"").contains("ht=\"45\""));
        assert!(element("<row r=\"6\"").contains("hidden=\"1\""));
        assert!(!element("<row r=\"4\"").contains("hidden"));
    }

    #[test]
    fn nothing_in_it_is_a_formula_a_link_out_or_a_macro() {
        let bytes = rebuilt();
        for (name, text) in parts(&bytes) {
            assert!(!text.contains("<f>") && !text.contains("<f "), "{name}");
            assert!(!text.contains("TargetMode=\"External\""), "{name}");
            assert!(!name.contains("vba"), "{name}");
        }
    }

    #[test]
    fn rated_and_questioned_cells_are_coloured_and_have_notes() {
        let bytes = rebuilt();
        let styles = part(&bytes, "xl/styles.xml");
        for colour in ["FF00703C", "FFB10E1E", "FFD5C8E8", "FF4C2C92"] {
            assert!(styles.contains(&format!("rgb=\"{colour}\"")), "{colour}");
        }
        assert!(styles.contains("patternType=\"gray0625\"") && styles.contains("<left style=\"thick\">"));
        let notes = part(&bytes, "xl/comments1.xml");
        assert!(notes.contains("<author>Cheshire East Council</author>"), "{notes}");
        for (cell, said) in [("F8", "■"), ("D3", "Query"), ("F13", "No activity"), ("I8", "■ Red")] {
            let start = notes.find(&format!("<comment ref=\"{cell}\"")).unwrap_or_else(|| panic!("{cell}"));
            let note = &notes[start..start + notes[start..].find("</comment>").unwrap()];
            assert!(note.contains(said) || cell == "F8" && note.contains("● Green"), "{cell}: {note}");
        }
        assert!(!notes.contains("ref=\"E9\""), "accepted findings ask nothing");
    }

    #[test]
    fn marks_inside_one_merged_area_are_joined() {
        let mut book = original();
        let kpis = book.sheets.iter_mut().find(|sheet| &*sheet.name == "KPIs").unwrap();
        kpis.merged = vec![area("D8", "I8")].into();
        let bytes =
            returned_workbook(&book, &Additions::of(&example::feedback()), REASON, day(2026, 1, 20)).unwrap();
        let notes = part(&bytes, "xl/comments1.xml");
        let start = notes.find("<comment ref=\"D8\"").unwrap();
        let note = &notes[start..start + notes[start..].find("</comment>").unwrap()];
        assert!(note.contains("● Green") && note.contains("■ Red") && note.contains("Query 1"));
        assert!(!notes.contains("ref=\"F8\"") && !notes.contains("ref=\"I8\""));
    }

    #[test]
    fn links_of_the_feedback_lead_to_the_cells() {
        let bytes = rebuilt();
        let feedback = part(&bytes, &format!("xl/worksheets/sheet{}.xml", original().sheets.len() + 1));
        assert!(feedback.contains("location=\"'KPIs'!F8\" display=\"F8\""), "{feedback}");
        assert!(!feedback.contains("<mergeCell"));
        assert_eq!(
            cells(&bytes, SHEET_NAME)[&CellAddress::new(0, 0)],
            Data::String(format!(
                "Council feedback: Quarterly KPI return, Harbour Advocacy, {}",
                example::quarter().describe()
            ))
        );
    }

    #[test]
    fn the_same_return_gives_the_same_bytes() {
        assert_eq!(rebuilt(), rebuilt());
        assert!(part(&rebuilt(), "docProps/core.xml").contains("2026-01-20T00:00:00Z"));
    }
}
