//! What is told of a review across providers: enough for the portfolio and the calendars, small enough that thousands fit into memory.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::calendar_date::CalendarDate;
use super::report::ContractReport;
use super::{DateLine, KpiLine, OverallRating, Pack, ProviderReview, RatingCount, Results, Unrecognised};
use crate::domain::called::Called;
use crate::domain::escalation::{Escalation, EscalationStatus};
use crate::domain::period::Period;
use crate::domain::rating::Rating;
use crate::domain::submission::{Submission, SubmissionStatus};

/// Everything that is told across contracts and providers.
#[derive(Debug, Clone, PartialEq)]
pub struct Portfolio {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// By contract, then provider.
    pub reviews: Vec<Arc<Outline>>,
    /// Reports across providers, by contract.
    pub reports: Vec<ContractReport>,
    /// By file.
    pub unrecognised: Vec<Unrecognised>,
    /// Files passed over because the register says so, with the reason.
    pub ignored: Vec<Unrecognised>,
}

impl Portfolio {
    /// What is told across the reviews of `results`.
    pub fn of(results: &Results) -> Self {
        Self {
            as_of: results.as_of,
            reviews: results.reviews.iter().map(|own| Arc::new(Outline::of(own))).collect(),
            reports: results.reports.clone(),
            unrecognised: results.unrecognised.clone(),
            ignored: results.ignored.clone(),
        }
    }
}

/// A [`ProviderReview`] as far as it is told across providers; fields of the same names hold the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// Provider's name as in the register.
    pub provider: String,
    /// What those are called who are under the contract.
    pub called: Called,
    /// Standings other than active, in sentences.
    pub standings: Vec<String>,
    /// Every return due, in order of period and form.
    pub submissions: Vec<SubmissionOutline>,
    /// Dates on or after the as-of date.
    pub dates: Vec<DateLine>,
    /// Those of them on which the contract may be broken off or ends.
    pub breaks_and_ends: Vec<DateLine>,
    /// Open actions of the register.
    pub actions: Vec<DateLine>,
    /// Dates for the calendar.
    pub calendar: Vec<CalendarDate>,
    /// One for each pack, in order.
    pub packs: Vec<PackOutline>,
}

/// A return due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubmissionOutline {
    /// Title of the form.
    pub form_title: String,
    /// Period.
    pub period: Period,
    /// Area, where each has a return of its own.
    pub area: Option<String>,
    /// Due date.
    pub due: NaiveDate,
    /// Clause that makes it due.
    pub clause: String,
    /// What became of it.
    pub status: SubmissionStatus,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackOutline {
    /// The review period.
    pub period: Period,
    /// Ratings of the whole contract, counted.
    pub counts: Vec<RatingCount>,
    /// Overall ratings of the periods within this one, in order.
    pub overall: Vec<OverallRating>,
    /// KPIs in the contract's order.
    pub kpis: Vec<KpiOutline>,
    /// Escalations of the period.
    pub escalations: Vec<EscalationOutline>,
}

/// A KPI of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KpiOutline {
    /// The rulebook's reference.
    pub kpi: String,
    /// Its newest rating within the pack's period.
    pub rating: Rating,
    /// The newest judgement on it before that; `None` where there was none.
    pub before: Option<Rating>,
}

/// An escalation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EscalationOutline {
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// Met or watched.
    pub status: EscalationStatus,
    /// Last day to act.
    pub by: Option<NaiveDate>,
    /// Whether the register says that it was acted on.
    pub settled: bool,
}

impl Outline {
    /// What is told of `review`.
    pub fn of(review: &ProviderReview) -> Self {
        Self {
            contract: review.contract.clone(),
            contract_title: review.contract_title.clone(),
            provider: review.provider.clone(),
            called: review.called.clone(),
            standings: review.standings.clone(),
            submissions: review.submissions.iter().map(SubmissionOutline::of).collect(),
            dates: review.dates.clone(),
            breaks_and_ends: review.breaks_and_ends.clone(),
            actions: review.actions.clone(),
            calendar: review.calendar.clone(),
            packs: review.packs.iter().map(PackOutline::of).collect(),
        }
    }
}

impl SubmissionOutline {
    fn of(own: &Submission) -> Self {
        Self {
            form_title: own.form_title.clone(),
            period: own.period,
            area: own.area.clone(),
            due: own.due,
            clause: own.clause.clone(),
            status: own.status,
        }
    }
}

impl PackOutline {
    /// What is told of `pack`.
    pub fn of(pack: &Pack) -> Self {
        Self {
            period: pack.period,
            counts: pack.counts.clone(),
            overall: pack.overall.clone(),
            kpis: pack.kpis.iter().map(KpiOutline::of).collect(),
            escalations: pack.escalations.iter().map(EscalationOutline::of).collect(),
        }
    }
}

impl KpiOutline {
    fn of(line: &KpiLine) -> Self {
        let mut earlier =
            line.history.iter().rev().filter(|figure| figure.period.to < line.whole.period.from);
        Self {
            kpi: line.whole.kpi.clone(),
            rating: line.whole.rating,
            before: earlier.find(|figure| figure.rating.is_judgement()).map(|figure| figure.rating),
        }
    }
}

impl EscalationOutline {
    fn of(own: &Escalation) -> Self {
        Self {
            title: own.title.clone(),
            clause: own.clause.clone(),
            status: own.status,
            by: own.by,
            settled: own.settled,
        }
    }
}
