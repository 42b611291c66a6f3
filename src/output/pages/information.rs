//! Tables and passages of the return, shown as they stand.

use serde::Serialize;

use crate::domain::place::CellRef;
use crate::review::{InformationTable, Passage};

/// A table of the return. Each figure names its cell; the files and sheets are named once, by letter where there
/// are several.
#[derive(Debug, Serialize)]
pub struct Information {
    caption: String,
    headings: Vec<Heading>,
    rows: Vec<Row>,
    sources: Vec<Source>,
}

#[derive(Debug, Serialize)]
struct Heading {
    text: String,
    figures: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    label: String,
    breakdown: bool,
    values: Vec<Value>,
}

#[derive(Debug, Serialize)]
struct Value {
    text: String,
    /// The cell, after the letter of its sheet where there are several: `D7`, `b D7`.
    cell: Option<String>,
    figures: bool,
}

/// A sheet that figures of a table come from.
#[derive(Debug, Serialize)]
struct Source {
    letter: Option<String>,
    file: String,
    sheet: String,
}

impl From<&InformationTable> for Information {
    fn from(table: &InformationTable) -> Self {
        let mut sheets: Vec<&CellRef> = Vec::new();
        for place in table.rows.iter().flat_map(|row| &row.values).filter_map(|(_, place)| place.as_ref()) {
            if !sheets.iter().any(|known| same_sheet(known, place)) {
                sheets.push(place);
            }
        }
        let several = sheets.len() > 1;
        let letter = |index: usize| several.then(|| super::sources::letter(index));
        let cell = |place: &CellRef| {
            let known = sheets.iter().position(|known| same_sheet(known, place)).and_then(letter);
            match known {
                Some(letter) => format!("{letter} {}", place.cell),
                None => place.cell.to_string(),
            }
        };
        let figures = |index: usize| table.figures.get(index).copied().unwrap_or(false);
        Self {
            caption: match &table.area {
                Some(area) => format!("{}, {area}", table.title),
                None => table.title.clone(),
            },
            headings: table
                .headings
                .iter()
                .enumerate()
                .map(|(index, text)| Heading { text: text.clone(), figures: figures(index) })
                .collect(),
            rows: table
                .rows
                .iter()
                .map(|row| Row {
                    label: row.label.clone(),
                    breakdown: row.breakdown,
                    values: row
                        .values
                        .iter()
                        .enumerate()
                        .map(|(index, (text, place))| Value {
                            text: text.clone(),
                            cell: place.as_ref().map(&cell),
                            figures: figures(index + 1),
                        })
                        .collect(),
                })
                .collect(),
            sources: sheets
                .iter()
                .enumerate()
                .map(|(index, place)| Source {
                    letter: letter(index),
                    file: place.file.to_string(),
                    sheet: place.sheet.to_string(),
                })
                .collect(),
        }
    }
}

fn same_sheet(a: &CellRef, b: &CellRef) -> bool {
    a.file == b.file && a.sheet == b.sheet
}

/// A passage of the narrative.
#[derive(Debug, Serialize)]
pub struct Words {
    title: String,
    asked: String,
    paragraphs: Vec<String>,
    source: Option<String>,
}

impl From<&Passage> for Words {
    fn from(passage: &Passage) -> Self {
        Self {
            title: match &passage.area {
                Some(area) => format!("{} ({area})", passage.title),
                None => passage.title.clone(),
            },
            asked: passage.asked.clone(),
            paragraphs: passage.paragraphs.clone(),
            source: passage.place.as_ref().map(ToString::to_string),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::CellAddress;
    use crate::review::InformationRow;

    fn at(file: &str, cell: &str) -> Option<CellRef> {
        Some(CellRef { file: file.into(), sheet: "East".into(), cell: CellAddress::parse(cell).unwrap() })
    }

    fn table(values: Vec<(String, Option<CellRef>)>) -> InformationTable {
        InformationTable {
            title: "Referrals".into(),
            area: None,
            headings: vec!["Item".into(), "A".into(), "B".into()],
            figures: vec![false, true, false],
            rows: vec![InformationRow { label: "New".into(), breakdown: false, values }],
        }
    }

    #[test]
    fn sheets_are_lettered_only_where_there_are_several() {
        let one = Information::from(&table(vec![
            ("1".into(), at("a.xlsx", "D7")),
            ("2".into(), at("a.xlsx", "E7")),
        ]));
        assert_eq!(one.rows[0].values[1].cell.as_deref(), Some("E7"));
        assert_eq!(one.sources[0].letter, None);
        let two = Information::from(&table(vec![
            ("1".into(), at("a.xlsx", "D7")),
            ("2".into(), at("b.xlsx", "D7")),
        ]));
        assert_eq!(two.rows[0].values[1].cell.as_deref(), Some("b D7"));
        assert_eq!(two.sources[1].letter.as_deref(), Some("b"));
    }

    #[test]
    fn alignment_goes_by_column_with_the_label_first() {
        let shown = Information::from(&table(vec![("1".into(), None), ("x".into(), None)]));
        let figures: Vec<bool> = shown.rows[0].values.iter().map(|value| value.figures).collect();
        assert_eq!(figures, [true, false]);
    }
}
