//! A rectangle of cells as a conditional format names it.

use crate::domain::place::CellAddress;
use crate::domain::workbook::Area;

/// Reads `B2`, `B2:D9`, whole columns as `B:D` and whole rows as `2:9`, whichever corner comes first.
pub(super) fn area(text: &str) -> Option<Area> {
    let (one, other) = text.split_once(':').unwrap_or((text, text));
    let (one, other) = match (CellAddress::parse(one), CellAddress::parse(other)) {
        (Some(one), Some(other)) => (one, other),
        _ => (edge(one, "1", "A")?, edge(other, "1048576", "XFD")?),
    };
    Some(Area {
        first: CellAddress::new(one.row.min(other.row), one.column.min(other.column)),
        last: CellAddress::new(one.row.max(other.row), one.column.max(other.column)),
    })
}

/// The cell where a whole column or row begins or ends.
fn edge(text: &str, row: &str, column: &str) -> Option<CellAddress> {
    let text = text.trim_matches('$');
    CellAddress::parse(&format!("{text}{row}"))
        .filter(|_| text.chars().all(|c| c.is_ascii_alphabetic()))
        .or_else(|| CellAddress::parse(&format!("{column}{text}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_hold_their_cells() {
        for (text, within, without) in [
            ("B2", vec!["B2"], vec!["B3", "A2"]),
            ("$B$2:D4", vec!["B2", "D4", "C3"], vec!["A2", "E4", "C5", "C1"]),
            ("D4:B2", vec!["B2", "D4", "C3"], vec!["A2"]),
            ("B:C", vec!["B1", "C1048576"], vec!["A1", "D9"]),
            ("$2:$3", vec!["A2", "XFD3"], vec!["A1", "A4"]),
        ] {
            let area = area(text).unwrap();
            assert!(within.iter().all(|cell| area.contains(CellAddress::parse(cell).unwrap())), "{area:?}");
            assert!(!without.iter().any(|cell| area.contains(CellAddress::parse(cell).unwrap())), "{area:?}");
        }
        for text in ["", ":", "1B:C", "é2", "A1:"] {
            assert_eq!(area(text), None, "{text}");
        }
    }
}
