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
    /// Months by their number, of the calendar or of the contract's year.
    pub month_numbers: BTreeSet<u32>,
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
            if let Some((other, length)) = span_at(elements, at) {
                said.add_span(point, other);
                at += length;
                continue;
            }
            match at.checked_sub(1).and_then(|before| elements.get(before)) {
                Some(Element::Ending | Element::To) => match point.last() {
                    Some(last) => {
                        said.ends.insert(last);
                    }
                    None => {
                        said.end_months.insert(point.month);
                    }
                },
                Some(Element::Starting) if point.year.is_some() => said.starts.extend(point.first()),
                _ => match (point.first(), point.last()) {
                    (Some(first), Some(_)) if point.day.is_some() => {
                        said.dates.insert(first);
                    }
                    (Some(first), Some(last)) => {
                        said.stretches.insert((first, last));
                    }
                    _ => {
                        said.months.insert((point.month, point.month));
                    }
                },
            }
            at += 1;
        }
        said
    }

    fn add(&mut self, element: Element) {
        match element {
            Element::YearSpan(year) => {
                self.year_spans.insert(year);
            }
            Element::SpanOrMonth { year, month } => {
                self.spans_or_months.insert((year, month));
            }
            Element::Year(year) => {
                self.years.insert(year);
            }
            Element::Quarter(number) => {
                self.quarters.insert(number);
            }
            Element::Half(number) => {
                self.halves.insert(number);
            }
            Element::MonthNumber(number) => {
                self.month_numbers.insert(number);
            }
            Element::Unit(frequency) => {
                self.units.insert(frequency);
            }
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
                    && to.day.is_none_or(|day| NaiveDate::from_ymd_opt(2023, to.month, day + 1).is_none());
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
            (Some(first), Some(last)) if first <= last => {
                self.stretches.insert((first, last));
            }
            _ => self.impossible = true,
        }
    }
}

/// How many elements belong together from `at` on: a whole span, or one.
pub(super) fn length_at(elements: &[Element], at: usize) -> usize {
    span_at(elements, at).map_or(1, |(_, length)| length)
}

/// The other end of the span that starts at `at`, and how many elements it takes.
fn span_at(elements: &[Element], at: usize) -> Option<(Point, usize)> {
    let point = Point::of(*elements.get(at)?)?;
    months_listed(elements, at, point).or_else(|| joined(elements, at, point))
}

/// Two dates or two months with a dash or `to` between, or a date and a month. A dash between date and month may just
/// set them apart, so there the date must be the first or last day of a month.
fn joined(elements: &[Element], at: usize, point: Point) -> Option<(Point, usize)> {
    let other = Point::of(*elements.get(at + 2)?)?;
    let fits = match (elements.get(at + 1)?, point.day, other.day) {
        (Element::To, _, _) => true,
        (Element::Dash, Some(_), Some(_)) | (Element::Dash, None, None) => true,
        (Element::Dash, Some(day), None) => day == 1,
        (Element::Dash, None, Some(_)) => other.last().is_some_and(|day| Some(day) == last_of_month(day)),
        _ => false,
    };
    fits.then_some((other, 3))
}

/// `Sep, Oct, Nov 2025`: months that follow each other, only the last with a year.
fn months_listed(elements: &[Element], at: usize, point: Point) -> Option<(Point, usize)> {
    let (mut last, mut length) = (point, 1);
    while last.day.is_none() && last.year.is_none() {
        let Some(next) = elements.get(at + length).copied().and_then(Point::of) else { break };
        if next.day.is_some() || next.month != last.month % 12 + 1 {
            break;
        }
        last = next;
        length += 1;
    }
    (length > 1).then_some((last, length))
}

#[cfg(test)]
mod tests {
    use super::super::scan::elements;
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn a_span_takes_the_year_it_lacks_from_its_other_end() {
        for (text, from, to) in [
            ("Sep - Nov 2025", day(2025, 9, 1), day(2025, 11, 30)),
            ("Dec - Feb 2026", day(2025, 12, 1), day(2026, 2, 28)),
            ("Dec 2025 - Feb", day(2025, 12, 1), day(2026, 2, 28)),
            ("Dec, Jan, Feb 2024", day(2023, 12, 1), day(2024, 2, 29)),
            ("15 Dec to 14 Jan 2026", day(2025, 12, 15), day(2026, 1, 14)),
            ("15 Jan to 20 Jan 2026", day(2026, 1, 15), day(2026, 1, 20)),
            ("21 Jan to 20 Jan 2026", day(2025, 1, 21), day(2026, 1, 20)),
            ("Sep 2025 - 30 Nov 2025", day(2025, 9, 1), day(2025, 11, 30)),
        ] {
            let said = Said::by(&elements(text));
            assert_eq!(said.stretches.into_iter().collect::<Vec<_>>(), vec![(from, to)], "{text}");
            assert!(!said.impossible && said.dates.is_empty() && said.months.is_empty());
        }
    }

    #[test]
    fn what_is_set_apart_is_no_span() {
        let said = Said::by(&elements("November 2025 - 12 December 2025"));
        assert_eq!(said.stretches.len(), 1);
        assert_eq!(said.dates.first(), Some(&day(2025, 12, 12)));
        assert_eq!(length_at(&elements("Sep, Nov 2025"), 0), 1);
        assert_eq!(length_at(&elements("Sep, Oct, Nov 2025"), 0), 3);
        assert_eq!(length_at(&elements("Q1 2025-26"), 0), 1);
        assert!(Said::by(&elements("Nov 2025 to Sep 2025")).impossible);
        assert!(Said::by(&elements("2 April to 30 September")).impossible);
        assert_eq!(Said::by(&elements("1 April to 30 September")).months.first(), Some(&(4, 9)));
        assert_eq!(Said::by(&elements("1 Dec to 29 Feb")).months.first(), Some(&(12, 2)));
    }
}
