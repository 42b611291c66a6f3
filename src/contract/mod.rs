//! Contract definitions: as written (`written`), then as meant ([`meant`]). The only place that knows TOML.
//!
//! Built-in definitions are a folder of TOML files embedded whole; no contract is known to the code by name.

pub mod across;
pub mod conditions;
pub mod in_english;
pub mod layout;
pub mod meant;
pub mod meeting;
pub mod placed;
pub mod promise;
pub mod rating_rule;
pub mod scrutiny;
pub mod toml_errors;
mod understand;
mod written;

#[cfg(test)]
pub mod fixture;

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

pub use meant::Contract;
use toml_errors::DefinitionError;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/contracts");

/// Reads one definition; `file` is its name for messages.
///
/// # Errors
/// Everything wrong with it, each with file, line and column, and the nearest known name.
pub fn read(file: &str, text: &str) -> Result<Contract, DefinitionError> {
    understand::understand(file, text, toml_errors::read(file, text)?)
}

/// The built-in definitions by id, as file name and text.
pub fn built_in() -> BTreeMap<String, (String, &'static str)> {
    BUILT_IN
        .files()
        .filter_map(|file| {
            let name = file.path().file_name()?.to_str()?;
            let id = name.strip_suffix(".toml")?;
            Some((id.to_string(), (format!("built-in {name}"), file.contents_utf8()?)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_definition_is_sound_and_named_by_its_id() {
        assert!(!built_in().is_empty());
        for (id, (file, text)) in built_in() {
            let contract = read(&file, text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(contract.id, id);
        }
    }

    fn spoilt(old: &str, new: &str) -> String {
        assert!(fixture::TEXT.contains(old), "{old}");
        read(fixture::FILE, &fixture::TEXT.replacen(old, new, 1)).unwrap_err().to_string()
    }

    #[test]
    fn wrong_definitions_are_named_with_place_and_nearest_name() {
        for (old, new, expected) in [
            ("review-every", "reveiw-every", "did you mean `review-every`?"),
            ("at-least = 2", "at-leest = 2", "did you mean `at-least`?"),
            ("\"95%\"", "\"95\"", "needs a target in percent"),
            ("quarterly-kpi/kpis", "quarterly-kpi/kpi", "did you mean `quarterly-kpi/kpis`?"),
            ("in-period = \"received\"", "in-period = \"recieved\"", "did you mean `received`?"),
            (
                "follows = { escalation = \"consistent-failure\"",
                "follows = { escalation = \"consistent-failur\"",
                "did you mean `consistent-failure`?",
            ),
            ("start = 2024-09-01", "start = 10:00:00", "this is no date"),
            (
                "after-form = \"quarterly-kpi\"",
                "after-form = \"quarterly-kpis\"",
                "did you mean `quarterly-kpi`?",
            ),
            ("item = \"carried-forward\"", "item = \"carried-forwards\"", "did you mean `carried-forward`?"),
            ("key = \"kpi\"", "key = \"kpis\"", "has no column `kpis`"),
        ] {
            let message = spoilt(old, new);
            assert!(message.contains(expected), "{old} → {new}:\n{message}");
            assert!(message.contains("advocacy.toml:"), "{message}");
        }
    }
}
