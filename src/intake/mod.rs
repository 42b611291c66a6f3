//! intake

pub mod answers;
