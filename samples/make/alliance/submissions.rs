//! When each form was received, under which name it was sent, and how its period was typed.

use chrono::NaiveDate;

use crate::alliance::dates::due;
use crate::alliance::providers::*;
use crate::dates::{before, day, working_on_or_before};
use crate::random::Random;

/// Quarter of which Windle Court sent a second version: July to September 2025.
pub const RESUBMITTED: (usize, usize) = (WINDLE, 1);
/// Quarter for which nobody wrote down when Windle Court's form came: April to June 2025.
pub const UNPROVEN: (usize, usize) = (WINDLE, 0);
/// Quarter whose form Osprey Wharf sent twice under two names: July to September 2025.
pub const SENT_TWICE: (usize, usize) = (OSPREY, 1);
/// Forms that never came.
const MISSING: [(usize, usize); 5] =
    [(TALLOW, 1), (BRACKENHYTHE, 2), (BRACKENHYTHE, 3), (SALTGATE, 0), (SALTGATE, 1)];

/// Whether a provider sent a form for a quarter; Saltgate Pathways was not there for the first two.
pub fn is_sent(provider: usize, quarter: usize) -> bool {
    !MISSING.contains(&(provider, quarter))
}

/// Date the form of a quarter was received, in its first version.
pub fn received(provider: usize, quarter: usize) -> NaiveDate {
    match (provider, quarter) {
        (TALLOW, 2) => day(2026, 1, 22),
        (QUILLMARK, 0) => day(2025, 7, 18),
        (SALTGATE, 2) => day(2026, 1, 28),
        (LARKSPUR, 1) => due(1),
        _ => {
            let mut random = Random::stream(23, provider as u64, quarter as u64);
            working_on_or_before(before(due(quarter), random.index(9) as u64))
        }
    }
}

/// The date a provider certified, as on its form.
pub fn certified_on(provider: usize) -> NaiveDate {
    match provider {
        LARKSPUR => day(2026, 5, 12),
        NINEFOLD | OSPREY => day(2026, 5, 1),
        TALLOW => day(2026, 5, 28),
        FERNBRAKE => day(2026, 5, 29),
        SALTGATE => day(2026, 6, 4),
        BRACKENHYTHE => day(2026, 5, 22),
        _ => day(2026, 5, 20),
    }
}

/// Date the certification was received.
pub fn certification_received(provider: usize) -> NaiveDate {
    match provider {
        // Sent on the Friday before the early May bank holiday.
        NINEFOLD => day(2026, 5, 5),
        _ => certified_on(provider),
    }
}

/// Label and words for the quarter, as each provider types them.
pub fn quarter_typed(provider: usize, quarter: usize) -> (&'static str, String) {
    let number = quarter + 1;
    let (long, short, years) = [
        (["April", "June"], ["Apr", "Jun"], "2025"),
        (["July", "September"], ["Jul", "Sep"], "2025"),
        (["October", "December"], ["Oct", "Dec"], "2025"),
        (["January", "March"], ["Jan", "Mar"], "2026"),
    ][quarter];
    match provider {
        LARKSPUR => ("Quarter:", format!("2025-26 Q{number}")),
        NINEFOLD => {
            ("Reporting period:", format!("Q{number} 2025/26: {} {years} - {} {years}", short[0], short[1]))
        }
        TALLOW => ("Quarter:", format!("{}-{} {years}", short[0], short[1])),
        QUILLMARK => ("Quarter:", format!("Q{number} 2025-26")),
        OSPREY => ("Quarter:", format!("Quarter {number} 2025/26")),
        FERNBRAKE => ("Period:", format!("Q{number} 2025/26 ({} - {} {years})", short[0], short[1])),
        SALTGATE => ("Quarter:", format!("{} - {} {years}", short[0], short[1])),
        BRACKENHYTHE => ("Quarter:", format!("{} to {} {years}", long[0], long[1])),
        _ => ("Quarter:", format!("2025/26 Q{number}")),
    }
}

/// Label and words for the year, as each provider types them.
pub fn year_typed(provider: usize) -> (&'static str, String) {
    match provider {
        NINEFOLD => ("Reporting period:", "Year ending 31 March 2026".to_string()),
        TALLOW => ("Year:", "2025-26".to_string()),
        OSPREY => ("Year:", "2025/2026".to_string()),
        FERNBRAKE => ("Period:", "1 April 2025 to 31 March 2026".to_string()),
        SALTGATE => ("Year:", "Year to 31 March 2026".to_string()),
        BRACKENHYTHE => ("Year:", "April 2025 - March 2026".to_string()),
        _ => ("Year:", "2025/26".to_string()),
    }
}

/// Path of a quarter's form below the workspace.
pub fn path(provider: usize, quarter: usize) -> String {
    let number = quarter + 1;
    let name = match (provider, quarter) {
        (LARKSPUR, _) => format!("Larkspur Row KPI form Q{number} 2025-26"),
        (NINEFOLD, _) => format!("NFH KPI 2025-26 Q{number}"),
        (TALLOW, _) => {
            let months = ["Apr-Jun 2025", "Jul-Sep 2025", "Oct-Dec 2025", "Jan-Mar 2026"];
            format!("Tallow Lane {}", months[quarter])
        }
        // The file of the quarter before, filled in anew and not renamed.
        (QUILLMARK, 3) => "Quillmark KPI form Q3 2025-26 (2)".to_string(),
        (QUILLMARK, _) => format!("Quillmark KPI form Q{number} 2025-26"),
        (OSPREY, _) => format!("Osprey Wharf Q{number} 2025-26"),
        (FERNBRAKE, _) => format!("Fernbrake_Lodge_Q{number}_2025-26_KPI"),
        (SALTGATE, _) => format!("KPI form Saltgate Q{number} 2025-26"),
        (BRACKENHYTHE, _) => format!("brackenhythe q{number} 2025-26"),
        _ => format!("Windle Court quarterly KPI Q{number} 2025-26"),
    };
    format!("returns/2025-26/Q{number}/{name}.xlsx")
}

/// Path of a certification below the workspace.
pub fn certification_path(provider: usize) -> String {
    let name = match provider {
        LARKSPUR => "Larkspur Row self-certification 2025-26",
        NINEFOLD => "NFH self-certification FINAL",
        TALLOW => "Tallow Lane self cert 2025-26",
        OSPREY => "Osprey Wharf Self-Certification 2025-26",
        FERNBRAKE => "Fernbrake_Lodge_Self_Certification_2025-26",
        SALTGATE => "Saltgate annual self-certification",
        BRACKENHYTHE => "brackenhythe self certification",
        _ => "Windle Court self-certification 2025-26",
    };
    format!("returns/2025-26/Self-certification/{name}.xlsx")
}
