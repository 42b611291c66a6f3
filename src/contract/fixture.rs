//! Contracts for unit tests, none of which is shipped.

use super::{Contract, read};

/// The file's name of the advocacy contract, for messages.
pub const FILE: &str = "advocacy.toml";

/// The definition of the advocacy contract.
pub const TEXT: &str = include_str!("../../tests/fixtures/advocacy.toml");

/// A contract with monthly information, quarterly KPIs, and two councils as its areas.
pub fn advocacy() -> Contract {
    read(FILE, TEXT).unwrap_or_else(|error| panic!("{error}"))
}

/// A contract with many providers: certification with evidence, notifications, priorities and a report.
pub fn accommodation() -> Contract {
    let text = include_str!("../../tests/fixtures/accommodation.toml");
    read("accommodation.toml", text).unwrap_or_else(|error| panic!("{error}"))
}
