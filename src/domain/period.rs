//! A month, quarter, half-year or year of a contract.

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// One month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// Twelve months.
    Year,
}

impl Frequency {
    /// Length in months.
    pub fn months(self) -> u32 {
        match self {
            Frequency::Month => 1,
            Frequency::Quarter => 3,
            Frequency::HalfYear => 6,
            Frequency::Year => 12,
        }
    }

    /// `monthly`, `quarterly`, …
    pub fn adverb(self) -> &'static str {
        match self {
            Frequency::Month => "monthly",
            Frequency::Quarter => "quarterly",
            Frequency::HalfYear => "six-monthly",
            Frequency::Year => "annual",
        }
    }
}

/// A period of a contract; both dates are inclusive. Ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day, inclusive.
    pub from: NaiveDate,
    /// Last day, inclusive.
    pub to: NaiveDate,
    /// Its length.
    pub frequency: Frequency,
    /// The month (1 to 12) in which the contract's year starts; decides quarter numbers and labels.
    pub year_starts: u32,
}

impl Period {
    /// The period of the given length that contains `day`, in a contract year starting on the first
    /// of month `year_starts` (1 to 12).
    pub fn containing(day: NaiveDate, frequency: Frequency, year_starts: u32) -> Self {
        let months_in = (day.month() + 12 - year_starts) % 12;
        let first = day.with_day(1).unwrap_or(day) - Months::new(months_in % frequency.months());
        Self::starting(first, frequency, year_starts)
    }

    fn starting(from: NaiveDate, frequency: Frequency, year_starts: u32) -> Self {
        let to = (from + Months::new(frequency.months())).pred_opt().unwrap_or(from);
        Self { from, to, frequency, year_starts }
    }

    /// The period right after this one.
    pub fn next(self) -> Self {
        Self::starting(self.from + Months::new(self.frequency.months()), self.frequency, self.year_starts)
    }

    /// The period right before this one.
    pub fn previous(self) -> Self {
        Self::starting(self.from - Months::new(self.frequency.months()), self.frequency, self.year_starts)
    }

    /// The same period a year earlier.
    pub fn year_before(self) -> Self {
        Self::starting(self.from - Months::new(12), self.frequency, self.year_starts)
    }

    /// Whether `day` lies in the period.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether the whole of `other` lies in this period.
    pub fn covers(&self, other: &Period) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// The periods of the given length that lie in this one, in order.
    pub fn split(&self, frequency: Frequency) -> Vec<Period> {
        let mut parts = Vec::new();
        let mut part = Period::containing(self.from, frequency, self.year_starts);
        while part.to <= self.to {
            parts.push(part);
            part = part.next();
        }
        parts
    }

    /// Number of the period in its contract year, from 1.
    pub fn number(&self) -> u32 {
        (self.from.month() + 12 - self.year_starts) % 12 / self.frequency.months() + 1
    }

    /// `2025-11` for a month, `2025-26 Q1`, `2025-26 H1`, `2025-26`; a year that starts in January is `2025`.
    pub fn label(&self) -> String {
        let start =
            if self.from.month() >= self.year_starts { self.from.year() } else { self.from.year() - 1 };
        let year = if self.year_starts == 1 {
            start.to_string()
        } else {
            format!("{start}-{:02}", (start + 1).rem_euclid(100))
        };
        match self.frequency {
            Frequency::Month => format!("{}-{:02}", self.from.year(), self.from.month()),
            Frequency::Quarter => format!("{year} Q{}", self.number()),
            Frequency::HalfYear => format!("{year} H{}", self.number()),
            Frequency::Year => year,
        }
    }

    /// For people: `November 2025`, or `2025-26 Q1 (September to November 2025)`.
    pub fn describe(&self) -> String {
        if self.frequency == Frequency::Month {
            return self.from.format("%B %Y").to_string();
        }
        let span = if self.from.year() == self.to.year() {
            format!("{} to {}", self.from.format("%B"), self.to.format("%B %Y"))
        } else {
            format!("{} to {}", self.from.format("%B %Y"), self.to.format("%B %Y"))
        };
        format!("{} ({span})", self.label())
    }
}

/// A date as people in England write it: `14 December 2025`.
pub fn long_date(day: NaiveDate) -> String {
    let month = day.month0() as usize;
    match (MONTHS.get(month), day.year()) {
        // Formats are slow to go by, and a log has dates in every row.
        (Some(month), year @ 0..=9999) => format!("{} {month} {year:04}", day.day()),
        _ => day.format("%-d %B %Y").to_string(),
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn labels_follow_the_contract_year() {
        for (date, frequency, year_starts, label, from, to) in [
            (day(2025, 11, 30), Frequency::Quarter, 9, "2025-26 Q1", day(2025, 9, 1), day(2025, 11, 30)),
            (day(2025, 12, 1), Frequency::Quarter, 9, "2025-26 Q2", day(2025, 12, 1), day(2026, 2, 28)),
            (day(2026, 2, 28), Frequency::Quarter, 9, "2025-26 Q2", day(2025, 12, 1), day(2026, 2, 28)),
            (day(2026, 8, 31), Frequency::Quarter, 9, "2025-26 Q4", day(2026, 6, 1), day(2026, 8, 31)),
            (day(2026, 9, 1), Frequency::Year, 9, "2026-27", day(2026, 9, 1), day(2027, 8, 31)),
            (day(2020, 4, 1), Frequency::Quarter, 4, "2020-21 Q1", day(2020, 4, 1), day(2020, 6, 30)),
            (day(2021, 3, 31), Frequency::HalfYear, 4, "2020-21 H2", day(2020, 10, 1), day(2021, 3, 31)),
            (day(2025, 2, 3), Frequency::Quarter, 1, "2025 Q1", day(2025, 1, 1), day(2025, 3, 31)),
            (day(2024, 2, 29), Frequency::Month, 9, "2024-02", day(2024, 2, 1), day(2024, 2, 29)),
            (day(1999, 12, 31), Frequency::Year, 4, "1999-00", day(1999, 4, 1), day(2000, 3, 31)),
        ] {
            let period = Period::containing(date, frequency, year_starts);
            assert_eq!((period.label().as_str(), period.from, period.to), (label, from, to));
        }
    }

    proptest! {
        #[test]
        fn periods_tile_time(offset in 0i64..20000, months in 0usize..4, year_starts in 1u32..=12) {
            let frequency = [Frequency::Month, Frequency::Quarter, Frequency::HalfYear, Frequency::Year][months];
            let date = day(1990, 1, 1) + chrono::Duration::days(offset);
            let period = Period::containing(date, frequency, year_starts);
            prop_assert!(period.contains(date));
            prop_assert_eq!(period.next().from, period.to.succ_opt().unwrap());
            prop_assert_eq!(period.next().previous(), period);
            prop_assert_eq!(period.split(Frequency::Month).len() as u32, frequency.months());
        }
    }
}
