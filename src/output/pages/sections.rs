//! The sections that the council's pack and the provider's share, as templates get them.

use serde::Serialize;

use crate::domain::period::long_date;
use crate::output::common::Common;
use crate::output::periods;
use crate::review::ladder::NextStep;
use crate::review::{AgendaItem, Passage};

use super::action_log::{Log, log};
use super::agenda::{Agenda, agenda};
use super::annual::Annual;
use super::answers::{AnswerSection, answer_section};
use super::engine::Pages;
use super::information::{Information, Topic, information, topics};
use super::kpis::{KpiSection, kpi_section};
use super::parts::{Frame, LegendRow, legend};
use super::promises::Promises;
use super::returns::{ChangeTable, QueryTable, ReturnSection, change_tables, query_tables, return_section};
use super::words;

/// The sections both readerships have. A section without content is empty or `None`.
#[derive(Debug, Serialize)]
pub struct Sections {
    provider: String,
    contract: String,
    /// What the one reviewed is called.
    one: String,
    head: Vec<HeadRow>,
    period: String,
    as_of: String,
    headline: String,
    summary: Vec<String>,
    cautions: Vec<String>,
    kpis: Option<KpiSection>,
    changes: Vec<String>,
    returns: Option<ReturnSection>,
    queries: Vec<QueryTable>,
    answers: Option<AnswerSection>,
    changed: Vec<ChangeTable>,
    information: Vec<Information>,
    narrative: Vec<Topic>,
    promises: Vec<Promises>,
    annual: Option<Annual>,
    agenda: Option<Agenda>,
    action_log: Option<Log>,
    action_plan: Vec<PlanRow>,
    dates: Vec<DateRow>,
    readings: Vec<String>,
    legend: Vec<LegendRow>,
}

/// An entry of the head of the form.
#[derive(Debug, Serialize)]
struct HeadRow {
    title: String,
    shown: String,
    source: String,
}

#[derive(Debug, Serialize)]
struct PlanRow {
    kpi: String,
    current: String,
    issue: String,
    action: String,
    outcomes: String,
    timescale: String,
}

#[derive(Debug, Serialize)]
struct DateRow {
    date: String,
    what: String,
    clause: String,
}

/// Which sections a page has that the other readership has not, or has in another form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnSections {
    /// Consequences under the contract.
    pub ladder: bool,
    /// What the officer has on record.
    pub record: bool,
    /// How providers compare.
    pub benchmark: bool,
    /// That it was issued.
    pub issued: bool,
}

impl Sections {
    /// The sections of `pack`.
    pub fn of(pack: &Common<'_>) -> Self {
        Self {
            provider: pack.provider.to_string(),
            contract: pack.contract_title.to_string(),
            one: pack.called.one.clone(),
            head: pack
                .head
                .iter()
                .map(|line| HeadRow {
                    title: line.title.clone(),
                    shown: line.shown.clone(),
                    source: format!("{}", line.place),
                })
                .collect(),
            period: pack.period.describe(),
            as_of: long_date(pack.as_of),
            headline: pack.headline.to_string(),
            summary: pack.summary.to_vec(),
            cautions: pack.cautions.to_vec(),
            kpis: kpi_section(pack),
            changes: pack.changes.to_vec(),
            returns: return_section(pack.submissions, pack.submission_kpis),
            queries: query_tables(pack.submissions),
            answers: answer_section(pack.submissions),
            changed: change_tables(pack.submissions),
            information: information(pack.information),
            narrative: topics(&beside_the_agenda(pack)),
            promises: pack.promises.iter().map(Promises::from).collect(),
            annual: pack.annual.map(Annual::from),
            agenda: agenda(pack),
            action_log: log(pack.action_log, pack.as_of),
            action_plan: plan(pack),
            dates: pack
                .dates
                .iter()
                .map(|line| DateRow {
                    date: words::day_and_date(line.date),
                    what: line.what.clone(),
                    clause: line.clause.clone(),
                })
                .collect(),
            readings: pack.readings.to_vec(),
            legend: legend(),
        }
    }

