//! What the conditions of escalations are judged on: plain facts about one provider, and what a condition says.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::calendar::working_days::WorkingDays;
use crate::domain::escalation::{EscalationStatus, Evidence};
use crate::domain::period::{Frequency, Period};
use crate::domain::place::CellRef;
use crate::domain::rating::Rating;

/// The window a condition looks back over, ending with the period judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Window {
    /// The quarter alone.
    #[default]
    Quarter,
    /// The periods that make twelve months, the one judged included.
    Year,
}

impl Window {
    /// First day of the window that ends with `period`, inclusive.
    pub fn start(self, period: &Period) -> NaiveDate {
        match self {
            Window::Quarter => period.from,
            Window::Year => {
                let mut first = *period;
                for _ in 1..Frequency::Year.months() / period.frequency.months() {
                    first = first.previous();
                }
                first.from
            }
        }
    }

    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Window::Quarter => "the quarter",
            Window::Year => "the rolling twelve months",
        }
    }
}

/// One KPI's rating in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingFact {
    /// KPI reference.
    pub kpi: String,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// Period.
    pub period: Period,
    /// Rating.
    pub rating: Rating,
    /// Whether the officer relieved the provider of it.
    pub relieved: bool,
    /// The figure in words: `KPI 7: 70% (7 of 10) against >= 80%`.
    pub words: String,
    /// Its cells.
    pub cells: Vec<CellRef>,
    /// Whether the provider itself answered no, or missed a target that is agreed locally.
    pub not_met: bool,
    /// Whether a “Yes” is contradicted by its evidence.
    pub contradicted: bool,
}

impl RatingFact {
    /// As evidence.
    pub fn evidence(&self) -> Evidence {
        Evidence { text: self.words.clone(), cells: self.cells.clone() }
    }

    /// Whether it counts as a missed target.
    pub fn is_missed(&self) -> bool {
        self.rating == Rating::Red && !self.relieved
    }

    /// Whether it could turn out missed: due, not known.
    pub fn is_unknown(&self) -> bool {
        matches!(self.rating, Rating::NoReturn | Rating::Invalid) && !self.relieved
    }
}

/// One return due.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnFact {
    /// Form id.
    pub form: String,
    /// Form title.
    pub form_title: String,
    /// Area; `None` when one return serves the whole contract.
    pub area: Option<String>,
    /// Period.
    pub period: Period,
    /// In time, late or missing (`Some(false)`), or neither known.
    pub in_time: Option<bool>,
    /// Whether it is due already (not `not-yet-due`).
    pub due_passed: bool,
    /// Whether it is missing.
    pub missing: bool,
    /// Whether its first usable version had no error.
    pub accurate: Option<bool>,
    /// When it came, in words: `Monthly management information for October 2025: late, due 14 November 2025, …`.
    pub receipt: String,
    /// What made it inaccurate, in words.
    pub inaccuracy: Option<String>,
}

/// Timeliness or accuracy over one window.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmissionKpiFact {
    /// Last day of the window, inclusive.
    pub to: NaiveDate,
    /// Which window.
    pub window: Window,
    /// Whether the target is missed.
    pub missed: bool,
    /// Whether that could still change.
    pub provisional: bool,
    /// In words.
    pub words: String,
}

/// The overall rating of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct OverallFact {
    /// Period.
    pub period: Period,
    /// Rating.
    pub rating: Rating,
    /// In words: `Overall rating for June 2022: red (KPI 1 red, KPI 2 red, KPI 3 green).`
    pub words: String,
    /// The cells of the figures it rests on.
    pub cells: Vec<CellRef>,
}

impl OverallFact {
    /// As evidence.
    pub fn evidence(&self) -> Evidence {
        Evidence { text: self.words.clone(), cells: self.cells.clone() }
    }
}

/// An event the provider had to notify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationFact {
    /// Kind, as the register writes it.
    pub kind: String,
    /// The day it was notified, or the day after the last one allowed when it was not.
    pub on: NaiveDate,
    /// Whether it was notified too late, or not at all and the last day allowed has passed.
    pub late: bool,
    /// The last day allowed, inclusive.
    pub last_day: NaiveDate,
    /// In words.
    pub words: String,
}

/// A meeting of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingFact {
    /// The day.
    pub date: NaiveDate,
    /// Whether the provider came; `None` until it is recorded.
    pub attended: Option<bool>,
    /// In words.
    pub words: String,
}

/// One notice of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFact {
    /// Kind, as the register writes it.
    pub kind: String,
    /// Date received.
    pub date: NaiveDate,
    /// KPI it is about.
    pub kpi: Option<String>,
    /// The day by which it is reviewed.
    pub review_date: Option<NaiveDate>,
    /// In words.
    pub words: String,
}

