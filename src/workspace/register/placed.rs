//! A value of the register with the cell it stands in, so that whoever finds fault with it can name the cell.

use std::fmt;
use std::ops::Deref;

use crate::domain::place::CellRef;

/// A value and its cell. It reads as the value itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// The cell it stands in.
    pub place: CellRef,
}

impl<T> Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Placed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
