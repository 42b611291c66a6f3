//! From a file to what it says: read the workbook, recognise form, provider and period, map figures by headings and labels.
//!
//! Places are found, never counted. What is found in an unexpected place is read and reported; what cannot be read is a
//! finding, never a zero.

pub mod answers;
pub mod council_feedback;
pub mod drift;
mod filled;
mod fit;
pub mod grid;
pub mod headings;
pub mod labels;
pub mod mail;
pub mod mapped;
pub mod mapping;
pub mod narrative;
pub mod reading;
pub mod recognise;
pub mod records;
mod remarks;
mod signed;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) mod testing {
    //! Workbooks for the tables of cases, made of rows of text: numbers become numbers, `94%` a percentage cell.

    use std::collections::BTreeMap;
    use std::sync::Arc;

    use crate::domain::place::CellAddress;
    use crate::domain::workbook::{Cell, Content, Look, Sheet, Workbook};

    /// A cell of a text: a number where it is one, a date where it is written 2025-11-30, else text.
    pub fn cell(text: &str) -> Option<Cell> {
        let mut look = Look { number_format: "General".into(), ..Look::default() };
        let content = if text.is_empty() {
            return None;
        } else if let Ok(number) = text.parse::<f64>() {
            Content::Number(number)
        } else if let Some(number) = text.strip_suffix('%').and_then(|number| number.parse::<f64>().ok()) {
            look.number_format = "0%".into();
            Content::Number(number / 100.0)
        } else if let Ok(day) = text.parse::<chrono::NaiveDate>() {
            look.number_format = "dd/mm/yyyy".into();
            Content::Date(day.and_hms_opt(0, 0, 0).unwrap())
        } else {
            Content::Text(text.into())
        };
        Some(Cell { content, formula: false, look: Arc::new(look) })
    }

    /// A sheet of rows.
    pub fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
        let mut cells = BTreeMap::new();
        for (row, texts) in rows.iter().enumerate() {
            for (column, text) in texts.iter().enumerate() {
                if let Some(cell) = cell(text) {
                    cells.insert(CellAddress::new(row as u32, column as u32), cell);
                }
            }
        }
        Sheet { name: name.into(), cells: cells.into(), ..Sheet::default() }
    }

    /// A workbook of sheets.
    pub fn book(sheets: Vec<Sheet>) -> Workbook {
        Workbook { file: "returns/a.xlsx".into(), sheets, ..Workbook::default() }
    }
}