/// An escalation already found, for conditions that follow from another.
#[derive(Debug, Clone, PartialEq)]
pub struct EscalationFact {
    /// Its id.
    pub id: String,
    /// Its period.
    pub period: Period,
    /// Its status.
    pub status: EscalationStatus,
    /// Its title.
    pub title: String,
}

/// All facts about one provider of one contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// Start of the contract with this provider.
    pub start: NaiveDate,
    /// Award of the contract, where known.
    pub award: Option<NaiveDate>,
    /// Working days.
    pub working_days: WorkingDays,
    /// The shortest interval at which KPIs are rated.
    pub rated_every: Frequency,
    /// Review periods from the start to the as-of date, in order.
    pub periods: Vec<Period>,
    /// Ratings.
    pub ratings: Vec<RatingFact>,
    /// Overall ratings, in order of period.
    pub overall: Vec<OverallFact>,
    /// Returns, in order of period, form and area.
    pub returns: Vec<ReturnFact>,
    /// Timeliness and accuracy.
    pub submission_kpis: Vec<SubmissionKpiFact>,
    /// Notices, in order of date; none after the as-of date.
    pub notices: Vec<NoticeFact>,
    /// Events to be notified, in order of date.
    pub notifications: Vec<NotificationFact>,
    /// Meetings, in order of date; none after the as-of date.
    pub meetings: Vec<MeetingFact>,
    /// Escalations found so far.
    pub escalations: Vec<EscalationFact>,
}

impl Facts {
    /// The review period that contains `day`, if the facts reach there.
    pub fn period_of(&self, day: NaiveDate) -> Option<Period> {
        self.periods.iter().copied().find(|period| period.contains(day))
    }

    /// The period of ratings that contains `day`.
    pub fn rated_period_of(&self, day: NaiveDate) -> Option<Period> {
        let year_starts = self.periods.first()?.year_starts;
        Some(Period::containing(day, self.rated_every, year_starts))
    }

    /// What was known of periods that ended, and of what happened, by `day`; said as of `as_of`.
    pub fn until(&self, day: NaiveDate, as_of: NaiveDate) -> Facts {
        let mut facts = self.clone();
        facts.as_of = as_of;
        facts.periods.retain(|period| period.from <= day);
        facts.ratings.retain(|fact| fact.period.to <= day);
        facts.overall.retain(|fact| fact.period.to <= day);
        facts.returns.retain(|fact| fact.period.to <= day);
        facts.submission_kpis.retain(|fact| fact.to <= day);
        facts.notices.retain(|fact| fact.date <= as_of);
        // As of the same day, what is still to be notified is known; as of an earlier one, the event may not have been.
        facts.notifications.retain(|fact| fact.on <= as_of || (as_of >= self.as_of && !fact.late));
        facts.meetings.retain(|fact| fact.date <= as_of);
        facts.escalations.retain(|fact| fact.period.to <= day);
        facts
    }

    /// The notices of one kind, in order of date.
    pub fn notices_of<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a NoticeFact> {
        self.notices.iter().filter(move |notice| notice.kind == kind)
    }
}

/// When a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// In the period that completes it.
    Period(Period),
    /// On a day: in the period that contains it.
    Day(NaiveDate),
}

/// One period, or day, in which a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// When.
    pub at: When,
    /// Met, or watched.
    pub status: EscalationStatus,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What is missing for it to be met.
    pub distance: Option<String>,
    /// The date a clause gives, inclusive.
    pub by: Option<NaiveDate>,
    /// Whether the register records that what follows was done.
    pub settled: bool,
}

impl Hit {
    /// A condition that is met in a period.
    pub fn met(period: Period, evidence: Vec<Evidence>) -> Self {
        let at = When::Period(period);
        Self { at, status: EscalationStatus::Triggered, evidence, distance: None, by: None, settled: false }
    }

    /// A condition that is met on a day.
    pub fn met_on(day: NaiveDate, evidence: Vec<Evidence>) -> Self {
        let at = When::Day(day);
        Self { at, status: EscalationStatus::Triggered, evidence, distance: None, by: None, settled: false }
    }

    /// A condition that is watched, with what is missing.
    pub fn watched(period: Period, evidence: Vec<Evidence>, distance: String) -> Self {
        Self { status: EscalationStatus::Watch, distance: Some(distance), ..Self::met(period, evidence) }
    }

    /// The same by a date a clause gives, inclusive.
    pub fn by(mut self, day: NaiveDate) -> Self {
        self.by = Some(day);
        self
    }
}

/// How far a condition is from being met.
#[derive(Debug, Clone, PartialEq)]
pub struct Distance {
    /// How many more events would meet it, where it goes by a number.
    pub steps: Option<usize>,
    /// A sentence without a full stop: `one more red, in March 2026, would meet it`.
    pub words: String,
    /// What it would rest on.
    pub evidence: Vec<Evidence>,
}

