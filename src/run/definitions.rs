//! The contracts of a workspace: its own definitions, and the built-in ones where it has none of the same id.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::contract::toml_errors::DefinitionError;
use crate::contract::{self, Contract};
use crate::workspace::{Workspace, files};

/// A definition as it stands in its file, sound or not.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The file's name, for messages.
    pub file: String,
    /// Its content.
    pub text: String,
    /// Whether the program brings it along.
    pub built_in: bool,
    /// What it means, or what is wrong with it.
    pub read: Result<Contract, DefinitionError>,
}

impl Definition {
    /// The definition in the file `path`.
    ///
    /// # Errors
    /// The file is missing, cannot be read, or is no text.
    pub fn in_file(path: &Path) -> Result<Self> {
        let text = files::utf8(path, files::read(path)?)?;
        let file = path.display().to_string();
        Ok(Self { read: contract::read(&file, &text), file, text, built_in: false })
    }
}

/// The definitions by id.
///
/// # Errors
/// A definition is wrong (each fault with file, line and column), or two have one id.
pub fn load(workspace: &Workspace) -> Result<BTreeMap<String, Contract>> {
    let mut contracts = built_in()?;
    for definition in own(workspace)? {
        let contract =
            definition.read.with_context(|| format!("the definition {} is wrong", definition.file))?;
        contracts.insert(contract.id.clone(), contract);
    }
    Ok(contracts)
}

/// The workspace's own definitions, in order of file, whether they are sound or not.
///
/// # Errors
/// One cannot be read from its file, or two have one id.
pub fn own(workspace: &Workspace) -> Result<Vec<Definition>> {
    let dir = workspace.contracts_dir();
    let mut definitions = Vec::new();
    if !dir.is_dir() {
        return Ok(definitions);
    }
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for found in files::walk(&dir)? {
        if !found.relative.to_lowercase().ends_with(".toml") {
            continue;
        }
        let definition = Definition::in_file(&found.path)?;
        if let Ok(contract) = &definition.read
            && let Some(other) = seen.insert(contract.id.clone(), found.relative.clone())
        {
            bail!(
                "two definitions have the id `{}`: {other} and {} in {}; give one of them another id, or remove it",
                contract.id,
                found.relative,
                dir.display()
            );
        }
        definitions.push(definition);
    }
    Ok(definitions)
}

/// Every definition there is, in order of id: the built-in ones, and the workspace's own in the place of those of the same id. Those
/// that cannot be read come last.
///
/// # Errors
/// One cannot be read from its file, or two of the workspace have one id.
pub fn all(workspace: Option<&Workspace>) -> Result<Vec<Definition>> {
    let own = workspace.map(self::own).transpose()?.unwrap_or_default();
    let (sound, broken): (Vec<Definition>, Vec<Definition>) =
        own.into_iter().partition(|definition| definition.read.is_ok());
    let mut by_id: BTreeMap<String, Definition> = contract::built_in()
        .into_iter()
        .map(|(id, (file, text))| {
            let read = contract::read(&file, text);
            (id, Definition { file, text: text.to_string(), built_in: true, read })
        })
        .collect();
    for definition in sound {
        if let Ok(contract) = &definition.read {
            by_id.insert(contract.id.clone(), definition);
        }
    }
    Ok(by_id.into_values().chain(broken).collect())
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
