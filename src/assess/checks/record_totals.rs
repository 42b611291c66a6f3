//! The total rows of a table of records against the records' sums.

use crate::contract::layout::{Asks, Column, Layout};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::TOTAL_MISMATCH;
use crate::domain::log::{FieldView, RecordView};
use crate::domain::observation::LogRecord;
use crate::domain::quantity::{Unit, show};
use crate::domain::text::{fold, one_line};
use crate::intake::mapped::Mapped;
use crate::rules::adds_up::{self, Part};

/// Figure by figure, each total within its own block. Nothing is compared where a record's figure cannot be read or is missing;
/// percentages are not added up.
pub fn check(table: &Table, mapped: &Mapped, findings: &mut Vec<Finding>) {
    let Layout::Records(settings) = &table.layout else { return };
    let by = settings.names.as_ref().and_then(|id| table.column(id)?.headings.first());
    let by = by.map_or("row".to_string(), |heading| fold(heading));
    for total in mapped.totals.iter().filter(|total| total.table == table.id) {
        let in_block = |other: &RecordView<'_>| is_of_one_block(table, total, *other);
        for column in table.columns.iter().filter(|column| adds_up(column)) {
            let Some(field) = total.fields.get(&column.id) else { continue };
            let Some(value) = field.answer.number() else { continue };
            let in_block = mapped.records.of_table(&table.id).filter(in_block);
            let lines: Vec<FieldView<'_>> = in_block.filter_map(|line| line.field(&column.id)).collect();
            if lines.iter().any(|line| is_open(column, *line)) {
                continue;
            }
            let heading = one_line(column.headings.first().map_or("", String::as_str));
            let what = format!("{}, {heading}, total", table.title);
            if lines.is_empty() && !value.is_zero() {
                let shown = show(value, Unit::Hours, &[]);
                let message = format!("{what} is given as {shown}, but there is no {by} above it.");
                findings.push(Finding::at(&TOTAL_MISMATCH, &field.place, message));
                continue;
            }
            let part = |line: &FieldView<'_>| Part { value: line.answer.number(), place: line.place() };
            let parts: Vec<Part> = lines.iter().map(part).collect();
            findings.extend(adds_up::check(&what, &by, value, &field.place, &parts));
        }
    }
}

fn adds_up(column: &Column) -> bool {
    column.asks == Asks::Amount
        || (column.asks == Asks::Figure && !matches!(column.unit, Unit::Percent | Unit::Answer))
}

/// Whether both lines stand on one sheet and, where blocks have titles, below one.
fn is_of_one_block(table: &Table, total: &LogRecord, record: RecordView<'_>) -> bool {
    let sheet = total.fields.values().next().map(|field| &field.place.sheet);
    let title = table.columns.iter().find(|column| column.title);
    let of_total = title.and_then(|column| total.fields.get(&column.id)).map(|field| field.place.clone());
    let of_record = title.and_then(|column| record.field(&column.id)).map(FieldView::place);
    sheet == Some(record.sheet()) && of_total == of_record
}

fn is_open(column: &Column, field: FieldView<'_>) -> bool {
    match field.answer {
        Answer::Unreadable { .. } | Answer::Unanswered | Answer::NotRecorded => true,
        _ => column.required && field.answer.number().is_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract;
    use crate::domain::period::{Frequency, Period};
    use crate::intake::mapped::Asked;
    use crate::intake::{mapping, testing};

    /// The cells at which totals are wrong, for hours delivered by lines and totals below the title of each block.
    fn wrong(blocks: &[(&str, &[(&str, &str)])]) -> Vec<String> {
        let definition = include_str!("../../../tests/findings/figures.toml")
            .replace(
                "layout = { records = { total",
                "placed = { below = [\"Part *\"], repeated = true }\nlayout = { records = { total",
            )
            .replace(
                "    { id = \"scheme\"",
                "    { id = \"part\", headings = [], title = true, asks = \"text\" },\n    { id = \"scheme\"",
            );
        let contract = contract::read("figures.toml", &definition).unwrap();
        let (form, table) =
            contract.forms.iter().find_map(|form| Some((form, form.table("schemes")?))).unwrap();
        let mut rows: Vec<Vec<&str>> = Vec::new();
        for (title, lines) in blocks {
            rows.push(vec![*title]);
            rows.push(vec!["Scheme", "Commissioned hours", "Delivered hours", "Complaints"]);
            rows.extend(lines.iter().map(|(name, hours)| vec![*name, "", *hours, ""]));
            rows.push(Vec::new());
        }
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let workbook = testing::book(vec![testing::sheet("Schemes", &rows)]);
        let first = chrono::NaiveDate::from_ymd_opt(2025, 4, 1).unwrap();
        let period = Period::containing(first, Frequency::Quarter, contract.year_starts);
        let mapped = mapping::map(&workbook, Asked { contract: &contract, form, period, area: None });
        let mut findings = Vec::new();
        check(table, &mapped, &mut findings);
        findings.iter().filter_map(Finding::place).map(|place| place.cell.to_string()).collect()
    }

    #[test]
    fn each_total_is_held_against_the_lines_of_its_own_block() {
        let north: &[_] = &[("Ash", "3"), ("Birch", "4"), ("Total", "7")];
        for (south, wrong_at) in [
            (&[("Cedar", "1"), ("Total", "1")][..], &[][..]),
            (&[("Cedar", "1"), ("Total", "2")], &["C10"]),
            (&[("Cedar", "1"), ("Total", "8")], &["C10"]),
            (&[("Cedar", "one"), ("Total", "8")], &[]),
        ] {
            assert_eq!(wrong(&[("Part North", north), ("Part South", south)]), wrong_at, "{south:?}");
        }
    }
}
