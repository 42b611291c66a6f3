//! What stands at the head of a pack: what the form says of itself.

use crate::domain::place::CellRef;

/// An entry of the head of a form, such as the contract's owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadLine {
    /// What it is called.
    pub title: String,
    /// What stands there; empty where the form leaves it blank.
    pub shown: String,
    /// Where.
    pub place: CellRef,
}
