//! Whether the coloured copy of a workbook says what the workbook says, shown by as little reading as that takes.
//!
//! 1. [`entries`] tells which entries of the package are the same to the byte; what they are is read by nobody.
//! 2. `texts` shows that the shared texts have kept their numbers, [`book`] that sheets, number formats and the calendar have.
//! 3. `cells` shows of the sheets whose parts are others that each value and formula is written as it was.
//!
//! What is written alike and depends on nothing else is read alike. Where that cannot be shown at a glance, nothing is said of the
//! copy: whoever asks then reads both workbooks and compares what they hold.

mod book;
mod cells;
mod entries;
mod texts;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::book::{Book, Listed};
use self::cells::{Kind, Written, WrittenSheet};
use self::entries::Entries;
use super::package::key;
use crate::domain::place::CellAddress;
use crate::intake::reading::gathering::with_margin;

/// Most bytes of all sheets together, and of any one part that is read, unpacked, of which it is shown: with fewer no limit on cells
/// is near.
const LARGEST: u64 = 64 << 20;
/// Largest package, unpacked, in bytes, of which it is shown: half of what is read at all.
const LARGEST_PACKAGE: u64 = 250 << 20;
/// Largest package in which no blank cell is left out for there being too many: each takes 17 bytes and more.
const ALL_BLANKS_KEPT: u64 = 8 << 20;

/// The colours of marked cells.
type Marks = Vec<(CellAddress, (u32, u32))>;

/// What is known of a copy.
#[derive(Debug, Clone, Copy)]
pub struct Coloured<'a> {
    /// The names of the sheets that are not in it any more.
    pub replaced: &'a [String],
    /// The name of the sheet that was added.
    pub added: &'a str,
    /// The marked cells by sheet and cell, with the colours of their fill and their text as 0xRRGGBB.
    pub marked: &'a BTreeMap<(Arc<str>, CellAddress), (u32, u32)>,
}

/// Whether it can be shown that `copy`, as it is read, has the sheets of `original` with the same values, formulas and merged areas,
/// and the marked cells in their colours.
pub fn says_the_same(original: &[u8], copy: &[u8], coloured: Coloured<'_>) -> bool {
    shown(original, copy, coloured).is_some()
}

fn shown(original: &[u8], copy: &[u8], coloured: Coloured<'_>) -> Option<()> {
    let (mut before, mut after) = (Entries::of(original)?, Entries::of(copy)?);
    let touched = after.others_than(&before);
    // What is not read is as it was; a limit of the reader's that it does not exceed it does not exceed now.
    let needed = book::needed(&before, &touched);
    let (own, others) = (before.package_of(&needed)?, after.package_of(&needed)?);
    let (mut was, mut is) = (Book::of(&own)?, Book::of(&others)?);
    if was.texts != is.texts || was.from_1904 != is.from_1904 {
        return None;
    }
    let texts = texts::appended(&before.text(&was.texts)?, &after.text(&is.texts)?)?;
    let formats = book::Formats::of(&mut was, &mut is, &needed)?;

    let cells: u64 = is.listed.iter().map(|sheet| after.size(&key(&sheet.part))).sum();
    (cells <= LARGEST).then_some(())?;
    let sheets = |book: &Book, but: &dyn Fn(&str) -> bool| -> Vec<Listed> {
        book.listed.iter().filter(|sheet| sheet.has_cells && !but(&sheet.name)).cloned().collect()
    };
    let was = sheets(&was, &|name| coloured.replaced.iter().any(|own| own == name));
    let added = is.listed.iter().find(|sheet| sheet.has_cells && sheet.name == coloured.added)?.part.clone();
    let is = sheets(&is, &|name| name == coloured.added);
    if was != is {
        return None;
    }
    let mut marked: BTreeMap<&str, Marks> = BTreeMap::new();
    for ((sheet, cell), colours) in coloured.marked {
        marked.entry(sheet).or_default().push((*cell, *colours));
    }
    for sheet in &is {
        let part = key(&sheet.part);
        let marks = marked.remove(sheet.name.as_str()).unwrap_or_default();
        if !touched.contains(&part) && marks.is_empty() {
            let stands = after.has(&part)
                && (!formats.has_dates_among_new() || after.formats_below(&part, formats.before())?);
            stands.then_some(())?;
            continue;
        }
        let (own, other) = (before.text(&part)?, after.text(&part)?);
        let (own, other) = (WrittenSheet::of(&own)?, WrittenSheet::of(&other)?);
        own.is_in(&other, |one, other| formats.same_number(one, other)).then_some(())?;
        for (address, colours) in marks {
            let cell = other.cell(address)?;
            let kept = is_kept(cell, &other, after.unpacked());
            (kept && formats.colours(cell.style?)? == colours).then_some(())?;
        }
    }
    // Every text of the new sheet is there, and no mark is on a sheet that is not.
    let new = after.text(&key(&added))?;
    let has_text =
        |cell: &Written<'_>| cell.kind != Kind::Shared || number(cell).is_some_and(|number| number < texts);
    let whole = WrittenSheet::of(&new)?.cells.iter().all(has_text);
    (whole && marked.is_empty()).then_some(())
}

/// Whether a reader keeps the cell: a blank one has to stand near others, and must not be one of too many.
fn is_kept(cell: &Written<'_>, sheet: &WrittenSheet<'_>, unpacked: u64) -> bool {
    let near = sheet.used.is_some_and(|used| with_margin(used).contains(cell.address));
    let is_number = cell.filled && cell.kind == Kind::Number;
    near && (is_number || unpacked <= ALL_BLANKS_KEPT)
}

/// The number of the shared text that a cell holds.
fn number(cell: &Written<'_>) -> Option<usize> {
    cell.inside.strip_prefix("<v>")?.strip_suffix("</v>")?.parse().ok()
}
