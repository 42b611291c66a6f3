//! Workbooks as Excel writes them, and packages no program writes.

use std::io::Write;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_xlsxwriter::{
    Chart, ChartType, Color, DocProperties, Format, FormatAlign, FormatBorder, Formula, Workbook as Writer,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::domain::number_format::PercentSign;
use crate::domain::workbook::{Area, Carried, Look};
use crate::intake::reading::{MAX_ENTRIES, MAX_FILE, MAX_FORMATS, fingerprint, read};

fn at(text: &str) -> CellAddress {
    CellAddress::parse(text).unwrap()
}

fn area(first: &str, last: &str) -> Area {
    Area { first: at(first), last: at(last) }
}

fn content<'w>(workbook: &'w Workbook, sheet: usize, cell: &str) -> &'w Content {
    &workbook.sheets[sheet].cells[&at(cell)].content
}

fn number(value: f64) -> Content {
    Content::Number(value)
}

fn text(text: &str) -> Content {
    Content::Text(text.into())
}

const CONTENT_TYPES: &str = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELATIONSHIPS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook><sheets><sheet name="KPIs" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const SHEET_RELATIONSHIP: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A package of the least that makes a workbook; `changes` replace or add parts.
fn package(changes: &[(&str, &str)]) -> Vec<u8> {
    let usual = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", SHEET_RELATIONSHIP),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"),
    ];
    let kept = usual
        .iter()
        .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed.eq_ignore_ascii_case(name)));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in kept.chain(changes) {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn with_sheet(inner: &str) -> Vec<u8> {
    package(&[("xl/worksheets/sheet1.xml", &format!("<worksheet>{inner}</worksheet>"))])
}

fn refusal(bytes: &[u8]) -> NotRead {
    read("returns/a.xlsx", bytes).unwrap_err()
}

#[test]
fn reads_values_with_their_looks() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("KPI return").unwrap();
    let percent = Format::new().set_num_format("0.0%").set_bold().set_background_color(Color::RGB(0xFFC000));
    let heading = Format::new()
        .set_italic()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_border(FormatBorder::Thin)
        .set_font_color(Color::RGB(0x1F4E79));
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_string_with_format(0, 0, "No.\u{a0}\n& more", &heading).unwrap();
    sheet.write_number_with_format(1, 0, 0.945, &percent).unwrap();
    sheet.write_number(2, 0, 7.000000000000001).unwrap();
    sheet.write_boolean(3, 0, true).unwrap();
    sheet.write_datetime_with_format(4, 0, NaiveDate::from_ymd_opt(2025, 9, 1).unwrap(), &day).unwrap();
    sheet.write_number_with_format(5, 0, 1.5, &Format::new().set_num_format("[h]:mm")).unwrap();
    sheet.write_formula(6, 0, Formula::new("=A2*2").set_result("1.89")).unwrap();
    sheet.write_formula(7, 0, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_formula(8, 0, Formula::new("=A1&\"x\"").set_result("x")).unwrap();
    sheet.write_rich_string(9, 0, &[(&Format::default(), "bold "), (&percent, "move")]).unwrap();
    sheet.write_string(10, 0, "_x000D_").unwrap();
    let workbook = read("returns/a.xlsx", &writer.save_to_buffer().unwrap()).unwrap();

    assert_eq!((&*workbook.file, workbook.macros, workbook.sheets.len()), ("returns/a.xlsx", false, 1));
    assert_eq!(&*workbook.sheets[0].name, "KPI return");
    let noon = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    for (cell, expected, formula) in [
        ("A1", text("No.\u{a0}\n& more"), false),
        ("A2", number(0.945), false),
        ("A3", number(7.000000000000001), false),
        ("A4", Content::Boolean(true), false),
        ("A5", Content::Date(noon), false),
        ("A6", number(1.5), false),
        ("A7", number(1.89), true),
        ("A8", Content::Error("#N/A".into()), true),
        ("A9", text("x"), true),
        ("A10", text("bold move"), false),
        ("A11", text("_x000D_"), false),
    ] {
        let found = &workbook.sheets[0].cells[&at(cell)];
        assert_eq!((&found.content, found.formula), (&expected, formula), "{cell}");
    }
    let look = |cell: &str| workbook.sheets[0].cells[&at(cell)].look.clone();
    assert_eq!(look("A2").number_format, "0.0%");
    assert!(look("A2").percent_sign(0.5) == PercentSign::Scaling && look("A2").bold && !look("A2").border);
    assert_eq!(look("A2").fill, Some(0xFFC000));
    assert_eq!(
        Look { number_format: "General".into(), ..(*look("A1")).clone() },
        Look {
            number_format: "General".into(),
            italic: true,
            wrap: true,
            border: true,
            centred: true,
            font_colour: Some(0x1F4E79),
            ..Look::default()
        }
    );
    assert_eq!(look("A3").fill, None);
}

#[test]
fn reads_furniture_and_hidden_things() {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.merge_range(0, 0, 0, 3, "Return", &Format::new()).unwrap();
    sheet.write_number(5, 4, 1).unwrap();
    sheet.set_column_width(0, 30).unwrap();
    sheet.set_column_range_width(6, 16_383, 4).unwrap();
    sheet.set_column_hidden(2).unwrap();
    sheet.set_row_height(1, 40).unwrap();
    sheet.set_row_hidden(3).unwrap();
    writer.add_worksheet().set_hidden(true).write_number(0, 0, 2).unwrap();
    writer.add_worksheet().set_very_hidden(true);
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values("Sheet1!$E$6:$E$6");
    writer.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    let workbook = read("a.xlsx", &writer.save_to_buffer().unwrap()).unwrap();

    let hidden: Vec<bool> = workbook.sheets.iter().map(|sheet| sheet.hidden).collect();
    assert_eq!(hidden, [false, true, true]);
    let sheet = &workbook.sheets[0];
    assert_eq!(sheet.merged[..], [area("A1", "D1")]);
    assert_eq!(sheet.text(at("C1")), "Return");
    assert!(!sheet.cells.contains_key(&at("B1")), "merged areas are not expanded");
    assert_eq!(sheet.hidden_columns, [2].into());
    assert_eq!(sheet.hidden_rows, [3].into());
    assert_eq!(sheet.row_heights.keys().copied().collect::<Vec<_>>(), [1]);
    assert!((sheet.row_heights[&1] - 40.0).abs() < 0.5);
    assert!((sheet.column_widths[&0] - 30.0).abs() < 1.0);
    assert!(sheet.column_widths.keys().all(|column| *column <= 5), "{:?}", sheet.column_widths);
}

#[test]
fn keeps_formatted_blanks_near_the_values_only() {
    let grey = Format::new().set_background_color(Color::RGB(0xD9D9D9));
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    sheet.write_number(0, 0, 1).unwrap();
    for (row, column) in [(0, 1), (20, 20), (21, 0), (0, 21), (9000, 0)] {
        sheet.write_blank(row, column, &grey).unwrap();
    }
    sheet.write_blank(1, 0, &Format::new().set_bold()).unwrap();
    let workbook = read("a.xlsx", &writer.save_to_buffer().unwrap()).unwrap();
    let cells: Vec<String> = workbook.sheets[0].cells.keys().map(CellAddress::to_string).collect();
    assert_eq!(cells, ["A1", "B1", "U21"]);
}

#[test]
fn allocates_no_bounding_rectangle() {
    let workbook = read(
        "a.xlsx",
        &with_sheet(
            r#"<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>"#,
        ),
    )
    .unwrap();
    assert_eq!(workbook.sheets[0].cells.len(), 2);
    assert_eq!(content(&workbook, 0, "XFD1048576"), &number(2.0));
}

#[test]
fn keeps_formulas_that_were_not_calculated() {
    let workbook = read(
        "a.xlsx",
        &with_sheet(
            r#"<sheetData><row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>C1</f><v></v></c><c r="C1" t="str"><f>""</f><v></v></c>
            <c r="D1"><f t="array" ref="D1:D2">X</f><v>1</v></c><c r="E1"><f t="shared" si="4000000000"/><v>3</v></c></row>
            <row r="2"><c r="C2"><v>5</v></c><c r="D2"><v>2</v></c></row></sheetData>"#,
        ),
    )
    .unwrap();
    for (cell, expected, formula) in [
        ("A1", Content::Blank, true),
        ("B1", Content::Blank, true),
        ("C1", text(""), true),
        ("D1", number(1.0), true),
        ("D2", number(2.0), true),
        ("E1", number(3.0), true),
        ("C2", number(5.0), false),
    ] {
        let found = &workbook.sheets[0].cells[&at(cell)];
        assert_eq!((&found.content, found.formula), (&expected, formula), "{cell}");
    }
}

#[test]
fn reads_what_other_programs_write() {
    let day = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    let workbook = read(
        "a.xlsx",
        &package(&[
            (
                "xl/workbook.xml",
                r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="A &amp; B" sheetId="1" id="r1"/></sheets></workbook>"#,
            ),
            (
                "xl/styles.xml",
                r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#,
            ),
            (
                "xl/sharedStrings.xml",
                "<sst><si><t>one_x000D_\ntwo</t></si><si><r><t xml:space=\"preserve\">rich </t></r><r><t>text</t></r></si></sst>",
            ),
            // Case and namespace prefixes differ, cells have no address.
            (
                "XL/Worksheets/Sheet1.xml",
                r#"<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c s="1"><x:v>44439</x:v></x:c><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>
                <x:row><x:c t="d"><x:v>2025-09-01</x:v></x:c><x:c r="D2" s="1" t="e"><x:v>#SPILL!</x:v></x:c><x:c r="E2" t="b"><x:v>1</x:v></x:c><x:c r="F2" t="inlineStr"><x:is><x:t>in</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"#,
            ),
        ]),
    )
    .unwrap();
    assert_eq!(&*workbook.sheets[0].name, "A & B");
    for (cell, expected) in [
        ("A1", Content::Date(day)),
        ("B1", text("one\r\ntwo")),
        ("C1", text("rich text")),
        ("A2", Content::Date(day)),
        ("D2", Content::Error("#SPILL!".into())),
        ("E2", Content::Boolean(true)),
        ("F2", text("in")),
    ] {
        assert_eq!(content(&workbook, 0, cell), &expected, "{cell}");
    }
    assert_eq!(workbook.sheets[0].cells[&at("D2")].look.number_format, "mm-dd-yy");
}

#[test]
fn tells_macros() {
    let macros = read("a.xlsm", &package(&[("xl/vbaProject.bin", "x")])).unwrap();
    assert!(macros.macros);
    assert_eq!(macros.carried, Carried::default());
}

#[test]
fn tells_what_else_is_carried() {
    let label = r#"<Properties><property name="Checked by"><vt:lpwstr>nobody</vt:lpwstr></property>
        <property name="MSIP_Label_1b2c_Enabled"><vt:lpwstr>true</vt:lpwstr></property>
        <property name="MSIP_Label_1b2c_Name"><vt:lpwstr>OFFICIAL &amp; more</vt:lpwstr></property></Properties>"#;
    let carried = |parts: &[(&str, &str)]| read("a.xlsx", &package(parts)).unwrap().carried;
    let none = Carried::default();
    for (part, content, expected) in [
        ("xl/activeX/activeX1.xml", "", Carried { controls: true, ..none.clone() }),
        ("_xmlsignatures/origin.sigs", "", none.clone()),
        ("_xmlsignatures/sig1.xml", "", Carried { signed: true, ..none.clone() }),
        ("xl/externalLinks/externalLink1.xml", "", Carried { links: true, ..none.clone() }),
        ("xl/connections.xml", "", Carried { links: true, ..none.clone() }),
        ("docMetadata/LabelInfo.xml", "", Carried { label: Some(String::new()), ..none.clone() }),
        ("docProps/custom.xml", label, Carried { label: Some("OFFICIAL & more".into()), ..none.clone() }),
        ("docProps/custom.xml", "<Properties><property name=\"Owner\"", none.clone()),
    ] {
        assert_eq!(carried(&[(part, content)]), expected, "{part}");
    }
}

#[test]
fn refuses_hostile_packages() {
    let zeros = "0".repeat(20 << 20);
    let mut twice_by_name = package(&[("xl/media/1", "x"), ("xl/media/2", "x")]);
    for place in 0..twice_by_name.len() - 10 {
        if &twice_by_name[place..place + 10] == b"xl/media/2" {
            twice_by_name[place + 9] = b'1';
        }
    }
    let many: Vec<(String, &str)> =
        (0..MAX_ENTRIES - 4).map(|number| (format!("xl/media/{number}"), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, part)| (name.as_str(), *part)).collect();
    let long = "x".repeat(MAX_CELL_TEXT + 1);
    let long_cell = format!(
        r#"<sheetData><row r="1"><c r="B1" t="inlineStr"><is><t>{long}</t></is></c></row></sheetData>"#
    );
    let chart = SHEET_RELATIONSHIP.replace("/worksheet\"", "/chartsheet\"");
    let macro_sheet = SHEET_RELATIONSHIP.replace("/worksheet\"", "/xlMacrosheet\"");
    let twice = WORKBOOK.replace("</sheets>", r#"<sheet name="Again" sheetId="2" r:id="r1"/></sheets>"#);
    let long_format = format!(r#"<styleSheet><numFmts><numFmt formatCode="{long}"/></numFmts></styleSheet>"#);
    for (bytes, part) in [
        (package(&[("xl/media/a.png", &zeros)]), "“xl/media/a.png” unpacks to more than 100 times"),
        (package(&many), "1001 parts"),
        (package(&[("../evil.txt", "x")]), "climbs out"),
        (package(&[("xl/..\\..\\evil.txt", "x")]), "climbs out"),
        (package(&[("/etc/evil", "x")]), "outside of it"),
        (package(&[("C:\\evil", "x")]), "outside of it"),
        (package(&[("xl/media/a", "x"), ("XL/Media/A", "x")]), "stands in it twice"),
        (twice_by_name, "stands in it twice"),
        (package(&[("xl/_rels/workbook.xml.rels", chart.as_str())]), "no worksheet"),
        (package(&[("xl/_rels/workbook.xml.rels", macro_sheet.as_str())]), "Excel 4.0 macros"),
        (package(&[("xl/workbook.xml", "<workbook><sheets/></workbook>")]), "no worksheet"),
        (package(&[("xl/workbook.xml", &twice)]), "“Again” twice"),
        (
            package(&[("xl/sharedStrings.xml", r#"<sst uniqueCount="90000000000"></sst>"#)]),
            "announces 90000000000 texts",
        ),
        (package(&[("xl/styles.xml", &long_format)]), "more than 1024 characters"),
        (with_sheet(&long_cell), "sheet “KPIs”, cell B1 is longer"),
        (with_sheet(r#"<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>"#), "damaged"),
        (with_sheet(r#"<dimension ref="D9:A1"/><sheetData/>"#), ""),
        (with_sheet("<sheetData><row"), "damaged"),
        (package(&[("xl/worksheets/sheet1.xml", "\u{0}\u{1}")]), ""),
        (package(&[("_rels/.rels", "<Relationships/>")]), "names no workbook"),
        (package(&[("[Content_Types].xml", "<Types/>")]), "a zip folder"),
    ] {
        match read("returns/a.xlsx", &bytes) {
            Err(refusal) => assert!(refusal.to_string().contains(part), "{refusal} <- {part}"),
            Ok(workbook) => assert!(part.is_empty() && workbook.sheets[0].cells.is_empty(), "{part}"),
        }
    }
    assert!(read("returns/a.xlsx", &package(&many[1..])).is_ok(), "1,000 parts are allowed");
}

#[test]
fn allows_texts_as_long_as_excel_does() {
    let longest = "é".repeat(MAX_CELL_TEXT);
    let sheet = format!(
        r#"<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{longest}</t></is></c></row></sheetData>"#
    );
    let workbook = read("a.xlsx", &with_sheet(&sheet)).unwrap();
    assert_eq!(content(&workbook, 0, "A1"), &text(&longest));
}

#[test]
fn allows_as_many_formats_as_excel_does() {
    let styles = |count: usize| {
        let formats: String = (0..count).map(|number| format!(r#"<xf numFmtId="{number}"/>"#)).collect();
        format!("<styleSheet><cellStyleXfs><xf/></cellStyleXfs><cellXfs>{formats}</cellXfs></styleSheet>")
    };
    assert!(read("a.xlsx", &package(&[("xl/styles.xml", &styles(MAX_FORMATS))])).is_ok());
    let refusal = refusal(&package(&[("xl/styles.xml", &styles(MAX_FORMATS + 1))]));
    assert_eq!(refusal, NotRead::TooLarge(Limit::Formats));
}

#[test]
fn does_not_believe_declared_sizes() {
    let mut bytes = package(&[("xl/media/a.bin", &"0".repeat(20 << 20))]);
    let declared = (20u32 << 20).to_le_bytes();
    let places: Vec<usize> =
        (0..bytes.len() - 4).filter(|place| bytes[*place..*place + 4] == declared).collect();
    assert_eq!(places.len(), 2, "local header and directory");
    for place in places {
        bytes[place..place + 4].copy_from_slice(&7u32.to_le_bytes());
    }
    assert!(matches!(
        refusal(&bytes),
        NotRead::TooLarge(Limit::Compression { .. }) | NotRead::Damaged { .. }
    ));
}

#[test]
fn tells_truncated_from_damaged() {
    let whole = with_sheet(r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>"#);
    assert_eq!(refusal(&whole[..whole.len() / 2]), NotRead::Truncated);
    assert_eq!(refusal(&whole[..4]), NotRead::Truncated);
    let mut flipped = whole.clone();
    let name = b"xl/worksheets/sheet1.xml";
    let data = flipped.windows(name.len()).position(|part| part == name).unwrap() + name.len();
    flipped[data + 20] ^= 0xff;
    assert!(matches!(refusal(&flipped), NotRead::Damaged { .. }));
    assert!(matches!(refusal(b""), NotRead::Empty));
    assert_eq!(refusal(&vec![0; MAX_FILE]), NotRead::Hollow);
    assert_eq!(refusal(&vec![0; MAX_FILE + 1]), NotRead::TooLarge(Limit::File));
    assert_eq!(read("returns/~$a.xlsx", b"\x05Clerk").unwrap_err(), NotRead::LockFile);
    assert!(read("returns/~$a.xlsx", &whole).is_ok(), "a workbook whatever its name");
}

#[test]
fn has_one_fingerprint_for_the_same_content() {
    let saved = |created: &str, colour: u32, feedback: bool| {
        let mut writer = Writer::new();
        let created = created.parse::<chrono::NaiveDate>().unwrap();
        writer.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let format = Format::new().set_background_color(Color::RGB(colour));
        let sheet = writer.add_worksheet();
        sheet.write_number_with_format(0, 0, 21, &format).unwrap();
        sheet.write_string(0, 1, "Placed\nlate").unwrap();
        if feedback {
            let sheet = writer.add_worksheet().set_name(crate::domain::workbook::FEEDBACK_SHEET).unwrap();
            sheet.write_string(0, 0, "Council feedback: Monthly return, Harbour, October 2025").unwrap();
            sheet.write_row(2, 0, crate::domain::council_feedback::QUERY_COLUMNS).unwrap();
        }
        fingerprint(&read("a.xlsx", &writer.save_to_buffer().unwrap()).unwrap())
    };
    assert_eq!(saved("2025-12-12", 0xFFFFFF, false), saved("2026-01-20", 0xFF0000, true));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is changed in a workbook, reading it ends with a workbook or a refusal.
    #[test]
    fn survives_any_change(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = with_sheet(r#"<cols><col min="1" max="3" width="9"/></cols><sheetData><row r="1"><c r="A1" t="str"><f>B1</f><v>x</v></c></row></sheetData>"#);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read("a.xlsx", &bytes);
    }

    #[test]
    fn survives_any_sheet(inner in "(<(row|c|v|f|is|t|/c|/row|/v|sheetData|/sheetData|col|mergeCell)( r=\"[A-Z]{0,4}[0-9]{0,8}\")?( s=\"[0-9]{1,10}\")?( t=\"(s|n|e|b|d|str|array)\")?( ref=\"[A-Z]{0,4}[0-9]{0,3}:[A-Z]{0,4}[0-9]{0,9}\")?/?>[0-9a-z]{0,3}){0,12}") {
        let _ = read("a.xlsx", &with_sheet(&format!("<sheetData>{inner}</sheetData>")));
    }
}
