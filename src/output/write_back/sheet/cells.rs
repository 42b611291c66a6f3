//! Formats of cells, given where the cells stand.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Outline;
use super::row_and_column;
use crate::domain::place::{COLUMNS, CellAddress, ROWS};
use crate::output::write_back::not_safe::NotSafe;
use crate::output::write_back::readable;
use crate::output::write_back::shared_strings::SharedStrings;
use crate::output::write_back::styles::{MarkLook, Styles};
use crate::output::write_back::xml::{Open, Scan, Splices, Step};

/// What cells get.
pub struct Looks<'a> {
    /// The look of each marked cell.
    pub marks: &'a BTreeMap<CellAddress, MarkLook>,
    /// Where formats are made.
    pub styles: &'a mut Styles,
    /// Where texts are made whose own colours would hide the mark's.
    pub strings: &'a mut SharedStrings,
}

/// Marks the cells of a sheet, and gives those that had to be made.
pub fn mark(
    part: &str,
    text: &str,
    outline: &Outline,
    looks: &mut Looks<'_>,
    splices: &mut Splices,
) -> Result<Vec<CellAddress>, NotSafe> {
    let mut marking = Marking {
        outline,
        splices,
        pending: looks.marks.keys().copied().rev().collect(),
        looks,
        made: Vec::new(),
        text,
    };
    let start = outline.sheet_data.range.start;
    let end = outline.sheet_data.end;
    // The rows alone are walked again; ranges count from the part's beginning.
    let rows = text.get(start..end).ok_or_else(|| NotSafe::not_understood(part, "rows"))?;
    let mut scan = Scan::within(part, rows, start);
    let mut next_row = 0;
    while let Some(step) = scan.next()? {
        let Step::Open(open) = step else { continue };
        match (open.depth, open.local()) {
            (0, _) => {}
            (1, "row") => {
                let row = row_and_column::row(&scan, &open, next_row)?;
                next_row = row + 1;
                marking.rows_before(row, open.range.start)?;
                marking.row(&mut scan, &open, row)?;
                // A cell that was made must not stand further down, in a row out of its order.
                if marking.pending.is_empty() && marking.made.is_empty() {
                    break;
                }
            }
            (_, other) => return Err(scan.not_understood(other)),
        }
    }
    let rows = marking.rows_as_text(ROWS)?;
    if !rows.is_empty() {
        marking.splices.append_to(&outline.sheet_data, rows);
    }
    Ok(marking.made)
}

struct Marking<'a, 'l> {
    outline: &'a Outline,
    splices: &'a mut Splices,
    looks: &'a mut Looks<'l>,
    /// The cells that are still to come, the last first.
    pending: Vec<CellAddress>,
    made: Vec<CellAddress>,
    text: &'a str,
}

impl Marking<'_, '_> {
    /// Makes the pending rows above `row`, before what begins at `at`.
    fn rows_before(&mut self, row: u32, at: usize) -> Result<(), NotSafe> {
        let rows = self.rows_as_text(row)?;
        if !rows.is_empty() {
            self.splices.insert(at, rows);
        }
        Ok(())
    }

    fn rows_as_text(&mut self, before: u32) -> Result<String, NotSafe> {
        let mut written = String::new();
        while let Some(next) = self.pending.last().copied().filter(|cell| cell.row < before) {
            let cells = self.cells_as_text(next.row, COLUMNS, None)?;
            let p = &self.outline.root.prefix;
            written.push_str(&format!("<{p}row r=\"{}\">{cells}</{p}row>", next.row + 1));
        }
        Ok(written)
    }

    /// The pending cells of a row left of a column, which are not there.
    fn cells_as_text(&mut self, row: u32, before: u32, of_row: Option<usize>) -> Result<String, NotSafe> {
        let mut written = String::new();
        while let Some(cell) =
            self.pending.last().copied().filter(|own| own.row == row && own.column < before)
        {
            self.pending.pop();
            let base = of_row.or_else(|| self.outline.column_format(cell.column));
            let format = self.format(cell, base.unwrap_or(0))?;
            written.push_str(&format!("<{}c r=\"{cell}\" s=\"{format}\"/>", self.outline.root.prefix));
            self.made.push(cell);
        }
        Ok(written)
    }

    fn format(&mut self, cell: CellAddress, base: usize) -> Result<usize, NotSafe> {
        match self.looks.marks.get(&cell) {
            Some(look) => self.looks.styles.marked(base, *look),
            None => Ok(base),
        }
    }

