//! The plain words of the field, shared by every stage.
//!
//! Nothing here knows a file format, a contract or the clock.

pub mod answer;
pub mod better;
pub mod called;
pub mod cells;
pub mod colour;
pub mod council_feedback;
pub mod draft;
pub mod escalation;
pub mod finding;
pub mod finding_kinds;
pub mod log;
pub mod look;
pub mod merged;
pub mod number_format;
pub mod observation;
pub mod period;
pub mod place;
pub mod quantity;
pub mod rating;
pub mod rating_band;
pub mod relay;
pub mod reply;
pub mod shared;
pub mod submission;
pub mod text;
pub mod wording;
pub mod workbook;
