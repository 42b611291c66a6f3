//! What is said about one provider: neutral, without colours, HTML or cells of a workbook to come.
//!
//! Renderers get these values and nothing else; they never see observations or the contract.

pub mod action_log;
mod agenda;
pub mod annual;
pub mod benchmark;
pub mod blank_form;
pub mod calendar_date;
pub mod checked;
pub mod committee;
pub mod correspondence;
pub mod disposal;
pub mod evidence;
mod head;
pub mod issued;
pub mod ladder;
pub mod meeting;
pub mod on_record;
pub mod outline;
pub mod paper;
pub mod past_returns;
pub mod process;
pub mod promises;
pub mod readers;
pub mod replay;
pub mod report;
pub mod status;
pub mod verification;

use action_log::ActionLog;
pub use agenda::{AgendaItem, Told};
use annual::AnnualReview;
use benchmark::Benchmark;
use calendar_date::CalendarDate;
use chrono::NaiveDate;
use committee::CommitteePack;
pub use head::HeadLine;
use issued::Issued;
use ladder::{LadderStep, NextStep};
use meeting::Meeting;
use on_record::OnRecord;
use paper::Paper;
use past_returns::PastReturn;
use process::{BandsFrom, ProcessChart};
use promises::PromiseTable;
use report::ContractReport;
use serde::{Deserialize, Serialize};

use crate::domain::called::Called;
use crate::domain::escalation::Escalation;
use crate::domain::period::Period;
use crate::domain::place::CellRef;
use crate::domain::quantity::{Quantity, Unit};
use crate::domain::rating::Rating;
use crate::domain::submission::Submission;

/// A KPI's figure in one period and area, with its rating and everything that made it.
#[derive(Debug, Clone, PartialEq)]
pub struct RatedFigure {
    /// The rulebook's reference, such as `5`.
    pub kpi: String,
    /// Title.
    pub title: String,
    /// Area; `None` is the whole contract.
    pub area: Option<String>,
    /// Period.
    pub period: Period,
    /// Exact value; shares as fractions of 1.
    pub value: Option<Quantity>,
    /// Numerator, for shares.
    pub numerator: Option<Quantity>,
    /// Denominator, for shares.
    pub denominator: Option<Quantity>,
    /// What the value counts in.
    pub unit: Unit,
    /// The target by its parts: `>= 95%` alone, or a part a band, the best first; empty when there is none.
    pub target: Vec<String>,
    /// What meets the target, in words: `at least 95%`; `None` when the contract sets none.
    pub aim: Option<String>,
    /// How many more (or fewer, where less is better) would have been rated better, and how.
    pub short_of: Option<(u32, Rating)>,
    /// The bounds the rating was decided on; no rounding may cross them.
    pub thresholds: Vec<Quantity>,
    /// The rating.
    pub rating: Rating,
    /// Clause that sets the target.
    pub clause: String,
    /// Whatever qualifies the figure: unchecked, provisional, how an open point is read, relief.
    pub notes: Vec<String>,
    /// Why the officer relieved the provider of it, when the register says so; shown, not counted.
    pub relief: Option<String>,
    /// The cells it came from, the one that shows the rated figure first.
    pub cells: Vec<CellRef>,
    /// The provider's comment beside it.
    pub comment: Option<String>,
    /// What it was computed from, in a sentence, where it was.
    pub computed: Option<String>,
    /// The answer in words, where the KPI is one of yes or no.
    pub said: Option<String>,
    /// Whether the provider itself says that the standard is not met, or the figure misses a target that is agreed locally.
    pub not_met: bool,
    /// Whether a “Yes” is contradicted by its evidence.
    pub contradicted: bool,
    /// Whether the target is agreed locally, not set by the contract.
    pub local: bool,
    /// Whether smaller figures are better.
    pub lower_is_better: bool,
    /// Why the figure is of a part of its period alone, where the service began or ended inside it.
    pub partial: Option<String>,
}

