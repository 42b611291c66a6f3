//! The text of a part, walked event by event with the byte range of each, and spliced at those ranges.
//!
//! Nothing is parsed into a tree and written out again: what is not spliced stays as it was, to the byte.

mod escape;
mod scan;
mod splices;

pub use escape::{attribute_value, string_text};
pub use scan::{Element, Open, Scan, Step};
pub use splices::Splices;

/// How a new part begins.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
