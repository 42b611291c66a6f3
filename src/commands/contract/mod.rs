//! `quarterday contract`: which contracts there are, what a lawyer would find in them, and what they say in plain English.

mod check;
mod explain;
mod list;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::{ExitStatus, surroundings};
use crate::cli::ContractCommand;
use crate::contract::Contract;
use crate::domain::text::{fold, nearest};
use crate::run::definitions::{self, Definition};
use crate::workspace::Workspace;
use crate::workspace::nearby::{Wanted, did_you_mean};

/// Runs one of its subcommands.
///
/// # Errors
/// A contract is not known, or a file or the workspace cannot be read.
pub fn contract(command: ContractCommand) -> Result<ExitStatus> {
    match command {
        ContractCommand::List { dir, json } => list::list(dir.as_deref(), json),
        ContractCommand::Check { contracts, dir, json } => check::check(&contracts, dir.as_deref(), json),
        ContractCommand::Explain { contract, dir, json, as_of } => {
            explain::explain(&contract, dir.as_deref(), as_of, json)
        }
    }
}

/// The workspace in `dir`, which must be there; where none is named, the current folder if it is one.
fn workspace(dir: Option<&Path>) -> Result<Option<Workspace>> {
    let Some(dir) = dir else { return surroundings::workspace(None) };
    if !dir.exists() {
        bail!(
            "the folder {} does not exist; {}",
            dir.display(),
            did_you_mean(
                dir,
                Wanted::Folder,
                "check the spelling, or leave it out for the built-in contracts"
            )
        );
    }
    Workspace::at(dir).map(Some)
}

/// The definition that `name` names: a file where it ends in `.toml`, else an id among `known`.
fn find(name: &str, known: &[Definition]) -> Result<Definition> {
    if name.to_lowercase().ends_with(".toml") {
        let path = PathBuf::from(name);
        if !path.exists() {
            bail!(
                "the file {name} does not exist; {}",
                did_you_mean(&path, Wanted::File, "for a contract that is known give its id alone")
            );
        }
        return Definition::in_file(&path);
    }
    let wanted = fold(name);
    let contracts = || known.iter().filter_map(|definition| definition.read.as_ref().ok());
    if let Some(found) = known.iter().find(|definition| is_called(definition, &wanted)) {
        return Ok(found.clone());
    }
    let ids: Vec<&str> = contracts().map(|contract: &Contract| contract.id.as_str()).collect();
    let near =
        nearest(name, ids.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    bail!(
        "there is no contract `{name}`; {near}known contracts: {}. A file is named with its ending, .toml; a workspace's own contracts \
         with --dir",
        ids.join(", ")
    )
}

/// Whether the definition has this id.
fn is_called(definition: &Definition, id: &str) -> bool {
    definition.read.as_ref().is_ok_and(|contract| contract.id == id)
}

/// Every definition known: built-in, and the workspace's own.
fn known(workspace: Option<&Workspace>) -> Result<Vec<Definition>> {
    definitions::all(workspace)
}
