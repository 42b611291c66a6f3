//! A shipped sample in a temporary folder, and the bytes of all that lies in it.

use std::collections::BTreeMap;
use std::path::Path;

use quarterday::samples::Sample;
use tempfile::TempDir;

/// Lays out the shipped sample of that name.
pub fn laid_out(name: &str) -> (TempDir, Sample) {
    let sample = quarterday::samples::all().into_iter().find(|sample| sample.name == name).unwrap();
    let dir = tempfile::tempdir().unwrap();
    for file in sample.files() {
        let path = dir.path().join(file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
    (dir, sample)
}

/// Every file and folder below `dir` by its path, with its bytes; a folder has none.
pub fn contents(dir: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(dir).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                found.insert(name, None);
                folders.push(path);
            } else {
                found.insert(name, Some(std::fs::read(&path).unwrap()));
            }
        }
    }
    found
}
