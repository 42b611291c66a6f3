//! Periods in words, where they stand in tables and on axes. Codes (`2025-11`) are for other programs alone.

use crate::domain::period::{Frequency, Period};

/// For the cells of a table: `November 2025`, `2025-26 Q1`.
pub fn in_table(period: &Period) -> String {
    if period.frequency == Frequency::Month { period.describe() } else { period.label() }
}

/// In two short words, for an axis or a narrow heading: `Nov 2025`, `2025-26 Q1`.
pub fn on_axis(period: &Period) -> String {
    match period.frequency {
        Frequency::Month => period.from.format("%b %Y").to_string(),
        _ => period.label(),
    }
}
