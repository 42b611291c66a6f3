//! The contracts of a workspace: its own definitions, and the built-in ones where it has none of the same id.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use crate::contract::{self, Contract};
use crate::workspace::{Workspace, files};

/// The definitions by id.
///
/// # Errors
/// A definition is wrong (each fault with file, line and column), or two have one id.
pub fn load(workspace: &Workspace) -> Result<BTreeMap<String, Contract>> {
    let mut contracts = built_in()?;
    let dir = workspace.contracts_dir();
    if !dir.is_dir() {
        return Ok(contracts);
    }
    let mut own: BTreeMap<String, String> = BTreeMap::new();
    for found in files::walk(&dir)? {
        if !found.relative.to_lowercase().ends_with(".toml") {
            continue;
        }
        let text = files::utf8(&found.path, files::read(&found.path)?)?;
        let contract = contract::read(&found.path.display().to_string(), &text)
            .with_context(|| format!("the definition {} is wrong", found.path.display()))?;
        if let Some(other) = own.insert(contract.id.clone(), found.relative.clone()) {
            bail!(
                "two definitions have the id `{}`: {other} and {} in {}; give one of them another id, or remove it",
                contract.id,
                found.relative,
                dir.display()
            );
        }
        contracts.insert(contract.id.clone(), contract);
    }
    Ok(contracts)
}

/// The built-in definitions by id.
///
/// # Errors
/// One of them is wrong.
pub fn built_in() -> Result<BTreeMap<String, Contract>> {
    contract::built_in()
        .into_iter()
        .map(|(id, (file, text))| Ok((id, contract::read(&file, text)?)))
        .collect()
}
