//! One pass over a sheet part for what calamine does not give: furniture, formulas, and how far the values reach.
//!
//! Formulas are only told, not read: expanding shared ones costs time and memory that a hostile sheet can multiply.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::plain::{self, Plain};
use super::xml::{Xml, attributes, is_true};
use crate::domain::place::{COLUMNS, CellAddress, ROWS};
use crate::domain::workbook::Area;
use crate::intake::reading::refusal::{Limit, NotRead, fit_for_showing};
use crate::intake::reading::{MAX_CELLS, MAX_MERGED};

/// The errors calamine knows; it refuses cells with another.
const KNOWN_ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// What the pass found.
#[derive(Debug, Default)]
pub(super) struct Sweep {
    /// Whether the part has cells at all; a part without `sheetData` does not.
    pub(super) has_data: bool,
    /// The area that holds values and formulas.
    pub(super) used: Option<Area>,
    /// Cells with a value or formula.
    pub(super) filled: usize,
    /// Cells with a formula of their own.
    pub(super) formulas: BTreeSet<CellAddress>,
    /// Areas filled by one array formula or data table, of more than one cell.
    pub(super) array_areas: Vec<Area>,
    /// Cells with an error that calamine does not know: address, style, error.
    pub(super) other_errors: Vec<(CellAddress, usize, String)>,
    /// Merged areas of more than one cell.
    pub(super) merged: Vec<Area>,
    /// Ranges of columns with a width or hidden.
    pub(super) columns: Vec<Columns>,
    /// Hidden rows, counted from zero.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Heights in points set by hand, by row counted from zero.
    pub(super) row_heights: BTreeMap<u32, f64>,
}

/// Neighbouring columns that look alike.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// First, counted from zero, inclusive.
    pub(super) first: u32,
    /// Last, counted from zero, inclusive.
    pub(super) last: u32,
    /// Width in characters.
    pub(super) width: Option<f64>,
    /// Hidden.
    pub(super) hidden: bool,
}

/// A cell while its element is open.
struct OpenCell {
    address: CellAddress,
    addressed: bool,
    style: usize,
    is_error: bool,
    value: String,
    filled: bool,
    in_value: bool,
}

/// Sweeps the part of `sheet`; `filled_before` cells were found on the sheets before it.
pub(super) fn sweep<R: BufRead>(
    mut xml: Xml<R>,
    sheet: &str,
    filled_before: usize,
) -> Result<Sweep, NotRead> {
    let mut found = Sweep::default();
    let (mut row, mut column) = (0, 0);
    // Anchors of form controls have elements called `row` and `col` too.
    let (mut in_data, mut in_columns) = (false, false);
    let mut cell: Option<OpenCell> = None;
    // After the beginning of an element its end may come next that stands nowhere.
    let mut is_between = false;
    loop {
        if in_data && is_between && cell.is_none() {
            found.plain(&mut xml, &mut row, &mut column, filled_before)?;
        }
        let Some(event) = xml.next()? else { break };
        is_between = !matches!(event, Event::Start(_));
        let outcome = match event {
            Event::Start(element) => match (element.local_name().as_ref(), in_data, &mut cell) {
                ("sheetData", ..) => {
                    // A second one would be read by nobody else.
                    in_data = !found.has_data;
                    found.has_data = true;
                    Ok(())
                }
                ("row", true, None) => found.row(&element, &mut row),
                ("c", true, None) => open_cell(&element, row, &mut column).map(|open| cell = Some(open)),
                ("f", true, Some(open)) => {
                    open.filled = true;
                    found.formula(&element, open.address)
                }
                ("v", true, Some(open)) => {
                    open.in_value = true;
                    Ok(())
                }
                ("is", true, Some(open)) => {
                    open.filled = true;
                    Ok(())
                }
                ("cols", false, None) => {
                    in_columns = true;
                    Ok(())
                }
                ("col", false, None) if in_columns => found.column(&element),
                ("mergeCell", false, None) => found.merge(&element),
                _ => Ok(()),
            },
            Event::Text(text) => {
                if let Some(open) = &mut cell
                    && open.in_value
                {
                    open.filled = true;
                    if open.is_error {
                        open.value.push_str(&text.xml10_content());
                    }
                }
                Ok(())
            }
            Event::End(element) => match element.local_name().as_ref() {
                "v" => {
                    if let Some(open) = &mut cell {
                        open.in_value = false;
                    }
                    Ok(())
                }
                "c" => {
                    column += 1;
                    cell.take().map_or(Ok(()), |open| found.close_cell(open))
                }
                "row" => {
                    row += 1;
                    column = 0;
                    Ok(())
                }
                "sheetData" => {
                    in_data = false;
                    Ok(())
                }
                "cols" => {
                    in_columns = false;
                    Ok(())
                }
                _ => Ok(()),
            },
            _ => Ok(()),
        };
        outcome.map_err(|fault| xml.damaged(fault))?;
        if filled_before + found.filled > MAX_CELLS {
            return Err(NotRead::TooLarge(Limit::Cells));
        }
        if found.merged.len() > MAX_MERGED {
            return Err(NotRead::TooLarge(Limit::Merged { sheet: fit_for_showing(sheet) }));
        }
    }
    if in_data {
        return Err(xml.damaged("it breaks off among the cells"));
    }
    Ok(found)
}

