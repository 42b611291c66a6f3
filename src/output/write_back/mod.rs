//! The provider's own workbook with colours, notes and one sheet more, and not a byte of anything else moved.

pub mod conditional;
pub mod links;
pub mod macros;
pub mod not_safe;
pub mod package;
pub mod readable;
pub mod refused;
pub mod xml;
