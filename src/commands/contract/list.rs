//! `quarterday contract list`: the contracts there are, with their forms.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::super::{ExitStatus, screen};
use super::{known, workspace};
use crate::contract::toml_errors::DefinitionFault;
use crate::run::definitions::Definition;

#[derive(Serialize)]
struct All {
    format: &'static str,
    contracts: Vec<ContractEntry>,
}

#[derive(Serialize)]
struct ContractEntry {
    /// `null` where the definition cannot be read.
    id: Option<String>,
    title: Option<String>,
    built_in: bool,
    file: String,
    councils: Vec<String>,
    forms: Vec<FormEntry>,
    /// What is wrong with the definition, one text a fault.
    faults: Vec<String>,
}

#[derive(Serialize)]
struct FormEntry {
    id: String,
    title: String,
    every: &'static str,
}

impl ContractEntry {
    fn of(definition: &Definition) -> Self {
        let contract = definition.read.as_ref();
        let known = contract.ok();
        let faults = contract.err().map(|error| error.faults().iter().map(in_a_line).collect());
        Self {
            id: known.map(|own| own.id.clone()),
            title: known.map(|own| own.title.clone()),
            built_in: definition.built_in,
            file: definition.file.clone(),
            councils: known.map(|own| own.councils.clone()).unwrap_or_default(),
            forms: known
                .iter()
                .flat_map(|own| &own.forms)
                .map(|form| FormEntry {
                    id: form.id.clone(),
                    title: form.title.clone(),
                    every: form.every.adverb(),
                })
                .collect(),
            faults: faults.unwrap_or_default(),
        }
    }
}

/// `mine.toml:3:1: unknown key`
fn in_a_line(fault: &DefinitionFault) -> String {
    let help = fault.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{}:{}:{}: {}{help}", fault.file, fault.line, fault.column, fault.message)
}

/// Lists the contracts, built-in and of the workspace in `dir`; for people, or as JSON.
///
/// # Errors
/// The workspace or one of its definitions cannot be read from its file, or two have one id.
pub fn list(dir: Option<&Path>, json: bool) -> Result<ExitStatus> {
    let workspace = workspace(dir)?;
    let known = known(workspace.as_ref())?;
    if json {
        let contracts = known.iter().map(ContractEntry::of).collect();
        screen::json(&All { format: "quarterday.contracts/1", contracts })?;
        let sound = known.iter().all(|own| own.read.is_ok());
        return Ok(if sound { ExitStatus::Fine } else { ExitStatus::NeedsAttention });
    }
    let mut status = ExitStatus::Fine;
    for (index, definition) in known.iter().enumerate() {
        if index > 0 {
            screen::line("");
        }
        match &definition.read {
            Ok(contract) => {
                let whose = if definition.built_in {
                    "built in".to_string()
                } else {
                    format!("the workspace's own, {}", definition.file)
                };
                screen::line(&format!("{}: {}", contract.id, contract.title));
                screen::line(&format!("  {whose}; {}", contract.councils.join(", ")));
                for form in &contract.forms {
                    screen::line(&format!("  {:<20} {:<12} {}", form.id, form.every.adverb(), form.title));
                }
            }
            Err(error) => {
                status = ExitStatus::NeedsAttention;
                let number = error.faults().len();
                let things = if number == 1 { "one thing is wrong" } else { "several things are wrong" };
                screen::line(&format!("{}: cannot be used, {things}", definition.file));
                screen::line("  `quarterday contract check` with the file's name says what.");
            }
        }
    }
    Ok(status)
}