impl RatedFigure {
    /// The value as people read it, never contradicting the rating; a word where there is none.
    pub fn shown(&self) -> String {
        match self.value {
            Some(value) => crate::domain::quantity::show(value, self.unit, &self.thresholds),
            None => match &self.said {
                Some(said) => said.clone(),
                None => self.rating.word().to_lowercase(),
            },
        }
    }

    /// `KPI 5`; an area of scores goes by its title.
    pub fn name(&self) -> String {
        if self.is_area() { self.title.clone() } else { format!("KPI {}", self.kpi) }
    }

    /// `KPI 5, Referrals allocated`; an area of scores goes by its title alone.
    pub fn in_full(&self) -> String {
        if self.is_area() { self.title.clone() } else { format!("KPI {}, {}", self.kpi, self.title) }
    }

    /// Whether it is the score of an area of a self-assessment.
    pub fn is_area(&self) -> bool {
        self.unit == Unit::Score
    }

    /// The target on one line, as it stands in results: `>= 95%`, or `green 100%; red below 80%`.
    pub fn target_on_a_line(&self) -> Option<String> {
        (!self.target.is_empty()).then(|| self.target.join("; "))
    }

    /// What the figure is held against: `at least 95%`, `a local target of at least 95%`.
    pub fn against(&self) -> Option<String> {
        let local = if self.local { "a local target of " } else { "" };
        self.aim.as_ref().map(|aim| format!("{local}{aim}"))
    }

    /// `19 of 20`, where there are numerator and denominator.
    pub fn out_of(&self) -> Option<String> {
        let show = |value| crate::domain::quantity::show(value, Unit::Count, &[]);
        Some(format!("{} of {}", show(self.numerator?), show(self.denominator?)))
    }
}

/// The overall rating of one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OverallRating {
    /// Period.
    pub period: Period,
    /// Rating.
    pub rating: Rating,
    /// What it rests on: each KPI with its rating, in the contract's order.
    pub of: Vec<(String, Rating)>,
    /// Clause.
    pub clause: String,
}

impl OverallRating {
    /// `KPI 1 red, KPI 2 green`.
    pub fn of_words(&self) -> String {
        let parts: Vec<String> = self
            .of
            .iter()
            .map(|(kpi, rating)| format!("KPI {kpi} {}", rating.word().to_lowercase()))
            .collect();
        parts.join(", ")
    }
}

/// Timeliness or accuracy over one window.
#[derive(Debug, Clone, PartialEq)]
pub struct SubmissionKpi {
    /// `timeliness` or `accuracy`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Clause.
    pub clause: String,
    /// First day of the window, inclusive.
    pub from: NaiveDate,
    /// Last day of the window, inclusive.
    pub to: NaiveDate,
    /// Returns that count.
    pub due: u32,
    /// Returns that met it.
    pub met: u32,
    /// `met / due`; `None` when nothing counts.
    pub value: Option<Quantity>,
    /// Target as a fraction of 1; `None` when the contract sets none.
    pub target: Option<Quantity>,
    /// Rating.
    pub rating: Rating,
    /// Why the figure is provisional, when it is.
    pub provisional: Option<String>,
    /// The returns that did not meet it, in words.
    pub missed: Vec<String>,
}

/// A date that matters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DateLine {
    /// The day.
    pub date: NaiveDate,
    /// What happens, in words.
    pub what: String,
    /// Clause it follows from; empty when none.
    pub clause: String,
    /// Whether the provider is to know of it.
    pub for_provider: bool,
}

