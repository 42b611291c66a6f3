//! Two readerships of one review, kept apart by type.
//!
//! A [`Pack`] is the council's. A [`ProviderPack`] is what the provider may see of it: its own data and nothing the council weighs
//! behind closed doors. It can be made of one pack alone and holds nothing that could come from another provider, so whoever
//! renders for a provider cannot be handed another's data or the council's advice.

use chrono::NaiveDate;

use super::action_log::ActionLog;
use super::annual::AnnualReview;
use super::benchmark::OwnBenchmark;
use super::meeting::Meeting;
use super::past_returns::PastReturn;
use super::promises::PromiseTable;
use super::{
    ActionRow, AgendaItem, DateLine, HeadLine, InformationTable, KpiLine, OverallRating, Pack, Passage,
    RatedFigure, RatingCount, SubmissionKpi,
};
use crate::domain::called::Called;
use crate::domain::period::Period;
use crate::domain::submission::Submission;

/// What a provider may see of its own pack.
#[derive(Debug, Clone, PartialEq)]
pub struct ProviderPack {
    contract_title: String,
    councils: Vec<String>,
    provider: String,
    called: Called,
    head: Vec<HeadLine>,
    period: Period,
    as_of: NaiveDate,
    headline: String,
    summary: Vec<String>,
    cautions: Vec<String>,
    counts: Vec<RatingCount>,
    overall: Vec<OverallRating>,
    kpis: Vec<KpiLine>,
    benchmarks: Vec<OwnBenchmark>,
    changes: Vec<String>,
    submissions: Vec<Submission>,
    past_returns: Vec<PastReturn>,
    submission_kpis: Vec<SubmissionKpi>,
    information: Vec<InformationTable>,
    narrative: Vec<Passage>,
    promises: Vec<PromiseTable>,
    annual: Option<AnnualReview>,
    agenda: Vec<AgendaItem>,
    meeting: Option<NaiveDate>,
    meeting_papers: Option<Meeting>,
    action_log: ActionLog,
    action_plan: Vec<ActionRow>,
    dates: Vec<DateLine>,
    readings: Vec<String>,
}

/// A submission without what the council looks into by itself.
fn for_provider(submission: &Submission) -> Submission {
    let mut own = submission.clone();
    own.findings.retain(|finding| !finding.kind.is_for_the_council_alone());
    for version in &mut own.versions {
        version.findings.retain(|finding| !finding.kind.is_for_the_council_alone());
    }
    own
}

impl ProviderPack {
    /// What the provider may see of `pack`: without escalations and their workings, papers, what the officer has on record, the
    /// points the council means to raise, and other providers' figures.
    pub fn of(pack: &Pack) -> Self {
        Self {
            contract_title: pack.contract_title.clone(),
            councils: pack.councils.clone(),
            provider: pack.provider.clone(),
            called: pack.called.clone(),
            head: pack.head.clone(),
            period: pack.period,
            as_of: pack.as_of,
            headline: pack.provider_headline.clone(),
            summary: pack.provider_summary.clone(),
            cautions: pack.provider_cautions.clone(),
            counts: pack.counts.clone(),
            overall: pack.overall.clone(),
            kpis: pack.kpis.clone(),
            benchmarks: pack
                .benchmarks
                .iter()
                .map(|benchmark| OwnBenchmark::of(benchmark, &pack.provider))
                .collect(),
            changes: pack.changes.clone(),
            submissions: pack.submissions.iter().map(for_provider).collect(),
            past_returns: pack.past_returns.clone(),
            submission_kpis: pack.submission_kpis.clone(),
            information: pack.information.clone(),
            narrative: pack.narrative.clone(),
            promises: pack.promises.clone(),
            annual: pack
                .annual
                .as_ref()
                .map(|annual| AnnualReview { concerns: Vec::new(), ..annual.clone() }),
            agenda: pack.agenda.iter().map(AgendaItem::without_points).collect(),
            meeting: pack.meeting,
            meeting_papers: pack.meeting_papers.clone(),
            action_log: pack.action_log.for_provider(&pack.provider),
            action_plan: pack.action_plan.clone(),
            dates: pack.dates.iter().filter(|line| line.for_provider).cloned().collect(),
            readings: pack.readings.clone(),
        }
    }

