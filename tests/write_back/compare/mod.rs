//! Holds a coloured copy against its original: part by part, every difference that may be is declared in `permitted`.

mod difference;
mod looks;
mod notes;
mod permitted;
mod values;
mod whole;

pub use whole::{Comparison, compare};
