//! One body a fuzz target: bytes that nobody vouches for go in, and what comes out is held to what must always be true.
//!
//! A body panics where something is not true. `tests/fuzz_cases.rs` of the program replays seeds and kept crashes through
//! the same bodies.

mod definitions;
mod mail;
mod mapping;
mod packages;
mod parts;
mod periods;
mod reading;
mod register;
pub mod sheets;
mod written_back;

pub use definitions::definitions;
pub use mail::mail;
pub use mapping::mapping;
pub use parts::parts;
pub use periods::periods;
pub use reading::reading;
pub use register::register;
pub use written_back::written_back;
