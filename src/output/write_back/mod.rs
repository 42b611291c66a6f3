//! The provider's own workbook with colours, notes and one sheet more, and not a byte of anything else moved.

pub mod not_safe;
pub mod notes;
pub mod package;
pub mod xml;