/// One KPI of a pack: the whole contract's figure, each area's beside it, and its history.
#[derive(Debug, Clone, PartialEq)]
pub struct KpiLine {
    /// The figure for the whole contract, in the newest period that has one.
    pub whole: RatedFigure,
    /// The whole contract's figures of every period within the pack's, oldest first: the months of a quarter.
    pub within: Vec<RatedFigure>,
    /// Each area's figure against the same target; empty when the contract has no areas.
    pub areas: Vec<RatedFigure>,
    /// The whole contract's figures of earlier periods and this one, oldest first.
    pub history: Vec<RatedFigure>,
    /// What an analyst would say of it, in sentences.
    pub sentences: Vec<String>,
    /// Which figures have which rating, by the periods of `history`, oldest first; empty where nothing was ever rated.
    pub bands: Vec<BandsFrom>,
    /// How its figures vary by themselves; `None` where there are too few to say.
    pub process: Option<ProcessChart>,
}

/// A table of the return shown in the pack as it stands (management information, social value).
#[derive(Debug, Clone, PartialEq)]
pub struct InformationTable {
    /// Caption.
    pub title: String,
    /// Area it is for, if any.
    pub area: Option<String>,
    /// Column headings; the first is the row label's.
    pub headings: Vec<String>,
    /// Whether each column holds figures (right-aligned), in the order of `headings`.
    pub figures: Vec<bool>,
    /// Rows.
    pub rows: Vec<InformationRow>,
}

/// A row of an information table.
#[derive(Debug, Clone, PartialEq)]
pub struct InformationRow {
    /// Label.
    pub label: String,
    /// Whether it is a breakdown below the last item row.
    pub breakdown: bool,
    /// Cells after the label: the text shown, with its place when it came from a return.
    pub values: Vec<(String, Option<CellRef>)>,
}

/// A passage of the provider's narrative, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Heading (the area of the narrative).
    pub title: String,
    /// The council it is for, if any.
    pub area: Option<String>,
    /// What the form asked for.
    pub asked: String,
    /// The provider's words, one string a paragraph; empty when the cell was blank.
    pub paragraphs: Vec<String>,
    /// Where it stands; `None` when no return came.
    pub place: Option<CellRef>,
}

/// A row of the action plan, pre-filled for a missed KPI.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActionRow {
    /// KPI.
    pub kpi: String,
    /// Current performance level.
    pub current: String,
    /// Issue or reason identified; blank until the meeting.
    pub issue: String,
    /// Action to be taken.
    pub action: String,
    /// Expected outcomes.
    pub outcomes: String,
    /// Timescale.
    pub timescale: String,
}

/// How many ratings of each kind the whole contract's KPIs have in a period, in display order.
pub type RatingCount = (Rating, usize);

