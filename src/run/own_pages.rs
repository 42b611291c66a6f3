//! The pages of a workspace: the built-in templates, the council's own in their place, its look and its wording.

use anyhow::{Context, Result};

use crate::output::pages::{OwnTemplate, Pages, embedded};
use crate::workspace::Workspace;
use crate::workspace::settings::wording;
use crate::workspace::templates;

/// A template that a council can have its own of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its path below the folder of templates, with forward slashes.
    pub name: String,
    /// The built-in text to start one's own from.
    pub to_start_from: String,
    /// The workspace's own, where it has one.
    pub own: Option<Own>,
}

/// A template of the workspace's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// The built-in one is the one it was started from, as far as it says.
    Current,
    /// The built-in one has changed since.
    Older,
}

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

/// The names and texts of the council's own templates.
///
/// # Errors
/// One cannot be read.
pub fn texts(workspace: &Workspace) -> Result<Vec<(String, String)>> {
    let own = templates::read(&workspace.templates_dir())?;
    Ok(own.into_iter().map(|own| (own.name, own.text)).collect())
}

/// The templates and style sheets there are, in order of name.
///
/// # Errors
/// The workspace's own cannot be read.
pub fn known(workspace: Option<&Workspace>) -> Result<Vec<Known>> {
    let own = workspace.map(|workspace| templates::read(&workspace.templates_dir())).transpose()?;
    let own = own.unwrap_or_default();
    let known = embedded().into_iter().map(|template| Known {
        own: own
            .iter()
            .find(|own| own.name == template.name)
            .map(|own| if template.has_changed_since(&own.text) { Own::Older } else { Own::Current }),
        to_start_from: template.to_start_from(),
        name: template.name,
    });
    Ok(known.collect())
}
