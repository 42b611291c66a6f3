//! One file per output, one palette for all of them.

pub mod pages;
pub mod palette;
