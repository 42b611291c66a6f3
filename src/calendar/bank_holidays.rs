//! Bank holidays in England and Wales: a sourced table, continued by rule outside its years.
//!
//! The table is `templates/calendars/england-and-wales.toml`. The rule is the Banking and Financial Dealings Act
//! 1971 with the usual substitute days; it cannot know days proclaimed once only, which is why a date it decided is
//! marked by [`BankHolidays::is_beyond_table`].

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;

const TABLE: &str = include_str!("../../templates/calendars/england-and-wales.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    holidays: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    date: NaiveDate,
    name: String,
}

/// The bank holidays of England and Wales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankHolidays {
    listed: BTreeMap<NaiveDate, String>,
    extra: BTreeMap<NaiveDate, String>,
    first_year: i32,
    last_year: i32,
}

impl BankHolidays {
    /// The built-in table, with `extra` days (date and name) that were proclaimed since it was compiled.
    ///
    /// # Errors
    /// When the built-in table cannot be read or lists a day twice.
    pub fn england_and_wales(extra: &[(NaiveDate, String)]) -> anyhow::Result<Self> {
        Self::read(TABLE, extra).context("templates/calendars/england-and-wales.toml")
    }

    fn read(table: &str, extra: &[(NaiveDate, String)]) -> anyhow::Result<Self> {
        let table: Table = toml::from_str(table)?;
        let mut listed = BTreeMap::new();
        for row in table.holidays {
            if listed.insert(row.date, row.name).is_some() {
                bail!("{} is listed twice; keep one line for each day", row.date);
            }
        }
        let (Some((first, _)), Some((last, _))) = (listed.first_key_value(), listed.last_key_value()) else {
            bail!("the table lists no holidays");
        };
        let (first_year, last_year) = (first.year(), last.year());
        Ok(Self { listed, extra: extra.iter().cloned().collect(), first_year, last_year })
    }

    /// The name of the bank holiday on `day`, such as `Boxing Day (substitute day)`; `None` when it is none.
    pub fn name_on(&self, day: NaiveDate) -> Option<&str> {
        if let Some(name) = self.extra.get(&day) {
            return Some(name);
        }
        if self.is_beyond_table(day) { by_rule(day) } else { self.listed.get(&day).map(String::as_str) }
    }

    /// Whether `day` is a bank holiday.
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        self.name_on(day).is_some()
    }

    /// Whether `day` lies outside the years of the table, so that its holidays are worked out by rule; whoever
    /// shows a date counted from there says so.
    pub fn is_beyond_table(&self, day: NaiveDate) -> bool {
        !(self.first_year..=self.last_year).contains(&day.year())
    }

    /// The first and the last year the table covers, for the note beside a date that lies beyond it.
    pub fn years(&self) -> (i32, i32) {
        (self.first_year, self.last_year)
    }
}

/// The bank holiday that falls on `day` by rule.
fn by_rule(day: NaiveDate) -> Option<&'static str> {
    holidays_by_rule(day.year()).into_iter().find(|(date, _)| *date == day).map(|(_, name)| name)
}

