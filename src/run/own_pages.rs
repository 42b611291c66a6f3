//! The pages of a workspace: the built-in templates, the council's own in their place, its look and its wording.

use anyhow::{Context, Result};

use crate::output::pages::{OwnTemplate, Pages};
use crate::workspace::Workspace;
use crate::workspace::settings::wording;
use crate::workspace::templates;

/// Everything that makes the pages of `workspace`.
///
/// # Errors
/// A template cannot be read, is at fault, or takes the place of none.
pub fn pages(workspace: &Workspace) -> Result<Pages> {
    let settings = workspace.settings();
    let wording = wording::standard()?.replaced_by(&settings.wording);
    let own = templates::read(&workspace.templates_dir())?
        .into_iter()
        .map(|own| OwnTemplate { name: own.name, file: own.file, text: own.text })
        .collect();
    Pages::new(settings.look.clone(), wording, own).context("the page templates are wrong")
}