impl Sweep {
    fn row(&mut self, element: &BytesStart, row: &mut u32) -> Result<(), String> {
        let (mut height, mut by_hand, mut hidden) = (None, false, false);
        for (name, value) in attributes(element) {
            match name {
                "r" => {
                    let number: u32 = value.parse().unwrap_or(0);
                    if !(1..=ROWS).contains(&number) {
                        return Err(format!("there is no row “{value}”"));
                    }
                    *row = number - 1;
                }
                "ht" => height = length(&value),
                "customHeight" => by_hand = is_true(&value),
                "hidden" => hidden = is_true(&value),
                _ => {}
            }
        }
        if hidden || (by_hand && height == Some(0.0)) {
            self.hidden_rows.insert(*row);
        }
        if by_hand && let Some(height) = height {
            self.row_heights.insert(*row, height);
        }
        Ok(())
    }

    fn column(&mut self, element: &BytesStart) -> Result<(), String> {
        let (mut first, mut last, mut width, mut hidden) = (0, 0, None, false);
        for (name, value) in attributes(element) {
            match name {
                "min" => first = value.parse().unwrap_or(0),
                "max" => last = value.parse().unwrap_or(0),
                "width" => width = length(&value),
                "hidden" => hidden = is_true(&value),
                _ => {}
            }
        }
        let last = u32::min(last, COLUMNS);
        if first == 0 || last < first || self.columns.len() > COLUMNS as usize {
            return Err("its columns are out of order".to_string());
        }
        let hidden = hidden || width == Some(0.0);
        self.columns.push(Columns { first: first - 1, last: last - 1, width, hidden });
        Ok(())
    }

    fn merge(&mut self, element: &BytesStart) -> Result<(), String> {
        let Some((_, range)) = attributes(element).find(|(name, _)| *name == "ref") else { return Ok(()) };
        let area = area(&range).ok_or_else(|| format!("“{range}” is no area of cells"))?;
        if area.first != area.last {
            self.merged.push(area);
        }
        Ok(())
    }

    fn formula(&mut self, element: &BytesStart, address: CellAddress) -> Result<(), String> {
        self.formulas.insert(address);
        let (mut fills_area, mut range) = (false, None);
        for (name, value) in attributes(element) {
            match name {
                "t" => fills_area = matches!(value.as_ref(), "array" | "dataTable"),
                "ref" => range = area(&value),
                _ => {}
            }
        }
        if fills_area
            && let Some(area) = range
            && area.first != area.last
        {
            self.array_areas.push(area);
        }
        Ok(())
    }

