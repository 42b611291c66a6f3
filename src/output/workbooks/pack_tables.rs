//! A sheet of the pack: a title in A1, a sentence below it, then one table from column A.
//!
//! Real tables with a header row, no merged cells, no empty rows or columns in them, and a word where there is nothing to say: what
//! the government's guidance on accessible spreadsheets asks for.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Table, TableColumn, TableStyle, Worksheet};

use super::cell_looks::{LOOKS, write_entries};
use super::formats::{self, coordinates, fitting, write_text};
use super::rating_rules::{self, Told};
use crate::domain::place::CellAddress;
use crate::domain::quantity::{Quantity, Unit, round_without_contradiction};
use crate::domain::rating::Rating;
use crate::domain::text::one_line;

/// Longest heading of a table's column, in UTF-16 units.
const LONGEST_HEADING: usize = 255;
/// What stands where there is nothing to say and the column has no word of its own for it.
pub const NOTHING: &str = "None";

/// A figure as it goes into a cell: the number and the format that shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The number; shares as fractions of 1.
    pub number: f64,
    /// Excel's format code.
    pub format: String,
}

impl Figure {
    /// `value` with a format that shows as many decimals as an officer would write. Where rounding to them would
    /// cross a threshold, the number itself is the one that does not, so that no figure contradicts its rating.
    pub fn of(value: Quantity, unit: Unit, thresholds: &[Quantity]) -> Self {
        let places = match unit {
            Unit::Percent => 3,
            Unit::Score => 1,
            _ => 2,
        };
        let shown = round_without_contradiction(value, places, thresholds).normalize();
        let plain = round_without_contradiction(value, places, &[]).normalize();
        let number = if shown == plain { value } else { shown };
        let decimals = match unit {
            Unit::Percent => shown.scale().saturating_sub(2).max(1),
            Unit::Pounds if shown.scale() > 0 => shown.scale().max(2),
            Unit::Pounds
            | Unit::Count
            | Unit::Hours
            | Unit::Days
            | Unit::Answer
            | Unit::Score
            | Unit::Number => shown.scale(),
        };
        let digits = match decimals {
            0 => String::new(),
            decimals => format!(".{}", "0".repeat(decimals as usize)),
        };
        let format = match unit {
            Unit::Percent => format!("0{digits}%"),
            Unit::Pounds => format!("\"£\"#,##0{digits}"),
            Unit::Count | Unit::Hours | Unit::Days | Unit::Answer | Unit::Score | Unit::Number => {
                format!("#,##0{digits}")
            }
        };
        Self { number: number.to_f64().unwrap_or(f64::NAN), format }
    }

    /// The number a text stands for, where it is written the way figures are shown (`1,234.5`, `95.5%`, `−3`) and
    /// shows the same again; `None` for everything else (`007`, `N/A`, `1.234.5`).
    pub fn of_shown(text: &str) -> Option<Self> {
        let (number, unit) = match text.strip_suffix('%') {
            Some(number) => (number, Unit::Percent),
            None => (text, Unit::Count),
        };
        let plain = number.replace('−', "-").replace(',', "");
        let written: Quantity = plain.parse().ok()?;
        let value = if unit == Unit::Percent { written / Quantity::ONE_HUNDRED } else { written };
        let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        if crate::domain::quantity::show(value, unit, &[]) != text {
            return None;
        }
        let digits = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
        let percent = if unit == Unit::Percent { "%" } else { "" };
        Some(Self { number: value.to_f64()?, format: format!("#,##0{digits}{percent}") })
    }
}

/// What stands in a cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Text; where it is empty, the column's word for nothing is written.
    Text(String),
    /// Text that stands out.
    Strong(String),
    /// A link to the first cell of the sheet of this name.
    Link(String),
    /// A cell left blank on purpose; a sentence above the table says why.
    Blank,
    /// The label of a breakdown, set in below its item.
    Below(String),
    /// Text of a column of figures, on the right.
    Right(String),
    /// A figure.
    Figure(Figure),
    /// A date.
    Date(NaiveDate),
    /// A rating, with its shape and colours.
    Rating(Rating),
    /// Other words in the look of a rating.
    Marked(Rating, String),
}