    /// Says of each KPI what a miss in the next period would lead to.
    pub fn lead_to(&mut self, next_steps: &[NextStep]) {
        if let Some(kpis) = &mut self.kpis {
            kpis.lead_to(next_steps);
        }
    }

    /// The sections there are by id and key of the heading, in the order of the templates; `own` are those that the page has of its own.
    pub fn contents(&self, own: OwnSections) -> Vec<(&'static str, &'static str)> {
        let (summary, each) = self.kpis.as_ref().map(KpiSection::headings).unwrap_or_default();
        [
            (self.kpis.is_some(), "summary", summary),
            (!self.changes.is_empty(), "changes", "changes-heading"),
            (own.issued, "issued", "issued-heading"),
            (self.annual.is_some(), "annual", "annual-heading"),
            (own.ladder, "consequences", "consequences-heading"),
            (own.record, "on-record", "on-record-heading"),
            (self.agenda.is_some(), "agenda", "agenda-heading"),
            (self.action_log.is_some(), "action-log", "action-log-heading"),
            (!self.action_plan.is_empty(), "action-plan", "action-plan-heading"),
            (!self.dates.is_empty(), "dates", "dates-heading"),
            (self.kpis.as_ref().is_some_and(KpiSection::is_told), "kpis", each),
            (!self.promises.is_empty(), "promises", "promises-heading"),
            (own.benchmark, "benchmark", "benchmark-heading"),
            (self.returns.is_some(), "returns", "returns-heading"),
            (!self.queries.is_empty(), "queries", "queries-heading"),
            (self.answers.is_some(), "answers", "answers-heading"),
            (!self.changed.is_empty(), "changed", "changed-heading"),
            (!self.narrative.is_empty(), "narrative", "narrative-heading"),
            (!self.information.is_empty(), "information", "information-heading"),
            (!self.readings.is_empty(), "readings", "readings-heading"),
            (true, "how-to-read", "how-to-read-heading"),
        ]
        .into_iter()
        .filter(|(present, _, _)| *present)
        .map(|(_, id, heading)| (id, heading))
        .collect()
    }
}

/// The passages that the agenda does not repeat whole.
fn beside_the_agenda(pack: &Common<'_>) -> Vec<Passage> {
    let told: Vec<_> =
        AgendaItem::numbered(pack.agenda).into_iter().flat_map(|(_, item)| &item.told).collect();
    let repeated = |passage: &&Passage| {
        passage.place.is_some()
            && told.iter().any(|told| told.place == passage.place && told.paragraphs == passage.paragraphs)
    };
    pack.narrative.iter().filter(|passage| !repeated(passage)).cloned().collect()
}

/// The frame of a page on `pack`, called `title`.
pub fn frame(
    pages: &Pages,
    pack: &Common<'_>,
    title: String,
    contents: &[(&'static str, &'static str)],
) -> Frame {
    let organisation = match pack.councils {
        [] => pack.contract_title.to_string(),
        councils => words::list(councils),
    };
    Frame::new(
        pages,
        title,
        organisation,
        &match pack.area {
            Some(area) => format!("{}, {area}, {}", pack.provider, periods::in_table(&pack.period)),
            None => format!("{}, {}", pack.provider, periods::in_table(&pack.period)),
        },
        &format!("As at {}", long_date(pack.as_of)),
        contents.iter().map(|(id, heading)| super::parts::Entry::new(*id, pages.phrase(heading))).collect(),
    )
}

fn plan(pack: &Common<'_>) -> Vec<PlanRow> {
    pack.action_plan
        .iter()
        .map(|row| PlanRow {
            kpi: row.kpi.clone(),
            current: row.current.clone(),
            issue: row.issue.clone(),
            action: row.action.clone(),
            outcomes: row.outcomes.clone(),
            timescale: row.timescale.clone(),
        })
        .collect()
}
