//! `quarterday init`: makes a workspace with a blank register.

use std::path::Path;

use anyhow::{Result, bail};

use super::{ExitStatus, clock, screen};
use crate::contract::Contract;
use crate::domain::text::{fold, nearest};
use crate::run::blank_register::blank_register;
use crate::run::definitions;
use crate::workspace::{Workspace, files, settings};

/// Makes `dir` a workspace for the contracts with these ids. What is there is left alone.
///
/// # Errors
/// There is a register already, a contract is not known, or something cannot be read or written. Nothing is made before all of
/// this is known but what cannot be written.
pub fn init(dir: &Path, ids: &[String]) -> Result<ExitStatus> {
    let workspace = Workspace::at(dir)?;
    let register = workspace.register_path();
    if register.exists() {
        bail!(
            "there is a register already: {}; it is left as it is. For a blank one, name another folder, or move this one away",
            register.display()
        );
    }
    let known = definitions::load(&workspace)?;
    let mut chosen: Vec<&Contract> = Vec::new();
    for id in ids {
        match known.get(&fold(id)) {
            Some(contract) if chosen.iter().any(|other| other.id == contract.id) => {}
            Some(contract) => chosen.push(contract),
            None => {
                let ids = known.keys().map(String::as_str);
                let near = nearest(id, ids.clone())
                    .map(|near| format!("did you mean `{near}`? "))
                    .unwrap_or_default();
                let known = ids.collect::<Vec<_>>().join(", ");
                bail!("there is no contract `{id}`; {near}known contracts: {known}");
            }
        }
    }
    let workbook = blank_register(&chosen, clock::today())?;

    let mut lines = Vec::new();
    let mut made = |path: &Path, new: bool, what: &str| {
        let what = if new { what } else { "there already, left as it is" };
        lines.push(format!("  {}: {what}", path.display()));
    };
    for (folder, what) in [
        (workspace.returns_dir(), "the providers' workbooks go here, in any sub-folders, under any names"),
        (workspace.contracts_dir(), "only for contract definitions of your own"),
    ] {
        let new = !folder.is_dir();
        files::create_dir(&folder)?;
        made(&folder, new, what);
    }
    let path = workspace.settings_path();
    let new = !path.exists();
    if new {
        files::write_alone(&path, settings::BLANK.as_bytes())?;
    }
    made(&path, new, "settings, all of them optional");
    // Last, so that what was cut short can be done again.
    if let Some(folder) = register.parent() {
        files::create_dir(folder)?;
    }
    files::write_alone(&register, &workbook)?;
    made(&register, true, "your records, one sheet a list; each heading has a note");

    screen::aside(&format!("The workspace {} is ready.", dir.display()));
    lines.iter().for_each(|line| screen::aside(line));
    screen::aside("");
    screen::aside(if chosen.len() == 1 { "Contract:" } else { "Contracts:" });
    for contract in &chosen {
        screen::aside(&format!("  {}: {}", contract.id, contract.title));
    }
    screen::aside("");
    screen::aside("What to do next:");
    screen::aside(&format!(
        "  1. Open {} and list your providers on the sheet Providers: the name as it stands in their returns, and the contract.",
        register.display()
    ));
    screen::aside(&format!("  2. Put the providers' workbooks into {}.", workspace.returns_dir().display()));
    screen::aside(&format!("  3. Close the register and run: quarterday run {}", quoted(dir)));
    Ok(ExitStatus::Fine)
}

/// The folder as a command line takes it.
fn quoted(dir: &Path) -> String {
    let shown = dir.display().to_string();
    if shown.contains(' ') { format!("\"{shown}\"") } else { shown }
}