impl Entry {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Entry::Text(text.into())
    }

    /// Text, or nothing.
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        Entry::Text(text.map(Into::into).unwrap_or_default())
    }

    /// A date, or nothing.
    pub fn date(day: Option<NaiveDate>) -> Self {
        day.map_or_else(|| Entry::text(""), Entry::Date)
    }

    /// A whole number.
    pub fn count(number: impl Into<Quantity>) -> Self {
        Entry::Figure(Figure::of(number.into(), Unit::Count, &[]))
    }

    /// A figure, or nothing.
    pub fn figure(value: Option<Quantity>, unit: Unit, thresholds: &[Quantity]) -> Self {
        value.map_or_else(|| Entry::text(""), |value| Entry::Figure(Figure::of(value, unit, thresholds)))
    }

    /// The text by which the row's height is reckoned.
    fn as_text(&self) -> &str {
        match self {
            Entry::Text(text)
            | Entry::Strong(text)
            | Entry::Link(text)
            | Entry::Below(text)
            | Entry::Right(text)
            | Entry::Marked(_, text) => text,
            Entry::Figure(_) | Entry::Date(_) | Entry::Rating(_) | Entry::Blank => "",
        }
    }

    /// Whether it says nothing.
    fn is_empty(&self) -> bool {
        match self {
            Entry::Text(text) | Entry::Below(text) | Entry::Right(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

/// A table with its heading columns and their widths in characters.
#[derive(Debug, Clone, PartialEq)]
pub struct TablePage {
    /// Headings with the widths of their columns.
    pub columns: Vec<(String, f64)>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Entry>>,
    /// By heading, what stands in a cell with nothing to say; [`NOTHING`] elsewhere.
    pub words: Vec<(&'static str, &'static str)>,
}

impl TablePage {
    /// A table with these columns and no rows.
    pub fn new(columns: &[(&str, f64)]) -> Self {
        Self {
            columns: columns.iter().map(|(heading, width)| ((*heading).to_string(), *width)).collect(),
            rows: Vec::new(),
            words: Vec::new(),
        }
    }

    /// The words that stand in the cells of these columns where there is nothing to say.
    pub fn saying(mut self, words: &[(&'static str, &'static str)]) -> Self {
        self.words.extend_from_slice(words);
        self
    }

    /// Leaves out those of these columns in which no row says anything, so that the rest is wide enough to read.
    pub fn without_empty(mut self, headings: &[&str]) -> Self {
        for heading in headings {
            let Some(at) = self.columns.iter().position(|(own, _)| own == heading) else { continue };
            if self.rows.iter().all(|row| row.get(at).is_none_or(Entry::is_empty)) {
                self.columns.remove(at);
                self.rows.iter_mut().filter(|row| at < row.len()).for_each(|row| drop(row.remove(at)));
            }
        }
        self
    }

    /// The width of all columns together, in characters.
    pub fn width(&self) -> f64 {
        self.columns.iter().map(|(_, width)| width).sum()
    }

    /// What stands in a cell: the entry itself, or the column's word for nothing.
    fn said<'e>(&self, column: usize, entry: &'e Entry) -> std::borrow::Cow<'e, Entry> {
        if !entry.is_empty() {
            return std::borrow::Cow::Borrowed(entry);
        }
        let heading = self.columns.get(column).map_or("", |(heading, _)| heading.as_str());
        let word = self.words.iter().find(|(own, _)| *own == heading).map_or(NOTHING, |(_, word)| word);
        let figures =
            self.rows.iter().any(|row| matches!(row.get(column), Some(Entry::Figure(_) | Entry::Date(_))));
        std::borrow::Cow::Owned(match figures || matches!(entry, Entry::Right(_)) {
            true => Entry::Right(word.to_string()),
            false => Entry::text(word),
        })
    }

    /// Sets the widths of the sheet's columns; for a sheet with several tables, those of the first.
    ///
    /// # Errors
    ///
    /// When there are more columns than a sheet has.
    pub fn set_widths(&self, sheet: &mut Worksheet) -> anyhow::Result<()> {
        for (column, (_, width)) in (0u16..).zip(&self.columns) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    /// Gives each column of several tables, one below the other, the width of the widest of them.
    pub fn share_widths(tables: &mut [TablePage]) {
        let most = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0);
        for column in 0..most {
            let own = |table: &TablePage| table.columns.get(column).map_or(0.0, |(_, width)| *width);
            let widest = tables.iter().map(own).fold(0.0, f64::max);
            tables
                .iter_mut()
                .filter_map(|table| table.columns.get_mut(column))
                .for_each(|(_, width)| *width = widest);
        }
    }

    /// Writes the table with its header in `row` (from zero) and gives the first row below it. Without rows it
    /// says so in a sentence. `name` names the table within the workbook.
    ///
    /// # Errors
    ///
    /// When it does not fit on a sheet.
    pub fn write(&self, sheet: &mut Worksheet, row: u32, name: &str) -> anyhow::Result<u32> {
        if self.rows.is_empty() {
            write_text(sheet, CellAddress::new(row, 0), "None.", &formats::sentence())?;
            return Ok(row + 1);
        }
        let headings = distinct(self.columns.iter().map(|(heading, _)| heading.as_str()));
        // The first with its look, the others with the first.
        let columns: Vec<TableColumn> = (0..)
            .zip(&headings)
            .map(|(at, heading)| {
                let column = TableColumn::new().set_header(heading);
                if at == 0 { column.set_header_format(&LOOKS.header) } else { column }
            })
            .collect();
        let table = Table::new()
            .set_name(table_name(name))
            .set_style(TableStyle::None)
            .set_banded_rows(false)
            .set_alt_text(name)
            .set_columns(&columns);
        let last_row = row + u32::try_from(self.rows.len())?;
        let (_, last_column) = coordinates(CellAddress::new(row, u32::try_from(headings.len())? - 1))?;
        sheet.add_table(row, 0, last_row, last_column, &table)?;
        sheet.set_range_format(row, 0, row, last_column, &LOOKS.header)?;
        sheet.set_row_height(row, self.height(headings.iter().map(String::as_str)))?;
        let said: Vec<Vec<_>> = self
            .rows
            .iter()
            .map(|entries| (0..).zip(entries).map(|(column, entry)| self.said(column, entry)).collect())
            .collect();
        for (below, entries) in (row + 1..).zip(&said) {
            sheet.set_row_height(below, self.height(entries.iter().map(|entry| entry.as_text())))?;
        }
        write_entries(sheet, row + 1, &said)?;
        for column in 0..self.columns.len() {
            if let Some(told) = self.told(column) {
                rating_rules::add(sheet, told, (row + 1, last_row), u16::try_from(column)?)?;
            }
        }
        Ok(last_row + 1)
    }

    /// By what a column tells its ratings; `None` where it holds none.
    fn told(&self, column: usize) -> Option<Told> {
        let has = |of: fn(&Entry) -> bool| self.rows.iter().filter_map(|row| row.get(column)).any(of);
        match (has(|own| matches!(own, Entry::Marked(..))), has(|own| matches!(own, Entry::Rating(_)))) {
            (true, _) => Some(Told::ByShape),
            (false, true) => Some(Told::ByWord),
            (false, false) => None,
        }
    }

    /// The height of a row (from zero, below the header) in points.
    pub fn row_height(&self, row: usize) -> f64 {
        let entries = self.rows.get(row).map_or(&[][..], Vec::as_slice);
        self.height(entries.iter().map(Entry::as_text))
    }

    /// Filter buttons take room in a header; two characters are kept free everywhere.
    fn height<'a>(&self, texts: impl Iterator<Item = &'a str>) -> f64 {
        formats::row_height(texts.zip(self.columns.iter().map(|(_, width)| width - 2.0)))
    }
}

