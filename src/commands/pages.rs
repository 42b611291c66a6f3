//! `quarterday pages`: the templates of the pages and the phrases they are worded in.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::surroundings::workspace;
use super::{ExitStatus, screen};
use crate::cli::PagesCommand;
use crate::domain::text::nearest;
use crate::run::own_pages::{self, Own};
use crate::workspace::files;
use crate::workspace::settings::wording;

/// Runs one of its subcommands.
///
/// # Errors
/// A template is not known, a file is there already, or the workspace cannot be read or written.
pub fn pages(command: PagesCommand) -> Result<ExitStatus> {
    match command {
        PagesCommand::List { dir } => list(dir.as_deref()),
        PagesCommand::Write { names, dir } => write(&names, dir.as_deref()),
        PagesCommand::Wording => {
            wording::STANDARD.lines().for_each(screen::line);
            Ok(ExitStatus::Fine)
        }
    }
}

fn list(dir: Option<&Path>) -> Result<ExitStatus> {
    let workspace = workspace(dir)?;
    for known in own_pages::known(workspace.as_ref())? {
        screen::line(&match known.own {
            None => known.name,
            Some(Own::Current) => format!("{:<28} the workspace's own", known.name),
            Some(Own::Older) => {
                format!("{:<28} the workspace's own; the built-in one has changed since", known.name)
            }
        });
    }
    // What is wrong with the workspace's own comes last, where it is seen.
    if let Some(workspace) = &workspace {
        own_pages::pages(workspace)?;
    }
    Ok(ExitStatus::Fine)
}

fn write(names: &[String], dir: Option<&Path>) -> Result<ExitStatus> {
    let workspace = workspace(dir)?
        .context("the current folder is no workspace; name the one to write into with --dir")?;
    let folder = workspace.templates_dir();
    let known = own_pages::known(None)?;
    let mut wanted = Vec::new();
    for name in names {
        let name = name.replace('\\', "/");
        let Some(template) = known.iter().find(|known| known.name == name) else {
            let near = nearest(&name, known.iter().map(|known| known.name.as_str()));
            let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
            bail!("there is no template `{name}`; {near}`quarterday pages list` names them all");
        };
        let path = folder.join(name.split('/').collect::<std::path::PathBuf>());
        if path.exists() {
            bail!("there is a template already: {}; it is left as it is", path.display());
        }
        wanted.push((template, path));
    }
    for (template, path) in wanted {
        if let Some(folder) = path.parent() {
            files::create_dir(folder)?;
        }
        files::write_alone(&path, template.to_start_from.as_bytes())?;
        screen::aside(&format!("Written: {}", path.display()));
    }
    screen::aside(
        "Change what is there; the next run goes by it. Remove a file to go by the built-in one again.",
    );
    Ok(ExitStatus::Fine)
}