    fn row(&mut self, scan: &mut Scan<'_>, open: &Open<'_>, row: u32) -> Result<(), NotSafe> {
        if self.pending.last().is_none_or(|cell| cell.row != row) {
            scan.skip_at_a_glance(open)?;
            return Ok(());
        }
        let of_row = open.number("s").filter(|_| open.is_true("customFormat"));
        let before = self.made.len();
        if open.empty {
            let cells = self.cells_as_text(row, COLUMNS, of_row)?;
            self.splices.append(open, open.range.end, cells);
        } else {
            let mut next_column = 0;
            loop {
                match scan.next()? {
                    Some(Step::Open(cell)) => {
                        if cell.local() != "c" {
                            return Err(scan.not_understood(cell.local()));
                        }
                        let column = row_and_column::column(scan, &cell, row, next_column)?;
                        next_column = column + 1;
                        let made = self.cells_as_text(row, column, of_row)?;
                        if !made.is_empty() {
                            self.splices.insert(cell.range.start, made);
                        }
                        self.cell(scan, &cell, CellAddress::new(row, column))?;
                    }
                    Some(Step::Close { range, depth: 1 }) => {
                        let made = self.cells_as_text(row, COLUMNS, of_row)?;
                        if !made.is_empty() {
                            self.splices.insert(range.start, made);
                        }
                        break;
                    }
                    Some(_) => {}
                    None => return Err(scan.damaged("it ends too early")),
                }
            }
        }
        self.widen_spans(open, before);
        Ok(())
    }

    /// Formats a cell that is there, if it is the next that is pending.
    fn cell(&mut self, scan: &mut Scan<'_>, open: &Open<'_>, cell: CellAddress) -> Result<(), NotSafe> {
        if self.pending.last() != Some(&cell) {
            scan.skip(open)?;
            return Ok(());
        }
        self.pending.pop();
        let format = self.format(cell, open.number("s").unwrap_or(0))?;
        self.splices.set_attribute(open, "s", &format.to_string());
        match open.attribute("t").as_deref() {
            Some("s") => self.shared_text(scan, open),
            Some("inlineStr") => self.inline_text(scan, open),
            _ => scan.skip(open).map(drop),
        }
    }

    /// A shared text with colours of its own is replaced by the same text without them.
    fn shared_text(&mut self, scan: &mut Scan<'_>, cell: &Open<'_>) -> Result<(), NotSafe> {
        let mut inside: Option<Range<usize>> = None;
        let mut in_value = false;
        loop {
            match scan.next()? {
                Some(Step::Open(open)) => in_value = open.local() == "v",
                Some(Step::Text { range, .. }) if in_value => {
                    inside = Some(inside.map_or(range.clone(), |before| before.start..range.end));
                }
                Some(Step::Close { depth, .. }) if depth == cell.depth => break,
                Some(Step::Close { .. }) => in_value = false,
                Some(_) => {}
                None => return Err(scan.damaged("it ends too early")),
            }
        }
        let Some(range) = inside else { return Ok(()) };
        let number = self.text.get(range.clone()).and_then(|written| written.trim().parse().ok());
        let item = number.and_then(|number| self.looks.strings.item(number)).unwrap_or_default();
        if let Some(plain) = readable::without_run_colours(scan.part(), item)? {
            let number = self.looks.strings.add_item(plain);
            self.splices.replace(range, number.to_string());
        }
        Ok(())
    }

    fn inline_text(&mut self, scan: &mut Scan<'_>, cell: &Open<'_>) -> Result<(), NotSafe> {
        loop {
            match scan.next()? {
                Some(Step::Open(open)) if open.local() == "is" => {
                    let close = scan.skip(&open)?;
                    let range = open.range.start..close.end;
                    let item = self.text.get(range.clone()).unwrap_or_default();
                    if let Some(plain) = readable::without_run_colours(scan.part(), item)? {
                        self.splices.replace(range, plain);
                    }
                }
                Some(Step::Close { depth, .. }) if depth == cell.depth => return Ok(()),
                Some(_) => {}
                None => return Err(scan.damaged("it ends too early")),
            }
        }
    }

    /// The columns a row says it uses, made to hold those that were made in it.
    fn widen_spans(&mut self, row: &Open<'_>, before: usize) {
        let Some(range) = row.value_range("spans") else { return };
        let made: Vec<u32> = self.made.iter().skip(before).map(|cell| cell.column + 1).collect();
        let written = row.attribute("spans").unwrap_or_default();
        let spans: Vec<(u32, u32)> = written
            .split_whitespace()
            .filter_map(|span| span.split_once(':'))
            .filter_map(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)))
            .collect();
        let within = |column: &u32| spans.iter().any(|(first, last)| (*first..=*last).contains(column));
        if spans.is_empty() || made.iter().all(within) {
            return;
        }
        let first = spans.iter().map(|span| span.0).chain(made.iter().copied()).min().unwrap_or(1);
        let last = spans.iter().map(|span| span.1).chain(made.iter().copied()).max().unwrap_or(1);
        self.splices.replace(range, format!("{first}:{last}"));
    }
}
