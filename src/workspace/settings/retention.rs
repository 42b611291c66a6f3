//! The table `[retention]` of the settings: how long what came in and what was issued is kept. Without it nothing is ever listed for
//! disposal; with it nothing is deleted either, only listed.

use chrono::{Days, Months, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::Faults;

/// Longest time that can be asked for, in years.
const LONGEST_YEARS: u32 = 100;
/// What a length of time looks like.
const HELP: &str = "write a number and years, months or days, such as \"6 years\"";

/// How long each kind of file is kept; `None` is kept for good.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Retention {
    /// Returns, counted from the end of the contract with the provider.
    pub returns: Option<Length>,
    /// Returns with lines on single people, counted from the end of the return's period.
    pub client_rows: Option<Length>,
    /// Versions that a later one of the same return has replaced, counted from the end of the return's period.
    pub earlier_versions: Option<Length>,
    /// Files that are no return, counted from the day they were first seen.
    pub unrecognised: Option<Length>,
    /// What was issued, counted from the end of the contract with the provider.
    pub issued: Option<Length>,
}

impl Retention {
    /// Whether nothing is said.
    pub fn is_silent(&self) -> bool {
        *self == Self::default()
    }
}

/// A length of time as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    number: u32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Year,
}

impl Length {
    /// Reads `6 years`, `18 months`, `90 days`; `None` where it is none of these, nothing at all, or longer than a hundred years.
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (number, unit) = (words.next()?.parse::<u32>().ok()?, words.next()?.to_lowercase());
        let (unit, most) = match unit.as_str() {
            "day" | "days" => (Unit::Day, LONGEST_YEARS * 366),
            "month" | "months" => (Unit::Month, LONGEST_YEARS * 12),
            "year" | "years" => (Unit::Year, LONGEST_YEARS),
            _ => return None,
        };
        ((1..=most).contains(&number) && words.next().is_none()).then_some(Self { number, unit })
    }

    /// The last day on which it is kept, counted from `from`: six years from 31 August 2020 is 31 August 2026, and it is due for
    /// disposal on the day after. Where the month is shorter, its last day.
    pub fn kept_until(self, from: NaiveDate) -> NaiveDate {
        let until = match self.unit {
            Unit::Day => from.checked_add_days(Days::new(self.number.into())),
            Unit::Month => from.checked_add_months(Months::new(self.number)),
            Unit::Year => from.checked_add_months(Months::new(self.number * 12)),
        };
        until.unwrap_or(NaiveDate::MAX)
    }

    /// `6 years`.
    pub fn words(self) -> String {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        format!("{} {unit}{}", self.number, if self.number == 1 { "" } else { "s" })
    }
}

#[derive(Debug, Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Written {
    returns: Option<Spanned<String>>,
    client_rows: Option<Spanned<String>>,
    earlier_versions: Option<Spanned<String>>,
    unrecognised: Option<Spanned<String>>,
    issued: Option<Spanned<String>>,
}

/// The table as meant; what is wrong is added to `faults`.
pub(super) fn retention(written: Written, faults: &mut Faults<'_>) -> Retention {
    let mut length = |own: Option<Spanned<String>>| {
        let own = own?;
        let length = Length::read(own.get_ref());
        if length.is_none() {
            faults.add(&own, format!("`{}` is no length of time", own.get_ref().escape_debug()), HELP);
        }
        length
    };
    Retention {
        returns: length(written.returns),
        client_rows: length(written.client_rows),
        earlier_versions: length(written.earlier_versions),
        unrecognised: length(written.unrecognised),
        issued: length(written.issued),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Settings;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_length_is_a_number_and_a_unit() {
        for (text, words) in [
            ("6 years", Some("6 years")),
            ("1 year", Some("1 year")),
            (" 18  Months ", Some("18 months")),
            ("90 days", Some("90 days")),
            ("100 years", Some("100 years")),
            ("101 years", None),
            ("0 years", None),
            ("-1 years", None),
            ("six years", None),
            ("6", None),
            ("6 yrs", None),
            ("6 years and a day", None),
            ("", None),
        ] {
            assert_eq!(Length::read(text).map(Length::words).as_deref(), words, "{text}");
        }
    }

    #[test]
    fn the_last_day_kept_is_that_of_the_same_date() {
        for (from, length, until) in [
            ("2020-08-31", "6 years", "2026-08-31"),
            ("2024-02-29", "1 year", "2025-02-28"),
            ("2024-02-29", "4 years", "2028-02-29"),
            ("2025-08-31", "6 months", "2026-02-28"),
            ("2025-12-31", "1 day", "2026-01-01"),
        ] {
            assert_eq!(Length::read(length).unwrap().kept_until(day(from)), day(until), "{from} {length}");
        }
    }

    #[test]
    fn reads_the_table_and_names_what_is_wrong() {
        let own = Settings::read("[retention]\nreturns = \"6 years\"\nclient-rows = \"2 years\"\n").unwrap();
        assert_eq!(own.retention.returns, Length::read("6 years"));
        assert_eq!(own.retention.client_rows, Length::read("2 years"));
        assert!(own.retention.issued.is_none() && !own.retention.is_silent());
        assert!(Settings::read("").unwrap().retention.is_silent());
        for (text, expected) in [
            ("[retention]\nreturns = \"ages\"", "quarterday.toml:2:11"),
            ("[retention]\nreturns = \"ages\"", "such as \"6 years\""),
            ("[retention]\nreturns = 6", "quarterday.toml:2:"),
            ("[retention]\nretruns = \"6 years\"", "did you mean `returns`"),
            ("[retention]\nclient_rows = \"6 years\"", "did you mean `client-rows`"),
        ] {
            let message = Settings::read(text).unwrap_err().to_string();
            assert!(message.contains(expected), "{text}\n{message}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_is_read_again(text in "\\PC{0,30}", n in 0u32..2000, days in 0i64..40_000) {
            let from = day("1990-01-01") + chrono::Duration::days(days);
            for text in [text, format!("{n} years"), format!("{n} months"), format!("{n} days")] {
                if let Some(own) = Length::read(&text) {
                    prop_assert!(own.kept_until(from) > from);
                    prop_assert_eq!(Length::read(&own.words()), Some(own));
                }
            }
        }
    }
}