    /// Reads rows and cells as far as they are plain. `row` and `column` are where a cell without address would stand.
    fn plain<R: BufRead>(
        &mut self,
        xml: &mut Xml<R>,
        row: &mut u32,
        column: &mut u32,
        filled_before: usize,
    ) -> Result<(), NotRead> {
        let mut open = xml.open;
        let bytes = xml.ahead();
        let mut passed = 0;
        let mut fault = None;
        while let Some((plain, length)) = plain::beginning(&bytes[passed..]) {
            match plain {
                Plain::RowBegins(tag) => {
                    if let Err(found) = self.row(&BytesStart::from_content(tag, "row".len()), row) {
                        fault = Some(found);
                        break;
                    }
                    open += 1;
                }
                Plain::RowEnds if open == 0 => break,
                Plain::RowEnds => {
                    (*row, *column) = (*row + 1, 0);
                    open -= 1;
                }
                Plain::Cell { address, filled, formula } => {
                    *column = address.column + 1;
                    if formula {
                        self.formulas.insert(address);
                    }
                    if filled {
                        self.fill(address);
                    }
                    if filled_before + self.filled > MAX_CELLS {
                        return Err(NotRead::TooLarge(Limit::Cells));
                    }
                }
            }
            passed += length;
        }
        xml.pass(passed);
        xml.open = open;
        fault.map_or(Ok(()), |fault| Err(xml.damaged(fault)))
    }

    /// Counts a cell with a value or formula.
    fn fill(&mut self, at: CellAddress) {
        self.filled += 1;
        let used = self.used.get_or_insert(Area { first: at, last: at });
        used.first = CellAddress::new(used.first.row.min(at.row), used.first.column.min(at.column));
        used.last = CellAddress::new(used.last.row.max(at.row), used.last.column.max(at.column));
    }

    fn close_cell(&mut self, cell: OpenCell) -> Result<(), String> {
        if !cell.filled {
            return Ok(());
        }
        let at = cell.address;
        self.fill(at);
        if cell.is_error && !cell.value.is_empty() && !KNOWN_ERRORS.contains(&cell.value.as_str()) {
            if !cell.addressed {
                // calamine loses count of the cells after one it refuses.
                return Err(format!("the error “{}” stands in a cell without address", cell.value));
            }
            self.other_errors.push((at, cell.style, fit_for_showing(&cell.value)));
        }
        Ok(())
    }
}

fn open_cell(element: &BytesStart, row: u32, column: &mut u32) -> Result<OpenCell, String> {
    let mut address = CellAddress::new(row, *column);
    let (mut style, mut is_error, mut addressed) = (0, false, false);
    for (name, value) in attributes(element) {
        match name {
            "r" => {
                address = CellAddress::parse(&value).ok_or_else(|| format!("there is no cell “{value}”"))?;
                addressed = true;
            }
            "s" => style = value.parse().unwrap_or(0),
            "t" => is_error = value == "e",
            _ => {}
        }
    }
    if address.row >= ROWS || address.column >= COLUMNS {
        return Err("it has cells beyond the last row or column".to_string());
    }
    *column = address.column;
    Ok(OpenCell { address, addressed, style, is_error, value: String::new(), filled: false, in_value: false })
}

/// A height or width: finite and not negative, at most what Excel's own limits (409 points, 255 characters) come near.
fn length(text: &str) -> Option<f64> {
    text.parse().ok().filter(|length: &f64| (0.0..=1000.0).contains(length))
}

