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

/// The definition of the contract on support in housing.
pub const SUPPORTED: &str = include_str!("../../tests/fixtures/supported.toml");

/// The contract on support in housing with two areas, a target, and a pack for each area.
pub fn supported_by_area() -> Contract {
    let text = SUPPORTED
        .replace("[meeting]", "[[areas]]\nname = \"North\"\n\n[[areas]]\nname = \"South\"\naliases = [\"The south\"]\n\n[pack]\nper-area = true\n\n[meeting]")
        .replace("key = \"title\" }", "key = \"title\", area-by = \"column-group\" }")
        .replace("figure = { table = \"quarterly/kpis\"", "rule = { target = { at-least = \"90%\" } }\nfigure = { table = \"quarterly/kpis\"");
    read("supported.toml", &text).unwrap_or_else(|error| panic!("{error}"))
}

/// The same contract whole, with a target of 90% for its spot checks and these conditions.
pub fn supported_with(conditions: &str) -> Contract {
    let rated = "rule = { target = { at-least = \"90%\" } }\nfigure = { table = \"quarterly/kpis\"";
    let text = SUPPORTED.replace("figure = { table = \"quarterly/kpis\"", rated);
    read("supported.toml", &format!("{text}\n{conditions}")).unwrap_or_else(|error| panic!("{error}"))
}

/// A contract without targets: promises beside what is reported, an agenda filled from the return, an annual review.
pub fn supported() -> Contract {
    read("supported.toml", SUPPORTED).unwrap_or_else(|error| panic!("{error}"))
}
