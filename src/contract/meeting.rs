//! What a definition says of the meeting itself: who comes, and how its minutes are agreed. Written and meant alike.

use serde::Deserialize;

/// Somebody who comes to the meeting, by role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Attendee {
    /// The role, never a name.
    pub role: String,
    /// Whose side it is.
    pub of: Side,
    /// Clause.
    pub clause: String,
}

/// A side of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The council, or the councils together.
    Council,
    /// The provider; in contract reviews the contract reviewed.
    Provider,
}

/// How long the provider has to approve the minutes; silence is agreement.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Minutes {
    /// Clause.
    pub clause: String,
    /// Working days from the day the draft was sent.
    pub working_days: u32,
    /// Working days from the meeting within which the draft is sent, where the contract says.
    pub send_within_working_days: Option<u32>,
}
