//! A return written back, sent in again and written back once more.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use rust_xlsxwriter::{Color, Format, Note, Workbook};
use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;
use crate::domain::workbook::FEEDBACK_SHEET as SHEET_NAME;
use crate::output::example::{self, day};
use crate::output::workbooks::feedback::Feedback;
use crate::output::workbooks::unpacked::{cells, part, parts};

/// A package of parts by name and text.
pub fn package_of<'p>(parts: impl IntoIterator<Item = (&'p str, &'p str)>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A return whose cells have looks of their own, one of them that of a rating.
fn sent() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("KPIs").unwrap();
    let heading =
        Format::new().set_bold().set_background_color(Color::RGB(0x1F_4E79)).set_font_color(Color::White);
    let percent = Format::new().set_num_format("0.0%;[Red]-0.0%").set_italic();
    let legend = Format::new().set_background_color(Color::RGB(0xB1_0E1E)).set_font_color(Color::White);
    sheet.write_string_with_format(2, 3, "Numartor", &heading).unwrap();
    sheet.write_string_with_format(0, 9, "Red", &legend).unwrap();
    sheet.write_number_with_format(7, 5, 0.95, &percent).unwrap();
    sheet
        .write_formula_with_format(
            7,
            8,
            rust_xlsxwriter::Formula::new("=19/21").set_result("0.9047619047619048"),
            &percent,
        )
        .unwrap();
    sheet.insert_note(7, 5, &Note::new("Counted twice, sorry").set_author("Provider")).unwrap();
    book.add_worksheet().set_name("Log").unwrap().write_string(0, 0, "untouched").unwrap();
    book.save_to_buffer().unwrap()
}

fn marks_of(feedback: &Feedback) -> Vec<String> {
    by_sheet(&Additions::of(feedback))
        .into_values()
        .flat_map(|cells| cells.into_keys().map(|cell| cell.to_string()))
        .collect()
}

#[test]
fn only_what_is_named_as_touched_differs() {
    let (sent, feedback) = (sent(), example::feedback());
    let written = write_back(&sent, &Additions::of(&feedback), None, day(2026, 1, 20)).unwrap();
    let (before, after) = (parts(&sent), parts(&written.bytes));
    for (name, text) in &before {
        if !written.touched.contains(name) {
            assert_eq!(Some(text), after.get(name), "{name}");
        }
    }
    let mut touched = written.touched.clone();
    touched.sort();
    assert_eq!(
        touched,
        [
            "[Content_Types].xml",
            "xl/_rels/workbook.xml.rels",
            "xl/comments1.xml",
            "xl/drawings/vmlDrawing1.vml",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "xl/tables/table1.xml",
            "xl/tables/table2.xml",
            "xl/tables/table3.xml",
            "xl/tables/table4.xml",
            "xl/workbook.xml",
            "xl/worksheets/_rels/sheet3.xml.rels",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet3.xml",
        ]
    );
    assert_eq!(cells(&sent, "KPIs"), {
        let mut own = cells(&written.bytes, "KPIs");
        own.retain(|_, value| *value != calamine::Data::Empty);
        own
    });
    assert_eq!(marks_of(&feedback).len(), written.marked.len());
}

#[test]
fn the_same_return_gives_the_same_bytes() {
    let written =
        || write_back(&sent(), &Additions::of(&example::feedback()), None, day(2026, 1, 20)).unwrap().bytes;
    assert_eq!(written(), written());
}

