//! `evidence.xlsx`: the tables of a folder of evidence, one a sheet.

use anyhow::Context;
use rust_xlsxwriter::Workbook;

use super::formats::{self, write_text};
use super::pack_tables::{Entry, TablePage};
use crate::domain::period::long_date;
use crate::domain::place::CellAddress;
use crate::review::evidence::EvidenceFile;

/// The row, from zero, in which a sheet's table starts: below its title and its sentence.
const TABLE_ROW: u32 = 2;
/// Width of a column that holds a SHA-256, in characters.
const HASH: f64 = 66.0;
/// Width of a column that holds a path.
const PATH: f64 = 44.0;

/// The tables as an .xlsx; created on the as-of date, so that the same evidence gives the same bytes.
///
/// # Errors
/// When a table does not fit on an Excel sheet, named by the sheet.
pub fn evidence_workbook(file: &EvidenceFile) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let title =
        format!("Evidence: {}, {}, {}", file.consequence.title, file.provider, file.consequence.period.label);
    book.set_properties(&formats::properties(&title, &file.contract_title, &file.councils, file.as_of));
    for (name, table) in tables(file) {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        formats::set_page(sheet);
        formats::set_running_head(sheet, &title);
        let heading = format!("{name}: {}", file.consequence.title);
        write_text(sheet, CellAddress::new(0, 0), &heading, &formats::title())?;
        let of = format!(
            "{}, {}, clause {}. {}. As of {}.",
            file.provider,
            file.consequence.period.label,
            file.consequence.clause,
            file.consequence.status.word(),
            long_date(file.as_of)
        );
        write_text(sheet, CellAddress::new(1, 0), &of, &formats::sentence())?;
        table.set_widths(sheet)?;
        table.write(sheet, TABLE_ROW, name).with_context(|| format!("sheet “{name}” cannot be written"))?;
        if !table.rows.is_empty() {
            sheet.set_freeze_panes(TABLE_ROW + 1, 0)?.set_repeat_rows(TABLE_ROW, TABLE_ROW)?;
            formats::set_pages_across(sheet, table.width(), table.columns.len())?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn tables(file: &EvidenceFile) -> Vec<(&'static str, TablePage)> {
    let text = |text: &str| Entry::text(text);
    let maybe = |text: &Option<String>| Entry::maybe(text.clone());
    let mut figures = TablePage::new(&[
        ("KPI", 8.0),
        ("Title", 36.0),
        ("Area", 18.0),
        ("Period", 14.0),
        ("Figure", 12.0),
        ("Numerator", 12.0),
        ("Denominator", 12.0),
        ("Target", 24.0),
        ("Rating", 14.0),
        ("Clause", 10.0),
        ("Notes", 50.0),
    ]);
    for own in &file.figures {
        let notes: Vec<&str> =
            own.computed.iter().chain(&own.notes).chain(&own.relief).map(String::as_str).collect();
        figures.rows.push(vec![
            text(&own.kpi),
            text(&own.title),
            maybe(&own.area),
            text(&own.period.label),
            text(&own.shown),
            maybe(&own.numerator),
            maybe(&own.denominator),
            maybe(&own.target),
            text(&own.rating_word),
            text(&own.clause),
            text(&notes.join(" ")),
        ]);
    }
    let mut cells = TablePage::new(&[
        ("File", PATH),
        ("Sheet", 24.0),
        ("Cell", 8.0),
        ("What stands there", 40.0),
        ("SHA-256 of the file", HASH),
    ]);
    for own in file.cells() {
        let shown = own.shown.as_deref().unwrap_or("Could not be read again");
        cells.rows.push(vec![
            text(&own.file),
            text(&own.sheet),
            text(&own.cell),
            text(shown),
            text(&own.sha256),
        ]);
    }
    let mut returns = TablePage::new(&[
        ("Form", 32.0),
        ("Area", 18.0),
        ("Period", 14.0),
        ("Due", 14.0),
        ("Status", 16.0),
        ("File", PATH),
        ("Received", 14.0),
        ("How that is known", 44.0),
        ("First seen", 14.0),
        ("Line of the ledger", 10.0),
        ("SHA-256", HASH),
        ("Copy", 36.0),
    ]);
    for own in &file.returns {
        let head = [
            text(&own.title),
            maybe(&own.area),
            text(&own.period.label),
            Entry::date(Some(own.due)),
            text(&own.status_word),
        ];
        for version in &own.versions {
            let line = version.line.map(|line| line.to_string());
            let rest = [
                text(&version.file),
                Entry::date(Some(version.received)),
                text(&version.known),
                Entry::date(version.first_seen),
                maybe(&line),
                text(&version.sha256),
                text(&version.copy),
            ];
            returns.rows.push(head.iter().cloned().chain(rest).collect());
        }
        if own.versions.is_empty() {
            let nothing = std::iter::repeat_n(text(""), 7);
            returns.rows.push(head.iter().cloned().chain(nothing).collect());
        }
    }
    let mut findings = TablePage::new(&[
        ("File", PATH),
        ("Sheet", 24.0),
        ("Cell", 8.0),
        ("Finding", 24.0),
        ("Weight", 12.0),
        ("What was found", 60.0),
        ("Accepted by the council", 40.0),
        ("Answered by the provider", 40.0),
    ]);
    for own in &file.findings {
        findings.rows.push(vec![
            text(&own.file),
            maybe(&own.sheet),
            maybe(&own.cell),
            text(&own.code),
            text(&own.weight),
            text(&own.message),
            maybe(&own.accepted),
            maybe(&own.answered),
        ]);
    }
    let mut register = TablePage::new(&[("Sheet", 20.0), ("Cell", 8.0), ("What it says", 90.0)]);
    for own in &file.register {
        register.rows.push(vec![text(&own.sheet), text(&own.cell), text(&own.words)]);
    }
    let mut ledger = TablePage::new(&[("Line", 8.0), ("What it says", 100.0), ("SHA-256 of the line", HASH)]);
    for own in &file.ledger {
        ledger.rows.push(vec![text(&own.number.to_string()), text(&own.text), text(&own.sha256)]);
    }
    vec![
        ("Cells", cells),
        ("Figures", figures),
        ("Returns", returns),
        ("Findings", findings),
        ("Register", register),
        ("Ledger", ledger),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example_evidence as example;

    #[test]
    fn the_same_evidence_gives_the_same_bytes() {
        let file = example::evidence();
        assert_eq!(evidence_workbook(&file).unwrap(), evidence_workbook(&file).unwrap());
    }

    #[test]
    fn every_row_is_as_long_as_its_heading() {
        for (name, table) in tables(&example::evidence()) {
            assert!(!table.rows.is_empty(), "{name}");
            assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{name}");
        }
    }
}
