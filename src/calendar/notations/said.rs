//! The elements of one text sorted by what they claim: stretches of days, months without a year, labels.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};

use super::scan::Element;
use crate::domain::period::Frequency;

/// Everything one text claims about a period. Sets, since the same thing is often said twice.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Stretches of days, both ends inclusive: months with their year, spans of months or dates.
    pub stretches: BTreeSet<(NaiveDate, NaiveDate)>,
    /// First and last month of spans without a year; equal for a single month.
    pub months: BTreeSet<(u32, u32)>,
    /// Full dates that belong to no span.
    pub dates: BTreeSet<NaiveDate>,
    /// Last days said with `ending`.
    pub ends: BTreeSet<NaiveDate>,
    /// Last months said with `ending`, without a year.
    pub end_months: BTreeSet<u32>,
    /// First days said with `starting`.
    pub starts: BTreeSet<NaiveDate>,
    /// Quarters by number.
    pub quarters: BTreeSet<u32>,
    /// Half-years by number.
    pub halves: BTreeSet<u32>,
    /// Single years.
    pub years: BTreeSet<i32>,
    /// Years over two calendar years, by the first.
    pub year_spans: BTreeSet<i32>,
    /// `2011-12`: a year over two calendar years, or a month.
    pub spans_or_months: BTreeSet<(i32, u32)>,
    /// Lengths said without a number.
    pub units: BTreeSet<Frequency>,
    /// Something that does not exist or runs backwards.
    pub impossible: bool,
    /// There are words that say nothing of periods.
    pub words: bool,
}

/// A point in time at either end of a span.
#[derive(Debug, Clone, Copy)]
struct Point {
    year: Option<i32>,
    month: u32,
    day: Option<u32>,
}

impl Point {
    fn of(element: Element) -> Option<Self> {
        Some(match element {
            Element::Date(date) => {
                Point { year: Some(date.year()), month: date.month(), day: Some(date.day()) }
            }
            Element::DayOfMonth { day, month } => Point { year: None, month, day: Some(day) },
            Element::MonthOfYear { year, month } => Point { year: Some(year), month, day: None },
            Element::Month(month) => Point { year: None, month, day: None },
            _ => return None,
        })
    }

    /// The first day it can mean.
    fn first(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year?, self.month, self.day.unwrap_or(1))
    }

    /// The last day it can mean.
    fn last(self) -> Option<NaiveDate> {
        match self.day {
            Some(day) => NaiveDate::from_ymd_opt(self.year?, self.month, day),
            None => last_of_month(self.first()?),
        }
    }

    /// Month and day for comparing within a year.
    fn in_year(self, without_day: u32) -> (u32, u32) {
        (self.month, self.day.unwrap_or(without_day))
    }
}

/// The last day of the month `day` lies in.
pub(super) fn last_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

impl Said {
    /// Sorts the elements of one text.
    pub fn by(elements: &[Element]) -> Self {
        let mut said = Said::default();
        let mut at = 0;
        while let Some(element) = elements.get(at) {
            let Some(point) = Point::of(*element) else {
                said.add(*element);
                at += 1;
                continue;
            };
            if let Some(other) = joined(elements, at, point) {
                said.add_span(point, other);
                at += 3;
                continue;
            }
            match at.checked_sub(1).and_then(|before| elements.get(before)) {
                Some(Element::Ending | Element::To) => match point.last() {
                    Some(last) => drop(said.ends.insert(last)),
                    None => drop(said.end_months.insert(point.month)),
                },
                Some(Element::Starting) if point.year.is_some() => said.starts.extend(point.first()),
                _ => match (point.first(), point.last()) {
                    (Some(first), Some(_)) if point.day.is_some() => drop(said.dates.insert(first)),
                    (Some(first), Some(last)) => drop(said.stretches.insert((first, last))),
                    _ => drop(said.months.insert((point.month, point.month))),
                },
            }
            at += 1;
        }
        said
    }

    fn add(&mut self, element: Element) {
        match element {
            Element::YearSpan(year) => drop(self.year_spans.insert(year)),
            Element::SpanOrMonth { year, month } => drop(self.spans_or_months.insert((year, month))),
            Element::Year(year) => drop(self.years.insert(year)),
            Element::Quarter(number) => drop(self.quarters.insert(number)),
            Element::Half(number) => drop(self.halves.insert(number)),
            Element::Unit(frequency) => drop(self.units.insert(frequency)),
            Element::Impossible => self.impossible = true,
            Element::Word => self.words = true,
            _ => {}
        }
    }

    /// A span takes the year it lacks at one end from the other; it never runs longer than a year for that.
    fn add_span(&mut self, mut from: Point, mut to: Point) {
        match (from.year, to.year) {
            (None, None) => {
                let whole_months = from.day.is_none_or(|day| day == 1)
                    && to.day.is_none_or(|day| {
                        day >= 28 && NaiveDate::from_ymd_opt(2023, to.month, day + 1).is_none()
                    });
                if whole_months {
                    self.months.insert((from.month, to.month));
                } else {
                    self.impossible = true;
                }
                return;
            }
            (None, Some(year)) => {
                let earlier = from.in_year(1) <= to.in_year(31);
                from.year = Some(if earlier { year } else { year - 1 });
            }
            (Some(year), None) => {
                let later = to.in_year(31) >= from.in_year(1);
                to.year = Some(if later { year } else { year + 1 });
            }
            (Some(_), Some(_)) => {}
        }
        match (from.first(), to.last()) {
            (Some(first), Some(last)) if first <= last => drop(self.stretches.insert((first, last))),
            _ => self.impossible = true,
        }
    }
}

/// The other end of the span that starts at `at`: two dates or two months with a dash or `to` between, or a date and
/// a month with `to` between (a dash there may just set them apart).
fn joined(elements: &[Element], at: usize, point: Point) -> Option<Point> {
    let connector = elements.get(at + 1)?;
    let other = Point::of(*elements.get(at + 2)?)?;
    let alike = point.day.is_some() == other.day.is_some();
    match connector {
        Element::To => Some(other),
        Element::Dash if alike => Some(other),
        _ => None,
    }
}
