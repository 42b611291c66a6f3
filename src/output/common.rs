//! What council and provider alike are shown of a pack: the sections that both readerships have.
//!
//! Made of either kind of pack, it holds neither; what only the council reads has no place here. Whoever renders for a provider
//! starts from a [`ProviderPack`] and cannot reach more.

use chrono::NaiveDate;

use crate::domain::called::Called;
use crate::domain::period::Period;
use crate::domain::submission::Submission;
use crate::review::action_log::ActionLog;
use crate::review::annual::AnnualReview;
use crate::review::promises::PromiseTable;
use crate::review::readers::ProviderPack;
use crate::review::{
    ActionRow, AgendaItem, DateLine, HeadLine, InformationTable, KpiLine, OverallRating, Pack, Passage,
    RatingCount, SubmissionKpi,
};

/// The sections of a pack that both readerships have, each as its reader may see it.
#[derive(Debug, Clone, Copy)]
pub struct Common<'a> {
    /// Contract title.
    pub contract_title: &'a str,
    /// The councils party to the contract.
    pub councils: &'a [String],
    /// Provider's name as in the register.
    pub provider: &'a str,
    /// What those are called who are under the contract.
    pub called: &'a Called,
    /// What the head of the form says beside the provider and the period.
    pub head: &'a [HeadLine],
    /// The area it is of; `None` is the whole contract.
    pub area: Option<&'a str>,
    /// The review period.
    pub period: Period,
    /// The as-of date.
    pub as_of: NaiveDate,
    /// One sentence: the headline.
    pub headline: &'a str,
    /// A few sentences below it.
    pub summary: &'a [String],
    /// What the reader must know before trusting the page.
    pub cautions: &'a [String],
    /// Ratings of the whole contract, counted.
    pub counts: &'a [RatingCount],
    /// Overall ratings of the periods within the pack's.
    pub overall: &'a [OverallRating],
    /// KPIs in the contract's order.
    pub kpis: &'a [KpiLine],
    /// What changed since the last period.
    pub changes: &'a [String],
    /// Returns due in the period, with their findings.
    pub submissions: &'a [Submission],
    /// Timeliness and accuracy.
    pub submission_kpis: &'a [SubmissionKpi],
    /// Tables shown as they stand.
    pub information: &'a [InformationTable],
    /// The provider's narrative.
    pub narrative: &'a [Passage],
    /// What was promised beside what is reported.
    pub promises: &'a [PromiseTable],
    /// The year side by side; the concerns are the council's alone.
    pub annual: Option<&'a AnnualReview>,
    /// The meeting's agenda; the points of each item are the council's alone.
    pub agenda: &'a [AgendaItem],
    /// Proposed date of the review meeting.
    pub meeting: Option<NaiveDate>,
    /// The actions agreed, as its reader may see them.
    pub action_log: &'a ActionLog,
    /// Action plan rows.
    pub action_plan: &'a [ActionRow],
    /// Next dates.
    pub dates: &'a [DateLine],
    /// How open points of the schedule were read.
    pub readings: &'a [String],
}

impl<'a> From<&'a Pack> for Common<'a> {
    fn from(pack: &'a Pack) -> Self {
        Self {
            contract_title: &pack.contract_title,
            councils: &pack.councils,
            provider: &pack.provider,
            called: &pack.called,
            head: &pack.head,
            area: pack.area.as_deref(),
            period: pack.period,
            as_of: pack.as_of,
            headline: &pack.headline,
            summary: &pack.summary,
            cautions: &pack.cautions,
            counts: &pack.counts,
            overall: &pack.overall,
            kpis: &pack.kpis,
            changes: &pack.changes,
            submissions: &pack.submissions,
            submission_kpis: &pack.submission_kpis,
            information: &pack.information,
            narrative: &pack.narrative,
            promises: &pack.promises,
            annual: pack.annual.as_ref(),
            agenda: &pack.agenda,
            meeting: pack.meeting,
            action_log: &pack.action_log,
            action_plan: &pack.action_plan,
            dates: &pack.dates,
            readings: &pack.readings,
        }
    }
}

impl<'a> From<&'a ProviderPack> for Common<'a> {
    fn from(pack: &'a ProviderPack) -> Self {
        Self {
            contract_title: pack.contract_title(),
            councils: pack.councils(),
            provider: pack.provider(),
            called: pack.called(),
            head: pack.head(),
            area: None,
            period: pack.period(),
            as_of: pack.as_of(),
            headline: pack.headline(),
            summary: pack.summary(),
            cautions: pack.cautions(),
            counts: pack.counts(),
            overall: pack.overall(),
            kpis: pack.kpis(),
            changes: pack.changes(),
            submissions: pack.submissions(),
            submission_kpis: pack.submission_kpis(),
            information: pack.information(),
            narrative: pack.narrative(),
            promises: pack.promises(),
            annual: pack.annual(),
            agenda: pack.agenda(),
            meeting: pack.meeting(),
            action_log: pack.action_log(),
            action_plan: pack.action_plan(),
            dates: pack.dates(),
            readings: pack.readings(),
        }
    }
}
