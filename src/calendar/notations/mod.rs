//! How people write dates and periods: the one parser for cells, headings, sheet names and file names.
//!
//! Dates are read in UK order and quarters by the contract's own year. What is not certain is not guessed: a quarter
//! without a year, months that are no period of the contract, a label that contradicts its dates each come back as
//! what they are. Text is cut into tokens (`tokens`), gathered into elements (`scan`), sorted by what they
//! claim (`said`), then weighed (`resolve`).

mod dates;
mod resolve;
mod said;
mod scan;
mod tokens;

pub use dates::parse_date;

use chrono::Datelike;

use crate::domain::period::{Frequency, Period};
use resolve::{Verdict, resolve};
use scan::{Element, elements};

/// Longer texts are passages, not labels.
const LONGEST_LABEL: usize = 200;
/// As many elements as one mention of a period can have: `Q1 2025-26: 1 September 2025 to 30 November 2025` has six.
const LONGEST_MENTION: usize = 12;

/// What a text says of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeriodReading {
    /// One period of the contract, for certain.
    Found(Period),
    /// A period without its year, such as `JAN` or `H1 (Apr-Sep)`; see [`PeriodReading::completed`].
    Incomplete {
        /// Its length.
        frequency: Frequency,
        /// The month (1 to 12) it starts in.
        first_month: u32,
        /// What is missing, in plain words.
        why: String,
    },
    /// The text disagrees with itself or with the contract's year.
    Contradictory {
        /// What disagrees, in plain words.
        why: String,
    },
    /// More than one period could be meant.
    Ambiguous {
        /// The periods that could be meant, in order of time; may be empty.
        candidates: Vec<Period>,
        /// Why it is open, in plain words.
        why: String,
    },
    /// Nothing that names a period, or a number beside it that nothing explains.
    None,
}

impl PeriodReading {
    /// The period, when it is certain.
    pub fn found(&self) -> Option<Period> {
        match self {
            PeriodReading::Found(period) => Some(*period),
            _ => None,
        }
    }

    /// The period that is certain once `within` (the year, quarter or other period known from elsewhere) is taken
    /// into account: a period without a year is the one that lies in it, an open one the only candidate that does.
    pub fn completed(&self, within: &Period) -> Option<Period> {
        match self {
            PeriodReading::Found(period) => Some(*period),
            PeriodReading::Incomplete { frequency, first_month, .. } => within
                .split(*frequency)
                .into_iter()
                .find(|part| part.from.month() == *first_month && within.covers(part)),
            PeriodReading::Ambiguous { candidates, .. } => {
                let mut inside = candidates.iter().filter(|candidate| within.covers(candidate));
                let first = inside.next().copied()?;
                inside.next().is_none().then_some(first)
            }
            PeriodReading::Contradictory { .. } | PeriodReading::None => None,
        }
    }
}

/// Reads the period a label, heading or cell names, in a contract year that starts in month `year_starts` (1 to 12).
///
/// `expected`, the length of the form's periods, decides only between readings that are both possible: `2011-12` is
/// a year or a month, `Q1 (November 2025)` the quarter or its month. A month where a quarter is expected stays a
/// month, and the caller judges it. A single date stands for the month that contains it.
pub fn parse_period(text: &str, year_starts: u32, expected: Option<Frequency>) -> PeriodReading {
    if text.len() > LONGEST_LABEL || !(1..=12).contains(&year_starts) {
        return PeriodReading::None;
    }
    let elements = elements(text);
    if elements.iter().any(|element| matches!(element, Element::Number | Element::NoPeriod)) {
        return PeriodReading::None;
    }
    resolve(&elements, year_starts, expected).reading
}

/// The periods a sheet or file name mentions, in order, each once.
///
/// Only what is certain counts. A full date in a name is the day of writing more often than the period, so a date
/// alone is no mention; two dates with `to` between them are. A single year counts only when nothing better is there.
pub fn periods_in(text: &str, year_starts: u32) -> Vec<Period> {
    if !(1..=12).contains(&year_starts) {
        return Vec::new();
    }
    let elements = elements(text);
    let (mut strong, mut weak) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < elements.len() {
        let longest = (elements.len() - at).min(LONGEST_MENTION);
        let mention = (1..=longest).rev().find_map(|length| {
            let verdict = resolve(&elements[at..at + length], year_starts, None);
            verdict.reading.found().map(|period| (period, verdict, length))
        });
        let Some((period, Verdict { only_dates, only_year, .. }, longest)) = mention else {
            at += 1;
            continue;
        };
        let list = if only_year { &mut weak } else { &mut strong };
        if !only_dates && !list.contains(&period) {
            list.push(period);
        }
        // Words and repetitions behind the mention may belong to the next one.
        let names_it = |length: &usize| {
            resolve(&elements[at..at + length], year_starts, None).reading.found() == Some(period)
        };
        at += (1..=longest).find(names_it).unwrap_or(longest);
    }
    if strong.is_empty() { weak } else { strong }
}
