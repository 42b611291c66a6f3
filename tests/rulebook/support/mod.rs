//! A workspace of the advocacy contract in a temporary folder, and what a run over it says.

pub mod forms;
pub mod said;
#[path = "../../support/mod.rs"]
mod shared;
pub mod workspace;

pub use shared::{book, day};

pub const EAST: &str = "Cheshire East";
pub const WEST: &str = "Cheshire West and Chester";
pub const PROVIDER: &str = "Harbour Advocacy";
pub const CONTRACT: &str = "cheshire-advocacy";
