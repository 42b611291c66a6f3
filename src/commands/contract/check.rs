//! `quarterday contract check`: what is wrong with a definition, and what a lawyer would ask about it.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::super::{ExitStatus, screen};
use super::{find, known, workspace};
use crate::contract::Contract;
use crate::contract::scrutiny::{Offered, Remark, Text, Weight, alike, scrutinise};
use crate::contract::toml_errors::DefinitionFault;
use crate::run::definitions::Definition;
use crate::run::working_days;
use crate::workspace::register::choices::{Choice, NoticeKind, NotificationKind};
use crate::workspace::register::lists::{self, ColumnKind, List};

#[derive(Serialize)]
struct All {
    format: &'static str,
    faults: usize,
    notes: usize,
    definitions: Vec<DefinitionEntry>,
}

#[derive(Serialize)]
struct DefinitionEntry {
    file: String,
    /// `null` where the definition cannot be read.
    contract: Option<String>,
    remarks: Vec<RemarkEntry>,
}

#[derive(Serialize)]
struct RemarkEntry {
    /// `fault` or `note`.
    weight: &'static str,
    line: usize,
    column: usize,
    about: Option<String>,
    clause: Option<String>,
    what: String,
    advice: Option<String>,
}

/// Checks the named definitions, or every one that is known, and prints what is found, for people or as JSON.
///
/// # Errors
/// A contract is not known, or a file or the workspace cannot be read.
pub fn check(names: &[String], dir: Option<&Path>, json: bool) -> Result<ExitStatus> {
    let workspace = workspace(dir)?;
    let known = known(workspace.as_ref())?;
    let checked: Vec<Definition> = if names.is_empty() {
        known.clone()
    } else {
        names.iter().map(|name| find(name, &known)).collect::<Result<_>>()?
    };
    let working_days = working_days(workspace.as_ref())?;
    let offered = offered();
    let among = among(&checked, &known);
    let pairs = alike(&among);
    let (mut faults, mut notes) = (0, 0);
    let mut told = Vec::new();
    for definition in &checked {
        let contract = match &definition.read {
            Ok(contract) => contract,
            Err(error) => {
                faults += error.faults().len();
                told.push(DefinitionEntry {
                    file: definition.file.clone(),
                    contract: None,
                    remarks: error.faults().iter().map(fault_entry).collect(),
                });
                if !json {
                    screen::lines(&error.to_string());
                    screen::line("");
                }
                continue;
            }
        };
        let text = Text { file: &definition.file, text: &definition.text, contract };
        let mut remarks = scrutinise(text, &offered, &working_days);
        remarks.extend(pairs.iter().filter(|remark| remark.file == definition.file).cloned());
        remarks.sort_by_key(|remark| (remark.weight, remark.line, remark.column));
        let own = |weight| remarks.iter().filter(|remark| remark.weight == weight).count();
        faults += own(Weight::Fault);
        notes += own(Weight::Note);
        if !json {
            show_all(contract, &definition.file, &remarks);
        }
        told.push(DefinitionEntry {
            file: definition.file.clone(),
            contract: Some(contract.id.clone()),
            remarks: remarks.into_iter().map(remark_entry).collect(),
        });
    }
    let status = if faults == 0 { ExitStatus::Fine } else { ExitStatus::NeedsAttention };
    if json {
        screen::json(&All { format: "quarterday.contract-check/1", faults, notes, definitions: told })?;
        return Ok(status);
    }
    let faults_found = match faults {
        0 => "No faults".to_string(),
        some => number(some, "fault"),
    };
    screen::aside(&format!("{faults_found} and {}.", number(notes, "note")));
    Ok(status)
}

/// Says what was found in a sound definition; where only what needs attention is asked for, its faults alone.
fn show_all(contract: &Contract, file: &str, remarks: &[Remark]) {
    let wanted = |remark: &&Remark| remark.weight == Weight::Fault || !screen::is_quiet();
    let shown: Vec<&Remark> = remarks.iter().filter(wanted).collect();
    if shown.is_empty() && screen::is_quiet() {
        return;
    }
    screen::line(&format!("{}: {} ({file})", contract.id, contract.title));
    if shown.is_empty() {
        screen::line("  Nothing was found.");
    }
    shown.into_iter().for_each(show);
    screen::line("");
}

fn remark_entry(remark: Remark) -> RemarkEntry {
    RemarkEntry {
        weight: remark.weight.word(),
        line: remark.line,
        column: remark.column,
        about: Some(remark.about),
        clause: remark.clause,
        what: remark.what,
        advice: Some(remark.advice),
    }
}

fn fault_entry(fault: &DefinitionFault) -> RemarkEntry {
    RemarkEntry {
        weight: Weight::Fault.word(),
        line: fault.line,
        column: fault.column,
        about: None,
        clause: None,
        what: fault.message.clone(),
        advice: fault.help.clone(),
    }
}

/// The definitions whose forms could come in together: those checked, and those known that they do not take the place of.
fn among<'d>(checked: &'d [Definition], known: &'d [Definition]) -> Vec<Text<'d>> {
    let mut among: Vec<Text<'d>> = Vec::new();
    for definition in checked.iter().chain(known) {
        if let Ok(contract) = &definition.read
            && !among.iter().any(|own| own.contract.id == contract.id)
        {
            among.push(Text { file: &definition.file, text: &definition.text, contract });
        }
    }
    among
}

/// What the register can record.
fn offered() -> Offered {
    let scores = |list: &'static List| -> Vec<&'static str> {
        let numbers = list.columns.iter().filter(|column| matches!(column.kind, ColumnKind::Number));
        numbers.map(|column| column.heading).collect()
    };
    Offered {
        notices: NoticeKind::words(),
        notifications: NotificationKind::words(),
        criteria: scores(&lists::PRIORITIES),
        reviews: scores(&lists::REVIEWS),
    }
}

fn show(remark: &Remark) {
    let clause = remark.clause.as_ref().map(|clause| format!(" (clause {clause})")).unwrap_or_default();
    let place = format!("{}:{}:{}", remark.file, remark.line, remark.column);
    screen::line("");
    screen::line(&format!("  {}: {}{clause}", remark.weight.word(), remark.about));
    screen::line(&format!("    at {place}"));
    screen::wrapped("    ", "    ", &remark.what);
    screen::wrapped("    What to do: ", "      ", &remark.advice);
}

fn number(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    }
}
