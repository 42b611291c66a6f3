//! What was sent out of a pack, and what has changed since.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::period::long_date;

/// The newest issue of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The number of the issue, from 1.
    pub number: u32,
    /// The day it was issued, by the clock.
    pub on: NaiveDate,
    /// The day as of which it says everything.
    pub as_of: NaiveDate,
    /// The officer's note.
    pub note: Option<String>,
    /// What has changed since, in sentences.
    pub changed: Vec<String>,
    /// How many of those are figures or ratings.
    pub figures_changed: usize,
    /// The issues before it: number and day.
    pub earlier: Vec<(u32, NaiveDate)>,
    /// Its folder below the workspace, with forward slashes.
    pub folder: String,
}

impl Issued {
    /// `Issued on 20 January 2026 (issue 1).`
    pub fn sentence(&self) -> String {
        format!("Issued on {} (issue {}).", long_date(self.on), self.number)
    }

    /// The same in short, with how much has changed: `Issued 20 January 2026 (issue 1); 2 figures changed since`.
    pub fn remark(&self) -> String {
        let changed = match self.figures_changed {
            0 if self.changed.is_empty() => String::new(),
            0 => "; changed since".to_string(),
            1 => "; 1 figure changed since".to_string(),
            number => format!("; {number} figures changed since"),
        };
        format!("Issued {} (issue {}){changed}", long_date(self.on), self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remark_counts_what_has_changed() {
        let issued = |figures_changed: usize, changed: &[&str]| Issued {
            number: 2,
            on: NaiveDate::from_ymd_opt(2026, 1, 20).unwrap(),
            as_of: NaiveDate::from_ymd_opt(2026, 1, 20).unwrap(),
            note: None,
            changed: changed.iter().map(|words| (*words).to_string()).collect(),
            figures_changed,
            earlier: Vec::new(),
            folder: String::new(),
        };
        for (figures, changed, remark) in [
            (0, &[][..], "Issued 20 January 2026 (issue 2)"),
            (0, &["A return came."][..], "Issued 20 January 2026 (issue 2); changed since"),
            (1, &["KPI 5 …"][..], "Issued 20 January 2026 (issue 2); 1 figure changed since"),
            (2, &["KPI 5 …", "KPI 6 …"][..], "Issued 20 January 2026 (issue 2); 2 figures changed since"),
        ] {
            assert_eq!(issued(figures, changed).remark(), remark);
        }
    }
}