/// The eight bank holidays of a year by rule, substitute days included, in no particular order. Empty for a year
/// the calendar cannot hold.
fn holidays_by_rule(year: i32) -> Vec<(NaiveDate, &'static str)> {
    let Some(easter) = easter_sunday(year) else { return Vec::new() };
    let new_year = NaiveDate::from_ymd_opt(year, 1, 1).map(|day| match day.weekday() {
        Weekday::Sat => (day + Days::new(2), "New Year's Day (substitute day)"),
        Weekday::Sun => (day + Days::new(1), "New Year's Day (substitute day)"),
        _ => (day, "New Year's Day"),
    });
    // Boxing Day keeps its own Monday when Christmas Day is a Sunday; Christmas Day then moves behind it.
    let christmas = NaiveDate::from_ymd_opt(year, 12, 25).map(|day| match day.weekday() {
        Weekday::Sat | Weekday::Sun => (day + Days::new(2), "Christmas Day (substitute day)"),
        _ => (day, "Christmas Day"),
    });
    let boxing = NaiveDate::from_ymd_opt(year, 12, 26).map(|day| match day.weekday() {
        Weekday::Sat | Weekday::Sun => (day + Days::new(2), "Boxing Day (substitute day)"),
        _ => (day, "Boxing Day"),
    });
    [
        new_year,
        Some((easter - Days::new(2), "Good Friday")),
        Some((easter + Days::new(1), "Easter Monday")),
        first_monday(year, 5).map(|day| (day, "Early May bank holiday")),
        last_monday(year, 5).map(|day| (day, "Spring bank holiday")),
        last_monday(year, 8).map(|day| (day, "Summer bank holiday")),
        christmas,
        boxing,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn first_monday(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 1)
}

fn last_monday(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 5)
        .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 4))
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus (Meeus, Astronomical Algorithms, chapter 8).
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (century + 8).div_euclid(25);
    let epact = (19 * golden + century - century.div_euclid(4) - (century - correction + 1).div_euclid(3)
        + 15)
        .rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * of_century.div_euclid(4) - epact - of_century.rem_euclid(4))
            .rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday).div_euclid(451);
    let from_march = epact + to_sunday - 7 * late + 114;
    let month = u32::try_from(from_march.div_euclid(31)).ok()?;
    let day = u32::try_from(from_march.rem_euclid(31) + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn built_in() -> BankHolidays {
        BankHolidays::england_and_wales(&[]).unwrap()
    }

    #[test]
    fn one_off_days_are_as_proclaimed() {
        let holidays = built_in();
        for (date, name) in [
            (day(2020, 5, 4), None),
            (day(2020, 5, 8), Some("Early May bank holiday (VE day)")),
            (day(2022, 5, 30), None),
            (day(2022, 6, 2), Some("Spring bank holiday")),
            (day(2022, 6, 3), Some("Platinum Jubilee bank holiday")),
            (day(2022, 9, 19), Some("Bank Holiday for the State Funeral of Queen Elizabeth II")),
            (day(2022, 9, 20), None),
            (day(2023, 5, 1), Some("Early May bank holiday")),
            (day(2023, 5, 8), Some("Bank holiday for the coronation of King Charles III")),
            (day(2022, 12, 26), Some("Boxing Day")),
            (day(2022, 12, 27), Some("Christmas Day (substitute day)")),
            (day(2026, 12, 28), Some("Boxing Day (substitute day)")),
            (day(2026, 12, 26), None),
            (day(2028, 1, 3), Some("New Year's Day (substitute day)")),
        ] {
            assert_eq!(holidays.name_on(date), name, "{date}");
            assert_eq!(holidays.is_holiday(date), name.is_some());
        }
    }

    #[test]
    fn the_rule_gives_the_table_but_for_the_days_proclaimed_once() {
        let holidays = built_in();
        let one_offs = [
            (2020, vec![day(2020, 5, 8)], vec![day(2020, 5, 4)]),
            (2022, vec![day(2022, 6, 2), day(2022, 6, 3), day(2022, 9, 19)], vec![day(2022, 5, 30)]),
            (2023, vec![day(2023, 5, 8)], vec![]),
        ];
        assert_eq!((holidays.first_year, holidays.last_year), (2016, 2028));
        for year in 2016..=2028 {
            let mut ruled: BTreeMap<NaiveDate, &str> = holidays_by_rule(year).into_iter().collect();
            let mut listed: BTreeMap<NaiveDate, &str> = holidays
                .listed
                .iter()
                .filter(|(date, _)| date.year() == year)
                .map(|(date, name)| (*date, name.as_str()))
                .collect();
            for (_, added, dropped) in one_offs.iter().filter(|one| one.0 == year) {
                added.iter().for_each(|date| assert!(listed.remove(date).is_some(), "{date}"));
                dropped.iter().for_each(|date| assert!(ruled.remove(date).is_some(), "{date}"));
            }
            assert_eq!(listed, ruled, "{year}");
        }
    }

    #[test]
    fn the_rule_continues_where_the_table_ends() {
        let holidays = built_in();
        assert!(!holidays.is_beyond_table(day(2028, 12, 31)));
        assert!(holidays.is_beyond_table(day(2029, 1, 1)));
        assert!(!holidays.is_beyond_table(day(2016, 1, 1)));
        assert!(holidays.is_beyond_table(day(2015, 12, 31)));
        assert_eq!(holidays.years(), (2016, 2028));
        assert_eq!(holidays.name_on(day(2029, 3, 30)), Some("Good Friday"));
        assert_eq!(holidays.name_on(day(2033, 12, 26)), Some("Boxing Day"));
        assert_eq!(holidays.name_on(day(2033, 12, 27)), Some("Christmas Day (substitute day)"));
        assert_eq!(holidays.name_on(day(2015, 4, 6)), Some("Easter Monday"));
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, month, date) in [(1818, 3, 22), (1954, 4, 18), (2000, 4, 23), (2038, 4, 25), (2049, 4, 18)]
        {
            assert_eq!(easter_sunday(year), Some(day(year, month, date)));
        }
    }

    #[test]
    fn days_can_be_added_inside_and_beyond_the_table() {
        let extra =
            [(day(2026, 6, 15), "A proclaimed day".to_string()), (day(2030, 7, 5), "Another".to_string())];
        let holidays = BankHolidays::england_and_wales(&extra).unwrap();
        assert_eq!(holidays.name_on(day(2026, 6, 15)), Some("A proclaimed day"));
        assert_eq!(holidays.name_on(day(2030, 7, 5)), Some("Another"));
        assert_eq!(holidays.years(), (2016, 2028));
    }

    #[test]
    fn a_wrong_table_is_refused_with_the_reason() {
        for (table, said) in [
            ("holidays = []", "lists no holidays"),
            ("holidays = [{ date = \"2026-01-01\", nmae = \"x\" }]", "unknown field `nmae`"),
            ("holidays = [{ date = \"2026-13-01\", name = \"x\" }]", "out of range"),
            (
                "holidays = [{ date = \"2026-01-01\", name = \"x\" }, { date = \"2026-01-01\", name = \"y\" }]",
                "2026-01-01 is listed twice",
            ),
        ] {
            let error = BankHolidays::read(table, &[]).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }

    proptest! {
        #[test]
        fn every_year_has_eight_holidays_on_weekdays(year in 1978i32..2400) {
            let days: BTreeMap<NaiveDate, &str> = holidays_by_rule(year).into_iter().collect();
            prop_assert_eq!(days.len(), 8);
            prop_assert!(days.keys().all(|date| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)));
            prop_assert!(days.keys().all(|date| date.year() == year));
        }
    }
}
