//! What a watch decides, without a file, a clock or a screen: which files have settled, when a run is due, who is woken when, and what
//! came in.

pub mod bell;
pub mod settling;
#[cfg(test)]
mod settling_properties;
#[cfg(test)]
mod settling_tests;
pub mod takes;
