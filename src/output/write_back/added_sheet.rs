//! The sheet that is added: the lines of the feedback as a worksheet part, each of its tables a table of Excel's.

use super::Opened;
use super::book::Book;
use super::not_safe::NotSafe;
use super::package::Relationships;
use super::styles::SheetLook;
use super::xml::{DECLARATION, Scan, Step, attribute_value};
use crate::domain::place::{CellAddress, column_letters};
use crate::output::workbooks::feedback_sheet::{self, FeedbackCell, Line, Style, WIDTHS};
use crate::output::workbooks::formats::{LONGEST_TEXT, fitting};

const WORKSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const TABLE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml";
/// What Excel adds to the width of a column for its padding, in characters.
const PADDING: f64 = 0.710_937_5;

/// Adds the sheet `name` behind all others, in the place of the one that had the number `sheet_id`, if any.
///
/// # Errors
///
/// When a table of the workbook cannot be followed, or there is no room for a format.
pub fn add(
    opened: &mut Opened<'_>,
    name: &str,
    lines: &[Line],
    sheet_id: Option<usize>,
) -> Result<(), NotSafe> {
    let folder = opened.book.part.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let part = opened.package.free_name(&format!("{folder}worksheets/sheet"), ".xml");
    let mut relationships = Relationships::read(&mut opened.package, &part)?;
    let tables = tables(lines);
    let table_ids = add_tables(opened, &folder, &tables, &mut relationships)?;
    let text = worksheet(opened, lines, &table_ids)?;
    opened.package.put(&part, text);
    relationships.store(&mut opened.package)?;
    opened.types.set(&part, WORKSHEET);
    opened.book.add(name, &part, sheet_id);
    Ok(())
}

fn worksheet(opened: &mut Opened<'_>, lines: &[Line], table_ids: &[String]) -> Result<String, NotSafe> {
    let namespace = opened.book.namespace();
    let ids = opened.book.kind("");
    let widest = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let mut text = format!(
        "{DECLARATION}<worksheet xmlns=\"{namespace}\" xmlns:r=\"{}\">\
         <sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{}{}\"/>\
         <sheetViews><sheetView workbookViewId=\"0\"/></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>",
        ids.trim_end_matches('/'),
        column_letters(u32::try_from(widest - 1).unwrap_or(0)),
        lines.len().max(1)
    );
    for (column, width) in (1usize..).zip(WIDTHS) {
        let width = width + PADDING;
        text.push_str(&format!(
            "<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>"
        ));
    }
    text.push_str("</cols><sheetData>");
    let mut links = String::new();
    for (row, line) in (0u32..).zip(lines).filter(|(_, line)| !line.is_empty()) {
        let height = feedback_sheet::height(line)
            .map_or(String::new(), |height| format!(" ht=\"{height}\" customHeight=\"1\""));
        text.push_str(&format!("<row r=\"{}\"{height}>", row + 1));
        for (column, cell) in (0u32..).zip(line) {
            let address = CellAddress::new(row, column);
            text.push_str(&written_cell(opened, address, cell)?);
            if let Some((sheet, target)) = &cell.link {
                let location = format!("'{}'!{target}", sheet.replace('\'', "''"));
                links.push_str(&format!(
                    "<hyperlink ref=\"{address}\" location=\"{}\" display=\"{}\"/>",
                    attribute_value(&location),
                    attribute_value(&cell.text)
                ));
            }
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData>");
    if !links.is_empty() {
        text.push_str(&format!("<hyperlinks>{links}</hyperlinks>"));
    }
    text.push_str(
        "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
         <headerFooter><oddFooter>&amp;L&amp;A&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>",
    );
    if !table_ids.is_empty() {
        let parts: Vec<String> = table_ids.iter().map(|id| format!("<tablePart r:id=\"{id}\"/>")).collect();
        text.push_str(&format!("<tableParts count=\"{}\">{}</tableParts>", parts.len(), parts.concat()));
    }
    text.push_str("</worksheet>");
    Ok(text)
}

fn written_cell(
    opened: &mut Opened<'_>,
    address: CellAddress,
    cell: &FeedbackCell,
) -> Result<String, NotSafe> {
    let look = match (cell.style, &cell.link) {
        (Style::Title, _) => SheetLook::Title,
        (Style::Heading, _) => SheetLook::Heading,
        (Style::Sentence, _) => SheetLook::Sentence,
        (Style::Header, _) => SheetLook::Header,
        (Style::Body, None) => SheetLook::Body,
        (Style::Body, Some(_)) => SheetLook::Link,
        (Style::Rating(rating), _) => SheetLook::Rating(rating),
        (Style::Response, _) => SheetLook::Response,
    };
    let format = opened.styles.of_sheet(look, cell.text.starts_with(['=', '+', '-', '@']))?;
    if cell.text.is_empty() {
        return Ok(format!("<c r=\"{address}\" s=\"{format}\"/>"));
    }
    let string = opened.strings.add(&fitting(&cell.text, LONGEST_TEXT));
    Ok(format!("<c r=\"{address}\" s=\"{format}\" t=\"s\"><v>{string}</v></c>"))
}

/// A table among the lines: the heading above it, the row of its header (from zero), how many rows it has with that.
struct Table<'l> {
    heading: &'l str,
    header: &'l Line,
    row: usize,
    rows: usize,
}

/// Each header row begins a table, which ends with an empty line.
fn tables(lines: &[Line]) -> Vec<Table<'_>> {
    let is_header = |line: &Line| !line.is_empty() && line.iter().all(|cell| cell.style == Style::Header);
    let mut tables = Vec::new();
    for (row, header) in lines.iter().enumerate().filter(|(_, line)| is_header(line)) {
        let rows = lines.iter().skip(row).take_while(|line| !line.is_empty()).count();
        let heading = row.checked_sub(1).and_then(|above| lines.get(above)?.first());
        // A table of Excel's has at least one row below its header.
        if rows > 1 {
            tables.push(Table { heading: heading.map_or("", |cell| cell.text.as_str()), header, row, rows });
        }
    }
    tables
}