/// One pack: one provider, one review period.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// The councils party to the contract.
    pub councils: Vec<String>,
    /// Provider's name as in the register.
    pub provider: String,
    /// The area it is of; `None` is the whole contract.
    pub area: Option<String>,
    /// What those are called who are under the contract.
    pub called: Called,
    /// What the head of the form says beside the provider and the period.
    pub head: Vec<HeadLine>,
    /// The review period.
    pub period: Period,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// One sentence: the headline.
    pub headline: String,
    /// A few sentences below it.
    pub summary: Vec<String>,
    /// The headline without the council's advice.
    pub provider_headline: String,
    /// The summary without the council's advice.
    pub provider_summary: Vec<String>,
    /// The cautions the provider may read.
    pub provider_cautions: Vec<String>,
    /// What the reader must know before trusting the page: missing, invalid and unproven returns, reliefs,
    /// suspended referrals, provisional figures.
    pub cautions: Vec<String>,
    /// Ratings of the whole contract, counted.
    pub counts: Vec<RatingCount>,
    /// Overall ratings of the periods within this one, in order; empty where the contract has none.
    pub overall: Vec<OverallRating>,
    /// KPIs in the contract's order.
    pub kpis: Vec<KpiLine>,
    /// The KPIs compared across the providers of the contract, where the contract asks for it; the council's alone.
    pub benchmarks: Vec<Benchmark>,
    /// What changed since the last period, in sentences.
    pub changes: Vec<String>,
    /// Escalations of this period.
    pub escalations: Vec<Escalation>,
    /// Escalations of earlier periods, newest first.
    pub earlier_escalations: Vec<Escalation>,
    /// Every consequence of the contract in its order, as it stands at the end of the period.
    pub ladder: Vec<LadderStep>,
    /// What a miss in the period that comes next would lead to; empty but in the newest pack, and the council's alone.
    pub next_steps: Vec<NextStep>,
    /// Papers drafted, because a condition is met.
    pub papers: Vec<Paper>,
    /// Returns due in the period, with their findings.
    pub submissions: Vec<Submission>,
    /// The calendar of returns: those of the two years that end with the period.
    pub past_returns: Vec<PastReturn>,
    /// Timeliness and accuracy, the period's and the rolling year's.
    pub submission_kpis: Vec<SubmissionKpi>,
    /// Tables shown as they stand.
    pub information: Vec<InformationTable>,
    /// The provider's narrative.
    pub narrative: Vec<Passage>,
    /// What was promised beside what is reported.
    pub promises: Vec<PromiseTable>,
    /// The year side by side, where the annual review falls in the period.
    pub annual: Option<AnnualReview>,
    /// What the officer has on record; the council's alone.
    pub on_record: OnRecord,
    /// Agenda of the review meeting.
    pub agenda: Vec<AgendaItem>,
    /// Proposed date of the review meeting.
    pub meeting: Option<NaiveDate>,
    /// The meeting on paper; none where the contract has no meetings.
    pub meeting_papers: Option<Meeting>,
    /// The actions agreed, carried from meeting to meeting.
    pub action_log: ActionLog,
    /// The newest issue of the pack and what has changed since, where it was issued.
    pub issued: Option<Issued>,
    /// Action plan rows.
    pub action_plan: Vec<ActionRow>,
    /// Next dates, on or after the as-of date, in order.
    pub dates: Vec<DateLine>,
    /// How open points of the schedule were read.
    pub readings: Vec<String>,
    /// The same period's pack of each area, where areas have one of their own.
    pub of_areas: Vec<Pack>,
}

/// One contract and provider, all periods from the provider's start to the as-of date.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderReview {
    /// Contract id.
    pub contract: String,
    /// Contract title.
    pub contract_title: String,
    /// Provider's name as in the register.
    pub provider: String,
    /// What those are called who are under the contract.
    pub called: Called,
    /// Standings of the provider or its services other than active, in sentences.
    pub standings: Vec<String>,
    /// Every return due, in order of period and form.
    pub submissions: Vec<Submission>,
    /// Every rating, in order of period, KPI and area (whole contract first).
    pub ratings: Vec<RatedFigure>,
    /// Overall ratings, in order of period; empty where the contract has none.
    pub overall: Vec<OverallRating>,
    /// Timeliness and accuracy of every window.
    pub submission_kpis: Vec<SubmissionKpi>,
    /// Every escalation, in order of period.
    pub escalations: Vec<Escalation>,
    /// Dates on or after the as-of date.
    pub dates: Vec<DateLine>,
    /// Those of them on which the contract may be broken off or ends, within twelve months of the as-of date.
    pub breaks_and_ends: Vec<DateLine>,
    /// Actions of the register that are open and have a date, those past included.
    pub actions: Vec<DateLine>,
    /// Dates for the calendar, those of the last months and what is open since before them included; in order of date.
    pub calendar: Vec<CalendarDate>,
    /// One pack for each review period that has something to say, in order.
    pub packs: Vec<Pack>,
    /// What a public committee may read of each of `packs`, in the same order.
    pub committee: Vec<CommitteePack>,
}

/// A file that is no submission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unrecognised {
    /// Path below the workspace with forward slashes.
    pub file: String,
    /// Why, and what to do.
    pub reason: String,
}

/// Everything one run has to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// By contract, then provider.
    pub reviews: Vec<ProviderReview>,
    /// Reports across providers, by contract.
    pub reports: Vec<ContractReport>,
    /// By file.
    pub unrecognised: Vec<Unrecognised>,
    /// Files passed over because the register says so, with the reason.
    pub ignored: Vec<Unrecognised>,
}