/// Headings that Excel takes for a table: on one line, none empty, none twice whatever the case of its letters.
fn distinct<'a>(headings: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    headings
        .map(|heading| {
            let plain = match one_line(heading).as_str() {
                "" => "Column".to_string(),
                heading => fitting(heading, LONGEST_HEADING - 8),
            };
            let mut name = plain.clone();
            let mut number = 2;
            while !taken.insert(name.to_lowercase()) {
                name = format!("{plain} ({number})");
                number += 1;
            }
            name
        })
        .collect()
}

/// The table's name: letters, digits and underscores, never like a cell.
fn table_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("Table_{plain}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn d(text: &str) -> Quantity {
        text.parse().unwrap()
    }

    #[test]
    fn figures_keep_their_value_unless_it_would_contradict() {
        for (value, unit, target, number, format) in [
            ("0.9545454545", Unit::Percent, "0.95", 0.954_545_454_5, "0.0%"),
            ("0.9496", Unit::Percent, "0.95", 0.949, "0.0%"),
            ("0.95", Unit::Percent, "0.95", 0.95, "0.0%"),
            ("0.9999999", Unit::Percent, "1", 0.999, "0.0%"),
            ("0.00004", Unit::Percent, "0", 0.001, "0.0%"),
            ("2", Unit::Count, "2", 2.0, "#,##0"),
            ("1.999", Unit::Count, "2", 1.99, "#,##0.00"),
            ("12.5", Unit::Hours, "10", 12.5, "#,##0.0"),
            ("10000", Unit::Pounds, "0", 10_000.0, "\"£\"#,##0"),
            ("10000.5", Unit::Pounds, "0", 10_000.5, "\"£\"#,##0.00"),
        ] {
            let figure = Figure::of(d(value), unit, &[d(target)]);
            assert_eq!((figure.number, figure.format.as_str()), (number, format), "{value}");
        }
    }

    #[test]
    fn only_what_is_shown_as_a_figure_becomes_one() {
        for (text, expected) in [
            ("1,234.5", Some((1234.5, "#,##0.0"))),
            ("95.5%", Some((0.955, "#,##0.0%"))),
            ("−3", Some((-3.0, "#,##0"))),
            ("0", Some((0.0, "#,##0"))),
            ("007", None),
            ("1.50", None),
            ("1234", None),
            ("N/A", None),
            ("", None),
            ("%", None),
            ("=1", None),
            ("1e3", None),
        ] {
            let figure = Figure::of_shown(text);
            let found = figure.as_ref().map(|figure| (figure.number, figure.format.as_str()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn headings_are_distinct_for_excel() {
        assert_eq!(
            distinct(["Total", "total", "Age\nrange", "", "", "Total"].into_iter()),
            ["Total", "total (2)", "Age range", "Column", "Column (2)", "Total (3)"]
        );
        assert_eq!(table_name("Timeliness and accuracy"), "Table_Timeliness_and_accuracy");
    }

    proptest! {
        #[test]
        fn what_a_cell_shows_stands_on_the_side_of_its_value(met in 0i64..3000, of in 1i64..3000, target in 0i64..=100) {
            let value = crate::domain::quantity::share(met.into(), of.into()).unwrap();
            let target = Quantity::new(target, 2);
            let figure = Figure::of(value, Unit::Percent, &[target]);
            let decimals = figure.format.split_once('.').map_or(0, |(_, rest)| rest.len() - 1);
            let shown: Quantity = d(&format!("{:.*}", decimals + 2, figure.number));
            prop_assert_eq!(value.cmp(&target), shown.cmp(&target), "{} as {}", value, shown);
        }
    }
}
