//! Sheets and marks of every kind, by chance: values and formulas stay, and marked cells alone look otherwise.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use quarterday::domain::place::{CellAddress, column_letters};
use quarterday::domain::rating::Rating;
use quarterday::output::write_back::write_back;

use super::base::{KPIS, base};
use super::compare::{Comparison, compare};
use super::feedback::{Marked, asked, both, feedback, rated, today};

/// What stands in a cell, as written, its format aside.
fn content() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "/>",
        "></c>",
        "><v>1.5</v></c>",
        " t=\"s\"><v>3</v></c>",
        " t=\"b\"><v>0</v></c>",
        " t=\"e\"><v>#N/A</v></c>",
        " t=\"inlineStr\"><is><t xml:space=\"preserve\"> a &lt;b&gt; </t></is></c>",
        "><f>SUM(A1:A2)</f><v>3</v></c>",
        " t=\"str\"><f>\"a\"&amp;\"b\"</f><v>ab</v></c>",
        "><f t=\"array\" ref=\"A1\">1+1</f><v>2</v></c>",
    ])
}

/// How a sheet is written: rows and cells with their addresses, spans, an extent, rows that stand for themselves.
#[derive(Debug, Clone)]
struct Manner {
    cell_addresses: bool,
    row_addresses: bool,
    spans: bool,
    extent: bool,
    row_formats: bool,
    column_formats: bool,
}

fn manner() -> impl Strategy<Value = Manner> {
    any::<[bool; 6]>().prop_map(|own| Manner {
        cell_addresses: own[0],
        row_addresses: own[1],
        spans: own[2],
        extent: own[3],
        row_formats: own[4],
        column_formats: own[5],
    })
}

type Cells = BTreeMap<(u32, u32), (&'static str, u32)>;

fn sheet(cells: &Cells, manner: &Manner) -> String {
    let mut text = format!("<worksheet xmlns=\"{}\">", super::base::MAIN);
    if manner.extent {
        text.push_str("<dimension ref=\"A1:B2\"/>");
    }
    if manner.column_formats {
        text.push_str("<cols><col min=\"2\" max=\"4\" width=\"9\" style=\"4\"/></cols>");
    }
    text.push_str("<sheetData>");
    let mut rows: BTreeMap<u32, Vec<(u32, &'static str, u32)>> = BTreeMap::new();
    for ((row, column), (content, format)) in cells {
        rows.entry(*row).or_default().push((*column, content, *format));
    }
    let mut next_row = 0;
    for (row, cells) in rows {
        text.push_str("<row");
        // Without an address a row is the one below the last.
        if manner.row_addresses || row != next_row {
            write!(text, " r=\"{}\"", row + 1).unwrap();
        }
        next_row = row + 1;
        if manner.spans {
            text.push_str(" spans=\"1:9\"");
        }
        if manner.row_formats && row % 2 == 0 {
            text.push_str(" s=\"5\" customFormat=\"1\"");
        }
        text.push('>');
        let mut next = 0;
        for (column, content, format) in cells {
            text.push_str("<c");
            if manner.cell_addresses || column != next {
                write!(text, " r=\"{}{}\"", column_letters(column), row + 1).unwrap();
            }
            next = column + 1;
            if format > 0 {
                write!(text, " s=\"{format}\"").unwrap();
            }
            text.push_str(content);
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData></worksheet>");
    text
}

fn marks() -> impl Strategy<Value = Vec<Marked>> {
    let rating = prop::option::of(prop::sample::select(Rating::ALL.to_vec()));
    let mark = ((0u32..12, 0u32..10), rating, any::<bool>());
    prop::collection::vec(mark, 0..12).prop_map(|own| {
        let by_cell: BTreeMap<(u32, u32), (Option<Rating>, bool)> =
            own.into_iter().map(|(at, rating, question)| (at, (rating, question))).collect();
        by_cell
            .into_iter()
            .map(|((row, column), mark)| {
                let cell = CellAddress::new(row, column).to_string();
                match mark {
                    (Some(rating), false) => rated("KPIs", &cell, rating),
                    (Some(rating), true) => both("KPIs", &cell, rating),
                    (None, _) => asked("KPIs", &cell),
                }
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_and_formulas_stay_and_marked_cells_alone_look_otherwise(
        cells in prop::collection::btree_map((0u32..12, 0u32..10), (content(), 0u32..6), 0..40),
        manner in manner(),
        marked in marks(),
    ) {
        let original = base().put(KPIS, sheet(&cells, &manner)).zip();
        let written = write_back(&original, &feedback(&marked), None, today());
        let written = written.map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        let comparison = Comparison { original: &original, returned: &written.bytes, marked: &marked, macros: false };
        let faults = compare(&comparison, &[]);
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
