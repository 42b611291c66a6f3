//! Working days, bank holidays, due dates, and the ways people write dates and periods.
//!
//! Nothing here reads the clock; every date is given.

pub mod bank_holidays;
pub mod due;
pub mod notations;
pub mod uk_time;
pub mod working_days;
