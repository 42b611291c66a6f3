//! Cells and furniture of any format, put together within the limits that hold for every format.
//!
//! Only xlsx does not need it: there the sweep over a sheet knows how far the values reach before the cells come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::refusal::{Limit, NotRead, fit_for_showing};
use super::xlsx::look::matters_when_blank;
use super::{MAX_CELL_TEXT, MAX_CELLS, MAX_MERGED, MAX_TEXT};
use crate::domain::cells::Cells;
use crate::domain::place::{COLUMNS, CellAddress, ROWS};
use crate::domain::workbook::{Area, Cell, Content, Look, Sheet};

/// How far beyond the values a formatted blank cell is kept, in rows and columns.
const MARGIN: u32 = 20;
/// Most blank cells kept in a workbook, and most areas of them remembered; they only serve to show it again.
pub(super) const MAX_BLANKS: usize = 500_000;

/// What has been read of a workbook.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    filled: usize,
    text: usize,
    blanks: usize,
}

/// A sheet while it is read.
#[derive(Debug, Default)]
pub(super) struct OpenSheet {
    name: Arc<str>,
    hidden: bool,
    cells: BTreeMap<CellAddress, Cell>,
    used: Option<Area>,
    blanks: Vec<(Area, Arc<Look>)>,
    merged: Vec<Area>,
    arrays: Vec<Area>,
    hidden_rows: Vec<(u32, u32)>,
    row_heights: Vec<(u32, u32, f64)>,
    columns: Vec<(u32, u32, Option<f64>, bool)>,
}

impl Gathering {
    /// Adds a cell with a value or formula.
    pub(super) fn cell(
        &mut self,
        sheet: &mut OpenSheet,
        address: CellAddress,
        cell: Cell,
    ) -> Result<(), NotRead> {
        if address.row >= ROWS || address.column >= COLUMNS {
            return Err(NotRead::damaged(
                sheet_named(&sheet.name),
                "it has cells beyond the last row or column",
            ));
        }
        self.filled += 1;
        if self.filled > MAX_CELLS {
            return Err(NotRead::TooLarge(Limit::Cells));
        }
        if let Content::Text(text) = &cell.content {
            self.text += text.len();
            if self.text > MAX_TEXT {
                return Err(NotRead::TooLarge(Limit::Text));
            }
            if text.len() > MAX_CELL_TEXT && text.encode_utf16().count() > MAX_CELL_TEXT {
                let sheet = fit_for_showing(&sheet.name);
                return Err(NotRead::TooLarge(Limit::CellText { sheet, cell: address }));
            }
        }
        let used = sheet.used.get_or_insert(Area { first: address, last: address });
        used.first = CellAddress::new(used.first.row.min(address.row), used.first.column.min(address.column));
        used.last = CellAddress::new(used.last.row.max(address.row), used.last.column.max(address.column));
        sheet.cells.insert(address, cell);
        Ok(())
    }

    /// The sheet with its furniture; what lies beyond the row and column after the last cell is left out.
    pub(super) fn close(&mut self, open: OpenSheet) -> Sheet {
        let mut cells = open.cells;
        if let Some(used) = open.used {
            let near = with_margin(used);
            for (area, look) in open.blanks {
                self.keep_blanks(&mut cells, near, area, &look);
            }
        }
        let mut cells = Cells::from(cells);
        if let Some(used) = open.used {
            mark_arrays(&mut cells, used, &open.arrays);
        }
        let end_row = cells.keys().last().map_or(0, |last| last.row + 1);
        let end_column = cells.keys().map(|address| address.column).max().map_or(0, |last| last + 1);
        let mut sheet = Sheet {
            name: open.name,
            hidden: open.hidden,
            cells,
            merged: open.merged.into(),
            ..Sheet::default()
        };
        sheet.hidden_rows = open
            .hidden_rows
            .into_iter()
            .flat_map(|(first, last)| first..=last.min(end_row))
            .collect::<BTreeSet<u32>>();
        for (first, last, height) in open.row_heights {
            sheet.row_heights.extend((first..=last.min(end_row)).map(|row| (row, height)));
        }
        for (first, last, width, hidden) in open.columns {
            for column in first..=last.min(end_column) {
                if hidden {
                    sheet.hidden_columns.insert(column);
                }
                if let Some(width) = width {
                    sheet.column_widths.insert(column, width);
                }
            }
        }
        sheet
    }

