//! Narratives: a passage of text per known row.

use std::collections::BTreeMap;

use super::answers;
use super::headings::Located;
use super::mapped::{Asked, Mapped};
use crate::contract::layout::{Asks, Narrative, Row};
use crate::contract::meant::Table;
use crate::domain::answer::Answer;
use crate::domain::finding::Finding;
use crate::domain::finding_kinds::{HEADING_RENAMED, NARRATIVE_MISSING, ROW_MISSING};
use crate::domain::observation::Observation;
use crate::domain::place::CellAddress;
use crate::domain::text::{fold, likeness, one_line};
use crate::domain::workbook::Workbook;

/// Maps a narrative. An area whose label is merged over several rows has all their text.
pub fn map(
    workbook: &Workbook,
    asked: Asked<'_>,
    table: &Table,
    settings: &Narrative,
    located: &Located<'_>,
    mapped: &mut Mapped,
) {
    let sheet = located.sheet;
    let Some(key) = located.column(&settings.key) else { return };
    let mut current: Option<&Row> = None;
    let mut cells: BTreeMap<&str, Vec<(CellAddress, Answer)>> = BTreeMap::new();
    let texts: Vec<(&str, u32)> = table
        .columns
        .iter()
        .filter(|column| matches!(column.asks, Asks::Text | Asks::Comment))
        .filter_map(|column| Some((column.id.as_str(), located.column(&column.id)?)))
        .collect();
    for row in located.rows_with_content() {
        let address = CellAddress::new(row, key);
        let label = sheet.text(address);
        if !label.is_empty() {
            current = match_row(table, &label).map(|(found, exact)| {
                if !exact && !cells.contains_key(found.id.as_str()) {
                    let expected = found.labels.first().map_or("", String::as_str);
                    let message = format!("The row “{}” was read as “{expected}”.", one_line(&label));
                    mapped.findings.push(Finding::at(
                        &HEADING_RENAMED,
                        &workbook.place(sheet, address),
                        message,
                    ));
                }
                found
            });
        }
        let Some(found) = current else { continue };
        for (id, column) in &texts {
            let address = CellAddress::new(row, *column);
            if sheet.merged_area(address).is_some_and(|area| area.first != address) {
                continue;
            }
            let answer = match answers::read(sheet.cell(address), answers::Asked::Text) {
                // A dash or a full stop by itself says nothing.
                Answer::NotRecorded => Answer::Blank,
                Answer::Text(text) if !text.chars().any(char::is_alphanumeric) => Answer::Blank,
                answer => answer,
            };
            let answer = located.certain(address, answer);
            let asks_text = table.column(id).is_some_and(|column| column.asks == Asks::Text);
            if asks_text {
                cells.entry(&found.id).or_default().push((address, answer.clone()));
                mapped.usable |= !answer.is_blank();
            }
            mapped.observations.push(Observation {
                table: table.id.clone(),
                row: found.id.clone(),
                breakdown: None,
                column: (*id).to_string(),
                area: asked.area.map(Into::into),
                answer,
                place: workbook.place(sheet, address),
                shown: located.shown(address),
            });
        }
    }
    for row in table.rows.iter().filter(|row| !row.optional) {
        let name = row.labels.first().map_or("", String::as_str);
        match cells.get(row.id.as_str()) {
            None => {
                let message = format!("{}: the row “{name}” is not there.", table.title);
                mapped.findings.push(Finding::in_sheet(&ROW_MISSING, &workbook.file, &sheet.name, message));
            }
            Some(answers) if answers.iter().all(|(_, answer)| answer.is_blank()) => {
                if let Some((address, _)) = answers.first() {
                    let message = format!("“{name}” is required and has no text.");
                    mapped.findings.push(Finding::at(
                        &NARRATIVE_MISSING,
                        &workbook.place(sheet, *address),
                        message,
                    ));
                }
            }
            Some(_) => {}
        }
    }
}

fn match_row<'t>(table: &'t Table, label: &str) -> Option<(&'t Row, bool)> {
    let folded = fold(label);
    let exact = table.rows.iter().find(|row| row.labels.iter().any(|own| fold(own) == folded));
    if let Some(row) = exact {
        return Some((row, true));
    }
    table
        .rows
        .iter()
        .map(|row| (row.labels.iter().map(|own| likeness(own, label)).fold(0.0_f64, f64::max), row))
        .filter(|(alike, _)| *alike >= 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, row)| (row, false))
}
