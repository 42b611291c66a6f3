//! The cells a figure came from, told in as few words as name them all.

use std::sync::Arc;

use crate::domain::place::{CellAddress, CellRef, column_letters};

/// More runs of cells than this in one sheet are counted instead of listed; the results file lists them all.
const RUNS_LISTED: usize = 12;

/// One text a file and sheet, in the order they first appear:
/// `returns/kpi.xlsx, sheet “KPIs”, cells F9 and D9`.
pub fn sources(cells: &[CellRef]) -> Vec<String> {
    let mut groups: Vec<(&Arc<str>, &Arc<str>, Vec<CellAddress>)> = Vec::new();
    for place in cells {
        match groups.iter_mut().find(|(file, sheet, _)| **file == place.file && **sheet == place.sheet) {
            Some((_, _, addresses)) => addresses.push(place.cell),
            None => groups.push((&place.file, &place.sheet, vec![place.cell])),
        }
    }
    groups
        .into_iter()
        .map(|(file, sheet, addresses)| {
            let noun = if addresses.len() == 1 { "cell" } else { "cells" };
            format!("{file}, sheet “{sheet}”, {noun} {}", runs(&addresses))
        })
        .collect()
}

/// The sheet that all `cells` lie in, in words, where they lie in one: `returns/kpi.xlsx, sheet “KPIs”`.
pub fn one_sheet<'a>(mut cells: impl Iterator<Item = &'a CellRef>) -> Option<String> {
    let first = cells.next()?;
    cells
        .all(|place| place.file == first.file && place.sheet == first.sheet)
        .then(|| format!("{}, sheet “{}”", first.file, first.sheet))
}

/// The addresses alone, for cells whose file and sheet are named beside them: `F9 and D9`.
pub fn addresses(cells: &[CellRef]) -> String {
    runs(&cells.iter().map(|place| place.cell).collect::<Vec<_>>())
}

/// A letter to know a sheet by, counted from zero: `a`, `b`, … `z`, `aa`.
pub fn letter(index: usize) -> String {
    column_letters(u32::try_from(index).unwrap_or(u32::MAX - 1)).to_lowercase()
}

/// The addresses with runs down a column drawn together: `F9, D2 to D41`. The first one stays first, because it
/// shows the figure; the rest go by column, then row.
fn runs(addresses: &[CellAddress]) -> String {
    let Some((first, rest)) = addresses.split_first() else { return String::new() };
    let mut rest: Vec<CellAddress> = rest.iter().copied().filter(|address| address != first).collect();
    rest.sort_unstable_by_key(|address| (address.column, address.row));
    rest.dedup();
    let mut runs: Vec<(CellAddress, u32)> = Vec::new();
    // The first cell may begin a run, but never lies inside one.
    for address in std::iter::once(*first).chain(rest) {
        match runs.last_mut() {
            Some((start, end)) if start.column == address.column && *end + 1 == address.row => {
                *end = address.row
            }
            _ => runs.push((address, address.row)),
        }
    }
    let left_out: u32 = runs.iter().skip(RUNS_LISTED).map(|(start, end)| end - start.row + 1).sum();
    let mut texts: Vec<String> = runs
        .iter()
        .take(RUNS_LISTED)
        .map(|(start, end)| match end - start.row {
            0 => start.to_string(),
            _ => format!("{start} to {}{}", column_letters(start.column), end + 1),
        })
        .collect();
    if left_out > 0 {
        texts.push(format!("{left_out} more"));
    }
    super::words::list(&texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(file: &str, sheet: &str, cell: &str) -> CellRef {
        CellRef { file: file.into(), sheet: sheet.into(), cell: CellAddress::parse(cell).unwrap() }
    }

    #[test]
    fn cells_are_named_by_file_and_sheet() {
        for (cells, texts) in [
            (vec![], vec![]),
            (vec![at("a.xlsx", "KPIs", "F9")], vec!["a.xlsx, sheet “KPIs”, cell F9"]),
            (
                vec![at("a.xlsx", "KPIs", "F9"), at("a.xlsx", "KPIs", "D9"), at("b.xlsx", "KPIs", "D9")],
                vec!["a.xlsx, sheet “KPIs”, cells F9 and D9", "b.xlsx, sheet “KPIs”, cell D9"],
            ),
            (
                vec![
                    at("a.xlsx", "Log", "F9"),
                    at("a.xlsx", "Log", "D3"),
                    at("a.xlsx", "Log", "D2"),
                    at("a.xlsx", "Log", "D4"),
                    at("a.xlsx", "Log", "D4"),
                    at("a.xlsx", "Log", "D6"),
                ],
                vec!["a.xlsx, sheet “Log”, cells F9, D2 to D4 and D6"],
            ),
        ] {
            assert_eq!(sources(&cells), texts);
        }
    }

    #[test]
    fn long_lists_are_counted() {
        let cells: Vec<CellRef> = (0..15).map(|n| at("a.xlsx", "Log", &format!("B{}", n * 2 + 1))).collect();
        let text = sources(&cells).join("");
        assert!(text.ends_with("B23 and 3 more"), "{text}");
    }
}
