//! Proof of a copy that nothing else has changed in it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use zip::ZipArchive;

use super::{NotSafe, WrittenBack};
use crate::domain::place::CellAddress;
use crate::domain::workbook::{Content, Sheet, Workbook};

/// Every entry that is not among `touched` is in both packages, packed the same to the byte, and nothing else is in the copy.
///
/// # Errors
///
/// [`NotSafe::Check`] with the first entry that is not.
pub fn untouched(original: &[u8], written: &[u8], touched: &[String]) -> Result<(), NotSafe> {
    let touched: BTreeSet<&str> = touched.iter().map(String::as_str).collect();
    let mut before = entries(original)?;
    for (name, bytes) in entries(written)? {
        let same = before.remove(&name).map(|own| own == bytes);
        if !touched.contains(name.as_str()) && same != Some(true) {
            return Err(NotSafe::Check(format!("the part “{name}” is not what it was")));
        }
    }
    match before.into_keys().find(|name| !touched.contains(name.as_str())) {
        Some(lost) => Err(NotSafe::Check(format!("the part “{lost}” is lost"))),
        None => Ok(()),
    }
}

/// The packed bytes of each entry and its checksum, by its name.
fn entries(package: &[u8]) -> Result<BTreeMap<String, (&[u8], u32)>, NotSafe> {
    let failed = |error: &dyn std::fmt::Display| NotSafe::Check(format!("it cannot be opened ({error})"));
    let mut archive = ZipArchive::new(Cursor::new(package)).map_err(|error| failed(&error))?;
    let mut entries = BTreeMap::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| failed(&error))?;
        let name = entry.name().map_err(|error| failed(&error))?.into_owned();
        let start = entry.data_start().and_then(|start| usize::try_from(start).ok());
        let end = start.zip(usize::try_from(entry.compressed_size()).ok());
        let end = end.and_then(|(start, size)| start.checked_add(size));
        let bytes = start.zip(end).and_then(|(start, end)| package.get(start..end));
        let bytes = bytes.ok_or_else(|| failed(&format!("the part “{name}” is not in it")))?;
        if entries.insert(name.clone(), (bytes, entry.crc32())).is_some() {
            return Err(NotSafe::Check(format!("the part “{name}” is in it twice")));
        }
    }
    Ok(entries)
}

/// Both workbooks, each as it was read from its package, hold the same in every cell, and each marked cell has its colours.
/// `ours` are the sheets of an earlier copy of ours, which the new one replaces.
///
/// # Errors
///
/// [`NotSafe::Check`] with the first cell or sheet that differs.
pub fn same_but_marked(
    original: &Workbook,
    copy: &Workbook,
    written: &WrittenBack,
    ours: &[String],
) -> Result<(), NotSafe> {
    let failed = |what: String| Err(NotSafe::Check(what));
    let before: Vec<&Sheet> =
        original.sheets.iter().filter(|sheet| !ours.iter().any(|own| *own == *sheet.name)).collect();
    let after: Vec<&Sheet> = copy.sheets.iter().filter(|sheet| *sheet.name != *written.sheet_name).collect();
    if before.len() != after.len() {
        return failed(format!("it has {} sheets, not {}", after.len(), before.len()));
    }
    for (before, after) in before.iter().zip(&after) {
        if before.name != after.name || before.hidden != after.hidden {
            return failed(format!("the sheet “{}” is not where it was", before.name));
        }
        if before.merged.to_vec() != after.merged.to_vec() {
            return failed(format!("the merged areas of sheet “{}” are not what they were", before.name));
        }
        if let Some(cell) = different(before, after) {
            return failed(format!("sheet “{}”, cell {cell} does not hold what it held", before.name));
        }
    }
    for ((sheet, cell), colours) in &written.marked {
        let found = after.iter().find(|own| own.name == *sheet).and_then(|own| own.cells.get(cell));
        let fits = found.is_some_and(|found| {
            found.look.fill == Some(colours.fill) && found.look.font_colour.unwrap_or(0) == colours.text
        });
        if !fits {
            return failed(format!("sheet “{sheet}”, cell {cell} does not have its colours"));
        }
    }
    Ok(())
}

/// The first cell that does not hold the same in both; formats do not count.
fn different(before: &Sheet, after: &Sheet) -> Option<CellAddress> {
    let filled = |sheet: &'_ Sheet| -> Vec<CellAddress> {
        let filled = sheet.cells.iter().filter(|(_, cell)| cell.content != Content::Blank || cell.formula);
        filled.map(|(address, _)| *address).collect()
    };
    let (of_before, of_after) = (filled(before), filled(after));
    let all: BTreeSet<CellAddress> = of_before.into_iter().chain(of_after).collect();
    all.into_iter().find(|address| match (before.cells.get(address), after.cells.get(address)) {
        (Some(one), Some(other)) => !same(&one.content, &other.content) || one.formula != other.formula,
        _ => true,
    })
}

fn same(one: &Content, other: &Content) -> bool {
    match (one, other) {
        (Content::Number(one), Content::Number(other)) => one.to_bits() == other.to_bits(),
        (one, other) => one == other,
    }
}