impl Distance {
    /// So many more, on this evidence.
    pub fn steps(steps: usize, words: String, evidence: Vec<Evidence>) -> Self {
        Self { steps: Some(steps), words, evidence }
    }

    /// A distance that is no number.
    pub fn said(words: impl Into<String>) -> Self {
        Self { steps: None, words: words.into(), evidence: Vec::new() }
    }
}

/// What the conditions of escalations have in common.
pub trait ConditionRule {
    /// Every period or day in which the condition holds or is watched, in order.
    fn hits(&self, facts: &Facts) -> Vec<Hit>;

    /// When it is met, in a clause that goes on from “when”; ids of the definition stand in backquotes.
    fn describe(&self) -> String;

    /// How far it is from being met next, as the facts stand.
    fn distance(&self, facts: &Facts) -> Distance;
}

/// `one more`, `3 more`.
pub fn more(number: usize) -> String {
    if number == 1 { "one more".into() } else { format!("{number} more") }
}

/// Evidence without cells.
pub fn said(text: impl Into<String>) -> Evidence {
    Evidence { text: text.into(), cells: Vec::new() }
}

#[cfg(test)]
pub mod testing {
    //! Facts for the tables of cases.

    use super::*;
    use crate::calendar::bank_holidays::BankHolidays;

    /// The quarter containing a date, in a contract year that starts in September.
    pub fn quarter(day: &str) -> Period {
        Period::containing(day.parse().unwrap(), Frequency::Quarter, 9)
    }

    /// Facts with the quarters from September 2024 to `as_of`.
    pub fn facts(as_of: &str) -> Facts {
        let as_of: NaiveDate = as_of.parse().unwrap();
        let mut periods = Vec::new();
        let mut period = quarter("2024-09-01");
        while period.from <= as_of {
            periods.push(period);
            period = period.next();
        }
        Facts {
            as_of,
            start: "2024-09-01".parse().unwrap(),
            award: None,
            working_days: WorkingDays::new(BankHolidays::england_and_wales(&[]).unwrap()),
            rated_every: Frequency::Quarter,
            periods,
            ratings: Vec::new(),
            overall: Vec::new(),
            returns: Vec::new(),
            submission_kpis: Vec::new(),
            notices: Vec::new(),
            notifications: Vec::new(),
            meetings: Vec::new(),
            escalations: Vec::new(),
        }
    }

    /// A rating.
    pub fn rating(kpi: &str, area: Option<&str>, day: &str, rating: Rating) -> RatingFact {
        RatingFact {
            kpi: kpi.into(),
            area: area.map(Into::into),
            period: quarter(day),
            rating,
            relieved: false,
            words: format!("KPI {kpi}"),
            cells: Vec::new(),
            not_met: rating == Rating::Red,
            contradicted: false,
        }
    }

    /// A notice.
    pub fn notice(kind: &str, date: &str) -> NoticeFact {
        NoticeFact {
            kind: kind.into(),
            date: date.parse().unwrap(),
            kpi: None,
            review_date: None,
            words: format!("{kind}, {date}"),
        }
    }

    /// Facts of months from April 2022: one letter a month for the overall rating (`S`, `G`, `A`, `R`; `n` no activity, `x` no
    /// return, `i` invalid), which KPI 1 shares.
    pub fn months(letters: &str) -> Facts {
        let mut month = Period::containing("2022-04-01".parse().unwrap(), Frequency::Month, 4);
        let mut case = facts("2024-09-01");
        case.start = month.from;
        case.rated_every = Frequency::Month;
        for letter in letters.chars() {
            let rating = match letter {
                'S' => Rating::Stretch,
                'G' => Rating::Green,
                'A' => Rating::Amber,
                'R' => Rating::Red,
                'n' => Rating::NoActivity,
                'x' => Rating::NoReturn,
                _ => Rating::Invalid,
            };
            let words = month.describe();
            case.overall.push(OverallFact { period: month, rating, words, cells: Vec::new() });
            let kpi = self::rating("1", None, "2024-09-01", rating);
            case.ratings.push(RatingFact { period: month, ..kpi });
            case.as_of = month.to;
            month = month.next();
        }
        case.periods = Period::containing(case.start, Frequency::Year, 4)
            .split(Frequency::Quarter)
            .into_iter()
            .chain(Period::containing(month.from, Frequency::Year, 4).split(Frequency::Quarter))
            .filter(|quarter| quarter.from <= case.as_of)
            .collect();
        case.periods.dedup();
        case
    }

    /// Labels and statuses of hits, for comparing.
    pub fn labels(hits: &[Hit]) -> Vec<(String, EscalationStatus)> {
        hits.iter()
            .map(|hit| {
                let when = match hit.at {
                    When::Period(period) => period.label(),
                    When::Day(day) => day.to_string(),
                };
                (when, hit.status)
            })
            .collect()
    }
}
