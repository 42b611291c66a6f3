//! The workspace a command stands in, where it may stand in one.

use std::path::Path;

use anyhow::Result;

use crate::workspace::Workspace;

/// The workspace in `dir`; where none is named, the current folder if it is one.
pub fn workspace(dir: Option<&Path>) -> Result<Option<Workspace>> {
    match dir {
        Some(dir) => Workspace::open(dir).map(Some),
        None => {
            let here = Workspace::at(Path::new("."))?;
            Ok((here.returns_dir().is_dir() && here.register_path().is_file()).then_some(here))
        }
    }
}
