//! What is said of a period, weighed: labels against months, both against the contract's year.

use chrono::{Datelike, Months, NaiveDate};

use super::PeriodReading;
use super::said::{Said, last_of_month};
use super::scan::Element;
use crate::domain::period::{Frequency, Period, long_date};

/// A reading, and whether it rests on little.
#[derive(Debug)]
pub(super) struct Verdict {
    /// The reading.
    pub reading: PeriodReading,
    /// It rests on single dates alone.
    pub only_dates: bool,
    /// It rests on a single year alone.
    pub only_year: bool,
}

/// Weighs the elements of one text.
pub(super) fn resolve(elements: &[Element], year_starts: u32, expected: Option<Frequency>) -> Verdict {
    let mut said = Said::by(elements);
    let unlabelled = said.quarters.is_empty()
        && said.halves.is_empty()
        && said.year_spans.is_empty()
        && said.spans_or_months.is_empty()
        && said.stretches.is_empty()
        && said.months.is_empty()
        && said.ends.is_empty()
        && said.starts.is_empty();
    let only_dates = unlabelled && said.years.is_empty();
    let only_year = unlabelled && !said.years.is_empty();
    let reading = Weighing { year_starts, expected }.read(&mut said).unwrap_or_else(|reading| reading);
    Verdict { reading, only_dates, only_year }
}

/// `Err` carries a reading that ends the weighing early.
type Step<T> = Result<T, PeriodReading>;

struct Weighing {
    year_starts: u32,
    expected: Option<Frequency>,
}

fn contradictory(why: impl Into<String>) -> PeriodReading {
    PeriodReading::Contradictory { why: why.into() }
}

fn ambiguous(candidates: Vec<Period>, why: impl Into<String>) -> PeriodReading {
    PeriodReading::Ambiguous { candidates, why: why.into() }
}

impl Weighing {
    fn read(&self, said: &mut Said) -> Step<PeriodReading> {
        if said.impossible {
            return Err(contradictory(
                "it names a date, span, quarter or half-year that does not exist (dates are day, month, year)",
            ));
        }
        self.settle_years_or_months(said)?;
        for (what, several) in [
            ("quarter", said.quarters.len() > 1),
            ("half-year", said.halves.len() > 1),
            ("year", said.year_spans.len() > 1 || said.years.len() > 1),
            ("month or span of months", said.months.len() > 1),
        ] {
            if several {
                return Err(ambiguous(Vec::new(), format!("it names more than one {what}")));
            }
        }
        self.settle_ends(said)?;
        self.settle_month_numbers(said)?;
        self.settle_months(said)?;
        let reading = match self.stretch(said)? {
            Some(period) => self.with_labels(said, period)?,
            None => self.labels_alone(said)?,
        };
        if let PeriodReading::Found(period) = &reading {
            let ends = said.ends.iter().find(|end| **end != period.to);
            let starts = said.starts.iter().find(|start| **start != period.from);
            if let Some(day) = ends.or(starts) {
                let day = long_date(*day);
                return Err(contradictory(format!(
                    "it names {}, and {day} as its first or last day",
                    period.describe()
                )));
            }
        }
        Ok(reading)
    }

    /// `2011-12` is a year beside a quarter or months; alone it is what is expected.
    fn settle_years_or_months(&self, said: &mut Said) -> Step<()> {
        let Some((year, month)) = said.spans_or_months.pop_first() else { return Ok(()) };
        let beside = !(said.quarters.is_empty()
            && said.halves.is_empty()
            && said.months.is_empty()
            && said.stretches.is_empty()
            && said.ends.is_empty());
        let first = NaiveDate::from_ymd_opt(year, month, 1);
        let as_month = first.and_then(|first| Some((first, last_of_month(first)?)));
        match (beside, self.expected) {
            (false, Some(Frequency::Month)) => said.stretches.extend(as_month),
            (false, expected) if expected != Some(Frequency::Year) => {
                let month = as_month.map(|(first, _)| self.containing(first, Frequency::Month));
                let year = self.year(year).filter(|_| self.year_starts != 1);
                let mut candidates: Vec<Period> = month.into_iter().chain(year).collect();
                candidates.sort();
                return Err(ambiguous(candidates, "it is a year or a month of that year"));
            }
            _ => {
                said.year_spans.insert(year);
            }
        }
        if said.spans_or_months.is_empty() {
            Ok(())
        } else {
            Err(ambiguous(Vec::new(), "it names more than one year or month"))
        }
    }