/// The formats of a sheet's cells, as what they show.
fn shown(bytes: &[u8], sheet: &str) -> BTreeMap<CellAddress, styles::Covered> {
    let mut package = Package::open(bytes).unwrap();
    let mut types = ContentTypes::read(&mut package).unwrap();
    let of_package = Relationships::read(&mut package, "").unwrap();
    let main = refused::expect_safe(&package, &types, &of_package).unwrap();
    let mut book = Book::read(&mut package, &main).unwrap();
    let styles = book.styles(&mut package, &mut types).unwrap();
    let part = book.worksheet(sheet).unwrap().to_string();
    let text = package.needed(&part).unwrap();
    let own = SheetPart::read(&part, text.clone()).unwrap();
    let mut cells = BTreeMap::new();
    sheet::each_format(&part, &text, own.outline(), &mut |cell, format| {
        cells.insert(cell, styles.covered(format)?);
        Ok(None)
    })
    .unwrap();
    cells
}

#[test]
fn marks_of_an_earlier_copy_are_replaced() {
    let (sent, mut feedback) = (sent(), example::feedback());
    let first = write_back(&sent, &Additions::of(&feedback), None, day(2026, 1, 20)).unwrap();
    // The second time only one figure is rated, and nothing is asked.
    feedback.findings.clear();
    let still = CellAddress::parse("I8").unwrap();
    feedback.rated.retain(|rated| rated.place.as_ref().is_some_and(|(_, cell)| *cell == still));
    assert_eq!(marks_of(&feedback), ["I8"]);
    let sheets = [first.sheet_name.clone()];
    let earlier = Earlier { sheets: &sheets, original: Some(&sent) };
    let second =
        write_back(&first.bytes, &Additions::of(&feedback), Some(earlier), day(2026, 2, 20)).unwrap();
    assert_eq!(second.sheet_name, SHEET_NAME);

    let (before, after) = (shown(&sent, "KPIs"), shown(&second.bytes, "KPIs"));
    for (cell, covered) in &before {
        assert_eq!(
            *cell == still,
            after.get(cell) != Some(covered),
            "{cell}: {covered:?} {:?}",
            after.get(cell)
        );
    }
    let text = part(&second.bytes, "xl/workbook.xml");
    assert_eq!(text.matches("Council feedback").count(), 1, "{text}");
    let notes = part(&second.bytes, "xl/comments1.xml");
    assert!(notes.contains("Counted twice, sorry"), "{notes}");
    assert_eq!(notes.matches("Answer on the sheet").count(), 1, "{notes}");
    let names: Vec<String> = parts(&second.bytes).into_keys().collect();
    let listed = part(&second.bytes, "[Content_Types].xml");
    for name in
        names.iter().filter(|name| name.starts_with("xl/tables/") || name.starts_with("xl/worksheets/sheet"))
    {
        assert!(listed.contains(&format!("/{name}")), "{name}");
    }
    assert!(names.iter().filter(|name| name.starts_with("xl/tables/")).count() <= 3, "{names:?}");
    let sheets = [second.sheet_name.clone()];
    let third = write_back(
        &second.bytes,
        &Additions::of(&feedback),
        Some(Earlier { sheets: &sheets, original: Some(&sent) }),
        day(2026, 2, 20),
    );
    assert_eq!(parts(&third.unwrap().bytes).len(), names.len(), "nothing is stacked");
}

#[test]
fn without_the_return_it_was_made_from_only_cells_with_a_note_of_ours_become_plain() {
    let (sent, mut feedback) = (sent(), example::feedback());
    let first = write_back(&sent, &Additions::of(&feedback), None, day(2026, 1, 20)).unwrap();
    feedback.findings.clear();
    feedback.rated.clear();
    let sheets = [first.sheet_name.clone()];
    let earlier = Earlier { sheets: &sheets, original: None };
    let second =
        write_back(&first.bytes, &Additions::of(&feedback), Some(earlier), day(2026, 2, 20)).unwrap();
    let (before, after) = (shown(&sent, "KPIs"), shown(&second.bytes, "KPIs"));
    let legend = CellAddress::parse("J1").unwrap();
    assert_eq!(after[&legend], before[&legend], "the provider's own legend");
    for (_, cell) in first.marked.keys() {
        assert!(after[cell].is_plain(), "{cell}: {:?}", after[cell]);
    }
}
