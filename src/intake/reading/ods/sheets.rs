//! The tables of a document, one after the other.
//!
//! Rows and cells that repeat are spread where they hold something; a million empty ones are counted and no more.

use std::collections::BTreeSet;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::cell::{Written, count};
use super::styles::{Format, Styles};
use super::text::{Paragraphs, entity};
use crate::domain::place::CellAddress;
use crate::domain::place::{COLUMNS, ROWS};
use crate::domain::workbook::{Area, Cell, Sheet};
use crate::intake::reading::MAX_ENTRIES;
use crate::intake::reading::gathering::{Gathering, OpenSheet};
use crate::intake::reading::refusal::{Limit, NotRead, fit_for_showing};
use crate::intake::reading::xml::{Xml, attribute, attributes};

/// Reads the tables; the part was read up to where they begin.
pub(super) fn read<R: BufRead>(mut xml: Xml<R>, styles: &mut Styles) -> Result<Vec<Sheet>, NotRead> {
    let mut reading = Reading {
        styles,
        gathering: Gathering::default(),
        sheets: Vec::new(),
        names: BTreeSet::new(),
        table: None,
        from_1904: false,
        skipped: 0,
    };
    while let Some(event) = xml.next()? {
        let outcome = match event {
            Event::Start(_) if reading.skipped > 0 => {
                reading.skipped += 1;
                Ok(())
            }
            Event::End(_) if reading.skipped > 0 => {
                reading.skipped -= 1;
                Ok(())
            }
            _ if reading.skipped > 0 => Ok(()),
            Event::Start(element) => reading.start(&element),
            Event::End(element) => reading.end(element.local_name().as_ref()),
            Event::Text(text) => {
                reading.text(&text.xml10_content());
                Ok(())
            }
            Event::CData(text) => {
                reading.text(&text.xml10_content());
                Ok(())
            }
            Event::GeneralRef(reference) => {
                reading.text(&entity(&reference));
                Ok(())
            }
            _ => Ok(()),
        };
        outcome?;
    }
    if reading.table.is_some() {
        return Err(xml.damaged("it breaks off among the cells"));
    }
    Ok(reading.sheets)
}

struct Reading<'s> {
    styles: &'s mut Styles,
    gathering: Gathering,
    sheets: Vec<Sheet>,
    names: BTreeSet<String>,
    table: Option<Table>,
    from_1904: bool,
    /// How deep in an element that holds no cells.
    skipped: usize,
}

/// A table while it is read.
struct Table {
    sheet: OpenSheet,
    /// Columns with the style of their cells, last one exclusive.
    columns: Vec<(u32, Option<String>)>,
    /// For each open group of rows or columns whether it is folded away.
    groups: Vec<bool>,
    row: u32,
    open_row: Option<Row>,
    open_cell: Option<(Written, Paragraphs, usize)>,
}

/// A row while it is read.
struct Row {
    repeated: u32,
    style: Option<String>,
    column: u32,
    /// Column, cells that are the same, the cell.
    filled: Vec<(u32, u32, Cell)>,
    /// Column, cells that are the same, their look.
    blank: Vec<(u32, u32, Format)>,
    merged: Vec<Area>,
}

