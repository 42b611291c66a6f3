//! One file per output, one palette for all of them.

pub mod palette;