    /// A first and a last day make a stretch; a last day and a length make the period that ends with it.
    fn settle_ends(&self, said: &mut Said) -> Step<()> {
        if said.ends.len() > 1
            || said.starts.len() > 1
            || said.end_months.len() > 1
            || said.units.len() > 1 && !said.ends.is_empty()
        {
            return Err(ambiguous(Vec::new(), "it names more than one beginning, end or length"));
        }
        let labelled = !said.quarters.is_empty() || !said.halves.is_empty();
        let unit = said.units.first().copied();
        if let (Some(start), Some(end)) = (said.starts.first().copied(), said.ends.first().copied()) {
            if start > end {
                return Err(contradictory("it ends before it starts"));
            }
            said.stretches.insert((start, end));
            return Ok(());
        }
        if let Some(month) = said.end_months.first().copied() {
            let frequency = unit.or(self.expected).unwrap_or(Frequency::Month);
            let first_month = (month + 12 - frequency.months()) % 12 + 1;
            said.months.insert((first_month, month));
        }
        let point = said.ends.first().or(said.starts.first()).copied();
        let Some(day) = point.filter(|_| !labelled && said.stretches.is_empty() && said.months.is_empty())
        else {
            return Ok(());
        };
        let year = (!said.year_spans.is_empty()).then_some(Frequency::Year);
        let Some(frequency) = unit.or(year).or(self.expected) else {
            let candidates = [Frequency::Month, Frequency::Quarter, Frequency::HalfYear, Frequency::Year]
                .into_iter()
                .map(|frequency| self.containing(day, frequency))
                .filter(|period| period.from == day || period.to == day)
                .collect();
            return Err(ambiguous(candidates, "it names one end of a period, not how long it is"));
        };
        let period = self.containing(day, frequency);
        said.stretches.insert((period.from, period.to));
        Ok(())
    }

    /// `Month 3` is March or the third month of the contract's year: a month named beside it decides, else it stays open.
    fn settle_month_numbers(&self, said: &mut Said) -> Step<()> {
        let Some(number) = said.month_numbers.pop_first() else { return Ok(()) };
        if !said.month_numbers.is_empty() {
            return Err(ambiguous(Vec::new(), "it names more than one month"));
        }
        let in_contract = (self.year_starts - 1 + number - 1) % 12 + 1;
        let mut named = said
            .months
            .iter()
            .map(|(first, _)| *first)
            .chain(said.stretches.iter().map(|(from, _)| from.month()))
            .chain(said.dates.iter().map(NaiveDate::month))
            .peekable();
        if named.peek().is_some() {
            return if named.all(|month| month == number || month == in_contract) {
                Ok(())
            } else {
                Err(contradictory(format!("its month is not month {number} of any year")))
            };
        }
        if number == in_contract {
            said.months.insert((number, number));
            return Ok(());
        }
        let year = said.year_spans.first().and_then(|year| self.year(*year));
        let candidates = year.map(|year| year.split(Frequency::Month)).unwrap_or_default();
        let candidates = candidates
            .into_iter()
            .filter(|month| [number, in_contract].contains(&month.from.month()))
            .collect();
        Err(ambiguous(
            candidates,
            format!(
                "month {number} can be {} or, counted from the start of the contract's year, {}",
                month_name(number),
                month_name(in_contract)
            ),
        ))
    }

    /// Gives months without a year the year named beside them.
    fn settle_months(&self, said: &mut Said) -> Step<()> {
        let Some((first, last)) = said.months.first().copied() else { return Ok(()) };
        if !said.stretches.is_empty() {
            let agrees = said.stretches.iter().any(|(from, to)| (from.month(), to.month()) == (first, last));
            return if agrees {
                Ok(())
            } else {
                Err(ambiguous(Vec::new(), "it names more than one month or span of months"))
            };
        }
        let crosses = first > last;
        let from_year = if let Some(year) = said.year_spans.first().copied() {
            self.refuse_span_of_calendar_year(year)?;
            Some(if first >= self.year_starts { year } else { year + 1 })
        } else if let Some(year) = said.years.first().copied() {
            if crosses {
                let candidates =
                    [year - 1, year].iter().filter_map(|year| self.months_from(*year, first, last)).collect();
                return Err(ambiguous(
                    candidates,
                    format!("{year} can be the year of the first month or of the last"),
                ));
            }
            Some(year)
        } else {
            None
        };
        let Some(year) = from_year else { return Err(self.without_year(said, first, last)) };
        let stretch = NaiveDate::from_ymd_opt(year, first, 1)
            .and_then(|from| Some((from, last_of_month(from + Months::new((last + 12 - first) % 12))?)));
        said.stretches.extend(stretch);
        Ok(())
    }