    fn keep_blanks(
        &mut self,
        cells: &mut BTreeMap<CellAddress, Cell>,
        near: Area,
        area: Area,
        look: &Arc<Look>,
    ) {
        for row in area.first.row.max(near.first.row)..=area.last.row.min(near.last.row) {
            for column in area.first.column.max(near.first.column)..=area.last.column.min(near.last.column) {
                if self.blanks >= MAX_BLANKS {
                    return;
                }
                self.blanks += 1;
                cells.entry(CellAddress::new(row, column)).or_insert_with(|| Cell {
                    content: Content::Blank,
                    formula: false,
                    look: look.clone(),
                });
            }
        }
    }
}

impl OpenSheet {
    pub(super) fn new(name: &str, hidden: bool) -> Self {
        Self { name: name.into(), hidden, ..Self::default() }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Notes cells that hold nothing but a format.
    pub(super) fn blank(&mut self, area: Area, look: &Arc<Look>) {
        if self.blanks.len() >= MAX_BLANKS || !matters_when_blank(look) {
            return;
        }
        match self.blanks.last_mut() {
            Some((last, own))
                if Arc::ptr_eq(own, look)
                    && last.first.row == area.first.row
                    && last.last.row == area.last.row
                    && last.last.column + 1 == area.first.column =>
            {
                last.last.column = area.last.column;
            }
            _ => self.blanks.push((area, look.clone())),
        }
    }

    /// Notes a merged area; one of a single cell is none.
    pub(super) fn merge(&mut self, area: Area) -> Result<(), NotRead> {
        if area.first == area.last {
            return Ok(());
        }
        let whole =
            area.first.row <= area.last.row && area.first.column <= area.last.column && area.last.row < ROWS;
        if !whole || area.last.column >= COLUMNS {
            return Err(NotRead::damaged(sheet_named(&self.name), "it has merged cells that lie nowhere"));
        }
        self.merged.push(area);
        if self.merged.len() > MAX_MERGED {
            return Err(NotRead::TooLarge(Limit::Merged { sheet: fit_for_showing(&self.name) }));
        }
        Ok(())
    }

    /// Notes an area that one formula fills. Only so many: they can overlap and span whole sheets.
    pub(super) fn array(&mut self, area: Area) {
        if self.arrays.len() < MAX_MERGED {
            self.arrays.push(area);
        }
    }

    /// Notes hidden rows, both ends inclusive.
    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        let room = self.hidden_rows.len() < ROWS as usize;
        match self.hidden_rows.last_mut() {
            Some((_, end)) if *end + 1 == first => *end = last,
            _ if room => self.hidden_rows.push((first, last)),
            _ => {}
        }
    }

    /// Notes rows with a height in points set by hand, both ends inclusive.
    pub(super) fn row_height(&mut self, first: u32, last: u32, height: f64) {
        if (0.0..=1000.0).contains(&height) && self.row_heights.len() < ROWS as usize {
            self.row_heights.push((first, last, height));
        }
    }

    /// Notes columns with a width in characters or hidden, both ends inclusive.
    pub(super) fn columns(&mut self, first: u32, last: u32, width: Option<f64>, hidden: bool) {
        if self.columns.len() < COLUMNS as usize {
            self.columns.push((first, last, width.filter(|width| (0.0..=1000.0).contains(width)), hidden));
        }
    }
}

/// A sheet as it stands in a message.
pub(super) fn sheet_named(name: &str) -> String {
    format!("its sheet “{}”", fit_for_showing(name))
}

/// The area with what is kept of its surroundings.
pub(super) fn with_margin(used: Area) -> Area {
    Area {
        first: CellAddress::new(
            used.first.row.saturating_sub(MARGIN),
            used.first.column.saturating_sub(MARGIN),
        ),
        last: CellAddress::new(used.last.row + MARGIN, used.last.column + MARGIN),
    }
}