impl Reading<'_> {
    fn start(&mut self, element: &BytesStart) -> Result<(), NotRead> {
        let name = element.local_name();
        let name = name.as_ref();
        let Some(table) = &mut self.table else {
            match name {
                "table" => return self.open_table(element),
                "null-date" => {
                    self.from_1904 =
                        attribute(element, "date-value").is_some_and(|date| date.starts_with("1904"));
                }
                "calculation-settings" => {}
                _ => self.skipped = 1,
            }
            return Ok(());
        };
        if let Some((_, paragraphs, depth)) = &mut table.open_cell {
            // Notes, pictures and tables lie in cells too; their text is not the cell's.
            if element.name().prefix().is_none_or(|prefix| prefix.as_ref() != "text") {
                self.skipped = 1;
                return Ok(());
            }
            match name {
                "p" | "h" if *depth == 0 => paragraphs.begin(),
                _ if *depth == 0 => {
                    self.skipped = 1;
                    return Ok(());
                }
                "s" => paragraphs
                    .push_exactly(' ', attribute(element, "c").map_or(1, |written| count(&written)) as usize),
                "tab" => paragraphs.push_exactly('\t', 1),
                "line-break" => paragraphs.push_exactly('\n', 1),
                _ => {}
            }
            *depth += 1;
            return Ok(());
        }
        match name {
            "table-cell" | "covered-table-cell" if table.open_row.is_some() => {
                table.open_cell = Some((Written::new(element), Paragraphs::default(), 0));
            }
            "table-row" if table.open_row.is_none() => table.open_row(element, self.styles),
            "table-column" => table.column(element, self.styles),
            "table-row-group" | "table-column-group" => {
                table.groups.push(attribute(element, "display").as_deref() == Some("false"));
            }
            "table-rows" | "table-header-rows" | "table-columns" | "table-header-columns" => {}
            _ => self.skipped = 1,
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), NotRead> {
        let Some(table) = &mut self.table else { return Ok(()) };
        if let Some((_, paragraphs, depth)) = &mut table.open_cell
            && *depth > 0
        {
            *depth -= 1;
            if *depth == 0 {
                paragraphs.end();
            }
            return Ok(());
        }
        match name {
            "table-cell" | "covered-table-cell" => table.close_cell(self.styles, self.from_1904),
            "table-row" => return table.close_row(&mut self.gathering),
            "table-row-group" | "table-column-group" => {
                table.groups.pop();
            }
            "table" => {
                if let Some(table) = self.table.take() {
                    self.sheets.push(self.gathering.close(table.sheet));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(Table { open_cell: Some((_, paragraphs, depth)), .. }) = &mut self.table
            && *depth > 0
        {
            paragraphs.push(text);
        }
    }

    fn open_table(&mut self, element: &BytesStart) -> Result<(), NotRead> {
        let name = attribute(element, "name").unwrap_or_default();
        // What was last seen in another file is kept in tables that nobody sees.
        if name.starts_with('\'') && name.contains("#$") {
            self.skipped = 1;
            return Ok(());
        }
        if !self.names.insert(name.to_lowercase()) {
            let detail = format!("it lists the sheet “{}” twice", fit_for_showing(&name));
            return Err(NotRead::damaged("its list of sheets", detail));
        }
        if self.names.len() > MAX_ENTRIES {
            return Err(NotRead::TooLarge(Limit::Entries { found: self.names.len() }));
        }
        let style = attribute(element, "style-name");
        let hidden = style.is_some_and(|style| self.styles.hides_table(&style))
            || attribute(element, "display").as_deref() == Some("false");
        self.table = Some(Table {
            sheet: OpenSheet::new(&name, hidden),
            columns: Vec::new(),
            groups: Vec::new(),
            row: 0,
            open_row: None,
            open_cell: None,
        });
        Ok(())
    }
}

impl Table {
    fn column(&mut self, element: &BytesStart, styles: &Styles) {
        let (mut repeated, mut hidden) = (1, self.groups.contains(&true));
        for (name, value) in attributes(element) {
            match name {
                "number-columns-repeated" => repeated = count(&value),
                "visibility" => hidden |= value != "visible",
                _ => {}
            }
        }
        let first = self.columns.last().map_or(0, |(end, _)| *end);
        let end = first.saturating_add(repeated).min(COLUMNS);
        if end == first {
            return;
        }
        let width = attribute(element, "style-name").and_then(|style| styles.column_width(&style));
        self.sheet.columns(first, end - 1, width, hidden);
        self.columns.push((end, attribute(element, "default-cell-style-name")));
    }

    fn open_row(&mut self, element: &BytesStart, styles: &Styles) {
        let (mut repeated, mut hidden) = (1, self.groups.contains(&true));
        for (name, value) in attributes(element) {
            match name {
                "number-rows-repeated" => repeated = count(&value),
                "visibility" => hidden |= value != "visible",
                _ => {}
            }
        }
        let last = self.row.saturating_add(repeated - 1).min(ROWS - 1);
        if hidden && self.row < ROWS {
            self.sheet.hide_rows(self.row, last);
        }
        if let Some(height) = attribute(element, "style-name").and_then(|style| styles.row_height(&style)) {
            self.sheet.row_height(self.row, last, height);
        }
        self.open_row = Some(Row {
            repeated,
            style: attribute(element, "default-cell-style-name"),
            column: 0,
            filled: Vec::new(),
            blank: Vec::new(),
            merged: Vec::new(),
        });
    }

    fn close_cell(&mut self, styles: &mut Styles, from_1904: bool) {
        let (Some((written, paragraphs, _)), Some(row)) = (self.open_cell.take(), &mut self.open_row) else {
            return;
        };
        let at = CellAddress::new(self.row, row.column);
        let repeated = written.repeated;
        row.column = row.column.saturating_add(repeated);
        let of_column = || {
            let column = self.columns.partition_point(|(end, _)| *end <= at.column);
            self.columns.get(column).and_then(|(_, style)| style.as_deref())
        };
        let style = written.style.as_deref().or(row.style.as_deref()).or_else(of_column);
        let format = styles.look(style.unwrap_or("Default"));
        let reach = |(columns, rows): (u32, u32)| {
            let last =
                CellAddress::new(at.row.saturating_add(rows - 1), at.column.saturating_add(columns - 1));
            (last != at).then_some(Area { first: at, last })
        };
        row.merged.extend(reach(written.spanned));
        if let Some(area) = reach(written.filled) {
            self.sheet.array(area);
        }
        match written.cell(paragraphs.finish(), &format, from_1904) {
            Some(cell) => row.filled.push((at.column, repeated, cell)),
            None => row.blank.push((at.column, repeated, format)),
        }
    }

    fn close_row(&mut self, gathering: &mut Gathering) -> Result<(), NotRead> {
        let Some(row) = self.open_row.take() else { return Ok(()) };
        let (first, last) = (self.row, self.row.saturating_add(row.repeated - 1).min(ROWS - 1));
        self.row = self.row.saturating_add(row.repeated);
        for (column, repeated, (look, _)) in row.blank {
            let end = column.saturating_add(repeated - 1).min(COLUMNS - 1);
            if first < ROWS && column < COLUMNS {
                let area = Area { first: CellAddress::new(first, column), last: CellAddress::new(last, end) };
                self.sheet.blank(area, &look);
            }
        }
        for step in 0..row.repeated {
            if row.filled.is_empty() && row.merged.is_empty() {
                break;
            }
            for (column, repeated, cell) in &row.filled {
                for column in *column..column.saturating_add(*repeated) {
                    let address = CellAddress::new(first.saturating_add(step), column);
                    gathering.cell(&mut self.sheet, address, cell.clone())?;
                }
            }
            for area in &row.merged {
                let down = |cell: CellAddress| CellAddress::new(cell.row.saturating_add(step), cell.column);
                self.sheet.merge(Area { first: down(area.first), last: down(area.last) })?;
            }
        }
        Ok(())
    }
}
