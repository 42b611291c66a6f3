//! `quarterday contract explain`: a contract in plain English, with the dates that come next.

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use serde::Serialize;

use super::super::{ExitStatus, clock, screen};
use super::{find, known, workspace};
use crate::contract::in_english::{Due, Passage, describe, next_due};
use crate::domain::period::long_date;
use crate::run::working_days;

/// How many due dates are given.
const DATES: usize = 12;

#[derive(Serialize)]
struct Explained {
    format: &'static str,
    contract: String,
    passages: Vec<PassageEntry>,
    as_of: NaiveDate,
    due: Vec<DueEntry>,
}

#[derive(Serialize)]
struct PassageEntry {
    /// `heading`, `paragraph` or `item`.
    kind: &'static str,
    /// How far an item is indented, from 0.
    level: usize,
    text: String,
}

#[derive(Serialize)]
struct DueEntry {
    date: NaiveDate,
    form: String,
    area: Option<String>,
    period: String,
    clause: String,
    note: Option<String>,
}

/// Explains the contract `name`, with the due dates from `as_of` (today when left out); for people, or as JSON.
///
/// # Errors
/// The contract is not known, its definition is wrong, or a file or the workspace cannot be read.
pub fn explain(name: &str, dir: Option<&Path>, as_of: Option<NaiveDate>, json: bool) -> Result<ExitStatus> {
    let workspace = workspace(dir)?;
    let definition = find(name, &known(workspace.as_ref())?)?;
    let contract = definition.read?;
    let as_of = as_of.unwrap_or_else(clock::today);
    let due = next_due(&contract, as_of, DATES, &working_days(workspace.as_ref())?);
    if json {
        let passages = describe(&contract).into_iter().map(entry).collect();
        let due = due.into_iter().map(due_entry).collect();
        let format = "quarterday.contract/1";
        screen::json(&Explained { format, contract: contract.id.clone(), passages, as_of, due })?;
        return Ok(ExitStatus::Fine);
    }
    for (index, passage) in describe(&contract).iter().enumerate() {
        match passage {
            Passage::Heading(text) => {
                if index > 0 {
                    screen::line("");
                }
                screen::wrapped("", "", text);
                screen::line(&"-".repeat(text.chars().count().min(screen::WIDTH)));
            }
            Passage::Paragraph(text) => screen::wrapped("", "", text),
            Passage::Item(level, text) => {
                let indent = "  ".repeat(*level);
                screen::wrapped(&format!("{indent}- "), &format!("{indent}  "), text);
            }
        }
    }
    let heading = format!("The next due dates, as of {}", long_date(as_of));
    screen::line("");
    screen::line(&heading);
    screen::line(&"-".repeat(heading.chars().count()));
    if due.is_empty() {
        screen::line("No return is due any more.");
    }
    for entry in due {
        let area = entry.area.map(|area| format!(", {area}")).unwrap_or_default();
        let note = entry.note.map(|note| format!(". {note}")).unwrap_or_default();
        screen::wrapped(
            &format!("- {}: ", entry.on.format("%a %-d %b %Y")),
            "  ",
            &format!("{}{area}, {} (clause {}){note}", entry.form, entry.period.describe(), entry.clause),
        );
    }
    Ok(ExitStatus::Fine)
}

fn entry(passage: Passage) -> PassageEntry {
    let (kind, level, text) = match passage {
        Passage::Heading(text) => ("heading", 0, text),
        Passage::Paragraph(text) => ("paragraph", 0, text),
        Passage::Item(level, text) => ("item", level, text),
    };
    PassageEntry { kind, level, text }
}

fn due_entry(due: Due) -> DueEntry {
    DueEntry {
        date: due.on,
        form: due.form,
        area: due.area,
        period: due.period.label(),
        clause: due.clause,
        note: due.note,
    }
}
