//! A contract's results under a changed definition, held against those under the one in force. Writes nothing.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::definitions::Definition;
use super::look::look;
use super::{Progress, Request, own_pages};
use crate::domain::text::nearest;
use crate::output::{pages, replay_json};
use crate::readers::Readers;
use crate::review::replay::Replay;
use crate::reviewing::replay::{Under, replay as compare};
use crate::workspace::Workspace;

/// Looks at the workspace in `dir` twice, under the definitions in force and with `definition` in the place of the one of its id,
/// and compares.
///
/// # Errors
/// The definition is wrong; no provider of the workspace has a contract of its id (the nearest is named); or see
/// [`look`], under either definition.
pub fn replay(
    dir: &Path,
    request: Request,
    definition: &Definition,
    readers: &Readers,
    progress: &dyn Fn(Progress<'_>),
) -> Result<Replay> {
    let changed = definition.read.clone()?;
    let before = look(dir, request, None, readers, progress)?;
    let in_use: BTreeSet<&str> = before.records.keys().map(|(contract, _)| contract.as_str()).collect();
    let Some(in_force) = before.contracts.get(&changed.id).filter(|own| in_use.contains(own.id.as_str()))
    else {
        let near = nearest(&changed.id, in_use.iter().copied());
        let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let known: Vec<&str> = in_use.iter().copied().collect();
        let known = if known.is_empty() { "none".to_string() } else { known.join(", ") };
        bail!(
            "{} is a definition of `{}`, and the register lists no provider under that contract; {near}contracts with providers: {known}",
            definition.file,
            changed.id
        );
    };
    let after = look(dir, request, Some(changed.clone()), readers, progress)
        .with_context(|| format!("under the definition {} the workspace cannot be read", definition.file))?;
    let file = Path::new(&definition.file).file_name();
    let file = file.map_or_else(|| definition.file.clone(), |name| name.to_string_lossy().into_owned());
    Ok(compare(
        Under { contract: in_force, results: &before.results, notes: &before.notes },
        Under { contract: &changed, results: &after.results, notes: &after.notes },
        &file,
    ))
}

/// The comparison as a page that stands alone, in the look of the workspace in `dir`.
///
/// # Errors
/// The settings or a template is at fault.
pub fn page(dir: &Path, replay: &Replay) -> Result<String> {
    pages::replay_page(&own_pages::pages(&Workspace::open(dir)?)?, replay)
}

/// The comparison for other programs; see [`replay_json`].
///
/// # Errors
/// The values cannot be written as JSON.
pub fn json(replay: &Replay) -> Result<Vec<u8>> {
    replay_json::replay_json(replay)
}
