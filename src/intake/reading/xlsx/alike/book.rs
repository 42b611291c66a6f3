//! What the sheets of a workbook share: their list, the calendar of their dates, their formats.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{NumberFormat, Reader as _, SheetVisible, Style, Xlsx};
use quick_xml::events::Event;

use super::super::look::Looks;
use super::super::parts::{self, SheetKind};
use super::super::xml::attribute;
use super::entries::Entries;
use crate::intake::reading::package::{Package, key};

/// The lowest number of a format that is a workbook's own.
const FIRST_OWN_FORMAT: u32 = 164;

/// The entries that have to be read of both packages: those that are others, and what sheets share; not the texts, which are many.
pub(super) fn needed(before: &Entries<'_>, touched: &BTreeSet<String>) -> BTreeSet<String> {
    let is_shared = |key: &str| {
        matches!(key, "[content_types].xml" | "_rels/.rels")
            || ["workbook.xml", "workbook.xml.rels", "styles.xml"].iter().any(|end| key.ends_with(end))
            || key.ends_with("theme/theme1.xml")
    };
    let shared = before.keys().filter(|key| is_shared(key)).map(str::to_string);
    let mut needed: BTreeSet<String> = shared.chain(touched.iter().cloned()).collect();
    needed.retain(|key| !key.ends_with("sharedstrings.xml"));
    let is_sheet = |key: &&str| key.contains("worksheets/sheet");
    // Formats are told beside a sheet.
    if !before.keys().filter(is_sheet).any(|key| needed.contains(key)) {
        needed.extend(before.keys().find(is_sheet).map(str::to_string));
    }
    needed
}

/// A sheet as the workbook lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// Its name.
    pub(super) name: String,
    /// Hidden or very hidden.
    pub(super) hidden: bool,
    /// Name of its part.
    pub(super) part: String,
    /// Whether it is a worksheet.
    pub(super) has_cells: bool,
}

/// A workbook without its texts.
pub(super) struct Book<'a> {
    /// Sheets in the workbook's order.
    pub(super) listed: Vec<Listed>,
    /// Whether its dates count from 1904.
    pub(super) from_1904: bool,
    /// The name, in lower case, of the part in which a reader looks for the texts.
    pub(super) texts: String,
    source: Xlsx<Cursor<&'a [u8]>>,
    /// The codes of its own number formats by their numbers, as written.
    codes: BTreeMap<String, String>,
}

impl<'a> Book<'a> {
    /// Reads the package in `bytes`, within every limit of the reader's.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut package = Package::open(bytes).ok()?;
        let main = parts::workbook_part(&mut package).ok()?;
        let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let listed = parts::sheets(&mut package).ok()?;
        let source: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
        let known = source.sheets_metadata();
        if known.len() != listed.len() {
            return None;
        }
        let listed = listed.iter().zip(known).map(|(sheet, known)| Listed {
            name: known.name.clone(),
            hidden: known.visible != SheetVisible::Visible,
            part: sheet.part.clone(),
            has_cells: sheet.kind == SheetKind::Worksheet,
        });
        let listed = listed.collect();
        let codes = codes(&mut package, &format!("{folder}styles.xml"))?;
        let from_1904 = source.has_1904_epoch();
        Some(Self { listed, from_1904, texts: key(&format!("{folder}sharedStrings.xml")), source, codes })
    }

    /// The formats of its cells.
    fn styles(&mut self, there: &BTreeSet<String>) -> Option<Vec<Style>> {
        let sheet = self.listed.iter().find(|sheet| sheet.has_cells && there.contains(&key(&sheet.part)))?;
        let name = sheet.name.clone();
        Some(self.source.worksheet_cells_reader(&name).ok()?.styles().to_vec())
    }
}

/// The codes of the workbook's own number formats, by their numbers as written.
fn codes(package: &mut Package<'_>, part: &str) -> Option<BTreeMap<String, String>> {
    let mut codes = BTreeMap::new();
    if !package.has(part) {
        return Some(codes);
    }
    let mut xml = parts::open(package, part).ok()?;
    while let Some(event) = xml.next().ok()? {
        let Event::Start(element) = event else { continue };
        match element.local_name().as_ref() {
            "numFmt" => {
                let (number, code) = (attribute(&element, "numFmtId")?, attribute(&element, "formatCode")?);
                codes.insert(number, code).is_none().then_some(())?;
            }
            // What follows belongs to formats that stand on condition.
            "cellXfs" => break,
            _ => {}
        }
    }
    Some(codes)
}

/// The formats of two workbooks, those of the first under the same numbers in the second.
pub(super) struct Formats {
    before: Vec<Style>,
    after: Vec<Style>,
    looks: Looks,
}

impl Formats {
    /// Those of `was` and `is`, read from packages in which `there` are the entries; `None` where the numbers of the first are not
    /// shown to mean the same in the second.
    pub(super) fn of(was: &mut Book<'_>, is: &mut Book<'_>, there: &BTreeSet<String>) -> Option<Self> {
        let kept = was.codes.iter().all(|(number, code)| is.codes.get(number) == Some(code));
        let mut new = is.codes.keys().filter(|number| !was.codes.contains_key(*number));
        if !kept || !new.all(|number| number.parse().is_ok_and(|number: u32| number >= FIRST_OWN_FORMAT)) {
            return None;
        }
        let (before, after) = (was.styles(there)?, is.styles(there)?);
        let same = before.iter().zip(&after).all(|(one, other)| one.number_format == other.number_format);
        let looks = Looks::new(&after);
        (same && after.len() >= before.len()).then_some(Self { before, after, looks })
    }

    /// How many there were before.
    pub(super) fn before(&self) -> usize {
        self.before.len()
    }

    /// Whether one of those that are new may make a date of a number, which a sheet would be changed by that names a format that
    /// was not there.
    pub(super) fn has_dates_among_new(&self) -> bool {
        let may_be = |format: &NumberFormat| {
            format.format_code != "General" && format.format_code.chars().any(char::is_alphabetic)
        };
        self.after
            .iter()
            .skip(self.before.len())
            .any(|style| style.number_format.as_ref().is_some_and(may_be))
    }

    /// Whether a format of the first workbook and one of the second make the same of a number.
    pub(super) fn same_number(&self, one: Option<usize>, other: Option<usize>) -> bool {
        match (one, other) {
            (None, None) => true,
            (Some(one), Some(other)) => match (self.before.get(one), self.after.get(other)) {
                (Some(one), Some(other)) => one.number_format == other.number_format,
                _ => false,
            },
            // A cell without a format shows its number as it is.
            (None, Some(other)) => {
                let code = self.after.get(other).and_then(|own| own.number_format.as_ref());
                code.is_some_and(|own| own.format_code == "General" && own.format_id == Some(0))
            }
            (Some(_), None) => false,
        }
    }

    /// The colours of a format of the second workbook, of its fill and its text.
    pub(super) fn colours(&self, format: usize) -> Option<(u32, u32)> {
        self.after.get(format)?;
        let look = self.looks.get(format);
        Some((look.fill?, look.font_colour.unwrap_or(0)))
    }
}
