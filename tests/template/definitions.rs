//! Every definition there is, found by listing: the built-in ones, and those of the fixtures.

use std::fs;
use std::path::Path;

use quarterday::contract::{self, Contract};

/// The built-in contracts.
pub fn built_in() -> Vec<Contract> {
    let contracts: Vec<Contract> = contract::built_in()
        .into_values()
        .map(|(file, text)| contract::read(&file, text).unwrap_or_else(|error| panic!("{error}")))
        .collect();
    assert!(!contracts.is_empty());
    contracts
}

/// The contracts of the fixtures; each stands alone, since they resemble those that are shipped.
pub fn fixtures() -> Vec<Contract> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let definitions = paths.iter().filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let contracts: Vec<Contract> = definitions
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            contract::read(&path.display().to_string(), &text).unwrap_or_else(|error| panic!("{error}"))
        })
        .collect();
    assert!(!contracts.is_empty());
    contracts
}
