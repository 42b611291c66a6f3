//! The provider's own workbook with colours, notes and one sheet more, and not a byte of anything else moved.

pub mod conditional;
pub mod macros;
pub mod not_safe;
pub mod package;
pub mod xml;
