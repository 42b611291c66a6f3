//! When each return was made and received, and under which name it was sent.

use chrono::NaiveDate;

use crate::advocacy::cases::Council;
use crate::advocacy::dates::{due, month_start, quarter_label, year_label};
use crate::dates::{before, day, working_on_or_before};
use crate::random::Random;

/// April 2026, for which no return came.
pub const MISSING_MONTH: usize = 19;
/// December 2024, for which the due date was extended.
pub const EXTENDED_MONTH: usize = 3;
/// February 2025, returned late.
pub const LATE_MONTH: usize = 5;
/// March 2025, whose date of receipt nobody wrote down.
pub const UNPROVEN_MONTH: usize = 6;
/// December 2025, sent again.
pub const RESUBMITTED_MONTH: usize = 15;
/// July 2026, replaced under the same name.
pub const OVERWRITTEN_MONTH: usize = 22;
/// The quarter whose KPI return came late: December 2025 to February 2026.
pub const LATE_KPI_QUARTER: usize = 5;
/// The quarter of the late and of the incomplete narrative, and of the KPI return corrected twice: March to May 2026.
pub const CORRECTED_QUARTER: usize = 6;
/// The quarter whose Cheshire East narrative has no date of receipt: March to May 2025.
pub const UNPROVEN_NARRATIVE_QUARTER: usize = 2;

/// Date the return of a month was received; the first version of it.
pub fn monthly_received(month: usize) -> NaiveDate {
    match month {
        EXTENDED_MONTH => day(2025, 1, 20),
        LATE_MONTH => day(2025, 3, 18),
        RESUBMITTED_MONTH => day(2026, 1, 13),
        OVERWRITTEN_MONTH => day(2026, 8, 12),
        _ => in_time(month, month as u64),
    }
}

/// Date the KPI return of a quarter was received; the first version of it.
pub fn kpi_received(quarter: usize) -> NaiveDate {
    match quarter {
        LATE_KPI_QUARTER => day(2026, 3, 19),
        CORRECTED_QUARTER => day(2026, 6, 11),
        _ => in_time(quarter * 3 + 2, 40 + quarter as u64),
    }
}

/// Date the narrative of a quarter was received.
pub fn narrative_received(quarter: usize, council: Council) -> NaiveDate {
    match (quarter, council) {
        (CORRECTED_QUARTER, Council::West) => day(2026, 6, 16),
        _ => in_time(quarter * 3 + 2, 60 + 10 * council.index() as u64 + quarter as u64),
    }
}

/// A working day in the last days up to the 14th after month `month`.
fn in_time(month: usize, item: u64) -> NaiveDate {
    let mut random = Random::stream(8, item, 0);
    working_on_or_before(before(due(month), random.index(4) as u64))
}

/// Path of a month's return below the workspace; the provider's habits change over time.
pub fn monthly_path(month: usize) -> String {
    let date = month_start(month);
    let folder = folder(month / 3);
    match month {
        0..=2 => format!("{folder}/Harbour Advocacy monthly information {}.xlsx", date.format("%B %Y")),
        3..=11 => format!("{folder}/HA_MI_{}.xlsx", date.format("%Y-%m")),
        12..=14 => format!("{folder}/Monthly return {} - Harbour.xlsx", date.format("%b %y")),
        _ => format!("{folder}/HA_MI_{}.xlsx", date.format("%Y-%m")),
    }
}

/// Path of a quarter's KPI return below the workspace.
pub fn kpi_path(quarter: usize) -> String {
    let name = match quarter {
        0 => "Harbour Advocacy KPI return Q1 2024-25.xlsx",
        1 => "HA_KPI_Q2_2024-25.xlsx",
        2 => "KPIs Mar-May 2025 Harbour Advocacy.xlsx",
        3 => "HA_KPI_Q4_2024-25 FINAL.xlsx",
        4 => "HA_KPI_Q1_2025-26.xlsx",
        5 => "HA_KPI_Q2_2025-26.xlsx",
        6 => "HA_KPI_Q3_2025-26.xlsx",
        _ => "HA_KPI_Q4_2025-26.xlsx",
    };
    format!("{}/{name}", folder(quarter))
}

/// Path of a narrative below the workspace.
pub fn narrative_path(quarter: usize, council: Council) -> String {
    let council = match council {
        Council::East => "East",
        Council::West => "CWaC",
    };
    format!("{}/Narrative Q{} {} {council}.xlsx", folder(quarter), quarter % 4 + 1, year_label(quarter))
}

/// `path` with ` (word)` before the ending.
pub fn marked(path: &str, word: &str) -> String {
    format!("{} ({word}).xlsx", path.trim_end_matches(".xlsx"))
}

/// How the provider writes a quarter.
pub fn quarter_typed(quarter: usize) -> String {
    match quarter {
        0 => "Q1 2024/25: Sep 2024 - Nov 2024".to_string(),
        1 => "Quarter 2 (December 2024 to February 2025)".to_string(),
        4 => "Q1 2025/26: Sep 2025 - Nov 2025".to_string(),
        7 => "Q4 2025/26 (Jun - Aug 2026)".to_string(),
        _ => quarter_label(quarter),
    }
}

fn folder(quarter: usize) -> String {
    format!("returns/{}/Q{}", year_label(quarter), quarter % 4 + 1)
}
