//! Values and formulas, read back by two readers: equal in every cell.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use quarterday::domain::workbook::FEEDBACK_SHEET;
use quarterday::intake::reading::read;

/// Values and formulas of a sheet by cell.
type Sheet = BTreeMap<(u32, u32), (String, String)>;

/// What differs between the cells of the two.
pub fn compare(original: &[u8], returned: &[u8], faults: &mut Vec<String>) {
    match (sheets(original), sheets(returned)) {
        (Ok(old), Ok(new)) => {
            let own: Vec<&String> = old.iter().map(|(name, _)| name).collect();
            let now: Vec<&String> = new.iter().map(|(name, _)| name).take(own.len()).collect();
            if own != now || new.len() != old.len() + 1 {
                faults.push(format!(
                    "the sheets {own:?} have become {:?}",
                    new.iter().map(|own| &own.0).collect::<Vec<_>>()
                ));
            }
            for ((name, old), (_, new)) in old.iter().zip(&new) {
                cells(name, old, new, faults);
            }
        }
        (Ok(_), Err(error)) => faults.push(format!("calamine does not open it any more: {error}")),
        // What it never opened it cannot judge; the reader of the program can.
        (Err(_), _) => {}
    }
    match (read("returns/a.xlsx", original), read("returns/a.xlsx", returned)) {
        (Ok(old), Ok(new)) => {
            for sheet in &old.sheets {
                let Some(now) = new.sheets.iter().find(|own| own.name == sheet.name) else {
                    faults.push(format!("the sheet {} is not read any more", sheet.name));
                    continue;
                };
                let contents = |sheet: &quarterday::domain::workbook::Sheet| -> Sheet {
                    let full = sheet
                        .cells
                        .iter()
                        .filter(|(_, cell)| cell.content != quarterday::domain::workbook::Content::Blank);
                    full.map(|(at, cell)| {
                        ((at.row, at.column), (format!("{:?}", cell.content), cell.formula.to_string()))
                    })
                    .collect()
                };
                cells(&sheet.name, &contents(sheet), &contents(now), faults);
                if format!("{:?}", sheet.merged) != format!("{:?}", now.merged) || sheet.hidden != now.hidden
                {
                    faults.push(format!("merged areas or state of {} differ", sheet.name));
                }
            }
            if !new.sheets.last().is_some_and(|sheet| sheet.name.starts_with(FEEDBACK_SHEET)) {
                faults.push("the last sheet is not the council's".to_string());
            }
        }
        (Ok(_), Err(error)) => faults.push(format!("it is not read any more: {error:?}")),
        (Err(_), _) => {}
    }
}

fn cells(name: &str, old: &Sheet, new: &Sheet, faults: &mut Vec<String>) {
    let places: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for place in places {
        let (before, after) = (old.get(place), new.get(place));
        if before != after {
            faults.push(format!("{name} {place:?}: {before:?} has become {after:?}"));
            return;
        }
    }
}

fn sheets(bytes: &[u8]) -> Result<Vec<(String, Sheet)>, String> {
    let said = |error: calamine::XlsxError| error.to_string();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).map_err(said)?;
    let mut all = Vec::new();
    for name in book.sheet_names() {
        let mut sheet = Sheet::new();
        {
            // Chart sheets have no cells.
            let Ok(mut reader) = book.worksheet_cells_reader(&name) else {
                all.push((name, sheet));
                continue;
            };
            while let Some(cell) = reader.next_cell().map_err(said)? {
                let value = Data::from(cell.get_value().clone());
                if value != Data::Empty {
                    sheet.entry(cell.get_position()).or_default().0 = format!("{value:?}");
                }
            }
        }
        let mut reader = book.worksheet_cells_reader(&name).map_err(said)?;
        while let Some(cell) = reader.next_formula().map_err(said)? {
            if !cell.get_value().is_empty() {
                sheet.entry(cell.get_position()).or_default().1 = cell.get_value().clone();
            }
        }
        all.push((name, sheet));
    }
    Ok(all)
}