    fn without_year(&self, said: &Said, first: u32, last: u32) -> PeriodReading {
        // `may` and `march` are verbs, too.
        if said.words && first == last && matches!(first, 3 | 5) && said.quarters.is_empty() {
            return PeriodReading::None;
        }
        // Any year shows whether the months are a period of the contract and which.
        let Some(period) = self.months_from(2023, first, last) else {
            return contradictory("its months are no month, quarter, half-year or year of this contract");
        };
        let labelled = [(&said.quarters, Frequency::Quarter), (&said.halves, Frequency::HalfYear)];
        for (numbers, frequency) in labelled {
            let whole = self.containing(period.from, frequency);
            if numbers.iter().any(|number| *number != whole.number()) {
                return contradictory(format!(
                    "its months are not those of the {} it names",
                    word(frequency)
                ));
            }
        }
        PeriodReading::Incomplete {
            frequency: period.frequency,
            first_month: first,
            why: format!("it names a {} without its year", word(period.frequency)),
        }
    }

    /// The period the stretch of days is; `None` when no days are named.
    fn stretch(&self, said: &Said) -> Step<Option<Period>> {
        let mut periods = Vec::new();
        for (from, to) in &said.stretches {
            match self.exactly(*from, *to) {
                Some(period) => periods.push(period),
                None => {
                    return Err(contradictory(format!(
                        "{} to {} is no month, quarter, half-year or year of this contract, whose years start in {}",
                        long_date(*from),
                        long_date(*to),
                        month_name(self.year_starts)
                    )));
                }
            }
        }
        match periods.as_slice() {
            [] => Ok(None),
            [period] => Ok(Some(*period)),
            several => {
                let nested = several.iter().any(|outer| several.iter().all(|inner| outer.covers(inner)));
                let fitting: Vec<&Period> =
                    several.iter().filter(|period| Some(period.frequency) == self.expected).collect();
                match fitting.as_slice() {
                    [period] if nested => Ok(Some(**period)),
                    _ => Err(ambiguous(periods, "it names more than one period")),
                }
            }
        }
    }

    /// Months or dates decide; quarter, half-year and year beside them must agree.
    fn with_labels(&self, said: &Said, period: Period) -> Step<PeriodReading> {
        let start = self.containing(period.from, Frequency::Year).from.year();
        if let Some(year) = said.year_spans.first().copied() {
            let calendar_year = self.year_starts == 1 && (year..=year + 1).contains(&period.from.year());
            if start != year && !calendar_year {
                return Err(contradictory(format!(
                    "{} does not lie in the contract's year {}",
                    period.describe(),
                    span(year)
                )));
            }
        }
        if let Some(year) = said.years.first().copied()
            && !(period.from.year()..=period.to.year()).contains(&year)
            && !(start..=start + 1).contains(&year)
        {
            return Err(contradictory(format!("{} does not lie in {year}", period.describe())));
        }
        let Some(label) = self.part_of_year(said, start)? else { return Ok(PeriodReading::Found(period)) };
        if label == period {
            return Ok(PeriodReading::Found(period));
        }
        if !label.covers(&period) && !period.covers(&label) {
            return Err(contradictory(format!(
                "in this contract its label is {}, its months are {}",
                label.describe(),
                period.describe()
            )));
        }
        let mut candidates = vec![label, period];
        candidates.sort();
        match candidates.iter().find(|candidate| Some(candidate.frequency) == self.expected) {
            Some(candidate) => Ok(PeriodReading::Found(*candidate)),
            None => Err(ambiguous(candidates, "it names a period and a part of it")),
        }
    }

