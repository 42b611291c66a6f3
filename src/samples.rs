//! The shipped samples: workspaces as an officer would have them, faults included, embedded whole.

use chrono::NaiveDate;
use include_dir::{Dir, include_dir};

static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/samples/workspaces");

/// File of a sample that gives the demo's as-of date; not laid out.
const AS_OF_FILE: &str = "as-of.txt";

/// A sample workspace.
#[derive(Debug)]
pub struct Sample {
    /// Name of its folder.
    pub name: &'static str,
    /// The day as of which the demo runs.
    pub as_of: NaiveDate,
    dir: &'static Dir<'static>,
}

/// A file of a sample.
#[derive(Debug)]
pub struct SampleFile {
    /// Path below the workspace.
    pub path: &'static str,
    /// Content.
    pub bytes: &'static [u8],
}

/// Every sample, in order of name.
pub fn all() -> Vec<Sample> {
    let mut samples: Vec<Sample> = SAMPLES
        .dirs()
        .filter_map(|dir| {
            let name = dir.path().file_name()?.to_str()?;
            let as_of = dir.get_file(dir.path().join(AS_OF_FILE))?.contents_utf8()?.trim().parse().ok()?;
            Some(Sample { name, as_of, dir })
        })
        .collect();
    samples.sort_by_key(|sample| sample.name);
    samples
}

impl Sample {
    /// Its files, in order of path.
    pub fn files(&self) -> Vec<SampleFile> {
        let mut files = Vec::new();
        collect(self.dir, self.dir, &mut files);
        files.sort_by_key(|file| file.path);
        files
    }
}

fn collect(root: &'static Dir<'static>, dir: &'static Dir<'static>, files: &mut Vec<SampleFile>) {
    for file in dir.files() {
        if let Ok(path) = file.path().strip_prefix(root.path())
            && let Some(path) = path.to_str()
            && path != AS_OF_FILE
        {
            files.push(SampleFile { path, bytes: file.contents() });
        }
    }
    for sub in dir.dirs() {
        collect(root, sub, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_has_returns_a_register_and_a_date() {
        let samples = all();
        assert!(!samples.is_empty());
        assert_eq!(samples.len(), SAMPLES.dirs().count());
        for sample in samples {
            let files = sample.files();
            assert!(files.iter().any(|file| file.path == "register.xlsx"), "{}", sample.name);
            assert!(files.iter().any(|file| file.path.starts_with("returns")), "{}", sample.name);
        }
    }
}
