//! Tables and passages of the return, shown as they stand.

use serde::Serialize;

use crate::domain::place::CellRef;
use crate::review::{InformationRow, InformationTable, Passage};

/// A table of the return. Each figure names its cell; the files and sheets are named once, by letter where there
/// are several.
#[derive(Debug, Serialize)]
pub struct Information {
    caption: String,
    headings: Vec<Heading>,
    /// Whether each row's figures share one address, which then stands once, in a column of its own.
    cell_column: bool,
    rows: Vec<Row>,
    sources: Vec<Source>,
}

#[derive(Debug, Serialize)]
struct Heading {
    text: String,
    /// The letter of the sheet that all figures below come from.
    letter: Option<String>,
    figures: bool,
}

#[derive(Debug, Serialize)]
struct Row {
    label: String,
    /// The address all its figures share, where the table has a column for it.
    cell: Option<String>,
    breakdown: bool,
    values: Vec<Value>,
}

#[derive(Debug, Serialize)]
struct Value {
    text: String,
    /// The cell, after the letter of its sheet where its column has several: `D7`, `b D7`.
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

/// All tables of a pack. Where several have one caption each says which file it is from, so that no two are called the same.
pub fn information(tables: &[InformationTable]) -> Vec<Information> {
    let mut shown: Vec<Information> = tables.iter().map(Information::from).collect();
    let captions: Vec<String> = shown.iter().map(|table| table.caption.clone()).collect();
    for (index, table) in shown.iter_mut().enumerate() {
        let same = |caption: &&String| **caption == captions[index];
        if captions.iter().filter(same).count() < 2 {
            continue;
        }
        let file = table.sources.first().and_then(|source| source.file.rsplit('/').next());
        match file {
            Some(file) => table.caption = format!("{}, {file}", table.caption),
            None => {
                let number = captions[..index].iter().filter(same).count() + 1;
                table.caption = format!("{}, {number}", table.caption);
            }
        }
    }
    shown
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
        let letter_of =
            |place: &CellRef| sheets.iter().position(|known| same_sheet(known, place)).and_then(letter);
        let places_of = |column: usize| {
            table
                .rows
                .iter()
                .filter_map(move |row| row.values.get(column))
                .filter_map(|(_, place)| place.as_ref())
        };
        let one_sheet_below = |column: usize| {
            let first = places_of(column).next()?;
            places_of(column).all(|place| same_sheet(first, place)).then_some(first)
        };
        let columns = table.headings.len().saturating_sub(1);
        let by_column = (0..columns)
            .all(|column| places_of(column).next().is_none() || one_sheet_below(column).is_some());
        let cell = |place: &CellRef| match letter_of(place).filter(|_| !by_column) {
            Some(letter) => format!("{letter} {}", place.cell),
            None => place.cell.to_string(),
        };
        let shared = |row: &InformationRow| {
            let mut cells = row.values.iter().filter_map(|(_, place)| place.as_ref()).map(|place| place.cell);
            let first = cells.next();
            (cells.all(|cell| Some(cell) == first), first)
        };
        let cell_column = by_column && several && table.rows.iter().all(|row| shared(row).0);
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
                .map(|(index, text)| Heading {
                    text: text.clone(),
                    letter: index
                        .checked_sub(1)
                        .filter(|_| by_column)
                        .and_then(|column| one_sheet_below(column).and_then(letter_of)),
                    figures: figures(index),
                })
                .collect(),
            cell_column,
            rows: table
                .rows
                .iter()
                .map(|row| Row {
                    label: row.label.clone(),
                    cell: shared(row).1.filter(|_| cell_column).map(|cell| cell.to_string()),
                    breakdown: row.breakdown,
                    values: row
                        .values
                        .iter()
                        .enumerate()
                        .map(|(index, (text, place))| Value {
                            text: text.clone(),
                            cell: place.as_ref().filter(|_| !cell_column).map(&cell),
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

/// What was written under one heading of the narrative, by each area's return.
#[derive(Debug, Serialize)]
pub struct Topic {
    title: String,
    asked: String,
    passages: Vec<Words>,
}

/// One return's words.
#[derive(Debug, Serialize)]
struct Words {
    area: Option<String>,
    paragraphs: Vec<String>,
    source: Option<String>,
}

/// The narrative by heading, in the order in which headings first come.
pub fn topics(passages: &[Passage]) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for passage in passages {
        let asked = passage.asked.lines().map(bare).collect::<Vec<_>>().join("; ");
        let words = Words {
            area: passage.area.clone(),
            paragraphs: passage.paragraphs.clone(),
            source: passage.place.as_ref().map(ToString::to_string),
        };
        match topics.iter_mut().find(|topic| topic.title == passage.title && topic.asked == asked) {
            Some(topic) => topic.passages.push(words),
            None => topics.push(Topic { title: passage.title.clone(), asked, passages: vec![words] }),
        }
    }
    topics
}

/// A line without the bullet before it.
fn bare(line: &str) -> &str {
    line.trim().trim_start_matches(['•', '-', '–']).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::CellAddress;

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
        let letters: Vec<Option<&str>> = two.headings.iter().map(|h| h.letter.as_deref()).collect();
        assert_eq!(letters, [None, Some("a"), Some("b")]);
        assert_eq!(two.rows[0].cell.as_deref(), Some("D7"), "both stand in D7 of their sheets");
        assert_eq!(two.rows[0].values[1].cell, None);
        assert_eq!(two.sources[1].letter.as_deref(), Some("b"));
    }

    #[test]
    fn alignment_goes_by_column_with_the_label_first() {
        let shown = Information::from(&table(vec![("1".into(), None), ("x".into(), None)]));
        let figures: Vec<bool> = shown.rows[0].values.iter().map(|value| value.figures).collect();
        assert_eq!(figures, [true, false]);
    }
}