/// `A1:B2`, or `A1` alone; corners in any order.
fn area(range: &str) -> Option<Area> {
    let (one, other) = range.split_once(':').unwrap_or((range, range));
    let (one, other) = (CellAddress::parse(one)?, CellAddress::parse(other)?);
    Some(Area {
        first: CellAddress::new(one.row.min(other.row), one.column.min(other.column)),
        last: CellAddress::new(one.row.max(other.row), one.column.max(other.column)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swept(inner: &str) -> Result<Sweep, NotRead> {
        let part = format!("<worksheet>{inner}</worksheet>");
        sweep(Xml::new(part.as_bytes(), "xl/worksheets/sheet1.xml"), "KPIs", 0)
    }

    fn at(text: &str) -> CellAddress {
        CellAddress::parse(text).unwrap()
    }

    #[test]
    fn counts_values_and_formulas_and_how_far_they_reach() {
        let found = swept(
            "<sheetData><row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"C2\" s=\"4\"/><c r=\"D2\" s=\"1\"><v></v></c></row>\
             <row r=\"7\"><c r=\"D7\"><f>B2</f></c><c t=\"inlineStr\"><is><t>a</t></is></c></row></sheetData>",
        )
        .unwrap();
        assert_eq!(found.filled, 3);
        assert_eq!(found.used, Some(Area { first: at("B2"), last: at("E7") }));
        assert_eq!(found.formulas, BTreeSet::from([at("D7")]));
    }

    #[test]
    fn finds_the_same_in_any_spelling() {
        let plain = "<cols><col min=\"1\" max=\"1\" width=\"9\"/></cols><sheetData><row r=\"2\" ht=\"30\" customHeight=\"1\">\
            <c r=\"A2\" s=\"1\"/><c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"C2\"><f>B2</f><v>1</v></c></row><row r=\"3\" hidden=\"1\">\
            <c r=\"E3\"><v></v></c><c r=\"F3\" t=\"e\"><v>#SPILL!</v></c><c><v>3</v></c></row><row r=\"4\"/><row>\
            <c r=\"A5\" t=\"inlineStr\"><is><t>x</t></is></c><c><v>4</v></c></row><row><c><v>5</v></c><c r=\"B6\"><v>6</v></c></row>\
            </sheetData><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>";
        let said = |inner: &str| format!("{:?}", swept(inner).unwrap());
        let expected = said(plain);
        assert!(expected.contains("filled: 8"), "{expected}");
        for other in [
            plain.replace("><c ", "> <c ").replace("><row", "> <row"),
            plain.replace("<c ", "<!-- --><c "),
            plain.replace("</row>", "</row><?x y?>"),
            plain.replace("<row", "<x:row").replace("</row", "</x:row"),
            plain.replace("<c ", "<x:c ").replace("</c>", "</x:c>"),
            plain.replace('"', "'"),
            plain.replace("</c>", "</c >"),
            plain.replace("</row>", "</row >"),
            plain.replace("<row r", "<row  r"),
            plain.replace("<row>", "<row  >"),
        ] {
            assert_eq!(said(&other), expected, "{other}");
        }
    }

    #[test]
    fn refuses_ends_of_what_never_began() {
        let row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>1</v></c></row>";
        assert!(swept(&format!("<sheetData>{row}{row}</sheetData>")).is_ok());
        for inner in [
            format!("<sheetData>{row}</row></row></row></row></sheetData>"),
            format!("<sheetData>{row}{row}</sheetData></worksheet></worksheet>"),
            "</worksheet></worksheet>".to_string(),
        ] {
            let refused = swept(&inner);
            let message = format!("{refused:?}");
            assert!(message.contains("does not match any open tag"), "{message}");
        }
    }

    #[test]
    fn tells_the_areas_of_array_formulas() {
        let found = swept(
            "<sheetData><row r=\"1\"><c r=\"A1\"><f t=\"array\" ref=\"A1:B2\">X</f><v>1</v></c>\
             <c r=\"C1\"><f t=\"array\" ref=\"C1\">X</f><v>1</v></c>\
             <c r=\"D1\"><f t=\"shared\" ref=\"D1:D9\" si=\"0\">X</f><v>1</v></c></row></sheetData>",
        )
        .unwrap();
        assert_eq!(found.array_areas, [Area { first: at("A1"), last: at("B2") }]);
        assert_eq!(found.formulas.len(), 3);
    }

    #[test]
    fn reads_furniture() {
        let found = swept(
            "<cols><col min=\"1\" max=\"2\" width=\"12.5\"/><col min=\"3\" max=\"16384\" width=\"9\" hidden=\"1\"/></cols>\
             <sheetData><row r=\"3\" ht=\"30\" customHeight=\"1\"/><row r=\"4\" ht=\"15\"/><row r=\"5\" hidden=\"true\"/></sheetData>\
             <mergeCells><mergeCell ref=\"B2:A1\"/><mergeCell ref=\"C3\"/></mergeCells>\
             <controls><from><xdr:col>0</xdr:col><xdr:row>0</xdr:row></from></controls><extLst><ext><f>not a formula</f></ext></extLst>",
        )
        .unwrap();
        assert_eq!(
            found.columns,
            [
                Columns { first: 0, last: 1, width: Some(12.5), hidden: false },
                Columns { first: 2, last: 16_383, width: Some(9.0), hidden: true }
            ]
        );
        assert_eq!(found.row_heights, BTreeMap::from([(2, 30.0)]));
        assert_eq!(found.hidden_rows, BTreeSet::from([4]));
        assert_eq!(found.merged, [Area { first: at("A1"), last: at("B2") }]);
        assert!(found.formulas.is_empty());
    }

    #[test]
    fn keeps_errors_that_the_library_does_not_know() {
        let found = swept(
            "<sheetData><row r=\"1\"><c r=\"A1\" t=\"e\"><v>#REF!</v></c><c r=\"B1\" s=\"3\" t=\"e\"><v>#SPILL!</v></c></row></sheetData>",
        )
        .unwrap();
        assert_eq!(found.other_errors, [(at("B1"), 3, "#SPILL!".to_string())]);
    }

    #[test]
    fn refuses_places_that_no_sheet_has() {
        for inner in [
            "<sheetData><row r=\"0\"/></sheetData>",
            "<sheetData><row r=\"1048577\"/></sheetData>",
            "<sheetData><row r=\"1\"><c r=\"XFE1\"/></row></sheetData>",
            "<sheetData><row r=\"1\"><c r=\"AAAAAAAA1\"/></row></sheetData>",
            "<sheetData><row r=\"1048576\"/><row><c/></row></sheetData>",
            "<sheetData><row r=\"1\"><c r=\"XFD1\"/><c/></row></sheetData>",
            "<sheetData><row r=\"1\">",
            "<cols><col min=\"0\" max=\"3\"/></cols>",
            "<cols><col min=\"4\" max=\"3\"/></cols>",
            "<sheetData/><mergeCells><mergeCell ref=\"A1:XFE9\"/></mergeCells>",
        ] {
            assert!(matches!(swept(inner), Err(NotRead::Damaged { .. })), "{inner}");
        }
        assert!(swept("<sheetData><row r=\"1048576\"><c r=\"XFD1048576\"/></row></sheetData>").is_ok());
    }

    #[test]
    fn counts_over_all_sheets() {
        let part =
            "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>";
        let read = |before| sweep(Xml::new(part.as_bytes(), "a"), "KPIs", before).map(|found| found.filled);
        assert_eq!(read(MAX_CELLS - 1), Ok(1));
        assert_eq!(read(MAX_CELLS), Err(NotRead::TooLarge(Limit::Cells)));
    }

    #[test]
    fn limits_merged_areas() {
        let merged = |count| {
            let areas: String =
                (1..=count).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
            swept(&format!("<sheetData/><mergeCells>{areas}</mergeCells>")).map(|found| found.merged.len())
        };
        assert_eq!(merged(MAX_MERGED), Ok(MAX_MERGED));
        assert_eq!(merged(MAX_MERGED + 1), Err(NotRead::TooLarge(Limit::Merged { sheet: "KPIs".into() })));
    }
}
