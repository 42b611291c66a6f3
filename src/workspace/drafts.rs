//! The drafts of the last run as they lie below the folder of all that is generated, and the list that names them.

use std::path::Path;

use anyhow::{Result, bail};

use super::{files, issued};
use crate::domain::draft::{DRAFTS_FORMAT, DRAFTS_LIST, Drafts};

/// The list of the last run; `None` where no run has written one.
///
/// # Errors
/// It cannot be read, or is none that this program writes.
pub fn list(out: &Path) -> Result<Option<Drafts>> {
    let path = out.join(DRAFTS_LIST);
    let Some(bytes) = files::read_if_there(&path)? else { return Ok(None) };
    let drafts: Drafts = match serde_json::from_slice(&bytes) {
        Ok(drafts) => drafts,
        Err(error) => bail!(
            "{} is no list of drafts as this program writes it ({error}); run `quarterday run` again",
            path.display()
        ),
    };
    if drafts.format != DRAFTS_FORMAT {
        bail!(
            "{} is of the shape {}, and this program knows {DRAFTS_FORMAT}; run `quarterday run` again with this program",
            path.display(),
            drafts.format
        );
    }
    Ok(Some(drafts))
}

/// A file that the list names by its path below `out`, with forward slashes; `None` when it is gone, or the path leads elsewhere.
///
/// # Errors
/// It is there and cannot be read.
pub fn file(out: &Path, file: &str) -> Result<Option<Vec<u8>>> {
    issued::frozen(out, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_another_program_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(list(dir.path()).unwrap(), None);
        for (text, expected) in [
            ("", "is no list of drafts"),
            ("{}", "is no list of drafts"),
            (
                "{\"format\":\"quarterday.drafts/2\",\"as_of\":\"2026-01-20\",\"drafts\":[]}",
                "quarterday.drafts/2",
            ),
        ] {
            std::fs::write(dir.path().join(DRAFTS_LIST), text).unwrap();
            let refused = list(dir.path()).unwrap_err().to_string();
            assert!(refused.contains(expected) && refused.contains("quarterday run"), "{refused}");
        }
        let text = "{\"format\":\"quarterday.drafts/1\",\"as_of\":\"2026-01-20\",\"drafts\":[]}";
        std::fs::write(dir.path().join(DRAFTS_LIST), text).unwrap();
        assert!(list(dir.path()).unwrap().unwrap().drafts.is_empty());
        assert!(file(dir.path(), "../drafts.json").unwrap().is_none());
        assert!(file(dir.path(), DRAFTS_LIST).unwrap().is_some());
    }
}
