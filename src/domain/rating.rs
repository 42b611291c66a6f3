//! What a KPI is rated, or why it is not.

use serde::{Deserialize, Serialize};

/// A rating, or the reason there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rating {
    /// Better than the target by the contract's stretch band.
    Stretch,
    /// Target met.
    Green,
    /// Between target and red, where the contract has an amber.
    Amber,
    /// Target missed.
    Red,
    /// The contract sets no target.
    NotRated,
    /// Nothing happened that could be measured: the denominator is zero.
    NoActivity,
    /// Due and not received.
    NoReturn,
    /// Received, but the figure cannot be used.
    Invalid,
}

impl Rating {
    /// Every rating, the best first, then the reasons there is none.
    pub const ALL: [Rating; 8] = [
        Rating::Stretch,
        Rating::Green,
        Rating::Amber,
        Rating::Red,
        Rating::NotRated,
        Rating::NoActivity,
        Rating::NoReturn,
        Rating::Invalid,
    ];

    /// The word as it stands in `results.json`.
    pub fn id(self) -> &'static str {
        match self {
            Rating::Stretch => "stretch",
            Rating::Green => "green",
            Rating::Amber => "amber",
            Rating::Red => "red",
            Rating::NotRated => "not-rated",
            Rating::NoActivity => "no-activity",
            Rating::NoReturn => "no-return",
            Rating::Invalid => "invalid",
        }
    }

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Rating::Stretch => "Stretch",
            Rating::Green => "Green",
            Rating::Amber => "Amber",
            Rating::Red => "Red",
            Rating::NotRated => "Not rated",
            Rating::NoActivity => "No activity",
            Rating::NoReturn => "No return",
            Rating::Invalid => "Invalid",
        }
    }

    /// Whether this is a judgement of performance (stretch, green, amber or red).
    pub fn is_judgement(self) -> bool {
        matches!(self, Rating::Stretch | Rating::Green | Rating::Amber | Rating::Red)
    }
}