    fn labels_alone(&self, said: &Said) -> Step<PeriodReading> {
        let numbered = said.quarters.first().map(|number| (Frequency::Quarter, *number));
        let numbered = numbered.or(said.halves.first().map(|number| (Frequency::HalfYear, *number)));
        if let Some(year) = said.year_spans.first().copied() {
            self.refuse_span_of_calendar_year(year)?;
            if said.years.iter().any(|single| !(year..=year + 1).contains(single)) {
                return Err(contradictory(format!("it names {} and another year", span(year))));
            }
            if let (None, Some(year)) = (numbered, self.year(year)) {
                self.refuse_length_alone(said, &[year])?;
            }
            let part = self.part_of_year(said, year)?.or(self.year(year));
            return Ok(part.map_or(PeriodReading::None, PeriodReading::Found));
        }
        if let Some(year) = said.years.first().copied() {
            let candidates: Vec<Period> =
                if self.year_starts == 1 { vec![year] } else { vec![year - 1, year] }
                    .into_iter()
                    .filter_map(|start| {
                        self.part_of_year(said, start).transpose().or(self.year(start).map(Ok))
                    })
                    .collect::<Step<_>>()?;
            if numbered.is_none() {
                self.refuse_length_alone(said, &candidates)?;
            }
            return match candidates.as_slice() {
                [period] => Ok(PeriodReading::Found(*period)),
                _ => Err(ambiguous(
                    candidates,
                    format!("{year} can be the contract's year {} or {}", span(year - 1), span(year)),
                )),
            };
        }
        if let Some((frequency, number)) = numbered {
            return Ok(PeriodReading::Incomplete {
                frequency,
                first_month: (self.year_starts - 1 + (number - 1) * frequency.months()) % 12 + 1,
                why: format!("it names a {} without its year", word(frequency)),
            });
        }
        let mut months: Vec<Period> =
            said.dates.iter().map(|date| self.containing(*date, Frequency::Month)).collect();
        months.dedup();
        match months.as_slice() {
            [] => Ok(PeriodReading::None),
            // `Due 14 December` is no period.
            _ if said.words => Ok(PeriodReading::None),
            [month] => Ok(PeriodReading::Found(*month)),
            _ => Err(ambiguous(months, "its dates lie in more than one month")),
        }
    }

    /// `Quarter 2025-26` is not the year, and does not say which of its quarters it is.
    fn refuse_length_alone(&self, said: &Said, years: &[Period]) -> Step<()> {
        match said.units.first().copied().filter(|unit| *unit != Frequency::Year) {
            Some(unit) => {
                let candidates = years.iter().flat_map(|year| year.split(unit)).collect();
                Err(ambiguous(candidates, format!("it does not say which {} of the year it is", word(unit))))
            }
            None => Ok(()),
        }
    }

    /// The quarter or half-year named, in the contract year that starts in calendar year `start`.
    fn part_of_year(&self, said: &Said, start: i32) -> Step<Option<Period>> {
        let part = |frequency: Frequency, number: u32| {
            let first = NaiveDate::from_ymd_opt(start, self.year_starts, 1)?;
            Some(self.containing(first + Months::new((number - 1) * frequency.months()), frequency))
        };
        let quarter = said.quarters.first().and_then(|number| part(Frequency::Quarter, *number));
        let half = said.halves.first().and_then(|number| part(Frequency::HalfYear, *number));
        match (quarter, half) {
            (Some(quarter), Some(half)) if !half.covers(&quarter) => {
                Err(contradictory("its quarter does not lie in its half-year"))
            }
            (quarter, half) => Ok(quarter.or(half)),
        }
    }

    fn refuse_span_of_calendar_year(&self, year: i32) -> Step<()> {
        if self.year_starts == 1 {
            return Err(contradictory(format!(
                "{} is no year of this contract, whose years start in January",
                span(year)
            )));
        }
        Ok(())
    }

    fn containing(&self, day: NaiveDate, frequency: Frequency) -> Period {
        Period::containing(day, frequency, self.year_starts)
    }

    fn year(&self, start: i32) -> Option<Period> {
        NaiveDate::from_ymd_opt(start, self.year_starts, 1)
            .map(|first| self.containing(first, Frequency::Year))
    }

    /// The contract's period from the first to the last month named, starting in `year`.
    fn months_from(&self, year: i32, first: u32, last: u32) -> Option<Period> {
        let from = NaiveDate::from_ymd_opt(year, first, 1)?;
        self.exactly(from, last_of_month(from + Months::new((last + 12 - first) % 12))?)
    }

    /// The contract's period of exactly these days.
    fn exactly(&self, from: NaiveDate, to: NaiveDate) -> Option<Period> {
        [Frequency::Month, Frequency::Quarter, Frequency::HalfYear, Frequency::Year]
            .into_iter()
            .map(|frequency| self.containing(from, frequency))
            .find(|period| period.from == from && period.to == to)
    }
}

fn span(year: i32) -> String {
    format!("{year}-{:02}", (year + 1).rem_euclid(100))
}

fn word(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Month => "month",
        Frequency::Quarter => "quarter",
        Frequency::HalfYear => "half-year",
        Frequency::Year => "year",
    }
}

fn month_name(month: u32) -> String {
    NaiveDate::from_ymd_opt(2023, month, 1).map(|day| day.format("%B").to_string()).unwrap_or_default()
}
