//! Layout drift that is told from one return alone: formulas typed over, another template, another council's form. Headings, rows
//! and sheets that have moved or changed their names are reported where they are found.

pub mod formulas;
pub(super) mod version;
pub(super) mod whose;