/// Cells filled by an array formula that stands in another cell are formulas too. What the areas may cost together is limited: they
/// can overlap and span whole sheets.
pub(super) fn mark_arrays(cells: &mut Cells, used: Area, arrays: &[Area]) {
    let mut steps = 0;
    for area in arrays {
        for row in area.first.row..=area.last.row.min(used.last.row) {
            let (from, to) =
                (CellAddress::new(row, area.first.column), CellAddress::new(row, area.last.column));
            steps += 1;
            for (_, cell) in cells.range_mut(from..=to) {
                cell.formula = true;
                steps += 1;
            }
            if steps > MAX_CELLS {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(first: &str, last: &str) -> Area {
        let at = |text| CellAddress::parse(text).unwrap();
        Area { first: at(first), last: at(last) }
    }

    fn seven() -> Cell {
        Cell { content: Content::Number(7.0), formula: false, look: Arc::default() }
    }

    #[test]
    fn keeps_blank_cells_near_the_values_alone() {
        let mut gathering = Gathering::default();
        let mut sheet = OpenSheet::new("KPIs", false);
        let framed = Arc::new(Look { border: true, number_format: "General".into(), ..Look::default() });
        let plain = Arc::new(Look { number_format: "General".into(), ..Look::default() });
        sheet.blank(area("A1", "XFD1048576"), &framed);
        sheet.blank(area("A1", "B2"), &plain);
        gathering.cell(&mut sheet, CellAddress::new(0, 0), seven()).unwrap();
        let sheet = gathering.close(sheet);
        assert_eq!(sheet.cells.len(), 21 * 21);
        assert_eq!(sheet.cells[&CellAddress::new(0, 0)].content, Content::Number(7.0));
    }

    #[test]
    fn leaves_out_furniture_beyond_the_cells() {
        let mut gathering = Gathering::default();
        let mut sheet = OpenSheet::new("KPIs", true);
        gathering.cell(&mut sheet, CellAddress::new(3, 2), seven()).unwrap();
        sheet.hide_rows(2, 2);
        sheet.hide_rows(3, ROWS - 1);
        sheet.row_height(0, ROWS - 1, 30.0);
        sheet.columns(1, COLUMNS - 1, Some(12.0), true);
        sheet.array(area("A1", "XFD1048576"));
        let sheet = gathering.close(sheet);
        assert_eq!(sheet.hidden_rows, BTreeSet::from([2, 3, 4]));
        assert_eq!(sheet.row_heights.len(), 5);
        assert_eq!(sheet.hidden_columns, BTreeSet::from([1, 2, 3]));
        assert!(sheet.hidden && sheet.cells[&CellAddress::new(3, 2)].formula);
    }

    #[test]
    fn keeps_to_the_limits() {
        let mut sheet = OpenSheet::new("KPIs", false);
        let mut full = Gathering { filled: MAX_CELLS, ..Gathering::default() };
        let at = CellAddress::new(0, 0);
        assert_eq!(full.cell(&mut sheet, at, seven()), Err(NotRead::TooLarge(Limit::Cells)));
        let text = |length: usize| Cell { content: Content::Text("é".repeat(length).into()), ..seven() };
        let mut gathering = Gathering::default();
        assert_eq!(gathering.cell(&mut sheet, at, text(MAX_CELL_TEXT)), Ok(()));
        assert_eq!(
            gathering.cell(&mut sheet, at, text(MAX_CELL_TEXT + 1)),
            Err(NotRead::TooLarge(Limit::CellText { sheet: "KPIs".into(), cell: at }))
        );
        let mut gathering = Gathering { text: MAX_TEXT, ..Gathering::default() };
        assert_eq!(gathering.cell(&mut sheet, at, text(1)), Err(NotRead::TooLarge(Limit::Text)));
        let mut gathering = Gathering::default();
        assert!(gathering.cell(&mut sheet, CellAddress::new(ROWS, 0), seven()).is_err());
        assert!(gathering.cell(&mut sheet, CellAddress::new(0, COLUMNS), seven()).is_err());
        assert!(sheet.merge(area("B1", "A2")).is_err());
        for _ in 0..MAX_MERGED {
            sheet.merge(area("A1", "A2")).unwrap();
        }
        assert_eq!(
            sheet.merge(area("A1", "A2")),
            Err(NotRead::TooLarge(Limit::Merged { sheet: "KPIs".into() }))
        );
    }
}