/// Adds a part for each table and gives the ids of their relationships.
fn add_tables(
    opened: &mut Opened<'_>,
    folder: &str,
    tables: &[Table<'_>],
    relationships: &mut Relationships,
) -> Result<Vec<String>, NotSafe> {
    let (mut highest, mut taken) = tables_there(opened)?;
    let namespace = opened.book.namespace();
    let mut ids = Vec::new();
    for table in tables {
        highest += 1;
        let name = free_table_name(table.heading, &taken, &opened.book);
        taken.push(name.to_lowercase());
        let columns: Vec<String> = (1usize..)
            .zip(table.header)
            .map(|(id, cell)| format!("<tableColumn id=\"{id}\" name=\"{}\"/>", attribute_value(&cell.text)))
            .collect();
        let last = column_letters(u32::try_from(columns.len().saturating_sub(1)).unwrap_or(0));
        let text = format!(
            "{DECLARATION}<table xmlns=\"{namespace}\" id=\"{highest}\" name=\"{name}\" displayName=\"{name}\" \
             ref=\"A{}:{last}{}\" totalsRowShown=\"0\"><tableColumns count=\"{}\">{}</tableColumns>\
             <tableStyleInfo showFirstColumn=\"0\" showLastColumn=\"0\" showRowStripes=\"0\" showColumnStripes=\"0\"/></table>",
            table.row + 1,
            table.row + table.rows,
            columns.len(),
            columns.concat()
        );
        let part = opened.package.free_name(&format!("{folder}tables/table"), ".xml");
        opened.package.put(&part, text);
        opened.types.set(&part, TABLE);
        ids.push(relationships.add(&opened.book.kind("table"), &part));
    }
    Ok(ids)
}

/// The highest id and the names of the workbook's tables, in lower case.
fn tables_there(opened: &mut Opened<'_>) -> Result<(usize, Vec<String>), NotSafe> {
    let parts: Vec<String> = opened
        .package
        .parts()
        .filter(|part| opened.types.of(part) == Some(TABLE))
        .map(str::to_string)
        .collect();
    let (mut highest, mut names) = (0, Vec::new());
    for part in parts {
        let text = opened.package.needed(&part)?;
        let mut scan = Scan::new(&part, &text);
        while let Some(step) = scan.next()? {
            if let Step::Open(open) = step {
                highest = highest.max(open.number("id").unwrap_or(0));
                names.extend(["name", "displayName"].iter().filter_map(|name| open.attribute(name)));
                break;
            }
        }
    }
    Ok((highest, names.into_iter().map(|name| name.to_lowercase()).collect()))
}

/// A name for a table that nothing else in the workbook has.
fn free_table_name(heading: &str, taken: &[String], book: &Book) -> String {
    let words: String = heading
        .split([',', ':'])
        .next()
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .take(60)
        .collect();
    let name = format!("Feedback_{}", words.trim_matches('_'));
    let mut number = 2;
    let mut free = name.clone();
    while taken.contains(&free.to_lowercase()) || book.has_name(&free) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}
