//! A contract for unit tests, which is none that is shipped.

use super::{Contract, read};

/// Its file's name, for messages.
pub const FILE: &str = "advocacy.toml";

/// Its definition.
pub const TEXT: &str = include_str!("../../tests/fixtures/advocacy.toml");

/// The contract.
pub fn advocacy() -> Contract {
    read(FILE, TEXT).unwrap_or_else(|error| panic!("{error}"))
}