    /// Contract title.
    pub fn contract_title(&self) -> &str {
        &self.contract_title
    }

    /// The councils party to the contract.
    pub fn councils(&self) -> &[String] {
        &self.councils
    }

    /// Provider's name as in the register.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// What those are called who are under the contract.
    pub fn called(&self) -> &Called {
        &self.called
    }

    /// What the head of its form says.
    pub fn head(&self) -> &[HeadLine] {
        &self.head
    }

    /// The review period.
    pub fn period(&self) -> Period {
        self.period
    }

    /// The as-of date.
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// One sentence: the headline.
    pub fn headline(&self) -> &str {
        &self.headline
    }

    /// A few sentences below it.
    pub fn summary(&self) -> &[String] {
        &self.summary
    }

    /// What the reader must know before trusting the page.
    pub fn cautions(&self) -> &[String] {
        &self.cautions
    }

    /// Ratings of the whole contract, counted.
    pub fn counts(&self) -> &[RatingCount] {
        &self.counts
    }

    /// Overall ratings of the period.
    pub fn overall(&self) -> &[OverallRating] {
        &self.overall
    }

    /// KPIs in the contract's order.
    pub fn kpis(&self) -> &[KpiLine] {
        &self.kpis
    }

    /// The figures with a cell in `file`, by period, in the contract's order, the whole contract's before each area's.
    pub fn figures_in(&self, file: &str) -> Vec<&RatedFigure> {
        let mut figures: Vec<&RatedFigure> = self
            .kpis
            .iter()
            .flat_map(|line| line.history.iter().chain(&line.areas))
            .filter(|figure| figure.cells.iter().any(|cell| &*cell.file == file))
            .collect();
        figures.sort_by_key(|figure| figure.period);
        figures
    }

    /// The provider's own place among all providers, without any of them.
    pub fn benchmarks(&self) -> &[OwnBenchmark] {
        &self.benchmarks
    }

    /// What changed since the last period, in sentences.
    pub fn changes(&self) -> &[String] {
        &self.changes
    }

    /// Returns due in the period, with their findings.
    pub fn submissions(&self) -> &[Submission] {
        &self.submissions
    }

    /// Its returns of the two years that end with the period.
    pub fn past_returns(&self) -> &[PastReturn] {
        &self.past_returns
    }

    /// Timeliness and accuracy.
    pub fn submission_kpis(&self) -> &[SubmissionKpi] {
        &self.submission_kpis
    }

    /// Tables shown as they stand.
    pub fn information(&self) -> &[InformationTable] {
        &self.information
    }

    /// The provider's narrative.
    pub fn narrative(&self) -> &[Passage] {
        &self.narrative
    }

    /// What was promised beside what is reported.
    pub fn promises(&self) -> &[PromiseTable] {
        &self.promises
    }

    /// The year side by side, without the concerns on record.
    pub fn annual(&self) -> Option<&AnnualReview> {
        self.annual.as_ref()
    }

    /// The meeting's agenda with what the return says, without the points the council means to raise.
    pub fn agenda(&self) -> &[AgendaItem] {
        &self.agenda
    }

    /// Proposed date of the review meeting.
    pub fn meeting(&self) -> Option<NaiveDate> {
        self.meeting
    }

    /// The meeting on paper.
    pub fn meeting_papers(&self) -> Option<&Meeting> {
        self.meeting_papers.as_ref()
    }

    /// The actions agreed that are its own.
    pub fn action_log(&self) -> &ActionLog {
        &self.action_log
    }

    /// Action plan rows.
    pub fn action_plan(&self) -> &[ActionRow] {
        &self.action_plan
    }

    /// Next dates, on or after the as-of date, in order.
    pub fn dates(&self) -> &[DateLine] {
        &self.dates
    }

    /// How open points of the schedule were read.
    pub fn readings(&self) -> &[String] {
        &self.readings
    }
}
